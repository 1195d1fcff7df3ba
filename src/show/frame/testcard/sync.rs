//! Sync: a mark crosses the centre exactly at each whole second of show time, and for that one frame a field is white.

use super::{
    desk::{BLACK, Desk, GROUND, INK, INK_QUIET, LINE_MAJOR, SIGNAL, WHITE, figures, fill, outline},
    plate,
};
use crate::show::{
    frame::{Anchor, LayerKey, LayerKind, Placement, Rect, sheet::Sheet},
    rate::Rate,
    time::Instant,
    timecode::Timecode,
};

const SECOND_US: i64 = 1_000_000;
/// The track's length, as a share of the raster's width; half a second to each side.
const TRACK: f32 = 0.86;
/// The share of the raster that may flash; what is larger is tiring, and dangerous for some.
const FLASH: f32 = 0.08;
/// Ticks to each side of the centre: one each 100 ms.
const TICKS: i32 = 5;

/// Whether the frame at `now` is the first one of its second.
pub fn flashes(rate: Rate, now: Instant) -> bool {
    let n = rate.of_day(now);
    n == 0 || rate.after_us(n) / SECOND_US != rate.after_us(n - 1) / SECOND_US
}

pub fn draw(desk: &mut Desk, now: Instant) {
    let end = plate::place(desk).y;
    let cx = (desk.w / 2.0).floor();
    let half = (desk.w * TRACK / 2.0).round();
    let (top, high) = ((end * 0.60).round(), (end * 0.16).round().max(4.0));
    let track = Rect::new(cx - half, top, 2.0 * half, high);

    let mut sheet = Sheet::new(desk.raster()).opaque();
    fill(&mut sheet, desk.raster(), GROUND);
    fill(&mut sheet, track, BLACK);
    for i in -TICKS..=TICKS {
        let x = (cx + half * i as f32 / TICKS as f32).round();
        let (thick, long) = if i == 0 { (desk.px(6.0), high * 0.5) } else { (desk.px(2.0), high * 0.25) };
        let colour = if i == 0 { SIGNAL } else { LINE_MAJOR };
        fill(&mut sheet, Rect::new(x - thick / 2.0, track.y + track.h, thick, long.round()), colour);
        let w = (2.0 * half / (2 * TICKS) as f32).round();
        let label = Rect::new(x - w / 2.0, track.y + track.h + long + desk.px(4.0), w, desk.px(40.0));
        let text =
            if i == 0 { "0 ms".to_owned() } else { format!("{}{}", if i > 0 { "+" } else { "−" }, i.abs() * 100) };
        desk.line(&mut sheet, label, Anchor::Centre, figures(28.0 * desk.unit, INK_QUIET), &text);
    }
    outline(&mut sheet, track.grow(desk.px(3.0)), desk.px(3.0), LINE_MAJOR);
    let field = field(desk, end);
    fill(&mut sheet, field, BLACK);
    outline(&mut sheet, field.grow(desk.px(4.0)), desk.px(4.0), INK);
    desk.lay_ground(sheet);

    // From −½ s to +½ s round the whole second, at the centre exactly on it.
    let phase = (now + SECOND_US / 2).rem_euclid(SECOND_US) - SECOND_US / 2;
    let thick = desk.px(12.0);
    let x = cx + half * 2.0 * phase as f32 / SECOND_US as f32 - thick / 2.0;
    let mut mark = Sheet::new(Rect::new(0.0, 0.0, thick, track.h));
    fill(&mut mark, Rect::new(0.0, 0.0, thick, track.h), SIGNAL);
    let layer =
        mark.into_layer(LayerKey { kind: LayerKind::Panel, entry: 0, index: 0 }, Placement::at(x.round(), track.y));
    desk.layers.push(layer);

    let flash = flashes(desk.ident.rate, now);
    let mut count = Sheet::new(field);
    if flash {
        fill(&mut count, field, WHITE);
    }
    let timecode = Timecode::at(now, desk.ident.rate);
    let ink = if flash { BLACK } else { INK };
    let text = format!("{:02}", timecode.frames);
    desk.line(&mut count, field, Anchor::Centre, figures(field.h * 0.78, ink), &text);
    desk.lay(LayerKind::Ring, 0, count);
}

/// Where the frames of the second are counted, large enough for a camera at the back of the hall.
fn field(desk: &Desk, end: f32) -> Rect {
    // What flashes stays small: see FLASH.
    let h = (end * 0.44).min((FLASH * desk.w * desk.h / 1.2).sqrt()).round();
    let w = (h * 1.2).round().min((desk.w * 0.8).round());
    Rect::new((desk.w / 2.0).floor() - (w / 2.0).floor(), (end * 0.08).round(), w, h)
}
