//! Promises of the fold: total, lossless, gentle with duplicates, and alarmed by figures that do not add up.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Change, Shift};
use crate::show::{
    protocol::{Envelope, Event, Points},
    state::{ClockPhase, Core, Scene, Show},
};

const SECOND: i64 = 1_000_000;

/// A feed of one epoch that numbers what it is given, a second apart.
pub(crate) struct Feed {
    pub(crate) show: Show,
    seq: u64,
    pub(crate) at: i64,
}

impl Feed {
    pub(crate) fn new() -> Self {
        let mut feed = Self { show: Show::default(), seq: 0, at: 1_000 * SECOND };
        let teams: Vec<Value> =
            (1..=5).map(|n| json!({"id": format!("t{n}"), "name": format!("{n}号队"), "number": n})).collect();
        feed.send("show.configured", json!({"title": "t", "teams": teams, "base_score": 300, "audience_seats": 18}));
        feed
    }

    pub(crate) fn send(&mut self, event: &str, data: Value) -> Vec<Change> {
        self.send_with(event, data, None)
    }

    pub(crate) fn send_with(&mut self, event: &str, data: Value, cause: Option<u64>) -> Vec<Change> {
        self.seq += 1;
        self.at += SECOND;
        let envelope = envelope("e", self.seq, self.at, event, data, cause);
        self.show.apply(&envelope)
    }

    fn round(&mut self, format: &str) {
        self.send("round.opened", json!({"id": "r", "name": "r", "format": format, "rules": {"right": 10}}));
    }

    fn ask(&mut self) {
        let options = json!([{"label": "A", "text": "a"}, {"label": "B", "text": "b"}]);
        self.send("question.shown", json!({"id": "q", "kind": "single", "stem": "s", "options": options}));
    }

    fn scene(&self) -> Scene {
        self.show.program.scene
    }
}

pub(crate) fn envelope(epoch: &str, seq: u64, at: i64, event: &str, data: Value, cause: Option<u64>) -> Envelope {
    Envelope::from_value(wire(epoch, seq, at, event, data, cause)).unwrap()
}

fn wire(epoch: &str, seq: u64, at: i64, event: &str, data: Value, cause: Option<u64>) -> Value {
    json!({"v": 1, "epoch": epoch, "seq": seq, "at": at, "type": event, "data": data, "cause": cause})
}

#[test]
fn a_duplicate_changes_nothing_and_another_epoch_everything() {
    let mut feed = Feed::new();
    feed.round("solo");
    let before = feed.show.clone();
    let duplicate = envelope("e", 2, 0, "show.ended", json!({}), None);
    assert_eq!(feed.show.apply(&duplicate), []);
    assert_eq!(feed.show, before);
    let changes = feed.show.apply(&envelope("f", 7, 5, "show.ended", json!({}), None));
    assert_eq!(changes.first(), Some(&Change::Reset(Shift { before: "e".into(), after: "f".into() })));
    assert_eq!((feed.show.seq, feed.show.core.round.is_none(), feed.show.core.ended), (7, true, true));
}

#[test]
fn figures_that_do_not_add_up_are_alarmed_and_shown() {
    let mut feed = Feed::new();
    feed.send("score.changed", json!({"team": "t1", "before": 300, "delta": 10, "after": 320}));
    assert_eq!(feed.show.known_score("t1"), Points::whole(320), "the feed's figure is on air");
    let text = &feed.show.alarms.last().unwrap().text;
    assert!(text.contains("event 2") && text.contains("t1") && text.contains("310") && text.contains("320"), "{text}");
    feed.send("score.changed", json!({"team": "t1", "before": 310, "delta": 10, "after": 320}));
    feed.send("score.corrected", json!({"team": "t1", "before": 310, "after": 330, "reason": "裁判组更正"}));
    assert_eq!(feed.show.alarm_count, 3, "{:?}", feed.show.alarms);
    feed.send("score.corrected", json!({"team": "t1", "before": 330, "after": 340}));
    assert_eq!(feed.show.alarm_count, 3);
}

#[test]
fn a_rush_score_is_checked_against_the_rulebook() {
    for (correct, remaining, score, alarms) in [(8, 20, 96, 0), (7, 15, 81, 0), (7, 15, 80, 1), (11, 0, 110, 1)] {
        let mut feed = Feed::new();
        feed.round("rush");
        feed.send("turn.given", json!({"team": "t1"}));
        let run = json!({"team": "t1", "correct": correct, "of": 10, "remaining": remaining, "score": score});
        feed.send("rush.finished", run);
        assert_eq!((feed.show.alarm_count, feed.scene()), (alarms, Scene::Formula), "{correct} {remaining} {score}");
    }
}

