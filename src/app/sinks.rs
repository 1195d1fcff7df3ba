//! The outputs that are written: opens and closes their sinks as the outputs file says, hands each what left of its
//! picture, and tells the desk how they fare. No call of it waits for a sink.

use std::{
    collections::BTreeMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
    time::{Duration, Instant},
};

use bevy::prelude::*;

use super::{clock::Clock, pace::Throttle, routed::Routed};
use crate::{
    console::{SinkPhase, SinkView, View},
    director::{Director, ProblemKind, Said},
    output::sink::{Closing, Sink, SinkCounts, SinkFault, SinkState},
    routing::{Delivery, Place, Route},
    show::{rate::Rate, told::Told},
    stage::{Captured, Deliveries, DeliveryId, Link, OutputId},
};

/// A sink that is closed while the show goes on has this long to write what it has, should the program end then.
const LAST: Duration = Duration::from_secs(12);
/// Windows beside the sinks show as many pictures a second at least.
const LEAST_HZ: u32 = 50;
/// A sink that is so far behind is told.
const BEHIND_US: i64 = 5_000_000;

/// All outputs that are written.
pub struct Written {
    /// When slot 0 of all of them began.
    began: Instant,
    /// The routes that the sinks are of.
    revision: Option<u64>,
    open: Vec<Open>,
    closing: Vec<Closed>,
    /// Faults that were told of sinks that are open no more.
    over: Vec<String>,
    /// The latest pixels of each, for a sink that is opened while the picture stands.
    latest: BTreeMap<DeliveryId, Captured>,
}

struct Open {
    route: Route,
    id: DeliveryId,
    picture: OutputId,
    delivery: Delivery,
    sink: Sink,
    /// The fault that the operator has been told of, and what had been written then.
    told: Option<(String, u64)>,
}

struct Closed {
    name: String,
    place: Place,
    closing: Closing,
}

/// What came of one output.
#[derive(Clone, Debug, serde::Serialize)]
pub struct WrittenOutput {
    pub name: String,
    #[serde(flatten)]
    pub counts: SinkCounts,
}

/// Whether another sink still writes to the same pipe.
fn is_taken(place: &Place, before: &[Open], closing: &[Closed]) -> bool {
    matches!(place, Place::Pipe { .. })
        && (before.iter().any(|open| open.route.place == *place)
            || closing.iter().any(|closed| closed.place == *place && !closed.closing.is_over()))
}

impl Written {
    /// None are open yet; slot 0 begins at `began`.
    pub fn new(began: Instant) -> Self {
        Self { began, revision: None, open: Vec::new(), closing: Vec::new(), over: Vec::new(), latest: BTreeMap::new() }
    }

    /// Opens and closes until the routes' sinks are those that are open.
    pub fn follow(&mut self, routed: &Routed) {
        if self.revision == Some(routed.revision) {
            return;
        }
        self.revision = Some(routed.revision);
        let mut before = std::mem::take(&mut self.open);
        for (i, route) in routed.routes.iter().enumerate().filter(|(_, route)| is_written(route)) {
            let (id, picture, delivery) = (DeliveryId(routed.slot(i)), routed.picture(i), Delivery::of(route));
            if let Some(same) = before.iter().position(|open| open.id == id && open.route == *route) {
                let open = before.swap_remove(same);
                self.open.push(Open { picture, ..open });
            } else if is_taken(&route.place, &before, &self.closing) {
                // Its former writer has the last frames still to write.
                self.revision = None;
            } else if let Some(sink) = Sink::open(route, delivery.raster, self.began) {
                self.open.push(Open { route: route.clone(), id, picture, delivery, sink, told: None });
            }
        }
        for Open { route, sink, told, .. } in before {
            self.over.extend(told.map(|(what, _)| what));
            self.closing.push(Closed { name: route.name, place: route.place, closing: sink.close() });
        }
        self.closing.retain(|closed| !closed.closing.is_over());
        let open = &self.open;
        self.latest.retain(|id, _| open.iter().any(|open| open.id == *id));
    }

    /// What is to leave for them, of which picture.
    pub fn deliveries(&self) -> impl Iterator<Item = (DeliveryId, OutputId, &Delivery)> {
        self.open.iter().map(|open| (open.id, open.picture, &open.delivery))
    }

