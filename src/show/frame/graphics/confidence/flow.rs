//! Blocks of text below one another, as large as they fit, else paged: a question with its options, a card's lines, a
//! table's rows.

use super::Screen;
use crate::show::{
    frame::{
        cx::Cx,
        fit::cut,
        part::{Anchor, Fill, Icon, Point, Rect, Rgba},
        sheet::{Sheet, outline, vertical},
    },
    theme::{Gradient, Monitor, Role, Step, Words},
    time::SECOND_US,
};

/// How a block looks: on no plate, on a filled one, or in an outline.
#[derive(Clone, Copy)]
pub struct Mark {
    pub ink: Rgba,
    pub letter: Rgba,
    pub fill: Option<Gradient>,
    pub border: Option<Rgba>,
    pub icon: Option<Icon>,
}

impl Mark {
    pub const fn plain(ink: Rgba, letter: Rgba) -> Self {
        Self { ink, letter, fill: None, border: None, icon: None }
    }
}

/// One paragraph, option or row.
pub struct Block {
    /// In a column of its own at the left.
    pub letter: Option<String>,
    pub text: String,
    /// A figure or word at the right end: then the text is one line.
    pub tail: Option<String>,
    /// It has a sign at its right end, or may get one: nothing moves when it does.
    pub sign: bool,
    /// Its text keeps off the ends of its plate.
    pub indent: bool,
    /// Short ones may stand side by side.
    pub pairs: bool,
    pub mark: Mark,
}

impl Block {
    pub fn text(text: impl Into<String>, mark: Mark) -> Self {
        Self { letter: None, text: text.into(), tail: None, sign: false, indent: false, pairs: false, mark }
    }

    pub fn row(letter: impl Into<String>, text: impl Into<String>, tail: Option<String>, mark: Mark) -> Self {
        Self { letter: Some(letter.into()), tail, ..Self::text(text, mark) }
    }
}

/// Lines of one block on a page: where they lie, and whether they are its first.
struct Piece {
    block: usize,
    rect: Rect,
    lines: Vec<String>,
    first: bool,
}

/// Blocks as they are set.
pub struct Flow {
    blocks: Vec<Block>,
    step: Step,
    pages: Vec<Vec<Piece>>,
    room: Rect,
}

/// Blocks that stand side by side, with their lines.
type Row = Vec<(usize, Vec<String>)>;

impl Flow {
    /// The largest step at which everything fits, in one column or short options in two; else pages at the smallest.
    pub fn fit(screen: &Screen, blocks: Vec<Block>, room: Rect) -> Self {
        let (cx, place) = (screen.cx, screen.place);
        let table = blocks.iter().any(|block| block.tail.is_some());
        let single = if table { Rect { w: room.w.min(place.table_w), ..room } } else { room };
        let mut last = (Step(0.0, 0.0), Vec::new());
        for &step in &place.text_role.ladder {
            for (columns, room) in [(1, single), (2, room)] {
                let Some(rows) = rows(cx, place, &blocks, step, columns, room.w) else { continue };
                if height(place, &rows, step) <= room.h + 0.5 {
                    let pages = vec![lay(place, &rows, step, room)];
                    return Self { blocks, step, pages, room };
                }
                last = (step, rows);
            }
        }
        let (step, rows) = last;
        let pages = paged(place, rows, step, Rect { h: room.h - place.pager, ..room });
        Self { blocks, step, pages, room }
    }

    pub fn is_whole(&self) -> bool {
        self.pages.len() == 1
    }

    /// The page that is read at `now` by somebody who began at `since`, and read each aloud.
    pub fn page(&self, place: &Monitor, since: i64, now: i64) -> usize {
        let per_char = 60 * SECOND_US / i64::from(place.read_per_minute.max(1));
        let mut left = (now - since).max(0);
        for (index, page) in self.pages.iter().enumerate() {
            let count = page.iter().flat_map(|piece| &piece.lines).map(|line| line.chars().count()).sum::<usize>();
            left -= (count as i64 * per_char).max(place.page_least.us());
            if left < 0 {
                return index;
            }
        }
        self.pages.len().saturating_sub(1)
    }

    /// One page, and which of how many.
    pub fn draw(&self, screen: &Screen, page: usize, sheet: &mut Sheet) {
        let (cx, place) = (screen.cx, screen.place);
        for piece in self.pages.get(page).into_iter().flatten() {
            if let Some(block) = self.blocks.get(piece.block) {
                self.piece(screen, block, piece, sheet);
            }
        }
        if self.pages.len() > 1 {
            let said = Words::with(&Words::with(&cx.words.monitor.page, page + 1), self.pages.len());
            let foot = Rect { y: self.room.y + self.room.h - place.pager, h: place.pager, ..self.room };
            let ink = cx.theme.palette.well_ink2;
            screen.line(sheet, foot, Anchor::End, &place.label, ink, &said);
        }
    }

