//! The machine itself: what draws, whether it keeps the rate, its time and its power.

use std::{
    fs,
    path::Path,
    process::Command,
    time::{Duration, Instant},
};

use super::line::{Line, Verdict, say};
use crate::{
    cli::{args::Global, error::CliError, gallery},
    locale::{self, Lang},
    preflight::Scene,
    routing::Route,
    show::{
        clip::Clips,
        frame::{Class, Output, compose},
        rate::Rate,
        theme::Theme,
        told::Words,
    },
    sound,
    stage::Headless,
    typeset::Typesetter,
};

/// What is rendered on trial, µs of the show.
const TRIAL_US: i64 = 2_000_000;
/// A trial ends then, whatever it has come to.
const TRIAL_MOST: Duration = Duration::from_secs(20);

pub(super) fn adapter(lang: Lang) -> Line {
    let what = "doctor-adapter";
    match Headless::new((64, 64)).map(|stage| stage.adapter()) {
        Ok(adapter) if adapter.is_software => {
            let found = format!("{} ({})", adapter.name, adapter.driver);
            Line::attention(what, found, locale::word(lang, "doctor-adapter.software"))
        }
        Ok(adapter) => Line::ok(what, format!("{} ({})", adapter.name, adapter.driver)),
        Err(error) => Line::fault(what, locale::tell(lang, &error), locale::word(lang, "doctor-adapter.none")),
    }
}

/// Opens the default device and closes it again.
pub(super) fn audio(lang: Lang) -> Line {
    let found = sound::device::default_opener()().map_err(|error| locale::tell(lang, &error));
    let found = found.map(|output| format!("{}, {} Hz", output.device(), output.rate_hz()));
    Line::of(lang, "doctor-audio", found, Verdict::Attention, "doctor-audio.none")
}

/// Renders two seconds of the heaviest scene, as the largest output shows it, and looks at what a frame takes.
pub(super) fn rate(global: &Global, theme: &Theme, routes: &[Route]) -> Result<Line, CliError> {
    let (lang, what) = (global.lang(), "doctor-rate");
    let pixels = |route: &&Route| u64::from(route.raster.0) * u64::from(route.raster.1);
    let largest = routes.iter().max_by_key(pixels);
    let (class, raster) = largest.map_or((Class::Tv, (1920, 1080)), |route| (route.class, route.raster));
    let rate = routes.iter().map(|route| route.rate).max_by_key(|rate| rate.nominal()).unwrap_or(Rate::HZ_50);
    let output = Output { lang, ..Output::of(class, raster) };
    let set = Typesetter::new();
    let scenes = gallery::scenes(None)?;
    let parts = |scene: &&Scene| {
        let frame = compose(&scene.show, theme, &output, &set, Clips::none(), scene.at);
        frame.layers.iter().map(|layer| layer.content.parts.len()).sum::<usize>()
    };
    let Some(heaviest) = scenes.iter().filter(|scene| scene.is_for(class)).max_by_key(parts) else {
        return Ok(Line::ok(what, "–"));
    };
    let mut took = match trial(heaviest, theme, &output, &set, rate) {
        Ok(took) => took,
        Err(error) => {
            return Ok(Line::fault(what, locale::tell(lang, &error), locale::word(lang, "doctor-adapter.none")));
        }
    };
    took.sort_unstable();
    let of = |of_100: usize| took.get(took.len() * of_100 / 100).or(took.last()).copied().unwrap_or_default();
    let (half, most) = (of(50), of(99));
    let given = Duration::from_micros(rate.frame_us().unsigned_abs());
    let ms = |time: Duration| format!("{:.1}", time.as_secs_f64() * 1e3);
    let words = Words::new("doctor-rate-found").with("scene", &heaviest.name).with("half", ms(half));
    let words =
        words.with("most", ms(most)).with("given", ms(given)).with("raster", format!("{}×{}", raster.0, raster.1));
    let found = say(lang, &words);
    Ok(if most <= given {
        Line::ok(what, found)
    } else if half <= 3 * given {
        Line::attention(what, found, locale::word(lang, "doctor-rate.lowered"))
    } else {
        Line::fault(what, found, locale::word(lang, "doctor-rate.slow"))
    })
}

/// What each frame took, from the scene's last event on.
fn trial(
    scene: &Scene,
    theme: &Theme,
    output: &Output,
    set: &Typesetter,
    rate: Rate,
) -> Result<Vec<Duration>, crate::stage::StageError> {
    let mut stage = Headless::new(output.raster)?;
    let frame = |at_us: i64| compose(&scene.show, theme, output, set, Clips::none(), scene.last_at + at_us);
    // Shaders and glyphs are there before a show begins.
    stage.draw(frame(TRIAL_US).into())?;
    let (mut took, begun) = (Vec::new(), Instant::now());
    for n in 0.. {
        let at_us = rate.after_us(n);
        if at_us > TRIAL_US || begun.elapsed() > TRIAL_MOST {
            break;
        }
        let began = Instant::now();
        stage.draw(frame(at_us).into())?;
        took.push(began.elapsed());
    }
    Ok(took)
}

/// Time zone and whether the clock is kept right. No picture depends on either; names of files and logs do.
pub(super) fn time(lang: Lang) -> Line {
    let what = "doctor-time";
    let zone = fs::read_link("/etc/localtime")
        .ok()
        .and_then(|path| path.to_str().and_then(|path| path.split_once("zoneinfo/")).map(|(_, zone)| zone.to_owned()));
    let zone = std::env::var("TZ").ok().filter(|zone| !zone.is_empty()).or(zone).unwrap_or_else(|| "UTC".to_owned());
    let said = Command::new("timedatectl").args(["show", "-p", "NTPSynchronized", "--value"]).output();
    let said = said.map(|said| String::from_utf8_lossy(&said.stdout).trim().to_owned()).unwrap_or_default();
    let is_kept = match said.as_str() {
        "yes" => Some(true),
        "no" => Some(false),
        _ => Path::new("/run/systemd/timesync/synchronized").exists().then_some(true),
    };
    match is_kept {
        Some(true) => Line::ok(what, say(lang, &Words::new("doctor-time-kept").with("zone", zone))),
        Some(false) => Line::attention(
            what,
            say(lang, &Words::new("doctor-time-free").with("zone", zone)),
            locale::word(lang, "doctor-time.set"),
        ),
        None => Line::ok(what, say(lang, &Words::new("doctor-time-unknown").with("zone", zone))),
    }
}

/// Whether the machine runs on its battery; none where it has no supply to ask.
pub(super) fn power(lang: Lang) -> Option<Line> {
    let read = |path: &Path, name: &str| fs::read_to_string(path.join(name)).unwrap_or_default().trim().to_owned();
    let supplies: Vec<_> = fs::read_dir("/sys/class/power_supply").ok()?.flatten().map(|entry| entry.path()).collect();
    let kind = |path: &Path| read(path, "type");
    let is_in = supplies.iter().any(|path| kind(path) != "Battery" && read(path, "online") == "1");
    let battery = supplies.iter().find(|path| kind(path) == "Battery")?;
    let found = say(lang, &Words::new("doctor-power-battery").with("percent", read(battery, "capacity")));
    let what = "doctor-power";
    Some(if is_in {
        Line::ok(what, locale::word(lang, "doctor-power-mains"))
    } else {
        Line::attention(what, found, locale::word(lang, "doctor-power.plug"))
    })
}