    /// Hands in what left as of `at`, when the show stood at `show_us`. `take` gives pixels that are new since it was
    /// last asked.
    pub fn hand_in(&mut self, at: Instant, show_us: i64, mut take: impl FnMut(DeliveryId) -> Option<Captured>) {
        let at_us = self.since_us(at);
        for open in &self.open {
            let taken = take(open.id).filter(|taken| taken.raster == open.delivery.raster);
            let is_new = taken.is_some();
            if let Some(taken) = taken {
                self.latest.insert(open.id, taken);
            }
            match self.latest.get(&open.id).filter(|latest| latest.raster == open.delivery.raster) {
                Some(latest) if is_new || open.sink.is_empty() => {
                    open.sink.picture(at_us, show_us, Arc::clone(&latest.pixels));
                }
                _ => open.sink.unchanged(at_us, show_us),
            }
        }
    }

    /// Up to `until_us` after the beginning nothing new comes any more: whatever of that is missing repeats the last picture.
    pub fn fill(&mut self, until_us: i64, show_us: i64) {
        if until_us > 0 {
            self.open.iter().for_each(|open| open.sink.unchanged(until_us - 1, show_us));
        }
    }

    /// Whether any of them goes with sound.
    pub fn wants_sound(&self) -> bool {
        self.open.iter().any(|open| open.sink.wants_sound())
    }

    /// Hands in the programme's sound from sample `from` on.
    pub fn sound(&self, from: u64, samples: &[[f32; 2]]) {
        self.open.iter().for_each(|open| open.sink.sound(from, samples));
    }

    /// µs since slot 0 began.
    pub fn since_us(&self, at: Instant) -> i64 {
        i64::try_from(at.saturating_duration_since(self.began).as_micros()).unwrap_or(i64::MAX)
    }

    /// When slot 0 began.
    pub const fn began(&self) -> Instant {
        self.began
    }

    /// The highest rate of them.
    pub fn fastest(&self) -> Option<Rate> {
        let faster =
            |a: &Rate, b: &Rate| (u64::from(a.num) * u64::from(b.den)).cmp(&(u64::from(b.num) * u64::from(a.den)));
        self.open.iter().map(|open| open.sink.rate()).max_by(faster)
    }

    /// At which frames are made: the fastest one's slots, in whole parts where these are longer than windows' frames
    /// are to be.
    fn rate(&self) -> Option<Rate> {
        let Rate { num, den } = self.fastest()?;
        Some(Rate { num: num * (LEAST_HZ * den).div_ceil(num), den })
    }

    /// How long a frame may take.
    pub fn pace(&self) -> Option<Duration> {
        self.rate().map(|rate| Duration::from_micros(rate.frame_us().unsigned_abs()))
    }

    /// How long after `at` the next frame is due, where one is made in so many.
    pub fn next(&self, at: Instant, every: u32) -> Option<Duration> {
        let rate = self.rate()?;
        let (at_us, every) = (self.since_us(at), u64::from(every.max(1)));
        let next = (rate.index_at(at_us) / every + 1) * every;
        Some(Duration::from_micros((rate.after_us(next) - at_us).unsigned_abs()))
    }

    /// Tells the operator what does not run, once for as long as it lasts, and what runs again.
    pub fn tell(&mut self, director: &mut Director) {
        let now_us = director.now_us();
        // What was wrong with a sink that is gone is over.
        for what in self.over.drain(..) {
            director.problems.settle_one(ProblemKind::Sink, &what, now_us);
        }
        self.closing.retain(|closed| !closed.closing.is_over());
        for open in &mut self.open {
            // Latencies are figures for the eye: a frame needs none.
            let counts = open.sink.standing();
            let is_behind = counts.waiting > open.sink.rate().index_at(BEHIND_US);
            let fault = match &counts.state {
                SinkState::Restarting | SinkState::Failed => counts.why.clone(),
                SinkState::Running | SinkState::Stalled { .. } if is_behind => {
                    Some(SinkFault::Behind { name: open.route.name.clone() })
                }
                _ => None,
            };
            match (fault, &open.told) {
                (Some(fault), told) if told.as_ref().is_none_or(|(what, _)| *what != fault.what()) => {
                    if let Some((what, _)) = told {
                        director.problems.settle_one(ProblemKind::Sink, what, now_us);
                    }
                    let said = Said { what: fault.what(), words: fault.words() };
                    director.problems.report(ProblemKind::Sink, said, now_us);
                    open.told = Some((fault.what(), counts.written));
                }
                (None, Some((what, written))) if counts.state == SinkState::Running && counts.written > *written => {
                    director.problems.settle_one(ProblemKind::Sink, what, now_us);
                    open.told = None;
                }
                _ => {}
            }
        }
    }

