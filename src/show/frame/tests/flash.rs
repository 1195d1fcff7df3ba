//! Nothing flashes: not in the shows we ship, and what would is found.

use std::sync::Arc;

use super::{Lang, frame, tapes};
use crate::show::frame::{Content, Fill, Frame, Layer, LayerKey, LayerKind, Part, Placement, Rect, Rgba, flashes};

/// 25 frames a second.
const STEP_US: i64 = 40_000;

/// A full picture of one grey under a plate of another, `opacity` of it seen.
fn grey(level: f32, plate: Rect, opacity: f32) -> Frame {
    let fill = |y: f32| Fill::Solid(Rgba { r: y, g: y, b: y, a: 1.0 });
    let part = |rect: Rect, y: f32| Part::Plate {
        rect,
        radii: [0.0; 4],
        fill: fill(y),
        border: None,
        shadow: None,
        turn: 0.0,
    };
    let layer = |kind: LayerKind, rect: Rect, y: f32, opacity: f32| Layer {
        key: LayerKey { kind, entry: 0, index: 0 },
        content: Arc::new(Content { size: (1920.0, 1080.0), opaque: false, parts: vec![part(rect, y)] }),
        placement: Placement::at(0.0, 0.0).faded(opacity),
    };
    let all = Rect::new(0.0, 0.0, 1920.0, 1080.0);
    let layers = vec![layer(LayerKind::Backdrop, all, 0.2, 1.0), layer(LayerKind::Card, plate, level, opacity)];
    Frame { raster: (1920, 1080), scale: 1.0, offset: (0.0, 0.0), layers }
}

fn film(seconds: i64, look: impl Fn(f64) -> Frame) -> Vec<(i64, Frame)> {
    (0..seconds * 25).map(|i| (i * STEP_US, look((i * STEP_US) as f64 / 1e6))).collect()
}

#[test]
fn a_strobe_is_found_and_a_dissolve_is_none() {
    let half = Rect::new(0.0, 0.0, 960.0, 1080.0);
    let on = |seconds: f64, hertz: f64| if (seconds * hertz).fract() < 0.5 { 1.0 } else { 0.0 };
    let found = flashes(film(3, |t| grey(0.9, half, on(t, 2.0))));
    assert_eq!(found.len(), 1, "one stretch: {found:?}");
    assert!(found.iter().all(|flash| (0.45..0.55).contains(&flash.share) && flash.per_second == 2), "{found:?}");
    assert!(found.iter().all(|flash| flash.at <= 1_300_000), "{found:?}");

    // All of the picture, five times a second.
    let all = Rect::new(0.0, 0.0, 1920.0, 1080.0);
    let strobe = flashes(film(2, |t| grey(0.9, all, on(t, 5.0))));
    assert!(strobe.iter().all(|flash| flash.share == 1.0 && (4..=5).contains(&flash.per_second)), "{strobe:?}");
    assert_eq!(strobe.len(), 1, "{strobe:?}");

    // Once to and fro in two seconds, a slow dissolve, a change of a few hundredths: none of it flashes.
    for calm in [
        flashes(film(4, |t| grey(0.9, half, on(t, 0.25)))),
        flashes(film(4, |t| grey(0.9, half, (t as f32 / 4.0).min(1.0)))),
        flashes(film(4, |t| grey(0.25, half, on(t, 5.0)))),
    ] {
        assert_eq!(calm, [], "{calm:?}");
    }
    // A small area may, but not more than three times a second.
    let small = Rect::new(0.0, 0.0, 300.0, 300.0);
    assert_eq!(flashes(film(3, |t| grey(0.9, small, on(t, 1.0)))), []);
    let fast = flashes(film(3, |t| grey(0.9, small, on(t, 5.0))));
    assert!(fast.len() == 1 && fast.iter().all(|flash| flash.share < 0.1 && flash.per_second > 3), "{fast:?}");
}

#[test]
fn the_shipped_shows_do_not_flash() {
    let (mut seen, mut faults) = (0, Vec::new());
    for tape in tapes::all() {
        for moment in &tape.moments {
            let (from, to) = (moment.at - 500_000, moment.at + 1_800_000);
            let film = (0..=(to - from) / STEP_US).map(|i| {
                let now = from + i * STEP_US;
                (now, frame(&tape.show_at(moment, now), now, Lang::Zh))
            });
            let found = flashes(film);
            if !found.is_empty() {
                faults.push(format!("{} after event {}: {found:?}", tape.name, moment.seq));
            }
            seen += 1;
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(seen > 100, "{seen}");
}
