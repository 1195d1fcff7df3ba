//! What a key can ask for: each with its name in a key map, its words and its place in the help.

use serde::{Deserialize, Serialize};

use super::{Command, Panel, Unit};
use crate::show::desk::Group;

/// Where the help lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Section {
    Air,
    Rehearsal,
    Fallback,
    Problems,
    Panels,
}

impl Section {
    pub const ALL: [Self; 5] = [Self::Air, Self::Rehearsal, Self::Fallback, Self::Problems, Self::Panels];

    /// Its heading's key in the locales.
    pub const fn word(self) -> &'static str {
        match self {
            Self::Air => "keys-air",
            Self::Rehearsal => "keys-rehearsal",
            Self::Fallback => "keys-fallback",
            Self::Problems => "keys-problems",
            Self::Panels => "keys-panels",
        }
    }
}

/// Something that is the console's own affair and touches nothing on air.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Wish {
    Help,
    /// This panel in front, and the keyboard in it.
    Panel(Panel),
    /// The panel that many places on.
    Turn(i64),
    /// The layout as it comes.
    Reset,
    /// The other language.
    Language,
    SafeArea,
    Layers,
    /// The event list's search field.
    Search,
    /// Ends the show when asked for twice.
    Quit,
}

/// What is done when a key is pressed.
#[derive(Clone, Debug, PartialEq)]
pub enum Deed {
    Command(Command),
    Wish(Wish),
}

macro_rules! actions {
    ($($action:ident $section:ident $word:literal $repeats:literal => $deed:expr;)+) => {
        /// One action by its name.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord, Serialize, Deserialize)]
        #[serde(rename_all = "snake_case")]
        pub enum Action {
            $($action,)+
        }

        impl Action {
            /// Each once, in the order of the help.
            pub const ALL: &[Self] = &[$(Self::$action),+];

            /// What it does, in one line: a key of the locales.
            pub const fn word(self) -> &'static str {
                match self {
                    $(Self::$action => $word,)+
                }
            }

            pub const fn section(self) -> Section {
                match self {
                    $(Self::$action => Section::$section,)+
                }
            }

            /// Whether a key that is held down does it again and again.
            pub const fn repeats(self) -> bool {
                match self {
                    $(Self::$action => $repeats,)+
                }
            }

            pub fn deed(self) -> Deed {
                use Deed::{Command as Do, Wish as Ask};
                match self {
                    $(Self::$action => $deed,)+
                }
            }
        }
    };
}

/// ← and → with Shift, µs.
const SKIP_US: i64 = 5_000_000;

const fn step(by: i64, unit: Unit) -> Deed {
    Deed::Command(Command::Step { by, unit })
}

