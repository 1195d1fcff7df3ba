//! The contest itself: who takes part, what is left of the bank, and the programme run from its first moment to its end.

use std::collections::BTreeMap;

use fastrand::Rng;

use super::{Options, SimulateError, desk::Desk, people::Side, stock::Stock, words::Words};
use crate::show::{
    bank::{BankQuestion, Roster},
    protocol::{
        Envelope, Event, Points,
        play::Outcome,
        roster::{PlayerId, RoundOpened, RoundPlan, RoundRules, ShowConfigured, Team, TurnGiven},
        score::{ShowEnded, SlateCleared, SlateKind, SlateShown},
    },
    rules::{Field, Moment, Pay, Players, RoundRulebook, Rulebook},
};

/// Tells the jury's accidents from the people's chances: the same seed plays the same contest with and without.
const ODD: u64 = 0x5eed_0dd5;

pub(super) struct Contest<'a> {
    pub book: &'a Rulebook,
    pub options: Options,
    pub words: Words,
    pub desk: Desk,
    pub rng: Rng,
    pub odd: Rng,
    pub stock: Stock<'a>,
    /// By number: index + 1 on stage is the rulebook's team number.
    pub sides: Vec<Side<'a>>,
    /// Who has played in which round, player index by team.
    pub played: BTreeMap<String, Vec<usize>>,
    /// Points that decide an order only, by team.
    pub uncounted: Vec<Points>,
    /// Verdicts that a team may appeal against at the round's end: seq, team, what right would have brought more.
    pub disputed: Vec<(u64, usize, Points)>,
    /// Winners of the awards so far: award and (team, player).
    pub winners: BTreeMap<String, Vec<(usize, usize)>>,
    /// The other sessions' scores are known.
    pub complete: bool,
}

impl<'a> Contest<'a> {
    pub fn new(
        book: &'a Rulebook,
        roster: &'a Roster,
        bank: &'a [BankQuestion],
        options: Options,
    ) -> Result<Self, SimulateError> {
        let words = Words::read(options.lang);
        let mut teams: Vec<&Team> = roster.teams.iter().collect();
        teams.sort_by_key(|team| team.number);
        if teams.len() != book.teams as usize {
            return Err(SimulateError::Teams { needed: book.teams, there: teams.len() });
        }
        let mut rng = Rng::with_seed(options.seed);
        let (full, general) = book.written.as_ref().map_or((Points::whole(100), None), |w| (w.full, w.general_full));
        let mut sides = Vec::new();
        for team in teams {
            let mut players: Vec<_> = roster.players.iter().filter(|player| player.team == team.id).collect();
            players.sort_by_key(|player| player.number);
            sides.push(Side::new(team, players, full, general.unwrap_or(Points::ZERO), &mut rng));
        }
        enough_players(book, &sides)?;
        let stock = Stock::new(bank, &mut rng);
        let base = book.base_score;
        let uncounted = vec![Points::ZERO; sides.len()];
        Ok(Self {
            desk: Desk::new(format!("{}-{}", book.id, options.seed), options.pace, base),
            odd: Rng::with_seed(options.seed ^ ODD),
            book,
            options,
            words,
            rng,
            stock,
            sides,
            played: BTreeMap::new(),
            uncounted,
            disputed: Vec::new(),
            winners: BTreeMap::new(),
            complete: book.on_stage.is_none(),
        })
    }

    pub fn run(mut self) -> Result<Vec<Envelope>, SimulateError> {
        self.configure();
        for moment in &self.book.program {
            match moment {
                Moment::Round(round) => self.round(round)?,
                Moment::Tiebreak(tiebreak) => self.tiebreak(tiebreak)?,
                Moment::AudienceQuiz(quiz) => self.audience_quiz(quiz)?,
                Moment::Slate(slate) => self.slate(slate),
                Moment::Lines(lines) => self.lines(lines),
                Moment::Lineup(lineup) => self.lineup(lineup),
                Moment::LowerThird(plate) => self.lower_third(&plate.title, &plate.subtitle, plate.hold_s),
                Moment::Draw(draw) => self.draw(draw),
                Moment::Exam(exam) => self.exam(exam),
                Moment::Showcase(showcase) => self.showcase(showcase),
                Moment::Standings(table) => self.standings(table),
                Moment::Totals(table) => self.totals(table),
                Moment::Advance(advance) => self.advance(advance),
                Moment::Award(award) => self.award(award),
                Moment::End => {
                    self.desk.say(Event::ShowEnded(ShowEnded {}));
                }
            }
        }
        Ok(self.desk.envelopes)
    }

