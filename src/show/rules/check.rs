//! What the types of a rulebook cannot say: errors, and notices about a document that contradicts itself or is silent.

use std::{collections::BTreeSet, fmt};

use serde_json::Value;

use super::{Field, Moment, Pool, Remark, Rulebook, Winners};
use crate::show::{
    limits::{RULES_MOMENTS, RULES_NUMBER},
    protocol::{Points, limits::SEATS, roster::Format, score::TieBreak},
    told::{Told, Words},
};

/// Whether a contest can be held by it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Level {
    /// It cannot: the rulebook must be mended.
    Error,
    /// It can, as it stands; somebody should know.
    Notice,
}

/// One sentence about a rulebook.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Finding {
    pub level: Level,
    /// Id of the round, exam, showcase, award or draw; `None` for the rulebook itself.
    pub round: Option<String>,
    /// The field as it is called in the file.
    pub field: String,
    pub what: Remark,
}

impl fmt::Display for Finding {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.round {
            Some(round) => write!(f, "round \"{round}\": `{}` {}", self.field, self.what),
            None => write!(f, "the rulebook: `{}` {}", self.field, self.what),
        }
    }
}

impl Told for Finding {
    fn words(&self) -> Words {
        let words = match &self.round {
            Some(round) => Words::new("rules-round").with("round", round),
            None => Words::new("rules-head"),
        };
        words.with("field", &self.field).with("what", self.what.words())
    }
}

/// Collects findings for one place.
pub(super) struct Findings<'a> {
    list: &'a mut Vec<Finding>,
    round: Option<&'a str>,
}

impl Findings<'_> {
    pub fn add(&mut self, level: Level, field: &str, what: Remark) {
        let round = self.round.map(str::to_owned);
        self.list.push(Finding { level, round, field: field.to_owned(), what });
    }

    pub fn error(&mut self, wrong: bool, field: &str, what: Remark) {
        if wrong {
            self.add(Level::Error, field, what);
        }
    }

    pub fn notice(&mut self, noted: bool, field: &str, what: Remark) {
        if noted {
            self.add(Level::Notice, field, what);
        }
    }

    pub fn silent(&mut self, fields: &[Field]) {
        for field in fields {
            let name = serde_json::to_value(field).ok().and_then(|name| name.as_str().map(str::to_owned));
            let name = name.unwrap_or_default();
            self.add(Level::Notice, &name, Remark::Unstated);
        }
    }
}

/// Teams a contest may have.
const TEAMS: std::ops::RangeInclusive<u32> = 2..=40;

impl Rulebook {
    /// Every sentence about this rulebook, errors and notices, in the order of the file.
    pub fn check(&self) -> Vec<Finding> {
        let mut list = Vec::new();
        // What has figures beyond all measure is judged no further.
        if let Some(beyond) = self.beyond() {
            return vec![beyond];
        }
        self.check_head(&mut Findings { list: &mut list, round: None });
        let mut ids = BTreeSet::new();
        let mut awards = BTreeSet::new();
        for moment in &self.program {
            if let Some(id) = id(moment) {
                let mut at = Findings { list: &mut list, round: Some(id) };
                at.error(id.is_empty(), "id", Remark::EmptyId);
                at.error(!ids.insert(id.to_owned()), "id", Remark::IdTwice);
                self.check_moment(&mut at, moment, &awards);
                if let Moment::Award(award) = moment {
                    awards.insert(award.id.clone());
                }
            }
        }
        list
    }

    /// The first figure that no contest can mean: a simulation would count up to it.
    fn beyond(&self) -> Option<Finding> {
        let found = |field: String, number: String, most: u64| Finding {
            level: Level::Error,
            round: None,
            field,
            what: Remark::Beyond { number, most },
        };
        if self.program.len() > RULES_MOMENTS {
            let number = self.program.len().to_string();
            return Some(found("program".to_owned(), number, RULES_MOMENTS as u64));
        }
        let value = serde_json::to_value(self).unwrap_or_default();
        let (field, number) = largest(&value, "")?;
        Some(found(field, number, RULES_NUMBER))
    }

    fn check_head(&self, at: &mut Findings) {
        at.error(self.id.is_empty() || !self.id.is_ascii(), "id", Remark::NotAscii);
        at.error(self.title.is_empty(), "title", Remark::EmptyTitle);
        at.error(
            !TEAMS.contains(&self.teams),
            "teams",
            Remark::Teams { teams: self.teams, least: *TEAMS.start(), most: *TEAMS.end() },
        );
        at.error(self.on_stage.is_some_and(|on| on < 2 || on > self.teams), "on_stage", Remark::OnStage);
        at.error(self.players == 0, "players", Remark::NoPlayers);
        let seats = Remark::Seats { seats: self.audience_seats, most: SEATS };
        at.error(self.audience_seats > SEATS, "audience_seats", seats);
        at.error(self.program.is_empty(), "program", Remark::EmptyProgram);
        if let Some(weights) = self.weights {
            let sum = weights.written + weights.stage;
            at.error(sum != Points::whole(100), "weights", Remark::Weights { sum });
            at.error(self.written.is_none(), "weights", Remark::WeightsOfNothing);
        }
        for group in &self.groups {
            let wrong = group.from == 0 || group.from > group.to || group.to > self.teams;
            at.error(wrong, "groups", Remark::Group { group: group.name.clone(), teams: self.teams });
        }
        let needs_written = self.tie_order.iter().any(|key| *key != TieBreak::Playoff);
        at.error(needs_written && self.written.is_none(), "tie_order", Remark::WrittenKey);
        let playoff = self.program.iter().any(|moment| matches!(moment, Moment::Tiebreak(_)));
        let wants = self.tie_order.contains(&TieBreak::Playoff);
        at.error(wants != playoff, "tie_order", Remark::Playoff);
        if let Some(named) = self.teams_named {
            let what = Remark::Named { teams: self.teams, named };
            at.notice(named != self.teams, "teams_named", what);
        }
        if let (Some(written), Some(_)) = (&self.written, self.weights) {
            let what = Remark::NotNormalised { full: written.full, base: self.base_score };
            at.notice(self.base_score > written.full, "weights", what);
        }
        at.silent(&self.unstated);
    }

