//! Cards, awards, draws and line-ups on the wall and on the overlay: legible, above the people, below the faces, apart.

use super::{Feed, Plain, Seen, THEME, scenes, scenes_award, scenes_slate, seen};
use crate::show::{
    clip::Clips,
    frame::{Class, Frame, Lang, LayerKind, Output, Part, Rect, compose},
};

const WIDE: [Class; 2] = [Class::Wall, Class::Stream];

/// People stand before the wall below this line; faces are above this one in an overlay's picture.
const WALL_FOOT: f32 = 705.0;
const STREAM_TOP: f32 = 680.0;

/// From an event on: first frames, in motion, settled, and after a page has turned.
const INSTANTS_MS: [i64; 6] = [20, 300, 900, 2_600, 5_500, 13_000];

/// The scenes of this room; a lower third and the audience's card have theirs.
fn all() -> Vec<(String, Feed)> {
    let slates = scenes_slate::all()
        .into_iter()
        .filter(|(name, _)| !name.starts_with("lower third") && !name.starts_with("audience answer"));
    let others = scenes::all().into_iter().filter(|(name, _)| {
        ["title", "rules", "message", "notary", "long rules", "long title"].contains(&name.as_str())
    });
    slates.chain(others).chain(scenes_award::all()).collect()
}

fn picture(feed: &Feed, class: Class, after_ms: i64, lang: Lang) -> Frame {
    let (w, h) = class.canvas();
    let output = Output { lang, ..Output::of(class, (w as u32, h as u32)) };
    compose(&feed.show, &THEME, &output, &Plain, Clips::none(), feed.at + after_ms * 1_000)
}

/// What stands through the scenes, and what a scene before leaves behind, has its own promises.
fn of_the_scene(feed: &Feed, text: &Seen) -> bool {
    text.layer.entry == feed.show.program.seq
}

#[test]
fn every_text_is_legible_and_where_it_may_stand() {
    let mut faults = Vec::new();
    for class in WIDE {
        let look = THEME.of(class);
        let (safe, travel) = (look.layout.safe, look.motion.travel_px);
        let (top, foot) = match class {
            Class::Stream => (STREAM_TOP, safe.y + safe.h),
            _ => (safe.y, WALL_FOOT),
        };
        for (name, feed) in all() {
            for (after, lang) in INSTANTS_MS.into_iter().flat_map(|after| [(after, Lang::Zh), (after, Lang::En)]) {
                let texts = seen(&picture(&feed, class, after, lang));
                for text in texts.into_iter().filter(|text| of_the_scene(&feed, text)) {
                    let Rect { x, y, w, h } = text.rect;
                    let within = x >= safe.x - 1.0 && x + w <= safe.x + safe.w + 1.0;
                    let between = y >= top - 1.0 && y + h <= foot + travel;
                    if text.size < class.legible_px() || !within || !between {
                        let what = (text.text, text.rect, text.size, text.layer);
                        faults.push(format!("{} {name} at {after} ms, {lang:?}: {what:?}", class.name()));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} texts:\n{}", faults.len(), faults.join("\n"));
}

fn apart(a: Rect, b: Rect) -> bool {
    // A line's box is a little higher than its glyphs.
    let slack = Rect::new(a.x + 1.0, a.y + 3.0, a.w - 2.0, a.h - 6.0);
    slack.x + slack.w <= b.x || b.x + b.w <= slack.x || slack.y + slack.h <= b.y || b.y + b.h <= slack.y
}

#[test]
fn no_text_lies_on_another() {
    let mut faults = Vec::new();
    for class in WIDE {
        for (name, feed) in all() {
            let texts = seen(&picture(&feed, class, 5_500, Lang::Zh));
            let texts: Vec<_> = texts.into_iter().filter(|text| of_the_scene(&feed, text)).collect();
            for (i, a) in texts.iter().enumerate() {
                for b in texts.iter().skip(i + 1) {
                    // The reel's texts pass behind a veil.
                    let reel = a.layer.kind == LayerKind::Coin && b.layer.kind == LayerKind::Coin;
                    if !reel && !apart(a.rect, b.rect) {
                        let (a, b) = ((&a.text, a.rect), (&b.text, b.rect));
                        faults.push(format!("{} {name}: {a:?} lies on {b:?}", class.name()));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} pairs:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn an_overlay_s_words_stand_on_plates() {
    let class = Class::Stream;
    for (name, feed) in all() {
        let frame = picture(&feed, class, 5_500, Lang::Zh);
        let mut plates: Vec<Rect> = Vec::new();
        for layer in &frame.layers {
            for part in &layer.content.parts {
                if let Part::Plate { rect, shadow: Some(_), .. } = part {
                    plates.push(rect.shift(layer.placement.x, layer.placement.y));
                }
            }
        }
        for text in seen(&frame).into_iter().filter(|text| of_the_scene(&feed, text)) {
            let Rect { x, y, w, h } = text.rect;
            let on = |plate: &Rect| {
                let (left, right) = (x >= plate.x - 1.0, x + w <= plate.x + plate.w + 1.0);
                left && right && y >= plate.y - 1.0 && y + h <= plate.y + plate.h + 1.0
            };
            assert!(plates.iter().any(on), "{name}: \"{}\" {:?} stands on no plate", text.text, text.rect);
        }
    }
}

#[test]
fn places_that_are_hidden_are_read_nowhere() {
    let mut theme = THEME.clone();
    for look in [&mut theme.wall, &mut theme.tv, &mut theme.stream, &mut theme.confidence] {
        look.flags.ranks_hidden = true;
    }
    let ranked: Vec<_> = ["甲", "乙", "丙", "丁"]
        .iter()
        .zip(71..)
        .map(|(name, rank)| serde_json::json!({"name": name, "rank": rank}))
        .collect();
    for feed in [scenes_award::award("个人奖", ranked), scenes_award::lineup(8, ""), scenes_award::lineup(8, "t7")] {
        for class in Class::ALL {
            let (w, h) = class.canvas();
            let output = Output::of(class, (w as u32, h as u32));
            let told = seen(&compose(&feed.show, &theme, &output, &Plain, Clips::none(), feed.at + 9_000_000));
            let places = ["71", "72", "73", "74", "7", "8"];
            assert!(!told.iter().any(|text| places.contains(&text.text.as_str())), "{}", class.name());
            assert!(!told.is_empty());
        }
    }
}
