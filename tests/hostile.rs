//! Promise: nothing that is sent or lies in a file stops the show. It is refused in one sentence, or drawn within its box.

use std::{
    fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
};

use leitai::show::limits;

#[path = "fuzz/bodies/mod.rs"]
mod bodies;
#[path = "hostile/files.rs"]
mod files;
#[path = "hostile/pictures.rs"]
mod pictures;
#[path = "hostile/texts.rs"]
mod texts;
#[path = "hostile/wire.rs"]
mod wire;

/// Every target with its body.
const TARGETS: [(&str, fn(&[u8])); 9] = [
    ("wire", bodies::wire::run),
    ("tape", bodies::tape::run),
    ("theme", bodies::theme::run),
    ("rules", bodies::rules::run),
    ("bank", bodies::bank::run),
    ("control", bodies::control::run),
    ("text", bodies::text::run),
    ("outputs", bodies::outputs::run),
    ("settings", bodies::settings::run),
];

fn corpus(target: &str) -> Vec<PathBuf> {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/fuzz/corpus").join(target);
    let mut files: Vec<PathBuf> = fs::read_dir(&folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    files.sort();
    files
}

/// Runs a body; what it panics with is told with what it was given.
fn survives(name: &str, body: fn(&[u8]), bytes: &[u8]) -> Option<String> {
    let outcome = catch_unwind(AssertUnwindSafe(|| body(bytes)));
    let panic = outcome.err()?;
    let said = panic.downcast_ref::<String>().map(String::as_str).or(panic.downcast_ref::<&str>().copied());
    Some(format!("{name}: {}", said.unwrap_or("a panic without words")))
}

/// What fuzzing found worth keeping, and every input that ever broke something: replayed without its tools.
#[test]
fn the_corpus_breaks_nothing() {
    let mut broken = vec![];
    for (target, body) in TARGETS {
        let files = corpus(target);
        assert!(!files.is_empty(), "{target} has no corpus");
        for file in files {
            broken.extend(survives(&file.display().to_string(), body, &fs::read(&file).unwrap()));
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

/// The corpus with bytes turned, taken out and doubled. `LEITAI_FUZZ_ROUNDS` makes it as long as one has time for.
#[test]
fn the_corpus_torn_and_turned_breaks_nothing() {
    let rounds: u64 = std::env::var("LEITAI_FUZZ_ROUNDS").ok().and_then(|rounds| rounds.parse().ok()).unwrap_or(1);
    let mut broken = vec![];
    for (target, body) in TARGETS {
        for (number, file) in (0_u64..).zip(corpus(target)) {
            let whole = fs::read(&file).unwrap();
            for round in 0..rounds {
                // A rulebook or a theme is large; one in eight of the corpus is enough for a short run.
                if rounds == 1 && !number.is_multiple_of(8) {
                    continue;
                }
                let mut chance = fastrand::Rng::with_seed((round << 32) | number);
                let mut bytes = whole.clone();
                for _ in 0..=chance.usize(..4) {
                    turn(&mut bytes, &mut chance);
                }
                let name = format!("{} at LEITAI_FUZZ_ROUNDS={}", file.display(), round + 1);
                broken.extend(survives(&name, body, &bytes));
            }
        }
    }
    assert!(broken.is_empty(), "{}", broken.join("\n"));
}

fn turn(bytes: &mut Vec<u8>, chance: &mut fastrand::Rng) {
    if bytes.is_empty() {
        return;
    }
    let at = chance.usize(..bytes.len());
    let until = (at + chance.usize(..24)).min(bytes.len());
    match chance.u8(..5) {
        0 => bytes[at] ^= 1 << chance.u8(..8),
        1 => drop(bytes.drain(at..until)),
        2 => bytes.truncate(at),
        3 => {
            let piece = bytes[at..until].to_vec();
            drop(bytes.splice(at..at, piece));
        }
        _ => {
            const ODD: [&[u8]; 8] =
                [b"-1", b"1e308", b"9007199254740993", b"null", "\u{202e}".as_bytes(), b"\"", b"[", b"(((("];
            drop(bytes.splice(at..at, ODD[chance.usize(..ODD.len())].iter().copied()));
        }
    }
}

/// The README's table of limits is the code's.
#[test]
fn the_limits_are_told_as_they_are() {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).join("README.md");
    let text = fs::read_to_string(&path).unwrap();
    let begin = text.find("## Limits\n\n").expect("the section") + "## Limits\n\n".len();
    let end = begin + text[begin..].find("\n\n").expect("the table's end") + 1;
    let table = limits::markdown();
    if std::env::var_os("LEITAI_BLESS").is_some() {
        fs::write(&path, format!("{}{table}{}", &text[..begin], &text[end..])).unwrap();
        return;
    }
    assert!(text[begin..end] == table, "stale: run this test once with LEITAI_BLESS=1 and commit the README");
}
