use std::{fs, path::Path};

use crossbeam_channel::{Sender, bounded};

use super::*;

/// A child of a few words: `beat` says that a frame was made, with a picture.
const WORDS: &str = r#"
read -r past
beat() { printf '{"say":"beat","now_us":1,"patience_ms":%s,"drawn":1,"shown":true}\n' "${1:-700}" >&0; }
over() { printf '{"say":"ends","fails":false}\n' >&0; exit "${1:-0}"; }
life() { echo "$past" >> "$LIVES"; n=$(wc -l < "$LIVES"); }
"#;

struct Lives(tempfile::TempDir);

impl Lives {
    fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    fn path(&self) -> std::path::PathBuf {
        self.0.path().join("lives")
    }

    /// What each child was told when it began.
    fn told(&self) -> Vec<Past> {
        let text = fs::read_to_string(self.path()).unwrap_or_default();
        let begin = |line: &str| match serde_json::from_str(line).unwrap() {
            Order::Begin(past) => past,
            Order::End => panic!("{line}"),
        };
        text.lines().map(begin).collect()
    }

    /// A charge of the shell's, which notes its lives in a file.
    fn charge(&self, script: &str) -> (Charge, Sender<()>) {
        let (wish, stop) = bounded(4);
        let script = format!("LIVES={}\n{WORDS}\nlife\n{script}", self.path().display());
        let charge = Charge {
            program: "/bin/bash".into(),
            args: vec!["-c".into(), script.into()],
            lang: Lang::En,
            stop,
            display: None,
        };
        (charge, wish)
    }
}

#[test]
fn what_ends_well_is_over_with_its_code_and_what_cannot_begin_is_not_tried_again() {
    for (script, code) in [("over 0", 0), ("over 3", 3), ("exit 0", 0), ("exit 1", 1), ("exit 2", 2)] {
        let lives = Lives::new();
        let (charge, _wish) = lives.charge(script);
        assert_eq!(guard(charge).unwrap(), code, "{script}");
        assert_eq!(lives.told().len(), 1, "{script}");
    }
    let (charge, _wish) = Lives::new().charge("");
    let missing = Charge { program: Path::new("/nowhere/leitai").into(), ..charge };
    assert!(guard(missing).unwrap_err().to_string().contains("--no-supervise"));
}

#[test]
fn what_is_killed_breaks_or_exits_is_started_again_and_told_why() {
    let lives = Lives::new();
    let script = r#"
printf '{"say":"records","tape":"a.tape.ndjson"}\n{"say":"keeps","desk":{"theme":"subai"}}\n' >&0
beat 10000
case $n in
    1) kill -9 $$ ;;
    2) kill -SEGV $$ ;;
    3) exit 1 ;;
    4) exit 101 ;;
    *) over 0 ;;
esac"#;
    let (charge, _wish) = lives.charge(script);
    assert_eq!(guard(charge).unwrap(), 0);
    let told = lives.told();
    let why: Vec<Option<Why>> = told.iter().map(|past| past.why).collect();
    let wanted = [None, Some(Why::Signal(9)), Some(Why::Signal(11)), Some(Why::Exit(1)), Some(Why::Exit(101))];
    assert_eq!(why, wanted);
    assert_eq!(told.iter().map(|past| past.restarts).collect::<Vec<_>>(), [0, 1, 2, 3, 4]);
    assert_eq!(told[4].failed, 4, "none of them showed its picture for a while");
    assert_eq!((told[0].tape.clone(), told[0].clock), (None, None));
    for past in &told[1..] {
        assert_eq!(past.tape.as_deref(), Some(Path::new("a.tape.ndjson")));
        assert_eq!(past.desk, serde_json::json!({"theme": "subai"}));
        assert!(past.clock.is_some_and(|clock| clock.now_us() >= 1), "time went on");
    }
}

#[test]
fn what_hangs_is_found_and_killed() {
    let lives = Lives::new();
    // A show, not a start, that hangs: a loop, and a process that was stopped.
    // The third has patience: a busy machine may be slow to end it.
    let script = r#"
case $n in
    1) beat 300; while :; do :; done ;;
    2) beat 300; kill -STOP $$ ;;
    *) beat 10000; over 0 ;;
esac"#;
    let (charge, _wish) = lives.charge(script);
    let begun = Instant::now();
    assert_eq!(guard(charge).unwrap(), 0);
    println!("two hangs were found and ended in {:?}", begun.elapsed());
    let told = lives.told();
    assert_eq!(told.len(), 3);
    for past in &told[1..] {
        assert!(matches!(past.why, Some(Why::Hung(ms)) if ms >= 300), "{past:?}");
    }
}

#[test]
fn a_wish_to_end_reaches_the_show_and_its_code_is_kept() {
    let lives = Lives::new();
    let script = r#"beat 60000; read -r order; [[ $order == *end* ]] && over 7"#;
    let (charge, wish) = lives.charge(script);
    let ended = thread::spawn(move || guard(charge));
    until(|| !lives.told().is_empty());
    wish.send(()).unwrap();
    assert_eq!(ended.join().unwrap().unwrap(), 7);
    assert_eq!(lives.told().len(), 1);
}

#[test]
fn a_show_that_does_not_end_when_it_is_asked_is_killed_at_the_second_wish() {
    let lives = Lives::new();
    let (charge, wish) = lives.charge("beat 60000; while :; do sleep 0.05; done");
    let ended = thread::spawn(move || guard(charge));
    until(|| !lives.told().is_empty());
    until(|| {
        _ = wish.try_send(());
        ended.is_finished()
    });
    assert_eq!(ended.join().unwrap().unwrap(), 1);
}

#[test]
fn two_signals_at_once_are_one_wish() {
    let lives = Lives::new();
    // It reads on until the guard has seen both.
    let script = r#"beat 60000; read -r order; for i in 1 2 3 4 5; do beat 60000; sleep 0.02; done; over 7"#;
    let (charge, wish) = lives.charge(script);
    let ended = thread::spawn(move || guard(charge));
    until(|| !lives.told().is_empty());
    (0..3).for_each(|_| wish.send(()).unwrap());
    assert_eq!(ended.join().unwrap().unwrap(), 7);
}

#[test]
fn without_a_display_nothing_is_started_again_until_there_is_one() {
    static ANSWERS: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
    let lives = Lives::new();
    let (charge, _wish) = lives.charge("beat; [[ $n == 1 ]] && exit 1; over 0");
    let display = || ANSWERS.fetch_add(1, std::sync::atomic::Ordering::SeqCst) >= 3;
    assert_eq!(guard(Charge { display: Some(display), ..charge }).unwrap(), 0);
    // Asked three times in vain, and started but once.
    assert_eq!(ANSWERS.load(std::sync::atomic::Ordering::SeqCst), 4);
    assert_eq!(lives.told().len(), 2);
}

fn until(holds: impl Fn() -> bool) {
    let begun = Instant::now();
    while !holds() {
        assert!(begun.elapsed() < Duration::from_secs(60));
        thread::park_timeout(Duration::from_millis(5));
    }
}
