//! Live: what the question that is warmed up or on air may bring to the team that answers it.

use super::{
    clause,
    stakes::{Pays, Source, Stake},
};
use crate::show::{
    protocol::{
        Points,
        play::{Outcome, Question, QuestionKind},
        roster::{Format, RoundOpened, TeamId},
    },
    rules::{Field, Formula, RoundRulebook, Rulebook},
    state::{Core, Score, Show},
    time::SpanUs,
    told::Words,
};

/// What may happen next, as far as it is known.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Outlook {
    /// The open round's id.
    pub round: Option<String>,
    /// Who answers; None where nobody is on turn, or before a buzzer round's first hit.
    pub team: Option<TeamId>,
    pub subject: Option<Subject>,
    /// Right and wrong always, the others where something is known of them that differs from wrong.
    pub stakes: Vec<Stake>,
    /// How long the team has, µs, where it is stated.
    pub time_us: Option<SpanUs>,
    /// What is not known, and what else holds.
    pub notes: Vec<Words>,
}

/// The question that it is about.
#[derive(Clone, Debug, PartialEq)]
pub struct Subject {
    pub id: String,
    pub kind: QuestionKind,
    /// Its number for the team, from 1, where the feed counts.
    pub number: Option<u32>,
    pub value: Option<Points>,
    /// False while it is only warmed up.
    pub on_air: bool,
}

impl Outlook {
    /// In the operator's words: the question, then each outcome, then the notes.
    pub fn told(&self) -> Vec<Words> {
        let subject = self.subject.as_ref().map(|subject| {
            let key = if subject.on_air { "next-subject-on-air" } else { "next-subject-cued" };
            Words::new(key).with("kind", clause::kind(subject.kind)).with("id", subject.id.as_str())
        });
        let stakes = self.stakes.iter().map(crate::show::told::Told::words);
        subject.into_iter().chain(stakes).chain(self.notes.iter().cloned()).collect()
    }
}

/// What may happen: by the rules that came with the round; where those are silent, by the rulebook.
pub fn outlook(show: &Show, book: Option<&Rulebook>) -> Outlook {
    let core = &show.core;
    let Some(round) = core.round.as_ref().filter(|round| round.closed.is_none()) else {
        return Outlook { notes: vec![Words::new("next-no-round")], ..Outlook::default() };
    };
    let asking = Asking {
        core,
        round: &round.opened,
        book: book.and_then(|book| book.rounds().find(|known| known.id == round.opened.id)),
        team: team(core, round.opened.format),
        subject: subject(core, round.opened.format),
    };
    asking.outlook()
}

/// The open round and who plays what in it.
struct Asking<'a> {
    core: &'a Core,
    round: &'a RoundOpened,
    book: Option<&'a RoundRulebook>,
    team: Option<&'a str>,
    subject: Option<(&'a Question, bool)>,
}

