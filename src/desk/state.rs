//! What the desk knows, as data: pushed to remote control, written into incident bundles. Nothing secret of the hall.

use schemars::JsonSchema;
use serde::Serialize;

use crate::director::QualityStep;
use crate::show::{
    desk::{Curtain, Group},
    protocol::Points,
    state::Scene,
};

/// Whether a tape or a feed supplies the events.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mode {
    #[default]
    Rehearsal,
    Live,
}

/// All of it.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct State {
    pub mode: Mode,
    /// The tape's name, or the feed's epoch.
    pub name: String,
    /// The instant of the picture, µs on the server's clock, to the tenth of a second.
    pub now_us: i64,
    pub on_air: AirState,
    pub countdown: Option<CountdownState>,
    pub scores: Vec<ScoreState>,
    pub hold: Option<HoldState>,
    pub curtain: Option<Curtain>,
    pub frozen: bool,
    pub cleared: Vec<Group>,
    pub rehearsal_mark: bool,
    /// How many events of the desk's own are on air; 0 when the program is the feed's.
    pub said: u64,
    /// The event that is laid ready, by its name.
    pub loaded: Option<String>,
    pub transport: Option<TransportState>,
    pub feed: Option<FeedFacts>,
    /// The second machine; none where there never was one.
    pub spare: Option<SpareState>,
    pub problems: Vec<ProblemState>,
    pub audio: AudioState,
    pub locked: bool,
    pub theme: String,
    /// The theme in the preview, where it is another one.
    pub next_theme: Option<String>,
    /// What this machine gave up because it cannot keep the rate; `full` for nothing.
    pub quality: QualityStep,
    /// Where the session is recorded.
    pub tape: Option<String>,
    /// What the program costs this machine, as of the last second.
    pub machine: MachineState,
}

/// Figures for whoever looks after the machine through a long night.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct MachineState {
    /// Frames that were made while something moved, since the start.
    pub frames: u64,
    /// What the last thousand of them took, µs: half of them less, and 99 of 100 less.
    pub frame_p50_us: u64,
    pub frame_p99_us: u64,
    /// Of all of them, those that took longer than they may.
    pub late_frames: u64,
    /// Rasterised glyphs that are kept.
    pub atlas_bytes: u64,
    /// Written to this run's log files, and lines that could not be.
    pub log_bytes: u64,
    pub log_dropped: u64,
    /// The disk of tape and recordings that is full first.
    pub room: Option<RoomState>,
}

#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct RoomState {
    pub folder: String,
    pub free_bytes: u64,
    /// Until it is full at the rate of the last minutes; none where it does not fill.
    pub left_s: Option<u64>,
}

impl State {
    /// What those may know who only look: how everything is, and nothing of this machine's files, devices and network.
    /// The sentences of problems may quote what was typed, sent or named here, so that of each problem its advice is left,
    /// which is the same for all of its kind.
    #[must_use]
    pub fn for_viewers(&self) -> Self {
        let mut state = Self { tape: None, ..self.clone() };
        state.problems.iter_mut().for_each(|problem| problem.sentence.clear());
        // That there is a reason, a disk or another machine is told, and not which.
        state.audio.silent.iter_mut().for_each(String::clear);
        state.machine.room.iter_mut().for_each(|room| room.folder.clear());
        state.spare.iter_mut().filter_map(|spare| spare.peer.as_mut()).for_each(String::clear);
        // A rehearsal's name is the path of its tape.
        if state.mode == Mode::Rehearsal
            && let Some((_folders, file)) = state.name.rsplit_once('/')
        {
            state.name = file.to_owned();
        }
        state
    }
}

