//! A second opinion on a contest's arithmetic: from the envelopes' JSON and the rulebook's figures, in fractions of its
//! own. It shares no sum with the simulation or with the fold.

use std::collections::BTreeMap;

use leitai::show::{
    protocol::{Envelope, Points, play::Outcome, roster::Format},
    rules::{Formula, RoundRulebook, Rulebook},
};
use serde_json::Value;

/// What the referee knows of a contest so far. Scores in thousandths.
pub struct Referee<'a> {
    book: &'a Rulebook,
    round: Option<&'a RoundRulebook>,
    scores: BTreeMap<String, i64>,
    /// Of those, what only decides an order.
    apart: BTreeMap<String, i64>,
    /// The same, as the verdicts alone say it.
    owed: BTreeMap<String, i64>,
    value: i64,
    tally: Option<(i64, i64)>,
    /// Verdict's seq → (team, what it brings, what a right answer would have brought).
    verdicts: BTreeMap<u64, (String, i64, i64)>,
    events: BTreeMap<u64, (String, Value)>,
    pub rankings: usize,
}

fn thousandths(value: &Value) -> i64 {
    let text = value.to_string();
    let (whole, part) = text.split_once('.').unwrap_or((&text, ""));
    let sign = if whole.starts_with('-') { -1 } else { 1 };
    let part: i64 = format!("{part:0<3}")[..3].parse().unwrap();
    whole.parse::<i64>().unwrap() * 1_000 + sign * part
}

fn half_up(numerator: i128, denominator: i128) -> i64 {
    i64::try_from((2 * numerator + denominator).div_euclid(2 * denominator)).unwrap()
}

impl<'a> Referee<'a> {
    pub fn new(book: &'a Rulebook) -> Self {
        Self {
            book,
            round: None,
            scores: BTreeMap::new(),
            apart: BTreeMap::new(),
            owed: BTreeMap::new(),
            value: 0,
            tally: None,
            verdicts: BTreeMap::new(),
            events: BTreeMap::new(),
            rankings: 0,
        }
    }

    fn base(&self) -> i64 {
        self.book.base_score.thousandths()
    }

    fn score(&self, team: &str) -> i64 {
        self.scores.get(team).copied().unwrap_or(self.base())
    }

    /// What an outcome brings by the rulebook.
    fn brings(&self, outcome: Outcome) -> i64 {
        let Some(round) = self.round else { return 0 };
        if let Some(Formula::Duel { right }) = round.formula {
            let (right_seats, wrong_seats) = self.tally.expect("a duel's verdict is counted after the tally");
            return match outcome {
                Outcome::Correct => right.thousandths() + wrong_seats * 1_000,
                _ => -right_seats * 1_000,
            };
        }
        let pay = round.pays.of(outcome);
        pay.map_or(0, |pay| match pay.fixed() {
            Some(points) => points.thousandths(),
            None if outcome == Outcome::Correct => self.value,
            None => -self.value,
        })
    }

    /// Takes one event; an error is a sentence.
    pub fn hear(&mut self, envelope: &Envelope) -> Result<(), String> {
        let wire = serde_json::to_value(envelope).unwrap();
        let (name, data, seq) = (wire["type"].as_str().unwrap().to_owned(), wire["data"].clone(), envelope.seq);
        let text = |key: &str| data[key].as_str().unwrap_or_default().to_owned();
        match name.as_str() {
            "round.opened" => self.round = self.book.rounds().find(|round| round.id == data["id"].as_str().unwrap()),
            "question.shown" => {
                self.value = if data["value"].is_null() { 0 } else { thousandths(&data["value"]) };
                self.tally = None;
            }
            "audience.tallied" => {
                self.tally = Some((data["right"].as_i64().unwrap(), data["wrong"].as_i64().unwrap()));
                self.duel_verdict()?;
            }
            "verdict.given" => self.verdict(envelope, &text("team"), &data)?,
            "rush.finished" => {
                let owed = self.rush(&data)?;
                *self.owed.entry(text("team")).or_default() += owed;
            }
            "buzzer.fouled" => {
                let foul = self.brings(Outcome::Foul);
                *self.owed.entry(text("team")).or_default() += foul;
            }
            "score.changed" | "score.corrected" => self.pay(envelope, &name, &data)?,
            "standings.set" => self.standings(seq, &data)?,
            "total.shown" => self.total(seq, &data)?,
            "advance.revealed" | "round.closed" => self.settled(seq)?,
            _ => {}
        }
        self.events.insert(seq, (name, data));
        Ok(())
    }

