//! The keyboard, in whichever of the windows it is pressed.

use bevy::{
    input::{ButtonState, keyboard::KeyboardInput},
    prelude::*,
};

use super::screens::OpenHost;
use crate::desk::{Command, Hand, Order, Orders, Unit};

/// ← and → with Shift, µs.
const SKIP_US: i64 = 5_000_000;

/// Turns keys into commands: Space, ← →, Shift+← →, Home, M, F1, F2, Ctrl+Q.
pub fn read(
    mut pressed: MessageReader<KeyboardInput>,
    held: Res<ButtonInput<KeyCode>>,
    mut orders: ResMut<Orders>,
    mut open_host: MessageWriter<OpenHost>,
) {
    let shift = held.any_pressed([KeyCode::ShiftLeft, KeyCode::ShiftRight]);
    let control = held.any_pressed([KeyCode::ControlLeft, KeyCode::ControlRight]);
    for key in pressed.read().filter(|key| key.state == ButtonState::Pressed) {
        let command = match key.key_code {
            KeyCode::KeyQ if control => Command::Quit {},
            _ if control => continue,
            // Held down, these would flicker.
            KeyCode::Space if !key.repeat => Command::Toggle {},
            KeyCode::KeyM if !key.repeat => Command::Mute { on: None },
            KeyCode::ArrowLeft if shift => Command::Skip { by_us: -SKIP_US },
            KeyCode::ArrowRight if shift => Command::Skip { by_us: SKIP_US },
            KeyCode::ArrowLeft => Command::Step { by: -1, unit: Unit::Event },
            KeyCode::ArrowRight => Command::Step { by: 1, unit: Unit::Event },
            KeyCode::KeyB if !key.repeat => Command::Black { on: None },
            KeyCode::Home => Command::Seek { position_us: 0 },
            KeyCode::F1 if !key.repeat => Command::OpenConsole {},
            KeyCode::F2 if !key.repeat => {
                open_host.write(OpenHost);
                continue;
            }
            _ => continue,
        };
        orders.push(Order::new(command, Hand::Key));
    }
}