fn duel(outcome: &str, tally: Value, delta: i64) -> Feed {
    let mut feed = Feed::new();
    feed.round("duel");
    feed.send("turn.given", json!({"team": "t1"}));
    feed.send("audience.opened", json!({"seats": 18}));
    assert_eq!(feed.scene(), Scene::Duel);
    feed.ask();
    assert_eq!(feed.scene(), Scene::Card);
    feed.send("verdict.given", json!({"team": "t1", "outcome": outcome}));
    feed.send("audience.tallied", tally);
    assert_eq!(feed.scene(), Scene::Duel);
    feed.send("score.changed", json!({"team": "t1", "before": 300, "delta": delta, "after": 300 + delta}));
    feed
}

#[test]
fn a_duel_is_checked_against_the_rulebook() {
    let six = json!({"right": 12, "wrong": 6, "absent": 0, "n": 6});
    let all = json!({"right": 18, "wrong": 0, "absent": 0, "n": 18});
    assert_eq!(duel("correct", six.clone(), 16).show.alarm_count, 0);
    assert_eq!(duel("wrong", all.clone(), -18).show.alarm_count, 0);
    assert_eq!(duel("timeout", all.clone(), -18).show.alarm_count, 0);
    assert_eq!(duel("correct", six.clone(), 18).show.alarm_count, 1);
    assert_eq!(duel("wrong", six, -6).show.alarm_count, 1, "N must be the twelve who were right");
    assert_eq!(duel("correct", json!({"right": 12, "wrong": 6, "absent": 1, "n": 6}), 16).show.alarm_count, 1);
    let seats: Vec<&str> = std::iter::repeat_n("right", 18).collect();
    let lying = json!({"right": 12, "wrong": 6, "absent": 0, "n": 6, "seats": seats});
    assert_eq!(duel("correct", lying, 16).show.alarm_count, 1);
}

#[test]
fn a_risk_pays_what_was_chosen() {
    for (outcome, delta, alarms) in [("correct", 40, 0), ("wrong", -40, 0), ("timeout", -40, 0), ("wrong", -20, 1)] {
        let mut feed = Feed::new();
        feed.round("risk_choice");
        feed.send("risk.offered", json!({"values": [20, 40]}));
        feed.send("risk.locked", json!({"team": "t1"}));
        feed.send("risk.revealed", json!({"team": "t1", "value": 40}));
        assert_eq!(feed.scene(), Scene::Risk);
        feed.send("turn.given", json!({"team": "t1"}));
        feed.ask();
        feed.send("verdict.given", json!({"team": "t1", "outcome": outcome}));
        feed.send("score.changed", json!({"team": "t1", "before": 300, "delta": delta, "after": 300 + delta}));
        assert_eq!((feed.show.alarm_count, feed.scene()), (alarms, Scene::Moment), "{outcome} {delta}");
        let verdict = feed.show.core.question.as_ref().unwrap().verdict.as_ref().unwrap();
        assert_eq!(verdict.delta, Some(Points::whole(delta)));
    }
}

#[test]
fn a_leaving_scene_keeps_the_facts_it_left_with() {
    let mut feed = Feed::new();
    feed.ask();
    let shown = feed.show.seq;
    feed.send("turn.given", json!({"team": "t1"}));
    assert_eq!((feed.scene(), feed.show.core.question.is_none()), (Scene::Idle, true));
    let departed = feed.show.program.departed.last().unwrap();
    assert_eq!((departed.scene, departed.seq, departed.left_at), (Scene::Card, shown, feed.at));
    assert!(departed.core.question.is_some());
    feed.at += 10 * SECOND;
    feed.send("roster.updated", json!({}));
    assert!(feed.show.program.departed.is_empty(), "what has left long ago is gone");
}

#[test]
fn a_scene_that_was_never_seen_does_not_leave() {
    let mut feed = Feed::new();
    feed.round("solo");
    feed.ask();
    let (seq, at) = (feed.show.seq, feed.at + SECOND);
    feed.show.apply(&envelope("e", seq + 1, at, "round.closed", json!({}), None));
    feed.show.apply(&envelope("e", seq + 2, at, "slate.shown", json!({"kind": "title", "title": "t"}), None));
    let leaving: Vec<Scene> = feed.show.program.departed.iter().map(|departed| departed.scene).collect();
    assert_eq!(feed.scene(), Scene::Slate);
    assert_eq!(leaving.last(), Some(&Scene::Card), "{leaving:?}");
}

#[test]
fn a_question_after_a_question_enters_anew_except_in_rush() {
    let mut feed = Feed::new();
    feed.round("solo");
    feed.ask();
    let first = feed.show.program.seq;
    feed.ask();
    assert!(feed.show.program.seq > first);
    feed.round("rush");
    feed.send("turn.given", json!({"team": "t1"}));
    feed.ask();
    let first = feed.show.program.seq;
    feed.ask();
    assert_eq!((feed.scene(), feed.show.program.seq), (Scene::Rush, first));
}

