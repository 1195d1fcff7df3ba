//! The picture as data: [`compose`] turns a show, a theme, an output and an instant into a [`Frame`].

mod burn;
mod clean;
mod correction;
mod cx;
pub mod eye;
mod fit;
mod flash;
mod graphics;
mod layer;
mod marks;
mod output;
mod over;
mod part;
mod picture;
#[cfg(test)]
pub(crate) mod plain;
mod sheet;
mod spacing;
pub mod testcard;
#[cfg(test)]
mod tests;

pub use burn::{STRIP_BLOCKS, Strip, burn, strip_blocks};
pub use clean::{clean, clings, is_plain, is_unseen};
pub use fit::{Fitted, LINE_BREAKS, Typeset, cut, fit, fit_balanced, fit_line, one_line};
pub use flash::{Flash, Watch, flashes};
pub use layer::{Content, Frame, Layer, LayerKey, LayerKind, Placement};
pub use output::{Class, Lang, Output, Quality};
pub use over::on_air;
pub use part::{
    Anchor, Arcs, Border, Face, Fill, Floor, Glow, Icon, LightPart, Part, Point, Rays, Rect, Rgba, RingPart, Scrim,
    Shadow, SkyPart, Sun, TextStyle,
};
pub use spacing::spaced;

pub use picture::Picture;

use std::cell::Cell;

use cx::Cx;

use super::{
    clip::Clips,
    motion::share,
    state::{Core, Scene, Show},
    theme::{Look, Theme},
};

/// The picture of one output at one instant. Nothing else goes in, so nothing else can change it.
pub fn compose(show: &Show, theme: &Theme, output: &Output, set: &dyn Typeset, clips: &Clips, now: i64) -> Frame {
    if output.class == Class::Confidence {
        return graphics::confidence::compose(show, theme.of(output.class), output, set, clips, now);
    }
    let theme = theme.of(output.class);
    let (scale, offset) = output.fit(theme.layout.canvas);
    let words = theme.labels.words(output.lang);
    let program = &show.program;
    let mut layers = Vec::new();

    let successors = program.departed.iter().skip(1).map(|gone| gone.scene).chain([program.scene]);
    for (gone, successor) in program.departed.iter().zip(successors) {
        if graphics::covers(successor) || gone.scene == Scene::Ground {
            continue;
        }
        let cx = Cx {
            core: &gone.core,
            theme,
            words,
            set,
            clips,
            now: now.min(gone.left_at),
            on_air: gone.since,
            since: gone.since + handover(show, theme, gone.since),
            entry: gone.seq,
            leaving_us: Some((now - gone.left_at).max(0)),
            text_now: now.min(gone.left_at),
            exchanged: Cell::new(None),
        };
        if !cx.is_gone() {
            graphics::scene(&cx, gone.scene, &mut layers);
        }
    }
    let swap = theme.motion.corrected_swap;
    let steps = correction::fresh(&show.core, program, swap, now);
    // As it was before the first of the corrections that are still dissolving in, before the second, … and as it is.
    let versions: Vec<Core> = steps.iter().map(|at| show.core.uncorrected(*at)).collect();
    let mut on_air: Option<Vec<Layer>> = None;
    for (step, core) in versions.iter().chain([&show.core]).enumerate() {
        let mut cx = Cx {
            core,
            theme,
            words,
            set,
            clips,
            now,
            on_air: program.since,
            since: program.since + handover(show, theme, program.since),
            entry: program.seq,
            leaving_us: None,
            text_now: now,
            exchanged: Cell::new(None),
        };
        let picture = exchanged(&mut cx, |cx| {
            let mut picture = Vec::new();
            graphics::scene(cx, program.scene, &mut picture);
            graphics::standing(show, cx, output, &mut picture);
            picture
        });
        on_air = Some(match (on_air, step.checked_sub(1).and_then(|last| steps.get(last))) {
            (Some(former), Some(at)) => {
                let t = theme.motion.curves.io.progress(now, *at, swap.us());
                correction::dissolve(former, picture, step as u16, t)
            }
            _ => picture,
        });
    }
    layers.extend(on_air.into_iter().flatten());
    layers.retain(|layer| layer.placement.opacity > 0.0);
    // Grounds keep the order in which they dissolve over one another.
    layers.sort_by_key(|layer| (layer.key.kind, (layer.key.kind != LayerKind::Backdrop).then_some(layer.key)));
    Frame { raster: output.raster, scale, offset, layers }
}

/// The picture that `draw` makes; where a text has just taken another's place, dissolving from the one to the other.
fn exchanged(cx: &mut Cx, draw: impl Fn(&Cx) -> Vec<Layer>) -> Vec<Layer> {
    let picture = draw(cx);
    let span = cx.theme.motion.swap.us();
    let Some(at) = cx.exchanged.get().filter(|at| cx.now.saturating_sub(*at) < span) else { return picture };
    cx.text_now = at.saturating_sub(1);
    let former = draw(cx);
    cx.text_now = cx.now;
    correction::exchange(former, picture, share(cx.now, at, span))
}

/// A scene that takes over from another lets it begin to leave first.
fn handover(show: &Show, theme: &Look, since: i64) -> i64 {
    let took_over = show.program.departed.iter().any(|gone| gone.left_at == since && gone.scene != Scene::Ground);
    if took_over { theme.motion.handover.us() } else { 0 }
}
