//! The only writer of the show, of `now` and of the current frames. Whoever wants a change sends it an event.
//!
//! Plain Rust without systems: the app drives it once per frame through its phases, the command line without any.
//! Live and rehearsal differ only in who supplies the events and who supplies `now`.

mod acts;
mod ahead;
mod cues;
mod follow;
mod frames;
mod jump;
mod kinds;
mod ladder;
mod loaded;
mod log;
mod phase;
mod problems;
mod rehearsal;
mod steady;
mod transport;

use std::sync::Arc;

use bevy::prelude::Resource;

use acts::ByHand;
pub use acts::Refusal;
pub use ahead::{Coming, together};
pub use follow::Taken;
pub use kinds::{ProblemKind, Severity};
pub use ladder::{Paced, Step as QualityStep};
pub use log::{Log, LogLine, digest};
pub use phase::Phase;
pub use problems::{Problem, Problems, Said};
pub use transport::Transport;

use crate::show::{
    clip::Clips,
    desk::{Air, Say},
    frame::{
        Frame, Output, Typeset,
        testcard::{CardWords, Ident, TestCard, compose_card},
    },
    protocol::Envelope,
    provenance::Provenance,
    state::Show,
    tape::{Step, Timeline},
    theme::Theme,
    told::{Told, Words},
};
use frames::{Frames, View};
use rehearsal::Rehearsal;
use steady::Steady;

/// How far an event's stamp may lie before the server's clock as it is known here: its error, generously.
const AHEAD_MOST_US: i64 = 2_000_000;
/// A step by one frame, µs.
const FRAME_US: i64 = 20_000;

/// Who supplies the events and `now`.
#[derive(Debug)]
pub enum Source {
    /// A tape, with its transport.
    Tape(Transport),
    /// The feed: events and snapshots through [`Director::receive`], `now` through [`Director::live_now`].
    Live,
}

/// What a feed brings.
#[derive(Debug)]
pub enum Incoming {
    Event(Box<Envelope>),
    /// The whole state; the picture is settled at once, without entrance and without old sounds.
    Snapshot(Box<Show>),
}

/// The show on air, its time and its frames.
#[derive(Resource)]
pub struct Director {
    air: Air,
    /// µs on the server's clock; never falls except by a seek.
    now_us: i64,
    source: Source,
    theme: Arc<Theme>,
    frames: Frames,
    horizon: u64,
    pub problems: Problems,
    log: Log,
    /// What the desk has laid ready.
    loaded: Option<Say>,
    /// The show as it would be with that on air.
    ready: Option<Box<Show>>,
    next_theme: Option<Arc<Theme>>,
    rehearsal: Rehearsal,
    by_hand: ByHand,
    lane: follow::Lane,
    steady: Steady,
    /// Live: which events made each score.
    provenance: Provenance,
    alarms_told: u64,
    /// Whether the server's clock is known yet, live.
    clocked: bool,
}

impl Director {
    /// Rehearses a tape from its beginning, paused.
    pub fn rehearse(timeline: Timeline, theme: Arc<Theme>, set: Arc<dyn Typeset + Send + Sync>) -> Self {
        let transport = Transport::new(timeline);
        let mut director = Self::new(Source::Tape(transport), theme, set);
        director.seek(0);
        director
    }

    /// Waits for a feed; ground until the first event.
    pub fn live(theme: Arc<Theme>, set: Arc<dyn Typeset + Send + Sync>) -> Self {
        Self::new(Source::Live, theme, set)
    }

    fn new(source: Source, theme: Arc<Theme>, set: Arc<dyn Typeset + Send + Sync>) -> Self {
        Self {
            air: Air::default(),
            now_us: 0,
            source,
            theme,
            frames: Frames::new(set),
            horizon: 0,
            problems: Problems::default(),
            log: Log::default(),
            loaded: None,
            ready: None,
            next_theme: None,
            rehearsal: Rehearsal::default(),
            by_hand: ByHand::default(),
            lane: follow::Lane::default(),
            steady: Steady::default(),
            provenance: Provenance::default().of_now(),
            alarms_told: 0,
            clocked: false,
        }
    }

