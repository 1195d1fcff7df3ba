//! Safe areas: what every screen shows, what every text keeps to, and what the theme keeps to.

use super::desk::{Desk, GROUND, INK, LINE, SIGNAL, WHITE, circle, fill, outline, rgb, sans};
use crate::show::frame::{Anchor, Output, Rect, Rgba, sheet::Sheet};

/// Shares of the raster (EBU R 95).
const ACTION: f32 = 0.93;
const TITLE: f32 = 0.9;
const ACTION_INK: Rgba = rgb(120, 200, 255);
const TITLE_INK: Rgba = rgb(130, 230, 150);
/// What lies outside the theme's own area.
const OUTSIDE: Rgba = rgb(60, 24, 30);

pub fn draw(desk: &mut Desk) {
    let mut sheet = Sheet::new(desk.raster()).opaque();
    let ident = desk.ident;
    let (scale, (dx, dy)) = Output::of(ident.class, ident.raster).fit(ident.class.canvas());
    let Rect { x, y, w, h } = ident.safe;
    let (left, top) = ((x * scale + dx).round(), (y * scale + dy).round());
    let theme = Rect::new(left, top, ((x + w) * scale + dx).round() - left, ((y + h) * scale + dy).round() - top);
    fill(&mut sheet, desk.raster(), OUTSIDE);
    fill(&mut sheet, theme, GROUND);
    tenths(desk, &mut sheet);
    let radius = desk.w.min(desk.h) * 0.25;
    circle(&mut sheet, desk.raster().centre(), radius.round(), desk.px(2.0), LINE);
    fill(&mut sheet, Rect::new((desk.w / 2.0).floor() - 1.0, desk.h / 2.0 - radius, 2.0, 2.0 * radius), LINE);
    fill(&mut sheet, Rect::new(desk.w / 2.0 - radius, (desk.h / 2.0).floor() - 1.0, 2.0 * radius, 2.0), LINE);
    outline(&mut sheet, desk.raster(), 1.0, WHITE);

    let words = desk.words;
    let share = |share: f32| {
        let (x, y) = ((desk.w * (1.0 - share) / 2.0).round(), (desk.h * (1.0 - share) / 2.0).round());
        Rect::new(x, y, desk.w - 2.0 * x, desk.h - 2.0 * y)
    };
    let areas = [
        (share(ACTION), ACTION_INK, format!("{} 93%", words.action_safe)),
        (share(TITLE), TITLE_INK, format!("{} 90%", words.title_safe)),
        (theme, SIGNAL, words.theme_safe.clone()),
    ];
    let (high, thick) = (desk.px(48.0), desk.px(3.0));
    for (rect, ink, _) in &areas {
        outline(&mut sheet, *rect, thick, *ink);
    }
    // The names one below the other, where all three areas are.
    let corner = areas.iter().fold((0.0_f32, 0.0_f32), |(x, y), (rect, ..)| (x.max(rect.x), y.max(rect.y)));
    for (i, (rect, ink, name)) in areas.iter().enumerate() {
        let (x, y) = (corner.0 + desk.px(24.0), corner.1 + desk.px(20.0) + high * i as f32);
        let swatch = Rect::new(x, y + (high / 2.0).round() - thick, desk.px(44.0), 2.0 * thick);
        fill(&mut sheet, swatch, *ink);
        let text = format!("{name} · {}, {} · {} × {}", rect.x, rect.y, rect.w, rect.h);
        let from = swatch.x + swatch.w + desk.px(16.0);
        let room = Rect::new(from, y, (rect.x + rect.w - from - desk.px(24.0)).max(1.0), high);
        desk.line(&mut sheet, room, Anchor::Start, sans(34.0 * desk.unit, 600, INK), &text);
    }
    desk.lay_ground(sheet);
}

/// A tick at each tenth of each edge.
fn tenths(desk: &Desk, sheet: &mut Sheet) {
    let (long, thick) = (desk.px(20.0), desk.px(2.0));
    for i in 1..10 {
        let (x, y) = ((desk.w * i as f32 / 10.0).round(), (desk.h * i as f32 / 10.0).round());
        for rect in [
            Rect::new(x, 0.0, thick, long),
            Rect::new(x, desk.h - long, thick, long),
            Rect::new(0.0, y, long, thick),
            Rect::new(desk.w - long, y, long, thick),
        ] {
            fill(sheet, rect, INK);
        }
    }
}
