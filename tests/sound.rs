//! Promise: every cue is heard once, at its instant, whatever pauses, changes, seeks, stalls or devices do.
//!
//! The engine runs against kira itself, pulled by a backend that is cranked by hand: the machine's clock, the device's
//! requests and the samples that come out are all the test's own.

#![allow(clippy::expect_used, reason = "the helpers of a test are part of it: they may stop at the first surprise")]

mod films;

use std::sync::{Arc, Mutex, OnceLock};
use std::time::{Duration, Instant};

use kira::backend::{Backend, Renderer};
use leitai::show::clip::Clips;
use leitai::show::cue::{Cue, CueKey, ScheduledCue};
use leitai::show::cues::{Course, Programme};
use leitai::show::state::Scene;
use leitai::sound::mixer::{Kit, mix};
use leitai::sound::output::{KiraOutput, Opener, Output, OutputError, Stamps};
use leitai::sound::{AudioStatus, Bank, CueLevel, Engine, Films, Moment, SoundSet};

const RATE: u32 = 48_000;
const PERIOD: usize = 480;
/// Show time of the first sample the device asks for, µs.
const SHOW_US: i64 = 1_764_000_000_000_000;
/// What the device adds between asking for a sample and sounding it.
const LATENCY_US: i64 = 25_000;

/// The cues of the theme that the program carries.
pub fn bank() -> Arc<Bank> {
    static BANK: OnceLock<Arc<Bank>> = OnceLock::new();
    let render = || {
        let theme = leitai::themes::built_in().expect("the built-in theme");
        Arc::new(Bank::render(&theme.programme().sounds, &[]).0)
    };
    Arc::clone(BANK.get_or_init(render))
}

/// A device cranked by hand.
struct Crank {
    renderer: Arc<Mutex<Option<Renderer>>>,
    stamps: Arc<Stamps>,
    base: Instant,
    /// What its clock has fallen behind by, µs: underruns.
    behind_us: i64,
    heard: Vec<f32>,
}

impl Crank {
    fn elapsed_us(&self) -> i64 {
        self.heard.len() as i64 * 1_000_000 / i64::from(RATE)
    }

    /// Lets the device ask for samples until it has rendered those heard at `until_us` of its time.
    fn turn(&mut self, until_us: i64) {
        while self.elapsed_us() < until_us {
            let heard_at = self.base + Duration::from_micros((self.elapsed_us() + LATENCY_US + self.behind_us) as u64);
            let mut out = [0.0; 2 * PERIOD];
            let mut renderer = self.renderer.lock().expect("the renderer is not poisoned");
            self.stamps.render(renderer.as_mut().expect("the output is open"), &mut out, 2, heard_at);
            self.heard.extend(out.chunks(2).map(|frame| frame[0]));
        }
    }

    /// Show instants at which something begins to sound after at least 30 ms of silence, µs.
    fn onsets_us(&self) -> Vec<i64> {
        let mut silent_for = RATE as usize;
        let mut onsets = Vec::new();
        for (index, sample) in self.heard.iter().enumerate() {
            if sample.abs() < 1e-4 {
                silent_for += 1;
                continue;
            }
            if silent_for > RATE as usize * 30 / 1_000 {
                onsets.push(SHOW_US + LATENCY_US + index as i64 * 1_000_000 / i64::from(RATE));
            }
            silent_for = 0;
        }
        onsets
    }
}

/// kira's backend for it.
struct HandBackend(Arc<Mutex<Option<Renderer>>>);

impl Backend for HandBackend {
    type Settings = Arc<Mutex<Option<Renderer>>>;
    type Error = OutputError;

    fn setup(settings: Self::Settings, _internal_buffer_size: usize) -> Result<(Self, u32), Self::Error> {
        Ok((Self(settings), RATE))
    }

    fn start(&mut self, renderer: Renderer) -> Result<(), Self::Error> {
        *self.0.lock().expect("the renderer is not poisoned") = Some(renderer);
        Ok(())
    }
}

/// A hall: the engine, the devices it has opened so far, and the app's frames.
struct Hall {
    engine: Engine,
    devices: Arc<Mutex<Vec<Crank>>>,
    base: Instant,
    now_us: i64,
    rate: f64,
}

