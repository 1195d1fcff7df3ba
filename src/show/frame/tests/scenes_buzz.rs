//! The buzzer, the turn plate, the assignment, phases, withdrawals, answers in words, walls and cards of every size.

use serde_json::{Value, json};

use super::Feed;

/// One show a scene and state.
pub fn all() -> Vec<(String, Feed)> {
    let mut all: Vec<(String, Feed)> = Vec::new();
    let mut add = |name: String, feed: Feed| all.push((name, feed));
    for teams in [2, 3, 8, 12, 13, 24, 25, 40] {
        add(format!("buzzer {teams} armed"), armed(teams));
        add(format!("buzzer {teams} won"), won(teams, teams.min(5)));
        add(format!("buzzer {teams} fouled"), fouled(teams, Some("本题作废重抢")));
        add(format!("buzzer {teams} armed again"), again(teams));
    }
    add("buzzer closed".to_owned(), closed());
    add("buzzer foul bare".to_owned(), fouled(8, None));
    add("buzzer foul long".to_owned(), fouled(8, Some(&"按规则扣分，其余各队继续抢答。".repeat(12))));
    add("buzzer long names".to_owned(), long_names());
    add("buzzer without question".to_owned(), bare());
    for (name, scene) in [("buzzer", "buzzer"), ("card", "card"), ("case", "case"), ("rush", "rush"), ("duel", "duel")]
    {
        add(format!("withdrawn {name}"), withdrawn(scene, "题干有误，由主持人重新出题"));
    }
    add("withdrawn without reason".to_owned(), withdrawn("card", ""));
    add("withdrawn long".to_owned(), withdrawn("card", &"选项表述有歧义，裁判组裁定本题作废。".repeat(12)));
    add("opening".to_owned(), opening());
    for teams in [2, 5, 12] {
        add(format!("turn {teams}"), turn(teams, "solo"));
        add(format!("turn {teams} at the desk"), turn(teams, "rush"));
    }
    for teams in 2..=12 {
        add(format!("assignment {teams}"), assignment(teams));
    }
    add("assignment 40".to_owned(), assignment(40));
    for kind in ["single", "case", "short"] {
        for phase in ["reading", "discussion", "answering"] {
            add(format!("phase {kind} {phase}"), phases(kind, phase));
        }
    }
    let long = "由社会保险行政部门责令限期改正；逾期不改正的，处以罚款。".repeat(6);
    for kind in ["fill", "short", "case"] {
        for (length, text) in [("short", "二十四个月"), ("long", long.as_str())] {
            add(format!("given {kind} {length}"), answered(kind, text, &[]));
            add(format!("key {kind} {length}"), answered(kind, text, &["十二个月", text, "三十日内"]));
        }
    }
    for options in 1..=12 {
        add(format!("card {options} options"), options_of(options, "工伤保险基金"));
    }
    add("card long options".to_owned(), options_of(5, &"自诉人为证实其主张向本院提交如下证据。".repeat(21)));
    add("card middling options".to_owned(), options_of(4, &"用人单位应当按时足额缴纳社会保险费".repeat(2)));
    for length in [1, 60, 145, 400, 2_215] {
        for kind in ["single", "multi", "judge", "fill", "short", "case"] {
            add(format!("card {kind} of {length}"), stem(kind, length));
        }
    }
    add("explained long".to_owned(), explained(&"用人单位应当自行申报、按时足额缴纳。".repeat(30)));
    add("explained short".to_owned(), explained("《社会保险法》第六十条"));
    for teams in [2, 12, 13, 20, 24, 25, 36, 40] {
        add(format!("wall {teams} choosing"), super::scenes::risk(teams, teams - 1, 0));
        add(format!("wall {teams} revealed"), super::scenes::risk(teams, teams, teams));
    }
    all
}

const STEM: &str = "用人单位应当自行申报、按时足额缴纳社会保险费，非因（　）等法定事由不得缓缴、减免。";

pub fn question(feed: &mut Feed) -> &mut Feed {
    let options = json!([{"label": "A", "text": "不可抗力"}, {"label": "B", "text": "经营困难"}]);
    let data = json!({"id": "q", "kind": "single", "stem": STEM, "options": options, "value": 10});
    feed.say(500, "question.shown", data)
}

fn round(teams: u32) -> Feed {
    let mut feed = Feed::new(teams);
    let rules = json!({"right": 10, "foul": -10});
    let round = json!({"id": "r", "name": "一锤定音", "subtitle": "抢答题", "format": "buzzer", "rules": rules});
    feed.say(100, "round.opened", round);
    feed
}

pub fn armed(teams: u32) -> Feed {
    let mut feed = round(teams);
    question(&mut feed).say(2_000, "buzzer.armed", json!({}));
    feed
}

/// `presses` teams have pressed, from the last team backwards, 41 ms apart.
pub fn won(teams: u32, presses: u32) -> Feed {
    let mut feed = armed(teams);
    for order in 1..=presses {
        let press =
            json!({"team": format!("t{}", teams + 1 - order), "order": order, "after_us": 271_000 + 41_000 * order});
        feed.say(if order == 1 { 312 } else { 41 }, "buzzer.hit", press);
    }
    feed
}

pub fn fouled(teams: u32, note: Option<&str>) -> Feed {
    let mut feed = round(teams);
    let foul = json!({"team": "t2", "early_us": 186_000, "note": note});
    question(&mut feed).say(2_000, "buzzer.fouled", foul);
    feed.say(200, "score.changed", json!({"team": "t2", "before": 300, "delta": -10, "after": 290}));
    feed
}

