//! The director on a tape and on a feed, without any engine.

use serde_json::json;

use super::*;
use crate::{
    locale::Lang,
    show::{
        frame::{Quality, plain::Plain},
        tape::Tape,
    },
};

const OUTPUT: Output = Output::tv(1920, 1080);

fn events() -> Vec<serde_json::Value> {
    let slate = |title: &str| json!({"kind": "message", "title": title});
    [
        (0, "slate.shown", slate("一")),
        (2_000_000, "slate.shown", slate("二")),
        (2_000_000, "slate.shown", slate("三")),
        (9_000_000, "slate.cleared", json!({})),
    ]
    .into_iter()
    .zip(1..)
    .map(|((at, name, data), seq)| json!({"v": 1, "epoch": "e", "seq": seq, "at": 1_000_000 + at, "type": name, "data": data}))
    .collect()
}

fn timeline() -> Timeline {
    let mut text = "{\"tape\":1}\n".to_owned();
    for env in events() {
        text.push_str(&format!("{}\n", json!({"rx": 0, "lane": "feed", "env": env})));
    }
    Timeline::new(Tape::parse(&text).unwrap())
}

fn director() -> Director {
    Director::rehearse(timeline(), crate::themes::built_in().unwrap(), Arc::new(Plain))
}

#[test]
fn playing_arrives_where_seeking_does() {
    let mut played = director();
    played.play();
    for _ in 0..300 {
        played.advance(20_000);
    }
    let mut sought = director();
    sought.seek(6_000_000);
    assert_eq!(played.now_us(), sought.now_us());
    assert_eq!(played.show(), sought.show());
    assert_eq!(*played.frame(&OUTPUT), *sought.frame(&OUTPUT));
}

#[test]
fn a_picture_is_composed_once_and_an_equal_one_is_the_same() {
    let mut director = director();
    director.seek(5_000_000);
    let first = director.frame(&OUTPUT);
    assert!(Arc::ptr_eq(&first, &director.frame(&OUTPUT)));
    // Time passes, nothing moves: another composition, the same frame.
    director.play_to(5_020_000);
    assert!(Arc::ptr_eq(&first, &director.frame(&OUTPUT)));
    director.seek(500_000);
    assert!(!Arc::ptr_eq(&first, &director.frame(&OUTPUT)));
}

#[test]
fn only_jumps_move_the_horizon() {
    let mut director = director();
    let start = director.horizon();
    director.play();
    director.advance(3_000_000);
    assert_eq!(director.horizon(), start);
    director.seek(0);
    assert_eq!(director.horizon(), start + 1);
}

#[test]
fn a_tape_steps_by_events_even_where_two_share_an_instant() {
    let mut director = director();
    assert_eq!(director.show().seq, 1);
    for expected in [2, 3, 4, 4] {
        director.step_event(1);
        assert_eq!(director.show().seq, expected);
    }
    for expected in [3, 2, 1, 1] {
        director.step_event(-1);
        assert_eq!(director.show().seq, expected);
    }
    assert_eq!(director.transport().map(Transport::position_us), Some(0));
}

#[test]
fn speed_and_pause_rule_the_tape_s_time_and_it_stops_at_its_end() {
    let mut director = director();
    director.advance(1_000_000);
    assert_eq!(director.now_us(), 1_000_000);
    director.play();
    director.set_rate(2.0);
    director.advance(1_000_000);
    assert_eq!(director.now_us(), 3_000_000);
    director.pause();
    director.advance(1_000_000);
    assert_eq!(director.now_us(), 3_000_000);
    director.play();
    director.advance(60_000_000);
    let transport = director.transport().unwrap();
    assert_eq!((transport.position_us(), transport.playing), (transport.duration_us(), false));
    assert_eq!(director.show().seq, 4);
}

#[test]
fn live_takes_events_and_snapshots_and_time_never_falls() {
    let mut director = Director::live(crate::themes::built_in().unwrap(), Arc::new(Plain));
    let horizon = director.horizon();
    for env in events() {
        director.receive(Incoming::Event(Box::new(Envelope::from_value(env).unwrap())));
    }
    assert_eq!((director.show().seq, director.horizon()), (4, horizon));
    director.live_now(50);
    director.live_now(20);
    assert_eq!(director.now_us(), 50);
    director.receive(Incoming::Snapshot(Box::new(timeline().show_after(2))));
    assert_eq!((director.show().seq, director.horizon()), (2, horizon + 1));
}

#[test]
fn a_snapshot_on_the_tape_is_a_jump_and_seeking_agrees_with_playing() {
    let whole = timeline();
    let mut text = "{\"tape\":1}\n".to_owned();
    for env in events().into_iter().filter(|env| env["seq"] != 2 && env["seq"] != 3) {
        text.push_str(&format!("{}\n", json!({"rx": 0, "lane": "feed", "env": env})));
        if env["seq"] == 1 {
            text.push_str(&format!("{}\n", crate::show::tape::snapshot_line(0, 3, &whole.show_after(3))));
        }
    }
    let timeline = Timeline::new(Tape::parse(&text).unwrap());
    assert_eq!(timeline.tape().problems, []);
    let rehearse = || Director::rehearse(timeline.clone(), crate::themes::built_in().unwrap(), Arc::new(Plain));
    let (mut played, mut sought, mut full) = (rehearse(), rehearse(), director());
    let horizon = played.horizon();
    for position_us in [0, 1_999_999, 2_000_000, 8_000_000, 9_000_000] {
        played.play_to(position_us);
        sought.seek(position_us);
        full.seek(position_us);
        assert_eq!(played.show(), sought.show(), "at {position_us}");
        assert_eq!(played.show(), full.show(), "at {position_us}");
        assert_eq!(*played.frame(&OUTPUT), *sought.frame(&OUTPUT), "at {position_us}");
    }
    assert_eq!(played.horizon(), horizon + 1, "what sounded before the snapshot is void");
    for expected in [3, 1, 1] {
        sought.step_event(-1);
        assert_eq!(sought.show().seq, expected);
    }
}

