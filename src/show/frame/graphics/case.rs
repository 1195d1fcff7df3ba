//! A case or a long question: facts, the numbered questions below them, the value under the ring (look.md tv-03).

use super::{
    card, card_row,
    listing::{Block, Heading, Listing, Section},
    long,
};
use crate::show::{
    frame::{
        cx::Cx,
        fit::{Fitted, fit},
        part::{Anchor, Fill, Point, Rect, Rgba},
        sheet::{Sheet, outline},
    },
    protocol::roster::Format,
    state::Ask,
    theme::Step,
};

/// Facts and questions; after the reveal the reference answer takes the facts' place, the questions stay.
pub fn draw(cx: &Cx, ask: &Ask, sheet: &mut Sheet) {
    let (place, typo, palette) = (&cx.theme.layout.card, &cx.theme.typography, &cx.theme.palette);
    let (facts, questions) = split(&ask.question.stem);
    let area = place.case_text;
    let mut asked = Asked::fit(cx, &questions, facts, area);
    let least = typo.case_facts.ladder.last().map_or(0.0, |step| 2.0 * step.1);
    // Questions that would leave no room above them are paged with the facts.
    let merged = area.h - asked.height - place.case_rule - 2.0 * place.case_gap < least;
    if merged {
        asked = Asked { height: 0.0, questions: Vec::new(), ..asked };
    }
    let below = if asked.height > 0.0 { asked.height + place.case_rule + 2.0 * place.case_gap } else { 0.0 };
    let room = Rect { h: area.h - below, ..area };
    let (listing, since) = match told(cx, ask) {
        Some((sections, since)) => (Listing::fit(cx, sections, &typo.list_text, room), since),
        None => {
            let block = Block { mark: None, text: facts.to_owned(), ink: palette.ink2 };
            let mut blocks = vec![block];
            if merged {
                blocks.extend(Block::parts(&questions, palette.ink));
            }
            let section = Section { heading: None, blocks };
            (Listing::fit(cx, vec![section], &typo.case_facts, room), ask.since)
        }
    };
    let page = super::page(cx, since, listing.pages());
    let height = listing.draw(page, 1.0, sheet);
    // The questions stay where they are while pages turn above them.
    let height = if listing.pages() > 1 { room.h } else { height };
    let dots = Point { x: place.dots.x, y: place.case_plate.y + place.case_plate.h - place.dot_pitch / 2.0 };
    super::dots_at(cx, dots, page, listing.pages(), sheet);
    if asked.height > 0.0 {
        asked.draw(cx, Point { x: area.x, y: room.y + height + place.case_gap }, sheet);
    }
    value(cx, ask, sheet);
}

/// What was answered; after the reveal what is right, part by part, and why.
fn told<'a>(cx: &'a Cx<'a>, ask: &Ask) -> Option<(Vec<Section<'a>>, i64)> {
    let palette = &cx.theme.palette;
    if let Some(key) = &ask.key {
        let parts: Vec<String> = key.value.key.iter().filter(|part| !part.trim().is_empty()).cloned().collect();
        let heading = Heading { text: &cx.words.reference, fill: palette.ok_fill, ink: palette.on_ok };
        let mut sections = vec![Section { heading: Some(heading), blocks: Block::parts(&parts, palette.ink) }];
        sections.extend(long::explanation(cx, ask));
        return Some((sections, key.since));
    }
    let answer = ask.answer.as_ref().filter(|answer| cx.shows(answer.since))?;
    let text = answer.given.text.as_deref().map(str::trim).filter(|text| !text.is_empty())?;
    let (fill, ink) = match answer.locked {
        Some(_) => (palette.accent_fill, palette.on_accent),
        None => (palette.active, palette.on_active),
    };
    let heading = Heading { text: &cx.words.given, fill, ink };
    let blocks = Block::parts(&[text.to_owned()], palette.ink);
    Some((vec![Section { heading: Some(heading), blocks }], answer.since))
}

/// The stem's facts, and its questions where it ends in numbered ones (1. 2. 3., ①②③, （1）（2）).
fn split(stem: &str) -> (&str, Vec<String>) {
    let lines: Vec<&str> = stem.lines().collect();
    let numbered = lines.iter().rev().take_while(|line| number(line).is_some()).count();
    if numbered == 0 || numbered == lines.len() {
        return (stem, Vec::new());
    }
    let questions =
        lines.iter().rev().take(numbered).rev().filter_map(|line| number(line)).map(str::to_owned).collect();
    let facts: usize = lines.iter().take(lines.len() - numbered).map(|line| line.len() + 1).sum();
    (stem.get(..facts.saturating_sub(1)).unwrap_or(stem), questions)
}

/// The text of a numbered line: a mark must follow the figure, or it is a sentence that begins with one (12345 热线).
fn number(line: &str) -> Option<&str> {
    let line = line.trim();
    if let Some(rest) = line.strip_prefix(|c: char| ('①'..='⑨').contains(&c)) {
        return Some(rest.trim());
    }
    let rest = line.strip_prefix(['（', '(']).unwrap_or(line);
    let rest = rest.strip_prefix(|c: char| c.is_ascii_digit())?;
    let rest = rest.strip_prefix(|c: char| c.is_ascii_digit()).unwrap_or(rest);
    Some(rest.strip_prefix(['.', '．', '、', ')', '）'])?.trim())
}

