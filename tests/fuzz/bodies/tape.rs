//! Any bytes as a tape: read, folded, looked at in several instants, and written again.

use leitai::show::{
    provenance::Provenance,
    tape::{Tape, Timeline, marks::Marks, moments},
};

use super::wire::pictures;

pub fn run(bytes: &[u8]) {
    let tape = match Tape::parse_bytes(bytes) {
        Ok(tape) => tape,
        Err(error) => {
            assert!(!error.to_string().is_empty());
            return;
        }
    };
    for problem in &tape.problems {
        assert!(problem.to_string().len() < 4_096, "{} bytes of a problem", problem.to_string().len());
    }
    let again = Tape::parse(&tape.to_text()).expect("what was read can be written");
    assert_eq!(again.step_count(), tape.step_count(), "nothing is lost by writing it");
    let (_marks, _origins) = (Marks::of(&tape), Provenance::of_tape(&tape));
    let _resume = tape.resume();
    let timeline = Timeline::new(tape);
    let _moments = moments(&timeline);
    let (first, last) = (timeline.tape().first_at().unwrap_or(0), timeline.tape().last_at().unwrap_or(0));
    let middle = first.midpoint(last);
    for now in [first - 1, first, middle, last, last + 700_000, last + 86_400_000_000] {
        let air = timeline.air_at(now);
        let (show, now) = air.seen(now);
        pictures(show, now);
    }
    assert_eq!(timeline.air_after(usize::MAX), timeline.air_at(i64::MAX), "every step lies before the end of time");
}
