//! The score strip: every team in its drawn order, the one on turn lifted out of it, every change counted up.

use super::{formula, quiz, seats};
use crate::show::{
    frame::{
        cx::Cx,
        fit::fit_line,
        layer::{Layer, LayerKey, LayerKind, Placement},
        part::{Anchor, Fill, Point, Rect, Rgba},
        sheet::{Sheet, outline, shadow, vertical},
    },
    motion::{share, walk},
    protocol::{Points, roster::Team},
    state::{Core, Scene, Score, Show},
    theme::{Motion, StripPlace},
};

/// Scenes in which teams compete and their scores are read; while numbered seats answer a question, they are there.
fn carries(scene: Scene, core: &Core) -> bool {
    let seats = scene == Scene::Card && seats::answering(core);
    // The audience plays for no score, and a strip would tell the teams' before they are announced.
    !seats
        && !quiz::is_on(core)
        && matches!(
            scene,
            Scene::Idle | Scene::Card | Scene::Moment | Scene::Formula | Scene::Buzzer | Scene::Assignment
        )
}

/// Room is kept for a score of three digits: what teams stand at from first to last.
const WIDEST_SCORE: &str = "000";

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
    let narrow = narrow(cx, &teams);
    let strip = Strip { cx, core, place: &cx.theme.layout.strip, count: teams.len(), narrow, opacity };
    layers.push(strip.rail());
    for (index, team) in teams.into_iter().enumerate() {
        strip.cell(index, team, layers);
    }
}

/// Many teams, or a name that leaves no room for its score on one line: then every cell has two.
fn narrow(cx: &Cx, teams: &[&Team]) -> bool {
    let (place, typo) = (&cx.theme.layout.strip, &cx.theme.typography);
    if teams.len() >= place.narrow_from as usize {
        return true;
    }
    let room = place.rect.w / teams.len() as f32 - place.padding - place.disc - place.disc_gap - place.padding_right;
    let score = cx.set.width(WIDEST_SCORE, &typo.strip_score.style(typo.strip_score.step(), Rgba::CLEAR));
    teams.iter().any(|team| {
        let name = team.short.as_ref().unwrap_or(&team.name);
        let step = fit_line(cx.set, name, &typo.strip_name, 0.0);
        cx.set.width(name, &typo.strip_name.style(step, Rgba::CLEAR)) + place.disc_gap / 2.0 > room - score
    })
}

struct Strip<'a> {
    cx: &'a Cx<'a>,
    core: &'a Core,
    place: &'a StripPlace,
    count: usize,
    /// Two lines a cell, without the number's ring.
    narrow: bool,
    opacity: f32,
}

