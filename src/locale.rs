//! The words the operator reads, in Chinese and English: looked up by key, never written in code.

use std::{collections::BTreeMap, sync::LazyLock};

pub use crate::show::frame::Lang;

type Words = BTreeMap<String, String>;

static ZH: LazyLock<Words> = LazyLock::new(|| read(include_str!("../assets/locales/zh.ron")));
static EN: LazyLock<Words> = LazyLock::new(|| read(include_str!("../assets/locales/en.ron")));

static FEED_ZH: LazyLock<Words> = LazyLock::new(|| read(include_str!("../assets/locales/feed.zh.ron")));

static BANK_ZH: LazyLock<Words> = LazyLock::new(|| read(include_str!("../assets/locales/bank.zh.ron")));
static BANK_EN: LazyLock<Words> = LazyLock::new(|| read(include_str!("../assets/locales/bank.en.ron")));

/// What is said of a question bank or a roster, with named places; the key itself where there are no words.
pub fn bank(lang: Lang, key: &str) -> &str {
    let words = match lang {
        Lang::Zh => &*BANK_ZH,
        Lang::En => &*BANK_EN,
    };
    words.get(key).map_or(key, String::as_str)
}

/// A problem of the feed in Chinese (its English is the error's own sentence).
pub fn feed(key: &str) -> &str {
    FEED_ZH.get(key).map_or(key, String::as_str)
}

/// A locale that cannot be read leaves the keys visible; a test keeps that from being shipped.
fn read(text: &str) -> Words {
    ron::from_str(text).unwrap_or_default()
}

/// The words of `key`, or the key itself where there are none.
pub fn word(lang: Lang, key: &str) -> &str {
    find(lang, key).unwrap_or(key)
}

/// The words of `key`, if there are any.
pub fn find(lang: Lang, key: &str) -> Option<&'static str> {
    let words = match lang {
        Lang::Zh => &*ZH,
        Lang::En => &*EN,
    };
    words.get(key).map(String::as_str)
}

/// The words of `key` with `detail` where they say `{}`.
pub fn phrase(lang: Lang, key: &str, detail: impl std::fmt::Display) -> String {
    word(lang, key).replacen("{}", &detail.to_string(), 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_key_stands_in_both_languages_with_the_same_places() {
        assert!(!ZH.is_empty() && !EN.is_empty());
        assert_eq!(ZH.keys().collect::<Vec<_>>(), EN.keys().collect::<Vec<_>>());
        for (key, zh) in &*ZH {
            assert_eq!(zh.matches("{}").count(), EN[key].matches("{}").count(), "{key}");
        }
    }

    #[test]
    fn what_is_said_of_banks_stands_in_both_languages_with_the_same_places_and_advice() {
        assert!(!BANK_ZH.is_empty());
        assert_eq!(BANK_ZH.keys().collect::<Vec<_>>(), BANK_EN.keys().collect::<Vec<_>>());
        let places = |text: &str| {
            let mut places: Vec<String> = text
                .split('{')
                .skip(1)
                .filter_map(|part| part.split_once('}'))
                .map(|(name, _)| name.to_owned())
                .collect();
            places.sort();
            places.dedup();
            places
        };
        for (key, zh) in &*BANK_ZH {
            assert_eq!(places(zh), places(&BANK_EN[key]), "{key}");
            let whole = key.starts_with("place.") || key.ends_with(".do") || BANK_ZH.contains_key(&format!("{key}.do"));
            assert!(whole, "{key} says no more than that something is wrong");
        }
    }

    #[test]
    fn the_detail_goes_where_it_belongs_and_an_unknown_key_stays_visible() {
        assert_eq!(phrase(Lang::En, "times", 3), "3 times");
        assert_eq!(word(Lang::Zh, "no.such"), "no.such");
    }
}
