//! The desk's acts: what they do to the program, that they undo, and that the feed wins.

use serde_json::json;

use super::{Act, Air, Curtain, DeskAct, Group, Say, differences};
use crate::show::{
    protocol::Envelope,
    state::Scene,
    tape::{Tape, Timeline, act_line},
};

const TAPE: &str = include_str!("../../../assets/shows/zhongwei-demo.tape.ndjson");

fn events() -> Vec<Envelope> {
    Tape::parse(TAPE).unwrap().entries.into_iter().map(|entry| entry.env).collect()
}

fn done(air: &Air, at: i64, act: Act) -> DeskAct {
    DeskAct { n: air.desk.n + 1, at, epoch: air.feed().epoch.clone(), after: air.feed().seq, act }
}

fn act(air: &mut Air, at: i64, act: Act) {
    let done = done(air, at, act);
    air.act(&done);
}

/// On air after the first `count` events.
fn after(count: usize) -> Air {
    let mut air = Air::default();
    for env in &events()[..count] {
        air.event(env);
    }
    air
}

#[test]
fn without_the_desk_the_program_is_the_feeds() {
    let air = after(60);
    assert!(air.follows());
    assert_eq!(air.program(), air.feed());
}

#[test]
fn a_held_program_stands_while_the_feed_goes_on_and_a_take_releases_in_order() {
    let events = events();
    for cut in [1, 10, 25, 40, 80] {
        let mut air = after(cut);
        let before = air.program().clone();
        let at = before.at;
        act(&mut air, at, Act::Hold);
        for env in &events[cut..cut + 12] {
            air.event(env);
        }
        assert_eq!(air.program(), &before, "nothing of what waits is on air");
        assert_eq!(air.preview().seq, events[cut + 11].seq, "the preview runs ahead");
        let hold = air.desk.hold.clone().unwrap();
        assert_eq!(
            hold.queue.iter().map(|env| env.seq).collect::<Vec<_>>(),
            (cut as u64 + 1..=cut as u64 + 12).collect::<Vec<_>>()
        );

        let late = air.feed().at + 5_000_000;
        act(&mut air, late, Act::Take { through: cut as u64 + 3 });
        assert_eq!((air.program().seq, air.desk.hold.as_ref().unwrap().queue.len()), (cut as u64 + 3, 9));
        act(&mut air, late + 1, Act::Follow);
        assert!(air.desk.hold.is_none());
        assert_eq!(air.program().seq, air.feed().seq);
        assert_eq!(differences(air.program(), air.feed()), [], "after {cut}");
        // What was taken late comes on then, not before.
        if air.program().program != air.feed().program {
            assert!(air.program().program.since >= late, "{:?}", air.program().program.since);
        }
        let next = &events[cut + 12];
        air.event(next);
        assert_eq!(air.program().seq, next.seq, "it follows again");
    }
}

#[test]
fn what_the_desk_says_is_on_air_and_the_feed_wins() {
    let mut air = after(80);
    let team = air.feed().core.config.teams[0].id.clone();
    let at = air.feed().at + 1;
    let data = json!({"team": team, "before": 100, "after": 140, "reason": "记分员口述"});
    act(&mut air, at, Act::Say(Say::parse("score.corrected", data, None).unwrap()));
    assert_eq!(air.program().core.scores[&team].value().to_string(), "140");
    assert_eq!(air.program().seq, air.feed().seq, "the feed's count does not move");
    assert_eq!((differences(air.program(), air.feed()).len(), air.desk.said), (1, 1));
    let slate = json!({"kind": "message", "title": "请稍候"});
    act(&mut air, at + 1, Act::Say(Say::parse("slate.shown", slate, None).unwrap()));
    assert_eq!(air.program().program.scene, Scene::Slate);
    // The feed goes on under it: its facts and the desk's are both on air.
    air.event(&events()[80]);
    assert_eq!(air.program().core.scores[&team].value().to_string(), "140");
    act(&mut air, at + 2, Act::Reconcile);
    assert!(air.follows());
    assert_eq!((air.program(), air.desk.said), (air.feed(), 0));
}

