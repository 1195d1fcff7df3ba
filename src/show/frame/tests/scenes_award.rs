//! Awards, draws and line-ups in every state worth a look.

use serde_json::{Value, json};

use super::Feed;

/// One show a scene and state.
pub fn all() -> Vec<(String, Feed)> {
    let mut all: Vec<(String, Feed)> = Vec::new();
    let mut add = |name: &str, feed: Feed| all.push((name.to_owned(), feed));
    for count in [1, 2, 3, 4, 5, 6, 10, 11, 33, 400] {
        add(&format!("award {count}"), award("全省·人社知识通", rows(count, 3, 2, false)));
        add(&format!("award ranked {count}"), award("优秀选手", rows(count, 3, 2, true)));
    }
    for (name, unit) in [(2, 0), (24, 0), (24, 30), (3, 60), (11, 11), (12, 4)] {
        for count in [1, 3, 5, 20] {
            let rows = rows(count, name, unit, count == 3);
            add(&format!("award {count} of {name} and {unit} glyphs"), award("团体一等奖", rows));
        }
    }
    add("award long title", award(&"全省人社窗口单位业务技能练兵比武优秀组织奖".repeat(3), rows(20, 3, 3, false)));
    add("award none", award("优秀组织奖", Vec::new()));
    for (groups, each) in [(11, 3), (2, 30), (3, 1), (1, 7), (40, 1)] {
        add(&format!("award {groups} groups of {each}"), grouped(groups, each, 3));
        add(&format!("award {groups} groups of {each}, long"), grouped(groups, each, 20));
    }
    let mut stepped = award("一等奖", rows(3, 3, 4, true));
    stepped.say(100, "award.stepped", json!({"id": "a", "row": 4}));
    stepped.say(2_000, "award.stepped", json!({"id": "a", "row": 3}));
    add("award stepped", stepped);
    let mut stepped = award("优秀选手", rows(200, 3, 4, false));
    stepped.say(2_000, "award.stepped", json!({"id": "a", "page": 7}));
    stepped.say(2_000, "award.stepped", json!({"id": "a", "row": 66}));
    add("award at a row", stepped);
    for (teams, done) in [(2, 0), (5, 3), (8, 8), (12, 5), (40, 23)] {
        add(&format!("draw {done} of {teams} numbers"), numbers(teams, done));
    }
    for (slots, pool, length, done) in
        [(35, 200, 3, 0), (35, 200, 3, 12), (3, 20, 3, 3), (35, 200, 24, 20), (1, 1, 3, 1)]
    {
        add(&format!("draw {done} of {slots} from {pool} of {length} glyphs"), people(slots, pool, length, done));
    }
    for done in [0, 1, 3] {
        add(&format!("draw {done} questions"), questions(done));
    }
    add("draw without a pool", {
        let mut feed = Feed::new(5);
        feed.say(0, "draw.opened", json!({"kind": "representative", "pool": []}));
        feed
    });
    for teams in [2, 3, 5, 8, 9, 12, 23, 40] {
        add(&format!("line-up {teams}"), lineup(teams, ""));
    }
    add("line-up of a team", lineup(8, "t3"));
    all
}

pub fn glyphs(n: u32, length: u32) -> String {
    const GLYPHS: &str = "丁叶许李邱王刘苏吴何陈林黄张郑杨蔡赖谢曾江周徐孙胡朱高郭马罗梁宋";
    let nth = |i: u32| GLYPHS.chars().nth(((n * 7 + i * 5 + n / 32) % 32) as usize);
    (0..length).filter_map(nth).collect()
}

pub fn rows(count: u32, name: u32, unit: u32, ranked: bool) -> Vec<Value> {
    let row = |n: u32| json!({"name": glyphs(n, name), "unit": glyphs(n + 3, unit), "rank": ranked.then_some(n + 1)});
    (0..count).map(row).collect()
}

pub fn award(title: &str, rows: Vec<Value>) -> Feed {
    let mut feed = Feed::new(5);
    feed.say(100, "award.set", json!({"id": "a", "title": title, "rows": rows, "note": "按姓氏笔画为序"}));
    feed
}

pub fn grouped(groups: u32, each: u32, name: u32) -> Feed {
    let row =
        |n: u32| json!({"group": format!("第 {} 组", n / each + 1), "name": glyphs(n, name), "unit": glyphs(n, 4)});
    award("岗位练兵明星", (0..groups * each).map(row).collect())
}

/// Teams draw numbers, `done` of them so far, 3 s from one to the next.
pub fn numbers(teams: u32, done: u32) -> Feed {
    let mut feed = Feed::new(teams);
    let pool: Vec<String> = (1..=teams).map(|n| n.to_string()).collect();
    feed.say(100, "draw.opened", json!({"kind": "team_number", "title": "抽签决定出场顺序", "pool": pool}));
    for n in 1..=done {
        feed.say(3_000, "draw.resolved", json!({"slot": format!("t{n}"), "value": (teams + 1 - n).to_string()}));
    }
    feed
}

pub fn people(slots: u32, pool: u32, length: u32, done: u32) -> Feed {
    let mut feed = Feed::new(5);
    let pool: Vec<String> = (0..pool).map(|n| format!("{}{n}", glyphs(n, length.saturating_sub(2)))).collect();
    feed.say(100, "draw.opened", json!({"kind": "representative", "pool": pool, "slots": slots}));
    for n in 1..=done {
        let value = &pool[(n as usize * 37) % pool.len()];
        feed.say(4_300, "draw.resolved", json!({"slot": n.to_string(), "value": value}));
    }
    feed
}

pub fn questions(done: u32) -> Feed {
    let mut feed = Feed::new(5);
    let pool: Vec<String> = (1..=40).map(|n| n.to_string()).collect();
    feed.say(100, "draw.opened", json!({"kind": "question", "pool": pool}));
    for n in 1..=done {
        let value = if n == 3 { "第 3 套".to_owned() } else { (n * 7).to_string() };
        feed.say(4_000, "draw.resolved", json!({"slot": format!("t{n}"), "value": value}));
    }
    feed
}

pub fn lineup(teams: u32, team: &str) -> Feed {
    let mut feed = Feed::new(teams);
    feed.say(100, "slate.shown", json!({"kind": "lineup", "title": "参赛队伍", "subtitle": team}));
    feed
}
