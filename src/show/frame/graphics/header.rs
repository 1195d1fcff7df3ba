//! The header: round and stage of it at the left, the team and player on turn at the right.

use crate::show::{
    frame::{
        cx::Cx,
        fit::fit_line,
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Point, Rect, Rgba},
        sheet::{Sheet, outline},
    },
    motion::walk,
    state::{Core, Scene, Show},
    theme::Words,
};

/// Scenes that carry the header.
const fn carries(scene: Scene) -> bool {
    !matches!(scene, Scene::Ground | Scene::Slate | Scene::Award | Scene::Draw)
}

/// Fades in and out as scenes with and without it follow one another.
pub fn compose(show: &Show, cx: &Cx, layers: &mut Vec<Layer>) {
    let program = &show.program;
    let shown = super::presence(program, cx.core, |scene, _| carries(scene));
    let opacity = walk(cx.now, shown, cx.theme.motion.fade_in.us());
    let leaving = program.departed.iter().rev().find(|gone| carries(gone.scene)).map(|gone| gone.core.as_ref());
    let core = if carries(program.scene) { cx.core } else { leaving.unwrap_or(cx.core) };
    let Some(sheet) = sheet(cx, core) else { return };
    let key = crate::show::frame::layer::LayerKey { kind: LayerKind::Header, entry: 0, index: 0 };
    layers.push(sheet.into_layer(key, Placement::at(0.0, 0.0).faded(opacity)));
}

fn sheet(cx: &Cx, core: &Core) -> Option<Sheet> {
    let (place, typo, palette) = (&cx.theme.layout.header, &cx.theme.typography, &cx.theme.palette);
    let round = core.round.as_ref()?;
    let mut sheet = cx.sheet(place.rect.grow(cx.theme.layout.bleed / 4.0));
    let rect = place.rect;

    let step = fit_line(cx.set, &round.opened.name, &typo.round, rect.w / 3.0);
    sheet.line(typo, rect, Anchor::Start, &typo.round, step, palette.ink, &round.opened.name);
    let width = cx.set.width(&round.opened.name, &typo.round.style(step, Rgba::CLEAR));
    let x = rect.x + width + place.gap.0;
    let sub = subtitle(cx.words, core);
    if !sub.is_empty() {
        let (rule_w, rule_h) = place.rule;
        let rule = Rect::new(x, rect.y + (rect.h - rule_h) / 2.0, rule_w, rule_h);
        sheet.plate(rule, [rule_w / 2.0; 4], Fill::Solid(palette.accent), None, None);
        let at = Rect::new(x + rule_w + place.gap.1, rect.y, rect.w, rect.h);
        sheet.line(typo, at, Anchor::Start, &typo.sub, typo.sub.step(), palette.ink2, sub);
    }
    identity(cx, core, &mut sheet);
    Some(sheet)
}

/// 热身环节·第 2 题 / 共 3 题 and the like: what the feed said, joined by the theme's separator.
fn subtitle(words: &Words, core: &Core) -> String {
    let mut parts = Vec::new();
    if let Some(round) = &core.round
        && !round.opened.subtitle.is_empty()
    {
        parts.push(round.opened.subtitle.clone());
    }
    if let Some(no) = core.turn.as_ref().and_then(|turn| turn.value.question_no) {
        parts.push(Words::with(&words.question_no, no));
    }
    parts.join("·")
}

/// Number in a ring, team, player; set from the right edge leftwards.
fn identity(cx: &Cx, core: &Core, sheet: &mut Sheet) -> Option<()> {
    let (place, typo, palette) = (&cx.theme.layout.header, &cx.theme.typography, &cx.theme.palette);
    let turn = &core.turn.as_ref()?.value;
    let team = core.team(&turn.team)?;
    let rect = place.rect;
    let mut right = rect.x + rect.w;
    if let Some(player) = turn.player.as_deref().and_then(|id| core.player(id)) {
        let text =
            if player.name.is_empty() { Words::with(&cx.words.player, player.number) } else { player.name.clone() };
        let step = typo.player.step();
        let at = Rect::new(rect.x, rect.y, right - rect.x, rect.h);
        sheet.line(typo, at, Anchor::End, &typo.player, step, palette.ink2, &text);
        right -= cx.set.width(&text, &typo.player.style(step, Rgba::CLEAR)) + place.player_gap;
    }
    let step = fit_line(cx.set, &team.name, &typo.team, rect.w / 3.0);
    let at = Rect::new(rect.x, rect.y, right - rect.x, rect.h);
    sheet.line(typo, at, Anchor::End, &typo.team, step, palette.ink, &team.name);
    right -= cx.set.width(&team.name, &typo.team.style(step, Rgba::CLEAR)) + place.team_gap + place.disc;
    let centre = Point { x: right + place.disc / 2.0, y: rect.y + rect.h / 2.0 };
    sheet.disc(centre, place.disc / 2.0, Fill::None, outline(place.disc_stroke, palette.ink));
    let disc = Rect::disc(centre, place.disc / 2.0);
    let number = team.number.to_string();
    sheet.line(typo, disc, Anchor::Centre, &typo.team_number, typo.team_number.step(), palette.ink, number);
    Some(())
}
