//! An award list in time: its pages, which of them is on, and when each row may be read. Picture and sound ask here.
//!
//! Pages are counted in rows and in em, not in measured glyphs: the same list has the same pages in every face.

use std::ops::Range;

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use super::{
    protocol::score::{AwardRow, AwardSet},
    state::Award,
    theme::Ms,
};

/// Long gone: what was revealed before anything that is still in motion.
const SETTLED: i64 = i64::MIN / 4;
/// Not revealed.
const HIDDEN: i64 = i64::MAX / 4;

/// How many columns a list may have: the widest name or unit that fits one of them, em.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Columns {
    pub columns: u32,
    pub longest_em: f32,
}

/// How award lists are paged and paced: the theme's figures.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct AwardPlan {
    /// Most rows that are shown as a podium instead of a list.
    pub few: u32,
    /// Rows of a list's page, one below the other.
    pub rows: u32,
    /// Most columns first; what fits none of them has one.
    pub lists: Vec<Columns>,
    pub groups: Vec<Columns>,
    /// A grouped page, px: height, a group's label, from row to row, a row, between groups.
    pub height: f32,
    pub label: f32,
    pub pitch: f32,
    pub cell: f32,
    pub gap: f32,
    /// A page stands so long for each of its rows, and at least…
    pub name: Ms,
    pub page_least: Ms,
    /// From row to row of a page, of a ranked one, of a podium; before the first page's first row; before rank 1.
    pub stagger: Ms,
    pub ranked_stagger: Ms,
    pub few_stagger: Ms,
    pub lead: Ms,
    pub first_hold: Ms,
}

/// How a list is drawn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    /// One winner.
    Hero,
    /// Two or three.
    Few,
    List,
}

/// Rows of one group that lie together on a page.
pub type Block = Range<usize>;

/// A list with its pages.
#[derive(Clone, Debug, PartialEq)]
pub struct Roll {
    pub form: Form,
    pub columns: usize,
    /// Revealed from the last row to the first.
    pub ranked: bool,
    pub grouped: bool,
    pub pages: Vec<Vec<Block>>,
}

/// The page that is on.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Shown {
    pub page: usize,
    pub since: i64,
    /// When it turns by itself.
    pub until: Option<i64>,
    /// It comes on with the scene.
    pub first: bool,
    /// The row that was stepped to, and when.
    pub row: Option<(usize, i64)>,
}

/// What a listener may hear of a list, with its instant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Moment {
    /// A page has turned by itself; pages and rows count from 0.
    Page(usize),
    Row(usize),
    /// Rank 1.
    First,
}

/// Width in em as far as it decides the columns: Han are one, the rest about half.
pub fn ems(text: &str) -> f32 {
    text.chars().map(|c| if c < '\u{2E80}' { 0.56 } else { 1.0 }).sum()
}

impl Roll {
    pub fn of(set: &AwardSet, plan: &AwardPlan) -> Self {
        let rows = &set.rows;
        let grouped = rows.iter().any(|row| row.group.is_some());
        let ranked = rows.iter().any(|row| row.rank.is_some());
        let form = match rows.len() {
            1 => Form::Hero,
            n if !grouped && n <= plan.few as usize => Form::Few,
            _ => Form::List,
        };
        let columns = columns(rows, if grouped { &plan.groups } else { &plan.lists }, form, plan, grouped);
        let pages = if grouped { grouped_pages(rows, columns, plan) } else { plain_pages(rows.len(), columns, plan) };
        Self { form, columns, ranked, grouped, pages }
    }

    /// Rows of a page, first to last.
    pub fn rows(&self, page: usize) -> Range<usize> {
        let blocks = self.pages.get(page).map_or(&[][..], Vec::as_slice);
        blocks.first().map_or(0, |block| block.start)..blocks.last().map_or(0, |block| block.end)
    }

    /// How long a page stands when nobody steps, µs.
    pub fn dwell_us(&self, page: usize, plan: &AwardPlan) -> i64 {
        (self.rows(page).len() as i64).saturating_mul(plan.name.us()).max(plan.page_least.us())
    }

    fn page_of(&self, row: usize) -> usize {
        (0..self.pages.len()).find(|&page| self.rows(page).contains(&row)).unwrap_or(0)
    }

    /// Pages in the order in which they are shown.
    fn order(&self) -> Vec<usize> {
        if self.ranked { (0..self.pages.len()).rev().collect() } else { (0..self.pages.len()).collect() }
    }