impl Hall {
    fn new() -> Self {
        // Ahead of all that the machine may take to open the device: what is heard before that cannot be told.
        let base = Instant::now() + Duration::from_secs(3_600);
        let devices: Arc<Mutex<Vec<Crank>>> = Arc::default();
        let opened = Arc::clone(&devices);
        let opener: Opener = Arc::new(move || {
            let (stamps, renderer) = (Arc::new(Stamps::default()), Arc::default());
            let output: KiraOutput<HandBackend> = KiraOutput::start(
                Arc::clone(&renderer),
                Arc::clone(&stamps),
                |_| ("a hand-cranked device".to_owned(), RATE),
                || OutputError::NoClock,
            )?;
            let crank = Crank { renderer, stamps, base, behind_us: 0, heard: Vec::new() };
            opened.lock().expect("the devices are not poisoned").push(crank);
            let output: Box<dyn Output> = Box::new(output);
            Ok(output)
        });
        let mut hall = Self { engine: Engine::new(bank(), opener), devices, base, now_us: 0, rate: 1.0 };
        hall.settle();
        hall
    }

    fn settle(&mut self) {
        let status = self.engine.settle(Duration::from_secs(20));
        assert!(matches!(status, AudioStatus::Running { rate_hz: RATE, .. }), "{status:?}");
    }

    /// Runs the app at 50 frames a second and the device beside it, until `until_ms`.
    fn run(&mut self, until_ms: i64, wanted: impl Fn(i64) -> Vec<ScheduledCue>) {
        self.run_with(until_ms, |_, show_us| wanted(show_us));
    }

    /// The same, with the engine at hand.
    fn run_with(&mut self, until_ms: i64, wanted: impl Fn(&mut Engine, i64) -> Vec<ScheduledCue>) {
        while self.now_us < until_ms * 1_000 {
            self.device(Crank::turn);
            let at = self.base + Duration::from_micros(self.now_us as u64);
            let show_us = SHOW_US + (self.now_us as f64 * self.rate) as i64;
            let wanted = wanted(&mut self.engine, show_us);
            self.engine.update(&wanted, Moment { show_us, at, rate: self.rate });
            self.now_us += 20_000;
        }
    }

    fn device<T>(&self, with: impl Fn(&mut Crank, i64) -> T) -> T {
        let mut devices = self.devices.lock().expect("the devices are not poisoned");
        with(devices.last_mut().expect("a device is open"), self.now_us)
    }

    fn onsets_ms(&self) -> Vec<f64> {
        self.device(|crank, _| crank.onsets_us()).into_iter().map(|us| (us - SHOW_US) as f64 / 1e3).collect()
    }
}

fn cue(cue: Cue, n: u32, at_ms: i64) -> ScheduledCue {
    ScheduledCue { key: CueKey { seq: 12, cue, n }, cue, at_us: SHOW_US + at_ms * 1_000, variant: 0, gain_db: 0.0 }
}

/// The cues of a list that fall into the engine's window, as the app derives them.
fn window(cues: &[ScheduledCue], show_us: i64) -> Vec<ScheduledCue> {
    let inside = |cue: &&ScheduledCue| {
        cue.at_us >= show_us - leitai::sound::GRACE_US && cue.at_us < show_us + leitai::sound::LOOKAHEAD_US
    };
    cues.iter().filter(inside).copied().collect()
}

#[track_caller]
fn assert_heard(hall: &Hall, expected_ms: &[f64]) {
    let onsets = hall.onsets_ms();
    assert_eq!(onsets.len(), expected_ms.len(), "heard at {onsets:?} ms");
    for (heard, expected) in onsets.iter().zip(expected_ms) {
        assert!((heard - expected).abs() < 1.0, "heard at {onsets:?} ms, expected {expected_ms:?}");
    }
}

#[test]
fn ticks_are_heard_within_a_millisecond_of_their_instants() {
    let ticks: Vec<ScheduledCue> = (0..5).map(|n| cue(Cue::Tick, n, 703 + 1_000 * i64::from(n))).collect();
    let mut hall = Hall::new();
    hall.run(5_500, |now| window(&ticks, now));
    assert_heard(&hall, &[703.0, 1_703.0, 2_703.0, 3_703.0, 4_703.0]);
    let counts = hall.engine.counts();
    assert_eq!((counts.played, counts.late, counts.skipped, counts.cancelled), (5, 0, 0, 0));
}

