//! What the types of a rulebook cannot say: errors, and notices about a document that contradicts itself or is silent.

use std::collections::BTreeSet;

use super::{Field, Moment, Pool, Rulebook, Winners};
use crate::show::protocol::{Points, limits::SEATS, roster::Format, score::TieBreak};

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
    pub what: String,
}

impl Finding {
    /// The whole sentence.
    pub fn text(&self) -> String {
        match &self.round {
            Some(round) => format!("round \"{round}\": `{}` {}", self.field, self.what),
            None => format!("the rulebook: `{}` {}", self.field, self.what),
        }
    }
}

/// Collects findings for one place.
pub(super) struct Findings<'a> {
    list: &'a mut Vec<Finding>,
    round: Option<&'a str>,
}

impl Findings<'_> {
    pub fn add(&mut self, level: Level, field: &str, what: impl Into<String>) {
        let round = self.round.map(str::to_owned);
        self.list.push(Finding { level, round, field: field.to_owned(), what: what.into() });
    }

    pub fn error(&mut self, wrong: bool, field: &str, what: impl Into<String>) {
        if wrong {
            self.add(Level::Error, field, what);
        }
    }

    pub fn notice(&mut self, noted: bool, field: &str, what: impl Into<String>) {
        if noted {
            self.add(Level::Notice, field, what);
        }
    }

    pub fn silent(&mut self, fields: &[Field]) {
        for field in fields {
            let name = serde_json::to_value(field).ok().and_then(|name| name.as_str().map(str::to_owned));
            let name = name.unwrap_or_default();
            self.add(Level::Notice, &name, "is not stated by the document; its figure is assumed for rehearsals");
        }
    }
}

/// Teams a contest may have.
const TEAMS: std::ops::RangeInclusive<u32> = 2..=40;

impl Rulebook {
    /// Every sentence about this rulebook, errors and notices, in the order of the file.
    pub fn check(&self) -> Vec<Finding> {
        let mut list = Vec::new();
        self.check_head(&mut Findings { list: &mut list, round: None });
        let mut ids = BTreeSet::new();
        let mut awards = BTreeSet::new();
        for moment in &self.program {
            if let Some(id) = id(moment) {
                let mut at = Findings { list: &mut list, round: Some(id) };
                at.error(id.is_empty(), "id", "is empty; give it a short name of its own");
                at.error(!ids.insert(id.to_owned()), "id", "is used twice; give each its own");
                self.check_moment(&mut at, moment, &awards);
                if let Moment::Award(award) = moment {
                    awards.insert(award.id.clone());
                }
            }
        }
        list
    }

    fn check_head(&self, at: &mut Findings) {
        at.error(self.id.is_empty() || !self.id.is_ascii(), "id", "must be a short ASCII name");
        at.error(self.title.is_empty(), "title", "is empty; the title slate needs it");
        at.error(!TEAMS.contains(&self.teams), "teams", format!("is {}, must lie within 2 and 40", self.teams));
        at.error(
            self.on_stage.is_some_and(|on| on < 2 || on > self.teams),
            "on_stage",
            "must lie within 2 and `teams`",
        );
        at.error(self.players == 0, "players", "is 0; a team needs at least one player");
        let seats = format!("is {}; at most {SEATS} are drawn one by one", self.audience_seats);
        at.error(self.audience_seats > SEATS, "audience_seats", seats);
        at.error(self.program.is_empty(), "program", "is empty; nothing would happen");
        if let Some(weights) = self.weights {
            let sum = weights.written + weights.stage;
            at.error(sum != Points::whole(100), "weights", format!("add up to {sum} percent, must be 100"));
            at.error(self.written.is_none(), "weights", "weigh a written part that is not there; add `written`");
        }
        for group in &self.groups {
            let wrong = group.from == 0 || group.from > group.to || group.to > self.teams;
            at.error(wrong, "groups", format!("\"{}\" must be teams within 1 and {}", group.name, self.teams));
        }
        let needs_written = self.tie_order.iter().any(|key| *key != TieBreak::Playoff);
        at.error(
            needs_written && self.written.is_none(),
            "tie_order",
            "names a written key, but there is no `written`",
        );
        let playoff = self.program.iter().any(|moment| matches!(moment, Moment::Tiebreak(_)));
        let wants = self.tie_order.contains(&TieBreak::Playoff);
        at.error(wants != playoff, "tie_order", "and the programme must both have a playoff, or neither");
        if let Some(named) = self.teams_named {
            let what = format!("says that the document counts {} teams and names {named} of them", self.teams);
            at.notice(named != self.teams, "teams_named", what);
        }
        if let (Some(written), Some(_)) = (&self.written, self.weights) {
            let what = format!(
                "are stated for a written part of {} points and a stage that starts at {}: they are not normalised",
                written.full, self.base_score
            );
            at.notice(self.base_score > written.full, "weights", what);
        }
        at.silent(&self.unstated);
    }

    fn check_moment(&self, at: &mut Findings, moment: &Moment, awards: &BTreeSet<String>) {
        match moment {
            Moment::Round(round) => self.check_round(at, round),
            Moment::Tiebreak(tiebreak) => {
                at.error(tiebreak.round.format != Format::Buzzer, "format", "of a playoff must be buzzer");
                at.error(tiebreak.round.counts, "counts", "of a playoff must be false: it decides an order only");
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
                        at.error(wrong, "pool", format!("{from} to {to} must lie within 1 and the {people} players"));
                        to.min(&people).saturating_add(1).saturating_sub((*from).max(1))
                    }
                };
                let what = format!("is {}, must lie within 1 and the pool's {there}", draw.slots);
                at.error(draw.slots == 0 || draw.slots > there, "slots", what);
            }
            Moment::Exam(exam) => {
                at.error(self.written.is_none(), "written", "is missing: an exam needs its full score");
                at.error(exam.name.is_empty(), "name", "is empty");
            }
            Moment::Showcase(showcase) => {
                at.error(showcase.themes.is_empty(), "themes", "is empty; name at least one performance");
                at.error(showcase.time_s == 0, "time_s", "is 0; a performance needs time");
                at.silent(&showcase.unstated);
            }
            Moment::AudienceQuiz(quiz) => {
                at.error(quiz.kinds.is_empty(), "kinds", "is empty; name at least one kind of question");
                at.error(quiz.questions == 0, "questions", "is 0");
                at.error(quiz.voters == 0, "voters", "is 0; somebody must answer");
                at.silent(&quiz.unstated);
            }
            Moment::Advance(advance) => {
                let wrong = advance.slots == 0 || advance.slots > self.teams;
                at.error(wrong, "slots", format!("is {}, must lie within 1 and {}", advance.slots, self.teams));
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
                at.error(places(*from, *to, self.teams), "winners", "must be places of teams");
            }
            Winners::Groups { from, to } => {
                at.error(places(*from, *to, groups), "winners", "must be places of `groups`");
            }
            Winners::PlayersOf { group, .. } => {
                at.error(!known(group), "winners", format!("names the group \"{group}\", which is not in `groups`"));
            }
            Winners::PlayersOfEach { except, .. } => {
                at.error(self.groups.is_empty(), "winners", "are the best of each group, but there are no `groups`");
                if let Some(id) = except.as_ref().filter(|id| !awards.contains(*id)) {
                    at.add(Level::Error, "winners", format!("leave out award \"{id}\", which does not come before"));
                }
            }
            Winners::PlayersPercent(percent) => {
                at.error(*percent == 0 || *percent > 100, "winners", "must be between 1 and 100 percent");
            }
            Winners::Players(_) | Winners::ByJury(_) => {}
        }
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
