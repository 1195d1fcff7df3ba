//! Where remote control listens, and why it may not.

use std::{
    net::{IpAddr, Ipv4Addr, SocketAddr},
    path::PathBuf,
};

use super::role::Tokens;
use crate::{
    feed::TokenError,
    show::told::{Arg, told},
};

/// Where it listens unless it is told otherwise: this machine alone.
pub const DEFAULT_ADDR: SocketAddr = SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), 7432);
/// A shorter token could be guessed.
pub(super) const TOKEN_LEAST: usize = 16;

/// Called on the control's thread after each order: wakes a sleeping event loop.
pub type Wake = Box<dyn Fn() + Send + Sync>;

/// Where clients may come from.
pub struct ControlOptions {
    /// HTTP and WebSocket, with the tokens of which every client brings one; none for OSC alone.
    pub http: Option<(SocketAddr, Tokens)>,
    pub osc: OscOptions,
    pub wake: Wake,
}

/// OSC knows no token: only this machine is heard, and the addresses that are named.
#[derive(Clone, Debug, Default)]
pub struct OscOptions {
    /// UDP port that is listened on; 0 takes a free one.
    pub port: Option<u16>,
    /// Senders besides this machine.
    pub from: Vec<IpAddr>,
    /// Where the state is sent when it changes.
    pub to: Option<SocketAddr>,
}

impl OscOptions {
    pub const fn is_wanted(&self) -> bool {
        self.port.is_some() || self.to.is_some()
    }
}

/// Why there is no remote control. The program goes on without.
#[derive(Debug, thiserror::Error)]
pub enum ControlError {
    #[error(
        "remote control cannot listen on {addr}: {error}; another program may have the port: name another one with --control"
    )]
    Listen { addr: SocketAddr, error: std::io::Error },
    #[error(transparent)]
    Token(#[from] TokenError),
    #[error("a token for remote control cannot be made in {}: {error}; make the folder writable, or name a file with --control-token-file", .path.display())]
    TokenFile { path: PathBuf, error: std::io::Error },
    #[error("the token in {} has {length} characters; at least {TOKEN_LEAST} are needed", .path.display())]
    TokenShort { path: PathBuf, length: usize },
    #[error("{} and {} hold the same token: whoever may look could operate; write another one into one of them", .operate.display(), .view.display())]
    SameToken { operate: PathBuf, view: PathBuf },
    #[error(
        "there is no folder to keep the token of remote control in (HOME is not set); name a file with --control-token-file"
    )]
    NoFolder,
    #[error("the thread of remote control cannot be started: {0}")]
    Thread(#[from] std::io::Error),
}

told!(ControlError {
    Listen { addr, error } => "control-listen",
    TokenFile { path, error } => "control-token-file",
    SameToken { operate, view } => "control-same-token",
    TokenShort { path, length } => "control-token-short"[least = TOKEN_LEAST],
    NoFolder => "control-no-folder",
    Thread { error = 0 } => "control-thread",
    ; Token
});

impl From<IpAddr> for Arg {
    fn from(addr: IpAddr) -> Self {
        Self::Text(addr.to_string())
    }
}