#[test]
fn a_snapshot_wins_over_the_desk_but_not_over_a_hold() {
    let mut air = after(80);
    let whole = after(120).feed().clone();
    let at = air.feed().at;
    act(&mut air, at, Act::Hold);
    let held = air.program().clone();
    air.snapshot(&whole);
    assert_eq!((air.program(), air.preview()), (&held, &whole));
    act(&mut air, at + 1, Act::Take { through: u64::MAX });
    assert_eq!(air.program(), &whole);
    act(&mut air, at + 2, Act::Follow);
    assert!(air.follows());
}

#[test]
fn each_cover_is_undone_and_what_lies_under_goes_on() {
    let mut air = after(60);
    let at = air.feed().at;
    let as_it_was = air.desk.clone();
    let pairs = [
        (Act::Curtain { curtain: Some(Curtain::Black) }, Act::Curtain { curtain: None }),
        (Act::Freeze { on: true }, Act::Freeze { on: false }),
        (Act::Clear { group: Group::Scene }, Act::Restore { group: Group::Scene }),
        (Act::Clear { group: Group::Strip }, Act::Restore { group: Group::All }),
        (Act::Mark { on: true }, Act::Mark { on: false }),
    ];
    for (cover, undo) in pairs {
        act(&mut air, at, cover.clone());
        assert!(air.desk != super::Desk { n: air.desk.n, ..as_it_was.clone() }, "{cover:?} does something");
        act(&mut air, at + 1, undo);
        assert_eq!(air.desk, super::Desk { n: air.desk.n, ..as_it_was.clone() }, "after {cover:?}");
    }
    assert_eq!(air.program(), air.feed());
}

#[test]
fn a_frozen_program_is_seen_as_it_stood() {
    let mut air = after(60);
    let at = air.feed().at + 7;
    act(&mut air, at, Act::Freeze { on: true });
    let seen = air.seen(at + 9).0.clone();
    air.event(&events()[60]);
    assert_eq!(air.seen(at + 5_000_000), (&seen, at));
    act(&mut air, at + 1, Act::Freeze { on: false });
    assert_eq!(air.seen(at + 9), (air.feed(), at + 9));
}

#[test]
fn what_was_cleared_comes_back_with_the_next_scene() {
    let events = events();
    let mut air = after(1);
    let mut index = 1;
    while air.program().program.scene != Scene::Card {
        air.event(&events[index]);
        index += 1;
    }
    let at = air.feed().at;
    act(&mut air, at, Act::Clear { group: Group::Scene });
    assert_eq!(air.cleared().collect::<Vec<_>>(), [Group::Scene]);
    let cleared = air.program().program.seq;
    while air.program().program.seq == cleared {
        assert_eq!(air.cleared().count(), 1);
        air.event(&events[index]);
        index += 1;
    }
    assert_eq!(air.cleared().count(), 0);
}

#[test]
fn acts_on_a_tape_are_folded_in_their_place_whatever_the_order_of_lines() {
    let events = events();
    let mut air = after(40);
    let mut acts = Vec::new();
    let mut record = |air: &mut Air, what: Act| {
        let made = done(air, air.feed().at, what);
        air.act(&made);
        acts.push(made);
    };
    record(&mut air, Act::Hold);
    for env in &events[40..45] {
        air.event(env);
    }
    record(&mut air, Act::Take { through: 43 });
    record(&mut air, Act::Curtain { curtain: Some(Curtain::Logo) });
    for env in &events[45..50] {
        air.event(env);
    }
    record(&mut air, Act::Follow);
    for env in &events[50..] {
        air.event(env);
    }
    let mut text = TAPE.trim_end().to_owned();
    for act in &acts {
        text.push('\n');
        text.push_str(&act_line(act.at + 3, act));
    }
    text.push('\n');
    let tape = Tape::parse(&text).unwrap();
    assert_eq!((tape.problems.as_slice(), tape.acts.len()), ([].as_slice(), 4));
    let timeline = Timeline::new(tape);
    assert_eq!(timeline.air_after(usize::MAX), air);
    assert_eq!(timeline.air_after(43).program().seq, 40, "held: two events came, none is on air");
    assert_eq!(timeline.air_after(43).feed().seq, 42);
}