/// What is on air.
#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct AirState {
    pub scene: Scene,
    pub round: String,
    pub question: Option<String>,
    pub question_no: Option<u32>,
    pub team: Option<String>,
    /// The last of the feed's events that is on air.
    pub seq: u64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct CountdownState {
    pub id: String,
    /// `armed`, `running`, `paused`, `stopped` or `expired`.
    pub phase: String,
    /// What is left now, µs, to the tenth of a second.
    pub remaining_us: i64,
    pub duration_us: i64,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct ScoreState {
    pub team: String,
    pub name: String,
    pub number: u32,
    #[schemars(with = "f64")]
    pub score: Points,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct HoldState {
    pub since_us: i64,
    /// Events that wait for a take.
    pub queued: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct TransportState {
    /// µs after the tape's first instant, to the tenth of a second.
    pub position_us: i64,
    pub duration_us: i64,
    pub playing: bool,
    pub rate: f64,
    /// The range that is looped, µs.
    pub range_us: Option<(i64, i64)>,
    pub bookmark_a_us: Option<i64>,
    pub bookmark_b_us: Option<i64>,
    /// Edits that are not saved.
    pub unsaved: usize,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct FeedFacts {
    /// `connecting`, `connected`, `waiting`, `ended` or `stopped`.
    pub state: String,
    pub rtt_us: Option<i64>,
    pub error_bound_us: Option<i64>,
    pub seq: u64,
    pub head: u64,
    pub gaps: u64,
    pub reconnects: u64,
}

/// This machine and the other one of the pair.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, JsonSchema)]
pub struct SpareState {
    /// `main` or `spare`; `contested` where both desks went on by themselves.
    pub role: String,
    /// The other one's address; none while there is no line.
    pub peer: Option<String>,
    /// Whether both show the same; none before the first comparison.
    pub equal: Option<bool>,
    /// Since when they do, or do not, µs on the show's clock.
    pub since_us: Option<i64>,
    /// The first output that differs.
    pub output: Option<String>,
    /// So long after its instant the last picture was compared, µs, to the tenth of a second.
    pub lag_us: Option<i64>,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct ProblemState {
    /// What happened and what to do, in the operator's language.
    pub sentence: String,
    pub advice: String,
    pub since_us: i64,
    pub count: u64,
    pub over: bool,
    pub acknowledged: bool,
}

#[derive(Clone, Debug, Default, PartialEq, Serialize, JsonSchema)]
pub struct AudioState {
    pub muted: bool,
    pub master_db: f32,
    /// None while there is a device that plays.
    pub silent: Option<String>,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_viewer_is_told_how_it_is_and_nothing_of_this_machine() {
        let secret = || "/home/anna/密钥".to_owned();
        let state = State {
            name: format!("{}/yantai.tape.ndjson", secret()),
            tape: Some(secret()),
            problems: vec![ProblemState { sentence: secret(), advice: "look".to_owned(), ..ProblemState::default() }],
            audio: AudioState { silent: Some(secret()), ..AudioState::default() },
            machine: MachineState {
                room: Some(RoomState { folder: secret(), free_bytes: 5, left_s: Some(60) }),
                ..MachineState::default()
            },
            spare: Some(SpareState { peer: Some(secret()), role: "main".to_owned(), ..SpareState::default() }),
            ..State::default()
        };
        let told = state.for_viewers();
        let text = serde_json::to_string(&told).unwrap();
        assert!(!text.contains("anna") && !text.contains("密钥"), "{text}");
        // What they do know.
        assert_eq!((told.name.as_str(), told.problems[0].advice.as_str()), ("yantai.tape.ndjson", "look"));
        assert_eq!(told.machine.room.map(|room| (room.free_bytes, room.left_s)), Some((5, Some(60))));
        assert_eq!(told.audio.silent.as_deref(), Some(""), "that no device plays");
        assert_eq!(told.spare.map(|spare| (spare.role, spare.peer)), Some(("main".to_owned(), Some(String::new()))));
        let live = State { mode: Mode::Live, name: "2025/yantai".to_owned(), ..State::default() };
        assert_eq!(live.for_viewers().name, "2025/yantai", "the feed's epoch");
    }
}