    /// How each of them fares.
    pub fn counts(&self) -> Vec<WrittenOutput> {
        let count = |open: &Open| WrittenOutput { name: open.route.name.clone(), counts: open.sink.counts() };
        self.open.iter().map(count).collect()
    }

    /// Closes all and waits until they have written what they have; gives what came of them, also of those that were
    /// closed before.
    pub fn finish(&mut self) -> Vec<WrittenOutput> {
        let open = self.open.drain(..).map(|open| Closed {
            name: open.route.name,
            place: open.route.place,
            closing: open.sink.close(),
        });
        let all: Vec<Closed> = self.closing.drain(..).chain(open).collect();
        let until = Instant::now() + LAST;
        let end = |closed: Closed| WrittenOutput {
            name: closed.name,
            counts: closed.closing.wait(until.saturating_duration_since(Instant::now())),
        };
        all.into_iter().map(end).collect()
    }
}

/// Whether an output goes to a sink.
fn is_written(route: &Route) -> bool {
    matches!(route.place, Place::Pipe { .. } | Place::Memory { .. } | Place::Ffmpeg(_))
}

/// The same in the app: both worlds of the renderer hold it, one at a time.
#[derive(Resource, Clone)]
pub struct Sinks(Arc<Mutex<Running>>);

pub struct Running {
    pub written: Written,
    /// When the present frame was taken, and the show's time in it.
    frame: Option<(Instant, i64)>,
}

impl Default for Sinks {
    fn default() -> Self {
        Self(Arc::new(Mutex::new(Running { written: Written::new(Instant::now()), frame: None })))
    }
}

impl Sinks {
    pub fn lock(&self) -> MutexGuard<'_, Running> {
        // What was handed in is with the sinks already.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

/// Opens and closes sinks as the routes say, before the stage draws.
pub fn follow(
    sinks: Res<Sinks>,
    routed: Res<Routed>,
    mut deliveries: ResMut<Deliveries>,
    clock: Res<Clock>,
    mut director: ResMut<Director>,
) {
    let mut running = sinks.lock();
    running.written.follow(&routed);
    for (id, picture, delivery) in running.written.deliveries() {
        deliveries.set(id, picture, delivery.clone());
        deliveries.capture(id, true);
    }
    let others: Vec<DeliveryId> =
        deliveries.ids().filter(|id| running.written.deliveries().all(|(written, ..)| written != *id)).collect();
    others.into_iter().for_each(|id| deliveries.capture(id, false));
    running.frame = clock.runs.then(|| (clock.at, director.now_us()));
    running.written.tell(&mut director);
}

/// Hands in what has just been drawn: in the renderer's world, when all of it has been read back.
pub fn hand_in(sinks: Res<Sinks>, link: Res<Link>) {
    let running = &mut *sinks.lock();
    if let Some((at, show_us)) = running.frame {
        running.written.hand_in(at, show_us, |id| link.take(id));
    }
}

/// Tells the console how they fare, as often as it is drawn.
pub fn tell_console(sinks: Res<Sinks>, clock: Res<Clock>, mut view: ResMut<View>, mut told: Local<Throttle>) {
    if !told.due(clock.at, view.pace) {
        return;
    }
    let running = sinks.lock();
    let seen = |WrittenOutput { name, counts }: WrittenOutput| SinkView {
        name,
        phase: match counts.state {
            SinkState::Opening => SinkPhase::Opening,
            SinkState::Running => SinkPhase::Running,
            SinkState::Stalled { .. } => SinkPhase::Stalled,
            SinkState::Restarting => SinkPhase::Restarting,
            SinkState::Failed => SinkPhase::Failed,
            SinkState::Closed => SinkPhase::Closed,
        },
        fps_tenths: counts.latency.fps_tenths,
        written: counts.written,
        repeated: counts.repeated,
        late: counts.late,
        dropped: counts.dropped,
        skipped: counts.skipped,
        restarts: counts.restarts,
        latency_tenth_ms: (counts.latency.p50_us / 100, counts.latency.max_us / 100),
        file: counts.file,
        why: counts.why.map(|why| why.words()),
    };
    view.sinks = running.written.counts().into_iter().map(seen).collect();
}
