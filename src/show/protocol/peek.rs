//! Which event a message would have been: the epoch and seq of text that cannot be read as a whole.
//!
//! A refused event still takes its place in the log, so that nothing after it is lost.

use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, Visitor};
use serde_json::Value;

/// What could be read before the fault. A member counts only when the text goes on behind it, for a number at the
/// torn end of a message may lack digits.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Peek {
    pub epoch: Option<String>,
    pub seq: Option<u64>,
}

/// The top-level `epoch` and `seq` of `text`, as far as it is well formed. Allocates nothing for the rest.
pub fn peek(text: &str) -> Peek {
    let mut found = Peek::default();
    let mut reader = serde_json::Deserializer::from_str(text);
    // The fault itself is already known to the caller: only what precedes it is wanted.
    let _fault = Seed(&mut found).deserialize(&mut reader).is_err();
    found
}

struct Seed<'a>(&'a mut Peek);

impl<'de> DeserializeSeed<'de> for Seed<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_map(self)
    }
}

impl<'de> Visitor<'de> for Seed<'_> {
    type Value = ();

    fn expecting(&self, out: &mut fmt::Formatter) -> fmt::Result {
        out.write_str("an object")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut waiting: Option<(String, Value)> = None;
        loop {
            let key = map.next_key::<String>();
            let ended = matches!(key, Ok(None));
            if (ended || matches!(key, Ok(Some(_))))
                && let Some((name, value)) = waiting.take()
            {
                match name.as_str() {
                    "epoch" => self.0.epoch = value.as_str().map(str::to_owned),
                    _ => self.0.seq = value.as_u64(),
                }
            }
            let Some(key) = key? else { return Ok(()) };
            if key == "epoch" || key == "seq" {
                waiting = Some((key, map.next_value()?));
            } else {
                map.next_value::<IgnoredAny>()?;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn finds_the_place_of_a_torn_event() {
        let whole = r#"{"v":1,"epoch":"e","seq":412,"at":17,"type":"score.changed","data":{"team":"a"}}"#;
        let place = Peek { epoch: Some("e".to_owned()), seq: Some(412) };
        assert_eq!(peek(whole), place);
        let after = whole.find(r#""at""#).unwrap() + 4;
        for cut in after..whole.len() {
            assert_eq!(peek(&whole[..cut]), place, "cut at {cut}");
        }
        let digits = whole.find("412").unwrap();
        for cut in 0..digits + 3 {
            assert_eq!(peek(&whole[..cut]).seq, None, "cut at {cut}");
        }
    }

    #[test]
    fn is_silent_about_what_is_no_event() {
        for text in ["", "null", "[]", "{}", r#"{"seq":-1}"#, r#"{"seq":"4"}"#, r#"{"data":{"seq":4}}"#] {
            assert_eq!(peek(text).seq, None, "{text}");
        }
    }
}
