//! The rooms import downward only: what each source file names is read, and a forbidden name fails with its place.

use std::{
    collections::BTreeSet,
    fs,
    path::{Path, PathBuf},
};

/// Rooms from the top down. A room may use those of later rows, never its own row's others. `show` is below all that
/// draw, play or listen; the leaves use nothing but `show` and each other's rows below.
const ROWS: [&[&str]; 10] = [
    &["main"],
    &["cli"],
    &["app"],
    &["console", "output", "control"],
    &["desk", "spare"],
    &["bank", "feed", "media", "simulate", "stage", "sound", "themes"],
    &["director", "guard", "preflight"],
    &["journal", "routing", "typeset"],
    &["bounded", "fonts", "locale", "phase"],
    &["show"],
];

/// What `show` may stand on besides the language's own library, and what of that it may not.
const PURE: [&str; 11] = [
    "std",
    "core",
    "indexmap",
    "serde",
    "serde_json",
    "serde_path_to_error",
    "schemars",
    "thiserror",
    "ron",
    "sha2",
    "qrcodegen",
];
const IMPURE_STD: [&str; 7] = ["time", "fs", "net", "thread", "env", "process", "io"];
/// Shapes of foreign crates that no room below the stage, the sound or the feed may know.
const FOREIGN: [(&str, &[&str]); 6] = [
    ("bevy", &["stage", "director", "desk", "app", "console", "output"]),
    ("kira", &["sound"]),
    ("bevy_egui", &["console", "app"]),
    ("egui_tiles", &["console"]),
    ("tokio", &["feed", "cli", "control", "app", "spare"]),
    ("tokio_tungstenite", &["feed", "control", "spare"]),
];

struct Source {
    path: PathBuf,
    room: String,
    /// Without comments, strings and test modules.
    code: String,
}

fn sources() -> Vec<Source> {
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("src");
    let mut found = vec![];
    let mut folders = vec![root.clone()];
    while let Some(folder) = folders.pop() {
        for entry in fs::read_dir(folder).unwrap() {
            let path = entry.unwrap().path();
            if path.is_dir() {
                folders.push(path);
            } else if path.extension().is_some_and(|kind| kind == "rs") {
                let inside = path.strip_prefix(&root).unwrap();
                let first = inside.components().next().unwrap().as_os_str().to_str().unwrap();
                let room = first.trim_end_matches(".rs").to_owned();
                let name = path.file_stem().unwrap().to_str().unwrap();
                if room != "lib" && name != "tests" && !name.ends_with("_tests") {
                    let code = plain(&fs::read_to_string(&path).unwrap());
                    found.push(Source { path, room, code });
                }
            }
        }
    }
    found.sort_by(|a, b| a.path.cmp(&b.path));
    found
}

/// The code alone, up to the tests at the file's end.
fn plain(text: &str) -> String {
    let text = text.split("#[cfg(test)]\nmod ").next().unwrap();
    let mut code = String::new();
    for line in text.lines() {
        let mut in_string = false;
        let mut last = ' ';
        for (i, c) in line.char_indices() {
            if !in_string && line[i..].starts_with("//") {
                break;
            }
            if c == '"' && last != '\\' && last != '\'' {
                in_string = !in_string;
            } else if !in_string {
                code.push(c);
            }
            last = c;
        }
        code.push('\n');
    }
    code
}

/// Every `head::next` of the code, imports with braces opened: `use crate::{a::b, c}` gives (crate, a) and (crate, c).
fn paths(code: &str) -> BTreeSet<(String, String)> {
    let mut found = BTreeSet::new();
    let mut rest = code;
    while let Some(at) = rest.find("::") {
        let head: String = rest[..at].chars().rev().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
        let head: String = head.chars().rev().collect();
        let before = rest[..at - head.len()].chars().next_back();
        let tail = &rest[at + 2..];
        if before != Some(':') && !head.is_empty() {
            for next in heads(tail) {
                found.insert((head.clone(), next));
            }
        }
        rest = tail;
    }
    found
}

