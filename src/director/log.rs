//! The last events that reached the show, for the operator's eyes.
//!
//! An evening has many of them and each is a line: they lie in pages, a page's texts in one piece, so that a line costs
//! its text and some twenty bytes.

use std::collections::VecDeque;

use serde_json::Value;

use crate::show::{
    desk::{Act, DeskAct},
    limits::{LOG_CHARS, LOG_EVENTS},
    protocol::Envelope,
    state::Show,
};

/// One event as the console lists it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct LogLine<'a> {
    pub seq: u64,
    /// µs on the server's clock.
    pub at: i64,
    pub name: &'static str,
    /// What it is about, see [`digest`].
    pub text: &'a str,
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
    let mut text = TELLING.iter().filter_map(said).filter(|text| !text.is_empty()).collect::<Vec<_>>().join(" · ");
    if let Some((end, _)) = text.char_indices().nth(LOG_CHARS) {
        text.truncate(end);
        text.push('…');
    }
    text
}

/// Newest last, at most [`Log::KEPT`].
#[derive(Debug, Default)]
pub struct Log {
    pages: VecDeque<Page>,
    /// The names that have come, each once: lines say which.
    names: Vec<&'static str>,
    total: u64,
}

/// Lines with their texts one behind the other; only the last page has room left.
#[derive(Debug, Default)]
struct Page {
    lines: Vec<Packed>,
    texts: String,
}

#[derive(Debug)]
struct Packed {
    seq: u64,
    at: i64,
    /// Where its text ends in the page's; it begins where the one before ends.
    end: u32,
    /// Its place in the names.
    name: u16,
}

impl Page {
    fn text(&self, place: usize) -> Option<(&Packed, &str)> {
        let line = self.lines.get(place)?;
        let begin = place.checked_sub(1).and_then(|before| self.lines.get(before)).map_or(0, |before| before.end);
        Some((line, self.texts.get(begin as usize..line.end as usize)?))
    }
}

impl Log {
    /// A long evening with all its rush rounds. Beyond it the oldest page goes at once.
    pub const KEPT: usize = LOG_EVENTS;
    /// Lines of a page.
    const PAGE: usize = 500;

    pub(super) fn push(&mut self, env: &Envelope, show: &Show) {
        self.add(env.seq, env.at, env.event.name(), &digest(env, show));
    }

    /// What the operator did.
    pub(super) fn push_act(&mut self, done: &DeskAct) {
        let text = match &done.act {
            Act::Say(said) => said.event.name(),
            _ => "",
        };
        self.add(done.n, done.at, done.act.name(), text);
    }

    fn add(&mut self, seq: u64, at: i64, name: &'static str, text: &str) {
        if self.len() >= Self::KEPT {
            self.pages.pop_front();
        }
        if self.pages.back().is_none_or(|page| page.lines.len() >= Self::PAGE) {
            if let Some(full) = self.pages.back_mut() {
                full.texts.shrink_to_fit();
            }
            self.pages.push_back(Page { lines: Vec::with_capacity(Self::PAGE), texts: String::new() });
        }
        let known = self.names.iter().position(|known| *known == name).unwrap_or_else(|| {
            self.names.push(name);
            self.names.len() - 1
        });
        if let Some(page) = self.pages.back_mut() {
            page.texts.push_str(text);
            // A page of texts of 240 characters is far from the end of either number.
            let (end, name) = (page.texts.len() as u32, known as u16);
            page.lines.push(Packed { seq, at, end, name });
        }
        self.total += 1;
    }

    /// How many are kept.
    pub fn len(&self) -> usize {
        self.pages.back().map_or(0, |last| (self.pages.len() - 1) * Self::PAGE + last.lines.len())
    }

    pub fn is_empty(&self) -> bool {
        self.pages.is_empty()
    }

    /// The line at this place of those that are kept, from 0.
    pub fn get(&self, index: usize) -> Option<LogLine<'_>> {
        let (line, text) = self.pages.get(index / Self::PAGE)?.text(index % Self::PAGE)?;
        let name = self.names.get(usize::from(line.name)).copied()?;
        Some(LogLine { seq: line.seq, at: line.at, name, text })
    }

    /// How many there were altogether.
    pub const fn total(&self) -> u64 {
        self.total
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_line_is_found_at_its_place_and_the_oldest_page_goes_when_there_are_too_many() {
        let mut log = Log::default();
        assert!(log.is_empty() && log.get(0).is_none());
        let names = ["score.changed", "turn.given", "question.shown"];
        let count = Log::KEPT as u64 + 1;
        for n in 0..count {
            log.add(n, n as i64 * 10, names[n as usize % names.len()], &format!("第{n}题"));
        }
        assert_eq!((log.total(), log.len()), (count, Log::KEPT + 1 - Log::PAGE));
        let first = Log::PAGE as u64;
        for (place, n) in [(0, first), (1, first + 1), (Log::PAGE, 2 * first), (log.len() - 1, count - 1)] {
            let line = log.get(place).unwrap();
            assert_eq!((line.seq, line.at, line.name), (n, n as i64 * 10, names[n as usize % names.len()]));
            assert_eq!(line.text, format!("第{n}题"));
        }
        assert!(log.get(log.len()).is_none());
    }
}
