//! Wrong usage, told in the operator's language. English is clap's own.

use std::error::Error as _;

use clap::{
    Error,
    error::{ContextKind, ContextValue, ErrorKind},
};

use super::time::ReadError;
use crate::{
    locale::{self, Lang},
    show::told::{Told, Words},
};

/// Wrong usage, by the convention of command lines.
const WRONG: i32 = 2;

/// Says what is wrong, or the help that was asked for, and ends the program.
pub fn exit(error: &Error, lang: Lang) -> ! {
    match sentence(error, lang) {
        Some(sentence) => {
            eprintln!("{sentence}");
            std::process::exit(WRONG)
        }
        None => error.exit(),
    }
}

/// The mistake in Chinese; `None` where clap's own words are right.
fn sentence(error: &Error, lang: Lang) -> Option<String> {
    if lang == Lang::En || !error.use_stderr() || error.kind() == ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        return None;
    }
    let say = |words: &Words| locale::say(lang, words);
    let mut lines = vec![say(&Words::new("help-usage").with("what", what(error)))];
    for (kind, key) in [
        (ContextKind::ValidValue, "help-usage.values"),
        (ContextKind::ValidSubcommand, "help-usage.commands"),
        (ContextKind::SuggestedArg, "help-usage.near"),
        (ContextKind::SuggestedSubcommand, "help-usage.near"),
        (ContextKind::SuggestedValue, "help-usage.near"),
    ] {
        let known = text(error, kind);
        // A list that holds a near name is the same help twice.
        if !known.is_empty() {
            lines.push(say(&Words::new(key).with("known", known)));
        }
    }
    if let Some(ContextValue::StyledStr(usage)) = error.get(ContextKind::Usage) {
        let usage = usage.to_string();
        let usage = usage.strip_prefix("Usage:").unwrap_or(&usage).trim();
        lines.push(String::new());
        lines.push(say(&Words::new("help-usage.usage").with("usage", usage)));
    }
    lines.push(String::new());
    lines.push(locale::word(lang, "help-usage.more").to_owned());
    Some(lines.join("\n"))
}

fn what(error: &Error) -> Words {
    let (arg, value) = (text(error, ContextKind::InvalidArg), text(error, ContextKind::InvalidValue));
    let known = |words: Words| words.with("arg", arg.as_str()).with("value", value.as_str());
    let number = |kind| text(error, kind);
    match error.kind() {
        ErrorKind::UnknownArgument => known(Words::new("help-wrong.unknown")),
        ErrorKind::InvalidSubcommand => {
            Words::new("help-wrong.command").with("command", text(error, ContextKind::InvalidSubcommand))
        }
        ErrorKind::MissingRequiredArgument => known(Words::new("help-wrong.missing")),
        ErrorKind::MissingSubcommand => Words::new("help-wrong.no_command"),
        ErrorKind::InvalidValue if value.is_empty() => known(Words::new("help-wrong.empty")),
        ErrorKind::InvalidValue => known(Words::new("help-wrong.value")),
        ErrorKind::ValueValidation => {
            let reason = error.source().map(|source| {
                let ours = source.downcast_ref::<ReadError>().map(Told::words);
                ours.unwrap_or_else(|| Words::text(source.to_string()))
            });
            known(Words::new("help-wrong.validation")).with("reason", reason.unwrap_or_default())
        }
        ErrorKind::ArgumentConflict => {
            let prior = text(error, ContextKind::PriorArg);
            if prior == arg || prior.is_empty() {
                known(Words::new("help-wrong.twice"))
            } else {
                known(Words::new("help-wrong.conflict")).with("prior", prior)
            }
        }
        ErrorKind::NoEquals => known(Words::new("help-wrong.no_equals")),
        ErrorKind::TooManyValues => known(Words::new("help-wrong.too_many")),
        ErrorKind::TooFewValues | ErrorKind::WrongNumberOfValues => {
            known(Words::new("help-wrong.number")).with("expected", number(ContextKind::ExpectedNumValues))
        }
        ErrorKind::InvalidUtf8 => Words::new("help-wrong.utf8"),
        _ => Words::text(error.to_string()),
    }
}

/// A particular of the mistake; nothing where it has none.
fn text(error: &Error, kind: ContextKind) -> String {
    match error.get(kind) {
        Some(ContextValue::String(text)) => text.clone(),
        Some(ContextValue::Strings(list)) => list.join("、"),
        Some(ContextValue::Number(number)) => number.to_string(),
        Some(ContextValue::StyledStr(text)) => text.to_string(),
        _ => String::new(),
    }
}

#[cfg(test)]
mod tests {
    use super::{super::help, *};

    /// What is told where the program is called like this.
    fn told(words: &[&str], lang: Lang) -> Option<String> {
        let error = help::command(lang).try_get_matches_from(words).unwrap_err();
        assert_eq!(error.exit_code(), WRONG, "{words:?}");
        sentence(&error, lang)
    }

    #[test]
    fn every_mistake_is_told_in_chinese_with_its_particulars() {
        for (words, wanted) in [
            (&["leitai", "--nonsense"][..], &["错误：", "--nonsense", "不认识", "用法：leitai"][..]),
            (&["leitai", "stil"], &["stil", "still", "您是不是想写"]),
            (&["leitai", "still", "demo"], &["缺少", "--at <TIME>", "--output <FILE>"]),
            (&["leitai", "still", "demo", "--at", "soon", "-o", "x"], &["“soon”不是时间", "01:23.400", "--at"]),
            (&["leitai", "--lang", "fr"], &["fr", "可以写", "zh-Hant"]),
            (&["leitai", "still", "demo", "--at"], &["--at <TIME>", "需要一个值"]),
            (&["leitai", "state", "demo", "--at", "1s", "--seq", "3"], &["--at", "--seq", "不能同时"]),
            (&["leitai", "state", "demo", "--seq", "1", "--seq", "2"], &["--seq", "多次"]),
            (&["leitai", "state", "demo", "--seq", "x"], &["“x”", "--seq"]),
            (&["leitai", "state", "demo", "more"], &["more", "不认识"]),
        ] {
            let said = told(words, Lang::Zh).unwrap();
            for part in wanted {
                assert!(said.contains(part), "{words:?}: {part}\n{said}");
            }
            for english in ["error:", "Usage:", "tip:", "For more"] {
                assert!(!said.contains(english), "{said}");
            }
        }
    }

    #[test]
    fn english_is_claps_own() {
        assert_eq!(told(&["leitai", "--nonsense"], Lang::En), None);
    }
}
