//! Any text as `outputs.ron`: read, written again, given places, and cut into what leaves.

use std::path::Path;

use leitai::{
    locale::{Lang, tell},
    routing::{Bound, Delivery, assign, read, write},
};

pub fn run(bytes: &[u8]) {
    let Ok(text) = std::str::from_utf8(bytes) else { return };
    match read(text, Path::new("outputs.ron")) {
        Ok(routes) => {
            let written = write(&routes).expect("what can be read can be written");
            assert_eq!(read(&written, Path::new("outputs.ron")).as_ref(), Ok(&routes), "{written}");
            let _places = assign(&routes.outputs, &[], &Bound::default());
            for route in &routes.outputs {
                let _leaves = Delivery::of(route);
                let _frame = (route.rate.frame_us(), route.rate.after_us(1 << 30), route.rate.of_day(1 << 52));
            }
        }
        Err(error) => {
            for lang in [Lang::Zh, Lang::En] {
                assert!(!tell(lang, &error).is_empty());
            }
        }
    }
}