/// The first names behind a `::`: one, or all of a braced list.
fn heads(tail: &str) -> Vec<String> {
    let word = |text: &str| text.trim_start().chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
    let Some(list) = tail.strip_prefix('{') else { return vec![word(tail)] };
    let mut depth = 0;
    let mut names = vec![word(list)];
    for (i, c) in list.char_indices() {
        match c {
            '{' => depth += 1,
            '}' if depth == 0 => break,
            '}' => depth -= 1,
            ',' if depth == 0 => names.push(word(&list[i + 1..])),
            _ => {}
        }
    }
    names.retain(|name: &String| !name.is_empty());
    names
}

fn row(room: &str) -> usize {
    ROWS.iter()
        .position(|row| row.contains(&room))
        .unwrap_or_else(|| panic!("src/{room} stands in no row of tests/layering.rs; give it its place"))
}

#[test]
fn rooms_use_only_what_lies_below_them() {
    let mut breaches = vec![];
    for source in sources() {
        let own = row(&source.room);
        for (head, next) in paths(&source.code) {
            let is_room = ROWS.iter().any(|row| row.contains(&next.as_str()));
            if matches!(head.as_str(), "crate" | "leitai") && is_room && next != source.room && row(&next) <= own {
                breaches.push(format!("{}: {} must not use {next}", source.path.display(), source.room));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn the_show_is_pure() {
    let mut breaches = vec![];
    // Its tests may use what tests use.
    let tested = |source: &&Source| source.path.components().any(|part| part.as_os_str() == "tests");
    for source in sources().iter().filter(|source| source.room == "show" && !tested(source)) {
        for line in source.code.lines().filter_map(|line| line.trim().strip_prefix("use ")) {
            let head: String = line.chars().take_while(|c| c.is_alphanumeric() || *c == '_').collect();
            let own = matches!(head.as_str(), "crate" | "super" | "self");
            // A lower-case head that is neither ours nor allowed is a foreign crate, or a module of this file.
            let module = source.code.contains(&format!("mod {head};"));
            if !own && !module && !PURE.contains(&head.as_str()) && head.starts_with(char::is_lowercase) {
                breaches.push(format!("{}: the show must not know `{head}`", source.path.display()));
            }
        }
        for (head, next) in paths(&source.code) {
            if matches!(head.as_str(), "std" | "core") && IMPURE_STD.contains(&next.as_str()) {
                breaches.push(format!("{}: the show must not know `{head}::{next}`", source.path.display()));
            }
        }
        for name in ["HashMap", "HashSet", "SystemTime"] {
            if source.code.contains(name) {
                breaches.push(format!("{}: {name} has no place where a picture is made", source.path.display()));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn engines_stay_in_their_rooms() {
    let mut breaches = vec![];
    for source in sources() {
        for (engine, rooms) in FOREIGN {
            let used = paths(&source.code).iter().any(|(head, _)| head == engine);
            if used && !rooms.contains(&source.room.as_str()) {
                breaches.push(format!("{}: `{engine}` belongs to {}", source.path.display(), rooms.join(", ")));
            }
        }
    }
    assert!(breaches.is_empty(), "{}", breaches.join("\n"));
}

#[test]
fn a_breach_would_be_seen() {
    let code = plain(
        "use crate::{\n    stage::{A, B},\n    show::x, // crate::sound::y\n};\nfn f() { std::time::Instant::now(); \"kira::z\"; }",
    );
    let found = paths(&code);
    for (head, next) in [("crate", "stage"), ("crate", "show"), ("std", "time")] {
        assert!(found.contains(&(head.to_owned(), next.to_owned())), "{head}::{next} in {found:?}");
    }
    assert!(!found.iter().any(|(head, next)| head == "kira" || next == "sound"));
}
