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
use leitai::{
    show::frame::Frame,
    stage::{Counters, Headless, empty_app},
};
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

/// What takes turns.
enum What {
    /// Updates of an app that draws nothing.
    Bare(App),
    /// Updates of an app that draws an empty frame, until it is here.
    EmptyFrame(App),
    /// Updates without anything new.
    Idle(Headless),
    /// A picture for each update, by its number.
    Draws(Headless, fn(&Frame, u32) -> Arc<Frame>),
}

/// One of those that take turns, and what it has cost.
struct Side {
    name: &'static str,
    what: What,
    /// Updates at a time for each of the others' hundred: a whole picture costs as much as many rings.
    of_hundred: u32,
    cpu_s: f64,
    wall_s: f64,
    updates: u32,
    before: Counters,
    allocations: Value,
}

impl Side {
    fn of(name: &'static str, what: What) -> Self {
        let of_hundred = if matches!(name, "transition" | "empty_frame") { 10 } else { 100 };
        let (cpu_s, wall_s, updates, before, allocations) = (0.0, 0.0, 0, Counters::default(), Value::Null);
        Self { name, what, of_hundred, cpu_s, wall_s, updates, before, allocations }
    }

    fn step(&mut self, base: &Frame, i: u32) -> Result<(), Fault> {
        match &mut self.what {
            What::Bare(app) => app.update(),
            What::EmptyFrame(app) => update_and_wait(app),
            What::Idle(stage) => stage.idle(),
            What::Draws(stage, picture) => drop(stage.draw(picture(base, i))?),
        }
        Ok(())
    }

    fn counters(&self) -> Counters {
        match &self.what {
            What::Bare(_) | What::EmptyFrame(_) => Counters::default(),
            What::Idle(stage) | What::Draws(stage, _) => stage.counters(),
        }
    }

    /// Its turn.
    fn run(&mut self, base: &Frame, updates: u32) -> Result<(), Fault> {
        let updates = (updates * self.of_hundred).div_ceil(100);
        let (meter, allocations) = (Meter::start(), Count::now());
        for i in 0..updates {
            self.step(base, WARM_UP + i)?;
        }
        self.cpu_s += meter.cpu_s();
        self.wall_s += meter.wall_s();
        self.updates += updates;
        self.allocations = allocations.per_frame(updates);
        Ok(())
    }

    fn told(&self) -> Value {
        let each = |sum: f64| sum / f64::from(self.updates);
        let (was, is) = (self.before, self.counters());
        let more = |was: u64, is: u64| each((is - was) as f64);
        json!({
            "updates": self.updates, "cpu_us": each(self.cpu_s * 1e6), "wall_us": each(self.wall_s * 1e6),
            "allocations": self.allocations,
            "layers_drawn": more(was.layers_drawn, is.layers_drawn),
            "composites": more(was.composites, is.composites),
            "composited_px": more(was.composited_px, is.composited_px),
            "readback_bytes": more(was.readback_bytes, is.readback_bytes),
        })
    }
}

pub fn run(args: &Args) -> Result<Value, Fault> {
    let base = Arc::new(pictures::still(pictures::HD));
    let stage = || -> Result<Headless, Fault> {
        let mut stage = Headless::new(pictures::HD)?;
        stage.draw(Arc::clone(&base))?;
        Ok(stage)
    };
    let mut sides = [
        Side::of("bare", What::Bare(empty_app())),
        Side::of("empty_frame", What::EmptyFrame(empty_frame_app())),
        Side::of("idle", What::Idle(stage()?)),
        Side::of("ring", What::Draws(stage()?, pictures::ring)),
        Side::of("ring_and_digit", What::Draws(stage()?, pictures::ring_and_digit)),
        Side::of("transition", What::Draws(stage()?, pictures::transition)),
    ];
    for side in &mut sides {
        (0..WARM_UP).try_for_each(|i| side.step(&base, i))?;
        side.before = side.counters();
    }
    // There and back again within the round, so that what the machine does meanwhile falls on all of them.
    if args.turned {
        sides.reverse();
    }
    let half = args.updates.div_ceil(2);
    sides.iter_mut().try_for_each(|side| side.run(&base, half))?;
    sides.iter_mut().rev().try_for_each(|side| side.run(&base, half))?;
    let (adapter, targets) = sides
        .iter()
        .find_map(|side| match &side.what {
            What::Idle(stage) => Some((stage.adapter().name, stage.targets())),
            _ => None,
        })
        .unwrap_or_default();
    let told: serde_json::Map<_, _> = sides.iter().map(|side| (side.name.to_owned(), side.told())).collect();
    Ok(json!({ "sides": told, "adapter": adapter, "layers": base.layers.len(), "targets": targets }))
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
