//! Questions as an evening may bring them, by a seed: every kind and round, clocks, wrong picks, hits and fouls, audiences,
//! corrections, withdrawals, slates in between. Each can be told twice: the same to the µs, with other keys.

#![expect(clippy::expect_used, reason = "the helpers of a test are part of it: they may stop at the first surprise")]

use fastrand::Rng;
use leitai::show::protocol::{Envelope, Event, play::AnswerRevealed};
use serde_json::{Value, json};

/// The drama's first instant, µs since the Unix epoch.
const ZERO_US: i64 = 1_763_690_400_000_000;
const KINDS: [&str; 6] = ["single", "multi", "judge", "fill", "short", "case"];
const FORMATS: [&str; 9] =
    ["solo", "rush", "risk_choice", "risk_assigned", "duel", "buzzer", "showcase", "written", "audience_quiz"];
/// In no question, option or answer: where it is seen, a key is seen.
pub const MARKS: [&str; 2] = ["密钥甲", "机要乙"];

/// A show, and where in it the key is told that nobody may know before.
pub struct Drama {
    /// Told with the first key, and with the second one.
    pub events: [Vec<Envelope>; 2],
    /// The place of the question, of what was cued of it, and of its `answer.revealed`.
    pub asked: usize,
    pub revealed: usize,
}

struct Writer {
    rng: Rng,
    at: i64,
    told: Vec<(i64, &'static str, Value, Option<u64>)>,
}

impl Writer {
    /// Says it some time after what was said last, and gives its number.
    fn say(&mut self, name: &'static str, data: Value) -> u64 {
        self.correct(name, data, None)
    }

    fn correct(&mut self, name: &'static str, data: Value, of: Option<u64>) -> u64 {
        let pause_ms = *self.rng.choice([0_i64, 40, 300, 900, 2_500, 8_000].iter()).expect("some");
        self.at += pause_ms * 1_000;
        self.told.push((self.at, name, data, of));
        self.told.len() as u64
    }

    fn one_in(&mut self, n: u32) -> bool {
        self.rng.u32(0..n) == 0
    }

    fn team(&mut self) -> String {
        format!("t{}", self.rng.u32(1..=5))
    }

    fn text(&mut self, most: usize) -> String {
        const WORDS: [&str; 8] =
            ["社会保险", "失业人员", "按照规定", "劳动合同", "用人单位", "应当", "领取", "六十日内"];
        let count = self.rng.usize(1..=most);
        (0..count).map(|_| WORDS[self.rng.usize(0..WORDS.len())]).collect()
    }

    fn question(&mut self, id: &str) -> Value {
        let kind = KINDS[self.rng.usize(0..KINDS.len())];
        let options = match kind {
            "single" | "multi" => self.rng.usize(2..=6),
            "judge" => 2,
            _ => 0,
        };
        let options: Vec<Value> = (0..options)
            .map(|n| {
                let text = if kind == "judge" { ["正确", "错误"][n].to_owned() } else { self.text(12) };
                json!({"label": char::from(b'A' + n as u8).to_string(), "text": text})
            })
            .collect();
        // Some have to be paged.
        let long = if kind == "case" || self.one_in(6) { 120 } else { 20 };
        let mut question = json!({"id": id, "kind": kind, "stem": self.text(long), "options": options});
        if self.one_in(3) {
            question["value"] = json!(self.rng.u32(1..=4) * 10);
        }
        question
    }

    /// Labels or a text that are an answer to the question.
    fn answer(&mut self, question: &Value) -> Vec<String> {
        let labels: Vec<String> = labels(question);
        if labels.is_empty() {
            return (0..self.rng.usize(1..=3)).map(|_| self.text(30)).collect();
        }
        let many = if question["kind"] == "multi" { self.rng.usize(1..=labels.len()) } else { 1 };
        let start = self.rng.usize(0..labels.len());
        (0..many).map(|n| labels[(start + n) % labels.len()].clone()).collect()
    }

