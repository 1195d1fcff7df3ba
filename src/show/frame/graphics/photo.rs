//! 合影留念: a calm frame round everybody on stage, and who they are.

use super::{run::Run, slate};
use crate::show::{
    frame::{
        cx::Cx,
        layer::Layer,
        part::{Anchor, Fill, Point, Rect},
        sheet::{Sheet, outline},
    },
    protocol::roster::Team,
    state::SlateCard,
};

pub fn compose(cx: &Cx, card: &SlateCard, layers: &mut Vec<Layer>) {
    let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
    let (place, shown) = (&cx.theme.layout.slates.photo, &card.shown);
    slate::row(cx, 0, place.frame, layers, |sheet| {
        sheet.plate(place.frame, [place.radius; 4], Fill::None, outline(place.stroke, palette.plate_edge), None);
    });
    slate::row(cx, 1, place.title, layers, |sheet| {
        slate::text(cx, place.title, place.align, &typo.slate_title, palette.ink, &shown.title, sheet);
    });
    slate::row(cx, 2, place.subtitle, layers, |sheet| {
        let subtitle = shown.subtitle.lines().next().unwrap_or_default();
        slate::line(cx, place.subtitle, place.align, &typo.slate_subtitle, palette.ink2, subtitle, sheet);
    });
    slate::row(cx, 3, place.frame, layers, |sheet| names(cx, card, sheet));
}

/// Every team in its drawn order, row by row from the left, the block in the middle of its place.
fn names(cx: &Cx, card: &SlateCard, sheet: &mut Sheet) {
    let place = &cx.theme.layout.slates.photo;
    let teams = cx.core.teams();
    let runs: Vec<Run> = teams.iter().map(|team| run(cx, team)).collect();
    let Some(&(_, most)) = place.columns.iter().find(|(up_to, _)| teams.len() <= *up_to as usize) else { return };
    let (least_row, most_row) = place.row;
    // Long names need wider cells: the most columns in which every name stands whole.
    let cell = |columns: u32| place.names.w / columns as f32 - 2.0 * place.cell_padding;
    let whole = |columns: &u32| runs.iter().all(|run| run.fits(cell(*columns)));
    let columns = (1..=most).rev().find(whole).unwrap_or(1);
    let width = place.names.w / columns as f32;
    let rows = teams.len().div_ceil(columns as usize).max(1);
    let per_page = rows.min((place.names.h / least_row).floor().max(1.0) as usize);
    let height = (place.names.h / per_page as f32).min(most_row);
    let pages = rows.div_ceil(per_page);
    let page = super::page(cx, card.since, pages);
    let top = place.names.y + (place.names.h - height * per_page as f32) / 2.0;
    for row in 0..per_page {
        let first = (page * per_page + row) * columns as usize;
        let here: Vec<&&Team> = teams.iter().skip(first).take(columns as usize).collect();
        // A row that is not full stands in the middle.
        let left = place.names.x + (place.names.w - width * here.len() as f32) / 2.0;
        for (i, team) in here.into_iter().enumerate() {
            let rect = Rect::new(left + i as f32 * width, top + row as f32 * height, width, height);
            run(cx, team).fit(cell(columns)).draw(rect, Anchor::Centre, sheet);
        }
    }
    let half = pages.saturating_sub(1) as f32 * cx.theme.layout.card.dot_pitch / 2.0;
    super::dots_at(cx, Point { x: place.names.centre().x + half, y: place.dots_y }, page, pages, sheet);
}

fn run<'a>(cx: &'a Cx<'a>, team: &Team) -> Run<'a> {
    let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
    let gap = cx.theme.layout.slates.photo.number_gap;
    Run::new(cx).ringed(palette.ink, team.number.to_string()).gap(gap).text(&typo.row, palette.ink, &team.name)
}
