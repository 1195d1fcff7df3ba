//! Corrections, rulings and strips of every size: what the jury's word does to a picture.

use serde_json::{Value, json};

use super::{Feed, scenes};
use crate::show::protocol::Envelope;

/// `event` corrects the event `of`, `after_ms` after the last one.
pub fn mend(feed: &mut Feed, after_ms: i64, event: &str, data: Value, of: u64) {
    feed.seq += 1;
    feed.at += after_ms * 1_000;
    let wire =
        json!({"v": 1, "epoch": "e", "seq": feed.seq, "at": feed.at, "type": event, "data": data, "corrects": of});
    feed.show.apply(&Envelope::from_value(wire).unwrap());
}

/// A fact that came out wrong: the show before it, its event, what was said first and what is right.
pub struct Case {
    pub feed: Feed,
    pub event: &'static str,
    pub wrong: Value,
    pub right: Value,
}

impl Case {
    /// The fact as it was first said, corrected after four seconds.
    pub fn mended(mut self) -> Feed {
        self.feed.say(500, self.event, self.wrong);
        let of = self.feed.seq;
        mend(&mut self.feed, 4_000, self.event, self.right, of);
        self.feed
    }

    /// The fact as it should have been, and nothing said after four seconds.
    pub fn right(mut self) -> Feed {
        self.feed.say(500, self.event, self.right).say(4_000, "roster.updated", json!({}));
        self.feed
    }

    /// The fact as it was first said, and left so.
    pub fn wrong(mut self) -> Feed {
        self.feed.say(500, self.event, self.wrong).say(4_000, "roster.updated", json!({}));
        self.feed
    }
}

fn opened(format: &str) -> Feed {
    let mut feed = Feed::new(5);
    feed.say(
        100,
        "round.opened",
        json!({"id": "r", "name": "勇往直前", "format": format, "rules": {"right": 10, "questions": 10}}),
    );
    feed
}

fn asked(format: &str) -> Feed {
    let mut feed = Feed::new(5);
    feed.round(format).ask("single");
    feed
}

fn answered() -> Feed {
    let mut feed = asked("solo");
    feed.say(3_000, "answer.given", json!({"team": "t1", "choice": ["C"]}));
    feed.say(200, "answer.locked", json!({"team": "t1"}));
    feed
}

fn said(mut feed: Feed, event: &str, data: Value) -> Feed {
    feed.say(700, event, data);
    feed
}

fn question(stem: &str) -> Value {
    let options = json!([{"label": "A", "text": "六个月"}, {"label": "B", "text": "十二个月"}]);
    json!({"id": "q", "kind": "single", "stem": stem, "options": options, "value": 10})
}

fn tally(right: u32) -> Value {
    let seats: Vec<&str> = (0..18).map(|seat| if seat < right { "right" } else { "wrong" }).collect();
    json!({"right": right, "wrong": 18 - right, "absent": 0, "seats": seats, "n": 18 - right})
}

/// Every fact that an event can correct, wrong first.
pub fn cases() -> Vec<Case> {
    let case = |feed: Feed, event: &'static str, wrong: Value, right: Value| Case { feed, event, wrong, right };
    let team = |id: &str| json!({"team": id});
    let rows = |first: &str| json!({"id": "a", "title": "优秀组织奖", "rows": [{"name": first, "unit": "人社局"}, {"name": "王琳"}]});
    let standing = |total: u32| json!({"rows": [{"team": "t1", "rank": 1, "total": total}, {"team": "t2", "rank": 2, "total": 80}], "ranked": true});
    let total =
        |total: f64| json!({"team": "t1", "parts": [{"label": "笔试", "score": 80, "percent": 50}], "total": total});
    let slate = |title: &str| json!({"kind": "message", "title": title, "body": "请稍候"});
    let named = |name: &str| json!({"id": "r", "name": name, "format": "solo"});
    let finished =
        |correct: u32, score: u32| json!({"team": "t1", "correct": correct, "of": 10, "remaining": 20, "score": score});
    let verdict =
        |outcome: &str, delta: i64| json!({"team": "t1", "outcome": outcome, "delta": delta, "reason": "合议改判"});
    let assigned = |to: &str| json!({"from": "t1", "to": to, "player": "p2"});
    vec![
        case(opened("solo"), "question.shown", question("累计交费满一年的"), question("累计缴费满一年的")),
        case(
            asked("solo"),
            "answer.given",
            json!({"team": "t1", "choice": ["A"]}),
            json!({"team": "t1", "choice": ["B"]}),
        ),
        case(answered(), "verdict.given", verdict("wrong", -10), verdict("correct", 10)),
        case(answered(), "answer.revealed", json!({"key": ["B"]}), json!({"key": ["C"], "explanation": "第四十六条"})),
        case(asked("solo"), "question.withdrawn", json!({"reason": "题干有误"}), json!({"reason": "选项有误"})),
        case(
            said(asked("buzzer"), "buzzer.armed", json!({})),
            "buzzer.hit",
            json!({"team": "t1", "order": 1, "after_us": 312_000}),
            json!({"team": "t2", "order": 1, "after_us": 309_000}),
        ),
        case(
            asked("buzzer"),
            "buzzer.fouled",
            json!({"team": "t1", "early_us": 5}),
            json!({"team": "t2", "early_us": 5}),
        ),
        case(
            scenes::risk(5, 5, 0),
            "risk.revealed",
            json!({"team": "t1", "value": 20}),
            json!({"team": "t1", "value": 50}),
        ),
        case(opened("risk_assigned"), "risk.assigned", assigned("t2"), assigned("t3")),
        case(
            scenes::rush(10, 3),
            "rush.progressed",
            json!({"team": "t1", "index": 4, "outcome": "wrong"}),
            json!({"team": "t1", "index": 4, "outcome": "correct"}),
        ),
        case(scenes::rush(10, 10), "rush.finished", finished(7, 84), finished(8, 96)),
        case(said(asked("duel"), "audience.opened", json!({"seats": 18})), "audience.tallied", tally(12), tally(11)),
        case(
            said(Feed::new(5), "draw.opened", json!({"kind": "question", "pool": ["1", "2", "3"]})),
            "draw.resolved",
            json!({"slot": "t1", "value": "2"}),
            json!({"slot": "t1", "value": "3"}),
        ),
        case(
            said(Feed::new(5), "advance.set", json!({"slots": 4})),
            "advance.revealed",
            json!({"slot": 1, "team": "t1"}),
            json!({"slot": 1, "team": "t2"}),
        ),
        case(Feed::new(5), "award.set", rows("李　娜"), rows("李　楠")),
        case(Feed::new(5), "standings.set", standing(81), standing(82)),
        case(
            said(Feed::new(5), "standings.set", standing(80)),
            "tiebreak.decided",
            json!({"teams": ["t1", "t2"], "by": "written"}),
            json!({"teams": ["t2", "t1"], "by": "playoff"}),
        ),
        case(Feed::new(5), "total.shown", total(80.5), total(81.5)),
        case(Feed::new(5), "slate.shown", slate("茶歇"), slate("休息")),
        case(opened("solo"), "turn.given", team("t1"), team("t2")),
        case(Feed::new(5), "round.opened", named("勇往值前"), named("勇往直前")),
    ]
}

