//! What goes wrong with a feed, each a sentence.

use crate::show::{
    protocol::{ProtocolError, SUBPROTOCOL, VERSION, control::ErrorCode},
    told::{Arg, Clause, told},
};

/// A problem of the feed. The picture stays through all of them; each says what the operator can do.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FeedProblem {
    #[error("{url} cannot be reached: {reason}; leitai goes on trying")]
    Unreachable { url: String, reason: String },
    #[error("{url} cannot be reached: no answer within {within_ms} ms; leitai goes on trying")]
    Late { url: String, within_ms: u64 },
    #[error("{url} answers HTTP {status}; check the address")]
    Http { url: String, status: u16 },
    #[error("{url} refuses the token; check --token-file")]
    Unauthorized { url: String },
    #[error(
        "the certificate of {url} has expired; have the server's renewed, or set this machine's clock if that is wrong"
    )]
    CertificateExpired { url: String },
    #[error("the certificate of {url} is not valid yet; set the clock of this machine, or the server's, right")]
    CertificateEarly { url: String },
    #[error(
        "the certificate of {url} is another host's; write the address with the host that the certificate names, or have one made for this host"
    )]
    CertificateName { url: String },
    #[error(
        "the certificate of {url} comes from nobody who is trusted here; name the authority that issued it with --ca"
    )]
    CertificateIssuer { url: String },
    #[error(
        "the certificate of {url} is not accepted ({reason}); have the server given one that an authority issued for its host"
    )]
    Certificate { url: String, reason: Clause },
    #[error(
        "the token goes to {url} in clear: who shares that network can read it; use wss://, or a network of your own"
    )]
    InClear { url: String },
    #[error("{url} does not speak {SUBPROTOCOL}; check the address")]
    Subprotocol { url: String },
    #[error("the server speaks protocol {server}, this program {VERSION}; update one of them")]
    Version { server: u32 },
    #[error("the server did not say welcome, but: {said}")]
    NoWelcome { said: String },
    #[error("the connection was lost: {reason}; leitai reconnects and resumes")]
    Lost { reason: String },
    #[error("the connection was lost: the server closed it; leitai reconnects and resumes")]
    Closed,
    #[error("the connection was lost: the server closed it ({code} {said}); leitai reconnects and resumes")]
    ClosedWith { code: u16, said: String },
    #[error("the connection was lost: it broke off; leitai reconnects and resumes")]
    BrokenOff,
    #[error("the server was silent for {silent_ms} ms; leitai reconnects and resumes")]
    Silent { silent_ms: u64 },
    #[error("{0}")]
    Message(#[from] ProtocolError),
    #[error("a message broke the connection: {reason}; leitai reconnects and resumes")]
    Unreadable { reason: String },
    #[error("a binary message of {bytes} bytes was refused; the feed is text")]
    Binary { bytes: usize },
    #[error("events {from} to {to} did not come in time; leitai reconnects and asks for them")]
    Gap { from: u64, to: u64 },
    #[error("events {from} to {to} never came; the show goes on without them, check the figures on air")]
    GapUnfilled { from: u64, to: u64 },
    #[error("the scoring system was reset: epoch \"{from}\" ended, \"{to}\" began; all that came before is discarded")]
    Epoch { from: String, to: String },
    #[error(
        "the scoring system's log ends at event {to}, but events up to {from} had come: it was reset without a new epoch; what it sends now is on air"
    )]
    Shorter { from: u64, to: u64 },
    #[error("the server complains ({code:?}): {message}")]
    Server { code: ErrorCode, message: String, fatal: bool },
    #[error("the server's clock was set by {by_ms} ms; leitai follows where nothing on air can jump")]
    ClockSet { by_ms: i64 },
}

