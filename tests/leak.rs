//! Promise: before `answer.revealed` no output's data, no sound and nothing that is drawn ahead depends on the key.
//!
//! Each show is played twice, with two keys (and two explanations, one of them pages long), by two directors that are
//! asked the same things. What can still differ is then the key's doing. `LEITAI_SHOWS` says how many shows.

#![expect(clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    sync::{
        Arc, Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use fastrand::Rng;
use leitai::{
    director::{Coming, Director, Incoming, together},
    show::{
        desk::{Act, Curtain, Group, Say},
        frame::{Class, Lang, Output},
        protocol::Envelope,
        state::Show,
        tape::{Tape, Timeline},
        theme::Theme,
    },
    simulate, themes,
    typeset::Typesetter,
};
use serde_json::json;

use crate::support::drama::{Drama, drama};

/// Shows, where nobody asks for more.
const SHOWS: u64 = 1_000;
/// Of every so many the tape is rehearsed, too, with jumps to and fro.
const REHEARSED: u64 = 8;

/// How many shows are wanted.
pub fn shows(usual: u64) -> u64 {
    std::env::var("LEITAI_SHOWS").ok().and_then(|shows| shows.parse().ok()).unwrap_or(usual)
}

/// One output of each class.
pub fn outputs(rng: &mut Rng) -> Vec<Output> {
    let lang = Lang::ALL[rng.usize(0..Lang::ALL.len())];
    let raster = |class: Class| (class.canvas().0 as u32 / 4, class.canvas().1 as u32 / 4);
    Class::ALL.iter().map(|class| Output { lang, ..Output::of(*class, raster(*class)) }).collect()
}

/// Two directors of one show with two keys.
pub struct Pair {
    pub a: Director,
    pub b: Director,
}

impl Pair {
    fn live(theme: &Arc<Theme>, set: &Arc<Typesetter>) -> Self {
        let live = || Director::live(Arc::clone(theme), Arc::clone(set) as _);
        Self { a: live(), b: live() }
    }

    pub fn rehearse(drama: &Drama, theme: &Arc<Theme>, set: &Arc<Typesetter>) -> Self {
        let [a, b] = [0, 1].map(|n| {
            let tape = Tape::parse(&simulate::tape_text("drama", &drama.events[n])).unwrap();
            Director::rehearse(Timeline::new(tape), Arc::clone(theme), Arc::clone(set) as _)
        });
        Self { a, b }
    }

    pub fn both(&mut self, mut done: impl FnMut(&mut Director)) {
        done(&mut self.a);
        done(&mut self.b);
    }

    /// Whether all that leaves, or is made to leave, is the same for both; the first difference where it is not.
    fn differs(&mut self, outputs: &[Output]) -> Option<String> {
        if let Some(what) = self.picture_differs(outputs, |_| true) {
            return Some(what);
        }
        let (a, b) = (&mut self.a, &mut self.b);
        let (from, to) = (a.now_us() - 2_000_000, a.now_us() + 2_000_000);
        if a.cues(from, to) != b.cues(from, to) {
            return Some("a cue".to_owned());
        }
        (a.course(from, to) != b.course(from, to)).then(|| "how loud it is".to_owned())
    }

    /// The same of the pictures of some classes alone.
    fn picture_differs(&mut self, outputs: &[Output], which: fn(&Class) -> bool) -> Option<String> {
        let (a, b) = (&mut self.a, &mut self.b);
        for output in outputs.iter().filter(|output| which(&output.class)) {
            if *a.frame(output) != *b.frame(output) {
                return Some(format!("the frame of {}", output.class.name()));
            }
            let ahead = |director: &Director| {
                let coming = director.coming()?;
                together((0..Coming::LOOKS).map(|look| director.foresee(&coming, None, output, look)))
            };
            if ahead(a) != ahead(b) {
                return Some(format!("what is drawn ahead for {}", output.class.name()));
            }
        }
        None
    }
}

/// What was looked at, and whether the key was seen once it might be.
#[derive(Default)]
struct Count {
    instants: AtomicU64,
    revealed: AtomicU64,
    /// Looks at a held program whose operator's preview had the key already.
    behind: AtomicU64,
}

