//! What can go wrong at all, and how much it concerns the air.

/// How much it concerns the air.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Severity {
    /// Worth knowing.
    Notice,
    /// The picture is right, but something is missing or late.
    Warning,
    /// The picture may be wrong or stand still.
    Fault,
}

/// What can go wrong, by the room it happens in. The words are in the locales, under `problem-KEY`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum ProblemKind {
    /// No connection to the scoring system.
    FeedLost,
    /// A message that was refused.
    FeedRefused,
    /// An event type that this program does not know.
    FeedUnknown,
    /// Events that have not come.
    FeedGap,
    /// Events that never came and were gone on without; only a whole state mends that.
    FeedMissing,
    /// The token crosses the network in clear.
    FeedInClear,
    /// The two clocks do not agree well enough.
    Clock,
    /// Figures of the feed that do not add up.
    Arithmetic,
    /// A theme that was not taken.
    Theme,
    /// A font of the show that was not loaded.
    Font,
    /// A line of the tape that was skipped.
    Tape,
    /// The recording cannot be written.
    Journal,
    /// No sound device, or it fails.
    Sound,
    /// An output to an encoder, a pipe or memory that does not run.
    Sink,
    /// A film that is not shown, or not as it should be.
    Film,
    /// The picture cannot be drawn.
    Renderer,
    /// What the desk said and the feed, when it was back, said otherwise.
    Reconciled,
    /// A remote client that was turned away.
    Remote,
    /// The bundle for the engineer: where it lies, or why it could not be written.
    Incident,
    /// What an edit of the tape did besides, or figures that no longer add up because of it.
    Edit,
    /// Something that the operator asked for and that makes no sense as things stand.
    Refused,
    /// A file of the operator's own that is not used.
    Settings,
    /// A panel of the console that failed.
    Panel,
    /// Outputs that were not taken as they were written.
    Outputs,
    /// A display that an output fills and that is not there.
    Display,
    /// The machine does not keep the rate.
    Pace,
    /// The program was started again, or nobody would start it again.
    Guard,
    /// The disk that is written to is nearly full.
    Disk,
    /// The program's log is not on the disk.
    Log,
    /// No line between the main machine and its spare.
    SpareLost,
    /// The main machine and its spare do not show the same.
    SpareDiffers,
    /// The spare took over, or stood back.
    SpareRole,
    /// Two machines whose desks both run the show.
    SpareTwo,
}

impl ProblemKind {
    pub const ALL: [Self; 33] = [
        Self::FeedLost,
        Self::FeedRefused,
        Self::FeedUnknown,
        Self::FeedGap,
        Self::FeedMissing,
        Self::FeedInClear,
        Self::Clock,
        Self::Arithmetic,
        Self::Theme,
        Self::Font,
        Self::Tape,
        Self::Journal,
        Self::Sound,
        Self::Sink,
        Self::Film,
        Self::Renderer,
        Self::Reconciled,
        Self::Remote,
        Self::Incident,
        Self::Refused,
        Self::Edit,
        Self::Settings,
        Self::Panel,
        Self::Outputs,
        Self::Display,
        Self::Pace,
        Self::Guard,
        Self::Disk,
        Self::Log,
        Self::SpareLost,
        Self::SpareDiffers,
        Self::SpareRole,
        Self::SpareTwo,
    ];

    /// In the locales: what happened, with `$detail`; its attribute `do` is what to do.
    pub const fn key(self) -> &'static str {
        match self {
            Self::FeedLost => "problem-feed-lost",
            Self::FeedRefused => "problem-feed-refused",
            Self::FeedUnknown => "problem-feed-unknown",
            Self::FeedGap => "problem-feed-gap",
            Self::FeedMissing => "problem-feed-missing",
            Self::FeedInClear => "problem-feed-in-clear",
            Self::Clock => "problem-clock",
            Self::Arithmetic => "problem-arithmetic",
            Self::Theme => "problem-theme",
            Self::Font => "problem-font",
            Self::Tape => "problem-tape",
            Self::Journal => "problem-journal",
            Self::Sound => "problem-sound",
            Self::Sink => "problem-sink",
            Self::Film => "problem-film",
            Self::Renderer => "problem-renderer",
            Self::Reconciled => "problem-reconciled",
            Self::Remote => "problem-remote",
            Self::Incident => "problem-incident",
            Self::Refused => "problem-refused",
            Self::Edit => "problem-edit",
            Self::Settings => "problem-settings",
            Self::Panel => "problem-panel",
            Self::Outputs => "problem-outputs",
            Self::Display => "problem-display",
            Self::Pace => "problem-pace",
            Self::Guard => "problem-guard",
            Self::Disk => "problem-disk",
            Self::Log => "problem-log",
            Self::SpareLost => "problem-spare-lost",
            Self::SpareDiffers => "problem-spare-differs",
            Self::SpareRole => "problem-spare-role",
            Self::SpareTwo => "problem-spare-two",
        }
    }

    pub const fn severity(self) -> Severity {
        match self {
            Self::FeedUnknown | Self::Remote | Self::Incident | Self::Refused | Self::Edit | Self::Log => {
                Severity::Notice
            }
            Self::SpareDiffers | Self::SpareTwo => Severity::Fault,
            Self::FeedLost | Self::FeedGap | Self::FeedMissing | Self::Renderer | Self::Display => Severity::Fault,
            _ => Severity::Warning,
        }
    }
}
