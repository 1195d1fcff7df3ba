//! The disc a sum ends in: an empty ring until the feed's figure is told, its exact sum first where it was rounded.

use crate::show::{
    frame::{
        cx::Cx,
        fit::fit_line,
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Point, Rect, RingPart},
        sheet::{outline, vertical},
    },
    motion::lerp,
    protocol::Points,
    theme::Ms,
};

/// A sum's result and its place.
pub struct ResultDisc<'a> {
    pub centre: Point,
    pub radius: f32,
    pub stroke: f32,
    pub gap: f32,
    /// Line tops of figure, word and rounding note, relative to the centre.
    pub lines: (f32, f32, f32),
    /// Share of the inner width that the figure may take.
    pub share: f32,
    pub word: &'a str,
    /// What the terms make, where that is not the feed's figure.
    pub exact: Option<Points>,
    pub told: Points,
    /// When it is told.
    pub at: i64,
}

impl ResultDisc<'_> {
    pub fn compose(&self, cx: &Cx, layers: &mut Vec<Layer>) {
        let (typo, palette, motion) = (&cx.theme.typography, &cx.theme.palette, &cx.theme.motion);
        let (centre, radius) = (self.centre, self.radius);
        let area = Rect::disc(centre, radius + self.gap);
        let mut sheet = cx.sheet(area);
        sheet.ring(RingPart {
            rim: self.gap,
            well: (palette.well, palette.well),
            track: palette.track,
            ..RingPart::plain(centre, radius, self.stroke)
        });
        layers.push(cx.lay(LayerKind::Ring, 0, sheet, cx.entrance(Ms(0))));
        if cx.now < self.at {
            return;
        }
        let rounded = cx.now >= self.at + motion.round_hold.us();
        let figure = self.exact.filter(|_| !rounded).unwrap_or(self.told).to_string();
        let mut sheet = cx.sheet(area.grow(self.gap));
        sheet.disc(centre, radius, Fill::None, outline(self.stroke, palette.accent));
        let inner = radius - self.stroke - self.gap;
        sheet.disc(centre, inner, vertical(palette.accent_fill), None);
        let ink = palette.on_accent;
        let row = |y: f32, h: f32| Rect::new(centre.x - inner, centre.y + y, 2.0 * inner, h);
        let step = fit_line(cx.set, &figure, &typo.result, 2.0 * inner * self.share);
        let (figure_y, word_y, note_y) = self.lines;
        sheet.line(typo, row(figure_y, typo.result.step().1), Anchor::Centre, &typo.result, step, ink, figure);
        let word = typo.verdict_word.step();
        sheet.line(typo, row(word_y, word.1), Anchor::Centre, &typo.verdict_word, word, ink, self.word);
        if self.exact.is_some() && rounded {
            let note = typo.sub.step();
            sheet.line(typo, row(note_y, note.1), Anchor::Centre, &typo.sub, note, ink, &cx.words.rounding);
        }
        let popped = motion.curves.pop.progress(cx.now, self.at, motion.formula_result.us());
        let scale = lerp(motion.disc_from, 1.0, popped);
        layers.push(cx.lay(LayerKind::Ring, 1, sheet, Placement::at(0.0, 0.0).scaled(scale, scale)));
    }
}
