//! The words the operator reads, in every language the program has: Fluent messages, looked up by key.
//!
//! `assets/locales/LANG/*.ftl` hold them. A sentence with particulars is [`Words`]; whoever knows what happened gives
//! key and arguments ([`Told`]), and the words are made here, as late as possible. A language that lacks a key falls
//! back: traditional Chinese to simplified, a key that is nowhere to itself.

use std::{collections::BTreeMap, io, net::SocketAddr, sync::LazyLock};

use fluent_bundle::{FluentArgs, FluentResource, FluentValue, concurrent::FluentBundle};
use fluent_syntax::ast::{self, Entry, Expression, InlineExpression, Pattern, PatternElement};
use unic_langid::LanguageIdentifier;

pub use crate::show::frame::Lang;
use crate::show::{
    frame::testcard::CardWords,
    told::{Arg, Told, Words},
};

macro_rules! texts {
    ($lang:literal: $($file:literal),+) => {
        &[$(include_str!(concat!("../assets/locales/", $lang, "/", $file, ".ftl"))),+]
    };
}

const ZH: &[&str] = texts!("zh": "alarms", "bank", "cards", "cli", "console", "control", "desk", "desk_edit", "desk_next", "doctor", "errors", "feed", "font", "guard", "help", "incident", "media", "outputs", "preflight", "problems", "rules", "simulate", "spare", "theme");
const EN: &[&str] = texts!("en": "alarms", "bank", "cards", "cli", "console", "control", "desk", "desk_edit", "desk_next", "doctor", "errors", "feed", "font", "guard", "incident", "media", "outputs", "preflight", "problems", "rules", "simulate", "spare", "theme");

static CHINESE: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::read("zh", ZH));
static ENGLISH: LazyLock<Catalogue> = LazyLock::new(|| Catalogue::read("en", EN));

/// One language's messages.
struct Catalogue {
    bundle: FluentBundle<FluentResource>,
    /// Texts without arguments, made once: the console asks for dozens of them a frame.
    plain: BTreeMap<String, String>,
    /// The arguments that each message asks for.
    args: BTreeMap<String, Vec<String>>,
    /// What could not be read. A test keeps that from being shipped.
    faults: Vec<String>,
}

impl Catalogue {
    fn read(lang: &str, texts: &[&str]) -> Self {
        let tag: LanguageIdentifier = lang.parse().unwrap_or_default();
        let mut bundle = FluentBundle::new_concurrent(vec![tag]);
        // Marks that isolate the direction of arguments would stand in logs and on terminals.
        bundle.set_use_isolating(false);
        let mut this = Self { bundle, plain: BTreeMap::new(), args: BTreeMap::new(), faults: Vec::new() };
        for text in texts {
            let resource = FluentResource::try_new((*text).to_owned()).unwrap_or_else(|(resource, errors)| {
                this.faults.extend(errors.iter().map(ToString::to_string));
                resource
            });
            for entry in resource.entries() {
                this.note(entry);
            }
            if let Err(errors) = this.bundle.add_resource(resource) {
                this.faults.extend(errors.iter().map(ToString::to_string));
            }
        }
        let simple: Vec<String> =
            this.args.iter().filter(|(_, args)| args.is_empty()).map(|(key, _)| key.clone()).collect();
        for key in simple {
            let text = this.format(&key, None).unwrap_or_default();
            this.plain.insert(key, text);
        }
        this
    }

    fn note(&mut self, entry: &Entry<&str>) {
        let Entry::Message(message) = entry else { return };
        let id = message.id.name;
        if let Some(value) = &message.value {
            self.args.insert(id.to_owned(), arguments(value));
        }
        for attribute in &message.attributes {
            self.args.insert(format!("{id}.{}", attribute.id.name), arguments(&attribute.value));
        }
    }

    fn format(&self, key: &str, args: Option<&FluentArgs>) -> Option<String> {
        let (id, attribute) = key.split_once('.').map_or((key, None), |(id, attribute)| (id, Some(attribute)));
        let message = self.bundle.get_message(id)?;
        let pattern = match attribute {
            Some(name) => message.get_attribute(name)?.value(),
            None => message.value()?,
        };
        // An argument that is not given stays visible as its name.
        let mut errors = Vec::new();
        Some(self.bundle.format_pattern(pattern, args, &mut errors).into_owned())
    }
}

/// The names of the arguments that a text asks for, each once, in order of the alphabet.
fn arguments(pattern: &Pattern<&str>) -> Vec<String> {
    fn inline(expression: &InlineExpression<&str>, found: &mut Vec<String>) {
        match expression {
            InlineExpression::VariableReference { id } => found.push(id.name.to_owned()),
            InlineExpression::Placeable { expression } => any(expression, found),
            _ => {}
        }
    }
    fn any(expression: &Expression<&str>, found: &mut Vec<String>) {
        match expression {
            Expression::Inline(expression) => inline(expression, found),
            Expression::Select { selector, variants } => {
                inline(selector, found);
                variants.iter().for_each(|variant: &ast::Variant<&str>| all(&variant.value, found));
            }
        }
    }
    fn all(pattern: &Pattern<&str>, found: &mut Vec<String>) {
        for element in &pattern.elements {
            if let PatternElement::Placeable { expression } = element {
                any(expression, found);
            }
        }
    }
    let mut found = Vec::new();
    all(pattern, &mut found);
    found.sort();
    found.dedup();
    found
}

fn catalogue(lang: Lang) -> &'static Catalogue {
    match lang {
        Lang::Zh | Lang::ZhHant => &CHINESE,
        Lang::En => &ENGLISH,
    }
}

/// The words of `key` (`message` or `message.attribute`), or the key itself where there are none. For texts without
/// arguments; the others are told.
pub fn word(lang: Lang, key: &str) -> &str {
    find(lang, key).unwrap_or(key)
}

