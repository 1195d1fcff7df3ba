//! What a frame costs as there is more of it: layers, pixels, outputs, teams.

use std::sync::Arc;

use clap::{Args as Arguments, ValueEnum};
use leitai::{
    director::Director,
    routing::Delivery,
    show::{
        frame::{Class, Frame, Output},
        tape::{Tape, Timeline},
    },
    stage::{DeliveryId, Headless, OutputId},
    themes,
    typeset::Typesetter,
};
use serde_json::{Value, json};

use super::{Fault, cost::Meter, pictures};

#[derive(Arguments)]
pub struct Args {
    pub against: Against,
    /// How many, one measurement each. Rasters are told by their width: 1280, 1920, 3840, 7680.
    #[arg(required = true, value_delimiter = ',')]
    pub steps: Vec<usize>,
    /// Updates of each kind that are measured at each step.
    #[arg(long, default_value_t = 60)]
    pub updates: u32,
    /// For teams: tapes of one show with more and more of them, as many as there are steps.
    #[arg(long)]
    pub tape: Vec<std::path::PathBuf>,
}

#[derive(Clone, Copy, ValueEnum)]
pub enum Against {
    Layers,
    Raster,
    Outputs,
    Teams,
}

/// The shape of what is measured at one step: nothing changes, the ring runs, all moves.
struct Costs {
    idle_us: f64,
    ring_us: f64,
    whole_us: f64,
    composited_px: f64,
}

const WARM_UP: u32 = 8;

pub fn run(args: &Args) -> Result<Value, Fault> {
    let mut points = Vec::new();
    for (number, step) in args.steps.iter().copied().enumerate() {
        let point = match args.against {
            Against::Layers => told(step, costs(&[pictures::layered(step)], args.updates)?),
            Against::Raster => told(step, costs(&[raster(step)], args.updates)?),
            Against::Outputs => told(step, costs(&vec![pictures::still(pictures::HD); step], args.updates)?),
            Against::Teams => {
                let tape = args.tape.get(number).ok_or("there is no tape for this number of teams")?;
                teams(step, tape, args.updates)?
            }
        };
        points.push(point);
    }
    Ok(json!({ "points": points }))
}

fn told(step: usize, costs: Costs) -> Value {
    let Costs { idle_us, ring_us, whole_us, composited_px } = costs;
    json!({ "at": step, "idle_us": idle_us, "ring_us": ring_us, "whole_us": whole_us, "composited_px": composited_px })
}

/// The card as large as it goes; twice beside itself on the wall.
fn raster(width: usize) -> Frame {
    match width {
        7680 => pictures::wall(&pictures::still((3840, 2160)), 2),
        width => pictures::still((width as u32, width as u32 * 9 / 16)),
    }
}

/// Processor time of an update of all outputs together, each of them read back, µs.
fn costs(bases: &[Frame], updates: u32) -> Result<Costs, Fault> {
    let mut stage = Headless::new((64, 64))?;
    let outputs: Vec<(OutputId, DeliveryId)> = (0..bases.len() as u8).map(|i| (OutputId(i), DeliveryId(i))).collect();
    for ((output, delivery), base) in outputs.iter().zip(bases) {
        stage.deliver(*delivery, *output, Delivery::whole(base.raster))?;
    }
    let mut step = |make: &dyn Fn(&Frame) -> Arc<Frame>| -> Result<(), Fault> {
        for ((output, _), base) in outputs.iter().zip(bases) {
            stage.set_picture(*output, make(base))?;
        }
        stage.update()?;
        outputs.iter().for_each(|(_, delivery)| drop(stage.take(*delivery)));
        Ok(())
    };
    let mut cost = |updates: u32, make: &dyn Fn(&Frame, u32) -> Arc<Frame>| -> Result<f64, Fault> {
        (0..WARM_UP).try_for_each(|i| step(&|base| make(base, i)))?;
        let meter = Meter::start();
        (WARM_UP..WARM_UP + updates).try_for_each(|i| step(&|base| make(base, i)))?;
        Ok(meter.cpu_s() * 1e6 / f64::from(updates))
    };
    let whole_us = cost(updates.div_ceil(6), &pictures::transition)?;
    let ring_us = cost(updates, &pictures::ring)?;
    let still: Vec<Arc<Frame>> = bases.iter().map(|base| Arc::new(base.clone())).collect();
    let same = |base: &Frame, _| {
        still.iter().find(|frame| frame.raster == base.raster).map_or_else(|| Arc::new(base.clone()), Arc::clone)
    };
    let idle_us = cost(updates * 5, &same)?;
    let counters = stage.counters();
    let frames = updates * 7 + updates.div_ceil(6);
    Ok(Costs { idle_us, ring_us, whole_us, composited_px: counters.composited_px as f64 / f64::from(frames) })
}

/// The frames of a recorded show as they come, with so many teams.
fn teams(count: usize, tape: &std::path::Path, updates: u32) -> Result<Value, Fault> {
    let theme = themes::load("qingkong")?.theme;
    let tape = Tape::parse_bytes(&std::fs::read(tape)?)?;
    let length_us = tape.duration();
    let timeline = Timeline::new(tape);
    let mut director = Director::rehearse(timeline, theme, Arc::new(Typesetter::new()));
    let output = Output::of(Class::Tv, pictures::HD);
    let mut stage = Headless::new(pictures::HD)?;
    director.seek(0);
    stage.draw(director.frame(&output))?;
    let before = stage.counters();
    let (mut compose_us, mut draw_us) = (0.0, 0.0);
    let mut last = None;
    for n in 0..updates {
        director.play_to(length_us * i64::from(n) / i64::from(updates));
        let meter = Meter::start();
        let frame = director.frame(&output);
        compose_us += meter.wall_s() * 1e6;
        if last.as_ref().is_none_or(|last| !Arc::ptr_eq(last, &frame)) {
            let meter = Meter::start();
            stage.draw(Arc::clone(&frame))?;
            draw_us += meter.wall_s() * 1e6;
            last = Some(frame);
        }
    }
    let after = stage.counters();
    let each = |sum: f64| sum / f64::from(updates);
    Ok(json!({
        "at": count, "compose_us": each(compose_us), "draw_us": each(draw_us),
        "composited_px": each((after.composited_px - before.composited_px) as f64),
    }))
}
