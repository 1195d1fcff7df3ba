//! Promises of the second screen: nothing that the hall may not know yet, the ring's own time, words for every state, and
//! cuts.

use serde_json::{Value, json};

use super::{Feed, Plain, THEME, frame, frame_of, scenes, scenes_award, seen};
use crate::show::{
    clip::Clips,
    frame::{Class, Frame, Lang, LayerKind, Output, Part, compose},
    protocol::Envelope,
    state::Show,
    theme::source::shipped,
};

const TAPE: &str = include_str!("../../../../assets/shows/zhongwei-demo.tape.ndjson");

/// What no question, option or answer says.
const MARK: &str = "密钥";

fn screen(feed: &Feed, after_ms: i64) -> Frame {
    frame_of(Class::Confidence, &feed.show, feed.at + after_ms * 1_000, Lang::Zh)
}

fn read(feed: &Feed, after_ms: i64) -> Vec<String> {
    seen(&screen(feed, after_ms)).into_iter().map(|text| text.text).collect()
}

fn says(feed: &Feed, word: &str) -> bool {
    read(feed, 100).iter().any(|text| text.contains(word))
}

/// The demonstration with the keys that `key` makes of its own.
fn told(key: impl Fn(&mut Value)) -> Vec<Envelope> {
    let lines =
        TAPE.lines().filter_map(|line| serde_json::from_str::<Value>(line).ok()?.get_mut("env").map(Value::take));
    lines
        .map(|mut env| {
            if env["type"] == "answer.revealed" {
                key(&mut env["data"]);
            }
            Envelope::from_value(env).unwrap()
        })
        .collect()
}

#[test]
fn until_it_is_revealed_any_key_makes_the_same_picture() {
    let own = told(|_| {});
    let other = told(|data| {
        data["explanation"] = Value::from(MARK);
        data["key"] = json!([MARK]);
    });
    let (mut a, mut b) = (Show::default(), Show::default());
    let (mut same, mut marked) = (0, 0);
    for (own, other) in own.iter().zip(&other) {
        a.apply(own);
        b.apply(other);
        let known = b.core.question.as_ref().is_some_and(|ask| ask.key.is_some());
        for after_us in [0, 40_000, 700_000, 2_100_000] {
            let now = own.at + after_us;
            let theirs = frame_of(Class::Confidence, &b, now, Lang::Zh);
            let shown = seen(&theirs).iter().any(|text| text.text.contains(MARK));
            assert!(known || !shown, "seq {}", b.seq);
            marked += usize::from(shown);
            if !known {
                assert_eq!(frame_of(Class::Confidence, &a, now, Lang::Zh), theirs, "seq {}", b.seq);
                same += 1;
            }
        }
    }
    assert!(same > 500 && marked > 20, "{same} equal pictures, the mark in {marked}");
}

#[test]
fn a_risk_value_is_hidden_until_it_is_revealed() {
    let mut feed = Feed::new(5);
    feed.round("risk_choice").say(100, "risk.offered", json!({"values": [20, 40]}));
    for team in ["t1", "t2"] {
        feed.say(100, "risk.locked", json!({"team": team}));
        assert!(!["20", "40"].iter().any(|value| read(&feed, 5_000).iter().any(|text| text == value)));
    }
    assert!(says(&feed, "已锁定") && says(&feed, "选择中"));
    feed.say(100, "risk.revealed", json!({"team": "t1", "value": 40}));
    assert_eq!(read(&feed, 100).iter().filter(|text| *text == "40").count(), 1);
}

#[test]
fn what_is_drawn_and_awarded_is_not_told_before_the_hall_sees_it() {
    let feed = scenes_award::people(35, 200, 3, 4);
    let land = THEME.confidence.motion.reel_land.us();
    for result in &feed.show.core.draw.as_ref().unwrap().resolved {
        let value = super::super::spaced(&result.value.value).into_owned();
        let told = |now: i64| {
            let frame = frame_of(Class::Confidence, &feed.show, now, Lang::Zh);
            seen(&frame).iter().any(|text| text.text == value)
        };
        assert!(!told(result.since + land - 1) && told(result.since + land + 1_000_000), "{value}");
    }
    let ranked: Vec<_> = (1..=3).map(|rank| json!({"name": format!("名{rank}"), "rank": rank})).collect();
    let feed = scenes_award::award("个人奖", ranked);
    let first = |after_ms: i64| read(&feed, after_ms).iter().any(|text| text.replace(' ', "").contains("名1"));
    assert!(!first(0) && first(30_000), "the first comes last");
}

