//! A long tape: what opening it costs, a jump to any instant of it — to the state and to the picture —, and an edit.

use std::{fs, hint::black_box, path::PathBuf, sync::Arc, time::Instant};

use clap::Args as Arguments;
use leitai::{
    director::Director,
    show::{
        desk::Air,
        frame::{Class, Output},
        tape::{Tape, Timeline, edit::Edit},
    },
    stage::Headless,
    themes,
    typeset::Typesetter,
};
use serde_json::{Value, json};

use super::{
    Fault,
    cost::{Meter, pss_mib, quantile},
};

#[derive(Arguments)]
pub struct Args {
    /// The recorded show.
    pub tape: PathBuf,
    /// Jumps to a state.
    #[arg(long, default_value_t = 500)]
    pub states: usize,
    /// Jumps to a picture; 0 draws none.
    #[arg(long, default_value_t = 500)]
    pub pictures: usize,
    #[arg(long, default_value_t = 7)]
    pub seed: u64,
    #[arg(long, default_value_t = 1920)]
    pub width: u32,
    #[arg(long, default_value_t = 1080)]
    pub height: u32,
}

/// States that are compared with what a fold from the beginning gives, and pictures with what play gives.
const CHECKED: usize = 8;

pub fn run(args: &Args) -> Result<Value, Fault> {
    let before_mib = pss_mib();
    let read = Meter::start();
    let bytes = fs::read(&args.tape)?;
    let read_s = read.wall_s();
    let parse = Meter::start();
    let tape = Tape::parse_bytes(&bytes)?;
    let (parse_s, parse_cpu_s) = (parse.wall_s(), parse.cpu_s());
    drop(bytes);
    let events = tape.step_count();
    let fold = Meter::start();
    let timeline = Timeline::new(tape);
    let (fold_s, fold_cpu_s) = (fold.wall_s(), fold.cpu_s());
    let held_mib = pss_mib() - before_mib;

    let (first_us, length_us) = (timeline.tape().first_at().unwrap_or(0), timeline.tape().duration());
    let mut dice = fastrand::Rng::with_seed(args.seed);
    let positions: Vec<i64> = (0..args.states.max(args.pictures)).map(|_| dice.i64(0..=length_us)).collect();
    checked(&timeline, &positions)?;
    let cpu = Meter::start();
    let mut states_ms: Vec<f64> = positions
        .iter()
        .take(args.states)
        .map(|position_us| {
            let begun = Instant::now();
            black_box(timeline.air_at(first_us + position_us));
            begun.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    let state_cpu_ms = cpu.cpu_s() * 1e3 / args.states.max(1) as f64;
    states_ms.sort_by(f64::total_cmp);

    let theme = themes::load("qingkong")?.theme;
    let mut director = Director::rehearse(timeline, theme, Arc::new(Typesetter::new()));
    // What the operator waits for: the first jump by name, and whence a score comes.
    let begun = Instant::now();
    director.jump_moment(1);
    let first_jump_ms = begun.elapsed().as_secs_f64() * 1e3;
    let begun = Instant::now();
    let _all = black_box(director.origins("t1").len());
    let first_origins_ms = begun.elapsed().as_secs_f64() * 1e3;
    let mut jumps_ms: Vec<f64> = (0..50)
        .map(|_| {
            let begun = Instant::now();
            director.jump_question(1);
            begun.elapsed().as_secs_f64() * 1e3
        })
        .collect();
    jumps_ms.sort_by(f64::total_cmp);

    let pictures = if args.pictures > 0 { pictures(args, &mut director, &positions)? } else { Value::Null };
    let edits_ms: Vec<f64> = [events / 2, events.saturating_sub(10)]
        .into_iter()
        .map(|step| {
            let begun = Instant::now();
            let made = director.edit(Edit::Delay { step, by_us: 1, following: false }).is_ok();
            if made { begun.elapsed().as_secs_f64() * 1e3 } else { f64::NAN }
        })
        .collect();
    Ok(json!({
        "events": events, "read_s": read_s, "parse_s": parse_s, "parse_cpu_s": parse_cpu_s, "fold_s": fold_s,
        "fold_cpu_s": fold_cpu_s, "held_mib": held_mib,
        "state_p50_ms": quantile(&states_ms, 0.5), "state_p99_ms": quantile(&states_ms, 0.99),
        "state_max_ms": quantile(&states_ms, 1.0), "state_cpu_ms": state_cpu_ms,
        "first_jump_ms": first_jump_ms, "first_origins_ms": first_origins_ms,
        "jump_p50_ms": quantile(&jumps_ms, 0.5), "jump_max_ms": quantile(&jumps_ms, 1.0),
        "edit_middle_ms": edits_ms.first(), "edit_end_ms": edits_ms.last(), "pictures": pictures,
    }))
}

/// A jump gives what a fold from the beginning gives; an error otherwise.
fn checked(timeline: &Timeline, positions: &[i64]) -> Result<(), Fault> {
    let tape = timeline.tape();
    let mut counts: Vec<usize> = positions
        .iter()
        .take(CHECKED)
        .map(|position_us| timeline.index_at(tape.first_at().unwrap_or(0) + position_us))
        .collect();
    counts.sort_unstable();
    let (mut air, mut folded) = (Air::default(), 0);
    for count in counts {
        tape.steps(folded, count).for_each(|step| step.fold(&mut air));
        folded = count;
        if timeline.air_after(count) != air {
            return Err(format!("a jump behind step {count} is not what the fold gives").into());
        }
    }
    Ok(())
}

fn pictures(args: &Args, director: &mut Director, positions: &[i64]) -> Result<Value, Fault> {
    let output = Output::of(Class::Tv, (args.width, args.height));
    let mut stage = Headless::new((args.width, args.height))?;
    // Shaders and fonts are read once; that belongs to the start.
    for position_us in positions.iter().take(CHECKED) {
        director.seek(*position_us);
        stage.draw(director.frame(&output))?;
    }
    let cpu = Meter::start();
    let (mut whole_ms, mut frame_ms, mut draw_ms) = (Vec::new(), Vec::new(), Vec::new());
    for position_us in positions.iter().take(args.pictures) {
        let begun = Instant::now();
        director.seek(*position_us);
        let sought = begun.elapsed().as_secs_f64() * 1e3;
        let frame = director.frame(&output);
        let composed = begun.elapsed().as_secs_f64() * 1e3;
        stage.draw(frame)?;
        let drawn = begun.elapsed().as_secs_f64() * 1e3;
        whole_ms.push(drawn);
        frame_ms.push(composed - sought);
        draw_ms.push(drawn - composed);
    }
    let cpu_ms = cpu.cpu_s() * 1e3 / args.pictures as f64;
    same_as_played(director, &mut stage, &output, positions)?;
    for list in [&mut whole_ms, &mut frame_ms, &mut draw_ms] {
        list.sort_by(f64::total_cmp);
    }
    Ok(json!({
        "p50_ms": quantile(&whole_ms, 0.5), "p99_ms": quantile(&whole_ms, 0.99), "max_ms": quantile(&whole_ms, 1.0),
        "compose_p50_ms": quantile(&frame_ms, 0.5), "compose_p99_ms": quantile(&frame_ms, 0.99),
        "draw_p50_ms": quantile(&draw_ms, 0.5), "draw_p99_ms": quantile(&draw_ms, 0.99),
        "cpu_ms": cpu_ms, "adapter": stage.adapter().name,
    }))
}

/// A picture that was jumped to is the one that play brings, byte for byte; an error otherwise.
fn same_as_played(director: &mut Director, stage: &mut Headless, output: &Output, at: &[i64]) -> Result<(), Fault> {
    for position_us in at.iter().take(CHECKED) {
        director.seek(*position_us);
        let sought = stage.draw(director.frame(output))?.to_vec();
        director.seek(position_us - 2_000_000);
        for back in (0..100).rev() {
            director.play_to(position_us - back * 20_000);
        }
        if stage.draw(director.frame(output))? != sought {
            return Err(format!("the picture at {position_us} µs is not the one that play brings").into());
        }
    }
    Ok(())
}
