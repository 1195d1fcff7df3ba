//! `leitai state`: what is true at an instant of a tape.

use super::{args::State, error::CliError, print_json, tape};

pub fn run(args: &State) -> Result<(), CliError> {
    let timeline = tape::open(&args.tape)?;
    let entries = &timeline.tape().entries;
    let show = match (args.at, args.seq) {
        (Some(at), _) => {
            let position_us = tape::within(&timeline, at)?;
            timeline.show_at(timeline.tape().first_at().unwrap_or(0) + position_us)
        }
        (None, Some(seq)) => {
            let last = entries.last().map_or(0, |entry| entry.env.seq);
            if seq > last {
                return Err(CliError::NoEvent { seq, last });
            }
            timeline.show_at_seq(seq)
        }
        (None, None) => timeline.show_after(entries.len()),
    };
    print_json(&show, args.compact)
}
