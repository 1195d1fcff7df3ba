//! One event in the operator's words: what it will do, not what it is called.

use crate::show::{
    protocol::{
        Event,
        play::{Outcome, Phase, QuestionKind},
        roster::{Player, Team},
        score::{ScoreChanged, SlateKind, TieBreak},
    },
    provenance::Heard,
    state::{Core, Show},
    time::Instant,
    told::Words,
};

/// The verdict that tells its score, too.
pub(super) const VERDICT_SCORE: &str = "next-verdict-score";

/// The clause of an event; `show` is the fold with it, `score` what a verdict brings. None for what nobody sees.
pub(super) fn of(heard: &Heard<'_>, show: &Show, score: Option<&ScoreChanged>) -> Option<Words> {
    let core = &show.core;
    let words = match heard.event {
        Event::VerdictGiven(it) => {
            let verdict = |key| Words::new(key).with("outcome", outcome(it.outcome)).with("team", team(core, &it.team));
            match (score, it.delta) {
                (Some(score), _) => {
                    verdict(VERDICT_SCORE).with("delta", score.delta.signed()).with("after", score.after)
                }
                (None, Some(delta)) => verdict("next-verdict-delta").with("delta", delta.signed()),
                (None, None) => verdict("next-verdict"),
            }
        }
        event => play(event, heard.at, core).or_else(|| contest(event, core)).or_else(|| course(event, core))?,
    };
    Some(match heard.corrects {
        Some(of) => Words::new("next-corrects").with("of", of).with("what", words),
        None => words,
    })
}

/// Question, clip, clock, answer and buzzer.
fn play(event: &Event, at: Instant, core: &Core) -> Option<Words> {
    let seconds = |us: i64| {
        let tenths = (us + 50_000).div_euclid(100_000);
        if tenths % 10 == 0 { (tenths / 10).to_string() } else { format!("{}.{}", tenths / 10, tenths % 10) }
    };
    let rest = |key, us: i64| Words::new(key).with("seconds", seconds(us));
    let until = |key, ends_at: i64| rest(key, ends_at.saturating_sub(at).max(0));
    Some(match event {
        Event::QuestionShown(it) => {
            let turn = core.turn.as_ref().and_then(|turn| turn.value.question_no);
            match turn {
                Some(number) => Words::new("next-question-no").with("number", number).with("kind", kind(it.kind)),
                None => Words::new("next-question").with("kind", kind(it.kind)),
            }
        }
        Event::PhaseSet(it) => Words::new(match it.phase {
            Phase::Reading => "next-phase-reading",
            Phase::Discussion => "next-phase-discussion",
            Phase::Answering => "next-phase-answering",
        }),
        Event::QuestionWithdrawn(it) => Words::new("next-withdrawn").with("reason", it.reason.as_str()),
        Event::MediaStarted(it) => Words::new("next-media-started").with("title", clip(core, &it.id)),
        Event::MediaPaused(it) => Words::new("next-media-paused").with("title", clip(core, &it.id)),
        Event::MediaEnded(it) => Words::new("next-media-ended").with("title", clip(core, &it.id)),
        Event::CountdownArmed(it) => rest("next-clock-armed", it.duration_us),
        Event::CountdownStarted(it) => until("next-clock-started", it.ends_at),
        Event::CountdownResumed(it) => until("next-clock-resumed", it.ends_at),
        Event::CountdownPaused(it) => rest("next-clock-paused", it.remaining_us),
        Event::CountdownStopped(it) => rest("next-clock-stopped", it.remaining_us),
        Event::CountdownChanged(it) => match (it.ends_at, it.remaining_us) {
            (Some(ends_at), _) => until("next-clock-changed", ends_at),
            (None, left) => rest("next-clock-changed", left.unwrap_or(0)),
        },
        Event::CountdownExpired(_) => Words::new("next-clock-expired"),
        Event::AnswerGiven(it) => {
            let said = if it.choice.is_empty() { it.text.clone().unwrap_or_default() } else { it.choice.join("") };
            Words::new("next-answer").with("team", team(core, &it.team)).with("answer", brief(&said))
        }
        Event::AnswerLocked(_) => Words::new("next-locked"),
        Event::AnswerRevealed(it) => Words::new("next-key").with("key", brief(&it.key.join(""))),
        Event::BuzzerArmed(_) => Words::new("next-buzzer-armed"),
        Event::BuzzerHit(it) if it.order == 1 => Words::new("next-buzzer-hit").with("team", team(core, &it.team)),
        Event::BuzzerHit(it) => {
            Words::new("next-buzzer-later").with("team", team(core, &it.team)).with("order", it.order)
        }
        Event::BuzzerFouled(it) => Words::new("next-buzzer-fouled").with("team", team(core, &it.team)),
        _ => return None,
    })
}

