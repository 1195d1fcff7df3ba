//! The type engine: measures and breaks text with the shaper and the fonts that draw it. No Bevy, no GPU.

mod breaking;
mod coverage;

use std::{
    collections::HashMap,
    panic::{AssertUnwindSafe, catch_unwind},
    sync::{Arc, Mutex, MutexGuard, PoisonError},
};

pub use coverage::{Coverage, by_font, is_carried, missing};
use parley::{
    FontContext, FontFamily, FontFeatures, FontWeight, Layout, LayoutContext, StyleProperty,
    fontique::{Blob, Collection, CollectionOptions, FallbackKey, Script, SourceCache},
};

use crate::{
    fonts::{self, UserFonts},
    show::{
        frame::{Face, LINE_BREAKS, TextStyle, Typeset, clean, clings, is_plain, spaced},
        limits::MEASURED_BYTES,
    },
};

/// Answers remembered before the cache starts afresh: those of a picture are far fewer, and are soon given again.
const CACHE_MOST: usize = 2_048;

/// Most letters are wider, em; and so many characters more than a line of such ones are laid out at first.
const NARROW_EM: f32 = 0.4;
const AHEAD_CHARS: usize = 24;

/// Answers [`Typeset`]'s questions, each once: answers are cached for as long as the fonts stand.
pub struct Typesetter {
    inner: Mutex<Inner>,
}

struct Inner {
    fonts: FontContext,
    layouts: LayoutContext<()>,
    widths: HashMap<Key, f32>,
    lines: HashMap<(Key, u32), Arc<[String]>>,
    /// Bytes of the texts in both, about.
    held: usize,
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
    /// With the fonts that leitai carries and those that the show brings; the machine's own are never asked.
    pub fn new() -> Self {
        Self::with(fonts::user())
    }

    /// With the fonts that leitai carries, and these behind them.
    pub fn with(user: &UserFonts) -> Self {
        let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
        for bytes in [fonts::SANS, fonts::SANS_RARE, fonts::SANS_EXT, fonts::NUMERALS_BOLD, fonts::NUMERALS_SEMIBOLD] {
            collection.register_fonts(Blob::new(Arc::new(bytes)), None);
        }
        let user = user.register(&mut collection);
        let chain = fonts::HAN_FAMILIES.into_iter().chain(user.iter().map(String::as_str));
        let chain: Vec<_> = chain.filter_map(|name| collection.family_id(name)).collect();
        // The shaper asks the Han fonts last for every script.
        collection.set_fallbacks(FallbackKey::new(Script::from_bytes(*b"Hani"), None), chain.into_iter());
        let fonts = FontContext { collection, source_cache: SourceCache::default() };
        let inner =
            Inner { fonts, layouts: LayoutContext::new(), widths: HashMap::new(), lines: HashMap::new(), held: 0 };
        Self { inner: Mutex::new(inner) }
    }

    /// Characters of `text` that no font of this programme has, each once, in order.
    pub fn missing(&self, text: &str) -> Vec<char> {
        coverage::missing(text)
    }

    /// Characters of `text` that would be drawn as the empty box of a font which has no glyph for them, each once, in
    /// order. Unlike [`missing`](Self::missing) this asks the shaper: what it says is what is drawn.
    pub fn boxes(&self, text: &str, style: &TextStyle) -> Vec<char> {
        let text = clean(&text.replace(LINE_BREAKS, " ")).into_owned();
        let Some(layout) = self.lock().layout(&text, style, None) else { return missing(&text) };
        let runs = layout.lines().flat_map(|line| line.runs().collect::<Vec<_>>()).collect::<Vec<_>>();
        let clusters = runs.iter().flat_map(parley::Run::clusters);
        let boxed = clusters.filter(|cluster| cluster.glyphs().any(|glyph| glyph.id == 0));
        let mut found = Vec::new();
        for c in boxed.filter_map(|cluster| text.get(cluster.text_range())).flat_map(str::chars) {
            if !coverage::is_silent(c) && !found.contains(&c) {
                found.push(c);
            }
        }
        found
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
        let width = inner.width(&spaced(&text.replace(LINE_BREAKS, " ")), style);
        inner.make_room(text.len());
        inner.widths.insert(key, width);
        width
    }

