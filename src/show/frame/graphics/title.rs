//! The title card: who holds it, what it is, which part of it, and the slogan; one after another beside the sun.

use crate::show::{
    frame::{
        cx::Cx,
        fit::{fit, fit_balanced, one_line},
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Point, Rect},
        sheet::{Sheet, outline},
    },
    protocol::score::SlateShown,
    theme::{Ms, SunDisc},
};

pub fn compose(cx: &Cx, shown: &SlateShown, layers: &mut Vec<Layer>) {
    let (place, typo, palette) = (&cx.theme.layout.title, &cx.theme.typography, &cx.theme.palette);
    if let Some(place) = &place.sun {
        sun(cx, place, layers);
    }
    let more = &cx.words.more;
    let mut index = 0;
    let mut row = |area: Rect, draw: &dyn Fn(&mut Sheet)| {
        let mut sheet = cx.sheet(area);
        draw(&mut sheet);
        let delay = Ms(cx.theme.motion.title_delay.0 + cx.theme.motion.title_stagger.0 * i64::from(index));
        layers.push(cx.lay(LayerKind::Slate, index, sheet, cx.entrance(delay)));
        index += 1;
    };
    row(place.series, &|sheet| {
        let organisers = cx.core.config.organisers.join("·");
        let series = if organisers.is_empty() && cx.core.config.title != shown.title {
            cx.core.config.title.clone()
        } else {
            organisers
        };
        let (step, text) = one_line(cx.set, &series, &typo.slate_subtitle, place.series.w, more);
        sheet.line(typo, place.series, Anchor::Start, &typo.slate_subtitle, step, palette.ink2, text);
    });
    row(place.title, &|sheet| {
        // A box of less than two lines sets as one what was said in several.
        let low = place.title.h < 2.0 * typo.slate_title.step().1;
        let title = if low { joined(&shown.title) } else { shown.title.clone() };
        let fitted = fit_balanced(cx.set, &title, &typo.slate_title, place.title.w, place.title.h);
        let lines = fitted.page(super::page(cx, cx.since, fitted.pages.len()));
        // Whatever its size, the title stands on the subtitle.
        let y = place.title.y + place.title.h - lines.len() as f32 * fitted.step.1;
        sheet.lines(Point { x: place.title.x, y }, &typo.slate_title, fitted.step, palette.ink, lines);
    });
    let area = place.subtitle;
    let (rule_w, rule_gap) = place.rule;
    row(Rect { x: area.x - rule_w - rule_gap, w: area.w + rule_w + rule_gap, ..area }, &|sheet| {
        let fitted = fit(cx.set, &shown.subtitle, &typo.slate_subtitle, area.w, area.h);
        let lines = fitted.page(super::page(cx, cx.since, fitted.pages.len()));
        if shown.subtitle.is_empty() {
            return;
        }
        let (size, height) = (fitted.step.0, fitted.step.1);
        let spare = height - size;
        let long = lines.len() as f32 * height - spare;
        let rule = Rect::new(area.x - rule_w - rule_gap, area.y + spare / 2.0, rule_w, long);
        sheet.plate(rule, [rule_w / 2.0; 4], Fill::Solid(palette.accent), None, None);
        let y = area.y - typo.rise * size;
        sheet.lines(Point { x: area.x, y }, &typo.slate_subtitle, fitted.step, palette.ink, lines);
    });
    row(place.slogan, &|sheet| {
        let slogan = shown.body.lines().next().unwrap_or_default();
        let (step, text) = one_line(cx.set, slogan, &typo.slogan, place.slogan.w, more);
        sheet.line(typo, place.slogan, Anchor::Start, &typo.slogan, step, palette.ink, text);
    });
}

/// Its lines as one: Han follow each other, other words keep a space.
fn joined(title: &str) -> String {
    title.lines().map(str::trim).filter(|line| !line.is_empty()).fold(String::new(), |mut all, line| {
        let han = |c: Option<char>| c.is_some_and(|c| c >= '\u{2E80}');
        let joins = all.is_empty() || (han(all.chars().last()) && han(line.chars().next()));
        if !joins {
            all.push(' ');
        }
        all.push_str(line);
        all
    })
}

/// The sun of the ground, on the plate of a class that has none.
fn sun(cx: &Cx, place: &SunDisc, layers: &mut Vec<Layer>) {
    let colours = &cx.theme.palette.sky;
    let (radius, stroke) = place.ring;
    let mut sheet = cx.sheet(Rect::disc(place.centre, radius));
    sheet.disc(place.centre, place.radius, Fill::Vertical(colours.sun.0, colours.sun.1), None);
    sheet.disc(place.centre, radius, Fill::None, outline(stroke, colours.sun_ring));
    let from = cx.theme.motion.disc_from;
    let scale = from + (1.0 - from) * cx.arrived(Ms(0), cx.theme.motion.ground);
    let motion = Placement { y: 0.0, ..cx.entrance(Ms(0)) }.scaled(scale, scale);
    layers.push(cx.lay(LayerKind::Coin, 0, sheet, motion));
}
