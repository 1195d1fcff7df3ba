//! Promises of the draw: it tells nothing before the feed does, lands on exactly what was drawn, and is cheap.

use serde_json::json;

use super::{Feed, frame, look, scenes_award as scenes, seen};
use crate::show::{
    frame::{Lang, LayerKind, spaced},
    state::Was,
};

/// Texts of the reel and of the list that carry `value` at `now`.
fn told(feed: &Feed, now: i64, value: &str, kind: LayerKind) -> usize {
    let value = spaced(value);
    seen(&frame(&feed.show, now, Lang::Zh)).iter().filter(|text| text.text == value && text.layer.kind == kind).count()
}

#[test]
fn the_reel_lands_on_what_was_drawn_and_the_list_tells_it_then() {
    let feed = scenes::people(35, 200, 3, 12);
    let land = look().motion.reel_land.us();
    for result in &feed.show.core.draw.as_ref().unwrap().resolved {
        let value = &result.value.value;
        for before in [1, 400_000, 1_000_000] {
            assert_eq!(
                told(&feed, result.since + land - before, value, LayerKind::Seat),
                0,
                "{value} in the list early"
            );
        }
        let settled = result.since + land + 600_000;
        assert_eq!(told(&feed, settled, value, LayerKind::Seat), 1, "{value} is listed");
        let picture = frame(&feed.show, settled, Lang::Zh);
        let reel: Vec<_> = seen(&picture).into_iter().filter(|text| text.layer.kind == LayerKind::Coin).collect();
        assert_eq!(reel.len(), 1, "one text stands in the reel");
        assert_eq!(reel[0].text, spaced(value), "as it is set");
        let middle = reel[0].rect.centre();
        let centre = look().layout.draw.reel.centre;
        assert!((middle.x - centre.x).abs() < 4.0 && (middle.y - centre.y).abs() < 2.0, "{middle:?}");
    }
}

/// What a draw shows until its result comes is the same whatever that will be.
#[test]
fn nothing_tells_the_value_before_it_is_drawn() {
    let open = scenes::people(35, 200, 3, 4);
    for value in ["甲", "乙"] {
        let mut drawn = scenes::people(35, 200, 3, 4);
        drawn.say(5_000, "draw.resolved", json!({"slot": "5", "value": value}));
        let resolved = drawn.at;
        for now in (open.at..resolved).step_by(70_000) {
            assert_eq!(frame(&open.show, now, Lang::Zh), frame(&drawn.show, now, Lang::Zh));
        }
        // And at its very instant no text that is in sight changes.
        let texts = |feed: &Feed| -> Vec<_> {
            let at = seen(&frame(&feed.show, resolved, Lang::Zh));
            at.into_iter().map(|text| (text.text, text.rect)).collect()
        };
        assert_eq!(texts(&open), texts(&drawn));
    }
}

#[test]
fn all_that_are_drawn_in_one_instant_are_listed() {
    let mut feed = Feed::new(5);
    let pool: Vec<String> = (0..200).map(|n| format!("名 {n:03}")).collect();
    feed.say(0, "draw.opened", json!({"kind": "representative", "pool": pool, "slots": 35}));
    for n in 0..35 {
        let after = if n == 0 { 3_000 } else { 0 };
        feed.say(after, "draw.resolved", json!({"slot": n.to_string(), "value": format!("名 {:03}", n * 5)}));
    }
    let listed = |after: i64| {
        let texts = seen(&feed.frame(after));
        texts.iter().filter(|text| text.layer.kind == LayerKind::Seat && text.text.starts_with('名')).count()
    };
    assert_eq!(listed(1_500), 0);
    assert_eq!(listed(8_000), 35);
    assert!(feed.read(8_000).contains(&"35".to_owned()));
}

#[test]
fn a_running_reel_is_moved_and_seldom_drawn() {
    let feed = scenes::people(35, 200, 3, 1);
    let strips = |after_ms: i64| -> Vec<_> {
        let layers = feed.frame(after_ms).layers.into_iter().filter(|layer| layer.key.kind == LayerKind::Coin);
        layers.map(|layer| (layer.key, layer.content)).collect()
    };
    // 10 s at 50 pictures a second: what differs from the picture before has to be drawn.
    let mut drawn = 0;
    for after in (5_000..15_000).step_by(20) {
        let before = strips(after - 20);
        drawn += strips(after).iter().filter(|layer| !before.contains(layer)).count();
    }
    assert!((1..=14).contains(&drawn), "{drawn} layers in 10 s");
}

#[test]
fn a_corrected_draw_goes_from_old_to_new_and_says_so() {
    let mut feed = scenes::numbers(5, 5);
    let last = feed.show.core.draw.as_mut().unwrap().resolved.last_mut().unwrap();
    let old = last.value.clone();
    last.value.value = "77".to_owned();
    let since = feed.at + 10_000_000;
    last.was = Some(Box::new(Was { value: old, since, seq: 99, reason: String::new() }));
    for kind in [LayerKind::Coin, LayerKind::Seat] {
        assert_eq!((told(&feed, since, "1", kind), told(&feed, since, "77", kind)), (1, 0), "before: {kind:?}");
        assert!(told(&feed, since + 150_000, "1", kind) > 0 && told(&feed, since + 150_000, "77", kind) > 0);
        assert_eq!((told(&feed, since + 400_000, "1", kind), told(&feed, since + 400_000, "77", kind)), (0, 1));
    }
    assert_eq!(told(&feed, since + 400_000, "更正", LayerKind::Chip), 1);
}

#[test]
fn a_reel_does_not_pass_faster_than_it_can_be_followed() {
    // Texts that pass the middle in a second, at the fastest: under ten.
    let motion = &look().motion;
    let steps = 200;
    let at = |i: i32| motion.reel.at(i as f32 / steps as f32) * motion.reel_ahead as f32;
    let fastest =
        (0..steps).map(|i| (at(i + 1) - at(i)) * steps as f32).fold(0.0, f32::max) / (motion.reel_land.0 as f32 / 1e3);
    assert!(fastest < 10.0, "{fastest} texts a second");
}