    fn lines(&self, text: &str, style: &TextStyle, width: f32) -> Vec<String> {
        let mut inner = self.lock();
        let key = (Key::of(text, style), width.to_bits());
        if let Some(lines) = inner.lines.get(&key) {
            return lines.to_vec();
        }
        let lines: Vec<String> = text
            .replace("\r\n", "\n")
            .split(LINE_BREAKS)
            .flat_map(|part| breaking::lines(&mut inner, &spaced(part), style, width))
            .collect();
        inner.make_room(2 * text.len());
        inner.lines.insert(key, lines.clone().into());
        lines
    }
}

impl Inner {
    /// Forgets all answers where one more, of so many bytes, would be too many.
    fn make_room(&mut self, bytes: usize) {
        self.held += bytes + size_of::<Key>();
        if self.held > MEASURED_BYTES || self.widths.len().max(self.lines.len()) >= CACHE_MOST {
            self.widths.clear();
            self.lines.clear();
            self.held = bytes;
        }
    }

    /// The width of one line.
    fn width(&mut self, text: &str, style: &TextStyle) -> f32 {
        self.layout(text, style, None).map_or_else(|| estimate(text, style), |layout| layout.full_width())
    }

    /// Lays `text` out, broken at `width` where one is given; `None` for a text that the shaper cannot set.
    ///
    /// The shaper asserts what it believes of a script's clusters, and odd text proves it wrong. No text that is sent may
    /// take the programme down: the shaper starts afresh, because one that stopped half way fails at every text after.
    fn layout(&mut self, text: &str, style: &TextStyle, width: Option<f32>) -> Option<Layout<()>> {
        let laid = catch_unwind(AssertUnwindSafe(|| self.shaped(text, style, width)));
        if laid.is_err() {
            self.layouts = LayoutContext::new();
        }
        laid.ok()
    }

    fn shaped(&mut self, text: &str, style: &TextStyle, width: Option<f32>) -> Layout<()> {
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
    ///
    /// Only as much is laid out as the line can hold: laid out whole for each of its lines, a text of 8 KiB in a narrow box
    /// would take half a minute.
    fn first_line(&mut self, text: &str, style: &TextStyle, width: f32) -> usize {
        let mut most = (width / (style.size * NARROW_EM).max(1.0)).max(0.0) as usize + AHEAD_CHARS;
        loop {
            let ahead = text.char_indices().nth(most).map_or(text, |(at, _)| &text[..at]);
            let end = self.first_line_of(ahead, style, width);
            // A line that ends where what was laid out ends may go on behind it.
            if end < ahead.len() || ahead.len() == text.len() {
                return self.alone(text, end, style, width);
            }
            most = most.saturating_mul(2);
        }
    }

    /// Where a line that was to end at `end` ends so that it is no wider than `width` when it is drawn, without what came
    /// behind it. In scripts that change a letter by its neighbours, and where fonts change within a line, that is another
    /// width.
    fn alone(&mut self, text: &str, mut end: usize, style: &TextStyle, width: f32) -> usize {
        let line = text.get(..end).unwrap_or_default();
        if line.chars().all(is_plain) {
            return end;
        }
        while self.width(text.get(..end).unwrap_or_default().trim_end(), style) > width + 0.5 {
            let line = text.get(..end).unwrap_or_default();
            let whole = |(at, c): &(usize, char)| *at > 0 && !clings(*c);
            let Some((at, _)) = line.char_indices().rev().find(whole) else { break };
            end = at;
        }
        end
    }

    fn first_line_of(&mut self, text: &str, style: &TextStyle, width: f32) -> usize {
        let Some(layout) = self.layout(text, style, Some(width)) else {
            let most = (width / estimate("口", style).max(1.0)).floor().max(1.0) as usize;
            return text.char_indices().nth(most).map_or(text.len(), |(at, _)| at);
        };
        let end = layout.lines().next().map_or(text.len(), |line| line.text_range().end);
        // The shaper lays an empty text out as a space, which the text does not have.
        if end == 0 || !text.is_char_boundary(end) { text.len() } else { end }
    }
}

/// What no shaper can measure is taken to be as wide as Han: an em a character.
fn estimate(text: &str, style: &TextStyle) -> f32 {
    text.chars().count() as f32 * style.size * (1.0 + style.tracking)
}

#[cfg(test)]
mod tests {
    use super::{Inner, Typeset, Typesetter};
    use crate::{
        fonts::UserFonts,
        show::frame::{Face, Rgba, TextStyle},
    };

