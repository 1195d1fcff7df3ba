//! One winner: the name as large as it goes, the unit below.

use super::{award_rows::Rows, seal};
use crate::show::frame::{
    fit::{fit, fit_balanced},
    layer::{Layer, LayerKind},
    part::{Anchor, Fill, Rect},
};

/// The winner, unless it was stepped to before it is to be told.
pub fn compose(rows: &Rows, layers: &mut Vec<Layer>) {
    let cx = rows.cx;
    let (place, typo, palette) = (&cx.theme.layout.award, &cx.theme.typography, &cx.theme.palette);
    if rows.shown.row.is_some_and(|(stepped, _)| stepped > 0) {
        return;
    }
    let Some(row) = rows.award.set.rows.first() else { return };
    let (rule, gap) = place.hero_rule;
    let area = Rect { x: place.hero.x + rule + gap, w: place.hero.w - rule - gap, ..place.hero };
    let unit = fit(cx.set, &row.unit, &typo.award_hero_unit, area.w, area.h / 3.0);
    let unit_h = if row.unit.is_empty() { 0.0 } else { unit.page(0).len() as f32 * unit.step.1 };
    let name = fit_balanced(cx.set, &row.name, &typo.award_hero, area.w, area.h - unit_h);
    let name_h = name.page(0).len() as f32 * name.step.1;
    let top = area.y + (area.h - name_h - unit_h) / 2.0;
    let mut sheet = cx.sheet(place.hero);
    let spare = (name.step.1 - name.step.0) / 2.0;
    let bar = Rect::new(place.hero.x, top + spare, rule, name_h + unit_h - 2.0 * spare);
    sheet.plate(bar, [rule / 2.0; 4], Fill::Solid(palette.accent), None, None);
    let at = Rect { y: top, h: name_h, ..area };
    seal::block(cx, at, Anchor::Start, &typo.award_hero, &name, palette.ink, &mut sheet);
    if unit_h > 0.0 {
        let at = Rect { y: top + name_h, h: unit_h, ..area };
        seal::block(cx, at, Anchor::Start, &typo.award_hero_unit, &unit, palette.ink2, &mut sheet);
    }
    layers.push(cx.lay(LayerKind::Seat, 0, sheet, cx.entrance(place.plan.lead)));
}
