//! What is known to come next is made ready before it is shown: its type set, its glyphs rasterised, its layers drawn.
//! One picture is composed a frame, so that none of them is late for it.

use std::{sync::Arc, time::Duration};

use bevy::prelude::*;

use super::{air::OnAir, clock::Clock, pace::Throttle, routed::Routed};
use crate::{
    director::{Coming, Director, together},
    show::{
        frame::{Frame, Output},
        theme::Theme,
    },
    stage::{OutputId, Outputs},
};

/// While events come faster than this what comes next is not looked at again.
const AGAIN: Duration = Duration::from_millis(500);

/// What comes next, on its way to the stage.
#[derive(Default)]
pub struct Ahead {
    /// When it was found.
    found: Throttle,
    /// Of which state of the show, in which themes, on which outputs.
    of: Option<(u64, Vec<(OutputId, Output, Option<Arc<Theme>>)>)>,
    coming: Option<Coming>,
    /// What is composed so far of the output that is being looked at, and which one that is.
    looks: Vec<Frame>,
    next: usize,
}

/// Once a frame.
pub fn foresee(
    director: Res<Director>,
    routed: Res<Routed>,
    on_air: Res<OnAir>,
    clock: Res<Clock>,
    mut outputs: ResMut<Outputs>,
    mut ahead: Local<Ahead>,
) {
    let generation = director.generation();
    if ahead.of.as_ref().is_none_or(|of| of.0 != generation) && ahead.found.due(clock.at, AGAIN) {
        let themes: std::collections::BTreeMap<_, _> = routed.pictures().map(|(i, id)| (id, routed.theme(i))).collect();
        let wanted = |(id, output): (&OutputId, &Output)| (*id, *output, themes.get(id).copied().flatten().cloned());
        *ahead = Ahead {
            of: Some((generation, on_air.windows.iter().map(wanted).collect())),
            found: ahead.found,
            coming: director.coming(),
            ..Ahead::default()
        };
        if ahead.coming.is_none() {
            on_air.windows.keys().for_each(|id| outputs.expect(*id, None));
        }
    }
    let ahead = &mut *ahead;
    let (Some((_, wanted)), Some(coming)) = (&ahead.of, &ahead.coming) else { return };
    let Some((id, output, theme)) = wanted.get(ahead.next) else { return };
    ahead.looks.push(director.foresee(coming, theme.as_ref(), output, ahead.looks.len()));
    if ahead.looks.len() == Coming::LOOKS {
        ahead.next += 1;
        outputs.expect(*id, together(ahead.looks.drain(..)).map(Arc::new));
    }
}
