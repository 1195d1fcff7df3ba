//! The foul at the buzzer: the tilted card, who was too early and by how much, what it cost.

use super::buzzer::{around, name, pill, seconds};
use crate::show::{
    frame::{
        cx::Cx,
        fit::{fit, fit_line},
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Border, Fill, Part, Point, Rect},
        sheet::{shadow, vertical},
    },
    motion::lerp,
    protocol::Points,
    state::{BuzzerPress, Core},
    theme::Words,
};

/// The card drops, the team and what it did are there at once; what it costs follows when the feed has said it.
pub fn compose(cx: &Cx, foul: &BuzzerPress, layers: &mut Vec<Layer>) {
    let (theme, motion) = (cx.theme, &cx.theme.motion);
    let (place, typo, palette) = (&theme.layout.buzzer, &theme.typography, &theme.palette);
    card(cx, foul.since, layers);
    let mut sheet = cx.sheet(around(place.pill, place.detail, theme.layout.bleed));
    pill(cx, &cx.words.buzz_foul, palette.no_fill, palette.on_no, &mut sheet);
    name(cx, cx.core.team(&foul.team), &foul.team, place.team_beside, &mut sheet);
    let early = Words::with(&cx.words.buzz_early, seconds(foul.us.saturating_abs(), 3));
    let note = foul.note.as_deref().unwrap_or_default().trim();
    let whole = match note {
        "" => early,
        note => Words::with(&Words::with(&cx.words.buzz_early_note, early), note),
    };
    let area = place.detail;
    let fitted = fit(cx.set, &whole, &typo.buzz_detail, area.w, area.h);
    let page = super::page(cx, foul.since, fitted.pages.len());
    sheet.lines(Point { x: area.x, y: area.y }, &typo.buzz_detail, fitted.step, palette.ink2, fitted.page(page));
    layers.push(cx.lay(LayerKind::Panel, 0, sheet, Placement::at(0.0, 0.0)));

    if let Some((delta, since)) = cost(cx.core, foul) {
        let text = delta.signed();
        let mut sheet = cx.sheet(place.delta.grow(theme.layout.bleed / 2.0));
        let step = fit_line(cx.set, &text, &typo.buzz_delta, place.delta.w);
        sheet.line(typo, place.delta, Anchor::End, &typo.buzz_delta, step, palette.ink, text);
        let at = since.max(foul.since + motion.foul_delta.us());
        layers.push(cx.lay(LayerKind::Panel, 3, sheet, cx.fade_at(at, motion.swap)));
    }
}

/// What the foul cost: the team's last change, if it came with or after the foul.
fn cost(core: &Core, foul: &BuzzerPress) -> Option<(Points, i64)> {
    let score = core.scores.get(&foul.team)?;
    (score.seq > foul.seq && score.delta != Points::ZERO && !score.corrected).then_some((score.delta, score.since))
}

/// The one thing here that is no ring: a tilted card with its sign.
fn card(cx: &Cx, since: i64, layers: &mut Vec<Layer>) {
    let (layout, palette, motion) = (&cx.theme.layout, &cx.theme.palette, &cx.theme.motion);
    let place = &layout.buzzer;
    let dropped = motion.curves.out.progress(cx.now, since, motion.foul_drop.us());
    let turn = lerp(motion.foul_turn, place.card_turn, dropped);
    let mut sheet = cx.sheet(place.card.grow(layout.bleed));
    let fall = shadow(layout.shadow_high, palette.shadow_high);
    let border = Some(Border { width: place.card_border, colour: palette.on_no });
    let mut turned = |rect: Rect, radius: f32, fill: Fill, border, shadow| {
        sheet.push(Part::Plate { rect, radii: [radius; 4], fill, border, shadow, turn });
    };
    turned(place.card, place.card_radius, vertical(palette.no_fill), border, Some(fall));
    let centre = place.card.centre();
    let (sin, cos) = turn.to_radians().sin_cos();
    // Straight below the centre in the card's own terms.
    let at = |y: f32| Point { x: centre.x - sin * y, y: centre.y + cos * y };
    let (length, width) = place.bang;
    let stroke = at(place.bang_y.0);
    let rect = Rect::new(stroke.x - width / 2.0, stroke.y - length / 2.0, width, length);
    turned(rect, width / 2.0, Fill::Solid(palette.on_no), None, None);
    let dot = Rect::disc(at(place.bang_y.1), place.bang_dot / 2.0);
    turned(dot, place.bang_dot / 2.0, Fill::Solid(palette.on_no), None, None);
    let motion = Placement::at(0.0, -motion.foul_drop_px * (1.0 - dropped));
    layers.push(cx.lay(LayerKind::Ring, 5, sheet, motion));
}
