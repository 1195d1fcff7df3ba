//! What a graphic is given: the facts, the theme, the type engine, and its own comings and goings.

use std::cell::Cell;

use super::{
    fit::Typeset,
    layer::{Layer, LayerKey, LayerKind, Placement},
    part::Rect,
    sheet::Sheet,
};
use crate::show::{
    clip::Clips,
    motion::share,
    state::Core,
    theme::{Look, Ms, Words},
};

/// A scene's view of the show at one instant.
///
/// For a scene on its way out `core` and `now` are those it left with: it goes on showing what it showed, and only
/// [`Cx::lay`] fades it.
pub struct Cx<'a> {
    pub core: &'a Core,
    pub theme: &'a Look,
    pub words: &'a Words,
    pub set: &'a dyn Typeset,
    /// The films that are fit for air.
    pub clips: &'a Clips,
    /// The instant of the content.
    pub now: i64,
    /// When the scene was taken on air: results are complete at once.
    pub on_air: i64,
    /// When its entrance begins: later than `on_air` when another scene has to leave first.
    pub since: i64,
    /// Identity of its layers.
    pub entry: u64,
    /// µs since it was taken off, if it was.
    pub leaving_us: Option<i64>,
    /// The instant of texts that take one another's place: `now`, or just before the last exchange.
    pub text_now: i64,
    /// When a text last took another's place, up to `now`, as far as the graphics have asked.
    pub exchanged: Cell<Option<i64>>,
}

impl Cx<'_> {
    /// A sheet for one layer; parts are given in canvas coordinates within `area`.
    pub fn sheet(&self, area: Rect) -> Sheet {
        Sheet::new(area)
    }

    /// Whether what takes another text's place at `at` has done so. The picture dissolves from the one to the other.
    pub fn shows(&self, at: i64) -> bool {
        if at <= self.now && at > self.on_air {
            self.exchanged.set(self.exchanged.get().max(Some(at)));
        }
        at <= self.text_now
    }

    /// How far an entrance that begins `delay` after the scene's is, by the arrival curve.
    pub fn arrived(&self, delay: Ms, span: Ms) -> f32 {
        self.theme.motion.curves.out.progress(self.now, self.since + delay.us(), span.us())
    }

    /// The generic entrance: opacity and rise, `delay` after the scene's.
    pub fn entrance(&self, delay: Ms) -> Placement {
        let motion = &self.theme.motion;
        let opacity = share(self.now, self.since + delay.us(), motion.fade_in.us());
        let moved = self.arrived(delay, motion.move_in);
        Placement::at(0.0, motion.travel_px * (1.0 - moved)).faded(opacity)
    }

    /// In place, fading in from an instant of its own.
    pub fn fade_at(&self, at: i64, span: Ms) -> Placement {
        Placement::at(0.0, 0.0).faded(share(self.now, at, span.us()))
    }

    /// The layer, faded as its scene leaves. `motion` is relative to the sheet's own place.
    pub fn lay(&self, kind: LayerKind, index: u16, sheet: Sheet, motion: Placement) -> Layer {
        let tokens = &self.theme.motion;
        let delay = if kind == LayerKind::Ring { tokens.ring_out_delay.us() } else { 0 };
        let gone = self.leaving_us.map_or(0.0, |us| tokens.curves.exit.progress(us, delay, tokens.fade_out.us()));
        let mut placement = motion.faded(1.0 - gone);
        if kind == LayerKind::Ring && gone > 0.0 {
            let scale = 1.0 + (tokens.ring_out_scale - 1.0) * gone;
            placement = placement.scaled(scale, scale);
        }
        sheet.into_layer(LayerKey { kind, entry: self.entry, index }, placement)
    }

    /// Whether a leaving scene can no longer be seen.
    pub fn is_gone(&self) -> bool {
        let tokens = &self.theme.motion;
        self.leaving_us.is_some_and(|us| us >= tokens.fade_out.us() + tokens.ring_out_delay.us())
    }
}
