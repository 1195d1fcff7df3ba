//! What outputs must be: names, rasters, slices and places that can be carried out, and none in another's way.

use super::{Display, Flaw, Fold, Place, Route, Slice};
use crate::show::told::{Clause, clause};

/// Widths and heights that can be composed and can leave, px.
const WIDTHS: std::ops::RangeInclusive<u32> = 16..=7680;
const HEIGHTS: std::ops::RangeInclusive<u32> = 16..=4320;
/// Sound earlier or later than the picture, ms at most.
const DELAY_MOST_MS: i32 = 10_000;
/// Sound that is earlier than its picture makes the pictures wait: no more of them than wait for any encoder.
const EARLY_MOST_MS: i32 = 100;
/// Outputs at most: the stage has a number for each.
const MOST: usize = crate::show::limits::OUTPUTS;

/// Everything that cannot be, in the order of the outputs.
pub fn check(routes: &[Route]) -> Vec<Flaw> {
    let mut flaws: Vec<Flaw> = routes.iter().enumerate().flat_map(|(i, route)| one(i, route)).collect();
    for (i, route) in routes.iter().enumerate() {
        for (j, other) in routes.iter().enumerate().take(i) {
            flaws.extend(between(i, route, j, other));
        }
    }
    if routes.len() > MOST {
        let (count, most) = (routes.len(), MOST);
        let what = clause!("outputs-many", "there are {count} outputs", count);
        let instead = clause!("outputs-many.do", "at most {most} can leave at once", most);
        flaws.push(Flaw { output: called(MOST, routes.last()), path: format!("outputs[{MOST}]"), what, instead });
    }
    flaws.sort_by_key(|flaw| number(&flaw.path));
    flaws
}

fn number(path: &str) -> usize {
    path.split(['[', ']']).nth(1).and_then(|number| number.parse().ok()).unwrap_or(0)
}

fn called(i: usize, route: Option<&Route>) -> String {
    let name = route.map_or("", |route| route.name.trim());
    if name.is_empty() { (i + 1).to_string() } else { name.to_owned() }
}

/// The raster that leaves, before a key lies beside it.
fn leaving(route: &Route) -> (u32, u32) {
    route.slices.as_ref().map_or(route.raster, |fold| fold.raster)
}

fn one(i: usize, route: &Route) -> Vec<Flaw> {
    let mut flaws = Vec::new();
    let mut flaw = |field: &str, what: Clause, instead: Clause| {
        flaws.push(Flaw { output: called(i, Some(route)), path: format!("outputs[{i}].{field}"), what, instead });
    };
    if route.name.trim().is_empty() {
        flaw(
            "name",
            clause!("outputs-nameless", "it has no name"),
            clause!("outputs-nameless.do", "write name: \"…\", as the crew calls it"),
        );
    }
    raster("raster", route.raster, &mut flaw);
    if !(-EARLY_MOST_MS..=DELAY_MOST_MS).contains(&route.audio_delay_ms) {
        let (ms, most, early) = (route.audio_delay_ms, DELAY_MOST_MS, EARLY_MOST_MS);
        flaw(
            "audio_delay_ms",
            clause!("outputs-delay", "the sound is {ms} ms off the picture", ms),
            clause!("outputs-delay.do", "write -{early} to {most} ms", early, most),
        );
    }
    if let Some(fold) = &route.slices {
        raster("slices.raster", fold.raster, &mut flaw);
        folded(route, fold, &mut flaw);
    }
    place(&route.place, leaving(route), &mut flaw);
    flaws
}

fn raster(field: &str, (width, height): (u32, u32), flaw: &mut impl FnMut(&str, Clause, Clause)) {
    if !WIDTHS.contains(&width) || !HEIGHTS.contains(&height) {
        let (least, wide, high) = (*WIDTHS.start(), *WIDTHS.end(), *HEIGHTS.end());
        flaw(
            field,
            clause!("outputs-raster", "a raster of {width}×{height} px cannot leave", width, height),
            clause!(
                "outputs-raster.do",
                "write {least} to {wide} px for its width, {least} to {high} px for its height",
                least,
                wide,
                high
            ),
        );
    }
}

fn folded(route: &Route, fold: &Fold, flaw: &mut impl FnMut(&str, Clause, Clause)) {
    if fold.slices.is_empty() {
        flaw(
            "slices",
            clause!("outputs-no-slices", "nothing of the picture would leave: there is no slice"),
            clause!("outputs-no-slices.do", "add slices, or take the field away: then the raster leaves as it is"),
        );
    }
    let title = |i: usize, slice: &Slice| slice.name.clone().unwrap_or_else(|| (i + 1).to_string());
    for (i, slice) in fold.slices.iter().enumerate() {
        let name = title(i, slice);
        let (left, top, width, height) = slice.from;
        let (composed_width, composed_height) = route.raster;
        if width == 0 || height == 0 {
            flaw(
                &format!("slices.slices[{i}].from"),
                clause!("outputs-slice-empty", "the slice \"{name}\" is {width}×{height} px", name, width, height),
                clause!("outputs-slice-empty.do", "from is (left, top, width, height)"),
            );
            continue;
        }
        if !fits((left, top), (width, height), route.raster) {
            flaw(
                &format!("slices.slices[{i}].from"),
                clause!("outputs-slice-from", "the slice \"{name}\" takes more than is composed", name),
                clause!(
                    "outputs-slice-from.do",
                    "keep it within {composed_width}×{composed_height} px",
                    composed_width,
                    composed_height
                ),
            );
        }
        let (leaving_width, leaving_height) = fold.raster;
        if !fits(slice.to, slice.turn.size((width, height)), fold.raster) {
            flaw(
                &format!("slices.slices[{i}].to"),
                clause!("outputs-slice-to", "the slice \"{name}\" lies beyond what leaves", name),
                clause!(
                    "outputs-slice-to.do",
                    "turned as it is, keep it within {leaving_width}×{leaving_height} px",
                    leaving_width,
                    leaving_height
                ),
            );
        }
        for (j, other) in fold.slices.iter().enumerate().take(i) {
            if overlap(lies(slice), lies(other)) {
                let other = title(j, other);
                flaw(
                    &format!("slices.slices[{i}].to"),
                    clause!(
                        "outputs-slices-overlap",
                        "the slice \"{name}\" lies on the slice \"{other}\"",
                        name,
                        other
                    ),
                    clause!("outputs-slices-overlap.do", "move one of them: each pixel that leaves has one origin"),
                );
            }
        }
    }
}

