//! A clip: its picture in its well, its title, and where in it we are. While it is not fit for air the well is its slate.
//! Figures change once a second, so the caption is drawn once a second; the film is a layer of its own.

use super::{run::Run, slate};
use crate::show::{
    clip::Clip,
    frame::{
        cx::Cx,
        layer::{Layer, LayerKind},
        part::{Anchor, Fill, Icon, Part, Point, Rect},
        sheet::{Sheet, outline, shadow, vertical},
    },
    state::{Media, MediaPhase},
    theme::Ms,
    time::SECOND_US,
};

/// A film whose shape differs from its place's by no more than this, px, fills it.
const SLIVER: f32 = 2.0;

pub fn compose(cx: &Cx, layers: &mut Vec<Layer>) {
    let Some(media) = &cx.core.media else { return };
    let place = &cx.theme.layout.slates.media;
    match film(cx, media) {
        Some(clip) => screen(cx, media, clip, layers),
        None => announced(cx, media, layers),
    }
    let bar = place.progress;
    let below = Rect { h: place.state.h + bar.h, ..place.state };
    let mut sheet = cx.sheet(bar.grow(bar.h).union(place.title).union(below));
    caption(cx, media, &mut sheet);
    layers.push(cx.lay(LayerKind::Panel, 0, sheet, cx.entrance(Ms(cx.theme.motion.stagger.0))));
}

/// The film itself, where it is fit for air.
fn film<'a>(cx: &Cx<'a>, media: &Media) -> Option<&'a Clip> {
    cx.clips.get(&media.cued.sha256.parse().ok()?).map(AsRef::as_ref)
}

/// The film, whole, in the middle of its well.
fn screen(cx: &Cx, media: &Media, clip: &Clip, layers: &mut Vec<Layer>) {
    let (layout, palette) = (&cx.theme.layout, &cx.theme.palette);
    let place = &layout.slates.media;
    // The border lies round the picture, not on it.
    let frame = place.well.grow(place.border);
    let mut sheet = cx.sheet(frame.grow(layout.bleed));
    let fall = shadow(layout.shadow_high, palette.shadow_high);
    let border = outline(place.border, palette.plate_edge);
    sheet.plate(frame, [place.radius + place.border; 4], vertical(palette.screen), border, Some(fall));
    layers.push(cx.lay(LayerKind::Card, 0, sheet, cx.entrance(Ms(0))));

    let rect = fitted(place.well, clip.raster);
    let sides = (rect.x - place.well.x).max(rect.y - place.well.y);
    let mut sheet = cx.sheet(rect);
    sheet.push(Part::Video {
        rect,
        clip: clip.key,
        picture: clip.picture_at(position_us(cx, media, clip.length_us)),
        crop: Rect::new(0.0, 0.0, clip.raster.0 as f32, clip.raster.1 as f32),
        radius: (place.radius - sides).max(0.0),
        alpha: 1.0,
    });
    layers.push(cx.lay(LayerKind::Card, 1, sheet, cx.entrance(Ms(0))));
}

/// As large as it fits, in the middle, on whole px.
fn fitted(well: Rect, raster: (u32, u32)) -> Rect {
    let (w, h) = (raster.0.max(1) as f32, raster.1.max(1) as f32);
    let scale = (well.w / w).min(well.h / h);
    let fill = |fits: f32, all: f32| if all - fits <= SLIVER { all } else { fits.round() };
    let (w, h) = (fill(w * scale, well.w), fill(h * scale, well.h));
    Rect::new(well.x + ((well.w - w) / 2.0).floor(), well.y + ((well.h - h) / 2.0).floor(), w, h)
}

/// The slate in the place of the film.
fn announced(cx: &Cx, media: &Media, layers: &mut Vec<Layer>) {
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
}

/// Where in the film we are, µs from its zero; at its end once it has ended.
fn position_us(cx: &Cx, media: &Media, length_us: i64) -> i64 {
    match media.phase {
        MediaPhase::Cued => 0,
        MediaPhase::Playing { at } => cx.now.saturating_sub(at).max(0),
        MediaPhase::Paused { position_us } => position_us,
        MediaPhase::Ended => length_us,
    }
}

/// How long it is, µs: as it was measured, else as it was announced.
fn length_us(cx: &Cx, media: &Media) -> Option<i64> {
    let measured = film(cx, media).filter(|clip| !clip.is_still()).map(|clip| clip.length_us);
    measured.or(media.cued.duration_us).filter(|length| *length > 0)
}

/// Whole seconds into the clip, µs; never beyond its end; none before it plays, or where no end is known.
fn whole_us(cx: &Cx, media: &Media) -> Option<i64> {
    let length = length_us(cx, media);
    let at = match media.phase {
        MediaPhase::Cued => return None,
        MediaPhase::Ended => length?,
        MediaPhase::Playing { .. } | MediaPhase::Paused { .. } => position_us(cx, media, 0),
    };
    let whole = at.max(0) / SECOND_US * SECOND_US;
    Some(length.map_or(whole, |length| whole.min(length)))
}

fn caption(cx: &Cx, media: &Media, sheet: &mut Sheet) {
    let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
    let place = &cx.theme.layout.slates.media;
    let title = media.cued.title.as_deref().unwrap_or_default();
    slate::line(cx, place.title, Anchor::Start, &typo.lower_title, palette.ink, title, sheet);
    let mut run = Run::new(cx).text(&typo.lower_text, palette.ink2, state(cx, media));
    let position = whole_us(cx, media);
    if let Some(at) = position {
        run = run.gap(place.state_gap).text(&typo.clip_time, palette.ink, clock(at));
    }
    if let Some(length) = length_us(cx, media) {
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

/// Whether it plays or stands, where, and how long it is, as one line; none before it plays.
pub fn times(cx: &Cx, media: &Media) -> Option<String> {
    let at = clock(whole_us(cx, media)?);
    let of = length_us(cx, media).map(|length| format!(" / {}", clock(length))).unwrap_or_default();
    Some(format!("{} {at}{of}", state(cx, media)).trim().to_owned())
}

fn state<'a>(cx: &Cx<'a>, media: &Media) -> &'a str {
    match media.phase {
        MediaPhase::Playing { .. } => &cx.words.slates.playing,
        MediaPhase::Paused { .. } => &cx.words.paused,
        MediaPhase::Cued | MediaPhase::Ended => "",
    }
}

/// mm:ss, or h:mm:ss.
fn clock(us: i64) -> String {
    let seconds = us.max(0) / SECOND_US;
    let (h, m, s) = (seconds / 3600, seconds / 60 % 60, seconds % 60);
    if h > 0 { format!("{h}:{m:02}:{s:02}") } else { format!("{m:02}:{s:02}") }
}
