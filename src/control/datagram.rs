//! One OSC datagram, read as commands: addresses are verbs, arguments their fields.

use rosc::{OscMessage, OscPacket, OscType, decoder};
use serde_json::{Map, Value};

use super::{
    turned::{Turned, quoted},
    verbs,
};
use crate::{
    desk::Command,
    show::limits::{OSC_BUNDLE as BUNDLE, OSC_BYTES},
};

/// A larger message is no button's.
pub(super) const MESSAGE_BYTES: usize = OSC_BYTES;
/// What every address begins with.
pub(super) const ROOT: &str = "/leitai/";

/// What a datagram asks for; a button that was let go asks for nothing.
///
/// # Errors
/// Where nothing of it can be read; what one of its messages asks wrongly is that one's own.
pub fn commands(bytes: &[u8]) -> Result<Vec<Result<Option<Command>, Turned>>, Turned> {
    if bytes.len() > MESSAGE_BYTES {
        return Err(Turned::TooLarge { most: MESSAGE_BYTES });
    }
    let bad = |reason: &str| Turned::Osc { reason: quoted(reason) };
    // Bundles in bundles and lists in lists would be read by recursion, as deep as a stranger wants.
    let bundles = bytes.windows(8).filter(|part| *part == b"#bundle\0").count();
    if bundles > 1 || bytes.iter().filter(|byte| **byte == b'[').count() > MESSAGE_BYTES / 16 {
        return Err(Turned::OscNested);
    }
    let (_, packet) = decoder::decode_udp(bytes).map_err(|error| bad(&error.to_string()))?;
    let messages = match packet {
        OscPacket::Message(message) => vec![message],
        OscPacket::Bundle(bundle) if bundle.content.len() > BUNDLE => {
            return Err(Turned::OscBundle { most: BUNDLE });
        }
        OscPacket::Bundle(bundle) => bundle
            .content
            .into_iter()
            .filter_map(|packet| match packet {
                OscPacket::Message(message) => Some(message),
                OscPacket::Bundle(_) => None,
            })
            .collect(),
    };
    Ok(messages.into_iter().map(command).collect())
}

fn command(OscMessage { addr, args }: OscMessage) -> Result<Option<Command>, Turned> {
    let name = addr.strip_prefix(ROOT).ok_or_else(|| Turned::NoRoute { path: quoted(&addr) })?;
    let mut args = args.into_iter().map(|arg| plain(arg).ok_or_else(|| Turned::Osc { reason: quoted(name) }));
    let (first, second) = (args.next().transpose()?, args.next().transpose()?);
    let object = |value: Option<Value>| match value {
        Some(Value::String(text)) => verbs::json(text.as_bytes()),
        other => Ok(other.unwrap_or_else(|| Value::Object(Map::new()))),
    };
    let pressed = |value: &Value| value.as_f64().map(|number| number != 0.0).or(value.as_bool());
    let mut fields = Map::new();
    match (name, first) {
        ("command", Some(Value::String(text))) => {
            let command = verbs::message(text.as_bytes()).1?;
            // Whoever sends OSC has shown no token.
            return match command {
                Command::Quit {}
                | Command::Open { .. }
                | Command::SaveAs { .. }
                | Command::PreviewTheme { .. }
                | Command::SetOutputs { .. }
                | Command::SaveOutputs { .. }
                | Command::TestCard { card: Some(_), .. } => Err(Turned::NeedsToken),
                command => Ok(Some(command)),
            };
        }
        ("load" | "play", Some(Value::String(event))) => {
            fields.insert("event".to_owned(), event.into());
            fields.insert("data".to_owned(), object(second)?);
        }
        ("update", Some(value)) => {
            fields.insert("data".to_owned(), object(Some(value))?);
        }
        ("stop" | "clear" | "restore", Some(Value::String(group))) => {
            fields.insert("group".to_owned(), group.into());
        }
        ("take", Some(Value::String(all))) if all == "all" => {
            fields.insert("all".to_owned(), true.into());
        }
        ("hold" | "black" | "logo" | "freeze" | "mute", Some(value)) => {
            fields.insert("on".to_owned(), pressed(&value).map_or(value, Value::from));
        }
        (_, None) => {}
        // 1 is a button pressed, 0 the same button let go.
        (_, Some(value)) => match pressed(&value) {
            Some(true) => {}
            Some(false) => return Ok(None),
            None => return Err(Turned::Osc { reason: quoted(name) }),
        },
    }
    verbs::verb(name, Value::Object(fields)).map(Some)
}

