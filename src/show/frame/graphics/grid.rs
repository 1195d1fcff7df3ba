//! A grid of teams or names: as large as it goes with every name legible, in pages where one is not enough.

use super::seal;
use crate::show::{
    frame::{
        cx::Cx,
        fit::{Fitted, fit, fit_line, one_line},
        part::{Anchor, Fill, Point, Rect, Rgba, RingPart},
        sheet::{Sheet, outline, shadow, vertical},
    },
    theme::{GridPlace, Step},
};

/// A grid that was fitted to its names.
#[derive(Clone, Debug, PartialEq)]
pub struct Grid {
    place: GridPlace,
    columns: usize,
    per_page: usize,
    /// Size of one cell, top left of the first.
    cell: (f32, f32),
    at: Point,
    /// From cell to cell.
    gap: (f32, f32),
    step: Step,
    lines: usize,
    /// Every name is whole.
    whole: bool,
}

/// What stands in a cell's ring.
pub enum Mark<'a> {
    Number(&'a str),
    /// Not known yet.
    Open,
    Bullet,
}

impl Grid {
    /// Every name whole, then the fewest pages, then the largest type, then one line rather than more.
    pub fn fit(cx: &Cx, names: &[&str], area: Rect, place: &GridPlace) -> Self {
        let (mut best, mut best_score) = (None, (true, usize::MAX, 0.0_f32, usize::MAX));
        for columns in 1..=place.columns.max(1) as usize {
            let grid = Self::with(cx, names, area, place, columns);
            let pages = names.len().div_ceil(grid.per_page.max(1));
            // Between equals the fewest columns: the order is read downwards and across with the least effort.
            let score = (!grid.whole, pages, -grid.step.0, grid.lines);
            if best.is_none() || score < best_score {
                (best, best_score) = (Some(grid), score);
            }
        }
        best.unwrap_or_else(|| Self::with(cx, names, area, place, 1))
    }

    fn with(cx: &Cx, names: &[&str], area: Rect, place: &GridPlace, columns: usize) -> Self {
        let role = &cx.theme.typography.grid_name;
        let width = (area.w - (columns as f32 - 1.0) * place.gap.0) / columns as f32;
        let rows = names.len().div_ceil(columns).max(1);
        // Few rows stand further apart.
        let gap = (area.h / rows as f32 * place.gap_share).clamp(place.gap.1, place.gap.1 * 2.0);
        let most = |height: f32| ((area.h + gap) / (height + gap)).floor().max(1.0) as usize;
        let wished = ((area.h + gap) / rows as f32 - gap).clamp(place.height.0, place.height.1);
        let room = |height: f32| width - height * place.text_at - place.text_gap - place.padding;
        // (lines, step) that hold the longest name in a cell so high.
        let fits = |lines: usize, step: Step, height: f32| {
            lines as f32 * step.1 <= height
                && names.iter().all(|name| {
                    let style = role.style(step, Rgba::CLEAR);
                    let whole = cx.set.width(name, &style);
                    whole <= room(height) || (lines > 1 && cx.set.lines(name, &style, room(height)).len() <= lines)
                })
        };
        let settings = || {
            let steps = role.ladder.iter().copied();
            steps.flat_map(|step| [1, 2, 3].map(|lines| (lines, step)))
        };
        let found = settings().find(|&(lines, step)| fits(lines, step, wished));
        let grown = || {
            let smallest = *role.ladder.last().unwrap_or(&Step(0.0, 0.0));
            let tall = |lines: usize| (lines as f32 * smallest.1 + place.gap.1).max(wished);
            (1..=4).map(|lines| (lines, smallest, tall(lines))).find(|&(lines, step, height)| fits(lines, step, height))
        };
        let least = *role.ladder.last().unwrap_or(&Step(0.0, 0.0));
        let found = found.map(|(lines, step)| (lines, step, wished)).or_else(grown);
        let (lines, step, height) = found.unwrap_or((4, least, (4.0 * least.1 + place.gap.1).max(wished)));
        let height = height.min(area.h);
        let per_page = columns * most(height);
        let on_page = names.len().min(per_page).div_ceil(columns).max(1) as f32;
        let used = on_page * (height + gap) - gap;
        let at = Point { x: area.x, y: area.y + (area.h - used).max(0.0) / 2.0 };
        Self {
            place: *place,
            columns,
            per_page,
            cell: (width, height),
            at,
            gap: (place.gap.0, gap),
            step,
            lines,
            whole: found.is_some(),
        }
    }

    pub fn pages(&self, count: usize) -> usize {
        count.div_ceil(self.per_page.max(1)).max(1)
    }

    pub fn page_of(&self, index: usize) -> usize {
        index / self.per_page.max(1)
    }

    /// The cells of a page: from which index to which.
    pub fn range(&self, page: usize, count: usize) -> std::ops::Range<usize> {
        (page * self.per_page).min(count)..((page + 1) * self.per_page).min(count)
    }

