//! The buzzer: the question on top, the ring that opens it, who was first and after whom, or who was too early.

use super::{foul, lamps, run::Run, turn};
use crate::show::{
    frame::{
        correction::stays,
        cx::Cx,
        fit::{fit, fit_balanced, fit_line, one_line},
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Point, Rect, Rgba, RingPart},
        sheet::{Sheet, outline, shadow, vertical},
    },
    motion::{lerp, share},
    protocol::roster::Team,
    state::{Ask, Buzzer, BuzzerPress},
    theme::{Gradient, Role},
};

/// What the buzzer says now.
#[derive(Clone, Copy, Debug, PartialEq)]
pub enum Face<'a> {
    /// Open since then, nobody has pressed.
    Armed(i64),
    /// Closed, and nobody had pressed; not armed yet.
    Shut,
    Won(&'a BuzzerPress),
    Fouled(&'a BuzzerPress),
}

impl<'a> Face<'a> {
    /// A foul holds the screen until the buzzer is armed again or somebody has pressed after it.
    pub fn of(buzzer: &'a Buzzer) -> Self {
        let won = buzzer.hits.iter().min_by_key(|hit| (hit.order, hit.seq));
        let since = won.map_or(0, |hit| hit.seq);
        let newest = |foul: &&BuzzerPress| foul.seq > since && (buzzer.armed.is_none() || foul.seq > buzzer.seq);
        match (buzzer.fouls.last().filter(newest), won, buzzer.armed) {
            (Some(foul), ..) => Self::Fouled(foul),
            (None, Some(hit), _) => Self::Won(hit),
            (None, None, Some(armed)) if buzzer.closed.is_none() => Self::Armed(armed),
            _ => Self::Shut,
        }
    }
}

/// Plate, ring or result, lamps.
pub fn compose(cx: &Cx, layers: &mut Vec<Layer>) {
    let face = cx.core.buzzer.as_ref().map(Face::of);
    // Where a result takes the question's place, the question is back with the answers.
    let told = matches!(face, Some(Face::Won(_) | Face::Fouled(_)));
    if let Some(ask) = cx.core.question.as_ref().filter(|_| cx.theme.layout.buzzer.stays || !told) {
        question(cx, ask, layers);
    }
    let (Some(buzzer), Some(face)) = (&cx.core.buzzer, face) else { return };
    match face {
        Face::Armed(since) => ring(cx, Some(since), layers),
        Face::Shut => ring(cx, None, layers),
        Face::Won(hit) => won(cx, buzzer, hit, layers),
        Face::Fouled(press) => foul::compose(cx, press, layers),
    }
    lamps::compose(cx, buzzer, face, layers);
}

/// The stem alone: options wait until somebody answers.
fn question(cx: &Cx, ask: &Ask, layers: &mut Vec<Layer>) {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let place = &layout.buzzer;
    let mut sheet = cx.sheet(place.plate.grow(layout.bleed));
    if place.plated {
        let (left, right) = place.radii;
        let fall = shadow(layout.shadow_high, palette.shadow_high);
        sheet.lit_plate(place.plate, [left, right, right, left], palette.plate, palette, layout, fall);
    }
    let area = place.text;
    let fitted = fit(cx.set, &ask.question.stem, &typo.buzz_stem, area.w, area.h);
    let page = super::page(cx, ask.since, fitted.pages.len());
    let lines = fitted.page(page);
    let y = area.y + (area.h - lines.len() as f32 * fitted.step.1) / 2.0 - typo.rise * fitted.step.0;
    sheet.lines(Point { x: area.x, y }, &typo.buzz_stem, fitted.step, palette.ink, lines);
    super::dots_at(cx, place.dots, page, fitted.pages.len(), &mut sheet);
    // It was being read already: it does not go and come back.
    layers.push(cx.lay(LayerKind::Card, 0, sheet, Placement::at(0.0, 0.0)));
}

/// Hollow until it is armed, lit then, and breathing as long as nobody has pressed.
fn ring(cx: &Cx, armed: Option<i64>, layers: &mut Vec<Layer>) {
    let (theme, motion) = (cx.theme, &cx.theme.motion);
    let (place, typo, palette) = (&theme.layout.buzzer, &theme.typography, &theme.palette);
    let lit = armed.map_or(0.0, |at| share(cx.now, at, motion.buzz_lit.us()));
    let mut sheet = cx.sheet(Rect::disc(place.ring, place.radius + place.rim));
    sheet.ring(RingPart {
        rim: place.rim,
        well: (palette.well, palette.well),
        track: palette.track,
        lit: palette.ring.fade(lit),
        sweep: 1.0,
        ..RingPart::plain(place.ring, place.radius, place.stroke)
    });
    let (text, ink) = match armed {
        Some(_) => (&cx.words.buzz_call, palette.well_ink),
        None => (&cx.words.buzz_closed, palette.well_ink2),
    };
    let inner = place.radius - place.stroke;
    let step = fit_line(cx.set, text, &typo.buzz_call, 2.0 * inner * 0.92);
    let rect = Rect::disc(place.ring, inner);
    sheet.line(typo, rect, Anchor::Centre, &typo.buzz_call, step, ink, text);
    layers.push(cx.lay(LayerKind::Ring, 3, sheet, Placement::at(0.0, 0.0)));

    let Some(armed) = armed else { return };
    let reach = place.breath.iter().copied().fold(0.0, f32::max) + place.breath_width;
    let mut sheet = cx.sheet(Rect::disc(place.ring, reach));
    for (i, radius) in place.breath.iter().enumerate() {
        let colour = palette.plate_edge.fade(0.6 * (1.0 - i as f32 / place.breath.len() as f32));
        sheet.disc(place.ring, *radius, Fill::None, outline(place.breath_width, colour));
    }
    // One breath a period, from the faintest at the arming on: a function of the instant alone.
    let turn = (cx.now - armed).max(0) as f64 / motion.buzz_breath.us().max(1) as f64;
    let breath = 0.5 - 0.5 * (turn.fract() * std::f64::consts::TAU).cos() as f32;
    let depth = motion.buzz_breath_depth.clamp(0.0, 1.0);
    let light = lit * (1.0 - depth + depth * breath);
    // Under the question's plate.
    layers.push(cx.lay(LayerKind::Slate, 8, sheet, Placement::at(0.0, 0.0).faded(light)));
}

/// Number, name and lamp at once; time and who came next a little later.
fn won(cx: &Cx, buzzer: &Buzzer, hit: &BuzzerPress, layers: &mut Vec<Layer>) {
    let (theme, motion) = (cx.theme, &cx.theme.motion);
    let (place, typo, palette) = (&theme.layout.buzzer, &theme.typography, &theme.palette);
    let team = cx.core.team(&hit.team);
    let mut sheet = cx.sheet(Rect::disc(place.disc, place.radius + place.rim).grow(place.rim));
    sheet.disc(place.disc, place.radius + place.rim, Fill::Solid(palette.well), None);
    sheet.disc(place.disc, place.radius, Fill::None, outline(place.disc_stroke, palette.accent));
    sheet.disc(place.disc, place.disc_radius, vertical(palette.accent_fill), None);
    if let Some(team) = team {
        let text = team.number.to_string();
        let step = fit_line(cx.set, &text, &typo.buzz_number, 2.0 * place.disc_radius * 0.86);
        let rect = Rect::disc(place.disc, place.disc_radius);
        sheet.line(typo, rect, Anchor::Centre, &typo.buzz_number, step, palette.on_accent, text);
    }
    let popped = motion.curves.pop.progress(cx.now, hit.since, motion.disc_in.us());
    let scale = lerp(motion.disc_from, 1.0, popped);
    layers.push(cx.lay(LayerKind::Ring, 4, sheet, Placement::at(0.0, 0.0).scaled(scale, scale)));

    let mut sheet = cx.sheet(around(place.pill, place.team, theme.layout.bleed));
    let right = pill(cx, &cx.words.buzz_won, palette.accent_fill, palette.on_accent, &mut sheet);
    name(cx, team, &hit.team, place.team, &mut sheet);
    layers.push(cx.lay(LayerKind::Panel, 0, sheet, Placement::at(0.0, 0.0)));
    named(cx, hit, right, layers);

    let (delay, span) = motion.buzz_time;
    let mut sheet = cx.sheet(place.time);
    let mut late: Vec<_> = buzzer.hits.iter().filter(|other| other.seq != hit.seq).collect();
    late.sort_by_key(|other| (other.order, other.seq));
    times(cx, hit, late.first().copied(), decimals(buzzer), &mut sheet);
    let newest = late.first().map_or(hit.since, |next| next.since);
    // The runner-up's press may come later than the time of the first.
    let came = cx.fade_at(newest.max(hit.since + delay.us()).min(hit.since + 2 * delay.us()), span);
    layers.push(cx.lay(LayerKind::Panel, 1, sheet, came));
    let rest = late.get(1..).unwrap_or_default();
    if let (Some(first), Some(row)) = (rest.first(), place.later) {
        let mut sheet = cx.sheet(row);
        later(cx, hit, rest, row, decimals(buzzer), &mut sheet);
        let since = first.since.max(hit.since + delay.us());
        layers.push(cx.lay(LayerKind::Panel, 2, sheet, cx.fade_at(since, span)));
    }
}

/// Beside the pill whoever the winner has named to answer, and the former winner where a jury has corrected it.
fn named(cx: &Cx, hit: &BuzzerPress, right: f32, layers: &mut Vec<Layer>) {
    let (place, typo, palette) = (&cx.theme.layout.buzzer, &cx.theme.typography, &cx.theme.palette);
    let x = right + place.bar_gap;
    let row = Rect { x, w: place.pill.x + place.pill.w - x, ..place.pill };
    let named = cx.core.turn.as_ref().filter(|turn| turn.seq > hit.seq && turn.value.team == hit.team);
    let player = named.and_then(|turn| Some((turn.since, cx.core.player(turn.value.player.as_deref()?)?)));
    let (opacity, run) = match (&hit.was, player) {
        (_, Some((since, player))) => {
            let parts = turn::called(cx.words, player);
            let named = parts
                .into_iter()
                .fold(Run::new(cx), |run, part| run.text(&typo.turn_player, palette.ink, part).gap(place.figure_gap));
            (share(cx.now, since, cx.theme.motion.swap.us()), named)
        }
        (Some(was), None) => {
            let strike = cx.theme.layout.correction.strike;
            let former = Run::new(cx)
                .text(&typo.turn_player, palette.ink, &cx.words.corrected)
                .gap(place.figure_gap)
                .struck(&typo.turn_player, palette.ink2, short(cx, &was.value.team), strike);
            (stays(cx, was.since, cx.theme.motion.corrected_hold), former)
        }
        (None, None) => return,
    };
    let mut sheet = cx.sheet(row);
    run.fit(row.w).draw(row, Anchor::Start, &mut sheet);
    layers.push(cx.lay(LayerKind::Panel, 9, sheet, Placement::at(0.0, 0.0).faded(opacity)));
}

/// Returns its right edge.
pub fn pill(cx: &Cx, text: &str, fill: Gradient, ink: Rgba, sheet: &mut Sheet) -> f32 {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let place = &layout.buzzer;
    let room = place.pill.w - 2.0 * place.pill_padding;
    let (step, text) = one_line(cx.set, text, &typo.buzz_pill, room, &cx.words.more);
    let width = cx.set.width(&text, &typo.buzz_pill.style(step, ink)) + 2.0 * place.pill_padding;
    let rect = Rect { w: width, ..place.pill };
    let fall = shadow(layout.shadow_low, palette.shadow_low);
    sheet.plate(rect, [rect.h / 2.0; 4], vertical(fill), None, Some(fall));
    sheet.line(typo, rect, Anchor::Centre, &typo.buzz_pill, step, ink, text);
    rect.x + rect.w
}

/// From the upper to the lower of two boxes, as far right as either reaches, with room for a shadow.
pub fn around(upper: Rect, lower: Rect, bleed: f32) -> Rect {
    let w = upper.w.max(lower.w).max(lower.x + lower.w - upper.x);
    Rect { h: lower.y + lower.h - upper.y, w, ..upper }.grow(bleed)
}

/// The team's name, on two lines where one would be small.
pub fn name(cx: &Cx, team: Option<&Team>, id: &str, area: Rect, sheet: &mut Sheet) {
    hero(cx, team.map_or(id, |team| &team.name), &cx.theme.typography.buzz_team, area, Anchor::Start, sheet);
}

/// A name in its box, balanced over as many lines as the largest size needs, centred in height.
pub fn hero(cx: &Cx, text: &str, role: &Role, area: Rect, anchor: Anchor, sheet: &mut Sheet) {
    let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
    let fitted = fit_balanced(cx.set, text, role, area.w, area.h);
    let lines = fitted.page(0);
    let top = area.y + (area.h - lines.len() as f32 * fitted.step.1) / 2.0;
    for (i, line) in lines.iter().enumerate() {
        let mut line = line.trim_end().to_owned();
        if i + 1 == lines.len() && fitted.pages.len() > 1 {
            line = cut_with(cx, &format!("{line}{}", cx.words.more), role, fitted.step, area.w);
        }
        let row = Rect { y: top + i as f32 * fitted.step.1, h: fitted.step.1, ..area };
        sheet.line(typo, row, anchor, role, fitted.step, palette.ink, line);
    }
}

fn cut_with(cx: &Cx, text: &str, role: &Role, step: crate::show::theme::Step, width: f32) -> String {
    crate::show::frame::cut(cx.set, text, &role.style(step, Rgba::CLEAR), width, &cx.words.more)
}

/// 反应 0.312 秒 | 次快 青岛市 +0.041
fn times(cx: &Cx, hit: &BuzzerPress, next: Option<&BuzzerPress>, decimals: u32, sheet: &mut Sheet) {
    let (place, typo, palette) = (&cx.theme.layout.buzzer, &cx.theme.typography, &cx.theme.palette);
    let word = (&typo.buzz_time, palette.ink);
    let mut run = Run::new(cx).figure(
        &cx.words.buzz_reaction,
        word,
        (&typo.buzz_figure, palette.ink),
        &seconds(hit.us, decimals),
    );
    if let Some(next) = next {
        run = run.gap(place.bar_gap).bar(place.bar, palette.ink3).gap(place.bar_gap);
        run = run.text(word.0, palette.ink, &cx.words.buzz_next).gap(place.figure_gap);
        run = run.text(word.0, word.1, short(cx, &next.team)).gap(place.figure_gap);
        run = run.text(&typo.buzz_later, palette.ink, gap(hit, next, decimals));
    }
    run.fit(place.time.w).draw(place.time, Anchor::Start, sheet);
}

/// ③ 滨州市 +0.102  ④ …: as many as have room.
fn later(cx: &Cx, hit: &BuzzerPress, rest: &[&BuzzerPress], row: Rect, decimals: u32, sheet: &mut Sheet) {
    let (place, typo, palette) = (&cx.theme.layout.buzzer, &cx.theme.typography, &cx.theme.palette);
    let line = |count: usize| {
        let mut run = Run::new(cx);
        for (i, press) in rest.iter().take(count).enumerate() {
            if i > 0 {
                run = run.gap(place.bar_gap);
            }
            run = run.text(&typo.buzz_time, palette.ink, short(cx, &press.team)).gap(place.figure_gap);
            run = run.text(&typo.buzz_later, palette.ink, gap(hit, press, decimals));
        }
        if count < rest.len() { run.gap(place.bar_gap).text(&typo.buzz_time, palette.ink, &cx.words.more) } else { run }
    };
    let most = (1..=rest.len()).rev().find(|&count| line(count).fits(row.w)).unwrap_or(1);
    line(most).fit(row.w).draw(row, Anchor::Start, sheet);
}

fn short<'a>(cx: &'a Cx, team: &'a str) -> &'a str {
    cx.core.team(team).map_or(team, |team| team.short.as_ref().unwrap_or(&team.name))
}

/// How much later than the winner.
fn gap(hit: &BuzzerPress, other: &BuzzerPress, decimals: u32) -> String {
    let behind = other.us.saturating_sub(hit.us);
    let sign = if behind < 0 { "\u{2212}" } else { "+" };
    format!("{sign}{}", seconds(behind.saturating_abs(), decimals))
}

/// Milliseconds, or as much finer as it takes to tell all presses apart.
fn decimals(buzzer: &Buzzer) -> u32 {
    let apart = |decimals: &u32| {
        let unit = 10_i64.pow(6 - decimals);
        let mut times: Vec<i64> = buzzer.hits.iter().map(|hit| hit.us.div_euclid(unit)).collect();
        times.sort_unstable();
        times.windows(2).all(|pair| pair.first() != pair.get(1))
    };
    (3..6).find(apart).unwrap_or(if buzzer.hits.len() > 1 { 6 } else { 3 })
}

/// µs as seconds, cut to so many decimals (at most six).
pub fn seconds(us: i64, decimals: u32) -> String {
    let (sign, us) = (if us < 0 { "\u{2212}" } else { "" }, us.unsigned_abs());
    let (whole, rest) = (us / 1_000_000, us % 1_000_000);
    let digits = decimals.min(6) as usize;
    format!("{sign}{whole}.{:0digits$}", rest / 10_u64.pow(6 - decimals.min(6)))
}
