//! What is said outside the log: greeting, snapshot, clock, errors, the end (protocol.md §2).
//!
//! Control messages have a `type` and no `seq`; everything else with a `type` is an event.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};
use serde_json::Value;

use super::{
    Envelope, ProtocolError,
    error::{quiet, short},
    limits,
};
use crate::show::{desk::SAID_FROM, state::Show};

/// What an output knows already: the last event it has of an epoch.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Resume {
    pub epoch: String,
    pub seq: u64,
}

/// `hello`: the client's first message.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Hello {
    pub protocol: u32,
    /// Name and version of the program: `leitai/0.1.0`.
    pub client: String,
    /// `output`.
    pub role: String,
    /// Null asks for a snapshot, or for the log from its first event.
    pub resume: Option<Resume>,
}

/// `ping`: `t0` is the client's monotonic clock, µs; the server only sends it back.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Ping {
    pub id: u64,
    pub t0: i64,
}

/// Client to server.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum ClientMessage {
    Hello(Hello),
    Ping(Ping),
}

/// How the server goes on after its welcome.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum WelcomeMode {
    /// The log after the client's `resume`, or from seq 1 where it had none.
    Resume,
    /// A `snapshot`, then the log after its `at_seq`.
    Snapshot,
}

/// `welcome`: the server's answer to `hello`.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Welcome {
    pub protocol: u32,
    pub epoch: String,
    /// The log's last seq; 0 while it is empty.
    pub head: u64,
    pub mode: WelcomeMode,
    /// µs since the Unix epoch on the server's clock.
    pub server_time: i64,
}

/// `snapshot`: the whole state after event `at_seq`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Snapshot {
    pub at_seq: u64,
    pub state: Box<Show>,
}

/// `pong`: `t1` when the ping came and `t2` when this left, µs on the server's clock.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct Pong {
    pub id: u64,
    pub t0: i64,
    pub t1: i64,
    pub t2: i64,
}

/// What the server complains of.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum ErrorCode {
    /// The `protocol` of `hello` is not spoken here.
    BadVersion,
    Unauthorized,
    /// `resume` lies outside the log that is still held: a snapshot follows.
    SeqExpired,
    Malformed,
    TooLarge,
    /// A code of a later protocol.
    #[serde(other)]
    Other,
}

/// `error`. After a fatal one the server closes.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
pub struct ErrorMessage {
    pub code: ErrorCode,
    pub message: String,
    #[serde(default)]
    pub fatal: bool,
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
}

/// Server to client, outside the log.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "type", rename_all = "snake_case")]
pub enum Control {
    Welcome(Welcome),
    Snapshot(Snapshot),
    Pong(Pong),
    Error(ErrorMessage),
    /// The show is over; the server closes.
    End,
}

/// Anything a server may say.
#[derive(Clone, Debug, PartialEq)]
pub enum ServerMessage {
    Control(Control),
    Event(Box<Envelope>),
}

/// Reads one text message of a server.
///
/// # Errors
/// Says what does not fit: size, JSON, `type`, field.
pub fn parse_server_text(text: &str) -> Result<ServerMessage, ProtocolError> {
    if text.len() <= limits::MESSAGE_BYTES
        && let Some(envelope) = Envelope::from_text(text)
    {
        return Ok(ServerMessage::Event(Box::new(envelope)));
    }
    let (name, value) = open(text)?;
    let control = match name.as_str() {
        "welcome" => Control::Welcome(plain(&name, value)?),
        "snapshot" => Control::Snapshot(snapshot(&name, value)?),
        "pong" => Control::Pong(plain(&name, value)?),
        "error" => Control::Error(plain(&name, value)?),
        "end" => Control::End,
        _ => return Envelope::from_value(value).map(|envelope| ServerMessage::Event(Box::new(envelope))),
    };
    Ok(ServerMessage::Control(control))
}

/// Reads one text message of a client.
///
/// # Errors
/// As [`parse_server_text`].
pub fn parse_client_text(text: &str) -> Result<ClientMessage, ProtocolError> {
    let (name, value) = open(text)?;
    match name.as_str() {
        "hello" => plain(&name, value).map(ClientMessage::Hello),
        "ping" => plain(&name, value).map(ClientMessage::Ping),
        _ => Err(ProtocolError::UnknownType { seq: 0, event: short(&name) }),
    }
}

