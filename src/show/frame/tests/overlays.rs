//! What lies over or instead of a scene: a lower third covers neither options nor ring and the strip makes way for it; a
//! clip's slate changes once a second.

use serde_json::json;

use super::{Feed, look, scenes, scenes_slate, slates::apart};
use crate::show::frame::{Frame, LayerKind, Part, Rect};

const SETTLED_MS: i64 = 3_000;

fn reads(feed: &Feed, after_ms: i64, text: &str) -> bool {
    feed.read(after_ms).iter().any(|read| read.contains(text))
}

/// Where the lower third's plate is.
fn lower_third(frame: &Frame) -> Option<Rect> {
    let layer = frame.layers.iter().find(|layer| layer.key.kind == LayerKind::LowerThird)?;
    let plate = layer
        .content
        .parts
        .iter()
        .find_map(|part| if let Part::Plate { rect, .. } = part { Some(*rect) } else { None })?;
    Some(plate.shift(layer.placement.x, layer.placement.y))
}

#[test]
fn a_lower_third_comes_and_goes_over_every_scene_and_covers_neither_options_nor_ring() {
    for (name, feed) in scenes::all() {
        let mut feed = scenes_slate::lower_third(feed);
        let frame = feed.frame(SETTLED_MS);
        let plate = lower_third(&frame).unwrap_or_else(|| panic!("{name}: it is not there"));
        for layer in frame.layers.iter().filter(|layer| matches!(layer.key.kind, LayerKind::Option | LayerKind::Ring)) {
            for part in &layer.content.parts {
                let rect = match part {
                    Part::Plate { rect, .. } => *rect,
                    Part::Ring(ring) => Rect::disc(ring.centre, ring.radius + ring.rim),
                    _ => continue,
                };
                // What dims a withdrawn question lies over all of it.
                if (rect.w, rect.h) == look().layout.canvas {
                    continue;
                }
                let rect = rect.shift(layer.placement.x, layer.placement.y);
                // Small rings that are part of a plate at the foot are not the clock.
                assert!(
                    rect.h < 200.0 && layer.key.kind == LayerKind::Ring || apart(plate, rect),
                    "{name}: {plate:?} on {rect:?}"
                );
            }
        }
        feed.say(500, "lower_third.cleared", json!({}));
        assert!(lower_third(&feed.frame(0)).is_some(), "{name}: it leaves, it is not cut");
        assert!(lower_third(&feed.frame(look().motion.lower_third_out.0)).is_none(), "{name}: it is gone");
    }
}

#[test]
fn the_strip_makes_way_for_a_lower_third_in_its_place() {
    let feed = scenes_slate::lower_third(scenes_slate::idle());
    let strip = |feed: &Feed| feed.frame(SETTLED_MS).layers.iter().any(|layer| layer.key.kind == LayerKind::Strip);
    assert!(strip(&feed), "between questions there is room above it");
    let mut feed = feed;
    feed.ask("single");
    assert!(!strip(&feed));
    feed.say(100, "lower_third.cleared", json!({}));
    assert!(strip(&feed));
}

#[test]
fn a_clip_s_time_changes_once_a_second() {
    let feed = scenes_slate::clip(1);
    let content = |after: i64| feed.frame(after).layers.into_iter().map(|layer| layer.content).collect::<Vec<_>>();
    assert!(reads(&feed, 42_000 - 100, "00:42") && reads(&feed, 42_000 - 100, "01:30"));
    assert_eq!(content(42_000), content(42_800));
    assert_ne!(content(42_000), content(43_000));
    assert!(reads(&feed, 200_000, "01:30"), "never beyond its end");
    let feed = scenes_slate::clip(2);
    assert!(reads(&feed, 1_000, &look().labels.zh.paused));
}