    /// What is on air, whatever the desk lays over it.
    pub fn show(&self) -> &Show {
        self.air.program()
    }

    /// What is on air, what the feed said, and what the desk did.
    pub const fn air(&self) -> &Air {
        &self.air
    }

    /// The instant of the picture, µs on the server's clock.
    pub const fn now_us(&self) -> i64 {
        self.now_us
    }

    pub const fn theme(&self) -> &Arc<Theme> {
        &self.theme
    }

    pub const fn log(&self) -> &Log {
        &self.log
    }

    /// The tape's transport; none when live.
    pub const fn transport(&self) -> Option<&Transport> {
        match &self.source {
            Source::Tape(transport) => Some(transport),
            Source::Live => None,
        }
    }

    /// Counts the jumps of the show (a seek, a snapshot). After one, what sounded before is void: sound begins
    /// anew at `now` and plays nothing of what was skipped.
    pub const fn horizon(&self) -> u64 {
        self.horizon
    }

    /// Lets `real_elapsed_us` of real time pass. A tape at play moves on by that times its rate; live, nothing
    /// happens here.
    pub fn advance(&mut self, real_elapsed_us: i64) {
        let _phase = crate::phase::phase!("reduce");
        let Source::Tape(transport) = &mut self.source else { return };
        let playing = transport.playing;
        let position_us = transport.position_after(real_elapsed_us);
        match transport.range_us {
            // Also where the range ends with the tape, at which play ends.
            Some((from_us, to_us)) if playing && position_us >= to_us => {
                transport.playing = true;
                self.seek(from_us);
            }
            _ => self.play_to(position_us),
        }
    }

    /// Plays a tape on to `position_us` after its first instant, every event on the way: nothing is jumped over.
    /// A position that has passed changes nothing; going back is [`Director::seek`].
    pub fn play_to(&mut self, position_us: i64) {
        let _phase = crate::phase::phase!("reduce");
        let Source::Tape(transport) = &mut self.source else { return };
        let mut changed = false;
        for step in transport.play_to(position_us) {
            match &step {
                Step::Event(entry) => self.log.push(&entry.env, self.air.feed()),
                Step::Act(acted) => self.log.push_act(&acted.act),
                Step::Snapshot(_) => {}
            }
            let jumps = matches!(step, Step::Snapshot(_)) || matches!(step, Step::Act(acted) if acted.act.act.jumps());
            step.fold(&mut self.air);
            if jumps {
                self.horizon += 1;
                self.alarms_told = self.alarms_told.min(self.air.feed().alarm_count);
            }
            changed = true;
        }
        self.now_us = transport.now_us();
        if changed {
            self.after_change();
        }
    }

    /// The server's time now, live. Never goes back: the picture's time stands still until it is reached again.
    pub fn live_now(&mut self, server_now_us: i64) {
        if matches!(self.source, Source::Live) {
            // Before there was a clock the events' own stamps had to do.
            self.now_us = if self.clocked { self.now_us.max(server_now_us) } else { server_now_us };
            self.clocked = true;
        }
    }

    /// This machine's own time, for a show that the desk runs before any server has been heard. The server's takes its
    /// place, whatever it says.
    pub fn desk_now(&mut self, own_now_us: i64) {
        if matches!(self.source, Source::Live) && !self.clocked {
            self.now_us = self.now_us.max(own_now_us);
        }
    }

