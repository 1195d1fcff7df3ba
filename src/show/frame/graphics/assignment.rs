//! 他选: who names whom. The newest pair large, from ring to ring; every pair so far in the grid below.

use super::{buzzer::hero, run::Run};
use crate::show::{
    frame::{
        cx::Cx,
        fit::{fit_line, one_line},
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Icon, Point, Rect},
        sheet::{Sheet, outline, shadow, vertical},
    },
    motion::lerp,
    protocol::roster::Team,
    state::Edge,
    theme::Words,
};

/// The pair that was named or corrected last, and the grid.
pub fn compose(cx: &Cx, layers: &mut Vec<Layer>) {
    let newest =
        cx.core.edges.iter().max_by_key(|edge| edge.was.as_ref().map_or(edge.seq, |was| was.seq.max(edge.seq)));
    let Some(edge) = newest else { return };
    pair(cx, edge, layers);
    grid(cx, edge, layers);
}

fn pair(cx: &Cx, edge: &Edge, layers: &mut Vec<Layer>) {
    let (layout, palette, motion) = (&cx.theme.layout, &cx.theme.palette, &cx.theme.motion);
    let place = &layout.assignment;
    let since = edge.was.as_ref().map_or(edge.since, |was| was.since.max(edge.since)).max(cx.on_air);
    let drawn = motion.curves.io.progress(cx.now, since, motion.edge_line.us());
    let lit = cx.now >= since + motion.edge_line.us();

    for (index, id, centre, fill, ink, ring) in [
        (7, &edge.from, place.from, palette.active, palette.on_active, palette.active.1),
        (8, &edge.to, place.to, palette.option, palette.ink, palette.plate_edge),
    ] {
        let hit = index == 8 && lit;
        let (fill, ink, ring) =
            if hit { (palette.accent_fill, palette.on_accent, palette.accent) } else { (fill, ink, ring) };
        let mut sheet = cx.sheet(Rect::disc(centre, place.radius + place.rim).grow(place.rim));
        sheet.disc(centre, place.radius + place.rim, Fill::Solid(palette.well), None);
        sheet.disc(centre, place.radius, Fill::None, outline(place.stroke, ring));
        sheet.disc(centre, place.inner, vertical(fill), None);
        number(cx, cx.core.team(id), centre, ink, &mut sheet);
        let popped = motion.curves.pop.progress(cx.now, since + motion.edge_line.us(), motion.disc_in.us());
        let scale = if hit { lerp(motion.disc_from, 1.0, popped) } else { 1.0 };
        layers.push(cx.lay(LayerKind::Ring, index, sheet, Placement::at(0.0, 0.0).scaled(scale, scale)));
    }

    let names = Rect::new(layout.safe.x, place.from.y, layout.safe.w, place.name_y + layout.bleed * 3.0);
    let mut sheet = cx.sheet(names);
    for (id, centre) in [(&edge.from, place.from), (&edge.to, place.to)] {
        let name = cx.core.team(id).map_or(id, |team| &team.name);
        let role = &cx.theme.typography.edge_name;
        let area = Rect::new(centre.x - place.name_w / 2.0, centre.y + place.name_y, place.name_w, role.step().1);
        hero(cx, name, role, area, Anchor::Centre, &mut sheet);
    }
    layers.push(cx.lay(LayerKind::Panel, 0, sheet, Placement::at(0.0, 0.0)));

    // The line grows from A to B: its layer is wiped, not drawn anew.
    let reach = place.radius + place.rim + place.line_gap;
    let (from, to) = (place.from.x + reach, place.to.x - reach);
    let (y, half) = (place.from.y, place.line / 2.0);
    let area = Rect::new(from, y - place.arrow / 2.0, to - from, place.arrow);
    let mut sheet = cx.sheet(area);
    let stops = vec![(palette.active.1, 0.0), (palette.accent, 1.0)];
    let bar = Rect::new(from, y - half, to - from - place.arrow * 0.3, place.line);
    sheet.plate(bar, [half; 4], Fill::Horizontal(stops), None, None);
    sheet.icon(Point { x: to - place.arrow / 2.0, y }, place.arrow, Icon::Arrow, palette.accent);
    let clip = Rect::new(0.0, 0.0, area.w.ceil() * drawn, area.h.ceil());
    let placement = Placement { clip: (drawn < 1.0).then_some(clip), ..Placement::at(0.0, 0.0) };
    layers.push(cx.lay(LayerKind::Panel, 1, sheet, placement.faded(if drawn > 0.0 { 1.0 } else { 0.0 })));

    words(cx, edge, Rect::new(from, y + place.above_y, to - from, place.pill_h), layers);
}

/// Over the line what is done and who answers; under it what it was before a correction.
fn words(cx: &Cx, edge: &Edge, above: Rect, layers: &mut Vec<Layer>) {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let place = &layout.assignment;
    let mut sheet = cx.sheet(above.grow(layout.bleed));
    let player = edge.player.as_deref().and_then(|id| cx.core.player(id));
    let text = match player {
        Some(player) if player.name.is_empty() => {
            Words::with(&cx.words.assigned_player, Words::with(&cx.words.player, player.number))
        }
        Some(player) => Words::with(&cx.words.assigned_player, &player.name),
        None => cx.words.assigned.clone(),
    };
    pill(cx, &text, above, &mut sheet);
    layers.push(cx.lay(LayerKind::Panel, 2, sheet, Placement::at(0.0, 0.0)));

    let Some(was) = &edge.was else { return };
    let below = Rect { y: place.to.y + place.below_y, ..above };
    let mut sheet = cx.sheet(below.grow(layout.bleed / 2.0));
    let former = |id: &String| cx.core.team(id).map_or(id.clone(), |team| short(team).to_owned());
    Run::new(cx)
        .text(&typo.summary, palette.ink, &cx.words.corrected)
        .gap(place.cell_padding)
        .struck(&typo.summary, palette.ink2, former(&was.value.to), cx.theme.layout.assignment.strike)
        .fit(below.w)
        .draw(below, Anchor::Centre, &mut sheet);
    let came = cx.fade_at(was.since.max(cx.on_air), cx.theme.motion.swap);
    layers.push(cx.lay(LayerKind::Panel, 3, sheet, came));
}

