//! Every scene in every state worth a look, by name.

use serde_json::{Value, json};

use super::Feed;

/// One show a scene and state.
pub fn all() -> Vec<(String, Feed)> {
    let mut all: Vec<(String, Feed)> = Vec::new();
    let mut add = |name: &str, feed: Feed| all.push((name.to_owned(), feed));
    add("ground", Feed::new(5));
    for (name, kind, body) in [
        ("title", "title", "人人有社保，生活更美好"),
        ("rules", "rules", "限时 10 秒\n回答正确加 10 分；超时、错误、不完整不得分\n由 1、2、3 号选手依次独立作答"),
        ("message", "message", ""),
        ("notary", "notary", "公证员宣读公证词"),
    ] {
        add(name, slate(kind, "业务技能练兵比武大赛", body));
    }
    add(
        "long rules",
        slate(
            "rules",
            "一个特别长的环节名称需要排成两行才能放得下的赛制说明",
            &"每队选派一名选手，独立作答十道题。\n".repeat(30),
        ),
    );
    add("long title", slate("title", &"社会保险经办服务能力职业技能竞赛".repeat(8), &"标语".repeat(60)));
    for teams in [2, 5, 8, 12] {
        add(&format!("risk {teams} choosing"), risk(teams, teams - 1, 0));
        add(&format!("risk {teams} half"), risk(teams, teams, teams / 2));
        add(&format!("risk {teams} revealed"), risk(teams, teams, teams));
    }
    for kind in ["single", "multi", "judge", "fill", "short", "case"] {
        add(&format!("card {kind}"), card(kind));
    }
    add("moment loss", moment(-40, "回答内容不完整，倒扣所选分值"));
    add("moment win", moment(40, ""));
    add("rush", rush(10, 7));
    add("rush 20", rush(20, 19));
    add("rush no question", bare_rush());
    add("formula", formula(8, 20, json!(96)));
    add("formula rounded", formula(7, 15, json!(81)));
    for seats in [1, 9, 10, 18, 24, 25, 60, 200] {
        add(&format!("duel {seats}"), duel(seats, true));
        add(&format!("rail {seats}"), rail(seats));
    }
    add("duel lost", duel(18, false));
    add("duel tally", tally());
    add("appeal", appeal());
    all.extend(super::scenes_tab::all());
    all.extend(super::scenes_buzz::all());
    all.extend(super::scenes_slate::all());
    all.extend(super::scenes_judge::all());
    all.extend(super::scenes_award::all());
    all
}

pub fn slate(kind: &str, title: &str, body: &str) -> Feed {
    let mut feed = Feed::new(5);
    let subtitle = "社会保险经办服务能力职业技能竞赛\n晋级赛·烟台赛区";
    feed.say(0, "slate.shown", json!({"kind": kind, "title": title, "subtitle": subtitle, "body": body}));
    feed
}

/// `locked` teams have chosen, `revealed` of them are revealed in one instant.
pub fn risk(teams: u32, locked: u32, revealed: u32) -> Feed {
    let mut feed = Feed::new(teams);
    feed.say(100, "round.opened", json!({"id": "r", "name": "狭路相逢", "format": "risk_choice"}));
    feed.say(100, "risk.offered", json!({"values": [20, 50]}));
    for n in 1..=locked {
        feed.say(100, "risk.locked", json!({"team": format!("t{n}")}));
    }
    for n in 1..=revealed {
        let value = if n % 3 == 0 { 20 } else { 50 };
        let after = if n == 1 { 1_000 } else { 0 };
        feed.say(after, "risk.revealed", json!({"team": format!("t{n}"), "value": value}));
    }
    feed
}

fn card(kind: &str) -> Feed {
    let mut feed = Feed::new(5);
    feed.round("solo").ask(kind);
    feed
}

