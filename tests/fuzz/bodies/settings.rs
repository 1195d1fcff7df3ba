//! Any text as the operator's settings, by its first byte, or as a map of keys.

use std::path::Path;

use leitai::{
    desk::{Action, Keymap, Settings},
    locale::{Lang, tell},
};

pub fn run(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else { return };
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    let said = if first.is_multiple_of(2) {
        match Settings::parse(text, Path::new("console.ron")) {
            Ok(settings) => {
                let again = ron::ser::to_string(&settings).expect("settings are RON");
                Settings::parse(&again, Path::new("console.ron")).map(drop).map_err(|error| tell(Lang::Zh, &error))
            }
            Err(error) => return assert!(!tell(Lang::En, &error).is_empty()),
        }
    } else {
        match Keymap::default().with(text, Path::new("keys.ron")) {
            Ok(keys) => {
                let _shown: Vec<String> = Action::ALL.iter().map(|action| keys.shown(*action)).collect();
                Ok(())
            }
            Err(error) => return assert!(!tell(Lang::En, &error).is_empty()),
        }
    };
    assert_eq!(said, Ok(()), "what was taken once is taken again");
}
