//! The grid: a line every 64 px, numbers every 128, circles that must be round, the outermost pixels, the centre.

use super::{
    desk::{BLACK, Desk, GROUND, INK, LINE, LINE_MAJOR, SIGNAL, Type, WHITE, circle, figures, fill, outline, sans},
    plate,
};
use crate::show::frame::{Anchor, Rect, part::Point, sheet::Sheet};

const MINOR: u32 = 64;
const MAJOR: u32 = 128;
/// A patch of single lines, px, and how many lines of each direction.
const PATCH: f32 = 64.0;

pub fn draw(desk: &mut Desk) {
    let mut sheet = Sheet::new(desk.raster()).opaque();
    fill(&mut sheet, desk.raster(), GROUND);
    lines(desk, &mut sheet);
    circles(desk, &mut sheet);
    numbers(desk, &mut sheet);
    centre(desk, &mut sheet);
    patches(desk, &mut sheet);
    outline(&mut sheet, desk.raster(), 1.0, WHITE);
    corners(desk, &mut sheet);
    size(desk, &mut sheet);
    desk.lay_ground(sheet);
}

fn lines(desk: &Desk, sheet: &mut Sheet) {
    let (w, h) = desk.ident.raster;
    // Every line is the first pixel of its block: line 128 lies on pixel 128, counted from 0.
    for major in [false, true] {
        let colour = if major { LINE_MAJOR } else { LINE };
        let drawn = |at: &u32| at.is_multiple_of(MAJOR) == major;
        for x in (MINOR..w).step_by(MINOR as usize).filter(drawn) {
            fill(sheet, Rect::new(x as f32, 0.0, 1.0, desk.h), colour);
        }
        for y in (MINOR..h).step_by(MINOR as usize).filter(drawn) {
            fill(sheet, Rect::new(0.0, y as f32, desk.w, 1.0), colour);
        }
    }
}

/// One as high (or wide) as the raster, and one in each corner.
fn circles(desk: &Desk, sheet: &mut Sheet) {
    let (cx, cy) = (desk.w / 2.0, desk.h / 2.0);
    let radius = desk.w.min(desk.h) / 2.0;
    let width = desk.px(3.0);
    circle(sheet, Point { x: cx, y: cy }, radius - 1.0, width, INK);
    // Round its own extent where the raster is long: one circle after another.
    let (along, n) = if desk.w >= desk.h { (desk.w, desk.w / desk.h) } else { (desk.h, desk.h / desk.w) };
    let beside = ((n - 1.0) / 2.0).floor() as u32;
    for i in 1..=beside {
        let off = 2.0 * radius * i as f32;
        for at in [along / 2.0 - off, along / 2.0 + off] {
            let at = if desk.w >= desk.h { Point { x: at, y: cy } } else { Point { x: cx, y: at } };
            circle(sheet, at, radius - 1.0, desk.px(2.0), LINE_MAJOR);
        }
    }
    let small = (radius / 4.0).round();
    for (x, y) in [(small, small), (desk.w - small, small), (small, desk.h - small), (desk.w - small, desk.h - small)] {
        circle(sheet, Point { x, y }, small - 1.0, desk.px(2.0), SIGNAL);
    }
}

/// What stands at a line: pixel columns along the top, the middle and the bottom, rows along the sides and the middle.
fn numbers(desk: &Desk, sheet: &mut Sheet) {
    let (w, h) = desk.ident.raster;
    let (size, pad) = (desk.px(22.0).min(26.0), 4.0);
    let type_ = figures(size, INK);
    let line = (size * 1.25).round();
    // Not where the corners' own figures stand, nor on top of one another at the centre.
    let clear = |at: u32, size: f32, room: f32| (room..size - room).contains(&(at as f32 + MINOR as f32 / 2.0));
    let beside = |at: u32, size: f32| (at as f32 - size / 2.0).abs() >= MINOR as f32;
    for x in (MAJOR..w).step_by(MAJOR as usize).filter(|x| clear(*x, desk.w, desk.px(190.0)) && beside(*x, desk.w)) {
        for y in [pad, (desk.h / 2.0).round() + pad, desk.h - line - pad] {
            label(desk, sheet, Point { x: x as f32 + pad, y }, type_, x);
        }
    }
    for y in (MAJOR..h).step_by(MAJOR as usize).filter(|y| clear(*y, desk.h, desk.px(90.0)) && beside(*y, desk.h)) {
        for x in [pad, (desk.w / 2.0).round() + pad] {
            label(desk, sheet, Point { x, y: y as f32 + pad }, type_, y);
        }
        let rect = Rect::new(desk.w - MAJOR as f32 - pad, y as f32 + pad, MAJOR as f32, line);
        desk.line(sheet, rect, Anchor::End, type_, &y.to_string());
    }
}

