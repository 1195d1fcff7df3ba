//! A short log of a show, and what it folds into.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test stops at the first surprise")]

use leitai::show::{protocol::Envelope, state::Show};
use serde_json::{Value, json};

/// The first instant of every log here, µs since the Unix epoch.
pub const START_US: i64 = 1_763_690_400_000_000;
/// From one event to the next, µs.
pub const STEP_US: i64 = 10_000;

/// `count` events of an epoch: a configured show, then question after question with clock, answer and score.
pub fn log(epoch: &str, count: u64) -> Vec<Envelope> {
    (1..=count).map(|seq| Envelope::from_value(event(epoch, seq)).expect("the log is well formed")).collect()
}

fn event(epoch: &str, seq: u64) -> Value {
    let at = START_US + (seq as i64 - 1) * STEP_US;
    let round = seq.saturating_sub(2) / 7;
    let team = ["a", "b", "c"][(round % 3) as usize];
    let before = i64::try_from(round / 3 * 10).unwrap();
    let (name, data) = match (seq, seq.saturating_sub(2) % 7) {
        (1, _) => (
            "show.configured",
            json!({"title": "社保知识竞赛", "teams": [
                {"id": "a", "name": "黄山", "number": 1},
                {"id": "b", "name": "泰山", "number": 2},
                {"id": "c", "name": "华山", "number": 3}]}),
        ),
        (_, 0) => ("turn.given", json!({"team": team, "question_no": round + 1})),
        (_, 1) => {
            ("question.shown", json!({"id": format!("q{round}"), "kind": "fill", "stem": format!("第 {round} 题")}))
        }
        (_, 2) => ("countdown.armed", json!({"id": format!("c{round}"), "duration": 30_000_000})),
        (_, 3) => ("countdown.started", json!({"id": format!("c{round}"), "ends_at": at + 30_000_000})),
        (_, 4) => ("countdown.stopped", json!({"id": format!("c{round}"), "remaining": 29_000_000})),
        (_, 5) => ("verdict.given", json!({"team": team, "outcome": "correct"})),
        _ => ("score.changed", json!({"team": team, "before": before, "delta": 10, "after": before + 10})),
    };
    json!({"v": 1, "epoch": epoch, "seq": seq, "at": at, "type": name, "data": data, "cause": null, "corrects": null})
}

/// The show after these events.
pub fn fold(events: &[Envelope]) -> Show {
    let mut show = Show::default();
    for env in events {
        show.apply(env);
    }
    show
}

/// The show after these events but one.
pub fn fold_without(events: &[Envelope], seq: u64) -> Show {
    let rest: Vec<Envelope> = events.iter().filter(|env| env.seq != seq).cloned().collect();
    fold(&rest)
}

/// An event as it is sent.
pub fn line(env: &Envelope) -> String {
    serde_json::to_string(env).expect("an event is JSON")
}
