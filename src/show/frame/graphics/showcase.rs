//! 风采展示: the title card of a performance, who performs, and its timer: the same ring in the same place as on a
//! question's card. Before the clock is armed it is a title card.

use super::{card, run::Run, slate};
use crate::show::{
    frame::{
        cx::Cx,
        fit::{fit, fit_balanced},
        layer::Layer,
        part::{Anchor, Fill, Point, Rect},
        sheet::{Sheet, shadow, vertical},
    },
    state::SlateCard,
    theme::Words,
};

pub fn compose(cx: &Cx, card: &SlateCard, layers: &mut Vec<Layer>) {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (place, shown) = (&layout.slates.showcase, &card.shown);
    let above = place.tag_gap + layout.slates.tag.height;
    let head = Rect { y: place.title.y - above, h: place.title.h + above, ..place.title };
    slate::row(cx, 0, head, layers, |sheet| {
        // Whatever its size, the title stands on the subtitle, and the tag on the title.
        let fitted = fit_balanced(cx.set, &shown.title, &typo.slate_title, place.title.w, place.title.h);
        let lines = fitted.page(super::page(cx, card.since, fitted.pages.len()));
        let y = place.title.y + place.title.h - lines.len() as f32 * fitted.step.1;
        sheet.lines(Point { x: place.title.x, y }, &typo.slate_title, fitted.step, palette.ink, lines);
        let tag = Point { x: place.title.x, y: y - place.tag_gap - layout.slates.tag.height };
        slate::tag(cx, tag, &cx.words.slates.showcase, palette.ink2, sheet);
    });
    if !shown.subtitle.trim().is_empty() {
        let (rule_w, gap) = place.rule;
        let area = Rect { x: place.subtitle.x - rule_w - gap, ..place.subtitle };
        slate::row(cx, 1, area, layers, |sheet| theme(cx, &shown.subtitle, sheet));
    }
    slate::row(cx, 2, place.team, layers, |sheet| {
        team(cx, sheet);
    });
    // In a team's row the words begin where the team would, when none is on.
    let beside = cx.core.turn.is_none() && place.body.y == place.team.y;
    let (left, right) = (if beside { place.team.x } else { place.body.x }, place.body.x + place.body.w);
    let body = Rect { x: left, w: right - left, ..place.body };
    slate::row(cx, 3, body, layers, |sheet| {
        slate::text(cx, body, Anchor::Start, &typo.slogan, palette.ink, shown.body.trim(), sheet);
    });
    card::clock(cx, None, layers);
}

/// What is shown, behind the accent's rule.
fn theme(cx: &Cx, subtitle: &str, sheet: &mut Sheet) {
    let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
    let place = &cx.theme.layout.slates.showcase;
    let fitted = fit(cx.set, subtitle, &typo.slate_subtitle, place.subtitle.w, place.subtitle.h);
    let page = super::page(cx, cx.since, fitted.pages.len());
    let long = fitted.page(page).len() as f32 * fitted.step.1;
    let (rule_w, gap) = place.rule;
    let spare = fitted.step.1 - fitted.step.0;
    let rule = Rect::new(place.subtitle.x - rule_w - gap, place.subtitle.y + spare / 2.0, rule_w, long - spare);
    sheet.plate(rule, [rule_w / 2.0; 4], Fill::Solid(palette.accent), None, None);
    let at = Point { x: place.subtitle.x, y: place.subtitle.y };
    sheet.lines(at, &typo.slate_subtitle, fitted.step, palette.ink, fitted.page(page));
}

/// The team on turn on its light pill, and the player where one is named.
fn team(cx: &Cx, sheet: &mut Sheet) -> Option<()> {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let place = &layout.slates.showcase;
    let turn = &cx.core.turn.as_ref()?.value;
    let team = cx.core.team(&turn.team)?;
    let mut run = Run::new(cx).ringed(palette.on_active, team.number.to_string()).gap(place.team_gap);
    run = run.text(&typo.lower_title, palette.on_active, &team.name);
    if let Some(player) = turn.player.as_deref().and_then(|id| cx.core.player(id)) {
        let name =
            if player.name.is_empty() { Words::with(&cx.words.player, player.number) } else { player.name.clone() };
        run = run.gap(place.team_gap).text(&typo.lower_text, palette.on_active2, name);
    }
    let run = run.fit(place.team.w - 2.0 * place.team_padding - place.team_gap);
    let pill = Rect { w: run.width() + 2.0 * place.team_padding + place.team_gap, ..place.team };
    let fall = shadow(layout.shadow_high, palette.shadow_high);
    sheet.plate(pill, [pill.h / 2.0; 4], vertical(palette.active), None, Some(fall));
    run.draw(Rect { x: pill.x + place.team_padding, w: run.width(), ..pill }, Anchor::Start, sheet);
    Some(())
}
