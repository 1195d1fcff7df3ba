//! A case or a long question: facts, the numbered questions below them, the value under the ring (look.md tv-03).

use super::card;
use crate::show::{
    frame::{
        cx::Cx,
        fit::{Fitted, fit},
        part::{Anchor, Fill, Point, Rect, Rgba},
        sheet::{Sheet, outline},
    },
    protocol::play::QuestionKind,
    state::Ask,
    theme::{Step, Words},
};

/// A case is laid out as one, and so is a question without options that fits no card.
pub fn is_case(cx: &Cx, ask: &Ask) -> bool {
    let place = &cx.theme.layout.card;
    let long = || {
        let fitted = fit(cx.set, &ask.question.stem, &cx.theme.typography.stem, place.text.w, place.text.h);
        ask.question.options.is_empty() && ask.question.kind == QuestionKind::Short && fitted.pages.len() > 1
    };
    ask.question.kind == QuestionKind::Case || long()
}

/// Facts and questions; after the reveal the reference answer takes the facts' place, the questions stay.
pub fn draw(cx: &Cx, ask: &Ask, sheet: &mut Sheet) {
    let (place, typo, palette) = (&cx.theme.layout.card, &cx.theme.typography, &cx.theme.palette);
    let (facts, questions) = split(&ask.question.stem);
    let area = place.case_text;
    let asked = Asked::fit(cx, &questions, area);
    let below = if asked.height > 0.0 { asked.height + place.case_rule + 2.0 * place.case_gap } else { 0.0 };
    let room = Rect { h: area.h - below, ..area };
    let (text, since, ink) = match &ask.key {
        Some(key) => (Words::with(&cx.words.reference_is, key.value.key.join("；")), key.since, palette.ink),
        None => (facts.to_owned(), ask.since, palette.ink2),
    };
    let fitted = fit(cx.set, &text, &typo.case_facts, room.w, room.h);
    let page = super::page(cx, since, fitted.pages.len());
    sheet.lines(Point { x: room.x, y: room.y }, &typo.case_facts, fitted.step, ink, fitted.page(page));
    super::dots(cx, page, fitted.pages.len(), sheet);
    if asked.height > 0.0 {
        let set_height = fitted.page(page).len() as f32 * fitted.step.1;
        asked.draw(cx, Point { x: area.x, y: room.y + set_height + place.case_gap }, sheet);
    }
    value(cx, ask, sheet);
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

/// The text of a numbered line.
fn number(line: &str) -> Option<&str> {
    let line = line.trim();
    let rest = line.strip_prefix(|c: char| c.is_ascii_digit() || ('①'..='⑨').contains(&c))?;
    Some(rest.trim_start_matches(['.', '．', '、', ')', '）', ' ']).trim())
}

struct Asked {
    step: Step,
    questions: Vec<Fitted>,
    height: f32,
}

impl Asked {
    fn fit(cx: &Cx, questions: &[String], area: Rect) -> Self {
        let (place, role) = (&cx.theme.layout.card, &cx.theme.typography.case_question);
        let mut best = Self { step: role.step(), questions: Vec::new(), height: 0.0 };
        for &step in &role.ladder {
            let role = crate::show::theme::Role { ladder: vec![step], ..role.clone() };
            let set: Vec<_> =
                questions.iter().map(|text| fit(cx.set, text, &role, area.w - place.case_indent, area.h)).collect();
            let lines: usize = set.iter().map(|fitted| fitted.page(0).len()).sum();
            best = Self { step, questions: set, height: lines as f32 * step.1 };
            if best.height <= area.h / 2.0 {
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
fn value(cx: &Cx, ask: &Ask, sheet: &mut Sheet) {
    let (place, typo, palette) = (&cx.theme.layout.card, &cx.theme.typography, &cx.theme.palette);
    let centre = place.value;
    let row =
        |y: f32, h: f32| Rect::new(centre.x - 160.0_f32.min(place.value_radius * 2.5), y, place.value_radius * 5.0, h);
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
            &cx.words.risk_value,
        );
    }
    let width = cx.set.width(&cx.words.case, &typo.tag.style(typo.tag.step(), Rgba::CLEAR)) + 2.0 * place.tag_padding;
    let below = place.value_caption_y + typo.caption.step().1 + place.case_gap;
    card::tag(cx, ask, Rect::new(centre.x - width / 2.0, below, width, place.meta.h), sheet);
}
