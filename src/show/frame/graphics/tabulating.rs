//! 统计中: a spinner and calm words. Nothing tells how long it takes, because nobody knows.

use super::{
    body::{Body, Setting},
    slate, spinner,
};
use crate::show::{
    frame::{
        cx::Cx,
        layer::{Layer, LayerKind},
        part::{Icon, Rect},
    },
    state::SlateCard,
};

pub fn compose(cx: &Cx, card: &SlateCard, layers: &mut Vec<Layer>) {
    let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
    let (place, shown) = (&cx.theme.layout.slates.tabulating, &card.shown);
    let ring = place.spinner;
    let mut sheet = cx.sheet(Rect::disc(ring.centre, ring.radius + ring.rim).grow(ring.rim));
    spinner::draw(cx, &ring, &mut sheet);
    sheet.icon(ring.centre, place.icon, Icon::Hourglass, palette.well_ink2);
    layers.push(cx.lay(LayerKind::Ring, 0, sheet, cx.fade_at(cx.since, cx.theme.motion.fade_in)));
    slate::row(cx, 1, place.title, layers, |sheet| {
        slate::text(cx, place.title, place.align, &typo.scene_title, palette.ink, &shown.title, sheet);
    });
    slate::row(cx, 2, place.subtitle, layers, |sheet| {
        slate::line(cx, place.subtitle, place.align, &typo.slate_subtitle, palette.ink2, &shown.subtitle, sheet);
    });
    slate::row(cx, 3, place.body, layers, |sheet| {
        let setting = Setting::at(place.align);
        let body = Body::fit(cx, &shown.body, &typo.slate_body, setting, place.body.w, place.body.h);
        let page = super::page(cx, card.since, body.pages.len());
        body.draw(cx, page, place.body, palette.ink, sheet);
    });
}
