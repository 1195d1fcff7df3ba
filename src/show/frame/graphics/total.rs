//! A weighted total taken apart: 92 × 50% and 412 × 50% make 252. Told part by part; every figure is the feed's, products
//! only where they are exact.

use super::{
    result::ResultDisc,
    run::Run,
    standings_table::{decimals, rung},
};
use crate::show::{
    frame::{
        cx::Cx,
        fit::{cut, fit_line, one_line},
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Icon, Point, Rect, Rgba},
        sheet::{Sheet, outline, shadow},
    },
    motion::share,
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
            let step = rung(&typo.table_figure, place.team_disc * place.team_number);
            sheet.line(typo, disc, Anchor::Centre, &typo.table_figure, step, palette.ink, text);
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
        let closed = if motion.reduced {
            1.0
        } else {
            motion.curves.io.progress(cx.now, self.at + self.closes(), motion.formula_close.us())
        };
        let step = self.figures(shape);
        for (i, part) in self.total.parts.iter().enumerate() {
            let (dx, dy) = (shape.pitch.x * i as f32, shape.pitch.y * i as f32);
            let rect = shape.plate.shift(dx, dy);
            let mut sheet = cx.sheet(rect.grow(cx.theme.layout.bleed));
            self.plate(rect, shape, (i, part), step, &mut sheet);
            let delay = Ms(motion.stagger.0 * i as i64);
            let entered = cx.entrance(delay).moved(place.close_px * closed, 0.0);
            layers.push(cx.lay(LayerKind::Panel, i as u16, sheet, entered));
        }
        // Side by side the sum is a row of plates and signs; one below the other a sign stands in each row.
        for i in 1..if shape.pitch.x > 0.0 { self.total.parts.len() } else { 1 } {
            let at = Point { x: shape.plus.x + shape.pitch.x * (i - 1) as f32, ..shape.plus };
            let mut sheet = cx.sheet(Rect::disc(at, place.sign));
            sheet.icon(at, place.sign, Icon::Plus, cx.theme.palette.ink);
            let moved = Placement::at(place.close_px * closed, 0.0).faded(self.came(self.begins(i)));
            let index = if i == 1 { 100 } else { 102 + i as u16 };
            layers.push(cx.lay(LayerKind::Panel, index, sheet, moved));
        }
        if shape.pitch.x > 0.0 {
            self.rule(layers);
        }
        let mut sheet = cx.sheet(Rect::disc(place.equals, place.sign));
        sheet.icon(place.equals, place.sign, Icon::Equals, cx.theme.palette.ink);
        let moved = Placement::at(place.close_px / 2.0 * closed, 0.0).faded(self.came(self.closes()));
        layers.push(cx.lay(LayerKind::Panel, 101, sheet, moved));
    }

    /// All scores are set in one size, and all weights.
    fn figures(&self, shape: &TotalShape) -> (Step, Step) {
        let (cx, place) = (self.cx, &self.cx.theme.layout.total);
        let role = &cx.theme.typography.total_figure;
        let (score, sign, weight) = shape.columns;
        let start = if shape.label_left { (shape.label.x + shape.label.w) / shape.plate.w } else { 0.0 };
        let end = if shape.label_left { shape.product.x / shape.plate.w } else { 1.0 };
        let half = |from: f32, to: f32| (to - from) * shape.plate.w - place.sign * 0.4;
        let room = 2.0 * half(score, sign).min(half(start, score));
        let least = |figures: Vec<String>, room: f32, most: f32| {
            let fits = |step: &&Step| {
                let style = role.style(**step, Rgba::CLEAR);
                step.0 <= most + 0.5 && figures.iter().all(|figure| cx.set.width(figure, &style) <= room)
            };
            role.ladder.iter().find(fits).or(role.ladder.last()).copied().unwrap_or(role.step())
        };
        let scores = least(self.total.parts.iter().map(|part| part.score.to_string()).collect(), room, shape.most);
        let weights = self.total.parts.iter().map(|part| Words::with(&cx.words.percent, part.percent)).collect();
        let room = 2.0 * half(sign, weight).min(half(weight, end));
        (scores, least(weights, room, scores.0 * place.weight))
    }

    fn plate(
        &self,
        rect: Rect,
        shape: &TotalShape,
        (index, part): (usize, &TotalPart),
        steps: (Step, Step),
        sheet: &mut Sheet,
    ) {
        let (cx, layout) = (self.cx, &self.cx.theme.layout);
        let (place, typo, palette) = (&layout.total, &cx.theme.typography, &cx.theme.palette);
        let tab = &cx.theme.motion.tab;
        if place.plated {
            let fall = shadow(layout.shadow_high, palette.shadow_high);
            sheet.lit_plate(rect, [place.radius; 4], palette.plate, palette, layout, fall);
        }
        let begins = self.begins(index);
        let (score, sign, weight) = shape.columns;
        let (came, weighed) = (self.came(begins), self.came(begins + tab.total_part.0.us()));
        let line = |column: f32| {
            let x = rect.x + rect.w * column;
            Rect::new(x - rect.w / 2.0, rect.y + shape.figure.0, rect.w, shape.figure.1)
        };
        let role = &typo.total_figure;
        sheet.line(typo, line(score), Anchor::Centre, role, steps.0, palette.ink.fade(came), part.score.to_string());
        let percent = Words::with(&cx.words.percent, part.percent);
        sheet.line(typo, line(weight), Anchor::Centre, role, steps.1, palette.ink2.fade(weighed), percent);
        sheet.icon(line(sign).centre(), place.sign * 0.8, Icon::Times, palette.ink3.fade(weighed));

        // What is weighed is known from the start; its figures are told.
        let role = if shape.label_left { &typo.table_name } else { &typo.caption };
        let at = shape.label.shift(rect.x, rect.y);
        // Labels below one another are set in one size.
        let labels = self.total.parts.iter().map(|part| fit_line(cx.set, &part.label, role, at.w));
        let step = labels.reduce(|a, b| if b.0 < a.0 { b } else { a }).unwrap_or(role.step());
        let label = cut(cx.set, &part.label, &role.style(step, Rgba::CLEAR), at.w, &cx.words.more);
        let (anchor, ink) =
            if shape.label_left { (Anchor::Start, palette.ink) } else { (Anchor::Centre, palette.ink2) };
        sheet.line(typo, at, anchor, role, step, ink, label);
        if shape.weight.w > 0.0 {
            let at = shape.weight.shift(rect.x, rect.y);
            let step = typo.caption.step();
            let word = &cx.words.total_weight;
            sheet.line(typo, at, Anchor::Centre, &typo.caption, step, palette.ink2.fade(weighed), word);
        }
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

    /// The rule in words: 总成绩 = 笔试 × 50% + 现场展示 × 50%.
    fn rule(&self, layers: &mut Vec<Layer>) {
        let cx = self.cx;
        let (Some(rect), role) = (cx.theme.layout.total.rule, &cx.theme.typography.caption) else { return };
        let term = |part: &TotalPart| Words::with(&Words::with(&cx.words.total_term, &part.label), part.percent);
        let terms: Vec<String> = self.total.parts.iter().map(term).collect();
        let text = Words::with(&cx.words.total_rule, terms.join(" + "));
        let (step, text) = one_line(cx.set, &text, role, rect.w, &cx.words.more);
        let mut sheet = cx.sheet(rect);
        sheet.line(&cx.theme.typography, rect, Anchor::Centre, role, step, cx.theme.palette.ink, text);
        layers.push(cx.lay(LayerKind::Panel, 103, sheet, cx.entrance(Ms(0))));
    }

    fn result(&self, layers: &mut Vec<Layer>) {
        let (cx, place) = (self.cx, &self.cx.theme.layout.total);
        let result = ResultDisc {
            centre: place.result,
            radius: place.result_radius,
            stroke: place.result_stroke,
            gap: place.result_gap,
            lines: (place.figure_y, place.word_y, place.note_y),
            share: 0.88,
            word: &cx.words.total_word,
            exact: exact(self.total),
            told: self.total.total,
            at: self.at + self.resolves(),
        };
        result.compose(cx, layers);
    }

    /// 第 1 名, where the feed says so.
    fn rank(&self, layers: &mut Vec<Layer>) {
        let cx = self.cx;
        let Some(rank) = self.total.rank.filter(|_| !cx.theme.flags.ranks_hidden) else { return };
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
