//! `leitai simulate`: a whole contest by a rulebook, as a tape to rehearse with.

use std::{
    fs,
    path::{Path, PathBuf},
};

use super::{
    args::{Global, Simulate},
    error::CliError,
    print, rules,
};
use crate::{
    bank::{self, BankError},
    locale,
    simulate::{self, Options},
};

pub fn run(global: &Global, args: &Simulate) -> Result<(), CliError> {
    let same = |input: &Path| match (input.canonicalize(), args.output.canonicalize()) {
        (Ok(input), Ok(output)) => input == output,
        _ => false,
    };
    let inputs = args.questions.iter().map(PathBuf::as_path).chain([args.teams.as_path(), Path::new(&args.rules)]);
    if let Some(input) = inputs.into_iter().find(|input| same(input)) {
        return Err(CliError::Overwrites { path: args.output.clone(), input: input.to_owned() });
    }
    let told = |error: BankError| CliError::Papers { told: error.tell(global.lang()) };
    let book = rules::read(&args.rules)?;
    let roster = bank::read_roster(&args.teams).map_err(told)?;
    let mut questions = vec![];
    for path in &args.questions {
        questions.extend(bank::read_bank(path).map_err(told)?);
    }
    // Whole thousandths, so that the same words give the same tape everywhere.
    let pace = (args.pace * 1_000.0).round() as u32;
    let options = Options { seed: args.seed, pace, mishaps: args.mishaps, lang: global.lang() };
    let envelopes = simulate::simulate(&book, &roster, &questions, options)?;
    for notice in book.notices() {
        tracing::info!("{}: {}", args.rules, locale::tell(global.lang(), &notice));
    }
    let text = simulate::tape_text(&book.title, &envelopes);
    fs::write(&args.output, text)
        .map_err(|error| CliError::Write { path: args.output.clone(), reason: error.to_string() })?;
    print(&args.output.display().to_string())
}
