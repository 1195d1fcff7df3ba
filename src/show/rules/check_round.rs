//! One round's check: who answers, for which values, by which edges, for which points.

use super::{Count, Formula, Pay, Players, Remark, RoundRulebook, Rulebook, check::Findings};
use crate::show::protocol::{play::Outcome, roster::Format};

impl Rulebook {
    pub(super) fn check_round(&self, at: &mut Findings, round: &RoundRulebook) {
        let teams = self.stage_teams();
        let asks = !matches!(round.format, Format::Showcase | Format::Written | Format::AudienceQuiz);
        at.error(!asks, "format", Remark::NoQuestionRound);
        at.error(round.name.is_empty(), "name", Remark::Empty);
        at.error(round.kinds.is_empty(), "kinds", Remark::NoKinds);
        let assigned = round.format == Format::RiskAssigned;
        at.error(!assigned && round.needed(teams) == 0, "questions", Remark::MissingOrZero);
        let in_total = matches!(round.questions, Some(Count::InTotal(_)));
        let shared = round.format == Format::Buzzer;
        at.error(asks && !assigned && shared != in_total, "questions", Remark::Count);
        let by_value = round.format == Format::RiskChoice;
        at.error(!by_value && round.time_s.unwrap_or(0) == 0, "time_s", Remark::MissingOrZero);
        self.check_players(at, round);
        self.check_values(at, round);
        self.check_edges(at, round);
        self.check_pays(at, round);
        if let Some(stated) = round.stated_total {
            let needed = round.needed(teams);
            let what = Remark::StatedTotal { stated, teams, needed };
            at.notice(stated != needed, "stated_total", what);
        }
        at.silent(&round.unstated);
    }

    fn check_players(&self, at: &mut Findings, round: &RoundRulebook) {
        match &round.players {
            Players::Numbered(numbers) => {
                let wrong = numbers.iter().any(|number| *number == 0 || *number > self.players);
                at.error(wrong || numbers.is_empty(), "players", Remark::Numbers { players: self.players });
                let count = round.per_team().unwrap_or(0) as usize;
                let what = Remark::NumbersCount { players: numbers.len(), count };
                at.error(numbers.len() != count, "players", what);
            }
            Players::Chosen { not_from } => {
                for id in not_from {
                    let known = self.rounds().any(|other| other.id == *id && other.id != round.id);
                    at.error(!known, "players", Remark::UnknownRound { other: id.clone() });
                }
                let busy = not_from.len() >= self.players as usize;
                at.error(busy, "players", Remark::Nobody);
            }
            Players::Named => {
                at.error(round.format != Format::RiskAssigned, "players", Remark::NamedOnlyAssigned);
            }
            Players::Team => {}
        }
    }

    fn check_values(&self, at: &mut Findings, round: &RoundRulebook) {
        let risk = matches!(round.format, Format::RiskChoice | Format::RiskAssigned);
        at.error(risk && round.values.is_empty(), "values", Remark::NoValues);
        at.error(round.values.iter().any(|value| value.time_s == 0), "values", Remark::ValueWithoutTime);
        if let Some(taken) = round.taken {
            let known = round.values.iter().any(|value| value.points == taken);
            at.error(!known, "taken", Remark::TakenUnknown { taken });
            at.notice(known, "taken", Remark::Taken { taken });
        }
    }

    fn check_edges(&self, at: &mut Findings, round: &RoundRulebook) {
        let assigned = round.format == Format::RiskAssigned;
        at.error(assigned && round.edges.is_empty(), "edges", Remark::NoEdges);
        at.error(!assigned && !round.edges.is_empty(), "edges", Remark::EdgesOnlyAssigned);
        let teams = self.stage_teams();
        for edge in &round.edges {
            let (from, to) = (edge.from, edge.to);
            let wrong = from == to || !(1..=teams).contains(&from) || !(1..=teams).contains(&to);
            at.error(wrong, "edges", Remark::EdgeTeams { from, to, teams });
            let back = round.edges.iter().any(|other| (other.from, other.to) == (to, from));
            at.notice(!wrong && !back, "edges", Remark::EdgeOneWay { from, to });
        }
        for team in 1..=teams {
            let named = round.edges.iter().filter(|edge| edge.to == team).count();
            let what = Remark::EdgeAnswers { team, named };
            at.notice(assigned && named != 1, "edges", what);
            let names = round.edges.iter().filter(|edge| edge.from == team).count();
            at.error(names > 1, "edges", Remark::EdgeNames { team, names });
        }
    }

    fn check_pays(&self, at: &mut Findings, round: &RoundRulebook) {
        let rush = matches!(round.formula, Some(Formula::Rush { .. }));
        let duel = matches!(round.formula, Some(Formula::Duel { .. }));
        at.error(rush != (round.format == Format::Rush), "formula", Remark::RushFormula);
        at.error(duel != (round.format == Format::Duel), "formula", Remark::DuelFormula);
        at.error(duel && self.audience_seats == 0, "formula", Remark::NoChallengers);
        if round.formula.is_some() {
            at.error(round.pays != super::Outcomes::default(), "pays", Remark::FormulaPays);
            return;
        }
        for (name, outcome) in [("right", Outcome::Correct), ("wrong", Outcome::Wrong), ("timeout", Outcome::Timeout)] {
            at.error(round.pays.of(outcome).is_none(), name, Remark::NoPay);
        }
        for (name, pay) in round.pays.all() {
            let by_value = matches!(pay, Some(Pay::Value | Pay::MinusValue));
            at.error(by_value && round.values.is_empty(), name, Remark::PayWithoutValues);
        }
        let buzzer = round.format == Format::Buzzer;
        at.error(buzzer && round.pays.foul.is_none(), "foul", Remark::NoFoul);
    }
}
