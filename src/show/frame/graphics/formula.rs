//! The speed round's result: 8 × 10 and 20 × 0.8 make 96. The terms appear one by one; every figure is the feed's.

use super::{pips::Pips, result::ResultDisc, run::Run};
use crate::show::{
    frame::{
        correction::{At, tag, tags},
        cx::Cx,
        fit::{fit_line, one_line},
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Icon, Point, Rect},
        sheet::shadow,
    },
    motion::share,
    protocol::{Points, score::RushFinished},
    state::Core,
    theme::{Motion, Ms, Words},
};

/// Pips, terms, signs, result and rule.
pub fn compose(cx: &Cx, layers: &mut Vec<Layer>) {
    let Some(run) = &cx.core.rush else { return };
    let Some(finished) = &run.finished else { return };
    let place = &cx.theme.layout.formula;
    let count = run.pips.len();
    let pips = Pips::new(count, place.pip, place.pitch, place.radius, place.pips_to - place.radius);
    let mut sheet = cx.sheet(Rect::new(
        place.pip.x - place.radius,
        place.pip.y - place.radius,
        place.pips_to - place.pip.x + place.radius,
        2.0 * place.radius,
    ));
    pips.draw(cx, run, count, &mut sheet);
    layers.push(cx.lay(LayerKind::Panel, 0, sheet, cx.entrance(Ms(0))));
    pips.tags(cx, run, place.pip.y - place.radius, layers);
    let at = At::Centre(cx.theme.layout.correction.formula);
    tag(cx, tags::RUSH, finished.was.as_deref(), at, layers);
    Theatre { cx, sum: Sum::of(cx.core, &finished.value), at: finished.since.max(cx.on_air) }.compose(layers);
}

/// When the formula of `team`'s speed round began to be told, and when the strip may show its chip and count.
pub fn told(core: &Core, motion: &Motion, team: &str) -> Option<(i64, i64, i64)> {
    let finished = core.rush.as_ref().filter(|run| run.team == team)?.finished.as_ref()?;
    let [.., chip, count] = motion.formula;
    let hold = if Sum::of(core, &finished.value).exact.is_some() { motion.round_hold.us() } else { 0 };
    let at = finished.since;
    Some((at, at + chip.us() + hold, at + count.us() + hold))
}

/// The figures, all the feed's; products only where its rules say what a question is worth.
struct Sum {
    correct: u32,
    value: Option<Points>,
    remaining: u32,
    /// 0.8, or 7/9 where a decimal would not be exact.
    rate: String,
    answers: Option<Points>,
    speed: Option<Points>,
    score: Points,
    /// The sum before it was rounded to the score.
    exact: Option<Points>,
}

impl Sum {
    fn of(core: &Core, finished: &RushFinished) -> Self {
        let value = core.round.as_ref().and_then(|round| round.opened.rules.right);
        let (correct, of) = (i64::from(finished.correct), i64::from(finished.of));
        let thousandths = |figure: i64| {
            let scaled = figure.saturating_mul(1_000);
            (of > 0 && scaled % of == 0).then(|| Points::from_thousandths(scaled / of))
        };
        let answers = value.map(|value| Points::from_thousandths(value.thousandths().saturating_mul(correct)));
        let speed = thousandths(correct.saturating_mul(i64::from(finished.remaining_s)));
        let exact = answers.zip(speed).map(|(answers, speed)| answers + speed);
        Self {
            correct: finished.correct,
            value,
            remaining: finished.remaining_s,
            rate: thousandths(correct).map_or_else(|| format!("{correct}/{of}"), |rate| rate.to_string()),
            answers,
            speed,
            score: finished.score,
            exact: exact.filter(|exact| !exact.is_whole() && exact.rounded_half_up() == finished.score),
        }
    }
}

/// One factor: its figure, its caption, and how much of it is seen.
struct Factor<'a>(String, &'a str, f32);

struct Theatre<'a> {
    cx: &'a Cx<'a>,
    sum: Sum,
    /// Its zero, an instant.
    at: i64,
}

