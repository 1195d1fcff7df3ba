//! A performance between the rounds: its name at the left, its lyric on the curtain at the right, line by line from
//! right to left as it is sung (look.md tv-12a).
//!
//! The first line of the slate's subtitle is the credit; a second and a third say what the hall waits for meanwhile.

use super::{lyric, slate, spinner};
use crate::show::{
    frame::{
        cx::Cx,
        fit::fit_balanced,
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Point, Rect, Rgba},
        sheet::{shadow, vertical},
    },
    motion::share,
    state::SlateCard,
};

/// Layers: the curtain below everything, the words, the status; the lyric's columns follow.
const CURTAIN: u16 = 0;
const WORDS: u16 = 1;
const STATUS: u16 = 2;

pub fn compose(cx: &Cx, card: &SlateCard, layers: &mut Vec<Layer>) {
    let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
    let (place, shown) = (&cx.theme.layout.slates.interlude, &card.shown);
    curtain(cx, layers);
    let mut said = shown.subtitle.lines().map(str::trim).filter(|line| !line.is_empty());
    let (name, kind) = name(&shown.title);
    let kind = if kind.is_empty() { cx.words.slates.interlude.as_str() } else { kind };
    let left = Rect::new(place.title.x, place.tag.y, place.title.w, place.credit.y + place.credit.h - place.tag.y);
    slate::row(cx, WORDS, left.union(place.credit), layers, |sheet| {
        slate::tag(cx, place.tag, kind, palette.accent, sheet);
        let role = &typo.interlude_title;
        let fitted = fit_balanced(cx.set, name, role, place.title.w, place.title.h);
        let lines = fitted.page(super::page(cx, card.since, fitted.pages.len()));
        sheet.lines(Point { x: place.title.x, y: place.title.y }, role, fitted.step, palette.ink, lines);
        // The credit follows the title, whatever its size.
        let y = place.title.y + lines.len() as f32 * fitted.step.1 + place.credit_gap;
        let credit = said.next().unwrap_or_default();
        slate::line(cx, Rect { y, ..place.credit }, Anchor::Start, &typo.sub, palette.ink2, credit, sheet);
    });
    if let Some(waiting) = said.next() {
        status(cx, waiting, said.next().unwrap_or_default(), layers);
    }
    lyric::compose(cx, card, layers);
}

/// 京剧《社保情·京剧新编》 is named 社保情, and is 京剧新编; without such marks the whole is the name.
pub fn name(title: &str) -> (&str, &str) {
    let title = title.trim();
    let (before, inside) = match title.split_once('《') {
        Some((before, rest)) => (before.trim(), rest.split('》').next().unwrap_or(rest).trim()),
        None => ("", title),
    };
    match inside.split_once('·') {
        Some((name, kind)) if !name.is_empty() && !kind.is_empty() => (name.trim(), kind.trim()),
        _ => (inside, before),
    }
}

/// What the hall waits for, with a spinner in the plate's ring.
fn status(cx: &Cx, waiting: &str, more: &str, layers: &mut Vec<Layer>) {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let place = &layout.slates.interlude;
    let plate = place.status;
    let more = if place.status_text.w > 0.0 { more } else { "" };
    slate::row(cx, STATUS, plate, layers, |sheet| {
        let fall = shadow(layout.shadow_low, palette.shadow_low);
        sheet.plate(plate, [plate.h / 2.0; 4], vertical(palette.strip), None, Some(fall));
        let title =
            if more.is_empty() { Rect { y: plate.y, h: plate.h, ..place.status_title } } else { place.status_title };
        slate::line(cx, title, Anchor::Start, &typo.status_title, palette.ink, waiting, sheet);
        if !more.is_empty() {
            slate::line(cx, place.status_text, Anchor::Start, &typo.sub, palette.ink2, more, sheet);
        }
    });
    let ring = place.status_spinner;
    let mut sheet = cx.sheet(Rect::disc(ring.centre, ring.radius).grow(ring.stroke));
    spinner::draw(cx, &ring, &mut sheet);
    layers.push(cx.lay(LayerKind::Ring, 0, sheet, slate::step_in(cx, STATUS)));
}

/// Folds over the right half: shade and light by turns, as one gradient.
fn curtain(cx: &Cx, layers: &mut Vec<Layer>) {
    let (layout, palette) = (&cx.theme.layout, &cx.theme.palette);
    let place = &layout.slates.interlude;
    let area = Rect::new(place.curtain_x, 0.0, layout.canvas.0 - place.curtain_x, layout.canvas.1);
    if area.w <= 0.0 {
        return;
    }
    let mut sheet = cx.sheet(area);
    let half = place.curtain_pitch / 2.0;
    let folds = (area.w / half).round().max(1.0) as usize;
    let colour = |fold: usize| match fold {
        0 => palette.curtain_dark.fade(0.0),
        fold if fold % 2 == 1 => palette.curtain_dark,
        _ => palette.curtain_light,
    };
    // A plate takes few stops: one for every fold, edge on edge, softer where shade and light turn.
    for fold in 0..folds {
        let rect = Rect::new(area.x + fold as f32 * half, area.y, half, area.h);
        let (from, to) = (colour(fold), colour(fold + 1));
        let stop = |at: f32| (from.mix(to, at * at * (3.0 - 2.0 * at)), at);
        let stops: Vec<(Rgba, f32)> = [0.0, 0.25, 0.5, 0.75, 1.0].map(stop).to_vec();
        sheet.plate(rect, [0.0; 4], Fill::Horizontal(stops), None, None);
    }
    let opacity = share(cx.now, cx.since, cx.theme.motion.ground.us());
    layers.push(cx.lay(LayerKind::Slate, CURTAIN, sheet, Placement::at(0.0, 0.0).faded(opacity)));
}
