//! What the console is told of the show's past and future: what comes next, what made each score, which themes there are.

use std::{collections::BTreeMap, sync::Arc, time::Duration};

use bevy::prelude::*;

use super::{clock::Clock, pace::Throttle};
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

/// However fast events come, what comes next is told anew no more often than this.
const PACE: Duration = Duration::from_millis(200);

/// What it was made of: made anew when one of these has changed.
#[derive(Default)]
pub struct Made {
    told: Throttle,
    /// Language; jumps, events, acts and edits so far; the second.
    coming: Option<(Lang, u64, u64, u64, usize, i64)>,
    /// Language; jumps, acts and edits so far; scores that are known, and up to which of the feed's events they count;
    /// whether a tape's are known yet.
    provenance: Option<(Lang, u64, u64, usize, usize, u64, bool)>,
}

/// Tells the console.
pub fn tell(
    director: Res<Director>,
    book: Res<Book>,
    clock: Res<Clock>,
    mut view: ResMut<View>,
    mut made: Local<Made>,
) {
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
    let (lang, acts, unsaved) = (view.lang, director.air().desk.n, director.unsaved());
    let second = director.now_us().div_euclid(TOLD_US);
    let coming = Some((lang, director.horizon(), director.log().total(), acts, unsaved, second));
    if made.coming != coming && made.told.due(clock.at, PACE) {
        view.coming = Some(Arc::new(foretell(&director, book.0.as_ref(), lang)));
        made.coming = coming;
    }
    // Most events make no score.
    let (known, until) = (director.origins_known(), director.origins_until());
    let origins = Some((lang, director.horizon(), acts, unsaved, known, until, director.knows_origins()));
    if made.provenance != origins {
        view.provenance = Some(Arc::new(provenance(&director, lang)));
        made.provenance = origins;
    }
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
        reason: origin.reason.to_string(),
        of_desk: origin.lane == Lane::Desk,
        alarm: origin.alarms.first().map_or_else(String::new, |alarm| locale::tell(lang, alarm)),
    };
    let teams = &director.show().core.config.teams;
    let (said, on_air) = (director.air().desk.said > 0, director.origins_until());
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
