//! A thousand contests of each rulebook: nothing panics, every sum is the rulebook's, every frame composes, nothing
//! overflows, and no key is seen before it is revealed.
//!
//! Sums, ranks and the fold are checked for every event of every contest. Frames are composed at every event of a few
//! contests and at a handful of instants of all the others, with the type engine that draws.

use std::{
    path::Path,
    sync::{
        Mutex,
        atomic::{AtomicU64, Ordering},
    },
    thread,
};

use leitai::{
    bank,
    show::{
        bank::{BankQuestion, Roster},
        clip::Clips,
        frame::{Class, Frame, Output, Part, compose, spaced},
        protocol::{Envelope, Event},
        rules::Rulebook,
        state::Show,
        theme::Theme,
    },
    simulate::{self, Options},
    themes,
    typeset::Typesetter,
};

use crate::support::{legible, referee::Referee};

/// `LEITAI_SEEDS` may ask for more, or fewer.
const SEEDS: u64 = 1_000;
/// Contests of which every event's frame is composed.
const WHOLE: u64 = 4;
/// Instants of each of the others.
const SAMPLES: u64 = 5;

struct Contest {
    book: Rulebook,
    roster: Roster,
    bank: Vec<BankQuestion>,
    theme: std::sync::Arc<Theme>,
    set: Typesetter,
}

fn contest(name: &str) -> Contest {
    let assets = Path::new(env!("CARGO_MANIFEST_DIR")).join("assets");
    let mut questions = Vec::new();
    for file in ["shebao", "laodong"] {
        questions.extend(bank::read_bank(&assets.join(format!("questions/{file}.json"))).unwrap());
    }
    Contest {
        book: Rulebook::parse(simulate::built_in(name).unwrap()).unwrap(),
        roster: bank::read_roster(&assets.join(format!("shows/{name}.teams.json"))).unwrap(),
        bank: questions,
        theme: themes::built_in().unwrap(),
        set: Typesetter::new(),
    }
}