/// A verdict that is appealed against and turned over, its key, its points and the score with it.
pub fn overturned() -> Feed {
    let mut feed = answered();
    feed.say(500, "verdict.given", json!({"team": "t1", "outcome": "wrong"}));
    let verdict = feed.seq;
    feed.say(0, "answer.revealed", json!({"key": ["B"]}));
    feed.say(0, "score.changed", json!({"team": "t1", "before": 300, "delta": -10, "after": 290}));
    feed.say(2_000, "appeal.opened", json!({"subject_seq": verdict, "team": "t1"}));
    feed.say(5_000, "appeal.resolved", json!({"outcome": "改判", "note": "第四十六条另有规定，C 项亦为正确"}));
    mend(&mut feed, 3_000, "answer.revealed", json!({"key": ["C"]}), verdict + 1);
    mend(&mut feed, 0, "verdict.given", json!({"team": "t1", "outcome": "correct", "reason": "合议改判"}), verdict);
    let score = json!({"team": "t1", "before": 290, "after": 310, "reason": "合议改判"});
    mend(&mut feed, 0, "score.corrected", score, verdict + 2);
    feed
}

/// `teams` of these names, two of them with extreme scores; the last but one is on turn with a question.
pub fn crowd(teams: u32, names: &[&str]) -> Feed {
    let mut feed = Feed::new(teams);
    let team = |n: u32| json!({"id": format!("t{n}"), "name": names[n as usize % names.len()], "number": n});
    feed.say(0, "roster.updated", json!({"teams": (1..=teams).map(team).collect::<Vec<_>>()}));
    feed.say(0, "round.opened", json!({"id": "r", "name": "勇往直前", "subtitle": "必答环节", "format": "solo"}));
    for (team, after) in [("t1", -9_999.75), ("t2", 99_999.5)] {
        feed.say(0, "score.changed", json!({"team": team, "before": 300, "delta": after - 300.0, "after": after}));
    }
    let on = format!("t{}", (teams - 1).max(1));
    feed.say(7_000, "turn.given", json!({"team": on, "player": format!("p{}", (teams - 1).max(1)), "question_no": 3}));
    feed
}

pub const LONG: &str = "新疆生产建设兵团第十四师昆玉市人力资源和社会保障";

/// One show a scene and state.
pub fn all() -> Vec<(String, Feed)> {
    let mut all: Vec<(String, Feed)> = Vec::new();
    for case in cases() {
        all.push((format!("corrected {}", case.event), case.mended()));
    }
    all.push(("overturned".into(), overturned()));
    for teams in [2, 5, 8, 12, 13, 35, 40] {
        all.push((format!("crowd of {teams}"), crowd(teams, &["平潭综合", "济南市", "长沙"])));
        all.push((format!("crowd of {teams}, long names"), crowd(teams, &[LONG, "甲乙"])));
    }
    let mut votes = crowd(5, &[LONG]);
    votes.say(0, "round.opened", json!({"id": "r", "name": "一战到底", "format": "duel", "rules": {"right": 10}}));
    votes.say(0, "turn.given", json!({"team": "t1", "player": "p1"})).ask("single");
    votes.say(0, "audience.opened", json!({"size": 100_000}));
    votes.say(0, "verdict.given", json!({"team": "t1", "outcome": "correct"}));
    votes.say(0, "audience.tallied", json!({"right": 0, "wrong": 100_000, "absent": 0, "n": 100_000}));
    votes.say(0, "score.changed", json!({"team": "t1", "before": -9999.75, "delta": 100_010, "after": 90_010.25}));
    all.push(("a hundred thousand votes".into(), votes));
    all
}
