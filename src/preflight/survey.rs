//! One theme's pictures, looked at one after another: the state of a survey, and what is asked of every frame.

use std::sync::Arc;

use super::{
    contrast, extent,
    finding::{Fault, Finding, Findings, Severity, Subject},
    text::{Text, texts},
    token::Tokens,
};
use crate::show::{
    clip::Clips,
    frame::{Class, Frame, Lang, Output, Part, Rect, Typeset, compose, flashes},
    state::Show,
    theme::Theme,
    time::Instant,
};

/// Pictures around an event are watched for flashes so far, so often.
const WATCHED_US: i64 = 2_000_000;
const WATCHED_EVERY_US: i64 = 40_000;

/// Every class at its canvas, in one language.
pub fn outputs(lang: Lang) -> Vec<Output> {
    let output = |class: Class| {
        let (width, height) = class.canvas();
        Output { lang, ..Output::of(class, (width as u32, height as u32)) }
    };
    Class::ALL.into_iter().map(output).collect()
}

/// How closely a picture is looked at.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Closely {
    /// Contrast, sizes, places.
    All,
    /// Whether texts fit: for pictures by the thousand.
    Extent,
}

/// What has been found so far with one theme and one set of type.
pub struct Survey<'a> {
    pub(super) theme: &'a Theme,
    pub(super) set: &'a dyn Typeset,
    pub(super) found: Findings,
    /// Findings of different subjects are told apart: a tape's events and a bank's questions, not a theme's scenes.
    pub(super) apart: bool,
    tokens: [Tokens; Class::ALL.len()],
}

impl<'a> Survey<'a> {
    pub fn new(theme: &'a Theme, set: &'a dyn Typeset) -> Self {
        let tokens = Class::ALL.map(|class| Tokens::of(theme.of(class)));
        Self { theme, set, found: Findings::default(), apart: false, tokens }
    }

    /// All findings, the gravest first.
    pub fn finish(self) -> Vec<Finding> {
        self.found.finish()
    }

    fn tokens(&self, class: Class) -> &Tokens {
        let [wall, tv, stream, confidence] = &self.tokens;
        match class {
            Class::Wall => wall,
            Class::Tv => tv,
            Class::Stream => stream,
            Class::Confidence => confidence,
        }
    }

    /// Whether the pictures from `from` on flash, told as a fault of `subject`.
    pub(super) fn flashing(
        &mut self,
        output: &Output,
        subject: &Subject,
        from: Instant,
        paths: &[&str],
        show_at: &dyn Fn(Instant) -> Show,
    ) {
        let frames = (0..WATCHED_US / WATCHED_EVERY_US)
            .map(|i| from + i * WATCHED_EVERY_US)
            .map(|now| (now, compose(&show_at(now), self.theme, output, self.set, Clips::none(), now)));
        let worst = flashes(frames).into_iter().max_by_key(|flash| flash.per_second);
        if let Some(flash) = worst {
            let fault = Fault::Flash { count: flash.per_second, percent: (flash.share * 100.0).round() as u32 };
            self.say(Severity::Error, Some(output.class), subject, paths, fault);
        }
    }

    pub(super) fn compose(&self, show: &Show, output: &Output, now: Instant) -> Arc<Frame> {
        Arc::new(compose(show, self.theme, output, self.set, Clips::none(), now))
    }

