//! Films on air: what the show cues is asked of the library, what is fit is told to the director, and what is not to the
//! operator.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
    sync::Arc,
};

use bevy::prelude::*;

use crate::{
    director::{Director, ProblemKind, Said, Transport},
    media::{Library, MediaError, Options, Want},
    show::{
        clip::{ClipKey, Clips},
        protocol::{Event, play::MediaCued},
        state::{Core, MediaPhase},
        tape::Tape,
    },
    stage::Reels,
};

/// Films of the show lie here where no other folder is named.
const FOLDER: &str = "media";

/// Where films are looked for: the folders that were named, the tape's own, and `media` here.
pub fn folders(named: &[PathBuf], tape: Option<&Path>) -> Vec<PathBuf> {
    let beside = tape.and_then(Path::parent).map(|folder| match folder.as_os_str().is_empty() {
        true => PathBuf::from("."),
        false => folder.to_owned(),
    });
    let mut folders = named.to_vec();
    folders.extend(beside.into_iter().chain([PathBuf::from(FOLDER)]));
    folders
}

/// A film that names its file; one that names none is its slate.
fn want(cued: &MediaCued) -> Option<Want> {
    (cued.path.is_some() || cued.url.is_some()).then(|| Want {
        id: cued.id.clone(),
        path: cued.path.clone(),
        url: cued.url.clone(),
        sha256: cued.sha256.clone(),
    })
}

/// The films that a show has cued now, the one on air first.
pub fn wants_now(core: &Core) -> Vec<Want> {
    let on_air = core.media.iter().map(|media| &media.cued);
    let mut wants: Vec<Want> = on_air.chain(&core.media_cued).filter_map(want).collect();
    wants.dedup();
    wants
}

/// The films that a tape cues from its first event to its last, each once, with the line that cues it.
pub fn wants_of(tape: &Tape) -> Vec<(usize, Want)> {
    let cued = tape.entries.iter().filter_map(|entry| match &entry.env.event {
        Event::MediaCued(cued) => Some((entry.line, want(cued)?)),
        _ => None,
    });
    let kept = tape.snapshots.iter().flat_map(|snapshot| {
        wants_now(&snapshot.state.core).into_iter().map(|want| (snapshot.line, want)).collect::<Vec<_>>()
    });
    let mut seen = BTreeSet::new();
    let mut all: Vec<(usize, Want)> = cued.chain(kept).collect();
    all.sort_by_key(|(line, _)| *line);
    all.retain(|(_, want)| seen.insert(want.clone()));
    all
}

/// The films of a show that runs.
#[derive(Resource)]
pub struct Films {
    library: Library,
    /// All that the tape cues; found anew when it is edited.
    tape: Vec<Want>,
    /// What these were found for: the show's cues and the tape's jumps.
    found: Option<(Vec<Want>, u64)>,
    told: Vec<MediaError>,
    primed: Option<(Option<ClipKey>, Arc<Clips>)>,
}

impl Films {
    pub fn new(folders: Vec<PathBuf>) -> Self {
        let library = Library::start(Options::of(folders));
        Self { library, tape: Vec::new(), found: None, told: Vec::new(), primed: None }
    }

    pub const fn library(&self) -> &Library {
        &self.library
    }

    /// Once a frame: asks for what is cued, takes what is fit, tells what is not.
    pub fn follow(&mut self, director: &mut Director) {
        let now = wants_now(&director.show().core);
        let horizon = director.horizon();
        if self.found.as_ref().is_none_or(|(wants, jumps)| *wants != now || *jumps != horizon) {
            if self.found.as_ref().is_none_or(|(_, jumps)| *jumps != horizon) {
                let tape = director.transport().map(|transport: &Transport| wants_of(transport.timeline().tape()));
                self.tape = tape.unwrap_or_default().into_iter().map(|(_, want)| want).collect();
            }
            let mut wants = now.clone();
            wants.extend(self.tape.iter().filter(|want| !now.contains(want)).cloned());
            self.library.want(wants);
            self.found = Some((now, horizon));
        }
        let clips = self.library.clips();
        if !Arc::ptr_eq(director.clips(), &clips) {
            director.set_clips(Arc::clone(&clips));
        }
        self.prime(director, clips);
        self.tell(director);
    }

    /// The film that comes next is decoded before it goes on air.
    fn prime(&mut self, director: &Director, clips: Arc<Clips>) {
        let core = &director.show().core;
        let cued = core.media.as_ref().filter(|media| media.phase == MediaPhase::Cued).map(|media| &media.cued);
        let next = core.media_cued.as_ref().or(cued).and_then(|cued| cued.sha256.parse().ok());
        let is_new = self.primed.as_ref().is_none_or(|(key, of)| *key != next || !Arc::ptr_eq(of, &clips));
        if !is_new {
            return;
        }
        if let Some(key) = next {
            self.library.live().prime(&key);
        }
        self.primed = Some((next, clips));
    }

    fn tell(&mut self, director: &mut Director) {
        let problems = self.library.problems();
        if problems == self.told {
            return;
        }
        let now_us = director.now_us();
        for over in self.told.iter().filter(|told| !problems.contains(told)) {
            director.problems.settle_one(ProblemKind::Film, &Said::of(over).what, now_us);
        }
        for problem in problems.iter().filter(|problem| !self.told.contains(problem)) {
            if director.problems.report(ProblemKind::Film, Said::of(problem), now_us) {
                tracing::warn!("{problem}");
            }
        }
        self.told = problems;
    }
}

/// The stage's films are those that run.
pub fn reels(films: &Films) -> Reels {
    Reels(Some(films.library.live()))
}

pub fn follow(mut director: ResMut<Director>, mut films: ResMut<Films>) {
    films.follow(&mut director);
}
