//! What the data of a frame cost, and an event, with ever more teams and voters: no pixels.

use std::{hint::black_box, sync::Arc};

use clap::Args as Arguments;
use leitai::{
    show::{
        clip::Clips,
        desk::Air,
        frame::{Class, Output, compose},
        protocol::Envelope,
        state::Show,
    },
    themes,
    typeset::Typesetter,
};
use serde_json::{Value, json};

use super::{Fault, cost::Meter};

#[derive(Arguments)]
pub struct Args {
    #[arg(long, value_delimiter = ',', default_value = "2,5,10,20,40")]
    pub teams: Vec<u32>,
    #[arg(long, value_delimiter = ',', default_value = "18,100,1000,10000,100000")]
    pub voters: Vec<u32>,
    /// Of frames and of events, each time.
    #[arg(long, default_value_t = 200)]
    pub count: u32,
}

/// So many are drawn seat by seat; of more the feed tells their number.
const SEATS: u32 = 200;

pub fn run(args: &Args) -> Result<Value, Fault> {
    let theme = themes::load("qingkong")?.theme;
    let set = Typesetter::new();
    let cost = |events: Vec<Value>, more: &dyn Fn(u64) -> Value| -> Result<Value, Fault> {
        let mut air = Air::default();
        let mut seq = 0;
        let mut say = |air: &mut Air, event: Value| -> Result<(), Fault> {
            seq += 1;
            let (name, data) = (&event["type"], &event["data"]);
            let wire = json!({"v": 1, "epoch": "grow", "seq": seq, "at": seq * 1_000, "type": name, "data": data});
            drop(air.event(&Envelope::from_value(wire)?));
            Ok(())
        };
        for event in events {
            say(&mut air, event)?;
        }
        let output = Output::of(Class::Tv, (1920, 1080));
        let frame = |show: &Show, n: u32| {
            // A countdown runs: each frame differs from the one before.
            let now = show.at + i64::from(n) * 20_000;
            black_box(compose(show, &theme, &output, &set, &Arc::new(Clips::default()), now));
        };
        // Texts are measured once.
        (0..args.count).for_each(|n| frame(air.feed(), n));
        let meter = Meter::start();
        (0..args.count).for_each(|n| frame(air.feed(), n));
        let compose_us = meter.wall_s() * 1e6 / f64::from(args.count);
        let envelopes: Vec<Value> = (0..u64::from(args.count)).map(more).collect();
        let meter = Meter::start();
        for event in envelopes {
            say(&mut air, event)?;
        }
        let event_us = meter.wall_s() * 1e6 / f64::from(args.count);
        if air.feed().alarm_count > 0 {
            return Err(format!("{:?}", air.feed().alarms).into());
        }
        Ok(json!({"compose_us": compose_us, "event_us": event_us}))
    };
    let mut by_teams = Vec::new();
    for teams in &args.teams {
        let ranked = (0..*teams).map(|i| json!({"team": format!("t{i}"), "rank": i + 1, "total": 500 - i}));
        let standings = json!({"title": "总分", "ranked": true, "rows": ranked.collect::<Vec<_>>()});
        let mut events = question(configured(*teams, 18));
        let on_card = cost(events.clone(), &|n| score(n, *teams))?;
        events.push(json!({"type": "standings.set", "data": standings}));
        let on_standings = cost(events, &|n| score(n, *teams))?;
        by_teams.push(json!({"teams": teams, "card": on_card, "standings": on_standings}));
    }
    let mut by_voters = Vec::new();
    for voters in &args.voters {
        let mut events = question(configured(5, *voters));
        // Beyond a hall's seats the feed counts them.
        let seats = if *voters <= SEATS { json!({"seats": voters}) } else { json!({"size": voters}) };
        events.push(json!({"type": "audience.opened", "data": seats}));
        events.extend((0..(*voters).min(SEATS)).map(|n| vote(u64::from(n), *voters)));
        by_voters.push(json!({"voters": voters, "duel": cost(events, &|n| vote(n, *voters))?}));
    }
    Ok(json!({"teams": by_teams, "voters": by_voters}))
}

fn configured(teams: u32, voters: u32) -> Vec<Value> {
    let team = |i: u32| json!({"id": format!("t{i}"), "name": format!("第{}代表队", i + 1), "number": i + 1});
    let player = |i: u32| {
        let (team, number) = (i / 5, i % 5 + 1);
        json!({"id": format!("t{team}p{number}"), "name": format!("{number}号选手"), "number": number, "team": format!("t{team}")})
    };
    vec![
        json!({"type": "show.configured", "data": {
            "title": "业务技能练兵比武", "teams": (0..teams).map(team).collect::<Vec<_>>(),
            "players": (0..teams * 5).map(player).collect::<Vec<_>>(), "base_score": 300, "audience_seats": voters,
        }}),
        json!({"type": "round.opened", "data": {
            "format": "solo", "id": "r1", "name": "必答题", "number": 1, "of": 4,
            "rules": {"duration_us": 60_000_000, "kinds": ["single"], "text": ["每题 10 分"], "values": [10], "who": ""},
        }}),
    ]
}

fn question(mut events: Vec<Value>) -> Vec<Value> {
    let option = |label: &str, text: &str| json!({"label": label, "text": text});
    events.push(json!({"type": "turn.given", "data": {"team": "t1"}}));
    events.push(json!({"type": "question.shown", "data": {
        "id": "q1", "kind": "single",
        "stem": "失业人员申领失业保险金，社会保险经办机构应当自收到申请之日起多长时间内办理完毕？",
        "options": [option("A", "10 个工作日"), option("B", "15 个工作日"), option("C", "20 个工作日")],
    }}));
    events.push(json!({"type": "countdown.armed", "data": {"duration": 60_000_000, "id": "c1"}}));
    events.push(json!({"type": "countdown.started", "data": {"ends_at": 60_000_000, "id": "c1"}}));
    events
}

/// The teams win ten points in turn.
fn score(n: u64, teams: u32) -> Value {
    let (team, before) = (n % u64::from(teams), 300 + n / u64::from(teams) * 10);
    json!({"type": "score.changed", "data": {
        "team": format!("t{team}"), "before": before, "delta": 10, "after": before + 10, "reason": "回答正确",
    }})
}

/// A seat locks its answer; of many voters the feed tells their number.
fn vote(n: u64, voters: u32) -> Value {
    let data = if voters <= SEATS { json!({"seat": n % u64::from(voters) + 1}) } else { json!({"count": n + 1}) };
    json!({"type": "audience.locked", "data": data})
}