    fn is_duel(&self) -> bool {
        self.round.is_some_and(|round| round.format == Format::Duel)
    }

    fn verdict(&mut self, envelope: &Envelope, team: &str, data: &Value) -> Result<(), String> {
        let outcome: Outcome = serde_json::from_value(data["outcome"].clone()).unwrap();
        if self.is_duel() && self.tally.is_none() {
            // N is not known yet: the verdict is entered when the seats are.
            self.verdicts.insert(envelope.seq, (team.to_owned(), 0, 0));
            return Ok(());
        }
        let (brings, right) = (self.brings(outcome), self.brings(Outcome::Correct));
        if !data["delta"].is_null() && thousandths(&data["delta"]) != brings {
            return Err(format!("event {}: the verdict says {}, the rulebook {brings}‰", envelope.seq, data["delta"]));
        }
        let before = match envelope.corrects {
            Some(of) => self.verdicts.remove(&of).ok_or(format!("event {}: corrects no verdict", envelope.seq))?.1,
            None => 0,
        };
        *self.owed.entry(team.to_owned()).or_default() += brings - before;
        self.verdicts.insert(envelope.seq, (team.to_owned(), brings, right));
        Ok(())
    }

    /// The verdict of a duel, once the seats are counted.
    fn duel_verdict(&mut self) -> Result<(), String> {
        let Some((&seq, _)) = self.verdicts.iter().next_back() else { return Ok(()) };
        let Some((name, data)) = self.events.get(&seq).cloned() else { return Ok(()) };
        if name != "verdict.given"
            || !self.is_duel()
            || !self.events.range(seq..).all(|(_, (n, _))| n != "question.shown")
        {
            return Ok(());
        }
        let outcome: Outcome = serde_json::from_value(data["outcome"].clone()).map_err(|error| error.to_string())?;
        let brings = self.brings(outcome);
        let entry = self.verdicts.entry(seq).or_default();
        *self.owed.entry(entry.0.clone()).or_default() += brings - entry.1;
        entry.1 = brings;
        Ok(())
    }

    fn rush(&self, data: &Value) -> Result<i64, String> {
        let Some(Formula::Rush { right }) = self.round.and_then(|round| round.formula) else {
            return Err("a speed round without its formula".to_owned());
        };
        let [correct, of, remaining] =
            ["correct", "of", "remaining"].map(|key| i128::from(data[key].as_i64().unwrap()));
        let right = i128::from(right.thousandths() / 1_000);
        // correct × right + remaining × correct ÷ of, over the common denominator `of`.
        let score = half_up(correct * right * of + remaining * correct, of) * 1_000;
        let said = thousandths(&data["score"]);
        if said == score { Ok(score) } else { Err(format!("a speed round pays {said}‰, the rulebook {score}‰")) }
    }

    fn pay(&mut self, envelope: &Envelope, name: &str, data: &Value) -> Result<(), String> {
        let seq = envelope.seq;
        let team = data["team"].as_str().unwrap().to_owned();
        let (before, after) = (thousandths(&data["before"]), thousandths(&data["after"]));
        let known = self.score(&team);
        if before != known {
            return Err(format!("event {seq}: {team} stands at {known}‰, not {before}‰"));
        }
        if name == "score.changed" && before + thousandths(&data["delta"]) != after {
            return Err(format!("event {seq}: before and delta do not make after"));
        }
        let cause = envelope.cause.and_then(|cause| self.events.get(&cause)).cloned();
        let Some((cause, caused)) = cause else {
            // Brought from elsewhere: an examination, another session.
            *self.owed.entry(team.clone()).or_default() += after - before;
            self.scores.insert(team, after);
            return Ok(());
        };
        if cause == "appeal.resolved" {
            let subject = self.events.values().rev().find(|(name, _)| name == "appeal.opened");
            let subject = subject.and_then(|(_, data)| data["subject_seq"].as_u64()).unwrap_or(0);
            let (_, paid, right) = self.verdicts.get(&subject).cloned().ok_or(format!("event {seq}: what appeal?"))?;
            if after - before != right - paid {
                return Err(format!("event {seq}: an appeal moves {}‰, not {}‰", after - before, right - paid));
            }
            *self.owed.entry(team.clone()).or_default() += right - paid;
        } else if !["verdict.given", "rush.finished", "buzzer.fouled", "audience.tallied"].contains(&cause.as_str()) {
            return Err(format!("event {seq}: {cause} ({caused}) pays nothing"));
        }
        if self.round.is_some_and(|round| !round.counts) {
            *self.apart.entry(team.clone()).or_default() += after - before;
        }
        self.scores.insert(team, after);
        Ok(())
    }