impl Strip<'_> {
    fn rect(&self) -> Rect {
        if self.narrow { self.place.narrow_rect } else { self.place.rect }
    }

    fn lay(&self, sheet: Sheet, kind: LayerKind, index: usize, motion: Placement) -> Layer {
        sheet.into_layer(LayerKey { kind, entry: 0, index: index as u16 }, motion.faded(self.opacity))
    }

    fn on_turn(&self, team: &Team) -> bool {
        self.core.turn.as_ref().is_some_and(|turn| turn.value.team == team.id)
    }

    fn rail(&self) -> Layer {
        let (theme, rect) = (self.cx.theme, self.rect());
        let palette = &theme.palette;
        let mut sheet = self.cx.sheet(rect.grow(theme.layout.bleed));
        let fall = shadow(theme.layout.shadow_low, palette.shadow_low);
        let border = outline(theme.layout.border, palette.plate_border);
        sheet.plate(rect, [rect.h / 2.0; 4], vertical(palette.strip), border, Some(fall));
        let teams = self.core.teams();
        let cell = rect.w / self.count as f32;
        for (i, pair) in teams.windows(2).enumerate() {
            if pair.iter().any(|team| self.on_turn(team)) {
                continue;
            }
            let x = rect.x + (i + 1) as f32 * cell - 1.0;
            let inset = self.place.separator_inset;
            let bar = Rect::new(x, rect.y + inset, 2.0, rect.h - 2.0 * inset);
            sheet.plate(bar, [0.0; 4], Fill::Solid(palette.separator), None, None);
        }
        self.lay(sheet, LayerKind::Strip, 0, Placement::at(0.0, 0.0))
    }

    fn cell(&self, index: usize, team: &Team, layers: &mut Vec<Layer>) {
        let rect = self.rect();
        let width = rect.w / self.count as f32;
        let cell = Rect::new(rect.x + index as f32 * width, rect.y, width, rect.h);
        let score = self.core.scores.get(&team.id);
        let active = self.on_turn(team);
        let layout = &self.cx.theme.layout;
        let area = if active { self.pill(cell).grow(layout.bleed) } else { cell };
        let mut sheet = self.cx.sheet(area);
        let (ink, ink3) = if active { self.active_pill(cell, team, score, &mut sheet) } else { self.plain_inks() };
        self.words(cell, team, score, active, (ink, ink3), &mut sheet);
        let kind = if active { LayerKind::ActiveCell } else { LayerKind::Cell };
        layers.push(self.lay(sheet, kind, index, Placement::at(0.0, 0.0)));
        if let Some(layer) = score.and_then(|score| self.chip(index, cell, team, score)) {
            layers.push(layer);
        }
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
        let lit = score.filter(|score| self.lit(team, score)).map(|score| score.delta.negative());
        let (fill, ink, ink2) = match lit {
            None => (palette.active, palette.on_active, palette.on_active2),
            Some(false) => (palette.ok_fill, palette.on_ok, palette.on_ok),
            Some(true) => (palette.no_fill, palette.on_no, palette.on_no),
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

    /// A result colours the cell for a while; a correction never does (it is neither right nor wrong).
    fn lit(&self, team: &Team, score: &Score) -> bool {
        let passed = self.cx.now - self.told(team, score).0;
        !score.corrected && score.delta != Points::ZERO && (0..self.cx.theme.motion.cell_hold.us()).contains(&passed)
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
        let name = team.short.as_ref().unwrap_or(&team.name);
        let value = score.map_or(self.core.config.base_score, |score| {
            shown(score, &self.cx.theme.motion, self.cx.now, self.told(team, score).1)
        });
        let mut role = typo.strip_name.clone();
        if active {
            role.weight += 100;
        }
        if self.narrow {
            let row = |y: f32, h: f32| Rect::new(cell.x, cell.y + y, cell.w, h);
            let step = fit_line(self.cx.set, name, &role, cell.w - place.disc_gap);
            sheet.line(typo, row(place.narrow_name_y, step.1), Anchor::Centre, &role, step, ink, name);
            let text = value.to_string();
            let step = fit_line(self.cx.set, &text, &typo.strip_score, cell.w - place.disc_gap);
            sheet.line(typo, row(place.narrow_score_y, step.1), Anchor::Centre, &typo.strip_score, step, ink, text);
            return;
        }
        let radius = place.disc / 2.0;
        let centre = Point { x: cell.x + place.padding + radius, y: cell.y + cell.h / 2.0 };
        sheet.disc(centre, radius, Fill::None, outline(place.disc_stroke, ink2));
        let number = team.number.to_string();
        let disc = Rect::disc(centre, radius);
        sheet.line(typo, disc, Anchor::Centre, &typo.strip_number, typo.strip_number.step(), ink, number);

        let text = value.to_string();
        let left = cell.x + place.padding + place.disc + place.disc_gap;
        let right = cell.x + cell.w - place.padding_right;
        let step = fit_line(self.cx.set, &text, &typo.strip_score, (right - left) * 0.55);
        let figure = Rect::new(left, cell.y, right - left, cell.h);
        sheet.line(typo, figure, Anchor::End, &typo.strip_score, step, ink, &text);
        let room = right - left - self.cx.set.width(&text, &typo.strip_score.style(step, ink)) - place.disc_gap / 2.0;
        let step = fit_line(self.cx.set, name, &role, room);
        sheet.line(typo, Rect::new(left, cell.y, room, cell.h), Anchor::Start, &role, step, ink, name);
    }

    /// +10 rising out of the cell; a correction says 更正 for three seconds instead.
    fn chip(&self, index: usize, cell: Rect, team: &Team, score: &Score) -> Option<Layer> {
        let (cx, motion) = (self.cx, &self.cx.theme.motion);
        let since = self.told(team, score).0;
        let passed = cx.now - since;
        let hold = if score.corrected { motion.corrected_hold } else { motion.chip_hold };
        let delay = if score.corrected { 0 } else { motion.chip_delay.us() };
        if score.delta == Points::ZERO || passed < delay || passed >= hold.us() + motion.fade_out.us() {
            return None;
        }
        let (typo, palette, layout) = (&cx.theme.typography, &cx.theme.palette, &cx.theme.layout);
        let text = if score.corrected { cx.words.corrected.clone() } else { score.delta.signed() };
        let role = if score.corrected { &typo.state } else { &typo.chip };
        let width = cx.set.width(&text, &role.style(role.step(), Rgba::CLEAR)) + 2.0 * self.place.chip_padding;
        let centre = Point { x: cell.x + cell.w / 2.0, y: cell.y - self.place.lift + self.place.chip_y };
        let height = self.place.chip_height;
        let safe = layout.safe;
        let x = (centre.x - width / 2.0).clamp(safe.x, safe.x + safe.w - width);
        let rect = Rect::new(x, centre.y - height / 2.0, width, height);
        let mut sheet = cx.sheet(rect.grow(layout.bleed / 2.0));
        let (fill, ink) = match (score.corrected, score.delta.negative()) {
            (true, _) => (palette.active, palette.on_active),
            (false, true) => (palette.active, palette.no_fill.1),
            (false, false) => (palette.active, palette.ok_fill.1),
        };
        let fall = shadow(layout.shadow_low, palette.shadow_low);
        sheet.plate(rect, [height / 2.0; 4], vertical(fill), None, Some(fall));
        sheet.line(typo, rect, Anchor::Centre, role, role.step(), ink, text);
        let came = motion.curves.out.progress(cx.now, since + delay, motion.chip_in.us());
        let gone = share(cx.now, since + hold.us(), motion.fade_out.us());
        let placement = Placement::at(0.0, motion.chip_travel_px * (1.0 - came)).faded(came * (1.0 - gone));
        Some(self.lay(sheet, LayerKind::Chip, index, placement))
    }
}

/// The score as shown `now`: counting from what was shown when the change came, to the feed's figure. The last change
/// begins to count `held_us` later than usual.
pub fn shown(score: &Score, motion: &Motion, now: i64, held_us: i64) -> Points {
    let mut steps = score.trail.steps().iter();
    let Some(&(_, first)) = steps.next() else { return score.value() };
    let delay = if score.corrected { 0 } else { motion.count_delay.us() };
    let rest: Vec<_> = steps.collect();
    let mut value = first;
    for (i, &&(since, target)) in rest.iter().enumerate() {
        let (until, held) = rest.get(i + 1).map_or((now, held_us), |next| (next.0.min(now), 0));
        value = counted(value, target, until.saturating_sub(since) - delay - held, motion);
    }
    value
}

/// Where a count from `from` to `to` stands after `elapsed_us`.
pub fn counted(from: Points, to: Points, elapsed_us: i64, motion: &Motion) -> Points {
    let change = (to - from).to_f64().abs();
    let span = match change {
        c if c <= 20.0 => motion.count.0,
        c if c <= 100.0 => motion.count.1,
        _ => motion.count.2,
    };
    let run = span.us() - motion.count_rest.us();
    // Decimals never count: they would be read as a result.
    if elapsed_us >= run || !from.is_whole() || !to.is_whole() {
        return if elapsed_us < 0 { from } else { to };
    }
    let moved = f64::from(motion.curves.out.progress(elapsed_us, 0, run)) * (to - from).to_f64();
    from + Points::whole(moved.trunc() as i64)
}
