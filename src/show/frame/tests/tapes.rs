//! The shipped shows, and in each of them one of every kind of moment: an event that finds one scene and leaves another.

use std::collections::BTreeSet;

use serde_json::Value;

use crate::show::{protocol::Envelope, state::Show};

/// A show's events and its moments.
pub struct Film {
    pub name: &'static str,
    events: Vec<Envelope>,
    pub moments: Vec<Moment>,
}

/// An event that is one of its kind.
pub struct Moment {
    pub at: i64,
    pub seq: u64,
    /// The show half a second before it, and how many events that is.
    before: Show,
    folded: usize,
}

impl Film {
    /// The show with all that was said up to `now`, an instant shortly before or after the moment.
    pub fn show_at(&self, moment: &Moment, now: i64) -> Show {
        let mut show = moment.before.clone();
        for event in self.events.iter().skip(moment.folded).take_while(|event| event.at <= now) {
            show.apply(event);
        }
        show
    }

    fn read(name: &'static str, text: &str, known: &mut BTreeSet<String>) -> Self {
        let events: Vec<Envelope> = text
            .lines()
            .filter_map(|line| serde_json::from_str::<Value>(line).unwrap().get("env").cloned())
            .map(|env| Envelope::from_value(env).unwrap())
            .collect();
        let (mut show, mut before, mut folded, mut moments) = (Show::default(), Show::default(), 0, Vec::new());
        for event in &events {
            let was = show.program.scene;
            show.apply(event);
            if known.insert(format!("{was:?} {} {:?}", event.event.name(), show.program.scene)) {
                while let Some(next) = events.get(folded).filter(|next| next.at <= event.at - 500_000) {
                    before.apply(next);
                    folded += 1;
                }
                moments.push(Moment { at: event.at, seq: event.seq, before: before.clone(), folded });
            }
        }
        Self { name, events, moments }
    }
}

/// The demo and the four contests; a moment that one of them has is not looked for in the next.
pub fn all() -> Vec<Film> {
    let mut known = BTreeSet::new();
    [
        ("zhongwei-demo", include_str!("../../../../assets/shows/zhongwei-demo.tape.ndjson")),
        ("fujian", include_str!("../../../../assets/shows/fujian.tape.ndjson")),
        ("liaoning", include_str!("../../../../assets/shows/liaoning.tape.ndjson")),
        ("yantai", include_str!("../../../../assets/shows/yantai.tape.ndjson")),
        ("zhongwei", include_str!("../../../../assets/shows/zhongwei.tape.ndjson")),
    ]
    .map(|(name, text)| Film::read(name, text, &mut known))
    .into()
}