/// All contests of a rulebook; half of them with mishaps.
fn thousand(name: &str) {
    let contest = contest(name);
    let seeds = std::env::var("LEITAI_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(SEEDS);
    let next = AtomicU64::new(0);
    let (faults, counts) = (Mutex::new(Vec::new()), Mutex::new((0_u64, 0_u64)));
    thread::scope(|scope| {
        for _ in 0..thread::available_parallelism().map_or(2, std::num::NonZero::get) {
            scope.spawn(|| {
                loop {
                    let seed = next.fetch_add(1, Ordering::Relaxed);
                    if seed >= seeds || !faults.lock().unwrap().is_empty() {
                        break;
                    }
                    match one(&contest, seed) {
                        Ok((events, frames)) => {
                            let mut counts = counts.lock().unwrap();
                            *counts = (counts.0 + events, counts.1 + frames);
                        }
                        Err(fault) => faults.lock().unwrap().push(format!("{name}, seed {seed}: {fault}")),
                    }
                }
            });
        }
    });
    let (events, frames) = *counts.lock().unwrap();
    println!("{name}: {seeds} contests, {events} events, {frames} frames");
    let faults = faults.into_inner().unwrap();
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

fn one(contest: &Contest, seed: u64) -> Result<(u64, u64), String> {
    let options = Options { mishaps: seed % 2 == 1, ..Options::seed(seed) };
    let envelopes = simulate::simulate(&contest.book, &contest.roster, &contest.bank, options)
        .map_err(|error| error.to_string())?;
    let mut referee = Referee::new(&contest.book);
    let mut show = Show::default();
    let mut frames = 0;
    let count = envelopes.len() as u64;
    for (index, envelope) in envelopes.iter().enumerate() {
        if envelope.seq != index as u64 + 1 {
            return Err(format!("event {} stands in place {}", envelope.seq, index + 1));
        }
        referee.hear(envelope)?;
        show.apply(envelope);
        if let Some(alarm) = show.alarms.first() {
            return Err(alarm.text.clone());
        }
        let sampled = (0..SAMPLES).any(|i| (seed * 7_919 + i * 104_729) % count == index as u64);
        if seed < WHOLE || sampled {
            let until = envelopes.get(index + 1).map_or(envelope.at + 20_000_000, |next| next.at);
            // First frame, in the midst of a motion, and at rest.
            for after_us in [0, 350_000 + (seed as i64 % 7) * 90_000, 6_000_000] {
                let now = (envelope.at + after_us).min(until.max(envelope.at));
                let frame = compose(&show, &contest.theme, &Output::tv(1920, 1080), &contest.set, Clips::none(), now);
                frames += 1;
                if let Some(fault) = legible::faults(&frame, &contest.theme, Class::Tv, &contest.set).first() {
                    return Err(format!("event {} ({}), {after_us} µs: {fault}", envelope.seq, envelope.event.name()));
                }
                keeps_the_key(contest, &show, envelope, &frame)?;
            }
        }
    }
    referee.end()?;
    Ok((count, frames))
}

/// No text of the frame is the key of a question that was not revealed, unless somebody has said it aloud.
fn keeps_the_key(contest: &Contest, show: &Show, envelope: &Envelope, frame: &Frame) -> Result<(), String> {
    let Some(ask) = &show.core.question else { return Ok(()) };
    if ask.key.is_some() || matches!(envelope.event, Event::AnswerRevealed(_)) {
        return Ok(());
    }
    let Some(known) = contest.bank.iter().find(|known| known.id == ask.question.id) else { return Ok(()) };
    let said = ask.answer.as_ref().and_then(|answer| answer.given.text.clone()).unwrap_or_default();
    let public = |text: &str| {
        ask.question.stem.contains(text)
            || said.contains(text)
            || ask.question.options.iter().any(|option| option.text.contains(text))
    };
    let secrets = known.key.iter().chain(&known.explanation).chain(&known.source);
    let secrets: Vec<&str> =
        secrets.map(String::as_str).filter(|text| text.chars().count() > 3 && !public(text)).collect();
    let texts: String = frame
        .layers
        .iter()
        .flat_map(|layer| &layer.content.parts)
        .filter_map(|part| if let Part::Text { text, .. } = part { Some(text.as_str()) } else { None })
        .collect();
    // A line's end takes its space, and Han and Latin are spaced on their way to the picture.
    let bare = |text: &str| spaced(text).replace(' ', "");
    let texts = bare(&texts);
    let told = secrets.iter().find(|secret| texts.contains(&bare(secret)));
    told.map_or(Ok(()), |secret| Err(format!("event {}: \"{secret}\" is told before it is revealed", envelope.seq)))
}

#[test]
fn yantai() {
    thousand("yantai");
}

#[test]
fn liaoning() {
    thousand("liaoning");
}

#[test]
fn zhongwei() {
    thousand("zhongwei");
}

#[test]
fn fujian() {
    thousand("fujian");
}

/// The referee itself knows the rulebook's own examples (seeds/002: 96 points, 16, −18), and 80.5 → 81.
#[test]
fn the_rulebooks_examples() {
    let contest = contest("zhongwei");
    let wire = |seq: u64, event: &str, data: serde_json::Value, cause: Option<u64>| {
        let value = serde_json::json!({"v": 1, "epoch": "e", "seq": seq, "at": seq, "type": event, "data": data, "cause": cause});
        Envelope::from_value(value).unwrap()
    };
    let round = |id: &str, format: &str| serde_json::json!({"id": id, "name": id, "format": format});
    let finished = |remaining: u32, correct: u32, score: u32| serde_json::json!({"team": "t1", "correct": correct, "of": 10, "remaining": remaining, "score": score});
    for (remaining, correct, score, right) in [(20, 8, 96, true), (15, 7, 81, true), (15, 7, 80, false)] {
        let mut referee = Referee::new(&contest.book);
        referee.hear(&wire(1, "round.opened", round("rush", "rush"), None)).unwrap();
        let heard = referee.hear(&wire(2, "rush.finished", finished(remaining, correct, score), None));
        assert_eq!(heard.is_ok(), right, "{correct} right, {remaining} s left, {score} points");
    }
    for (outcome, wrong, after, right) in [("correct", 6, 316, true), ("wrong", 0, 282, true), ("wrong", 6, 282, false)]
    {
        let mut referee = Referee::new(&contest.book);
        let question = serde_json::json!({"id": "q", "kind": "judge", "stem": "?"});
        let tally = serde_json::json!({"right": 18 - wrong, "wrong": wrong, "absent": 0, "n": 0});
        let verdict = serde_json::json!({"team": "t1", "outcome": outcome});
        let score = serde_json::json!({"team": "t1", "before": 300, "delta": after - 300, "after": after});
        referee.hear(&wire(1, "round.opened", round("duel", "duel"), None)).unwrap();
        referee.hear(&wire(2, "question.shown", question, None)).unwrap();
        referee.hear(&wire(3, "verdict.given", verdict, None)).unwrap();
        referee.hear(&wire(4, "audience.tallied", tally, None)).unwrap();
        referee.hear(&wire(5, "score.changed", score, Some(3))).unwrap();
        assert_eq!(referee.end().is_ok(), right, "{outcome}, {wrong} challengers wrong, {after}");
    }
}
