//! Whatever a remote client writes, over HTTP, WebSocket or OSC: a command that is written as it was meant, or a reason.

use leitai::{
    control::{Turned, VERBS, commands, fields, message, verb},
    desk::Command,
};

/// A command can be written down and read again.
fn meant(read: Result<Command, Turned>) {
    match read {
        Ok(command) => {
            let text = serde_json::to_string(&command).expect("a command is JSON");
            let again = serde_json::from_str::<Command>(&text).unwrap_or_else(|error| panic!("{error}: {text}"));
            // A fraction may lose its last digit on the way through text.
            if !text.contains("e+") && !text.contains('.') {
                assert_eq!(serde_json::to_string(&again).expect("a command is JSON"), text);
            }
        }
        Err(turned) => {
            let body = turned.body();
            assert!(body["message"].as_str().is_some_and(|said| !said.is_empty() && said.len() < 4_096), "{body}");
        }
    }
}

/// The first byte chooses the door.
pub fn run(bytes: &[u8]) {
    let Some((first, bytes)) = bytes.split_first() else { return };
    match usize::from(*first) {
        0..64 => meant(message(bytes).1),
        door @ 64..128 => {
            let name = VERBS.get(door - 64).copied().unwrap_or("no verb");
            meant(fields(bytes).and_then(|fields| verb(name, fields)));
        }
        _ => match commands(bytes) {
            Ok(asked) => asked.into_iter().filter_map(Result::transpose).for_each(meant),
            Err(turned) => meant(Err(turned)),
        },
    }
}