#[test]
fn the_buzzers_winner_gets_the_card_back() {
    let mut feed = Feed::new();
    feed.round("buzzer");
    feed.ask();
    feed.send("buzzer.fouled", json!({"team": "t2", "early_us": 120_000}));
    assert_eq!(feed.scene(), Scene::Buzzer);
    feed.send("buzzer.armed", json!({}));
    feed.send("buzzer.hit", json!({"team": "t1", "order": 1, "after_us": 300_000}));
    feed.send("turn.given", json!({"team": "t1", "player": "p"}));
    assert_eq!((feed.scene(), feed.show.core.question.is_some()), (Scene::Buzzer, true));
    feed.send("countdown.armed", json!({"id": "c", "duration": 10 * SECOND}));
    assert_eq!(feed.scene(), Scene::Card);
    feed.send("buzzer.hit", json!({"team": "t3", "order": 2, "after_us": 500_000}));
    assert_eq!(feed.scene(), Scene::Card);
    assert_eq!(feed.show.core.buzzer.as_ref().unwrap().fouls.len(), 1);
}

#[test]
fn a_clock_departs_from_where_it_was() {
    let mut feed = Feed::new();
    feed.send("countdown.armed", json!({"id": "c", "duration": 10 * SECOND}));
    feed.send("countdown.started", json!({"id": "c", "ends_at": feed.at + 11 * SECOND}));
    feed.send("countdown.paused", json!({"id": "c", "remaining": 9 * SECOND}));
    feed.send("countdown.changed", json!({"id": "c", "remaining": 20 * SECOND}));
    let clock = feed.show.core.clock.clone().unwrap();
    assert_eq!(clock.phase, ClockPhase::Paused { remaining_us: 20 * SECOND });
    assert_eq!(clock.departed_us, Some(9 * SECOND));
    let ends_at = feed.at + 6 * SECOND;
    feed.send("countdown.resumed", json!({"id": "c", "ends_at": ends_at}));
    feed.send("countdown.changed", json!({"id": "c", "ends_at": ends_at + SECOND}));
    let clock = feed.show.core.clock.clone().unwrap();
    assert_eq!(clock.phase, ClockPhase::Running { ends_at: ends_at + SECOND });
    assert_eq!(clock.departed_us, Some(4 * SECOND));
    assert_eq!(feed.show.alarm_count, 0);
    feed.send("countdown.stopped", json!({"id": "old", "remaining": 0}));
    assert_eq!(feed.show.core.clock, Some(clock), "a late word about an old clock does not touch this one");
    assert_eq!(feed.show.alarm_count, 1);
}

#[test]
fn alarms_are_bounded_and_counted() {
    let mut feed = Feed::new();
    for _ in 0..150 {
        feed.send("countdown.expired", json!({"id": format!("never{}", feed.seq)}));
    }
    assert_eq!((feed.show.alarms.len(), feed.show.alarm_count), (Show::ALARMS, 150));
}

