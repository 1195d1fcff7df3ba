//! Doing what the operator asks.

use bevy::{app::AppExit, prelude::*};

use super::air::Sound;
use crate::{
    console::{Command, Commands},
    director::Director,
};

/// Carries out the operator's commands, in their order.
pub fn obey(
    mut commands: ResMut<Commands>,
    mut director: ResMut<Director>,
    mut sound: ResMut<Sound>,
    mut exit: MessageWriter<AppExit>,
) {
    for command in commands.take() {
        match command {
            Command::Play => director.play(),
            Command::Pause => director.pause(),
            Command::Toggle => {
                if director.transport().is_some_and(|transport| transport.playing) {
                    director.pause();
                } else {
                    director.play();
                }
            }
            Command::Seek { position_us } => director.seek(position_us),
            Command::Skip { by_us } => {
                let position_us = director.transport().map_or(0, crate::director::Transport::position_us);
                director.seek(position_us.saturating_add(by_us));
            }
            Command::Step { by } => director.step_event(by),
            Command::Rate { rate } => director.set_rate(rate),
            Command::Master { gain_db } => sound.0.set_master_db(gain_db),
            Command::Mute { muted } => sound.0.set_muted(muted),
            Command::ToggleMute => {
                let muted = !sound.0.levels().muted();
                sound.0.set_muted(muted);
            }
            Command::ReopenSound => sound.0.reopen(),
            Command::Quit => {
                exit.write(AppExit::Success);
            }
        }
    }
}
