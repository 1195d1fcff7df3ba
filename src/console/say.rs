//! What the desk says in the feed's words: each form of the fallback desk as the events it makes.

use serde_json::{Value, json};

use crate::{
    desk::Command,
    show::{
        protocol::{Points, play::Outcome},
        state::{Clock, ClockPhase},
    },
};

/// The countdown that the desk sets, by its id.
const CLOCK: &str = "desk";

fn say(event: &str, data: Value) -> Command {
    Command::Say { event: event.to_owned(), data, corrects: None }
}

/// A new countdown, armed and started.
pub fn start(duration_us: i64, now_us: i64) -> [Command; 2] {
    [
        say("countdown.armed", json!({"id": CLOCK, "duration": duration_us})),
        say("countdown.started", json!({"id": CLOCK, "ends_at": now_us + duration_us})),
    ]
}

/// What can be done to a countdown as it stands, by the word on the button.
pub fn clock(clock: &Clock, now_us: i64) -> Vec<(&'static str, Command)> {
    let id = clock.id.as_str();
    let remaining = clock.remaining_us(now_us);
    let rest = json!({"id": id, "remaining": remaining});
    let ends = json!({"id": id, "ends_at": now_us + remaining});
    match clock.phase {
        ClockPhase::Armed => vec![("console-start", say("countdown.started", ends))],
        ClockPhase::Running { .. } => vec![
            ("console-pause", say("countdown.paused", rest.clone())),
            ("console-stop", say("countdown.stopped", rest)),
            ("console-expire", say("countdown.expired", json!({"id": id}))),
        ],
        ClockPhase::Paused { .. } => {
            vec![("console-resume", say("countdown.resumed", ends)), ("console-stop", say("countdown.stopped", rest))]
        }
        ClockPhase::Stopped { .. } | ClockPhase::Expired => Vec::new(),
    }
}

/// What a countdown has left is set anew.
pub fn set(clock: &Clock, remaining_us: i64, now_us: i64) -> Command {
    let data = match clock.phase {
        ClockPhase::Running { .. } => json!({"id": clock.id, "ends_at": now_us + remaining_us}),
        _ => json!({"id": clock.id, "remaining": remaining_us}),
    };
    say("countdown.changed", data)
}

/// A message over the whole picture.
pub fn message(title: &str, body: &str) -> (&'static str, Value) {
    ("slate.shown", json!({"kind": "message", "title": title, "body": body}))
}

/// A name over whatever is on.
pub fn lower_third(title: &str, subtitle: &str) -> (&'static str, Value) {
    ("lower_third.shown", json!({"title": title, "subtitle": subtitle}))
}

/// A score with its reason.
pub fn score(team: &str, before: Points, delta: Points, reason: &str) -> Command {
    say(
        "score.changed",
        json!({"team": team, "before": before, "delta": delta, "after": before + delta, "reason": reason}),
    )
}

/// A score that was wrong, set right.
pub fn correct(team: &str, before: Points, after: Points, reason: &str) -> Command {
    say("score.corrected", json!({"team": team, "before": before, "after": after, "reason": reason}))
}

/// A verdict on the question on air.
pub fn verdict(team: &str, outcome: Outcome) -> Command {
    say("verdict.given", json!({"team": team, "outcome": outcome}))
}

/// A question from the bank.
pub fn question(data: &Value) -> Command {
    say("question.shown", data.clone())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::desk::Say;

    fn is_of_the_protocol(command: &Command) {
        let Command::Say { event, data, corrects } = command else { panic!("{command:?}") };
        Say::parse(event, data.clone(), *corrects).unwrap();
    }

    #[test]
    fn whatever_the_desk_says_is_of_the_protocol() {
        let phases = [
            ClockPhase::Armed,
            ClockPhase::Running { ends_at: 9_000_000 },
            ClockPhase::Paused { remaining_us: 4 },
            ClockPhase::Expired,
        ];
        for phase in phases {
            let state = Clock {
                id: "c1".to_owned(),
                duration_us: 30_000_000,
                phase,
                since: 0,
                seq: 1,
                armed_at: 0,
                departed_us: None,
            };
            clock(&state, 1_000_000).iter().for_each(|(_, command)| is_of_the_protocol(command));
            is_of_the_protocol(&set(&state, 5_000_000, 1_000_000));
        }
        start(30_000_000, 7).iter().for_each(is_of_the_protocol);
        for (event, data) in [message("稍候", "马上回来"), lower_third("张三", "选手")] {
            is_of_the_protocol(&say(event, data));
        }
        is_of_the_protocol(&score("t1", Points::whole(300), Points::whole(-10), "更正"));
        is_of_the_protocol(&correct("t1", Points::whole(300), Points::whole(290), "更正"));
        is_of_the_protocol(&verdict("t1", Outcome::Correct));
    }
}
