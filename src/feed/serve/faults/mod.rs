//! A server that fails as planned: its connections, its messages, its clock.
//!
//! [`FaultPlan`] says what happens when; [`Faults`] is how things stand, for every connection (`link`) and for
//! every message ([`Mangler`]).

mod link;
mod plan;

use std::{
    collections::VecDeque,
    mem::discriminant,
    sync::{
        Arc, Mutex, MutexGuard, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    time::Duration,
};

use tokio::{
    sync::watch,
    time::{Instant, sleep_until},
};
use tokio_tungstenite::tungstenite::Utf8Bytes;

pub(in crate::feed) use link::carry;
pub use plan::{Fault, FaultPlan, Junk, PlanError};

/// A flood comes in portions.
const FLOOD_EVERY: Duration = Duration::from_millis(10);

/// How it stands with the connections. They are numbered as they come.
#[derive(Clone, Copy, Debug, Default)]
pub(in crate::feed) struct Sky {
    /// No connection is taken.
    pub away: bool,
    /// Those before this one have fallen.
    fallen: u64,
    /// Those before this one are silent.
    hushed: u64,
    stalled: bool,
    bytes_per_s: Option<u32>,
    delay_most: Duration,
    /// How much too late the server's clock is.
    pub clock_us: i64,
    /// How often the scoring system was loaded anew.
    pub resets: u64,
}

/// What is still to be done to messages.
#[derive(Debug, Default)]
struct Todo {
    drop: u32,
    double: u32,
    reverse: u32,
    late: VecDeque<Duration>,
    junk: VecDeque<Junk>,
}

/// How things stand; shared by all connections.
#[derive(Debug)]
pub(in crate::feed) struct Faults {
    pub sky: watch::Sender<Sky>,
    todo: Mutex<Todo>,
    /// Those that go on. Several of one kind end with the last of them.
    on: Mutex<Vec<Fault>>,
    /// Messages of floods so far.
    flood: watch::Sender<u64>,
    links: AtomicU64,
    seed: u64,
}

impl Faults {
    /// All is well. `seed` draws what a plan leaves open.
    pub fn new(seed: u64) -> Arc<Self> {
        let (sky, flood) = (watch::Sender::default(), watch::Sender::default());
        Arc::new(Self { sky, todo: Mutex::default(), on: Mutex::default(), flood, links: AtomicU64::new(0), seed })
    }

    /// Lets the plan come true. Ends with its last fault.
    pub async fn run(&self, plan: &FaultPlan) {
        let began = Instant::now();
        let mut edges: Vec<(Duration, Fault, bool)> = vec![];
        for (at, fault) in &plan.faults {
            edges.push((*at, *fault, true));
            edges.push((*at + fault.lasts(), *fault, false));
        }
        edges.sort_by_key(|(at, _, _)| *at);
        let mut floods = 0_u32;
        let mut next_flood = began;
        for (at, fault, begins) in edges {
            while floods > 0 && next_flood < began + at {
                sleep_until(next_flood).await;
                next_flood += FLOOD_EVERY;
                self.flood.send_modify(|count| *count += u64::from(floods.div_ceil(100)));
            }
            sleep_until(began + at).await;
            if let Fault::Flood { per_s, .. } = fault {
                floods = if begins { floods.saturating_add(per_s) } else { floods.saturating_sub(per_s) };
                next_flood = Instant::now();
            } else if begins {
                self.begin(fault);
            } else {
                self.end(fault);
            }
        }
    }

    /// What was to be done to messages and was not is done to none.
    #[cfg(test)]
    pub fn settle(&self) {
        *self.todo() = Todo::default();
    }

    /// What is wrong from now on.
    fn begin(&self, fault: Fault) {
        let links = self.links.load(Ordering::SeqCst);
        if !fault.lasts().is_zero() {
            self.on().push(fault);
        }
        match fault {
            Fault::Cut { .. } => self.sky.send_modify(|sky| (sky.away, sky.fallen) = (true, links)),
            Fault::Hush { .. } => self.sky.send_modify(|sky| sky.hushed = links),
            Fault::Stall { .. } => self.sky.send_modify(|sky| sky.stalled = true),
            Fault::Slow { .. } | Fault::Delay { .. } => self.weigh(),
            Fault::Drop { events } => self.todo().drop += events,
            Fault::Double { events } => self.todo().double += events,
            Fault::Reverse { events } => self.todo().reverse += events,
            Fault::Late { by } => self.todo().late.push_back(by),
            Fault::Junk(junk) => self.todo().junk.push_back(junk),
            Fault::Reset => self.sky.send_modify(|sky| sky.resets += 1),
            Fault::Clock { by_ms } => self.sky.send_modify(|sky| sky.clock_us += by_ms * 1_000),
            Fault::Flood { .. } => {}
        }
    }

    fn end(&self, fault: Fault) {
        let is_last = {
            let mut on = self.on();
            if let Some(at) = on.iter().position(|known| *known == fault) {
                on.swap_remove(at);
            }
            !on.iter().any(|other| discriminant(other) == discriminant(&fault))
        };
        match fault {
            Fault::Cut { .. } if is_last => self.sky.send_modify(|sky| sky.away = false),
            Fault::Hush { .. } if is_last => self.sky.send_modify(|sky| sky.fallen = sky.fallen.max(sky.hushed)),
            Fault::Stall { .. } if is_last => self.sky.send_modify(|sky| sky.stalled = false),
            Fault::Slow { .. } | Fault::Delay { .. } => self.weigh(),
            _ => {}
        }
    }

    /// Of those that differ in how bad they are the worst counts.
    fn weigh(&self) {
        let on = self.on().clone();
        let slow = on.iter().filter_map(|fault| match fault {
            Fault::Slow { bytes_per_s, .. } => Some(*bytes_per_s),
            _ => None,
        });
        let delay = on.iter().filter_map(|fault| match fault {
            Fault::Delay { most, .. } => Some(*most),
            _ => None,
        });
        let (bytes_per_s, delay_most) = (slow.min(), delay.max().unwrap_or_default());
        self.sky.send_modify(|sky| (sky.bytes_per_s, sky.delay_most) = (bytes_per_s, delay_most));
    }

    fn on(&self) -> MutexGuard<'_, Vec<Fault>> {
        self.on.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// A new connection's number, and the seed of its delays.
    fn number(&self) -> (u64, u64) {
        let number = self.links.fetch_add(1, Ordering::SeqCst);
        (number, self.seed ^ (number << 32))
    }

    fn todo(&self) -> MutexGuard<'_, Todo> {
        self.todo.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// What a connection sends instead of an event.
#[derive(Debug)]
pub(super) enum Said {
    Line(Utf8Bytes),
    Junk(Junk),
}

/// The messages of one connection, as the faults have them.
#[derive(Debug)]
pub(super) struct Mangler {
    faults: Arc<Faults>,
    reversed: Vec<Utf8Bytes>,
    /// How many are gathered to be sent the last first.
    reversing: usize,
    late: Vec<(Instant, Utf8Bytes)>,
    last: Option<Utf8Bytes>,
    flood: watch::Receiver<u64>,
    flooded: u64,
}

impl Mangler {
    pub fn new(faults: &Arc<Faults>) -> Self {
        let flood = faults.flood.subscribe();
        let flooded = *flood.borrow();
        let faults = Arc::clone(faults);
        Self { faults, reversed: vec![], reversing: 0, late: vec![], last: None, flood, flooded }
    }

    /// What is sent for this event, and now.
    pub fn event(&mut self, line: Utf8Bytes) -> Vec<Said> {
        let mut said = vec![];
        self.last = Some(line.clone());
        self.one(line, &mut said);
        let now = Instant::now();
        said.extend(self.late.extract_if(.., |(due, _)| *due <= now).map(|(_, line)| Said::Line(line)));
        said
    }

    fn one(&mut self, line: Utf8Bytes, said: &mut Vec<Said>) {
        let mut todo = self.faults.todo();
        said.extend(todo.junk.pop_front().map(Said::Junk));
        if self.reversing > 0 {
            self.reversed.push(line);
            if self.reversed.len() == self.reversing {
                self.reversing = 0;
                said.extend(self.reversed.drain(..).rev().map(Said::Line));
            }
        } else if todo.drop > 0 {
            todo.drop -= 1;
        } else if todo.reverse > 0 {
            self.reversing = std::mem::take(&mut todo.reverse).max(2) as usize;
            self.reversed.push(line);
        } else if let Some(by) = todo.late.pop_front() {
            self.late.push((Instant::now() + by, line));
        } else {
            if todo.double > 0 {
                todo.double -= 1;
                said.push(Said::Line(line.clone()));
            }
            said.push(Said::Line(line));
        }
    }

    /// Waits for a flood; the last event is to be sent again so often. Cancelling loses nothing.
    pub async fn flood(&mut self) -> (u64, Option<Utf8Bytes>) {
        let flooded = self.flooded;
        if self.flood.wait_for(|due| *due > flooded).await.is_err() {
            std::future::pending::<()>().await;
        }
        self.flooded = *self.flood.borrow();
        (self.flooded - flooded, self.last.clone())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const MS: fn(u64) -> Duration = Duration::from_millis;

    /// How things stand so long after the beginning.
    async fn at(faults: &[(Duration, Fault)], instants: &[u64]) -> Vec<Sky> {
        let (now, plan) = (Faults::new(1), FaultPlan::new(faults.to_vec()));
        // Three connections are there.
        now.links.store(3, Ordering::SeqCst);
        let sky = now.sky.subscribe();
        let running = tokio::spawn(async move { now.run(&plan).await });
        let (began, mut seen) = (Instant::now(), vec![]);
        for instant in instants {
            sleep_until(began + MS(*instant)).await;
            seen.push(*sky.borrow());
        }
        running.await.unwrap();
        seen
    }

    #[tokio::test(start_paused = true)]
    async fn faults_of_one_kind_that_overlap_end_with_the_last() {
        let lasts = MS(1_000);
        let of = |fault: fn(Duration) -> Fault| [(MS(0), fault(lasts)), (MS(500), fault(lasts))];
        let away = at(&of(|lasts| Fault::Cut { lasts }), &[750, 1_250, 1_750]).await;
        assert_eq!(away.iter().map(|sky| sky.away).collect::<Vec<_>>(), [true, true, false]);
        let stalled = at(&of(|lasts| Fault::Stall { lasts }), &[750, 1_250, 1_750]).await;
        assert_eq!(stalled.iter().map(|sky| sky.stalled).collect::<Vec<_>>(), [true, true, false]);
        let hushed = at(&of(|lasts| Fault::Hush { lasts }), &[750, 1_250, 1_750]).await;
        assert_eq!(hushed.iter().map(|sky| sky.fallen).collect::<Vec<_>>(), [0, 0, 3]);
        let slow = |bytes_per_s| Fault::Slow { bytes_per_s, lasts };
        let slowed = at(&[(MS(0), slow(10)), (MS(500), slow(70))], &[250, 750, 1_250, 1_750]).await;
        let of: Vec<_> = slowed.iter().map(|sky| sky.bytes_per_s).collect();
        assert_eq!(of, [Some(10), Some(10), Some(70), None]);
        let late = |most| Fault::Delay { most: MS(most), lasts };
        let delayed = at(&[(MS(0), late(10)), (MS(500), late(70))], &[250, 750, 1_250, 1_750]).await;
        let of: Vec<_> = delayed.iter().map(|sky| sky.delay_most).collect();
        assert_eq!(of, [MS(10), MS(70), MS(70), MS(0)]);
    }
}
