//! What the renderer can be asked to measure in its own process; `benches/bench.py` asks. Each says one JSON object.

#![expect(clippy::print_stdout, reason = "a bench says what it measured")]

mod allocations;
mod catchup;
mod cost;
mod frame_cost;
mod grow;
mod picture;
mod pictures;
mod render;
mod scale;
mod seek;
mod warm;
mod why;

use clap::{Parser, Subcommand};

#[global_allocator]
static ALLOCATOR: allocations::Counting = allocations::Counting;

#[derive(Parser)]
struct Args {
    #[command(subcommand)]
    what: What,
    /// Cargo's own.
    #[arg(long, global = true, hide = true)]
    bench: bool,
}

#[derive(Subcommand)]
enum What {
    /// Frames of a tape as data.
    Picture(picture::Args),
    /// Frames of a tape, out of the renderer and thrown away.
    Render(render::Args),
    /// First frames of cards of new characters, cued and not.
    Warm(warm::Args),
    /// A frame's cost beside an empty Bevy app's.
    Cost(frame_cost::Args),
    /// A frame's cost against how much there is.
    Scale(scale::Args),
    /// A long tape: opening it, jumps to states and pictures, an edit.
    Seek(seek::Args),
    /// A whole log at line rate to its last picture.
    Catchup(catchup::Args),
    /// The same messages, read and thrown away.
    Bare(catchup::BareArgs),
    /// What a frame's data cost with more teams and voters.
    Grow(grow::Args),
}

/// Why nothing was measured.
type Fault = Box<dyn std::error::Error>;

fn main() -> Result<(), Fault> {
    let said = match Args::parse().what {
        What::Picture(args) => picture::run(&args)?,
        What::Render(args) => render::run(&args)?,
        What::Warm(args) => warm::run(&args)?,
        What::Cost(args) => frame_cost::run(&args)?,
        What::Scale(args) => scale::run(&args)?,
        What::Seek(args) => seek::run(&args)?,
        What::Catchup(args) => catchup::run(&args)?,
        What::Bare(args) => catchup::bare(&args)?,
        What::Grow(args) => grow::run(&args)?,
    };
    println!("{said}");
    Ok(())
}