/// The feed brings it event by event, the operator does something on the way; compared up to the reveal, and beyond it for
/// as long as the desk holds the program.
fn live(seed: u64, drama: &Drama, theme: &Arc<Theme>, set: &Arc<Typesetter>, count: &Count) -> Result<(), String> {
    let mut rng = Rng::with_seed(seed ^ 0x5eed);
    let outputs = outputs(&mut rng);
    let mut pair = Pair::live(theme, set);
    let [first, second] = &drama.events;
    let held_at = if rng.u8(0..3) == 0 { rng.usize(drama.asked..=drama.revealed) } else { usize::MAX };
    let snapshot_at =
        if rng.u8(0..5) == 0 { rng.usize(drama.asked..drama.revealed.max(drama.asked + 1)) } else { usize::MAX };
    let looks = |rng: &mut Rng, last: bool| if last { 2 } else { usize::from(rng.u8(0..3) == 0) };
    for (n, (a, b)) in first.iter().zip(second).enumerate() {
        if n == held_at {
            pair.both(|director| director.act(Act::Hold).unwrap());
        }
        pair.a.receive(Incoming::Event(Box::new(a.clone())));
        pair.b.receive(Incoming::Event(Box::new(b.clone())));
        if n == snapshot_at {
            pair.both(|director| {
                let whole: Show = director.air().feed().clone();
                director.receive(Incoming::Snapshot(Box::new(whole)));
            });
        }
        pair.both(|director| director.live_now(a.at));
        if n < drama.asked {
            continue;
        }
        let is_held = held_at <= n;
        if n >= drama.revealed && !is_held {
            // The hall still sees a frozen program; its operator and its host may know more.
            let frozen = pair.a.air().desk.frozen.is_some();
            if let Some(what) = pair.picture_differs(&outputs, |class| class.is_hall()).filter(|_| frozen) {
                return Err(format!("{what} at event {} of a frozen program", n + 1));
            }
            if !frozen {
                break;
            }
            continue;
        }
        operate(&mut rng, &mut pair);
        let until = first.get(n + 1).map_or(a.at + 9_000_000, |next| next.at);
        let is_last = n + 1 == drama.revealed || n == drama.revealed;
        for _ in 0..looks(&mut rng, is_last) {
            let after = rng.i64(0..=9_000_000).min((until - a.at - 1).max(0));
            pair.both(|director| director.live_now(a.at + after));
            count.instants.fetch_add(1, Ordering::Relaxed);
            let is_known = outputs.iter().any(|output| *pair.a.preview(output) != *pair.b.preview(output));
            count.behind.fetch_add(u64::from(is_held && is_known), Ordering::Relaxed);
            if let Some(what) = pair.differs(&outputs) {
                return Err(format!("{what} at event {} ({}), {after} µs, held: {is_held}", n + 1, a.event.name()));
            }
        }
    }
    // Taken, followed and uncovered the key is on air: or nothing would have been compared.
    pair.both(|director| {
        if director.air().desk.hold.is_some() {
            director.act(Act::Follow).unwrap();
        }
        director.act(Act::Freeze { on: false }).unwrap();
        director.act(Act::Curtain { curtain: None }).unwrap();
        director.act(Act::Restore { group: Group::All }).unwrap();
        let now = director.now_us();
        director.live_now(now + 4_000_000);
    });
    let told = outputs.iter().any(|output| *pair.a.frame(output) != *pair.b.frame(output));
    count.revealed.fetch_add(u64::from(told), Ordering::Relaxed);
    Ok(())
}

/// Something that an operator may do at any time, to both.
fn operate(rng: &mut Rng, pair: &mut Pair) {
    let act = match rng.u8(0..40) {
        0 => Act::Freeze { on: true },
        1 => Act::Freeze { on: false },
        2 => Act::Curtain { curtain: Some(Curtain::Logo) },
        3 => Act::Curtain { curtain: None },
        4 => Act::Clear { group: Group::LowerThird },
        5 | 6 => {
            let name = Say::parse("lower_third.shown", json!({"title": "王芳", "subtitle": "主持人"}), None).unwrap();
            return pair.both(|director| director.load(name.clone()));
        }
        7 => {
            // The answer itself is laid ready, before anybody has told it.
            let key =
                |key: &str| Say::parse("answer.revealed", json!({"key": [key], "explanation": key}), None).unwrap();
            pair.a.load(key("A"));
            return pair.b.load(key("B"));
        }
        8 => return pair.both(|director| drop(director.unload())),
        _ => return,
    };
    pair.both(|director| {
        // What makes no sense as things stand is refused, by both.
        let _refused = director.act(act.clone()).is_err();
    });
}