    /// What comes before the answer is told.
    fn clock(&mut self, id: &str) {
        let us = self.rng.i64(5..90) * 1_000_000;
        self.say("countdown.armed", json!({"id": id, "duration": us}));
        if self.one_in(8) {
            return;
        }
        let ends_at = self.at + us;
        self.say("countdown.started", json!({"id": id, "ends_at": ends_at}));
        match self.rng.u32(0..6) {
            0 => {
                let remaining = (ends_at - self.at).max(0);
                self.say("countdown.paused", json!({"id": id, "remaining": remaining}));
                let ends_at = self.at + remaining;
                self.say("countdown.resumed", json!({"id": id, "ends_at": ends_at}));
            }
            1 => drop(self.say("countdown.changed", json!({"id": id, "ends_at": ends_at + 10_000_000}))),
            2 => drop(self.say("countdown.stopped", json!({"id": id, "remaining": 3_000_000}))),
            3 => drop(self.say("countdown.expired", json!({"id": id}))),
            _ => {}
        }
    }

    /// What a round has before its question.
    fn stakes(&mut self, format: &str) {
        let (team, other) = (self.team(), self.team());
        match format {
            "risk_choice" => {
                self.say("risk.offered", json!({"values": [10, 20, 30]}));
                self.say("risk.locked", json!({"team": team}));
                self.say("risk.revealed", json!({"team": team, "value": 20}));
            }
            "risk_assigned" if team != other => drop(self.say("risk.assigned", json!({"from": team, "to": other}))),
            "rush" => {
                for index in 1..self.rng.u32(2..6) {
                    self.say("rush.progressed", json!({"team": team, "index": index, "outcome": "correct"}));
                }
            }
            _ => {}
        }
    }

    /// What it has while the question stands.
    fn people(&mut self, format: &str) {
        let (team, other) = (self.team(), self.team());
        match format {
            "buzzer" => {
                if self.one_in(3) {
                    self.say("buzzer.fouled", json!({"team": other, "early_us": 12_000, "note": "本题作废"}));
                }
                self.say("buzzer.armed", json!({}));
                self.say("buzzer.hit", json!({"team": team, "order": 1, "after_us": 210_000}));
                if self.one_in(2) {
                    self.say("buzzer.hit", json!({"team": other, "order": 2, "after_us": 290_000}));
                }
                self.say("buzzer.closed", json!({}));
            }
            "duel" | "audience_quiz" => {
                self.say("audience.opened", json!({"seats": 18}));
                for seat in 1..self.rng.u32(1..7) {
                    self.say("audience.locked", json!({"seat": seat}));
                }
            }
            _ => {}
        }
    }

    /// Answers, judges, changes its mind; what is said of the question without its key.
    fn judged(&mut self, question: &Value, format: &str, asked: u64) {
        let team = self.team();
        let is_label = !labels(question).is_empty();
        let given = |answer: Vec<String>, team: &str| {
            if is_label {
                json!({"team": team, "choice": answer})
            } else {
                json!({"team": team, "text": answer.join("，")})
            }
        };
        if !self.one_in(5) {
            let answer = self.answer(question);
            let said = self.say("answer.given", given(answer, &team));
            if self.one_in(4) {
                let answer = self.answer(question);
                self.correct("answer.given", given(answer, &team), Some(said));
            }
            if !self.one_in(3) {
                self.say("answer.locked", json!({}));
            }
        }
        if self.one_in(6) {
            let mut mended = question.clone();
            mended["stem"] = json!(self.text(30));
            self.correct("question.shown", mended, Some(asked));
        }
        if self.one_in(2) {
            let outcome = *self.rng.choice(["correct", "wrong", "timeout", "incomplete", "foul"].iter()).expect("some");
            let verdict = self.say("verdict.given", json!({"team": team, "outcome": outcome}));
            if self.one_in(2) {
                let score = json!({"team": team, "before": 300, "delta": 10, "after": 310, "reason": "答对"});
                self.say("score.changed", score);
            }
            if self.one_in(4) {
                self.correct(
                    "verdict.given",
                    json!({"team": team, "outcome": "wrong", "reason": "改判"}),
                    Some(verdict),
                );
            }
            if self.one_in(5) {
                self.say("appeal.opened", json!({"subject_seq": verdict, "team": team}));
            }
        }
        if matches!(format, "duel" | "audience_quiz") && self.one_in(2) {
            self.say("audience.tallied", json!({"right": 7, "wrong": 9, "absent": 2, "n": 9}));
        }
        if self.one_in(8) {
            self.say("question.withdrawn", json!({"reason": "题目有误"}));
        }
        if self.one_in(8) {
            self.say("slate.shown", json!({"kind": "interlude", "title": "请稍候"}));
            self.say("slate.cleared", json!({}));
        }
        if self.one_in(8) {
            self.say("lower_third.shown", json!({"title": "王芳", "subtitle": "主持人"}));
        }
    }

