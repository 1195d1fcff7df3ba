//! The line-up: all teams with their numbers, as banners or as a grid; or one of them with its players.

use super::{
    grid::{Grid, Mark, in_disc},
    seal,
};
use crate::show::{
    frame::{
        cx::Cx,
        fit::{fit_balanced, fit_line, one_line},
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Point, Rect},
        sheet::{outline, shadow, vertical},
    },
    protocol::roster::Team,
    state::SlateCard,
    theme::{GridPlace, Ms, Words},
};

/// All teams, or the one that the subtitle names.
pub fn compose(cx: &Cx, card: &SlateCard, layers: &mut Vec<Layer>) {
    if let Some(team) = cx.core.team(card.shown.subtitle.trim()) {
        hero(cx, card, team, layers);
        return;
    }
    head(cx, card, layers);
    let teams = cx.core.teams();
    if banners_fit(cx, &teams) {
        for (index, team) in teams.iter().enumerate() {
            banner(cx, team, index, teams.len(), layers);
        }
        return;
    }
    let place = &cx.theme.layout.lineup;
    let entries: Vec<(String, String)> =
        teams.iter().map(|team| (team.number.to_string(), team.name.clone())).collect();
    grid(cx, card, &entries, place.area, &place.grid, layers);
}

fn head(cx: &Cx, card: &SlateCard, layers: &mut Vec<Layer>) {
    let (place, typo, palette) = (&cx.theme.layout.lineup, &cx.theme.typography, &cx.theme.palette);
    let more = &cx.words.more;
    let mut sheet = cx.sheet(Rect { h: place.title.y + place.title.h - place.event.y, ..place.event });
    // A subtitle that names no team is read as it stands.
    let event = Some(card.shown.subtitle.as_str()).filter(|text| !text.trim().is_empty());
    let (step, text) = one_line(cx.set, event.unwrap_or(&cx.core.config.title), &typo.award_event, place.event.w, more);
    sheet.line(typo, place.event, Anchor::Centre, &typo.award_event, step, palette.ink2, text);
    let (step, text) = one_line(cx.set, &card.shown.title, &typo.scene_title, place.title.w, more);
    sheet.line(typo, place.title, Anchor::Centre, &typo.scene_title, step, palette.ink, text);
    layers.push(cx.lay(LayerKind::Slate, 0, sheet, cx.entrance(Ms(0))));
}

/// Few teams with short names have a banner each.
fn banners_fit(cx: &Cx, teams: &[&Team]) -> bool {
    let (most, longest) = cx.theme.layout.lineup.banners;
    let han = |name: &str| name.chars().count() <= longest as usize && name.chars().all(|c| c >= '\u{2E80}');
    !teams.is_empty() && teams.len() <= most as usize && teams.iter().all(|team| han(&team.name))
}

/// A ring with the team's number at the top, the name downwards below it.
fn banner(cx: &Cx, team: &Team, index: usize, count: usize, layers: &mut Vec<Layer>) {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (place, area) = (&layout.lineup, layout.lineup.banner);
    let pitch = ((area.w + place.banner_gap) / count as f32).min(place.banner_width + place.banner_gap * 2.0);
    let width = (pitch - place.banner_gap).min(place.banner_width);
    let left = area.centre().x + (index as f32 - (count as f32 - 1.0) / 2.0) * pitch - width / 2.0;
    let longest = cx.core.teams().iter().map(|team| team.name.chars().count()).max().unwrap_or(1).max(1);
    let room = area.h - width - 2.0 * place.banner_padding;
    let role = &typo.banner_name;
    let fits = |step: &&crate::show::theme::Step| {
        step.1 * longest as f32 <= room && step.0 <= width - 2.0 * place.banner_padding
    };
    let step = role.ladder.iter().find(fits).or(role.ladder.last()).copied().unwrap_or(typo.banner_name.step());
    let height = (width + longest as f32 * step.1 + 2.5 * place.banner_padding).min(area.h);
    let rect = Rect::new(left, area.y + (area.h - height) / 2.0, width, height);
    let mut sheet = cx.sheet(rect.grow(layout.bleed));
    let (end, foot) = (width / 2.0, place.banner_radius);
    let fall = shadow(layout.shadow_high, palette.shadow_high);
    let border = outline(layout.border, palette.plate_border);
    sheet.plate(rect, [end, end, foot, foot], vertical(palette.plate), border, Some(fall));
    let centre = Point { x: rect.x + end, y: rect.y + end };
    sheet.disc(centre, end - place.banner_inset, Fill::Solid(palette.well), None);
    let (inset, stroke) = place.banner_ring;
    sheet.disc(centre, end - inset, Fill::None, outline(stroke, palette.plate_edge));
    let number = team.number.to_string();
    let mut number_role = typo.banner_number.clone();
    number_role.ladder.retain(|step| step.0 <= (end - inset) * 1.2);
    let number_role = if number_role.ladder.is_empty() { &typo.letter } else { &number_role };
    let number_step = fit_line(cx.set, &number, number_role, end * 1.1);
    sheet.line(typo, Rect::disc(centre, end), Anchor::Centre, number_role, number_step, palette.well_ink, number);
    let glyphs: Vec<char> = team.name.chars().collect();
    let room = rect.h - width - place.banner_padding;
    let mut y = rect.y + width + (room - glyphs.len() as f32 * step.1) / 2.0;
    for glyph in glyphs {
        let at = Rect::new(rect.x, y, rect.w, step.1);
        sheet.line(typo, at, Anchor::Centre, role, step, palette.ink, glyph.to_string());
        y += step.1;
    }
    let delay = Ms(cx.theme.motion.stagger.0 * (2 + index as i64));
    layers.push(cx.lay(LayerKind::Panel, index as u16, sheet, cx.entrance(delay)));
}

