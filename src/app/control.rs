//! Remote control in the program's frame: orders into the desk's queue, the state out, and who was turned away.

use std::{
    net::SocketAddr,
    path::PathBuf,
    time::{Duration, Instant},
};

use bevy::prelude::*;
use crossbeam_channel::{Receiver, never};

use super::state::Known;
use crate::{
    console::View,
    control::{self, Control, ControlError, ControlOptions, Files, OscOptions, Tokens, Wake},
    desk::{Order, Orders},
    director::{Director, ProblemKind, Said},
    feed::Token,
    locale::{self, Lang},
    show::told::{Told, Words},
    spare::Line,
};

/// Remote control without a sign of life for so long hangs. A picture that is right is not interrupted for less.
const HUNG: Duration = Duration::from_secs(3);

/// What was asked for.
#[derive(Clone, Debug, Default)]
pub struct RemoteOptions {
    /// HTTP and WebSocket; none without.
    pub listen: Option<SocketAddr>,
    /// Whether it was asked for in so many words: then the program does not begin without it.
    pub must: bool,
    pub tokens: Files,
    pub osc: OscOptions,
}

/// Remote control, where there is one.
#[derive(Default, Resource)]
pub struct Remote {
    control: Option<Control>,
    tokens: Option<Tokens>,
    is_hung: bool,
}

impl Remote {
    /// Starts to listen; `wake` rouses the event loop when something was asked for.
    ///
    /// # Errors
    /// Where it was asked for in so many words and cannot be had. What is only usual is a problem of the operator's list.
    pub fn start(
        options: RemoteOptions,
        director: &mut Director,
        lang: Lang,
        wake: Wake,
    ) -> Result<Self, ControlError> {
        let must = options.must || options.osc.is_wanted();
        match Self::listen(options, lang, wake) {
            Err(error) if !must => {
                tracing::warn!("{}", locale::tell(lang, &error));
                director.problems.report(ProblemKind::Remote, Said::of(&error), director.now_us());
                Ok(Self::default())
            }
            started => started,
        }
    }

    fn listen(options: RemoteOptions, lang: Lang, wake: Wake) -> Result<Self, ControlError> {
        let RemoteOptions { listen, tokens: files, osc, .. } = options;
        if listen.is_none() && !osc.is_wanted() {
            return Ok(Self::default());
        }
        let say = |words: Words| locale::say(lang, &words);
        let (http, file) = match listen {
            None => (None, PathBuf::new()),
            Some(listen) => {
                let (tokens, file) = control::tokens(&files)?;
                (Some((listen, tokens)), file)
            }
        };
        let tokens = http.as_ref().map(|(_, tokens)| tokens.clone());
        let control = Control::start(ControlOptions { http, osc, wake })?;
        if let Some(addr) = control.addr {
            let addr_told = addr.to_string();
            tracing::info!("{}", say(Words::new("control-at").with("addr", &addr_told).with("file", &file)));
            if !addr.ip().is_loopback() {
                tracing::warn!("{}", say(Words::new("control-in-clear").with("addr", addr_told)));
            }
        }
        if let Some(addr) = control.osc_addr {
            tracing::info!("{}", say(Words::new("control-osc-at").with("addr", addr.to_string())));
        }
        Ok(Self { control: Some(control), tokens, is_hung: false })
    }

    /// Whether it hangs, at `now`: then the show does, whose desk it may be.
    pub fn is_hung(&mut self, now: Instant, lang: Lang) -> bool {
        let is_hung = self.control.as_mut().is_some_and(|control| control.silence(now) > HUNG);
        if is_hung && !std::mem::replace(&mut self.is_hung, is_hung) {
            tracing::error!("{}", locale::word(lang, "control-hung"));
        }
        is_hung
    }

    /// Makes it hang, for tests of what follows.
    #[cfg(debug_assertions)]
    pub fn hang(&self) {
        self.control.iter().for_each(Control::hang);
    }

    /// Its secrets, to be kept out of everything that leaves the machine.
    pub fn secrets(&self) -> impl Iterator<Item = &Token> {
        self.tokens.iter().flat_map(Tokens::all)
    }

    /// Machines that follow this one's desk.
    pub fn calls(&self) -> Receiver<Line> {
        self.control.as_ref().map_or_else(never, |control| control.calls.clone())
    }

    /// What clients ask for.
    pub fn orders(&self) -> Receiver<Order> {
        self.control.as_ref().map_or_else(never, |control| control.orders.clone())
    }
}

/// Takes what clients asked for since the last frame, and tells the operator who was turned away.
pub fn receive(remote: Res<Remote>, mut orders: ResMut<Orders>, mut director: ResMut<Director>, view: Res<View>) {
    let Some(control) = &remote.control else { return };
    control.orders.try_iter().for_each(|order| orders.push(order));
    let now_us = director.now_us();
    for (said, count) in control.reports() {
        let sentence = locale::say(view.lang, &said.words.words());
        if director.problems.report_times(ProblemKind::Remote, said, count, now_us) {
            tracing::warn!("{sentence}");
        }
    }
}

/// Tells clients the state of this frame.
pub fn tell(remote: Res<Remote>, known: Res<Known>) {
    if let Some(control) = &remote.control {
        control.publish(&known.state);
    }
}
