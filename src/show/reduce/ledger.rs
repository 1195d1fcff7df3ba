//! The ledger: one hash over all that was folded, so that a notary can read out what stood on the tape.

use sha2::{Digest, Sha256};

use crate::show::protocol::Envelope;

/// SHA-256 in hex over the hash before (as hex, empty at the start) and the event as JSON.
///
/// Two shows have the same ledger exactly if they were told the same events in the same order.
pub(super) fn next(before: &str, envelope: &Envelope) -> String {
    let mut hasher = Sha256::new();
    hasher.update(before.as_bytes());
    // An envelope that was parsed can be written; one that could not would still move the hash on by its seq.
    hasher.update(serde_json::to_vec(envelope).unwrap_or_else(|_| envelope.seq.to_be_bytes().to_vec()));
    let digit = |nibble: u8| char::from(b"0123456789abcdef"[usize::from(nibble & 15)]);
    hasher.finalize().iter().flat_map(|byte| [digit(byte >> 4), digit(*byte)]).collect()
}
