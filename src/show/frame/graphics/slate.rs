//! Full-screen cards: the show's title, and everything that is said on one plate (rules, notary, interlude, …).

use crate::show::{
    frame::{
        cx::Cx,
        fit::{Fitted, fit, fit_balanced, one_line},
        layer::{Layer, LayerKind},
        part::{Anchor, Fill, Point, Rect},
        sheet::{Sheet, shadow},
    },
    protocol::score::{SlateKind, SlateShown},
    state::SlateCard,
    theme::{Ms, Role, Step},
};

/// The slate on air.
pub fn compose(cx: &Cx, layers: &mut Vec<Layer>) {
    match &cx.core.slate {
        Some(card) if card.shown.kind == SlateKind::Title => title(cx, &card.shown, layers),
        Some(card) if card.shown.kind == SlateKind::Lineup => super::lineup::compose(cx, card, layers),
        Some(card) => message(cx, card, layers),
        None => {}
    }
}

/// The title card: who holds it, what it is, which part of it, and the slogan; one after another beside the sun.
fn title(cx: &Cx, shown: &SlateShown, layers: &mut Vec<Layer>) {
    let (place, typo, palette) = (&cx.theme.layout.title, &cx.theme.typography, &cx.theme.palette);
    let more = &cx.words.more;
    let mut index = 0;
    let mut row = |area: Rect, draw: &dyn Fn(&mut Sheet)| {
        let mut sheet = cx.sheet(area);
        draw(&mut sheet);
        let delay = Ms(cx.theme.motion.title_delay.0 + cx.theme.motion.title_stagger.0 * i64::from(index));
        layers.push(cx.lay(LayerKind::Slate, index, sheet, cx.entrance(delay)));
        index += 1;
    };
    row(place.series, &|sheet| {
        let organisers = cx.core.config.organisers.join("·");
        let series = if organisers.is_empty() && cx.core.config.title != shown.title {
            cx.core.config.title.clone()
        } else {
            organisers
        };
        let (step, text) = one_line(cx.set, &series, &typo.slate_subtitle, place.series.w, more);
        sheet.line(typo, place.series, Anchor::Start, &typo.slate_subtitle, step, palette.ink2, text);
    });
    row(place.title, &|sheet| {
        let fitted = fit_balanced(cx.set, &shown.title, &typo.slate_title, place.title.w, place.title.h);
        let lines = fitted.page(super::page(cx, cx.since, fitted.pages.len()));
        // Whatever its size, the title stands on the subtitle.
        let y = place.title.y + place.title.h - lines.len() as f32 * fitted.step.1;
        sheet.lines(Point { x: place.title.x, y }, &typo.slate_title, fitted.step, palette.ink, lines);
    });
    let area = place.subtitle;
    let (rule_w, rule_gap) = place.rule;
    row(Rect { x: area.x - rule_w - rule_gap, w: area.w + rule_w + rule_gap, ..area }, &|sheet| {
        let fitted = fit(cx.set, &shown.subtitle, &typo.slate_subtitle, area.w, area.h);
        let lines = fitted.page(super::page(cx, cx.since, fitted.pages.len()));
        if shown.subtitle.is_empty() {
            return;
        }
        let (size, height) = (fitted.step.0, fitted.step.1);
        let spare = height - size;
        let long = lines.len() as f32 * height - spare;
        let rule = Rect::new(area.x - rule_w - rule_gap, area.y + spare / 2.0, rule_w, long);
        sheet.plate(rule, [rule_w / 2.0; 4], Fill::Solid(palette.accent), None, None);
        let y = area.y - typo.rise * size;
        sheet.lines(Point { x: area.x, y }, &typo.slate_subtitle, fitted.step, palette.ink, lines);
    });
    row(place.slogan, &|sheet| {
        let slogan = shown.body.lines().next().unwrap_or_default();
        let (step, text) = one_line(cx.set, slogan, &typo.slogan, place.slogan.w, more);
        sheet.line(typo, place.slogan, Anchor::Start, &typo.slogan, step, palette.ink, text);
    });
}