impl Asking<'_> {
    fn outlook(&self) -> Outlook {
        let mut notes = Vec::new();
        let format = self.round.format;
        let scored = !matches!(format, Format::Showcase | Format::Written | Format::AudienceQuiz);
        if !scored {
            notes.push(Words::new("next-not-scored"));
        }
        if self.book.is_some_and(|book| !book.counts) {
            notes.push(Words::new("next-order-only"));
        }
        if scored && self.subject.is_none() && format != Format::Rush {
            notes.push(Words::new("next-no-question"));
        }
        if scored && self.team.is_none() {
            notes.push(Words::new(if format == Format::Buzzer { "next-no-buzz" } else { "next-no-turn" }));
        }
        let stakes = if scored { self.stakes(&mut notes) } else { Vec::new() };
        let number = self.core.turn.as_ref().and_then(|turn| turn.value.question_no);
        Outlook {
            round: Some(self.round.id.clone()),
            team: self.team.map(str::to_owned),
            subject: self.subject.map(|(question, on_air)| Subject {
                id: question.id.clone(),
                kind: question.kind,
                number,
                value: question.value,
                on_air,
            }),
            time_us: self.time_us(),
            stakes,
            notes,
        }
    }

    fn stakes(&self, notes: &mut Vec<Words>) -> Vec<Stake> {
        match self.round.format {
            Format::Duel => self.duel(),
            Format::Rush => self.rush(),
            Format::RiskChoice | Format::RiskAssigned => self.risk(notes),
            _ => self.plain(),
        }
    }

    /// Answers that pay a figure of the rules.
    fn plain(&self) -> Vec<Stake> {
        let value = self.subject.and_then(|(question, _)| question.value);
        let rules = &self.round.rules;
        let own = |figure: Option<Points>| figure.map(|points| (Pays::Points(points), Source::Feed));
        let right = own(rules.right).or(value.map(|value| (Pays::Points(value), Source::Question)));
        let mut stakes = vec![
            self.stake(Outcome::Correct, right.or_else(|| self.by_book(Outcome::Correct, value))),
            self.stake(Outcome::Wrong, own(rules.wrong).or_else(|| self.by_book(Outcome::Wrong, value))),
        ];
        stakes.extend(self.others(value, stakes.last().map(|stake| stake.pays)));
        if self.round.format == Format::Buzzer {
            stakes.push(self.stake(Outcome::Foul, own(rules.foul).or_else(|| self.by_book(Outcome::Foul, value))));
        }
        stakes
    }

    /// The value, won or lost.
    fn risk(&self, notes: &mut Vec<Words>) -> Vec<Stake> {
        let offered = self.offered();
        let value = self.value().or(match offered.as_slice() {
            [(only, source)] => Some((*only, *source)),
            _ => None,
        });
        let own = self.round.rules.wrong.map(|points| (Pays::Points(points), Source::Feed));
        let pair = |value: Points, source: Source| {
            let lost = own.or_else(|| self.by_book(Outcome::Wrong, Some(value)));
            let lost = lost.unwrap_or((Pays::Points(-value), source));
            [self.stake(Outcome::Correct, Some((Pays::Points(value), source))), self.stake(Outcome::Wrong, Some(lost))]
        };
        if let Some((value, source)) = value {
            let mut stakes = pair(value, source).to_vec();
            stakes.extend(self.others(Some(value), stakes.last().map(|stake| stake.pays)));
            return stakes;
        }
        if offered.is_empty() {
            notes.push(Words::new("next-no-value"));
            return vec![self.stake(Outcome::Correct, None), self.stake(Outcome::Wrong, None)];
        }
        notes.push(Words::new("next-value-open"));
        let each = |(value, source): &(Points, Source)| {
            pair(*value, *source).map(|stake| Stake { value: Some(*value), ..stake })
        };
        offered.iter().flat_map(each).collect()
    }

    /// `10 + N` and `−N`: N is open until the challengers are counted.
    fn duel(&self) -> Vec<Stake> {
        let right = self.round.rules.right.map(|points| (points, Source::Feed)).or_else(|| {
            let Some(Formula::Duel { right }) = self.book.and_then(|book| book.formula) else { return None };
            Some((right, self.stated(Field::Right)))
        });
        let vote = self.core.audience.as_ref();
        let on_air = self.subject.is_some_and(|(_, on_air)| on_air);
        let tally = vote.and_then(|vote| vote.tally.as_ref()).map(|tally| &tally.value).filter(|_| on_air);
        let most = vote.map_or(self.core.config.audience_seats, |vote| vote.size.max(vote.seats));
        let whole = |count: u32| Points::whole(i64::from(count));
        let won = right.map(|(right, source)| match tally {
            Some(tally) => (Pays::Points(right + whole(tally.wrong)), source),
            None => (Pays::DuelRight { right, most }, source),
        });
        let lost = match tally {
            Some(tally) => Pays::Points(-whole(tally.right)),
            None => Pays::DuelWrong { most },
        };
        vec![self.stake(Outcome::Correct, won), self.stake(Outcome::Wrong, Some((lost, Source::Feed)))]
    }

    /// What a whole run brings; a single answer of it changes no score.
    fn rush(&self) -> Vec<Stake> {
        let right = self.round.rules.right.map(|points| (points, Source::Feed)).or_else(|| {
            let Some(Formula::Rush { right }) = self.book.and_then(|book| book.formula) else { return None };
            Some((right, self.stated(Field::Right)))
        });
        let of =
            self.round.rules.questions.or_else(|| {
                self.book.filter(|book| !book.leaves_open(Field::Questions)).and_then(RoundRulebook::per_team)
            });
        vec![self.stake(Outcome::Correct, right.map(|(right, source)| (Pays::Rush { right, of }, source)))]
    }

    /// Outcomes beside right and wrong of which the rulebook says that they pay something else.
    fn others(&self, value: Option<Points>, wrong: Option<Pays>) -> Vec<Stake> {
        let rest = [Outcome::Timeout, Outcome::Incomplete, Outcome::Prompted];
        let known = rest.into_iter().filter_map(|outcome| Some((outcome, self.by_book(outcome, value)?)));
        known
            .filter(|(_, (pays, _))| Some(*pays) != wrong)
            .map(|(outcome, told)| self.stake(outcome, Some(told)))
            .collect()
    }

    fn stake(&self, outcome: Outcome, told: Option<(Pays, Source)>) -> Stake {
        let pays = told.map_or(Pays::Unknown, |(pays, _)| pays);
        let after = match (pays, self.team) {
            (Pays::Points(delta), Some(team)) => {
                Some(self.core.scores.get(team).map_or(self.core.config.base_score, Score::value) + delta)
            }
            _ => None,
        };
        Stake { outcome, value: None, pays, after, source: told.map(|(_, source)| source) }
    }

    /// What the rulebook says of an outcome, where it does not hang on a value that is not known.
    fn by_book(&self, outcome: Outcome, value: Option<Points>) -> Option<(Pays, Source)> {
        let pay = self.book?.pays.of(outcome)?;
        let points = pay.fixed().or_else(|| value.map(|value| pay.points(value)))?;
        let field = match outcome {
            Outcome::Correct => Field::Right,
            Outcome::Timeout => Field::Timeout,
            Outcome::Incomplete => Field::Incomplete,
            Outcome::Prompted => Field::Prompted,
            Outcome::Foul => Field::Foul,
            Outcome::Wrong | Outcome::Void => Field::Wrong,
        };
        Some((Pays::Points(points), self.stated(field)))
    }

    fn stated(&self, field: Field) -> Source {
        let open = self.book.is_some_and(|book| book.leaves_open(field));
        if open { Source::Assumed } else { Source::Rulebook }
    }

    /// The value at stake: the team's own choice, else the question's.
    fn value(&self) -> Option<(Points, Source)> {
        let revealed = self.core.risk.as_ref().zip(self.team).and_then(|(risk, team)| {
            let mine = risk.revealed.iter().find(|(of, _)| of == team)?;
            Some((mine.1.value, Source::Feed))
        });
        revealed.or_else(|| self.subject.and_then(|(question, _)| Some((question.value?, Source::Question))))
    }

    /// The values to choose from.
    fn offered(&self) -> Vec<(Points, Source)> {
        let of = |values: &[Points], source| values.iter().map(|value| (*value, source)).collect::<Vec<_>>();
        let offered = self.core.risk.as_ref().map(|risk| of(&risk.values, Source::Feed)).unwrap_or_default();
        let ruled = || of(&self.round.rules.values, Source::Feed);
        let booked = || {
            let source = self.stated(Field::Values);
            self.book.map(|book| book.values.iter().map(|value| (value.points, source)).collect()).unwrap_or_default()
        };
        [offered, ruled()].into_iter().find(|values| !values.is_empty()).unwrap_or_else(booked)
    }

    /// The time of the value; else that of the round.
    fn time_us(&self) -> Option<SpanUs> {
        let seconds = |seconds: u32| i64::from(seconds) * 1_000_000;
        let book = self.book.filter(|book| !book.leaves_open(Field::Time));
        let value = self.value().map(|(value, _)| value);
        let of_value = book.and_then(|book| book.values.iter().find(|known| Some(known.points) == value));
        of_value
            .map(|value| seconds(value.time_s))
            .or(self.round.rules.duration_us)
            .or_else(|| book.and_then(|book| book.time_s).map(seconds))
    }
}

/// Who answers: in a buzzer round whoever was first, else the team on turn.
fn team(core: &Core, format: Format) -> Option<&str> {
    if format == Format::Buzzer {
        let hits = core.buzzer.as_ref().map(|buzzer| buzzer.hits.as_slice()).unwrap_or_default();
        return hits.iter().find(|hit| hit.order == 1).map(|hit| hit.team.as_str());
    }
    core.turn.as_ref().map(|turn| turn.value.team.as_str())
}

/// The question on air until it is judged; then the one that is warmed up.
fn subject(core: &Core, format: Format) -> Option<(&Question, bool)> {
    let asked = core.question.as_ref();
    let open = asked.filter(|ask| ask.verdict.is_none() && ask.withdrawn.is_none() && format != Format::Rush);
    let cued = core.cued.as_deref().filter(|cued| asked.is_none_or(|ask| ask.question.id != cued.id));
    // A question that is warmed up behind an unjudged one is the next; the one on air is what may bring points now.
    open.map(|ask| (&*ask.question, true)).or(cued.map(|cued| (cued, false)))
}
