//! The outputs that are routed: each with its picture, what leaves of it, and a theme of its own where it has one.

use std::{
    collections::BTreeMap,
    fs, io,
    path::{Path, PathBuf},
    sync::Arc,
};

use bevy::prelude::*;
use serde::{Deserialize, Serialize};

use super::own_themes::OwnThemes;
use crate::{
    bounded,
    console::{RouteView, RoutesView},
    director::{Director, ProblemKind, Said},
    locale::{self, Lang},
    routing::{self, Bound, Delivery, Here, Place, Route, RouteError, Routes},
    show::{
        frame::{
            Frame, Output, Quality, burn,
            testcard::{CardSlice, Ident, TestCard},
        },
        limits::HAND_BYTES,
        theme::Theme,
        told::Told,
    },
    stage::{DeliveryId, OutputId},
};

/// Pictures of outputs beside the program begin here.
const FIRST: u8 = 16;

/// The outputs, for the next process.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub struct KeptOutputs {
    routes: Vec<Route>,
    path: Option<PathBuf>,
    is_unsaved: bool,
}

/// The outputs of `outputs.ron`, in its order; none without a file, and the program opens as it is asked on the command
/// line.
#[derive(Resource, Default)]
pub struct Routed {
    pub routes: Vec<Route>,
    /// Where they were read, and are saved.
    pub path: Option<PathBuf>,
    /// Counts what has been changed.
    pub revision: u64,
    /// Which displays were filled last.
    bound: Bound,
    /// What the file says, as far as it is known.
    kept: Vec<Route>,
    /// The test card that each output shows in place of the show's picture.
    pub cards: Vec<Option<TestCard>>,
    /// The first output with the same picture, for each.
    alike: Vec<usize>,
    /// How much moves on all of them.
    pub quality: Quality,
    /// Each output's own number, which it keeps for as long as there is one of its name.
    slots: Vec<u8>,
    themes: OwnThemes,
    /// The last frame of each output whose picture is its own: an equal one is the same.
    last: BTreeMap<u8, Arc<Frame>>,
}

impl Routed {
    /// Outputs that have been checked.
    pub fn new(routes: Vec<Route>, path: Option<PathBuf>) -> Self {
        let mut routed = Self { path, ..Self::default() };
        routed.kept.clone_from(&routes);
        routed.take(routes);
        routed
    }

    /// The file says what is on: it was written so, or read.
    pub fn saved(&mut self, path: PathBuf) {
        self.path = Some(path);
        self.kept.clone_from(&self.routes);
    }

    /// What the next process is to know.
    pub fn kept(&self) -> KeptOutputs {
        KeptOutputs { routes: self.routes.clone(), path: self.path.clone(), is_unsaved: self.is_unsaved() }
    }

    /// Goes on from what was on before a restart, in the place of what the command line asks for. What was saved is read
    /// from its file again, which may have been edited since; one that cannot be read changes nothing.
    pub fn go_on(&mut self, kept: &KeptOutputs) {
        self.path.clone_from(&kept.path);
        let file = self.path.as_deref().and_then(|path| load(path).ok());
        let wanted = file.as_ref().filter(|_| !kept.is_unsaved).map_or(&kept.routes, |file| &file.outputs);
        self.take(wanted.clone());
        self.kept = file.map(|file| file.outputs).unwrap_or_default();
    }

    /// Whether the file says what it is known to say: nobody has edited it.
    pub fn is_known(&self, file: &[Route]) -> bool {
        self.kept == file
    }

    /// Whether one of the themes that outputs have of their own was saved, and is about to be read.
    pub fn is_stirred(&self) -> bool {
        self.themes.is_stirred()
    }

    /// Whether what is on is not what the file says.
    pub fn is_unsaved(&self) -> bool {
        self.kept != self.routes
    }

