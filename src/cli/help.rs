//! The help texts in the operator's language: English stands in the arguments, other languages in the locales.

use std::{collections::BTreeMap, sync::LazyLock};

use clap::{Arg, Command, CommandFactory};

use super::args::Cli;

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
    command.mut_args(|arg: Arg| {
        match find(&format!("{path}.{}", arg.get_id())).or_else(|| find(&format!("help.{}", arg.get_id()))) {
            Some(help) => arg.help(help).long_help(None),
            None => arg,
        }
    })
}

static ZH: LazyLock<BTreeMap<String, String>> =
    LazyLock::new(|| ron::from_str(include_str!("../../assets/locales/help.zh.ron")).unwrap_or_default());

fn find(key: &str) -> Option<&'static str> {
    ZH.get(key).map(String::as_str)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_and_argument_has_its_chinese_words() {
        fn visit(command: &Command, path: &str) {
            assert!(find(path).is_some(), "{path}");
            assert_eq!(
                command.get_after_long_help().is_some(),
                find(&format!("{path}.after")).is_some(),
                "{path}.after"
            );
            for arg in command.get_arguments() {
                let keys = [format!("{path}.{}", arg.get_id()), format!("help.{}", arg.get_id())];
                assert!(keys.iter().any(|key| find(key).is_some()), "{}", keys[0]);
            }
            for sub in command.get_subcommands() {
                visit(sub, &format!("{path}.{}", sub.get_name()));
            }
        }
        visit(&Cli::command(), "help");
    }
}