    fn piece(&self, screen: &Screen, block: &Block, piece: &Piece, sheet: &mut Sheet) {
        let (cx, place, mark) = (screen.cx, screen.place, block.mark);
        let (typo, em, rect) = (&cx.theme.typography, self.step.0, piece.rect);
        let border = mark.border.and_then(|colour| outline(place.outline, colour));
        if mark.fill.is_some() || border.is_some() {
            let reach = place.reach_em * em;
            let fill = mark.fill.map_or(Fill::None, vertical);
            let plate = Rect { y: rect.y - reach / 2.0, h: rect.h + reach, ..rect };
            sheet.plate(plate, [place.radius; 4], fill, border, None);
        }
        let inset = inset(cx, place, &self.blocks, block, self.step);
        if let Some(letter) = block.letter.as_deref().filter(|_| piece.first) {
            let column =
                Rect { x: rect.x + place.reach_em * em, w: inset - 2.0 * place.reach_em * em, h: self.step.1, ..rect };
            let role = Monitor::beside(&place.letter, self.step);
            let letter = cut(cx.set, letter, &role.style(self.step, mark.letter), column.w, "");
            sheet.line(typo, column, Anchor::Centre, &role, self.step, mark.letter, letter);
        }
        let width = rect.w - inset - ends(cx, place, block, self.step);
        for (i, line) in piece.lines.iter().enumerate() {
            let at = Rect::new(rect.x + inset, rect.y + i as f32 * self.step.1, width, self.step.1);
            // What even the smallest size leaves too long is a row's name.
            let line = match &block.tail {
                Some(_) => {
                    let style = place.text_role.style(self.step, mark.ink);
                    cut(cx.set, line, &style, width, &cx.words.more)
                }
                None => line.clone(),
            };
            sheet.line(typo, at, Anchor::Start, &place.text_role, self.step, mark.ink, line);
        }
        // The eye is led from a name to its figure.
        if block.tail.is_some() && mark.fill.is_none() {
            let y = rect.y + rect.h + (place.block_em * em - place.rule) / 2.0;
            let line = Rect::new(rect.x, y, rect.w, place.rule);
            sheet.plate(line, [0.0; 4], Fill::Solid(cx.theme.palette.track), None, None);
        }
        let end = rect.x + rect.w - place.reach_em * em;
        if let Some(icon) = mark.icon.filter(|_| piece.first) {
            let centre = Point { x: end - em / 2.0, y: rect.y + rect.h / 2.0 };
            sheet.icon(centre, em * 0.86, icon, mark.letter);
        }
        if let Some(tail) = &block.tail {
            let role = Monitor::beside(tail_role(place, tail), self.step);
            let at = Rect { w: end - rect.x, ..rect };
            sheet.line(typo, at, Anchor::End, &role, self.step, mark.letter, tail.as_str());
        }
    }
}

/// The widest that the letters' column may be, em: a longer one is cut.
const LETTERS_EM: f32 = 3.0;

/// Figures are set as figures, words as words.
fn tail_role<'a>(place: &'a Monitor, tail: &str) -> &'a Role {
    let is_figure = tail.chars().all(|c| c.is_ascii_digit() || "+\u{2212}.%/ ".contains(c));
    if is_figure { &place.figure } else { &place.text_role }
}

/// How far the text stands from the left end of its block.
fn inset(cx: &Cx, place: &Monitor, blocks: &[Block], block: &Block, step: Step) -> f32 {
    match (&block.letter, block.indent) {
        // All letters have one column, as wide as the widest of them.
        (Some(_), _) => {
            let wide = |letter: &String| cx.set.width(letter, &place.letter.style(step, Rgba::CLEAR));
            let widest = blocks.iter().filter_map(|block| block.letter.as_ref()).map(wide).fold(0.0, f32::max);
            (place.letter_em * step.0).max(widest + 3.0 * place.reach_em * step.0).min(LETTERS_EM * step.0)
        }
        (None, true) => 2.0 * place.reach_em * step.0,
        (None, false) => 0.0,
    }
}

/// What the right end holds: a sign's place, a figure.
fn ends(cx: &Cx, place: &Monitor, block: &Block, step: Step) -> f32 {
    let sign = if block.sign { step.0 + 2.0 * place.reach_em * step.0 } else { 0.0 };
    let tail = block.tail.as_ref().map_or(0.0, |tail| {
        let role = tail_role(place, tail);
        cx.set.width(tail, &role.style(step, Rgba::CLEAR)) + (place.reach_em + place.block_em) * step.0
    });
    sign + tail
}

