//! The header: round and stage of it at the left, the team and player on turn at the right.

use super::turn;
use crate::show::{
    frame::{
        cx::Cx,
        fit::{fit_line, one_line},
        layer::{Layer, LayerKey, LayerKind, Placement},
        part::{Anchor, Fill, Point, Rect, Rgba},
        sheet::{Sheet, outline},
    },
    motion::{share, walk},
    state::{Core, Scene, Show},
    theme::{InCard, Role, Step, Words},
};

/// Scenes that carry the header.
fn carries(scene: Scene, core: &Core) -> bool {
    use Scene::{Advance, Award, Draw, Slate, Standings, Total};
    let own_title = matches!(scene, Slate | Standings | Total | Advance | Award | Draw);
    scene != Scene::Ground && !own_title && !turn::names_the_round(scene, core)
}

/// Scenes that leave it to the header to say who is on.
fn names(scene: Scene, core: &Core) -> bool {
    carries(scene, core) && !turn::names_the_team(scene)
}

/// Fades in and out as scenes with and without it follow one another; the name on turn is a layer of its own.
pub fn compose(show: &Show, cx: &Cx, layers: &mut Vec<Layer>) {
    let shown = |carries: fn(Scene, &Core) -> bool| {
        let program = &show.program;
        let opacity = walk(cx.now, super::presence(program, cx.core, carries), cx.theme.motion.fade_in.us());
        let leaving = program.departed.iter().rev().find(|gone| carries(gone.scene, &gone.core));
        let leaving = leaving.map(|gone| gone.core.as_ref());
        (if carries(program.scene, cx.core) { cx.core } else { leaving.unwrap_or(cx.core) }, opacity)
    };
    if cx.theme.layout.header.in_card == InCard::All {
        return;
    }
    let ((round_core, round_opacity), (turn_core, turn_opacity)) = (shown(carries), shown(names));
    let present = parts(cx, (round_core, round_opacity), (turn_core, turn_opacity));
    // What the last scene's header said gives way where it stands.
    let (program, swap) = (&show.program, cx.theme.motion.swap.us());
    let said = program.departed.last().filter(|gone| gone.left_at == program.since && carries(gone.scene, &gone.core));
    let former = said.filter(|_| cx.now < program.since.saturating_add(swap)).map(|gone| {
        let named = if names(gone.scene, &gone.core) { turn_opacity } else { 0.0 };
        parts(cx, (&gone.core, round_opacity), (&gone.core, named))
    });
    let came = share(cx.now, program.since, swap);
    for (index, layer) in (0..).zip(present) {
        let Some(layer) = layer else { continue };
        let was = former.as_ref().and_then(|former| former.get(usize::from(index))?.as_ref());
        match was.filter(|was| was.content != layer.content && was.placement.opacity > 0.0) {
            Some(was) => {
                let key = LayerKey { index: FORMER + index, ..was.key };
                layers.push(Layer { key, placement: was.placement.faded(1.0 - came), ..was.clone() });
                layers.push(Layer { placement: layer.placement.faded(came), ..layer });
            }
            None => layers.push(layer),
        }
    }
}

/// Layers of what is on its way out.
const FORMER: u16 = 8;

/// The round with its second line, and the name on turn, each as much as it is seen.
fn parts(cx: &Cx, (round_core, round_seen): (&Core, f32), (turn_core, turn_seen): (&Core, f32)) -> [Option<Layer>; 2] {
    let Some(round) = Round::of(cx, round_core) else { return [None, None] };
    let lay = |index: u16, sheet: Sheet, opacity: f32| {
        let key = LayerKey { kind: LayerKind::Header, entry: 0, index };
        sheet.into_layer(key, Placement::at(0.0, 0.0).faded(opacity))
    };
    let alone = cx.theme.layout.header.in_card == InCard::Nothing;
    let named = if alone { identity(cx, turn_core, round.room) } else { None };
    // The name on turn is read before the round's second line: that has what is left.
    let end = match &named {
        Some((_, left)) if turn_seen > 0.0 => *left - cx.theme.layout.header.gap.0,
        _ => cx.theme.layout.header.rect.x + cx.theme.layout.header.rect.w,
    };
    [Some(lay(0, round.sheet(cx, round_core, end), round_seen)), named.map(|(sheet, _)| lay(1, sheet, turn_seen))]
}

/// The round's name as it is set, and what it leaves free.
struct Round {
    step: Step,
    name: String,
    /// Where the second line begins, and how far it is from there to the right edge.
    at: f32,
    room: f32,
}

impl Round {
    fn of(cx: &Cx, core: &Core) -> Option<Self> {
        let (place, typo) = (&cx.theme.layout.header, &cx.theme.typography);
        let round = core.round.as_ref()?;
        let (step, name) = one_line(cx.set, &round.opened.name, &typo.round, place.name_w, &cx.words.more);
        let width = cx.set.width(&name, &typo.round.style(step, Rgba::CLEAR));
        let at = place.rect.x + width + place.gap.0 + place.rule.0 + place.gap.1;
        Some(Self { step, name, at, room: place.rect.x + place.rect.w - at })
    }

