//! Which key does what: the map that comes with the program, and the operator's own file over it.

use std::{collections::BTreeMap, fmt, io, path::Path, path::PathBuf};

use serde::{
    Deserialize, Deserializer,
    de::{self, MapAccess, Visitor},
};

use super::Action;
use crate::{
    bounded,
    show::{limits::HAND_BYTES, told::told},
};

/// Keys that print nothing, as they are labelled.
const NAMED: [&str; 15] = [
    "Space",
    "Enter",
    "Escape",
    "Tab",
    "Backspace",
    "Insert",
    "Delete",
    "Home",
    "End",
    "PageUp",
    "PageDown",
    "Left",
    "Right",
    "Up",
    "Down",
];
/// The function keys there may be.
const FUNCTION_KEYS: u32 = 24;

/// A key with what is held beside it. Written `Ctrl+Shift+Alt+KEY`.
#[derive(Clone, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Chord {
    pub ctrl: bool,
    pub shift: bool,
    pub alt: bool,
    /// As printed: `B`, `7`, `?`, `Space`, `F5`.
    pub key: String,
}

impl Chord {
    /// A key without anything held.
    pub fn plain(key: &str) -> Self {
        Self { ctrl: false, shift: false, alt: false, key: key.to_owned() }
    }

    /// Reads `Ctrl+Shift+K`.
    ///
    /// # Errors
    /// The part that is no key.
    pub fn parse(text: &str) -> Result<Self, String> {
        let (held, key) = match text.strip_suffix("++") {
            Some(held) => (held, "+"),
            None => text.rsplit_once('+').filter(|(_, key)| !key.is_empty()).unwrap_or(("", text)),
        };
        let mut chord = Self::plain("");
        for held in held.split('+').filter(|held| !held.is_empty()) {
            match held {
                "Ctrl" => chord.ctrl = true,
                "Shift" => chord.shift = true,
                "Alt" => chord.alt = true,
                other => return Err(other.to_owned()),
            }
        }
        chord.key = key_name(key).ok_or_else(|| key.to_owned())?;
        Ok(chord)
    }

    /// Whether it types nothing, so that it acts while somebody writes.
    pub fn acts_while_typing(&self) -> bool {
        let types = self.key.chars().count() == 1 || NAMED.contains(&self.key.as_str());
        !types || (self.ctrl && !matches!(self.key.as_str(), "A" | "C" | "V" | "X" | "Z" | "Y" | "Left" | "Right"))
    }
}

impl fmt::Display for Chord {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (held, name) in [(self.ctrl, "Ctrl+"), (self.shift, "Shift+"), (self.alt, "Alt+")] {
            if held {
                f.write_str(name)?;
            }
        }
        f.write_str(&self.key)
    }
}

/// A key's name as it is kept; none for what is no key.
fn key_name(key: &str) -> Option<String> {
    let mut chars = key.chars();
    match (chars.next(), chars.next()) {
        (Some(c), None) if c.is_ascii_graphic() => Some(c.to_ascii_uppercase().to_string()),
        _ => {
            let number = key.strip_prefix('F').and_then(|number| number.parse::<u32>().ok());
            let known = NAMED.contains(&key) || number.is_some_and(|number| (1..=FUNCTION_KEYS).contains(&number));
            known.then(|| key.to_owned())
        }
    }
}

/// Why a key map is not used.
#[derive(Debug, thiserror::Error)]
pub enum KeymapError {
    #[error("{path}: cannot be read ({source}); the keys are as they come")]
    Read { path: PathBuf, source: io::Error },
    #[error("{path}:{line}:{column}: {reason}; the keys are as they come, mend the line")]
    Syntax { path: PathBuf, line: usize, column: usize, reason: String },
}

told!(KeymapError {
    Read { path, source } => "keys-read",
    Syntax { path, line, column, reason } => "keys-syntax",
});

/// What a file says: each key once, with its action or none.
struct Written(Vec<(Chord, Option<Action>)>);

impl<'de> Deserialize<'de> for Written {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Lines;
        impl<'de> Visitor<'de> for Lines {
            type Value = Written;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a map from keys to actions")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Written, A::Error> {
                let mut lines: Vec<(Chord, Option<Action>)> = Vec::new();
                while let Some(Key(chord)) = map.next_key()? {
                    if lines.iter().any(|(known, _)| *known == chord) {
                        return Err(de::Error::custom(format!("the key {chord} has an action already")));
                    }
                    let OrNone(action) = map.next_value()?;
                    lines.push((chord, action));
                }
                Ok(Written(lines))
            }
        }
        deserializer.deserialize_map(Lines)
    }
}

/// A chord as it is read.
struct Key(Chord);

impl<'de> Deserialize<'de> for Key {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        let unknown = |part| {
            format!(
                "no key is called \"{part}\" (letters, digits, signs, {}, F1 to F{FUNCTION_KEYS}; before them Ctrl+, Shift+, Alt+)",
                NAMED.join(", ")
            )
        };
        Chord::parse(&text).map(Self).map_err(|part| de::Error::custom(unknown(part)))
    }
}

/// An action by its name, or `none`.
struct OrNone(Option<Action>);

