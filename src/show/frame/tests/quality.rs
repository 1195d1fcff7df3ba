//! A machine that cannot keep up: the backdrop changes at once, and neither the beginning nor the end of that is seen.

use super::{Output, Plain, THEME, tapes};
use crate::show::{
    clip::Clips,
    frame::{Frame, Layer, LayerKind, Quality, compose, flashes},
    state::Show,
};

/// ms after a moment; the last one is at rest.
const LOOKS: [i64; 8] = [0, 60, 220, 480, 800, 1_300, 2_100, 3_500];
const REST: i64 = 9_000;
const ALWAYS: Quality = Quality::StillBackdrop { from_us: i64::MIN, until_us: i64::MAX };

fn frame(show: &Show, quality: Quality, now: i64) -> Frame {
    compose(show, &THEME, &Output { quality, ..Output::tv(1920, 1080) }, &Plain, Clips::none(), now)
}

fn grounds(frame: &Frame) -> Vec<&Layer> {
    frame.layers.iter().filter(|layer| layer.key.kind.is_ground()).collect()
}

#[test]
fn a_still_backdrop_is_at_once_what_a_moving_one_comes_to() {
    let mut compared = 0;
    for tape in tapes::all() {
        for moment in &tape.moments {
            let show = tape.show_at(moment, moment.at);
            let rest = frame(&show, ALWAYS, moment.at + REST * 1_000);
            assert_eq!(rest, frame(&show, Quality::Full, moment.at + REST * 1_000), "{} {}", tape.name, moment.seq);
            for ms in LOOKS {
                let now = moment.at + ms * 1_000;
                let (still, full) = (frame(&show, ALWAYS, now), frame(&show, Quality::Full, now));
                let others = |frame: &Frame| -> Vec<Layer> {
                    frame.layers.iter().filter(|layer| !layer.key.kind.is_ground()).cloned().collect()
                };
                assert_eq!(others(&still), others(&full), "all else moves: {} {} +{ms}", tape.name, moment.seq);
                let skies = grounds(&still).into_iter().filter(|layer| layer.key.kind == LayerKind::Backdrop);
                assert_eq!(skies.count(), 1, "{} {} +{ms}: nothing dissolves", tape.name, moment.seq);
                compared += 1;
            }
        }
    }
    assert!(compared > 500, "{compared}");
}

#[test]
fn nothing_jumps_when_it_is_lowered_or_given_back() {
    for tape in tapes::all() {
        for moment in &tape.moments {
            let show = tape.show_at(moment, moment.at);
            for ms in LOOKS {
                let now = moment.at + ms * 1_000;
                let lowered = Quality::StillBackdrop { from_us: now + 1, until_us: i64::MAX };
                assert_eq!(
                    frame(&show, lowered, now),
                    frame(&show, Quality::Full, now),
                    "{} {}",
                    tape.name,
                    moment.seq
                );
                let back = Quality::StillBackdrop { from_us: i64::MIN, until_us: now + 1 };
                assert_eq!(frame(&show, back, now), frame(&show, ALWAYS, now), "{} {}", tape.name, moment.seq);
            }
        }
    }
}

#[test]
fn a_backdrop_that_changes_at_once_does_not_flash_either() {
    const STEP_US: i64 = 40_000;
    for tape in tapes::all() {
        for moment in &tape.moments {
            let (from, to) = (moment.at - 500_000, moment.at + 1_800_000);
            let film = (0..=(to - from) / STEP_US).map(|i| {
                let now = from + i * STEP_US;
                (now, frame(&tape.show_at(moment, now), ALWAYS, now))
            });
            let found = flashes(film);
            assert!(found.is_empty(), "{} after event {}: {found:?}", tape.name, moment.seq);
        }
    }
}