    /// The cell of an entry on its page.
    pub fn rect(&self, index: usize) -> Rect {
        let place = index % self.per_page.max(1);
        let (column, row) = (place % self.columns, place / self.columns);
        let x = self.at.x + column as f32 * (self.cell.0 + self.gap.0);
        let y = self.at.y + row as f32 * (self.cell.1 + self.gap.1);
        Rect::new(x, y, self.cell.0, self.cell.1)
    }

    /// All cells of a page.
    pub fn area(&self) -> Rect {
        let rows = (self.per_page / self.columns).max(1) as f32;
        let w = self.columns as f32 * (self.cell.0 + self.gap.0) - self.gap.0;
        Rect::new(self.at.x, self.at.y, w, rows * (self.cell.1 + self.gap.1) - self.gap.1)
    }

    pub fn plate(&self, cx: &Cx, index: usize, alpha: f32, sheet: &mut Sheet) {
        let (palette, rect) = (&cx.theme.palette, self.rect(index));
        let (end, far) = (rect.h / 2.0, self.place.radius.min(rect.h / 2.0));
        let fall = (alpha >= 1.0).then(|| shadow(cx.theme.layout.shadow_low, palette.shadow_low));
        let fill = crate::show::theme::Gradient(palette.option.0.fade(alpha), palette.option.1.fade(alpha));
        let border = outline(cx.theme.layout.border, palette.plate_border);
        sheet.plate(rect, [end, far, far, end], vertical(fill), border, fall);
    }

    /// The ring at the cell's left end.
    pub fn mark(&self, cx: &Cx, index: usize, mark: &Mark, sheet: &mut Sheet) {
        let (typo, palette, rect) = (&cx.theme.typography, &cx.theme.palette, self.rect(index));
        let centre = Point { x: rect.x + rect.h / 2.0, y: rect.y + rect.h / 2.0 };
        // A low cell still has room for two figures in its ring.
        let radius = (rect.h * self.place.disc).max(self.place.disc_least.min(rect.h)) / 2.0;
        match mark {
            Mark::Number(text) => {
                sheet.disc(centre, radius, Fill::None, outline(self.place.stroke, palette.ink2));
                let role = &typo.grid_number;
                let fits = |step: &&Step| {
                    step.0 <= radius * 1.5 && cx.set.width(text, &role.style(**step, Rgba::CLEAR)) <= radius * 1.6
                };
                let step = role.ladder.iter().find(fits).or(role.ladder.last()).copied().unwrap_or(Step(0.0, 0.0));
                let disc = Rect::disc(centre, radius);
                if cx.set.width(text, &role.style(step, Rgba::CLEAR)) <= radius * 2.0 + self.place.text_gap {
                    sheet.line(typo, disc, Anchor::Centre, role, step, palette.ink, *text);
                }
            }
            Mark::Open => {
                let ring = RingPart {
                    lit: palette.ink3,
                    sweep: 1.0,
                    dashes: cx.theme.layout.duel.dashes,
                    ..RingPart::plain(centre, radius, self.place.stroke)
                };
                sheet.ring(ring);
            }
            Mark::Bullet => {
                let (diameter, stroke) = cx.theme.layout.award.bullet;
                sheet.disc(centre, diameter / 2.0, Fill::None, outline(stroke, palette.accent));
            }
        }
    }

    pub fn name(&self, cx: &Cx, index: usize, text: &str, colour: Rgba, sheet: &mut Sheet) {
        let (role, rect) = (&cx.theme.typography.grid_name, self.rect(index));
        let left = rect.h * self.place.text_at + self.place.text_gap;
        let at = Rect { x: rect.x + left, w: rect.w - left - self.place.padding, ..rect };
        let mut role = role.clone();
        role.ladder.retain(|step| step.0 <= self.step.0);
        if self.lines == 1 || cx.set.width(text, &role.style(self.step, Rgba::CLEAR)) <= at.w {
            let (step, text) = one_line(cx.set, text, &role, at.w, &cx.words.more);
            sheet.line(&cx.theme.typography, at, Anchor::Start, &role, step, colour, text);
            return;
        }
        let fitted: Fitted = fit(cx.set, text, &role, at.w, at.h);
        seal::block(cx, at, Anchor::Start, &role, &fitted, colour, sheet);
    }
}

/// One line in the middle of a disc: digits in figures, words in words.
pub fn in_disc(cx: &Cx, centre: Point, radius: f32, text: &str, colour: Rgba, sheet: &mut Sheet) {
    let typo = &cx.theme.typography;
    let figures = text.chars().all(|c| c.is_ascii_digit());
    let mut role = if figures { typo.result.clone() } else { typo.reel_name.clone() };
    seal::lower(&mut role, radius * 1.3);
    let step = fit_line(cx.set, text, &role, radius * 1.5);
    sheet.line(typo, Rect::disc(centre, radius), Anchor::Centre, &role, step, colour, text);
}