#[test]
fn a_stall_of_two_seconds_moves_no_tick() {
    let ticks: Vec<ScheduledCue> = (0..4).map(|n| cue(Cue::Tick, n, 703 + 1_000 * i64::from(n))).collect();
    let mut hall = Hall::new();
    hall.run(800, |now| window(&ticks, now));
    // The app draws nothing for two seconds; the device goes on asking.
    hall.now_us += 2_000_000;
    hall.run(4_500, |now| window(&ticks, now));
    assert_heard(&hall, &[703.0, 1_703.0, 2_703.0, 3_703.0]);
}

#[test]
fn a_pause_withdraws_what_was_scheduled_and_resuming_replays_nothing() {
    let running: Vec<ScheduledCue> = (0..4).map(|n| cue(Cue::Tick, n, 500 + 1_000 * i64::from(n))).collect();
    // After a pause of 2 s the same seconds come 2 s later, the one already heard among them.
    let resumed: Vec<ScheduledCue> = (0..4).map(|n| cue(Cue::Tick, n, 2_500 + 1_000 * i64::from(n))).collect();
    let mut hall = Hall::new();
    hall.run(1_000, |now| window(&running, now));
    hall.run(3_000, |_| Vec::new());
    assert_eq!(hall.engine.counts().cancelled, 2);
    hall.run(6_000, |now| window(&resumed, now));
    assert_heard(&hall, &[500.0, 3_500.0, 4_500.0, 5_500.0]);
}

#[test]
fn a_changed_instant_moves_the_scheduled_cue() {
    let mut hall = Hall::new();
    hall.run(400, |now| window(&[cue(Cue::TimeUp, 0, 1_000)], now));
    hall.run(3_000, |now| window(&[cue(Cue::TimeUp, 0, 1_777)], now));
    assert_heard(&hall, &[1_777.0]);
    assert_eq!(hall.engine.counts().moved, 1);
}

#[test]
fn a_late_cue_plays_at_once_and_an_old_one_not_at_all() {
    let mut hall = Hall::new();
    hall.run(1_000, |_| Vec::new());
    // The verdict arrives 100 ms late; a stale one 400 ms late.
    hall.run(3_000, |_| vec![cue(Cue::Correct, 0, 900), cue(Cue::Wrong, 0, 600)]);
    let onsets = hall.onsets_ms();
    assert_eq!(onsets.len(), 1, "{onsets:?}");
    assert!((1_000.0..1_060.0).contains(&onsets[0]), "{onsets:?}");
    let counts = hall.engine.counts();
    assert_eq!((counts.played, counts.late, counts.skipped), (1, 1, 1));
}

#[test]
fn after_a_reset_the_past_is_silent_and_the_future_sounds() {
    let cues = [cue(Cue::Hit, 0, 950), cue(Cue::Beep, 1, 1_500), cue(Cue::Beep, 2, 2_500)];
    let mut hall = Hall::new();
    hall.run(1_000, |_| Vec::new());
    hall.engine.reset(SHOW_US + hall.now_us);
    hall.run(1_200, |now| window(&cues, now));
    // A seek back over nothing heard yet, and a reconnect: what was scheduled is scheduled again, once.
    hall.engine.reset(SHOW_US + hall.now_us);
    hall.run(3_500, |now| window(&cues, now));
    assert_heard(&hall, &[1_500.0, 2_500.0]);
}

#[test]
fn a_reset_silences_what_still_rings() {
    let gong = [cue(Cue::TimeUp, 0, 500)];
    let mut hall = Hall::new();
    hall.run(900, |now| window(&gong, now));
    hall.engine.reset(SHOW_US + hall.now_us);
    hall.run(2_000, |now| window(&gong, now));
    assert_heard(&hall, &[500.0]);
    let rings = hall.device(|crank, _| crank.heard[RATE as usize..].iter().any(|sample| sample.abs() > 1e-6));
    assert!(!rings, "the gong rings on after the seek");
}

#[test]
fn a_reconnect_lets_what_sounds_ring_on_and_repeats_nothing() {
    let cues = [cue(Cue::TimeUp, 0, 500), cue(Cue::Tick, 1, 1_010), cue(Cue::Tick, 2, 1_600)];
    let mut undisturbed = Hall::new();
    undisturbed.run(3_000, |now| window(&cues, now));
    // At 1 000 ms the tick of 1 010 ms is rendered but not heard yet: the most delicate moment.
    let mut hall = Hall::new();
    hall.run(1_000, |now| window(&cues, now));
    hall.engine.resync(SHOW_US + hall.now_us);
    hall.run(3_000, |now| window(&cues, now));
    let heard = |hall: &Hall| hall.device(|crank, _| crank.heard.clone());
    assert_eq!(heard(&hall), heard(&undisturbed));
    assert_eq!(hall.engine.counts().played, 3);
}

