//! The help texts in the operator's language: English stands in the arguments, other languages in the locales.

use clap::{Arg, Command, CommandFactory};

use super::args::Cli;
use crate::locale::{self, Lang};

/// The language that the command line asks for, before it is read as a whole: a mistake in it is told in that language.
pub fn lang() -> Lang {
    let mut words = std::env::args().skip(1);
    let mut lang = Lang::default();
    while let Some(word) = words.next() {
        let value = match word.strip_prefix("--lang=") {
            Some(value) => value.to_owned(),
            None if word == "--lang" => words.next().unwrap_or_default(),
            None => continue,
        };
        lang = if value.eq_ignore_ascii_case("en") { Lang::En } else { Lang::Zh };
    }
    lang
}

/// The command line with its help in `lang`.
pub fn command(lang: Lang) -> Command {
    match lang {
        Lang::En => Cli::command(),
        Lang::Zh | Lang::ZhHant => {
            let mut command = Cli::command();
            // Its own `--help` and `help` are there only now.
            command.build();
            translated(command, "help")
        }
    }
}

/// Every text that the locale has: the message of the command, its attributes for the arguments.
fn translated(mut command: Command, message: &str) -> Command {
    if let Some(about) = find(message) {
        command = command.about(about).long_about(None);
    }
    if let Some(examples) = find(&format!("{message}.after")) {
        command = command.after_long_help(examples);
    }
    let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
    for name in names {
        command = command.mut_subcommand(&name, |sub| translated(sub, &format!("help-{name}")));
    }
    let command = command
        .help_template(locale::word(Lang::Zh, "help-page"))
        .subcommand_help_heading(locale::word(Lang::Zh, "help-page.commands"))
        .subcommand_value_name(locale::word(Lang::Zh, "help-page.command"));
    command.mut_args(|arg: Arg| {
        let found = attribute(message, arg.get_id().as_str());
        let heading = if arg.is_positional() { "help-page.arguments" } else { "help-page.options" };
        let arg = arg.help_heading(locale::word(Lang::Zh, heading));
        match found {
            Some(help) => with_values(arg, help),
            None => arg,
        }
    })
}

/// The help of an argument with its default and what may stand there, which clap would add in English.
fn with_values(arg: Arg, help: &str) -> Arg {
    let mut help = help.to_owned();
    if arg.get_action().takes_values() {
        let mut add = |key: &str, values: Vec<String>| {
            if !values.is_empty() {
                help.push_str(&format!(" [{}{}]", locale::word(Lang::Zh, key), values.join("、")));
            }
        };
        let values = arg.get_possible_values();
        add("help-page.values", values.iter().map(|value| value.get_name().to_owned()).collect());
        let defaults = arg.get_default_values().iter();
        add("help-page.default", defaults.map(|value| value.to_string_lossy().into_owned()).collect());
    }
    arg.help(help).long_help(None).hide_default_value(true).hide_possible_values(true)
}

/// The words of an argument: the command's own, or those of every command.
fn attribute(message: &str, arg: &str) -> Option<&'static str> {
    find(&format!("{message}.{arg}")).or_else(|| find(&format!("help.{arg}")))
}

fn find(key: &str) -> Option<&'static str> {
    locale::find(Lang::Zh, key)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_command_and_argument_has_its_chinese_words() {
        fn visit(command: &Command, message: &str) {
            assert!(find(message).is_some(), "{message}");
            assert_eq!(
                command.get_after_long_help().is_some(),
                find(&format!("{message}.after")).is_some(),
                "{message}.after"
            );
            for arg in command.get_arguments() {
                assert!(attribute(message, arg.get_id().as_str()).is_some(), "{message}.{}", arg.get_id());
            }
            for sub in command.get_subcommands() {
                visit(sub, &format!("help-{}", sub.get_name()));
            }
        }
        visit(&Cli::command(), "help");
    }

    #[test]
    fn the_help_of_every_command_is_chinese_throughout() {
        let mut command = command(Lang::Zh);
        let names: Vec<String> = command.get_subcommands().map(|sub| sub.get_name().to_owned()).collect();
        let mut pages = vec![command.render_long_help().to_string()];
        for name in names.iter().filter(|name| *name != "help") {
            pages.push(
                command.find_subcommand_mut(name).map(|sub| sub.render_long_help().to_string()).unwrap_or_default(),
            );
        }
        for page in pages {
            for english in
                ["Usage:", "Options:", "Commands:", "Arguments:", "[default", "[possible", "[alias", "Print "]
            {
                assert!(!page.contains(english), "{english}\n{page}");
            }
            assert!(page.contains("用法：") && page.contains("选项:"), "{page}");
        }
    }
}
