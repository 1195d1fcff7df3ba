//! What is seen when: results whole on their first frame, theatres told in their order, nothing before its time.

use serde_json::json;

use super::{Feed, scenes};
use crate::show::frame::{LayerKind, Part};

fn reads(feed: &Feed, after_ms: i64, text: &str) -> bool {
    feed.read(after_ms).iter().any(|read| read == text)
}

#[test]
fn a_big_loss_is_whole_on_its_first_frame() {
    let feed = scenes::moment(-40, "回答内容不完整");
    for text in ["−40", "回答错误", "济南市", "300"] {
        assert!(reads(&feed, 0, text), "{text} in {:?}", feed.read(0));
    }
    assert!(!reads(&feed, 0, "260"), "the score counts down to it");
    assert!(!reads(&feed, 380, "回答内容不完整") && reads(&feed, 600, "回答内容不完整"));
    assert!(reads(&feed, 2_000, "260"));
    let disc = feed.frame(0).layers.into_iter().find(|layer| layer.key.kind == LayerKind::Ring).unwrap();
    assert_eq!(disc.placement.opacity, 1.0);
}

fn values(feed: &Feed, after_ms: i64) -> usize {
    let coin = |layer: &&crate::show::frame::Layer| layer.key.kind == LayerKind::Coin;
    let told =
        |layer: &crate::show::frame::Layer| layer.content.parts.iter().any(|part| matches!(part, Part::Text { .. }));
    feed.frame(after_ms).layers.iter().filter(coin).filter(|layer| told(layer)).count()
}

#[test]
fn coins_revealed_together_turn_one_after_another_when_the_drum_has_rolled() {
    let feed = scenes::risk(8, 8, 8);
    assert_eq!(values(&feed, 930), 0, "800 of drum and 140 to shut");
    assert_eq!(values(&feed, 950), 1);
    assert_eq!(values(&feed, 1_030), 2);
    assert_eq!(values(&feed, 1_510), 8);
    assert!(reads(&feed, 700, "请选择风险分值") && !reads(&feed, 700, "风险分值揭晓"));
    assert!(reads(&feed, 1_200, "风险分值揭晓") && !reads(&feed, 1_200, "请选择风险分值"));
    assert!(reads(&feed, 3_000, "6 队") && reads(&feed, 3_000, "2 队"), "{:?}", feed.read(3_000));
}

#[test]
fn a_coin_alone_turns_at_once() {
    let mut feed = scenes::risk(5, 5, 0);
    feed.say(1_000, "risk.revealed", json!({"team": "t2", "value": 50}));
    assert_eq!((values(&feed, 130), values(&feed, 150)), (0, 1));
    feed.say(1_000, "risk.revealed", json!({"team": "t3", "value": 20}));
    assert_eq!((values(&feed, 0), values(&feed, 150)), (1, 2), "the first lies open");
}

#[test]
fn the_speed_round_is_told_term_by_term_and_the_strip_waits_for_it() {
    let feed = scenes::formula(7, 15, json!(81));
    assert!(!reads(&feed, 250, "7") && reads(&feed, 720, "7"));
    assert!(!reads(&feed, 690, "10") && reads(&feed, 720, "10"));
    assert!(!reads(&feed, 1_090, "70") && reads(&feed, 1_120, "70"));
    assert!(!reads(&feed, 1_390, "15") && reads(&feed, 1_420, "15"));
    assert!(!reads(&feed, 2_190, "10.5") && reads(&feed, 2_220, "10.5"));
    assert!(!reads(&feed, 2_990, "80.5"));
    assert!(reads(&feed, 3_000, "80.5") && !reads(&feed, 3_000, "81"));
    assert!(reads(&feed, 3_600, "81") && reads(&feed, 3_600, "四舍五入") && !reads(&feed, 3_600, "80.5"));
    assert!(!reads(&feed, 3_900, "+81") && reads(&feed, 4_300, "+81"), "{:?}", feed.read(4_300));
    assert!(reads(&feed, 4_100, "300") && !reads(&feed, 4_100, "381") && reads(&feed, 5_500, "381"));
}

