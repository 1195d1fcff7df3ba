//! The closed list of events: one table from wire name to type, from which parsing, names and schema are made.

use super::{
    ProtocolError,
    error::{quiet, short},
    play::*,
    roster::*,
    score::*,
};

macro_rules! events {
    ($($name:literal => $variant:ident($data:ty)),+ $(,)?) => {
        /// Every event of protocol.md §4.
        #[derive(Clone, Debug, PartialEq)]
        pub enum Event {
            $($variant($data)),+
        }

        impl Event {
            /// Wire names of all events, in the protocol's order.
            pub const NAMES: &[&str] = &[$($name),+];

            /// The wire name (`type`).
            pub const fn name(&self) -> &'static str {
                match self { $(Self::$variant(_) => $name),+ }
            }

            /// The event called `name` with this `data`.
            ///
            /// # Errors
            /// `UnknownType` for a name that is not in the table, `Field` naming the field that does not fit.
            pub(super) fn parse(name: &str, seq: u64, data: serde_json::Value) -> Result<Self, ProtocolError> {
                let fault = |error: serde_path_to_error::Error<serde_json::Error>| ProtocolError::Field {
                    seq,
                    event: name.to_owned(),
                    field: short(&error.path().to_string()),
                    reason: short(&quiet(name, error.inner().to_string())),
                };
                match name {
                    $($name => serde_path_to_error::deserialize(data).map(Self::$variant).map_err(fault),)+
                    _ => Err(ProtocolError::UnknownType { seq, event: short(name) }),
                }
            }

            /// The same without a word on what does not fit, which takes longer to find out.
            pub(super) fn parse_plain(name: &str, data: serde_json::Value) -> Option<Self> {
                match name {
                    $($name => serde_json::from_value(data).ok().map(Self::$variant),)+
                    _ => None,
                }
            }

            /// The event's `data` as JSON.
            pub(super) fn data(&self) -> Result<serde_json::Value, serde_json::Error> {
                match self { $(Self::$variant(data) => serde_json::to_value(data)),+ }
            }

            /// (wire name, JSON Schema of `data`) of every event; shared types go into the generator's definitions.
            pub(super) fn schemas(generator: &mut schemars::SchemaGenerator) -> Vec<(&'static str, schemars::Schema)> {
                vec![$(($name, generator.subschema_for::<$data>())),+]
            }
        }
    };
}

events! {
    "show.configured" => ShowConfigured(ShowConfigured),
    "roster.updated" => RosterUpdated(RosterUpdated),
    "draw.opened" => DrawOpened(DrawOpened),
    "draw.resolved" => DrawResolved(DrawResolved),
    "round.opened" => RoundOpened(RoundOpened),
    "round.closed" => RoundClosed(RoundClosed),
    "turn.given" => TurnGiven(TurnGiven),
    "question.cued" => QuestionCued(Question),
    "question.shown" => QuestionShown(Question),
    "phase.set" => PhaseSet(PhaseSet),
    "question.withdrawn" => QuestionWithdrawn(QuestionWithdrawn),
    "media.cued" => MediaCued(MediaCued),
    "media.started" => MediaStarted(MediaStarted),
    "media.paused" => MediaPaused(MediaId),
    "media.ended" => MediaEnded(MediaId),
    "countdown.armed" => CountdownArmed(CountdownArmed),
    "countdown.started" => CountdownStarted(CountdownEnds),
    "countdown.paused" => CountdownPaused(CountdownRemaining),
    "countdown.resumed" => CountdownResumed(CountdownEnds),
    "countdown.changed" => CountdownChanged(CountdownChanged),
    "countdown.stopped" => CountdownStopped(CountdownRemaining),
    "countdown.expired" => CountdownExpired(CountdownExpired),
    "answer.given" => AnswerGiven(AnswerGiven),
    "answer.locked" => AnswerLocked(AnswerLocked),
    "verdict.given" => VerdictGiven(VerdictGiven),
    "answer.revealed" => AnswerRevealed(AnswerRevealed),
    "buzzer.armed" => BuzzerArmed(BuzzerArmed),
    "buzzer.hit" => BuzzerHit(BuzzerHit),
    "buzzer.fouled" => BuzzerFouled(BuzzerFouled),
    "buzzer.closed" => BuzzerClosed(BuzzerClosed),
    "risk.offered" => RiskOffered(RiskOffered),
    "risk.locked" => RiskLocked(RiskLocked),
    "risk.revealed" => RiskRevealed(RiskRevealed),
    "risk.assigned" => RiskAssigned(RiskAssigned),
    "rush.progressed" => RushProgressed(RushProgressed),
    "rush.finished" => RushFinished(RushFinished),
    "audience.opened" => AudienceOpened(AudienceOpened),
    "audience.locked" => AudienceLocked(AudienceLocked),
    "audience.tallied" => AudienceTallied(AudienceTallied),
    "score.changed" => ScoreChanged(ScoreChanged),
    "score.corrected" => ScoreCorrected(ScoreCorrected),
    "appeal.opened" => AppealOpened(AppealOpened),
    "appeal.resolved" => AppealResolved(AppealResolved),
    "standings.set" => StandingsSet(StandingsSet),
    "total.shown" => TotalShown(TotalShown),
    "tiebreak.decided" => TiebreakDecided(TiebreakDecided),
    "advance.set" => AdvanceSet(AdvanceSet),
    "advance.revealed" => AdvanceRevealed(AdvanceRevealed),
    "award.set" => AwardSet(AwardSet),
    "award.stepped" => AwardStepped(AwardStepped),
    "slate.shown" => SlateShown(SlateShown),
    "slate.stepped" => SlateStepped(SlateStepped),
    "slate.cleared" => SlateCleared(SlateCleared),
    "lower_third.shown" => LowerThirdShown(LowerThirdShown),
    "lower_third.cleared" => LowerThirdCleared(LowerThirdCleared),
    "show.ended" => ShowEnded(ShowEnded),
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    #[test]
    fn an_answer_that_does_not_fit_is_not_quoted() {
        for key in [
            json!("密钥"),
            json!({"密钥": 1}),
            json!([["密钥"]]),
            json!(["A", 42]),
            json!("密钥, expected 密钥"),
            // Longer than anything that is quoted: what it is cut to is the key alone.
            json!("密钥".repeat(150)),
        ] {
            let error = Event::parse("answer.revealed", 7, json!({"key": key})).unwrap_err();
            let said = error.to_string();
            assert!(said.contains("expected") && said.contains("key"), "{said}");
            assert!(!said.contains("密钥") && !said.contains("42"), "{said}");
        }
        let large = Event::checked("answer.revealed", json!({"key": [42_000_000_000_000_000_i64]})).unwrap_err();
        let said = large.to_string();
        assert!(said.contains("key[0]") && said.contains("expected") && !said.contains("42"), "{said}");
        let missing = Event::parse("answer.revealed", 7, json!({})).unwrap_err().to_string();
        assert!(missing.contains("key"), "{missing}");
        let other = Event::parse("turn.given", 7, json!({"team": 5})).unwrap_err().to_string();
        assert!(other.contains('5'), "{other}");
    }
}
