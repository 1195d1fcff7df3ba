//! The result's disc: it takes the ring's place, complete on its first frame: sign, figure and word.

use super::{quiz, slate};
use crate::show::{
    frame::{
        correction::{At, tag, tags},
        cx::Cx,
        fit::fit_line,
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Icon, Point, Rect, Rgba},
        sheet::{Sheet, outline, vertical},
    },
    motion::lerp,
    protocol::{Points, play::Outcome},
    state::Verdict,
    theme::{Gradient, Role, Words},
};

/// The disc at the ring's place, popping in from .92.
pub fn compose(cx: &Cx, verdict: &Verdict, area: Rect, layers: &mut Vec<Layer>) {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (ring, place) = (&layout.ring, &layout.verdict);
    let mut sheet = cx.sheet(area);
    let kind = quiz::is_on(cx.core);
    let (fill, rim, ink) = if kind { kind_colours(cx, verdict.outcome) } else { colours(cx, verdict.outcome) };
    let centre = ring.centre;
    sheet.disc(centre, ring.radius + ring.rim, crate::show::frame::Fill::Solid(palette.well), None);
    sheet.disc(centre, ring.radius, crate::show::frame::Fill::None, outline(place.stroke, rim));
    sheet.disc(centre, ring.radius - place.stroke - place.gap, vertical(fill), None);
    let inner = 2.0 * (ring.radius - place.stroke - place.gap) * 0.92;
    let row = |y: f32, h: f32| Rect::new(centre.x - inner / 2.0, centre.y + y, inner, h);
    if kind && verdict.outcome != Outcome::Correct {
        // Thanks, in words alone: no sign says what was wrong with it.
        let words = Rect { h: inner * THANKS_HEIGHT, ..row(-inner * THANKS_HEIGHT / 2.0, 0.0) };
        let words = Rect { x: centre.x - words.h / 2.0, w: words.h, ..words };
        slate::text(cx, words, Anchor::Centre, &typo.judge, ink, &cx.words.slates.souvenir, &mut sheet);
        pop(cx, verdict, sheet, layers);
        return;
    }
    if let Some(delta) = verdict.delta.filter(|_| !kind) {
        sheet.icon(Point { x: centre.x, y: centre.y + place.icon_y }, place.icon, icon(verdict.outcome), ink);
        let nothing = delta == Points::ZERO;
        // A word where no figure is: as a hero's name, in a small disc as an answer.
        let wide = |role: &Role| cx.set.width(&cx.words.no_points, &role.style(fit_line(cx.set, "", role, -1.0), ink));
        let word = if wide(&typo.hero) <= inner { &typo.hero } else { &typo.answer };
        let (figure, role) = if nothing { (cx.words.no_points.clone(), word) } else { (delta.signed(), &typo.verdict) };
        let step = fit_line(cx.set, &figure, role, inner);
        sheet.line(typo, row(place.delta_y, typo.verdict.step().1), Anchor::Centre, role, step, ink, figure);
    } else {
        // What it brings or costs is not known yet: the sign alone, no figure that might turn out wrong.
        let at = Point { x: centre.x, y: centre.y + place.delta_y / 3.0 };
        sheet.icon(at, place.icon * 2.0, icon(verdict.outcome), ink);
    }
    if let Some(y) = place.word_y {
        let word_step = typo.verdict_word.step();
        let text = if kind { &cx.words.slates.gift } else { word(cx.words, verdict.outcome) };
        sheet.line(typo, row(y, word_step.1), Anchor::Centre, &typo.verdict_word, word_step, ink, text);
    }
    pop(cx, verdict, sheet, layers);
}

/// Side of the square for the words of thanks, share of the disc's inner width.
const THANKS_HEIGHT: f32 = 0.74;

fn pop(cx: &Cx, verdict: &Verdict, sheet: Sheet, layers: &mut Vec<Layer>) {
    let motion = &cx.theme.motion;
    let scale = lerp(motion.disc_from, 1.0, motion.curves.pop.progress(cx.now, verdict.since, motion.disc_in.us()));
    layers.push(cx.lay(LayerKind::Ring, 1, sheet, Placement::at(0.0, 0.0).scaled(scale, scale)));
    let at = At::Centre(cx.theme.layout.correction.verdict);
    tag(cx, tags::VERDICT, verdict.was.as_deref(), at, layers);
}

/// The same for an audience's answer: right or not, nobody has lost.
fn kind_colours(cx: &Cx, outcome: Outcome) -> (Gradient, Rgba, Rgba) {
    let palette = &cx.theme.palette;
    if outcome == Outcome::Correct { colours(cx, outcome) } else { (palette.option, palette.ink2, palette.ink) }
}

/// Fill of the disc, its ring, what is written on it.
pub fn colours(cx: &Cx, outcome: Outcome) -> (Gradient, Rgba, Rgba) {
    let palette = &cx.theme.palette;
    match outcome {
        Outcome::Correct => (palette.ok_fill, palette.ok, palette.on_ok),
        Outcome::Void => (palette.option, palette.ink3, palette.ink),
        _ => (palette.no_fill, palette.no, palette.on_no),
    }
}

pub const fn icon(outcome: Outcome) -> Icon {
    match outcome {
        Outcome::Correct => Icon::Check,
        Outcome::Timeout => Icon::Hourglass,
        Outcome::Foul => Icon::Bang,
        Outcome::Void => Icon::Dash,
        Outcome::Wrong | Outcome::Incomplete | Outcome::Prompted => Icon::Cross,
    }
}

pub fn word(words: &Words, outcome: Outcome) -> &str {
    match outcome {
        Outcome::Correct => &words.correct,
        Outcome::Wrong => &words.wrong,
        Outcome::Timeout => &words.timeout,
        Outcome::Incomplete => &words.incomplete,
        Outcome::Prompted => &words.prompted,
        Outcome::Foul => &words.foul,
        Outcome::Void => &words.void,
    }
}
