//! The current frame of each output: composed when something that goes in has changed, else handed out again.

use std::sync::Arc;

use crate::{
    phase::phase,
    show::{
        clip::Clips,
        desk::Air,
        frame::{Frame, Output, Typeset, compose, on_air},
        state::Show,
        theme::Theme,
    },
};

/// What a composed frame depends on besides its theme.
#[derive(Clone, Copy, PartialEq, Eq)]
struct Stamp {
    show: u64,
    now_us: i64,
}

/// Which of the pictures of an output.
#[derive(Clone, Copy)]
pub(super) enum View<'a> {
    Program,
    /// Of this show, bare.
    Preview(&'a Show),
}

/// Frames that are kept: an output that is gone, or had another theme, makes room.
const KEPT: usize = 96;

struct Current {
    preview: bool,
    output: Output,
    theme: Arc<Theme>,
    stamp: Stamp,
    frame: Arc<Frame>,
}

pub(super) struct Frames {
    set: Arc<dyn Typeset + Send + Sync>,
    clips: Arc<Clips>,
    current: Vec<Current>,
    /// Counts the changes of the show.
    generation: u64,
}

impl Frames {
    pub fn new(set: Arc<dyn Typeset + Send + Sync>) -> Self {
        Self { set, clips: Arc::default(), current: vec![], generation: 0 }
    }

    /// Counts the changes of the show.
    pub const fn generation(&self) -> u64 {
        self.generation
    }

    /// To be called after anything that may have changed the show.
    pub fn show_changed(&mut self) {
        self.generation += 1;
    }

    /// The films that are fit for air from now on.
    pub fn set_clips(&mut self, clips: Arc<Clips>) {
        if *self.clips != *clips {
            self.generation += 1;
        }
        self.clips = clips;
    }

    pub const fn clips(&self) -> &Arc<Clips> {
        &self.clips
    }

    /// What texts are measured with.
    pub fn set(&self) -> &dyn Typeset {
        &*self.set
    }

    /// Forgets all frames: another theme composes them.
    pub fn clear(&mut self) {
        self.current.clear();
        self.generation += 1;
    }

    pub fn frame(&mut self, view: View, air: &Air, theme: &Arc<Theme>, output: &Output, now_us: i64) -> Arc<Frame> {
        let stamp = Stamp { show: self.generation, now_us };
        let preview = matches!(view, View::Preview(_));
        let same = |current: &Current| {
            current.preview == preview && current.output == *output && Arc::ptr_eq(&current.theme, theme)
        };
        let place = self.current.iter().position(same);
        if let Some(current) = place.and_then(|i| self.current.get(i))
            && current.stamp == stamp
        {
            return Arc::clone(&current.frame);
        }
        let _phase = phase!("compose");
        let composed = match view {
            View::Program => on_air(air, theme, output, &*self.set, &self.clips, now_us),
            View::Preview(show) => compose(show, theme, output, &*self.set, &self.clips, now_us),
        };
        match place.and_then(|i| self.current.get_mut(i)) {
            Some(current) => {
                current.stamp = stamp;
                if *current.frame != composed {
                    current.frame = Arc::new(composed);
                }
                Arc::clone(&current.frame)
            }
            None => {
                let frame = Arc::new(composed);
                if self.current.len() == KEPT {
                    self.current.remove(0);
                }
                let (theme, kept) = (Arc::clone(theme), Arc::clone(&frame));
                self.current.push(Current { preview, output: *output, theme, stamp, frame: kept });
                frame
            }
        }
    }
}
