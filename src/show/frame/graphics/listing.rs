//! Long texts as a list: paragraphs with numbers or letters, under a heading, on as many pages as they need.

use crate::show::{
    frame::{
        cx::Cx,
        part::{Anchor, Fill, Point, Rect, Rgba},
        sheet::{Sheet, outline, vertical},
    },
    theme::{Gradient, Role, Step},
};

/// A paragraph and the mark before it.
pub struct Block {
    /// A number or a letter in its ring; none runs over the whole width.
    pub mark: Option<String>,
    pub text: String,
    pub ink: Rgba,
}

impl Block {
    /// Paragraphs of one text, or the parts of several, numbered.
    pub fn parts(texts: &[String], ink: Rgba) -> Vec<Self> {
        let several = texts.len() > 1;
        let number = |i: usize| several.then(|| (i + 1).to_string());
        texts.iter().enumerate().map(|(i, text)| Self { mark: number(i), text: text.trim().to_owned(), ink }).collect()
    }
}

/// What a list begins with: a pill that says what it is.
#[derive(Clone, Copy)]
pub struct Heading<'a> {
    pub text: &'a str,
    pub fill: Gradient,
    pub ink: Rgba,
}

/// Blocks under one heading; each section begins a page of its own.
pub struct Section<'a> {
    pub heading: Option<Heading<'a>>,
    pub blocks: Vec<Block>,
}

struct Line {
    block: usize,
    /// The first line of its block carries the mark.
    first: bool,
    text: String,
}

/// One page: of which section, how large its type, its lines.
struct Page {
    section: usize,
    step: Step,
    lines: Vec<Line>,
}

/// Sections set in an area: which lines stand on which page.
pub struct Listing<'a> {
    cx: &'a Cx<'a>,
    sections: Vec<Section<'a>>,
    role: &'a Role,
    area: Rect,
    pages: Vec<Page>,
}

impl<'a> Listing<'a> {
    /// Each section at the largest step of the role's ladder at which it has one page, else on pages at the smallest.
    pub fn fit(cx: &'a Cx<'a>, sections: Vec<Section<'a>>, role: &'a Role, area: Rect) -> Self {
        let mut listing = Self { cx, sections, role, area, pages: Vec::new() };
        for section in 0..listing.sections.len() {
            let mut set = Vec::new();
            for &step in &role.ladder {
                set = listing.section(section, step);
                if set.len() <= 1 {
                    break;
                }
            }
            listing.pages.extend(set);
        }
        listing
    }

    pub fn pages(&self) -> usize {
        self.pages.len()
    }

    fn top(&self, section: usize) -> f32 {
        let place = &self.cx.theme.layout.long;
        let headed = self.sections.get(section).is_some_and(|section| section.heading.is_some());
        if headed { place.heading + place.heading_gap } else { 0.0 }
    }

    fn section(&self, at: usize, step: Step) -> Vec<Page> {
        let (place, card) = (&self.cx.theme.layout.long, &self.cx.theme.layout.card);
        let room = self.area.h - self.top(at) + 0.5;
        let style = self.role.style(step, Rgba::CLEAR);
        let mut pages = Vec::new();
        let (mut page, mut used) = (Vec::new(), 0.0);
        let blocks = self.sections.get(at).map_or(&[][..], |section| &section.blocks);
        for (block, content) in blocks.iter().enumerate() {
            let width = self.area.w - if content.mark.is_some() { card.case_indent } else { 0.0 };
            let lines = self.cx.set.lines(&content.text, &style, width);
            for (i, text) in lines.into_iter().enumerate() {
                let gap = if i == 0 && !page.is_empty() { place.paragraph } else { 0.0 };
                if used + gap + step.1 > room && !page.is_empty() {
                    pages.push(Page { section: at, step, lines: std::mem::take(&mut page) });
                    used = 0.0;
                }
                used += step.1 + if page.is_empty() { 0.0 } else { gap };
                page.push(Line { block, first: i == 0, text });
            }
        }
        if !page.is_empty() {
            pages.push(Page { section: at, step, lines: page });
        }
        pages
    }

    /// Draws one page, the last one for any beyond; returns its height.
    pub fn draw(&self, page: usize, came: f32, sheet: &mut Sheet) -> f32 {
        let Some(page) = self.pages.get(page.min(self.pages.len().saturating_sub(1))) else { return 0.0 };
        let Page { section: at, step, lines } = page;
        let step = *step;
        let Some(section) = self.sections.get(*at) else { return 0.0 };
        let (theme, area) = (self.cx.theme, self.area);
        let (place, card, typo) = (&theme.layout.long, &theme.layout.card, &theme.typography);
        if let Some(heading) = section.heading {
            let tag = typo.tag.step();
            let style = typo.tag.style(tag, heading.ink);
            let text = crate::show::frame::cut(self.cx.set, heading.text, &style, area.w, &self.cx.words.more);
            let width = self.cx.set.width(&text, &style) + 2.0 * card.tag_padding;
            let pill = Rect::new(area.x, area.y, width, place.heading);
            let (top, bottom) = (heading.fill.0.fade(came), heading.fill.1.fade(came));
            sheet.plate(pill, [pill.h / 2.0; 4], vertical(Gradient(top, bottom)), None, None);
            sheet.line(typo, pill, Anchor::Centre, &typo.tag, tag, heading.ink.fade(came), text);
        }
        let mut y = area.y + self.top(*at);
        for (i, line) in lines.iter().enumerate() {
            let Some(block) = section.blocks.get(line.block) else { continue };
            if line.first && i > 0 {
                y += place.paragraph;
            }
            let ink = block.ink.fade(came);
            let mut x = area.x;
            if let Some(mark) = &block.mark {
                if line.first {
                    self.mark(mark, Point { x: x + place.letter / 2.0, y: y + step.1 / 2.0 }, ink, sheet);
                }
                x += card.case_indent;
            }
            let row = Rect::new(x, y, area.w - (x - area.x), step.1);
            sheet.line(typo, row, Anchor::Start, self.role, step, ink, line.text.as_str());
            y += step.1;
        }
        y - area.y
    }

    fn mark(&self, mark: &str, centre: Point, ink: Rgba, sheet: &mut Sheet) {
        let (place, typo) = (&self.cx.theme.layout.long, &self.cx.theme.typography);
        let radius = place.letter / 2.0;
        sheet.disc(centre, radius, Fill::None, outline(self.cx.theme.layout.card.case_disc_stroke, ink));
        let step = typo.list_letter.ladder.last().copied().unwrap_or(typo.list_letter.step());
        sheet.line(typo, Rect::disc(centre, radius), Anchor::Centre, &typo.list_letter, step, ink, mark);
    }
}
