//! Risk: values locked and revealed, then played for; or players named by a rival, with the case as a clip.

use super::{SimulateError, ask::Asked, contest::Contest};
use crate::show::{
    protocol::{
        Event, Points,
        play::{MediaCued, MediaId, MediaStarted, QuestionKind},
        score::{RiskAssigned, RiskLocked, RiskOffered, RiskRevealed},
    },
    rules::{Reveal, RoundRulebook, Value},
};

/// SHA-256 of nothing: a simulated clip has no file.
const EMPTY: &str = "e3b0c44298fc1c149afbf4c8996fb92427ae41e4649b934ca495991b7852b855";

impl Contest<'_> {
    pub fn risk_choice(&mut self, round: &RoundRulebook) -> Result<(), SimulateError> {
        let teams = self.stage();
        let count = round.per_team().unwrap_or(1);
        let questions = self.stock.take(&round.id, &round.kinds, round.needed(self.book.stage_teams()))?;
        self.desk.say(Event::RiskOffered(RiskOffered { values: round.values.iter().map(|v| v.points).collect() }));
        self.desk.wait(2_400);
        let taken: Vec<Value> = (0..teams).filter_map(|_| self.takes(round)).collect();
        for (team, value) in taken.iter().enumerate() {
            self.desk.say(Event::RiskLocked(RiskLocked { team: self.team_id(team) }));
            self.desk.wait(900);
            if round.reveal == Reveal::InTurn {
                self.desk.say(Event::RiskRevealed(RiskRevealed { team: self.team_id(team), value: value.points }));
                self.desk.wait(1_500);
            }
        }
        if round.reveal == Reveal::Together {
            self.desk.wait(1_600);
            for (team, value) in taken.iter().enumerate() {
                self.desk.say(Event::RiskRevealed(RiskRevealed { team: self.team_id(team), value: value.points }));
            }
        }
        self.desk.wait(4_000);
        for (at, question) in questions.into_iter().enumerate() {
            let team = at % teams.max(1);
            let Some(value) = taken.get(team) else { continue };
            let player = self.who(round, team, at / teams.max(1));
            self.played(&round.id, team, player);
            self.cue(question, Some(value.points));
            let no = (count > 1).then(|| (u32::try_from(at / teams.max(1)).unwrap_or(0) + 1, count));
            self.turn(team, Some(player), no);
            self.desk.wait(1_400);
            self.ask(round, Asked { team, player, question, value: Some(value.points), time_s: value.time_s });
        }
        Ok(())
    }

    /// The value that was taken on the day, or the one this team dares.
    fn takes(&mut self, round: &RoundRulebook) -> Option<Value> {
        let recorded = round.taken.and_then(|taken| round.values.iter().find(|value| value.points == taken));
        let dared = self.rng.usize(0..round.values.len().max(1));
        recorded.or_else(|| round.values.get(dared)).copied()
    }

    pub fn risk_assigned(&mut self, round: &RoundRulebook) -> Result<(), SimulateError> {
        let questions = self.stock.take(&round.id, &round.kinds, round.needed(self.book.stage_teams()))?;
        let value = round.values.first().copied().unwrap_or(Value { points: Points::ZERO, time_s: 60 });
        let mut named = Vec::new();
        for edge in &round.edges {
            let (from, to) = (edge.from as usize - 1, edge.to as usize - 1);
            let player = self.who(round, to, 0);
            let assigned =
                RiskAssigned { from: self.team_id(from), to: self.team_id(to), player: self.player_id(to, player) };
            self.desk.say(Event::RiskAssigned(assigned));
            self.desk.wait(2_800);
            named.push((to, player));
        }
        self.desk.wait(1_600);
        for ((team, player), question) in named.into_iter().zip(questions) {
            self.played(&round.id, team, player);
            self.cue(question, Some(value.points));
            self.turn(team, Some(player), None);
            self.desk.wait(1_600);
            if round.video {
                let (title, length) =
                    (self.words.video.clone(), super::ask::reading(&question.stem, QuestionKind::Case));
                self.clip(&question.id, &title, length);
            }
            self.ask(round, Asked { team, player, question, value: Some(value.points), time_s: value.time_s });
        }
        Ok(())
    }

    /// A clip from its cue to its end, ms.
    pub fn clip(&mut self, id: &str, title: &str, length_ms: i64) {
        let id = format!("clip-{id}");
        let pace = i64::from(self.options.pace.max(1));
        let cued = MediaCued {
            id: id.clone(),
            path: None,
            url: None,
            sha256: EMPTY.to_owned(),
            title: Some(title.to_owned()),
            duration_us: Some(length_ms * 1_000_000 / pace),
        };
        self.desk.say(Event::MediaCued(cued));
        self.desk.wait(900);
        let at = self.desk.at;
        self.desk.say(Event::MediaStarted(MediaStarted { id: id.clone(), at }));
        self.desk.wait(length_ms);
        self.desk.say(Event::MediaEnded(MediaId { id }));
        self.desk.wait(900);
    }
}
