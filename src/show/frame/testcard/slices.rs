//! The slices: each with its number, name, source and destination, and which way is up.

use super::{
    CardSlice,
    desk::{Desk, GROUND, INK, WHITE, circle, fill, outline, rgb, sans},
    plate,
};
use crate::show::frame::{Anchor, Icon, Rect, Rgba, part::Point, sheet::Sheet};

/// Neighbours never share one: told apart by hue and lightness.
const HUES: [Rgba; 6] = [
    rgb(90, 200, 250),
    rgb(255, 179, 64),
    rgb(120, 220, 120),
    rgb(244, 114, 182),
    rgb(180, 150, 255),
    rgb(240, 230, 100),
];
const GROUND_SHARE: f32 = 0.16;
/// The arrows' size and the height of all words, where a slice has 1080 lines.
const ARROW: f32 = 120.0;
const WORDS: f32 = 500.0;

pub fn draw(desk: &mut Desk) {
    let mut sheet = Sheet::new(desk.raster()).opaque();
    fill(&mut sheet, desk.raster(), GROUND);
    let (w, h) = desk.ident.raster;
    let whole = [CardSlice { name: None, from: (0, 0, w, h), to: (0, 0), turn: 0 }];
    let slices = if desk.ident.slices.is_empty() { &whole[..] } else { &desk.ident.slices };
    for (i, one) in slices.iter().enumerate() {
        slice(desk, &mut sheet, one, i);
    }
    desk.lay_ground(sheet);
}

fn slice(desk: &Desk, sheet: &mut Sheet, slice: &CardSlice, i: usize) {
    let hue = HUES[i % HUES.len()];
    let (x, y, w, h) = slice.from;
    let rect = Rect::new(x as f32, y as f32, w as f32, h as f32);
    let unit = (rect.w / 1080.0).min(rect.h / 1080.0);
    fill(sheet, rect, GROUND.mix(hue, GROUND_SHARE));
    let centre = rect.centre();
    let edge = (8.0 * unit).round().clamp(2.0, 8.0);
    circle(sheet, centre, rect.w.min(rect.h) / 2.0 - edge, (3.0 * unit).max(1.0), hue.fade(0.5));
    outline(sheet, rect, edge, hue);
    // The outermost pixels: where one is missing, the slice is cut wrongly.
    outline(sheet, rect, 1.0, WHITE);
    arrows(sheet, rect, unit, hue);

    // Below the arrows, and above the plate where it lies on this slice.
    let clear = plate::place(desk);
    let bottom = (rect.y + rect.h).min(if overlaps(rect, clear) { clear.y } else { f32::MAX });
    let top = rect.y + ARROW * unit;
    let room = Rect { y: top, h: (bottom - top).max(1.0), ..rect };
    let middle = room.centre();
    let unit = unit.min(room.h / WORDS);
    let row = |from: f32, high: f32| {
        let w = rect.w * 0.9;
        Rect::new(middle.x - w / 2.0, (middle.y + from * unit).round(), w, (high * unit).round())
    };
    let number = (i + 1).to_string();
    desk.line(sheet, row(-240.0, 240.0), Anchor::Centre, sans(220.0 * unit, 800, hue), &number);
    if let Some(name) = &slice.name {
        desk.line(sheet, row(8.0, 90.0), Anchor::Centre, sans(72.0 * unit, 700, INK), name);
    }
    let (tw, th) = if slice.turn.is_multiple_of(180) { (w, h) } else { (h, w) };
    let words = desk.words;
    let from = format!("{} {x}, {y} · {w} × {h}", words.from);
    let to = format!("{} {}, {} · {tw} × {th}", words.to, slice.to.0, slice.to.1);
    let to = if slice.turn == 0 { to } else { format!("{to} · {} {}°", words.turn, slice.turn) };
    desk.line(sheet, row(108.0, 60.0), Anchor::Centre, sans(44.0 * unit, 600, INK), &from);
    desk.line(sheet, row(168.0, 60.0), Anchor::Centre, sans(44.0 * unit, 600, INK), &to);
}

fn overlaps(a: Rect, b: Rect) -> bool {
    a.x < b.x + b.w && b.x < a.x + a.w && a.y < b.y + b.h && b.y < a.y + a.h
}

/// This way up: in the middle of the top edge and in its corners.
fn arrows(sheet: &mut Sheet, rect: Rect, unit: f32, hue: Rgba) {
    let size = (ARROW * unit).max(8.0);
    let y = rect.y + size * 0.7;
    for x in [rect.x + size * 0.7, rect.x + rect.w / 2.0, rect.x + rect.w - size * 0.7] {
        sheet.icon(Point { x: x.round(), y: y.round() }, size, Icon::Up, hue);
    }
}
