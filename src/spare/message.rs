//! What the two machines tell each other, as JSON texts.

use serde::{Deserialize, Serialize};

use super::{
    compare::{Digest, Facts, Stand},
    place::Place,
    rule::Standing,
};
use crate::show::desk::{Air, DeskAct};

/// One message. Either end may be the main one, so either may send each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum Message {
    /// First of all, and whenever it changes: who this is. `version` is the program's.
    Standing { version: String, standing: Standing },
    /// What its pictures are made of besides the show.
    Facts(Facts),
    /// The spare asks for the acts behind number `after`, and for the whole where it cannot go on with them alone.
    Want { after: u64, whole: bool },
    /// An act of the main one's desk.
    Act { act: Box<DeskAct> },
    /// All that is on air on the main one, and what its desk did.
    Whole { air: Box<Air> },
    /// From the frame loop, whatever happens: it lives, and is as far as this. `now_us` is its show's time.
    Beat { now_us: i64, place: Place },
    /// The main one's pictures at an agreed instant.
    Digest(Digest),
    /// What the spare found.
    Stand(Stand),
}

impl Message {
    /// As it is sent; none where it cannot be written, which is told in the log.
    pub fn text(&self) -> Option<String> {
        serde_json::to_string(self).map_err(|error| tracing::error!("the spare's line: {error}")).ok()
    }

    /// # Errors
    /// Why it cannot be read.
    pub fn read(text: &str) -> Result<Self, String> {
        serde_json::from_str(text).map_err(|error| error.to_string())
    }
}