    /// Looks at one settled picture. `said` is what the show says, to tell a cut text from one that ends so.
    pub(super) fn picture(
        &mut self,
        frame: &Arc<Frame>,
        output: &Output,
        subject: &Subject,
        closely: Closely,
        said: &[&str],
    ) {
        let class = output.class;
        let layout = self.theme.of(class);
        let more = layout.labels.words(output.lang).more.clone();
        let texts = texts(frame, self.set);
        let mut told = Told { survey: self, frame, class, subject };
        for text in &texts {
            let role = Tokens::role(class, layout, text.style);
            let extent = [extent::overflow(text), extent::cut(text, &more, said)];
            for fault in extent.into_iter().flatten() {
                let label = told.survey.tokens(class).label(text.text, &more);
                let path = label.or_else(|| role.clone());
                told.tell(Severity::Error, fault, text.owner.0, text.rect, path);
            }
            if let Some(fault) = extent::small(class, text) {
                told.tell(Severity::Error, fault, text.owner.0, text.rect, role.clone());
            }
            if let Some(fault) = extent::outside(class, layout, text) {
                let path = Tokens::layout(class, text.layer.key.kind).to_owned();
                told.tell(Severity::Error, fault, text.owner.0, text.rect, Some(path));
            }
            if closely == Closely::All {
                told.contrast(text);
            }
        }
        for (fault, layer, place) in extent::collisions(&texts) {
            told.tell(Severity::Error, fault, layer, place, None);
        }
        for (fault, layer, place) in extent::blocked(class, layout, frame) {
            let path = frame.layers.get(layer).map(|layer| Tokens::layout(class, layer.key.kind).to_owned());
            told.tell(Severity::Error, fault, layer, place, path);
        }
        if closely == Closely::All {
            for (fault, layer, place, colours) in contrast::rings(frame) {
                let tokens = told.survey.tokens(class);
                let paths: Vec<String> =
                    colours.into_iter().filter_map(|colour| tokens.colour(colour)).map(str::to_owned).collect();
                told.tell(Severity::Error, fault, layer, place, paths);
            }
        }
    }

    /// A finding that no picture shows.
    pub(super) fn say(
        &mut self,
        severity: Severity,
        class: Option<Class>,
        subject: &Subject,
        paths: &[&str],
        fault: Fault,
    ) {
        let theme_paths = paths.iter().map(|path| (*path).to_owned()).collect();
        let (subject, apart) = (subject.clone(), self.apart);
        let finding =
            Finding { severity, class, subject, layer: None, theme_paths, also: 0, fault, picture: None, spot: None };
        self.found.add(finding, apart);
    }
}

/// A picture whose faults are told.
struct Told<'s, 'a> {
    survey: &'s mut Survey<'a>,
    frame: &'s Arc<Frame>,
    class: Class,
    subject: &'s Subject,
}

impl Told<'_, '_> {
    fn tell(
        &mut self,
        severity: Severity,
        fault: Fault,
        layer: usize,
        place: Rect,
        paths: impl IntoIterator<Item = String>,
    ) {
        let finding = Finding {
            severity,
            class: Some(self.class),
            subject: self.subject.clone(),
            layer: self.frame.layers.get(layer).map(|layer| layer.key.kind),
            theme_paths: paths.into_iter().collect(),
            also: 0,
            fault,
            picture: Some(Arc::clone(self.frame)),
            spot: Some(place),
        };
        self.survey.found.add(finding, self.survey.apart);
    }

    fn contrast(&mut self, text: &Text) {
        let Some(stands) = contrast::stands(self.frame, self.class, text) else { return };
        let tokens = self.survey.tokens(self.class);
        let ink = tokens.ink(text.style.colour);
        let part =
            |(layer, part): (usize, usize)| -> Option<&Part> { self.frame.layers.get(layer)?.content.parts.get(part) };
        let ground = stands.on.and_then(part).and_then(|part| tokens.fill(part));
        let neutral = [Some("palette.plate"), Some("palette.option"), Some("palette.strip")].contains(&ground);
        let states = ["palette.ok_fill", "palette.no_fill", "palette.accent_fill", "palette.active"];
        let on_state = ground.is_some_and(|ground| states.contains(&ground));
        let must_read = ink == Some("palette.ink");
        let paths: Vec<String> = [ink, ground].into_iter().flatten().map(str::to_owned).collect();
        if let Some(fault) = contrast::fault(text, &stands, on_state) {
            self.tell(Severity::Error, fault, text.owner.0, text.rect, paths);
        } else if must_read
            && neutral
            && let Some(fault) = contrast::faint(text, &stands)
        {
            self.tell(Severity::Warning, fault, text.owner.0, text.rect, paths);
        }
    }
}