struct Asked {
    step: Step,
    questions: Vec<Fitted>,
    height: f32,
}

impl Asked {
    fn fit(cx: &Cx, questions: &[String], facts: &str, area: Rect) -> Self {
        let (place, role) = (&cx.theme.layout.card, &cx.theme.typography.case_question);
        // On a low plate the questions are set smaller, if that keeps the facts on one page.
        let spares = |height: f32| {
            let room = area.h - height - place.case_rule - 2.0 * place.case_gap;
            !card_row::stands(cx) || fit(cx.set, facts, &cx.theme.typography.case_facts, area.w, room).pages.len() <= 1
        };
        let mut best = Self { step: role.step(), questions: Vec::new(), height: 0.0 };
        for &step in &role.ladder {
            let role = crate::show::theme::Role { ladder: vec![step], ..role.clone() };
            let set: Vec<_> =
                questions.iter().map(|text| fit(cx.set, text, &role, area.w - place.case_indent, area.h)).collect();
            let lines: usize = set.iter().map(|fitted| fitted.page(0).len()).sum();
            best = Self { step, questions: set, height: lines as f32 * step.1 };
            if best.height <= area.h / 2.0 && spares(best.height) {
                break;
            }
        }
        best
    }

    fn draw(&self, cx: &Cx, at: Point, sheet: &mut Sheet) {
        let (place, typo, palette) = (&cx.theme.layout.card, &cx.theme.typography, &cx.theme.palette);
        let edge = palette.plate_edge;
        let rule = Rect::new(at.x, at.y, place.case_text.w, place.case_rule);
        sheet.plate(rule, [0.0; 4], Fill::Horizontal(vec![(edge, 0.0), (edge.fade(0.0), 0.8)]), None, None);
        let mut y = at.y + place.case_rule + place.case_gap;
        let size = place.case_disc;
        for (i, fitted) in self.questions.iter().enumerate() {
            let centre = Point { x: at.x + size / 2.0, y: y + self.step.1 / 2.0 };
            sheet.disc(centre, size / 2.0, Fill::None, outline(place.case_disc_stroke, palette.ink));
            let disc = Rect::disc(centre, size / 2.0);
            sheet.line(
                typo,
                disc,
                Anchor::Centre,
                &typo.coin_number,
                typo.coin_number.ladder.last().copied().unwrap_or(self.step),
                palette.ink,
                (i + 1).to_string(),
            );
            let text = Point { x: at.x + place.case_indent, y };
            sheet.lines(text, &typo.case_question, self.step, palette.ink, fitted.page(0));
            y += fitted.page(0).len() as f32 * self.step.1;
        }
    }
}

/// Kind and value under the ring, where a case has room.
pub fn value(cx: &Cx, ask: &Ask, sheet: &mut Sheet) {
    let (place, typo, palette) = (&cx.theme.layout.card, &cx.theme.typography, &cx.theme.palette);
    if card_row::stands(cx) {
        return;
    }
    let centre = place.value;
    let row =
        |y: f32, h: f32| Rect::new(centre.x - 160.0_f32.min(place.value_radius * 2.5), y, place.value_radius * 5.0, h);
    let format = cx.core.round.as_ref().map(|round| round.opened.format);
    let risk = matches!(format, Some(Format::RiskChoice | Format::RiskAssigned));
    if let Some(value) = ask.question.value {
        sheet.disc(centre, place.value_radius, Fill::None, outline(place.value_stroke, palette.ink2));
        let disc = Rect::disc(centre, place.value_radius);
        let text = value.to_string();
        let step = crate::show::frame::fit_line(cx.set, &text, &typo.count, place.value_radius * 1.6);
        sheet.line(typo, disc, Anchor::Centre, &typo.count, step, palette.ink, text);
        let caption =
            Rect { x: centre.x - place.value_radius * 2.5, ..row(place.value_caption_y, typo.caption.step().1) };
        sheet.line(
            typo,
            caption,
            Anchor::Centre,
            &typo.caption,
            typo.caption.step(),
            palette.ink2,
            if risk { &cx.words.risk_value } else { &cx.words.question_value },
        );
    }
    // The phase has the kind's place as long as it lasts.
    if cx.core.phase.is_some() && ask.key.is_none() && ask.verdict.is_none() {
        return;
    }
    let word = card::kind(cx.words, ask.question.kind);
    let width = cx.set.width(word, &typo.tag.style(typo.tag.step(), Rgba::CLEAR)) + 2.0 * place.tag_padding;
    let below = place.value_caption_y + typo.caption.step().1 + place.case_gap;
    card::tag(cx, ask, Rect::new(centre.x - width / 2.0, below, width, place.meta.h), sheet);
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_figure_begins_a_question_only_with_its_mark() {
        assert_eq!(split("12345 热线来电。\n1. 甲？\n2、乙？").1, ["甲？", "乙？"]);
        assert_eq!(split("事实。\n（1）甲？\n②乙？").1, ["甲？", "乙？"]);
        assert!(split("事实。\n2024 年施行。").1.is_empty());
    }
}
