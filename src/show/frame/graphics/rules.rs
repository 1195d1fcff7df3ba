//! 赛制说明: the round that comes, its figures as tiles, its rules as lines. All of it is the rulebook's data: a round
//! that has no fouls has no tile of one.

use super::{
    body::{Body, Setting},
    rule_tiles::{self, Figures, Tile},
    slate,
};
use crate::show::{
    frame::{
        cx::Cx,
        layer::{Layer, LayerKind},
        part::{Anchor, Fill, Point, Rect},
        sheet::{Sheet, outline, shadow},
    },
    protocol::roster::RoundOpened,
    state::{Core, SlateCard},
    theme::Words,
};

/// Whether there is a round to explain: one that is closed has been; its figures would be the wrong ones.
pub fn explains(core: &Core) -> bool {
    open(core).is_some()
}

fn open(core: &Core) -> Option<&RoundOpened> {
    core.round.as_ref().filter(|round| round.closed.is_none()).map(|round| &*round.opened)
}

pub fn compose(cx: &Cx, card: &SlateCard, layers: &mut Vec<Layer>) {
    let Some(round) = open(cx.core) else {
        slate::message(cx, card, layers);
        return;
    };
    let (layout, palette) = (&cx.theme.layout, &cx.theme.palette);
    let place = &layout.slates.rules;
    let below = place.area.y >= place.name.y + place.name.h;
    let head = if below {
        Rect { h: place.area.y - layout.safe.y, ..layout.safe }
    } else {
        Rect { w: place.area.x - layout.safe.x, ..layout.safe }
    };
    slate::row(cx, 0, head, layers, |sheet| name(cx, card, round, sheet));

    let tiles = rule_tiles::of(cx, round);
    let text = lines(cx, card, round);
    let (pad_x, pad_y) = place.text_padding;
    let turns = place.turns && !tiles.is_empty() && !text.is_empty();
    let tiles_h = if tiles.is_empty() || turns { 0.0 } else { place.tile_height };
    let gap = if tiles.is_empty() || text.is_empty() || turns { 0.0 } else { place.gap };
    let room = place.area.h - tiles_h - gap - 2.0 * pad_y;
    let setting = if text.lines().count() > 1 { Setting::List } else { Setting::Plain };
    let body = Body::fit(cx, &text, &cx.theme.typography.rule_text, setting, place.area.w - 2.0 * pad_x, room);
    let text_h = if text.is_empty() { 0.0 } else { body.height() + 2.0 * pad_y };
    let y = place.area.y + (place.area.h - tiles_h - gap - text_h) / 2.0;
    // Where they take turns, the tiles are the first page.
    let first = usize::from(turns);
    let pages = first + body.pages.len();
    let page = super::page(cx, card.since, pages);
    if turns && page == 0 {
        let row =
            Rect { h: place.tile_height, y: place.area.y + (place.area.h - place.tile_height) / 2.0, ..place.area };
        tile_row(cx, &tiles, row, layers);
        return;
    }
    let turned = Some(card.since + page as i64 * cx.theme.motion.page.us()).filter(|_| turns);
    if !turns {
        tile_row(cx, &tiles, Rect { y, h: tiles_h, ..place.area }, layers);
    }
    if text.is_empty() {
        return;
    }
    let plate = Rect { y: y + tiles_h + gap, h: text_h, ..place.area };
    let index = 1 + tiles.len() as u16;
    let mut sheet = cx.sheet(plate.grow(layout.bleed));
    let fall = shadow(layout.shadow_high, palette.shadow_high);
    sheet.lit_plate(plate, [place.tile_radius; 4], palette.plate, palette, layout, fall);
    let at = Rect { x: plate.x + pad_x, y: plate.y + pad_y, ..plate };
    body.draw(cx, page - first, at, palette.ink, &mut sheet);
    let end = Point { x: plate.x + plate.w - pad_x, y: plate.y + plate.h - pad_y / 2.0 };
    super::dots_at(cx, end, page, pages, &mut sheet);
    let motion = turned.map_or_else(|| slate::step_in(cx, index), |at| cx.fade_at(at, cx.theme.motion.swap));
    layers.push(cx.lay(LayerKind::Slate, index, sheet, motion));
}

