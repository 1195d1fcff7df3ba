//! What the program costs the machine, as it goes: frame times, glyphs that are kept, the log, the room on the disks.

use std::{
    path::{Path, PathBuf},
    time::{Duration, Instant},
};

use bevy::{prelude::*, text::FontAtlasSet};

use super::{
    pace::Throttle,
    receive::Supply,
    room::{self, Room},
    routed::Routed,
};
use crate::{
    console::View,
    desk::{LogFault, MachineState, RoomState, log_status},
    director::{Director, ProblemKind, Said},
    output::sink::written,
    routing::Route,
};

/// Frames that the figures are of.
const FRAMES: usize = 1024;
/// Between two figures.
const EVERY: Duration = Duration::from_secs(1);
/// Room is told in so many bytes, that it does not change with each look.
const ROUND_BYTES: u64 = 100_000_000;

/// What was measured since the program began.
#[derive(Resource, Default)]
pub struct Vitals {
    /// What the last frames took, µs; a ring.
    took_us: Vec<u32>,
    frames: u64,
    late: u64,
    /// Of the renderer that is not in this world.
    pub atlas_bytes: u64,
    /// Outputs that are not in this world.
    pub routes: Vec<Route>,
    /// All outputs as they were when it was last looked where they write, and the folders of their files.
    known: Vec<Route>,
    recordings: Vec<PathBuf>,
    room: Room,
    is_low: bool,
    log_fault: Option<LogFault>,
    throttle: Throttle,
    state: MachineState,
}

impl Vitals {
    /// A frame of a picture that moves was made in `took_us`, and had `due_us`.
    pub fn frame(&mut self, took_us: i64, due_us: i64) {
        let took = u32::try_from(took_us.max(0)).unwrap_or(u32::MAX);
        let place = usize::try_from(self.frames % FRAMES as u64).unwrap_or(0);
        match self.took_us.get_mut(place) {
            Some(old) => *old = took,
            None => self.took_us.push(took),
        }
        self.frames += 1;
        self.late += u64::from(took_us > due_us);
    }

    /// Looks where the outputs write, where they are others than before: the disks are asked, which is nothing for every
    /// second.
    fn find_recordings(&mut self, routes: &[Route]) {
        if !self.known.iter().eq(routes.iter().chain(&self.routes)) {
            self.known = routes.iter().chain(&self.routes).cloned().collect();
            self.recordings = self.known.iter().filter_map(written).map(|file| folder(&file.path)).collect();
        }
    }

    /// As of the last second.
    pub const fn state(&self) -> &MachineState {
        &self.state
    }

    fn quantile(sorted: &[u32], of_100: usize) -> u64 {
        let place = (sorted.len() * of_100 / 100).min(sorted.len().saturating_sub(1));
        sorted.get(place).copied().map_or(0, u64::from)
    }

    fn figures(&self) -> MachineState {
        let mut sorted = self.took_us.clone();
        sorted.sort_unstable();
        let log = log_status();
        MachineState {
            frames: self.frames,
            frame_p50_us: Self::quantile(&sorted, 50),
            frame_p99_us: Self::quantile(&sorted, 99),
            late_frames: self.late,
            atlas_bytes: self.atlas_bytes,
            log_bytes: log.bytes,
            log_dropped: log.dropped,
            room: self.room.least().map(|space| RoomState {
                folder: space.folder.display().to_string(),
                free_bytes: space.free_bytes,
                left_s: space.left_s,
            }),
        }
    }
}

/// Brings the figures up to date, once a second, and tells the operator what they mean.
pub fn look(
    mut vitals: ResMut<Vitals>,
    mut director: ResMut<Director>,
    mut view: ResMut<View>,
    supply: Res<Supply>,
    routed: Res<Routed>,
    atlases: Option<Res<FontAtlasSet>>,
    images: Option<Res<Assets<Image>>>,
) {
    if !vitals.throttle.due(Instant::now(), EVERY) {
        return;
    }
    let vitals = &mut *vitals;
    if let (Some(atlases), Some(images)) = (atlases, images) {
        vitals.atlas_bytes = atlases.total_bytes(&images);
    }
    vitals.find_recordings(&routed.routes);
    vitals.room.look_at(folders(&supply, &vitals.recordings));
    vitals.state = vitals.figures();
    let least = vitals.room.least();
    room::tell(&mut director, least.as_ref(), &mut vitals.is_low);
    tell_log(&mut director, &mut vitals.log_fault);
    let seen = least.map(|space| crate::console::RoomView {
        free_bytes: space.free_bytes / ROUND_BYTES * ROUND_BYTES,
        left_min: space.left_s.map(|left_s| left_s / 60),
        is_low: vitals.is_low,
    });
    if view.room != seen {
        view.room = seen;
    }
}

/// Where tape and recordings are written.
fn folders(supply: &Supply, recordings: &[PathBuf]) -> Vec<PathBuf> {
    let tape = supply.live.as_ref().map(|session| folder(session.place().unwrap_or(Path::new("tapes/"))));
    let mut folders: Vec<PathBuf> = tape.into_iter().chain(recordings.iter().cloned()).collect();
    folders.dedup();
    folders
}

fn folder(path: &Path) -> PathBuf {
    path.parent().unwrap_or(Path::new("")).to_owned()
}

/// A log that cannot be written is told once, and when it is written again.
fn tell_log(director: &mut Director, told: &mut Option<LogFault>) {
    let fault = log_status().fault;
    if *told == fault {
        return;
    }
    let now_us = director.now_us();
    match &fault {
        Some(fault) => {
            director.problems.report(ProblemKind::Log, Said::of(fault), now_us);
        }
        None => director.problems.settle(ProblemKind::Log, now_us),
    }
    *told = fault;
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routing::{Encoder, Place, Wire};

    #[test]
    fn the_room_is_looked_at_wherever_an_output_fills_a_disk() {
        let home = tempfile::tempdir().unwrap();
        let to = |place| Route { place, ..Route::default() };
        let pipe = |name: &str| to(Place::Pipe { path: home.path().join(name), wire: Wire::Rgba });
        let film = |name: &str| to(Place::Ffmpeg(Encoder { to: name.to_owned(), ..Encoder::default() }));
        let mut vitals = Vitals { routes: vec![film("films/a.mp4"), film("rtmp://a/b")], ..Vitals::default() };
        vitals.find_recordings(&[pipe("wall.rgba"), Route::default()]);
        assert_eq!(vitals.recordings, [home.path(), Path::new("films")]);
        vitals.routes.clear();
        vitals.find_recordings(&[pipe("more/wall.rgba")]);
        assert_eq!(vitals.recordings, [home.path().join("more")]);
        vitals.find_recordings(&[]);
        assert!(vitals.recordings.is_empty());
    }

    #[test]
    fn frame_times_are_those_of_the_last_frames() {
        let mut vitals = Vitals::default();
        assert_eq!(vitals.figures().frame_p99_us, 0);
        for _ in 0..FRAMES {
            vitals.frame(90_000, 20_000);
        }
        for n in 0..FRAMES as i64 {
            vitals.frame(n, 20_000);
        }
        let figures = vitals.figures();
        assert_eq!((figures.frames, figures.late_frames), (2 * FRAMES as u64, FRAMES as u64));
        assert_eq!((figures.frame_p50_us, figures.frame_p99_us), (512, 1013));
    }
}
