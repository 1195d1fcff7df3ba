//! One run: a scoring system that says a show, a renderer that lives through the schedule, and what must hold meanwhile.

use std::{cell::RefCell, collections::BTreeMap, path::Path, rc::Rc, sync::Arc, time::Duration};

use tokio::time::{Instant, sleep};

use super::{
    disk::SimDisk,
    hand,
    schedule::{DOWN, Local, Schedule, script},
    scorer::{Truth, epoch_name, say},
    told::named,
};
use crate::{
    app::session::{Ground, LiveSession},
    director::{Director, ProblemKind},
    feed::{
        FeedOptions,
        serve::Fault,
        simulated::{Hall, Simulated},
    },
    journal,
    show::{
        clip::Clips,
        desk::Air,
        frame::{Output, compose},
        protocol::Envelope,
        state::Show,
        tape::Timeline,
        theme::Theme,
    },
    themes,
    typeset::Typesetter,
};

/// The server's clock at the beginning, µs since the Unix epoch.
pub const START_US: i64 = 1_763_690_400_000_000;
/// The program takes what has come so often.
const FRAME: Duration = Duration::from_millis(20);
/// What was said is on air at most so long after the last fault.
pub const HEALED: Duration = Duration::from_secs(2);
/// What is on its way in a hall.
const UNDER_WAY: Duration = Duration::from_millis(150);
/// A network that delays by up to 0.4 s either way cannot be seen through better than by half of that; and a frame.
const CLOCK_OFF_US: u64 = 250_000;
const TAPE: &str = "show.tape.ndjson";

/// What all runs share: the scripts, a theme, the fonts.
pub struct Stage {
    scripts: Vec<Vec<Envelope>>,
    theme: Arc<Theme>,
    set: Arc<Typesetter>,
}

impl Stage {
    pub fn new() -> Self {
        let scripts = (0..4).map(script).collect();
        Self { scripts, theme: themes::built_in().unwrap(), set: Arc::new(Typesetter::new()) }
    }

    pub const fn theme(&self) -> &Arc<Theme> {
        &self.theme
    }

    pub const fn set(&self) -> &Arc<Typesetter> {
        &self.set
    }
}

/// What a run, or all of them, came to.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Outcome {
    /// Events said, instants at which the show was compared, frames that were.
    pub said: u64,
    pub checked: u64,
    pub frames: u64,
    pub restarts: u64,
    /// What the desk did, and how often the desk of the tape was compared with the one on air.
    pub acts: u64,
    pub desks: u64,
    pub reconnects: u64,
    /// Problems told, by kind.
    pub told: BTreeMap<String, u64>,
    /// The longest time from the last fault until all that was said was on air, ms.
    pub healed_ms: u128,
}

impl Outcome {
    pub fn add(&mut self, other: &Self) {
        self.said += other.said;
        self.checked += other.checked;
        self.frames += other.frames;
        self.restarts += other.restarts;
        self.acts += other.acts;
        self.desks += other.desks;
        self.reconnects += other.reconnects;
        for (kind, count) in &other.told {
            *self.told.entry(kind.clone()).or_default() += count;
        }
        self.healed_ms = self.healed_ms.max(other.healed_ms);
    }
}

pub struct World<'a> {
    stage: &'a Stage,
    schedule: &'a Schedule,
    hall: Hall,
    disk: SimDisk,
    dice: fastrand::Rng,
    hand: fastrand::Rng,
    truth: Rc<RefCell<Truth>>,
    outcome: Outcome,
    /// What has been on air last: epoch and event, and the time.
    last: (usize, u64),
    /// Within an epoch, once the server's clock was known.
    last_us: Option<i64>,
}

/// The renderer's process.
struct Process {
    session: LiveSession,
    director: Director,
    feed: Simulated,
    began: Instant,
}

impl<'a> World<'a> {
    pub fn new(stage: &'a Stage, schedule: &'a Schedule) -> Self {
        let hall = Hall::new(START_US, &epoch_name(0), schedule.keep, schedule.seed);
        let truth = Truth { epochs: vec![epoch_name(0)], ..Truth::default() };
        Self {
            stage,
            schedule,
            hall,
            disk: SimDisk::new(),
            dice: fastrand::Rng::with_seed(schedule.seed ^ 0xD1CE),
            hand: fastrand::Rng::with_seed(schedule.seed ^ 0xDE5C),
            truth: Rc::new(RefCell::new(truth)),
            outcome: Outcome::default(),
            last: (0, 0),
            last_us: None,
        }
    }

