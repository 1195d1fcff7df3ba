//! How a feed is to be reached, and the times and limits of the connection.

use std::{path::PathBuf, time::Duration};

use super::token::Token;
use crate::show::{
    protocol::control::Resume,
    told::{Arg, told},
};

/// The connection's times. Tests shorten them; a show does not.
#[derive(Clone, Copy, Debug)]
pub struct Timing {
    /// A gap is held this long for late frames.
    pub gap_hold: Duration,
    /// Pings go out so often once the clock is set.
    pub ping_every: Duration,
    /// The first pings of a connection follow each other so closely.
    pub ping_burst_every: Duration,
    /// How many they are.
    pub ping_burst: u32,
    /// Silence after which the peer is dead.
    pub dead_after: Duration,
    /// Finding the host's addresses, handshake and welcome each have so long.
    pub connect_within: Duration,
    /// First and longest pause between tries.
    pub backoff: (Duration, Duration),
}

impl Default for Timing {
    fn default() -> Self {
        Self {
            gap_hold: Duration::from_millis(250),
            ping_every: Duration::from_secs(5),
            ping_burst_every: Duration::from_millis(25),
            ping_burst: 8,
            // Found within ten seconds, also by a machine that has much to do.
            dead_after: Duration::from_millis(9_500),
            connect_within: Duration::from_secs(10),
            backoff: (Duration::from_millis(100), Duration::from_secs(1)),
        }
    }
}

/// Called on the feed's thread after items were put into the inbox, and before it waits for room: wakes a sleeping event
/// loop.
pub type Notify = Box<dyn Fn() + Send>;

/// Where the feed is and how it is spoken to.
pub struct FeedOptions {
    /// `ws://host:port/path` or `wss://…`. Never with a secret in it.
    pub url: String,
    pub token: Option<Token>,
    /// A PEM file with the roots to trust instead of the system's.
    pub ca: Option<PathBuf>,
    /// What the journal has already.
    pub resume: Option<Resume>,
    pub on_item: Option<Notify>,
    pub timing: Timing,
    /// Items that wait for the app; when it is full, nothing more is read from the socket.
    pub capacity: usize,
}

impl FeedOptions {
    /// A feed without a token, with the contract's times.
    pub fn new(url: &str) -> Self {
        Self {
            url: url.to_owned(),
            token: None,
            ca: None,
            resume: None,
            on_item: None,
            timing: Timing::default(),
            capacity: 1024,
        }
    }
}

/// Why a feed cannot even be tried.
#[derive(Debug, thiserror::Error)]
pub enum FeedError {
    #[error("feed address \"{url}\": {reason}; write it as ws://host:port/path or wss://host/path")]
    Address { url: String, reason: String },
    #[error(
        "feed address: it holds a user name, a password or a token, and addresses are seen in the list of processes; put the token into a file and name it with --token-file"
    )]
    SecretInAddress,
    #[error("the token holds a character that no HTTP header may carry; write it as plain ASCII without line breaks")]
    Token,
    #[error("CA file {}: {reason}; it must be a PEM file with at least one certificate", path.display())]
    Ca { path: PathBuf, reason: String },
    #[error(
        "no root certificates were found on this system ({reason}); install ca-certificates or name a file with --ca"
    )]
    Roots { reason: String },
    #[error("TLS cannot be set up: {0}")]
    Tls(#[from] rustls::Error),
    #[error("the feed's thread cannot be started: {0}")]
    Thread(#[from] std::io::Error),
}

told!(FeedError {
    Address { url, reason } => "feed-address",
    SecretInAddress => "feed-secret-in-address",
    Token => "feed-token",
    Ca { path, reason } => "feed-ca",
    Roots { reason } => "feed-roots",
    Tls { reason = 0 } => "feed-tls",
    Thread { reason = 0 } => "feed-thread",
});

impl From<&rustls::Error> for Arg {
    fn from(error: &rustls::Error) -> Self {
        Self::Text(error.to_string())
    }
}