#[test]
fn a_rehearsal_at_double_speed_ticks_twice_as_fast_and_a_paused_one_not_at_all() {
    let ticks: Vec<ScheduledCue> = (0..6).map(|n| cue(Cue::Tick, n, 500 + 1_000 * i64::from(n))).collect();
    let mut hall = Hall::new();
    hall.rate = 2.0;
    hall.run(2_000, |now| window(&ticks, now));
    assert_heard(&hall, &[250.0, 750.0, 1_250.0, 1_750.0]);
    hall.rate = 0.0;
    hall.run(4_000, |now| window(&ticks, now));
    assert_eq!(hall.onsets_ms().len(), 4);
}

#[test]
fn the_same_cues_make_the_same_samples_as_the_offline_mixer() {
    let cues =
        [cue(Cue::Roll, 0, 800), cue(Cue::Hit, 0, 1_600), cue(Cue::Correct, 0, 1_610), cue(Cue::Wrong, 0, 1_620)];
    let mut hall = Hall::new();
    hall.run(3_000, |now| window(&cues, now));
    let live = hall.device(|crank, _| crank.heard.clone());
    let offline = offline(&cues, Course::default());
    assert_alike(&live, &offline, 1e-3);
}

/// What the offline mixer makes of the cues, from the first sample that the device asks for.
fn offline(cues: &[ScheduledCue], course: Course) -> Vec<[f32; 2]> {
    let from_us = SHOW_US + LATENCY_US;
    let programme = Programme { cues: cues.to_vec(), course, films: Vec::new() };
    let kit = Kit { sounds: &SoundSet::default(), bank: &bank(), films: &Films::default() };
    mix(&programme, from_us, from_us + 2_900_000, kit)
}

/// The device counts from its own first sample: it may round every instant to a neighbouring one.
#[track_caller]
fn assert_alike(live: &[f32], offline: &[[f32; 2]], tolerance: f32) {
    let differs = |shift: usize| {
        let pairs = offline.iter().zip(&live[shift..]);
        pairs.map(|(frame, sample)| (frame[0] - sample).abs()).fold(0.0_f32, f32::max)
    };
    let differences = [0, 1, 2].map(differs);
    assert!(differences.iter().any(|difference| *difference < tolerance), "{differences:?}");
}

#[test]
fn a_buzzer_cuts_and_a_clip_makes_room_live_as_in_the_mixer() {
    let show = |at_ms: i64| SHOW_US + at_ms * 1_000;
    let cues =
        [cue(Cue::Correct, 0, 700), cue(Cue::Buzzer, 0, 1_000), cue(Cue::Chime, 0, 1_900), cue(Cue::Tick, 0, 2_400)];
    let theme = leitai::themes::built_in().expect("the built-in theme");
    let mut state = leitai::show::state::Show::default();
    let clip = serde_json::json!({
        "cued": {"id": "m", "path": "p", "sha256": "00"}, "phase": "playing", "at": show(1_800), "since": show(1_800), "seq": 3
    });
    state.program.scene = Scene::Media;
    state.core.media = Some(serde_json::from_value(clip).expect("a clip"));
    let course = |from: i64, to: i64| {
        let mut course = Course::default();
        course.add(&state, &theme.cue_times(), &Clips::default(), from, to);
        course
    };
    let mut hall = Hall::new();
    hall.run_with(3_000, |engine, now| {
        engine.set_course(course(now - leitai::sound::GRACE_US, now + leitai::sound::LOOKAHEAD_US));
        window(&cues, now)
    });
    let live = hall.device(|crank, _| crank.heard.clone());
    let whole = course(SHOW_US, show(4_000));
    assert_alike(&live, &offline(&cues, whole), 4e-3);
    let open = offline(&cues, Course::default());
    let loudest = |frames: &[[f32; 2]]| frames.iter().map(|frame| frame[0].abs()).fold(0.0_f32, f32::max);
    let chime = |frames: &[[f32; 2]]| loudest(&frames[92_000..110_000]);
    assert!(chime(&offline(&cues, course(SHOW_US, show(4_000)))) < 0.3 * chime(&open), "the chime makes room");
}

