//! Outputs: the pictures that are drawn at once, each with its frame, its own persistent texture and its own debts.

use std::collections::BTreeMap;
use std::sync::Arc;

use bevy::prelude::*;

use super::shown::Shown;
use crate::show::frame::Frame;

/// Which of the stage's pictures; any number will do. The named ones are those that the program itself opens.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct OutputId(pub u8);

impl OutputId {
    /// What the hall sees.
    pub const PROGRAM: Self = Self(0);
    /// What the desk is about to put on air.
    pub const PREVIEW: Self = Self(1);
    /// What the host reads.
    pub const HOST: Self = Self(2);
}

/// What the stage is to show: one frame an output. Set them before [`StageSystems`](super::StageSystems).
///
/// No output is drawn or composited because another one changed, and one that did not change costs nothing.
#[derive(Resource, Default)]
pub struct Outputs {
    open: BTreeMap<OutputId, Open>,
    /// Taken away since the last update; their textures are still to be freed.
    leaving: Vec<(OutputId, Shown)>,
    /// Number of the last plan, of whichever output.
    plans: u64,
}

pub struct Open {
    pub frame: Arc<Frame>,
    /// Layers that are expected, drawn by none yet.
    pub expected: Option<Arc<Frame>>,
    pub shown: Shown,
}

impl Outputs {
    /// Gives an output the frame that it is to show, opening it if need be; tells whether that is another frame.
    pub fn set(&mut self, id: OutputId, frame: Arc<Frame>) -> bool {
        match self.open.get_mut(&id) {
            Some(open) if Arc::ptr_eq(&open.frame, &frame) => false,
            Some(open) => {
                open.frame = frame;
                true
            }
            None => {
                self.open.insert(id, Open { frame, expected: None, shown: Shown::default() });
                true
            }
        }
    }

    /// Says which layers are expected on an output, whose places mean nothing yet: type and layers are made ready while
    /// nothing else is to be done. None forgets them. Never seen.
    pub fn expect(&mut self, id: OutputId, frame: Option<Arc<Frame>>) {
        if let Some(open) = self.open.get_mut(&id) {
            open.expected = frame;
        }
    }

    /// How far what is expected is, for the log: "nothing", "drawing", "drawn"; glyphs apart.
    pub fn ahead(&self) -> &'static str {
        match (self.open.values().any(|open| open.expected.is_some()), self.is_ahead()) {
            (false, _) => "nothing",
            (true, false) => "drawing",
            (true, true) => "drawn",
        }
    }

    /// Whether all layers that are expected are drawn.
    pub fn is_ahead(&self) -> bool {
        self.open.values().all(|open| open.expected.as_ref().is_none_or(|expected| open.shown.is_ahead(expected)))
    }

    /// Closes an output: its texture and its layers are freed in the next update. One that is not open is none.
    pub fn remove(&mut self, id: OutputId) {
        if let Some(open) = self.open.remove(&id) {
            self.leaving.push((id, open.shown));
        }
    }

    /// Closes all outputs but these.
    pub fn retain(&mut self, wanted: impl Fn(OutputId) -> bool) {
        let gone: Vec<OutputId> = self.open.keys().filter(|id| !wanted(**id)).copied().collect();
        gone.into_iter().for_each(|id| self.remove(id));
    }

    /// The open outputs, in their order.
    pub fn ids(&self) -> impl Iterator<Item = OutputId> {
        self.open.keys().copied()
    }

    /// The frame last set; it is on the texture as soon as all of its layers are drawn.
    pub fn frame(&self, id: OutputId) -> Option<&Arc<Frame>> {
        self.open.get(&id).map(|open| &open.frame)
    }

    /// The output's texture, for windows and for the console: sRGB, premultiplied. None before its first update; a new
    /// raster brings a new one.
    pub fn image(&self, id: OutputId) -> Option<Handle<Image>> {
        self.shown(id).map(|shown| shown.image.clone()).filter(|image| *image != Handle::default())
    }

    pub(super) fn shown(&self, id: OutputId) -> Option<&Shown> {
        self.open.get(&id).map(|open| &open.shown)
    }

    pub(super) fn open(&self) -> impl Iterator<Item = (OutputId, &Open)> {
        self.open.iter().map(|(id, open)| (*id, open))
    }

    pub(super) fn open_mut(&mut self) -> (&mut u64, impl Iterator<Item = (OutputId, &mut Open)>) {
        (&mut self.plans, self.open.iter_mut().map(|(id, open)| (*id, open)))
    }

    pub(super) fn leaving(&mut self) -> impl Iterator<Item = (OutputId, Shown)> {
        self.leaving.drain(..)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn outputs_are_opened_by_their_first_frame_and_closed_by_name() {
        let frame = |scale| Arc::new(Frame { raster: (64, 36), scale, offset: (0.0, 0.0), layers: Vec::new() });
        let (one, other) = (frame(1.0), frame(2.0));
        let mut outputs = Outputs::default();
        assert!(outputs.set(OutputId::PROGRAM, one.clone()));
        assert!(!outputs.set(OutputId::PROGRAM, one.clone()), "the same frame is nothing new");
        assert!(outputs.set(OutputId::HOST, other));
        assert!(outputs.set(OutputId(7), one));
        assert!(outputs.image(OutputId::HOST).is_none(), "nothing is drawn yet");
        outputs.retain(|id| id != OutputId::HOST);
        outputs.remove(OutputId::PREVIEW);
        assert_eq!(outputs.ids().collect::<Vec<_>>(), [OutputId::PROGRAM, OutputId(7)]);
        assert_eq!(outputs.leaving().map(|(id, _)| id).collect::<Vec<_>>(), [OutputId::HOST]);
    }
}
