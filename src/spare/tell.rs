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
        frame::Output,
        told::{Told, Words},
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
        let known =
            |known: &crate::director::Problem| known.kind == ProblemKind::SpareDiffers && known.said.words == words;
        if !director.problems.present().any(known) {
            report(director, ProblemKind::SpareDiffers, PICTURE, words);
        }
    }

    /// The outputs of the two: those that one of them has and the other has not.
    pub fn faces(&self, director: &mut Director, here: &[Face], there: &[Face]) {
        let lacks = |all: &[Face], of: &[Face]| -> Vec<Words> {
            let has = |output: &Output| all.iter().any(|face| face.output == *output);
            of.iter().filter(|face| !has(&face.output)).map(name).collect()
        };
        let (only_here, only_there) = (lacks(there, here), lacks(here, there));
        if here.is_empty() || there.is_empty() || (only_here.is_empty() && only_there.is_empty()) {
            let now_us = director.now_us();
            director.problems.settle_one(ProblemKind::SpareDiffers, OUTPUTS, now_us);
            return;
        }
        let or_none = |names: Vec<Words>| if names.is_empty() { vec![Words::text("–")] } else { names };
        let words =
            Words::new("spare-outputs-differ").with("here", or_none(only_here)).with("there", or_none(only_there));
        report(director, ProblemKind::SpareDiffers, OUTPUTS, words);
    }
}

/// An output as its crew knows it.
fn name(face: &Face) -> Words {
    let (width, height) = face.output.raster;
    Words::text(format!("{} ({} {width} × {height})", face.name, face.output.class.name()))
}
