//! The pair in the program's frame: acts onto the tape, outputs to compare, sound off while another machine is heard.

use std::time::Instant;

use bevy::prelude::*;

use super::{
    air::{OnAir, Sound},
    control::Remote,
    receive::Supply,
    routed::Routed,
};
use crate::{
    console::View,
    desk::{Refused, SpareState},
    director::Director,
    show::{
        desk::DeskAct,
        frame::{Output, Quality},
        told::Words,
    },
    spare::{DialOptions, DialProblem, Dialler, Face, Kept, Pair, PairView, Role},
    stage::OutputId,
};

/// What an output is called that has no file to name it.
const PROGRAM: &str = "program";
/// A lag is told to the tenth of a second, like all times.
const TOLD_US: i64 = 100_000;

/// This machine's part in the pair; none in rehearsal.
#[derive(Resource, Default)]
pub struct Spare {
    pair: Option<Pair>,
    /// What is compared where no output is open.
    fallback: Vec<Face>,
    /// Whether the sound was muted by hand before this machine became the spare.
    muted: Option<bool>,
}

impl Spare {
    /// A live session's: of whoever calls by remote control, and of the machine that is `dialled`.
    ///
    /// # Errors
    /// An address that cannot be dialled.
    pub fn start(remote: &Remote, dialled: Option<&DialOptions>) -> Result<Self, DialProblem> {
        let dialler = dialled.map(Dialler::start).transpose()?;
        Ok(Self { pair: Some(Pair::new(remote.calls(), dialler)), ..Self::default() })
    }

    /// Goes on from what this machine was in the pair before its last process ended, `away_us` ago.
    #[must_use]
    pub fn go_on(mut self, kept: Option<Kept>, away_us: i64) -> Self {
        if let Some(kept) = kept {
            self.pair = self.pair.map(|pair| pair.go_on(kept, away_us));
        }
        self
    }

    /// What the next process is to know of the pair; none in rehearsal.
    pub fn kept(&self) -> Option<Kept> {
        self.pair.as_ref().map(Pair::kept)
    }

    /// Whether the sound was muted by hand, where it is `muted` now: a spare's silence is no choice.
    pub fn by_hand(&self, muted: bool) -> bool {
        self.muted.unwrap_or(muted)
    }

    /// What is compared where no output is open: these, by their names.
    #[must_use]
    pub fn of(mut self, outputs: Vec<(String, Output)>) -> Self {
        self.fallback = outputs.into_iter().map(|(name, output)| face(name, None, output)).collect();
        self
    }

    /// The operator's key.
    ///
    /// # Errors
    /// Where this desk runs the show already.
    pub fn take_over(&mut self, director: &mut Director) -> Result<(), Refused> {
        let taken = self.pair.as_mut().map(|pair| pair.take_over(director));
        match taken {
            Some(Ok(())) => Ok(()),
            Some(Err(_)) => Err(Refused(Words::new("refusal-is-main"))),
            None => Err(Refused(Words::new("refusal-no-pair"))),
        }
    }

    /// The pair as the console and remote control are told of it.
    pub fn state(&self) -> Option<SpareState> {
        let PairView { role, peer, contested, stand } = self.pair.as_ref()?.view()?;
        let role = match (contested, role) {
            (true, _) => "contested",
            (false, Role::Main) => "main",
            (false, Role::Spare) => "spare",
        };
        // What was found before the line was lost says nothing of now.
        let stand = stand.filter(|_| peer.is_some());
        Some(SpareState {
            role: role.to_owned(),
            peer,
            equal: stand.as_ref().map(|stand| stand.equal),
            since_us: stand.as_ref().map(|stand| stand.since_us),
            lag_us: stand.as_ref().map(|stand| stand.lag_us.div_euclid(TOLD_US) * TOLD_US),
            output: stand.and_then(|stand| stand.output),
        })
    }
}

/// Quality is a machine's own affair: compared is what would be shown with all its motion.
fn face(name: String, theme: Option<String>, output: Output) -> Face {
    Face { name, theme, output: Output { quality: Quality::default(), ..output } }
}

/// Hears the other machine and does as its desk does. To be run when the feed's events are in.
pub fn receive(mut spare: ResMut<Spare>, mut supply: ResMut<Supply>, mut director: ResMut<Director>) {
    let (Some(pair), Some(session)) = (&mut spare.pair, &mut supply.live) else { return };
    let mut record = |act: &DeskAct, director: &mut Director| session.record(act, director);
    pair.receive(&mut director, &mut record, Instant::now());
}

/// Tells the other machine what this one shows. To be run when time has passed.
pub fn tell(
    mut spare: ResMut<Spare>,
    mut director: ResMut<Director>,
    mut view: ResMut<View>,
    on_air: Option<Res<OnAir>>,
    routed: Res<Routed>,
) {
    let Spare { pair: Some(pair), fallback, .. } = &mut *spare else { return };
    let program = on_air.and_then(|on_air| on_air.program());
    let faces = if !pair.has_line() {
        Vec::new()
    } else if !routed.is_empty() {
        let named = |(i, _): (usize, OutputId)| {
            let (output, route) = (routed.output(i, view.hall)?, routed.routes.get(i)?);
            Some(face(route.name.clone(), route.theme.clone(), output))
        };
        routed.pictures().filter_map(named).collect()
    } else if let Some(program) = program {
        vec![face(PROGRAM.to_owned(), None, program)]
    } else {
        fallback.clone()
    };
    let own = |name: &str| {
        let place = routed.routes.iter().position(|route| route.theme.as_deref() == Some(name))?;
        routed.theme(place).cloned()
    };
    pair.tell(&mut director, &faces, &own);
    let state = spare.state();
    if view.spare != state {
        view.spare = state;
    }
}

/// A spare is silent, or the hall would hear everything twice; when it takes over it is heard as it was before.
pub fn hush(mut spare: ResMut<Spare>, mut sound: ResMut<Sound>) {
    let Some(role) = spare.pair.as_ref().map(Pair::role) else { return };
    match (role, spare.muted) {
        (Role::Spare, None) => {
            spare.muted = Some(sound.0.levels().muted());
            sound.0.set_muted(true);
        }
        (Role::Main, Some(muted)) => {
            spare.muted = None;
            sound.0.set_muted(muted);
        }
        _ => {}
    }
}
