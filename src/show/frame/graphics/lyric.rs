//! A lyric in vertical lines, right to left: what was sung stays white, the line being sung is lit and larger, what
//! comes is faint. Without a line named as the current one all are white and pages turn by themselves.

use super::slate;
use crate::show::{
    frame::{
        cx::Cx,
        layer::{Layer, LayerKind},
        part::{Anchor, Fill, Rect},
        sheet::Sheet,
    },
    motion::share,
    state::SlateCard,
    theme::{InterludePlace, Step},
};

/// Signs that a vertical line does not set; within a line they leave a breath.
const DROPPED: &str = "，。！？；：、,.!?;:…—～《》〈〉“”‘’\"'（）()【】·\u{3000} ";
/// Layers: the hairlines between columns, columns on their way out, columns that stay.
const RULES: u16 = 8;
const BEFORE: u16 = 16;
const AFTER: u16 = 32;

/// How a column stands to the line being sung.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Sung {
    Past,
    Now,
    Next,
}

/// One vertical line.
struct Column {
    /// The line of the body, from 1.
    line: u32,
    /// `None` is a breath.
    glyphs: Vec<Option<char>>,
}

/// What the columns show: the page, and the line being sung.
#[derive(Clone, Copy)]
struct View {
    page: usize,
    line: Option<u32>,
}

/// The columns around the current line; where the view has just changed, the old one dissolves into the new.
pub fn compose(cx: &Cx, card: &SlateCard, layers: &mut Vec<Layer>) {
    let place = &cx.theme.layout.slates.interlude;
    let (rung, columns) = fit(cx, place, &card.shown.body);
    let per_page = place.columns.max(1) as usize;
    if columns.is_empty() {
        return;
    }
    let on = |line: Option<u32>| {
        let at = columns.iter().position(|column| line.is_some_and(|line| column.line >= line));
        View { page: at.unwrap_or(if line.is_some() { columns.len() - 1 } else { 0 }) / per_page, line }
    };
    let (before, after, since) = match &card.line {
        Some(line) => (on(line.value.checked_sub(1).filter(|line| *line > 0)), on(Some(line.value)), line.since),
        None => {
            let page = super::page(cx, card.since, columns.len().div_ceil(per_page));
            let since = card.since + page as i64 * cx.theme.motion.page.us();
            (View { page: page.saturating_sub(1), line: None }, View { page, line: None }, since)
        }
    };
    let came = share(cx.now, since, cx.theme.motion.lyric.us());
    let shown = |view: View| columns.iter().skip(view.page * per_page).take(per_page).enumerate();
    rules(cx, place, shown(after).count(), layers);
    for (slot, column) in shown(before).filter(|_| came < 1.0) {
        if before.page != after.page || sung(column, before.line) != sung(column, after.line) {
            lay(cx, (BEFORE, slot), column, rung, (sung(column, before.line), 1.0 - came), layers);
        }
    }
    for (slot, column) in shown(after) {
        let same = before.page == after.page && sung(column, before.line) == sung(column, after.line);
        lay(cx, (AFTER, slot), column, rung, (sung(column, after.line), if same { 1.0 } else { came }), layers);
    }
}

fn sung(column: &Column, line: Option<u32>) -> Sung {
    match line.map(|line| column.line.cmp(&line)) {
        None | Some(std::cmp::Ordering::Less) => Sung::Past,
        Some(std::cmp::Ordering::Equal) => Sung::Now,
        Some(std::cmp::Ordering::Greater) => Sung::Next,
    }
}

/// The largest rung of both ladders at which every line fits its column; a line too long for the smallest is divided.
fn fit(cx: &Cx, place: &InterludePlace, body: &str) -> (usize, Vec<Column>) {
    let lines: Vec<Column> = (1..).zip(body.lines()).filter_map(|(line, text)| column(line, text)).collect();
    let rungs = cx.theme.typography.lyric.ladder.len().max(1);
    let room = place.lines.map_or(place.foot - place.top, |area| area.w);
    let long = |column: &Column, rung: usize| match place.lines {
        Some(_) => width(cx, column, rung),
        None => height(cx, place, column, rung),
    };
    let fits = |rung: &usize| lines.iter().all(|column| long(column, *rung) <= room);
    if let Some(rung) = (0..rungs).find(fits) {
        return (rung, lines);
    }
    let rung = rungs - 1;
    let em = step(cx, rung, Sung::Now);
    let most = (room / if place.lines.is_some() { em.0 } else { em.1 }).floor().max(1.0) as usize;
    let divide = |column: Column| {
        let parts = column.glyphs.len().div_ceil(most).max(1);
        let each = column.glyphs.len().div_ceil(parts).max(1);
        let line = column.line;
        column.glyphs.chunks(each).map(|glyphs| Column { line, glyphs: glyphs.to_vec() }).collect::<Vec<_>>()
    };
    (rung, lines.into_iter().flat_map(divide).collect())
}

