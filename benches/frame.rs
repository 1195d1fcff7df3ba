//! What a frame costs at 1080p: ring, idle and full-screen transition, beside an empty Bevy app; medians in ms.
#![expect(missing_docs, reason = "a bench has no readers of its documentation")]

#[path = "../tests/support/card.rs"]
#[allow(dead_code, reason = "shared with the tests, which use all of it")]
mod card;

use std::sync::Arc;
use std::time::Instant;

use leitai::show::frame::LayerKind;
use leitai::stage::{Headless, empty_app};

const RASTER: (u32, u32) = (1920, 1080);
const FRAMES: u32 = 200;
const WARM_UP: u32 = 20;

fn median_ms(mut step: impl FnMut(u32)) -> f64 {
    (0..WARM_UP).for_each(&mut step);
    let mut times: Vec<f64> = (WARM_UP..WARM_UP + FRAMES)
        .map(|i| {
            let begun = Instant::now();
            step(i);
            begun.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    times[times.len() / 2]
}

fn main() -> Result<(), leitai::stage::StageError> {
    let mut empty = empty_app();
    let empty_ms = median_ms(|_| empty.update());
    drop(empty);

    let mut headless = Headless::new(RASTER)?;
    println!("adapter      {:?}", headless.adapter());
    let base = card::frame(RASTER, 100);
    headless.draw(Arc::new(base.clone()))?;
    let idle_ms = median_ms(|_| headless.idle());

    let ring_at = base.layers.iter().position(|layer| layer.key.kind == LayerKind::Ring).unwrap_or(0);
    let mut failed = None;
    let before = headless.counters();
    let ring_ms = median_ms(|i| {
        let mut frame = base.clone();
        frame.layers[ring_at] = card::layer(LayerKind::Ring, 0, (1434.0, 160.0), card::ring(99 - i % 99));
        failed = headless.draw(Arc::new(frame)).err().or(failed.take());
    });
    let after = headless.counters();
    let card_ms = median_ms(|i| {
        let mut frame = base.clone();
        for layer in &mut frame.layers[2..] {
            layer.placement = layer.placement.moved(0.0, (i % 16) as f32).faded(0.5 + (i % 16) as f32 / 32.0);
        }
        failed = headless.draw(Arc::new(frame)).err().or(failed.take());
    });
    println!("empty app    {empty_ms:7.2} ms  (same plugins, no stage)");
    println!("idle         {idle_ms:7.2} ms");
    println!("ring frame   {ring_ms:7.2} ms  (drawn, composited, read back)");
    println!("transition   {card_ms:7.2} ms  (every layer but the backdrop moves and fades)");
    let frames = u64::from(WARM_UP + FRAMES);
    println!(
        "per ring frame: {} layers, {} px composited, {} bytes read",
        (after.layers_drawn - before.layers_drawn) / frames,
        (after.composited_px - before.composited_px) / frames,
        (after.readback_bytes - before.readback_bytes) / frames
    );
    failed.map_or(Ok(()), Err)
}