#[test]
fn faders_and_mutes_act_on_what_is_scheduled() {
    let cues = [cue(Cue::Tick, 0, 800), cue(Cue::Lock, 0, 1_500), cue(Cue::Tick, 1, 2_200)];
    let mut hall = Hall::new();
    hall.run(400, |now| window(&cues, now));
    hall.engine.set_cue(Cue::Tick, CueLevel { gain_db: 0.0, muted: true });
    hall.run(2_000, |now| window(&cues, now));
    hall.engine.set_cue(Cue::Tick, CueLevel::default());
    hall.engine.set_muted(true);
    hall.run(3_000, |now| window(&cues, now));
    let onsets = hall.onsets_ms();
    assert!(onsets.first().is_some_and(|onset| (onset - 1_500.0).abs() < 1.0), "{onsets:?}");
    assert!(onsets.iter().all(|onset| *onset < 1_700.0), "{onsets:?}");
    assert_eq!(hall.engine.counts().played, 3);
}

#[test]
fn the_meter_shows_what_is_heard() {
    let gong = [cue(Cue::TimeUp, 0, 500)];
    let mut hall = Hall::new();
    hall.run(450, |now| window(&gong, now));
    assert_eq!(hall.engine.level_dbfs(SHOW_US + 450_000), f32::NEG_INFINITY);
    hall.run(700, |now| window(&gong, now));
    let level = hall.engine.level_dbfs(SHOW_US + 600_000);
    assert!((-24.0..-6.0).contains(&level), "{level} dBFS");
}

#[test]
fn a_device_that_stands_still_is_opened_again_and_nothing_is_replayed() {
    let ticks: Vec<ScheduledCue> = (0..8).map(|n| cue(Cue::Tick, n, 500 + 1_000 * i64::from(n))).collect();
    let mut hall = Hall::new();
    hall.run(1_000, |now| window(&ticks, now));
    assert_heard(&hall, &[500.0]);
    // The device stops asking; the app's frames go on. After 2 s without a request it is opened again.
    while hall.engine.counts().reopened == 0 {
        hall.now_us += 20_000;
        assert!(hall.now_us < 4_000_000, "the standstill was not noticed");
        let show_us = SHOW_US + hall.now_us;
        let at = hall.base + Duration::from_micros(hall.now_us as u64);
        hall.engine.update(&window(&ticks, show_us), Moment { show_us, at, rate: 1.0 });
    }
    hall.settle();
    assert_eq!(hall.engine.counts().reopened, 1);
    assert_eq!(hall.devices.lock().expect("the devices are not poisoned").len(), 2);
    // The new device's time begins where the hall's stands.
    let silent = vec![0.0; (hall.now_us * i64::from(RATE) / 1_000_000) as usize];
    hall.device(|crank, _| crank.heard.clone_from(&silent));
    hall.run(8_200, |now| window(&ticks, now));
    assert_heard(&hall, &[3_500.0, 4_500.0, 5_500.0, 6_500.0, 7_500.0]);
}

#[test]
fn without_a_device_the_show_goes_on_with_one_clear_sentence() {
    let opener: Opener = Arc::new(|| Err(OutputError::NoDevice));
    let mut engine = Engine::new(bank(), opener);
    engine.settle(Duration::from_secs(20));
    for frame in 0..50 {
        let now_ms = frame * 20;
        let moment = Moment { show_us: SHOW_US + now_ms * 1_000, at: Instant::now(), rate: 1.0 };
        engine.update(&[cue(Cue::Tick, 0, 500), cue(Cue::Tick, 1, 900)], moment);
    }
    let AudioStatus::Silent { why } = engine.status() else { panic!("{:?}", engine.status()) };
    let why = why.to_string();
    assert!(why.contains("no default sound device") && why.ends_with('.'), "{why}");
    let counts = engine.counts();
    assert_eq!((counts.unheard, counts.played, counts.reopened), (2, 0, 0));
}

#[test]
fn rendering_every_cue_takes_less_than_the_start_can_spare() {
    let started = Instant::now();
    let theme = leitai::themes::built_in().expect("the built-in theme");
    let (_bank, _) = Bank::render(&theme.programme().sounds, &[]);
    // On a thread of its own, while the window comes up; the limit leaves room for a busy machine.
    assert!(started.elapsed() < Duration::from_secs(15), "{:?}", started.elapsed());
}