    fn configure(&mut self) {
        let book = self.book;
        let plan =
            |round: &RoundRulebook| RoundPlan { id: round.id.clone(), name: round.name.clone(), format: round.format };
        let configured = ShowConfigured {
            title: book.title.clone(),
            subtitle: book.subtitle.clone(),
            organisers: book.organisers.clone(),
            teams: self.sides.iter().map(|side| side.team.clone()).collect(),
            players: self.sides.iter().flat_map(|side| side.players.iter().map(|player| (*player).clone())).collect(),
            rounds: book.rounds().map(plan).collect(),
            base_score: book.base_score,
            audience_seats: book.audience_seats,
            rounding: book.rounding,
        };
        self.desk.say(Event::ShowConfigured(configured));
        self.desk.wait(600);
    }

    /// Opens a round and holds its rules slate.
    pub fn open(&mut self, opened: RoundOpened) {
        let (title, name) = (opened.name.clone(), opened.subtitle.clone());
        let body = opened.rules.text.clone();
        self.desk.say(Event::RoundOpened(opened));
        self.desk.wait(700);
        let why = self.words.rules.clone();
        let subtitle = if name.is_empty() { why } else { format!("{name} · {why}") };
        let hold = 3_000 + 1_300 * i64::try_from(body.len()).unwrap_or(4);
        let body = body.join("\n");
        self.desk.say(Event::SlateShown(SlateShown { kind: SlateKind::Rules, title, subtitle, body, media: None }));
        self.desk.wait(hold);
        self.desk.say(Event::SlateCleared(SlateCleared {}));
        self.desk.wait(1_200);
    }

    /// The typed rules as the picture needs them; what the document leaves open is left out.
    pub fn opened(&self, round: &RoundRulebook) -> RoundOpened {
        let fixed = |pay: Option<Pay>, field| {
            let stated = !round.leaves_open(field);
            pay.and_then(Pay::fixed).filter(|_| stated)
        };
        let time = round.time_s.filter(|_| !round.leaves_open(Field::Time));
        RoundOpened {
            id: round.id.clone(),
            name: round.name.clone(),
            subtitle: round.subtitle.clone(),
            format: round.format,
            number: round.number,
            of: self.book.rounds_of(),
            rules: RoundRules {
                text: round.rules.clone(),
                who: round.who.clone(),
                kinds: round.kinds.clone(),
                values: round.values.iter().map(|value| value.points).collect(),
                wrong: fixed(round.pays.wrong, Field::Wrong),
                foul: fixed(round.pays.foul, Field::Foul),
                right: round.right().filter(|_| !round.leaves_open(Field::Right)),
                questions: round.per_team().filter(|_| !round.leaves_open(Field::Questions)),
                duration_us: time.map(|seconds| i64::from(seconds) * 1_000_000),
            },
        }
    }

    pub fn team_id(&self, team: usize) -> String {
        self.sides.get(team).map(|side| side.team.id.clone()).unwrap_or_default()
    }

    pub fn player_id(&self, team: usize, player: usize) -> Option<PlayerId> {
        self.sides.get(team).and_then(|side| side.player(player)).map(|player| player.id.clone())
    }

    /// Teams on stage.
    pub fn stage(&self) -> usize {
        self.book.stage_teams() as usize
    }

