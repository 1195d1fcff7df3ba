//! Frames of a tape out of the renderer, as an export makes them, without an encoder.

use std::{fs, path::PathBuf, sync::Arc, time::Instant};

use clap::{Args as Arguments, ValueEnum};
use leitai::{
    director::Director,
    show::{
        frame::{Class, Frame, Output},
        rate::Rate,
        tape::{Tape, Timeline},
    },
    stage::Headless,
    themes,
    typeset::Typesetter,
};
use serde_json::{Value, json};

use super::{
    Fault,
    cost::{Meter, quantile},
    why::Why,
};

#[derive(Arguments)]
pub struct Args {
    /// The recorded show.
    pub tape: PathBuf,
    #[arg(long, default_value = "tv")]
    pub class: Layout,
    #[arg(long, default_value = "qingkong")]
    pub theme: String,
    #[arg(long, default_value_t = 1920)]
    pub width: u32,
    #[arg(long, default_value_t = 1080)]
    pub height: u32,
    #[arg(long, default_value_t = 50)]
    pub fps: u32,
    /// After the tape's beginning.
    #[arg(long, default_value_t = 0.0)]
    pub from_s: f64,
    #[arg(long, default_value_t = 20.0)]
    pub length_s: f64,
    /// Writes these frames' pixels (RGBA8) as `N.rgba` into the folder, to be looked at and compared.
    #[arg(long, value_delimiter = ',')]
    pub dump: Vec<u64>,
    #[arg(long, default_value = ".")]
    pub dump_to: PathBuf,
    /// Gives every frame's wall time, ms.
    #[arg(long)]
    pub each: bool,
    /// Tells what differed from frame to frame.
    #[arg(long)]
    pub why: bool,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Layout {
    Wall,
    Tv,
    Stream,
}

impl From<Layout> for Class {
    fn from(layout: Layout) -> Self {
        match layout {
            Layout::Wall => Self::Wall,
            Layout::Tv => Self::Tv,
            Layout::Stream => Self::Stream,
        }
    }
}

pub fn run(args: &Args) -> Result<Value, Fault> {
    let theme = themes::load(&args.theme)?.theme;
    let timeline = Timeline::new(Tape::parse_bytes(&fs::read(&args.tape)?)?);
    let mut director = Director::rehearse(timeline, theme, Arc::new(Typesetter::new()));
    let raster = (args.width, args.height);
    let output = Output::of(args.class.into(), raster);
    let rate: Rate = args.fps.to_string().parse()?;
    let begin_us = (args.from_s * 1e6) as i64;
    let frames = (args.length_s * f64::from(args.fps)).round() as u64;

    let mut stage = Headless::new(raster)?;
    // Shaders and fonts are read once; that belongs to the start.
    director.seek(begin_us);
    stage.draw(director.frame(&output))?;
    let before = stage.counters();
    let meter = Meter::start();
    let mut each_ms = Vec::with_capacity(frames as usize);
    let mut last: Option<Arc<Frame>> = None;
    let mut why = Why::default();
    let mut drawn = 0_u64;
    for n in 0..frames {
        let begun = Instant::now();
        director.play_to(begin_us + rate.after_us(n));
        let frame = director.frame(&output);
        // The consumer of an export repeats what it has.
        let is_new = last.as_ref().is_none_or(|last| !Arc::ptr_eq(last, &frame));
        if is_new || args.dump.contains(&n) {
            let pixels = stage.draw(Arc::clone(&frame))?;
            if args.dump.contains(&n) {
                fs::write(args.dump_to.join(format!("{n}.rgba")), pixels)?;
            }
            drawn += u64::from(is_new);
            if let Some(last) = last.as_ref().filter(|_| args.why) {
                why.add(last, &frame);
            }
            last = Some(frame);
        }
        each_ms.push(begun.elapsed().as_secs_f64() * 1e3);
    }
    let (wall_s, cpu_s) = (meter.wall_s(), meter.cpu_s());
    let after = stage.counters();
    let mut sorted = each_ms.clone();
    sorted.sort_by(f64::total_cmp);
    let per_frame = |from: u64, to: u64| (to - from) as f64 / frames as f64;
    Ok(json!({
        "frames": frames, "drawn": drawn, "wall_s": wall_s, "cpu_s": cpu_s, "fps": frames as f64 / wall_s,
        "p50_ms": quantile(&sorted, 0.5), "p99_ms": quantile(&sorted, 0.99), "max_ms": quantile(&sorted, 1.0),
        "layers_per_frame": per_frame(before.layers_drawn, after.layers_drawn),
        "composited_px_per_frame": per_frame(before.composited_px, after.composited_px),
        "readback_bytes_per_frame": per_frame(before.readback_bytes, after.readback_bytes),
        "adapter": stage.adapter().name,
        "why": args.why.then(|| why.told()),
        "each_ms": args.each.then_some(each_ms),
    }))
}