    pub async fn run(self) -> Outcome {
        let (hall, truth) = (self.hall.clone(), Rc::clone(&self.truth));
        let over = Instant::now() + self.schedule.ends() + HEALED;
        let script = self.stage.scripts[(self.schedule.seed % 4) as usize].clone();
        let said = say(hall.clone(), truth, script, self.schedule.seed, over);
        let failing = hall.fail(&self.schedule.plan);
        let ((), (), outcome) = tokio::join!(said, failing, self.live(over));
        outcome
    }

    /// The renderer, from its start to the end of the show.
    async fn live(mut self, over: Instant) -> Outcome {
        let began = Instant::now();
        let ends = began + self.schedule.ends();
        let mut process = self.start();
        let mut healed = None;
        let mut local = self.schedule.local.clone().into_iter().peekable();
        while Instant::now() < over {
            while let Some((_, happens)) = local.next_if(|(at, _)| began + *at <= Instant::now()) {
                match happens {
                    Local::Disk { room, cuts } => self.disk.set_room(room, cuts),
                    Local::Stall(lasts) => sleep(lasts).await,
                    Local::Restart => process = self.again(process, false).await,
                    Local::Power => process = self.again(process, true).await,
                }
            }
            self.frame(&mut process);
            self.act(&mut process);
            let now = Instant::now();
            let missed = self.truth.borrow().head(ends).is_some_and(|head| self.last < head);
            if now >= ends && !missed {
                healed.get_or_insert_with(|| now - ends);
            }
            sleep(FRAME).await;
        }
        self.outcome.healed_ms = healed.map_or(0, |healed: Duration| healed.as_millis());
        self.healed();
        self.settled(&mut process).await;
        self.end(&process);
        self.outcome
    }

    fn start(&mut self) -> Process {
        let mut director = Director::live(Arc::clone(&self.stage.theme), Arc::clone(&self.stage.set) as _);
        let options = FeedOptions { capacity: 64, ..FeedOptions::new("ws://hall") };
        let (hall, seed) = (self.hall.clone(), self.dice.u64(..));
        let mut feed = None;
        let ground = Ground {
            disk: Arc::new(self.disk.clone()),
            // An hour to either side: what this machine's clock shows is nobody's concern.
            wall_us: START_US + self.dice.i64(-3_600_000_000..=3_600_000_000),
            connect: |options| {
                let (handle, simulated) = Simulated::start(&hall, options, seed)?;
                feed = Some(simulated);
                Ok(handle)
            },
        };
        let session = LiveSession::start_on(ground, options, Some(Path::new(TAPE)), &mut director);
        let session = session.unwrap_or_else(|error| panic!("the show does not begin: {error}"));
        self.last_us = None;
        Process { session, director, feed: feed.unwrap(), began: Instant::now() }
    }

    /// The process ends, of itself or with the power, and begins anew: from its tape, before any feed is there.
    async fn again(&mut self, process: Process, power: bool) -> Process {
        self.outcome.restarts += 1;
        let before = (self.last, process.director.air().clone());
        let troubled = process.director.problems.present().any(|problem| problem.kind == ProblemKind::Journal);
        let recorded = process.session.tape().is_some() && !troubled;
        if power {
            process.feed.kill();
        }
        self.end(&process);
        if power {
            // Without power nothing more is written on the way out.
            std::mem::forget(process.session);
            self.disk.cut_power(&mut self.dice);
        } else {
            drop(process.session);
        }
        sleep(DOWN.mul_f64(self.dice.f64())).await;
        // The picture may be older by what the power took.
        self.last = (0, 0);
        let mut process = self.start();
        if recorded && !power {
            same_air(process.director.air(), &before.1, "the picture is not there before the feed");
            self.outcome.desks += u64::from(hand::is_there(self.schedule.seed));
        }
        self.check(&mut process);
        process
    }

    fn end(&mut self, process: &Process) {
        let health = process.session.feed.health();
        self.outcome.reconnects += health.reconnects;
        let passed_s = process.began.elapsed().as_secs() + 1;
        let told = process.feed.told.lock().unwrap();
        for (kind, (count, items)) in told.iter() {
            // Once a second, and once more after each change of the connection.
            let most = passed_s + 2 * (health.reconnects + 1) + 5;
            assert!(*items <= most, "{kind} was told {items} times in {passed_s} s");
            let known = health.problems.iter().find(|known| known.last.kind() == *kind);
            assert!(known.is_some_and(|known| known.count >= *count), "{kind}: {count} told, {known:?} counted");
            *self.outcome.told.entry(kind.clone()).or_default() += count;
        }
    }

    /// What the operator does, where one is there. What makes no sense just now is refused.
    fn act(&mut self, process: &mut Process) {
        let act = hand::is_there(self.schedule.seed).then(|| hand::act(&mut self.hand)).flatten();
        if let Some(act) = act {
            self.outcome.acts += u64::from(process.session.act(act, &mut process.director).is_ok());
            self.check(process);
        }
    }