impl Theatre<'_> {
    fn came(&self, at: Ms) -> f32 {
        share(self.cx.now, self.at + at.us(), self.cx.theme.motion.fade_in.us())
    }

    fn compose(&self, layers: &mut Vec<Layer>) {
        let (cx, sum, words) = (self.cx, &self.sum, self.cx.words);
        let (place, motion) = (&cx.theme.layout.formula, &cx.theme.motion);
        let [t_correct, t_value, t_answers, t_seconds, t_rate, t_speed, t_close, ..] = motion.formula;
        let counted = share(cx.now, self.at + t_correct.us(), motion.formula_count.us());
        let correct = if counted < 1.0 { (counted * sum.correct as f32).ceil() as u32 } else { sum.correct };

        let closed = motion.curves.io.progress(cx.now, self.at + t_close.us(), motion.formula_close.us());
        // Where nothing travels the plates stand closed from the first.
        let closed = if motion.reduced { 1.0 } else { closed };
        let closing = |index: u16| {
            let delay = Ms(motion.stagger.0 * i64::from(index));
            cx.entrance(delay).moved(place.close_px * closed, 0.0)
        };
        let first = (
            Factor(correct.to_string(), &words.term_correct, self.came(t_correct)),
            sum.value.map(|value| Factor(value.to_string(), &words.term_value, self.came(t_value))),
        );
        let answers = sum.answers.map(|points| (points, words.sum_answers.as_str(), self.came(t_answers)));
        self.term(1, place.term, first, answers, closing(1), layers);
        let second = (
            Factor(sum.remaining.to_string(), &words.term_seconds, self.came(t_seconds)),
            Some(Factor(sum.rate.clone(), &words.term_rate, self.came(t_rate))),
        );
        let speed = sum.speed.map(|points| (points, words.sum_speed.as_str(), self.came(t_speed)));
        self.term(2, place.term2, second, speed, closing(2), layers);

        let ink = cx.theme.palette.ink;
        for (index, centre, icon, came) in
            [(3, place.plus, Icon::Plus, self.came(t_seconds)), (4, place.equals, Icon::Equals, self.came(t_close))]
        {
            let mut sheet = cx.sheet(Rect::disc(centre, place.sign));
            sheet.icon(centre, place.sign, icon, ink);
            let shift = if icon == Icon::Plus { place.close_px * closed } else { place.close_px / 2.0 * closed };
            layers.push(cx.lay(LayerKind::Panel, index, sheet, Placement::at(shift, 0.0).faded(came)));
        }
        self.rule(layers);
        self.result(layers);
    }

    fn term(
        &self,
        index: u16,
        rect: Rect,
        (left, right): (Factor, Option<Factor>),
        sum: Option<(Points, &str, f32)>,
        motion: Placement,
        layers: &mut Vec<Layer>,
    ) {
        let (cx, layout) = (self.cx, &self.cx.theme.layout);
        let (place, typo, palette) = (&layout.formula, &cx.theme.typography, &cx.theme.palette);
        let mut sheet = cx.sheet(rect.grow(layout.bleed));
        if place.plated {
            let fall = shadow(layout.shadow_high, palette.shadow_high);
            sheet.lit_plate(rect, [place.term_radius; 4], palette.plate, palette, layout, fall);
        }
        let (near, far) = place.columns;
        let alone = right.is_none();
        // Each factor has the room from its centre to the nearer of the plate's edge and the sign's.
        let sign_at = (near + far) / 2.0;
        let half = (near - place.term_radius / 2.0 / rect.w).min(sign_at - near - place.sign / 2.0 / rect.w) * rect.w;
        // Both factors are set in one size.
        let figures = [Some(&left.0), right.as_ref().map(|right| &right.0)];
        let step = figures.into_iter().flatten().map(|figure| fit_line(cx.set, figure, &typo.term, 2.0 * half));
        let step = step.reduce(|a, b| if b.0 < a.0 { b } else { a }).unwrap_or(typo.term.step());
        let mut factor = |Factor(figure, caption, came): Factor, column: f32| {
            let x = rect.x + rect.w * if alone { 0.5 } else { column };
            let row = |y: f32, h: f32| Rect::new(x - half, rect.y + y, 2.0 * half, h);
            let line = row(place.figure_y, typo.term.step().1);
            sheet.line(typo, line, Anchor::Centre, &typo.term, step, palette.ink.fade(came), figure);
            let (step, caption) = one_line(cx.set, caption, &typo.caption, 2.0 * half + place.sign, &cx.words.more);
            let line = row(place.caption_y, typo.caption.step().1);
            sheet.line(typo, line, Anchor::Centre, &typo.caption, step, palette.ink2.fade(came), caption);
        };
        factor(left, near);
        if let Some(right) = right {
            let came = right.2;
            factor(right, far);
            let y = rect.y + place.figure_y + typo.term.step().1 / 2.0;
            let at = Point { x: rect.x + rect.w * sign_at, y };
            sheet.icon(at, place.sign, Icon::Times, palette.ink3.fade(came));
        }
        if let Some((points, word, came)) = sum.filter(|(.., came)| *came > 0.0) {
            let ink = palette.ink.fade(came);
            let line = Rect::new(rect.x, rect.y + place.sum_y, rect.w, typo.sum.step().1);
            Run::new(cx)
                .icon(Icon::Equals, typo.sum.step().0 * 0.6, ink)
                .gap(place.sum_gap)
                .text(&typo.sum, ink, points.to_string())
                .gap(place.sum_gap)
                .text(&typo.sub, ink, word)
                .fit(rect.w - place.term_radius)
                .draw(line, Anchor::Centre, &mut sheet);
        }
        layers.push(cx.lay(LayerKind::Panel, index, sheet, motion));
    }

    fn rule(&self, layers: &mut Vec<Layer>) {
        let cx = self.cx;
        let role = &cx.theme.typography.caption;
        let (Some(value), Some(rect)) = (self.sum.value, cx.theme.layout.formula.rule) else { return };
        let mut sheet = cx.sheet(rect);
        let text = Words::with(&cx.words.rush_rule, value);
        let (step, text) = one_line(cx.set, &text, role, rect.w, &cx.words.more);
        sheet.line(&cx.theme.typography, rect, Anchor::Centre, role, step, cx.theme.palette.ink, text);
        layers.push(cx.lay(LayerKind::Panel, 5, sheet, cx.entrance(Ms(0))));
    }

    fn result(&self, layers: &mut Vec<Layer>) {
        let (cx, place) = (self.cx, &self.cx.theme.layout.formula);
        let [.., shown, _, _] = cx.theme.motion.formula;
        let result = ResultDisc {
            centre: place.result,
            radius: place.result_radius,
            stroke: place.result_stroke,
            gap: place.result_gap,
            lines: (place.result_figure_y, place.result_word_y, place.result_note_y),
            share: 0.9,
            word: &cx.words.round_score,
            exact: self.sum.exact,
            told: self.sum.score,
            at: self.at + shown.us(),
        };
        result.compose(cx, layers);
    }
}
