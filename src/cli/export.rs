//! `leitai export`: a tape as a film or as numbered pictures.

use std::time::Duration;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};
use serde_json::json;

use super::{
    args::{Export, Global},
    desk,
    error::CliError,
    print_json, tape,
};
use crate::{
    locale,
    output::{self, Plan, Target},
    stage::Headless,
    themes,
};

pub fn run(global: &Global, args: &Export) -> Result<(), CliError> {
    let target = Target::of(&args.output)?;
    if matches!(target, Target::Film(..)) {
        output::ffmpeg_version()?;
    }
    let timeline = tape::open(&args.tape)?;
    let from_us = args.from.map_or(Ok(0), |from| tape::within(&timeline, from))?;
    let to_us = args.to.map(|to| tape::within(&timeline, to)).transpose()?;
    let mut director = desk::on_tape(timeline, &themes::load(&global.theme)?.theme);
    let end_us = director.transport().map_or(0, crate::director::Transport::duration_us);
    let plan = Plan::new(from_us, to_us.unwrap_or(end_us), (args.fps.num, args.fps.den))?;

    let raster = (args.size.width, args.size.height);
    let on_air = desk::output(global, raster);
    let mut stage = Headless::new(raster)?;
    let bar = bar(global, args, plan.frames());
    let exported = output::export(&mut director, &mut stage, &on_air, &plan, &target, &mut |done| {
        bar.set_position(done);
    })?;
    bar.finish_and_clear();
    if let Some(sheet) = &args.contact_sheet {
        output::contact_sheet(&mut director, &mut stage, &on_air, &plan, sheet)?;
    }

    if args.json {
        return print_json(
            &json!({
                "file": args.output, "contact_sheet": args.contact_sheet, "frames": exported.frames,
                "drawn": exported.drawn, "fps": args.fps.to_string(), "from_us": plan.from_us, "to_us": plan.to_us,
                "width": raster.0, "height": raster.1, "adapter": stage.adapter().name,
            }),
            false,
        );
    }
    for file in std::iter::once(&args.output).chain(&args.contact_sheet) {
        eprintln!("{}", locale::phrase(global.lang.into(), "cli.exported", file.display()));
    }
    Ok(())
}

/// On a terminal only; elsewhere it draws nothing.
fn bar(global: &Global, args: &Export, frames: u64) -> ProgressBar {
    let bar = ProgressBar::with_draw_target(Some(frames), ProgressDrawTarget::stderr());
    let style = ProgressStyle::with_template("{msg} {wide_bar} {pos}/{len}  {per_sec}  ETA {eta}");
    bar.set_style(style.unwrap_or_else(|_| ProgressStyle::default_bar()));
    bar.set_message(locale::phrase(global.lang.into(), "cli.exporting", args.output.display()));
    bar.enable_steady_tick(Duration::from_millis(200));
    bar
}
