//! The ramps: every 8-bit step a column of its own, exact, not dithered, so that banding, clipping and crushing are seen.

use super::{
    desk::{BLACK, Desk, INK_QUIET, WHITE, figures, fill, grey, rgb, sans},
    plate,
};
use crate::show::frame::{Anchor, Rect, Rgba, sheet::Sheet};

/// How many steps the shallow ramps have: the darkest and the lightest eighth.
const SHALLOW: u32 = 32;
const TICK: usize = 32;
/// Room for the smallest figure of three digits, px.
const FIGURE: f32 = 22.0;

/// One row: its name, its colours from left to right and the figure of the first.
struct Ramp<'a> {
    name: &'a str,
    first: u32,
    steps: u32,
    colour: fn(u8) -> Rgba,
}

pub fn draw(desk: &mut Desk) {
    let overlay = desk.ident.class.is_overlay();
    let words = desk.words;
    let full = |name, colour| Ramp { name, first: 0, steps: 256, colour };
    let mut ramps = vec![
        full(words.grey.as_str(), grey),
        full("R", |v| rgb(v, 0, 0)),
        full("G", |v| rgb(0, v, 0)),
        full("B", |v| rgb(0, 0, v)),
        Ramp { name: words.near_black.as_str(), first: 0, steps: SHALLOW, colour: grey },
        Ramp { name: words.near_white.as_str(), first: 256 - SHALLOW, steps: SHALLOW, colour: grey },
    ];
    if overlay {
        ramps.push(full(words.alpha.as_str(), |v| WHITE.fade(f32::from(v) / 255.0)));
    }

    let end = plate::place(desk).y - desk.px(20.0);
    let top = desk.px(20.0);
    let pitch = ((end - top) / ramps.len() as f32).floor();
    let caption = desk.px(36.0).min((pitch * 0.4).round());
    let mut sheet = Sheet::new(desk.raster());
    if !overlay {
        sheet = sheet.opaque();
        fill(&mut sheet, desk.raster(), BLACK);
    }
    for (i, ramp) in ramps.iter().enumerate() {
        let row = Rect::new(0.0, top + pitch * i as f32, desk.w, pitch);
        let field = columns(desk, ramp.steps);
        let field = Rect { y: row.y + caption, h: (row.h - caption).max(1.0), ..field };
        if overlay {
            // Under the ramp of alpha there is nothing; everything else lies on black.
            ground(&mut sheet, desk, row, field, i + 1 == ramps.len(), if i == 0 { top } else { 0.0 });
        }
        steps(&mut sheet, field, ramp);
        scale(desk, &mut sheet, Rect { h: caption, ..row }, field, ramp);
    }
    if overlay {
        let below = top + pitch * ramps.len() as f32;
        fill(&mut sheet, Rect::new(0.0, below, desk.w, desk.h - below), BLACK);
    }
    desk.lay_ground(sheet);
}

/// As wide as whole columns are, in the middle.
fn columns(desk: &Desk, steps: u32) -> Rect {
    // Shallow and full ramps are as wide as each other, wherever every step of the full one has its pixel.
    let column = (desk.w / 256.0).floor().max(1.0);
    let w = if desk.w >= 256.0 { column * 256.0 } else { (desk.w / steps as f32).floor().max(1.0) * steps as f32 };
    Rect::new(((desk.w - w) / 2.0).floor(), 0.0, w, 0.0)
}

fn ground(sheet: &mut Sheet, desk: &Desk, row: Rect, field: Rect, is_alpha: bool, above: f32) {
    if !is_alpha {
        fill(sheet, Rect::new(0.0, row.y - above, desk.w, row.h + above), BLACK);
        return;
    }
    fill(sheet, Rect::new(0.0, row.y, desk.w, field.y - row.y), BLACK);
    fill(sheet, Rect::new(0.0, field.y, field.x, field.h), BLACK);
    let right = field.x + field.w;
    fill(sheet, Rect::new(right, field.y, desk.w - right, field.h), BLACK);
}

fn steps(sheet: &mut Sheet, field: Rect, ramp: &Ramp) {
    let column = field.w / ramp.steps as f32;
    for i in 0..ramp.steps {
        let value = u8::try_from(ramp.first + i).unwrap_or(u8::MAX);
        fill(sheet, Rect::new(field.x + column * i as f32, field.y, column, field.h), (ramp.colour)(value));
    }
}

/// The ramp's name, and what its columns stand for.
fn scale(desk: &Desk, sheet: &mut Sheet, rect: Rect, field: Rect, ramp: &Ramp) {
    let column = field.w / ramp.steps as f32;
    let by = if ramp.steps > 64 { TICK } else { 4 };
    let last = ramp.steps - 1;
    for i in (0..ramp.steps).step_by(by).filter(|i| i + 8 < ramp.steps || ramp.steps <= 64).chain([last]) {
        let x = field.x + column * i as f32;
        let w = desk.px(90.0);
        let (at, anchor) = if i == 0 {
            (Rect::new(x, rect.y, w, rect.h), Anchor::Start)
        } else if i == last {
            (Rect::new(x + column - w, rect.y, w, rect.h), Anchor::End)
        } else {
            (Rect::new(x + (column - w) / 2.0, rect.y, w, rect.h), Anchor::Centre)
        };
        desk.line(sheet, at, anchor, figures(24.0 * desk.unit, INK_QUIET), &(ramp.first + i).to_string());
    }
    // Between the first two figures; where there is no room, the colours speak for themselves.
    let from = desk.px(44.0).max(FIGURE);
    let name = Rect::new(field.x + from, rect.y, column * by as f32 - 2.0 * from, rect.h);
    desk.line(sheet, name, Anchor::Start, sans(24.0 * desk.unit, 600, INK_QUIET), ramp.name);
}
