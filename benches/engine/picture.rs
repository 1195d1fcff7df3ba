//! A frame as data: what lies where, in which colours; the peer's page is laid out after it.

use std::{fs, path::PathBuf, sync::Arc};

use clap::Args as Arguments;
use leitai::{
    director::Director,
    show::{
        frame::Output,
        tape::{Tape, Timeline},
    },
    themes,
    typeset::Typesetter,
};
use serde_json::{Value, json};

use super::{Fault, render::Layout};

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
    /// After the tape's beginning.
    #[arg(long, value_delimiter = ',', default_value = "0")]
    pub at_s: Vec<f64>,
}

/// The frames at these instants, in their order.
pub fn run(args: &Args) -> Result<Value, Fault> {
    let theme = themes::load(&args.theme)?.theme;
    let timeline = Timeline::new(Tape::parse_bytes(&fs::read(&args.tape)?)?);
    let mut director = Director::rehearse(timeline, theme, Arc::new(Typesetter::new()));
    let output = Output::of(args.class.into(), (args.width, args.height));
    let mut frames = Vec::new();
    for at_s in &args.at_s {
        director.seek((at_s * 1e6).round() as i64);
        frames.push(json!({ "at_s": at_s, "frame": *director.frame(&output) }));
    }
    Ok(Value::Array(frames))
}
