//! Full-screen cards say what they are for: each kind something of its own, the ledger's code is the ledger, the line
//! being sung is lit, an audience's wrong answer is thanked.

use qrcodegen::{QrCode, QrCodeEcc};
use serde_json::json;

use super::{Feed, look, scenes_slate, seen};
use crate::show::frame::{Fill, Frame, Layer, LayerKind, Part, Rect};

const SETTLED_MS: i64 = 3_000;

fn reads(feed: &Feed, after_ms: i64, text: &str) -> bool {
    feed.read(after_ms).iter().any(|read| read.contains(text))
}

#[test]
fn no_two_kinds_of_card_look_alike() {
    let kinds = [
        "title",
        "rules",
        "showcase",
        "interlude",
        "tabulating",
        "notary",
        "audience_quiz",
        "photo",
        "message",
        "thanks",
    ];
    let own = |kind: &str| {
        let mut feed = scenes_slate::idle();
        feed.say(100, "slate.shown", json!({"kind": kind, "title": "题名", "subtitle": "副题", "body": "一\n二\n三"}));
        let layers = feed.frame(SETTLED_MS).layers.into_iter();
        layers.filter(|layer| layer.key.kind != LayerKind::Backdrop).map(|layer| layer.content).collect::<Vec<_>>()
    };
    for (i, a) in kinds.iter().enumerate() {
        assert!(!own(a).is_empty(), "{a} draws nothing");
        for b in kinds.iter().skip(i + 1) {
            assert_ne!(own(a), own(b), "{a} and {b}");
        }
    }
}

#[test]
fn the_rules_are_the_rulebook_s_figures() {
    let rules = json!({"kinds": ["single", "judge"], "questions": 24, "duration_us": 10_000_000, "values": [20, 50],
        "right": 10, "wrong": -5, "foul": -10, "who": "全体队员", "text": ["提前抢答为犯规"]});
    let feed = scenes_slate::rules("buzzer", &rules, "");
    for text in [
        "初显身手",
        "热身环节",
        "单选题",
        "判断题",
        "24",
        "10",
        "20",
        "50",
        "+10",
        "−5",
        "−10",
        "全体队员",
        "提前抢答为犯规",
    ] {
        assert!(reads(&feed, SETTLED_MS, text), "{text} in {:?}", feed.read(SETTLED_MS));
    }
    let feed = scenes_slate::rules("solo", &json!({"right": 10}), "只有一行");
    assert!(!reads(&feed, SETTLED_MS, &look().labels.zh.slates.rule_foul), "no fouls, no tile of one");
    assert!(reads(&feed, SETTLED_MS, "只有一行"));
}

#[test]
fn rules_without_a_round_show_their_body() {
    let mut feed = Feed::new(5);
    feed.say(100, "slate.shown", json!({"kind": "rules", "title": "赛制说明", "body": "每队答一题"}));
    assert!(reads(&feed, SETTLED_MS, "赛制说明") && reads(&feed, SETTLED_MS, "每队答一题"));
}

/// Dark plates of the code's layer: their squares, in modules from the light plate's corner.
fn modules(frame: &Frame) -> (usize, Vec<(usize, usize)>) {
    let parts = frame.layers.iter().flat_map(|layer| &layer.content.parts);
    let plates = parts.filter_map(|part| match part {
        Part::Plate { rect, fill: Fill::Solid(colour), .. } => Some((*rect, *colour)),
        _ => None,
    });
    let plates: Vec<_> = plates.collect();
    let light = plates.iter().find(|(_, colour)| *colour == look().palette.code_light).unwrap().0;
    let dark: Vec<Rect> =
        plates.iter().filter(|(_, colour)| *colour == look().palette.code_dark).map(|plate| plate.0).collect();
    let module = dark.first().unwrap().h;
    assert!(module >= 6.0 && module.fract() == 0.0, "a camera reads modules of whole px, at least 6: {module}");
    let at = |px: f32| (px / module).round() as usize;
    let run = |rect: &Rect| {
        let (x, y) = (at(rect.x - light.x), at(rect.y - light.y));
        (0..at(rect.w)).map(move |i| (x + i, y)).collect::<Vec<_>>()
    };
    (at(light.w), dark.iter().flat_map(run).collect())
}