/// Risk, speed round, audience, score and judging.
fn contest(event: &Event, core: &Core) -> Option<Words> {
    let of = |key, id: &str| Words::new(key).with("team", team(core, id));
    Some(match event {
        Event::RiskOffered(it) => {
            let values: Vec<String> = it.values.iter().map(ToString::to_string).collect();
            Words::new("next-risk-offered").with("values", values.join(" / "))
        }
        Event::RiskLocked(it) => of("next-risk-locked", &it.team),
        Event::RiskRevealed(it) => of("next-risk-revealed", &it.team).with("value", it.value),
        Event::RiskAssigned(it) => of("next-risk-assigned", &it.from).with("to", team(core, &it.to)),
        Event::RushProgressed(it) => match it.outcome {
            Some(came) => Words::new("next-rush-outcome").with("index", it.index).with("outcome", outcome(came)),
            None => Words::new("next-rush-question").with("index", it.index),
        },
        Event::RushFinished(it) => of("next-rush-finished", &it.team)
            .with("correct", it.correct)
            .with("of", it.of)
            .with("remaining", it.remaining_s)
            .with("score", it.score.signed()),
        Event::AudienceOpened(it) => {
            Words::new("next-audience-opened").with("size", it.size.or(it.seats).unwrap_or_default())
        }
        Event::AudienceTallied(it) => {
            Words::new("next-audience-tallied").with("right", it.right).with("wrong", it.wrong).with("n", it.n)
        }
        Event::ScoreChanged(it) => of("next-score", &it.team).with("delta", it.delta.signed()).with("after", it.after),
        Event::ScoreCorrected(it) => {
            of("next-score-corrected", &it.team).with("before", it.before).with("after", it.after)
        }
        Event::AppealOpened(it) => of("next-appeal-opened", &it.team),
        Event::AppealResolved(it) => Words::new("next-appeal-resolved").with("outcome", it.outcome.as_str()),
        Event::StandingsSet(it) => Words::new("next-standings").with("title", it.title.as_str()),
        Event::TotalShown(it) => of("next-total", &it.team).with("total", it.total),
        Event::TiebreakDecided(it) => Words::new(match it.by {
            TieBreak::Written => "next-tie-written",
            TieBreak::GeneralWritten => "next-tie-general",
            TieBreak::Playoff => "next-tie-playoff",
        }),
        _ => return None,
    })
}