/// Team 1 has 300 points and gains or loses `delta` of them.
pub fn moment(delta: i64, reason: &str) -> Feed {
    let mut feed = Feed::new(5);
    feed.round("risk_choice").ask("short");
    let outcome = if delta < 0 { "wrong" } else { "correct" };
    feed.say(2_000, "verdict.given", json!({"team": "t1", "outcome": outcome}));
    let change = json!({"team": "t1", "before": 300, "delta": delta, "after": 300 + delta, "reason": reason});
    feed.say(1_000, "score.changed", change);
    feed
}

fn bare_rush() -> Feed {
    let mut feed = Feed::new(5);
    feed.round("rush").say(100, "rush.progressed", json!({"team": "t1", "index": 1}));
    feed
}

/// `done` of `questions` answered, every third wrong.
pub fn rush(questions: u32, done: u32) -> Feed {
    let mut feed = Feed::new(5);
    let rules = json!({"right": 10, "questions": questions});
    feed.say(100, "round.opened", json!({"id": "r", "name": "争分夺秒", "format": "rush", "rules": rules}));
    feed.say(100, "turn.given", json!({"team": "t1", "player": "p1"}));
    feed.ask("judge");
    for index in 1..=done {
        let outcome = if index % 3 == 0 { "wrong" } else { "correct" };
        feed.say(2_000, "rush.progressed", json!({"team": "t1", "index": index, "outcome": outcome}));
        feed.ask("single");
    }
    feed
}

pub fn formula(correct: u32, remaining: u32, score: Value) -> Feed {
    let mut feed = rush(10, 10);
    let done = json!({"team": "t1", "correct": correct, "of": 10, "remaining": remaining, "score": score});
    feed.say(1_000, "rush.finished", done);
    let after = 300 + score.as_i64().unwrap();
    feed.say(0, "score.changed", json!({"team": "t1", "before": 300, "delta": score, "after": after}));
    feed
}

fn rail(seats: u32) -> Feed {
    let mut feed = Feed::new(5);
    feed.round("duel").say(100, "audience.opened", json!({"seats": seats}));
    feed.ask("single");
    for seat in 1..=seats / 2 {
        feed.say(10, "audience.locked", json!({"seat": seat}));
    }
    feed
}

/// Every third seat is wrong; verdict, key, tally and score come in one instant.
pub fn duel(seats: u32, won: bool) -> Feed {
    let mut feed = rail(seats);
    feed.say(500, "answer.locked", json!({"team": "t1"}));
    let outcome = |seat: u32| if seat.is_multiple_of(3) { "wrong" } else { "right" };
    let told: Vec<&str> = (1..=seats).map(outcome).collect();
    let wrong = seats / 3;
    let n = if won { wrong } else { seats - wrong };
    let delta = if won { 10 + i64::from(n) } else { -i64::from(n) };
    feed.say(500, "verdict.given", json!({"team": "t1", "outcome": if won { "correct" } else { "wrong" }}));
    feed.say(0, "answer.revealed", json!({"key": ["B"]}));
    feed.say(
        0,
        "audience.tallied",
        json!({"right": seats - wrong, "wrong": wrong, "absent": 0, "seats": told, "n": n}),
    );
    feed.say(0, "score.changed", json!({"team": "t1", "before": 300, "delta": delta, "after": 300 + delta}));
    feed
}

fn tally() -> Feed {
    let mut feed = Feed::new(5);
    feed.say(100, "round.opened", json!({"id": "r", "name": "互动问答", "format": "audience_quiz"}));
    feed.ask("single").say(0, "audience.opened", json!({"size": 100_000}));
    feed.say(100, "audience.locked", json!({"count": 97_800}));
    feed.say(100, "audience.tallied", json!({"right": 86_420, "wrong": 11_380, "absent": 2_200, "n": 0}));
    feed
}

fn appeal() -> Feed {
    let mut feed = card("single");
    feed.say(100, "appeal.opened", json!({"subject_seq": 1, "team": "t1"}));
    feed
}
