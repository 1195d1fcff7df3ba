//! Promises of the jury's word: once, in place, calmly, and in the end as if it had been right from the start.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    Feed, THEME,
    chaos::{check, event},
    sampled,
    scenes_judge::{Case, cases, mend, overturned},
};
use crate::show::{
    cue::{Cue, ScheduledCue},
    cues,
    frame::{Frame, LayerKind},
    protocol::{Envelope, Points},
    reduce::{Change, Entry},
    state::{Kind, Show},
};

/// Long enough for every notice to have gone.
const SETTLED_MS: i64 = 13_000;

#[test]
fn a_correction_ends_where_the_truth_would_have_begun() {
    for (mended, right) in cases().into_iter().map(Case::mended).zip(cases().into_iter().map(Case::right)) {
        let name = format!("{:?}", mended.show.core.corrections());
        assert_eq!(mended.frame(SETTLED_MS), right.frame(SETTLED_MS), "{name}");
    }
}

#[test]
fn a_correction_brings_nothing_on_and_remembers_what_was() {
    for case in cases() {
        let event = case.event;
        let (mut feed, right, wrong) = (case.feed, case.right, case.wrong);
        feed.say(500, event, wrong.clone());
        let (of, entry) = (feed.seq, Entry::of(&feed.show.program));
        let before = feed.show.core.clone();
        mend(&mut feed, 4_000, event, right, of);
        assert_eq!(Entry::of(&feed.show.program), entry, "{event}");
        let corrections = feed.show.core.corrections();
        assert_eq!(corrections.len(), 1, "{event}: {corrections:?}");
        assert_eq!((corrections[0].since, corrections[0].seq), (feed.at, feed.seq), "{event}");
        assert_eq!(feed.show.core.uncorrected(feed.at).corrections(), [], "{event}");
        assert_eq!(feed.show.alarm_count, feed.show.alarms.iter().filter(|alarm| alarm.seq != feed.seq).count() as u64);
        // A second correction, of the event or of its correction, takes the first one back.
        let again = if event.len() % 2 == 0 { of } else { feed.seq };
        mend(&mut feed, 4_000, event, wrong, again);
        let last = feed.show.core.corrections();
        assert_eq!((last.len(), last[0].seq), (1, feed.seq), "{event}");
        assert_eq!(super::frame(&feed.show, feed.at + SETTLED_MS * 1_000, crate::show::frame::Lang::Zh), {
            let undone = Show { core: before, ..feed.show.clone() };
            super::frame(&undone, feed.at + SETTLED_MS * 1_000, crate::show::frame::Lang::Zh)
        });
    }
}

#[test]
fn a_correction_of_what_is_not_held_is_told_to_the_operator_and_not_drawn() {
    for case in cases() {
        let event = case.event;
        let mut feed = case.feed;
        feed.say(500, event, case.wrong);
        let (core, alarms) = (feed.show.core.clone(), feed.show.alarm_count);
        mend(&mut feed, 100, event, case.right, 1);
        assert_eq!(feed.show.core, core, "{event}");
        assert_eq!(feed.show.alarm_count, alarms + 1, "{event}");
        let text = &feed.show.alarms.last().unwrap().text;
        assert!(text.contains(event) && text.contains("corrects event 1"), "{text}");
    }
}

/// Texts and plates that stand in two frames alike, by layer.
fn layers(frame: &Frame, kind: LayerKind) -> Vec<&crate::show::frame::Layer> {
    frame.layers.iter().filter(|layer| layer.key.kind == kind).collect()
}

#[test]
fn only_what_was_corrected_changes_and_nothing_jumps() {
    for (case, plain) in cases().into_iter().zip(cases()) {
        let (event, wrong) = (case.event, plain.wrong());
        let mended = case.mended();
        let (before, after) = (wrong.frame(SETTLED_MS), mended.frame(SETTLED_MS));
        assert_ne!(mended.show.core, wrong.show.core);
        // The header names the round and who is on, and below a table which key decides.
        let named = matches!(event, "turn.given" | "round.opened" | "tiebreak.decided");
        for kind in [LayerKind::Header, LayerKind::Strip, LayerKind::Cell, LayerKind::ActiveCell] {
            assert!(named || layers(&before, kind) == layers(&after, kind), "{event}: {kind:?}");
        }
        // On its first frame a correction shows what was, whole.
        let (was, first) = (wrong.frame(0), mended.frame(0));
        for layer in was.layers.iter().filter(|layer| layer.key.kind != LayerKind::Backdrop) {
            let same = first.layers.iter().find(|other| other.key == layer.key && other.content == layer.content);
            assert!(same.is_some_and(|same| same.placement == layer.placement), "{event}: {:?}", layer.key);
        }
        for after_ms in [0, 40, 120, 160, 200, 319, 320, 900, 3_100] {
            check(&mended.frame(after_ms));
        }
    }
}

fn read(feed: &Feed, after_ms: i64, text: &str) -> bool {
    feed.read(after_ms).iter().any(|read| read.contains(text))
}

