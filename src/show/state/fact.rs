//! Facts that may be corrected: what each is, where it is held and where it is seen. One walk over all of them.

use super::{
    Answer, Ask, Award, BuzzerPress, Core, Edge, Pressed, Round, Scene, Score, Shared, SlateCard, Stamped, Standings,
    Verdict, Was,
};
use crate::show::protocol::{
    play::{AnswerGiven, Question, VerdictGiven},
    roster::RoundOpened,
    score::{AwardSet, RiskAssigned, SlateShown, StandingsSet},
};

/// A fact that an event made and a later one may correct: it keeps its place, its `since` and its `seq`.
pub trait Fact {
    type Value: Clone + PartialEq;

    /// The event that made it.
    fn seq(&self) -> u64;
    fn value(&self) -> Self::Value;
    fn put(&mut self, value: Self::Value);
    fn was(&self) -> Option<&Was<Self::Value>>;
    fn was_mut(&mut self) -> &mut Option<Box<Was<Self::Value>>>;

    /// Whether event `seq` made it, or was the last to correct it.
    fn is_of(&self, seq: u64) -> bool {
        self.seq() == seq || self.was().is_some_and(|was| was.seq == seq)
    }

    /// Replaces the value and remembers the former one. The same value again is no correction; of several at one
    /// instant only what was seen before it is remembered.
    fn correct(&mut self, value: Self::Value, since: i64, seq: u64, reason: &str) {
        let former = self.value();
        if former == value {
            return;
        }
        let former = self.was().filter(|was| was.since == since).map_or(former, |was| was.value.clone());
        self.put(value);
        *self.was_mut() = Some(Box::new(Was { value: former, since, seq, reason: reason.to_owned() }));
    }

    /// Takes a correction back that came at `from` or later.
    fn undo(&mut self, from: i64) {
        if let Some(was) = self.was_mut().take_if(|was| was.since >= from) {
            self.put(was.value);
        }
    }
}

impl<T: Clone + PartialEq> Fact for Stamped<T> {
    type Value = T;
    fn seq(&self) -> u64 {
        self.seq
    }
    fn value(&self) -> T {
        self.value.clone()
    }
    fn put(&mut self, value: T) {
        self.value = value;
    }
    fn was(&self) -> Option<&Was<T>> {
        self.was.as_deref()
    }
    fn was_mut(&mut self) -> &mut Option<Box<Was<T>>> {
        &mut self.was
    }
}

/// A fact that several states hold: who corrects it has its own.
impl<F: Fact + Clone> Fact for Shared<F> {
    type Value = F::Value;
    fn seq(&self) -> u64 {
        (**self).seq()
    }
    fn value(&self) -> F::Value {
        (**self).value()
    }
    fn put(&mut self, value: F::Value) {
        (**self).put(value);
    }
    fn was(&self) -> Option<&Was<F::Value>> {
        (**self).was()
    }
    fn was_mut(&mut self) -> &mut Option<Box<Was<F::Value>>> {
        (**self).was_mut()
    }
    fn undo(&mut self, from: i64) {
        if self.was().is_some_and(|was| was.since >= from) {
            (**self).undo(from);
        }
    }
}

/// A fact that keeps its value in a field of another name.
macro_rules! facts {
    ($($fact:ty: $value:ty = |$this:ident| $get:expr, |$mend:ident, $new:ident| $put:expr;)+) => {
        $(impl Fact for $fact {
            type Value = $value;
            fn seq(&self) -> u64 {
                self.seq
            }
            fn value(&self) -> $value {
                let $this = self;
                $get
            }
            fn put(&mut self, $new: $value) {
                let $mend = self;
                $put;
            }
            fn was(&self) -> Option<&Was<$value>> {
                self.was.as_deref()
            }
            fn was_mut(&mut self) -> &mut Option<Box<Was<$value>>> {
                &mut self.was
            }
        })+
    };
}

facts! {
    Round: RoundOpened = |it| RoundOpened::clone(&it.opened), |it, new| it.opened = new.into();
    Ask: Question = |it| Question::clone(&it.question), |it, new| it.question = new.into();
    Answer: AnswerGiven = |it| it.given.clone(), |it, new| it.given = new;
    Verdict: VerdictGiven = |it| VerdictGiven { team: it.team.clone(), outcome: it.outcome, delta: it.delta, reason: None },
        |it, new| (it.team, it.outcome, it.delta) = (new.team, new.outcome, new.delta);
    BuzzerPress: Pressed = |it| Pressed { team: it.team.clone(), order: it.order, us: it.us, note: it.note.clone() },
        |it, new| (it.team, it.order, it.us, it.note) = (new.team, new.order, new.us, new.note);
    Edge: RiskAssigned = |it| RiskAssigned { from: it.from.clone(), to: it.to.clone(), player: it.player.clone() },
        |it, new| (it.from, it.to, it.player) = (new.from, new.to, new.player);
    Standings: StandingsSet = |it| it.set.clone(), |it, new| it.set = new;
    Award: AwardSet = |it| it.set.clone(), |it, new| it.set = new;
    SlateCard: SlateShown = |it| it.shown.clone(), |it, new| it.shown = new;
    Score: Score = |it| Score { was: None, ..it.clone() }, |it, new| *it = new;
}

/// What kind of fact it is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Kind {
    Round,
    Turn,
    Question,
    Answer,
    Verdict,
    Key,
    Withdrawn,
    Hit,
    Foul,
    Risk,
    Edge,
    Pip,
    RushFinished,
    Tally,
    Draw,
    Score,
    Standings,
    Total,
    Tiebreak,
    Advance,
    Award,
    Slate,
}

