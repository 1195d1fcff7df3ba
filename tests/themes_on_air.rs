//! Promise: a saved theme is on air at once, a broken one never: the picture stays, and the operator is told.

#![allow(clippy::expect_used, reason = "the helpers of a test are part of it: they may stop at the first surprise")]

use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
    thread,
    time::{Duration, Instant},
};

use leitai::{
    app::{report_theme, take_theme},
    director::{Director, Problem, ProblemKind},
    journal,
    locale::Lang,
    show::{
        frame::{Class, Frame, Output},
        tape::Timeline,
    },
    themes::{self, OnAir, ThemeWatch},
    typeset::Typesetter,
};

use crate::support::{RASTER, with_headless};

/// A card with its countdown is on air at this instant of the embedded show, µs.
const INSTANT_US: i64 = 41_000_000;
/// A picture for a name, and another colour for the type.
const NAME: (&str, &str) = ("name: \"晴空\"", "name: \"no-such.png\"");
const INK: (&str, &str) = ("ink: \"#F5F9FF\"", "ink: \"#FFE9C2\"");
const TYPO: (&str, &str) = ("palette:", "pallete:");
const OUTPUT: Output = Output::of(Class::Tv, RASTER);

/// The show with the theme of a folder, as a rehearsal and a live show begin.
struct Hall {
    director: Director,
    watch: ThemeWatch,
    file: PathBuf,
}

impl Hall {
    fn begin(folder: &Path) -> Self {
        let root = Path::new(env!("CARGO_MANIFEST_DIR"));
        fs::copy(root.join("themes/qingkong/sounds.ron"), folder.join("sounds.ron")).expect("writable");
        let tape = journal::load(&root.join("assets/shows/zhongwei-demo.tape.ndjson")).expect("the embedded show");
        let named = folder.to_str().expect("a name in UTF-8");
        let OnAir { theme, watch, fault } = themes::on_air(named).expect("a theme to begin with");
        let mut director = Director::rehearse(Timeline::new(tape), theme, Arc::new(Typesetter::new()));
        if let Some(fault) = fault {
            report_theme(&mut director, &fault);
        }
        director.seek(INSTANT_US);
        Self { director, watch, file: folder.join("theme.ron") }
    }

    /// Saves the theme and lets frames pass until `told` of what the operator is told.
    fn save(&mut self, text: &str, told: impl Fn(&[&Problem]) -> bool) {
        fs::write(&self.file, text).expect("writable");
        let until = Instant::now() + Duration::from_secs(20);
        loop {
            take_theme(&mut self.director, &mut self.watch);
            let present = self.faults();
            if told(&present) {
                return;
            }
            assert!(Instant::now() < until, "the file was saved, but this is what is told: {present:?}");
            thread::yield_now();
        }
    }

    fn faults(&self) -> Vec<&Problem> {
        self.director.problems.present().filter(|problem| problem.kind == ProblemKind::Theme).collect()
    }

    fn frame(&mut self) -> Arc<Frame> {
        self.director.frame(&OUTPUT)
    }
}

/// One fault, which says this.
fn says<'a>(part: &'a str) -> impl Fn(&[&Problem]) -> bool + 'a {
    move |faults| matches!(faults, [fault] if fault.sentence(Lang::En).contains(part))
}

fn pixels(frame: &Arc<Frame>) -> Vec<u8> {
    let frame = Arc::clone(frame);
    with_headless(move |headless| headless.draw(frame).expect("a picture").to_vec())
}

fn theme() -> String {
    let root = Path::new(env!("CARGO_MANIFEST_DIR"));
    fs::read_to_string(root.join("themes/qingkong/theme.ron")).expect("the program's theme")
}

/// The same theme with one thing changed.
fn with((from, to): (&str, &str)) -> String {
    let text = theme();
    assert!(text.contains(from), "the theme has no {from}");
    text.replacen(from, to, 1)
}

#[test]
fn a_broken_theme_leaves_the_picture_and_a_mended_one_is_on_air() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("theme.ron"), theme()).expect("writable");
    let mut hall = Hall::begin(folder.path());
    assert!(hall.faults().is_empty());
    let good = hall.frame();
    let shown = pixels(&good);

    hall.save(&with(TYPO), says("did you mean \"palette\"?"));
    assert_eq!(hall.frame(), good);
    hall.save(&with(NAME), says("\"no-such.png\" is not in"));
    assert_eq!((hall.frame(), hall.faults().len()), (Arc::clone(&good), 1));
    assert_eq!(pixels(&hall.frame()), shown);

    hall.save(&with(INK), |faults| faults.is_empty());
    let changed = hall.frame();
    assert_ne!(changed, good);
    assert_ne!(pixels(&changed), shown);
    let told: Vec<&Problem> =
        hall.director.problems.iter().filter(|problem| problem.kind == ProblemKind::Theme).collect();
    // One theme, one line: the second fault took the place of the first.
    assert!(matches!(told[..], [problem] if problem.over_us.is_some() && problem.count > 1), "{told:?}");
}

#[test]
fn a_show_that_begins_with_a_broken_theme_has_a_picture_and_takes_the_mended_file() {
    let folder = tempfile::tempdir().expect("a temporary folder");
    fs::write(folder.path().join("theme.ron"), with(TYPO)).expect("writable");
    let mut hall = Hall::begin(folder.path());
    assert!(says("did you mean \"palette\"?")(&hall.faults()));
    assert_eq!(hall.director.theme(), &themes::built_in().expect("the program's theme"));
    let own = hall.frame();
    assert!(!own.layers.is_empty());

    hall.save(&with(INK), |faults| faults.is_empty());
    assert_ne!(hall.frame(), own);
    // What is asked for in a picture or a film is refused instead.
    fs::write(&hall.file, "(").expect("writable");
    assert!(themes::load(folder.path().to_str().expect("a name in UTF-8")).is_err());
}
