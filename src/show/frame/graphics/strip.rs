//! The score strip: every team in its drawn order, the one on turn lifted out of it, every change counted up.

use super::{
    formula, quiz, seats, strip_chip,
    strip_page::{Pages, name},
};
use crate::show::{
    frame::{
        cx::Cx,
        fit::{fit_line, one_line},
        layer::{Layer, LayerKey, LayerKind, Placement},
        part::{Anchor, Fill, Point, Rect, Rgba},
        sheet::{Sheet, outline, shadow, vertical},
    },
    motion::{share, walk},
    protocol::{
        Points,
        roster::{Format, Team},
    },
    state::{Core, Scene, Score, Show},
    theme::{Gradient, Motion, NarrowCell, StripFlow, StripPlace},
};

/// Whether a round is played for points on this stage.
fn competes(core: &Core) -> bool {
    core.round.as_ref().is_some_and(|round| !matches!(round.opened.format, Format::Written | Format::Showcase))
}

/// Whether the teams' scores may be read.
pub fn is_public(core: &Core) -> bool {
    // The audience plays for no score, and a strip would tell the teams' before they are announced.
    competes(core) && !quiz::is_on(core)
}

/// Scenes in which teams compete and their scores are read; while numbered seats answer a question, they are there.
fn carries(scene: Scene, core: &Core) -> bool {
    let seats = scene == Scene::Card && seats::answering(core);
    !seats
        && is_public(core)
        && matches!(scene, Scene::Idle | Scene::Card | Scene::Moment | Scene::Formula | Scene::Assignment)
}

/// Strip, cells, active pill and chips; they fade as one with the scenes that carry them.
pub fn compose(show: &Show, cx: &Cx, layers: &mut Vec<Layer>) {
    let program = &show.program;
    let opacity = walk(cx.now, super::presence(program, cx.core, carries), cx.theme.motion.fade_in.us());
    let leaving =
        program.departed.iter().rev().find(|gone| carries(gone.scene, &gone.core)).map(|gone| gone.core.as_ref());
    let core = if carries(program.scene, cx.core) { cx.core } else { leaving.unwrap_or(cx.core) };
    let teams = core.teams();
    if teams.is_empty() || opacity <= 0.0 {
        return;
    }
    let pages = Pages::of(cx, core, &teams);
    let (place, handing) = (&cx.theme.layout.strip, handing(show, cx, core));
    let strip = Strip { cx, core, place, pages: &pages, opacity, handing };
    let seen = pages.seen(cx, core, &teams, program.since);
    let shown = seen.last().map_or(0, |(page, _)| *page);
    layers.extend(strip.rail(shown));
    for (page, seen) in seen {
        for (slot, (index, team)) in pages.teams(page, &teams).enumerate() {
            strip.cell(slot, index, team, seen, layers);
        }
    }
}

/// Whose turn it was before this scene gave it to another team, and how far the light has gone over.
fn handing<'a>(show: &'a Show, cx: &Cx, core: &Core) -> Option<(&'a str, f32)> {
    let turn = core.turn.as_ref()?;
    let former = show.program.departed.last().filter(|gone| gone.left_at == turn.since)?;
    let former = former.core.turn.as_ref().filter(|former| former.value.team != turn.value.team)?;
    let came = share(cx.now, turn.since, cx.theme.motion.swap.us());
    (came < 1.0).then_some((former.value.team.as_str(), came))
}

/// The strip's place and what it shows.
pub struct Strip<'a> {
    pub cx: &'a Cx<'a>,
    pub core: &'a Core,
    pub place: &'a StripPlace,
    pages: &'a Pages,
    opacity: f32,
    /// The team that had the turn, and how far it has gone over.
    handing: Option<(&'a str, f32)>,
}

