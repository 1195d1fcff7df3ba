//! 鸣谢: the sun of the title card again, who is thanked beside it, and the show's name below the horizon.

use super::{
    body::{Body, Setting},
    slate,
};
use crate::show::{
    frame::{
        cx::Cx,
        layer::Layer,
        part::{Anchor, Fill, Rect},
    },
    state::SlateCard,
};

pub fn compose(cx: &Cx, card: &SlateCard, layers: &mut Vec<Layer>) {
    let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
    let (place, shown) = (&cx.theme.layout.slates.thanks, &card.shown);
    slate::row(cx, 0, place.title, layers, |sheet| {
        slate::text(cx, place.title, Anchor::Start, &typo.slate_title, palette.ink, &shown.title, sheet);
    });
    slate::row(cx, 1, place.subtitle, layers, |sheet| {
        let subtitle = shown.subtitle.lines().next().unwrap_or_default();
        slate::line(cx, place.subtitle, Anchor::Start, &typo.slate_subtitle, palette.ink2, subtitle, sheet);
    });
    // The slate's own lines, or else those who hold the contest.
    let organisers = cx.core.config.organisers.join("\n");
    let text = if shown.body.trim().is_empty() { &organisers } else { &shown.body };
    let body = Body::fit(cx, text, &typo.slate_subtitle, Setting::Plain, place.names.w, place.names.h);
    if body.height() > 0.0 {
        let (rule_w, gap) = place.rule;
        let area = Rect { x: place.names.x - rule_w - gap, ..place.names };
        slate::row(cx, 2, area, layers, |sheet| {
            let page = super::page(cx, card.since, body.pages.len());
            let rule = Rect::new(area.x, area.y, rule_w, body.height());
            sheet.plate(rule, [rule_w / 2.0; 4], Fill::Solid(palette.accent), None, None);
            body.draw(cx, page, place.names, palette.ink, sheet);
            super::dots_at(cx, place.dots, page, body.pages.len(), sheet);
        });
    }
    if cx.core.config.title != shown.title {
        slate::row(cx, 3, place.foot, layers, |sheet| {
            slate::line(cx, place.foot, Anchor::Start, &typo.slogan, palette.ink, &cx.core.config.title, sheet);
        });
    }
}
