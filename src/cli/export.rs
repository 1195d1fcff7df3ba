//! `leitai export`: a tape as a film, as numbered pictures, or as a contact sheet of its moments.

use std::{path::Path, sync::Arc, time::Duration};

use crossbeam_channel::TryRecvError;
use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::{Value, json};
use sha2::{Digest, Sha256};

use super::{
    args::{Export, Global},
    desk,
    drawn::Drawn,
    error::CliError,
    films::{self, Films},
    live, print_json, tape,
};
use crate::{
    director::{Director, Transport},
    fonts, locale,
    output::{self, Job, Plan, Progress, Target, encoders},
    show::{
        clip::Reel,
        tape::{Moment, moments},
        told::Words,
    },
    stage::Headless,
};

pub fn run(global: &Global, args: &Export) -> Result<(), CliError> {
    let target = args.output.as_deref().map(Target::of).transpose()?;
    if matches!(target, Some(Target::Film(..))) {
        output::ffmpeg_version()?;
    }
    let drawn = Drawn::of(global, args.size, &args.one, args.burn)?;
    let timeline = tape::open(&args.tape, global.lang())?;
    let from_us = args.from.map_or(Ok(0), |from| tape::within(&timeline, from))?;
    let to_us = args.to.map(|to| tape::within(&timeline, to)).transpose()?;
    let stills = if args.sheet.is_some() { moments(&timeline) } else { Vec::new() };
    let mut director = desk::on_tape(timeline, &drawn.theme);
    let (start_us, end_us) = director.transport().map_or((0, 0), |t: &Transport| (t.start_us(), t.duration_us()));
    let mut plan = Plan::new(from_us, to_us.unwrap_or(end_us), drawn.rate(args.fps))?;
    plan.sound_folders.clone_from(&drawn.folders);

    let wants = films::wanted(&director);
    let films = Films::open(global, &args.media, &args.tape, wants, &mut director);
    plan.films = films.as_ref().map(Films::sounds).unwrap_or_default();

    let mut files = Vec::new();
    let mut report = json!({ "from_us": plan.from_us, "to_us": plan.to_us });
    if let (Some(target), Some(path)) = (&target, &args.output) {
        let reel = films.as_ref().map(Films::reel);
        let told = film(global, args, &drawn, &mut director, &plan, (target, path), reel)?;
        merge(&mut report, told);
        files.push(path.clone());
    }
    if let Some(path) = &args.sheet {
        let within = |moment: &&Moment| (plan.from_us..=plan.to_us).contains(&(moment.at - start_us));
        let stills: Vec<Moment> = stills.iter().filter(within).cloned().collect();
        let reel = films.as_ref().map(Films::reel);
        let sheets = sheets(global, args, &drawn, &mut director, &stills, path, reel)?;
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
        films.finish()?;
    }
    if args.json {
        return print_json(&report, false);
    }
    for file in files {
        eprintln!("{}", locale::say(global.lang(), &Words::new("cli-exported").with("file", &file)));
    }
    Ok(())
}

/// The film or the folder; gives what is told of it.
fn film(
    global: &Global,
    args: &Export,
    drawn: &Drawn,
    director: &mut Director,
    plan: &Plan,
    (target, path): (&Target, &Path),
    reel: Option<Arc<dyn Reel>>,
) -> Result<Value, CliError> {
    let encoder = match args.encoder.as_str() {
        "software" => encoders::SOFTWARE,
        "auto" => encoders::h264(),
        name => encoders::named(name)?,
    };
    let is_film = matches!(target, Target::Film(..));
    let version = if is_film { output::ffmpeg_version()? } else { String::new() };
    let identity = identity(args, drawn, director, &version)?;
    let interrupted = live::interrupted();
    let mut stage = Headless::new(drawn.output.raster)?;
    if let Some(reel) = reel {
        stage.set_reel(reel);
    }
    let job = Job {
        output: &drawn.output,
        plan,
        delivery: drawn.delivery.as_ref(),
        burn: drawn.route.burn.then_some(drawn.route.name.as_str()),
        target,
        encoder,
        identity,
        stop: &|| interrupted.try_recv() == Err(TryRecvError::Disconnected),
    };
    let bar = bar(global, path, args.json, plan.frames());
    let say = |words: Words| bar.suspend(|| eprintln!("{}", locale::say(global.lang(), &words)));
    let exported = output::export(director, &mut stage, &job, &mut |progress| match progress {
        Progress::Done(done) => bar.set_position(done),
        Progress::Anew => say(Words::new("cli-export-anew").with("folder", path.display().to_string())),
        Progress::Resumed(frames) => {
            say(Words::new("cli-export-resumed").with("frames", frames));
            bar.set_position(frames);
            // Frames that were there took no time.
            bar.reset_eta();
        }
    })?;
    bar.finish_and_clear();
    let (width, height) = drawn.delivery.as_ref().map_or(drawn.output.raster, |delivery| delivery.raster);
    Ok(json!({
        "file": path, "frames": exported.frames, "drawn": exported.drawn, "resumed_from": exported.resumed_from,
        "fps": plan.rate.to_string(), "width": width, "height": height,
        "encoder": is_film.then_some(encoder.name), "adapter": stage.adapter().name,
    }))
}

/// All that decides the bytes besides plan and output: tape, theme, films, fonts, ffmpeg.
fn identity(args: &Export, drawn: &Drawn, director: &Director, version: &str) -> Result<Value, CliError> {
    let look = drawn.theme.of(drawn.output.class);
    let pictures: Vec<_> = look.pictures.values().map(|picture| picture.digest).collect();
    let theme = serde_json::to_vec(&(look, pictures)).map_err(|error| CliError::Json { reason: error.to_string() })?;
    let fonts = fonts::user().fonts.iter().map(|font| digest(font.data.as_ref())).collect::<Vec<_>>();
    Ok(json!({
        "tape": digest(&tape::bytes(&args.tape)?),
        "theme": digest(&theme),
        "films": director.clips().0.keys().collect::<Vec<_>>(),
        "fonts": fonts,
        "ffmpeg": version,
    }))
}

fn digest(bytes: &[u8]) -> String {
    Sha256::digest(bytes).iter().map(|byte| format!("{byte:02x}")).collect()
}

fn sheets(
    global: &Global,
    args: &Export,
    drawn: &Drawn,
    director: &mut Director,
    stills: &[Moment],
    path: &Path,
    reel: Option<Arc<dyn Reel>>,
) -> Result<Vec<std::path::PathBuf>, CliError> {
    let bar = bar(global, path, args.json, stills.len() as u64);
    let files =
        output::contact_sheets(director, &drawn.output, stills, path, reel, &mut |done| bar.set_position(done))?;
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
