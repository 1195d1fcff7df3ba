//! Badges: 合议中 as long as an appeal is open, and how many of a large audience have answered.

use super::run::Run;
use crate::show::{
    frame::{
        cx::Cx,
        layer::{Layer, LayerKey, LayerKind, Placement},
        part::{Anchor, Icon, Rect},
        sheet::{Sheet, outline, shadow, vertical},
    },
    motion::share,
    state::{Scene, Show},
    theme::Words,
};

/// Under the header's right end, in every scene but the full-screen cards; gone when the appeal is resolved.
pub fn appeal(show: &Show, cx: &Cx, layers: &mut Vec<Layer>) {
    let Some(appeal) = &cx.core.appeal else { return };
    if matches!(show.program.scene, Scene::Ground | Scene::Slate) {
        return;
    }
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (place, span) = (&layout.badge, cx.theme.motion.badge.us());
    let gone = appeal.resolved.as_ref().map_or(0.0, |resolved| share(cx.now, resolved.since, span));
    let opacity = share(cx.now, appeal.since, span) * (1.0 - gone);
    if opacity <= 0.0 {
        return;
    }
    let mut run = Run::new(cx).icon(Icon::Gavel, place.icon, palette.on_active).gap(place.gap);
    run = run.text(&typo.head, palette.on_active, &cx.words.appeal);
    if let Some(team) = cx.core.team(&appeal.opened.team) {
        let name = team.short.as_ref().unwrap_or(&team.name);
        run = run.gap(place.gap).text(&typo.sub, palette.on_active2, name);
    }
    let run = run.fit(layout.safe.w / 3.0);
    let width = run.width() + 2.0 * place.padding;
    let pill = Rect::new(place.at.x - width, place.at.y, width, place.height);
    let mut sheet = Sheet::new(pill.grow(layout.bleed));
    let fall = shadow(layout.shadow_high, palette.shadow_high);
    sheet.plate(pill, [pill.h / 2.0; 4], vertical(palette.active), None, Some(fall));
    run.draw(pill, Anchor::Centre, &mut sheet);
    let key = LayerKey { kind: LayerKind::Badge, entry: appeal.seq, index: 0 };
    layers.push(sheet.into_layer(key, Placement::at(0.0, 0.0).faded(opacity)));
}

/// 已作答 n at the right end of the card's first row, while voters without seats answer.
pub fn answered(cx: &Cx, layers: &mut Vec<Layer>) {
    let Some(vote) = cx.core.audience.as_ref().filter(|vote| vote.seats == 0 && vote.tally.is_none()) else { return };
    if cx.core.question.as_ref().is_none_or(|ask| ask.key.is_some()) {
        return;
    }
    let (place, typo, palette) = (&cx.theme.layout.card, &cx.theme.typography, &cx.theme.palette);
    let text = Words::with(&cx.words.audience_locked, vote.count);
    let run = Run::new(cx).text(&typo.tag, palette.ink, text).fit(place.meta.w / 3.0);
    let width = run.width() + 2.0 * place.tag_padding;
    let pill = Rect::new(place.meta.x + place.meta.w - width, place.meta.y, width, place.meta.h);
    let mut sheet = cx.sheet(pill);
    sheet.plate(pill, [pill.h / 2.0; 4], vertical(palette.option), outline(place.tag_stroke, palette.ink3), None);
    run.draw(pill, Anchor::Centre, &mut sheet);
    let motion = &cx.theme.motion;
    layers.push(cx.lay(LayerKind::Badge, 0, sheet, cx.fade_at(cx.since.max(vote.since), motion.fade_in)));
}
