//! What the operator reads of the pair: in the list of problems, on both machines.

use super::{
    compare::{Face, Stand},
    dial::DialProblem,
    rule::{Role, Standing},
};
use crate::{
    director::{Director, ProblemKind, Said},
    show::{
        desk::DeskAct,
        told::{Arg, Told, Words},
    },
};

/// Names of problems that come and go by themselves.
const PICTURE: &str = "picture";
const OUTPUTS: &str = "outputs";

/// Tells what happens, once each.
#[derive(Debug, Default)]
pub(super) struct Tells;

fn report(director: &mut Director, kind: ProblemKind, what: &str, words: Words) {
    let now_us = director.now_us();
    let sentence = crate::locale::say(crate::locale::Lang::En, &words);
    if director.problems.report(kind, Said { what: what.to_owned(), words }, now_us) {
        tracing::warn!("{sentence}");
    }
}

fn settle(director: &mut Director, kind: ProblemKind) {
    let now_us = director.now_us();
    director.problems.settle(kind, now_us);
}

impl Tells {
    pub fn took_over(&self, director: &mut Director, by_hand: bool, silence_us: i64) {
        settle(director, ProblemKind::SpareDiffers);
        settle(director, ProblemKind::SpareRole);
        let words = match by_hand {
            true => Words::new("spare-took-over-by-hand"),
            false => Words::new("spare-took-over").with("ms", silence_us / 1_000),
        };
        report(director, ProblemKind::SpareRole, "main", words);
    }

    pub fn stands_back(&self, director: &mut Director, theirs: &Standing) {
        settle(director, ProblemKind::SpareTwo);
        settle(director, ProblemKind::SpareRole);
        settle(director, ProblemKind::SpareDiffers);
        let words = match (theirs.by_hand, theirs.dialled) {
            (true, _) => Words::new("spare-stands-back-by-hand"),
            (false, true) => Words::new("spare-stands-back"),
            // It never was away: only the line was.
            (false, false) => Words::new("spare-main-is-back"),
        };
        report(director, ProblemKind::SpareRole, "spare", words);
    }

    pub fn two(&self, director: &mut Director) {
        report(director, ProblemKind::SpareTwo, "two", Words::new("spare-two-mains"));
    }

    pub fn one(&self, director: &mut Director) {
        settle(director, ProblemKind::SpareTwo);
    }

    pub fn linked(&self, director: &mut Director) {
        settle(director, ProblemKind::SpareLost);
    }

    /// The line to `peer` is over; `met` where it had said who it is.
    pub fn parted(&self, director: &mut Director, peer: &str, role: Role, met: bool) {
        settle(director, ProblemKind::SpareTwo);
        // What a machine shows that is not there differs from nothing; the next meeting tells it anew.
        settle(director, ProblemKind::SpareDiffers);
        let words = match (met, role) {
            // A machine that is still coming up: it calls again.
            (false, Role::Main) => return,
            (false, Role::Spare) => Words::new("spare-no-answer"),
            (true, Role::Main) => Words::new("spare-lost"),
            (true, Role::Spare) => Words::new("spare-main-lost"),
        };
        report(director, ProblemKind::SpareLost, "line", words.with("peer", peer));
    }

    pub fn unreachable(&self, director: &mut Director, problem: &DialProblem) {
        let known = |known: &crate::director::Problem| {
            known.kind == ProblemKind::SpareLost && known.said.words == problem.words()
        };
        if !director.problems.present().any(known) {
            report(director, ProblemKind::SpareLost, "line", problem.words());
        }
    }

    pub fn second(&self, director: &mut Director, peer: &str) {
        report(director, ProblemKind::SpareRole, "second", Words::new("spare-second").with("peer", peer));
    }

    pub fn unreadable(&self, director: &mut Director, reason: &str) {
        report(director, ProblemKind::SpareLost, "line", Words::new("spare-unreadable").with("reason", reason));
    }

    pub fn too_late(&self, director: &mut Director, act: &DeskAct) {
        let words = Words::new("spare-act-too-late").with("act", act.act.name());
        report(director, ProblemKind::SpareRole, act.act.name(), words);
    }

