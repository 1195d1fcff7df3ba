//! A card's lines: one paragraph centred, a list with a bullet at each, or paragraphs as they are; fitted, else paged.

use crate::show::{
    frame::{
        cx::Cx,
        fit::fit,
        part::{Anchor, Fill, Point, Rect, Rgba},
        sheet::Sheet,
    },
    theme::{Role, Step},
};

/// How the lines stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Setting {
    Centred,
    /// From the left.
    Plain,
    /// From the left, a bullet where a paragraph begins.
    List,
}

impl Setting {
    /// As the lines above it stand.
    pub fn at(anchor: Anchor) -> Self {
        if anchor == Anchor::Centre { Self::Centred } else { Self::Plain }
    }

    /// Beside a title one paragraph begins at the left, several are a list.
    pub fn beside(text: &str) -> Self {
        if paragraphs(text).len() > 1 { Self::List } else { Self::Plain }
    }

    /// One paragraph is centred, several are a list.
    pub fn of(text: &str) -> Self {
        if paragraphs(text).len() > 1 { Self::List } else { Self::Centred }
    }
}

/// The lines of a text, not yet broken; empty ones say nothing.
pub fn paragraphs(text: &str) -> Vec<&str> {
    text.lines().map(str::trim).filter(|line| !line.is_empty()).collect()
}

/// Lines as they will be drawn.
pub struct Body<'a> {
    role: &'a Role,
    step: Step,
    setting: Setting,
    /// (begins a paragraph, line).
    pub pages: Vec<Vec<(bool, String)>>,
}

impl<'a> Body<'a> {
    /// The largest step at which all of it fits, else pages at the smallest.
    pub fn fit(cx: &Cx, text: &str, role: &'a Role, setting: Setting, width: f32, height: f32) -> Self {
        let place = &cx.theme.layout.slate;
        let paragraphs = paragraphs(text);
        let indent = if setting == Setting::List { place.bullet + place.bullet_gap } else { 0.0 };
        let mut found = Self { role, step: role.step(), setting, pages: Vec::new() };
        for &step in &role.ladder {
            let lines = broken(cx, &paragraphs, role, step, width - indent);
            let per_page = ((height + 0.5) / step.1).floor().max(1.0) as usize;
            found = Self { role, step, setting, pages: lines.chunks(per_page).map(<[_]>::to_vec).collect() };
            if found.pages.len() <= 1 {
                break;
            }
        }
        found
    }

    /// Every page is as high as the highest, so that nothing jumps when they turn.
    pub fn height(&self) -> f32 {
        self.pages.iter().map(Vec::len).max().unwrap_or(0) as f32 * self.step.1
    }

    /// The widest line of any page, with its bullet.
    pub fn width(&self, cx: &Cx) -> f32 {
        let style = self.role.style(self.step, Rgba::CLEAR);
        let lines = self.pages.iter().flatten().map(|(_, line)| cx.set.width(line, &style));
        let place = &cx.theme.layout.slate;
        let indent = if self.setting == Setting::List { place.bullet + place.bullet_gap } else { 0.0 };
        lines.fold(0.0, f32::max) + indent
    }

    /// Page `page`, from the top of `area`.
    pub fn draw(&self, cx: &Cx, page: usize, area: Rect, ink: Rgba, sheet: &mut Sheet) {
        let (place, typo, palette) = (&cx.theme.layout.slate, &cx.theme.typography, &cx.theme.palette);
        let Some(lines) = self.pages.get(page) else { return };
        for (i, (begins, line)) in lines.iter().enumerate() {
            let row = Rect::new(area.x, area.y + i as f32 * self.step.1, area.w, self.step.1);
            let (anchor, at) = match self.setting {
                Setting::Centred => (Anchor::Centre, row),
                Setting::Plain => (Anchor::Start, row),
                Setting::List => (Anchor::Start, Rect { x: row.x + place.bullet + place.bullet_gap, ..row }),
            };
            if *begins && self.setting == Setting::List {
                let centre = Point { x: row.x + place.bullet / 2.0, y: row.y + row.h / 2.0 };
                sheet.disc(centre, place.bullet / 2.0, Fill::Solid(palette.accent), None);
            }
            sheet.line(typo, at, anchor, self.role, self.step, ink, line);
        }
    }
}

fn broken(cx: &Cx, paragraphs: &[&str], role: &Role, step: Step, width: f32) -> Vec<(bool, String)> {
    let one = Role { ladder: vec![step], ..role.clone() };
    let lines = |text: &&str| {
        let fitted = fit(cx.set, text, &one, width, f32::MAX);
        fitted.page(0).iter().enumerate().map(|(i, line)| (i == 0, line.clone())).collect::<Vec<_>>()
    };
    paragraphs.iter().flat_map(lines).collect()
}
