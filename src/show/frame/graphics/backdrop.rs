//! The ground: the colour of the moment, concentric with what matters now. It never cuts, it dissolves.

use crate::show::{
    frame::{
        cx::Cx,
        layer::{Layer, LayerKey, LayerKind, Placement},
        output::Output,
        part::{Part, Rect, SkyPart},
        sheet::Sheet,
    },
    protocol::play::Outcome,
    state::{Core, Scene, Show},
    theme::{Ground, Grounds},
};

/// Grounds from the oldest that may still be seen to the present one, each dissolving over those below.
pub fn compose(show: &Show, cx: &Cx, output: &Output, layers: &mut Vec<Layer>) {
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
    for (since, ground) in grounds(cx.core, show.program.scene, show.program.since) {
        add(since, ground);
    }
    stack.retain(|entry| entry.0 <= cx.now);
    // What a finished dissolve covers is not drawn; of one ground twice in the stack only the upper is.
    let settled = stack.iter().rposition(|entry| cx.now - entry.0 >= motion.ground.us()).unwrap_or(0);
    let visible = stack.split_off(settled);
    for (i, &(since, ground)) in visible.iter().enumerate() {
        if visible.iter().skip(i + 1).any(|later| later.1 == ground) {
            continue;
        }
        let opacity = if i == 0 { 1.0 } else { motion.curves.io.progress(cx.now, since, motion.ground.us()) };
        layers.push(lay(cx, output, ground, i, opacity));
    }
}

fn lay(cx: &Cx, output: &Output, ground: Ground, depth: usize, opacity: f32) -> Layer {
    // The ground bleeds over the canvas to the raster's edges.
    let (scale, offset) = output.fit(cx.theme.layout.canvas);
    let (x, y) = (-offset.0 / scale, -offset.1 / scale);
    let area = Rect::new(x, y, output.raster.0 as f32 / scale, output.raster.1 as f32 / scale);
    let mut sheet = Sheet::new(area).opaque();
    sheet.push(Part::Sky(sky(&cx.theme.grounds, ground, Rect::new(0.0, 0.0, area.w, area.h))));
    // Depth first, so that the newest lies on top whatever its kind.
    let index = (depth as u16) << 8 | ground as u16;
    let key = LayerKey { kind: LayerKind::Backdrop, entry: 0, index };
    sheet.into_layer(key, Placement::at(0.0, 0.0).faded(opacity))
}

/// The grounds of one scene, each with the instant from which it holds.
fn grounds(core: &Core, scene: Scene, since: i64) -> Vec<(i64, Ground)> {
    let ground = match scene {
        Scene::Ground | Scene::Idle | Scene::Rush | Scene::Buzzer | Scene::Assignment => Ground::Neutral,
        Scene::Standings | Scene::Card => Ground::Neutral,
        Scene::Media => Ground::Slate,
        Scene::Slate => match core.slate.as_ref().map(|slate| slate.shown.kind) {
            Some(crate::show::protocol::score::SlateKind::Title) => Ground::Title,
            Some(crate::show::protocol::score::SlateKind::Lineup) if super::lineup::names_a_team(core) => Ground::Roll,
            _ => Ground::Slate,
        },
        Scene::Draw => match core.draw.as_ref().map(|draw| draw.opened.kind) {
            Some(crate::show::protocol::roster::DrawKind::Question) => Ground::Slate,
            _ => Ground::Roll,
        },
        Scene::Risk => Ground::Risk,
        Scene::Moment => {
            let team = core.turn.as_ref().map(|turn| turn.value.team.as_str());
            let lost = team.and_then(|team| core.scores.get(team)).is_some_and(|score| score.delta.negative());
            if lost { Ground::Loss } else { Ground::Win }
        }
        Scene::Formula | Scene::Total | Scene::Advance => Ground::Formula,
        Scene::Award => Ground::Roll,
        Scene::Duel => match verdict(core) {
            Some((_, true)) => Ground::DuelRight,
            Some((_, false)) => Ground::DuelWrong,
            None => Ground::Duel,
        },
    };
    let mut grounds = vec![(since, ground)];
    if let (Scene::Card, Some((at, true))) = (scene, verdict(core)) {
        grounds.push((at, Ground::Right));
    }
    grounds
}

/// When the verdict came and whether it was right.
fn verdict(core: &Core) -> Option<(i64, bool)> {
    let verdict = core.question.as_ref()?.verdict.as_ref()?;
    Some((verdict.since, verdict.outcome == Outcome::Correct))
}

fn sky(grounds: &Grounds, ground: Ground, rect: Rect) -> SkyPart {
    let sky = grounds.sky(ground);
    SkyPart {
        rect,
        focus: sky.focus,
        radii: sky.radii,
        stops: sky.stops.clone(),
        glow: sky.glow,
        arcs: sky.arcs,
        floor: sky.floor,
        scrim: sky.scrim,
        sun: sky.sun,
    }
}
