//! What the preflight finds, and that it finds nothing where nothing is.

use std::sync::LazyLock;

use serde_json::json;

use super::*;
use crate::{
    show::{
        bank::BankQuestion,
        frame::{Class, Lang, Rgba},
        tape::{Tape, Timeline},
        theme::{Look, Theme, source::shipped},
    },
    typeset::Typesetter,
};

static SCENES: LazyLock<Vec<Scene>> = LazyLock::new(|| read_scenes(GALLERY).unwrap());
static SET: LazyLock<Typesetter> = LazyLock::new(Typesetter::new);

/// What is found in a theme's scenes whose names begin so, in one class.
fn found(look: &Theme, class: Class, begin: &[&str]) -> Vec<Finding> {
    let scenes: Vec<Scene> =
        SCENES.iter().filter(|scene| begin.iter().any(|begin| scene.name.starts_with(begin))).cloned().collect();
    let mut survey = Survey::new(look, &*SET);
    theme(&mut survey, &scenes, &|output| output.class == class);
    survey.finish()
}

/// The shipped theme with something changed in the broadcast's look, and what is found in the scenes.
fn broken(change: impl FnOnce(&mut Look), begin: &[&str]) -> Vec<Finding> {
    let mut theme = shipped::theme("qingkong");
    change(&mut theme.tv);
    found(&theme, Class::Tv, begin)
}

fn told(findings: &[Finding]) -> String {
    let line = |finding: &Finding| {
        format!(
            "{:?} {:?} {} +{} {:?} {:?} {:?}\n",
            finding.severity,
            finding.class,
            finding.subject.scene,
            finding.also,
            finding.layer,
            finding.theme_paths,
            finding.fault
        )
    };
    findings.iter().map(line).collect()
}

fn errors(findings: Vec<Finding>) -> Vec<Finding> {
    findings.into_iter().filter(|finding| finding.severity == Severity::Error).collect()
}

#[test]
fn the_shipped_themes_have_no_fault_in_any_class() {
    let mut all = String::new();
    for name in ["qingkong", "zhujin", "subai"] {
        let theme = shipped::theme(name);
        for class in Class::ALL {
            let errors = errors(found(&theme, class, &[""]));
            if !errors.is_empty() {
                all.push_str(&format!("{name}, {}:\n{}", class.name(), told(&errors)));
            }
        }
    }
    assert!(all.is_empty(), "\n{all}");
}

#[test]
fn a_faint_ink_is_found_with_its_token_and_its_ground() {
    let found = broken(|look| look.palette.ink = look.palette.plate.0, &["card-single"]);
    let on_plate = found.iter().find(|finding| finding.theme_paths == ["palette.plate", "palette.plate"]);
    assert!(
        found.iter().any(|finding| matches!(finding.fault, Fault::Contrast { ratio, .. } if ratio < 1.5)),
        "{}",
        told(&found)
    );
    assert!(on_plate.is_none() || on_plate.is_some_and(|finding| finding.spot.is_some() && finding.picture.is_some()));
    let sound = broken(|_| {}, &["card-single"]);
    assert!(errors(sound).is_empty());
}

#[test]
fn a_ring_like_its_well_and_small_or_outlying_texts_are_found() {
    let ring = broken(|look| look.palette.ring = look.palette.well, &["ring-normal"]);
    assert!(ring.iter().any(|finding| matches!(finding.fault, Fault::Shape { .. })), "{}", told(&ring));
    let small =
        broken(|look| look.typography.sub.ladder = vec![crate::show::theme::Step(30.0, 40.0)], &["card-single"]);
    let is_small = |finding: &Finding| {
        matches!(finding.fault, Fault::Small { size, least, .. } if (size, least) == (30.0, 38.0))
            && finding.theme_paths == ["typography.sub"]
    };
    assert!(small.iter().any(is_small), "{}", told(&small));
    let outside = broken(|look| look.layout.header.rect.x = 20.0, &["card-single"]);
    let is_outside = |finding: &Finding| {
        matches!(finding.fault, Fault::Unsafe { by, .. } if by > 50.0) && finding.theme_paths == ["layout.header"]
    };
    assert!(outside.iter().any(is_outside), "{}", told(&outside));
}

#[test]
fn words_that_do_not_fit_and_glyphs_that_no_font_has_are_found_at_their_label() {
    let long = broken(
        |look| look.labels.zh.wrong = "经评委会合议最终认定回答错误".to_owned(),
        &["verdict-wrong", "option-wrong"],
    );
    assert!(
        long.iter().any(|finding| finding.fault.check() == "overflow" && finding.theme_paths == ["labels.zh.wrong"]),
        "{}",
        told(&long)
    );
    let strange = broken(|look| look.labels.zh.locked = "锁定🔒".to_owned(), &["option-locked"]);
    let names = |finding: &Finding| matches!(&finding.fault, Fault::Glyphs { glyphs } if glyphs.contains("U+1F512"));
    assert!(strange.iter().any(names), "{}", told(&strange));
}

