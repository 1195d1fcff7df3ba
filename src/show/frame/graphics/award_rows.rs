//! The rows of an award's page: plates that stand while names come and go on them.

use super::{award, award_hero, seal};
use crate::show::{
    award::{Form, Roll, Shown},
    frame::{
        cx::Cx,
        fit::{cut, fit, fit_balanced, fit_line, one_line},
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Point, Rect, Rgba},
        sheet::{Sheet, outline, shadow, vertical},
    },
    motion::share,
    protocol::score::AwardRow,
    state::Award,
    theme::{Gradient, Ms, Role, Step},
};

/// Layers of one page are counted from here.
const PLATES: u16 = 16;
const LABELS: u16 = 200;

/// The rows of the page that is on.
pub struct Rows<'a> {
    pub cx: &'a Cx<'a>,
    pub award: &'a Award,
    pub roll: &'a Roll,
    pub shown: Shown,
}

/// How the names and units of a page are set, so that they are of one size.
struct Setting<'a> {
    name: &'a Role,
    unit: &'a Role,
    step: Step,
    unit_step: Step,
    /// The unit stands below the name.
    stacked: bool,
}

impl Rows<'_> {
    pub fn compose(&self, layers: &mut Vec<Layer>) {
        if self.roll.form == Form::Hero {
            award_hero::compose(self, layers);
            return;
        }
        let cells = self.cells();
        for (place, (row, rect)) in cells.iter().enumerate() {
            self.plate(place as u16, *row, *rect, layers);
        }
        if self.roll.grouped && self.roll.pages.get(self.shown.page).is_some_and(|page| page.len() > 1) {
            self.labels(layers);
        }
        let rows: Vec<&AwardRow> = cells.iter().filter_map(|(row, _)| self.award.set.rows.get(*row)).collect();
        let width = cells.iter().map(|(_, rect)| self.text(*rect).w).fold(f32::MAX, f32::min);
        let height = cells.iter().map(|(_, rect)| rect.h).fold(f32::MAX, f32::min);
        let setting = self.setting(&rows, width, height);
        for (place, (row, rect)) in cells.iter().enumerate() {
            // On one line each is as large as it goes: a long one, or one that is corrected, leaves the others alone.
            let alone = self.roll.form == Form::Few || !setting.stacked;
            let own = self.award.set.rows.get(*row).filter(|_| alone);
            let own = own.map(|told| self.setting(&[told], self.text(*rect).w, rect.h));
            self.words(place as u16, *row, *rect, own.as_ref().unwrap_or(&setting), layers);
        }
    }

    /// (row, its plate) of the page.
    fn cells(&self) -> Vec<(usize, Rect)> {
        let place = &self.cx.theme.layout.award;
        let list = place.list;
        let mut cells = Vec::new();
        if self.roll.form == Form::Few {
            let (first, other, gap) = place.few;
            let rows = self.roll.rows(self.shown.page);
            if place.few_beside {
                let width = (list.w - (rows.len() as f32 - 1.0) * gap) / rows.len().max(1) as f32;
                let cell = |(i, row): (usize, usize)| {
                    let h = if row == 0 && self.roll.ranked { first } else { other };
                    (row, Rect::new(list.x + i as f32 * (width + gap), list.y + (list.h - h) / 2.0, width, h))
                };
                return rows.enumerate().map(cell).collect();
            }
            let tall = first + (rows.len() as f32 - 1.0) * (other + gap);
            let mut y = list.y + (list.h - tall).max(0.0) / 2.0;
            for row in rows {
                let h = if row == 0 { first } else { other };
                cells.push((row, Rect::new(list.x, y, list.w, h)));
                y += h + gap;
            }
            return cells;
        }
        let columns = self.roll.columns;
        let blocks = self.roll.pages.get(self.shown.page).map_or(&[][..], Vec::as_slice);
        let single = blocks.len() <= 1;
        let (pitch, cell) = if single { (place.pitch, place.cell) } else { (place.plan.pitch, place.plan.cell) };
        let mut y = list.y + self.lower();
        for block in blocks {
            if !single {
                y += place.plan.label;
            }
            // A group that is shorter than a line has the line to itself.
            let columns = columns.min(block.len());
            let width = (list.w - (columns as f32 - 1.0) * place.column_gap) / columns as f32;
            for (i, row) in block.clone().enumerate() {
                let x = list.x + (i % columns) as f32 * (width + place.column_gap);
                cells.push((row, Rect::new(x, y + (i / columns) as f32 * pitch, width, cell)));
            }
            y += (block.len().div_ceil(columns) as f32 - 1.0) * pitch + cell + place.plan.gap;
        }
        cells
    }

    /// How far below the list's top its pages begin: all alike, so that nothing jumps when they turn.
    fn lower(&self) -> f32 {
        let place = &self.cx.theme.layout.award;
        if !place.list_middle {
            return 0.0;
        }
        let tall = |blocks: &Vec<crate::show::award::Block>| -> f32 {
            let lines = |block: &crate::show::award::Block| {
                block.len().div_ceil(self.roll.columns.min(block.len()).max(1)) as f32 - 1.0
            };
            match blocks.as_slice() {
                [block] => lines(block) * place.pitch + place.cell,
                blocks => {
                    let each = |block| place.plan.label + lines(block) * place.plan.pitch + place.plan.cell;
                    blocks.iter().map(each).sum::<f32>() + (blocks.len() as f32 - 1.0) * place.plan.gap
                }
            }
        };
        ((place.list.h - self.roll.pages.iter().map(tall).fold(0.0, f32::max)) / 2.0).max(0.0)
    }

    /// Where a row's words may stand.
    fn text(&self, rect: Rect) -> Rect {
        let place = &self.cx.theme.layout.award;
        let left = if self.roll.ranked && !self.cx.theme.flags.ranks_hidden {
            rect.h * (1.0 + place.disc.0) / 2.0 + place.text_gap
        } else {
            rect.h * if self.roll.columns < 3 { place.bullet_end.0 } else { place.bullet_end.1 }
        };
        Rect { x: rect.x + left, w: rect.w - left - place.padding, ..rect }
    }

    /// The first winner of a podium stands on the accent, once it is known.
    fn fill(&self, row: usize) -> (Gradient, Rgba, Rgba) {
        let palette = &self.cx.theme.palette;
        let lit = self.shown.row.is_some_and(|(lit, _)| !self.roll.ranked && lit == row);
        let first = self.roll.form == Form::Few && self.roll.ranked && row == 0;
        let known = self.cx.now >= self.roll.revealed_at(&self.shown, row, &self.cx.theme.layout.award.plan);
        match (lit, first && known) {
            (true, _) => (palette.active, palette.on_active, palette.on_active2),
            (_, true) => (palette.accent_fill, palette.on_accent, palette.on_accent),
            _ => (palette.option, palette.ink, palette.ink2),
        }
    }

    fn plate(&self, place_no: u16, row: usize, rect: Rect, layers: &mut Vec<Layer>) {
        let (cx, place) = (self.cx, &self.cx.theme.layout.award);
        let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
        let (fill, ink, ink2) = self.fill(row);
        let mut sheet = cx.sheet(rect.grow(cx.theme.layout.bleed / 2.0));
        let (end, far) = (rect.h / 2.0, place.radius);
        let fall = shadow(cx.theme.layout.shadow_low, palette.shadow_low);
        let border = outline(cx.theme.layout.border, palette.plate_border);
        sheet.plate(rect, [end, far, far, end], vertical(fill), border, Some(fall));
        let centre = Point { x: rect.x + end, y: rect.y + end };
        let told = self.award.set.rows.get(row).filter(|_| !cx.theme.flags.ranks_hidden);
        match told.and_then(|row| row.rank) {
            Some(rank) => {
                let radius = rect.h * place.disc.0 / 2.0;
                sheet.disc(centre, radius, Fill::None, outline(place.disc.1, ink2));
                let text = rank.to_string();
                let role = &typo.award_rank;
                let fits = |step: &&Step| {
                    step.0 <= radius * 1.3 && cx.set.width(&text, &role.style(**step, ink)) <= radius * 1.6
                };
                let step = role.ladder.iter().find(fits).or(role.ladder.last()).copied().unwrap_or(Step(0.0, 0.0));
                sheet.line(typo, Rect::disc(centre, radius), Anchor::Centre, role, step, ink, text);
            }
            None => {
                let lit = ink == palette.ink;
                let ring = outline(place.bullet.1, if lit { palette.accent } else { ink });
                sheet.disc(centre, place.bullet.0 / 2.0, Fill::None, ring);
            }
        }
        let delay = Ms(cx.theme.motion.stagger.0 * (2 + i64::from(place_no)));
        layers.push(cx.lay(LayerKind::Panel, PLATES + place_no, sheet, cx.entrance(delay)));
    }

    /// The largest size in which every row of the page has its name and unit on one line, else one below the other.
    fn setting(&self, rows: &[&AwardRow], width: f32, height: f32) -> Setting<'_> {
        let (cx, place) = (self.cx, &self.cx.theme.layout.award);
        let typo = &cx.theme.typography;
        let few = self.roll.form == Form::Few;
        let name = if few { &typo.award_few } else { &typo.award_name };
        let unit = if few { &typo.award_hero_unit } else { &typo.award_unit };
        let wide = |role: &Role, step: Step, text: &str| cx.set.width(text, &role.style(step, Rgba::CLEAR));
        let unit_steps = unit.ladder.iter().copied();
        let settings = |stacked: bool| {
            let units = unit_steps.clone();
            name.ladder.iter().flat_map(move |&step| units.clone().map(move |unit_step| (stacked, step, unit_step)))
        };
        let fits = |&(stacked, step, unit_step): &(bool, Step, Step)| {
            rows.iter().all(|row| {
                let (name_w, unit_w) = (wide(name, step, &row.name), wide(unit, unit_step, &row.unit));
                let both = name_w + unit_w + if unit_w > 0.0 { place.unit_gap } else { 0.0 };
                let tall = step.1 + unit_step.1 <= height - place.air;
                if stacked { name_w <= width && unit_w <= width && tall } else { both <= width }
            })
        };
        let last =
            (true, *name.ladder.last().unwrap_or(&Step(0.0, 0.0)), *unit.ladder.last().unwrap_or(&Step(0.0, 0.0)));
        // Beside each other down to a size that is still large, then below each other, then as it goes.
        let large = settings(false).filter(|setting| setting.1.0 >= place.inline_least && !(few && place.few_beside));
        let (stacked, step, unit_step) = large.chain(settings(true)).chain(settings(false)).find(fits).unwrap_or(last);
        Setting { name, unit, step, unit_step, stacked }
    }

    fn words(&self, place_no: u16, row: usize, rect: Rect, setting: &Setting, layers: &mut Vec<Layer>) {
        let (cx, plan) = (self.cx, &self.cx.theme.layout.award.plan);
        let motion = &cx.theme.motion;
        let at = self.roll.revealed_at(&self.shown, row, plan);
        let came = share(cx.now, at, motion.fade_in.us());
        if came <= 0.0 {
            return;
        }
        let moved = motion.curves.out.progress(cx.now, at, motion.option_in.us());
        let leave =
            if self.shown.until.is_some() { award::page_opacity(cx, &Shown { since: 0, ..self.shown }) } else { 1.0 };
        let place = Placement::at(0.0, motion.travel_px * (1.0 - moved)).faded(came * leave);
        let Some(words) = self.award.set.rows.get(row) else { return };
        let mut sheet = cx.sheet(rect);
        self.draw(words, row, self.text(rect), setting, &mut sheet);
        layers.push(cx.lay(LayerKind::Seat, place_no, sheet, place));
    }

    fn draw(&self, words: &AwardRow, row: usize, text: Rect, setting: &Setting, sheet: &mut Sheet) {
        let (cx, place) = (self.cx, &self.cx.theme.layout.award);
        let (typo, more) = (&cx.theme.typography, &cx.words.more);
        let (_, ink, ink2) = self.fill(row);
        let unit_role = setting.unit;
        let unit_style = unit_role.style(setting.unit_step, Rgba::CLEAR);
        let unit = cut(cx.set, &words.unit, &unit_style, text.w, more);
        if self.roll.form == Form::Few && setting.step.0 < place.few_least {
            // Too long for one line of its size: as large as it goes in lines, the unit below.
            let unit_h = if unit.is_empty() { 0.0 } else { setting.unit_step.1 };
            let name = fit_balanced(cx.set, &words.name, setting.name, text.w, text.h - unit_h - place.air);
            let name_h = name.page(0).len() as f32 * name.step.1;
            let top = text.y + (text.h - name_h - unit_h) / 2.0;
            seal::block(cx, Rect { y: top, h: name_h, ..text }, Anchor::Start, setting.name, &name, ink, sheet);
            let at = Rect { y: top + name_h, h: setting.unit_step.1, ..text };
            sheet.line(typo, at, Anchor::Start, unit_role, setting.unit_step, ink2, unit);
            return;
        }
        if !setting.stacked || unit.is_empty() {
            let unit_w = if unit.is_empty() { 0.0 } else { cx.set.width(&unit, &unit_style) + place.unit_gap };
            sheet.line(typo, text, Anchor::End, unit_role, setting.unit_step, ink2, unit);
            let mut role = setting.name.clone();
            role.ladder.retain(|step| step.0 <= setting.step.0);
            let width = text.w - unit_w;
            let step = fit_line(cx.set, &words.name, &role, width);
            if cx.set.width(&words.name, &role.style(step, ink)) <= width {
                sheet.line(typo, text, Anchor::Start, &role, step, ink, &words.name);
                return;
            }
            let fitted = fit(cx.set, &words.name, &role, width, text.h);
            seal::block(cx, text, Anchor::Start, &role, &fitted, ink, sheet);
            return;
        }
        let mut role = setting.name.clone();
        role.ladder.retain(|step| step.0 <= setting.step.0);
        let (step, name) = one_line(cx.set, &words.name, &role, text.w, more);
        let top = text.y + (text.h - setting.step.1 - setting.unit_step.1) / 2.0;
        let at = Rect { y: top, h: setting.step.1, ..text };
        sheet.line(typo, at, Anchor::Start, &role, step, ink, name);
        let at = Rect { y: top + setting.step.1, h: setting.unit_step.1, ..text };
        sheet.line(typo, at, Anchor::Start, unit_role, setting.unit_step, ink2, unit);
    }

    /// A group's name above its rows; a page of one group has it in the head.
    fn labels(&self, layers: &mut Vec<Layer>) {
        let (cx, place) = (self.cx, &self.cx.theme.layout.award);
        let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
        let mut sheet = cx.sheet(place.list);
        let mut y = place.list.y + self.lower();
        for block in self.roll.pages.get(self.shown.page).map_or(&[][..], Vec::as_slice) {
            let group = self.award.set.rows.get(block.start).and_then(|row| row.group.as_deref()).unwrap_or_default();
            let at = Rect::new(place.list.x, y, place.list.w, place.plan.label);
            let (rule, gap) = place.group_rule;
            let role = &typo.award_group;
            let (step, text) = one_line(cx.set, group, role, at.w - rule - gap, &cx.words.more);
            if !text.is_empty() {
                let bar = Rect::new(at.x, at.y + (at.h - step.0) / 2.0, rule, step.0);
                sheet.plate(bar, [rule / 2.0; 4], Fill::Solid(palette.accent), None, None);
                let at = Rect { x: at.x + rule + gap, ..at };
                sheet.line(typo, at, Anchor::Start, role, step, palette.ink, text);
            }
            let lines = block.len().div_ceil(self.roll.columns) as f32;
            y += place.plan.label + (lines - 1.0) * place.plan.pitch + place.plan.cell + place.plan.gap;
        }
        let opacity = award::page_opacity(cx, &self.shown);
        layers.push(cx.lay(LayerKind::Seat, LABELS, sheet, cx.entrance(cx.theme.motion.stagger).faded(opacity)));
    }
}
