//! What the operator can ask for, whichever hand asks: one closed list, as data.

use std::path::PathBuf;

use schemars::JsonSchema;
use serde::{Deserialize, Deserializer, Serialize, de::Error};
use serde_json::Value;

use crate::{
    routing::Route,
    show::{desk::Group, frame::testcard::TestCard},
};

/// One thing asked for. As JSON `{"command":"seek","position_us":5000000}`. Where `on` is left out it is turned over.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(tag = "command", rename_all = "snake_case", deny_unknown_fields)]
pub enum Command {
    // The tape, in rehearsal.
    Play {},
    Pause {},
    /// Play or pause, whichever it is not.
    Toggle {},
    /// µs after the tape's first instant.
    Seek {
        position_us: i64,
    },
    /// Forwards or, negative, back, µs.
    Skip {
        by_us: i64,
    },
    /// So many steps on or, negative, back, and paused there.
    Step {
        by: i64,
        unit: Unit,
    },
    /// Times real speed.
    Rate {
        rate: f64,
    },
    /// From there to there again and again, µs after the tape's first instant; nothing for both ends it.
    Loop {
        from_us: Option<i64>,
        to_us: Option<i64>,
    },
    /// From mark A to mark B again and again, or no longer.
    LoopMarks {},
    /// The next faster (1) or slower (−1) speed on offer.
    Speed {
        by: i64,
    },
    /// Remembers the present position; both marks together are a range to loop.
    Bookmark {
        mark: Mark,
    },
    /// Goes to a remembered position.
    Recall {
        mark: Mark,
    },
    /// Goes to the next (1) or last (−1) beginning of a round, a question, a turn of a team.
    JumpRound {
        by: i64,
    },
    JumpQuestion {
        by: i64,
    },
    JumpTurn {
        team: String,
        by: i64,
    },
    /// Another tape.
    Open {
        path: PathBuf,
    },
    // The tape, edited: the original is never written.
    /// An event at the present instant.
    Insert {
        event: String,
        data: Value,
    },
    /// Step `index` of the fold, from 0, is left out.
    Drop {
        index: usize,
    },
    /// Step `index` happens so much later or, negative, earlier; what follows keeps its distance where `rest` is set.
    Delay {
        index: usize,
        by_us: i64,
        rest: bool,
    },
    /// Step `index` has other data.
    Change {
        index: usize,
        data: Value,
    },
    Undo {},
    Redo {},
    /// The edited tape as a new file.
    SaveAs {
        path: PathBuf,
    },
    // The program.
    Hold {
        on: Option<bool>,
    },
    /// The next moment that is held goes on air, or all.
    Take {
        all: bool,
    },
    Black {
        on: Option<bool>,
    },
    Logo {
        on: Option<bool>,
    },
    Freeze {
        on: Option<bool>,
    },
    /// What is on in this group is off, until something new comes on in it.
    Clear {
        group: Group,
    },
    Restore {
        group: Group,
    },
    /// Off where it is on, on where it is off.
    ToggleClear {
        group: Group,
    },
    /// The rehearsal mark.
    RehearsalMark {
        on: bool,
    },
    // What the desk says itself.
    /// An event of the protocol, at once on air.
    Say {
        event: String,
        data: Value,
        corrects: Option<u64>,
    },
    /// An event of the protocol, laid ready: seen in the preview, not on air.
    Load {
        event: String,
        data: Value,
    },
    /// What is laid ready goes on air.
    PlayLoaded {},
    /// What is laid ready, or else the lower third or slate on air, with these fields put in place of its own.
    Update {
        data: Value,
    },
    /// A slate's next line, an award's next page: whatever is on and has one.
    Next {},
    /// The slate, lower third or countdown on air ends as if the feed had said so.
    Stop {
        group: Group,
    },
    /// The program is the feed's again, whole.
    Reconcile {},
    /// This machine's desk runs the show from now on; the one it was the spare of stands back.
    TakeOver {},
    // Sound.
    Master {
        #[serde(deserialize_with = "gain")]
        gain_db: f32,
    },
    Mute {
        on: Option<bool>,
    },
    /// One cue's gain by its name, and whether it is heard.
    Cue {
        name: String,
        #[serde(deserialize_with = "gain")]
        gain_db: f32,
        muted: bool,
    },
    ReopenSound {},
    // The outputs.
    /// These outputs in place of those that are on: checked first, and only those that changed are touched.
    SetOutputs {
        outputs: Vec<Route>,
    },
    /// Writes the outputs that are on into their file; `path` where they have none, or another one.
    SaveOutputs {
        path: Option<PathBuf>,
    },
    /// An output shows a test card in place of the show, or, without one, the show; without a name all do.
    TestCard {
        output: Option<String>,
        card: Option<TestCard>,
    },
    // The desk.
    /// A theme by name: seen in the preview until it is taken.
    PreviewTheme {
        name: String,
    },
    TakeTheme {},
    /// The language of the words on the pictures, `zh`, `en` or `zh-Hant`: seen in the preview until the theme is taken.
    PreviewWords {
        lang: String,
    },
    /// The language of the console, `zh` or `en`.
    Language {
        lang: String,
    },
    /// The problem at this place of the list, or all.
    Acknowledge {
        problem: Option<usize>,
    },
    /// Clicks do nothing until it is off; keys and remote control go on.
    Lock {
        on: Option<bool>,
    },
    /// A bundle for the engineer: tape so far, log, stills, settings, versions.
    Incident {},
    /// The window with the console, where it was closed.
    OpenConsole {},
    /// The host's screen, where it was closed.
    OpenHost {},
    Quit {},
}

/// What a step is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Unit {
    Event,
    /// All that happens together and has a picture of its own.
    Moment,
    /// A fiftieth of a second.
    Frame,
}

/// A remembered position of the tape.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Mark {
    A,
    B,
}

/// A number of JSON may lie beyond what a fader has, and would be no number any more.
fn gain<'de, D: Deserializer<'de>>(from: D) -> Result<f32, D::Error> {
    let gain_db = f32::deserialize(from)?;
    if gain_db.is_finite() { Ok(gain_db) } else { Err(D::Error::custom("a gain is a number of dB, such as -6")) }
}
