//! The moments of a show: one instant for each kind of thing that happens in each round, at which its picture rests.
//!
//! A contact sheet shows them, a director's plan lists them, and a test asks whether a contest has them all.

use std::collections::BTreeSet;

use super::{Step, Timeline};
use crate::show::{
    desk::Air,
    protocol::{Envelope, Event, roster::RoundOpened},
    state::{Scene, Show},
    time::Instant,
};

/// After this the picture of any event rests, µs.
const SETTLED_US: i64 = 4_500_000;
/// Events that follow each other so closely are one moment, µs.
const TOGETHER_US: i64 = 200_000;
/// So long before the next moment the picture of the last one is taken, µs.
const BEFORE_US: i64 = 40_000;

/// One still of a show.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Moment {
    /// The instant of the still, µs on the server's clock.
    pub at: Instant,
    /// The event it shows.
    pub seq: u64,
    /// The round's name and subtitle; empty before the first.
    pub round: String,
    pub scene: Scene,
    /// The event's wire name, and what tells it from others of that name: `verdict.given wrong`.
    pub event: String,
}

/// Every moment of the tape's events, in order: the first of each kind in each round, and the last picture of a scene
/// that was filled step by step.
pub fn moments(timeline: &Timeline) -> Vec<Moment> {
    let tape = timeline.tape();
    let mut air = Air::default();
    let mut seen = BTreeSet::new();
    let mut found: Vec<Candidate> = Vec::new();
    for step in tape.steps(0, tape.step_count()) {
        step.fold(&mut air);
        let show = air.feed();
        let Step::Event(entry) = step else { continue };
        let Some(event) = kind(&entry.env, show) else {
            if let Some(last) = found.last_mut().filter(|last| last.entry != show.program.seq) {
                last.end(entry.env.at);
            }
            continue;
        };
        if let Some(last) = found.last_mut()
            && entry.env.at.saturating_sub(last.since) < TOGETHER_US
        {
            last.moment.event = format!("{} + {event}", last.moment.event);
            (last.moment.scene, last.entry) = (show.program.scene, show.program.seq);
            continue;
        }
        if let Some(last) = found.last_mut() {
            last.end(entry.env.at);
            last.ends_scene = last.entry != show.program.seq;
        }
        let round = show.core.round.as_ref();
        found.push(Candidate {
            since: entry.env.at,
            until: Instant::MAX,
            entry: show.program.seq,
            ends_scene: true,
            round_id: round.map(|round| round.opened.id.clone()).unwrap_or_default(),
            moment: Moment {
                at: entry.env.at,
                seq: entry.env.seq,
                round: round.map(|round| named(&round.opened)).unwrap_or_default(),
                scene: show.program.scene,
                event,
            },
        });
    }
    let filled = |candidate: &Candidate| {
        candidate.ends_scene
            && matches!(candidate.moment.scene, Scene::Draw | Scene::Rush | Scene::Risk | Scene::Assignment)
    };
    found.retain(|candidate| {
        let first = seen.insert((candidate.round_id.clone(), candidate.moment.event.clone()));
        let full = filled(candidate)
            && seen.insert((candidate.round_id.clone(), format!("{:?} full", candidate.moment.scene)));
        first || full
    });
    found.into_iter().map(Candidate::settled).collect()
}

/// 勇往直前·自选风险.
fn named(round: &RoundOpened) -> String {
    if round.subtitle.is_empty() { round.name.clone() } else { format!("{}·{}", round.name, round.subtitle) }
}

struct Candidate {
    since: Instant,
    /// The next moment is near.
    until: Instant,
    /// The scene's entry it belongs to.
    entry: u64,
    ends_scene: bool,
    round_id: String,
    moment: Moment,
}

impl Candidate {
    /// Something else happens at `at`: the still is taken before it.
    fn end(&mut self, at: Instant) {
        self.until = self.until.min(at.saturating_sub(BEFORE_US).max(self.since));
    }

