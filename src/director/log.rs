//! The last events that reached the show, for the operator's eyes.

use std::collections::VecDeque;

use serde_json::Value;

use crate::show::{
    desk::{Act, DeskAct},
    protocol::Envelope,
    state::Show,
};

/// One event as the console lists it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct LogLine {
    pub seq: u64,
    /// µs on the server's clock.
    pub at: i64,
    pub name: &'static str,
    /// What it is about, see [`digest`].
    pub text: String,
}

/// Fields that say what an event is about, the most telling first.
const TELLING: [&str; 13] =
    ["team", "player", "outcome", "choice", "key", "value", "delta", "name", "title", "stem", "text", "reason", "id"];

/// What an event is about, in a few words: the team by its name, then the fields that tell most.
pub fn digest(env: &Envelope, show: &Show) -> String {
    let Ok(Value::Object(data)) = env.event.to_data() else {
        return String::new();
    };
    let said = |key: &&str| match (*key, data.get(*key)?) {
        ("team", Value::String(id)) => Some(show.core.team(id).map_or_else(|| id.clone(), |team| team.name.clone())),
        ("player", Value::String(id)) => show.core.player(id).map(|player| format!("#{}", player.number)),
        ("delta", Value::Number(delta)) => {
            Some(delta.as_i64().map_or_else(|| delta.to_string(), |delta| format!("{delta:+}")))
        }
        (_, Value::String(text)) => Some(text.replace('\n', " ")),
        (_, Value::Number(number)) => Some(number.to_string()),
        (_, Value::Array(list)) => Some(list.iter().filter_map(Value::as_str).collect::<Vec<_>>().join(" ")),
        _ => None,
    };
    TELLING.iter().filter_map(said).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ")
}

/// Newest last, at most [`Log::KEPT`].
#[derive(Debug, Default)]
pub struct Log {
    lines: VecDeque<LogLine>,
    total: u64,
}

impl Log {
    /// A long evening with all its rush rounds.
    pub const KEPT: usize = 100_000;

    pub(super) fn push(&mut self, env: &Envelope, show: &Show) {
        self.add(LogLine { seq: env.seq, at: env.at, name: env.event.name(), text: digest(env, show) });
    }

    /// What the operator did.
    pub(super) fn push_act(&mut self, done: &DeskAct) {
        let text = match &done.act {
            Act::Say(said) => said.event.name().to_owned(),
            _ => String::new(),
        };
        self.add(LogLine { seq: done.n, at: done.at, name: done.act.name(), text });
    }

    fn add(&mut self, line: LogLine) {
        if self.lines.len() == Self::KEPT {
            self.lines.pop_front();
        }
        self.lines.push_back(line);
        self.total += 1;
    }

    pub fn lines(&self) -> impl DoubleEndedIterator<Item = &LogLine> {
        self.lines.iter()
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.lines.len()
    }

    pub fn is_empty(&self) -> bool {
        self.lines.is_empty()
    }

    /// The line at this place of those that are kept, from 0.
    pub fn get(&self, index: usize) -> Option<&LogLine> {
        self.lines.get(index)
    }

    /// How many there were altogether.
    pub const fn total(&self) -> u64 {
        self.total
    }
}
