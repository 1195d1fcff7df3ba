//! The keyboard, in whichever of the windows it is pressed: what a key does stands in the operator's key map.

use std::collections::BTreeSet;

use bevy::{
    input::{
        ButtonState,
        keyboard::{Key, KeyboardInput},
    },
    prelude::*,
    window::{PrimaryWindow, WindowFocused},
};

use crate::{
    console::{Own, Typing, Wishes},
    desk::{Chord, Command, Deed, Hand, Order, Orders, Wish},
};

/// Turns keys into what they stand for.
pub fn read(
    mut pressed: MessageReader<KeyboardInput>,
    mut focused: MessageReader<WindowFocused>,
    mut held: Local<BTreeSet<KeyCode>>,
    consoles: Query<(), With<PrimaryWindow>>,
    own: Res<Own>,
    typing: Option<Res<Typing>>,
    mut wishes: ResMut<Wishes>,
    mut orders: ResMut<Orders>,
) {
    // A window that is left keeps no key down: its release is told to another one.
    if focused.read().any(|message| !message.focused) {
        held.clear();
    }
    for input in pressed.read() {
        // In the order in which they came: a chord may be down and up again between two frames.
        if input.state == ButtonState::Released {
            held.remove(&input.key_code);
            continue;
        }
        held.insert(input.key_code);
        let any = |keys: [KeyCode; 2]| keys.iter().any(|key| held.contains(key));
        let shift = any([KeyCode::ShiftLeft, KeyCode::ShiftRight]);
        let ctrl = any([KeyCode::ControlLeft, KeyCode::ControlRight]);
        let alt = any([KeyCode::AltLeft, KeyCode::AltRight]);
        let Some((key, prints_shift)) = name(input) else { continue };
        let chord = Chord { ctrl, shift: shift && !prints_shift, alt, key };
        // What is written in the console is the console's, and only there.
        let typing = typing.as_ref().filter(|_| consoles.contains(input.window)).map(|typing| **typing);
        if typing.is_some_and(|typing| is_the_consoles(typing, &chord)) {
            continue;
        }
        let Some(action) = own.keys.action(&chord).filter(|action| !input.repeat || action.repeats()) else { continue };
        match action.deed() {
            Deed::Command(command) => orders.push(Order::new(command, Hand::Key)),
            Deed::Wish(Wish::Quit) => {
                if wishes.quit() {
                    orders.push(Order::new(Command::Quit {}, Hand::Key));
                }
            }
            // Whoever asks for help without a console needs the console.
            Deed::Wish(_) if consoles.is_empty() => orders.push(Order::new(Command::OpenConsole {}, Hand::Key)),
            Deed::Wish(wish) => wishes.ask(wish),
        }
    }
}

/// Whether the console's own widgets take the key.
fn is_the_consoles(typing: Typing, chord: &Chord) -> bool {
    const MOVES: [&str; 8] = ["Space", "Enter", "Tab", "Escape", "Left", "Right", "Up", "Down"];
    let moves = !chord.ctrl && !chord.alt && MOVES.contains(&chord.key.as_str());
    (typing.text && !chord.acts_while_typing()) || (typing.focus && moves)
}

/// The key as it is printed, and whether it is printed so because Shift is held.
fn name(input: &KeyboardInput) -> Option<(String, bool)> {
    let named = |name: &str| Some((name.to_owned(), false));
    // Digits keep their name under Shift and on the number pad.
    let code = format!("{:?}", input.key_code);
    if let Some(digit) =
        code.strip_prefix("Digit").or_else(|| code.strip_prefix("Numpad")).filter(|rest| rest.len() == 1)
    {
        return named(digit);
    }
    match &input.logical_key {
        Key::Character(text) => {
            let c = text.chars().next().filter(char::is_ascii_graphic);
            match c {
                Some(c) if c.is_ascii_alphabetic() => named(&c.to_ascii_uppercase().to_string()),
                // A sign says by itself whether Shift made it.
                Some(c) => Some((c.to_string(), true)),
                // Another script: the key where the letter is printed in ours.
                None => code.strip_prefix("Key").and_then(named),
            }
        }
        Key::Space => named("Space"),
        Key::Enter => named("Enter"),
        Key::Escape => named("Escape"),
        Key::Tab => named("Tab"),
        Key::Backspace => named("Backspace"),
        Key::Insert => named("Insert"),
        Key::Delete => named("Delete"),
        Key::Home => named("Home"),
        Key::End => named("End"),
        Key::PageUp => named("PageUp"),
        Key::PageDown => named("PageDown"),
        Key::ArrowLeft => named("Left"),
        Key::ArrowRight => named("Right"),
        Key::ArrowUp => named("Up"),
        Key::ArrowDown => named("Down"),
        _ => Some(code).filter(|code| code.starts_with('F')).and_then(|code| named(&code)),
    }
}
