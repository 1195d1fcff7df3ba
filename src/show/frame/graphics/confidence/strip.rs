//! The scores of all teams, by their numbers; the one that is on stands out of it.

use super::{super::strip, Screen, side};
use crate::show::{
    frame::{
        fit::fit_line,
        layer::{Layer, LayerKind},
        part::{Anchor, Fill, Point, Rect, Rgba},
        sheet::{Sheet, outline, vertical},
    },
    protocol::{Points, roster::Team},
    state::Score,
    theme::Role,
};

/// Whether there are scores that may be read.
pub fn is_on(screen: &Screen) -> bool {
    strip::is_public(screen.cx.core) && !screen.cx.core.config.teams.is_empty()
}

pub fn compose(screen: &Screen, layers: &mut Vec<Layer>) {
    if !is_on(screen) {
        return;
    }
    let (cx, place) = (screen.cx, screen.place);
    let teams = cx.core.teams();
    let shapes = &place.strip_shapes;
    let shape = shapes.iter().find(|shape| shape.0 as usize >= teams.len()).or(shapes.last());
    let (columns, rows) = shape.map_or((6, 1), |shape| (shape.1.max(1) as usize, shape.2.max(1) as usize));
    let (gap, rect, most) = (place.strip_gap, place.strip, columns * rows);
    // A few have wider cells.
    let columns = if rows == 1 { columns.min(teams.len()) } else { columns };
    let pages = teams.len().div_ceil(most);
    let dwell = cx.theme.motion.strip_page.us().max(1);
    let turning = ((cx.now - cx.on_air).max(0) / dwell % pages.max(1) as i64) as usize;
    // Who is on is always among them.
    let on = side::who(screen).0.and_then(|on| teams.iter().position(|team| team.id == on.id));
    let page = on.map_or(turning, |index| index / most);
    let w = (rect.w - (columns as f32 - 1.0) * gap) / columns as f32;
    let h = (rect.h - (rows as f32 - 1.0) * gap) / rows as f32;
    let mut sheet = Sheet::new(rect.grow(gap));
    for (slot, team) in teams.iter().skip(page * most).take(most).enumerate() {
        let (column, row) = ((slot % columns) as f32, (slot / columns) as f32);
        cell(screen, team, Rect::new(rect.x + column * (w + gap), rect.y + row * (h + gap), w, h), &mut sheet);
    }
    layers.push(Screen::lay(LayerKind::Strip, 0, sheet));
}

/// Number and name, and the score beside or below them, as the cell is low or high.
fn cell(screen: &Screen, team: &Team, rect: Rect, sheet: &mut Sheet) {
    let (cx, place) = (screen.cx, screen.place);
    let palette = &cx.theme.palette;
    let on = side::who(screen).0.is_some_and(|on| on.id == team.id);
    let (fill, border, ink, ink2) = if on {
        (vertical(palette.accent_fill), None, palette.on_accent, palette.on_accent)
    } else {
        (Fill::None, outline(place.rule, palette.well_ink2.fade(0.6)), palette.well_ink, palette.well_ink2)
    };
    sheet.plate(rect, [place.radius; 4], fill, border, None);
    let told = cx.core.scores.get(&team.id);
    let score = told.map_or(cx.core.config.base_score, Score::value).to_string();
    let padding = place.padding / 2.0;
    let inner = Rect { x: rect.x + padding, w: rect.w - 2.0 * padding, ..rect };
    let stacked = rect.h > 2.0 * place.line.step().1;
    let name = team.short.as_ref().filter(|_| !stacked).unwrap_or(&team.name);
    let chip = |sheet: &mut Sheet, row: Rect| {
        let side = row.h.min(place.line.step().1) - padding / 2.0;
        let corner = Point { x: row.x, y: row.y + (row.h - side) / 2.0 };
        let look = if on {
            (Fill::Solid(palette.on_accent), palette.accent_fill.0)
        } else {
            (vertical(palette.active), palette.on_active)
        };
        let lead = screen.number(sheet, corner, side, look, team.number) + padding;
        Rect { x: row.x + lead, w: row.w - lead, ..row }
    };
    if stacked {
        let line = place.line.ladder.last().copied().unwrap_or(place.line.step());
        let style = place.line.style(line, ink2);
        let top = Rect { y: rect.y + padding, h: place.line.step().1, ..inner };
        let at = chip(sheet, top);
        let lines = cx.set.lines(name, &style, at.w);
        let below = if lines.len() > 1 && cx.set.width(name, &style) > at.w {
            // A long name has a second line, and the score what is left.
            let rest = lines.get(1..).unwrap_or_default().concat();
            screen.line(sheet, at, Anchor::Start, &place.line, ink2, lines.first().map_or("", String::as_str));
            let second = Rect { y: top.y + line.1, h: line.1, ..inner };
            screen.line(sheet, second, Anchor::Start, &place.line, ink2, &rest);
            second.y + second.h
        } else {
            screen.line(sheet, at, Anchor::Start, &place.line, ink2, name);
            top.y + top.h
        };
        let below = Rect { y: below, h: rect.y + rect.h - padding / 2.0 - below, ..inner };
        let wide = figure(screen, &score, below, Anchor::Start, ink, sheet);
        // What it has just won or lost, where there is room beside.
        let fresh = |score: &&Score| !score.corrected && cx.now - score.since < cx.theme.motion.chip_hold.us();
        if let Some(score) = told.filter(fresh).filter(|score| score.delta != Points::ZERO) {
            let rest = Rect { x: below.x + wide + padding, w: below.w - wide - padding, ..below };
            let role = &place.number;
            let text = score.delta.signed();
            let step = fit_line(cx.set, &text, role, rest.w);
            if cx.set.width(&text, &role.style(step, ink2)) <= rest.w {
                sheet.line(&cx.theme.typography, rest, Anchor::End, role, step, ink2, text);
            }
        }
        return;
    }
    let wide = figure(screen, &score, inner, Anchor::End, ink, sheet);
    let at = chip(sheet, Rect { w: inner.w - wide - padding, ..inner });
    screen.line(sheet, at, Anchor::Start, &place.line, ink2, name);
}

/// A score as large as its row lets it be; how wide it is.
fn figure(screen: &Screen, score: &str, row: Rect, anchor: Anchor, ink: Rgba, sheet: &mut Sheet) -> f32 {
    let (cx, role) = (screen.cx, &screen.place.score);
    let lower: Vec<_> = role.ladder.iter().copied().filter(|step| step.0 <= row.h).collect();
    let least = role.ladder.last().copied().into_iter().collect();
    let role = Role { ladder: if lower.is_empty() { least } else { lower }, ..role.clone() };
    let step = fit_line(cx.set, score, &role, row.w / 2.0);
    sheet.line(&cx.theme.typography, row, anchor, &role, step, ink, score);
    cx.set.width(score, &role.style(step, ink))
}
