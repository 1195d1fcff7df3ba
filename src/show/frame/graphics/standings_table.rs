//! The geometry of standings: pages, a place for every row, columns as wide as their figures.

use crate::show::{
    frame::{cx::Cx, part::Rect, part::Rgba},
    protocol::{
        Points,
        score::{StandingsRow, StandingsSet, TieBreak},
    },
    theme::{Role, StandingsPlace, Step, Words},
};

/// A column of figures, from left to right.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Column {
    Written,
    General,
    Stage,
    Total,
}

impl Column {
    pub const ALL: [Self; 4] = [Self::Written, Self::General, Self::Stage, Self::Total];

    pub const fn of(self, row: &StandingsRow) -> Option<Points> {
        match self {
            Self::Written => row.written,
            Self::General => row.general_written,
            Self::Stage => row.stage,
            Self::Total => Some(row.total),
        }
    }

    /// What stands above it; a total alone is a score.
    pub fn head(self, words: &Words, alone: bool) -> &str {
        match self {
            Self::Written => &words.table_written,
            Self::General => &words.table_general,
            Self::Stage => &words.table_stage,
            Self::Total if alone => &words.table_score,
            Self::Total => &words.table_total,
        }
    }
}

/// How a row is filled: the winner's, those who go on, the others.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tone {
    First,
    In,
    Out,
}

/// A row's place.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Slot {
    pub page: usize,
    pub rect: Rect,
    /// Taller than the others, over the whole width.
    pub lead: bool,
    pub tone: Tone,
}

impl Slot {
    /// The share of a pair (first row, others) that holds for it, in px.
    pub fn share(&self, shares: (f32, f32)) -> f32 {
        self.rect.h * if self.lead { shares.0 } else { shares.1 }
    }
}

/// Places of all rows, in the feed's order.
pub struct Table {
    pub slots: Vec<Slot>,
    pub pages: usize,
    /// The line below those who go on: its page and place.
    pub cut: Option<(usize, Rect)>,
    pub double: bool,
}

impl Table {
    /// `rows` in one column, or in several.
    pub fn of(place: &StandingsPlace, set: &StandingsSet, rows: &[StandingsRow], double: bool) -> Self {
        let winners = rows.iter().take_while(|row| set.ranked && row.rank == Some(1)).count();
        let lead = winners == 1;
        let advance = set.advance.filter(|_| set.ranked).map(|advance| advance as usize);
        let mut table = Self { slots: Vec::new(), pages: 0, cut: None, double };
        let mut first = 0;
        for count in pages(place, rows.len(), lead, double) {
            let cut = advance.and_then(|advance| advance.checked_sub(first)).filter(|cut| (1..count).contains(cut));
            let lead = lead && first == 0;
            let rects = if double { several(place, count, lead) } else { one(place, count, lead, cut) };
            for (i, rect) in rects.iter().enumerate() {
                let tone = match advance {
                    _ if first + i < winners => Tone::First,
                    Some(advance) if first + i >= advance => Tone::Out,
                    _ => Tone::In,
                };
                table.slots.push(Slot { page: table.pages, rect: *rect, lead: lead && i == 0, tone });
            }
            if let Some(above) = cut.and_then(|cut| rects.get(cut - 1)) {
                let room = if double { place.gap } else { place.gap + place.cut_room };
                let y = above.y + above.h + (room - place.cut) / 2.0;
                table.cut = Some((table.pages, Rect::new(above.x, y, above.w, place.cut)));
            }
            table.pages += 1;
            first += count;
        }
        table
    }

    /// Top of the first row of a page.
    pub fn top(&self, page: usize) -> f32 {
        self.slots.iter().find(|slot| slot.page == page).map_or(0.0, |slot| slot.rect.y)
    }
}

/// Rows of each page, as even as can be.
fn pages(place: &StandingsPlace, count: usize, lead: bool, double: bool) -> Vec<usize> {
    let columns = place.columns.max(1) as usize;
    let (below, full) = (columns * place.double.0 as usize, (columns * place.double.1 as usize).max(1));
    let lead = lead && place.lead_spans;
    let (first, other) = match (double, lead) {
        (false, _) => (place.single as usize, place.single as usize),
        (true, true) => (below + 1, full),
        (true, false) => (full, full),
    };
    let other = other.max(1);
    let pages = 1 + count.saturating_sub(first).div_ceil(other);
    let mut left = count;
    let mut sizes = Vec::new();
    for page in 0..pages {
        let even = left.div_ceil(pages - page);
        let size = if page == 0 { even.min(first) } else { even };
        sizes.push(size);
        left -= size;
    }
    sizes
}

/// One column: the rows share the height, the first one is taller.
fn one(place: &StandingsPlace, count: usize, lead: bool, cut: Option<usize>) -> Vec<Rect> {
    let extra = cut.map_or(0.0, |_| place.cut_room);
    let gaps = place.gap * count.saturating_sub(1) as f32 + extra;
    let units = count as f32 + if lead { place.lead - 1.0 } else { 0.0 };
    let height = ((place.rows.h - gaps) / units.max(1.0)).min(place.row_most).floor();
    let tall = if lead { (height * place.lead).floor() } else { height };
    let used = tall + height * count.saturating_sub(1) as f32 + gaps;
    let mut y = place.rows.y + ((place.rows.h - used) * place.spare).max(0.0).floor();
    (0..count)
        .map(|i| {
            let h = if i == 0 { tall } else { height };
            let rect = Rect::new(place.rows.x, y, place.rows.w, h);
            y += h + place.gap + if cut == Some(i + 1) { extra } else { 0.0 };
            rect
        })
        .collect()
}