    /// Every team stands where its verdicts, speed rounds, fouls and appeals put it.
    fn settled(&self, seq: u64) -> Result<(), String> {
        for (team, owed) in &self.owed {
            let (stands, should) = (self.score(team), self.base() + owed);
            if stands != should {
                return Err(format!("event {seq}: {team} stands at {stands}‰, its verdicts make {should}‰"));
            }
        }
        Ok(())
    }

    fn total(&mut self, seq: u64, data: &Value) -> Result<(), String> {
        let parts = data["parts"].as_array().unwrap();
        let sum: i128 = parts
            .iter()
            .map(|part| i128::from(thousandths(&part["score"])) * i128::from(thousandths(&part["percent"])))
            .sum();
        let total = half_up(sum, 100_000);
        let said = thousandths(&data["total"]);
        if total == said { Ok(()) } else { Err(format!("event {seq}: the parts make {total}‰, not {said}‰")) }
    }

    /// Figures, order and ranks of a table.
    fn standings(&mut self, seq: u64, data: &Value) -> Result<(), String> {
        let rows = data["rows"].as_array().unwrap();
        let figure = |row: &Value, key: &str| (!row[key].is_null()).then(|| thousandths(&row[key]));
        let mut keys: Vec<Vec<Option<i64>>> = Vec::new();
        for row in rows {
            let team = row["team"].as_str().unwrap();
            let apart = self.apart.get(team).copied().unwrap_or(0);
            let stage = self.score(team) - apart;
            let total = thousandths(&row["total"]);
            let should = match (figure(row, "written"), figure(row, "stage"), self.book.weights) {
                (Some(written), Some(said), Some(weights)) => {
                    if said != stage {
                        return Err(format!("event {seq}: {team}'s stage score is {stage}‰, not {said}‰"));
                    }
                    let part = |score: i64, percent: Points| i128::from(score) * i128::from(percent.thousandths());
                    half_up(part(written, weights.written) + part(stage, weights.stage), 100_000)
                }
                _ => stage,
            };
            if data["ranked"] == true && self.round.is_some() && total != should {
                return Err(format!("event {seq}: {team}'s total is {should}‰, not {total}‰"));
            }
            keys.push(vec![Some(total), figure(row, "written"), figure(row, "general_written"), Some(apart)]);
        }
        if data["ranked"] != true {
            return Ok(());
        }
        self.rankings += 1;
        for (i, pair) in keys.windows(2).enumerate() {
            let known = pair[0].iter().zip(&pair[1]).filter(|(a, b)| a.is_some() && b.is_some());
            let first = known.map(|(a, b)| b.cmp(a)).find(|way| way.is_ne());
            if first == Some(std::cmp::Ordering::Greater) && figure(&rows[i], "written").is_some() {
                return Err(format!("event {seq}: row {} stands above row {} by no key", i + 1, i + 2));
            }
            if keys[i][0] < keys[i + 1][0] {
                return Err(format!("event {seq}: row {} has more than row {}", i + 2, i + 1));
            }
            let [a, b] = [&rows[i]["rank"], &rows[i + 1]["rank"]].map(|rank| rank.as_u64().unwrap());
            let tied = pair[0][0] == pair[1][0] && (first.is_none() || figure(&rows[i], "written").is_none());
            if (tied && b != a) || (!tied && b != i as u64 + 2) {
                return Err(format!("event {seq}: ranks {a} and {b} in rows {} and {}", i + 1, i + 2));
            }
        }
        Ok(())
    }

    /// At the end of the contest.
    pub fn end(&self) -> Result<(), String> {
        self.settled(0)
    }
}
