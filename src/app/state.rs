//! What the desk knows, gathered from the rooms that know it: for remote control and for the engineer.

use bevy::prelude::*;

use super::{LiveSession, air::Sound, receive::Supply, vitals::Vitals};
use crate::{
    console::View,
    desk::{
        AirState, AudioState, CountdownState, FeedFacts, HoldState, Mode, ProblemState, ScoreState, State,
        TransportState,
    },
    director::{Director, Problems},
    feed::FeedState,
    locale::{self, Lang},
    show::{
        protocol::Points,
        state::{ClockPhase, Score},
    },
    sound::{AudioStatus, Engine},
};

/// Times are told to the tenth of a second: finer ones would be told at every frame.
const TOLD_US: i64 = 100_000;

/// The state as of this frame.
#[derive(Resource, Default)]
pub struct Known {
    pub state: State,
    problems: ProblemsKnown,
}

/// The problems in words, made anew when there is something new among them.
#[derive(Default)]
struct ProblemsKnown {
    key: (Lang, u64, usize, usize),
}

/// Brings the state up to date. Cheap: what is said in words is said once.
pub fn gather(
    mut known: ResMut<Known>,
    director: Res<Director>,
    supply: Res<Supply>,
    sound: Res<Sound>,
    view: Res<View>,
    vitals: Res<Vitals>,
) {
    let told = std::mem::take(&mut known.state.problems);
    let problems = known.problems.update(&director.problems, view.lang, told);
    known.state = state(&director, supply.live.as_ref(), &sound.0, &view, problems);
    known.state.machine.clone_from(vitals.state());
    known.state.spare.clone_from(&view.spare);
}

impl ProblemsKnown {
    /// Those that were told before, where nothing of them has changed.
    fn update(&mut self, problems: &Problems, lang: Lang, told: Vec<ProblemState>) -> Vec<ProblemState> {
        let over = problems.iter().filter(|problem| problem.over_us.is_some()).count();
        let key = (lang, problems.total(), problems.iter().len(), over);
        if self.key == key {
            return told;
        }
        self.key = key;
        in_words(problems, lang)
    }
}

fn in_words(problems: &Problems, lang: Lang) -> Vec<ProblemState> {
    let said = |problem: &crate::director::Problem| ProblemState {
        sentence: problem.sentence(lang),
        advice: problem.advice(lang).to_owned(),
        since_us: problem.since_us,
        count: problem.count,
        over: problem.over_us.is_some(),
        acknowledged: problem.is_acknowledged(),
    };
    problems.iter().map(said).collect()
}

fn state(
    director: &Director,
    live: Option<&LiveSession>,
    sound: &Engine,
    view: &View,
    problems: Vec<ProblemState>,
) -> State {
    let (air, show, now_us) = (director.air(), director.show(), director.now_us());
    let (core, desk) = (&show.core, &air.desk);
    let live_name = || air.feed().epoch.clone();
    State {
        mode: if director.transport().is_some() { Mode::Rehearsal } else { Mode::Live },
        name: if director.transport().is_some() { view.name.clone() } else { live_name() },
        now_us: told(now_us),
        on_air: on_air(director),
        countdown: core.clock.as_ref().map(|clock| CountdownState {
            id: clock.id.clone(),
            phase: phase(clock.phase).to_owned(),
            remaining_us: told(clock.remaining_us(now_us)),
            duration_us: clock.duration_us,
        }),
        scores: core
            .teams()
            .into_iter()
            .map(|team| ScoreState {
                team: team.id.clone(),
                name: team.name.clone(),
                number: team.number,
                score: core.scores.get(&team.id).map_or(Points::ZERO, Score::value),
            })
            .collect(),
        hold: desk.hold.as_ref().map(|hold| HoldState { since_us: hold.since, queued: hold.queue.len() }),
        curtain: desk.curtain.map(|drawn| drawn.curtain),
        frozen: desk.frozen.is_some(),
        cleared: air.cleared().collect(),
        rehearsal_mark: desk.mark,
        said: desk.said,
        loaded: director.loaded().map(|said| said.event.name().to_owned()),
        transport: director.transport().map(|tape| {
            let [bookmark_a_us, bookmark_b_us] = tape.bookmarks_us();
            TransportState {
                position_us: told(tape.position_us()),
                duration_us: tape.duration_us(),
                playing: tape.playing,
                rate: tape.rate(),
                range_us: tape.range_us(),
                bookmark_a_us,
                bookmark_b_us,
                unsaved: director.unsaved(),
            }
        }),
        feed: live.map(feed),
        problems,
        audio: AudioState {
            muted: sound.levels().muted(),
            master_db: sound.levels().master_db(),
            silent: match sound.status() {
                AudioStatus::Silent { why } => Some(locale::tell(view.lang, why)),
                _ => None,
            },
        },
        locked: view.locked,
        theme: director.theme().name.clone(),
        next_theme: director.next_theme().map(|theme| theme.name.clone()),
        quality: director.step(),
        tape: live.and_then(LiveSession::tape).map(|path| path.display().to_string()),
        ..State::default()
    }
}

/// What the hall sees, by its names: no key, no choice that is still hidden.
fn on_air(director: &Director) -> AirState {
    let (show, core) = (director.show(), &director.show().core);
    let turn = core.turn.as_ref().map(|turn| &turn.value);
    AirState {
        scene: show.program.scene,
        round: core.round.as_ref().map(|round| round.opened.name.clone()).unwrap_or_default(),
        question: core.question.as_ref().map(|ask| ask.question.id.clone()),
        question_no: turn.and_then(|turn| turn.question_no),
        team: turn.map(|turn| turn.team.clone()),
        seq: show.seq,
    }
}

fn feed(session: &LiveSession) -> FeedFacts {
    let health = session.feed.health();
    FeedFacts {
        state: match health.state {
            FeedState::Connecting => "connecting",
            FeedState::Connected => "connected",
            FeedState::Waiting { .. } => "waiting",
            FeedState::Ended => "ended",
            FeedState::Stopped => "stopped",
        }
        .to_owned(),
        rtt_us: health.clock.rtt_us,
        error_bound_us: health.clock.error_bound_us,
        seq: health.seq,
        head: health.head,
        gaps: health.order.gaps,
        reconnects: health.reconnects,
    }
}

const fn phase(phase: ClockPhase) -> &'static str {
    match phase {
        ClockPhase::Armed => "armed",
        ClockPhase::Running { .. } => "running",
        ClockPhase::Paused { .. } => "paused",
        ClockPhase::Stopped { .. } => "stopped",
        ClockPhase::Expired => "expired",
    }
}

const fn told(us: i64) -> i64 {
    us.div_euclid(TOLD_US) * TOLD_US
}