/// A rehearsal has the whole tape, the answer in it: wherever one has jumped to before, until its instant the key is
/// nowhere.
fn rehearsed(seed: u64, drama: &Drama, theme: &Arc<Theme>, set: &Arc<Typesetter>, count: &Count) -> Result<(), String> {
    let mut rng = Rng::with_seed(seed ^ 0x7a9e);
    let outputs = outputs(&mut rng);
    let mut pair = Pair::rehearse(drama, theme, set);
    let [events, _] = &drama.events;
    let first = events[0].at;
    let (asked, revealed) = (events[drama.asked].at - first, events[drama.revealed].at - first);
    let end = events.last().map_or(0, |last| last.at - first) + 5_000_000;
    for round in 0..6 {
        // There and back, or only there; at times with the program held before the answer, and the tape played on.
        if rng.bool() {
            pair.both(|director| director.seek(end));
        }
        if revealed <= asked {
            return Ok(());
        }
        let before = rng.i64(asked..revealed);
        pair.both(|director| director.seek(before));
        let is_held = round == 5;
        if is_held {
            pair.both(|director| {
                director.act(Act::Hold).unwrap();
                director.play();
                director.advance(revealed - before + 1_000_000);
            });
            operate(&mut rng, &mut pair);
        }
        count.instants.fetch_add(1, Ordering::Relaxed);
        if let Some(what) = pair.differs(&outputs) {
            return Err(format!("{what} in a rehearsal at {before} µs of {revealed}, held: {is_held}"));
        }
    }
    Ok(())
}

#[test]
fn no_frame_no_cue_and_nothing_drawn_ahead_knows_the_key() {
    let (theme, set) = (themes::built_in().unwrap(), Arc::new(Typesetter::new()));
    let (shows, next) = (shows(SHOWS), AtomicU64::new(0));
    let (count, faults) = (Count::default(), Mutex::new(Vec::new()));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, std::num::NonZero::get) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= shows || faults.lock().unwrap().len() > 5 {
                        return;
                    }
                    let drama = drama(seed);
                    assert!(drama.events[0][..drama.revealed] == drama.events[1][..drama.revealed], "seed {seed}");
                    let mut told = live(seed, &drama, &theme, &set, &count);
                    if told.is_ok() && seed.is_multiple_of(REHEARSED) {
                        told = rehearsed(seed, &drama, &theme, &set, &count);
                    }
                    if let Err(what) = told {
                        faults.lock().unwrap().push(format!("seed {seed}: {what}"));
                    }
                }
            });
        }
    });
    let (instants, revealed) = (count.instants.into_inner(), count.revealed.into_inner());
    let behind = count.behind.into_inner();
    println!(
        "{shows} shows, {instants} instants in four classes ({behind} with the key in the preview), \
         the key on air at last in {revealed}"
    );
    let faults = faults.into_inner().unwrap();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
    assert!(instants > shows, "{instants} instants");
    assert!(behind * 20 > shows, "only {behind} times the desk knew more than the program");
    // Withdrawn questions and slates hide some; most are seen.
    assert!(revealed * 3 > shows, "of {shows} keys {revealed} are on air once they may be");
}

/// What a scoring system sends before the reveal has no place for a key: whatever else it writes into its events is
/// neither in the state nor in any frame.
#[test]
fn a_key_that_is_sent_too_early_is_not_even_kept() {
    let question = json!({
        "v": 1, "epoch": "e", "seq": 1, "at": 1_000, "type": "question.shown", "cause": null, "corrects": null,
        "data": {"id": "q", "kind": "fill", "stem": "试用期最长几个月？", "options": [], "key": ["密钥甲"], "answer": "密钥甲",
            "explanation": "密钥甲"}
    });
    let envelope = Envelope::from_value(question).unwrap();
    let mut show = Show::default();
    show.apply(&envelope);
    let state = serde_json::to_string(&show).unwrap();
    assert!(state.contains("试用期") && !state.contains("密钥"), "{state}");
    assert!(!format!("{envelope:?}").contains("密钥"));
}
