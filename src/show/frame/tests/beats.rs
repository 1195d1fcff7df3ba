//! What changes in place: the ground's light on its way, answers locked and judged, texts that give way to others.

use serde_json::json;

use super::{Feed, Lang, frame, scenes, tapes};
use crate::show::{
    frame::{Frame, Layer, LayerKind, LightPart, Part},
    state::Scene,
};

fn light(frame: &Frame, kind: LayerKind) -> Option<(LightPart, f32)> {
    let layer = frame.layers.iter().find(|layer| layer.key.kind == kind)?;
    layer.content.parts.iter().find_map(|part| match part {
        Part::Light(light) => Some((light.clone(), layer.placement.opacity)),
        _ => None,
    })
}

fn centre(frame: &Frame) -> (f32, f32) {
    let (light, _) = light(frame, LayerKind::Arcs).unwrap();
    (light.centre.x, light.centre.y)
}

fn of(frame: &Frame, kind: LayerKind) -> Vec<Layer> {
    frame.layers.iter().filter(|layer| layer.key.kind == kind).cloned().collect()
}

#[test]
fn hairlines_travel_to_what_matters_next_and_are_never_cut() {
    let mut feed = scenes::moment(-40, "");
    let from = centre(&feed.frame(5_000));
    feed.say(5_000, "turn.given", json!({"team": "t2"}));
    assert_eq!(centre(&feed.frame(0)), from);
    let half = centre(&feed.frame(450));
    let to = centre(&feed.frame(900));
    assert!((half.0 - (from.0 + to.0) / 2.0).abs() < 1.0 && from != to, "{from:?} {half:?} {to:?}");
    // Called back half way they turn round where they are.
    feed.say(400, "slate.shown", json!({"kind": "message", "title": "稍候"}));
    let (before, after) = (centre(&feed.frame(-1)), centre(&feed.frame(0)));
    assert!((before.0 - after.0).abs() < 4.0 && (before.1 - after.1).abs() < 4.0, "{before:?} {after:?}");
}

#[test]
fn a_big_gain_sends_one_wave_over_them() {
    let feed = scenes::moment(40, "");
    let wave = |ms: i64| {
        let arcs = of(&feed.frame(ms), LayerKind::Arcs);
        arcs.iter().find(|layer| layer.key.index == 1).map_or(0.0, |layer| layer.placement.opacity)
    };
    assert!(wave(0) < 0.01 && wave(300) > 0.99 && wave(600) == 0.0, "{} {} {}", wave(0), wave(300), wave(600));
    let lost = scenes::moment(-40, "");
    assert!(of(&lost.frame(300), LayerKind::Arcs).iter().all(|layer| layer.key.index == 0));
}

#[test]
fn the_sun_rises_over_a_ground_that_stands() {
    let mut feed = Feed::new(4);
    feed.say(4_000, "slate.shown", json!({"kind": "title", "title": "比武"}));
    let sun =
        |ms: i64| light(&feed.frame(ms), LayerKind::Sun).and_then(|(light, seen)| Some((light.sun?.centre.y, seen)));
    let (low, high) = (sun(20).unwrap(), sun(1_600).unwrap());
    assert!(low.0 - high.0 > 60.0 && low.1 < 0.1 && high.1 == 1.0, "{low:?} {high:?}");
    let ground = |ms: i64| of(&feed.frame(ms), LayerKind::Backdrop).pop().unwrap();
    assert_eq!(ground(20).content, ground(1_000).content, "it is not drawn again");
    assert!(ground(20).placement.opacity < ground(1_000).placement.opacity);
}

#[test]
fn an_answer_is_locked_in_a_tenth_of_a_second() {
    let mut feed = Feed::new(4);
    feed.round("solo").ask("single");
    feed.say(1_000, "answer.given", json!({"team": "t1", "choice": ["B"]}));
    feed.say(1_000, "answer.locked", json!({"team": "t1"}));
    let options = |ms: i64| of(&feed.frame(ms), LayerKind::Option);
    let lock = |ms: i64| options(ms).into_iter().find(|layer| layer.key.index > 128).unwrap().placement;
    assert_eq!(options(50).len(), 4 + 2, "as it was over as it is, and the padlock");
    assert_eq!(options(100).len(), 4 + 1);
    assert!(lock(1).scale.0 < 0.81 && lock(200).scale.0 == 1.0 && lock(50).opacity == 0.5);
}

