//! `leitai state`: what is true at an instant of a tape.

use super::{
    args::{Global, State},
    error::CliError,
    print_json, tape,
};
use crate::show::tape::Step;

pub fn run(global: &Global, args: &State) -> Result<(), CliError> {
    let timeline = tape::open(&args.tape, global.lang())?;
    let recorded = timeline.tape();
    let show = match (args.at, args.seq) {
        (Some(at), _) => {
            let position_us = tape::within(&timeline, at)?;
            timeline.show_at(recorded.first_at().unwrap_or(0) + position_us)
        }
        (None, Some(seq)) => {
            let last = recorded.steps(0, usize::MAX).next_back().map_or(0, Step::seq);
            if seq > last {
                return Err(CliError::NoEvent { seq, last });
            }
            timeline.show_at_seq(seq)
        }
        (None, None) => timeline.show_after(usize::MAX),
    };
    print_json(&show, args.compact)
}
