//! Standings: the feed's order and figures, row by row, the first one last. Ranks only where the feed ranks.

use super::run::Run;
use crate::show::{
    frame::{
        cx::Cx,
        fit::{fit_line, one_line},
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Point, Rect},
        sheet::{outline, shadow, vertical},
    },
    motion::share,
    protocol::score::StandingsRow,
    theme::Words,
};

/// One layer a row, from the last to the first; the first comes after a held breath.
pub fn compose(cx: &Cx, layers: &mut Vec<Layer>) {
    let Some(standings) = &cx.core.standings else { return };
    let rows = &standings.set.rows;
    let motion = &cx.theme.motion;
    for (index, row) in rows.iter().enumerate() {
        let from_last = (rows.len() - 1 - index) as i64;
        let hold = if index == 0 { motion.row_first_hold.us() } else { 0 };
        let since = cx.since + from_last * motion.row_stagger.us() + hold;
        let came = motion.curves.out.progress(cx.now, since, motion.option_in.us());
        let opacity = share(cx.now, since, motion.fade_in.us());
        let motion = Placement::at(0.0, motion.travel_px * (1.0 - came)).faded(opacity);
        layers.push(layer(cx, row, standings.set.ranked, index, rows.len(), motion));
    }
}

/// The first row is the tallest; more rows than the design has are set closer.
fn place(cx: &Cx, index: usize, count: usize) -> Rect {
    let place = &cx.theme.layout.standings;
    if index == 0 {
        return place.first;
    }
    let top = place.first.y + place.first.h + place.gap;
    let room = place.bottom - top;
    let pitch = (room / (count - 1).max(1) as f32).min(place.pitch);
    let height = place.first.h.min(pitch - place.gap.min(pitch / 8.0));
    Rect::new(place.first.x, top + (index - 1) as f32 * pitch, place.first.w, height)
}

fn layer(cx: &Cx, row: &StandingsRow, ranked: bool, index: usize, count: usize, motion: Placement) -> Layer {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (place_of, rect) = (&layout.standings, place(cx, index, count));
    let first = index == 0 && ranked;
    let mut sheet = cx.sheet(rect.grow(layout.bleed));
    let (fill, ink, ink2) = if first {
        (palette.accent_fill, palette.on_accent, palette.on_accent)
    } else {
        (palette.option, palette.ink, palette.ink2)
    };
    let fall = shadow(layout.shadow_low, palette.shadow_low);
    let (end, far) = (rect.h / 2.0, place_of.radius);
    sheet.plate(rect, [end, far, far, end], vertical(fill), outline(layout.border, palette.plate_border), Some(fall));

    let team = cx.core.team(&row.team);
    let number = if ranked { row.rank } else { team.map(|team| team.number) };
    let radius = rect.h * place_of.disc;
    let centre = Point { x: rect.x + end, y: rect.y + end };
    sheet.disc(centre, radius, Fill::None, outline(layout.card.letter_stroke, ink2));
    if let Some(number) = number {
        let text = number.to_string();
        let step = fit_line(cx.set, &text, &typo.letter, radius * 1.5);
        sheet.line(typo, Rect::disc(centre, radius), Anchor::Centre, &typo.letter, step, ink, text);
    }
    let (name_role, figure_role) =
        if index == 0 { (&typo.judge, &typo.row_first) } else { (&typo.row, &typo.row_figure) };
    let right = rect.x + rect.w - place_of.padding;
    let total = row.total.to_string();
    let figure_step = fit_line(cx.set, &total, figure_role, rect.w / 4.0);
    let line = Rect { w: right - rect.x, ..rect };
    sheet.line(typo, line, Anchor::End, figure_role, figure_step, ink, total);

    let left = rect.x + rect.h + place_of.gap * 2.0;
    let name = team.map_or(row.team.as_str(), |team| team.name.as_str());
    let (step, name) = one_line(cx.set, name, name_role, place_of.parts_x - left, &cx.words.more);
    sheet.line(typo, Rect { x: left, ..rect }, Anchor::Start, name_role, step, ink, name);
    let parts = [(&cx.words.written, row.written), (&cx.words.stage, row.stage)];
    let mut run = Run::new(cx);
    for (word, points) in parts {
        if let Some(points) = points {
            run = run.text(&typo.caption, ink2, Words::with(word, points)).gap(place_of.gap * 3.0);
        }
    }
    let parts_at = Rect { x: place_of.parts_x, w: place_of.parts_w, ..rect };
    run.fit(place_of.parts_w).draw(parts_at, Anchor::Start, &mut sheet);
    cx.lay(LayerKind::Panel, index as u16, sheet, motion)
}
