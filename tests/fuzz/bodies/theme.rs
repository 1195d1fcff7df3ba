//! Any text as a theme: read over what it extends, and drawn with where it is found good.

use std::{path::Path, sync::OnceLock};

use leitai::{
    locale::{Lang, tell},
    show::{
        clip::Clips,
        frame::{Class, Output, compose},
        state::Show,
        tape::{Tape, Timeline},
    },
    themes,
};

use super::wire::Plain;

/// A show with a card, its clock and scores on air.
fn show() -> &'static Show {
    static SHOW: OnceLock<Show> = OnceLock::new();
    SHOW.get_or_init(|| {
        let tape = Tape::parse(include_str!("../../../assets/shows/zhongwei.tape.ndjson")).expect("the carried tape");
        Timeline::new(tape).show_at_seq(40)
    })
}

pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match themes::read_text(text, Path::new("themes/x/theme.ron")) {
        Ok(theme) => {
            for class in Class::ALL {
                let output = Output::of(class, (960, 540));
                for after_us in [0, 400_000] {
                    compose(show(), &theme, &output, &Plain, Clips::none(), show().at + after_us);
                }
            }
            let _sound = theme.cue_times();
        }
        Err(error) => {
            for lang in [Lang::Zh, Lang::En] {
                let said = tell(lang, &error);
                assert!(!said.is_empty() && said.len() < 1 << 16, "{} bytes of a fault", said.len());
            }
        }
    }
}
