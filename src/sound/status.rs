//! What the sound says about itself to the desk: running or silent and why, and what it has counted.

/// Whether there is sound.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AudioStatus {
    /// The device is being opened.
    Opening,
    /// Cues are heard.
    Running {
        /// The device's name.
        device: String,
        /// Its sample rate, Hz.
        rate_hz: u32,
    },
    /// No cue is heard; the show goes on.
    Silent {
        /// Why, and what to do.
        why: super::OutputError,
    },
}

/// What the sound engine has done since it started.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct SoundCounts {
    /// Cues whose first sample was rendered.
    pub played: u64,
    /// Of those, cues that came after their instant and were played at once.
    pub late: u64,
    /// Cues that came too late to be played at all.
    pub skipped: u64,
    /// Scheduled cues withdrawn in time: a pause, a change, a seek.
    pub cancelled: u64,
    /// Scheduled cues whose instant changed.
    pub moved: u64,
    /// Cues whose instant passed while there was no device.
    pub unheard: u64,
    /// Cues that found no room in the mixer.
    pub refused: u64,
    /// Times a film was put in its place anew, because it had drifted off.
    pub resynced: u64,
    /// Times the device was opened again after it died or stood still.
    pub reopened: u64,
}