impl<'de> Deserialize<'de> for OrNone {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Name;
        impl Visitor<'_> for Name {
            type Value = OrNone;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an action's name")
            }

            fn visit_str<E: de::Error>(self, name: &str) -> Result<OrNone, E> {
                if name == "none" {
                    return Ok(OrNone(None));
                }
                let found = Action::deserialize(de::value::StrDeserializer::<E>::new(name));
                found.map(|action| OrNone(Some(action))).map_err(|_| {
                    let names: Vec<String> = Action::ALL.iter().map(|action| action.name()).collect();
                    E::custom(format!("no action is called \"{name}\" (none, {})", names.join(", ")))
                })
            }
        }
        deserializer.deserialize_identifier(Name)
    }
}

/// Which key does what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Keymap(BTreeMap<Chord, Action>);

/// The map that comes with the program.
const BUILT_IN: &str = include_str!("../../assets/desk/keys.ron");

impl Default for Keymap {
    fn default() -> Self {
        // A test keeps a broken one from being shipped.
        let lines = ron::from_str::<Written>(BUILT_IN).map(|written| written.0).unwrap_or_default();
        Self(lines.into_iter().filter_map(|(chord, action)| Some((chord, action?))).collect())
    }
}

impl Keymap {
    /// The operator's file over the map that comes with the program.
    ///
    /// # Errors
    /// When the file is there and cannot be used; nothing of it is then.
    pub fn load(path: &Path) -> Result<Self, KeymapError> {
        match bounded::text(path, HAND_BYTES) {
            Ok(text) => Self::default().with(&text, path),
            Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(Self::default()),
            Err(source) => Err(KeymapError::Read { path: path.to_owned(), source }),
        }
    }

    /// A file's text over it.
    ///
    /// # Errors
    /// Where a line cannot be used: which, and why.
    pub fn with(mut self, text: &str, path: &Path) -> Result<Self, KeymapError> {
        let Written(lines) = ron::from_str(text).map_err(|error| KeymapError::Syntax {
            path: path.to_owned(),
            line: error.span.end.line,
            column: error.span.end.col,
            reason: error.code.to_string(),
        })?;
        self.0.retain(|_, action| lines.iter().all(|(_, own)| *own != Some(*action)));
        for (chord, action) in lines {
            match action {
                Some(action) => self.0.insert(chord, action),
                None => self.0.remove(&chord),
            };
        }
        Ok(self)
    }

    /// What a key does.
    pub fn action(&self, chord: &Chord) -> Option<Action> {
        self.0.get(chord).copied()
    }

    /// The keys that do it, the plainest first.
    pub fn keys(&self, action: Action) -> impl Iterator<Item = &Chord> {
        let mut keys: Vec<&Chord> = self.0.iter().filter(|(_, own)| **own == action).map(|(chord, _)| chord).collect();
        keys.sort_by_key(|chord| (chord.ctrl, chord.alt, chord.shift));
        keys.into_iter()
    }

    /// Its first key as it is shown beside a command; empty where it has none.
    pub fn shown(&self, action: Action) -> String {
        self.keys(action).next().map(ToString::to_string).unwrap_or_default()
    }
}

impl Action {
    /// As a key map spells it.
    pub fn name(self) -> String {
        ron::to_string(&self).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn with(text: &str) -> Result<Keymap, KeymapError> {
        Keymap::default().with(text, Path::new("keys.ron"))
    }

    fn fault(text: &str) -> (usize, usize, String) {
        match with(text).unwrap_err() {
            KeymapError::Syntax { line, column, reason, .. } => (line, column, reason),
            other => panic!("{other}"),
        }
    }

    #[test]
    fn every_action_has_a_key_of_its_own() {
        let written: Written = ron::from_str(BUILT_IN).unwrap();
        let map = Keymap::default();
        assert_eq!(map.0.len(), written.0.len());
        for action in Action::ALL {
            assert!(map.keys(*action).next().is_some(), "{action:?} has no key");
        }
        assert_eq!(map.action(&Chord::plain("Space")), Some(Action::Toggle));
        assert_eq!(map.shown(Action::Take), "Enter");
    }

    #[test]
    fn the_operators_file_takes_the_place_of_what_it_names() {
        let map = with("{\"F5\": take, \"B\": none, \"Ctrl++\": black}").unwrap();
        assert_eq!(map.keys(Action::Take).map(ToString::to_string).collect::<Vec<_>>(), ["F5"]);
        assert_eq!(map.action(&Chord::plain("B")), None);
        assert_eq!(map.shown(Action::Black), "Ctrl++");
        assert_eq!(map.shown(Action::Hold), "H");
    }

    #[test]
    fn what_makes_no_sense_is_told_with_line_and_column() {
        let (line, _, reason) = fault("{\n  \"B\": take,\n  \"Hyper+B\": black,\n}");
        assert!(line == 3 && reason.contains("Hyper"), "{line} {reason}");
        let (line, _, reason) = fault("{\n  \"B\": take,\n  \"b\": black,\n}");
        assert!(line == 3 && reason.contains("the key B"), "{line} {reason}");
        let (line, column, reason) = fault("{\n  \"B\": explode,\n}");
        assert!(line == 2 && column > 5 && reason.contains("explode"), "{line}:{column} {reason}");
    }

    #[test]
    fn what_types_waits_for_the_field_to_be_left() {
        for (key, acts) in
            [("B", false), ("Space", false), ("Enter", false), ("F5", true), ("Ctrl+I", true), ("Ctrl+V", false)]
        {
            assert_eq!(Chord::parse(key).unwrap().acts_while_typing(), acts, "{key}");
        }
    }
}
