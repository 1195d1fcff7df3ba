//! A name on a hanging banner: Han from top to bottom, columns from right to left; Latin across where it has room.

use crate::show::{
    frame::{
        cx::Cx,
        part::{Anchor, Rect, Rgba},
        sheet::Sheet,
    },
    theme::{Role, Step},
};

/// A name laid out: a step, and the lines of each column from right to left.
struct Hung {
    step: Step,
    columns: Vec<Vec<String>>,
}

/// The name in `room`, as large as it goes.
pub fn draw(cx: &Cx, room: Rect, name: &str, sheet: &mut Sheet) {
    let (place, typo) = (&cx.theme.layout.advance, &cx.theme.typography);
    let role = &typo.advance_name;
    let hung = across(cx, role, room, name).unwrap_or_else(|| down(cx, role, room, name));
    let pitch = hung.step.0 * place.column;
    let tallest = hung.columns.iter().map(Vec::len).max().unwrap_or(0) as f32 * hung.step.1;
    let top = room.y + ((room.h - tallest) / 2.0).max(0.0);
    let middle = room.centre().x + pitch * (hung.columns.len() as f32 - 1.0) / 2.0;
    for (i, column) in hung.columns.iter().enumerate() {
        let x = middle - i as f32 * pitch;
        for (j, line) in column.iter().enumerate() {
            let at = Rect::new(x - room.w / 2.0, top + j as f32 * hung.step.1, room.w, hung.step.1);
            sheet.line(typo, at, Anchor::Centre, role, hung.step, cx.theme.palette.ink, line);
        }
    }
}

/// A name without Han is set across, its words below one another, where none has to be broken.
fn across(cx: &Cx, role: &Role, room: Rect, name: &str) -> Option<Hung> {
    if !name.is_ascii() {
        return None;
    }
    let width = room.w - 2.0 * cx.theme.layout.advance.name_side;
    role.ladder.iter().find_map(|&step| {
        let style = role.style(step, Rgba::CLEAR);
        let whole = name.split_whitespace().all(|word| cx.set.width(word, &style) <= width);
        let lines = if whole { cx.set.lines(name, &style, width) } else { return None };
        let fits = lines.len() as f32 * step.1 <= room.h;
        fits.then(|| Hung { step, columns: vec![lines] })
    })
}

/// One column while its type is not much smaller than that of more; then as many as are needed.
fn down(cx: &Cx, role: &Role, room: Rect, name: &str) -> Hung {
    let place = &cx.theme.layout.advance;
    let width = room.w - 2.0 * place.name_side;
    let marks: Vec<char> = name.chars().filter(|c| !c.is_whitespace() && !is_dropped(*c)).collect();
    let fitting = |columns: usize| {
        let rows = marks.len().div_ceil(columns).max(1);
        let fits = |step: &&Step| {
            let across = step.0 * (1.0 + (columns - 1) as f32 * place.column);
            rows as f32 * step.1 <= room.h && across <= width
        };
        role.ladder.iter().find(fits).map(|step| (columns, rows, *step))
    };
    let shapes: Vec<_> = (1..=4).filter_map(fitting).collect();
    let best = shapes.iter().map(|(.., step)| step.0).fold(0.0, f32::max);
    let chosen = shapes.into_iter().find(|(.., step)| step.0 >= best * place.one_column);
    let least = role.ladder.last().copied().unwrap_or(role.step());
    let (_, rows, step) = chosen.unwrap_or((1, ((room.h / least.1) as usize).max(1), least));
    let columns = marks.chunks(rows).map(|column| column.iter().map(char::to_string).collect());
    // What even the smallest type cannot hold is left out rather than set beyond the banner.
    let most = (((width / step.0 - 1.0) / place.column).floor() as usize + 1).max(1);
    Hung { step, columns: columns.take(most).collect() }
}

/// Punctuation is not set in vertical lines.
const fn is_dropped(c: char) -> bool {
    matches!(c, '·' | '，' | '、' | '。' | '（' | '）' | '(' | ')' | '“' | '”')
}
