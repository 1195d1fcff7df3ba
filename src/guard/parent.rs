//! The parent's loop: start, listen, wait, kill, tell, start again.

use std::{
    ffi::OsString,
    io,
    os::unix::process::ExitStatusExt,
    path::PathBuf,
    process::{Child, Command, ExitStatus},
    thread,
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, never, select, tick};

use super::{
    Beat, Clock, Order, Past, Saying, Why,
    child::Life,
    curtain::Curtain,
    plan::{Plan, Watch},
};
use crate::{
    locale::{self, Lang},
    show::told::{Told, Words, told},
};

/// How often the silence is measured; a parent that was itself not awake hears this much of it.
const TICK: Duration = Duration::from_millis(50);
/// How often a child that has closed its line is looked at until it is gone.
pub(super) const DYING: Duration = Duration::from_millis(5);
/// What a child that is gone had said is waited for so long, should somebody else hold its line.
const LAST_WORDS: Duration = Duration::from_millis(100);
/// How often a display is looked for.
const DISPLAY: Duration = Duration::from_millis(250);
/// Signals that come so close together are one wish: a terminal that is closed hangs up twice.
const ONE_WISH: Duration = Duration::from_millis(500);
/// The exit code of a Rust program that panicked.
const PANICKED: i32 = 101;
/// It could not be done.
const FAILED: u8 = 1;
/// What a shell makes of a signal.
const SIGNALLED: i32 = 128;

/// What is to be guarded.
pub struct Charge {
    pub program: PathBuf,
    /// Its command line, the same each time.
    pub args: Vec<OsString>,
    /// In which the parent speaks.
    pub lang: Lang,
    /// Each message is a wish to end; after the second one, half a second or more behind the first, nothing is waited for.
    pub stop: Receiver<()>,
    /// Whether there is a display; none where none is needed.
    pub display: Option<fn() -> bool>,
}

/// Why there is no guard.
#[derive(Debug, thiserror::Error)]
pub enum GuardError {
    #[error("the show cannot be started as a process of its own ({reason}); start it with --no-supervise")]
    Start { reason: io::Error },
}

told!(GuardError {
    Start { reason } => "guard-start",
});

/// Guards until the show is over, and gives its exit code.
///
/// # Errors
/// Where the first child cannot be started at all.
pub fn guard(charge: Charge) -> Result<u8, GuardError> {
    let Charge { program, args, lang, stop, display } = charge;
    let began = Instant::now();
    let mut parent = Parent {
        program,
        args,
        lang,
        stop,
        began,
        plan: Plan::default(),
        past: Past::default(),
        curtain: Curtain::default(),
        has_shown: false,
        left: Vec::new(),
    };
    loop {
        let ended = match parent.start() {
            Ok(life) => parent.watch(life),
            Err(reason) if parent.past.restarts == 0 => return Err(GuardError::Start { reason }),
            Err(error) => {
                tracing::error!("{error}");
                Ended::Gone { why: Why::Unstarted, shown: Duration::ZERO }
            }
        };
        let (why, shown) = match ended {
            Ended::Over(code) => return Ok(code),
            Ended::Gone { why, shown } => (why, shown),
        };
        // What cannot begin is told by the child, and trying again would not mend it.
        if let (false, Why::Exit(code)) = (parent.has_shown, why)
            && code != PANICKED
        {
            return Ok(u8::try_from(code).unwrap_or(FAILED));
        }
        let pause = parent.gone(why, shown);
        if !parent.pause(pause) || !parent.wait_for(display) {
            return Ok(0);
        }
    }
}

/// How a child's life ended.
enum Ended {
    /// The show is over, with this exit code.
    Over(u8),
    Gone {
        why: Why,
        /// For how long it had shown its picture.
        shown: Duration,
    },
}

struct Parent {
    program: PathBuf,
    args: Vec<OsString>,
    lang: Lang,
    stop: Receiver<()>,
    began: Instant,
    plan: Plan,
    past: Past,
    curtain: Curtain,
    /// There has been a picture once: from then on there is to be one.
    has_shown: bool,
    /// Killed, and not yet let go by the system.
    left: Vec<Child>,
}

impl Parent {
    fn start(&mut self) -> io::Result<Life> {
        let mut command = Command::new(&self.program);
        command.args(&self.args);
        Life::start(command, &self.past, &mut self.left)
    }

