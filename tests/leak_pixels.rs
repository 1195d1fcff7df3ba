//! Promise: before `answer.revealed` no pixel of any output depends on the key: not after the answer was on air a moment
//! ago in a rehearsal, and not with what comes next drawn ahead.
//!
//! `LEITAI_SHOWS` says how many shows; each is drawn with two keys by one renderer, whose textures remember what they
//! showed.

use std::sync::Arc;

use fastrand::Rng;
use leitai::{
    director::{Coming, Director, together},
    show::{
        desk::Act,
        frame::{Class, Output},
    },
    stage::{Headless, OutputId},
    themes,
    typeset::Typesetter,
};

use crate::{
    leak::{Pair, shows},
    support::{
        drama::{Drama, drama},
        with_headless,
    },
};

/// Shows, where nobody asks for more.
const SHOWS: u64 = 20;
/// Updates in which what is expected is drawn.
const AHEAD: usize = 40;

/// Small: what is asked is whether anything differs, not what it looks like.
fn output(class: Class) -> Output {
    Output::of(class, (class.canvas().0 as u32 / 6, class.canvas().1 as u32 / 6))
}

fn drawn(headless: &mut Headless, director: &mut Director, output: &Output) -> Vec<u8> {
    headless.draw(director.frame(output)).expect("a picture").to_vec()
}

/// Has what comes next drawn, as the program does while it has time.
fn foresee(headless: &mut Headless, director: &Director, output: &Output) {
    let coming = director.coming();
    let looks = |coming: &Coming| together((0..Coming::LOOKS).map(|look| director.foresee(coming, None, output, look)));
    headless.expect(OutputId::PROGRAM, coming.as_ref().and_then(looks).map(Arc::new));
    for _ in 0..AHEAD {
        if headless.is_warm() {
            return;
        }
        headless.idle();
    }
}

/// What was found in one show: the pictures compared, and whether the key was seen in the end.
struct Found {
    compared: usize,
    told: bool,
    fault: Option<String>,
}

fn one(headless: &mut Headless, seed: u64, drama: &Drama, pair: &mut Pair) -> Found {
    let mut rng = Rng::with_seed(seed);
    let output = output(Class::ALL[seed as usize % Class::ALL.len()]);
    let [events, _] = &drama.events;
    let first = events[0].at;
    let (asked, revealed) = (events[drama.asked].at - first, events[drama.revealed].at - first);
    let after = revealed + 900_000;
    let mut found = Found { compared: 0, told: false, fault: None };
    if asked >= revealed {
        return found;
    }
    let mut instants: Vec<i64> = (0..2).map(|_| rng.i64(asked..revealed)).collect();
    instants.push(revealed - 1);
    for at in instants {
        let [a, b] = [&mut pair.a, &mut pair.b].map(|director| {
            // The answer is in the renderer's textures…
            director.seek(after);
            let told = drawn(headless, director, &output);
            // …and it is asked for the picture before it.
            director.seek(at);
            foresee(headless, director, &output);
            (told, drawn(headless, director, &output))
        });
        found.told |= a.0 != b.0;
        found.compared += 1;
        if a.1 != b.1 {
            let pixels = a.1.as_chunks::<4>().0.iter().zip(b.1.as_chunks::<4>().0).filter(|(a, b)| a != b).count();
            found.fault = Some(format!("seed {seed}, {at} µs of {revealed}, {}: {pixels} pixels", output.class.name()));
        }
    }
    // Held before the answer, the program goes on without it while the feed has it.
    let [a, b] = [&mut pair.a, &mut pair.b].map(|director| {
        director.seek(revealed - 1);
        director.act(Act::Hold).expect("it is not held yet");
        director.play();
        director.advance(1_500_000);
        director.pause();
        foresee(headless, director, &output);
        drawn(headless, director, &output)
    });
    found.compared += 1;
    if a != b {
        found.fault = Some(format!("seed {seed}, held at {revealed} µs, {}", output.class.name()));
    }
    found
}

#[test]
fn no_pixel_knows_the_key() {
    with_headless(|headless| {
        let (theme, set) = (themes::built_in().expect("the themes are whole"), Arc::new(Typesetter::new()));
        let (mut compared, mut told, mut faults) = (0, 0, Vec::new());
        let shows = shows(SHOWS);
        for seed in 0..shows {
            let drama = drama(seed);
            let mut pair = Pair::rehearse(&drama, &theme, &set);
            let found = one(headless, seed, &drama, &mut pair);
            compared += found.compared;
            told += u64::from(found.told);
            faults.extend(found.fault);
        }
        headless.expect(OutputId::PROGRAM, None);
        println!("{shows} shows, {compared} pairs of pictures before the answer, it was seen after it in {told}");
        assert!(faults.is_empty(), "{}", faults.join("\n"));
        assert!(compared as u64 > shows * 2 && told * 4 > shows, "{compared} compared, {told} told");
    });
}