    /// Who of `team` answers its question `turn` (from 0) of this round.
    pub fn who(&mut self, round: &RoundRulebook, team: usize, turn: usize) -> usize {
        let count = self.sides.get(team).map_or(1, |side| side.players.len()).max(1);
        match &round.players {
            Players::Numbered(numbers) => numbers.get(turn).map_or(0, |number| *number as usize - 1),
            Players::Chosen { not_from } => {
                let busy: Vec<usize> =
                    not_from.iter().filter_map(|id| self.played.get(id)?.get(team).copied()).collect();
                let free: Vec<usize> = (0..count).filter(|player| !busy.contains(player)).collect();
                free.get(self.rng.usize(0..free.len().max(1))).copied().unwrap_or(0)
            }
            Players::Named | Players::Team => self.rng.usize(0..count),
        }
    }

    /// Remembers who played, so that a later round may exclude them.
    pub fn played(&mut self, round: &str, team: usize, player: usize) {
        let teams = self.sides.len();
        let list = self.played.entry(round.to_owned()).or_insert_with(|| vec![usize::MAX; teams]);
        if let Some(place) = list.get_mut(team) {
            *place = player;
        }
    }

    pub fn turn(&mut self, team: usize, player: Option<usize>, question: Option<(u32, u32)>) -> u64 {
        let turn = TurnGiven {
            team: self.team_id(team),
            player: player.and_then(|player| self.player_id(team, player)),
            question_no: question.map(|(no, _)| no),
            of: question.map(|(_, of)| of),
        };
        self.desk.say(Event::TurnGiven(turn))
    }

    pub fn outcome(&mut self, round: &RoundRulebook, team: usize, player: usize, question: &BankQuestion) -> Outcome {
        let pays = round.pays;
        // A formula pays right and wrong; a missing answer is one too.
        let formula = round.formula.is_some();
        let known = |outcome| match outcome {
            Outcome::Timeout if formula => true,
            _ => pays.of(outcome).is_some(),
        };
        match self.sides.get(team) {
            Some(side) => side.outcome(player, question.kind, known, &mut self.rng),
            None => Outcome::Wrong,
        }
    }

    /// What is paid goes on the strip; where it does not count it is kept apart as well.
    pub fn keep_apart(&mut self, round: &RoundRulebook, team: usize, delta: Points) {
        if let Some(apart) = self.uncounted.get_mut(team).filter(|_| !round.counts) {
            *apart = *apart + delta;
        }
    }

    pub fn reason(&self, outcome: Outcome) -> String {
        self.words.reason(outcome).to_owned()
    }

    /// True once in `thousand` times, where mishaps are wanted.
    pub fn happens(&mut self, thousandths: u32) -> bool {
        let roll = self.odd.u32(0..1_000);
        self.options.mishaps && roll < thousandths
    }

    /// "team player", as lists name somebody.
    pub fn name_of(&self, team: usize, player: usize) -> String {
        let Some(side) = self.sides.get(team) else { return String::new() };
        self.words.player_of(&side.team.name, &self.player_name(team, player))
    }

    pub fn player_name(&self, team: usize, player: usize) -> String {
        let Some(player) = self.sides.get(team).and_then(|side| side.player(player)) else { return String::new() };
        if player.name.is_empty() { self.words.no_player(player.number) } else { player.name.clone() }
    }
}

/// Every stage team has somebody for every round.
fn enough_players(book: &Rulebook, sides: &[Side]) -> Result<(), SimulateError> {
    for round in book.rounds() {
        let needed = match &round.players {
            Players::Numbered(numbers) => numbers.iter().max().copied().unwrap_or(1),
            Players::Chosen { not_from } => u32::try_from(not_from.len()).unwrap_or(0) + 1,
            Players::Named | Players::Team => 1,
        };
        let short = sides.iter().take(book.stage_teams() as usize).find(|side| side.players.len() < needed as usize);
        if let Some(side) = short {
            let (team, there) = (side.team.name.clone(), side.players.len());
            return Err(SimulateError::Players { team, round: round.id.clone(), needed, there });
        }
    }
    Ok(())
}
