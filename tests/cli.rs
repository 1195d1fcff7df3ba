//! The command line keeps its word: results on standard output, exit codes, and sentences that help.

use std::{
    fs,
    path::Path,
    process::{Command, Output},
};

use serde_json::{Value, json};

fn leitai(arguments: &[&str]) -> Output {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leitai"));
    // Messages are compared in English, unless a test asks for another language.
    if !arguments.contains(&"--lang") && !arguments.contains(&"--help") {
        command.args(["--lang", "en"]);
    }
    command.args(arguments).env_remove("DISPLAY").env_remove("RUST_LOG").output().unwrap()
}

fn out(output: &Output) -> String {
    String::from_utf8(output.stdout.clone()).unwrap()
}

fn err(output: &Output) -> String {
    String::from_utf8(output.stderr.clone()).unwrap()
}

fn code(output: &Output) -> Option<i32> {
    output.status.code()
}

fn done(arguments: &[&str]) -> String {
    let output = leitai(arguments);
    assert_eq!(code(&output), Some(0), "{arguments:?}: {}", err(&output));
    out(&output)
}

fn state(arguments: &[&str]) -> Value {
    serde_json::from_str(&done(&[&["state", "demo"], arguments].concat())).unwrap()
}

/// A tape in a folder of its own: one score that adds up, then `wrong` extra lines.
fn tape(folder: &Path, lines: &[Value], tail: &str) -> String {
    let mut text = "{\"tape\":1,\"show\":\"x\",\"made_by\":\"test\"}\n".to_owned();
    for (seq, event) in (1..).zip(lines) {
        let env = json!({"v": 1, "epoch": "e", "seq": seq, "at": seq * 1_000_000, "type": event["type"], "data": event["data"]});
        text.push_str(&format!("{}\n", json!({"rx": 0, "lane": "feed", "env": env})));
    }
    let path = folder.join("x.tape.ndjson");
    fs::write(&path, text + tail).unwrap();
    path.to_str().unwrap().to_owned()
}

fn slate(title: &str) -> Value {
    json!({"type": "slate.shown", "data": {"kind": "message", "title": title}})
}

#[test]
fn help_names_every_command_with_examples_and_exit_codes() {
    let help = done(&["--lang", "en", "--help"]);
    for word in [
        "rehearse",
        "live",
        "still",
        "state",
        "export",
        "serve",
        "simulate",
        "check",
        "doctor",
        "Examples:",
        "Exit codes:",
    ] {
        assert!(help.contains(word), "{word}");
    }
    for command in ["live", "still", "state", "export", "serve", "simulate", "check"] {
        assert!(done(&[command, "--lang", "en", "--help"]).contains("Example"), "{command}");
    }
}

#[test]
fn help_speaks_chinese_unless_told_otherwise() {
    let help = done(&["--help"]);
    assert!(help.contains("用法示例") && help.contains("退出码"), "{help}");
    assert!(!done(&["still", "--help"]).contains("The instant"));
}

#[test]
fn wrong_usage_ends_with_two_and_says_what_to_write() {
    let output = leitai(&["still", "demo", "--at", "83", "-o", "x.png"]);
    assert_eq!(code(&output), Some(2));
    assert!(err(&output).contains("01:23.400"));
    assert_eq!(code(&leitai(&["state", "demo", "--at", "1s", "--seq", "4"])), Some(2));
    assert_eq!(code(&leitai(&["export", "demo", "--size", "1921x1080", "-o", "x"])), Some(2));
    assert_eq!(code(&leitai(&["live", "ws://h", "--for", "1s"])), Some(2));
}

#[test]
fn what_cannot_be_done_ends_with_one_and_a_sentence() {
    for (arguments, said) in [
        (&["state", "no/such.tape.ndjson"][..], "no/such.tape.ndjson"),
        (&["state", "demo", "--seq", "999999"], "the tape's last one is"),
        (&["state", "demo", "--at", "9:00:00"], "after the end"),
        (&["still", "demo", "--at", "1s", "-o", "x.png", "--theme", "nowhere"], "there is no theme \"nowhere\""),
        (&["export", "demo", "-o", "show.avi"], ".mp4, .mov"),
        (&["export", "demo", "--from", "2s", "--to", "1s", "-o", "x/"], "not after the beginning"),
        (&["live", "http://h", "--headless", "--for", "1s"], "ws://"),
        (&["live", "ws://h", "--token-file", "no/token", "--headless", "--for", "1s"], "no/token"),
        (&["--lang", "en"], "There is no display"),
    ] {
        let output = leitai(arguments);
        assert_eq!(code(&output), Some(1), "{arguments:?}: {}", err(&output));
        assert!(err(&output).contains(said), "{arguments:?}: {}", err(&output));
        assert!(out(&output).is_empty(), "{arguments:?}");
    }
}

