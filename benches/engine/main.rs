//! What the renderer can be asked to measure in its own process; `benches/bench.py` asks. Each says one JSON object.

#![expect(clippy::print_stdout, reason = "a bench says what it measured")]

mod cost;
mod render;
mod warm;

use clap::{Parser, Subcommand};

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
    /// Frames of a tape, out of the renderer and thrown away.
    Render(render::Args),
    /// First frames of cards of new characters, cued and not.
    Warm(warm::Args),
}

/// Why nothing was measured.
type Fault = Box<dyn std::error::Error>;

fn main() -> Result<(), Fault> {
    let said = match Args::parse().what {
        What::Render(args) => render::run(&args)?,
        What::Warm(args) => warm::run(&args)?,
    };
    println!("{said}");
    Ok(())
}