#[test]
fn a_state_that_only_colour_tells_is_found() {
    let alike = broken(
        |look| {
            // As bright as an option's plate, in another hue, and without border and word.
            look.palette.accent = Rgba::rgb8(0xA0, 0x20, 0x20);
            look.palette.on_accent = look.palette.ink;
            look.layout.card.selected_border = 0.0;
            look.labels.zh.selected = " ".to_owned();
        },
        &["card-single", "option-selected"],
    );
    let is_alike = |finding: &Finding| matches!(&finding.fault, Fault::ColourOnly { other } if other == "card-single");
    assert!(alike.iter().any(is_alike), "{}", told(&alike));
}

/// A tape of these events, seconds and data.
fn timeline(events: &[(f64, &str, serde_json::Value)]) -> Timeline {
    let mut text = "{\"tape\":1,\"show\":\"x\",\"made_by\":\"test\"}\n".to_owned();
    for (seq, (at, kind, data)) in (1..).zip(events) {
        let at = (at * 1e6) as i64;
        let env = json!({"v": 1, "epoch": "e", "seq": seq, "at": at, "type": kind, "data": data});
        text.push_str(&format!("{}\n", json!({"rx": at, "lane": "feed", "env": env})));
    }
    Timeline::new(Tape::parse(&text).unwrap())
}

fn in_tape(events: &[(f64, &str, serde_json::Value)]) -> Vec<Finding> {
    let theme = shipped::theme("qingkong");
    let mut survey = Survey::new(&theme, &*SET);
    tape(&mut survey, &timeline(events), Lang::Zh, &|output| output.class == Class::Tv);
    survey.finish()
}

#[test]
fn a_tape_s_figures_and_glyphs_are_found_at_their_event() {
    let teams = json!({"title": "x", "teams": [{"id": "t1", "name": "甲队", "number": 1}, {"id": "t2", "name": "乙队", "number": 2}]});
    let found = in_tape(&[
        (1.0, "show.configured", teams),
        (2.0, "score.changed", json!({"team": "t1", "before": 0, "delta": 10, "after": 15, "reason": ""})),
        (9.0, "slate.shown", json!({"kind": "message", "title": "好🔒"})),
    ]);
    let at = |seq: u64, is: &dyn Fn(&Fault) -> bool| {
        found.iter().any(|finding| finding.subject.seq == Some(seq) && is(&finding.fault))
    };
    assert!(at(2, &|fault| matches!(fault, Fault::Alarm { .. })), "{}", told(&found));
    assert!(at(3, &|fault| matches!(fault, Fault::Glyphs { .. })), "{}", told(&found));
}

#[test]
fn slates_that_follow_each_other_too_fast_flash() {
    // Grounds that cut instead of dissolving.
    let mut cuts = shipped::theme("qingkong");
    cuts.tv.motion.ground = crate::show::theme::Ms(0);
    let run = |gap: f64| {
        let slate = |i: u32| {
            let kind = if i.is_multiple_of(2) { "title" } else { "interlude" };
            (2.0 + f64::from(i) * gap, "slate.shown", json!({"kind": kind, "title": "甲"}))
        };
        let events: Vec<_> = (0..16).map(slate).collect();
        let mut survey = Survey::new(&cuts, &*SET);
        tape(&mut survey, &timeline(&events), Lang::Zh, &|output| output.class == Class::Tv);
        let found = survey.finish();
        (found.iter().any(|finding| matches!(finding.fault, Fault::Flash { .. })), told(&found))
    };
    let ((calm, calm_told), (fast, fast_told)) = (run(3.0), run(0.1));
    assert!(!calm, "{calm_told}");
    assert!(fast, "{fast_told}");
}

#[test]
fn every_question_is_read_page_by_page() {
    let question = |id: &str, stem: String| BankQuestion {
        id: id.to_owned(),
        kind: crate::show::protocol::play::QuestionKind::Short,
        stem,
        options: vec![],
        key: vec!["甲".to_owned()],
        explanation: None,
        source: None,
        topic: None,
        value: None,
        media: None,
    };
    let questions =
        [question("short", "何时提出？".to_owned()), question("long", "用人单位应当按时足额缴纳。".repeat(90))];
    let theme = shipped::theme("qingkong");
    let mut survey = Survey::new(&theme, &*SET);
    bank(&mut survey, &questions, Lang::Zh, &|output| output.class == Class::Tv).unwrap();
    let found = survey.finish();
    let pages = |id: &str| {
        found.iter().find_map(|finding| match finding.fault {
            Fault::Pages { pages } if finding.subject.scene == id => Some(pages),
            _ => None,
        })
    };
    assert_eq!(pages("short"), None, "{}", told(&found));
    assert!(pages("long").is_some_and(|pages| pages > 1), "{}", told(&found));
    assert!(errors(found.clone()).is_empty(), "{}", told(&found));
}

#[test]
fn loud_cues_are_found() {
    let theme = shipped::theme("qingkong");
    let mut survey = Survey::new(&theme, &*SET);
    let level = |cue: &str, peak: f32, loudness: f32| CueLevel {
        cue: cue.to_owned(),
        peak_dbtp: peak,
        loudness_lufs: Some(loudness),
    };
    sounds(&mut survey, &[level("hit", 0.5, -20.0), level("go", -3.0, -9.0), level("tick", -6.0, -30.0)]);
    let found = survey.finish();
    assert_eq!(found.len(), 2, "{}", told(&found));
    assert_eq!(found[0].theme_paths, ["sounds.cues.hit"]);
}
