//! Answers in words: what was said, and after the reveal what is right, in the options' place.

use crate::show::{
    frame::{
        cx::Cx,
        fit::fit,
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Border, Icon, Point, Rect, Rgba},
        sheet::{outline, shadow, vertical},
    },
    protocol::play::Outcome,
    state::Ask,
    theme::Gradient,
};

struct Plate<'a> {
    label: &'a str,
    text: String,
    fill: Gradient,
    border: Option<Border>,
    ink: Rgba,
    icon: Option<Icon>,
    since: i64,
    /// A result is whole on its first frame.
    result: bool,
}

/// One plate or two: side by side where both are long, one above the other where both are short.
pub fn compose(cx: &Cx, ask: &Ask, layers: &mut Vec<Layer>) {
    let place = &cx.theme.layout;
    let (whole, gap) = (place.card.answer, place.long.answer_gap);
    match (given(cx, ask), key(cx, ask)) {
        (None, None) => {}
        (Some(plate), None) | (None, Some(plate)) => draw(cx, &plate, whole, 0, layers),
        (Some(given), Some(key)) if given.text == key.text => draw(cx, &key, whole, 1, layers),
        (Some(given), Some(key)) => {
            let half = Rect { h: (whole.h - gap) / 2.0, ..whole };
            if !place.long.answer_wide && one_line(cx, &given, half) && one_line(cx, &key, half) {
                draw(cx, &given, half, 0, layers);
                draw(cx, &key, half.shift(0.0, half.h + gap), 1, layers);
            } else {
                let left = Rect { w: (whole.w - gap) * place.long.answer_share, ..whole };
                let x = left.x + left.w + gap;
                draw(cx, &given, left, 0, layers);
                draw(cx, &key, Rect { x, w: whole.x + whole.w - x, ..whole }, 1, layers);
            }
        }
    }
}

/// What was answered, coloured as it was judged.
fn given<'a>(cx: &'a Cx, ask: &Ask) -> Option<Plate<'a>> {
    let palette = &cx.theme.palette;
    let answer = ask.answer.as_ref()?;
    let text = answer.given.text.as_deref().map(str::trim).filter(|text| !text.is_empty())?;
    let accent = outline(cx.theme.layout.card.selected_border, palette.accent);
    let outcome = ask.verdict.as_ref().map(|verdict| verdict.outcome);
    let (fill, border, ink, icon) = match (outcome, answer.locked) {
        (Some(Outcome::Correct), _) => (palette.ok_fill, None, palette.on_ok, Some(Icon::Check)),
        (Some(Outcome::Void), _) => (palette.option, None, palette.ink, Some(Icon::Dash)),
        (Some(_), _) => (palette.no_fill, None, palette.on_no, Some(Icon::Cross)),
        (None, Some(_)) => (palette.accent_fill, None, palette.on_accent, Some(Icon::Lock)),
        (None, None) => (palette.option, accent, palette.ink, None),
    };
    Some(Plate {
        label: &cx.words.given,
        text: text.to_owned(),
        fill,
        border,
        ink,
        icon,
        since: answer.since,
        result: false,
    })
}

fn key<'a>(cx: &'a Cx, ask: &Ask) -> Option<Plate<'a>> {
    let palette = &cx.theme.palette;
    let key = ask.key.as_ref()?;
    let parts: Vec<&str> = key.value.key.iter().map(|part| part.trim()).filter(|part| !part.is_empty()).collect();
    Some(Plate {
        label: &cx.words.reference,
        text: parts.join("；"),
        fill: palette.ok_fill,
        border: None,
        ink: palette.on_ok,
        icon: Some(Icon::Check),
        since: key.since,
        result: true,
    })
}