/// The rows at a step; `None` where two columns are asked for and options do not stand in them on one line each.
fn rows(cx: &Cx, place: &Monitor, blocks: &[Block], step: Step, columns: usize, width: f32) -> Option<Vec<Row>> {
    let pairs = blocks.iter().filter(|block| block.pairs).count();
    if columns > 1 && pairs < 2 {
        return None;
    }
    let style = place.text_role.style(step, Rgba::CLEAR);
    let mut rows: Vec<Row> = Vec::new();
    let mut open = false;
    for (index, block) in blocks.iter().enumerate() {
        let side = columns > 1 && block.pairs;
        let full = if side { (width - place.gutter_em * step.0) / 2.0 } else { width };
        let room = full - inset(cx, place, blocks, block, step) - ends(cx, place, block, step);
        if room < 2.0 * step.0 && side {
            return None;
        }
        let lines = if block.tail.is_some() {
            // A row's name stands whole beside its figure; the smallest size alone may cut it.
            let least = place.text_role.ladder.last().is_none_or(|last| *last == step);
            if cx.set.width(&block.text, &style) > room && !(least && columns == 1) {
                return None;
            }
            vec![block.text.clone()]
        } else {
            cx.set.lines(&block.text, &style, room.max(step.0))
        };
        if side && lines.len() > 1 {
            return None;
        }
        match rows.last_mut() {
            Some(row) if side && open => {
                row.push((index, lines));
                open = false;
            }
            _ => {
                rows.push(vec![(index, lines)]);
                open = side;
            }
        }
    }
    Some(rows)
}

fn tall(row: &Row, step: Step) -> f32 {
    row.iter().map(|(_, lines)| lines.len()).max().unwrap_or(0) as f32 * step.1
}

fn height(place: &Monitor, rows: &[Row], step: Step) -> f32 {
    let gaps = rows.len().saturating_sub(1) as f32 * place.block_em * step.0;
    rows.iter().map(|row| tall(row, step)).sum::<f32>() + gaps
}

/// The pieces of a page that begins at the room's top.
fn lay(place: &Monitor, rows: &[Row], step: Step, room: Rect) -> Vec<Piece> {
    let mut y = room.y;
    let mut pieces = Vec::new();
    for row in rows {
        let h = tall(row, step);
        let w = if row.len() > 1 { (room.w - place.gutter_em * step.0) / 2.0 } else { room.w };
        for (column, (block, lines)) in row.iter().enumerate() {
            let x = room.x + column as f32 * (w + place.gutter_em * step.0);
            pieces.push(Piece { block: *block, rect: Rect::new(x, y, w, h), lines: lines.clone(), first: true });
        }
        y += h + place.block_em * step.0;
    }
    pieces
}

/// Pages at one step: a block goes on over pages only where none holds it whole, or the first one does not.
fn paged(place: &Monitor, rows: Vec<Row>, step: Step, room: Rect) -> Vec<Vec<Piece>> {
    let (gap, per_page) = (place.block_em * step.0, ((room.h + 0.5) / step.1).floor().max(1.0) as usize);
    let mut pages = vec![Vec::new()];
    let mut y = room.y;
    for row in rows {
        if row.len() > 1 {
            let h = tall(&row, step);
            if y + h > room.y + room.h + 0.5 && y > room.y {
                pages.push(Vec::new());
                y = room.y;
            }
            let at = Rect { y, ..room };
            pages.last_mut().into_iter().for_each(|page| page.extend(lay(place, std::slice::from_ref(&row), step, at)));
            y += h + gap;
            continue;
        }
        for (index, lines) in row {
            let mut rest = lines.as_slice();
            let mut first = true;
            while !rest.is_empty() {
                let left = ((room.y + room.h + 0.5 - y) / step.1).floor().max(0.0) as usize;
                // A few lines at a page's foot are not worth a break within a block that the next page holds.
                let splits = rest.len() > per_page || left >= LEAST_LINES;
                if rest.len() > left && (!splits || left == 0) && y > room.y {
                    pages.push(Vec::new());
                    y = room.y;
                    continue;
                }
                let (now, later) = rest.split_at(left.clamp(1, per_page).min(rest.len()));
                let rect = Rect::new(room.x, y, room.w, now.len() as f32 * step.1);
                if let Some(page) = pages.last_mut() {
                    page.push(Piece { block: index, rect, lines: now.to_vec(), first });
                }
                y += rect.h + if later.is_empty() { gap } else { 0.0 };
                (rest, first) = (later, false);
            }
        }
    }
    pages
}

/// Lines of a block that are worth being begun on a page that does not hold it whole.
const LEAST_LINES: usize = 4;