/// Several columns, filled one after the other, below a first row over all where it spans them.
fn several(place: &StandingsPlace, count: usize, lead: bool) -> Vec<Rect> {
    let columns = place.columns.max(1) as usize;
    let lead = lead && place.lead_spans;
    let rest = count - usize::from(lead).min(count);
    let per = rest.div_ceil(columns).max(1);
    let head = if lead { place.lead_double + place.gap } else { 0.0 };
    let pitch = ((place.rows.h - head + place.gap) / per as f32).floor();
    let height = (pitch - place.gap).min(place.lead_double / place.lead).min(place.row_most).floor();
    let used = head + (height + place.gap) * per as f32 - place.gap;
    let top = place.rows.y + ((place.rows.h - used) * place.spare).max(0.0).floor();
    let width = ((place.rows.w - place.double_gap * (columns - 1) as f32) / columns as f32).floor();
    let first = lead.then(|| Rect::new(place.rows.x, top, place.rows.w, place.lead_double));
    let others = (0..rest).map(|i| {
        let column = i / per;
        let x = if column + 1 == columns {
            place.rows.x + place.rows.w - width
        } else {
            place.rows.x + column as f32 * (width + place.double_gap)
        };
        Rect::new(x, top + head + (i % per) as f32 * (height + place.gap), width, height)
    });
    first.into_iter().chain(others).collect()
}

/// The columns that the data has, each with its decimals and its right edge's distance from a row's right end.
pub struct Columns {
    pub list: Vec<(Column, u32, f32)>,
    /// Where names end and where the first figures begin, from a row's right end.
    pub names: f32,
    pub figures: f32,
    /// The row whose sizes all figures have: over two columns of several figures the first row's stand in theirs.
    sizes: Option<Slot>,
}

impl Columns {
    /// As wide as the widest figure of `rows`. The second tie key has a column only where it decided.
    pub fn of(cx: &Cx, table: &Table, rows: &[&StandingsRow], ties: &[TieBreak], before_name: f32) -> Self {
        let (place, typo) = (&cx.theme.layout.standings, &cx.theme.typography);
        let Some(plain) = table.slots.last() else { return Self::none() };
        let present = |column: &Column| {
            (*column != Column::General || ties.contains(&TieBreak::GeneralWritten))
                && rows.iter().any(|row| column.of(row).is_some())
        };
        let columns: Vec<Column> = Column::ALL.into_iter().filter(present).collect();
        let alone = columns.len() == 1;
        let alike = table.double && !alone;
        let mut widths = Vec::new();
        for column in &columns {
            let decimals = rows.iter().filter_map(|row| column.of(row)).map(decimals).max().unwrap_or(0);
            let head =
                cx.set.width(column.head(cx.words, alone), &typo.table_head.style(typo.table_head.step(), Rgba::CLEAR));
            let figures = rows.iter().enumerate().filter_map(|(i, row)| {
                let slot = table.slots.get(i).filter(|slot| slot.lead && !alike).unwrap_or(plain);
                let style = typo.table_figure.style(size(cx, *column, slot), Rgba::CLEAR);
                column.of(row).map(|points| cx.set.width(&fixed(points, decimals), &style))
            });
            widths.push((decimals, figures.fold(head, f32::max)));
        }
        let inset = if table.double { place.inset.1 } else { place.inset.0 };
        let room = plain.rect.w - before_name - inset - widths.iter().map(|(_, width)| width).sum::<f32>();
        let named = place.name_room + if ties.is_empty() || table.double { 0.0 } else { place.tie_room };
        let gap = (room - named) / columns.len().max(1) as f32;
        let gap = gap.clamp(place.column_gap.1, place.column_gap.0);
        let (mut right, mut figures) = (inset, inset);
        let mut list = Vec::new();
        for (column, (decimals, width)) in columns.into_iter().zip(widths).rev() {
            list.push((column, decimals, right));
            figures = right + width;
            right = figures + gap;
        }
        list.reverse();
        Self { list, names: right, figures, sizes: alike.then_some(*plain) }
    }

    pub const fn none() -> Self {
        Self { list: Vec::new(), names: 0.0, figures: 0.0, sizes: None }
    }

    /// The size of a column's figures in a slot.
    pub fn size(&self, cx: &Cx, column: Column, slot: &Slot) -> Step {
        size(cx, column, self.sizes.as_ref().unwrap_or(slot))
    }
}

/// The size of a column's figures in a slot.
fn size(cx: &Cx, column: Column, slot: &Slot) -> Step {
    let place = &cx.theme.layout.standings;
    let share = if column == Column::Total { place.total } else { place.part };
    rung(&cx.theme.typography.table_figure, slot.share(share))
}

/// The largest step of a role that is no larger than `most`.
pub fn rung(role: &Role, most: f32) -> Step {
    let fitting = role.ladder.iter().find(|step| step.0 <= most + 0.5);
    fitting.or(role.ladder.last()).copied().unwrap_or(Step(0.0, 0.0))
}

/// How many decimals a figure needs.
pub fn decimals(points: Points) -> u32 {
    match points.thousandths() % 1_000 {
        0 => 0,
        rest if rest % 100 == 0 => 1,
        rest if rest % 10 == 0 => 2,
        _ => 3,
    }
}

/// A figure with a column's decimals: `94.50`.
pub fn fixed(points: Points, decimals: u32) -> String {
    let text = points.to_string();
    let decimals = decimals as usize;
    match text.split_once('.') {
        _ if decimals == 0 => text,
        Some((whole, rest)) => format!("{whole}.{rest:0<decimals$}"),
        None => format!("{text}.{:0<decimals$}", ""),
    }
}