/// The words of `key`, if there are any.
pub fn find(lang: Lang, key: &str) -> Option<&'static str> {
    catalogue(lang).plain.get(key).map(String::as_str)
}

/// What happened, as a sentence.
pub fn tell(lang: Lang, told: &(impl Told + ?Sized)) -> String {
    say(lang, &told.words())
}

/// A sentence with its particulars in their places.
pub fn say(lang: Lang, words: &Words) -> String {
    if words.key.is_empty() {
        return words.as_text().unwrap_or_default().to_owned();
    }
    let mut args = FluentArgs::new();
    for (name, arg) in &words.args {
        let value: FluentValue = match arg {
            Arg::Number(number) => (*number).into(),
            Arg::Text(text) => text.as_str().into(),
            Arg::Words(words) => say(lang, words).into(),
            Arg::All(all) => {
                all.iter().map(|words| say(lang, words)).collect::<Vec<_>>().join(word(lang, "list-join")).into()
            }
        };
        args.set(name.as_ref(), value);
    }
    let text = catalogue(lang).format(&words.key, Some(&args));
    text.map_or_else(|| words.key.clone().into_owned(), |text| text.trim_end().to_owned())
}

/// The words on test cards.
pub fn card_words(lang: Lang) -> CardWords {
    let word = |key: &str| word(lang, key).to_owned();
    CardWords {
        cards: [
            "testcard-grid",
            "testcard-slices",
            "testcard-bars",
            "testcard-ramps",
            "testcard-safe-areas",
            "testcard-sync",
        ]
        .map(word),
        classes: ["testcard-wall", "testcard-tv", "testcard-stream", "testcard-confidence"].map(word),
        frame: word("testcard-frame"),
        from: word("testcard-from"),
        to: word("testcard-to"),
        turn: word("testcard-turn"),
        action_safe: word("testcard-action-safe"),
        title_safe: word("testcard-title-safe"),
        theme_safe: word("testcard-theme-safe"),
        colours: [
            "testcard-white",
            "testcard-yellow",
            "testcard-cyan",
            "testcard-green",
            "testcard-magenta",
            "testcard-red",
            "testcard-blue",
            "testcard-black",
        ]
        .map(word),
        grey: word("testcard-grey"),
        near_black: word("testcard-near-black"),
        near_white: word("testcard-near-white"),
        alpha: word("testcard-alpha"),
    }
}

/// The keys that a language has, each with the names of its arguments.
pub fn keys(lang: Lang) -> impl Iterator<Item = (&'static str, &'static [String])> {
    catalogue(lang).args.iter().map(|(key, args)| (key.as_str(), args.as_slice()))
}

/// A system's refusal, in words where it is one of the usual ones.
impl From<&io::Error> for Arg {
    fn from(error: &io::Error) -> Self {
        let key = match error.kind() {
            io::ErrorKind::NotFound => "io-not-found",
            io::ErrorKind::PermissionDenied => "io-permission-denied",
            io::ErrorKind::AlreadyExists => "io-already-exists",
            io::ErrorKind::StorageFull => "io-storage-full",
            io::ErrorKind::ReadOnlyFilesystem => "io-read-only",
            io::ErrorKind::IsADirectory => "io-is-a-directory",
            io::ErrorKind::NotADirectory => "io-not-a-directory",
            io::ErrorKind::AddrInUse => "io-addr-in-use",
            io::ErrorKind::AddrNotAvailable => "io-addr-not-available",
            _ => return Self::Text(error.to_string()),
        };
        Self::Words(Words::new(key).with("system", error.to_string()))
    }
}

impl From<&SocketAddr> for Arg {
    fn from(address: &SocketAddr) -> Self {
        Self::Text(address.to_string())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_message_can_be_read_and_stands_once() {
        for catalogue in [&CHINESE, &ENGLISH] {
            assert_eq!(catalogue.faults, Vec::<String>::new());
            assert!(catalogue.args.len() > 300);
        }
    }

    #[test]
    fn every_key_stands_in_both_languages_with_the_same_arguments() {
        // The command line's English stands beside its arguments in the code.
        let ours = |lang| keys(lang).filter(|(key, _)| !key.starts_with("help")).collect::<BTreeMap<_, _>>();
        let (zh, en) = (ours(Lang::Zh), ours(Lang::En));
        for (key, args) in &zh {
            assert_eq!(Some(args), en.get(key), "{key}");
        }
        assert_eq!(zh.len(), en.len(), "{:?}", en.keys().find(|key| !zh.contains_key(*key)));
    }

    #[test]
    fn particulars_go_where_they_belong_and_an_unknown_key_stays_visible() {
        let times = |count: i64| Words::new("times").with("count", count);
        assert_eq!(tell(Lang::En, &times(3)), "3 times");
        assert_eq!(tell(Lang::En, &times(1)), "once");
        assert_eq!(tell(Lang::Zh, &times(1)), "1 次");
        assert_eq!(tell(Lang::ZhHant, &times(1)), "1 次");
        assert_eq!(word(Lang::Zh, "no-such"), "no-such");
        assert_eq!(tell(Lang::Zh, &Words::new("no-such")), "no-such");
        assert_eq!(tell(Lang::En, &Words::text("as it is")), "as it is");
    }

    #[test]
    fn what_the_system_refuses_is_said_in_the_operators_language() {
        let fault = io::Error::from(io::ErrorKind::NotFound);
        let words = |lang| tell(lang, &Words::new("journal-read").with("path", "x").with("source", &fault));
        assert!(
            words(Lang::Zh).contains("没有这个文件") && words(Lang::En).contains("entity not found"),
            "{}",
            words(Lang::En)
        );
    }
}
