//! Which output this is and what time it is, on every card at the same place.

use super::{
    TestCard,
    desk::{BLACK, Desk, INK, INK_QUIET, SIGNAL, figures, fill, outline, sans},
};
use crate::show::{
    frame::{Anchor, LayerKind, Rect, sheet::Sheet},
    time::Instant,
    timecode::Timecode,
};

const WIDTH: f32 = 760.0;
const HEIGHT: f32 = 236.0;
/// Its middle, as a share of the raster's height: below the centre, which is measured itself.
const MIDDLE: f32 = 0.8;

/// Where the plate lies.
pub fn place(desk: &Desk) -> Rect {
    let (w, h) = (desk.px(WIDTH), desk.px(HEIGHT));
    Rect::new(((desk.w - w) / 2.0).round(), (desk.h * MIDDLE - h / 2.0).round(), w, h)
}

pub fn draw(desk: &mut Desk, card: TestCard, now: Instant) {
    let rect = place(desk);
    let (pad, edge) = (desk.px(28.0), desk.px(3.0));
    let inside = Rect::new(rect.x + pad, rect.y, rect.w - 2.0 * pad, rect.h);
    let rows = [(16.0, 88.0), (90.0, 138.0), (142.0, 222.0)];
    let [top, middle, clock] = rows.map(|(from, to)| {
        let (from, to) = (rect.y + desk.px(from), rect.y + desk.px(to));
        Rect::new(inside.x, from, inside.w, to - from)
    });

    let mut still = Sheet::new(rect);
    fill(&mut still, rect, BLACK);
    outline(&mut still, rect, edge, INK);
    let words = desk.words;
    let ident = desk.ident;
    let title = &words.cards[card as usize];
    let share = top.w * 0.64;
    desk.line(&mut still, Rect { w: share, ..top }, Anchor::Start, sans(56.0 * desk.unit, 800, INK), &ident.name);
    let right = Rect::new(top.x + share, top.y, top.w - share, top.h);
    desk.line(&mut still, right, Anchor::End, sans(36.0 * desk.unit, 600, SIGNAL), title);
    let (width, height) = ident.raster;
    let class = &words.classes[ident.class as usize];
    let what = format!("{class} · {width} × {height} · {} Hz", ident.rate);
    desk.line(&mut still, middle, Anchor::Start, sans(34.0 * desk.unit, 600, INK_QUIET), &what);
    desk.lay(LayerKind::Mark, 0, still);

    let mut moving = Sheet::new(clock);
    let share = (clock.w * 0.58).round();
    let timecode = Timecode::at(now, ident.rate).to_string();
    desk.line(&mut moving, Rect { w: share, ..clock }, Anchor::Start, figures(72.0 * desk.unit, INK), &timecode);
    let number = format!("{} {}", words.frame, ident.rate.of_day(now));
    let right = Rect::new(clock.x + share, clock.y, clock.w - share, clock.h);
    desk.line(&mut moving, right, Anchor::End, sans(34.0 * desk.unit, 600, INK_QUIET), &number);
    desk.lay(LayerKind::Mark, 1, moving);
}