#[test]
fn events_stamped_ahead_of_the_clock_are_one_problem_with_its_last_figure() {
    let mut director = Director::live(crate::themes::built_in().unwrap(), Arc::new(Plain));
    director.live_now(0);
    for (seq, ahead_s) in [(1_u64, 7_i64), (2, 9)] {
        let mut env = events()[0].clone();
        (env["seq"], env["at"]) = (json!(seq), json!(ahead_s * 1_000_000));
        director.receive(Incoming::Event(Box::new(Envelope::from_value(env).unwrap())));
    }
    let told: Vec<_> = director.problems.iter().collect();
    assert_eq!((told.len(), told[0].kind, told[0].count), (1, ProblemKind::Clock, 2));
    assert!(told[0].sentence(Lang::En).contains("9 s") && told[0].sentence(Lang::Zh).contains("9 秒"), "{told:?}");
}

#[test]
fn what_lies_over_a_rehearsal_by_hand_stays_through_jumps_and_what_a_tape_did_does_not() {
    use crate::show::{
        desk::{Act, Curtain},
        tape::act_line,
    };
    let mut by_hand = director();
    by_hand.act(Act::Mark { on: true }).unwrap();
    by_hand.act(Act::Curtain { curtain: Some(Curtain::Black) }).unwrap();
    by_hand.act(Act::Freeze { on: true }).unwrap();
    by_hand.seek(3_000_000);
    let desk = &by_hand.air().desk;
    assert!(desk.mark && desk.frozen.is_none());
    assert_eq!(desk.curtain.map(|drawn| drawn.curtain), Some(Curtain::Black));
    by_hand.act(Act::Curtain { curtain: None }).unwrap();
    by_hand.seek(1_000_000);
    assert!(by_hand.air().desk.mark && by_hand.air().desk.curtain.is_none());

    // The tape's own act is where the tape has it, and nowhere else.
    let mut planner = director();
    planner.seek(3_000_000);
    let done = planner.plan(Act::Curtain { curtain: Some(Curtain::Logo) }).unwrap();
    let mut text = "{\"tape\":1}\n".to_owned();
    for env in events() {
        text.push_str(&format!("{}\n", json!({"rx": 0, "lane": "feed", "env": env})));
    }
    text.push_str(&format!("{}\n", act_line(0, &done)));
    let timeline = Timeline::new(Tape::parse(&text).unwrap());
    let mut played = Director::rehearse(timeline, crate::themes::built_in().unwrap(), Arc::new(Plain));
    for (position_us, drawn) in [(0, false), (4_000_000, true), (1_000_000, false), (8_000_000, true)] {
        played.seek(position_us);
        assert_eq!(played.air().desk.curtain.is_some(), drawn, "at {position_us}");
    }
}

#[test]
fn what_the_machine_cannot_keep_up_with_is_told_lowered_and_given_back() {
    let mut director = director();
    director.play();
    let mut at_us = 0;
    let mut pace = |director: &mut Director, frames: i64, took_us: i64| {
        for _ in 0..frames {
            director.paced(&Paced { at_us, took_us, worked_us: Some(took_us), due_us: 20_000, moves: true });
            at_us += took_us.max(20_000);
            director.advance(took_us.max(20_000) / 20);
        }
    };
    assert_eq!(director.quality(), Quality::Full);
    pace(&mut director, 25, 45_000);
    let lowered_us = director.now_us();
    assert_eq!(director.step(), QualityStep::StillBackdrop);
    let Quality::StillBackdrop { from_us, until_us } = director.quality() else { panic!("the backdrop moves") };
    assert!((1..=3_000).contains(&(lowered_us - from_us).abs()) && until_us == i64::MAX, "{from_us} {lowered_us}");
    // What was on its way at that instant is not cut off.
    let lowered = Output { quality: Quality::StillBackdrop { from_us: director.now_us() + 1, until_us }, ..OUTPUT };
    assert_eq!(director.frame(&lowered), director.frame(&OUTPUT));

    let told = |director: &Director| {
        let told = director.problems.iter().find(|problem| problem.kind == ProblemKind::Pace).unwrap().clone();
        (told.sentence(Lang::En), told.sentence(Lang::Zh), told.over_us.is_some())
    };
    let (english, chinese, over) = told(&director);
    assert!(
        english.contains("45.0 ms") && english.contains("backdrop") && chinese.contains("底图") && !over,
        "{english}"
    );

    director.seek(0);
    assert_eq!(director.quality(), Quality::StillBackdrop { from_us: i64::MIN, until_us: i64::MAX }, "also there");
    pace(&mut director, 600, 8_000);
    assert_eq!(director.step(), QualityStep::Full);
    assert!(matches!(director.quality(), Quality::StillBackdrop { until_us, .. } if until_us <= director.now_us() + 1));
    let (english, _, over) = told(&director);
    assert!(english.contains("keeps up again") && over, "{english}");
    director.seek(0);
    assert_eq!(director.quality(), Quality::Full);
}
