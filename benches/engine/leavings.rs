//! What a frame costs at 1080p: ring, idle and full-screen transition, beside an empty Bevy app and with a second output
//! beside the program, and what leaves of it: as it is, as fill and key, and of a wide wall folded; medians in ms.

#![expect(clippy::print_stdout, reason = "a bench says what it measured")]

#[path = "../tests/support/card.rs"]
#[allow(dead_code, reason = "shared with the tests, which use all of it")]
mod card;

use std::sync::Arc;
use std::time::Instant;

use leitai::routing::{Blit, Delivery, Look, Route, Turn};
use leitai::show::frame::{Frame, LayerKind};
use leitai::stage::{DeliveryId, Headless, OutputId, StageError, empty_app};

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

fn cost(step: impl FnMut(u32)) -> Cost {
    cost_of(FRAMES, step)
}

fn cost_of(frames: u32, mut step: impl FnMut(u32)) -> Cost {
    (0..WARM_UP).for_each(&mut step);
    let processor = processor_ms();
    let mut times: Vec<f64> = (WARM_UP..WARM_UP + frames)
        .map(|i| {
            let begun = Instant::now();
            step(i);
            begun.elapsed().as_secs_f64() * 1000.0
        })
        .collect();
    times.sort_by(f64::total_cmp);
    Cost { wall_ms: times[times.len() / 2], cpu_ms: (processor_ms() - processor) / f64::from(frames) }
}

/// The card with its ring at another place in every frame.
fn ring(base: &Frame, i: u32) -> Arc<Frame> {
    let mut frame = base.clone();
    let ring_at = base.layers.iter().position(|layer| layer.key.kind == LayerKind::Ring).unwrap_or(0);
    frame.layers[ring_at] = card::layer(LayerKind::Ring, 0, (1434.0, 160.0), card::ring(99 - i % 99));
    Arc::new(frame)
}

/// Every layer but the backdrop moves and fades.
fn transition(base: &Frame, i: u32) -> Arc<Frame> {
    let mut frame = base.clone();
    for layer in &mut frame.layers[2..] {
        layer.placement = layer.placement.moved(0.0, (i % 16) as f32).faded(0.5 + (i % 16) as f32 / 32.0);
    }
    Arc::new(frame)
}

/// The picture four times beside each other.
fn wall(base: &Frame) -> Frame {
    let mut layers = Vec::new();
    for (column, layer) in (0..4).flat_map(|column| base.layers.iter().map(move |layer| (column, layer))) {
        let mut layer = layer.clone();
        layer.key.entry += column;
        layer.placement = layer.placement.moved(1920.0 * column as f32, 0.0);
        layers.push(layer);
    }
    Frame { raster: (7680, 1080), layers, ..base.clone() }
}

/// The wall in two rows, as processors take it; with `turn` each half stands on its side.
fn fold(turn: Turn) -> Delivery {
    let (width, height) = turn.size((3840, 1080));
    let beside = if turn == Turn::Upright { (0, height) } else { (width, 0) };
    let blit = |left, to| Blit { from: (left, 0, 3840, 1080), to, turn, look: Look::Straight };
    let raster = if turn == Turn::Upright { (width, 2 * height) } else { (2 * width, height) };
    Delivery { raster, blits: vec![blit(0, (0, 0)), blit(3840, beside)] }
}

/// What a picture and its deliveries cost, all of them read back in the update that changed them.
fn leaving(name: &str, base: &Frame, deliveries: &[Delivery], frames: u32) -> Result<(), StageError> {
    let mut headless = Headless::new((64, 64))?;
    for (delivery, i) in deliveries.iter().zip(0..) {
        headless.deliver(DeliveryId(i), OutputId::PROGRAM, delivery.clone())?;
    }
    let mut failed = None;
    let mut step = |frame: Arc<Frame>| {
        let shown = headless.set_picture(OutputId::PROGRAM, frame).and_then(|()| headless.update());
        failed = shown.err().or(failed.take());
        (0..deliveries.len() as u8).for_each(|i| drop(headless.take(DeliveryId(i))));
    };
    let still = Arc::new(base.clone());
    let idle = cost_of(frames, |_| step(Arc::clone(&still)));
    let moving = cost_of(frames, |i| step(ring(base, i)));
    let whole = cost_of(frames, |i| step(transition(base, i)));
    println!("{name}\n  idle       {idle}\n  ring       {moving}\n  transition {whole}");
    failed.map_or(Ok(()), Err)
}

fn leavings() -> Result<(), StageError> {
    let base = card::frame(RASTER, 100);
    let mut bare = base.clone();
    bare.layers.remove(0);
    let route = |look| Delivery::of(&Route { raster: RASTER, look, ..Route::default() });
    leaving("1080p as it is", &base, &[route(Look::Straight)], FRAMES)?;
    leaving("1080p on nothing, fill and key in two", &bare, &[route(Look::Premultiplied), route(Look::Key)], FRAMES)?;
    let wall = wall(&base);
    leaving("7680x1080 as it is", &wall, &[Delivery::whole(wall.raster)], FRAMES / 4)?;
    leaving("7680x1080 folded into 3840x2160", &wall, &[fold(Turn::Upright)], FRAMES / 4)?;
    leaving("7680x1080 folded and turned into 2160x3840", &wall, &[fold(Turn::Right)], FRAMES / 4)
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
    let card = cost(|i| failed = headless.draw(transition(&base, i)).err().or(failed.take()));
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
    drop(headless);
    failed.map_or_else(leavings, Err)
}