    /// Puts others in their place; an output of the same name stays the one it was.
    pub fn take(&mut self, routes: Vec<Route>) {
        if self.routes == routes {
            return;
        }
        let known: BTreeMap<&str, u8> =
            self.routes.iter().map(|route| route.name.as_str()).zip(self.slots.iter().copied()).collect();
        let mut slots: Vec<Option<u8>> = routes.iter().map(|route| known.get(route.name.as_str()).copied()).collect();
        for place in 0..slots.len() {
            if slots[place].is_none() {
                slots[place] = (0..=u8::MAX).find(|slot| !slots.contains(&Some(*slot)));
            }
        }
        let carded = |route: &Route| self.find(&route.name).and_then(|i| self.cards.get(i).copied().flatten());
        self.cards = routes.iter().map(carded).collect();
        self.slots = slots.into_iter().flatten().collect();
        self.last.clear();
        self.routes = routes;
        self.changed();
    }

    /// Outputs or cards are others than before.
    fn changed(&mut self) {
        self.alike = (0..self.routes.len()).map(|i| self.first_alike(i)).collect();
        self.revision += 1;
    }

    pub fn is_empty(&self) -> bool {
        self.routes.is_empty()
    }

    /// The place of the output of that name.
    pub fn find(&self, name: &str) -> Option<usize> {
        self.routes.iter().position(|route| route.name == name)
    }

    /// Shows a test card on an output, or the show again.
    pub fn card(&mut self, i: usize, card: Option<TestCard>) {
        if let Some(shown) = self.cards.get_mut(i)
            && *shown != card
        {
            *shown = card;
            self.changed();
        }
    }

    /// Whether the output shows a test card.
    pub fn carded(&self, i: usize) -> Option<TestCard> {
        self.cards.get(i).copied().flatten()
    }

    /// Whether the blip of the moving sync mark is to be heard in the hall: where the hall sees the mark.
    pub fn beeps(&self) -> bool {
        self.marks(|place| matches!(place, Place::Window { .. } | Place::Display(_)))
    }

    /// Whether it is to be heard in the outputs that are written: where one of them shows the mark.
    pub fn beeps_aside(&self) -> bool {
        self.marks(|place| matches!(place, Place::Pipe { .. } | Place::Memory { .. } | Place::Ffmpeg(_)))
    }

    fn marks(&self, is_meant: impl Fn(&Place) -> bool) -> bool {
        let shown = self.routes.iter().zip(&self.cards);
        shown.into_iter().any(|(route, card)| *card == Some(TestCard::Sync) && is_meant(&route.place))
    }

    /// The output's own number.
    pub fn slot(&self, i: usize) -> u8 {
        self.slots.get(i).copied().unwrap_or_default()
    }

    /// What leaves of output `i`.
    pub fn delivery(&self, i: usize) -> DeliveryId {
        DeliveryId(self.slot(i))
    }

    /// The picture of output `i`: the first one's is the program; outputs that show the same share one.
    pub fn picture(&self, i: usize) -> OutputId {
        match self.alike.get(i).copied().unwrap_or(i) {
            0 => OutputId::PROGRAM,
            first => OutputId(FIRST + self.slot(first)),
        }
    }

    /// The first output with the same picture as output `i`.
    fn first_alike(&self, i: usize) -> usize {
        // What is burnt in, and a card, say which output they are.
        let own = |i: usize, route: &Route| (route.burn || self.carded(i).is_some()).then_some(i);
        let key =
            |(i, route): (usize, &Route)| (route.class, route.raster, route.theme.clone(), route.lang, own(i, route));
        let Some(wanted) = self.routes.get(i).map(|route| key((i, route))) else { return i };
        self.routes.iter().enumerate().take(i).position(|other| key(other) == wanted).unwrap_or(i)
    }

    /// The outputs whose picture is composed for them, with their pictures: each picture once.
    pub fn pictures(&self) -> impl Iterator<Item = (usize, OutputId)> {
        (0..self.routes.len()).filter(|i| self.alike.get(*i) == Some(i)).map(|i| (i, self.picture(i)))
    }

    /// How output `i` is composed; `hall` is the language of the words where it has none of its own.
    pub fn output(&self, i: usize, hall: Lang) -> Option<Output> {
        let route = self.routes.get(i)?;
        let lang = route.lang.unwrap_or(hall);
        Some(Output { lang, quality: self.quality, ..Output::of(route.class, route.raster) })
    }

    /// The theme of its own; none where it has the program's.
    pub fn theme(&self, i: usize) -> Option<&Arc<Theme>> {
        let name = self.routes.get(i)?.theme.as_ref()?;
        self.themes.get(name)
    }

