//! What the console is told each frame of the rooms it does not know.

use std::{collections::BTreeMap, path::PathBuf, sync::Arc, time::Duration};

use bevy::prelude::*;
use serde_json::Value;

use crate::{
    desk::SpareState,
    feed::FeedHealth,
    locale::Lang,
    routing::{Here, Route},
    show::{
        frame::{Frame, testcard::TestCard},
        told::Words,
    },
    sound::AudioStatus,
};

/// One cue's fader.
#[derive(Clone, Debug, PartialEq)]
pub struct CueView {
    pub name: &'static str,
    pub gain_db: f32,
    pub muted: bool,
}

/// The sound, as the console shows it.
#[derive(Clone, Debug, PartialEq)]
pub struct AudioView {
    pub status: AudioStatus,
    pub muted: bool,
    pub master_db: f32,
    /// Peak of the last 20 ms, dBFS.
    pub level_dbfs: f32,
    /// The films, and every cue in the theme's order.
    pub cues: Vec<CueView>,
}

/// Whom a picture is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    /// The hall and the broadcast.
    Program,
    /// The desk alone: what is about to go on air.
    Preview,
    /// The host, or the judges.
    Host,
    /// An output of the outputs file beside the program.
    Routed,
}

/// One picture that is drawn, to look at.
#[derive(Clone, Debug)]
pub struct Picture {
    /// What its class and its window are called.
    pub name: String,
    pub role: Role,
    /// The routed outputs that show it.
    pub names: Vec<String>,
    /// The very texture that is shown there; none before the first.
    pub image: Option<AssetId<Image>>,
    /// Physical px.
    pub raster: (u32, u32),
    /// Its layers.
    pub frame: Option<Arc<Frame>>,
}

impl PartialEq for Picture {
    /// The same frame is the same `Arc`.
    fn eq(&self, other: &Self) -> bool {
        let same = match (&self.frame, &other.frame) {
            (Some(one), Some(two)) => Arc::ptr_eq(one, two),
            (None, None) => true,
            _ => false,
        };
        let key = |picture: &Self| (picture.role, picture.image, picture.raster);
        same && key(self) == key(other) && self.name == other.name && self.names == other.names
    }
}

/// An output of the outputs file, as it stands now.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RouteView {
    pub route: Route,
    /// What leaves, physical px.
    pub leaves: (u32, u32),
    /// The display that it fills.
    pub display: Option<Here>,
    /// Its display is not here.
    pub is_gone: bool,
    /// It shows this in place of the show.
    pub card: Option<TestCard>,
}

/// The outputs file, as the console shows and edits it.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct RoutesView {
    pub list: Arc<Vec<RouteView>>,
    /// The displays that are here.
    pub here: Arc<[Here]>,
    /// Where it is saved.
    pub path: Option<PathBuf>,
    /// The file says something else than what is on.
    pub is_unsaved: bool,
}

/// How a sink is doing.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum SinkPhase {
    /// Nothing has been handed in yet.
    #[default]
    Opening,
    Running,
    /// It takes nothing at present.
    Stalled,
    /// It ended and is opened again.
    Restarting,
    /// It cannot be opened; that is tried again and again.
    Failed,
    Closed,
}

/// What an output that leaves as frames has done so far.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct SinkView {
    /// The output's name.
    pub name: String,
    pub phase: SinkPhase,
    /// Why it last ended or could not be opened, and what to do.
    pub why: Option<Words>,
    /// Frames a second of the last few seconds, tenths.
    pub fps_tenths: u32,
    pub written: u64,
    pub repeated: u64,
    pub late: u64,
    /// Pictures that gave way to newer ones.
    pub dropped: u64,
    /// Frames that nothing was there to take.
    pub skipped: u64,
    pub restarts: u64,
    /// What is being written, where that is a file.
    pub file: Option<PathBuf>,
    /// From a frame's slot until it was taken whole, tenths of a ms: half of them at most that, and the worst.
    pub latency_tenth_ms: (u64, u64),
}

