//! The time left: the ring's own figure in digits that fill the column, a bar that runs out, and a word beside the colour.
//! Without a clock the order at the buzzer has the place.

use super::{super::ring, Screen};
use crate::show::{
    frame::{
        fit::fit_line,
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Point, Rect, Rgba},
        sheet::{Sheet, outline, vertical},
    },
    state::{Buzzer, Clock},
};

pub fn compose(screen: &Screen, layers: &mut Vec<Layer>) {
    let core = screen.cx.core;
    match (&core.clock, &core.buzzer) {
        (Some(clock), _) => digits(screen, clock, layers),
        (None, Some(buzzer)) if !buzzer.hits.is_empty() => order(screen, buzzer, layers),
        _ => {}
    }
}

/// How the time is told: ink, a plate under it, the bar's colour, and the word.
struct Told<'a> {
    ink: Rgba,
    fill: Fill,
    border: Option<Rgba>,
    bar: Rgba,
    word: &'a str,
}

fn told<'a>(screen: &'a Screen, clock: &Clock, remaining: i64) -> Told<'a> {
    let (palette, words) = (&screen.cx.theme.palette, &screen.cx.words.monitor);
    let locked = screen.cx.core.question.as_ref().and_then(|ask| ask.answer.as_ref()?.locked);
    let plain = |ink, word| Told { ink, fill: Fill::None, border: None, bar: palette.ring, word };
    match ring::State::of(screen.cx, clock, remaining, locked) {
        ring::State::Calm if !clock.is_running() => plain(palette.well_ink, words.ready.as_str()),
        ring::State::Calm => plain(palette.well_ink, &words.seconds_left),
        ring::State::Hot => Told {
            border: Some(palette.ring_hot),
            bar: palette.ring_hot,
            ..plain(palette.ring_hot, words.hurry.as_str())
        },
        ring::State::Critical => Told {
            fill: vertical(palette.no_fill),
            bar: palette.ring_critical,
            ..plain(palette.on_no, words.last.as_str())
        },
        ring::State::Over => Told {
            fill: vertical(palette.no_fill),
            bar: palette.ring_critical,
            ..plain(palette.on_no, words.time_up.as_str())
        },
        ring::State::Paused => Told {
            border: Some(palette.well_ink2),
            bar: palette.well_ink2,
            ..plain(palette.well_ink2, screen.cx.words.paused.as_str())
        },
        ring::State::Locked(_) => Told { bar: palette.well_ink2, ..plain(palette.well_ink2, words.stopped.as_str()) },
    }
}

fn digits(screen: &Screen, clock: &Clock, layers: &mut Vec<Layer>) {
    let (cx, place) = (screen.cx, screen.place);
    let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
    let remaining = ring::remaining_us(cx, clock);
    let told = told(screen, clock, remaining);
    let text = ring::digit(remaining).to_string();
    let role = match text.len() {
        1 => &place.time1,
        2 => &place.time2,
        _ => &place.time3,
    };
    let mut sheet = Sheet::new(place.time.union(place.time_word).grow(place.gap / 2.0));
    let border = told.border.and_then(|colour| outline(place.outline, colour));
    sheet.plate(place.time, [place.radius; 4], told.fill, border, None);
    let step = fit_line(cx.set, &text, role, place.time.w - 2.0 * place.outline);
    sheet.line(typo, place.time, Anchor::Centre, role, step, told.ink, text);
    let ink = if told.ink == palette.on_no { palette.well_ink } else { told.ink };
    screen.line(&mut sheet, place.time_word, Anchor::Centre, &place.label, ink, told.word);
    let bar = place.bar;
    sheet.plate(bar, [bar.h / 2.0; 4], Fill::None, outline(place.rule, palette.well_ink2), None);
    layers.push(Screen::lay(LayerKind::Ring, 0, sheet));

    // The bar is drawn full once a colour; by the frame it is only wiped.
    let share = (remaining as f64 / clock.duration_us.max(1) as f64).clamp(0.0, 1.0) as f32;
    let lit = bar.grow(-2.0 * place.rule);
    let mut sheet = Sheet::new(lit);
    sheet.plate(lit, [lit.h / 2.0; 4], Fill::Solid(told.bar), None, None);
    let mut layer = Screen::lay(LayerKind::Ring, 1, sheet);
    if share < 1.0 {
        let clip = Rect::new(0.0, 0.0, lit.w * share, lit.h);
        layer.placement = Placement { clip: Some(clip), ..layer.placement };
    }
    if share > 0.0 {
        layers.push(layer);
    }
}

/// 抢答顺序: number, name and time of the first that pressed.
fn order(screen: &Screen, buzzer: &Buzzer, layers: &mut Vec<Layer>) {
    let (cx, place) = (screen.cx, screen.place);
    let (palette, words) = (&cx.theme.palette, cx.words);
    let mut hits: Vec<_> = buzzer.hits.iter().collect();
    hits.sort_by_key(|hit| (hit.order, hit.seq));
    let area = place.time.union(place.time_word);
    let mut sheet = Sheet::new(area.grow(place.gap / 2.0));
    let row = place.time_word.h;
    let head = Rect { h: row, ..area };
    screen.line(&mut sheet, head, Anchor::Start, &place.label, palette.well_ink2, &words.monitor.order);
    let pitch = (area.h - row) / ROWS as f32;
    for (i, hit) in hits.iter().take(ROWS).enumerate() {
        let team = cx.core.team(&hit.team);
        let line = Rect::new(area.x, area.y + row + i as f32 * pitch, area.w, pitch);
        let side = pitch - place.strip_gap;
        let corner = Point { x: line.x, y: line.y + place.strip_gap / 2.0 };
        let (fill, ink) = if i == 0 {
            (vertical(palette.accent_fill), palette.on_accent)
        } else {
            (vertical(palette.active), palette.on_active)
        };
        let chip = team.map_or(0.0, |team| screen.number(&mut sheet, corner, side, (fill, ink), team.number));
        let time = format!("{:.3}", hit.us as f64 / 1e6);
        let figure = &place.number;
        let wide = cx.set.width(&time, &figure.style(fit_line(cx.set, "", figure, -1.0), ink));
        let colour = if i == 0 { palette.well_ink } else { palette.well_ink2 };
        let end = Rect { x: line.x + line.w - wide, w: wide, ..line };
        screen.line(&mut sheet, end, Anchor::End, figure, colour, &time);
        let x = line.x + chip + place.gap;
        let name = team.map_or(hit.team.as_str(), |team| team.short.as_ref().unwrap_or(&team.name));
        let at = Rect { x, w: end.x - place.gap - x, ..line };
        screen.line(&mut sheet, at, Anchor::Start, &place.line, colour, name);
    }
    layers.push(Screen::lay(LayerKind::Ring, 0, sheet));
}

/// Presses that are listed.
const ROWS: usize = 4;