#[test]
fn the_code_is_the_ledger_up_to_the_card() {
    let feed = scenes_slate::slate("notary");
    let ledger = feed.show.core.slate.as_ref().unwrap().ledger.clone();
    assert_eq!(ledger, feed.show.ledger, "the card is the last event");
    let code = QrCode::encode_text(&format!("leitai:ledger:{ledger}"), QrCodeEcc::Medium).unwrap();
    let (across, dark) = modules(&feed.frame(SETTLED_MS));
    let quiet = 4;
    assert_eq!(across, code.size() as usize + 2 * quiet, "a quiet zone of four modules on every side");
    for y in 0..across {
        for x in 0..across {
            let module = code.get_module(x as i32 - quiet as i32, y as i32 - quiet as i32);
            assert_eq!(dark.contains(&(x, y)), module, "module {x}, {y}");
        }
    }
    let told = feed.read(SETTLED_MS);
    for group in [0, 4, 8, 12] {
        let group = &ledger[group..group + 4];
        assert!(told.iter().any(|text| text == group), "{group} in {told:?}");
    }
}

#[test]
fn the_code_stays_when_more_is_told() {
    let mut feed = scenes_slate::slate("notary");
    let before = modules(&feed.frame(SETTLED_MS));
    feed.say(5_000, "slate.stepped", json!({"line": 1}));
    assert_ne!(feed.show.ledger, feed.show.core.slate.as_ref().unwrap().ledger);
    assert_eq!(modules(&feed.frame(SETTLED_MS)), before, "it certifies what stood when the card was shown");
}

/// Glyphs of `line` by how they are set: all of them in the accent, or none.
fn lit(feed: &Feed, after_ms: i64, line: &str) -> bool {
    let frame = feed.frame(after_ms);
    let column = frame.layers.iter().filter(|layer| layer.placement.opacity > 0.5).find(|layer| glyphs(layer) == line);
    let column = column.unwrap_or_else(|| panic!("{line} is not on at {after_ms} ms"));
    column.content.parts.iter().all(|part| match part {
        Part::Text { style, .. } => style.colour == look().palette.accent,
        _ => true,
    })
}

fn glyphs(layer: &Layer) -> String {
    layer
        .content
        .parts
        .iter()
        .filter_map(|part| if let Part::Text { text, .. } = part { Some(text.as_str()) } else { None })
        .collect()
}

#[test]
fn the_line_being_sung_is_lit_and_no_other() {
    let feed = scenes_slate::interlude(scenes_slate::LYRIC, 4);
    assert!(lit(&feed, 1_000, "多亏了这姑娘"));
    for line in ["社保断档心慌张", "眼见的退休养老没有下稍", "我在家中急得心乱如麻", "她帮我办好续接才心安"]
    {
        assert!(!lit(&feed, 1_000, line), "{line}");
    }
    assert!(lit(&feed, 20, "我在家中急得心乱如麻"), "the light is passed on, not switched");
}

#[test]
fn a_long_song_shows_the_lines_round_the_one_being_sung() {
    let feed = scenes_slate::interlude(&scenes_slate::song(12), 8);
    assert!(lit(&feed, 1_000, "第8句唱词暖人心"));
    let on: Vec<String> = feed.frame(1_000).layers.iter().map(glyphs).filter(|text| text.starts_with('第')).collect();
    assert_eq!(on.len(), 5, "{on:?}");
}

#[test]
fn a_column_reads_from_right_to_left() {
    let feed = scenes_slate::interlude(scenes_slate::LYRIC, 1);
    let frame = feed.frame(1_000);
    let x = |line: &str| frame.layers.iter().find(|layer| glyphs(layer) == line).unwrap().placement.x;
    assert!(x("社保断档心慌张") > x("眼见的退休养老没有下稍"));
    assert!(!feed.read(1_000).iter().any(|text| text == "，" || text == "。"), "vertical lines drop their signs");
}

