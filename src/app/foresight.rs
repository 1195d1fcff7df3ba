//! What the console is told of the show's past and future: what comes next, what made each score, which themes there are.

use std::{collections::BTreeMap, sync::Arc};

use bevy::prelude::*;

use crate::{
    console::{Coming, ScoreStep, TapeView, View},
    director::Director,
    locale::{self, Lang},
    show::{
        next::{coming, outlook},
        provenance::Origin,
        rules::Rulebook,
        tape::Lane,
    },
    themes,
};

/// So many moments are foretold.
const MOST: usize = 8;
/// So many of a team's last changes are listed: they are made anew with every event.
const MOST_STEPS: usize = 100;
/// Until when a moment comes is told to this, µs.
const TOLD_US: i64 = 1_000_000;

/// The rulebook that was named, where the feed's own rounds say too little.
#[derive(Resource, Default)]
pub struct Book(pub Option<Rulebook>);

/// What it was made of: made anew when one of these has changed.
#[derive(PartialEq)]
pub struct Made {
    /// Language; jumps, events, acts and edits so far; whether the scores' origins are known.
    happened: (Lang, u64, u64, u64, usize, bool),
    second: i64,
}

/// Tells the console.
pub fn tell(director: Res<Director>, book: Res<Book>, mut view: ResMut<View>, mut made: Local<Option<Made>>) {
    if view.themes.is_empty() {
        view.themes = themes::carried().map(str::to_owned).collect();
    }
    let theme = &director.theme().name;
    if view.theme != *theme {
        view.theme.clone_from(theme);
    }
    let next_theme = director.next_theme().map(|theme| theme.name.clone());
    if view.next_theme != next_theme {
        view.next_theme = next_theme;
    }
    let tape = tape(&director);
    if view.tape != tape {
        view.tape = tape;
    }
    let acts = director.air().desk.n;
    let happened =
        (view.lang, director.horizon(), director.log().total(), acts, director.unsaved(), director.knows_origins());
    let now = Made { happened, second: director.now_us().div_euclid(TOLD_US) };
    if made.as_ref() == Some(&now) {
        return;
    }
    // Only the time has moved: what has happened stands.
    let anew = made.as_ref().is_none_or(|made| made.happened != now.happened);
    view.coming = Some(Arc::new(foretell(&director, book.0.as_ref(), view.lang)));
    if anew {
        view.provenance = Some(Arc::new(provenance(&director, view.lang)));
    }
    *made = Some(now);
}

fn tape(director: &Director) -> TapeView {
    let Some(transport) = director.transport() else { return TapeView::default() };
    let [bookmark_a_us, bookmark_b_us] = transport.bookmarks_us();
    TapeView { range_us: transport.range_us(), bookmark_a_us, bookmark_b_us, unsaved: director.unsaved() }
}

/// The coming moments of the tape; live, what the question that is warmed up or on air may bring.
fn foretell(director: &Director, book: Option<&Rulebook>, lang: Lang) -> Vec<Coming> {
    let Some(transport) = director.transport() else {
        let lines = outlook(director.air().feed(), book).told();
        let lines: Vec<String> = lines.iter().map(|words| locale::say(lang, words)).collect();
        return if lines.is_empty() { Vec::new() } else { vec![Coming { in_us: None, lines, is_wrong: false }] };
    };
    let tape = transport.timeline().tape();
    coming(tape, transport.passed(), director.air().feed(), director.now_us(), MOST)
        .into_iter()
        .map(|moment| Coming {
            in_us: Some(moment.in_us),
            lines: moment.words.iter().map(|words| locale::say(lang, words)).collect(),
            is_wrong: !moment.effect.alarms.is_empty(),
        })
        .collect()
}

fn provenance(director: &Director, lang: Lang) -> BTreeMap<String, Vec<ScoreStep>> {
    let step = |origin: &&Origin| ScoreStep {
        seq: origin.seq,
        at: origin.at,
        delta: origin.delta.signed(),
        after: origin.after.to_string(),
        reason: origin.reason.clone(),
        of_desk: origin.lane == Lane::Desk,
        alarm: origin.alarms.first().map_or_else(String::new, |alarm| locale::tell(lang, alarm)),
    };
    let teams = &director.show().core.config.teams;
    let (said, on_air) = (director.air().desk.said > 0, director.show().seq);
    // Of what the desk entered, what is on air; of the feed, what has been taken.
    let counts = |origin: &&&Origin| match origin.lane {
        Lane::Desk => said || !origin.gone,
        Lane::Feed => origin.seq <= on_air,
    };
    let of = |team: &str| {
        let all = director.origins(team);
        let mut last: Vec<ScoreStep> = all.iter().rev().filter(counts).take(MOST_STEPS).map(step).collect();
        last.reverse();
        last
    };
    teams.iter().map(|team| (team.id.clone(), of(&team.id))).collect()
}
