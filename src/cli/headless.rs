//! `leitai rehearse --headless`: a tape at its own pace into the outputs of a file, without windows.

use std::{path::PathBuf, time::Instant};

use crossbeam_channel::{at, select};
use serde_json::json;

use super::{
    args::{Global, Rehearse, Windows},
    desk,
    error::CliError,
    films,
    live::interrupted,
    print_json,
};
use crate::{
    app::{
        self, Outputs,
        routed::{self, Routed},
    },
    director::{Director, Transport},
    output::sink::STDOUT,
    routing::Place,
};

pub fn rehearse(global: &Global, args: &Rehearse) -> Result<(), CliError> {
    let (on_air, mut director) = desk::rehearsing(global, args)?;
    if let Some(fault) = &on_air.fault {
        app::report_theme(&mut director, fault);
    }
    app::report_fonts(&mut director);
    let Some(mut outputs) = outputs(global, &args.windows, args.json, &mut director, on_air.watch.folders())? else {
        return Ok(());
    };
    let mut films = app::Films::new(films::folders(&args.windows.media, &args.tape));
    outputs.set_films(&films);
    films.follow(&mut director);
    // What is at hand is shown from the first picture on.
    films.library().settle();
    let from_us = director.transport().map_or(0, Transport::position_us);
    let rest_us = director.transport().map_or(0, |tape| tape.duration_us() - from_us);
    let until_us = args.duration.map_or(rest_us, |span| span.us);
    let stop = interrupted();
    outputs.begin(Instant::now());
    loop {
        let (due, at_us) = outputs.due();
        if at_us >= until_us {
            outputs.fill(until_us, &director);
            break;
        }
        select! {
            recv(at(due)) -> _ => {}
            recv(stop) -> _ => break,
        }
        if !args.paused {
            director.play_to(from_us + at_us);
        }
        films.follow(&mut director);
        frame(&mut outputs, &mut director);
    }
    let late = outputs.late();
    let written = outputs.finish();
    if args.json {
        print_json(&json!({ "outputs": written, "late_frames": late, "now_us": director.now_us() }), false)?;
    }
    Ok(())
}

/// One frame. What cannot be drawn is told; the outputs go on with their last picture.
pub fn frame(outputs: &mut Outputs, director: &mut Director) {
    if let Err(error) = outputs.frame(director) {
        app::report_stage(director, &error);
    }
}

/// The outputs that were asked for, ready to begin; none where none were. Waits until what they need is there.
///
/// # Errors
/// When the file cannot be read, there is nothing to draw with, or two results were to go to standard output.
pub fn outputs(
    global: &Global,
    args: &Windows,
    json: bool,
    director: &mut Director,
    folders: &[PathBuf],
) -> Result<Option<Outputs>, CliError> {
    let Some(file) = &args.outputs else { return Ok(None) };
    let routes = routed::load(file)?.outputs;
    let to_stdout = |place: &Place| matches!(place, Place::Pipe { path, .. } if path.as_os_str() == STDOUT);
    if let Some(route) = routes.iter().find(|route| json && to_stdout(&route.place)) {
        return Err(CliError::StandardOutput { name: route.name.clone() });
    }
    if args.full_quality {
        director.pin_quality();
    }
    let routed = Routed::new(routes, Some(file.clone()));
    Ok(Some(Outputs::new(routed, director, folders, global.lang())?))
}