#[test]
fn the_spinner_turns_once_in_its_lap_whatever_was_drawn_before() {
    let feed = scenes_slate::slate("tabulating");
    let ring = |after: i64| {
        let layers = feed.frame(after).layers;
        layers.into_iter().find(|layer| layer.key.kind == LayerKind::Ring).unwrap().content
    };
    let lap = look().motion.spinner_turn.0;
    assert_ne!(ring(1_000), ring(1_040));
    assert_eq!(ring(1_000), ring(1_000 + lap));
}

#[test]
fn a_showcase_has_the_cards_ring_once_its_clock_is_armed() {
    let ring = |feed: &Feed| feed.frame(SETTLED_MS).layers.iter().any(|layer| layer.key.kind == LayerKind::Ring);
    assert!(!ring(&scenes_slate::slate("showcase")), "a title card before");
    let feed = scenes_slate::showcase();
    let frame = feed.frame(SETTLED_MS);
    let layer = frame.layers.iter().find(|layer| layer.key.kind == LayerKind::Ring).unwrap();
    let centre =
        layer.content.parts.iter().find_map(|part| if let Part::Ring(ring) = part { Some(ring.centre) } else { None });
    let centre = centre.unwrap();
    let place = look().layout.ring.centre;
    assert_eq!((centre.x + layer.placement.x, centre.y + layer.placement.y), (place.x, place.y));
    assert!(reads(&feed, SETTLED_MS, "57"));
}

#[test]
fn an_audience_s_wrong_answer_is_thanked() {
    for outcome in ["wrong", "timeout"] {
        let feed = scenes_slate::audience(outcome);
        let words = &look().labels.zh;
        let told: String = feed.read(SETTLED_MS).concat();
        assert!(told.contains(&words.slates.souvenir), "{told}");
        for unkind in [&words.wrong, &words.timeout, &words.wrong_choice] {
            assert!(!feed.read(SETTLED_MS).contains(unkind), "{unkind}");
        }
        let red = |fill: &Fill| matches!(fill, Fill::Vertical(top, _) if *top == look().palette.no_fill.0);
        let parts = feed.frame(SETTLED_MS).layers;
        let mut parts = parts.iter().flat_map(|layer| &layer.content.parts);
        assert!(!parts.any(|part| matches!(part, Part::Plate { fill, .. } if red(fill))), "no red");
    }
    assert!(reads(&scenes_slate::audience("correct"), SETTLED_MS, &look().labels.zh.slates.gift));
}

pub fn apart(a: Rect, b: Rect) -> bool {
    a.x + a.w <= b.x || b.x + b.w <= a.x || a.y + a.h <= b.y || b.y + b.h <= a.y
}

#[test]
fn up_to_a_hundred_teams_stand_in_the_photo() {
    for teams in [2, 5, 8, 13, 40, 100] {
        let feed = scenes_slate::photo(teams);
        let pages = [SETTLED_MS, SETTLED_MS + look().motion.page.0, SETTLED_MS + 2 * look().motion.page.0];
        let named = (1..=teams).filter(|n| {
            let number = n.to_string();
            pages.iter().any(|after| feed.read(*after).contains(&number))
        });
        assert_eq!(named.count(), teams as usize, "{teams} teams");
        let texts: Vec<_> = seen(&feed.frame(SETTLED_MS)).into_iter().collect();
        for (i, a) in texts.iter().enumerate() {
            for b in texts.iter().skip(i + 1) {
                assert!(apart(a.rect, b.rect), "{teams} teams: \"{}\" lies on \"{}\"", a.text, b.text);
            }
        }
    }
}

#[test]
fn no_text_of_a_card_lies_on_another() {
    for (name, feed) in scenes_slate::all() {
        if name.starts_with("audience answer") || name.starts_with("lower third") {
            continue;
        }
        let texts = seen(&feed.frame(SETTLED_MS));
        for (i, a) in texts.iter().enumerate() {
            for b in texts.iter().skip(i + 1) {
                let slack = Rect::new(a.rect.x, a.rect.y + 2.0, a.rect.w, a.rect.h - 4.0);
                assert!(
                    apart(slack, b.rect),
                    "{name}: \"{}\" {:?} lies on \"{}\" {:?}",
                    a.text,
                    a.rect,
                    b.text,
                    b.rect
                );
            }
        }
    }
}
