//! The picture of what is on air: the program's, with what the desk lays over it.

use super::{
    Frame, Layer, LayerKey, LayerKind, Output, Placement, Typeset, compose,
    part::{Anchor, Fill, Rect, Rgba},
    sheet::Sheet,
};
use crate::show::{
    clip::Clips,
    desk::{Air, Curtain, Drawn, Group},
    protocol::score::{SlateKind, SlateShown},
    state::{Core, Program, Scene, Show, SlateCard},
    theme::{Look, Role, Step, Theme},
    time::Instant,
};
/// So long before it was drawn the logo's card is taken to have come on, µs: it stands at once.
const AT_REST_US: i64 = 60_000_000;
/// No theme's: what black means is not a matter of taste, nor is what a warning is written in.
const BLACK: Rgba = Rgba { r: 0.0, g: 0.0, b: 0.0, a: 1.0 };

/// The picture of one output at one instant. A frozen program stands, cleared layers are gone, a curtain hides all; the
/// rehearsal mark is over everything. The host's screen shows the program itself, whatever hides it from the hall.
pub fn on_air(air: &Air, theme: &Theme, output: &Output, set: &dyn Typeset, clips: &Clips, now: Instant) -> Frame {
    let mut frame = match (&air.desk.curtain, output.class.is_hall()) {
        (_, false) => compose(air.program(), theme, output, set, clips, now),
        // The cameras' picture is not this program's to hide: over it, nothing is what black and logo mean.
        (Some(_), true) if output.class.is_overlay() => bare(theme, output, Vec::new()),
        (Some(Drawn { curtain: Curtain::Black, .. }), true) => bare(theme, output, vec![black(theme.of(output.class))]),
        (Some(Drawn { curtain: Curtain::Logo, since }), true) => {
            compose(&logo(air.program(), *since), theme, output, set, clips, now)
        }
        (None, true) => {
            let (show, now) = air.seen(now);
            let mut frame = compose(show, theme, output, set, clips, now);
            for cleared in air.desk.cleared.iter().filter(|cleared| cleared.holds(show)) {
                frame.layers.retain(|layer| !is_in(cleared.group, layer.key.kind));
            }
            frame
        }
    };
    if air.desk.mark {
        mark(theme, output, set, &mut frame);
    }
    frame
}

/// A picture of these layers and nothing of the show.
fn bare(theme: &Theme, output: &Output, layers: Vec<Layer>) -> Frame {
    let (scale, offset) = output.fit(theme.of(output.class).layout.canvas);
    Frame { raster: output.raster, scale, offset, layers }
}

/// Whether a layer of this kind goes when the group is cleared.
const fn is_in(group: Group, kind: LayerKind) -> bool {
    match group {
        Group::All => !kind.is_ground(),
        Group::Scene => matches!(
            kind,
            LayerKind::Plate
                | LayerKind::Slate
                | LayerKind::Card
                | LayerKind::Option
                | LayerKind::Panel
                | LayerKind::Seat
                | LayerKind::Coin
                | LayerKind::Ring
                | LayerKind::Badge
        ),
        Group::Countdown => matches!(kind, LayerKind::Ring),
        Group::LowerThird => matches!(kind, LayerKind::LowerThird),
        Group::Strip => matches!(
            kind,
            LayerKind::Header | LayerKind::Strip | LayerKind::Cell | LayerKind::ActiveCell | LayerKind::Chip
        ),
    }
}

/// The title card, at rest: the only logo that every show has.
fn logo(program: &Show, since: Instant) -> Show {
    let config = &program.core.config;
    let shown = SlateShown {
        kind: SlateKind::Title,
        title: config.title.clone(),
        subtitle: config.subtitle.clone(),
        body: String::new(),
        media: None,
    };
    let since = since.saturating_sub(AT_REST_US);
    let slate = SlateCard { shown, since, seq: 0, line: None, ledger: String::new(), was: None };
    let core = Core { config: config.clone(), slate: Some(slate.into()), ..Core::default() };
    let program = Program { scene: Scene::Slate, since, seq: 0, departed: Vec::new() };
    Show { core, program, ..Show::default() }
}

/// Nothing at all, opaque.
fn black(look: &Look) -> Layer {
    let (w, h) = look.layout.canvas;
    let all = Rect::new(0.0, 0.0, w, h);
    let mut sheet = Sheet::new(all).opaque();
    sheet.plate(all, [0.0; 4], Fill::Solid(BLACK), None, None);
    let key = LayerKey { kind: LayerKind::Backdrop, entry: 0, index: u16::MAX };
    sheet.into_layer(key, Placement::at(0.0, 0.0))
}

/// 彩排: a border round the whole picture and a plate that names it, in the colour of a warning.
fn mark(theme: &Theme, output: &Output, set: &dyn Typeset, frame: &mut Frame) {
    let look = theme.of(output.class);
    let words = look.labels.words(output.lang);
    let (place, palette) = (&look.layout.mark, &look.palette);
    let (w, h) = look.layout.canvas;
    let bar = place.border;
    let edges = [
        Rect::new(0.0, 0.0, w, bar),
        Rect::new(0.0, h - bar, w, bar),
        Rect::new(0.0, bar, bar, h - 2.0 * bar),
        Rect::new(w - bar, bar, bar, h - 2.0 * bar),
    ];
    for (index, edge) in edges.into_iter().enumerate() {
        let mut sheet = Sheet::new(edge);
        sheet.plate(edge, [0.0; 4], Fill::Solid(palette.ring_hot), None, None);
        let key = LayerKey { kind: LayerKind::Mark, entry: 0, index: index as u16 };
        frame.layers.push(sheet.into_layer(key, Placement::at(0.0, 0.0)));
    }
    for (index, plate) in place.plates.iter().enumerate() {
        let mut sheet = Sheet::new(*plate);
        sheet.plate(*plate, [place.radius; 4], Fill::Solid(palette.ring_hot), None, None);
        // As large as the plate takes it: this is to be seen from the last row.
        let fits = |(role, step): &(&Role, Step)| {
            let width = set.width(&words.rehearsal, &role.style(*step, BLACK));
            step.0 <= plate.h * 0.8 && width <= plate.w - 2.0 * place.radius
        };
        let typo = &look.typography;
        let large = typo.scene_title.ladder.iter().map(|step| (&typo.scene_title, *step));
        let (role, step) = large.into_iter().find(fits).unwrap_or((&typo.tag, typo.tag.step()));
        sheet.line(&look.typography, *plate, Anchor::Centre, role, step, BLACK, words.rehearsal.as_str());
        let key = LayerKey { kind: LayerKind::Mark, entry: 0, index: (edges.len() + index) as u16 };
        frame.layers.push(sheet.into_layer(key, Placement::at(0.0, 0.0)));
    }
}