actions! {
    Hold Air "key-hold" false => Do(Command::Hold { on: None });
    Take Air "key-take" false => Do(Command::Take { all: false });
    TakeAll Air "key-take-all" false => Do(Command::Take { all: true });
    Black Air "key-black" false => Do(Command::Black { on: None });
    Logo Air "key-logo" false => Do(Command::Logo { on: None });
    Freeze Air "key-freeze" false => Do(Command::Freeze { on: None });
    ClearScene Air "key-clear-scene" false => Do(Command::ToggleClear { group: Group::Scene });
    ClearCountdown Air "key-clear-countdown" false => Do(Command::ToggleClear { group: Group::Countdown });
    ClearLowerThird Air "key-clear-lower-third" false => Do(Command::ToggleClear { group: Group::LowerThird });
    ClearStrip Air "key-clear-strip" false => Do(Command::ToggleClear { group: Group::Strip });
    ClearAll Air "key-clear-all" false => Do(Command::ToggleClear { group: Group::All });
    Mute Air "key-mute" false => Do(Command::Mute { on: None });
    Lock Air "key-lock" false => Do(Command::Lock { on: None });
    ClearCards Air "key-clear-cards" false => Do(Command::TestCard { output: None, card: None });
    TakeOver Air "key-take-over" false => Do(Command::TakeOver {});
    TakeTheme Air "key-take-theme" false => Do(Command::TakeTheme {});
    Toggle Rehearsal "key-toggle" false => Do(Command::Toggle {});
    EventBack Rehearsal "key-event-back" true => step(-1, Unit::Event);
    EventOn Rehearsal "key-event-on" true => step(1, Unit::Event);
    MomentBack Rehearsal "key-moment-back" true => step(-1, Unit::Moment);
    MomentOn Rehearsal "key-moment-on" true => step(1, Unit::Moment);
    FrameBack Rehearsal "key-frame-back" true => step(-1, Unit::Frame);
    FrameOn Rehearsal "key-frame-on" true => step(1, Unit::Frame);
    SkipBack Rehearsal "key-skip-back" true => Do(Command::Skip { by_us: -SKIP_US });
    SkipOn Rehearsal "key-skip-on" true => Do(Command::Skip { by_us: SKIP_US });
    Start Rehearsal "key-start" false => Do(Command::Seek { position_us: 0 });
    QuestionBack Rehearsal "key-question-back" true => Do(Command::JumpQuestion { by: -1 });
    QuestionOn Rehearsal "key-question-on" true => Do(Command::JumpQuestion { by: 1 });
    RoundBack Rehearsal "key-round-back" true => Do(Command::JumpRound { by: -1 });
    RoundOn Rehearsal "key-round-on" true => Do(Command::JumpRound { by: 1 });
    MarkA Rehearsal "key-mark-a" false => Do(Command::Bookmark { mark: super::Mark::A });
    MarkB Rehearsal "key-mark-b" false => Do(Command::Bookmark { mark: super::Mark::B });
    RecallA Rehearsal "key-recall-a" false => Do(Command::Recall { mark: super::Mark::A });
    RecallB Rehearsal "key-recall-b" false => Do(Command::Recall { mark: super::Mark::B });
    Normal Rehearsal "key-normal" false => Do(Command::Rate { rate: 1.0 });
    LoopMarks Rehearsal "key-loop" false => Do(Command::LoopMarks {});
    Slower Rehearsal "key-slower" true => Do(Command::Speed { by: -1 });
    Faster Rehearsal "key-faster" true => Do(Command::Speed { by: 1 });
    Undo Rehearsal "key-undo" true => Do(Command::Undo {});
    Redo Rehearsal "key-redo" true => Do(Command::Redo {});
    PlayLoaded Fallback "key-play-loaded" false => Do(Command::PlayLoaded {});
    Next Fallback "key-next" false => Do(Command::Next {});
    StopScene Fallback "key-stop-scene" false => Do(Command::Stop { group: Group::Scene });
    StopCountdown Fallback "key-stop-countdown" false => Do(Command::Stop { group: Group::Countdown });
    StopLowerThird Fallback "key-stop-lower-third" false => Do(Command::Stop { group: Group::LowerThird });
    Fallback Fallback "key-fallback" false => Ask(Wish::Panel(Panel::Fallback));
    AcknowledgeAll Problems "key-acknowledge-all" false => Do(Command::Acknowledge { problem: None });
    Incident Problems "key-incident" false => Do(Command::Incident {});
    ReopenSound Problems "key-reopen-sound" false => Do(Command::ReopenSound {});
    Problems Problems "key-problems" false => Ask(Wish::Panel(Panel::Problems));
    Help Panels "key-help" false => Ask(Wish::Help);
    PanelOn Panels "key-panel-on" true => Ask(Wish::Turn(1));
    PanelBack Panels "key-panel-back" true => Ask(Wish::Turn(-1));
    Air Panels "key-panel-air" false => Ask(Wish::Panel(Panel::Air));
    Program Panels "key-panel-program" false => Ask(Wish::Panel(Panel::Program));
    Preview Panels "key-panel-preview" false => Ask(Wish::Panel(Panel::Preview));
    Coming Panels "key-panel-next" false => Ask(Wish::Panel(Panel::Next));
    State Panels "key-panel-state" false => Ask(Wish::Panel(Panel::State));
    Question Panels "key-panel-question" false => Ask(Wish::Panel(Panel::Question));
    Transport Panels "key-panel-transport" false => Ask(Wish::Panel(Panel::Transport));
    Edit Panels "key-panel-edit" false => Ask(Wish::Panel(Panel::Edit));
    Log Panels "key-panel-log" false => Ask(Wish::Panel(Panel::Log));
    Search Panels "key-search" false => Ask(Wish::Search);
    Feed Panels "key-panel-feed" false => Ask(Wish::Panel(Panel::Feed));
    Audio Panels "key-panel-audio" false => Ask(Wish::Panel(Panel::Audio));
    Outputs Panels "key-panel-outputs" false => Ask(Wish::Panel(Panel::Outputs));
    Look Panels "key-panel-look" false => Ask(Wish::Panel(Panel::Look));
    SafeArea Panels "key-safe-area" false => Ask(Wish::SafeArea);
    Layers Panels "key-layers" false => Ask(Wish::Layers);
    Language Panels "key-language" false => Ask(Wish::Language);
    ResetLayout Panels "key-reset-layout" false => Ask(Wish::Reset);
    OpenHost Panels "key-open-host" false => Do(Command::OpenHost {});
    Quit Panels "key-quit" false => Ask(Wish::Quit);
}