    fn watch(&mut self, mut life: Life) -> Ended {
        let mut watch = Watch::new(self.plan.times());
        let (mut ticks, mut sayings) = (tick(TICK), life.sayings.clone());
        let mut stop = self.stop.clone();
        let (mut heard_at, mut drawn, mut ending) = (Instant::now(), None, false);
        let mut wished: Option<Instant> = None;
        loop {
            select! {
                recv(sayings) -> said => match said {
                    Ok(said) => self.hear(said, &mut watch, &mut drawn, &mut ending),
                    Err(_) => {
                        // The line closes when the child dies, before its windows go.
                        if ending { self.curtain.open() } else { self.curtain.raise() }
                        (sayings, ticks) = (never(), tick(DYING));
                    }
                },
                recv(stop) -> wish => match wish {
                    Ok(()) if wished.is_some_and(|wished| wished.elapsed() >= ONE_WISH) => {
                        self.left.extend(life.kill().err());
                        return Ended::Over(FAILED);
                    }
                    Ok(()) => {
                        wished.get_or_insert_with(Instant::now);
                        // Where it ends by itself there is nothing to ask it for.
                        if std::mem::replace(&mut ending, true) {
                            continue;
                        }
                        watch.ends(false);
                        if let Err(error) = life.say(&Order::End) {
                            tracing::debug!("the show does not hear: {error}");
                        }
                    }
                    Err(_) => stop = never(),
                },
                recv(ticks) -> _ => {}
            }
            let now = Instant::now();
            watch.pass(now.saturating_duration_since(heard_at).min(TICK * 2));
            heard_at = now;
            let ended = life.child.try_wait();
            if let Ok(Some(_)) = &ended {
                // What it said last is still on its way.
                let deadline = Instant::now() + LAST_WORDS;
                while let Ok(said) = life.sayings.recv_deadline(deadline) {
                    self.hear(said, &mut watch, &mut drawn, &mut ending);
                }
            }
            match ended {
                Ok(Some(status)) if ending => return Ended::Over(code(status)),
                Ok(Some(status)) if status.success() => return Ended::Over(0),
                Ok(Some(status)) => {
                    self.curtain.raise();
                    return Ended::Gone { why: why(status), shown: watch.shown() };
                }
                Ok(None) => {}
                Err(error) => tracing::debug!("{error}"),
            }
            if let Some(silent) = watch.hung() {
                // Its last picture is still there: it is kept, and put before its windows go.
                self.curtain.keep();
                self.curtain.raise();
                self.left.extend(life.kill().err());
                if ending {
                    return Ended::Over(FAILED);
                }
                if watch.has_shown() {
                    self.plan.hung(self.began.elapsed());
                } else {
                    self.plan.hung_at_the_start();
                }
                let ms = u64::try_from(silent.as_millis()).unwrap_or(u64::MAX);
                return Ended::Gone { why: Why::Hung(ms), shown: watch.shown() };
            }
        }
    }

    fn hear(&mut self, said: Saying, watch: &mut Watch, drawn: &mut Option<u64>, ending: &mut bool) {
        match said {
            Saying::Beat(beat) => {
                watch.beat(&beat);
                self.beat(beat, drawn);
            }
            Saying::Records { tape } => self.past.tape = Some(tape),
            Saying::Screens { windows } => self.curtain.screens(windows),
            Saying::Keeps { desk } => self.past.desk = desk,
            Saying::Ends { fails } => {
                watch.ends(fails);
                *ending |= !fails;
            }
        }
    }

    fn beat(&mut self, beat: Beat, drawn: &mut Option<u64>) {
        self.past.clock = beat.now_us.and_then(Clock::set).or(self.past.clock);
        self.has_shown |= beat.shown;
        if *drawn != Some(beat.drawn) {
            *drawn = Some(beat.drawn);
            self.curtain.drawn();
        }
    }

    /// Notes and tells that a child is gone; so long is to be waited.
    fn gone(&mut self, why: Why, shown: Duration) -> Duration {
        let pause = self.plan.gone(shown);
        self.past.restarts += 1;
        self.past.failed = self.plan.failed();
        self.past.why = Some(why);
        self.left.retain_mut(|child| !matches!(child.try_wait(), Ok(Some(_))));
        let words = Words::new("guard-again").with("count", self.past.restarts).with("why", why.words());
        tracing::warn!("{}", locale::say(self.lang, &words));
        pause
    }

    /// False when it is to end.
    fn pause(&mut self, span: Duration) -> bool {
        if span.is_zero() {
            return self.stop.try_recv().is_err();
        }
        match self.stop.recv_timeout(span) {
            Ok(()) => false,
            Err(error) => {
                if error.is_disconnected() {
                    self.stop = never();
                    thread::park_timeout(span);
                }
                true
            }
        }
    }

    /// Where the display has gone there is nothing to show, until it is back. False when it is to end.
    fn wait_for(&mut self, display: Option<fn() -> bool>) -> bool {
        let Some(answers) = display else { return true };
        let mut told = false;
        while !answers() {
            if !std::mem::replace(&mut told, true) {
                tracing::warn!("{}", locale::word(self.lang, "guard-no-display"));
            }
            if !self.pause(DISPLAY) {
                return false;
            }
        }
        true
    }
}

fn why(status: ExitStatus) -> Why {
    status.signal().map_or_else(|| Why::Exit(status.code().unwrap_or(-1)), Why::Signal)
}

fn code(status: ExitStatus) -> u8 {
    let code = status.code().or_else(|| status.signal().map(|signal| SIGNALLED + signal));
    code.and_then(|code| u8::try_from(code).ok()).unwrap_or(FAILED)
}

#[cfg(test)]
#[path = "parent_tests.rs"]
mod tests;