    /// Name, rule and second line, which ends at `end`.
    fn sheet(self, cx: &Cx, core: &Core, end: f32) -> Sheet {
        let (place, typo, palette) = (&cx.theme.layout.header, &cx.theme.typography, &cx.theme.palette);
        let rect = place.rect;
        let mut sheet = cx.sheet(rect.grow(cx.theme.layout.bleed / 4.0));
        sheet.line(typo, rect, Anchor::Start, &typo.round, self.step, palette.ink, &self.name);
        // Where a card carries the second line, it is not said here.
        let said = place.in_card == InCard::Nothing;
        let (sub, room) = (if said { subtitle(cx.words, core) } else { String::new() }, end - self.at);
        let style = typo.sub.style(typo.sub.step(), Rgba::CLEAR);
        if !sub.is_empty() && room >= cx.set.width(&cx.words.more, &style) {
            let (rule_w, rule_h) = place.rule;
            let rule = Rect::new(self.at - place.gap.1 - rule_w, rect.y + (rect.h - rule_h) / 2.0, rule_w, rule_h);
            sheet.plate(rule, [rule_w / 2.0; 4], Fill::Solid(palette.accent), None, None);
            let (step, sub) = one_line(cx.set, &sub, &typo.sub, room, &cx.words.more);
            let line = Rect::new(self.at, rect.y, room, rect.h);
            sheet.line(typo, line, Anchor::Start, &typo.sub, step, palette.ink2, sub);
        }
        sheet
    }
}

/// 热身环节·第 2 题 / 共 3 题 and the like: what the feed said, joined by the theme's separator.
pub fn subtitle(words: &Words, core: &Core) -> String {
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

/// Number in a ring, team, player; set from the right edge leftwards within `most`. With its left end.
fn identity(cx: &Cx, core: &Core, most: f32) -> Option<(Sheet, f32)> {
    let rect = cx.theme.layout.header.rect;
    core.round.as_ref()?;
    let named = Identity::of(cx, core, most)?;
    let mut sheet = cx.sheet(rect.grow(cx.theme.layout.bleed / 4.0));
    let left = named.draw(cx, rect, Anchor::End, &mut sheet);
    Some((sheet, left))
}

/// Who is on, as it is set.
pub struct Identity {
    number: String,
    name: (Step, String),
    player: Option<(Step, String)>,
    /// Of name and player, with the gap before the player.
    widths: (f32, f32),
}

impl Identity {
    /// Number, team, player in `most` px; nobody is on where there is none.
    pub fn of(cx: &Cx, core: &Core, most: f32) -> Option<Self> {
        let (place, typo) = (&cx.theme.layout.header, &cx.theme.typography);
        let turn = &core.turn.as_ref()?.value;
        let team = core.team(&turn.team)?;
        let mut room = most - place.disc - place.team_gap;
        let mut used = 0.0;
        let player = turn.player.as_deref().and_then(|id| core.player(id)).map(|player| {
            let text =
                if player.name.is_empty() { Words::with(&cx.words.player, player.number) } else { player.name.clone() };
            let set = one_line(cx.set, &text, &typo.player, room / 2.0, &cx.words.more);
            used = cx.set.width(&set.1, &typo.player.style(set.0, Rgba::CLEAR)) + place.player_gap;
            room -= used;
            set
        });
        // At its designed size where there is room; at the smallest, long names may take the subtitle's place.
        let roomy = fit_line(cx.set, &team.name, &typo.team, place.name_w);
        let role = Role { ladder: vec![roomy], ..typo.team.clone() };
        let name = one_line(cx.set, &team.name, &role, room, &cx.words.more);
        let wide = cx.set.width(&name.1, &typo.team.style(name.0, Rgba::CLEAR));
        Some(Self { number: team.number.to_string(), name, player, widths: (wide, used) })
    }

    pub fn width(&self, cx: &Cx) -> f32 {
        let place = &cx.theme.layout.header;
        place.disc + place.team_gap + self.widths.0 + self.widths.1
    }

    /// At the left or the right end of `rect`; returns its left end.
    pub fn draw(&self, cx: &Cx, rect: Rect, end: Anchor, sheet: &mut Sheet) -> f32 {
        let (place, typo, palette) = (&cx.theme.layout.header, &cx.theme.typography, &cx.theme.palette);
        let mut right = if end == Anchor::End { rect.x + rect.w } else { rect.x + self.width(cx) };
        if let Some((step, text)) = &self.player {
            let at = Rect::new(rect.x, rect.y, right - rect.x, rect.h);
            sheet.line(typo, at, Anchor::End, &typo.player, *step, palette.ink2, text);
            right -= self.widths.1;
        }
        let (step, name) = &self.name;
        let at = Rect::new(rect.x, rect.y, right - rect.x, rect.h);
        sheet.line(typo, at, Anchor::End, &typo.team, *step, palette.ink, name);
        right -= self.widths.0 + place.team_gap + place.disc;
        let centre = Point { x: right + place.disc / 2.0, y: rect.y + rect.h / 2.0 };
        sheet.disc(centre, place.disc / 2.0, Fill::None, outline(place.disc_stroke, palette.ink));
        let disc = Rect::disc(centre, place.disc / 2.0);
        sheet.line(typo, disc, Anchor::Centre, &typo.team_number, typo.team_number.step(), palette.ink, &self.number);
        right
    }
}