#[test]
fn what_would_have_been_right_is_lit_after_what_was_wrong() {
    let mut feed = Feed::new(4);
    feed.round("solo").ask("single");
    feed.say(1_000, "answer.given", json!({"team": "t1", "choice": ["A"]}));
    feed.say(1_000, "answer.locked", json!({"team": "t1"}));
    feed.say(1_000, "verdict.given", json!({"team": "t1", "outcome": "wrong", "delta": 0}));
    feed.say(0, "answer.revealed", json!({"key": ["B"], "explanation": "《社会保险法》第四十六条"}));
    let reads = |ms: i64, text: &str| feed.read(ms).iter().any(|read| read.contains(text));
    assert!(reads(0, "回答错误"), "{:?}", feed.read(0));
    assert!(!reads(590, "正确答案") && reads(600, "正确答案"));
    // The first row: the kind gives way to the reason.
    assert!(reads(190, "单选题") && !reads(190, "社会保险法"));
    assert!(reads(280, "单选题") && reads(280, "社会保险法"), "{:?}", feed.read(280));
    assert!(!reads(400, "单选题") && reads(400, "社会保险法"));
}

#[test]
fn the_header_gives_way_where_it_stands() {
    let mut feed = Feed::new(4);
    feed.round("solo").ask("single");
    feed.say(3_000, "turn.given", json!({"team": "t2", "player": "p2", "question_no": 2}));
    let seen = |ms: i64, text: &str| feed.read(ms).iter().filter(|read| read.contains(text)).count();
    assert_eq!((seen(80, "第 1 题"), seen(160, "第 1 题")), (1, 0));
    assert!(seen(80, "第 2 题") >= 1 && seen(160, "第 2 题") >= 1);
}

#[test]
fn the_next_question_of_a_speed_round_takes_the_place_of_the_last() {
    let mut feed = Feed::new(4);
    feed.round("rush").ask("judge");
    let stem = "用人单位自用工之日起即与劳动者建立劳动关系。";
    feed.say(2_000, "question.shown", json!({"id": "q2", "kind": "fill", "stem": stem, "options": []}));
    let read = |ms: i64| feed.read(ms).concat();
    assert!(read(60).contains("失业人员失业前") && read(60).contains("用人单位自用工"), "{}", read(60));
    assert!(!read(120).contains("失业人员失业前") && read(120).contains("用人单位自用工"));
}

#[test]
fn a_long_clock_says_once_how_much_is_left() {
    let mut feed = Feed::new(4);
    feed.round("solo").ask("single");
    feed.say(100, "countdown.armed", json!({"id": "long", "duration": 120_000_000}));
    let ends_at = feed.at + 120_000_000;
    feed.say(0, "countdown.started", json!({"id": "long", "ends_at": ends_at}));
    let told = |ms: i64| feed.read(ms).iter().any(|read| read == "剩余 30 秒");
    assert_eq!([89_900, 90_400, 91_900, 92_400].map(told), [false, true, true, false]);
}

#[test]
fn what_is_at_rest_is_not_drawn_again() {
    for tape in tapes::all() {
        for moment in &tape.moments {
            let show = tape.show_at(moment, moment.at);
            // A clock that runs, a reel, a spinner and a clip's time are never at rest.
            let moves = matches!(show.program.scene, Scene::Draw | Scene::Media | Scene::Slate);
            if moves || show.core.clock.as_ref().is_some_and(crate::show::state::Clock::is_running) {
                continue;
            }
            let look = |ms: i64| frame(&show, moment.at + ms * 1_000, Lang::Zh);
            let (now, next) = (look(9_000), look(9_040));
            let contents = |frame: &Frame| frame.layers.iter().map(|layer| layer.content.clone()).collect::<Vec<_>>();
            assert!(contents(&now) == contents(&next), "{} after event {}", tape.name, moment.seq);
        }
    }
}
