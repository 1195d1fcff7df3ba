//! Standings, weighted totals and advances in every state worth a look, by name.

use serde_json::{Value, json};

use super::Feed;

/// One show a state.
pub fn all() -> Vec<(String, Feed)> {
    let mut all: Vec<(String, Feed)> = Vec::new();
    let mut add = |name: String, feed: Feed| all.push((name, feed));
    for teams in [2, 3, 5, 8, 9, 12] {
        add(format!("standings {teams}"), standings(teams, true, |_| {}));
        add(format!("standings {teams} hidden"), standings(teams, false, |_| {}));
    }
    add("standings of points".into(), standings(8, true, plain));
    add("standings below zero".into(), standings(8, true, below_zero));
    add("standings tied".into(), tied("written"));
    add("standings tied by the second paper".into(), tied("general_written"));
    add("standings tied at the top".into(), tied_at_the_top());
    add("standings with moves".into(), with_moves());
    add("standings decided".into(), decided());
    add("standings corrected".into(), corrected(false));
    add("standings corrected at the top".into(), corrected(true));
    for parts in 0..=5 {
        add(format!("total {parts}"), total(parts));
    }
    add("total rounded".into(), total_of(json!([part("笔试", 92.25), part("现场展示", 412.5)]), json!(252.38)));
    for slots in [1, 4, 8, 12] {
        add(format!("advance {slots}"), advance(slots, slots));
        add(format!("advance {slots} half"), advance(slots, slots / 2));
    }
    add("advance corrected".into(), advance_corrected());
    all
}

/// The same with more teams, or longer names, than a score strip is for.
pub fn wide() -> Vec<(String, Feed)> {
    let mut all: Vec<(String, Feed)> = Vec::new();
    for teams in [13, 19, 20, 22, 23, 40] {
        all.push((format!("standings {teams}"), standings(teams, true, |_| {})));
        all.push((format!("standings {teams} hidden"), standings(teams, false, plain)));
    }
    for slots in [16, 40] {
        all.push((format!("advance {slots}"), advance(slots, slots)));
    }
    all.push(("standings of long names".into(), long_names()));
    all.push(("advance of long names".into(), advance_long()));
    all
}

fn plain(row: &mut Value) {
    for column in ["written", "stage"] {
        row.as_object_mut().unwrap().remove(column);
    }
}

fn below_zero(row: &mut Value) {
    plain(row);
    row["total"] = json!(row["total"].as_f64().unwrap() - 552.75);
}

/// The rows of `teams` teams in their order, 6.25 points apart.
pub fn rows(teams: u32) -> Vec<Value> {
    (1..=teams)
        .map(|n| {
            let by = f64::from(n - 1);
            json!({"team": format!("t{n}"), "rank": n, "written": 98.5 - by, "stage": 500 - 9 * (n - 1), "total": 300.0 - 6.25 * by})
        })
        .collect()
}

pub fn set(rows: &[Value], ranked: bool) -> Value {
    json!({"rows": rows, "ranked": ranked, "title": "总成绩", "advance": 4})
}

/// A slate is on, so that no strip has to hold all of them.
fn many(teams: u32) -> Feed {
    let mut feed = Feed::new(teams);
    if teams <= 12 {
        return feed;
    }
    feed.say(0, "slate.shown", json!({"kind": "tabulating", "title": "成绩统计中"}));
    feed.at += 5_000_000;
    feed
}

pub fn standings(teams: u32, ranked: bool, change: impl Fn(&mut Value)) -> Feed {
    let mut feed = many(teams);
    let mut rows = rows(teams);
    rows.iter_mut().for_each(change);
    feed.say(100, "standings.set", set(&rows, ranked));
    feed
}

/// Teams 2 and 3 are level.
pub fn tied_rows(key: Option<&str>) -> Vec<Value> {
    let mut rows = rows(8);
    for (row, general) in [(1, 47.5), (2, 45.0)] {
        rows[row]["total"] = json!(293.75);
        rows[row]["general_written"] = json!(general);
        if let Some(key) = key {
            rows[row]["tie_key"] = json!(key);
        }
    }
    rows
}

pub fn tied(key: &str) -> Feed {
    let mut feed = Feed::new(8);
    feed.say(100, "standings.set", set(&tied_rows(Some(key)), true));
    feed
}

/// Two first places, which a key parted no further.
fn tied_at_the_top() -> Feed {
    let mut feed = Feed::new(8);
    let mut rows = rows(8);
    for row in &mut rows[..2] {
        row["rank"] = json!(1);
        row["total"] = json!(300);
        row["tie_key"] = json!("playoff");
    }
    feed.say(100, "standings.set", set(&rows, true));
    feed
}

