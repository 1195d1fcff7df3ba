//! What a frame costs beside an empty Bevy app with the same plugins, in one process and in turn.

use std::sync::Arc;

use bevy::{
    app::App,
    camera::{Camera2d, RenderTarget},
    ecs::observer::On,
    image::Image,
    render::{
        gpu_readback::{Readback, ReadbackComplete},
        render_resource::{TextureFormat, TextureUsages},
        renderer::RenderDevice,
        view::Msaa,
    },
};
use clap::Args as Arguments;
use leitai::stage::{Headless, empty_app};
use serde_json::{Value, json};

use super::{Fault, allocations::Count, cost::Meter, pictures};

#[derive(Arguments)]
pub struct Args {
    /// Updates that are measured of each.
    #[arg(long, default_value_t = 1000)]
    pub updates: u32,
    /// Every second round runs them in turned order.
    #[arg(long)]
    pub turned: bool,
}

const WARM_UP: u32 = 30;

/// One of those that take turns: an update of it, by number.
struct Side<'a> {
    name: &'static str,
    step: Box<dyn FnMut(u32) -> Result<(), Fault> + 'a>,
}

pub fn run(args: &Args) -> Result<Value, Fault> {
    let mut bare = empty_app();
    let mut empty_frame = empty_frame_app();
    let base = Arc::new(pictures::still(pictures::HD));
    let mut idle = Headless::new(pictures::HD)?;
    idle.draw(Arc::clone(&base))?;
    let mut moving = Headless::new(pictures::HD)?;
    moving.draw(Arc::clone(&base))?;
    let mut text = Headless::new(pictures::HD)?;
    text.draw(Arc::clone(&base))?;
    let mut whole = Headless::new(pictures::HD)?;
    whole.draw(Arc::clone(&base))?;
    let adapter = idle.adapter();
    let of = &base;
    let mut sides = [
        Side {
            name: "bare",
            step: Box::new(|_| {
                bare.update();
                Ok(())
            }),
        },
        Side {
            name: "empty_frame",
            step: Box::new(|_| {
                update_and_wait(&mut empty_frame);
                Ok(())
            }),
        },
        Side {
            name: "idle",
            step: Box::new(|_| {
                idle.idle();
                Ok(())
            }),
        },
        Side { name: "ring", step: Box::new(|i| Ok(moving.draw(pictures::ring(of, i)).map(drop)?)) },
        Side { name: "ring_and_digit", step: Box::new(|i| Ok(text.draw(pictures::ring_and_digit(of, i)).map(drop)?)) },
        Side { name: "transition", step: Box::new(|i| Ok(whole.draw(pictures::transition(of, i)).map(drop)?)) },
    ];
    let mut said = serde_json::Map::new();
    // There and back again within the round, so that what the machine does meanwhile falls on all of them.
    let half = args.updates.div_ceil(2);
    for side in &mut sides {
        (0..WARM_UP).try_for_each(|i| (side.step)(i))?;
    }
    let count = sides.len();
    let forth: Vec<usize> = if args.turned { (0..count).rev().collect() } else { (0..count).collect() };
    let order: Vec<usize> = forth.iter().chain(forth.iter().rev()).copied().collect();
    let mut spent: Vec<(f64, f64, u32, Vec<Value>)> = (0..count).map(|_| (0.0, 0.0, 0, Vec::new())).collect();
    for at in order {
        let side = &mut sides[at];
        // A whole picture costs as much as a hundred rings.
        let updates = if matches!(side.name, "transition" | "empty_frame") { half.div_ceil(10) } else { half };
        let (meter, allocations) = (Meter::start(), Count::now());
        for i in 0..updates {
            (side.step)(WARM_UP + i)?;
        }
        let (cpu_s, wall_s, done, counts) = &mut spent[at];
        *cpu_s += meter.cpu_s();
        *wall_s += meter.wall_s();
        *done += updates;
        counts.push(allocations.per_frame(updates));
    }
    for (side, (cpu_s, wall_s, updates, counts)) in sides.iter().zip(&mut spent) {
        let each_us = |seconds: f64| seconds * 1e6 / f64::from(*updates);
        said.insert(side.name.to_owned(), json!({
            "updates": *updates, "cpu_us": each_us(*cpu_s), "wall_us": each_us(*wall_s), "allocations": counts.pop(),
        }));
    }
    drop(sides);
    for (name, headless) in [("idle", &idle), ("ring", &moving), ("ring_and_digit", &text), ("transition", &whole)] {
        let counters = headless.counters();
        let updates = match name {
            "transition" => 2 * half.div_ceil(10) + WARM_UP,
            _ => 2 * half + WARM_UP,
        };
        let each = |sum: u64| sum as f64 / f64::from(updates);
        if let Some(of) = said.get_mut(name).and_then(Value::as_object_mut) {
            of.insert("layers_drawn".into(), each(counters.layers_drawn).into());
            of.insert("composites".into(), each(counters.composites).into());
            of.insert("composited_px".into(), each(counters.composited_px).into());
            of.insert("readback_bytes".into(), each(counters.readback_bytes).into());
        }
    }
    Ok(json!({ "sides": said, "adapter": adapter.name, "layers": base.layers.len(), "targets": idle.targets() }))
}

/// The empty app with what it takes to have a frame of it: a camera that draws nothing into a 1080p picture, read back
/// by Bevy's own means.
fn empty_frame_app() -> App {
    let mut app = empty_app();
    let mut image = Image::new_target_texture(pictures::HD.0, pictures::HD.1, TextureFormat::Rgba8UnormSrgb, None);
    image.texture_descriptor.usage |= TextureUsages::COPY_SRC;
    let handle = app.world_mut().resource_mut::<bevy::asset::Assets<Image>>().add(image);
    app.world_mut().spawn((Camera2d, Msaa::Off, RenderTarget::Image(handle.clone().into())));
    app.world_mut().spawn(Readback::texture(handle)).observe(|pixels: On<ReadbackComplete>| {
        std::hint::black_box(pixels.data.len());
    });
    app
}

fn update_and_wait(app: &mut App) {
    app.update();
    let device = app.world().resource::<RenderDevice>();
    // What cannot be waited for shows in the figures of nothing else.
    drop(device.wgpu_device().poll(wgpu::PollType::wait_indefinitely()));
}