    /// The page on at `now`: the one stepped to last, else by time; the last one holds.
    pub fn shown(&self, award: &Award, plan: &AwardPlan, now: i64) -> Shown {
        let last = self.pages.len().saturating_sub(1);
        let page = award.page.as_ref().map(|step| (step.seq, step.since, step.value));
        let row = award.row.as_ref().map(|step| (step.seq, step.since, step.value));
        let row_is_newer = row.is_some_and(|row| page.is_none_or(|page| row.0 >= page.0));
        if let Some((_, since, value)) = row.filter(|_| row_is_newer) {
            let count = self.rows(last).end;
            // Past the last row: none is revealed yet.
            let row = (value.max(1) as usize - 1).min(count);
            let page = self.page_of(row.min(count.saturating_sub(1)));
            let rows = self.rows(page);
            let entered = if self.ranked { row + 1 >= rows.end } else { row == rows.start };
            return Shown {
                page,
                since: if entered { since } else { SETTLED },
                until: None,
                first: false,
                row: Some((row, since)),
            };
        }
        if let Some((_, since, value)) = page {
            let page = (value.max(1) as usize - 1).min(last);
            return Shown { page, since, until: None, first: false, row: None };
        }
        let mut since = award.since;
        let order = self.order();
        for (turn, &page) in order.iter().enumerate() {
            let until = since.saturating_add(self.dwell_us(page, plan));
            if turn + 1 == order.len() {
                return Shown { page, since, until: None, first: turn == 0, row: None };
            }
            if now < until {
                return Shown { page, since, until: Some(until), first: turn == 0, row: None };
            }
            since = until;
        }
        Shown { page: 0, since, until: None, first: true, row: None }
    }

    /// From when a row of the page that is on may be read.
    pub fn revealed_at(&self, shown: &Shown, row: usize, plan: &AwardPlan) -> i64 {
        let rows = self.rows(shown.page);
        if let (true, Some((stepped, at))) = (self.ranked, shown.row) {
            return match row.cmp(&stepped) {
                std::cmp::Ordering::Less => HIDDEN,
                std::cmp::Ordering::Equal => at,
                std::cmp::Ordering::Greater => SETTLED,
            };
        }
        let place = if self.ranked { rows.end.saturating_sub(row + 1) } else { row.saturating_sub(rows.start) } as i64;
        let stagger = match self.form {
            Form::Few if self.ranked => plan.few_stagger,
            _ if self.ranked => plan.ranked_stagger,
            _ => plan.stagger,
        };
        let lead = if shown.first { plan.lead } else { Ms(0) };
        let hold = if self.ranked && row == 0 && rows.len() > 1 { plan.first_hold.us() } else { 0 };
        shown.since.saturating_add(lead.us() + place * stagger.us() + hold)
    }

    /// What is heard of the list after its entrance. Of steps only the last is known; what was is past.
    pub fn moments(&self, award: &Award, plan: &AwardPlan) -> Vec<(i64, Moment)> {
        let first = |shown: &Shown| (self.revealed_at(shown, 0, plan), Moment::First);
        if award.page.is_some() || award.row.is_some() {
            let shown = self.shown(award, plan, HIDDEN);
            return match shown.row {
                Some((0, at)) if self.ranked => vec![(at, Moment::First)],
                None if self.ranked && shown.page == 0 => vec![first(&shown)],
                _ => Vec::new(),
            };
        }
        let mut moments = Vec::new();
        let mut since = award.since;
        for (turn, &page) in self.order().iter().enumerate() {
            let shown = Shown { page, since, until: None, first: turn == 0, row: None };
            if turn > 0 {
                moments.push((since, Moment::Page(page)));
            }
            if self.form == Form::Few && self.ranked {
                let rows = self.rows(page).skip(1);
                moments.extend(rows.map(|row| (self.revealed_at(&shown, row, plan), Moment::Row(row))));
            }
            if self.ranked && page == 0 && self.form != Form::Hero {
                moments.push(first(&shown));
            }
            since = since.saturating_add(self.dwell_us(page, plan));
        }
        moments
    }
}

fn columns(rows: &[AwardRow], choices: &[Columns], form: Form, plan: &AwardPlan, grouped: bool) -> usize {
    // What goes into one column has room there.
    if form != Form::List || (!grouped && rows.len() <= plan.rows as usize) {
        return 1;
    }
    let longest = rows.iter().map(|row| ems(&row.name).max(ems(&row.unit))).fold(0.0, f32::max);
    choices.iter().find(|choice| longest <= choice.longest_em).map_or(1, |choice| choice.columns.max(1) as usize)
}

fn plain_pages(count: usize, columns: usize, plan: &AwardPlan) -> Vec<Vec<Block>> {
    let most = columns * plan.rows.max(1) as usize;
    (0..count.div_ceil(most))
        .map(|page| std::iter::once(page * most..((page + 1) * most).min(count)).collect())
        .collect()
}

/// Groups as they are listed, as many on a page as it holds whole; one that is longer than a page goes on over pages.
fn grouped_pages(rows: &[AwardRow], columns: usize, plan: &AwardPlan) -> Vec<Vec<Block>> {
    let tall = |count: usize| plan.label + (count.div_ceil(columns) as f32 - 1.0) * plan.pitch + plan.cell;
    let lines = ((plan.height - plan.label - plan.cell) / plan.pitch.max(1.0)).floor().max(0.0) as usize + 1;
    let most = lines * columns;
    let mut pages: Vec<Vec<Block>> = Vec::new();
    let mut used = plan.height;
    let mut start = 0;
    while let Some(head) = rows.get(start) {
        let group_end = start + rows.iter().skip(start).take_while(|row| row.group == head.group).count();
        while start < group_end {
            let count = (group_end - start).min(most);
            let height = tall(count);
            if used + plan.gap + height > plan.height {
                pages.push(Vec::new());
                used = -plan.gap;
            }
            used += plan.gap + height;
            if let Some(page) = pages.last_mut() {
                page.push(start..start + count);
            }
            start += count;
        }
    }
    pages
}
