//! The child's end: it says what its frame loop does, and hears when it is to end.

use std::{
    env,
    io::{self, BufRead, BufReader, Read, Write},
    os::{
        fd::{AsFd, OwnedFd},
        unix::net::UnixStream,
    },
    path::{Path, PathBuf},
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::{Beat, CHILD, Order, Past, Saying};

/// The parent says the first line before it starts the child.
const GREETING: Duration = Duration::from_secs(5);
/// No frame waits longer for a parent that does not listen.
const WRITING: Duration = Duration::from_millis(1);
/// How often the loop is heard at most.
const EVERY: Duration = Duration::from_millis(100);
/// A line of the parent's at most, bytes.
const LINE_BYTES: u64 = 1 << 20;
/// A loop that stood for so long hangs, unless its rounds took long before.
const PATIENCE: Duration = Duration::from_millis(850);
/// So many times its slowest round may a loop be silent, for at most so long: a machine that is slow is not hung.
const SLOWEST_TIMES: u32 = 5;
const SLOWEST_MOST: Duration = Duration::from_secs(10);
/// Rounds are remembered for so long, in two halves.
const HALF: Duration = Duration::from_secs(5);
/// While something is opened, read or changed that takes its time.
const LONG: Duration = Duration::from_secs(10);
/// … and for so long after it.
const AFTER: Duration = Duration::from_secs(1);

/// Whether this process was started by a guard.
pub fn is_child() -> bool {
    env::var_os(CHILD).is_some()
}

/// The line to the parent.
pub struct Link {
    stream: UnixStream,
    heard: Arc<Heard>,
    rounds: Rounds,
    said_at: Option<Instant>,
    last: Option<Beat>,
    tape: Option<PathBuf>,
    windows: Option<Vec<u32>>,
    desk: Option<Value>,
    has_ended: bool,
}

#[derive(Default)]
struct Heard {
    end: AtomicBool,
    alone: AtomicBool,
}

impl Link {
    /// Joins the guard that started this process, and hears what happened before. None where nobody did, or nobody
    /// answers.
    pub fn join() -> Option<(Self, Past)> {
        if !is_child() {
            return None;
        }
        let joined = Self::on_standard_input();
        if let Err(error) = &joined {
            tracing::warn!("{CHILD} is set, but no guard answers: {error}");
        }
        joined.ok()
    }

    /// A child's link whose parent is the other end: what it says is read there.
    #[cfg(test)]
    pub(crate) fn of_a_test() -> (Self, BufReader<UnixStream>) {
        let (ours, theirs) = UnixStream::pair().unwrap();
        let line = serde_json::to_string(&Order::Begin(Past::default())).unwrap() + "\n";
        (&ours).write_all(line.as_bytes()).unwrap();
        (Self::over(theirs).unwrap().0, BufReader::new(ours))
    }

    fn on_standard_input() -> io::Result<(Self, Past)> {
        let owned: OwnedFd = io::stdin().as_fd().try_clone_to_owned()?;
        Self::over(UnixStream::from(owned))
    }

    fn over(stream: UnixStream) -> io::Result<(Self, Past)> {
        stream.set_read_timeout(Some(GREETING))?;
        let mut reader = BufReader::new(stream.try_clone()?);
        let mut line = String::new();
        reader.by_ref().take(LINE_BYTES).read_line(&mut line)?;
        let Ok(Order::Begin(past)) = serde_json::from_str(&line) else { return Err(io::ErrorKind::InvalidData.into()) };
        stream.set_read_timeout(None)?;
        stream.set_write_timeout(Some(WRITING))?;
        let heard = Arc::new(Heard::default());
        let (rounds, told) = (Rounds::default(), Arc::clone(&heard));
        thread::Builder::new().name("guarded".to_owned()).spawn(move || listen(reader, &told))?;
        let link = Self {
            stream,
            heard,
            rounds,
            said_at: None,
            last: None,
            tape: None,
            windows: None,
            desk: None,
            has_ended: false,
        };
        Ok((link, past))
    }

    /// Whether the parent wants the show to end.
    pub fn is_asked_to_end(&self) -> bool {
        self.heard.end.load(Ordering::Acquire)
    }

    /// Whether the parent is gone: nobody watches any more.
    pub fn is_alone(&self) -> bool {
        self.heard.alone.load(Ordering::Acquire)
    }

    /// One round of the frame loop, at `now`; whether a beat is due. `long`: what was begun in it takes its time.
    pub fn round(&mut self, now: Instant, long: bool) -> bool {
        let was_long = self.rounds.is_long(now);
        self.rounds.note(now, long);
        let is_due = self.said_at.is_none_or(|at| now.saturating_duration_since(at) >= EVERY);
        !self.has_ended && (is_due || (long && !was_long))
    }

    /// What comes now takes its time: said before it begins.
    pub fn takes_long(&mut self, now: Instant) {
        let was_long = self.rounds.is_long(now);
        self.rounds.long_at = Some(now);
        if let Some(last) = self.last.filter(|_| !was_long && !self.has_ended) {
            self.beat(now, last);
        }
    }

    /// A beat, at `now`, with the patience that this end asks for.
    pub fn beat(&mut self, now: Instant, beat: Beat) {
        self.said_at = Some(now);
        self.last = Some(beat);
        let patience = if beat.shown { self.rounds.patience(now) } else { SLOWEST_MOST };
        let patience_ms = u64::try_from(patience.as_millis()).unwrap_or(u64::MAX);
        self.say(&Saying::Beat(Beat { patience_ms, ..beat }));
    }

    /// Where the session is recorded; said once.
    pub fn records(&mut self, tape: &Path) {
        if self.tape.as_deref() != Some(tape) {
            self.tape = Some(tape.to_owned());
            self.say(&Saying::Records { tape: tape.to_owned() });
        }
    }

    /// Which windows fill a display; said when it changes.
    pub fn screens(&mut self, windows: Vec<u32>) {
        // Before there is one nothing is said: what lies in its place stays.
        let is_new = self.windows.as_ref().map_or(!windows.is_empty(), |said| *said != windows);
        if is_new {
            self.say(&Saying::Screens { windows: windows.clone() });
            self.windows = Some(windows);
        }
    }

    /// What the desk has chosen; said when it changes.
    pub fn keeps(&mut self, desk: Value) {
        if self.desk.as_ref() != Some(&desk) {
            self.say(&Saying::Keeps { desk: desk.clone() });
            self.desk = Some(desk);
        }
    }

    /// The show ends: from now on no beat is to be waited for.
    pub fn ends(&mut self, fails: bool) {
        if !std::mem::replace(&mut self.has_ended, true) {
            self.say(&Saying::Ends { fails });
        }
    }

    fn say(&mut self, saying: &Saying) {
        if self.is_alone() {
            return;
        }
        let Ok(mut line) = serde_json::to_string(saying) else { return };
        line.push('\n');
        // A parent that does not listen misses a beat; the show does not wait for it.
        let _ = self.stream.write_all(line.as_bytes());
    }
}

/// Ends with the parent.
fn listen(reader: BufReader<UnixStream>, heard: &Heard) {
    for line in reader.lines() {
        match line.map(|line| serde_json::from_str::<Order>(&line)) {
            Ok(Ok(Order::End)) => heard.end.store(true, Ordering::Release),
            Ok(_) => {}
            Err(_) => break,
        }
    }
    heard.alone.store(true, Ordering::Release);
}

/// How long the loop's rounds have taken lately.
#[derive(Default)]
struct Rounds {
    last: Option<Instant>,
    half_since: Option<Instant>,
    /// The slowest of this half and of the one before.
    slowest: [Duration; 2],
    /// Something that takes its time was begun then.
    long_at: Option<Instant>,
}

impl Rounds {
    fn note(&mut self, now: Instant, long: bool) {
        if long {
            self.long_at = Some(now);
        }
        if self.half_since.is_none_or(|since| now.saturating_duration_since(since) > HALF) {
            self.half_since = Some(now);
            self.slowest = [Duration::ZERO, self.slowest[0]];
        }
        if let Some(last) = self.last.replace(now) {
            self.slowest[0] = self.slowest[0].max(now.saturating_duration_since(last));
        }
    }

    fn is_long(&self, now: Instant) -> bool {
        self.long_at.is_some_and(|at| now.saturating_duration_since(at) < AFTER)
    }

    fn patience(&self, now: Instant) -> Duration {
        if self.is_long(now) {
            return LONG;
        }
        let slowest = self.slowest[0].max(self.slowest[1]);
        (slowest * SLOWEST_TIMES).clamp(PATIENCE, SLOWEST_MOST)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn joined() -> (BufReader<UnixStream>, UnixStream, Link, Past) {
        let (ours, theirs) = UnixStream::pair().unwrap();
        let past = Past { restarts: 2, ..Past::default() };
        let mut line = serde_json::to_string(&Order::Begin(past)).unwrap();
        line.push('\n');
        (&ours).write_all(line.as_bytes()).unwrap();
        let (link, past) = Link::over(theirs).unwrap();
        (BufReader::new(ours.try_clone().unwrap()), ours, link, past)
    }

    fn heard(reader: &mut BufReader<UnixStream>) -> Saying {
        let mut line = String::new();
        reader.read_line(&mut line).unwrap();
        serde_json::from_str(&line).unwrap()
    }

    #[test]
    fn a_beat_is_heard_and_an_end_is_understood() {
        let (mut reader, mut ours, mut link, past) = joined();
        assert_eq!(past.restarts, 2);
        let now = Instant::now();
        let shown = Beat { shown: true, ..Beat::default() };
        assert!(link.round(now, false));
        link.beat(now, shown);
        assert!(!link.round(now + Duration::from_millis(5), false), "too soon after it");
        link.records(Path::new("a"));
        link.records(Path::new("a"));
        link.screens(vec![7]);
        link.keeps(Value::Null);
        link.takes_long(now);
        link.takes_long(now);
        link.ends(false);
        assert!(!link.round(now + Duration::from_secs(1), false), "no beat is to be waited for");
        assert_eq!(heard(&mut reader), Saying::Beat(Beat { patience_ms: 850, ..shown }));
        assert_eq!(heard(&mut reader), Saying::Records { tape: "a".into() });
        assert_eq!(heard(&mut reader), Saying::Screens { windows: vec![7] });
        assert_eq!(heard(&mut reader), Saying::Keeps { desk: Value::Null });
        assert_eq!(heard(&mut reader), Saying::Beat(Beat { patience_ms: 10_000, ..shown }));
        assert_eq!(heard(&mut reader), Saying::Ends { fails: false });
        assert!(!link.is_asked_to_end() && !link.is_alone());
        ours.write_all(b"{\"say\":\"end\"}\n").unwrap();
        until(|| link.is_asked_to_end());
        drop((reader, ours));
        until(|| link.is_alone());
        link.records(Path::new("b"));
    }

    fn until(holds: impl Fn() -> bool) {
        let begun = Instant::now();
        while !holds() {
            assert!(begun.elapsed() < Duration::from_secs(20));
            thread::park_timeout(Duration::from_millis(2));
        }
    }

    #[test]
    fn a_parent_that_does_not_listen_holds_no_frame_up() {
        let (reader, _ours, mut link, _) = joined();
        let begun = Instant::now();
        for n in 0..600 {
            link.screens(vec![n]);
        }
        assert!(begun.elapsed() < Duration::from_secs(60), "{:?}", begun.elapsed());
        drop(reader);
    }

    #[test]
    fn patience_follows_the_machine() {
        let mut rounds = Rounds::default();
        let begun = Instant::now();
        let at = |ms: u64| begun + Duration::from_millis(ms);
        (0..100).for_each(|n| rounds.note(at(n * 16), false));
        assert_eq!(rounds.patience(at(1_600)), PATIENCE);
        rounds.note(at(2_000), false);
        assert_eq!(rounds.patience(at(2_000)), Duration::from_millis(416 * 5));
        // What was slow is forgotten.
        (0..1_000).for_each(|n| rounds.note(at(2_000 + n * 16), false));
        assert_eq!(rounds.patience(at(18_000)), PATIENCE);
        rounds.note(at(18_010), true);
        assert_eq!(rounds.patience(at(18_500)), LONG);
        assert_eq!(rounds.patience(at(19_100)), PATIENCE);
    }
}