/// One event that made a score.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct ScoreStep {
    pub seq: u64,
    /// µs on the server's clock.
    pub at: i64,
    /// With its sign, as the feed said it.
    pub delta: String,
    pub after: String,
    pub reason: String,
    /// The operator said it, not the feed.
    pub of_desk: bool,
    /// What does not add up; empty where all does.
    pub alarm: String,
}

/// Something that is coming, in the operator's words.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coming {
    /// From now, µs; none where nobody knows when.
    pub in_us: Option<i64>,
    pub lines: Vec<String>,
    /// Whether it will not add up.
    pub is_wrong: bool,
}

/// A question that can be put on air from the desk.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct BankView {
    pub id: String,
    pub stem: String,
    /// `question.shown`'s data.
    pub data: Value,
}

/// What else is known of the tape in rehearsal.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct TapeView {
    /// The range that is looped, µs after the tape's first instant.
    pub range_us: Option<(i64, i64)>,
    pub bookmark_a_us: Option<i64>,
    pub bookmark_b_us: Option<i64>,
    /// Edits that are not saved.
    pub unsaved: usize,
}

/// What the console is told each frame of the rooms it does not know.
#[derive(Resource, Clone, Debug, PartialEq)]
pub struct View {
    /// The operator's.
    pub lang: Lang,
    /// That of the words on the pictures, which the operator's own does not change.
    pub hall: Lang,
    /// The one in the preview, where it is another.
    pub next_hall: Option<Lang>,
    /// The tape's name; empty for a feed.
    pub name: String,
    /// The connection; none for a tape.
    pub feed: Option<FeedHealth>,
    /// The second machine; none where there never was one.
    pub spare: Option<SpareState>,
    /// Where the session is recorded.
    pub recording: Option<PathBuf>,
    pub audio: AudioView,
    /// The program's, physical px.
    pub raster: Option<(u32, u32)>,
    /// The program first.
    pub pictures: Vec<Picture>,
    pub routes: RoutesView,
    /// Those of the outputs that leave as frames.
    pub sinks: Vec<SinkView>,
    /// What is left of the disks that are written to; none where nothing is, or nobody has looked yet.
    pub room: Option<RoomView>,
    /// Clicks do nothing.
    pub locked: bool,
    /// The themes that can be put on by name, the one on air, and the one in the preview.
    pub themes: Vec<String>,
    pub theme: String,
    pub next_theme: Option<String>,
    pub tape: TapeView,
    pub bank: Arc<Vec<BankView>>,
    /// What comes next; none while nobody tells, and the tape's own events are listed.
    pub coming: Option<Arc<Vec<Coming>>>,
    /// Every team's score events, oldest first; none while nobody tells, and the tape's own are read.
    pub provenance: Option<Arc<BTreeMap<String, Vec<ScoreStep>>>>,
    /// The shortest time between two drawings of the console.
    pub pace: Duration,
}

/// The disk that is full first.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct RoomView {
    pub free_bytes: u64,
    /// At the present rate; none where it does not fill.
    pub left_min: Option<u64>,
    pub is_low: bool,
}

impl View {
    pub fn new(lang: Lang, name: String) -> Self {
        Self {
            lang,
            hall: lang,
            next_hall: None,
            name,
            feed: None,
            spare: None,
            recording: None,
            audio: AudioView {
                status: AudioStatus::Opening,
                muted: false,
                master_db: 0.0,
                level_dbfs: f32::NEG_INFINITY,
                cues: Vec::new(),
            },
            raster: None,
            pictures: Vec::new(),
            routes: RoutesView::default(),
            sinks: Vec::new(),
            room: None,
            locked: false,
            themes: Vec::new(),
            theme: String::new(),
            next_theme: None,
            tape: TapeView::default(),
            bank: Arc::default(),
            coming: None,
            provenance: None,
            pace: Duration::from_millis(80),
        }
    }

    /// The first picture for somebody.
    pub fn picture(&self, role: Role) -> Option<&Picture> {
        self.pictures.iter().find(|picture| picture.role == role)
    }
}
