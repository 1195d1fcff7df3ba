//! Interrupted at any instant: what stays on the picture goes on from where it was.

use std::collections::BTreeMap;

use proptest::prelude::*;

use super::{
    Feed,
    chaos::{check, event},
    sampled,
};
use crate::show::{
    frame::{Frame, Layer, LayerKind},
    state::{Program, Scene},
};

/// How much is seen of each ground.
fn grounds(frame: &Frame) -> BTreeMap<u16, f32> {
    let mut seen = BTreeMap::new();
    let mut free = 1.0;
    for layer in frame.layers.iter().rev().filter(|layer| layer.key.kind == LayerKind::Backdrop) {
        seen.insert(layer.key.index, free * layer.placement.opacity);
        free *= 1.0 - layer.placement.opacity;
    }
    seen
}

/// What an event does to a layer that it leaves on: nothing that can be seen in that instant.
fn goes_on(before: &Frame, after: &Frame, scenes: (Scene, Scene)) -> Result<(), TestCaseError> {
    // The jury's notice stands where the scene leaves room for it; of the ground counts what is seen.
    // Cut by rule: the dissolve of a correction ends with its scene; and what a fact lays out anew within its scene (a
    // longer list, a duel's audience beside its player) or tells again (a verdict) stands in its new place at once.
    let corrected = |layer: &Layer| matches!(layer.key.kind, LayerKind::Chip | LayerKind::Cell | LayerKind::ActiveCell);
    let laid_anew = |layer: &Layer| scenes.0 == scenes.1 && layer.key.entry != 0;
    // A list's other page may have the same name at the same place: it comes on with its page, not with that name.
    let turned = |layer: &Layer| scenes == (Scene::Award, Scene::Award) && layer.key.kind == LayerKind::Seat;
    let placed = |layer: &&Layer| {
        !matches!(layer.key.kind, LayerKind::Badge | LayerKind::Backdrop) && !corrected(layer) && !turned(layer)
    };
    for layer in after.layers.iter().filter(placed) {
        let Some(was) = before.layers.iter().find(|was| was.key == layer.key && was.content == layer.content) else {
            continue;
        };
        let (p, q) = (was.placement, layer.placement);
        let moved = (p.x - q.x).abs().max((p.y - q.y).abs());
        let scaled = (p.scale.0 - q.scale.0).abs().max((p.scale.1 - q.scale.1).abs());
        let faded = (p.opacity - q.opacity).abs();
        prop_assert!(
            (laid_anew(layer) || moved < 0.5 && scaled < 0.01) && faded < 0.03,
            "{scenes:?} {:?}: {p:?} then {q:?}",
            layer.key
        );
    }
    // The ground is never bare: what is seen of it always adds up.
    let whole = after.layers.iter().find(|layer| layer.key.kind == LayerKind::Backdrop);
    prop_assert!(whole.is_some_and(|ground| ground.placement.opacity >= 1.0));
    let (was, is) = (grounds(before), grounds(after));
    for ground in was.keys().chain(is.keys()) {
        let (was, is) = (was.get(ground).unwrap_or(&0.0), is.get(ground).unwrap_or(&0.0));
        prop_assert!((was - is).abs() < 0.03, "{scenes:?} ground {ground}: {was} then {is}");
    }
    Ok(())
}

proptest! {
    #![proptest_config(sampled(64))]

    #[test]
    fn an_event_at_any_instant_lets_what_stays_go_on(
        teams in 1_u32..9,
        events in prop::collection::vec((event(), 1_i64..1_200), 1..24),
        beside in 0_i64..900,
    ) {
        let mut feed = Feed::new(teams);
        for ((name, data), after) in events {
            // One instant, as it was before the event and as it is with it.
            let (was, at) = (feed.show.program.scene, feed.at + after * 1_000);
            let before = super::frame(&feed.show, at, super::Lang::Zh);
            if feed.hear(after, name, data).is_err() {
                continue;
            }
            check(&before);
            // The rule for a cut: more scenes at once than the show remembers.
            if feed.show.program.departed.len() >= Program::LEAVING_MOST {
                continue;
            }
            goes_on(&before, &feed.frame(0), (was, feed.show.program.scene))?;
            check(&feed.frame(beside));
        }
    }
}
