//! What a frame costs at 1080p: ring, idle and full-screen transition, beside an empty Bevy app and with a second output
//! beside the program; medians in ms.

#![expect(clippy::print_stdout, reason = "a bench says what it measured")]

#[path = "../tests/support/card.rs"]
#[allow(dead_code, reason = "shared with the tests, which use all of it")]
mod card;

use std::sync::Arc;
use std::time::Instant;

use leitai::show::frame::{Frame, LayerKind};
use leitai::stage::{Headless, OutputId, empty_app};

const RASTER: (u32, u32) = (1920, 1080);
const HOST_RASTER: (u32, u32) = (1280, 720);
const FRAMES: u32 = 200;
const WARM_UP: u32 = 20;

/// Median wall time of a step and mean processor time of all threads, in ms. The latter is true on a busy machine too.
struct Cost {
    wall_ms: f64,
    cpu_ms: f64,
}

impl std::fmt::Display for Cost {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{:7.2} ms wall {:7.2} ms processor", self.wall_ms, self.cpu_ms)
    }
}

/// User and system time of this process so far, in ms; Linux counts it in hundredths of a second.
fn processor_ms() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() * 10.0
}

fn cost(mut step: impl FnMut(u32)) -> Cost {
    (0..WARM_UP).for_each(&mut step);
    let processor = processor_ms();
    let mut times: Vec<f64> = (WARM_UP..WARM_UP + FRAMES)
        .map(|i| {
            let begun = Instant::now();
            step(i);
            begun.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    Cost { wall_ms: times[times.len() / 2], cpu_ms: (processor_ms() - processor) / f64::from(FRAMES) }
}

/// The card with its ring at another place in every frame.
fn ring(base: &Frame, i: u32) -> Arc<Frame> {
    let mut frame = base.clone();
    let ring_at = base.layers.iter().position(|layer| layer.key.kind == LayerKind::Ring).unwrap_or(0);
    frame.layers[ring_at] = card::layer(LayerKind::Ring, 0, (1434.0, 160.0), card::ring(99 - i % 99));
    Arc::new(frame)
}

fn main() -> Result<(), leitai::stage::StageError> {
    let mut empty = empty_app();
    let bare = cost(|_| empty.update());
    drop(empty);

    let mut headless = Headless::new(RASTER)?;
    println!("adapter      {:?}", headless.adapter());
    let base = card::frame(RASTER, 100);
    headless.draw(Arc::new(base.clone()))?;
    let idle = cost(|_| headless.idle());

    let mut failed = None;
    let before = headless.counters();
    let alone = cost(|i| failed = headless.draw(ring(&base, i)).err().or(failed.take()));
    let after = headless.counters();
    let card = cost(|i| {
        let mut frame = base.clone();
        for layer in &mut frame.layers[2..] {
            layer.placement = layer.placement.moved(0.0, (i % 16) as f32).faded(0.5 + (i % 16) as f32 / 32.0);
        }
        failed = headless.draw(Arc::new(frame)).err().or(failed.take());
    });
    let host = card::frame(HOST_RASTER, 100);
    headless.draw(Arc::new(base.clone()))?;
    headless.draw_on(OutputId::HOST, Arc::new(host))?;
    let resting = headless.counters_of(OutputId::HOST);
    let idle_beside = cost(|_| headless.idle());
    let ring_beside = cost(|i| failed = headless.draw(ring(&base, i)).err().or(failed.take()));
    let host_did = headless.counters_of(OutputId::HOST) != resting;
    println!("empty app    {bare}  (same plugins, no stage)");
    println!("idle         {idle}");
    println!("ring frame   {alone}  (drawn, composited, read back)");
    println!("transition   {card}  (every layer but the backdrop moves and fades)");
    println!("idle, 2      {idle_beside}  (a second output at rest beside the program)");
    println!("ring, 2      {ring_beside}  (the same; the second one did something: {host_did})");
    let frames = u64::from(WARM_UP + FRAMES);
    println!(
        "per ring frame: {} layers, {} px composited, {} bytes read",
        (after.layers_drawn - before.layers_drawn) / frames,
        (after.composited_px - before.composited_px) / frames,
        (after.readback_bytes - before.readback_bytes) / frames
    );
    failed.map_or(Ok(()), Err)
}
