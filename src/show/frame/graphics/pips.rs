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
    /// Pips of a row; all in one where it is 0.
    columns: usize,
}

impl Pips {
    /// `count` pips from `first`, `pitch` apart and `radius` in size, or as much less as keeps them within `last_x`.
    pub fn new(count: usize, first: Point, pitch: f32, radius: f32, last_x: f32) -> Self {
        let gaps = count.saturating_sub(1).max(1) as f32;
        let room = (last_x - first.x).max(0.0);
        let fitted = pitch.min(room / gaps);
        Self { first, pitch: fitted, radius: radius * fitted / pitch, columns: 0 }
    }

    /// Rows of `columns` pips, or of as many more as keep the last row above `bottom`; as wide as those of the theme.
    pub fn grid(count: usize, columns: usize, first: Point, pitch: f32, radius: f32, bottom: f32) -> Self {
        let width = columns.saturating_sub(1) as f32 * pitch + 2.0 * radius;
        let edge = first.y - radius;
        let room = bottom - edge - (pitch - 2.0 * radius);
        let fitted = |columns: usize| {
            let pitch = pitch * (width / (pitch * (columns as f32 - 1.0) + 2.0 * radius)).min(1.0);
            (pitch, count.div_ceil(columns) as f32 * pitch)
        };
        let columns = (columns..=count.max(columns)).find(|columns| fitted(*columns).1 <= room).unwrap_or(columns);
        let used = fitted(columns);
        let scale = used.0 / pitch;
        let first =
            Point { x: first.x - radius * (1.0 - scale), y: edge + radius * scale + (room - used.1).max(0.0) / 2.0 };
        Self { first, pitch: used.0, radius: radius * scale, columns }
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
        let row = index.checked_div(self.columns).unwrap_or(0);
        let column = index - row * self.columns;
        Point { x: self.first.x + column as f32 * self.pitch, y: self.first.y + row as f32 * self.pitch }
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
            let centre = self.centre(index);
            let y = if self.columns == 0 { y } else { centre.y - self.radius };
            let at = At::Centre(Point { x: centre.x, y });
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
