//! What is on air: the one table that says which event brings which scene on, and so which it ends.
//!
//! | event | scene | note |
//! |---|---|---|
//! | `show.configured` | Idle | only before anything is on air: sent again, it changes names, not the picture |
//! | `round.opened`, `turn.given` | Idle, anew | the header shows the round and who is on; a buzzer's winner named for the question on air keeps it |
//! | `round.closed` | Idle | |
//! | `slate.cleared` | Idle | only where a slate is on |
//! | `question.shown` | Card, anew; Rush in a `rush` round | in Rush the next question enters on the same rail |
//! | `question.cued` | – | warmed up, never on air |
//! | `question.withdrawn`, `phase.set`, `answer.*`, `score.corrected`, `appeal.*`, `media.cued`, `media.paused` | – | shown in the scene that is on |
//! | `media.started` | Media | the clip has the screen |
//! | `media.ended` | Card where a question is on air, else Idle | only where Media is on |
//! | `verdict.given` | – | but a buzzer's winner judged without a clock: Card |
//! | `countdown.armed`, `countdown.started` | – | but after a buzzer was won: Card |
//! | `countdown.*` others | – | |
//! | `buzzer.armed`, `buzzer.fouled`, first `buzzer.hit` | Buzzer | later hits light their lamps only |
//! | `buzzer.closed` | – | |
//! | `risk.offered` | Risk, anew | |
//! | `risk.locked`, `risk.revealed` | Risk | |
//! | `risk.assigned` | Assignment, anew | |
//! | `rush.progressed` | Rush | |
//! | `rush.finished` | Formula, anew | |
//! | `audience.opened` | Duel where no question is on air | the seats light up |
//! | `audience.locked` | Duel once the answer and every seat are in | till then the challengers read the card |
//! | `audience.tallied` | Duel | |
//! | `score.changed` | Moment, in a risk round, for the team on turn after its verdict | else – |
//! | `draw.opened` | Draw, anew | |
//! | `draw.resolved` | Draw | where a draw is open |
//! | `standings.set` | Standings, anew | those on air stay where a corrected score moved them |
//! | `total.shown` | Total, anew | |
//! | `tiebreak.decided` | Standings | where standings are set |
//! | `advance.set` | Advance, anew | |
//! | `advance.revealed` | Advance | where slots are set |
//! | `award.set` | Award, anew | |
//! | `award.stepped` | Award | where that award is set |
//! | `slate.shown` | Slate, anew | |
//! | `roster.updated`, `slate.stepped`, `lower_third.*`, `show.ended` | – | |
//!
//! An event that corrects another stays: it brings nothing on and takes nothing off (`correct`).
//!
//! "Anew": it is a new entry even where the same scene is on, and the old one leaves.

use super::stage::buzzed_for;
use crate::show::{
    protocol::{Event, roster::Format},
    state::{AudienceVote, Core, Scene},
};

/// What an event does to the program.
enum Move {
    /// Nothing.
    Stay,
    /// Comes on unless it is on already.
    On(Scene),
    /// Comes on as a new entry.
    Anew(Scene),
}
use Move::{Anew, On, Stay};

/// The scene that `event` brings on, `None` where the program stays. `after` has the event's facts folded in.
pub(super) fn entering(event: &Event, before: &Core, after: &Core, on_air: Scene) -> Option<Scene> {
    match table(event, before, after, on_air) {
        Stay => None,
        On(scene) => (scene != on_air).then_some(scene),
        Anew(scene) => Some(scene),
    }
}

