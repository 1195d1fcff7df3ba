//! The pips of a speed round: one disc a question, right, wrong, current or still to come.

use super::verdict;
use crate::show::{
    frame::{
        correction::{At, tag, tags},
        cx::Cx,
        layer::Layer,
        part::{Anchor, Fill, Point, Rect, Rgba},
        sheet::{Sheet, outline},
    },
    motion::share,
    protocol::play::Outcome,
    state::{RushRun, Stamped},
};

/// A row of pips: where it begins and must end, and how it is spaced where there is room.
pub struct Pips {
    first: Point,
    pitch: f32,
    radius: f32,
}

impl Pips {
    /// `count` pips from `first`, `pitch` apart and `radius` in size, or as much less as keeps them within `last_x`.
    pub fn new(count: usize, first: Point, pitch: f32, radius: f32, last_x: f32) -> Self {
        let gaps = count.saturating_sub(1).max(1) as f32;
        let room = (last_x - first.x).max(0.0);
        let fitted = pitch.min(room / gaps);
        Self { first, pitch: fitted, radius: radius * fitted / pitch }
    }

    /// Moved so that `count` pips stand in the middle of the row that ends at `last_x`.
    pub fn centred(mut self, count: usize, last_x: f32) -> Self {
        let used = count.saturating_sub(1) as f32 * self.pitch;
        self.first.x += ((last_x - self.first.x - used) / 2.0).max(0.0);
        self
    }

    pub const fn radius(&self) -> f32 {
        self.radius
    }

    pub fn centre(&self, index: usize) -> Point {
        Point { x: self.first.x + index as f32 * self.pitch, y: self.first.y }
    }

    /// All pips of a run; the number of the current one takes the accent, its ring is the caller's.
    pub fn draw(&self, cx: &Cx, run: &RushRun, count: usize, sheet: &mut Sheet) {
        for index in 0..count {
            let outcome = run.pips.get(index).and_then(Option::as_ref);
            let current = run.current.0 as usize == index + 1;
            self.pip(cx, index, outcome, current, sheet);
        }
    }

    /// 更正 over every pip that was corrected, on the line `y`.
    pub fn tags(&self, cx: &Cx, run: &RushRun, y: f32, layers: &mut Vec<Layer>) {
        for (index, pip) in run.pips.iter().enumerate() {
            let was = pip.as_ref().and_then(|pip| pip.was.as_deref());
            let at = At::Centre(Point { x: self.centre(index).x, y });
            tag(cx, tags::FIRST + index as u16, was, at, layers);
        }
    }

    fn pip(&self, cx: &Cx, index: usize, outcome: Option<&Stamped<Outcome>>, current: bool, sheet: &mut Sheet) {
        let (place, typo, palette) = (&cx.theme.layout.rush, &cx.theme.typography, &cx.theme.palette);
        let (centre, radius) = (self.centre(index), self.radius);
        let stroke = place.stroke;
        let filled = outcome.map_or(0.0, |known| share(cx.now, known.since, cx.theme.motion.pip.us()));
        if filled < 1.0 {
            let ink = if current { palette.accent } else { palette.ink3 };
            if current {
                sheet.disc(centre, radius - 1.5 * stroke, Fill::Solid(palette.plate.0), None);
            } else {
                sheet.disc(centre, radius, Fill::None, outline(stroke, palette.ink3.fade(0.75)));
            }
            let text = (index + 1).to_string();
            let fits = |step: &crate::show::theme::Step| {
                cx.set.width(&text, &typo.pip.style(*step, Rgba::CLEAR)) <= 2.0 * (radius - stroke)
            };
            // Too small for a legible number, a pip has none.
            if let Some(step) = typo.pip.ladder.iter().copied().find(fits) {
                sheet.line(typo, Rect::disc(centre, radius), Anchor::Centre, &typo.pip, step, ink, text);
            }
        }
        if let Some(known) = outcome
            && filled > 0.0
        {
            let (fill, rim, ink) = verdict::colours(cx, known.value);
            let fade = |colour: Rgba| colour.fade(filled);
            sheet.disc(centre, radius, Fill::Vertical(fade(fill.0), fade(fill.1)), outline(stroke, fade(rim)));
            sheet.icon(centre, place.icon * radius, verdict::icon(known.value), fade(ink));
        }
    }
}
