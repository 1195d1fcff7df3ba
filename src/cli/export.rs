//! `leitai export`: a tape as a film, as numbered pictures, or as a contact sheet of its moments.

use std::{path::Path, sync::Arc, time::Duration};

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;

use super::{
    args::{Export, Global},
    desk,
    error::CliError,
    films::{self, Films},
    print_json, tape,
};
use crate::{
    director::{Director, Transport},
    locale,
    output::{self, Plan, Target},
    show::{
        clip::Reel,
        tape::{Moment, moments},
        told::Words,
    },
    stage::Headless,
    themes,
};

pub fn run(global: &Global, args: &Export) -> Result<(), CliError> {
    let target = args.output.as_deref().map(Target::of).transpose()?;
    if matches!(target, Some(Target::Film(..))) {
        output::ffmpeg_version()?;
    }
    let timeline = tape::open(&args.tape, global.lang())?;
    let from_us = args.from.map_or(Ok(0), |from| tape::within(&timeline, from))?;
    let to_us = args.to.map(|to| tape::within(&timeline, to)).transpose()?;
    let stills = if args.sheet.is_some() { moments(&timeline) } else { Vec::new() };
    let loaded = themes::load(&global.theme)?;
    let mut director = desk::on_tape(timeline, &loaded.theme);
    let (start_us, end_us) = director.transport().map_or((0, 0), |t: &Transport| (t.start_us(), t.duration_us()));
    let mut plan = Plan::new(from_us, to_us.unwrap_or(end_us), (args.fps.num, args.fps.den))?;
    plan.sound_folders = loaded.folders();

    let wants = films::wanted(&director);
    let films = Films::open(global, &args.media, &args.tape, wants, &mut director);
    plan.films = films.as_ref().map(Films::sounds).unwrap_or_default();

    let mut files = Vec::new();
    let mut report = json!({ "from_us": plan.from_us, "to_us": plan.to_us });
    if let (Some(target), Some(path)) = (&target, &args.output) {
        let on_air = desk::output(global, args.size);
        let mut stage = Headless::new(on_air.raster)?;
        if let Some(films) = &films {
            films.on(&mut stage);
        }
        let bar = bar(global, path, args.json, plan.frames());
        let exported = output::export(&mut director, &mut stage, &on_air, &plan, target, &mut |done| {
            bar.set_position(done);
        })?;
        bar.finish_and_clear();
        merge(
            &mut report,
            json!({
                "file": path, "frames": exported.frames, "drawn": exported.drawn, "fps": args.fps.to_string(),
                "width": on_air.raster.0, "height": on_air.raster.1, "adapter": stage.adapter().name,
            }),
        );
        files.push(path.clone());
    }
    if let Some(path) = &args.sheet {
        let within = |moment: &&Moment| (plan.from_us..=plan.to_us).contains(&(moment.at - start_us));
        let stills: Vec<Moment> = stills.iter().filter(within).cloned().collect();
        let sheets = sheets(global, args, &mut director, &stills, path, films.as_ref().map(Films::reel))?;
        let list: Vec<_> = stills
            .iter()
            .map(|moment| {
                json!({ "seq": moment.seq, "at_us": moment.at - start_us, "round": moment.round, "event": moment.event })
            })
            .collect();
        merge(&mut report, json!({ "sheets": sheets, "moments": list }));
        files.extend(sheets);
    }

    if let Some(films) = films {
        films.finish();
    }
    if args.json {
        return print_json(&report, false);
    }
    for file in files {
        eprintln!("{}", locale::say(global.lang(), &Words::new("cli-exported").with("file", &file)));
    }
    Ok(())
}

fn sheets(
    global: &Global,
    args: &Export,
    director: &mut Director,
    stills: &[Moment],
    path: &Path,
    reel: Option<Arc<dyn Reel>>,
) -> Result<Vec<std::path::PathBuf>, CliError> {
    let on_air = desk::output(global, args.size);
    let bar = bar(global, path, args.json, stills.len() as u64);
    let files = output::contact_sheets(director, &on_air, stills, path, reel, &mut |done| bar.set_position(done))?;
    bar.finish_and_clear();
    Ok(files)
}

fn merge(report: &mut serde_json::Value, more: serde_json::Value) {
    if let (Some(report), serde_json::Value::Object(more)) = (report.as_object_mut(), more) {
        report.extend(more);
    }
}

/// On a terminal only; elsewhere it draws nothing.
fn bar(global: &Global, path: &Path, quiet: bool, length: u64) -> ProgressBar {
    let target = if quiet { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let bar = ProgressBar::with_draw_target(Some(length), target);
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}  {per_sec}  ETA {eta}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message(locale::say(global.lang(), &Words::new("cli-exporting").with("file", path.display().to_string())));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
