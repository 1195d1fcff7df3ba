//! What is known to come next, as a picture that nobody sees: so that type and layers are ready when it is shown.
//!
//! It is what the desk has laid ready, else the question that the feed has cued (which has no key), else what the tape
//! brings on next, unless an answer is told before, or is told in it that is not seen yet: a held or frozen program has
//! fewer answers than the feed. It only ever warms: what goes on air is composed anew when its event has come.

use super::{Director, Source};
use crate::show::{
    desk::SAID_FROM,
    frame::{Frame, Layer, Output, compose},
    protocol::Event,
    state::{Ask, Show},
    tape::Step,
};

/// So many of a tape's steps are looked at.
const AHEAD: usize = 16;
/// Instants after it is shown that are composed, µs: as it comes on, on its way, at rest.
const LOOKS_US: [i64; 3] = [0, 500_000, 4_000_000];

/// A show as it will be, and when.
pub struct Coming {
    show: Box<Show>,
    at_us: i64,
}

impl Coming {
    /// How many pictures of it are worth looking at.
    pub const LOOKS: usize = LOOKS_US.len();
}

impl Director {
    /// Counts what may change what comes next.
    pub const fn generation(&self) -> u64 {
        self.frames.generation()
    }

    /// The show as it would be were that which is known to come next on air at this instant; none where nothing is known.
    pub fn coming(&self) -> Option<Coming> {
        self.next_known().filter(|coming| !knows_more(&coming.show, self.air.seen(self.now_us).0))
    }

    fn next_known(&self) -> Option<Coming> {
        let at_us = self.now_us;
        if let Some(ready) = &self.ready {
            if self.loaded().is_some_and(|said| tells_an_answer(&said.event)) {
                return None;
            }
            return Some(Coming { show: ready.clone(), at_us });
        }
        let program = self.air.program();
        if let Some(cued) = &program.core.cued {
            let mut show = Box::new(program.clone());
            show.say(SAID_FROM, at_us.max(show.at), None, &Event::QuestionShown((**cued).clone()));
            return Some(Coming { at_us: show.at, show });
        }
        let Source::Tape(transport) = &self.source else { return None };
        let mut show = Box::new(self.air.feed().clone());
        let (scene, entry) = (show.program.scene, show.program.seq);
        for step in transport.timeline().tape().steps(transport.passed(), transport.passed() + AHEAD) {
            let Step::Event(event) = step else { return None };
            if tells_an_answer(&event.env.event) {
                return None;
            }
            show.apply(&event.env);
            if (show.program.scene, show.program.seq) != (scene, entry) {
                return Some(Coming { at_us: show.at, show });
            }
        }
        None
    }

    /// One of [`Coming::LOOKS`] pictures of it on an output, whose theme is its own or the program's. Its layers' places
    /// mean nothing.
    pub fn foresee(
        &self,
        coming: &Coming,
        theme: Option<&std::sync::Arc<crate::show::theme::Theme>>,
        output: &Output,
        look: usize,
    ) -> Frame {
        let theme = theme.unwrap_or(&self.theme);
        let at_us = coming.at_us.saturating_add(LOOKS_US.get(look).copied().unwrap_or_default());
        compose(&coming.show, theme, output, self.frames.set(), self.frames.clips(), at_us)
    }
}

/// Whether an answer or a verdict is in `show` that is not in what is seen.
fn knows_more(show: &Show, seen: &Show) -> bool {
    let said = |ask: &Ask| {
        let key = ask.key.as_ref().map(|key| key.value.clone());
        (ask.seq, key, ask.verdict.as_ref().map(|verdict| verdict.outcome))
    };
    let is_known = |ask: &Ask| asks(seen).any(|known| said(known) == said(ask));
    asks(show).any(|ask| (ask.key.is_some() || ask.verdict.is_some()) && !is_known(ask))
}

/// The questions of what is on air and of what is leaving.
fn asks(show: &Show) -> impl Iterator<Item = &Ask> {
    let leaving = show.program.departed.iter().map(|gone| &*gone.core);
    std::iter::once(&show.core).chain(leaving).filter_map(|core| core.question.as_ref())
}

/// What nobody may know before it is said: a picture of what comes after it would hold it too.
const fn tells_an_answer(event: &Event) -> bool {
    matches!(event, Event::AnswerRevealed(_) | Event::VerdictGiven(_))
}

/// All layers of several pictures of one output, each content once.
pub fn together(frames: impl IntoIterator<Item = Frame>) -> Option<Frame> {
    let mut frames = frames.into_iter();
    let mut whole = frames.next()?;
    for frame in frames {
        let new = |layer: &Layer| !whole.layers.iter().any(|known| known.content == layer.content);
        let more: Vec<Layer> = frame.layers.into_iter().filter(|layer| new(layer)).collect();
        whole.layers.extend(more);
    }
    Some(whole)
}

#[cfg(test)]
mod tests {
    use std::{collections::BTreeSet, sync::Arc};

    use serde_json::Value;

    use super::*;
    use crate::{
        show::tape::{Tape, Timeline},
        typeset::Typesetter,
    };

    /// The questions whose key is anywhere in `value`.
    fn revealed(value: &Value, found: &mut BTreeSet<String>) {
        match value {
            Value::Object(fields) => {
                if let (Some(question), Some(key)) = (fields.get("question"), fields.get("key"))
                    && !key.is_null()
                {
                    found.insert(question["id"].to_string());
                }
                fields.values().for_each(|value| revealed(value, found));
            }
            Value::Array(values) => values.iter().for_each(|value| revealed(value, found)),
            _ => {}
        }
    }

    fn known(show: &Show) -> BTreeSet<String> {
        let mut found = BTreeSet::new();
        revealed(&serde_json::to_value(show).unwrap(), &mut found);
        found
    }

    #[test]
    fn what_comes_next_knows_no_answer_that_is_yet_to_be_told() {
        let tape = include_bytes!("../../assets/shows/zhongwei.tape.ndjson");
        let timeline = Timeline::new(Tape::parse_bytes(tape).unwrap());
        let theme = crate::themes::built_in().unwrap();
        let first = timeline.tape().first_at().unwrap();
        let instants: Vec<i64> = timeline.tape().entries.iter().map(|entry| entry.env.at - first).collect();
        let mut director = Director::rehearse(timeline, theme, Arc::new(Typesetter::new()));
        let (mut foreseen, mut told) = (0, false);
        for at_us in instants {
            director.seek(at_us);
            let now = known(director.show());
            told |= !now.is_empty();
            if let Some(coming) = director.coming() {
                foreseen += 1;
                assert!(known(&coming.show).is_subset(&now), "at {at_us} µs");
            }
        }
        assert!(foreseen > 50 && told, "{foreseen} foreseen");
    }
}
