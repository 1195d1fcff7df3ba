//! Warm: what is expected on an output is made ready while nothing waits. First its glyphs, a few an update; then its
//! layers, one an update, into textures of their own, where the first frame that has such a layer takes it.
//!
//! What is portioned out is counted, never timed: what is drawn ahead is equal to what would be drawn then.

use std::collections::VecDeque;
use std::sync::Arc;

use bevy::prelude::*;
use bevy::text::{
    ComputedTextBlock, FontAtlasSet, FontCx, FontHinting, LayoutCx, ScaleCx, TextBounds, TextLayoutInfo, TextPipeline,
};

use super::outputs::Outputs;
use super::text::{self, Faces, MOST_ATLAS_BYTES, Type};
use crate::show::frame::{Frame, Part, TextStyle};

/// New glyphs an update: Han of a card's size take about a tenth of a ms each.
const PORTION: usize = 8;
/// Characters of one line that are set at once.
const AT_ONCE: usize = 4;
/// Lines that are looked at in one update, where all their glyphs are known.
const LINES: usize = 24;

/// What is still to be rasterised.
#[derive(Resource, Default)]
pub struct Warm {
    /// Of which frames.
    of: Vec<Arc<Frame>>,
    lines: VecDeque<Line>,
    computed: ComputedTextBlock,
    laid: TextLayoutInfo,
}

/// Characters of one type, each once.
struct Line {
    style: TextStyle,
    scale: f32,
    text: String,
}

impl Warm {
    /// Whether all glyphs are there that the outputs expect now.
    pub fn is_done(&self, outputs: &Outputs) -> bool {
        self.lines.is_empty() && self.is_of(outputs)
    }

    fn is_of(&self, outputs: &Outputs) -> bool {
        let now = || outputs.open().filter_map(|(_, open)| open.expected.as_ref());
        now().count() == self.of.len() && now().zip(&self.of).all(|(new, old)| Arc::ptr_eq(new, old))
    }

    /// Takes up other expectations.
    fn follow(&mut self, outputs: &Outputs) {
        if self.is_of(outputs) {
            return;
        }
        let now = || outputs.open().filter_map(|(_, open)| open.expected.as_ref());
        let new: Vec<Arc<Frame>> =
            now().filter(|new| !self.of.iter().any(|old| Arc::ptr_eq(old, new))).cloned().collect();
        for frame in &new {
            for part in frame.layers.iter().flat_map(|layer| &layer.content.parts) {
                if let Part::Text { text, style, .. } = part
                    && text::shows(text, style)
                {
                    self.add(text, style, frame.scale);
                }
            }
        }
        self.of = now().cloned().collect();
        if self.of.is_empty() {
            self.lines.clear();
        }
    }

    fn add(&mut self, text: &str, style: &TextStyle, scale: f32) {
        let alike = |line: &Line| {
            let (a, b) = (&line.style, style);
            (a.face, a.weight, a.size.to_bits(), line.scale.to_bits())
                == (b.face, b.weight, b.size.to_bits(), scale.to_bits())
        };
        let at = self.lines.iter().position(alike).unwrap_or_else(|| {
            self.lines.push_back(Line { style: *style, scale, text: String::new() });
            self.lines.len() - 1
        });
        if let Some(line) = self.lines.get_mut(at) {
            for c in text.chars().filter(|c| !c.is_whitespace()) {
                if !line.text.contains(c) {
                    line.text.push(c);
                }
            }
        }
    }
}

/// Glyphs that are kept rasterised.
pub fn glyphs(atlases: &FontAtlasSet) -> usize {
    atlases.values().flatten().map(|atlas| atlas.glyph_to_atlas_index.len()).sum()
}

/// Rasterises a portion of what is expected, in an update in which no layer is to be drawn.
#[expect(clippy::too_many_arguments, reason = "a system names what it reads and writes")]
pub fn rasterise(
    mut warm: ResMut<Warm>,
    outputs: Res<Outputs>,
    faces: Res<Faces>,
    fonts: Res<Assets<Font>>,
    mut images: ResMut<Assets<Image>>,
    mut atlases: ResMut<FontAtlasSet>,
    mut pipeline: ResMut<TextPipeline>,
    (mut font_cx, mut layout_cx, mut scale_cx): (ResMut<FontCx>, ResMut<LayoutCx>, ResMut<ScaleCx>),
) {
    let warm = warm.bypass_change_detection();
    warm.follow(&outputs);
    if warm.lines.is_empty() || !faces.ready() || outputs.open().any(|(_, open)| open.shown.waiting().next().is_some())
    {
        return;
    }
    if atlases.total_bytes(&images) > MOST_ATLAS_BYTES {
        // There is no room: the card's own frame will have to make it.
        warm.lines.clear();
        return;
    }
    let before = glyphs(&atlases);
    for _ in 0..LINES {
        let Some(line) = warm.lines.front_mut() else { return };
        let cut = line.text.char_indices().nth(AT_ONCE).map_or(line.text.len(), |(at, _)| at);
        let some: String = line.text.drain(..cut).collect();
        let Type { font, line_height, tracking, enlarge } = Type::of(&faces, &some, &line.style, 1.0, line.scale);
        let scale = line.scale;
        if line.text.is_empty() {
            warm.lines.pop_front();
        }
        let span = (Entity::PLACEHOLDER, 0, some.as_str(), &font, Color::WHITE, line_height, tracking);
        let (no_wrap, justify, free) = (LineBreak::NoWrap, Justify::Left, TextBounds::UNBOUNDED);
        let set = pipeline.update_buffer(
            &fonts,
            std::iter::once(span),
            no_wrap,
            justify,
            free,
            scale,
            &mut warm.computed,
            &mut font_cx,
            &mut layout_cx,
            Vec2::ONE,
            1.0,
        );
        let laid = set.and_then(|()| {
            pipeline.update_text_layout_info(
                &mut warm.laid,
                &mut atlases,
                &mut images,
                &mut warm.computed,
                &mut scale_cx,
                free,
                justify,
                // As the UI sets its texts.
                FontHinting::Enabled,
            )
        });
        if let Err(problem) = laid {
            debug!("{some} is not rasterised ahead: {problem}.");
        }
        if enlarge <= 1.0 {
            text::sharpen(&warm.laid, &mut images);
        }
        if glyphs(&atlases) - before >= PORTION {
            return;
        }
    }
}

#[cfg(test)]
#[path = "warm_tests.rs"]
mod tests;