/// Everything else: title, subtitle and body on one plate, centred as a block; several lines are a list.
fn message(cx: &Cx, card: &SlateCard, layers: &mut Vec<Layer>) {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (place, shown) = (&layout.slate, &card.shown);
    let mut sheet = cx.sheet(place.plate.grow(layout.bleed));
    let fall = shadow(layout.shadow_high, palette.shadow_high);
    sheet.lit_plate(place.plate, [place.radius; 4], palette.plate, palette, layout, fall);

    let after_title = place.subtitle.y - place.title.y - place.title.h;
    let after_subtitle = place.body.y - place.subtitle.y - place.subtitle.h;
    let least = typo.scene_title.ladder.last().map_or(0.0, |step| step.1);
    let head = fit_balanced(cx.set, &shown.title, &typo.scene_title, place.title.w, place.title.h.max(2.0 * least));
    let head_lines = head.page(super::page(cx, card.since, head.pages.len()));
    let head_height = head_lines.len() as f32 * head.step.1;
    let (sub_step, sub) = one_line(cx.set, &shown.subtitle, &typo.slate_subtitle, place.subtitle.w, &cx.words.more);
    let sub_height = if sub.is_empty() { 0.0 } else { sub_step.1 + after_title };

    let bottom = place.body.y + place.body.h;
    let room = (bottom - place.title.y - head_height - sub_height - after_subtitle).max(0.0);
    let body = Body::fit(cx, &shown.body, place.body.w, room);
    let page = super::page(cx, card.since, body.pages.len());
    let body_height = body.tallest();
    let gap = if body_height > 0.0 { after_subtitle } else { 0.0 };
    let block = head_height + sub_height + gap + body_height;
    let mut y = place.plate.y + (place.plate.h - block) / 2.0;

    for line in head_lines {
        let at = Rect::new(place.title.x, y, place.title.w, head.step.1);
        sheet.line(typo, at, Anchor::Centre, &typo.scene_title, head.step, palette.ink, line);
        y += head.step.1;
    }
    if sub_height > 0.0 {
        let at = Rect::new(place.subtitle.x, y + after_title, place.subtitle.w, sub_step.1);
        sheet.line(typo, at, Anchor::Centre, &typo.slate_subtitle, sub_step, palette.ink2, sub);
        y += sub_height;
    }
    body.draw(cx, page, Rect::new(place.body.x, y + gap, place.body.w, body_height), &mut sheet);
    let pages = body.pages.len();
    let half = (pages.saturating_sub(1)) as f32 * layout.card.dot_pitch / 2.0;
    let end = Point { x: place.plate.centre().x + half, y: place.dots_y };
    super::dots_at(cx, end, page, pages, &mut sheet);
    layers.push(cx.lay(LayerKind::Slate, 0, sheet, cx.entrance(Ms(0))));
}

/// The body: one paragraph, or a list with a bullet at each.
struct Body {
    step: Step,
    list: bool,
    /// (begins a paragraph, line).
    pages: Vec<Vec<(bool, String)>>,
}

impl Body {
    /// The largest step at which all of it fits, else pages at the smallest.
    fn fit(cx: &Cx, text: &str, width: f32, height: f32) -> Self {
        let (place, role) = (&cx.theme.layout.slate, &cx.theme.typography.slate_body);
        let paragraphs: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
        let list = paragraphs.len() > 1;
        let indent = if list { place.bullet + place.bullet_gap } else { 0.0 };
        let mut found = Self { step: role.step(), list, pages: Vec::new() };
        for &step in &role.ladder {
            let lines = broken(cx, &paragraphs, role, step, width - indent);
            let per_page = ((height + 0.5) / step.1).floor().max(1.0) as usize;
            found = Self { step, list, pages: lines.chunks(per_page).map(<[_]>::to_vec).collect() };
            if found.pages.len() <= 1 {
                break;
            }
        }
        found
    }

    /// Every page is as high as the highest, so that nothing jumps when they turn.
    fn tallest(&self) -> f32 {
        self.pages.iter().map(Vec::len).max().unwrap_or(0) as f32 * self.step.1
    }

    fn draw(&self, cx: &Cx, page: usize, area: Rect, sheet: &mut Sheet) {
        let (place, typo, palette) = (&cx.theme.layout.slate, &cx.theme.typography, &cx.theme.palette);
        let Some(lines) = self.pages.get(page) else { return };
        for (i, (begins, line)) in lines.iter().enumerate() {
            let row = Rect::new(area.x, area.y + i as f32 * self.step.1, area.w, self.step.1);
            if !self.list {
                sheet.line(typo, row, Anchor::Centre, &typo.slate_body, self.step, palette.ink, line);
                continue;
            }
            if *begins {
                let centre = Point { x: row.x + place.bullet / 2.0, y: row.y + row.h / 2.0 };
                sheet.disc(centre, place.bullet / 2.0, Fill::Solid(palette.accent), None);
            }
            let at = Rect { x: row.x + place.bullet + place.bullet_gap, ..row };
            sheet.line(typo, at, Anchor::Start, &typo.slate_body, self.step, palette.ink, line);
        }
    }
}

fn broken(cx: &Cx, paragraphs: &[&str], role: &Role, step: Step, width: f32) -> Vec<(bool, String)> {
    let one = Role { ladder: vec![step], ..role.clone() };
    let lines = |text: &&str| {
        let fitted: Fitted = fit(cx.set, text, &one, width, f32::MAX);
        fitted.page(0).iter().enumerate().map(|(i, line)| (i == 0, line.clone())).collect::<Vec<_>>()
    };
    paragraphs.iter().flat_map(lines).collect()
}