fn table(event: &Event, before: &Core, after: &Core, on_air: Scene) -> Move {
    match event {
        Event::ShowConfigured(_) => when(on_air == Scene::Ground, On(Scene::Idle)),
        Event::RoundOpened(_) => Anew(Scene::Idle),
        Event::TurnGiven(turn) => when(!buzzed_for(before, &turn.team), Anew(Scene::Idle)),
        Event::RoundClosed(_) => On(Scene::Idle),
        Event::SlateCleared(_) => when(on_air == Scene::Slate, On(Scene::Idle)),

        Event::QuestionShown(_) if format(after) == Some(Format::Rush) => On(Scene::Rush),
        Event::QuestionShown(_) => Anew(Scene::Card),
        Event::CountdownArmed(_) | Event::CountdownStarted(_) | Event::VerdictGiven(_) => {
            when(on_air == Scene::Buzzer && won(after), On(Scene::Card))
        }

        Event::BuzzerArmed(_) | Event::BuzzerFouled(_) => On(Scene::Buzzer),
        Event::BuzzerHit(hit) => when(hit.order <= 1, On(Scene::Buzzer)),

        Event::RiskOffered(_) => Anew(Scene::Risk),
        Event::RiskLocked(_) | Event::RiskRevealed(_) => On(Scene::Risk),
        Event::RiskAssigned(_) => Anew(Scene::Assignment),
        Event::ScoreChanged(score) => when(big_moment(after, &score.team), On(Scene::Moment)),

        Event::RushProgressed(_) => when(after.rush.is_some(), On(Scene::Rush)),
        Event::RushFinished(_) => Anew(Scene::Formula),

        Event::AudienceOpened(_) => when(after.question.is_none(), On(Scene::Duel)),
        Event::AudienceLocked(_) => when(everybody_in(after), On(Scene::Duel)),
        Event::AudienceTallied(_) => On(Scene::Duel),

        Event::DrawOpened(_) => Anew(Scene::Draw),
        Event::DrawResolved(_) => when(after.draw.is_some(), On(Scene::Draw)),
        Event::MediaStarted(_) => when(after.media.is_some(), On(Scene::Media)),
        Event::MediaEnded(_) => {
            when(on_air == Scene::Media, On(if after.question.is_some() { Scene::Card } else { Scene::Idle }))
        }

        Event::TotalShown(_) => Anew(Scene::Total),
        Event::StandingsSet(_) if corrected(after) => On(Scene::Standings),
        Event::StandingsSet(_) => Anew(Scene::Standings),
        Event::TiebreakDecided(_) => when(after.standings.is_some(), On(Scene::Standings)),
        Event::AdvanceSet(_) => Anew(Scene::Advance),
        Event::AdvanceRevealed(_) => when(after.advance.is_some(), On(Scene::Advance)),
        Event::AwardSet(_) => Anew(Scene::Award),
        Event::AwardStepped(step) => {
            when(after.award.as_ref().is_some_and(|award| award.set.id == step.id), On(Scene::Award))
        }
        Event::SlateShown(_) => Anew(Scene::Slate),

        Event::RosterUpdated(_)
        | Event::QuestionCued(_)
        | Event::QuestionWithdrawn(_)
        | Event::MediaCued(_)
        | Event::MediaPaused(_)
        | Event::PhaseSet(_)
        | Event::SlateStepped(_)
        | Event::LowerThirdShown(_)
        | Event::LowerThirdCleared(_)
        | Event::CountdownPaused(_)
        | Event::CountdownResumed(_)
        | Event::CountdownChanged(_)
        | Event::CountdownStopped(_)
        | Event::CountdownExpired(_)
        | Event::AnswerGiven(_)
        | Event::AnswerLocked(_)
        | Event::AnswerRevealed(_)
        | Event::BuzzerClosed(_)
        | Event::ScoreCorrected(_)
        | Event::AppealOpened(_)
        | Event::AppealResolved(_)
        | Event::ShowEnded(_) => Stay,
    }
}

/// The standings on air were corrected, not set.
fn corrected(core: &Core) -> bool {
    core.standings.as_ref().is_some_and(|standings| standings.was.is_some())
}

fn when(condition: bool, then: Move) -> Move {
    if condition { then } else { Stay }
}

/// The format of the round that is open.
fn format(core: &Core) -> Option<Format> {
    core.round.as_ref().filter(|round| round.closed.is_none()).map(|round| round.opened.format)
}

/// A buzzer was won for a question that can be shown.
fn won(core: &Core) -> bool {
    core.question.is_some() && core.buzzer.as_ref().is_some_and(|buzzer| !buzzer.hits.is_empty())
}

fn big_moment(core: &Core, team: &str) -> bool {
    let risk = matches!(format(core), Some(Format::RiskChoice | Format::RiskAssigned));
    let judged = core.question.as_ref().and_then(|ask| ask.verdict.as_ref()).is_some_and(|v| v.team == team);
    let on_turn = core.turn.as_ref().is_some_and(|turn| turn.value.team == team);
    risk && judged && on_turn
}

/// The player's answer is locked and so is every numbered seat: nobody needs the card any more.
fn everybody_in(core: &Core) -> bool {
    let answered = core.question.as_ref().is_none_or(|ask| ask.answer.as_ref().is_some_and(|a| a.locked.is_some()));
    let full = |vote: &AudienceVote| vote.seats > 0 && vote.count >= vote.seats;
    answered && core.audience.as_ref().is_some_and(full)
}