#[test]
fn state_is_the_fold_up_to_the_instant_or_the_event() {
    let whole = state(&[]);
    let last = whole["seq"].as_u64().unwrap();
    assert_eq!(state(&["--seq", &last.to_string()]), whole);
    assert_eq!(state(&["--at", "0s"])["seq"], 1);
    assert_eq!(done(&["state", "demo", "--compact"]).lines().count(), 1);
}

#[test]
fn check_finds_bad_lines_wrong_sums_missing_glyphs_and_torn_tails() {
    let folder = tempfile::tempdir().unwrap();
    let score = |before: u32, delta: u32, after: u32| json!({"type": "score.changed", "data": {"team": "t1", "before": before, "delta": delta, "after": after, "reason": "r"}});
    let path = tape(folder.path(), &[slate("好"), score(0, 10, 15), slate("\u{1F600}")], "nonsense\n{\"rx\":1,");
    let output = leitai(&["check", &path, "--json"]);
    assert_eq!(code(&output), Some(3), "{}", err(&output));
    let found: Value = serde_json::from_str(&out(&output)).unwrap();
    let text = found["findings"].to_string();
    for said in ["line 5", "line 6", "torn", "U+1F600", "15"] {
        assert!(text.contains(said), "{said}: {text}");
    }
    let clean = tape(folder.path(), &[slate("好")], "");
    assert_eq!(code(&leitai(&["check", &clean])), Some(0));
}

#[test]
fn check_reads_themes_and_names_the_place() {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("themes/qingkong/theme.ron")).unwrap();
    fs::write(folder.path().join("theme.ron"), text.replacen("palette:", "pallete:", 1)).unwrap();
    fs::copy(root.join("themes/qingkong/sounds.ron"), folder.path().join("sounds.ron")).unwrap();
    let output = leitai(&["check", folder.path().to_str().unwrap()]);
    assert_eq!(code(&output), Some(3));
    assert!(out(&output).contains("did you mean \"palette\"?"), "{}", out(&output));
    assert_eq!(code(&leitai(&["check", root.join("themes").to_str().unwrap()])), Some(0));
}

#[test]
fn check_reads_banks_and_rosters_and_names_the_row_in_either_language() {
    let file = |name: &str| Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/banks").join(name).display().to_string();
    let (broken, gbk) = (file("empty-stem.csv"), file("gbk.csv"));
    let output = leitai(&["check", &broken, "--lang", "en"]);
    assert_eq!(code(&output), Some(3), "{}", err(&output));
    assert!(out(&output).contains("empty-stem.csv:3  column C") && out(&output).contains("Write the question"));
    assert!(out(&leitai(&["check", &broken, "--lang", "zh"])).contains("empty-stem.csv:3  C 列，“题干”"));
    let found: Value = serde_json::from_str(&out(&leitai(&["check", &broken, "--json"]))).unwrap();
    let finding = &found["findings"][0];
    assert_eq!(
        (&finding["fault"], &finding["line"], &finding["severity"]),
        (&json!("empty_stem"), &json!(3), &json!("error"))
    );
    assert_eq!(finding["place"]["column"], "C");
    // A notice is told and fails nothing.
    let output = leitai(&["check", &gbk, &file("good.xlsx"), &file("roster.csv"), "--lang", "en"]);
    assert_eq!(code(&output), Some(0), "{}", out(&output));
    assert!(out(&output).contains("[note]") && out(&output).contains("good.xlsx: good"), "{}", out(&output));
    assert_eq!(code(&leitai(&["check", &file("roster-broken.csv")])), Some(3));
}

#[test]
fn a_bad_line_costs_itself_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = tape(folder.path(), &[slate("一"), slate("二")], "{\"rx\":1,\"lane\":\"fe");
    let output = leitai(&["state", &path]);
    let state: Value = serde_json::from_str(&out(&output)).unwrap();
    assert_eq!((code(&output), &state["seq"]), (Some(0), &json!(2)));
    assert!(err(&output).contains("torn"), "{}", err(&output));
}

