//! What an event changed, with before and after: the console's log, and the reason to look at the picture again.

use crate::show::protocol::play::AnswerRevealed;
use crate::show::{
    protocol::{
        Points,
        play::{Phase, Question, QuestionWithdrawn},
        roster::{ShowConfigured, TeamId, TurnGiven},
        score::{TiebreakDecided, TotalShown},
    },
    state::{
        Advance, Alarm, Answer, Appeal, Ask, AudienceVote, Award, Buzzer, Clock, Core, Draw, Edge, LowerThird, Media,
        Program, RiskChoice, Round, RushRun, Scene, Score, Shared, SlateCard, Stamped, Standings, Verdict,
    },
};

/// One value, before and after.
#[derive(Clone, Debug, PartialEq)]
pub struct Shift<T> {
    pub before: T,
    pub after: T,
}

impl<T: Clone + PartialEq> Shift<T> {
    /// The two where they differ; a no-op is no change.
    fn of(before: &T, after: &T) -> Option<Self> {
        (before != after).then(|| Self { before: before.clone(), after: after.clone() })
    }
}

/// A scene and the event that brought it on: two entries of the same scene are two.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Entry {
    pub scene: Scene,
    pub since: i64,
    pub seq: u64,
}

impl Entry {
    /// What is on air.
    pub const fn of(program: &Program) -> Self {
        Self { scene: program.scene, since: program.since, seq: program.seq }
    }
}

/// One thing that is no longer as it was.
#[derive(Clone, Debug, PartialEq)]
pub enum Change {
    /// Another epoch began: all that was known is gone.
    Reset(Shift<String>),
    Config(Box<Shift<Shared<ShowConfigured>>>),
    /// `None` before the team's first score; it stood at the base score then.
    Score {
        team: TeamId,
        shift: Shift<Option<Points>>,
    },
    Round(Box<Shift<Option<Round>>>),
    Turn(Box<Shift<Option<Stamped<TurnGiven>>>>),
    Cued(Box<Shift<Option<Shared<Question>>>>),
    /// Another question, none, or the same in other words; its facts change by the four below.
    Question(Box<Shift<Option<Ask>>>),
    Answer(Box<Shift<Option<Answer>>>),
    Verdict(Box<Shift<Option<Verdict>>>),
    Key(Box<Shift<Option<Stamped<AnswerRevealed>>>>),
    Withdrawn(Box<Shift<Option<Stamped<QuestionWithdrawn>>>>),
    Clock(Box<Shift<Option<Clock>>>),
    Buzzer(Box<Shift<Option<Buzzer>>>),
    Risk(Box<Shift<Option<RiskChoice>>>),
    Edges(Box<Shift<Shared<Vec<Edge>>>>),
    Rush(Box<Shift<Option<RushRun>>>),
    Audience(Box<Shift<Option<AudienceVote>>>),
    Draw(Box<Shift<Option<Shared<Draw>>>>),
    Appeal(Box<Shift<Option<Shared<Appeal>>>>),
    Standings(Box<Shift<Option<Shared<Standings>>>>),
    Total(Box<Shift<Option<Shared<Stamped<TotalShown>>>>>),
    Tiebreak(Box<Shift<Option<Stamped<TiebreakDecided>>>>),
    Advance(Box<Shift<Option<Shared<Advance>>>>),
    Award(Box<Shift<Option<Shared<Award>>>>),
    Slate(Box<Shift<Option<Shared<SlateCard>>>>),
    LowerThird(Box<Shift<Option<LowerThird>>>),
    Phase(Box<Shift<Option<Stamped<Phase>>>>),
    Media(Box<Shift<Option<Media>>>),
    Ended,
    Scene(Shift<Entry>),
    Alarm(Alarm),
}

/// Appends what differs between two cores, in the protocol's order.
pub(super) fn between(before: &Core, after: &Core, changes: &mut Vec<Change>) {
    macro_rules! shifts {
        ($($field:ident => $variant:ident),+ $(,)?) => {
            $(changes.extend(Shift::of(&before.$field, &after.$field).map(|s| Change::$variant(Box::new(s))));)+
        };
    }
    shifts!(config => Config, draw => Draw, round => Round, turn => Turn, cued => Cued);
    question(before.question.as_ref(), after.question.as_ref(), changes);
    shifts!(phase => Phase, media => Media, clock => Clock, buzzer => Buzzer, risk => Risk, edges => Edges, rush => Rush);
    shifts!(audience => Audience);
    // Most events touch no score.
    let moved = after.scores != before.scores;
    for (team, score) in after.scores.iter().filter(|_| moved) {
        let former = before.scores.get(team).map(Score::value);
        let shift = Shift::of(&former, &Some(score.value()));
        changes.extend(shift.map(|shift| Change::Score { team: team.clone(), shift }));
    }
    shifts!(appeal => Appeal, standings => Standings, tiebreak => Tiebreak, advance => Advance, award => Award);
    shifts!(total => Total, slate => Slate, lower_third => LowerThird);
    if after.ended && !before.ended {
        changes.push(Change::Ended);
    }
}

fn question(before: Option<&Ask>, after: Option<&Ask>, changes: &mut Vec<Change>) {
    match (before, after) {
        (Some(before), Some(after)) if before.seq == after.seq => {
            macro_rules! shifts {
                ($($field:ident => $variant:ident),+) => {
                    $(changes.extend(Shift::of(&before.$field, &after.$field).map(|s| Change::$variant(Box::new(s))));)+
                };
            }
            if before.question != after.question {
                let shift = Shift { before: Some(before.clone()), after: Some(after.clone()) };
                changes.push(Change::Question(Box::new(shift)));
            }
            shifts!(answer => Answer, verdict => Verdict, key => Key, withdrawn => Withdrawn);
        }
        (before, after) if before != after => {
            changes.push(Change::Question(Box::new(Shift { before: before.cloned(), after: after.cloned() })));
        }
        _ => {}
    }
}
