//! `leitai live --headless`: the whole route without windows and sound, for machines that record, test or compare.

use std::{
    fs,
    path::Path,
    sync::{Arc, Mutex, PoisonError},
    time::{Duration, Instant},
};

use crossbeam_channel::{Receiver, after, at, bounded, never, select, tick};
use serde_json::json;

use super::{
    args::{Global, Live},
    desk,
    error::CliError,
    headless, print_json,
};
use crate::{
    app::{self, LiveSession, Remote, Unattended},
    director::Director,
    feed::{FeedHealth, FeedItem, FeedState},
    guard::Link,
    locale::{self, Lang},
    output::write_png,
    show::{
        state::Show,
        told::{Told, Words},
    },
    stage::Headless,
    themes::OnAir,
    typeset::Typesetter,
};

/// A frame at 50 Hz.
const FRAME: Duration = Duration::from_millis(20);

pub fn run(global: &Global, args: &Live) -> Result<(), CliError> {
    let guard = Link::join();
    let OnAir { theme, watch, fault } = desk::on_air(global, guard.as_ref().map(|(_, past)| past))?;
    let (guard, past) = guard.map_or_else(Default::default, |(link, past)| (Some(link), past));
    let chosen = app::Chosen::of(&past);
    let mut director = Director::live(theme, Arc::new(Typesetter::new()));
    if let Some(fault) = &fault {
        app::report_theme(&mut director, fault);
    }
    app::report_fonts(&mut director);
    let output = desk::output(global, args.windows.size);
    let mut stage = args.still_out.is_some().then(|| Headless::new(output.raster)).transpose()?;
    // Machines that only record or compare are reached by nobody unless it is asked for.
    let remote = Remote::start(desk::remote_options(&args.remote, None), &mut director, global.lang(), Box::new(|| {}))
        .map_err(app::AppError::from)?;
    let dialled = desk::spare_options(args)?;
    let spare = app::Spare::start(&remote, dialled.as_ref()).map_err(app::AppError::from)?;
    let spare = spare.go_on(chosen.part(), past.away_us());
    let feed = desk::feed_options(args)?;
    let tokens: Vec<_> = feed.token.iter().chain(dialled.as_ref().map(|dialled| &dialled.token)).cloned().collect();
    let tape = app::tape_to_go_on_with(&past, args.tape.as_deref(), &mut director);
    let mut session = LiveSession::start(feed, tape.as_deref(), &mut director)?;
    session.go_on_from(past.clock.as_ref().map(|clock| clock.now_us()), chosen.away());
    app::tell_past(&past, &mut director);
    let inbox = session.feed.inbox.clone();
    let mut written = headless::outputs(global, &args.windows, args.json, &mut director, watch.folders())?;
    let compared =
        written.as_ref().map_or_else(|| vec![("program".to_owned(), output)], |all| all.compared(global.lang()));
    let unattended = Unattended::new(director, session, watch, remote, tokens, global.lang());
    let mut unattended = unattended.with_spare(spare.of(compared));
    if let Some(link) = guard {
        let guarded = app::Guarded::new(link, &chosen);
        unattended = unattended.with_guard(guarded, (past.restarts > 0).then_some(&chosen));
    }
    let films = app::Films::new(app::film_folders(&args.windows.media, None));
    let exact = films.library().exact();
    if let Some(stage) = &mut stage {
        stage.set_reel(films.library().live());
    }
    if let Some(written) = &mut written {
        written.set_films(&films);
    }
    let mut unattended = unattended.with_films(films);
    if let Some(written) = &written {
        unattended.set_routes(written.routes().to_vec());
    }
    let orders = unattended.orders();

    let until = args.duration.map_or_else(never, |span| after(Duration::from_micros(span.us.unsigned_abs())));
    let (frame_ticks, stop) = (tick(FRAME), interrupted());
    let (mut connected, mut out_of_time) = (false, false);
    if let Some(written) = &mut written {
        written.begin(Instant::now());
    }
    loop {
        // What is written has a rate of its own.
        let frames = written.as_ref().map_or_else(|| frame_ticks.clone(), |written| at(written.due().0));
        select! {
            recv(inbox) -> item => {
                let (begun, mut over) = (Instant::now(), item.is_err());
                let mut next = item.ok();
                // All that came together, or each picture would wait for one item only.
                while let Some(item) = next.take() {
                    // Without a given time the session lasts as long as the show.
                    over = item == FeedItem::Status(FeedState::Ended) && args.duration.is_none();
                    connected |= item == FeedItem::Status(FeedState::Connected);
                    if !over {
                        unattended.take(item);
                        next = (begun.elapsed() < FRAME).then(|| inbox.try_recv().ok()).flatten();
                    }
                }
                if over {
                    break;
                }
            }
            recv(frames) -> _ => {
                let begun = Instant::now();
                if !unattended.frame() {
                    break;
                }
                let mut atlas_bytes = 0;
                if let Some(stage) = &mut stage {
                    stage.draw(unattended.director().frame(&output))?;
                    atlas_bytes += stage.atlas_bytes();
                }
                if unattended.beat() {
                    break;
                }
                if let Some(written) = &mut written {
                    if written.is_stirred() {
                        unattended.takes_long();
                    }
                    headless::frame(written, &mut unattended.director());
                    atlas_bytes += written.atlas_bytes();
                }
                unattended.took(begun.elapsed(), written.as_ref().map_or(FRAME, app::Outputs::frame_time), atlas_bytes);
            }
            // What is asked for is done at once, not with the next frame.
            recv(orders) -> order => if let Ok(order) = order {
                unattended.order(order);
                if !unattended.frame() {
                    break;
                }
            },
            recv(until) -> _ => {
                out_of_time = true;
                break;
            }
            recv(stop) -> _ => break,
        }
    }

    unattended.ends();
    let written = written.map(app::Outputs::finish);
    unattended.receive_all();
    let session = unattended.end();
    let (mut director, session) = (unattended.director(), session.as_ref());
    let health = session.map(|session| session.feed.health()).unwrap_or_default();
    connected |= health.state == FeedState::Connected;
    if let Some(path) = &args.state_out {
        write_state(path, director.air().feed())?;
    }
    if let (Some(path), Some(stage)) = (&args.still_out, &mut stage) {
        stage.set_reel(exact);
        write_png(path, output.raster, stage.draw(director.frame(&output))?)?;
    }
    if let Some(tape) = session.and_then(LiveSession::tape) {
        eprintln!(
            "{}",
            locale::say(global.lang(), &Words::new("cli-recorded").with("file", tape.display().to_string()))
        );
    }
    if args.json {
        let mut figures = figures(&health, session.and_then(LiveSession::tape), &director);
        if let Some(written) = written {
            figures["outputs"] = json!(written);
        }
        print_json(&figures, false)?;
    }
    if connected || !out_of_time {
        return Ok(());
    }
    let last = health.problems.last().map(|problem| problem.last.words()).unwrap_or_default();
    Err(CliError::NeverConnected { last })
}