#[test]
fn the_time_is_the_rings_own_and_told_by_a_word_too() {
    let mut feed = Feed::new(5);
    feed.round("solo").ask("single");
    let mut words = Vec::new();
    for after_ms in (0..11_000).step_by(37) {
        let figure = |frame: &Frame, face: f32| {
            let ring = seen(frame).into_iter().filter(|text| text.layer.kind == LayerKind::Ring && text.size >= face);
            ring.map(|text| text.text).find(|text| text.parse::<u32>().is_ok())
        };
        let now = feed.at + after_ms * 1_000;
        let (theirs, own) = (frame(&feed.show, now, Lang::Zh), screen(&feed, after_ms));
        assert_eq!(figure(&theirs, 100.0), figure(&own, 200.0), "at {after_ms} ms");
        let said = seen(&own).into_iter().filter(|text| text.layer.kind == LayerKind::Ring && text.size < 100.0);
        words.extend(said.map(|text| text.text));
    }
    words.dedup();
    assert_eq!(words, ["剩余秒数", "即将到时", "最后几秒", "时间到"]);
}

/// What changes by the frame is how far the bar is wiped; nothing is drawn anew within a second.
#[test]
fn a_running_clock_draws_nothing_anew_but_its_digits() {
    let mut feed = Feed::new(5);
    feed.round("solo").ask("single");
    let (a, b) = (screen(&feed, 1_120), screen(&feed, 1_880));
    let contents = |frame: &Frame| frame.layers.iter().map(|layer| layer.content.clone()).collect::<Vec<_>>();
    assert_eq!(contents(&a), contents(&b));
    assert_ne!(a, b, "the bar runs out");
    assert!(a.layers.len() <= 8, "{} layers", a.layers.len());
}

#[test]
fn every_scene_cuts_is_whole_and_stands_on_one_plain_ground() {
    let themes = ["qingkong", "zhujin", "subai"].map(shipped::theme);
    for (name, feed) in scenes::all() {
        for theme in &themes {
            let output = Output::of(Class::Confidence, (1_920, 1_080));
            let frame = compose(&feed.show, theme, &output, &Plain, Clips::none(), feed.at);
            for layer in &frame.layers {
                let (placed, (w, _)) = (layer.placement, layer.content.size);
                assert!(placed.opacity == 1.0 && placed.scale == (1.0, 1.0) && w <= 1_920.0, "{name}: {:?}", layer.key);
                let odd = |part: &&Part| matches!(part, Part::Sky(_) | Part::Picture { .. } | Part::Light(_));
                assert!(!layer.content.parts.iter().any(|part| odd(&part)), "{name}: {:?}", layer.key);
            }
            assert!(frame.layers.first().is_some_and(|ground| ground.content.opaque), "{name}");
        }
    }
}

#[test]
fn results_are_told_in_words() {
    let judged = |outcome: &str| {
        let mut feed = Feed::new(5);
        feed.round("solo").ask("single").say(500, "verdict.given", json!({"team": "t1", "outcome": outcome}));
        feed
    };
    for (outcome, word) in [
        ("correct", "回答正确"),
        ("wrong", "回答错误"),
        ("timeout", "超时未答"),
        ("incomplete", "回答不完整"),
        ("prompted", "他人提示"),
        ("foul", "抢答犯规"),
        ("void", "本题不计分"),
    ] {
        assert!(says(&judged(outcome), word), "{outcome}");
    }
    let mut feed = Feed::new(5);
    feed.round("solo").ask("single").say(100, "answer.given", json!({"team": "t1", "choice": ["B"]}));
    assert!(!says(&feed, "已锁定") && says(&feed, "作答 B"));
    feed.say(100, "answer.locked", json!({"team": "t1"}));
    assert!(says(&feed, "已锁定"));
    feed.say(100, "question.withdrawn", json!({"reason": "题目表述有歧义"}));
    assert!(says(&feed, "本题作废") && says(&feed, "题目表述有歧义"));
    let mut feed = Feed::new(5);
    feed.round("buzzer").ask("single");
    feed.say(100, "buzzer.fouled", json!({"team": "t2", "early_us": 200_000, "note": "扣 10 分"}));
    assert!(says(&feed, "犯规") && says(&feed, "扣 10 分") && says(&feed, "枣庄市"));
}

#[test]
fn what_the_hall_sees_is_named() {
    for (kind, word) in [("title", "标题板"), ("rules", "宣读规则"), ("interlude", "文艺展演"), ("photo", "合影")]
    {
        let mut feed = Feed::new(5);
        feed.say(100, "slate.shown", json!({"kind": kind, "title": "题"}));
        assert!(says(&feed, word), "{kind}");
        feed.say(100, "lower_third.shown", json!({"title": "张三"}));
        assert!(says(&feed, "字幕条"), "{kind}");
    }
}