/// Left edge of a plate's text when it stands beside its label.
fn beside(cx: &Cx, plate: &Plate) -> f32 {
    let (place, typo) = (&cx.theme.layout.long, &cx.theme.typography);
    let icon = plate.icon.map_or(0.0, |_| place.answer_icon + place.answer_padding / 2.0);
    let label = cx.set.width(plate.label, &typo.state.style(typo.state.step(), plate.ink));
    2.0 * place.answer_padding + icon + label
}

fn one_line(cx: &Cx, plate: &Plate, rect: Rect) -> bool {
    let role = &cx.theme.typography.answer;
    let room = rect.w - beside(cx, plate) - cx.theme.layout.long.answer_padding;
    let wide = |text: &str| cx.set.width(text, &role.style(role.step(), plate.ink));
    !plate.text.contains('\n') && wide(&plate.text) <= room
}

fn draw(cx: &Cx, plate: &Plate, rect: Rect, index: u16, layers: &mut Vec<Layer>) {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (place, role) = (&layout.long, &typo.answer);
    let row = layout.card.judge.h;
    let flat = one_line(cx, plate, rect);
    let rect = if flat { Rect { h: rect.h.min(row), ..rect } } else { rect };
    let mut sheet = cx.sheet(rect.grow(layout.bleed));
    let fall = shadow(layout.shadow_low, palette.shadow_low);
    let end = if flat { rect.h / 2.0 } else { layout.card.radius };
    let far = layout.card.judge_radius;
    sheet.plate(rect, [end, far, far, end], vertical(plate.fill), plate.border, Some(fall));
    let label_step = typo.state.step();
    let mut x = rect.x + place.answer_padding;
    let head = if flat || place.answer_wide {
        rect
    } else {
        Rect::new(rect.x, rect.y + place.answer_padding / 2.0, rect.w, place.answer_label)
    };
    if let Some(icon) = plate.icon {
        let size = place.answer_icon.min(head.h);
        sheet.icon(Point { x: x + size / 2.0, y: head.y + head.h / 2.0 }, size, icon, plate.ink);
        x += size + place.answer_padding / 2.0;
    }
    sheet.line(typo, Rect { x, ..head }, Anchor::Start, &typo.state, label_step, plate.ink, plate.label);
    let wide = place.answer_wide && !flat;
    if flat {
        let at = Rect { x: rect.x + beside(cx, plate), ..rect };
        sheet.line(typo, at, Anchor::Start, role, role.step(), plate.ink, plate.text.as_str());
    } else {
        let (pad, top) = (place.answer_padding, head.y + head.h + place.heading_gap / 2.0);
        let body = if wide {
            let x = rect.x + beside(cx, plate);
            Rect { x, w: rect.x + rect.w - pad - x, ..rect }
        } else {
            Rect::new(rect.x + pad, top, rect.w - 2.0 * pad, rect.y + rect.h - pad / 2.0 - top)
        };
        let fitted = fit(cx.set, &plate.text, role, body.w, body.h);
        let page = super::page(cx, plate.since, fitted.pages.len());
        let lines = fitted.page(page);
        let slack = if wide { (body.h - lines.len() as f32 * fitted.step.1) / 2.0 } else { 0.0 };
        sheet.lines(Point { x: body.x, y: body.y + slack }, role, fitted.step, plate.ink, lines);
        // Beside a wide answer the dots stand under its label.
        let wide_dots = Point { x: body.x - pad, y: rect.y + rect.h - layout.card.dot_pitch / 2.0 };
        let dots = if wide { wide_dots } else { Point { x: rect.x + rect.w - pad, y: head.y + head.h / 2.0 } };
        super::dots_at(cx, dots, page, fitted.pages.len(), &mut sheet);
    }
    let motion = &cx.theme.motion;
    let came = motion.curves.out.progress(cx.now, plate.since, motion.option_in.us());
    let placement = if plate.result {
        Placement::at(0.0, motion.travel_px * (1.0 - came))
    } else {
        Placement::at(0.0, motion.travel_px * (1.0 - came)).faded(came)
    };
    layers.push(cx.lay(LayerKind::Option, index, sheet, placement));
}