fn number(cx: &Cx, team: Option<&Team>, centre: Point, ink: crate::show::frame::Rgba, sheet: &mut Sheet) {
    let (place, typo) = (&cx.theme.layout.assignment, &cx.theme.typography);
    let Some(team) = team else { return };
    let text = team.number.to_string();
    let step = fit_line(cx.set, &text, &typo.edge_number, 2.0 * place.inner * 0.86);
    sheet.line(typo, Rect::disc(centre, place.inner), Anchor::Centre, &typo.edge_number, step, ink, text);
}

fn pill(cx: &Cx, text: &str, row: Rect, sheet: &mut Sheet) {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (role, padding) = (&typo.buzz_pill, layout.assignment.pill_padding);
    let (step, text) = one_line(cx.set, text, role, row.w - 2.0 * padding, &cx.words.more);
    let w = cx.set.width(&text, &role.style(step, palette.on_active)) + 2.0 * padding;
    let rect = Rect { x: row.x + (row.w - w) / 2.0, w, ..row };
    let fall = shadow(layout.shadow_low, palette.shadow_low);
    sheet.plate(rect, [rect.h / 2.0; 4], vertical(palette.active), None, Some(fall));
    sheet.line(typo, rect, Anchor::Centre, role, step, palette.on_active, text);
}

/// All pairs in the order they were named; the newest has the accent's border.
fn grid(cx: &Cx, newest: &Edge, layers: &mut Vec<Layer>) {
    let layout = &cx.theme.layout;
    let place = &layout.assignment;
    let columns = place.columns.max(1) as usize;
    let rows = (((place.grid.h + place.gap) / (place.row + place.gap)).floor() as usize).max(1);
    let edges = &cx.core.edges;
    let pages = edges.len().div_ceil(columns * rows);
    // The page with the newest pair first; the others have their turn after it.
    let home = edges.iter().position(|edge| edge.seq == newest.seq).unwrap_or(0) / (columns * rows);
    let turn = cx.theme.motion.page.us().max(1);
    let page = (home + ((cx.now - cx.on_air).max(0) / turn) as usize) % pages.max(1);
    let mut sheet = cx.sheet(place.grid.grow(layout.bleed / 2.0));
    let width = (place.grid.w - place.gap * (columns as f32 - 1.0)) / columns as f32;
    // Few rows stand in the middle of the grid.
    let used =
        (if pages > 1 { rows } else { edges.len().div_ceil(columns) }) as f32 * (place.row + place.gap) - place.gap;
    let top = place.grid.y + (place.grid.h - used) / 2.0;
    let shown = (edges.len() - page * columns * rows).min(columns * rows);
    for (slot, edge) in edges.iter().skip(page * columns * rows).take(columns * rows).enumerate() {
        let (row, column) = (slot / columns, slot % columns);
        // A row that is not full stands in the middle.
        let in_row = columns.min(shown - row * columns) as f32;
        let left = place.grid.x + (place.grid.w - in_row * (width + place.gap) + place.gap) / 2.0;
        let rect = Rect::new(
            left + column as f32 * (width + place.gap),
            top + row as f32 * (place.row + place.gap),
            width,
            place.row,
        );
        cell(cx, edge, rect, edge.seq == newest.seq, &mut sheet);
    }
    // The last dot stands at the grid's right end.
    super::dots_at(cx, place.dots, page, pages, &mut sheet);
    let first = edges.len() <= 1;
    let came = if first { cx.fade_at(cx.on_air, cx.theme.motion.fade_in) } else { Placement::at(0.0, 0.0) };
    layers.push(cx.lay(LayerKind::Panel, 4, sheet, came));
}

/// ① 济南市 → ⑤ 威海市
fn cell(cx: &Cx, edge: &Edge, rect: Rect, newest: bool, sheet: &mut Sheet) {
    let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
    let place = &cx.theme.layout.assignment;
    let border = newest.then(|| outline(place.border, palette.accent)).flatten();
    sheet.plate(rect, [rect.h / 2.0; 4], vertical(palette.option), border, None);
    let role = &typo.coin_name;
    let named = |id: &str| {
        cx.core
            .team(id)
            .map_or((String::new(), id.to_owned()), |team| (team.number.to_string(), short(team).to_owned()))
    };
    let (from, to) = (named(&edge.from), named(&edge.to));
    let mut run = Run::new(cx).ringed(palette.ink2, from.0).gap(place.cell_gap).text(role, palette.ink, from.1);
    run = run.gap(place.cell_gap).icon(Icon::Arrow, place.cell_arrow, palette.accent).gap(place.cell_gap);
    run = run.ringed(palette.ink2, to.0).gap(place.cell_gap).text(role, palette.ink, to.1);
    run.fit(rect.w - 2.0 * place.cell_padding).draw(rect, Anchor::Centre, sheet);
}

fn short(team: &Team) -> &str {
    team.short.as_ref().unwrap_or(&team.name)
}
