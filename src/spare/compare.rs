//! Whether the two machines show the same: the main one tells fingerprints of its pictures at agreed instants, the spare
//! composes the same pictures of the same fold and finds out.

use std::{collections::VecDeque, sync::Arc};

use serde::{Deserialize, Serialize};

use super::{digest::fingerprint, place::Place, window::Window};
use crate::{
    director::Director,
    show::{
        desk::Air,
        frame::Output,
        theme::Theme,
        told::{Told, Words, told},
    },
};

/// So long one may have an event that the other has not, µs.
const PATIENCE_US: i64 = 1_000_000;
/// Digests that wait for their place.
const KEPT: usize = 8;

/// One picture that is compared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Face {
    /// The output's name.
    pub name: String,
    /// The theme of its own, by its name in the outputs file; without one it has the program's.
    pub theme: Option<String>,
    pub output: Output,
}

/// What a machine's pictures are made of besides the show.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Facts {
    pub theme: String,
    pub theme_print: String,
    /// The show's own fonts.
    pub fonts: Vec<String>,
    pub faces: Vec<Face>,
}

/// The main one's pictures at the instant `at_us` of the show.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Digest {
    pub at_us: i64,
    pub place: Place,
    /// Of all that is on air, and of what the desk did to it.
    pub show: String,
    pub frames: Vec<(Face, String)>,
}

impl Digest {
    /// Of what is on air now, composed for `at_us`.
    pub fn of(director: &Director, faces: &[Face], theme: Themes<'_>, at_us: i64) -> Self {
        let frame = |face: &Face| {
            let own = face.theme.as_deref().and_then(theme);
            fingerprint(&director.frame_of(None, own.as_ref(), &face.output, at_us))
        };
        Self {
            at_us,
            place: Place::of(director.air()),
            show: of_show(director.air()),
            frames: faces.iter().map(|face| (face.clone(), frame(face))).collect(),
        }
    }
}

/// Finds the themes that outputs have of their own, by name.
pub type Themes<'a> = &'a dyn Fn(&str) -> Option<Arc<Theme>>;

fn of_show(air: &Air) -> String {
    // Ledger and alarms are left out: they are no part of a picture, and a whole state may come without them.
    let (show, desk) = (air.program(), &air.desk);
    let held = desk.hold.as_ref().map(|hold| (hold.queue.len(), hold.snapshot));
    let frozen = desk.frozen.as_ref().map(|frozen| (frozen.since, &frozen.show.core, &frozen.show.program));
    fingerprint(&(&show.core, &show.program, &desk.curtain, frozen, &desk.cleared, held))
}

/// Why the pictures differ, as the spare sees it.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(tag = "why", rename_all = "snake_case")]
pub enum Why {
    /// Other versions of the program.
    Version { here: String, there: String },
    /// Themes of another name, or of the same name and other content.
    Theme { here: String, there: String },
    /// Other fonts of the show's own.
    Fonts,
    /// What is true on air differs, after the same events.
    Show,
    /// The same facts, another picture: films that one of them lacks.
    Picture,
    /// They have not had the same events for a second.
    Behind { here: u64, there: u64 },
    /// They follow other shows.
    OtherShow { here: String, there: String },
}

told!(Why {
    Version { here, there } => "spare-why-version",
    Theme { here, there } => "spare-why-theme",
    Fonts => "spare-why-fonts",
    Show => "spare-why-show",
    Picture => "spare-why-picture",
    Behind { here, there } => "spare-why-behind",
    OtherShow { here, there } => "spare-why-other-show",
});

impl Why {
    /// Whether the main one's whole would mend it.
    pub const fn is_mendable(&self) -> bool {
        matches!(self, Self::Show)
    }

    /// The same, as the other one sees it.
    #[must_use]
    pub fn mirrored(self) -> Self {
        match self {
            Self::Version { here, there } => Self::Version { here: there, there: here },
            Self::Theme { here, there } => Self::Theme { here: there, there: here },
            Self::Behind { here, there } => Self::Behind { here: there, there: here },
            Self::OtherShow { here, there } => Self::OtherShow { here: there, there: here },
            same => same,
        }
    }
}