/// (number, name) in cells; a page's cells come row by row.
fn grid(
    cx: &Cx,
    card: &SlateCard,
    entries: &[(String, String)],
    area: Rect,
    cells: &GridPlace,
    layers: &mut Vec<Layer>,
) {
    let names: Vec<&str> = entries.iter().map(|(_, name)| name.as_str()).collect();
    if names.is_empty() {
        return;
    }
    let (motion, palette) = (&cx.theme.motion, &cx.theme.palette);
    let grid = Grid::fit(cx, &names, area, cells);
    let pages = grid.pages(names.len());
    let page = super::page(cx, card.since, pages);
    let turned = (page > 0).then(|| cx.fade_at(card.since + page as i64 * motion.page.us(), motion.swap));
    for (place, index) in grid.range(page, names.len()).enumerate() {
        let mut sheet = cx.sheet(grid.rect(index).grow(cx.theme.layout.bleed / 2.0));
        grid.plate(cx, index, 1.0, &mut sheet);
        if let Some((number, name)) = entries.get(index) {
            grid.mark(cx, index, &Mark::Number(number), &mut sheet);
            grid.name(cx, index, name, palette.ink, &mut sheet);
        }
        // Many teams do not take longer to come than few.
        let delay = Ms((motion.stagger.0 * place as i64).min(motion.ground.0) + motion.stagger.0 * 2);
        let placement: Placement = turned.unwrap_or_else(|| cx.entrance(delay));
        layers.push(cx.lay(LayerKind::Panel, place as u16, sheet, placement));
    }
    let place = &cx.theme.layout.lineup;
    let half = (pages - 1) as f32 * cx.theme.layout.card.dot_pitch / 2.0;
    let end = Point { x: area.centre().x + half, y: place.dots_y };
    let dot = cx.theme.layout.card.dot;
    let mut dots = cx.sheet(Rect::new(area.x, place.dots_y - dot, area.w, 2.0 * dot));
    super::dots_at(cx, end, page, pages, &mut dots);
    layers.push(cx.lay(LayerKind::Slate, 1, dots, cx.entrance(Ms(0))));
}

/// One team: its number in the seal, its name, its players.
fn hero(cx: &Cx, card: &SlateCard, team: &Team, layers: &mut Vec<Layer>) {
    let (place, typo, palette) = (&cx.theme.layout.lineup, &cx.theme.typography, &cx.theme.palette);
    let disc = &place.hero;
    let mut sheet = cx.sheet(seal::area(disc));
    seal::disc(cx, disc, &mut sheet);
    in_disc(cx, disc.centre, disc.hair_radius, &team.number.to_string(), palette.ring, &mut sheet);
    let scale = cx.theme.motion.disc_from;
    let scale = scale + (1.0 - scale) * cx.arrived(Ms(0), cx.theme.motion.ground);
    layers.push(cx.lay(LayerKind::Coin, 0, sheet, Placement { y: 0.0, ..cx.entrance(Ms(0)) }.scaled(scale, scale)));

    let area = Rect { h: place.hero_name.y + place.hero_name.h - place.hero_event.y, ..place.hero_event };
    let mut sheet = cx.sheet(area);
    let (step, text) = one_line(cx.set, &card.shown.title, &typo.award_event, place.hero_event.w, &cx.words.more);
    sheet.line(typo, place.hero_event, Anchor::Start, &typo.award_event, step, palette.ink2, text);
    let fitted = fit_balanced(cx.set, &team.name, &typo.award_hero, place.hero_name.w, place.hero_name.h);
    seal::block(cx, place.hero_name, Anchor::Start, &typo.award_hero, &fitted, palette.ink, &mut sheet);
    layers.push(cx.lay(LayerKind::Slate, 0, sheet, cx.entrance(cx.theme.motion.stagger)));

    let mut players: Vec<_> = cx.core.config.players.iter().filter(|player| player.team == team.id).collect();
    players.sort_by_key(|player| player.number);
    let entries: Vec<(String, String)> = players
        .iter()
        .map(|player| {
            let unnamed = || Words::with(&cx.words.player, player.number);
            let name = Some(player.name.clone()).filter(|name| !name.is_empty()).unwrap_or_else(unnamed);
            (player.number.to_string(), name)
        })
        .collect();
    grid(cx, card, &entries, place.hero_list, &place.hero_grid, layers);
}

/// Whether the slate on air is one team's.
pub fn names_a_team(core: &crate::show::state::Core) -> bool {
    core.slate.as_ref().is_some_and(|card| core.team(card.shown.subtitle.trim()).is_some())
}