    /// Takes what the feed brings. Ignored while a tape plays.
    pub fn receive(&mut self, incoming: Incoming) {
        if !matches!(self.source, Source::Live) {
            return;
        }
        self.tap_incoming(&incoming);
        match incoming {
            Incoming::Event(env) => {
                self.log.push(&env, self.air.feed());
                let changes = self.air.event(&env);
                self.provenance.event(&env, &changes, self.air.feed());
                self.happened(env.at);
            }
            Incoming::Snapshot(show) => {
                // All instants of a former epoch, or of a log that was set back, are void: the server may have set its clock
                // back with it.
                let feed = self.air.feed();
                self.clocked &= show.epoch == feed.epoch && show.seq >= feed.seq;
                self.air.snapshot(&show);
                self.provenance.snapshot(self.air.feed());
                if self.air.follows() {
                    self.provenance.reconciled();
                }
                self.happened(show.at);
                self.horizon += 1;
                self.alarms_told = self.alarms_told.min(show.alarm_count);
            }
        }
        self.after_change();
    }

    /// Goes on with a recorded session, the operator's acts included: settled at once, without old sounds.
    pub fn resume(&mut self, air: Air, provenance: Provenance) {
        let at_us = air.feed().at.max(air.program().at);
        self.air = air;
        // A rehearsal's mark never comes on a live program.
        self.air.desk.mark = false;
        self.provenance = provenance.of_now();
        self.happened(at_us);
        self.horizon += 1;
        self.alarms_told = self.air.feed().alarm_count;
        self.after_change();
    }

    /// What has been received has happened: the picture's time is not before it. A stamp far ahead of the server's
    /// own clock is a fault of the feed, told and not followed.
    fn happened(&mut self, at_us: i64) {
        let ahead_us = at_us.saturating_sub(self.now_us);
        if !self.clocked || (0..=AHEAD_MOST_US).contains(&ahead_us) {
            self.now_us = self.now_us.max(at_us);
        } else if ahead_us > AHEAD_MOST_US {
            let words = Words::new("clock-ahead").with("seconds", ahead_us / 1_000_000);
            let said = Said { what: "ahead".to_owned(), words };
            self.problems.report(ProblemKind::Clock, said, self.now_us);
        }
    }

    /// Goes to `position_us` after the tape's first instant, playing or not.
    pub fn seek(&mut self, position_us: i64) {
        let Source::Tape(transport) = &mut self.source else { return };
        let air = transport.seek(position_us);
        self.jumped(air);
    }

    /// Goes to the next (`1`) or previous (`-1`) event of the tape and pauses there.
    pub fn step_event(&mut self, by: i64) {
        let Source::Tape(transport) = &mut self.source else { return };
        let air = transport.step(by);
        self.jumped(air);
    }

    /// Plays from there to there again and again, µs after the tape's first instant; an empty range ends it.
    pub fn set_range(&mut self, range_us: Option<(i64, i64)>) {
        if let Source::Tape(transport) = &mut self.source {
            transport.range_us = range_us.filter(|(from_us, to_us)| to_us > from_us);
        }
    }

    /// Remembers the present position, as A (0) or B (1).
    pub fn bookmark(&mut self, which: usize) {
        if let Source::Tape(transport) = &mut self.source {
            let position_us = transport.position_us();
            if let Some(bookmark) = transport.bookmarks_us.get_mut(which) {
                *bookmark = Some(position_us);
            }
        }
    }

    /// Puts another tape, or the same one edited, in the place of the present one; the position stays.
    pub fn retape(&mut self, timeline: Timeline) {
        let Source::Tape(transport) = &mut self.source else { return };
        let air = transport.replace(timeline);
        self.jumped(air);
    }

    /// Goes so many fiftieths of a second on or back and pauses there.
    pub fn step_frame(&mut self, by: i64) {
        let Source::Tape(transport) = &mut self.source else { return };
        let position_us = transport.position_us().saturating_add(by.saturating_mul(FRAME_US));
        let air = transport.seek(position_us);
        transport.playing = false;
        self.jumped(air);
    }

    /// Something that was asked for is not done; the operator is told why.
    pub fn refused(&mut self, why: &Words, remote: bool) {
        let said = Said { what: format!("{why:?}"), words: why.clone() };
        let kind = if remote { ProblemKind::Remote } else { ProblemKind::Refused };
        self.problems.report(kind, said, self.now_us);
    }

