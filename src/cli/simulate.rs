//! `leitai simulate`: a whole contest by a rulebook, as a tape to rehearse with.

use std::{fs, path::Path};

use super::{args::Simulate, error::CliError, print};
use crate::{
    bank,
    show::rules::Rulebook,
    simulate::{self, Options},
};

pub fn run(args: &Simulate) -> Result<(), CliError> {
    let book = rulebook(&args.rules)?;
    let roster = bank::read_roster(&args.teams)?;
    let mut questions = vec![];
    for path in &args.questions {
        questions.extend(bank::read_bank(path)?);
    }
    // Whole thousandths, so that the same words give the same tape everywhere.
    let pace = (args.pace * 1_000.0).round().clamp(1.0, f64::from(u32::MAX)) as u32;
    let options = Options { seed: args.seed, pace, mishaps: args.mishaps };
    let envelopes = simulate::simulate(&book, &roster, &questions, options)?;
    let text = simulate::tape_text(&book.title, &envelopes);
    fs::write(&args.output, text)
        .map_err(|error| CliError::Write { path: args.output.clone(), reason: error.to_string() })?;
    for notice in book.notices() {
        tracing::info!("{}: {notice}", args.rules);
    }
    print(&args.output.display().to_string())
}

/// A built-in rulebook by its name, or a file.
fn rulebook(name: &str) -> Result<Rulebook, CliError> {
    let text = match simulate::built_in(name) {
        Some(text) => text.to_owned(),
        None => fs::read_to_string(Path::new(name)).map_err(|error| CliError::Rulebook {
            name: name.to_owned(),
            reason: error.to_string(),
            known: simulate::RULEBOOKS.map(|(known, _)| known).join(", "),
        })?,
    };
    Rulebook::parse(&text).map_err(|source| CliError::Rules { name: name.to_owned(), source })
}
