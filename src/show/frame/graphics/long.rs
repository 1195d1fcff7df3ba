//! A question that no card holds: stem and options as one paged list, the options' letters with their states below.

use super::{
    listing::{Block, Heading, Listing, Section},
    options::{self, Choice},
};
use crate::show::{
    frame::{
        cx::Cx,
        fit::fit,
        part::{Anchor, Fill, Icon, Point, Rect},
        sheet::{Sheet, outline, vertical},
    },
    protocol::play::QuestionKind,
    state::Ask,
};

/// Whether a question is set on the whole plate: a case, a stem of many pages, options that no grid holds.
pub fn is_long(cx: &Cx, ask: &Ask, options: Rect) -> bool {
    let (place, question) = (&cx.theme.layout, &ask.question);
    let pages = || {
        let text = place.card.text;
        fit(cx.set, &question.stem, &cx.theme.typography.stem, text.w, text.h).pages.len()
    };
    if question.options.is_empty() {
        return question.kind == QuestionKind::Case || pages() > 1;
    }
    question.kind == QuestionKind::Case || pages() > place.long.stem_pages as usize || !options::fits(cx, ask, options)
}

/// Stem, then options; after the reveal what is right, then why.
pub fn draw(cx: &Cx, ask: &Ask, plate: Rect, sheet: &mut Sheet) {
    let (place, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let inset = place.card.case_plate.h - place.card.case_text.h;
    let area = Rect { h: plate.h - inset, ..place.card.case_text };
    let room = Rect { h: area.h - place.long.letters - place.card.case_gap, ..area };
    let marked = |right: bool| {
        let option = ask.question.options.iter();
        let key = ask.key.as_ref().map(|key| &key.value.key);
        let shown = option.filter(move |option| !right || key.is_some_and(|key| key.contains(&option.label)));
        shown.map(|option| Block { mark: Some(option.label.clone()), text: option.text.clone(), ink: palette.ink })
    };
    let (sections, since) = match &ask.key {
        Some(key) => {
            let heading = Heading { text: &cx.words.right_answer, fill: palette.ok_fill, ink: palette.on_ok };
            let mut sections = vec![Section { heading: Some(heading), blocks: marked(true).collect() }];
            sections.extend(explanation(cx, ask));
            (sections, key.since)
        }
        None => {
            let mut blocks = vec![Block { mark: None, text: ask.question.stem.clone(), ink: palette.ink }];
            blocks.extend(marked(false));
            (vec![Section { heading: None, blocks }], ask.since)
        }
    };
    let listing = Listing::fit(cx, sections, &typo.list_text, room);
    let page = super::page(cx, since, listing.pages());
    listing.draw(page, 1.0, sheet);
    super::dots_at(
        cx,
        Point { x: place.card.dots.x, y: area.y + area.h - place.long.letters / 2.0 },
        page,
        listing.pages(),
        sheet,
    );
    letters(cx, ask, Rect::new(area.x, area.y + area.h - place.long.letters, area.w, place.long.letters), sheet);
}

/// 解析, for a list.
pub fn explanation<'a>(cx: &'a Cx<'a>, ask: &Ask) -> Option<Section<'a>> {
    let palette = &cx.theme.palette;
    let text = ask.key.as_ref()?.value.explanation.as_deref().map(str::trim).filter(|text| !text.is_empty())?;
    let heading = Heading { text: &cx.words.explanation, fill: palette.active, ink: palette.on_active };
    let block = Block { mark: None, text: text.to_owned(), ink: palette.ink };
    Some(Section { heading: Some(heading), blocks: vec![block] })
}

/// A pill a letter: what was picked, what is right.
fn letters(cx: &Cx, ask: &Ask, row: Rect, sheet: &mut Sheet) {
    let (place, typo, palette) = (&cx.theme.layout.long, &cx.theme.typography, &cx.theme.palette);
    let count = ask.question.options.len().max(1) as f32;
    // The dots have the row's right end.
    let room = row.w * 0.86;
    let width = ((room + place.letter_gap) / count - place.letter_gap).min(place.letter_w);
    for (i, option) in ask.question.options.iter().enumerate() {
        let rect = Rect::new(row.x + i as f32 * (width + place.letter_gap), row.y, width, row.h);
        let choice = Choice::shown(cx, ask, option);
        let (fill, border, icon, ink) = match choice {
            Choice::Idle => (Fill::None, outline(place.letter_stroke, palette.ink2), None, palette.ink),
            Choice::Selected => {
                (vertical(palette.option), outline(place.letter_stroke * 1.5, palette.accent), None, palette.accent)
            }
            Choice::Locked => (vertical(palette.accent_fill), None, Some(Icon::Lock), palette.on_accent),
            Choice::Right | Choice::Missed => (vertical(palette.ok_fill), None, Some(Icon::Check), palette.on_ok),
            Choice::Picked => (Fill::None, outline(place.letter_stroke * 1.5, palette.ink), None, palette.ink),
            Choice::Wrong => (vertical(palette.no_fill), None, Some(Icon::Cross), palette.on_no),
            Choice::Other => (Fill::None, outline(place.letter_stroke, palette.ink3.fade(0.6)), None, palette.ink_dim),
        };
        sheet.plate(rect, [rect.h / 2.0; 4], fill, border, None);
        let step = typo.list_letter.step();
        let letter = cx.set.width(&option.label, &typo.list_letter.style(step, ink));
        let used = letter + icon.map_or(0.0, |_| place.letter_icon + place.letter_gap / 2.0);
        let mut x = rect.x + (rect.w - used) / 2.0;
        if let Some(icon) = icon {
            sheet.icon(
                Point { x: x + place.letter_icon / 2.0, y: rect.y + rect.h / 2.0 },
                place.letter_icon,
                icon,
                ink,
            );
            x += place.letter_icon + place.letter_gap / 2.0;
        }
        let at = Rect { x, w: letter, ..rect };
        sheet.line(typo, at, Anchor::Start, &typo.list_letter, step, ink, option.label.as_str());
    }
}