/// How the pictures of the two compare.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Stand {
    pub equal: bool,
    /// Since when, µs on the show's clock.
    pub since_us: i64,
    /// So long after its instant the last picture was compared, µs.
    pub lag_us: i64,
    /// The first output that differs.
    pub output: Option<String>,
    pub why: Option<Why>,
}

impl Stand {
    /// What the operator is told of a difference.
    pub fn words(&self) -> Words {
        let why = self.why.as_ref().map(Told::words).unwrap_or_default();
        match &self.output {
            Some(output) => Words::new("spare-differs").with("output", output.as_str()).with("why", why),
            None => Words::new("spare-differs-all").with("why", why),
        }
    }
}

/// What the spare knows to compare with.
pub struct With<'a> {
    pub director: &'a Director,
    pub window: &'a Window,
    /// Version and facts of this machine and of the main one.
    pub here: (&'a str, &'a Facts),
    pub there: (&'a str, &'a Facts),
    pub theme: Themes<'a>,
}

/// The spare's comparison.
#[derive(Debug, Default)]
pub struct Compare {
    /// With how long each has waited for its place, µs.
    waiting: VecDeque<(Digest, i64)>,
    pub stand: Option<Stand>,
}

impl Compare {
    /// A digest of the main one's; of too many the oldest is left out.
    pub fn push(&mut self, digest: Digest) {
        if self.waiting.len() == KEPT {
            self.waiting.pop_front();
        }
        self.waiting.push_back((digest, 0));
    }

    /// Compares what can be compared by now, `elapsed_us` after the last time. True when something new was found.
    pub fn check(&mut self, with: &With<'_>, elapsed_us: i64) -> bool {
        let mut found = false;
        for (digest, waited_us) in std::mem::take(&mut self.waiting) {
            let (air, waited_us) = (with.director.air(), waited_us + elapsed_us);
            let past = if digest.place.is(air) { None } else { with.window.at(&digest.place) };
            if digest.place.is(air) || past.is_some() {
                // What could not be compared before this one need not be any more.
                self.waiting.clear();
                let lag_us = (with.director.now_us() - digest.at_us).max(0);
                let differs = differs(&digest, past.as_ref(), with);
                self.stands(digest.at_us, lag_us, differs);
                found = true;
            } else if waited_us < PATIENCE_US {
                self.waiting.push_back((digest, waited_us));
            } else {
                let (here, there) = (air.feed(), &digest.place);
                let why = if here.epoch.is_empty() || there.epoch.is_empty() || here.epoch == there.epoch {
                    Why::Behind { here: here.seq, there: there.seq }
                } else {
                    Why::OtherShow { here: here.epoch.clone(), there: there.epoch.clone() }
                };
                self.stands(digest.at_us, waited_us, Some((None, why)));
                found = true;
            }
        }
        found
    }

    fn stands(&mut self, at_us: i64, lag_us: i64, differs: Option<(Option<String>, Why)>) {
        let (output, why) = differs.map_or((None, None), |(output, why)| (output, Some(why)));
        let equal = why.is_none();
        let same = |stand: &&Stand| stand.equal == equal && stand.output == output;
        let since_us = self.stand.as_ref().filter(same).map_or(at_us, |stand| stand.since_us);
        self.stand = Some(Stand { equal, since_us, lag_us, output, why });
    }
}

/// The first output whose picture is another one here, and why.
fn differs(digest: &Digest, past: Option<&Air>, with: &With<'_>) -> Option<(Option<String>, Why)> {
    let director = with.director;
    let frame = |face: &Face| {
        let own = face.theme.as_deref().and_then(with.theme);
        fingerprint(&director.frame_of(past, own.as_ref(), &face.output, digest.at_us))
    };
    let other = digest.frames.iter().find(|(face, print)| frame(face) != *print).map(|(face, _)| face.name.clone());
    let show = of_show(past.unwrap_or(director.air())) != digest.show;
    if other.is_none() && !show {
        return None;
    }
    let ((here_version, here), (there_version, there)) = (with.here, with.there);
    let why = if here_version != there_version {
        Why::Version { here: here_version.to_owned(), there: there_version.to_owned() }
    } else if show {
        Why::Show
    } else if here.theme_print != there.theme_print {
        Why::Theme { here: here.theme.clone(), there: there.theme.clone() }
    } else if here.fonts != there.fonts {
        Why::Fonts
    } else {
        Why::Picture
    };
    Some((other, why))
}