#[test]
fn an_act_is_written_and_read() {
    let say = Say::parse("slate.shown", json!({"kind": "message", "title": "请稍候"}), Some(7)).unwrap();
    let acts = [
        Act::Hold,
        Act::Take { through: 9 },
        Act::Follow,
        Act::Curtain { curtain: Some(Curtain::Black) },
        Act::Curtain { curtain: None },
        Act::Freeze { on: true },
        Act::Clear { group: Group::LowerThird },
        Act::Restore { group: Group::All },
        Act::Mark { on: false },
        Act::Say(say),
        Act::Reconcile,
    ];
    for act in acts {
        let done = DeskAct { n: 3, at: 5, epoch: "e".to_owned(), after: 2, act };
        let text = serde_json::to_string(&done).unwrap();
        assert_eq!(serde_json::from_str::<DeskAct>(&text).unwrap(), done, "{text}");
    }
    let unknown = Say::parse("slate.shwn", json!({}), None).unwrap_err().to_string();
    assert!(unknown.contains("slate.shwn"), "{unknown}");
}

#[test]
fn a_feed_that_is_back_does_not_break_a_hold() {
    let mut air = after(80);
    let team = air.feed().core.config.teams[0].id.clone();
    let at = air.feed().at;
    let data = json!({"team": team, "before": 100, "after": 140, "reason": "记分员口述"});
    act(&mut air, at, Act::Say(Say::parse("score.corrected", data, None).unwrap()));
    act(&mut air, at + 1, Act::Hold);
    let held = air.program().clone();
    for env in &events()[80..90] {
        air.event(env);
    }
    act(&mut air, at + 2, Act::Reconcile);
    assert_eq!(air.program(), &held, "it stands until a take");
    act(&mut air, at + 3, Act::Take { through: u64::MAX });
    assert_eq!((air.program(), air.desk.said), (air.feed(), 0));
}

#[test]
fn what_the_desk_said_before_a_whole_state_stays_gone_on_the_tape() {
    let mut air = after(80);
    let at = air.feed().at;
    let slate = json!({"kind": "message", "title": "请稍候"});
    let said = done(&air, at + 1, Act::Say(Say::parse("slate.shown", slate, None).unwrap()));
    air.act(&said);
    let whole = air.feed().clone();
    air.snapshot(&whole);
    assert!(air.follows());
    let mut text: String = TAPE.lines().take(81).flat_map(|line| [line, "\n"]).collect();
    text.push_str(&format!("{}\n", act_line(at + 1, &said)));
    text.push_str(&format!("{}\n", crate::show::tape::snapshot_line(at + 2, whole.seq, &whole)));
    let replayed = Timeline::new(Tape::parse(&text).unwrap()).air_after(usize::MAX);
    assert_eq!((replayed.program(), replayed.desk.said), (air.program(), 0));
}

#[test]
fn a_frozen_picture_is_cleared_as_it_stands() {
    let mut air = after(60);
    let at = air.feed().at;
    act(&mut air, at, Act::Clear { group: Group::Scene });
    act(&mut air, at, Act::Freeze { on: true });
    for env in &events()[60..100] {
        air.event(env);
    }
    assert_eq!(air.cleared().collect::<Vec<_>>(), [Group::Scene], "what is seen is still without it");
    act(&mut air, at + 1, Act::Freeze { on: false });
    assert_eq!(air.cleared().count(), 0, "another scene is on by now");
}