#[test]
fn an_overturned_verdict_shows_its_points_its_reason_and_the_new_score() {
    let feed = overturned();
    let verdict = feed.show.core.question.as_ref().unwrap().verdict.as_ref().unwrap();
    assert_eq!(verdict.delta, Some(Points::whole(10)), "learned from the corrected score");
    assert_eq!(verdict.was.as_ref().unwrap().value.delta, Some(Points::whole(-10)));
    for text in ["+10", "回答正确", "更正", "合议改判", "310", "290"] {
        assert!(read(&feed, 1_500, text), "{text} in {:?}", feed.read(1_500));
    }
    assert!(!read(&feed, 1_500, "回答错误") && !read(&feed, 1_500, "−10"));
    assert!(read(&feed, 5_000, "合议改判") && !read(&feed, 8_000, "合议改判"), "the reason stands six seconds");
    assert!(!read(&feed, SETTLED_MS, "更正") && read(&feed, SETTLED_MS, "310"));
}

#[test]
fn a_ruling_stands_for_some_seconds_and_an_open_appeal_until_then() {
    let mut feed = Feed::new(5);
    feed.round("solo").ask("single");
    feed.say(100, "appeal.opened", json!({"subject_seq": 1, "team": "t1"}));
    assert!(read(&feed, 60_000, "合议中"));
    // A newer notice takes the place for its time; then the appeal, still open, is back.
    mend(
        &mut feed,
        1_000,
        "score.corrected",
        json!({"team": "t2", "before": 300, "after": 310, "reason": "计分笔误"}),
        1,
    );
    assert!(read(&feed, 1_000, "计分笔误") && !read(&feed, 1_000, "合议中"));
    assert!(read(&feed, 7_000, "合议中") && !read(&feed, 7_000, "计分笔误"));
    feed.say(9_000, "appeal.resolved", json!({"outcome": "维持原判", "note": "证据不足"}));
    assert!(read(&feed, 1_000, "维持原判") && read(&feed, 1_000, "证据不足") && !read(&feed, 1_000, "合议中"));
    assert!(!read(&feed, 7_000, "维持原判"));
}

#[test]
fn a_corrected_score_counts_and_says_from_what_and_why() {
    for (event, data) in [
        ("score.corrected", json!({"team": "t1", "before": 310, "after": 290, "reason": "裁判组更正"})),
        ("score.changed", json!({"team": "t1", "before": 300, "delta": -10, "after": 290, "reason": "裁判组更正"})),
    ] {
        let mut feed = Feed::new(5);
        feed.round("solo").ask("single");
        feed.say(0, "verdict.given", json!({"team": "t1", "outcome": "correct"}));
        feed.say(0, "score.changed", json!({"team": "t1", "before": 300, "delta": 10, "after": 310}));
        let (of, entry) = (feed.seq, Entry::of(&feed.show.program));
        mend(&mut feed, 5_000, event, data, of);
        assert_eq!((Entry::of(&feed.show.program), feed.show.alarm_count), (entry, 0), "{:?}", feed.show.alarms);
        assert!(feed.read(0).iter().any(|text| text == "310"), "{event}: it counts from what was");
        assert_eq!(
            feed.read(2_000).iter().filter(|text| *text == "310").count(),
            2,
            "struck in the chip and in the notice"
        );
        assert!(read(&feed, 2_000, "裁判组更正") && read(&feed, 2_000, "290"), "{event}");
        let verdict = feed.show.core.question.as_ref().unwrap().verdict.as_ref().unwrap();
        assert_eq!(verdict.delta, Some(Points::whole(-10)), "{event}");
        assert_eq!(feed.show.core.scores["t1"].was.as_ref().unwrap().value.value(), Points::whole(310));
    }
}

#[test]
fn a_withdrawal_is_taken_back_and_made_again() {
    let mut feed = Feed::new(5);
    feed.round("solo").ask("single").say(100, "question.withdrawn", json!({"reason": "题干有误"}));
    let of = feed.seq;
    assert!(read(&feed, 1_000, "本题作废"));
    mend(&mut feed, 1_000, "question.withdrawn", json!({"reason": ""}), of);
    let ask = feed.show.core.question.clone().unwrap();
    assert!(ask.withdrawn.is_none() && ask.reinstated.is_some() && feed.show.core.corrections().len() == 1);
    assert!(read(&feed, 0, "本题作废") && !read(&feed, 1_000, "本题作废") && read(&feed, 1_000, "更正"));
    mend(&mut feed, 5_000, "question.withdrawn", json!({"reason": "选项有误"}), of);
    assert!(read(&feed, 1_000, "本题作废") && read(&feed, 1_000, "选项有误"));
}