/// Any event of the protocol with small, often nonsensical, values.
fn any_data(name: &str, a: u32, b: i64, c: u32) -> Value {
    let outcomes = ["correct", "wrong", "timeout", "incomplete", "prompted", "foul", "void"];
    let formats =
        ["solo", "rush", "risk_choice", "risk_assigned", "duel", "buzzer", "showcase", "written", "audience_quiz"];
    let outcome = outcomes[a as usize % outcomes.len()];
    let (team, other) = (format!("t{}", a % 6), format!("t{}", c % 6));
    let id = format!("c{}", c % 3);
    let seats = ["right", "wrong", "absent"][c as usize % 3];
    let teams: Vec<Value> = (1..=c % 6).map(|n| json!({"id": format!("t{n}"), "name": "n", "number": n})).collect();
    match name {
        "show.configured" => json!({"title": "t", "teams": teams, "base_score": a, "audience_seats": c}),
        "roster.updated" => json!({"teams": teams}),
        "draw.opened" => json!({"kind": "question", "pool": ["1", "2"]}),
        "draw.resolved" => json!({"slot": team, "value": "v"}),
        "round.opened" => json!({"id": "r", "name": "r", "format": formats[a as usize % formats.len()],
            "rules": {"right": c, "questions": c % 12}}),
        "turn.given" => json!({"team": team}),
        "question.cued" | "question.shown" => json!({"id": id, "kind": "single", "stem": "s", "value": c}),
        "question.withdrawn" => json!({"reason": "x"}),
        "media.cued" => json!({"id": id, "path": "p", "sha256": "00"}),
        "media.started" => json!({"id": id, "at": b}),
        "media.paused" | "media.ended" | "countdown.expired" => json!({"id": id}),
        "countdown.armed" => json!({"id": id, "duration": 1 + a}),
        "countdown.started" | "countdown.resumed" => json!({"id": id, "ends_at": b}),
        "countdown.paused" | "countdown.stopped" => json!({"id": id, "remaining": a}),
        "countdown.changed" if c.is_multiple_of(2) => json!({"id": id, "ends_at": b}),
        "countdown.changed" => json!({"id": id, "remaining": b}),
        "answer.given" => json!({"team": team, "choice": ["A"]}),
        "verdict.given" => json!({"team": team, "outcome": outcome}),
        "answer.revealed" => json!({"key": ["A"]}),
        "buzzer.hit" => json!({"team": team, "order": c, "after_us": b}),
        "buzzer.fouled" => json!({"team": team, "early_us": b}),
        "risk.offered" => json!({"values": [20, 40]}),
        "risk.locked" => json!({"team": team}),
        "risk.revealed" => json!({"team": team, "value": c}),
        "risk.assigned" => json!({"from": team, "to": other}),
        "rush.progressed" if c.is_multiple_of(2) => json!({"team": team, "index": 1 + a % 100}),
        "rush.progressed" => json!({"team": team, "index": 1 + a % 100, "outcome": outcome}),
        "rush.finished" => json!({"team": team, "correct": a, "of": 1 + c % 100, "remaining": c, "score": c}),
        "audience.opened" if c.is_multiple_of(2) => json!({"seats": 1 + c % 200}),
        "audience.opened" => json!({"size": a}),
        "audience.locked" if c.is_multiple_of(2) => json!({"seat": a % 20}),
        "audience.locked" => json!({"count": a}),
        "audience.tallied" => json!({"right": a, "wrong": c, "absent": a, "n": c, "seats": [seats]}),
        "score.changed" => json!({"team": team, "before": a, "delta": b.clamp(-1_000, 1_000), "after": c}),
        "score.corrected" => json!({"team": team, "before": a, "after": c}),
        "appeal.opened" => json!({"subject_seq": a, "team": team}),
        "appeal.resolved" => json!({"outcome": "o"}),
        "standings.set" => json!({"rows": [{"team": team, "total": c}], "ranked": false}),
        "tiebreak.decided" => json!({"teams": [team, other], "by": "written"}),
        "advance.set" => json!({"slots": c % 101}),
        "advance.revealed" => json!({"slot": 1 + c % 100, "team": team}),
        "award.set" => json!({"id": id, "title": "t", "rows": [{"name": "n"}]}),
        "award.stepped" => json!({"id": id, "page": c, "row": a}),
        "slate.shown" => json!({"kind": "message", "title": "t"}),
        _ => json!({}),
    }
}

fn any_events() -> impl Strategy<Value = Vec<Envelope>> {
    let small = prop_oneof![8 => 0u32..30, 1 => any::<u32>()];
    let instant = prop_oneof![8 => -20 * SECOND..20 * SECOND, 1 => any::<i64>()];
    let one = (0..Event::NAMES.len(), small.clone(), instant.clone(), small, instant, any::<bool>());
    prop::collection::vec(one, 1..80).prop_map(|list| {
        let make = |(i, (kind, a, b, c, at, linked)): (usize, (usize, u32, i64, u32, i64, bool))| {
            let seq = i as u64 + 1;
            let cause = linked.then_some(seq - 1);
            let data = any_data(Event::NAMES[kind], a, b, c);
            Envelope::from_value(wire("e", seq, at, Event::NAMES[kind], data, cause)).ok()
        };
        list.into_iter().enumerate().filter_map(make).collect()
    })
}

proptest! {
    #[test]
    fn no_feed_makes_the_fold_panic_and_a_snapshot_loses_nothing(events in any_events(), cut in 0usize..80) {
        let mut whole = Show::default();
        for event in &events {
            whole.apply(event);
        }
        let mut first = Show::default();
        let (head, tail) = events.split_at(cut.min(events.len()));
        for event in head {
            first.apply(event);
        }
        let text = serde_json::to_string(&first).unwrap();
        let mut second: Show = serde_json::from_str(&text).unwrap();
        prop_assert_eq!(&second, &first);
        for event in tail {
            second.apply(event);
        }
        prop_assert_eq!(second, whole);
    }

    #[test]
    fn changes_tell_only_what_changed(events in any_events()) {
        let mut show = Show::default();
        for event in &events {
            let before = show.clone();
            let changes = show.apply(event);
            if changes.is_empty() {
                prop_assert_eq!(&before.core, &Core { media_cued: before.core.media_cued.clone(), ..show.core.clone() });
                prop_assert_eq!(before.alarm_count, show.alarm_count);
            }
            for change in &changes {
                if let Change::Clock(shift) = change {
                    prop_assert_ne!(&shift.before, &shift.after);
                }
            }
        }
    }
}