/// Left, top, width, height on the raster that leaves.
fn lies(slice: &Slice) -> [u64; 4] {
    let (width, height) = slice.turn.size((slice.from.2, slice.from.3));
    [slice.to.0, slice.to.1, width, height].map(u64::from)
}

fn overlap(a: [u64; 4], b: [u64; 4]) -> bool {
    a[0] < b[0] + b[2] && b[0] < a[0] + a[2] && a[1] < b[1] + b[3] && b[1] < a[1] + a[3]
}

fn fits(at: (u32, u32), size: (u32, u32), within: (u32, u32)) -> bool {
    let end = |at: u32, size: u32| u64::from(at) + u64::from(size);
    end(at.0, size.0) <= u64::from(within.0) && end(at.1, size.1) <= u64::from(within.1)
}

fn place(place: &Place, leaving: (u32, u32), flaw: &mut impl FnMut(&str, Clause, Clause)) {
    match place {
        Place::Display(display) if display.is_nameless() => flaw(
            "place",
            clause!("outputs-display", "its display is not said"),
            clause!(
                "outputs-display.do",
                "write connector: \"…\", name: \"…\" or serial: \"…\"; `leitai outputs` lists those that are here"
            ),
        ),
        Place::Ffmpeg(encoder) if encoder.to.trim().is_empty() => flaw(
            "place",
            clause!("outputs-no-target", "its encoder has nowhere to write"),
            clause!("outputs-no-target.do", "write to: \"…\": a file, rtmp://…, srt://… or a device"),
        ),
        Place::Ffmpeg(_) if !leaving.0.is_multiple_of(2) || !leaving.1.is_multiple_of(2) => {
            let (width, height) = leaving;
            flaw(
                "raster",
                clause!("outputs-odd", "an encoder takes no raster of {width}×{height} px", width, height),
                clause!("outputs-odd.do", "make both sides even"),
            );
        }
        Place::Pipe { path, .. } if path.as_os_str().is_empty() => flaw(
            "place",
            clause!("outputs-no-pipe", "its pipe has no path"),
            clause!("outputs-no-pipe.do", "write path: \"…\", or \"-\" for standard output"),
        ),
        Place::Memory { name } if name.is_empty() || name.contains('/') => flaw(
            "place",
            clause!("outputs-memory", "its shared memory has no usable name"),
            clause!("outputs-memory.do", "write a name without slashes"),
        ),
        _ => {}
    }
}

/// What an output takes that only one can have.
fn taken(place: &Place) -> Option<String> {
    match place {
        Place::Pipe { path, .. } => Some(path.display().to_string()),
        Place::Memory { name } => Some(format!("/dev/shm/{name}")),
        Place::Ffmpeg(encoder) => Some(encoder.to.clone()),
        Place::Nowhere | Place::Window { .. } | Place::Display(_) => None,
    }
}

fn between(i: usize, route: &Route, j: usize, before: &Route) -> Option<Flaw> {
    let flaw = |field: &str, what: Clause, instead: Clause| {
        Some(Flaw { output: called(i, Some(route)), path: format!("outputs[{i}].{field}"), what, instead })
    };
    let other = called(j, Some(before));
    if !route.name.trim().is_empty() && route.name.trim() == before.name.trim() {
        let number = j + 1;
        return flaw(
            "name",
            clause!("outputs-same-name", "output {number} is called the same", number),
            clause!("outputs-same-name.do", "give one of them another name"),
        );
    }
    if let (Place::Display(one), Place::Display(two)) = (&route.place, &before.place)
        && one.is_same(two)
    {
        return flaw(
            "place",
            clause!("outputs-same-display", "the output \"{other}\" fills the same display", other),
            clause!("outputs-same-display.do", "a display shows one output: name another one"),
        );
    }
    if let (Some(one), Some(two)) = (taken(&route.place), taken(&before.place))
        && one == two
    {
        let one = if let Place::Ffmpeg(encoder) = &route.place { encoder.public() } else { one };
        return flaw(
            "place",
            clause!("outputs-same-target", "the output \"{other}\" writes to \"{one}\", too", other, one),
            clause!("outputs-same-target.do", "name another file, address or device for one of them"),
        );
    }
    None
}

impl Display {
    /// Whether nothing is said that a display could be known by.
    pub fn is_nameless(&self) -> bool {
        let given = [&self.connector, &self.name, &self.serial];
        given.into_iter().flatten().all(|said| said.trim().is_empty())
    }

    /// Whether two descriptions mean one display for certain.
    fn is_same(&self, other: &Self) -> bool {
        let same = |a: &Option<String>, b: &Option<String>| a.is_some() && a == b;
        same(&self.connector, &other.connector)
            || (self.connector.is_none()
                && other.connector.is_none()
                && (same(&self.serial, &other.serial) || same(&self.name, &other.name))
                && (self.name == other.name && self.serial == other.serial))
    }
}