/// A line's glyphs; none for an empty line.
fn column(line: u32, text: &str) -> Option<Column> {
    let mut glyphs: Vec<Option<char>> = Vec::new();
    for c in text.trim().chars() {
        if !DROPPED.contains(c) {
            glyphs.push(Some(c));
        } else if glyphs.last().is_some_and(Option::is_some) {
            glyphs.push(None);
        }
    }
    if glyphs.last().is_some_and(Option::is_none) {
        glyphs.pop();
    }
    (!glyphs.is_empty()).then_some(Column { line, glyphs })
}

fn step(cx: &Cx, rung: usize, sung: Sung) -> Step {
    let typo = &cx.theme.typography;
    let role = if sung == Sung::Now { &typo.lyric_on } else { &typo.lyric };
    role.ladder.get(rung).or(role.ladder.last()).copied().unwrap_or(role.step())
}

/// Of the column when it is lit: it is the taller one.
fn height(cx: &Cx, place: &InterludePlace, column: &Column, rung: usize) -> f32 {
    let line = step(cx, rung, Sung::Now).1.max(step(cx, rung, Sung::Past).1);
    column.glyphs.iter().map(|glyph| if glyph.is_some() { line } else { line * place.pause }).sum()
}

/// Of a line from left to right, lit.
fn width(cx: &Cx, column: &Column, rung: usize) -> f32 {
    let role = &cx.theme.typography.lyric_on;
    cx.set.width(&text(column), &role.style(step(cx, rung, Sung::Now), cx.theme.palette.accent))
}

/// Its glyphs as one line; a breath is a space.
fn text(column: &Column) -> String {
    column.glyphs.iter().map(|glyph| glyph.unwrap_or(' ')).collect()
}

/// Hairlines between the columns.
fn rules(cx: &Cx, place: &InterludePlace, columns: usize, layers: &mut Vec<Layer>) {
    if place.lines.is_some() {
        return;
    }
    let (dx, w, y, h) = place.rule;
    let colour = cx.theme.palette.separator;
    let left = place.column + dx - place.pitch * columns as f32;
    slate::row(cx, RULES, Rect::new(left, y, place.column - left, h), layers, |sheet| {
        for slot in 0..columns.saturating_sub(1) {
            let x = place.column - slot as f32 * place.pitch + dx;
            sheet.plate(Rect::new(x, y, w, h), [0.0; 4], Fill::Vertical(colour, colour.fade(0.0)), None, None);
        }
    });
}

/// One column in one look.
fn lay(cx: &Cx, at: (u16, usize), column: &Column, rung: usize, look: (Sung, f32), layers: &mut Vec<Layer>) {
    let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
    let place = &cx.theme.layout.slates.interlude;
    let ((base, slot), (sung, opacity)) = (at, look);
    let (role, colour) = match sung {
        Sung::Past => (&typo.lyric, palette.ink),
        Sung::Now => (&typo.lyric_on, palette.accent),
        Sung::Next => (&typo.lyric, palette.ink2),
    };
    let step = step(cx, rung, sung);
    if let Some(lines) = place.lines {
        let area = Rect { y: lines.y + slot as f32 * place.pitch, h: place.pitch, ..lines };
        let mut sheet = cx.sheet(area);
        sheet.line(typo, area, Anchor::Start, role, step, colour, text(column));
        let slot = slot as u16;
        layers.push(cx.lay(LayerKind::Slate, base + slot, sheet, slate::step_in(cx, 3 + slot).faded(opacity)));
        return;
    }
    let left = place.column - (slot as f32 + 0.5) * place.pitch;
    let area = Rect::new(left, place.top, place.pitch, place.foot - place.top);
    let mut sheet: Sheet = cx.sheet(area);
    let mut y = place.top;
    for glyph in &column.glyphs {
        let h = if glyph.is_some() { step.1 } else { step.1 * place.pause };
        if let Some(c) = glyph {
            let row = Rect { y, h, ..area };
            sheet.line(typo, row, Anchor::Centre, role, step, colour, c.to_string());
        }
        y += h;
    }
    let slot = slot as u16;
    layers.push(cx.lay(LayerKind::Slate, base + slot, sheet, slate::step_in(cx, 3 + slot).faded(opacity)));
}
