//! One round's check: who answers, for which values, by which edges, for which points.

use super::{Count, Formula, Pay, Players, RoundRulebook, Rulebook, check::Findings};
use crate::show::protocol::{play::Outcome, roster::Format};

impl Rulebook {
    pub(super) fn check_round(&self, at: &mut Findings, round: &RoundRulebook) {
        let teams = self.stage_teams();
        let asks = !matches!(round.format, Format::Showcase | Format::Written | Format::AudienceQuiz);
        at.error(!asks, "format", "is no round of questions; use the programme's Showcase, Exam or AudienceQuiz");
        at.error(round.name.is_empty(), "name", "is empty");
        at.error(round.kinds.is_empty(), "kinds", "is empty; name at least one kind of question");
        let assigned = round.format == Format::RiskAssigned;
        at.error(!assigned && round.needed(teams) == 0, "questions", "is missing or 0");
        let in_total = matches!(round.questions, Some(Count::InTotal(_)));
        let shared = round.format == Format::Buzzer;
        at.error(
            asks && !assigned && shared != in_total,
            "questions",
            "must be InTotal for a buzzer round, else PerTeam",
        );
        let by_value = round.format == Format::RiskChoice;
        at.error(!by_value && round.time_s.unwrap_or(0) == 0, "time_s", "is missing or 0");
        self.check_players(at, round);
        self.check_values(at, round);
        self.check_edges(at, round);
        self.check_pays(at, round);
        if let Some(stated) = round.stated_total {
            let needed = round.needed(teams);
            let what =
                format!("says {stated} questions in all, but {teams} teams are asked {needed}; it stands as written");
            at.notice(stated != needed, "stated_total", what);
        }
        at.silent(&round.unstated);
    }

    fn check_players(&self, at: &mut Findings, round: &RoundRulebook) {
        match &round.players {
            Players::Numbered(numbers) => {
                let wrong = numbers.iter().any(|number| *number == 0 || *number > self.players);
                at.error(
                    wrong || numbers.is_empty(),
                    "players",
                    format!("must be numbers within 1 and {}", self.players),
                );
                let count = round.per_team().unwrap_or(0) as usize;
                let what = format!("names {} players for {count} questions a team", numbers.len());
                at.error(numbers.len() != count, "players", what);
            }
            Players::Chosen { not_from } => {
                for id in not_from {
                    let known = self.rounds().any(|other| other.id == *id && other.id != round.id);
                    at.error(!known, "players", format!("must not be from round \"{id}\", which does not exist"));
                }
                let busy = not_from.len() >= self.players as usize;
                at.error(busy, "players", "leaves nobody: more rounds are excluded than a team has players");
            }
            Players::Named => {
                at.error(round.format != Format::RiskAssigned, "players", "are Named only in a risk_assigned round");
            }
            Players::Team => {}
        }
    }

    fn check_values(&self, at: &mut Findings, round: &RoundRulebook) {
        let risk = matches!(round.format, Format::RiskChoice | Format::RiskAssigned);
        at.error(risk && round.values.is_empty(), "values", "is empty; a risk round needs at least one value");
        at.error(round.values.iter().any(|value| value.time_s == 0), "values", "has a value without time");
        if let Some(taken) = round.taken {
            let known = round.values.iter().any(|value| value.points == taken);
            at.error(!known, "taken", format!("is {taken}, which is not among `values`"));
            at.notice(known, "taken", format!("records that every team took {taken}; nobody chooses otherwise"));
        }
    }

    fn check_edges(&self, at: &mut Findings, round: &RoundRulebook) {
        let assigned = round.format == Format::RiskAssigned;
        at.error(assigned && round.edges.is_empty(), "edges", "is empty; say which team names a player of which");
        at.error(!assigned && !round.edges.is_empty(), "edges", "belong to a risk_assigned round only");
        let teams = self.stage_teams();
        for edge in &round.edges {
            let (from, to) = (edge.from, edge.to);
            let wrong = from == to || !(1..=teams).contains(&from) || !(1..=teams).contains(&to);
            at.error(wrong, "edges", format!("hold {from}→{to}, which are not two teams within 1 and {teams}"));
            let back = round.edges.iter().any(|other| (other.from, other.to) == (to, from));
            at.notice(
                !wrong && !back,
                "edges",
                format!("hold {from}→{to} without {to}→{from}; pairs need not be mutual"),
            );
        }
        for team in 1..=teams {
            let named = round.edges.iter().filter(|edge| edge.to == team).count();
            let what = format!("let team {team} answer {named} times; it stands as written");
            at.notice(assigned && named != 1, "edges", what);
            let names = round.edges.iter().filter(|edge| edge.from == team).count();
            at.error(names > 1, "edges", format!("let team {team} name {names} times; a team names once"));
        }
    }

    fn check_pays(&self, at: &mut Findings, round: &RoundRulebook) {
        let rush = matches!(round.formula, Some(Formula::Rush { .. }));
        let duel = matches!(round.formula, Some(Formula::Duel { .. }));
        at.error(rush != (round.format == Format::Rush), "formula", "must be Rush in a rush round and only there");
        at.error(duel != (round.format == Format::Duel), "formula", "must be Duel in a duel round and only there");
        at.error(duel && self.audience_seats == 0, "formula", "needs challengers, but `audience_seats` is 0");
        if round.formula.is_some() {
            at.error(round.pays != super::Outcomes::default(), "pays", "must be empty where a formula pays");
            return;
        }
        for (name, outcome) in [("right", Outcome::Correct), ("wrong", Outcome::Wrong), ("timeout", Outcome::Timeout)] {
            at.error(round.pays.of(outcome).is_none(), name, "is missing in `pays`; say what it brings, if only 0");
        }
        for (name, pay) in round.pays.all() {
            let by_value = matches!(pay, Some(Pay::Value | Pay::MinusValue));
            at.error(by_value && round.values.is_empty(), name, "pays a value, but the round has no `values`");
        }
        let buzzer = round.format == Format::Buzzer;
        at.error(buzzer && round.pays.foul.is_none(), "foul", "is missing in `pays` of a buzzer round");
    }
}
