//! Questions, speed rounds and strips on the wall and on the stream: legible, in their safe area, apart from one another.

use serde_json::json;

use super::{Feed, Plain, Seen, THEME, scenes, scenes_judge::crowd, seen};
use crate::show::{
    clip::Clips,
    frame::{Class, Frame, LayerKind, Output, Rect, compose},
    state::Scene,
};

const WIDE: [Class; 2] = [Class::Wall, Class::Stream];

/// First frames, the midst of every motion, settled, and after a page has turned.
const INSTANTS_MS: [i64; 10] = [0, 100, 300, 500, 900, 1_720, 2_600, 3_300, 5_000, 13_000];

fn frame(feed: &Feed, class: Class, after_ms: i64) -> Frame {
    let (w, h) = class.canvas();
    compose(
        &feed.show,
        &THEME,
        &Output::of(class, (w as u32, h as u32)),
        &Plain,
        Clips::none(),
        feed.at + after_ms * 1_000,
    )
}

/// Every scene with a question's card, and the teams' strip.
fn cards() -> impl Iterator<Item = (String, Feed)> {
    let of_a_card = |feed: &Feed| matches!(feed.show.program.scene, Scene::Card | Scene::Rush);
    scenes::all().into_iter().filter(move |(_, feed)| of_a_card(feed))
}

/// The texts of these layers that are wholly there.
fn settled(frame: &Frame, kinds: &[LayerKind]) -> Vec<Seen> {
    let whole = |key| frame.layers.iter().any(|layer| layer.key == key && layer.placement.opacity > 0.99);
    seen(frame).into_iter().filter(|text| kinds.contains(&text.layer.kind) && whole(text.layer)).collect()
}

fn apart(a: Rect, b: Rect) -> bool {
    a.x + a.w <= b.x + 1.0 || b.x + b.w <= a.x + 1.0 || a.y + a.h <= b.y + 2.0 || b.y + b.h <= a.y + 2.0
}

#[test]
fn cards_are_legible_and_in_the_safe_area() {
    for class in WIDE {
        let look = THEME.of(class);
        let (safe, travel) = (look.layout.safe, look.motion.travel_px.max(look.motion.chip_travel_px));
        for (name, feed) in cards() {
            for after in INSTANTS_MS {
                for text in seen(&frame(&feed, class, after)) {
                    let Rect { x, y, w, h } = text.rect;
                    let what = format!(
                        "{name} at {after} ms on the {}: \"{}\" at {:?} {:?}",
                        class.name(),
                        text.text,
                        text.rect,
                        text.layer
                    );
                    assert!(text.size >= class.legible_px(), "{what} is {} px", text.size);
                    assert!(x >= safe.x - 1.0 && x + w <= safe.x + safe.w + 1.0, "{what}");
                    assert!(y >= safe.y - 1.0 && y + h <= safe.y + safe.h + travel, "{what}");
                }
            }
        }
    }
}

#[test]
fn no_words_of_a_card_lie_on_others_or_on_the_ring() {
    for class in WIDE {
        let ring = &THEME.of(class).layout.ring;
        for (name, feed) in cards() {
            for after in [3_300, 13_000] {
                let texts = settled(&frame(&feed, class, after), &[LayerKind::Card, LayerKind::Option]);
                for (i, a) in texts.iter().enumerate() {
                    let what = format!("{name} at {after} ms on the {}: \"{}\"", class.name(), a.text);
                    let x = ring.centre.x.clamp(a.rect.x, a.rect.x + a.rect.w) - ring.centre.x;
                    let y = ring.centre.y.clamp(a.rect.y, a.rect.y + a.rect.h) - ring.centre.y;
                    assert!(x.hypot(y) >= ring.radius, "{what} lies on the ring");
                    for b in texts.iter().skip(i + 1) {
                        assert!(apart(a.rect, b.rect), "{what} {:?} lies on \"{}\" {:?}", a.rect, b.text, b.rect);
                    }
                }
            }
        }
    }
}

#[test]
fn every_team_has_its_cell_or_its_page() {
    for class in WIDE {
        for teams in 2..=40 {
            let feed = crowd(teams, &["平潭综合", "济南市", "长沙"]);
            let mut idle = Feed { show: feed.show.clone(), seq: feed.seq, at: feed.at };
            idle.show.core.turn = None;
            let mut met = Vec::new();
            for page in 0..20 {
                let after_ms = 9_000 + page * THEME.of(class).motion.strip_page.us() / 1_000;
                let cells = settled(&frame(&idle, class, after_ms), &[LayerKind::Cell]);
                for (i, a) in cells.iter().enumerate() {
                    assert!(!a.text.contains('…'), "{teams} teams on the {}: {}", class.name(), a.text);
                    for b in cells.iter().skip(i + 1) {
                        assert!(apart(a.rect, b.rect), "{teams} on the {}: {} on {}", class.name(), a.text, b.text);
                    }
                }
                met.extend(cells.iter().map(|cell| cell.layer.index));
            }
            met.sort_unstable();
            met.dedup();
            assert_eq!(met, (0..teams as u16).collect::<Vec<_>>(), "{teams} teams on the {}", class.name());
        }
    }
}

#[test]
fn a_stream_leaves_the_faces_free_and_writes_on_plates_alone() {
    for (name, feed) in cards() {
        let frame = frame(&feed, Class::Stream, 13_000);
        assert!(!frame.layers.iter().any(|layer| matches!(layer.key.kind, LayerKind::Backdrop | LayerKind::Header)));
        for text in settled(&frame, &[LayerKind::Card, LayerKind::Option, LayerKind::Panel, LayerKind::Cell]) {
            let (top, bottom) = (text.rect.y, text.rect.y + text.rect.h);
            assert!(bottom <= 126.0 || top >= 680.0, "{name}: \"{}\" at {:?}", text.text, text.rect);
        }
    }
}

#[test]
fn who_is_on_stands_in_the_card() {
    let mut feed = Feed::new(5);
    feed.round("solo").ask("single");
    for class in WIDE {
        let texts = settled(&frame(&feed, class, 5_000), &[LayerKind::Card]);
        assert!(texts.iter().any(|text| text.text == "济南市"), "on the {}", class.name());
    }
}

#[test]
fn six_options_and_long_ones_are_read_whole() {
    let short = ["用人单位名称", "统一社会信用代码", "法定代表人", "单位类型", "组织机构代码", "开户银行账号"];
    let long = "由社会保险费征收机构责令限期缴纳或者补足，并自欠缴之日起按日加收万分之五的滞纳金";
    for options in [short, [long; 6]] {
        let mut feed = Feed::new(5);
        feed.round("solo");
        let given: Vec<_> = options
            .iter()
            .zip(["A", "B", "C", "D", "E", "F"])
            .map(|(text, label)| json!({"label": label, "text": text}))
            .collect();
        feed.say(
            100,
            "question.shown",
            json!({"id": "q", "kind": "multi", "stem": "哪些？", "options": given, "value": 10}),
        );
        for class in WIDE {
            let mut read = String::new();
            for page in 0..8 {
                let after = 3_000 + page * THEME.of(class).motion.page.us() / 1_000;
                let texts = settled(&frame(&feed, class, after), &[LayerKind::Card, LayerKind::Option]);
                read.extend(texts.into_iter().map(|text| text.text));
            }
            for option in options {
                let first: String = option.chars().take(4).collect();
                assert!(read.contains(&first) && !read.contains('…'), "\"{option}\" on the {}", class.name());
            }
        }
    }
}