    fn check_moment(&self, at: &mut Findings, moment: &Moment, awards: &BTreeSet<String>) {
        match moment {
            Moment::Round(round) => self.check_round(at, round),
            Moment::Tiebreak(tiebreak) => {
                at.error(tiebreak.round.format != Format::Buzzer, "format", Remark::PlayoffFormat);
                at.error(tiebreak.round.counts, "counts", Remark::PlayoffCounts);
                self.check_round(at, &tiebreak.round);
            }
            Moment::Draw(draw) => {
                let there = match &draw.pool {
                    Pool::Teams => self.teams,
                    Pool::Listed(list) => u32::try_from(list.len()).unwrap_or(u32::MAX),
                    Pool::Players { from, to } => {
                        // Players of all teams, from the best on.
                        let people = self.teams.saturating_mul(self.players);
                        let wrong = *from == 0 || from > to || *to > people;
                        at.error(wrong, "pool", Remark::Pool { from: *from, to: *to, people });
                        to.min(&people).saturating_add(1).saturating_sub((*from).max(1))
                    }
                };
                let what = Remark::Slots { slots: draw.slots, there };
                at.error(draw.slots == 0 || draw.slots > there, "slots", what);
            }
            Moment::Exam(exam) => {
                at.error(self.written.is_none(), "written", Remark::NoWritten);
                at.error(exam.name.is_empty(), "name", Remark::Empty);
            }
            Moment::Showcase(showcase) => {
                at.error(showcase.themes.is_empty(), "themes", Remark::NoThemes);
                at.error(showcase.time_s == 0, "time_s", Remark::NoTime);
                at.silent(&showcase.unstated);
            }
            Moment::AudienceQuiz(quiz) => {
                at.error(quiz.kinds.is_empty(), "kinds", Remark::NoKinds);
                at.error(quiz.questions == 0, "questions", Remark::Zero);
                at.error(quiz.voters == 0, "voters", Remark::NoVoters);
                at.silent(&quiz.unstated);
            }
            Moment::Advance(advance) => {
                let wrong = advance.slots == 0 || advance.slots > self.teams;
                at.error(wrong, "slots", Remark::Advance { slots: advance.slots, teams: self.teams });
            }
            Moment::Award(award) => {
                self.check_winners(at, &award.winners, awards);
                at.silent(&award.unstated);
            }
            _ => {}
        }
    }

    fn check_winners(&self, at: &mut Findings, winners: &Winners, awards: &BTreeSet<String>) {
        let groups = u32::try_from(self.groups.len()).unwrap_or(u32::MAX);
        let places = |from: u32, to: u32, most: u32| from == 0 || from > to || to > most;
        let known = |name: &String| self.groups.iter().any(|group| group.name == *name);
        match winners {
            Winners::Teams { from, to } => {
                at.error(places(*from, *to, self.teams), "winners", Remark::PlacesOfTeams);
            }
            Winners::Groups { from, to } => {
                at.error(places(*from, *to, groups), "winners", Remark::PlacesOfGroups);
            }
            Winners::PlayersOf { group, .. } => {
                at.error(!known(group), "winners", Remark::UnknownGroup { group: group.clone() });
            }
            Winners::PlayersOfEach { except, .. } => {
                at.error(self.groups.is_empty(), "winners", Remark::NoGroups);
                if let Some(id) = except.as_ref().filter(|id| !awards.contains(*id)) {
                    at.add(Level::Error, "winners", Remark::UnknownAward { award: id.clone() });
                }
            }
            Winners::PlayersPercent(percent) => {
                at.error(*percent == 0 || *percent > 100, "winners", Remark::Percent);
            }
            Winners::Players(_) | Winners::ByJury(_) => {}
        }
    }
}

/// The first whole number beyond [`RULES_NUMBER`], and where it stands.
fn largest(value: &Value, path: &str) -> Option<(String, String)> {
    let deeper = |key: &str| if path.is_empty() { key.to_owned() } else { format!("{path}.{key}") };
    match value {
        Value::Number(number) => {
            let beyond = number.as_f64().is_none_or(|number| number.abs() > RULES_NUMBER as f64);
            beyond.then(|| (path.to_owned(), number.to_string()))
        }
        Value::Array(list) => list.iter().enumerate().find_map(|(i, item)| largest(item, &format!("{path}[{i}]"))),
        Value::Object(fields) => fields.iter().find_map(|(key, field)| largest(field, &deeper(key))),
        _ => None,
    }
}

/// The id of what has one.
fn id(moment: &Moment) -> Option<&str> {
    match moment {
        Moment::Round(round) => Some(&round.id),
        Moment::Tiebreak(tiebreak) => Some(&tiebreak.round.id),
        Moment::Exam(exam) => Some(&exam.id),
        Moment::Showcase(showcase) => Some(&showcase.id),
        Moment::AudienceQuiz(quiz) => Some(&quiz.id),
        Moment::Award(award) => Some(&award.id),
        Moment::Draw(draw) => Some(&draw.title),
        Moment::Advance(advance) => Some(&advance.title),
        _ => None,
    }
}
