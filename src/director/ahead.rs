//! What is known to come next, as a picture that nobody sees: so that type and layers are ready when it is shown.
//!
//! It is what the desk has laid ready, else the question that the feed has cued (which has no key), else what the tape
//! brings on next. It only ever warms: what goes on air is composed anew when its event has come.

use super::{Director, Source};
use crate::show::{
    desk::SAID_FROM,
    frame::{Frame, Layer, Output, compose},
    protocol::Event,
    state::Show,
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
        let at_us = self.now_us;
        if let Some(ready) = &self.ready {
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
        let at_us = coming.at_us + LOOKS_US.get(look).copied().unwrap_or_default();
        compose(&coming.show, theme, output, self.frames.set(), self.frames.clips(), at_us)
    }
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