    /// The picture of output `i` now, its test card in its place, with what is burnt in; an equal one is the same `Arc`.
    pub fn frame(&mut self, i: usize, director: &mut Director, hall: Lang) -> Option<Arc<Frame>> {
        let output = self.output(i, hall)?;
        let (card, route) = (self.carded(i), self.routes.get(i)?);
        let plain = match card {
            None => director.frame_in(self.theme(i), &output),
            Some(card) => {
                let safe = self.theme(i).unwrap_or(director.theme()).of(route.class).layout.safe;
                Arc::new(director.card(card, &ident(route, safe), &locale::card_words(output.lang)))
            }
        };
        let frame = match route.burn {
            true => burn(&plain, &route.name, route.rate, director.now_us()),
            false if card.is_none() => return Some(plain),
            false => plain,
        };
        let last = self.last.entry(self.slot(i)).or_insert_with(|| Arc::clone(&frame));
        if **last != *frame {
            *last = frame;
        }
        Some(Arc::clone(last))
    }

    /// Which display each output fills.
    pub fn filled(&self, here: &[Here]) -> Vec<Option<usize>> {
        routing::assign(&self.routes, here, &self.bound)
    }

    /// Remembers which displays are filled: when one is back it is filled by the same output.
    pub fn bind(&mut self, filled: &[Option<usize>], here: &[Here]) {
        for (route, filled) in self.routes.iter().zip(filled) {
            if let (Place::Display(wanted), Some(one)) = (&route.place, filled.and_then(|i| here.get(i))) {
                self.bound.insert(route.name.clone(), (wanted.clone(), one.clone()));
            }
        }
    }

    /// What the console shows of it.
    pub fn view(&self, here: &Arc<[Here]>) -> RoutesView {
        let filled = self.filled(here);
        let one = |(i, route): (usize, &Route)| RouteView {
            leaves: Delivery::of(route).raster,
            display: filled.get(i).copied().flatten().and_then(|place| here.get(place)).cloned(),
            is_gone: matches!(route.place, Place::Display(_)) && filled.get(i).is_some_and(Option::is_none),
            card: self.carded(i),
            route: route.clone(),
        };
        RoutesView {
            list: Arc::new(self.routes.iter().enumerate().map(one).collect()),
            here: Arc::clone(here),
            path: self.path.clone(),
            is_unsaved: self.is_unsaved(),
        }
    }

    /// Reads the themes that outputs have of their own, and those that were edited. A bad one is told; its outputs have
    /// the last good one, or the program's.
    pub fn look_after(&mut self, director: &mut Director) {
        let names = self.routes.iter().filter_map(|route| route.theme.as_deref());
        self.themes.look_after(&names.collect::<Vec<_>>(), director);
    }
}

/// What a test card says of an output.
pub fn ident(route: &Route, safe: crate::show::frame::Rect) -> Ident {
    let slices = route.slices.iter().flat_map(|fold| &fold.slices);
    let slice = |slice: &routing::Slice| CardSlice {
        name: slice.name.clone(),
        from: slice.from,
        to: slice.to,
        turn: slice.turn.degrees(),
    };
    Ident {
        name: route.name.clone(),
        class: route.class,
        raster: route.raster,
        rate: route.rate,
        safe,
        slices: slices.map(slice).collect(),
    }
}

/// A problem of the operator's list, and a line of the log when it is new.
pub fn tell(director: &mut Director, kind: ProblemKind, error: &(impl Told + std::fmt::Display)) {
    let now_us = director.now_us();
    if director.problems.report(kind, Said::of(error), now_us) {
        tracing::warn!("{error}");
    }
}

/// Reads an outputs file.
///
/// # Errors
/// Says which file, line and column does not fit, which output, and what to do.
pub fn load(path: &Path) -> Result<Routes, RouteError> {
    let text = bounded::text(path, HAND_BYTES)
        .map_err(|error| RouteError::Unreadable { file: path.to_owned(), reason: error.to_string() })?;
    routing::read(&text, path)
}