impl Kind {
    /// Whether `scene` shows facts of this kind: only there a correction is seen and heard.
    pub const fn seen_in(self, scene: Scene) -> bool {
        match self {
            Self::Round | Self::Turn => !matches!(scene, Scene::Ground | Scene::Slate),
            Self::Question | Self::Key => matches!(scene, Scene::Card | Scene::Buzzer | Scene::Duel | Scene::Rush),
            Self::Answer | Self::Withdrawn => matches!(scene, Scene::Card | Scene::Buzzer),
            Self::Verdict => matches!(scene, Scene::Card | Scene::Buzzer | Scene::Duel | Scene::Moment),
            Self::Hit | Self::Foul => matches!(scene, Scene::Buzzer),
            Self::Risk => matches!(scene, Scene::Risk),
            Self::Edge => matches!(scene, Scene::Assignment),
            Self::Pip => matches!(scene, Scene::Rush | Scene::Formula),
            Self::RushFinished => matches!(scene, Scene::Formula),
            Self::Tally => matches!(scene, Scene::Duel),
            Self::Draw => matches!(scene, Scene::Draw),
            Self::Score => matches!(
                scene,
                Scene::Idle
                    | Scene::Card
                    | Scene::Moment
                    | Scene::Formula
                    | Scene::Buzzer
                    | Scene::Assignment
                    | Scene::Duel
            ),
            Self::Standings | Self::Tiebreak => matches!(scene, Scene::Standings),
            Self::Total => matches!(scene, Scene::Total),
            Self::Advance => matches!(scene, Scene::Advance),
            Self::Award => matches!(scene, Scene::Award),
            Self::Slate => matches!(scene, Scene::Slate),
        }
    }
}

/// Visits every fact that is held, of whatever type.
macro_rules! walk {
    ($core:expr, $iter:ident, $visit:expr) => {{
        let (core, visit) = ($core, $visit);
        core.round.$iter().for_each(|it| visit.fact(Kind::Round, it));
        core.turn.$iter().for_each(|it| visit.fact(Kind::Turn, it));
        for ask in core.question.$iter() {
            visit.fact(Kind::Question, ask);
            ask.answer.$iter().for_each(|it| visit.fact(Kind::Answer, it));
            ask.verdict.$iter().for_each(|it| visit.fact(Kind::Verdict, it));
            ask.key.$iter().for_each(|it| visit.fact(Kind::Key, it));
            ask.withdrawn.$iter().for_each(|it| visit.fact(Kind::Withdrawn, it));
            ask.reinstated.$iter().for_each(|it| visit.fact(Kind::Withdrawn, it));
        }
        for buzzer in core.buzzer.$iter() {
            buzzer.hits.$iter().for_each(|it| visit.fact(Kind::Hit, it));
            buzzer.fouls.$iter().for_each(|it| visit.fact(Kind::Foul, it));
        }
        core.risk.$iter().for_each(|risk| risk.revealed.$iter().for_each(|(_, it)| visit.fact(Kind::Risk, it)));
        core.edges.$iter().for_each(|it| visit.fact(Kind::Edge, it));
        for run in core.rush.$iter() {
            run.pips.$iter().for_each(|pip| pip.$iter().for_each(|it| visit.fact(Kind::Pip, it)));
            run.finished.$iter().for_each(|it| visit.fact(Kind::RushFinished, it));
        }
        core.audience.$iter().for_each(|vote| vote.tally.$iter().for_each(|it| visit.fact(Kind::Tally, it)));
        core.draw.$iter().for_each(|draw| draw.resolved.$iter().for_each(|it| visit.fact(Kind::Draw, it)));
        core.scores.$iter().for_each(|(_, it)| visit.fact(Kind::Score, it));
        core.standings.$iter().for_each(|it| visit.fact(Kind::Standings, it));
        core.total.$iter().for_each(|it| visit.fact(Kind::Total, it));
        core.tiebreak.$iter().for_each(|it| visit.fact(Kind::Tiebreak, it));
        core.advance
            .$iter()
            .for_each(|reveal| reveal.revealed.$iter().for_each(|(_, it)| visit.fact(Kind::Advance, it)));
        core.award.$iter().for_each(|it| visit.fact(Kind::Award, it));
        core.slate.$iter().for_each(|it| visit.fact(Kind::Slate, it));
    }};
}

/// One correction of a fact that is held: what was corrected, when, by which event, and why.
#[derive(Clone, Debug, PartialEq)]
pub struct Corrected {
    pub since: i64,
    pub seq: u64,
    pub kind: Kind,
    pub reason: String,
}

struct Found(Vec<Corrected>);

impl Found {
    fn fact<F: Fact>(&mut self, kind: Kind, fact: &F) {
        if let Some(was) = fact.was() {
            self.0.push(Corrected { since: was.since, seq: was.seq, kind, reason: was.reason.clone() });
        }
    }
}

struct Undo {
    from: i64,
}

impl Undo {
    fn fact<F: Fact>(&self, _: Kind, fact: &mut F) {
        fact.undo(self.from);
    }
}

impl Core {
    /// The last correction of every corrected fact, oldest first.
    pub fn corrections(&self) -> Vec<Corrected> {
        let mut found = Found(Vec::new());
        walk!(self, iter, &mut found);
        found.0.sort_by_key(|corrected| (corrected.since, corrected.seq, corrected.kind));
        found.0
    }

    /// The facts as they were before the corrections that came at `from` or later.
    pub fn uncorrected(&self, from: i64) -> Self {
        let mut core = self.clone();
        if let Some(ask) = &mut core.question
            && let Some(mut lifted) = ask.reinstated.take_if(|lifted| lifted.was().is_some_and(|was| was.since >= from))
        {
            lifted.undo(from);
            ask.withdrawn = Some(lifted);
        }
        let undo = Undo { from };
        walk!(&mut core, iter_mut, &undo);
        core
    }
}
