//! The ground: the colour of the moment, concentric with what matters now. It never cuts, it dissolves; but on a machine
//! that cannot keep up.

use std::sync::Arc;

use super::{
    light::{self, Ways},
    moment, turn,
};
use crate::show::{
    frame::{
        correction,
        cx::Cx,
        layer::{Layer, LayerKey, LayerKind, Placement},
        output::{Output, Quality},
        part::{Part, Rect, SkyPart},
        sheet::Sheet,
    },
    motion::weights,
    protocol::{play::Outcome, roster::DrawKind, score::SlateKind},
    state::{Core, Scene, Show},
    theme::Ground,
};

/// One ground, how much of it is seen, and since when it came.
pub struct Mixed {
    pub ground: Ground,
    pub since: i64,
    pub seen: f32,
}

/// Grounds from the oldest that may still be seen to the present one, each dissolving over those below; then the light
/// over them.
pub fn compose(show: &Show, cx: &Cx, output: &Output, layers: &mut Vec<Layer>) {
    // An overlay lies on the cameras' picture: its ground is what is under it.
    if output.class.is_overlay() {
        return;
    }
    // The ground bleeds over the canvas to the raster's edges.
    let (scale, offset) = output.fit(cx.theme.layout.canvas);
    let (x, y) = (-offset.0 / scale, -offset.1 / scale);
    let area = Rect::new(x, y, output.raster.0 as f32 / scale, output.raster.1 as f32 / scale);
    let stack = stack(show, cx);
    let mixed = mixed(cx, &paced(cx, &stack), output.quality);
    let mut below = 0.0;
    for mixed in &mixed {
        // Laid over those below it, each shows its share of the whole.
        below += mixed.seen;
        let mut sheet = Sheet::new(area).opaque();
        let sky = cx.theme.grounds.sky(mixed.ground);
        let whole = Rect::new(0.0, 0.0, area.w, area.h);
        // Hairlines and sun move: they are light over the ground.
        sheet.push(Part::Sky(SkyPart { arcs: None, sun: None, ..sky.part(&cx.theme.palette, whole) }));
        if let Some(named) = &sky.picture
            && let Some(picture) = cx.theme.pictures.get(&named.file)
        {
            let (crop, picture) = (picture.cover(area), Arc::clone(picture));
            sheet.push(Part::Picture { rect: area, picture, crop, alpha: named.alpha });
        }
        let key = LayerKey { kind: LayerKind::Backdrop, entry: 0, index: mixed.ground as u16 };
        let opacity = if below > mixed.seen { (mixed.seen / below).clamp(0.0, 1.0) } else { 1.0 };
        layers.push(sheet.into_layer(key, Placement::at(0.0, 0.0).faded(opacity)));
    }
    light::compose(cx, &Ways { stack: &stack, mixed: &mixed, area, quality: output.quality }, layers);
}

/// What the ground has been, oldest first, up to now.
fn stack(show: &Show, cx: &Cx) -> Vec<(i64, Ground)> {
    let motion = &cx.theme.motion;
    let mut stack: Vec<(i64, Ground)> = Vec::new();
    let mut add = |since: i64, ground: Ground| {
        if stack.last().is_none_or(|last| last.1 != ground) {
            stack.push((since, ground));
        }
    };
    for gone in &show.program.departed {
        for (since, ground) in grounds(&gone.core, gone.scene, gone.since) {
            add(since, ground);
        }
    }
    // What a correction changes dissolves from the ground that was to the one that is.
    let (scene, since) = (show.program.scene, show.program.since);
    let fresh = correction::fresh(cx.core, &show.program, motion.ground, cx.now);
    let first = fresh.first().map(|at| cx.core.uncorrected(*at));
    grounds(first.as_ref().unwrap_or(cx.core), scene, since).into_iter().for_each(|(since, ground)| add(since, ground));
    for (i, at) in fresh.iter().enumerate() {
        let then = fresh.get(i + 1).map(|later| cx.core.uncorrected(*later));
        let last = grounds(then.as_ref().unwrap_or(cx.core), scene, since).pop();
        last.into_iter().for_each(|(_, ground)| add(*at, ground));
    }
    stack.retain(|entry| entry.0 <= cx.now);
    stack
}

/// The same, each from when it may begin to dissolve in: not before the last has stood for a while, or the picture would
/// flash. What is replaced while it waits never comes.
fn paced(cx: &Cx, stack: &[(i64, Ground)]) -> Vec<(i64, Ground)> {
    let rest = cx.theme.motion.beat.ground_rest.us();
    let mut paced: Vec<(i64, Ground)> = Vec::new();
    for (i, &(since, ground)) in stack.iter().enumerate() {
        // By the instants of the events alone: what came before is soon forgotten, and must not be missed.
        let last = i.checked_sub(1).and_then(|last| stack.get(last));
        let at = last.map_or(since, |last| since.max(last.0.saturating_add(rest)));
        let replaced = stack.get(i + 1).is_some_and(|next| next.0 <= at && i > 0);
        if replaced || at > cx.now {
            continue;
        }
        match paced.last() {
            // It came back before it was gone.
            Some(last) if last.1 == ground => {}
            _ => paced.push((at, ground)),
        }
    }
    paced
}

