//! `leitai live` as its own parent: this process starts the show as its child and starts it again when it is gone.

use std::{env, path::PathBuf, process::ExitCode};

use crossbeam_channel::bounded;

use super::{
    args::{Global, Live},
    error::CliError,
};
use crate::{
    app,
    guard::{self, Charge},
};

/// What is running right now, also where the file that it was started from has been replaced.
const THIS: &str = "/proc/self/exe";
/// Signals that wait for the parent.
const SIGNALS: usize = 4;

/// Whether this process is to be the parent: by default where there are windows.
pub fn is_wanted(args: &Live) -> bool {
    let asked = args.supervise || (!args.headless && !args.no_supervise);
    asked && !guard::is_child()
}

/// Guards the show until it is over, and ends as it ended.
pub fn run(global: &Global, args: &Live) -> Result<ExitCode, CliError> {
    let program = env::current_exe().ok().filter(|path| path.is_file()).unwrap_or_else(|| PathBuf::from(THIS));
    let needs_display = !args.headless;
    let (wish, stop) = bounded(SIGNALS);
    // Who has wished so often already is heard.
    app::signals::on_wish(move || _ = wish.try_send(()));
    let charge = Charge {
        program,
        args: env::args_os().skip(1).collect(),
        lang: global.lang(),
        stop,
        display: needs_display.then_some(app::display_answers),
    };
    Ok(ExitCode::from(guard::guard(charge)?))
}