/// The tiles side by side, one after another.
fn tile_row(cx: &Cx, tiles: &[Tile], row: Rect, layers: &mut Vec<Layer>) {
    let placed = rule_tiles::places(cx, tiles, row);
    let figures = Figures::fit(cx, &placed);
    for (i, (tile, rect)) in placed.into_iter().enumerate() {
        slate::row(cx, 1 + i as u16, rect, layers, |sheet| tile.draw(cx, &figures, rect, sheet));
    }
}

/// Who answers, and the slate's own lines, or else the rulebook's.
fn lines(cx: &Cx, card: &SlateCard, round: &RoundOpened) -> String {
    let said = card.shown.body.trim();
    let text = if said.is_empty() { round.rules.text.join("\n") } else { said.to_owned() };
    let who = round.rules.who.trim();
    if who.is_empty() || text.contains(who) {
        return text;
    }
    let who = Words::with(&cx.words.slates.who, who);
    if text.is_empty() { who } else { format!("{who}\n{text}") }
}

/// Number and name of the round, which of how many it is.
fn name(cx: &Cx, card: &SlateCard, round: &RoundOpened, sheet: &mut Sheet) {
    let (typo, palette, words) = (&cx.theme.typography, &cx.theme.palette, &cx.words.slates);
    let place = &cx.theme.layout.slates.rules;
    let mut shift = 0.0;
    if round.number > 0 {
        let (centre, radius) = (place.number, place.number_radius);
        sheet.disc(centre, radius, Fill::Solid(palette.well), outline(place.number_stroke, palette.ring));
        let disc = Rect::disc(centre, radius);
        let inner = disc.grow(-2.0 * place.number_stroke);
        slate::line(cx, inner, Anchor::Centre, &typo.rule_number, palette.well_ink, &round.number.to_string(), sheet);
    } else {
        shift = place.name.x - (place.number.x - place.number_radius);
    }
    let left = |rect: Rect| Rect { x: rect.x - shift, w: rect.w + shift, ..rect };
    slate::line(cx, left(place.name), Anchor::Start, &typo.scene_title, palette.ink, &round.name, sheet);
    let what =
        if card.shown.title == round.name || card.shown.title.is_empty() { &words.rules } else { &card.shown.title };
    let subtitle = if round.subtitle.is_empty() { what.clone() } else { format!("{what}·{}", round.subtitle) };
    slate::line(cx, left(place.subtitle), Anchor::Start, &typo.sub, palette.ink2, &subtitle, sheet);
    if round.of < 2 || round.number == 0 || round.number > round.of {
        return;
    }
    if round.of <= place.pips_most {
        for n in 1..=round.of {
            let at = Point { x: place.pips.x - (round.of - n) as f32 * place.pip_pitch, y: place.pips.y };
            let (fill, ring) = match n.cmp(&round.number) {
                std::cmp::Ordering::Less => (Fill::Solid(palette.ink3), None),
                std::cmp::Ordering::Equal => (Fill::Solid(palette.accent), None),
                std::cmp::Ordering::Greater => (Fill::None, outline(place.number_stroke / 2.0, palette.ink3)),
            };
            sheet.disc(at, place.pip / 2.0, fill, ring);
        }
    }
    let of = Words::with(&words.rounds_of, round.of);
    slate::line(cx, place.of, Anchor::End, &typo.sub, palette.ink2, &of, sheet);
}

impl Tile {
    /// Plate, figure or words, caption.
    fn draw(&self, cx: &Cx, figures: &Figures, rect: Rect, sheet: &mut Sheet) {
        let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
        let place = &layout.slates.rules;
        let fall = shadow(layout.shadow_low, palette.shadow_low);
        sheet.lit_plate(rect, [place.tile_radius; 4], palette.plate, palette, layout, fall);
        let inner = Rect { x: rect.x + place.tile_padding, w: rect.w - 2.0 * place.tile_padding, ..rect };
        self.content.draw(cx, figures, Rect { y: rect.y + place.figure_y, h: place.figure_h, ..inner }, sheet);
        let caption = Rect { y: rect.y + place.caption_y, h: typo.caption.step().1, ..inner };
        slate::line(cx, caption, Anchor::Centre, &typo.caption, palette.ink2, &self.caption, sheet);
    }
}
