//! A weighted total taken apart: 92 × 50% and 412 × 50% make 252. Told part by part; every figure is the feed's, products
//! only where they are exact.

use super::{run::Run, standings_table::decimals};
use crate::show::{
    frame::{
        cx::Cx,
        fit::{fit_line, one_line},
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Icon, Point, Rect, RingPart},
        sheet::{Sheet, outline, shadow, vertical},
    },
    motion::{lerp, share},
    protocol::{
        Points,
        score::{TotalPart, TotalShown},
    },
    theme::{Ms, Step, TotalShape, Words},
};

/// Title and team, a plate for each part, signs, result, place.
pub fn compose(cx: &Cx, layers: &mut Vec<Layer>) {
    let Some(total) = &cx.core.total else { return };
    let count = total.value.parts.len() as u32;
    let shapes = &cx.theme.layout.total.shapes;
    // More parts than there is a shape for: the result is told without them.
    let shape = shapes.iter().find(|shape| count > 0 && count <= shape.parts);
    let told = Theatre { cx, total: &total.value, at: total.since.max(cx.on_air), shape };
    told.head(layers);
    told.parts(layers);
    told.result(layers);
    told.rank(layers);
}

/// `score` × `percent` ÷ 100, where a thousandth can hold it.
fn product(part: &TotalPart) -> Option<Points> {
    let product = part.score.thousandths().checked_mul(part.percent.thousandths())?;
    (product % 100_000 == 0).then(|| Points::from_thousandths(product / 100_000))
}

/// The sum of the parts where it was rounded to the total.
fn exact(total: &TotalShown) -> Option<Points> {
    let sum = total.parts.iter().try_fold(Points::ZERO, |sum, part| product(part).map(|product| sum + product))?;
    let unit = match decimals(total.total) {
        0 => 1_000,
        1 => 100,
        2 => 10,
        _ => 1,
    };
    let rounded = (sum.thousandths() + unit / 2).div_euclid(unit) * unit;
    (sum != total.total && rounded == total.total.thousandths()).then_some(sum)
}

struct Theatre<'a> {
    cx: &'a Cx<'a>,
    total: &'a TotalShown,
    /// Its zero, an instant.
    at: i64,
    shape: Option<&'a TotalShape>,
}

