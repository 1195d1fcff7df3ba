//! The wall and the overlay: rounds and tables are as legible there, keep clear of people and faces, and do not collide.

use super::{Feed, Seen, THEME, frame_of, looks, scenes, scenes_tab, seen};
use crate::show::{
    clip::Clips,
    frame::{Class, Frame, Lang, Output, Rect, compose},
    theme::Theme,
};

/// First frames, the midst of every motion, settled, and after a page has turned.
const INSTANTS_MS: [i64; 11] = [0, 60, 160, 400, 900, 1_720, 2_020, 3_300, 5_000, 13_000, 40_000];

/// Scenes of rounds and tables, by the beginnings of their names.
const MINE: [&str; 15] = [
    "risk",
    "wall",
    "moment",
    "formula",
    "duel",
    "buzzer",
    "opening",
    "turn",
    "assignment",
    "standings",
    "total",
    "advance",
    "a hundred",
    "corrected buzzer",
    "corrected risk",
];

fn mine() -> impl Iterator<Item = (String, Feed)> {
    let all = scenes::all().into_iter().chain(scenes_tab::wide());
    all.filter(|(name, _)| MINE.iter().any(|mine| name.starts_with(mine)))
}

/// What must be read of a scene, without the layers that are other graphics' business: the second screen is one graphic.
fn told(class: Class, feed: &Feed, frame: &Frame) -> Vec<Seen> {
    let own = |text: &Seen| class == Class::Confidence || text.layer.entry == feed.show.program.seq;
    seen(frame).into_iter().filter(own).collect()
}

/// Where a text has ink: figures are no higher than capitals, seven tenths of their size.
fn ink(text: &Seen) -> Rect {
    let figure = text.text.chars().all(|c| c.is_ascii_digit() || matches!(c, '+' | '\u{2212}' | '.' | '%'));
    let by = if figure { text.rect.h * 0.15 } else { 0.0 };
    Rect { y: text.rect.y + by, h: text.rect.h - 2.0 * by, ..text.rect }
}

fn share(a: Rect, b: Rect) -> bool {
    a.x + a.w > b.x + 0.5 && b.x + b.w > a.x + 0.5 && a.y + a.h > b.y + 0.5 && b.y + b.h > a.y + 0.5
}

#[test]
fn every_class_is_legible_in_its_safe_area() {
    let mut faults = Vec::new();
    for (name, feed) in mine() {
        for (class, look) in looks() {
            let (safe, travel) = (look.layout.safe, look.motion.travel_px.max(look.motion.chip_travel_px));
            let least = class.legible_px();
            for (after, lang) in INSTANTS_MS.into_iter().flat_map(|at| [(at, Lang::Zh), (at, Lang::En)]) {
                for text in told(class, &feed, &frame_of(class, &feed.show, feed.at + after * 1_000, lang)) {
                    let Rect { x, y, w, h } = text.rect;
                    let across = x >= safe.x - 1.0 && x + w <= safe.x + safe.w + 1.0;
                    let down = y >= safe.y - 1.0 && y + h <= safe.y + safe.h + travel;
                    if text.size < least || !across || !down {
                        faults.push(format!(
                            "{name}, {class:?} at {after} ms, {lang:?}: \"{}\" of {} px at {:?}",
                            text.text, text.size, text.rect
                        ));
                    }
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn no_word_lies_on_another_or_over_the_faces() {
    let mut faults = Vec::new();
    for (name, feed) in mine() {
        for (class, lang) in Class::ALL.into_iter().flat_map(|class| [(class, Lang::Zh), (class, Lang::En)]) {
            let texts = told(class, &feed, &frame_of(class, &feed.show, feed.at + 9_000_000, lang));
            for (i, a) in texts.iter().enumerate() {
                let over = texts.iter().skip(i + 1).find(|b| share(ink(a), ink(b)));
                let faces = class == Class::Stream && a.rect.y < 680.0;
                if let Some(b) = over {
                    faults.push(format!("{name}, {class:?}, {lang:?}: \"{}\" {:?} on \"{}\"", a.text, a.rect, b.text));
                } else if faces {
                    faults.push(format!("{name}, {lang:?}: \"{}\" {:?} over the faces", a.text, a.rect));
                }
            }
        }
    }
    assert!(faults.is_empty(), "{} faults:\n{}", faults.len(), faults.join("\n"));
}

#[test]
fn where_ranks_are_hidden_the_order_alone_speaks() {
    let hide = |look: &crate::show::theme::Look| {
        let mut look = look.clone();
        look.flags.ranks_hidden = true;
        Box::new(look)
    };
    let hidden = Theme {
        wall: hide(&THEME.wall),
        tv: hide(&THEME.tv),
        stream: hide(&THEME.stream),
        confidence: hide(&THEME.confidence),
        ..THEME.clone()
    };
    let cases = [
        ("standings", scenes_tab::standings(8, true, |_| {})),
        ("moves", scenes_tab::with_moves()),
        ("total", scenes_tab::total(2)),
        ("advance", scenes_tab::advance(4, 4)),
    ];
    for (name, feed) in &cases {
        for class in Class::ALL {
            let (w, h) = class.canvas();
            let output = Output::of(class, (w as u32, h as u32));
            let now = feed.at + 30_000_000;
            let read = |theme: &Theme| -> Vec<String> {
                let frame = compose(&feed.show, theme, &output, &super::Plain, Clips::none(), now);
                seen(&frame).into_iter().map(|text| text.text).collect()
            };
            let (shown, quiet) = (read(&THEME), read(&hidden));
            // Places are small whole numbers or say that they are places; the feed's figures are none of these.
            let place = |text: &String| {
                text.starts_with("第 ") || text.parse::<u32>().is_ok_and(|n| n <= 8) && *name != "total"
            };
            assert!(shown.iter().any(place), "{name}, {class:?}: {shown:?}");
            assert!(!quiet.iter().any(place), "{name}, {class:?}: {quiet:?}");
        }
    }
}