fn plain(arg: OscType) -> Option<Value> {
    Some(match arg {
        OscType::Int(number) => number.into(),
        OscType::Long(number) => number.into(),
        OscType::Float(number) => number.into(),
        OscType::Double(number) => number.into(),
        OscType::Bool(value) => value.into(),
        OscType::String(text) => text.into(),
        OscType::Nil => Value::Null,
        _ => return None,
    })
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use rosc::encoder;
    use serde_json::json;

    use super::*;
    use crate::show::desk::Group;

    fn asked(addr: &str, args: Vec<OscType>) -> Vec<Result<Option<Command>, Turned>> {
        let packet = OscPacket::Message(OscMessage { addr: addr.to_owned(), args });
        commands(&encoder::encode(&packet).unwrap()).unwrap()
    }

    fn one(addr: &str, args: Vec<OscType>) -> Option<Command> {
        asked(addr, args).remove(0).unwrap()
    }

    #[test]
    fn buttons_are_commands() {
        assert_eq!(one("/leitai/take", vec![]), Some(Command::Take { all: false }));
        assert_eq!(one("/leitai/take", vec!["all".into()]), Some(Command::Take { all: true }));
        assert_eq!(one("/leitai/black", vec![OscType::Int(1)]), Some(Command::Black { on: Some(true) }));
        assert_eq!(one("/leitai/black", vec![OscType::Float(0.0)]), Some(Command::Black { on: Some(false) }));
        assert_eq!(one("/leitai/black", vec![]), Some(Command::Black { on: None }));
        assert_eq!(one("/leitai/clear", vec!["strip".into()]), Some(Command::Clear { group: Group::Strip }));
        let load = one("/leitai/load", vec!["slate.cleared".into(), "{}".into()]);
        assert_eq!(load, Some(Command::Load { event: "slate.cleared".to_owned(), data: json!({}) }));
        let whole = one("/leitai/command", vec![r#"{"command":"seek","position_us":5}"#.into()]);
        assert_eq!(whole, Some(Command::Seek { position_us: 5 }));
        assert_eq!(one("/leitai/tape/play", vec![OscType::Float(1.0)]), Some(Command::Play {}));
        assert_eq!(one("/leitai/next", vec![OscType::Float(0.0)]), None, "a button let go");
        for (addr, args) in [
            ("/other/take", vec![]),
            ("/leitai/explode", vec![]),
            ("/leitai/clear", vec!["everything".into()]),
            ("/leitai/black", vec!["maybe".into()]),
            ("/leitai/next", vec![OscType::Blob(vec![1])]),
        ] {
            assert!(asked(addr, args).remove(0).is_err(), "{addr}");
        }
        let refused = asked("/leitai/command", vec![r#"{"command":"quit"}"#.into()]).remove(0);
        assert_eq!(refused, Err(Turned::NeedsToken));
    }

    #[test]
    fn what_is_nested_deeply_is_refused_and_not_read() {
        let bundle = |content: Vec<u8>| {
            let mut bytes = b"#bundle\0\0\0\0\0\0\0\0\x01".to_vec();
            bytes.extend(u32::try_from(content.len()).unwrap().to_be_bytes());
            bytes.extend(content);
            bytes
        };
        let message =
            encoder::encode(&OscPacket::Message(OscMessage { addr: "/leitai/take".to_owned(), args: vec![] }));
        let flat = bundle(message.unwrap());
        assert_eq!(commands(&flat).unwrap().len(), 1);
        let mut deep = flat;
        while deep.len() < MESSAGE_BYTES - 40 {
            deep = bundle(deep);
        }
        assert!(matches!(commands(&deep), Err(Turned::OscNested)));
        let mut lists = b"/a\0\0,".to_vec();
        lists.extend([b'['; 4000]);
        lists.extend([0; 4]);
        assert!(commands(&lists).is_err());
        assert!(matches!(commands(&vec![0; MESSAGE_BYTES + 1]), Err(Turned::TooLarge { .. })));
    }

    proptest! {
        #[test]
        fn no_datagram_panics(bytes in prop::collection::vec(any::<u8>(), 0..200), start in prop::sample::select(vec![&b""[..], b"/leitai/take\0\0\0\0,", b"/leitai/load\0\0\0\0,ss\0", b"#bundle\0"])) {
            let mut datagram = start.to_vec();
            datagram.extend(bytes);
            let _read = commands(&datagram);
        }
    }
}