    pub fn play(&mut self) {
        if let Source::Tape(transport) = &mut self.source {
            transport.playing = true;
        }
    }

    pub fn pause(&mut self) {
        if let Source::Tape(transport) = &mut self.source {
            transport.playing = false;
        }
    }

    /// Times real speed; see [`Transport::RATES`].
    pub fn set_rate(&mut self, rate: f64) {
        if let Source::Tape(transport) = &mut self.source {
            transport.set_rate(rate);
            // Sounds that are under way were scheduled at the former speed.
            self.horizon += 1;
        }
    }

    /// Puts another look on air from this frame on.
    pub fn set_theme(&mut self, theme: Arc<Theme>) {
        self.theme = theme;
        self.frames.clear();
    }

    /// The films that are fit for air from now on; what the show cues beside them is shown as its slate.
    pub fn set_clips(&mut self, clips: Arc<Clips>) {
        self.frames.set_clips(clips);
    }

    pub const fn clips(&self) -> &Arc<Clips> {
        self.frames.clips()
    }

    /// The picture of `output` now: composed once per show, instant and theme; an equal picture is the same `Arc`.
    pub fn frame(&mut self, output: &Output) -> Arc<Frame> {
        self.frames.frame(View::Program, &self.air, &self.theme, output, self.now_us)
    }

    /// The same in a theme of the output's own, where it has one.
    pub fn frame_in(&mut self, theme: Option<&Arc<Theme>>, output: &Output) -> Arc<Frame> {
        self.frames.frame(View::Program, &self.air, theme.unwrap_or(&self.theme), output, self.now_us)
    }

    /// A test card at the instant of the picture.
    pub fn card(&self, card: TestCard, ident: &Ident, words: &CardWords) -> Frame {
        compose_card(card, ident, words, self.frames.set(), self.now_us)
    }

    /// The picture of `output` as it would be were all that is held and all that is laid ready on air, and nothing over
    /// it; in the theme that is to come next.
    pub fn preview(&mut self, output: &Output) -> Arc<Frame> {
        let theme = self.next_theme.as_ref().unwrap_or(&self.theme);
        let ready = self.ready.as_deref().unwrap_or_else(|| self.air.preview());
        self.frames.frame(View::Preview(ready), &self.air, theme, output, self.now_us)
    }

    /// Whether a preview shows anything else than the program.
    pub fn previews(&self) -> bool {
        self.loaded.is_some() || self.next_theme.is_some() || self.air.desk.hold.is_some() || self.is_covered()
    }

    /// A theme for the preview alone; none ends it.
    pub fn set_next_theme(&mut self, theme: Option<Arc<Theme>>) {
        self.next_theme = theme;
        self.frames.clear();
    }

    /// The theme of the preview, where it is not that of the program.
    pub const fn next_theme(&self) -> Option<&Arc<Theme>> {
        self.next_theme.as_ref()
    }

    /// After a jump of the tape what the operator laid over the program by hand lies there still: nothing appears in
    /// the hall because somebody looked for a place.
    fn jumped(&mut self, air: Air) {
        self.air = air;
        self.steady.jumped();
        self.keep_over();
        if let Source::Tape(transport) = &self.source {
            self.now_us = transport.now_us();
        }
        self.horizon += 1;
        self.alarms_told = self.alarms_told.min(self.air.feed().alarm_count);
        self.after_change();
    }

    /// Figures that do not add up are told once each.
    fn after_change(&mut self) {
        let feed = self.air.feed();
        let new = feed.alarm_count.saturating_sub(self.alarms_told);
        let kept = feed.alarms.len();
        let first = kept.saturating_sub(usize::try_from(new).unwrap_or(kept));
        for alarm in feed.alarms.iter().skip(first) {
            let said = Said { what: alarm.text.clone(), words: alarm.words() };
            self.problems.report(ProblemKind::Arithmetic, said, alarm.at);
        }
        self.alarms_told = self.alarms_told.max(feed.alarm_count);
        self.get_ready();
    }
}

#[cfg(test)]
mod tests;
