//! Frames made by hand: the question card at rest, with its ring running, with all of it moving; and the wide wall.

use std::sync::Arc;

use leitai::show::frame::{Frame, LayerKind};

#[path = "../../tests/support/card.rs"]
#[allow(dead_code, reason = "shared with the tests, which use all of it")]
mod card;

pub const HD: (u32, u32) = (1920, 1080);

/// The card with 10 s left, of any raster of its shape.
pub fn still(raster: (u32, u32)) -> Frame {
    card::frame(raster, 100)
}

/// The ring at another place in every frame, as at 50 frames a second; the digit changes with every tenth.
pub fn ring(base: &Frame, i: u32) -> Arc<Frame> {
    with_ring(base, card::ring(99 - i % 99))
}

/// The ring at another place and another digit in every frame: text is set anew each time.
pub fn ring_and_digit(base: &Frame, i: u32) -> Arc<Frame> {
    with_ring(base, card::ring(10 * (i % 10) + 1 + i % 7))
}

fn with_ring(base: &Frame, content: leitai::show::frame::Content) -> Arc<Frame> {
    let mut frame = base.clone();
    let ring_at = base.layers.iter().position(|layer| layer.key.kind == LayerKind::Ring).unwrap_or(0);
    frame.layers[ring_at].content = Arc::new(content);
    Arc::new(frame)
}

/// Every layer but the ground moves and fades.
pub fn transition(base: &Frame, i: u32) -> Arc<Frame> {
    let mut frame = base.clone();
    for layer in &mut frame.layers[2..] {
        layer.placement = layer.placement.moved(0.0, (i % 16) as f32).faded(0.5 + (i % 16) as f32 / 32.0);
    }
    Arc::new(frame)
}

/// The picture `columns` times beside each other.
pub fn wall(base: &Frame, columns: u32) -> Frame {
    let mut layers = Vec::new();
    for (column, layer) in (0..columns).flat_map(|column| base.layers.iter().map(move |layer| (column, layer))) {
        let mut layer = layer.clone();
        layer.key.entry += u64::from(column);
        layer.placement = layer.placement.moved(1920.0 * column as f32, 0.0);
        layers.push(layer);
    }
    Frame { raster: (base.raster.0 * columns, base.raster.1), layers, ..base.clone() }
}

/// The card with small layers over it until there are `count`.
pub fn layered(count: usize) -> Frame {
    let mut frame = still(HD);
    let cell = frame.layers.iter().find(|layer| layer.key.kind == LayerKind::Option).cloned();
    let few = frame.layers.len();
    for (i, mut layer) in (few..count).zip(std::iter::repeat(cell).flatten()) {
        layer.key.kind = LayerKind::Badge;
        layer.key.index = i as u16;
        layer.placement = layer.placement.moved(7.0 * (i % 9) as f32, -9.0 * (i % 40) as f32);
        frame.layers.push(layer);
    }
    // Fewer than the card has: the ground, the ring, and what else has room.
    while frame.layers.len() > count.max(2) {
        let spare =
            frame.layers.iter().rposition(|layer| !matches!(layer.key.kind, LayerKind::Backdrop | LayerKind::Ring));
        match spare {
            Some(at) => drop(frame.layers.remove(at)),
            None => break,
        }
    }
    frame
}