    const STYLE: TextStyle =
        TextStyle { face: Face::Sans, size: 46.0, weight: 700, tracking: 0.0, colour: Rgba::CLEAR };

    /// Line separators that carry a mark: the shaper's clusters are not what it takes them for.
    const ODD: [&str; 5] =
        ["\u{2028}\u{301}", "\u{2029}\u{200d}x", "甲\r\u{301}乙", "\u{85}\u{301}", "\u{2029}\u{e0100}"];

    #[test]
    fn a_text_that_the_shaper_cannot_set_harms_no_other() {
        let set = Typesetter::new();
        let before = set.width("社会保险", &STYLE);
        for odd in ODD {
            let mut inner = set.lock();
            let _ = inner.layout(odd, &STYLE, Some(200.0));
            let end = inner.first_line(odd, &STYLE, 200.0);
            assert!(end > 0 && odd.is_char_boundary(end), "{odd:?}");
            assert!(Inner::width(&mut inner, odd, &STYLE).is_finite());
            inner.widths.clear();
            drop(inner);
            assert_eq!(set.width("社会保险", &STYLE), before, "after {odd:?}");
        }
    }

    #[test]
    fn what_the_show_brings_is_asked_last_and_by_every_script() {
        let brought = UserFonts::read(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fonts")));
        assert!(brought.faults.is_empty() && brought.fonts.len() == 3, "{brought:?}");
        let (own, set) = (Typesetter::with(&UserFonts::default()), Typesetter::with(&brought));
        let numerals = TextStyle { face: Face::Numerals, ..STYLE };
        for c in ["\u{2b740}", "\u{2b742}", "\u{f40}", "\u{e01}"] {
            for style in [STYLE, numerals] {
                assert!(!own.boxes(c, &style).is_empty() && set.boxes(c, &style).is_empty(), "{c}");
                assert!((set.width(c, &style) - style.size).abs() < 0.1, "{c} is an em wide");
            }
        }
        for text in ["社会保险龘龦𬎆", "2024 A", "（　），。"] {
            assert_eq!(own.width(text, &STYLE), set.width(text, &STYLE), "ours come first");
        }
    }

    #[test]
    fn every_kind_of_line_break_breaks_and_measures_as_a_space() {
        let set = Typesetter::new();
        for odd in ["甲\n乙", "甲\r\n乙", "甲\u{2028}乙", "甲\u{2029}乙", "甲\u{85}乙"] {
            assert_eq!(set.lines(odd, &STYLE, 900.0), ["甲", "乙"], "{odd:?}");
        }
        assert_eq!(set.width("甲\u{2028}\u{301}乙", &STYLE), set.width("甲 \u{301}乙", &STYLE));
        for odd in ODD {
            assert!(!set.lines(odd, &STYLE, 300.0).concat().contains(crate::show::frame::LINE_BREAKS), "{odd:?}");
        }
    }
}
