//! Colour bars in exact 8-bit values: 100 % (EBU 100/0/100/0), 75 % (100/0/75/0), greys, and steps near black and white.

use super::{
    desk::{BLACK, Desk, INK_QUIET, WHITE, figures, fill, grey, rgb, sans},
    plate,
};
use crate::show::frame::{Anchor, Rect, Rgba, sheet::Sheet};

/// White, yellow, cyan, green, magenta, red, blue, black: which channels are on.
const BARS: [[u8; 3]; 8] = [[1, 1, 1], [1, 1, 0], [0, 1, 1], [0, 1, 0], [1, 0, 1], [1, 0, 0], [0, 0, 1], [0, 0, 0]];
const FULL: u8 = 255;
/// 75 % of 255.
const REDUCED: u8 = 191;
const STAIRS: [u8; 11] = [0, 26, 51, 77, 102, 128, 153, 179, 204, 230, 255];
const NEAR_BLACK: [u8; 6] = [0, 2, 5, 8, 10, 13];
const NEAR_WHITE: [u8; 6] = [242, 245, 247, 250, 253, 255];
/// Where the rows end, as shares of the height above the plate.
const ROWS: [f32; 3] = [0.5, 0.82, 1.0];

pub fn draw(desk: &mut Desk) {
    let mut sheet = Sheet::new(desk.raster()).opaque();
    fill(&mut sheet, desk.raster(), BLACK);
    let below = plate::place(desk);
    let end = (below.y - desk.px(24.0)).max(1.0);
    let edges = [0.0, ROWS[0], ROWS[1], ROWS[2]].map(|share| (end * share).round());
    let words = desk.words;
    for (row, level) in [(0, FULL), (1, REDUCED)] {
        let bars: Vec<_> = BARS
            .iter()
            .zip(&words.colours)
            .map(|(on, name)| {
                // The white of the 75 % bars is reduced, too: it is what skin is set against.
                let [r, g, b] = on.map(|on| on * level);
                (rgb(r, g, b), format!("{name} {}", [r, g, b].map(|v| v.to_string()).join(" ")))
            })
            .collect();
        strip(desk, &mut sheet, Rect::new(0.0, edges[row], desk.w, edges[row + 1] - edges[row]), &bars);
    }
    let stairs: Vec<_> = STAIRS.iter().map(|v| (grey(*v), v.to_string())).collect();
    strip(desk, &mut sheet, Rect::new(0.0, edges[2], desk.w, edges[3] - edges[2]), &stairs);

    // Left and right of the plate, or below it where there is no room beside.
    let gap = desk.px(32.0);
    let beside = below.x - 2.0 * gap;
    let (left, right) = if beside >= desk.px(240.0) {
        let place = |x: f32| Rect::new(x, below.y, beside, below.h);
        (place(gap), place(below.x + below.w + gap))
    } else {
        let top = below.y + below.h + gap;
        let (w, h) = ((desk.w - 3.0 * gap) / 2.0, (desk.h - top - gap).max(1.0));
        (Rect::new(gap, top, w.floor(), h), Rect::new(desk.w - gap - w.floor(), top, w.floor(), h))
    };
    steps(desk, &mut sheet, left, &words.near_black, NEAR_BLACK, BLACK);
    steps(desk, &mut sheet, right, &words.near_white, NEAR_WHITE, WHITE);
    desk.lay_ground(sheet);
}

/// Bars side by side on whole pixels, each with its values at its foot.
fn strip(desk: &Desk, sheet: &mut Sheet, rect: Rect, bars: &[(Rgba, String)]) {
    let edge = |i: usize| (rect.x + rect.w * i as f32 / bars.len() as f32).round();
    let high = desk.px(36.0);
    for (i, (colour, text)) in bars.iter().enumerate() {
        let bar = Rect::new(edge(i), rect.y, edge(i + 1) - edge(i), rect.h);
        fill(sheet, bar, *colour);
        let foot = Rect::new(bar.x + 4.0, bar.y + bar.h - high, bar.w - 8.0, high);
        let ink = if colour.luminance() > 0.18 { BLACK } else { WHITE };
        desk.line(sheet, foot, Anchor::Centre, sans(22.0 * desk.unit, 600, ink), text);
    }
}

/// Steps that must be told from their ground: crushed blacks and clipped whites are seen here.
fn steps(desk: &Desk, sheet: &mut Sheet, rect: Rect, name: &str, values: [u8; 6], ground: Rgba) {
    let caption = desk.px(36.0).min(rect.h * 0.3).round();
    let field = Rect::new(rect.x, rect.y, rect.w, rect.h - 2.0 * caption);
    fill(sheet, field, ground);
    // A slot between each two shows the ground.
    let slots = values.len() * 2 + 1;
    let edge = |i: usize| (field.x + field.w * i as f32 / slots as f32).round();
    let inset = (field.h * 0.12).round();
    for (i, value) in values.into_iter().enumerate() {
        let (from, to) = (edge(2 * i + 1), edge(2 * i + 2));
        fill(sheet, Rect::new(from, field.y + inset, to - from, field.h - 2.0 * inset), grey(value));
        let (from, to) = (edge(2 * i), edge(2 * i + 3));
        let label = Rect::new(from, field.y + field.h, to - from, caption);
        desk.line(sheet, label, Anchor::Centre, figures(26.0 * desk.unit, INK_QUIET), &value.to_string());
    }
    let foot = Rect::new(rect.x, field.y + field.h + caption, rect.w, caption);
    desk.line(sheet, foot, Anchor::Start, sans(24.0 * desk.unit, 600, INK_QUIET), name);
}