impl Theatre<'_> {
    fn came(&self, after: i64) -> f32 {
        share(self.cx.now, self.at + after, self.cx.theme.motion.fade_in.us())
    }

    /// When part `index` begins, µs after the theatre's zero.
    fn begins(&self, index: usize) -> i64 {
        let tab = &self.cx.theme.motion.tab;
        tab.total_delay.us() + index as i64 * tab.total_pitch.us()
    }

    fn closes(&self) -> i64 {
        let tab = &self.cx.theme.motion.tab;
        match self.total.parts.len() {
            0 => tab.total_delay.us(),
            count if self.shape.is_some() => self.begins(count - 1) + tab.total_part.1.us() + tab.total_close.us(),
            _ => tab.total_delay.us(),
        }
    }

    fn resolves(&self) -> i64 {
        self.closes() + self.cx.theme.motion.tab.total_result.us()
    }

    fn head(&self, layers: &mut Vec<Layer>) {
        let cx = self.cx;
        let (place, typo, palette) = (&cx.theme.layout.total, &cx.theme.typography, &cx.theme.palette);
        let mut sheet = cx.sheet(place.title);
        let (step, text) = one_line(cx.set, &cx.words.total_title, &typo.round, place.title.w, &cx.words.more);
        sheet.line(typo, place.title, Anchor::Start, &typo.round, step, palette.ink, text);
        layers.push(cx.lay(LayerKind::Header, 0, sheet, cx.entrance(Ms(0))));

        let team = cx.core.team(&self.total.team);
        let rect = place.team;
        let mut sheet = cx.sheet(rect);
        let mut left = rect.x;
        if let Some(team) = team {
            let centre = Point { x: left + place.team_disc / 2.0, y: rect.centre().y };
            sheet.disc(centre, place.team_disc / 2.0, Fill::None, outline(place.team_stroke, palette.ink2));
            let text = team.number.to_string();
            let disc = Rect::disc(centre, place.team_disc / 2.0);
            let step = fit_line(cx.set, &text, &typo.total_figure, (place.team_disc - 2.0 * place.team_stroke) * 0.7);
            let step = if step.1 > disc.h { Step(step.0.min(disc.h * 0.64), disc.h) } else { step };
            sheet.line(typo, disc, Anchor::Centre, &typo.total_figure, step, palette.ink, text);
            left += place.team_disc + place.team_gap;
        }
        let name = team.map_or(self.total.team.as_str(), |team| team.name.as_str());
        let room = Rect { x: left, w: rect.x + rect.w - left, ..rect };
        let (step, name) = one_line(cx.set, name, &typo.table_first, room.w, &cx.words.more);
        sheet.line(typo, room, Anchor::Start, &typo.table_first, step, palette.ink, name);
        layers.push(cx.lay(LayerKind::Header, 1, sheet, cx.entrance(Ms(0))));
    }

    fn parts(&self, layers: &mut Vec<Layer>) {
        let Some(shape) = self.shape else { return };
        let cx = self.cx;
        let (place, motion) = (&cx.theme.layout.total, &cx.theme.motion);
        let closed = motion.curves.io.progress(cx.now, self.at + self.closes(), motion.formula_close.us());
        // All figures are set in one size.
        let (near, far, sign) = shape.columns;
        let half = (far - sign).min(sign - near) * shape.plate.w - place.sign / 2.0;
        let left = near * shape.plate.w - place.radius / 2.0;
        let half = half.min(left);
        let percent = |part: &TotalPart| Words::with(&cx.words.percent, part.percent);
        let role = &cx.theme.typography.total_figure;
        let figures = self.total.parts.iter().flat_map(|part| [part.score.to_string(), percent(part)]);
        let step = figures.map(|figure| fit_line(cx.set, &figure, role, 2.0 * half));
        let step = step.reduce(|a, b| if b.0 < a.0 { b } else { a }).unwrap_or(role.step());
        for (i, part) in self.total.parts.iter().enumerate() {
            let (dx, dy) = (shape.pitch.x * i as f32, shape.pitch.y * i as f32);
            let rect = shape.plate.shift(dx, dy);
            let mut sheet = cx.sheet(rect.grow(cx.theme.layout.bleed));
            self.plate(rect, shape, (i, part), (half, step), &mut sheet);
            let delay = Ms(motion.stagger.0 * i as i64);
            let entered = cx.entrance(delay).moved(place.close_px * closed, 0.0);
            layers.push(cx.lay(LayerKind::Panel, i as u16, sheet, entered));
        }
        // Side by side the sum is a row of plates and signs; one below the other a sign stands in each row.
        if shape.pitch.x > 0.0 && self.total.parts.len() > 1 {
            let mut sheet = cx.sheet(Rect::disc(shape.plus, place.sign));
            sheet.icon(shape.plus, place.sign, Icon::Plus, cx.theme.palette.ink);
            let moved = Placement::at(place.close_px * closed, 0.0).faded(self.came(self.begins(1)));
            layers.push(cx.lay(LayerKind::Panel, 100, sheet, moved));
        }
        let mut sheet = cx.sheet(Rect::disc(place.equals, place.sign));
        sheet.icon(place.equals, place.sign, Icon::Equals, cx.theme.palette.ink);
        let moved = Placement::at(place.close_px / 2.0 * closed, 0.0).faded(self.came(self.closes()));
        layers.push(cx.lay(LayerKind::Panel, 101, sheet, moved));
    }

    fn plate(
        &self,
        rect: Rect,
        shape: &TotalShape,
        (index, part): (usize, &TotalPart),
        (half, step): (f32, Step),
        sheet: &mut Sheet,
    ) {
        let (cx, layout) = (self.cx, &self.cx.theme.layout);
        let (place, typo, palette) = (&layout.total, &cx.theme.typography, &cx.theme.palette);
        let tab = &cx.theme.motion.tab;
        let fall = shadow(layout.shadow_high, palette.shadow_high);
        sheet.lit_plate(rect, [place.radius; 4], palette.plate, palette, layout, fall);
        let begins = self.begins(index);
        let (near, far, sign) = shape.columns;
        let came = self.came(begins);
        let weighed = self.came(begins + tab.total_part.0.us());
        let figures = [
            (near, part.score.to_string(), &part.label, came),
            (far, Words::with(&cx.words.percent, part.percent), &cx.words.total_weight, weighed),
        ];
        for (column, figure, caption, came) in figures {
            let x = rect.x + rect.w * column;
            let row = |y: f32, h: f32| Rect::new(x - half, rect.y + y, 2.0 * half, h);
            let line = row(shape.figure_y, typo.total_figure.step().1);
            sheet.line(typo, line, Anchor::Centre, &typo.total_figure, step, palette.ink.fade(came), figure);
            let (step, caption) = one_line(cx.set, caption, &typo.caption, 2.0 * half + place.sign * 0.8, &cx.words.more);
            let line = row(shape.caption_y, typo.caption.step().1);
            // What is weighed is known from the start; its figures are told.
            let seen = if column == near { 1.0 } else { came };
            sheet.line(typo, line, Anchor::Centre, &typo.caption, step, palette.ink2.fade(seen), caption);
        }
        let y = rect.y + shape.figure_y + typo.total_figure.step().1 / 2.0;
        sheet.icon(Point { x: rect.x + rect.w * sign, y }, place.sign * 0.8, Icon::Times, palette.ink3.fade(weighed));
        let came = self.came(begins + tab.total_part.1.us());
        if let Some(product) = product(part).filter(|_| came > 0.0) {
            let (role, ink) = (&typo.sum, palette.ink.fade(came));
            Run::new(cx)
                .icon(Icon::Equals, role.step().0 * 0.6, ink)
                .gap(place.sum_gap)
                .text(role, ink, product.to_string())
                .fit(shape.product.w)
                .draw(shape.product.shift(rect.x, rect.y), Anchor::Centre, sheet);
        }
    }

    /// An empty ring until the sum is told; then the disc with the feed's total.
    fn result(&self, layers: &mut Vec<Layer>) {
        let (cx, place) = (self.cx, &self.cx.theme.layout.total);
        let (typo, palette, motion) = (&cx.theme.typography, &cx.theme.palette, &cx.theme.motion);
        let (centre, radius) = (place.result, place.result_radius);
        let area = Rect::disc(centre, radius + place.result_gap);
        let mut sheet = cx.sheet(area);
        sheet.ring(RingPart {
            rim: place.result_gap,
            well: (palette.well, palette.well),
            track: palette.track,
            ..RingPart::plain(centre, radius, place.result_stroke)
        });
        layers.push(cx.lay(LayerKind::Ring, 0, sheet, cx.entrance(Ms(0))));

        let at = self.at + self.resolves();
        if cx.now < at {
            return;
        }
        let exact = exact(self.total);
        let rounded = cx.now >= at + motion.round_hold.us();
        let figure = exact.filter(|_| !rounded).unwrap_or(self.total.total).to_string();
        let mut sheet = cx.sheet(area.grow(place.result_gap));
        sheet.disc(centre, radius, Fill::None, outline(place.result_stroke, palette.accent));
        let inner = radius - place.result_stroke - place.result_gap;
        sheet.disc(centre, inner, vertical(palette.accent_fill), None);
        let ink = palette.on_accent;
        let row = |y: f32, h: f32| Rect::new(centre.x - inner, centre.y + y, 2.0 * inner, h);
        let step = fit_line(cx.set, &figure, &typo.result, 2.0 * inner * 0.88);
        sheet.line(typo, row(place.figure_y, typo.result.step().1), Anchor::Centre, &typo.result, step, ink, figure);
        let word = typo.verdict_word.step();
        let line = row(place.word_y, word.1);
        sheet.line(typo, line, Anchor::Centre, &typo.verdict_word, word, ink, &cx.words.total_word);
        if exact.is_some() && rounded {
            let note = typo.sub.step();
            sheet.line(typo, row(place.note_y, note.1), Anchor::Centre, &typo.sub, note, ink, &cx.words.rounding);
        }
        let popped = motion.curves.pop.progress(cx.now, at, motion.formula_result.us());
        let scale = lerp(motion.disc_from, 1.0, popped);
        layers.push(cx.lay(LayerKind::Ring, 1, sheet, Placement::at(0.0, 0.0).scaled(scale, scale)));
    }

    /// 第 1 名, where the feed says so.
    fn rank(&self, layers: &mut Vec<Layer>) {
        let cx = self.cx;
        let Some(rank) = self.total.rank else { return };
        let (place, typo, palette) = (&cx.theme.layout.total, &cx.theme.typography, &cx.theme.palette);
        let motion = &cx.theme.motion;
        let hold = if exact(self.total).is_some() { motion.round_hold.us() } else { 0 };
        let at = self.at + self.resolves() + motion.tab.total_rank.us() + hold;
        let rect = place.rank;
        let mut sheet = cx.sheet(rect);
        let text = Words::with(&cx.words.total_rank, rank);
        let (step, text) = one_line(cx.set, &text, &typo.total_rank, rect.w, &cx.words.more);
        sheet.line(typo, rect, Anchor::Centre, &typo.total_rank, step, palette.ink, text);
        let risen = motion.curves.out.progress(cx.now, at, motion.move_in.us());
        let came = cx.fade_at(at, motion.fade_in).moved(0.0, motion.travel_px * (1.0 - risen));
        layers.push(cx.lay(LayerKind::Panel, 102, sheet, came));
    }
}
