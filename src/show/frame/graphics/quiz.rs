//! 互动问答: the audience is asked, and either answer is thanked. No scores, no red.
//!
//! The body's first two lines say what a right answer brings and what any other does; further lines stand below.

use super::{
    body::{Body, Setting, paragraphs},
    slate,
};
use crate::show::{
    frame::{
        cx::Cx,
        layer::Layer,
        part::{Anchor, Fill, Icon, Point, Rect, Rgba},
        sheet::{Sheet, outline, shadow, vertical},
    },
    protocol::roster::Format,
    state::{Core, SlateCard},
    theme::Gradient,
};

/// Whether it is the audience that is asked: then a wrong answer is no loss.
pub fn is_on(core: &Core) -> bool {
    core.round.as_ref().is_some_and(|round| round.closed.is_none() && round.opened.format == Format::AudienceQuiz)
}

pub fn compose(cx: &Cx, card: &SlateCard, layers: &mut Vec<Layer>) {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (place, shown, words) = (&layout.slates.quiz, &card.shown, &cx.words.slates);
    slate::row(cx, 0, place.title, layers, |sheet| {
        slate::text(cx, place.title, place.align, &typo.slate_title, palette.ink, &shown.title, sheet);
    });
    slate::row(cx, 1, place.subtitle, layers, |sheet| {
        slate::line(cx, place.subtitle, place.align, &typo.slate_subtitle, palette.ink2, &shown.subtitle, sheet);
    });
    let lines = paragraphs(&shown.body);
    let offers = [
        Offer { word: &words.gift, fill: palette.ok_fill, ink: palette.on_ok, icon: Icon::Check },
        Offer { word: &words.souvenir, fill: palette.option, ink: palette.ink, icon: Icon::Plus },
    ];
    let width = (place.offers.w - place.gap) / 2.0;
    for (i, offer) in offers.into_iter().enumerate() {
        let rect = Rect { x: place.offers.x + i as f32 * (width + place.gap), w: width, ..place.offers };
        slate::row(cx, 2 + i as u16, rect, layers, |sheet| {
            offer.draw(cx, rect, lines.get(i).copied().unwrap_or_default(), sheet);
        });
    }
    let rest = lines.get(2..).unwrap_or_default().join("\n");
    if rest.is_empty() {
        return;
    }
    slate::row(cx, 4, place.body, layers, |sheet| {
        let body = Body::fit(cx, &rest, &typo.slate_body, Setting::at(place.align), place.body.w, place.body.h);
        let page = super::page(cx, card.since, body.pages.len());
        body.draw(cx, page, place.body, palette.ink, sheet);
    });
}

/// What an answer brings.
struct Offer<'a> {
    word: &'a str,
    fill: Gradient,
    ink: Rgba,
    icon: Icon,
}

impl Offer<'_> {
    fn draw(&self, cx: &Cx, rect: Rect, line: &str, sheet: &mut Sheet) {
        let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
        let place = &layout.slates.quiz;
        let (end, fall) = (rect.h / 2.0, shadow(layout.shadow_high, palette.shadow_high));
        let border = outline(layout.border, palette.plate_border);
        sheet.plate(rect, [end, place.radius, place.radius, end], vertical(self.fill), border, Some(fall));
        let centre = Point { x: rect.x + place.inset + place.disc / 2.0, y: rect.y + end };
        sheet.disc(centre, place.disc / 2.0, Fill::Solid(self.ink), None);
        sheet.icon(centre, place.icon, self.icon, self.fill.1);
        let x = centre.x + place.disc / 2.0 + place.words_gap;
        let width = rect.x + rect.w - place.words_gap - x;
        let (word, text) = (typo.judge.step(), typo.caption.step());
        let height = if line.is_empty() { word.1 } else { word.1 + place.line_gap + text.1 };
        let at = Rect::new(x, rect.y + (rect.h - height) / 2.0, width, word.1);
        slate::line(cx, at, Anchor::Start, &typo.judge, self.ink, self.word, sheet);
        let below = Rect::new(x, at.y + word.1 + place.line_gap, width, text.1);
        slate::line(cx, below, Anchor::Start, &typo.caption, self.ink, line, sheet);
    }
}
