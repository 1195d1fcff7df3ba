//! The second screen, for the host and the judges: question, who is on, time, scores, verdict, and what the hall sees.
//!
//! It shares no graphic with the programme. It is read from four metres off the floor, so everything is large, lies on one
//! plain ground and cuts. It says nothing that the hall may not know yet: no key, no hidden value, no name undrawn.

mod flow;
mod head;
mod question;
mod scene;
mod side;
mod state;
mod strip;
mod time;

use std::cell::Cell;

use crate::show::{
    clip::Clips,
    frame::{
        Frame,
        cx::Cx,
        fit::Typeset,
        layer::{Layer, LayerKey, LayerKind, Placement},
        output::Output,
        part::{Anchor, Fill, Point, Rect, Rgba},
        sheet::Sheet,
    },
    state::{Scene, Show},
    theme::{Look, Monitor, Role},
};

/// The whole picture: ground, head, text, side column, strip.
pub fn compose(show: &Show, theme: &Look, output: &Output, set: &dyn Typeset, clips: &Clips, now: i64) -> Frame {
    let (scale, offset) = output.fit(theme.layout.canvas);
    let program = &show.program;
    let cx = Cx {
        core: &show.core,
        theme,
        words: theme.labels.words(output.lang),
        set,
        clips,
        now,
        on_air: program.since,
        since: program.since,
        entry: 0,
        leaving_us: None,
        text_now: now,
        exchanged: Cell::new(None),
    };
    let screen = Screen { cx: &cx, place: &theme.monitor, scene: program.scene };
    let mut layers = vec![screen.ground(output, scale, offset)];
    head::compose(&screen, &mut layers);
    let room = screen.room();
    if question::is_on(&screen) {
        question::compose(&screen, room, &mut layers);
    } else {
        scene::compose(&screen, room, &mut layers);
    }
    if screen.has_side() {
        time::compose(&screen, &mut layers);
        side::compose(&screen, &mut layers);
        state::compose(&screen, &mut layers);
    }
    strip::compose(&screen, &mut layers);
    layers.sort_by_key(|layer| layer.key);
    Frame { raster: output.raster, scale, offset, layers }
}

/// Beside a figure that is wider than its plate's height, both ends together, share of the height.
const NUMBER_PADDING: f32 = 0.3;

/// What every part of the screen is given.
struct Screen<'a> {
    cx: &'a Cx<'a>,
    place: &'a Monitor,
    scene: Scene,
}

impl Screen<'_> {
    /// One plain colour, to the raster's edges.
    fn ground(&self, output: &Output, scale: f32, offset: (f32, f32)) -> Layer {
        let (x, y) = (-offset.0 / scale, -offset.1 / scale);
        let area = Rect::new(x, y, output.raster.0 as f32 / scale, output.raster.1 as f32 / scale);
        let mut sheet = Sheet::new(area).opaque();
        sheet.plate(area, [0.0; 4], Fill::Solid(self.cx.theme.palette.well), None, None);
        Self::lay(LayerKind::Backdrop, 0, sheet)
    }

    /// In its place and whole: here nothing comes or goes by degrees.
    fn lay(kind: LayerKind, index: u16, sheet: Sheet) -> Layer {
        sheet.into_layer(LayerKey { kind, entry: 0, index }, Placement::at(0.0, 0.0))
    }

    /// Somebody plays, or a clock is on: the side column tells who and how long.
    fn has_side(&self) -> bool {
        let core = self.cx.core;
        core.clock.is_some()
            || question::is_on(self)
            || core.buzzer.is_some()
            || core.appeal.as_ref().is_some_and(|appeal| appeal.resolved.is_none())
            || self.scene == Scene::Rush
    }

    /// The text's place, with what the side column and the strip leave to it.
    fn room(&self) -> Rect {
        let (text, strip) = (self.place.text, self.place.strip);
        let w = if self.has_side() { text.w } else { strip.x + strip.w - text.x };
        let h = if strip::is_on(self) { text.h } else { strip.y + strip.h - text.y };
        Rect { w, h, ..text }
    }

    /// One line of words, as large as its role allows, cut where even so it is too long.
    fn line(&self, sheet: &mut Sheet, rect: Rect, anchor: Anchor, role: &Role, colour: Rgba, text: &str) {
        let cx = self.cx;
        let (step, text) = crate::show::frame::fit::one_line(cx.set, text, role, rect.w, &cx.words.more);
        sheet.line(&cx.theme.typography, rect, anchor, role, step, colour, text);
    }

    /// A team's number on a plate of this height, a square or wider; how wide it is.
    fn number(&self, sheet: &mut Sheet, at: Point, side: f32, (fill, ink): (Fill, Rgba), number: u32) -> f32 {
        let (role, text) = (&self.place.number, number.to_string());
        // The figure fills the plate's height as far as the role goes.
        let least = role.ladder.last().copied();
        let step = role.ladder.iter().copied().find(|step| step.0 <= side).or(least).unwrap_or(role.step());
        let w = side.max(self.cx.set.width(&text, &role.style(step, ink)) + side * NUMBER_PADDING);
        let rect = Rect::new(at.x, at.y, w, side);
        sheet.plate(rect, [self.place.radius.min(side / 4.0); 4], fill, None, None);
        sheet.line(&self.cx.theme.typography, rect, Anchor::Centre, role, step, ink, text);
        w
    }
}
