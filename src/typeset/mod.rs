//! The type engine: measures and breaks text with the shaper and the fonts that draw it. No Bevy, no GPU.

mod breaking;
mod coverage;

use std::{
    collections::HashMap,
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

pub use coverage::missing;
use parley::{
    FontContext, FontFamily, FontFeatures, FontWeight, Layout, LayoutContext, StyleProperty,
    fontique::{Blob, Collection, CollectionOptions, FallbackKey, Script, SourceCache},
};

use crate::{
    fonts,
    show::frame::{Face, TextStyle, Typeset},
};

/// Texts remembered before the cache starts afresh: an evening's texts are far fewer.
const CACHE_MOST: usize = 8_192;

/// Answers [`Typeset`]'s questions, each once: answers are cached for as long as the fonts stand.
pub struct Typesetter {
    inner: Mutex<Inner>,
}

struct Inner {
    fonts: FontContext,
    layouts: LayoutContext<()>,
    widths: HashMap<Key, f32>,
    lines: HashMap<(Key, u32), Arc<[String]>>,
}

/// A text and what its measure depends on; floats by their bits.
#[derive(Clone, PartialEq, Eq, Hash)]
struct Key {
    text: String,
    face: Face,
    size: u32,
    weight: u16,
    tracking: u32,
}

impl Key {
    fn of(text: &str, style: &TextStyle) -> Self {
        Self {
            text: text.to_owned(),
            face: style.face,
            size: style.size.to_bits(),
            weight: style.weight,
            tracking: style.tracking.to_bits(),
        }
    }
}

impl Default for Typesetter {
    fn default() -> Self {
        Self::new()
    }
}

impl Typesetter {
    /// With the fonts that leitai carries; the machine's own are never asked.
    pub fn new() -> Self {
        let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
        for bytes in [fonts::SANS, fonts::SANS_RARE, fonts::SANS_EXT, fonts::NUMERALS_BOLD, fonts::NUMERALS_SEMIBOLD] {
            collection.register_fonts(Blob::new(Arc::new(bytes)), None);
        }
        let han: Vec<_> = fonts::HAN_FAMILIES.iter().filter_map(|name| collection.family_id(name)).collect();
        collection.set_fallbacks(FallbackKey::new(Script::from_bytes(*b"Hani"), None), han.into_iter());
        let fonts = FontContext { collection, source_cache: SourceCache::default() };
        let inner = Inner { fonts, layouts: LayoutContext::new(), widths: HashMap::new(), lines: HashMap::new() };
        Self { inner: Mutex::new(inner) }
    }

    /// Characters of `text` for which no carried font has a glyph, each once, in order.
    pub fn missing(&self, text: &str) -> Vec<char> {
        coverage::missing(text)
    }

    fn lock(&self) -> MutexGuard<'_, Inner> {
        // A cache that a panicking thread left behind is still a cache.
        self.inner.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Typeset for Typesetter {
    fn width(&self, text: &str, style: &TextStyle) -> f32 {
        let mut inner = self.lock();
        let key = Key::of(text, style);
        if let Some(width) = inner.widths.get(&key) {
            return *width;
        }
        let width = inner.layout(text, style, None).full_width();
        if inner.widths.len() >= CACHE_MOST {
            inner.widths.clear();
        }
        inner.widths.insert(key, width);
        width
    }

    fn lines(&self, text: &str, style: &TextStyle, width: f32) -> Vec<String> {
        let mut inner = self.lock();
        let key = (Key::of(text, style), width.to_bits());
        if let Some(lines) = inner.lines.get(&key) {
            return lines.to_vec();
        }
        let lines: Vec<String> =
            text.split('\n').flat_map(|part| breaking::lines(&mut inner, part, style, width)).collect();
        if inner.lines.len() >= CACHE_MOST {
            inner.lines.clear();
        }
        inner.lines.insert(key, lines.clone().into());
        lines
    }
}

impl Inner {
    /// Lays `text` out, broken at `width` where one is given.
    fn layout(&mut self, text: &str, style: &TextStyle, width: Option<f32>) -> Layout<()> {
        let mut builder = self.layouts.ranged_builder(&mut self.fonts, text, 1.0, false);
        let family = match style.face {
            Face::Sans => fonts::HAN_FAMILIES[0],
            Face::Numerals => fonts::NUMERALS_FAMILY,
        };
        builder.push_default(FontFamily::named(family));
        builder.push_default(StyleProperty::FontSize(style.size));
        builder.push_default(StyleProperty::FontWeight(FontWeight::new(f32::from(style.weight))));
        builder.push_default(StyleProperty::LetterSpacing(style.tracking * style.size));
        builder.push_default(StyleProperty::OverflowWrap(parley::OverflowWrap::Anywhere));
        if style.face == Face::Numerals {
            builder.push_default(StyleProperty::FontFeatures(FontFeatures::from("\"tnum\" on")));
        }
        let mut layout = builder.build(text);
        layout.break_all_lines(width);
        layout
    }

    /// Where the first line of `text` ends at `width`: a byte offset within the text, on a character's boundary, and
    /// beyond its start unless the text is empty.
    fn first_line(&mut self, text: &str, style: &TextStyle, width: f32) -> usize {
        let layout = self.layout(text, style, Some(width));
        let end = layout.lines().next().map_or(text.len(), |line| line.text_range().end);
        // The shaper lays an empty text out as a space, which the text does not have.
        if end == 0 || !text.is_char_boundary(end) { text.len() } else { end }
    }
}
