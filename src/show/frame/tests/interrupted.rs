//! Interrupted at any instant: what stays on the picture goes on from where it was.

use proptest::prelude::*;

use super::{
    Feed,
    chaos::{check, event},
};
use crate::show::{
    frame::{Frame, Layer, LayerKind},
    state::Scene,
};

/// What an event does to a layer that it leaves on: nothing that can be seen in that instant.
fn goes_on(before: &Frame, after: &Frame, scenes: (Scene, Scene)) -> Result<(), TestCaseError> {
    // The jury's notice stands where the scene leaves room for it.
    let placed = |layer: &&Layer| layer.key.kind != LayerKind::Badge;
    for layer in after.layers.iter().filter(placed) {
        let Some(was) = before.layers.iter().find(|was| was.key == layer.key && was.content == layer.content) else {
            continue;
        };
        let (p, q) = (was.placement, layer.placement);
        let moved = (p.x - q.x).abs().max((p.y - q.y).abs());
        let scaled = (p.scale.0 - q.scale.0).abs().max((p.scale.1 - q.scale.1).abs());
        let faded = (p.opacity - q.opacity).abs();
        prop_assert!(moved < 0.5 && scaled < 0.01 && faded < 0.03, "{scenes:?} {:?}: {p:?} then {q:?}", layer.key);
    }
    // The ground is never bare: what is seen of it always adds up.
    let whole = after.layers.iter().find(|layer| layer.key.kind == LayerKind::Backdrop);
    prop_assert!(whole.is_some_and(|ground| ground.placement.opacity >= 1.0));
    Ok(())
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, ..ProptestConfig::default() })]

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
            goes_on(&before, &feed.frame(0), (was, feed.show.program.scene))?;
            check(&feed.frame(beside));
        }
    }
}