/// Writes an outputs file whole or not at all.
///
/// # Errors
/// Where the outputs cannot be, or the folder or file cannot be written.
pub fn save(path: &Path, routes: &Routes) -> Result<(), RouteError> {
    let text = routing::write(routes)?;
    let beside = path.with_extension("ron.new");
    let written = (|| {
        let mut file = fs::File::create(&beside)?;
        io::Write::write_all(&mut file, text.as_bytes())?;
        file.sync_all()?;
        fs::rename(&beside, path)
    })();
    written.map_err(|error| RouteError::Write { file: path.to_owned(), reason: error.to_string() })
}

#[cfg(test)]
mod tests {
    use std::slice;

    use super::*;
    use crate::show::frame::Class;

    fn route(name: &str, class: Class) -> Route {
        Route { name: name.to_owned(), class, ..Route::default() }
    }

    #[test]
    fn outputs_that_show_the_same_share_a_picture_and_keep_their_number() {
        let [tv, wall, stream] = [route("tv", Class::Tv), route("wall", Class::Wall), route("stream", Class::Stream)];
        let key = Route { look: crate::routing::Look::Key, ..route("key", Class::Stream) };
        let mut routed = Routed::new(vec![tv.clone(), wall.clone(), stream.clone(), key.clone()], None);
        let ids: Vec<u8> = (0..4).map(|i| routed.picture(i).0).collect();
        assert_eq!(ids, [0, 17, 18, 18]);
        assert_eq!(routed.pictures().map(|(i, _)| i).collect::<Vec<_>>(), [0, 1, 2]);
        let (revision, own) = (routed.revision, routed.slot(3));
        routed.take(vec![tv.clone(), key.clone(), stream.clone()]);
        assert_eq!(routed.revision, revision + 1);
        assert_eq!((routed.slot(1), routed.slot(2)), (own, 2));
        routed.take(vec![tv, key, stream, wall]);
        assert_eq!(routed.slot(3), 1, "a new one takes a number that is free");
    }

    #[test]
    fn outputs_come_back_after_a_restart_wherever_they_were_saved() {
        let folder = tempfile::tempdir().unwrap();
        let (given, other) = (folder.path().join("given.ron"), folder.path().join("other.ron"));
        let [tv, wall] = [route("tv", Class::Tv), route("wall", Class::Wall)];
        let of = |outputs: &[Route]| Routes { outputs: outputs.to_vec() };
        save(&given, &of(slice::from_ref(&tv))).unwrap();
        save(&other, &of(slice::from_ref(&wall))).unwrap();
        let begin = || Routed::new(vec![tv.clone()], Some(given.clone()));
        let again = |before: &Routed, mut next: Routed| {
            next.go_on(&before.kept());
            next
        };
        // Built at the desk without a file, and saved.
        let mut built = Routed::default();
        built.take(vec![wall.clone()]);
        built.saved(other.clone());
        let next = again(&built, Routed::default());
        assert_eq!((next.routes.as_slice(), &next.path), (slice::from_ref(&wall), &Some(other.clone())));
        assert!(!next.is_unsaved());
        // Saved as another file, which was edited since.
        let mut moved = begin();
        moved.saved(other.clone());
        assert_eq!(again(&moved, begin()).routes, slice::from_ref(&wall), "as its file says now");
        // Not saved: the file says what it said.
        let mut unsaved = begin();
        unsaved.take(vec![wall.clone(), tv.clone()]);
        let next = again(&unsaved, begin());
        assert_eq!(next.routes, [wall.clone(), tv.clone()]);
        assert!(next.is_unsaved() && next.is_known(slice::from_ref(&tv)));
        // A file that was spoilt meanwhile, also where it is the one of the command line.
        fs::write(&given, "(outputs: [").unwrap();
        assert_eq!(again(&begin(), Routed::new(Vec::new(), Some(given.clone()))).routes, [tv]);
    }

    #[test]
    fn a_file_is_written_whole_and_read_again() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("outputs.ron");
        assert!(matches!(load(&path), Err(RouteError::Unreadable { .. })));
        let routes = Routes { outputs: vec![route("tv", Class::Tv)] };
        save(&path, &routes).unwrap();
        assert_eq!(load(&path).unwrap(), routes);
        assert_eq!(fs::read_dir(folder.path()).unwrap().count(), 1);
        let gone = folder.path().join("no/outputs.ron");
        assert!(matches!(save(&gone, &routes), Err(RouteError::Write { .. })));
    }
}
