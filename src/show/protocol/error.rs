//! What can be wrong with a message, each as a sentence an operator can act on.

use crate::show::told::told;

/// Foreign words are quoted up to here, characters.
const QUOTED: usize = 160;

/// What a sender wrote, as far as a sentence can hold it.
pub(in crate::show) fn short(said: &str) -> String {
    let mut chars = said.chars();
    let mut text: String = chars.by_ref().take(QUOTED).collect();
    if chars.next().is_some() {
        text.push('…');
    }
    text
}

/// Why a message of this name does not fit, for the log and the operator's list. Of an answer it does not quote what was
/// found: it may not be on air yet. To be asked before the reason is cut short.
pub(super) fn quiet(name: &str, reason: String) -> String {
    if !matches!(name, "answer.revealed" | "snapshot") {
        return reason;
    }
    match reason.rsplit_once(", expected ") {
        Some((found, expected)) => {
            format!("{}, expected {expected}", found.split_once(':').map_or(found, |(kind, _)| kind))
        }
        None => reason,
    }
}

/// Why a message was refused. The connection and the picture stay (protocol.md §2, limits).
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum ProtocolError {
    #[error("message refused: {bytes} bytes, at most {limit} are allowed; ask the scoring system to send less at once")]
    TooLarge { bytes: usize, limit: usize },
    #[error("message refused: not UTF-8 at byte {at}")]
    NotUtf8 { at: usize },
    #[error("message refused: not a JSON object ({reason}); the picture stays, the scoring system must send it anew")]
    NotJson { reason: String },
    #[error("message refused: it has no `type`")]
    NoType,
    #[error(
        "`{message}` message refused: field `{field}`: {reason}; the picture stays, the scoring system must send it right"
    )]
    Control { message: String, field: String, reason: String },
    #[error("event {seq} refused: envelope version {version}, this program speaks {}", super::VERSION)]
    Version { seq: u64, version: u32 },
    #[error("event {seq} skipped: unknown type \"{event}\"; the picture stays as it is")]
    UnknownType { seq: u64, event: String },
    #[error(
        "event {seq} ({event}) refused: field `{field}`: {reason}; the show goes on without it, the scoring system must correct it"
    )]
    Field { seq: u64, event: String, field: String, reason: String },
}

told!(ProtocolError {
    TooLarge { bytes, limit } => "feed-too-large",
    NotUtf8 { at } => "feed-not-utf8",
    NotJson { reason } => "feed-not-json",
    NoType => "feed-no-type",
    Control { message, field, reason } => "feed-control",
    Version { seq, version } => "feed-event-version"[own = super::VERSION],
    UnknownType { seq, event } => "feed-unknown-type",
    Field { seq, event, field, reason } => "feed-field",
});

impl ProtocolError {
    /// The seq that the refused event would have had, where it could be read.
    pub fn seq(&self) -> Option<u64> {
        match self {
            Self::Version { seq, .. } | Self::UnknownType { seq, .. } | Self::Field { seq, .. } if *seq > 0 => {
                Some(*seq)
            }
            _ => None,
        }
    }
}
