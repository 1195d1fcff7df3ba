//! `leitai serve`: a tape as a feed, as a scoring system would send it.

use std::fs;

use super::{
    args::{Global, Serve},
    desk,
    error::CliError,
    print, tape,
};
use crate::feed::serve::{FaultPlan, ServeError, ServeOptions, serve};

pub fn run(global: &Global, args: &Serve) -> Result<(), CliError> {
    let timeline = tape::open(&args.tape, global.lang())?;
    let from_us = args.from.map_or(Ok(0), |from| tape::within(&timeline, from))?;
    let mut server = serve(ServeOptions {
        speed: args.speed,
        token: args.token_file.as_deref().map(desk::token).transpose()?,
        from_us,
        repeat: args.repeat,
        faults: args.faults.as_deref().map(faults).transpose()?,
        ..ServeOptions::tape(timeline.tape(), args.listen)
    })?;
    // A script that asked for port 0 reads the address here.
    print(&format!("ws://{}", server.addr))?;
    server.join();
    Ok(())
}

/// The plan in this file, or the one of `seed:NUMBER`.
fn faults(name: &str) -> Result<FaultPlan, CliError> {
    let text = match name.strip_prefix("seed:") {
        Some(seed) => format!("seed {seed}"),
        None => {
            fs::read_to_string(name).map_err(|error| CliError::Read { path: name.into(), reason: error.to_string() })?
        }
    };
    Ok(text.parse::<FaultPlan>().map_err(ServeError::from)?)
}