/// Closes when the operator interrupts (Ctrl-C, or the terminal is closed) or the system asks to end.
pub(super) fn interrupted() -> Receiver<()> {
    let (alive, stop) = bounded::<()>(0);
    let alive = Arc::new(Mutex::new(Some(alive)));
    // Where signals cannot be had nothing closes it, and the system's own way of ending remains.
    std::mem::forget(Arc::clone(&alive));
    app::signals::on_wish(move || drop(alive.lock().unwrap_or_else(PoisonError::into_inner).take()));
    stop
}

fn write_state(path: &Path, show: &Show) -> Result<(), CliError> {
    let fault = |reason: String| CliError::Write { path: path.to_owned(), reason };
    let mut text = serde_json::to_string_pretty(show).map_err(|error| fault(error.to_string()))?;
    text.push('\n');
    fs::write(path, text).map_err(|error| fault(error.to_string()))
}

fn figures(health: &FeedHealth, tape: Option<&Path>, director: &Director) -> serde_json::Value {
    let problems: Vec<_> = health
        .problems
        .iter()
        .map(|problem| json!({"zh": locale::tell(Lang::Zh, &problem.last), "en": problem.last.to_string(), "count": problem.count}))
        .collect();
    json!({
        "epoch": health.epoch, "seq": director.air().feed().seq, "head": health.head, "now_us": director.now_us(),
        "tape": tape, "reconnects": health.reconnects, "refused": health.refused,
        "unknown": health.unknown, "gaps": health.order.gaps, "duplicates": health.order.duplicates,
        "lost": health.order.lost, "stale": health.order.stale, "alarms": director.air().feed().alarm_count,
        "clock": {"rtt_us": health.clock.rtt_us, "error_bound_us": health.clock.error_bound_us},
        "problems": problems,
    })
}
