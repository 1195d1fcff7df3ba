//! What comes next: the coming events of a tape in the operator's words, and live what the open question may bring.
//!
//! For the desk only. It tells what the feed or the rulebook says and nothing else: what neither states is said to be
//! unknown, and the key of a question is not in it because nobody has it.

mod act;
mod clause;
mod outlook;
mod stakes;

#[cfg(test)]
mod tests;

pub use outlook::{Outlook, Subject, outlook};
pub use stakes::{Pays, Source, Stake};

use super::{
    protocol::{Envelope, Event, Points, roster::TeamId, score::ScoreChanged},
    provenance::Heard,
    reduce::Change,
    state::{Alarm, Scene, Show},
    tape::{Step, Tape},
    time::{Instant, SpanUs},
    told::Words,
};

/// Events that follow each other so closely are one moment, µs.
const TOGETHER_US: SpanUs = 200_000;
/// So many steps are looked at, whatever they hold.
const AHEAD: usize = 240;
/// So many steps behind a verdict its score is looked for.
const SCORE_AHEAD: usize = 40;

/// One moment that comes: its events in words, and what they do.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Coming {
    /// The tape's step it begins with.
    pub step: usize,
    /// How many steps it has, those without words among them.
    pub steps: usize,
    /// When it comes, µs on the server's clock.
    pub at: Instant,
    /// From now until then, µs; never negative.
    pub in_us: SpanUs,
    /// A clause an event, in their order.
    pub words: Vec<Words>,
    pub effect: Effect,
}

/// What a moment does to the picture and to the scores.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Effect {
    /// The scene that comes on, where another does.
    pub scene: Option<Scene>,
    pub scores: Vec<ScoreMove>,
    /// What will not add up.
    pub alarms: Vec<Alarm>,
}

/// A score that changes.
#[derive(Clone, Debug, PartialEq)]
pub struct ScoreMove {
    pub team: TeamId,
    pub delta: Points,
    pub after: Points,
}

/// The next `most` moments that can be seen or heard behind the first `from` steps, of which `show` is the fold.
///
/// Costs the fold of a few dozen events; ask again when the position has passed a step, not every frame.
pub fn coming(tape: &Tape, from: usize, show: &Show, now: Instant, most: usize) -> Vec<Coming> {
    let mut show = show.clone();
    let mut found: Vec<Coming> = Vec::new();
    let mut latest = now;
    for (ahead, step) in tape.steps(from, from.saturating_add(AHEAD)).enumerate() {
        latest = latest.max(step.at());
        let together = found.last().is_some_and(|last| latest.saturating_sub(last.at) < TOGETHER_US);
        if !together {
            let done = found.iter().filter(|moment| !moment.words.is_empty()).count();
            if done >= most {
                break;
            }
            found.retain(|moment| !moment.words.is_empty());
            let in_us = latest.saturating_sub(now).max(0);
            found.push(Coming { step: from + ahead, at: latest, in_us, ..Coming::default() });
        }
        let Some(moment) = found.last_mut() else { continue };
        moment.steps += 1;
        match step {
            Step::Event(entry) => {
                let changes = show.apply(&entry.env);
                let score = match &entry.env.event {
                    Event::VerdictGiven(verdict) => score_of(tape, from + ahead, &entry.env, &verdict.team),
                    _ => None,
                };
                let told = moment.tells(&entry.env.event);
                moment.words.extend(clause::of(&Heard::of(&entry.env), &show, score).filter(|_| !told));
                moment.effect.add(&changes, show.core.config.base_score);
            }
            Step::Snapshot(snapshot) => {
                show.clone_from(&snapshot.state);
                moment.words.push(Words::new("next-snapshot"));
                moment.effect.scene = Some(show.program.scene);
            }
            Step::Act(acted) => moment.words.push(act::of(&acted.act, &show)),
        }
    }
    found.retain(|moment| !moment.words.is_empty());
    found.truncate(most);
    found
}

impl Coming {
    /// Whether a verdict of this moment has told this change of a score already.
    fn tells(&self, event: &Event) -> bool {
        let Event::ScoreChanged(score) = event else { return false };
        let after = super::told::Arg::Text(score.after.to_string());
        self.words.iter().any(|words| words.key == clause::VERDICT_SCORE && words.args.get("after") == Some(&after))
    }
}

impl Effect {
    fn add(&mut self, changes: &[Change], base: Points) {
        for change in changes {
            match change {
                Change::Scene(shift) => self.scene = Some(shift.after.scene),
                Change::Score { team, shift } => {
                    let (before, after) = (shift.before.unwrap_or(base), shift.after.unwrap_or(base));
                    self.scores.push(ScoreMove { team: team.clone(), delta: after - before, after });
                }
                Change::Alarm(alarm) => self.alarms.push(alarm.clone()),
                _ => {}
            }
        }
    }
}

/// The score change that a verdict brings: one of its team that it caused, or one without a cause before another
/// question.
fn score_of<'a>(tape: &'a Tape, place: usize, verdict: &Envelope, team: &str) -> Option<&'a ScoreChanged> {
    for step in tape.steps(place + 1, place + 1 + SCORE_AHEAD) {
        let Step::Event(entry) = step else { return None };
        match &entry.env.event {
            Event::ScoreChanged(score) if score.team == team => {
                let caused = entry.env.cause.is_none_or(|cause| cause == verdict.seq);
                return Some(score).filter(|_| caused);
            }
            Event::QuestionShown(_) | Event::VerdictGiven(_) | Event::RoundOpened(_) => return None,
            _ => {}
        }
    }
    None
}
