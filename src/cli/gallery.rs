//! `leitai gallery`: every graphic of a theme in every state and class, as pictures.

use std::path::Path;

use indicatif::{ProgressBar, ProgressDrawTarget, ProgressStyle};

use super::{
    args::{Gallery, Global},
    desk,
    error::CliError,
    print_json,
};
use crate::{
    bounded, locale,
    output::{self, Gallery as Wanted},
    preflight::{GALLERY, Scene, read_scenes},
    show::{limits::HAND_BYTES, told::Words},
    themes,
    typeset::Typesetter,
};

pub fn run(global: &Global, args: &Gallery) -> Result<(), CliError> {
    let theme = themes::load(args.name.as_deref().unwrap_or(&global.theme))?.theme;
    let scenes = scenes(args.scenes.as_deref())?;
    let classes = desk::classes(global);
    let wanted = Wanted {
        theme: &theme,
        scenes: &scenes,
        classes: &classes,
        lang: global.lang(),
        beside: args.beside.as_deref(),
    };
    let bar = bar(args.json, classes.len() * scenes.len());
    let files = output::gallery(&wanted, &Typesetter::new(), &args.output, &mut |drawn| bar.set_position(drawn))?;
    bar.finish_and_clear();
    if args.json {
        return print_json(&serde_json::json!({ "files": files }), false);
    }
    eprintln!(
        "{}",
        locale::say(global.lang(), &Words::new("cli-exported").with("file", args.output.display().to_string()))
    );
    Ok(())
}

/// The program's own, or those of a file.
pub(super) fn scenes(file: Option<&Path>) -> Result<Vec<Scene>, CliError> {
    let Some(path) = file else {
        return Ok(read_scenes(GALLERY)?);
    };
    let fault = |error: std::io::Error| CliError::Read { path: path.to_owned(), reason: error.to_string() };
    Ok(read_scenes(&bounded::text(path, HAND_BYTES).map_err(fault)?)?)
}

fn bar(json: bool, pictures: usize) -> ProgressBar {
    let target = if json { ProgressDrawTarget::hidden() } else { ProgressDrawTarget::stderr() };
    let style = ProgressStyle::with_template("{bar:40} {pos}/{len}").unwrap_or_else(|_| ProgressStyle::default_bar());
    ProgressBar::with_draw_target(Some(pictures as u64), target).with_style(style)
}