/// Team 1 was third, team 8 first.
pub fn with_moves() -> Feed {
    let mut feed = Feed::new(8);
    let mut before = rows(8);
    for (row, rank) in before.iter_mut().zip([3, 2, 4, 5, 6, 7, 8, 1]) {
        row["rank"] = json!(rank);
    }
    feed.say(100, "standings.set", set(&before, true));
    feed.say(6_000, "standings.set", set(&rows(8), true));
    feed
}

fn renamed(feed: &mut Feed, slots: &[u32]) {
    let names = [
        "中卫市沙坡头区人力资源和社会保障局政务服务中心窗",
        "平潭综合实验区社会保险中心",
        "Yantai Social Insurance",
        "一队",
    ];
    let teams: Vec<Value> = slots
        .iter()
        .map(|&n| json!({"id": format!("t{n}"), "name": names[(n as usize - 1) % names.len()], "number": n}))
        .collect();
    feed.say(10, "roster.updated", json!({"teams": teams}));
}

fn long_names() -> Feed {
    let mut feed = many(13);
    renamed(&mut feed, &(1..=12).collect::<Vec<_>>());
    let mut rows = rows(12);
    rows[1]["tie_key"] = json!("written");
    rows[2]["total"] = rows[1]["total"].clone();
    feed.say(100, "standings.set", set(&rows, true));
    feed
}

/// Teams 2 and 3 share a place until a playoff parts them the other way round.
pub fn decided() -> Feed {
    let mut feed = Feed::new(8);
    let mut rows = tied_rows(None);
    rows[2]["rank"] = json!(2);
    feed.say(100, "standings.set", set(&rows, true));
    feed.say(8_000, "tiebreak.decided", json!({"teams": ["t3", "t2"], "by": "playoff"}));
    feed
}

/// Team 5 gains 20 on stage and passes team 4; or team 2 passes team 1.
pub fn corrected(at_the_top: bool) -> Feed {
    let mut feed = standings(8, true, |_| {});
    let (up, gain) = if at_the_top { (1, 10) } else { (4, 20) };
    let team = format!("t{}", up + 1);
    let mut rows = rows(8);
    let (before, total) = (rows[up]["stage"].as_i64().unwrap(), rows[up]["total"].as_f64().unwrap());
    rows[up]["stage"] = json!(before + gain);
    rows[up]["total"] = json!(total + gain as f64 / 2.0);
    rows.swap(up - 1, up);
    for at in [up - 1, up] {
        rows[at]["rank"] = json!(at + 1);
    }
    feed.say(
        8_000,
        "score.corrected",
        json!({"team": team, "before": before, "after": before + gain, "reason": "复核"}),
    );
    feed.say(400, "standings.set", set(&rows, true));
    feed
}

fn part(label: &str, score: f64) -> Value {
    json!({"label": label, "score": score, "percent": 50})
}

pub fn total_of(parts: Value, total: Value) -> Feed {
    let mut feed = Feed::new(5);
    feed.say(100, "total.shown", json!({"team": "t1", "parts": parts, "total": total, "rank": 1}));
    feed
}

pub fn total(parts: usize) -> Feed {
    let labels = [("笔试", 92), ("现场展示", 412), ("综合知识笔试", 88), ("附加", -20), ("网络投票", 1_000)];
    let parts: Vec<Value> =
        labels[..parts].iter().map(|(label, score)| json!({"label": label, "score": score, "percent": 50})).collect();
    total_of(Value::from(parts), json!(252))
}

/// The last `revealed` of `slots`, the highest first.
pub fn advance(slots: u32, revealed: u32) -> Feed {
    let mut feed = many(slots.max(2));
    feed.say(100, "advance.set", json!({"slots": slots, "title": "晋级决赛"}));
    for i in 0..revealed {
        let slot = slots - i;
        feed.say(2_000, "advance.revealed", json!({"slot": slot, "team": format!("t{slot}")}));
    }
    feed
}

fn advance_long() -> Feed {
    let mut feed = many(16);
    renamed(&mut feed, &(1..=16).collect::<Vec<_>>());
    feed.say(100, "advance.set", json!({"slots": 16, "title": "社会保险经办服务能力职业技能竞赛晋级决赛的队伍"}));
    for slot in 1..=16 {
        feed.say(500, "advance.revealed", json!({"slot": slot, "team": format!("t{slot}")}));
    }
    feed
}

/// Slot 4 was team 4 and is team 1.
pub fn advance_corrected() -> Feed {
    let mut feed = advance(4, 2);
    feed.say(5_000, "appeal.resolved", json!({"outcome": "改判"}));
    let (at, seq) = (feed.at, feed.seq);
    let advance = feed.show.core.advance.as_mut().unwrap();
    let slot = advance.revealed.iter_mut().find(|(slot, _)| *slot == 4).unwrap();
    let value = std::mem::replace(&mut slot.1.value, "t1".to_owned());
    slot.1.was = Some(Box::new(crate::show::state::Was { value, since: at, seq, reason: String::new() }));
    feed
}