impl FeedProblem {
    /// What it is, without its particulars: problems are counted and told by kind.
    pub fn kind(&self) -> String {
        match self {
            Self::Unreachable { .. } | Self::Late { .. } => "unreachable".to_owned(),
            Self::Http { status, .. } => format!("http {status}"),
            Self::Unauthorized { .. } => "unauthorized".to_owned(),
            Self::CertificateExpired { .. } => "certificate expired".to_owned(),
            Self::CertificateEarly { .. } => "certificate early".to_owned(),
            Self::CertificateName { .. } => "certificate name".to_owned(),
            Self::CertificateIssuer { .. } => "certificate issuer".to_owned(),
            Self::Certificate { .. } => "certificate".to_owned(),
            Self::InClear { .. } => "in clear".to_owned(),
            Self::Subprotocol { .. } => "subprotocol".to_owned(),
            Self::Version { .. } => "version".to_owned(),
            Self::NoWelcome { .. } => "no welcome".to_owned(),
            Self::Lost { .. } | Self::Closed | Self::ClosedWith { .. } | Self::BrokenOff => "lost".to_owned(),
            Self::Silent { .. } => "silent".to_owned(),
            Self::Message(error) => match error {
                ProtocolError::TooLarge { .. } => "too large".to_owned(),
                ProtocolError::NotUtf8 { .. } => "not UTF-8".to_owned(),
                ProtocolError::NotJson { .. } => "not JSON".to_owned(),
                ProtocolError::NoType => "no type".to_owned(),
                ProtocolError::Control { message, field, .. } => format!("{message} {field}"),
                ProtocolError::Version { .. } => "envelope version".to_owned(),
                ProtocolError::UnknownType { event, .. } => format!("unknown {event}"),
                ProtocolError::Field { event, field, .. } => format!("{event} {field}"),
            },
            Self::Unreadable { .. } => "unreadable".to_owned(),
            Self::Binary { .. } => "binary".to_owned(),
            Self::Gap { .. } => "gap".to_owned(),
            Self::GapUnfilled { .. } => "gap unfilled".to_owned(),
            Self::Epoch { .. } => "epoch".to_owned(),
            Self::Shorter { .. } => "shorter".to_owned(),
            Self::Server { code, .. } => format!("server {code:?}"),
            Self::ClockSet { .. } => "clock set".to_owned(),
        }
    }
}

told!(FeedProblem {
    Unreachable { url, reason } => "feed-unreachable",
    Late { url, within_ms } => "feed-late",
    Http { url, status } => "feed-http",
    Unauthorized { url } => "feed-unauthorized",
    CertificateExpired { url } => "feed-certificate-expired",
    CertificateEarly { url } => "feed-certificate-early",
    CertificateName { url } => "feed-certificate-name",
    CertificateIssuer { url } => "feed-certificate-issuer",
    Certificate { url, reason } => "feed-certificate",
    InClear { url } => "feed-in-clear",
    Subprotocol { url } => "feed-subprotocol"[subprotocol = SUBPROTOCOL],
    Version { server } => "feed-version"[own = VERSION],
    NoWelcome { said } => "feed-no-welcome",
    Lost { reason } => "feed-lost",
    Closed => "feed-closed",
    ClosedWith { code, said } => "feed-closed-with",
    BrokenOff => "feed-broken-off",
    Silent { silent_ms } => "feed-silent",
    Unreadable { reason } => "feed-unreadable",
    Binary { bytes } => "feed-binary",
    Gap { from, to } => "feed-gap",
    GapUnfilled { from, to } => "feed-gap-unfilled",
    Epoch { from, to } => "feed-epoch",
    Shorter { from, to } => "feed-shorter",
    Server { code, message } => "feed-server",
    ClockSet { by_ms } => "feed-clock-set",
    ; Message
});

impl From<&ErrorCode> for Arg {
    fn from(code: &ErrorCode) -> Self {
        Self::Text(format!("{code:?}"))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{self, Lang};

    #[test]
    fn both_languages_name_the_same_particulars() {
        for problem in [FeedProblem::GapUnfilled { from: 41, to: 43 }, FeedProblem::Shorter { from: 43, to: 41 }] {
            assert_eq!(locale::tell(Lang::En, &problem), problem.to_string());
            for sentence in [problem.to_string(), locale::tell(Lang::Zh, &problem)] {
                assert!(sentence.contains("41") && sentence.contains("43"), "{sentence}");
            }
        }
        let problem = FeedProblem::Message(ProtocolError::UnknownType { seq: 9, event: "laser.fired".to_owned() });
        for sentence in [problem.to_string(), locale::tell(Lang::Zh, &problem)] {
            assert!(sentence.contains('9') && sentence.contains("laser.fired"), "{sentence}");
        }
    }

    #[test]
    fn what_the_program_says_itself_is_in_the_operators_language() {
        let url = || "wss://10.0.0.5".to_owned();
        for problem in [
            FeedProblem::Late { url: url(), within_ms: 800 },
            FeedProblem::Closed,
            FeedProblem::ClosedWith { code: 1001, said: String::new() },
            FeedProblem::BrokenOff,
        ] {
            let zh = locale::tell(Lang::Zh, &problem).replace(&url(), "");
            assert!(!zh.is_empty() && !zh.contains(|sign: char| sign.is_ascii_alphabetic()), "{zh}");
            assert_eq!(locale::tell(Lang::En, &problem), problem.to_string());
        }
    }
}