#[test]
fn a_whole_sum_is_not_rounded() {
    let feed = scenes::formula(8, 20, json!(96));
    assert!(reads(&feed, 3_000, "96") && !reads(&feed, 6_000, "四舍五入"));
}

#[test]
fn a_score_that_is_not_the_sum_is_shown_as_the_feed_says_it() {
    let feed = scenes::formula(7, 15, json!(90));
    assert!(reads(&feed, 3_000, "90") && !reads(&feed, 3_000, "80.5"));
}

#[test]
fn a_duel_shows_the_verdict_first_and_the_sum_last() {
    let feed = scenes::duel(18, true);
    assert!(reads(&feed, 0, "台上选手 答对"));
    assert!(reads(&feed, 1_000, "10") && !reads(&feed, 1_690, "+16"));
    assert!(!reads(&feed, 1_990, "+16") && reads(&feed, 2_000, "+16"));
    assert!(!reads(&feed, 2_290, "316") && reads(&feed, 3_000, "316"));
    let lost = scenes::duel(18, false);
    assert!(reads(&lost, 0, "台上选手 答错") && reads(&lost, 2_000, "−12") && reads(&lost, 4_000, "288"));
}

#[test]
fn seats_turn_in_their_order() {
    let feed = scenes::duel(18, true);
    let told = |after: i64| {
        let seat = |layer: &crate::show::frame::Layer| layer.key.kind == LayerKind::Seat;
        let sign = |part: &Part| matches!(part, Part::Icon { .. });
        let layers = feed.frame(after).layers;
        let told = layers.iter().filter(|layer| seat(layer) && layer.content.parts.iter().any(sign));
        told.map(|layer| layer.key.index).collect::<Vec<_>>()
    };
    assert_eq!(told(480), Vec::<u16>::new());
    assert_eq!(told(510), [1]);
    assert_eq!(told(590), [1, 2, 3]);
    assert_eq!(told(1_290).len(), 18, "all told before any is counted");
}

#[test]
fn the_ring_slides_to_the_next_pip() {
    let feed = scenes::rush(10, 3);
    let x = |after: i64| {
        let ring = |layer: &&crate::show::frame::Layer| layer.key.kind == LayerKind::Panel && layer.key.index == 1;
        feed.frame(after).layers.iter().find(ring).unwrap().placement.x
    };
    // The last pip was known 600 ms before the clock started: play it back from there.
    let (from, to) = (x(-600), x(0));
    assert!((to - from - 124.0).abs() < 1.0, "{from} to {to}");
    assert!(from < x(-500) && x(-500) < to);
}

#[test]
fn an_appeal_is_seen_until_it_is_resolved() {
    let mut feed = Feed::new(5);
    feed.round("solo").ask("single");
    feed.say(100, "appeal.opened", json!({"subject_seq": 1, "team": "t1"}));
    assert!(reads(&feed, 400, "合议中"));
    feed.say(9_000, "appeal.resolved", json!({"outcome": "改判"}));
    assert!(reads(&feed, 100, "合议中") && !reads(&feed, 400, "合议中"));
}

#[test]
fn a_large_audience_is_counted_in_a_badge_and_told_as_shares() {
    let mut feed = Feed::new(5);
    feed.round("audience_quiz").say(100, "audience.opened", json!({"size": 100_000}));
    feed.ask("single").say(100, "audience.locked", json!({"count": 27_430}));
    assert!(reads(&feed, 1_000, "已作答 27430"));
    feed.say(100, "audience.tallied", json!({"right": 86_420, "wrong": 11_380, "absent": 2_200, "n": 0}));
    for text in ["86420", "11380", "2200", "答对 86%", "答错 11%", "未答 2%"] {
        assert!(reads(&feed, 2_000, text), "{text} in {:?}", feed.read(2_000));
    }
}