    /// One frame of the program.
    fn frame(&mut self, process: &mut Process) {
        process.session.receive(&mut process.director);
        assert!(process.session.feed.health().queue_len <= 64, "the way to the program is bounded");
        self.check(process);
    }

    /// What is on air is what the scoring system had said so far, to some event; neither it nor its time goes back.
    fn check(&mut self, process: &mut Process) {
        let show = process.director.air().feed();
        let now_us = process.director.now_us();
        let same = self.truth.borrow().epochs.get(self.last.0) == Some(&show.epoch);
        let clocked = process.session.feed.clock().is_set();
        assert!(!same || self.last_us.is_none_or(|last_us| now_us >= last_us), "time went back");
        self.last_us = (same && (clocked || self.last_us.is_some())).then_some(now_us);
        let truth = self.truth.borrow();
        if show.epoch.is_empty() {
            assert!(show == &Show::default());
        } else {
            let place = (truth.epoch(&show.epoch), show.seq);
            assert!(place >= self.last, "back from {:?} to {place:?}", self.last);
            if place != self.last || self.schedule.frames {
                let empty = Show { epoch: show.epoch.clone(), ..Show::default() };
                let pure = if show.seq == 0 { &empty } else { &truth.shows[&(show.epoch.clone(), show.seq)] };
                assert!(show == pure, "event {} of {}: the show is not the fold", show.seq, show.epoch);
                self.outcome.checked += 1;
                if self.schedule.frames && !hand::is_there(self.schedule.seed) && self.outcome.checked.is_multiple_of(8)
                {
                    let output = Output::tv(1280, 720);
                    let pure = compose(pure, &self.stage.theme, &output, &*self.stage.set, Clips::none(), now_us);
                    assert!(*process.director.frame(&output) == pure, "event {}: the frame is not pure", place.1);
                    self.outcome.frames += 1;
                }
            }
            self.last = place;
        }
    }

    /// So long after the last fault the picture is right.
    fn healed(&mut self) {
        let truth = self.truth.borrow();
        let due = truth.head(Instant::now() - UNDER_WAY);
        assert!(
            due.is_none_or(|due| self.last >= due),
            "{HEALED:?} after the last fault {:?} is on air, {due:?} was said",
            self.last
        );
    }

    /// Whether the server's clock has not been set since its epoch began.
    fn clock_known(&self) -> bool {
        let last = |wanted: fn(&Fault) -> bool| {
            self.schedule.plan.faults.iter().filter(|(_, fault)| wanted(fault)).map(|(at, _)| *at).max()
        };
        let set = last(|fault| matches!(fault, Fault::Clock { .. }));
        set.is_none() || last(|fault| matches!(fault, Fault::Reset)) > set
    }

    /// The end of the show: all hashes are equal, on air and on the tape.
    async fn settled(&mut self, process: &mut Process) {
        let (epoch, seq) = self.truth.borrow().head(Instant::now()).unwrap();
        let patience = Instant::now() + Duration::from_secs(5);
        while self.last < (epoch, seq) && Instant::now() < patience {
            sleep(FRAME).await;
            self.frame(process);
        }
        let truth = self.truth.borrow();
        self.outcome.said = truth.said.len() as u64;
        let pure = &truth.shows[&(truth.epochs[epoch].clone(), seq)];
        let show = process.director.air().feed();
        assert_eq!((&show.epoch, show.seq, &show.ledger), (&pure.epoch, pure.seq, &pure.ledger));
        assert!(show == pure, "the last show is not the ordered fold");
        let tape = journal::load_from(&self.disk, Path::new(TAPE)).unwrap();
        let air = Timeline::new(tape).air_after(usize::MAX);
        let told = air.feed();
        assert!(told == pure, "the tape ends with event {} of {}, not with {epoch}, {seq}", told.seq, told.epoch);
        same_air(&air, process.director.air(), "the tape's desk is not the one on air");
        self.outcome.desks += u64::from(hand::is_there(self.schedule.seed));
        let health = process.session.feed.health();
        assert_eq!((health.seq, health.head), (seq, seq));
        let off_us = process.director.now_us().abs_diff(self.hall.now_us());
        assert!(!self.clock_known() || off_us < CLOCK_OFF_US, "the clock is {off_us} µs off: {:?}", health.clock);
        if let Some(fault) = self.schedule.single {
            named(fault, &process.feed.told);
        }
    }
}

/// Says where the two part.
fn same_air(found: &Air, expected: &Air, what: &str) {
    assert_eq!(found.feed(), expected.feed(), "{what}: the feed's show");
    assert_eq!(found.desk, expected.desk, "{what}: the desk");
    assert_eq!(found.program(), expected.program(), "{what}: the program");
    assert!(found == expected, "{what}");
}
