//! The envelope round an event: who numbers it, when it happened, what caused it.

use std::borrow::Cow;

use serde::{Deserialize, Deserializer, Serialize, Serializer};
use serde_json::Value;

use super::{Event, ProtocolError, error::short};

/// One line of the log (protocol.md §2, "Events: the envelope").
#[derive(Clone, Debug, PartialEq)]
pub struct Envelope {
    pub epoch: String,
    /// 1, 2, 3… gap-free inside an epoch.
    pub seq: u64,
    /// µs since the Unix epoch on the server's clock.
    pub at: i64,
    pub event: Event,
    pub cause: Option<u64>,
    pub corrects: Option<u64>,
}

/// The envelope as it stands on the wire, before its data is understood.
#[derive(Debug, Deserialize)]
struct Wire {
    v: u32,
    epoch: String,
    seq: u64,
    at: i64,
    #[serde(rename = "type")]
    event: String,
    data: Value,
    #[serde(default)]
    cause: Option<u64>,
    #[serde(default)]
    corrects: Option<u64>,
}

/// The same as it is written.
#[derive(Serialize)]
struct Written<'a> {
    v: u32,
    epoch: &'a str,
    seq: u64,
    at: i64,
    #[serde(rename = "type")]
    event: &'a str,
    data: Value,
    cause: Option<u64>,
    corrects: Option<u64>,
}

/// The same read straight off a text.
#[derive(Deserialize)]
pub(in crate::show) struct Plain<'a> {
    v: u32,
    epoch: String,
    seq: u64,
    at: i64,
    #[serde(rename = "type", borrow)]
    event: Cow<'a, str>,
    data: Value,
    #[serde(default)]
    cause: Option<u64>,
    #[serde(default)]
    corrects: Option<u64>,
}

impl Plain<'_> {
    /// The envelope; none where anything is not as it should be, which [`Envelope::from_value`] can name.
    pub(in crate::show) fn envelope(self) -> Option<Envelope> {
        let Self { v, epoch, seq, at, event, data, cause, corrects } = self;
        if v != super::VERSION
            || super::limits::check_envelope(&epoch, seq, at, [cause, corrects]).is_err()
            || super::limits::check(seq, &event, &data).is_err()
        {
            return None;
        }
        let event = Event::parse_plain(&event, data)?;
        let fits = super::limits::check_values(seq, &event).and_then(|()| super::limits::check_end(seq, at, &event));
        fits.is_ok().then_some(Envelope { epoch, seq, at, event, cause, corrects })
    }
}

impl Envelope {
    /// From a JSON text; none where it is no envelope or anything in it is wrong, which [`Envelope::from_value`] names.
    /// Nearly every message is right: this is several times as fast.
    pub(super) fn from_text(text: &str) -> Option<Self> {
        serde_json::from_str::<Plain<'_>>(text).ok()?.envelope()
    }

    /// From a parsed JSON object.
    ///
    /// # Errors
    /// Says which seq, event and field does not fit and why.
    pub fn from_value(value: Value) -> Result<Self, ProtocolError> {
        let seq = value.get("seq").and_then(Value::as_u64).unwrap_or(0);
        let name = value.get("type").and_then(Value::as_str).unwrap_or("").to_owned();
        let wire: Wire = serde_path_to_error::deserialize(value).map_err(|error| ProtocolError::Field {
            seq,
            event: short(&name),
            field: short(&error.path().to_string()),
            reason: short(&error.inner().to_string()),
        })?;
        if wire.v != super::VERSION {
            return Err(ProtocolError::Version { seq, version: wire.v });
        }
        super::limits::check_envelope(&wire.epoch, wire.seq, wire.at, [wire.cause, wire.corrects])
            .map_err(|misfit| misfit.of_event(seq, &wire.event))?;
        super::limits::check(seq, &wire.event, &wire.data)?;
        let event = Event::parse(&wire.event, wire.seq, wire.data)?;
        super::limits::check_values(seq, &event)?;
        super::limits::check_end(seq, wire.at, &event)?;
        Ok(Self { epoch: wire.epoch, seq: wire.seq, at: wire.at, event, cause: wire.cause, corrects: wire.corrects })
    }
}

impl Serialize for Envelope {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        Written {
            v: super::VERSION,
            epoch: &self.epoch,
            seq: self.seq,
            at: self.at,
            event: self.event.name(),
            data: self.event.data().map_err(serde::ser::Error::custom)?,
            cause: self.cause,
            corrects: self.corrects,
        }
        .serialize(serializer)
    }
}

impl<'de> Deserialize<'de> for Envelope {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        Self::from_value(Value::deserialize(deserializer)?).map_err(serde::de::Error::custom)
    }
}

impl Event {
    /// An event by its wire name and data, checked as one that the feed sends.
    ///
    /// # Errors
    /// `UnknownType`, or `Field` naming the field that does not fit.
    pub fn checked(name: &str, data: Value) -> Result<Self, ProtocolError> {
        super::limits::check(0, name, &data)?;
        let event = Self::parse(name, 0, data)?;
        super::limits::check_values(0, &event)?;
        Ok(event)
    }

    /// Its `data` as JSON.
    ///
    /// # Errors
    /// Where a value cannot be written as JSON; one that was read always can.
    pub fn to_data(&self) -> Result<Value, serde_json::Error> {
        self.data()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_short_way_reads_what_the_long_one_reads_and_leaves_the_rest_to_it() {
        let tape = include_str!("../../../assets/shows/zhongwei.tape.ndjson");
        for line in tape.lines().skip(1) {
            let env = serde_json::from_str::<Value>(line).unwrap()["env"].take();
            let text = env.to_string();
            assert_eq!(Envelope::from_text(&text), Some(Envelope::from_value(env).unwrap()), "{text}");
        }
        let whole = r#"{"v":1,"epoch":"e","seq":4,"at":7,"type":"show.ended","data":{},"cause":null}"#;
        assert!(Envelope::from_text(whole).is_some());
        for (from, to) in [
            (r#""v":1"#, r#""v":2"#),
            ("show.ended", "show.began"),
            (r#""seq":4"#, r#""seq":-4"#),
            (r#""data":{}"#, r#""data":3"#),
            (r#""at":7,"#, ""),
            ("}", ""),
        ] {
            let wrong = whole.replacen(from, to, 1);
            assert!(Envelope::from_text(&wrong).is_none(), "{wrong}");
        }
    }
}
