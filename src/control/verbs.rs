//! What clients write, read as commands: whole ones as JSON, and the field's verbs with few words.

use serde::{Deserialize, de::DeserializeOwned};
use serde_json::{Map, Value};

use super::turned::{Turned, quoted};
use crate::{
    desk::Command,
    show::{desk::Group, limits::CONTROL_BYTES},
};

/// One message may have so many bytes.
pub(super) const MESSAGE_BYTES: usize = CONTROL_BYTES;

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Nothing {}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Graphic {
    event: String,
    #[serde(default = "empty")]
    data: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Fields {
    data: Value,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Where {
    group: Option<Group>,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct All {
    #[serde(default)]
    all: bool,
}

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Switch {
    on: Option<bool>,
}

fn empty() -> Value {
    Value::Object(Map::new())
}

/// The verbs, as routes and OSC addresses spell them.
pub const VERBS: [&str; 18] = [
    "load",
    "play",
    "update",
    "next",
    "stop",
    "take",
    "clear",
    "restore",
    "hold",
    "follow",
    "black",
    "logo",
    "freeze",
    "mute",
    "takeover",
    "tape/play",
    "tape/pause",
    "tape/toggle",
];

/// The command of a verb with its fields. `play` is what is laid ready going on air; a tape has `tape/play`.
///
/// # Errors
/// An unknown verb, or fields that it does not have.
pub fn verb(name: &str, fields: Value) -> Result<Command, Turned> {
    if !fields.is_object() {
        return Err(Turned::Command { reason: "fields are an object, `{…}`".to_owned() });
    }
    let bare = fields.as_object().is_some_and(Map::is_empty);
    let group = |fields| read::<Where>(fields).map(|asked| asked.group.unwrap_or(Group::All));
    Ok(match name {
        "load" => read::<Graphic>(fields).map(|Graphic { event, data }| Command::Load { event, data })?,
        "play" if bare => Command::PlayLoaded {},
        "play" => {
            read::<Graphic>(fields).map(|Graphic { event, data }| Command::Say { event, data, corrects: None })?
        }
        "update" => Command::Update { data: read::<Fields>(fields)?.data },
        "next" => read::<Nothing>(fields).map(|_| Command::Next {})?,
        "stop" => Command::Stop { group: group(fields)? },
        "clear" => Command::Clear { group: group(fields)? },
        "restore" => Command::Restore { group: group(fields)? },
        "take" => Command::Take { all: read::<All>(fields)?.all },
        "hold" => Command::Hold { on: Some(read::<Switch>(fields)?.on.unwrap_or(true)) },
        "follow" => read::<Nothing>(fields).map(|_| Command::Hold { on: Some(false) })?,
        "black" => Command::Black { on: read::<Switch>(fields)?.on },
        "logo" => Command::Logo { on: read::<Switch>(fields)?.on },
        "freeze" => Command::Freeze { on: read::<Switch>(fields)?.on },
        "mute" => Command::Mute { on: read::<Switch>(fields)?.on },
        "takeover" => read::<Nothing>(fields).map(|_| Command::TakeOver {})?,
        "tape/play" => read::<Nothing>(fields).map(|_| Command::Play {})?,
        "tape/pause" => read::<Nothing>(fields).map(|_| Command::Pause {})?,
        "tape/toggle" => read::<Nothing>(fields).map(|_| Command::Toggle {})?,
        _ => return Err(Turned::NoRoute { path: quoted(name) }),
    })
}

/// A command with the `id` that its answer is to bear: `{"id":1,"command":"hold","on":true}`, or with a verb in place of
/// the command: `{"id":1,"verb":"take"}`.
///
/// # Errors
/// No JSON, or no command that there is.
pub fn message(text: &[u8]) -> (Value, Result<Command, Turned>) {
    if text.len() > MESSAGE_BYTES {
        return (Value::Null, Err(Turned::TooLarge { most: MESSAGE_BYTES }));
    }
    let value = match json(text) {
        Ok(value) => value,
        Err(turned) => return (Value::Null, Err(turned)),
    };
    let Value::Object(mut fields) = value else {
        return (Value::Null, read::<Command>(value));
    };
    let id = fields.remove("id").unwrap_or_default();
    let command = match fields.remove("verb") {
        Some(Value::String(name)) => verb(&name, Value::Object(fields)),
        Some(other) => Err(Turned::Command { reason: quoted(&format!("verb: {other}")) }),
        None => read(Value::Object(fields)),
    };
    (id, command)
}

/// The body of a request: JSON, or nothing for no fields.
///
/// # Errors
/// What is no JSON.
pub fn json(text: &[u8]) -> Result<Value, Turned> {
    if text.trim_ascii().is_empty() {
        return Ok(empty());
    }
    serde_json::from_slice(text).map_err(|error| Turned::NotJson { reason: quoted(&error.to_string()) })
}

pub(super) fn read<T: DeserializeOwned>(value: Value) -> Result<T, Turned> {
    T::deserialize(value).map_err(|error| Turned::Command { reason: quoted(&error.to_string()) })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use serde_json::json;

    use super::*;

    #[test]
    fn every_verb_is_read_and_no_other() {
        for name in VERBS {
            let fields = match name {
                "load" => json!({"event": "slate.cleared"}),
                "update" => json!({"data": {"name": "x"}}),
                _ => json!({}),
            };
            assert!(verb(name, fields).is_ok(), "{name}");
            assert!(matches!(verb(name, json!({"nonsense": 1})), Err(Turned::Command { .. })), "{name}");
            assert!(matches!(verb(name, json!([1])), Err(Turned::Command { .. })), "{name}");
        }
        assert!(matches!(verb("explode", json!({})), Err(Turned::NoRoute { .. })));
        assert_eq!(verb("hold", json!({})).unwrap(), Command::Hold { on: Some(true) });
        assert_eq!(
            verb("clear", json!({"group": "lower_third"})).unwrap(),
            Command::Clear { group: Group::LowerThird }
        );
    }

    #[test]
    fn a_message_has_its_id_and_a_command_or_a_verb() {
        let (id, command) = message(br#"{"id":1,"command":"hold"}"#);
        assert_eq!((id, command.unwrap()), (json!(1), Command::Hold { on: None }));
        let (id, command) = message(br#"{"id":"a","verb":"take","all":true}"#);
        assert_eq!((id, command.unwrap()), (json!("a"), Command::Take { all: true }));
        let (id, command) = message(br#"{"id":7,"command":"hold","off":true}"#);
        assert!(id == json!(7) && matches!(command, Err(Turned::Command { .. })));
        assert!(matches!(message(b"{").1, Err(Turned::NotJson { .. })));
        assert!(matches!(message("[".repeat(60_000).as_bytes()).1, Err(Turned::NotJson { .. })));
        assert!(matches!(message(&[b' '; MESSAGE_BYTES + 1]).1, Err(Turned::TooLarge { .. })));
    }

    fn anything() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            Just(Value::Null),
            any::<bool>().prop_map(Value::from),
            any::<i64>().prop_map(Value::from),
            any::<f64>().prop_map(Value::from),
            ".{0,8}".prop_map(Value::from),
            prop::sample::select(&["hold", "seek", "say", "take", "all", "lower_third", "slate.shown"][..])
                .prop_map(Value::from),
        ];
        let key = prop_oneof![
            ".{0,6}",
            prop::sample::select(&["id", "command", "verb", "on", "data", "event", "group", "position_us", "by"][..])
                .prop_map(str::to_owned),
        ];
        leaf.prop_recursive(4, 32, 6, move |inner| {
            prop_oneof![
                prop::collection::vec(inner.clone(), 0..5).prop_map(Value::from),
                prop::collection::btree_map(key.clone(), inner, 0..6)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    fn valid() -> impl Strategy<Value = Vec<u8>> {
        prop::sample::select(vec![
            r#"{"id":1,"command":"hold","on":true}"#,
            r#"{"command":"seek","position_us":5000000}"#,
            r#"{"command":"say","event":"lower_third.shown","data":{"kind":"judge","name":"王","title":""}}"#,
            r#"{"command":"step","by":-1,"unit":"moment"}"#,
            r#"{"command":"loop","from_us":1,"to_us":2}"#,
            r#"{"command":"cue","name":"hit","gain_db":-3.5,"muted":false}"#,
            r#"{"verb":"clear","group":"lower_third"}"#,
        ])
        .prop_map(|text| text.as_bytes().to_vec())
    }

    proptest! {
        /// What parses is a command that is written as it was meant; all else is refused with a reason.
        #[test]
        fn no_message_panics(bytes in prop::collection::vec(any::<u8>(), 0..400)) {
            if let (_, Err(turned)) = message(&bytes) {
                prop_assert!(!turned.to_string().is_empty());
            }
        }

        #[test]
        fn no_json_panics(value in anything(), name in prop::sample::select(&VERBS[..])) {
            let text = serde_json::to_vec(&value).unwrap();
            for read in [message(&text).1, verb(name, value)] {
                match read {
                    Ok(command) => {
                        let back = serde_json::to_value(&command).unwrap();
                        prop_assert_eq!(serde_json::from_value::<Command>(back).unwrap(), command);
                    }
                    Err(turned) => prop_assert!(turned.body()["message"].as_str().is_some_and(|said| !said.is_empty())),
                }
            }
        }

        #[test]
        fn no_mutated_command_panics(mut bytes in valid(), at in any::<prop::sample::Index>(), byte in any::<u8>(), cut in any::<prop::sample::Index>()) {
            let at = at.index(bytes.len());
            bytes[at] = byte;
            let _read = message(&bytes);
            bytes.truncate(cut.index(bytes.len()));
            prop_assert!(message(&bytes).1.is_err(), "half a command is none");
        }
    }
}
