//! Broken themes, tapes and banks, one fault each: `check` fails on every one and says where it is and what to do.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use serde_json::{Value, json};

/// A theme under tests/broken, the check that must find it, the line, and what is said.
const THEMES: [(&str, &str, usize, &[&str]); 22] = [
    ("faint-ink", "contrast", 5, &["palette.ink2", "differ more in brightness"]),
    ("accent-on-accent", "contrast", 5, &["palette.on_accent", "differ more in brightness"]),
    ("ring-like-its-well", "contrast", 5, &["palette.ring", "3:1"]),
    ("small-step", "file", 5, &["typography.stem.ladder", "38"]),
    ("rising-ladder", "file", 5, &["typography.option.ladder", "fall from large to small"]),
    ("outside-the-safe-area", "safe_area", 6, &["layout.header", "layout.safe"]),
    ("unknown-key", "file", 5, &["\"inkk\"", "did you mean \"ink\"?"]),
    ("wrong-type", "file", 5, &["theme.ron:5"]),
    ("missing-bracket", "file", 6, &["bracket"]),
    ("picture-outside", "file", 6, &["outside the theme's folder", "copy it into the folder"]),
    ("picture-missing", "file", 6, &["mark.png", "add it, or correct the name"]),
    ("picture-too-large", "file", 6, &["9000", "scale it down"]),
    ("too-deep", "file", 4, &["theme.ron:4"]),
    ("extends-itself-a", "file", 3, &["extends", "take one of the two away"]),
    ("unknown-parent", "file", 3, &["\"qingkon\"", "qingkong"]),
    ("unknown-colour", "file", 5, &["amber"]),
    ("bad-hex", "file", 5, &["#RRGGBB"]),
    ("missing-glyph", "glyphs", 4, &["U+1F512", "fonts"]),
    ("colour-only", "colour_only", 4, &["colour alone", "a word, a sign"]),
    ("unknown-cue", "file", 5, &["gong", "the cues are"]),
    ("too-loud", "sound", 5, &["hit", "gain_db"]),
    ("low-on-the-wall", "safe_area", 6, &["layout.strip"]),
];

fn checked(path: &Path, more: &[&str]) -> (Option<i32>, Vec<Value>) {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leitai"));
    command.args(["check", "--json", "--lang", "en"]).arg(path).args(more).env_remove("DISPLAY");
    let output = command.output().unwrap();
    let found: Value = serde_json::from_slice(&output.stdout)
        .unwrap_or_else(|error| panic!("{}: {error}: {}", path.display(), String::from_utf8_lossy(&output.stderr)));
    (output.status.code(), found["findings"].as_array().unwrap().clone())
}

fn folder(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/broken").join(name)
}

/// What is missing from the findings, if anything: one of this check, on this line of a file under tests/broken, that
/// says all that.
fn missing(found: &[Value], check: &str, line: usize, says: &[&str]) -> Option<String> {
    let right = |finding: &&Value| {
        let text = format!("{} {}", finding["text"], finding["theme_paths"]).replace("\\\"", "\"");
        finding["check"] == check && finding["line"] == line && says.iter().all(|said| text.contains(said))
    };
    let told = found.iter().map(|finding| format!("{}: {}\n", finding["line"], finding["text"])).collect::<String>();
    found.iter().find(right).is_none().then_some(told)
}

#[test]
fn check_fails_on_every_broken_theme_and_says_where_and_what_to_do() {
    let mut wrong = String::new();
    for (name, check, line, says) in THEMES {
        let class = if name.contains("wall") { "wall" } else { "tv" };
        let (code, found) = checked(&folder(name), &["--class", class]);
        if code != Some(3) {
            wrong.push_str(&format!("{name} ends with {code:?}\n"));
        }
        if let Some(told) = missing(&found, check, line, says) {
            wrong.push_str(&format!("{name}: nothing of {check} on line {line} that says {says:?}, but\n{told}\n"));
        }
    }
    assert!(wrong.is_empty(), "{wrong}");
}

/// A tape in a folder of its own: an event a line, at so many seconds.
fn tape(folder: &Path, events: &[(f64, &str, Value)]) -> PathBuf {
    let mut text = "{\"tape\":1,\"show\":\"x\",\"made_by\":\"test\"}\n".to_owned();
    for (seq, (at, kind, data)) in (1..).zip(events) {
        let at = (at * 1e6) as i64;
        let env = json!({"v": 1, "epoch": "e", "seq": seq, "at": at, "type": kind, "data": data});
        text.push_str(&format!("{}\n", json!({"rx": at, "lane": "feed", "env": env})));
    }
    let path = folder.join("x.tape.ndjson");
    fs::write(&path, text).unwrap();
    path
}

#[test]
fn check_fails_on_a_tape_whose_figures_do_not_add_up_or_whose_glyphs_no_font_has() {
    let home = tempfile::tempdir().unwrap();
    let slate = json!({"kind": "message", "title": "好🔒"});
    let teams = json!({"title": "x", "teams": [{"id": "t1", "name": "甲队", "number": 1}]});
    let score = json!({"team": "t1", "before": 0, "delta": 10, "after": 15, "reason": "r"});
    let path = tape(
        home.path(),
        &[(1.0, "show.configured", teams), (2.0, "score.changed", score), (9.0, "slate.shown", slate)],
    );
    let (code, found) = checked(&path, &["--class", "tv"]);
    assert_eq!(code, Some(3));
    assert!(missing(&found, "figures", 3, &["15", "judges"]).is_none(), "{found:?}");
    assert!(missing(&found, "glyphs", 4, &["U+1F512", "HanaMinB"]).is_none(), "{found:?}");
}

#[test]
fn a_report_shows_the_picture_of_what_was_found() {
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("preflight.html");
    let (code, _) = checked(&folder("ring-like-its-well"), &["--class", "tv", "--report", file.to_str().unwrap()]);
    assert_eq!(code, Some(3));
    let text = fs::read_to_string(&file).unwrap();
    for said in ["<!doctype html>", "data:image/png;base64,iVBORw0KGgo", "palette.ring", "theme.ron:5"] {
        assert!(text.contains(said), "{said}");
    }
}
