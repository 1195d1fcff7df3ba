//! Outputs and displays: whether what the outputs file names is there, with the rate that it needs, and stays awake.

use std::path::Path;

use x11rb::{connection::Connection, protocol::xproto::ConnectionExt, rust_connection::RustConnection};

use super::line::{Line, say};
use crate::{
    app::{display_answers, displays, routed},
    locale::{self, Lang},
    routing::{self, Delivery, Here, Place, Route},
    show::{rate::Rate, told::Words},
};

/// A display's rate is the output's when they differ by less than that, thousandths.
const SAME_RATE: u64 = 5;

/// The outputs of a file; a file that cannot be read is a fault.
pub(super) fn routes(lang: Lang, file: Option<&Path>) -> Result<Vec<Route>, Line> {
    let Some(file) = file else { return Ok(Vec::new()) };
    routed::load(file).map(|routes| routes.outputs).map_err(|error| {
        Line::fault("doctor-outputs", locale::tell(lang, &error), locale::word(lang, "doctor-outputs.mend"))
    })
}

/// One line for each output; without a file one for all displays.
pub(super) fn outputs(lang: Lang, routes: &[Route]) -> Vec<Line> {
    let here = displays::list().unwrap_or_default();
    if routes.is_empty() {
        return vec![displays_of(lang, &here)];
    }
    let filled = routing::assign(routes, &here, &routing::Bound::new());
    routes
        .iter()
        .zip(filled)
        .map(|(route, filled)| output(lang, route, filled.and_then(|i| here.get(i)), &here))
        .collect()
}

fn displays_of(lang: Lang, here: &[Here]) -> Line {
    let what = "doctor-display";
    if here.is_empty() {
        let found = std::env::var("DISPLAY").unwrap_or_else(|_| "DISPLAY: –".to_owned());
        // Which ones they are is a help, and no promise.
        return if display_answers() {
            Line::ok(what, found)
        } else {
            Line::attention(what, found, locale::word(lang, "doctor-display.none"))
        };
    }
    Line::ok(what, here.iter().map(called).collect::<Vec<_>>().join("; "))
}

/// A display with its size and rate.
fn called(display: &Here) -> String {
    let rate = display.rate_millihz.map_or_else(String::new, |rate| format!(" {:.2} Hz", f64::from(rate) / 1000.0));
    format!("{} {}×{}{rate}", display.called(), display.size.0, display.size.1)
}

fn output(lang: Lang, route: &Route, display: Option<&Here>, here: &[Here]) -> Line {
    let what = "doctor-output";
    let (width, height) = Delivery::of(route).raster;
    let own = format!("{} {width}×{height} {} Hz", route.name, route.rate);
    match (&route.place, display) {
        (Place::Display(wanted), None) => {
            let there = here.iter().map(called).collect::<Vec<_>>().join("; ");
            let there = if there.is_empty() { "–".to_owned() } else { there };
            let words = Words::new("doctor-output-gone").with("display", wanted.called()).with("there", there);
            Line::fault(what, own, say(lang, &words))
        }
        (Place::Display(wanted), Some(display)) => {
            let found = format!("{own} → {}", called(display));
            if !suits(route.rate, display) {
                Line::attention(
                    what,
                    found,
                    say(lang, &Words::new("doctor-output-rate").with("rate", route.rate.to_string())),
                )
            } else if display.size != (width, height) && !wanted.scale {
                Line::attention(what, found, locale::word(lang, "doctor-output-size"))
            } else {
                Line::ok(what, found)
            }
        }
        (Place::Window { .. }, _) if !display_answers() => {
            Line::fault(what, own, locale::word(lang, "doctor-display.none"))
        }
        (place, _) => Line::ok(what, format!("{own} → {}", say(lang, &crate::show::told::Told::words(place)))),
    }
}

/// Whether each frame of the output stands on the display for the same whole number of its own.
fn suits(rate: Rate, display: &Here) -> bool {
    let Some(display) = display.rate_millihz.map(u64::from) else { return true };
    let own = u64::from(rate.num) * 1000 / u64::from(rate.den.max(1));
    let times = (display + own / 2) / own.max(1);
    times >= 1 && display.abs_diff(own * times) * 1000 <= display * SAME_RATE
}

/// Whether the displays go dark by themselves. The program keeps them awake while it is on; before and after it does not.
pub(super) fn awake(lang: Lang) -> Option<Line> {
    if !display_answers() {
        return None;
    }
    let what = "doctor-awake";
    let asked = || -> Result<u16, Box<dyn std::error::Error>> {
        let (connection, _) = RustConnection::connect(None)?;
        let timeout = connection.get_screen_saver()?.reply()?.timeout;
        connection.flush()?;
        Ok(timeout)
    };
    Some(match asked() {
        Ok(0) => Line::ok(what, locale::word(lang, "doctor-awake-off")),
        Ok(seconds) => {
            Line::ok(what, say(lang, &Words::new("doctor-awake-kept").with("minutes", u32::from(seconds).div_ceil(60))))
        }
        Err(error) => Line::attention(what, error.to_string(), locale::word(lang, "doctor-awake.unknown")),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_display_suits_when_frames_stand_evenly_on_it() {
        let display = |rate_millihz| Here { rate_millihz, ..Here::default() };
        let rate = |num, den| Rate { num, den };
        assert!(suits(rate(50, 1), &display(Some(50_000))) && suits(rate(50, 1), &display(Some(100_010))));
        assert!(suits(rate(60_000, 1001), &display(Some(59_940))) && suits(rate(60, 1), &display(Some(59_950))));
        assert!(!suits(rate(50, 1), &display(Some(60_000))) && !suits(rate(60, 1), &display(Some(50_000))));
        assert!(suits(rate(50, 1), &display(None)), "what nobody knows is not told off");
    }
}