#[test]
fn a_correction_is_heard_as_a_notice_and_never_as_a_result() {
    let times = THEME.cue_times();
    // A clock may tick on.
    let told = |cue: &&ScheduledCue| !matches!(cue.cue, Cue::Tick | Cue::Beep | Cue::BeepLast);
    for case in cases() {
        let event = case.event;
        let feed = case.mended();
        let shown = feed.show.core.corrections()[0].kind.seen_in(feed.show.program.scene);
        let heard = cues::between(&feed.show, &times, feed.at, feed.at + 1_000_000);
        let wanted = if shown { vec![Cue::Chime] } else { Vec::new() };
        let heard: Vec<Cue> = heard.iter().filter(|cue| told(cue)).map(|cue| cue.cue).collect();
        assert_eq!(heard, wanted, "{event}");
    }
    let feed = overturned();
    let heard = cues::between(&feed.show, &times, feed.at - 100_000, feed.at + 2_000_000);
    assert_eq!(heard.iter().map(|cue| cue.cue).collect::<Vec<_>>(), [Cue::Chime], "three corrections, one notice");
}

#[test]
fn a_corrected_question_is_a_change() {
    let case = cases().into_iter().next().unwrap();
    let mut feed = case.feed;
    feed.say(0, case.event, case.wrong);
    let wire = json!({"v": 1, "epoch": "e", "seq": feed.seq + 1, "at": feed.at, "type": case.event, "data": case.right, "corrects": feed.seq});
    let changes = feed.show.apply(&Envelope::from_value(wire).unwrap());
    assert!(matches!(changes.as_slice(), [Change::Question(_)]), "{changes:?}");
    assert_eq!(feed.show.core.corrections()[0].kind, Kind::Question);
}

const FACTS: [&str; 4] = ["answer.given", "answer.revealed", "audience.tallied", "risk.revealed"];

/// Another event of the same name that speaks of the same team.
fn other(name: &str, data: &Value) -> Option<Value> {
    let mut data = data.clone();
    match name {
        "answer.given" => data["choice"] = json!(["2"]),
        "answer.revealed" => data["key"] = json!(["0"]),
        "audience.tallied" => data["n"] = json!(data["n"].as_u64()? + 1),
        "risk.revealed" => data["value"] = json!(data["value"].as_u64()? + 7),
        _ => return None,
    }
    Some(data)
}

proptest! {
    #![proptest_config(sampled(64))]

    #[test]
    fn any_correction_of_anything_makes_a_picture(
        teams in 1_u32..14,
        events in prop::collection::vec((event(), 0_i64..900, proptest::option::weighted(0.4, 0_u64..40)), 1..40),
    ) {
        let mut feed = Feed::new(teams);
        for ((name, data), after, corrects) in events {
            let wire = json!({"v": 1, "epoch": "e", "seq": feed.seq + 1, "at": feed.at + after * 1_000, "type": name, "data": data, "corrects": corrects});
            if let Ok(envelope) = Envelope::from_value(wire) {
                let entry = Entry::of(&feed.show.program);
                (feed.seq, feed.at) = (envelope.seq, envelope.at);
                feed.show.apply(&envelope);
                prop_assert!(corrects.is_none() || entry == Entry::of(&feed.show.program), "{name}");
                check(&feed.frame(0));
                check(&feed.frame(100));
            }
        }
    }

    #[test]
    fn a_stream_corrected_is_the_stream_that_was_right(
        teams in 2_u32..8,
        events in prop::collection::vec((event(), 0_i64..900), 4..30),
        pick in any::<prop::sample::Index>(),
    ) {
        let facts: Vec<usize> = (0..events.len()).filter(|i| FACTS.contains(&events[*i].0.0)).collect();
        prop_assume!(!facts.is_empty());
        let at = facts[pick.index(facts.len())];
        let (name, wrong) = events[at].0.clone();
        let right = other(name, &wrong).unwrap();
        // Said twice and corrected once, a value is the corrected one; said right and then otherwise, it is the other.
        let again = |((event, data), _): &((&str, Value), i64)| *event == "risk.revealed" && data["team"] == wrong["team"];
        prop_assume!(name != "risk.revealed" || !events[at + 1..].iter().any(again));
        let (mut mended, mut truth) = (Feed::new(teams), Feed::new(teams));
        let mut of = None;
        for (i, ((event, data), after)) in events.into_iter().enumerate() {
            let said = mended.hear(after, event, data.clone()).is_ok();
            if i == at {
                of = said.then_some(mended.seq);
                prop_assume!(said && truth.hear(after, event, right.clone()).is_ok());
            } else {
                let _ = truth.hear(after, event, data);
            }
        }
        mend(&mut mended, 100, name, right, of.unwrap());
        truth.say(100, "roster.updated", json!({}));
        // What is no longer held is alarmed instead.
        if mended.show.core.corrections().iter().any(|corrected| corrected.seq == mended.seq) {
            prop_assert_eq!(mended.frame(30_000), truth.frame(30_000));
        }
    }
}

#[test]
fn another_teams_choice_is_no_correction_of_this_one() {
    let mut feed = Feed::new(5);
    feed.round("risk_choice").say(100, "risk.offered", json!({"values": [20, 40]}));
    feed.say(100, "risk.revealed", json!({"team": "t5", "value": 40}));
    let (of, core, alarms) = (feed.seq, feed.show.core.clone(), feed.show.alarm_count);
    mend(&mut feed, 100, "risk.revealed", json!({"team": "t1", "value": 40}), of);
    assert_eq!((feed.show.core == core, feed.show.alarm_count), (true, alarms + 1));
}