    /// What the comparison found; `here` on the spare itself.
    pub fn stand(&self, director: &mut Director, stand: &Stand, here: bool) {
        if stand.equal {
            let now_us = director.now_us();
            director.problems.settle_one(ProblemKind::SpareDiffers, PICTURE, now_us);
            return;
        }
        let why = stand.why.clone().map(|why| if here { why } else { why.mirrored() });
        let words = Stand { why, ..stand.clone() }.words();
        // One difference is told once, whatever figures go with it.
        let known = |known: &crate::director::Problem| {
            known.kind == ProblemKind::SpareDiffers && known.said.what == PICTURE && is_alike(&known.said.words, &words)
        };
        if director.problems.present().any(known) {
            let (said, now_us) = (Said { what: PICTURE.to_owned(), words }, director.now_us());
            director.problems.update(ProblemKind::SpareDiffers, said, now_us);
        } else {
            report(director, ProblemKind::SpareDiffers, PICTURE, words);
        }
    }

    /// The outputs of the two: those that one of them has and the other has not.
    pub fn faces(&self, director: &mut Director, here: &[Face], there: &[Face]) {
        let lacks = |all: &[Face], of: &[Face]| -> Vec<(Words, Difference)> {
            of.iter().filter(|face| !all.iter().any(|other| is_same(face, other))).map(|face| name(face, all)).collect()
        };
        let (only_here, only_there) = (lacks(there, here), lacks(here, there));
        if here.is_empty() || there.is_empty() || (only_here.is_empty() && only_there.is_empty()) {
            let now_us = director.now_us();
            director.problems.settle_one(ProblemKind::SpareDiffers, OUTPUTS, now_us);
            return;
        }
        let all = |wanted: Difference| only_here.iter().chain(&only_there).all(|(_, found)| *found == wanted);
        let key = match (all(Difference::Words), all(Difference::Theme)) {
            (true, _) => "spare-words-differ",
            (_, true) => "spare-own-themes-differ",
            _ => "spare-outputs-differ",
        };
        let or_none = |found: Vec<(Words, Difference)>| match found.is_empty() {
            true => vec![Words::text("–")],
            false => found.into_iter().map(|(name, _)| name).collect(),
        };
        let words = Words::new(key).with("here", or_none(only_here)).with("there", or_none(only_there));
        let known =
            |known: &crate::director::Problem| known.kind == ProblemKind::SpareDiffers && known.said.words == words;
        if !director.problems.present().any(known) {
            report(director, ProblemKind::SpareDiffers, OUTPUTS, words);
        }
    }
}

/// Whether two sentences tell the same difference of the same output.
fn is_alike(a: &Words, b: &Words) -> bool {
    let kind = |words: &Words| match words.args.get("why") {
        Some(Arg::Words(why)) => why.key.clone(),
        _ => Default::default(),
    };
    a.key == b.key && a.args.get("output") == b.args.get("output") && kind(a) == kind(b)
}

fn is_same(a: &Face, b: &Face) -> bool {
    a.output == b.output && a.theme == b.theme
}

/// What an output of one machine has that the other's has not.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Difference {
    /// The same raster, in another language.
    Words,
    /// The same raster, with another theme of its own.
    Theme,
    /// There is none like it, or it differs in both.
    Output,
}

/// An output as its crew knows it, with what tells it from the one among `others` that it ought to be like.
fn name(face: &Face, others: &[Face]) -> (Words, Difference) {
    let (width, height) = face.output.raster;
    let name = Words::text(format!("{} ({} {width} × {height})", face.name, face.output.class.name()));
    let key = |face: &Face| (face.output.class, face.output.raster);
    let alike =
        |named: bool| others.iter().find(|other| key(other) == key(face) && (!named || other.name == face.name));
    let Some(other) = alike(true).or_else(|| alike(false)) else { return (name, Difference::Output) };
    match (face.output.lang != other.output.lang, face.theme != other.theme) {
        (true, false) => (in_words(name, face), Difference::Words),
        (false, true) => (in_theme(name, face), Difference::Theme),
        (true, true) => (in_theme(in_words(name, face), face), Difference::Output),
        (false, false) => (name, Difference::Output),
    }
}

fn in_words(name: Words, face: &Face) -> Words {
    Words::new("spare-output-words").with("output", name).with("lang", face.output.lang.name())
}

fn in_theme(name: Words, face: &Face) -> Words {
    match &face.theme {
        Some(theme) => Words::new("spare-output-theme").with("output", name).with("theme", theme.as_str()),
        None => Words::new("spare-output-no-theme").with("output", name),
    }
}
