//! Why a remote client is turned away: its code, its sentence and what to do. Nothing has changed then.

use std::fmt;

use serde_json::{Value, json};

use crate::{
    locale::{self, Lang},
    show::told::{Told, Words, told},
};

/// Foreign text is quoted up to here.
const QUOTED: usize = 120;

/// What is wrong with a request, or why the desk refuses what it asks for.
#[derive(Clone, Debug, PartialEq)]
pub enum Turned {
    NoToken,
    WrongToken,
    /// Too many different wrong tokens came from there: the next one is not looked at yet.
    Guessing {
        seconds: u64,
    },
    /// A viewer's token opens no command.
    ViewOnly,
    TokenInUrl,
    /// A WebSocket client that did not say its token in time.
    Late {
        seconds: u64,
    },
    Origin {
        origin: String,
    },
    Host {
        host: String,
    },
    TooLarge {
        most: usize,
    },
    NotText,
    NotJson {
        reason: String,
    },
    Command {
        reason: String,
    },
    /// An OSC message that cannot be read.
    Osc {
        reason: String,
    },
    /// An OSC message within so many others that nobody's button means it.
    OscNested,
    /// An OSC bundle of too many messages.
    OscBundle {
        most: usize,
    },
    /// A command that OSC, which knows no token, does not carry.
    NeedsToken,
    /// An OSC sender that is not listed.
    Sender,
    NoRoute {
        path: String,
    },
    Method {
        path: String,
        method: &'static str,
    },
    TooFast {
        most: u32,
    },
    TooMany {
        most: usize,
    },
    Busy,
    NoAnswer,
    /// The desk's own refusal; the operator has been told by whoever refused.
    Refused(Words),
}

told!(Turned {
    NoToken => "control-no-token",
    WrongToken => "control-wrong-token",
    Guessing { seconds } => "control-guessing",
    ViewOnly => "control-view-only",
    TokenInUrl => "control-token-in-url",
    Late { seconds } => "control-late",
    Origin { origin } => "control-origin",
    Host { host } => "control-host",
    TooLarge { most } => "control-too-large",
    NotText => "control-not-text",
    NotJson { reason } => "control-not-json",
    Command { reason } => "control-command",
    Osc { reason } => "control-osc",
    OscNested => "control-osc-nested",
    OscBundle { most } => "control-osc-bundle",
    NeedsToken => "control-needs-token",
    Sender => "control-sender",
    NoRoute { path } => "control-no-route",
    Method { path, method } => "control-method",
    TooFast { most } => "control-too-fast",
    TooMany { most } => "control-too-many",
    Busy => "control-busy",
    NoAnswer => "control-no-answer",
    ; Refused
});

impl Turned {
    /// One word for programs.
    pub const fn code(&self) -> &'static str {
        match self {
            Self::NoToken => "no_token",
            Self::WrongToken => "wrong_token",
            Self::Guessing { .. } => "guessing",
            Self::ViewOnly => "view_only",
            Self::TokenInUrl => "token_in_url",
            Self::Late { .. } => "late",
            Self::Origin { .. } => "origin",
            Self::Host { .. } => "host",
            Self::TooLarge { .. } => "too_large",
            Self::NotText => "not_text",
            Self::NotJson { .. } => "not_json",
            Self::Command { .. } => "command",
            Self::Osc { .. } | Self::OscNested | Self::OscBundle { .. } | Self::NeedsToken => "osc",
            Self::Sender => "sender",
            Self::NoRoute { .. } => "no_route",
            Self::Method { .. } => "method",
            Self::TooFast { .. } => "too_fast",
            Self::TooMany { .. } => "too_many",
            Self::Busy => "busy",
            Self::NoAnswer => "no_answer",
            Self::Refused(_) => "refused",
        }
    }

    /// As HTTP has it.
    pub const fn status(&self) -> u16 {
        match self {
            Self::NoToken | Self::WrongToken | Self::Late { .. } => 401,
            Self::Origin { .. } | Self::Host { .. } | Self::Sender | Self::ViewOnly => 403,
            Self::TokenInUrl | Self::NotText | Self::NotJson { .. } | Self::Command { .. } => 400,
            Self::Osc { .. } | Self::OscNested | Self::OscBundle { .. } | Self::NeedsToken => 400,
            Self::NoRoute { .. } => 404,
            Self::Method { .. } => 405,
            Self::Refused(_) => 409,
            Self::TooLarge { .. } => 413,
            Self::TooFast { .. } | Self::TooMany { .. } | Self::Busy | Self::Guessing { .. } => 429,
            Self::NoAnswer => 504,
        }
    }

    /// `{"code","message","do","zh":{"message","do"}}`.
    pub fn body(&self) -> Value {
        let words = self.words();
        let advice = match self {
            Self::Refused(_) => "control-refused.do".to_owned(),
            _ => format!("{}.do", words.key),
        };
        let said = |lang| (locale::say(lang, &words), locale::find(lang, &advice).unwrap_or_default());
        let ((message, todo), (zh, zh_todo)) = (said(Lang::En), said(Lang::Zh));
        json!({"code": self.code(), "message": message, "do": todo, "zh": {"message": zh, "do": zh_todo}})
    }
}

impl fmt::Display for Turned {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&locale::tell(Lang::En, self))
    }
}

impl std::error::Error for Turned {}

/// Foreign text, fit for a sentence: short, and without characters that would steer a terminal.
pub(super) fn quoted(text: &str) -> String {
    let plain = |c: char| if c.is_control() { ' ' } else { c };
    let mut short: String = text.chars().take(QUOTED).map(plain).collect();
    if text.chars().nth(QUOTED).is_some() {
        short.push('…');
    }
    short
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_refusal_says_what_and_what_to_do_in_both_languages() {
        let text = || "x".to_owned();
        let all = [
            Turned::NoToken,
            Turned::WrongToken,
            Turned::Guessing { seconds: 8 },
            Turned::ViewOnly,
            Turned::TokenInUrl,
            Turned::Late { seconds: 5 },
            Turned::Origin { origin: text() },
            Turned::Host { host: text() },
            Turned::TooLarge { most: 3 },
            Turned::NotText,
            Turned::NotJson { reason: text() },
            Turned::Command { reason: text() },
            Turned::Osc { reason: text() },
            Turned::OscNested,
            Turned::OscBundle { most: 3 },
            Turned::NeedsToken,
            Turned::Sender,
            Turned::NoRoute { path: text() },
            Turned::Method { path: text(), method: "POST" },
            Turned::TooFast { most: 50 },
            Turned::TooMany { most: 16 },
            Turned::Busy,
            Turned::NoAnswer,
            Turned::Refused(Words::new("refusal-held")),
        ];
        for turned in all {
            let body = turned.body();
            for said in [&body["message"], &body["do"], &body["zh"]["message"], &body["zh"]["do"]] {
                let said = said.as_str().unwrap();
                assert!(
                    said.len() > 5 && !said.contains('$') && !said.contains("{ ") && !said.starts_with("control-"),
                    "{turned:?}: {said}"
                );
            }
            assert_ne!(body["message"], body["zh"]["message"]);
            assert!((400..600).contains(&turned.status()));
        }
    }

    #[test]
    fn what_a_stranger_wrote_is_short_and_tame() {
        assert_eq!(quoted("a\u{1b}[2Jb\n"), "a [2Jb ");
        assert_eq!(quoted(&"x".repeat(1000)).chars().count(), QUOTED + 1);
    }
}
