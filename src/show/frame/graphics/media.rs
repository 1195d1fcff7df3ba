//! A clip's slate: the well in which the clip will be seen, its title, and where in it we are. Figures change once a
//! second, so the card is drawn once a second.

use super::{run::Run, slate};
use crate::show::{
    frame::{
        cx::Cx,
        layer::{Layer, LayerKind},
        part::{Anchor, Fill, Icon, Point, Rect},
        sheet::{Sheet, outline, shadow, vertical},
    },
    state::{Media, MediaPhase},
    theme::Ms,
    time::SECOND_US,
};

pub fn compose(cx: &Cx, layers: &mut Vec<Layer>) {
    let Some(media) = &cx.core.media else { return };
    let (layout, palette) = (&cx.theme.layout, &cx.theme.palette);
    let place = &layout.slates.media;
    let mut sheet = cx.sheet(place.well.grow(layout.bleed));
    let fall = shadow(layout.shadow_high, palette.shadow_high);
    let border = outline(place.border, palette.plate_edge);
    sheet.plate(place.well, [place.radius; 4], vertical(palette.screen), border, Some(fall));
    let centre = place.well.centre();
    sheet.disc(centre, place.disc / 2.0, Fill::Solid(palette.well), outline(place.disc_stroke, palette.ink));
    if matches!(media.phase, MediaPhase::Paused { .. }) {
        let (w, h, gap) = place.bars;
        for side in [-1.0, 1.0] {
            let at = Rect::new(centre.x + side * (gap + w) / 2.0 - w / 2.0, centre.y - h / 2.0, w, h);
            sheet.plate(at, [w / 4.0; 4], Fill::Solid(palette.ink), None, None);
        }
    } else {
        sheet.icon(centre, place.icon, Icon::Play, palette.ink);
    }
    layers.push(cx.lay(LayerKind::Card, 0, sheet, cx.entrance(Ms(0))));

    let bar = place.progress;
    let below = Rect { h: place.state.h + bar.h, ..place.state };
    let mut sheet = cx.sheet(bar.grow(bar.h).union(place.title).union(below));
    caption(cx, media, &mut sheet);
    layers.push(cx.lay(LayerKind::Panel, 0, sheet, cx.entrance(Ms(cx.theme.motion.stagger.0))));
}

/// Whole seconds into the clip, µs; never beyond its end.
fn position_us(cx: &Cx, media: &Media) -> Option<i64> {
    let at = match media.phase {
        MediaPhase::Cued => return None,
        MediaPhase::Playing { at } => cx.now.saturating_sub(at),
        MediaPhase::Paused { position_us } => position_us,
        MediaPhase::Ended => media.cued.duration_us?,
    };
    let whole = at.max(0) / SECOND_US * SECOND_US;
    Some(media.cued.duration_us.map_or(whole, |length| whole.min(length.max(0))))
}

fn caption(cx: &Cx, media: &Media, sheet: &mut Sheet) {
    let (typo, palette, words) = (&cx.theme.typography, &cx.theme.palette, cx.words);
    let place = &cx.theme.layout.slates.media;
    let title = media.cued.title.as_deref().unwrap_or_default();
    slate::line(cx, place.title, Anchor::Start, &typo.lower_title, palette.ink, title, sheet);
    let state = match media.phase {
        MediaPhase::Playing { .. } => words.slates.playing.as_str(),
        MediaPhase::Paused { .. } => words.paused.as_str(),
        MediaPhase::Cued | MediaPhase::Ended => "",
    };
    let mut run = Run::new(cx).text(&typo.lower_text, palette.ink2, state);
    let position = position_us(cx, media);
    if let Some(at) = position {
        run = run.gap(place.state_gap).text(&typo.clip_time, palette.ink, clock(at));
    }
    if let Some(length) = media.cued.duration_us.filter(|length| *length > 0) {
        let text = if position.is_some() { format!(" / {}", clock(length)) } else { clock(length) };
        run = run.text(&typo.clip_time, palette.ink3, text);
        let bar = place.progress;
        let end = [bar.h / 2.0; 4];
        sheet.plate(bar, end, Fill::Solid(palette.ink3.fade(0.35)), None, None);
        let share = (position.unwrap_or(0) as f64 / length as f64).clamp(0.0, 1.0) as f32;
        if share > 0.0 {
            sheet.plate(Rect { w: (bar.w * share).max(bar.h), ..bar }, end, Fill::Solid(palette.accent), None, None);
            let head = Point { x: bar.x + bar.w * share, y: bar.y + bar.h / 2.0 };
            sheet.disc(head, bar.h, Fill::Solid(palette.accent), None);
        }
    }
    run.fit(place.state.w).draw(place.state, Anchor::End, sheet);
}

/// mm:ss, or h:mm:ss.
fn clock(us: i64) -> String {
    let seconds = us.max(0) / SECOND_US;
    let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if h > 0 { format!("{h}:{m:02}:{s:02}") } else { format!("{m:02}:{s:02}") }
}