impl Strip<'_> {
    /// All cells together.
    pub fn rect(&self) -> Rect {
        let rect = if self.stacked() { self.place.narrow_rect } else { self.place.rect };
        Rect { w: self.pages.width, ..rect }
    }

    fn stacked(&self) -> bool {
        self.pages.narrow && self.place.narrow_cell == NarrowCell::Stacked
    }

    /// The cell at a place of its page: rows are filled from the left, columns from the top.
    fn slot(&self, slot: usize) -> Rect {
        let (rect, place, pages) = (self.rect(), self.place, self.pages);
        if place.flow == StripFlow::Row {
            let width = rect.w / pages.columns as f32;
            return Rect::new(rect.x + slot as f32 * width, rect.y, width, rect.h);
        }
        let (column, row) = (slot / pages.rows, slot % pages.rows);
        let shape = place.rows.iter().find(|shape| shape.0 as usize >= pages.rows).or(place.rows.last());
        let (h, pitch) = shape.map_or((rect.h, rect.h), |shape| (shape.1, shape.2));
        let w = (rect.w - place.column_gap * (pages.columns - 1) as f32) / pages.columns as f32;
        Rect::new(rect.x + column as f32 * (w + place.column_gap), rect.y + row as f32 * pitch, w, h)
    }

    pub fn lay(&self, sheet: Sheet, kind: LayerKind, index: usize, motion: Placement) -> Layer {
        sheet.into_layer(LayerKey { kind, entry: 0, index: index as u16 }, motion.faded(self.opacity))
    }

    fn on_turn(&self, team: &Team) -> bool {
        self.core.turn.as_ref().is_some_and(|turn| turn.value.team == team.id)
    }

    /// The plate under a row's cells, and the pages' dots; a column's cells have plates of their own.
    fn rail(&self, page: usize) -> Option<Layer> {
        let (layout, palette) = (&self.cx.theme.layout, &self.cx.theme.palette);
        let (place, rect, pages) = (self.place, self.rect(), self.pages);
        let many = if pages.count > 1 { pages.count as f32 } else { 0.0 };
        let (plate, dots) = match place.cell_most {
            Some(_) if pages.count > 1 => {
                let room = place.page_room + many * layout.card.dot_pitch;
                let x = rect.x + rect.w + room - (place.page_room + layout.card.dot_pitch) / 2.0;
                (Rect { w: rect.w + room, ..rect }, Point { x, y: rect.y + rect.h / 2.0 })
            }
            _ => (rect, place.page_dots),
        };
        let mut sheet = self.cx.sheet(plate.grow(layout.bleed));
        if place.flow == StripFlow::Row {
            self.plate(plate, &mut sheet);
            let teams = self.core.teams();
            let cell = rect.w / pages.columns as f32;
            // Of several pages the separators stand still.
            let lifted = |i: usize| pages.count == 1 && teams.iter().skip(i).take(2).any(|team| self.on_turn(team));
            for i in (0..pages.columns.saturating_sub(1)).filter(|i| !lifted(*i)) {
                let x = rect.x + (i + 1) as f32 * cell - 1.0;
                let inset = place.separator_inset;
                let bar = Rect::new(x, rect.y + inset, 2.0, rect.h - 2.0 * inset);
                sheet.plate(bar, [0.0; 4], Fill::Solid(palette.separator), None, None);
            }
        } else if pages.count <= 1 {
            return None;
        }
        super::dots_at(self.cx, dots, page, pages.count, &mut sheet);
        Some(self.lay(sheet, LayerKind::Strip, 0, Placement::at(0.0, 0.0)))
    }

    fn plate(&self, rect: Rect, sheet: &mut Sheet) {
        let (theme, palette) = (self.cx.theme, &self.cx.theme.palette);
        let fall = shadow(theme.layout.shadow_low, palette.shadow_low);
        let border = outline(theme.layout.border, palette.plate_border);
        sheet.plate(rect, [rect.h / 2.0; 4], vertical(palette.strip), border, Some(fall));
    }

    /// `slot` is the cell's place on its page, `index` the team's in the drawn order.
    fn cell(&self, slot: usize, index: usize, team: &Team, seen: f32, layers: &mut Vec<Layer>) {
        let cell = self.slot(slot);
        let score = self.core.scores.get(&team.id);
        let on_turn = self.on_turn(team);
        let lit = match self.handing {
            Some((_, came)) if on_turn => came,
            Some((former, came)) if former == team.id => 1.0 - came,
            _ => f32::from(u8::from(on_turn)),
        };
        let layout = &self.cx.theme.layout;
        for (active, share) in [(false, 1.0 - lit), (true, lit)].into_iter().filter(|(_, share)| *share > 0.0) {
            let plated = self.place.flow == StripFlow::Column && !active;
            let area = if active { self.pill(cell).grow(layout.bleed) } else { cell };
            let mut sheet = self.cx.sheet(if plated { area.grow(layout.bleed) } else { area });
            if plated {
                self.plate(cell, &mut sheet);
            }
            let (ink, ink3) = if active { self.active_pill(cell, team, score, &mut sheet) } else { self.plain_inks() };
            self.words(cell, team, score, active, (ink, ink3), &mut sheet);
            let kind = if active { LayerKind::ActiveCell } else { LayerKind::Cell };
            layers.push(self.lay(sheet, kind, index, Placement::at(0.0, 0.0).faded(seen * share)));
        }
        let chip = score.and_then(|score| strip_chip::compose(self, index, cell, score, self.told(team, score).0));
        layers.extend(chip.map(|layer| Layer { placement: layer.placement.faded(seen), ..layer }));
    }

    fn plain_inks(&self) -> (Rgba, Rgba) {
        (self.cx.theme.palette.ink, self.cx.theme.palette.ink3)
    }

    /// The lifted pill, kept within the safe area for the first and the last team.
    fn pill(&self, cell: Rect) -> Rect {
        let (place, safe) = (self.place, self.cx.theme.layout.safe);
        let rect = cell.grow(place.lift);
        let (left, right) = (cell.x - place.widen, cell.x + cell.w + place.widen);
        let (left, right) = (left.max(safe.x), right.min(safe.x + safe.w));
        Rect::new(left, rect.y, right - left, rect.h)
    }

    fn active_pill(&self, cell: Rect, team: &Team, score: Option<&Score>, sheet: &mut Sheet) -> (Rgba, Rgba) {
        let (theme, palette) = (self.cx.theme, &self.cx.theme.palette);
        let pill = self.pill(cell);
        let fall = shadow(theme.layout.shadow_high, palette.shadow_high);
        let (plain, text, support) = (palette.active, palette.on_active, palette.on_active2);
        let (fill, ink, ink2) = match score.map(|score| (score.delta.negative(), self.lit(team, score))) {
            None => (plain, text, support),
            Some((lost, lit)) => {
                let (to, on) = if lost { (palette.no_fill, palette.on_no) } else { (palette.ok_fill, palette.on_ok) };
                // Dark type does not pass through grey to light: it would be lost half way.
                let (text, support) = if lit < 0.5 { (text, support) } else { (on, on) };
                (Gradient(plain.0.mix(to.0, lit), plain.1.mix(to.1, lit)), text, support)
            }
        };
        sheet.plate(pill, [pill.h / 2.0; 4], vertical(fill), None, Some(fall));
        (ink, ink2)
    }

    /// From when a result may be shown, and how much later than usual it counts: a speed round's formula tells it first.
    fn told(&self, team: &Team, score: &Score) -> (i64, i64) {
        let motion = &self.cx.theme.motion;
        let (_, chip, count) = match formula::told(self.core, motion, &team.id) {
            Some(told) if score.since >= told.0 && !score.corrected => told,
            _ => return (score.since, 0),
        };
        let held = (count - motion.count_delay.us() - score.since).max(0);
        (score.since.max(chip - motion.chip_delay.us()), held)
    }

    /// Under a score that was cut to what it is: from when it would have counted.
    fn cut(&self, team: &Team, score: Option<&Score>, figure: Rect, ink: Rgba, sheet: &mut Sheet) {
        let Some(score) = score else { return };
        let delay = if score.corrected { 0 } else { self.cx.theme.motion.count_delay.us() };
        underline(self.cx, figure, score.since + delay + self.told(team, score).1, ink, sheet);
    }

    /// How far a result colours the cell: for a while; a correction never does (it is neither right nor wrong).
    fn lit(&self, team: &Team, score: &Score) -> f32 {
        if score.corrected || score.delta == Points::ZERO {
            return 0.0;
        }
        let (motion, at) = (&self.cx.theme.motion, self.told(team, score).0);
        let gone = share(self.cx.now, at.saturating_add(motion.cell_hold.us()), motion.cell.us());
        share(self.cx.now, at, motion.cell.us()) * (1.0 - gone)
    }

    fn words(
        &self,
        cell: Rect,
        team: &Team,
        score: Option<&Score>,
        active: bool,
        (ink, ink2): (Rgba, Rgba),
        sheet: &mut Sheet,
    ) {
        let (place, typo) = (self.place, &self.cx.theme.typography);
        let name = name(team);
        let value = score.map_or(self.core.config.base_score, |score| {
            shown(score, &self.cx.theme.motion, self.cx.now, self.told(team, score).1)
        });
        let mut role = typo.strip_name.clone();
        if active {
            role.weight += 100;
        }
        let more = &self.cx.words.more;
        // As wide as it will be when it has counted: nothing moves on the way.
        let widest = score.map(Score::value).into_iter().chain([value]).map(|value| value.to_string());
        let widest = widest.max_by_key(|text| text.chars().count()).unwrap_or_default();
        let text = value.to_string();
        let figure = &typo.strip_score;
        if self.stacked() {
            let row = |y: f32, h: f32| Rect::new(cell.x, cell.y + y, cell.w, h);
            let (step, name) = one_line(self.cx.set, name, &role, cell.w - place.narrow_gap, more);
            sheet.line(typo, row(place.narrow_name_y, step.1), Anchor::Centre, &role, step, ink, name);
            let step = fit_line(self.cx.set, &widest, figure, cell.w - place.narrow_gap);
            let line = row(place.narrow_score_y, figure.step().1);
            let width = self.cx.set.width(&text, &figure.style(step, ink));
            sheet.line(typo, line, Anchor::Centre, figure, step, ink, text);
            let set = Rect { x: line.centre().x - width / 2.0, w: width, ..line };
            self.cut(team, score, set, ink, sheet);
            return;
        }
        let mut left = cell.x + place.padding;
        if !self.pages.narrow {
            let radius = place.disc / 2.0;
            let centre = Point { x: left + radius, y: cell.y + cell.h / 2.0 };
            let ringed = place.disc_stroke > 0.0;
            if ringed {
                sheet.disc(centre, radius, Fill::None, outline(place.disc_stroke, ink2));
            }
            let number = team.number.to_string();
            let step = fit_line(self.cx.set, &number, &typo.strip_number, place.disc);
            let colour = if ringed { ink } else { ink2 };
            sheet.line(typo, Rect::disc(centre, radius), Anchor::Centre, &typo.strip_number, step, colour, number);
            left += place.disc + place.disc_gap;
        }
        let right = cell.x + cell.w - place.padding_right;
        // The name keeps what it needs at its smallest.
        let least = fit_line(self.cx.set, name, &role, 0.0);
        let least = self.cx.set.width(name, &role.style(least, ink)) + place.disc_gap;
        let share = ((right - left) * place.score_share).min(right - left - least);
        let step = fit_line(self.cx.set, &widest, figure, share);
        let at = Rect::new(left, cell.y, right - left, cell.h);
        sheet.line(typo, at, Anchor::End, figure, step, ink, &text);
        let width = self.cx.set.width(&text, &figure.style(step, ink));
        self.cut(team, score, Rect { x: right - width, w: width, ..at }, ink, sheet);
        let room = right - left - self.cx.set.width(&widest, &figure.style(step, ink)) - place.disc_gap / 2.0;
        let (step, name) = one_line(self.cx.set, name, &role, room, more);
        sheet.line(typo, Rect::new(left, cell.y, room, cell.h), Anchor::Start, &role, step, ink, name);
    }
}