    fn act(&mut self, id: &str, format: &str) -> (Value, u64) {
        let question = self.question(id);
        if self.one_in(2) {
            let team = self.team();
            self.say("turn.given", json!({"team": team, "question_no": 2, "of": 9}));
        }
        self.stakes(format);
        if self.one_in(2) {
            self.say("question.cued", question.clone());
        }
        let asked = self.say("question.shown", question.clone());
        if self.one_in(3) {
            self.say("phase.set", json!({"phase": "discussion"}));
        }
        if self.one_in(2) {
            self.clock(&format!("clock of {id}"));
        }
        self.people(format);
        self.judged(&question, format, asked);
        (question, asked)
    }
}

fn labels(question: &Value) -> Vec<String> {
    let options = question["options"].as_array().map(Vec::as_slice).unwrap_or_default();
    options.iter().filter_map(|option| option["label"].as_str().map(str::to_owned)).collect()
}

/// The drama of a seed.
pub fn drama(seed: u64) -> Drama {
    let mut writer = Writer { rng: Rng::with_seed(seed), at: ZERO_US, told: Vec::new() };
    let teams: Vec<Value> =
        (1..=5).map(|n| json!({"id": format!("t{n}"), "name": format!("第{n}代表队"), "number": n})).collect();
    writer.say(
        "show.configured",
        json!({"title": "练兵比武大赛", "teams": teams, "base_score": 300, "audience_seats": 18}),
    );
    let format = FORMATS[seed as usize % FORMATS.len()];
    writer.say("round.opened", json!({"id": "r", "name": "擂台比拼", "format": format, "number": 2, "of": 4}));
    if writer.one_in(2) {
        // One before it, with a key that everybody knows.
        let (question, _) = writer.act("before", format);
        let key = writer.answer(&question);
        let said = writer.say("answer.revealed", json!({"key": key, "explanation": writer_text(seed)}));
        if writer.one_in(3) {
            let key = writer.answer(&question);
            writer.correct("answer.revealed", json!({"key": key}), Some(said));
        }
    }
    let (question, asked) = writer.act("secret", format);
    let revealed = writer.say("answer.revealed", json!({"key": []})) as usize - 1;
    let keys = keys(&mut writer, &question);
    let other = writer.answer(&question);
    if writer.one_in(3) {
        writer.correct("answer.revealed", json!({"key": other}), Some(revealed as u64 + 1));
    }
    writer.act("after", format);
    let events = keys.map(|key| {
        let mut events: Vec<Envelope> = writer.told.iter().enumerate().map(|(n, told)| envelope(n, told)).collect();
        events[revealed].event = Event::AnswerRevealed(key);
        events
    });
    Drama { events, asked: asked as usize - 1, revealed }
}

/// A page of reasons, or a line.
fn writer_text(seed: u64) -> String {
    "《社会保险法》第四十六条。".repeat(1 + seed as usize % 9)
}

/// Two keys that differ, with marks where they are texts.
fn keys(writer: &mut Writer, question: &Value) -> [AnswerRevealed; 2] {
    let labels = labels(question);
    let explained = writer.one_in(2);
    let pages = writer.rng.usize(1..30);
    [0, 1].map(|n| {
        let key = if labels.is_empty() { vec![MARKS[n].repeat(1 + n * 8)] } else { vec![labels[n].clone()] };
        let explanation = (explained || n == 1).then(|| MARKS[n].repeat(pages * (1 + 3 * n)));
        AnswerRevealed { key, explanation }
    })
}

fn envelope(n: usize, (at, name, data, corrects): &(i64, &'static str, Value, Option<u64>)) -> Envelope {
    let value = json!({
        "v": 1, "epoch": "drama", "seq": n + 1, "at": at, "type": name, "data": data, "cause": null,
        "corrects": corrects
    });
    Envelope::from_value(value).expect("a good event")
}