pub fn again(teams: u32) -> Feed {
    let mut feed = fouled(teams, None);
    feed.say(4_000, "buzzer.armed", json!({}));
    feed
}

fn closed() -> Feed {
    let mut feed = armed(8);
    feed.say(10_000, "buzzer.closed", json!({}));
    feed
}

fn bare() -> Feed {
    let mut feed = round(5);
    feed.say(100, "buzzer.armed", json!({})).say(
        300,
        "buzzer.hit",
        json!({"team": "t1", "order": 1, "after_us": 300_000}),
    );
    feed
}

fn long_names() -> Feed {
    let mut feed = armed(8);
    let name = |n: u32| "社会保险事业管理局某某地区经办服务联合代表队".chars().skip(n as usize % 3).collect::<String>();
    let teams: Vec<Value> = (1..=8).map(|n| json!({"id": format!("t{n}"), "name": name(n), "number": n})).collect();
    feed.say(0, "roster.updated", json!({"teams": teams}));
    feed.say(300, "buzzer.hit", json!({"team": "t8", "order": 1, "after_us": 1_312_000}));
    feed.say(40, "buzzer.hit", json!({"team": "t7", "order": 2, "after_us": 1_353_000}));
    feed
}

pub fn withdrawn(scene: &str, reason: &str) -> Feed {
    let mut feed = match scene {
        "buzzer" => armed(8),
        "rush" => super::scenes::rush(10, 3),
        "duel" => super::scenes::duel(18, true),
        kind => {
            let mut feed = Feed::new(5);
            feed.round("solo").ask(if kind == "case" { "case" } else { "single" });
            feed
        }
    };
    feed.say(1_000, "question.withdrawn", json!({"reason": reason}));
    feed
}

fn opening() -> Feed {
    let mut feed = Feed::new(5);
    let rules = json!({"who": "由 1、2、3 号选手依次独立作答，每题限时 10 秒"});
    let round = json!({"id": "r", "name": "初显身手", "subtitle": "热身环节", "format": "solo", "number": 1, "of": 5, "rules": rules});
    feed.say(100, "round.opened", round);
    feed
}

pub fn turn(teams: u32, format: &str) -> Feed {
    let mut feed = Feed::new(teams);
    feed.say(100, "round.opened", json!({"id": "r", "name": "争分夺秒", "subtitle": "闯关环节", "format": format}));
    feed.say(1_000, "turn.given", json!({"team": "t2", "player": "p2", "question_no": 2, "of": 3}));
    feed
}

/// Every team names the next, the last one the first; the first pair is corrected in the end where there are more.
pub fn assignment(teams: u32) -> Feed {
    let mut feed = Feed::new(teams);
    feed.say(100, "round.opened", json!({"id": "r", "name": "勇往直前", "format": "risk_assigned"}));
    for n in 1..=teams {
        let to = n % teams + 1;
        let edge = json!({"from": format!("t{n}"), "to": format!("t{to}"), "player": format!("p{to}")});
        feed.say(3_000, "risk.assigned", edge);
    }
    feed
}

fn phases(kind: &str, phase: &str) -> Feed {
    let mut feed = Feed::new(5);
    feed.round("solo").ask(kind);
    feed.say(500, "phase.set", json!({"phase": phase}));
    feed
}

pub fn answered(kind: &str, text: &str, key: &[&str]) -> Feed {
    let mut feed = Feed::new(5);
    feed.round("solo").ask(kind);
    feed.say(500, "answer.given", json!({"team": "t1", "text": text}));
    feed.say(500, "answer.locked", json!({"team": "t1"}));
    if !key.is_empty() {
        feed.say(500, "verdict.given", json!({"team": "t1", "outcome": "incomplete"}));
        feed.say(500, "answer.revealed", json!({"key": key, "explanation": "《社会保险法》第四十六条。".repeat(9)}));
    }
    feed
}

pub fn options_of(count: u8, text: &str) -> Feed {
    let mut feed = Feed::new(5);
    feed.round("solo");
    let option = |n: u8| json!({"label": char::from(b'A' + n).to_string(), "text": format!("{text}{n}")});
    let options: Vec<Value> = (0..count).map(option).collect();
    let data = json!({"id": "q", "kind": "multi", "stem": STEM, "options": options, "value": 10});
    feed.say(100, "question.shown", data);
    feed.say(100, "answer.given", json!({"team": "t1", "choice": ["A", "B"]}));
    feed.say(100, "answer.revealed", json!({"key": ["A", "C"], "explanation": "依据".repeat(60)}));
    feed
}

pub fn stem(kind: &str, length: usize) -> Feed {
    let mut feed = Feed::new(5);
    feed.round("solo");
    let text: String = "甲公司一直未为其缴纳工伤保险费，".chars().cycle().take(length).collect();
    let options = match kind {
        "single" | "multi" => json!([
            {"label": "A", "text": "六个月"}, {"label": "B", "text": "十二个月"},
            {"label": "C", "text": "十八个月"}, {"label": "D", "text": "二十四个月"}
        ]),
        "judge" => json!([{"label": "A", "text": "正确"}, {"label": "B", "text": "错误"}]),
        _ => json!([]),
    };
    feed.say(100, "question.shown", json!({"id": "q", "kind": kind, "stem": text, "options": options}));
    feed
}

fn explained(text: &str) -> Feed {
    let mut feed = Feed::new(5);
    feed.round("solo").ask("single");
    feed.say(500, "answer.revealed", json!({"key": ["B"], "explanation": text}));
    feed
}