/// The score as shown `now`: counting from what was shown when the change came, to the feed's figure. The last change
/// begins to count `held_us` later than usual.
pub fn shown(score: &Score, motion: &Motion, now: i64, held_us: i64) -> Points {
    let mut steps = score.trail.steps().iter();
    let Some(&(_, first)) = steps.next() else { return score.value() };
    let rest: Vec<_> = steps.collect();
    let mut value = first;
    for (i, &&(since, target)) in rest.iter().enumerate() {
        let next = rest.get(i + 1);
        let corrected = score.corrected && next.is_none();
        let (until, held) = next.map_or((now, held_us), |next| (next.0.min(now), 0));
        let delay = if corrected { 0 } else { motion.count_delay.us() };
        value = counted(value, target, until.saturating_sub(since) - delay - held, motion, corrected);
    }
    value
}

/// Where nothing moves a figure does not count: a line under it says for a moment that it is new.
pub fn underline(cx: &Cx, figure: Rect, since: i64, ink: Rgba, sheet: &mut Sheet) {
    let (motion, beat) = (&cx.theme.motion, &cx.theme.motion.beat);
    if motion.reduced && (0..beat.underline.us()).contains(&(cx.now - since)) {
        let y = figure.centre().y + figure.h.min(cx.theme.typography.strip_score.step().1) * 0.42;
        let bar = Rect::new(figure.x, y, figure.w, beat.underline_px);
        sheet.plate(bar, [bar.h / 2.0; 4], Fill::Solid(ink), None, None);
    }
}

/// Where a count from `from` to `to` stands after `elapsed_us`.
pub fn counted(from: Points, to: Points, elapsed_us: i64, motion: &Motion, corrected: bool) -> Points {
    let change = (to - from).to_f64().abs();
    let (span, curve) = match change {
        _ if corrected => (motion.corrected_count, motion.curves.io),
        c if c <= 20.0 => (motion.count.0, motion.curves.out),
        c if c <= 100.0 => (motion.count.1, motion.curves.out),
        _ => (motion.count.2, motion.curves.out),
    };
    let run = span.us() - motion.count_rest.us();
    // Decimals never count: they would be read as a result.
    if motion.reduced || elapsed_us >= run || !from.is_whole() || !to.is_whole() {
        return if elapsed_us < 0 { from } else { to };
    }
    let moved = f64::from(curve.progress(elapsed_us, 0, run)) * (to - from).to_f64();
    from + Points::whole(moved.trunc() as i64)
}