#[test]
fn simulate_writes_the_same_tape_for_the_same_seed_and_names_what_is_missing() {
    let folder = tempfile::tempdir().unwrap();
    let root = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    let place = |path: &str| root.join(path).to_str().unwrap().to_owned();
    let (teams, bank) = (place("shows/yantai.teams.json"), place("questions/shebao.json"));
    let tape = |name: &str| folder.path().join(name).to_str().unwrap().to_owned();
    let simulate = |rules: &str, out: &str, seed: &str| {
        leitai(&["simulate", rules, "--teams", &teams, "--questions", &bank, "--seed", seed, "--pace", "4", "-o", out])
    };
    let rules = place("rules/yantai.ron");
    for (rules, name, seed) in [("yantai", "a", "7"), (rules.as_str(), "b", "7"), ("yantai", "c", "8")] {
        let output = simulate(rules, &tape(name), seed);
        assert_eq!(code(&output), Some(0), "{}", err(&output));
        assert_eq!(out(&output).trim(), tape(name));
    }
    let read = |name: &str| fs::read(tape(name)).unwrap();
    assert_eq!(read("a"), read("b"), "a built-in rulebook is its file");
    assert_ne!(read("a"), read("c"));
    for (rules, said) in [("nowhere", "yantai, liaoning, zhongwei, fujian"), ("zhongwei", "roster has 8")] {
        let output = simulate(rules, &tape("d"), "7");
        assert_eq!(code(&output), Some(1), "{rules}");
        assert!(err(&output).contains(said), "{rules}: {}", err(&output));
    }
    assert!(!Path::new(&tape("d")).exists());
}

#[test]
fn check_reads_rulebooks_and_tells_what_their_documents_leave_open() {
    let folder = tempfile::tempdir().unwrap();
    let output = leitai(&["check", "zhongwei"]);
    assert_eq!(code(&output), Some(0), "{}", out(&output));
    assert!(out(&output).contains("8 questions in all"), "{}", out(&output));
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    let text = fs::read_to_string(root.join("assets/rules/zhongwei.ron")).unwrap();
    let wrong = folder.path().join("wrong.ron");
    fs::write(&wrong, text.replacen("stage: 50", "stage: 60", 1)).unwrap();
    let output = leitai(&["check", wrong.to_str().unwrap()]);
    assert_eq!(code(&output), Some(3));
    assert!(out(&output).contains("110 percent"), "{}", out(&output));
}

#[test]
fn doctor_answers_for_every_part_of_the_machine() {
    let output = leitai(&["doctor", "--json"]);
    let lines: Value = serde_json::from_str(&out(&output)).unwrap();
    let found: Vec<&str> = lines.as_array().unwrap().iter().map(|line| line["what"].as_str().unwrap()).collect();
    for part in ["adapter", "audio", "fonts", "ffmpeg", "display", "theme", "show"] {
        assert!(found.contains(&format!("doctor-{part}").as_str()), "{part}");
    }
    // There is no display: a warning, which is no failure, with words for what to do.
    assert_eq!(code(&output), Some(0), "{lines}");
    let todos: Vec<&str> = lines.as_array().unwrap().iter().filter_map(|line| line["todo"].as_str()).collect();
    assert!(!todos.is_empty() && todos.iter().all(|todo| todo.contains(' ') || !todo.is_ascii()), "{todos:?}");
}

#[test]
fn a_live_session_that_reached_nobody_ends_with_one_and_a_sentence() {
    let folder = tempfile::tempdir().unwrap();
    fs::write(folder.path().join("theme.ron"), "(").unwrap();
    // A port that was free a moment ago: nobody listens.
    let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap().local_addr().unwrap();
    let url = format!("ws://{free}");
    let theme = folder.path().to_str().unwrap();
    let output = leitai(&["live", &url, "--headless", "--for", "300ms", "--lang", "en", "--theme", theme]);
    assert_eq!(code(&output), Some(1), "{}", err(&output));
    assert!(err(&output).contains("before the scoring system was reached"), "{}", err(&output));
    // The broken theme was told, and ended nothing.
    assert!(err(&output).contains("theme.ron:1:"), "{}", err(&output));
}