fn open(text: &str) -> Result<(String, Value), ProtocolError> {
    if text.len() > limits::MESSAGE_BYTES {
        return Err(ProtocolError::TooLarge { bytes: text.len(), limit: limits::MESSAGE_BYTES });
    }
    let value: Value =
        serde_json::from_str(text).map_err(|error| ProtocolError::NotJson { reason: error.to_string() })?;
    let Some(object) = value.as_object() else {
        return Err(ProtocolError::NotJson { reason: "it is a bare value, not an object".to_owned() });
    };
    let name = object.get("type").and_then(Value::as_str).ok_or(ProtocolError::NoType)?.to_owned();
    Ok((name, value))
}

/// A message within the limits.
fn plain<T: serde::de::DeserializeOwned>(name: &str, value: Value) -> Result<T, ProtocolError> {
    limits::check_value(&value).map_err(|misfit| beyond(name, misfit))?;
    fields(name, value)
}

/// A whole state that a log within the limits can lead to.
fn snapshot(name: &str, value: Value) -> Result<Snapshot, ProtocolError> {
    let snapshot: Snapshot = fields(name, value)?;
    limits::check_show(&snapshot.state).map_err(|misfit| beyond(name, misfit))?;
    if snapshot.at_seq >= SAID_FROM {
        let reason = format!("events are numbered below {SAID_FROM}");
        return Err(ProtocolError::Control { message: name.to_owned(), field: "at_seq".to_owned(), reason });
    }
    Ok(snapshot)
}

fn beyond(name: &str, misfit: limits::Misfit) -> ProtocolError {
    ProtocolError::Control { message: short(name), field: misfit.field, reason: misfit.reason }
}

/// The message's own fields. (Read through the tagged enum, an error would not know its field.)
fn fields<T: serde::de::DeserializeOwned>(name: &str, value: Value) -> Result<T, ProtocolError> {
    serde_path_to_error::deserialize(value).map_err(|error| ProtocolError::Control {
        message: short(name),
        field: short(&error.path().to_string()),
        reason: short(&quiet(name, error.inner().to_string())),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_the_contract_s_own_examples() {
        let hello = r#"{"type":"hello","protocol":1,"client":"leitai/0.1.0","role":"output","resume":{"epoch":"2025-11-21-yantai","seq":411}}"#;
        let ClientMessage::Hello(read) = parse_client_text(hello).unwrap() else { panic!("a hello") };
        assert_eq!(read.resume, Some(Resume { epoch: "2025-11-21-yantai".to_owned(), seq: 411 }));
        let welcome = r#"{"type":"welcome","protocol":1,"epoch":"2025-11-21-yantai","head":640,"mode":"resume","server_time":1763690401250000}"#;
        let ServerMessage::Control(Control::Welcome(read)) = parse_server_text(welcome).unwrap() else {
            panic!("a welcome")
        };
        assert_eq!((read.head, read.mode), (640, WelcomeMode::Resume));
        assert_eq!(parse_server_text(r#"{"type":"end"}"#), Ok(ServerMessage::Control(Control::End)));
    }

    #[test]
    fn what_is_written_is_read_again() {
        let said = Control::Error(ErrorMessage {
            code: ErrorCode::SeqExpired,
            message: "gone".to_owned(),
            fatal: false,
            seq: Some(7),
        });
        let text = serde_json::to_string(&said).unwrap();
        assert_eq!(text, r#"{"type":"error","code":"seq_expired","message":"gone","fatal":false,"seq":7}"#);
        assert_eq!(parse_server_text(&text), Ok(ServerMessage::Control(said)));
        let later = parse_server_text(r#"{"type":"error","code":"coffee","message":"x"}"#).unwrap();
        assert!(matches!(later, ServerMessage::Control(Control::Error(ErrorMessage { code: ErrorCode::Other, .. }))));
    }

    #[test]
    fn says_what_does_not_fit() {
        let refused = |text: &str| parse_server_text(text).unwrap_err().to_string();
        assert!(refused("[1]").contains("bare value"));
        assert!(refused("{}").contains("no `type`"));
        assert!(refused(r#"{"type":"welcome","protocol":1,"epoch":"e","head":-1}"#).contains("field `head`"));
        assert!(refused(r#"{"type":"#).contains("not a JSON object"));
        let key = refused(r#"{"type":"snapshot","at_seq":1,"state":{"core":{"question":"密钥"}}}"#);
        assert!(key.contains("field `state.core.question`: invalid type, expected") && !key.contains("密钥"), "{key}");
        let large = format!(r#"{{"type":"end","x":"{}"}}"#, "x".repeat(limits::MESSAGE_BYTES));
        assert!(matches!(parse_server_text(&large), Err(ProtocolError::TooLarge { .. })));
    }
}