fn label(desk: &Desk, sheet: &mut Sheet, at: Point, type_: Type, number: u32) {
    let room = (desk.w - at.x).min(MINOR as f32);
    desk.line(
        sheet,
        Rect::new(at.x, at.y, room, (type_.size * 1.25).round()),
        Anchor::Start,
        type_,
        &number.to_string(),
    );
}

/// A cross of two pixels, so that it lies on the middle of an even raster.
fn centre(desk: &Desk, sheet: &mut Sheet) {
    let (cx, cy) = ((desk.w / 2.0).floor(), (desk.h / 2.0).floor());
    fill(sheet, Rect::new(cx - 1.0, 0.0, 2.0, desk.h), SIGNAL);
    fill(sheet, Rect::new(0.0, cy - 1.0, desk.w, 2.0), SIGNAL);
    circle(sheet, Point { x: cx, y: cy }, desk.px(24.0), desk.px(2.0), SIGNAL);
}

/// Single lines, upright and level: where the picture is scaled they turn into grey or beat.
fn patches(desk: &Desk, sheet: &mut Sheet) {
    let side = PATCH;
    if desk.w < 8.0 * side || desk.h < 8.0 * side {
        return;
    }
    let (cx, cy) = ((desk.w / 2.0).floor(), (desk.h / 2.0).floor());
    let top = (cy - desk.px(240.0) - side).floor();
    for (x, upright) in [(cx - 2.0 * side, true), (cx + side, false)] {
        let rect = Rect::new(x, top, side, side);
        fill(sheet, rect.grow(2.0), BLACK);
        for i in (0..PATCH as u32).step_by(2) {
            let at = i as f32;
            let line = if upright {
                Rect::new(rect.x + at, rect.y, 1.0, side)
            } else {
                Rect::new(rect.x, rect.y + at, side, 1.0)
            };
            fill(sheet, line, WHITE);
        }
    }
}

/// Brackets in the corners, and the numbers of the outermost pixels.
fn corners(desk: &Desk, sheet: &mut Sheet) {
    let (long, thick) = (desk.px(72.0), desk.px(6.0));
    for (right, bottom) in [(false, false), (true, false), (false, true), (true, true)] {
        let x = |size: f32| if right { desk.w - size } else { 0.0 };
        let y = |size: f32| if bottom { desk.h - size } else { 0.0 };
        fill(sheet, Rect::new(x(long), y(thick), long, thick), WHITE);
        fill(sheet, Rect::new(x(thick), y(long), thick, long), WHITE);
        let (last_x, last_y) = (desk.ident.raster.0 - 1, desk.ident.raster.1 - 1);
        let text = format!("{}, {}", if right { last_x } else { 0 }, if bottom { last_y } else { 0 });
        let (w, h) = (desk.px(200.0), desk.px(30.0));
        let gap = desk.px(14.0);
        let rect =
            Rect::new(x(w + gap) + if right { 0.0 } else { gap }, y(h + gap) + if bottom { 0.0 } else { gap }, w, h);
        let anchor = if right { Anchor::End } else { Anchor::Start };
        let plate =
            Rect::new(if right { rect.x + rect.w - desk.px(124.0) } else { rect.x }, rect.y, desk.px(124.0), rect.h);
        fill(sheet, plate, GROUND);
        desk.line(sheet, rect, anchor, figures(desk.px(24.0), SIGNAL), &text);
    }
}

/// How large it is, to be read from the hall.
fn size(desk: &Desk, sheet: &mut Sheet) {
    let below = plate::place(desk);
    let (w, h) = (desk.px(620.0), desk.px(110.0));
    let y = ((desk.h / 2.0 + below.y) / 2.0 - h / 2.0).round();
    let rect = Rect::new(((desk.w - w) / 2.0).round(), y, w, h);
    fill(sheet, rect, GROUND);
    let (width, height) = desk.ident.raster;
    desk.line(sheet, rect, Anchor::Centre, sans(84.0 * desk.unit, 800, WHITE), &format!("{width} × {height}"));
}