    fn settled(self) -> Moment {
        Moment { at: self.since.saturating_add(SETTLED_US).min(self.until), ..self.moment }
    }
}

/// What kind of moment an event is; `None` for those whose picture is another's (a score that follows a verdict).
fn kind(env: &Envelope, show: &Show) -> Option<String> {
    let name = env.event.name();
    let detail = match &env.event {
        Event::RosterUpdated(_)
        | Event::QuestionCued(_)
        | Event::MediaCued(_)
        | Event::CountdownArmed(_)
        | Event::CountdownResumed(_)
        | Event::CountdownStopped(_)
        | Event::AnswerGiven(_)
        | Event::AudienceOpened(_)
        | Event::BuzzerClosed(_)
        | Event::RoundClosed(_)
        | Event::SlateCleared(_)
        | Event::LowerThirdCleared(_) => return None,
        Event::ScoreChanged(_) if show.program.scene != Scene::Moment => return None,
        Event::QuestionShown(question) => word(&question.kind),
        Event::PhaseSet(data) => word(&data.phase),
        Event::VerdictGiven(verdict) => word(&verdict.outcome),
        Event::AnswerRevealed(_) => show.core.question.as_ref().map(|ask| word(&ask.question.kind)).unwrap_or_default(),
        Event::SlateShown(slate) => word(&slate.kind),
        Event::DrawOpened(draw) => word(&draw.kind),
        Event::AdvanceRevealed(advance) => advance.slot.to_string(),
        Event::AwardSet(award) => award.id.clone(),
        Event::AwardStepped(step) => {
            let of = |what: &str, n: Option<u32>| n.map(|n| format!(" {what} {n}")).unwrap_or_default();
            format!("{}{}{}", step.id, of("page", step.page), of("row", step.row))
        }
        Event::BuzzerHit(hit) if hit.order > 1 => "later".to_owned(),
        Event::StandingsSet(standings) => standings.title.clone(),
        _ => String::new(),
    };
    let corrected = if env.corrects.is_some() { "corrected" } else { "" };
    let words = [name, detail.as_str(), corrected];
    Some(words.into_iter().filter(|word| !word.is_empty()).collect::<Vec<_>>().join(" "))
}

/// A wire enum's own word.
fn word(value: &impl serde::Serialize) -> String {
    serde_json::to_value(value).ok().and_then(|value| value.as_str().map(str::to_owned)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::tape::Tape;

    fn of_demo() -> (Timeline, Vec<Moment>) {
        let tape = Tape::parse(include_str!("../../../assets/shows/zhongwei-demo.tape.ndjson")).unwrap();
        let timeline = Timeline::new(tape);
        let moments = moments(&timeline);
        (timeline, moments)
    }

    #[test]
    fn every_kind_of_event_has_its_moment_in_every_round_once() {
        let (_, moments) = of_demo();
        let mut kinds = BTreeSet::new();
        for moment in &moments {
            let full = moment.scene == Scene::Rush || moment.scene == Scene::Risk;
            assert!(kinds.insert((moment.round.clone(), moment.event.clone())) || full, "{moment:?} comes twice");
        }
        for wanted in ["slate.shown title", "question.shown single", "verdict.given correct", "rush.finished"] {
            assert!(moments.iter().any(|moment| moment.event == wanted), "no moment {wanted}");
        }
    }

    #[test]
    fn a_still_shows_its_own_event_and_no_later_moment() {
        let (timeline, moments) = of_demo();
        for pair in moments.windows(2) {
            assert!(pair[0].at < pair[1].at, "{:?} is not before {:?}", pair[0], pair[1]);
        }
        for moment in &moments {
            let show = timeline.show_at(moment.at);
            assert!(show.seq >= moment.seq, "{moment:?}");
            assert_eq!(show.program.scene, moment.scene, "{moment:?}");
        }
    }
}
