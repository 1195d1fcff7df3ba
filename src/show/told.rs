//! A sentence as data: which one, and its particulars by name. Outer rooms make the words, in the operator's language.
//!
//! What can go wrong is typed where it happens and says itself in English (`Display`). For all other languages it is
//! [`Told`]: a key of the locales and named arguments.

use std::{borrow::Cow, collections::BTreeMap, fmt, path::PathBuf};

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// Something that can be said in every language that the program has.
pub trait Told {
    fn words(&self) -> Words;
}

/// Key of a sentence in the locales (`message` or `message.attribute`) and what goes into it.
///
/// Without a key it is a text as somebody else wrote it: a system's reason, a name.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(default)]
pub struct Words {
    pub key: Cow<'static, str>,
    pub args: BTreeMap<Cow<'static, str>, Arg>,
}

/// One particular.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(untagged)]
pub enum Arg {
    /// A count: languages choose their plural by it.
    Number(i64),
    /// A name, a path, a figure with its sign or fraction: put in as it is.
    Text(String),
    /// A sentence within the sentence.
    Words(Words),
    /// Several of them, joined as the language joins them.
    All(Vec<Words>),
}

/// Where a text without a key stands.
const TEXT: &str = "text";

impl Words {
    pub const fn new(key: &'static str) -> Self {
        Self { key: Cow::Borrowed(key), args: BTreeMap::new() }
    }

    /// A text that is the same in every language.
    pub fn text(text: impl Into<String>) -> Self {
        Self::default().with(TEXT, text.into())
    }

    #[must_use]
    pub fn with(mut self, name: &'static str, arg: impl Into<Arg>) -> Self {
        self.args.insert(Cow::Borrowed(name), arg.into());
        self
    }

    /// The text of a sentence without a key.
    pub fn as_text(&self) -> Option<&str> {
        match self.args.get(TEXT) {
            Some(Arg::Text(text)) if self.key.is_empty() => Some(text),
            _ => None,
        }
    }

    /// Nothing is said.
    pub fn is_empty(&self) -> bool {
        self.key.is_empty() && self.args.is_empty()
    }
}

impl Told for Words {
    fn words(&self) -> Words {
        self.clone()
    }
}

/// A clause where a type of its own would be too much: in English, and as data for the other languages.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Clause {
    pub text: String,
    pub words: Words,
}

impl Clause {
    /// A clause as somebody else wrote it.
    pub fn text(text: impl Into<String>) -> Self {
        let text = text.into();
        Self { words: Words::text(text.as_str()), text }
    }
}

impl fmt::Display for Clause {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.text)
    }
}

impl Told for Clause {
    fn words(&self) -> Words {
        self.words.clone()
    }
}

/// A [`Clause`]: its key, its English with particulars by name, and those names.
macro_rules! clause {
    ($key:literal, $text:literal $(, $name:ident)*) => {
        $crate::show::told::Clause {
            text: format!($text),
            words: $crate::show::told::Words::new($key)$(.with(stringify!($name), &$name))*,
        }
    };
}
pub(crate) use clause;

macro_rules! numbers {
    ($($number:ty),+) => { $(
        impl From<$number> for Arg {
            fn from(number: $number) -> Self {
                i64::try_from(number).map_or_else(|_| Self::Text(number.to_string()), Self::Number)
            }
        }
        impl From<&$number> for Arg {
            fn from(number: &$number) -> Self {
                Self::from(*number)
            }
        }
    )+ };
}
numbers!(u8, u16, u32, u64, usize, i32, i64);

macro_rules! texts {
    ($($text:ty),+) => { $(
        impl From<$text> for Arg {
            fn from(text: $text) -> Self {
                Self::Text(text.to_string())
            }
        }
    )+ };
}
texts!(
    &str,
    String,
    &String,
    &&String,
    &&str,
    &&&str,
    f32,
    &f32,
    f64,
    &f64,
    super::protocol::Points,
    &super::protocol::Points
);

impl From<&PathBuf> for Arg {
    fn from(path: &PathBuf) -> Self {
        Self::Text(path.display().to_string())
    }
}

impl From<Words> for Arg {
    fn from(words: Words) -> Self {
        Self::Words(words)
    }
}

impl From<Vec<Words>> for Arg {
    fn from(all: Vec<Words>) -> Self {
        Self::All(all)
    }
}

impl<T: Told> From<&T> for Arg {
    fn from(told: &T) -> Self {
        Self::Words(told.words())
    }
}

impl<T: Told> From<&Vec<T>> for Arg {
    fn from(all: &Vec<T>) -> Self {
        Self::All(all.iter().map(Told::words).collect())
    }
}

/// `impl Told` for an enum: each variant's key, those of its fields that the sentence names (a nameless one as
/// `name = 0`), and in square brackets what is the same each time. Variants behind a semicolon hold one thing and speak
/// with its words.
macro_rules! told {
    ($told:ty {
        $($variant:ident $({ $($field:ident $(= $place:tt)?),+ })? => $key:literal $([$($name:ident = $value:expr),+])?,)*
        $(; $($inner:ident),+)?
    }) => {
        impl $crate::show::told::Told for $told {
            fn words(&self) -> $crate::show::told::Words {
                match self {
                    $(Self::$variant { $($($($place:)? $field,)+)? .. } => {
                        $crate::show::told::Words::new($key)
                            $($(.with(stringify!($field), $field))+)?
                            $($(.with(stringify!($name), $value))+)?
                    })*
                    $($(Self::$inner(inner) => inner.words(),)+)?
                }
            }
        }
    };
}
pub(crate) use told;

#[cfg(test)]
mod tests {
    use super::*;

    enum Fault {
        Gap { from: u64, to: u64 },
        Nothing,
        Other(Words),
        Nameless(u8),
    }

    told!(Fault { Gap { from, to } => "gap", Nothing => "nothing", Nameless { n = 0 } => "nameless"[own = 1u8], ; Other });

    #[test]
    fn a_fault_gives_its_key_and_its_fields_by_name() {
        let gap = Words::new("gap").with("from", 3).with("to", u64::MAX);
        assert_eq!(Fault::Gap { from: 3, to: u64::MAX }.words(), gap);
        assert_eq!(gap.args["to"], Arg::Text(u64::MAX.to_string()), "too large for a count, and whole");
        assert_eq!(Fault::Nothing.words(), Words::new("nothing"));
        assert_eq!(Fault::Nameless(7).words(), Words::new("nameless").with("n", 7).with("own", 1));
        assert_eq!(Fault::Other(Words::text("as it is")).words().as_text(), Some("as it is"));
    }

    #[test]
    fn words_are_read_back_as_they_were_written() {
        let words = Words::new("a.b")
            .with("n", 2)
            .with("who", "t1")
            .with("why", Words::text("x"))
            .with("all", vec![Words::new("c")]);
        let text = serde_json::to_string(&words).unwrap();
        assert_eq!(serde_json::from_str::<Words>(&text).unwrap(), words, "{text}");
    }
}
