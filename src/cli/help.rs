//! The help texts in the operator's language: English stands in the arguments, other languages in the locales.

use clap::{Arg, Command, CommandFactory};

use super::args::Cli;
use crate::locale::{self, Lang};

/// The command line with its help in the language that `--lang` asks for.
pub fn command() -> Command {
    let mut words = std::env::args().skip(1);
    let mut lang = "zh".to_owned();
    while let Some(word) = words.next() {
        match word.strip_prefix("--lang=") {
            Some(value) => value.clone_into(&mut lang),
            None if word == "--lang" => lang = words.next().unwrap_or_default(),
            None => {}
        }
    }
    let command = Cli::command();
    if lang == "zh" { translated(command, "help") } else { command }
}

/// Every text that the locale has under `help.COMMAND.ARGUMENT`.
fn translated(mut command: Command, path: &str) -> Command {
    if let Some(about) = find(path) {
        command = command.about(about).long_about(None);
    }
    if let Some(examples) = find(&format!("{path}.after")) {
        command = command.after_long_help(examples);
    }
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        let path = format!("{path}.{name}");
        command = command.mut_subcommand(name, |sub| translated(sub, &path));
    }
    command.mut_args(|arg: Arg| match find(&format!("{path}.{}", arg.get_id())).or_else(|| find(&format!("help.{}", arg.get_id()))) {
        Some(help) => arg.help(help).long_help(None),
        None => arg,
    })
}

fn find(key: &str) -> Option<&'static str> {
    locale::find(Lang::Zh, key)
}