/// The evening's course: rounds, turns, draws, reveals, slates.
fn course(event: &Event, core: &Core) -> Option<Words> {
    Some(match event {
        Event::ShowConfigured(it) => Words::new("next-configured").with("title", it.title.as_str()),
        Event::DrawOpened(it) => Words::new("next-draw").with("title", it.title.as_str()),
        Event::DrawResolved(it) => {
            let slot = core.team(&it.slot).map_or(it.slot.as_str(), Team::brief);
            Words::new("next-drawn").with("slot", slot).with("value", it.value.as_str())
        }
        Event::RoundOpened(it) => {
            let name = if it.subtitle.is_empty() { it.name.clone() } else { format!("{}·{}", it.name, it.subtitle) };
            Words::new("next-round").with("name", name)
        }
        Event::RoundClosed(_) => Words::new("next-round-closed"),
        Event::TurnGiven(it) => {
            let team = team(core, &it.team);
            match it.player.as_deref() {
                Some(id) => {
                    let player = core.player(id).map_or_else(|| Words::text(id), named);
                    Words::new("next-turn-player").with("team", team).with("player", player)
                }
                None => Words::new("next-turn").with("team", team),
            }
        }
        Event::AdvanceSet(it) => Words::new("next-advance").with("slots", it.slots),
        Event::AdvanceRevealed(it) => {
            Words::new("next-advance-revealed").with("slot", it.slot).with("team", team(core, &it.team))
        }
        Event::AwardSet(it) => Words::new("next-award").with("title", it.title.as_str()),
        Event::AwardStepped(it) => match (it.page, it.row) {
            (Some(page), _) => Words::new("next-award-page").with("page", page),
            (None, row) => Words::new("next-award-row").with("row", row.unwrap_or_default()),
        },
        Event::SlateShown(it) => Words::new("next-slate").with("kind", slate(it.kind)).with("title", it.title.as_str()),
        Event::SlateStepped(it) => Words::new("next-slate-line").with("line", it.line),
        Event::SlateCleared(_) => Words::new("next-slate-cleared"),
        Event::LowerThirdShown(it) => Words::new("next-lower-third").with("title", it.title.as_str()),
        Event::LowerThirdCleared(_) => Words::new("next-lower-third-cleared"),
        Event::ShowEnded(_) => Words::new("next-ended"),
        _ => return None,
    })
}

impl Team {
    /// The name for narrow places, else the whole one.
    fn brief(&self) -> &str {
        self.short.as_deref().filter(|short| !short.is_empty()).unwrap_or(&self.name)
    }
}

/// A player by name; by number where the roster names nobody.
fn named(player: &Player) -> Words {
    match player.name.as_str() {
        "" => Words::new("next-player").with("number", player.number),
        name => Words::text(name),
    }
}

/// A team by the name that the operator knows it by; by its id where the roster has none.
pub(super) fn team<'a>(core: &'a Core, id: &'a str) -> &'a str {
    core.team(id).map_or(id, Team::brief)
}

/// A clip by its title, else by its id.
fn clip<'a>(core: &'a Core, id: &'a str) -> &'a str {
    let known = [core.media.as_ref().map(|media| &media.cued), core.media_cued.as_ref()];
    let cued = known.into_iter().flatten().find(|cued| cued.id == id);
    cued.and_then(|cued| cued.title.as_deref()).unwrap_or(id)
}

/// So many characters of an answer are enough to know it again.
const BRIEF: usize = 16;

fn brief(text: &str) -> String {
    let mut start: String = text.chars().take(BRIEF).collect();
    if start.len() < text.len() {
        start.push('…');
    }
    start
}

pub(super) fn outcome(outcome: Outcome) -> Words {
    Words::new(match outcome {
        Outcome::Correct => "next-outcome-correct",
        Outcome::Wrong => "next-outcome-wrong",
        Outcome::Timeout => "next-outcome-timeout",
        Outcome::Incomplete => "next-outcome-incomplete",
        Outcome::Prompted => "next-outcome-prompted",
        Outcome::Foul => "next-outcome-foul",
        Outcome::Void => "next-outcome-void",
    })
}

pub(super) fn kind(kind: QuestionKind) -> Words {
    Words::new(match kind {
        QuestionKind::Single => "next-kind-single",
        QuestionKind::Multi => "next-kind-multi",
        QuestionKind::Judge => "next-kind-judge",
        QuestionKind::Fill => "next-kind-fill",
        QuestionKind::Short => "next-kind-short",
        QuestionKind::Case => "next-kind-case",
    })
}

fn slate(kind: SlateKind) -> Words {
    Words::new(match kind {
        SlateKind::Title => "next-slate-title",
        SlateKind::Rules => "next-slate-rules",
        SlateKind::Showcase => "next-slate-showcase",
        SlateKind::Interlude => "next-slate-interlude",
        SlateKind::Tabulating => "next-slate-tabulating",
        SlateKind::Notary => "next-slate-notary",
        SlateKind::AudienceQuiz => "next-slate-audience-quiz",
        SlateKind::Photo => "next-slate-photo",
        SlateKind::Message => "next-slate-message",
        SlateKind::Lineup => "next-slate-lineup",
        SlateKind::Thanks => "next-slate-thanks",
    })
}
