//! The guard: a small parent that starts the show as its child, watches its frames, and starts it again when it is gone.
//!
//! It has no graphics and no engine, so that what takes the show down does not take it down. The two speak in lines of
//! JSON over one socket, the child's standard input: the child says what its frame loop does, where it records and which
//! windows fill a display; the parent says what happened before, and when to end. When the parent dies the child goes on
//! showing the picture, and says that nobody watches it.

mod child;
mod curtain;
mod link;
mod parent;
mod plan;
mod stagehand;

use std::{fs, path::PathBuf};

use serde::{Deserialize, Serialize};
use serde_json::Value;

pub use link::{Link, is_child};
pub use parent::{Charge, GuardError, guard};

use crate::show::told::{Told, Words};

/// The environment's variable that says to a process that it is the child.
const CHILD: &str = "LEITAI_GUARDED";

/// What the child says, a line each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum Saying {
    /// The frame loop has come round.
    Beat(Beat),
    /// The session is recorded there.
    Records { tape: PathBuf },
    /// These windows of the X server fill a display, and show a picture.
    Screens { windows: Vec<u32> },
    /// What the desk has chosen besides what is on the tape: given back to the next child as it is.
    Keeps { desk: Value },
    /// It ends: because it was asked to, or because it cannot go on.
    Ends { fails: bool },
}

/// One round of the frame loop.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Beat {
    /// The show's time, µs, where it runs.
    pub now_us: Option<i64>,
    /// So long the next beat may take, ms.
    pub patience_ms: u64,
    /// Counts what was drawn.
    pub drawn: u64,
    /// Whether there is a picture.
    pub shown: bool,
}

/// What the parent says, a line each.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(tag = "say", rename_all = "snake_case")]
pub enum Order {
    /// The first line: what happened before.
    Begin(Past),
    /// End the show.
    End,
}

/// What happened before this child was started.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Past {
    /// How often the show has been started again.
    pub restarts: u64,
    /// How many of the last starts ended before they had shown a picture for a while.
    pub failed: u32,
    /// Why it was started again the last time.
    pub why: Option<Why>,
    /// The tape to go on with.
    pub tape: Option<PathBuf>,
    /// The show's time, µs, as the last child knew it, and at which of the machine's own.
    pub clock: Option<Clock>,
    /// What the desk had chosen.
    pub desk: Value,
}

impl Past {
    /// So long ago the last child was heard, µs; 0 where its show had no time yet.
    pub fn away_us(&self) -> i64 {
        let up_us = self.clock.and_then(|clock| Some(up_us()?.saturating_sub(clock.up_us)));
        up_us.map_or(0, |away_us| away_us.max(0))
    }
}

/// An instant of the show, and when it was: µs since the machine was started, which every process reads alike.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Clock {
    show_us: i64,
    up_us: i64,
}

impl Clock {
    /// It is `show_us` now. None where the system does not say how long it has been up.
    fn set(show_us: i64) -> Option<Self> {
        Some(Self { show_us, up_us: up_us()? })
    }

    /// The show's time now, µs.
    pub fn now_us(&self) -> i64 {
        let passed_us = up_us().map_or(0, |now_us| now_us.saturating_sub(self.up_us).max(0));
        self.show_us.saturating_add(passed_us)
    }
}

/// µs since the machine was started, to 10 ms.
fn up_us() -> Option<i64> {
    let text = fs::read_to_string("/proc/uptime").ok()?;
    let (seconds, rest) = text.split_whitespace().next()?.split_once('.')?;
    let hundredths: i64 = rest.get(..2)?.parse().ok()?;
    Some(seconds.parse::<i64>().ok()?.saturating_mul(1_000_000).saturating_add(hundredths * 10_000))
}

/// How a child ended that was not to end.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Why {
    /// The system or a person killed it, or it broke.
    Signal(i32),
    /// It ended by itself, with this exit code.
    Exit(i32),
    /// Its frame loop had stood for so long, ms.
    Hung(u64),
    /// It could not be started.
    Unstarted,
}

impl Told for Why {
    fn words(&self) -> Words {
        match *self {
            Self::Signal(number) => match name(number) {
                Some(name) => Words::new("guard-broke").with("signal", name),
                None => Words::new("guard-killed").with("signal", number),
            },
            Self::Exit(code) => Words::new("guard-exited").with("code", code),
            Self::Hung(ms) => {
                let tenths = ms.saturating_add(50) / 100;
                Words::new("guard-hung").with("seconds", format!("{}.{}", tenths / 10, tenths % 10))
            }
            Self::Unstarted => Words::new("guard-unstarted"),
        }
    }
}

/// Signals that a process gets for its own faults.
const fn name(signal: i32) -> Option<&'static str> {
    match signal {
        4 => Some("SIGILL"),
        6 => Some("SIGABRT"),
        7 => Some("SIGBUS"),
        8 => Some("SIGFPE"),
        11 => Some("SIGSEGV"),
        31 => Some("SIGSYS"),
        _ => None,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{self, Lang};

    #[test]
    fn what_is_said_is_understood() {
        let beat = Beat { now_us: Some(-3), patience_ms: 700, drawn: 9, shown: true };
        for said in [
            Saying::Beat(beat),
            Saying::Records { tape: "tapes/é.ndjson".into() },
            Saying::Screens { windows: vec![1, u32::MAX] },
            Saying::Keeps { desk: serde_json::json!({"theme": "subai"}) },
            Saying::Ends { fails: true },
        ] {
            let line = serde_json::to_string(&said).unwrap();
            assert!(!line.contains('\n'), "one line: {line}");
            assert_eq!(serde_json::from_str::<Saying>(&line).unwrap(), said);
        }
        for why in [Why::Signal(9), Why::Exit(101), Why::Hung(812), Why::Unstarted] {
            let past = Past { restarts: 3, why: Some(why), tape: Some("a".into()), ..Past::default() };
            let line = serde_json::to_string(&Order::Begin(past.clone())).unwrap();
            assert_eq!(serde_json::from_str::<Order>(&line).unwrap(), Order::Begin(past));
        }
    }

    #[test]
    fn the_shows_time_goes_on_between_processes() {
        let clock = Clock::set(5_000_000).unwrap();
        let begun = std::time::Instant::now();
        std::thread::park_timeout(std::time::Duration::from_millis(60));
        let off_us = clock.now_us() - 5_000_000 - i64::try_from(begun.elapsed().as_micros()).unwrap();
        assert!(off_us.abs() < 1_000_000, "{off_us}");
        assert!(clock.now_us() > 5_000_000);
        let past = Past { clock: Some(clock), ..Past::default() };
        let passed_us = clock.now_us() - 5_000_000;
        assert!(past.away_us() >= passed_us);
        assert_eq!(Past::default().away_us(), 0);
    }

    #[test]
    fn every_end_has_its_words() {
        for why in [Why::Signal(9), Why::Signal(11), Why::Exit(1), Why::Hung(760), Why::Unstarted] {
            for lang in [Lang::Zh, Lang::En] {
                let said = locale::tell(lang, &why);
                assert!(!said.contains("guard-") && !said.contains('{'), "{said}");
            }
        }
        assert!(locale::tell(Lang::En, &Why::Hung(760)).contains("0.8 s"));
        assert!(locale::tell(Lang::En, &Why::Signal(9)).contains('9'));
        assert!(locale::tell(Lang::En, &Why::Signal(11)).contains("SIGSEGV"));
    }
}