/// How much of each ground is seen, in the order in which they came. A ground that comes back is the same one: what it
/// shows again, the others have lost.
fn mixed(cx: &Cx, stack: &[(i64, Ground)], quality: Quality) -> Vec<Mixed> {
    let motion = &cx.theme.motion;
    let span = |ground: Ground| match ground {
        Ground::Title => motion.sun_rise,
        Ground::Loss | Ground::BuzzFoul => motion.beat.ground_loss,
        _ => motion.ground,
    };
    let came = stack.iter().map(|(since, ground)| match quality.stills(*since) {
        true => 1.0,
        false => motion.curves.io.progress(cx.now, *since, span(*ground).us()),
    });
    let seen = weights(&came.collect::<Vec<_>>());
    let mut mixed: Vec<Mixed> = Vec::new();
    for (&(since, ground), seen) in stack.iter().zip(seen).filter(|(_, seen)| *seen > 0.0) {
        match mixed.iter_mut().find(|mixed| mixed.ground == ground) {
            Some(same) => (same.seen, same.since) = (same.seen + seen, since),
            None => mixed.push(Mixed { ground, since, seen }),
        }
    }
    mixed
}

/// The grounds of one scene, each with the instant from which it holds.
fn grounds(core: &Core, scene: Scene, since: i64) -> Vec<(i64, Ground)> {
    let ground = match scene {
        Scene::Idle => idle(core),
        Scene::Buzzer => return buzzer(core, since),
        Scene::Assignment => Ground::Assignment,
        Scene::Ground | Scene::Rush | Scene::Card => Ground::Neutral,
        Scene::Standings => Ground::Standings,
        Scene::Advance => Ground::Advance,
        Scene::Media => Ground::Slate,
        Scene::Slate => match core.slate.as_ref().map(|slate| slate.shown.kind) {
            Some(SlateKind::Title | SlateKind::Thanks) => Ground::Title,
            Some(SlateKind::Interlude) => Ground::Interlude,
            Some(SlateKind::Notary) => Ground::Notary,
            // Its ring is the card's, and so is the sky round it.
            Some(SlateKind::Showcase) => Ground::Neutral,
            Some(SlateKind::Lineup) if super::lineup::names_a_team(core) => Ground::Roll,
            _ => Ground::Slate,
        },
        Scene::Draw => match core.draw.as_ref().map(|draw| draw.opened.kind) {
            Some(DrawKind::Question) => Ground::Slate,
            _ => Ground::Roll,
        },
        Scene::Risk => Ground::Risk,
        Scene::Moment => {
            if moment::lost(core) {
                Ground::Loss
            } else {
                Ground::Win
            }
        }
        Scene::Formula | Scene::Total => Ground::Formula,
        Scene::Award => Ground::Roll,
        Scene::Duel => match verdict(core) {
            Some((at, won)) if at <= since => judged(won),
            _ => Ground::Duel,
        },
    };
    let mut grounds = vec![(since, ground)];
    if let (Scene::Duel, Some((at, won))) = (scene, verdict(core).filter(|(at, _)| *at > since)) {
        grounds.push((at, judged(won)));
    }
    if let (Scene::Card, Some((at, true))) = (scene, verdict(core)) {
        grounds.push((at, Ground::Right));
    }
    grounds
}

/// A duel's, once its player is judged.
const fn judged(won: bool) -> Ground {
    if won { Ground::DuelRight } else { Ground::DuelWrong }
}

/// Concentric with the number of the team on turn; a round's opening is in the middle, as a slate is.
fn idle(core: &Core) -> Ground {
    if turn::names_the_round(Scene::Idle, core) {
        Ground::Slate
    } else if core.turn.is_some() {
        Ground::Turn
    } else {
        Ground::Neutral
    }
}

/// Armed, won and fouled, each from its instant on; what came before the scene is its first ground.
fn buzzer(core: &Core, since: i64) -> Vec<(i64, Ground)> {
    let Some(buzzer) = &core.buzzer else { return vec![(since, Ground::BuzzArmed)] };
    let mut steps: Vec<(u64, i64, Ground)> =
        buzzer.fouls.iter().map(|foul| (foul.seq, foul.since, Ground::BuzzFoul)).collect();
    steps.extend(buzzer.armed.map(|armed| (buzzer.seq, armed, Ground::BuzzArmed)));
    let won = buzzer.hits.iter().min_by_key(|hit| (hit.order, hit.seq));
    steps.extend(won.map(|hit| (hit.seq, hit.since, Ground::BuzzHit)));
    steps.sort_by_key(|step| step.0);
    let before = steps.iter().rposition(|step| step.1 <= since).unwrap_or(0);
    let first = steps.get(before).map_or(Ground::BuzzArmed, |step| step.2);
    let mut grounds = vec![(since, first)];
    grounds.extend(steps.iter().skip(before + 1).map(|step| (step.1, step.2)));
    grounds
}

/// When the verdict came and whether it was right.
fn verdict(core: &Core) -> Option<(i64, bool)> {
    let verdict = core.question.as_ref()?.verdict.as_ref()?;
    Some((verdict.since, verdict.outcome == Outcome::Correct))
}
