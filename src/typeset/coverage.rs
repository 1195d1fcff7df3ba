//! Which font has which character: read from their character maps, once.

use std::{
    collections::{BTreeSet, HashMap},
    sync::OnceLock,
};

use parley::fontique::{Blob, Collection, CollectionOptions, FontInfo};

use crate::{
    fonts::{self, UserFonts},
    show::frame::is_unseen,
};

/// The fonts in the order in which they are asked, each with the characters that it has.
pub struct Coverage(Vec<(String, BTreeSet<u32>)>);

impl Coverage {
    /// Of the fonts that leitai carries, and of these behind them.
    pub fn of(user: &UserFonts) -> Self {
        let carried: [_; CARRIED] = [
            ("QGSansSC-VF.ttf", fonts::SANS),
            ("QGSansSC-Rare.ttf", fonts::SANS_RARE),
            ("QGSansSC-Ext.otf", fonts::SANS_EXT),
        ];
        let carried = carried.into_iter().map(|(name, bytes)| (name.to_owned(), Blob::new(std::sync::Arc::new(bytes))));
        let user = user.fonts.iter().map(|font| (font.name.clone(), font.data.clone()));
        Self(carried.chain(user).map(|(name, data)| (name, characters(&data))).collect())
    }

    /// The first font that has `c`, by its file's name.
    pub fn font_of(&self, c: char) -> Option<&str> {
        self.0.iter().find(|(_, has)| has.contains(&u32::from(c))).map(|(name, _)| name.as_str())
    }

    /// Characters of `text` that no font has, each once, in order. Layout characters do not count.
    pub fn missing(&self, text: &str) -> Vec<char> {
        self.by_font(text).into_iter().filter(|(_, font)| font.is_none()).map(|(c, _)| c).collect()
    }

    /// Every character of `text` once, in order, with the font that has it.
    pub fn by_font(&self, text: &str) -> Vec<(char, Option<&str>)> {
        let mut seen = BTreeSet::new();
        let mut marks: Vec<char> = text.chars().filter(|c| !is_silent(*c)).collect();
        marks.retain(|c| seen.insert(*c));
        marks.into_iter().map(|c| (c, self.font_of(c))).collect()
    }
}

/// Of the carried fonts and those that this show brings.
pub(super) fn installed() -> &'static Coverage {
    static INSTALLED: OnceLock<Coverage> = OnceLock::new();
    INSTALLED.get_or_init(|| Coverage::of(fonts::user()))
}

/// Characters of `text` that no font has a glyph for, each once, in order: neither a carried one nor one that the show
/// brings.
pub fn missing(text: &str) -> Vec<char> {
    installed().missing(text)
}

/// Every character of `text` once, in order, with the file of the font that has it; none for an empty box.
pub fn by_font(text: &str) -> Vec<(char, Option<&'static str>)> {
    installed().by_font(text)
}

/// Whether the carried fonts alone can draw `text`.
pub fn is_carried(text: &str) -> bool {
    let carried = installed().0.iter().take(CARRIED).map(|(_, has)| has).collect::<Vec<_>>();
    text.chars().all(|c| is_silent(c) || carried.iter().any(|has| has.contains(&u32::from(c))))
}

/// How many of the fonts are carried.
const CARRIED: usize = 3;

/// Characters that lay text out and leave no mark, or are not drawn at all.
pub(super) fn is_silent(c: char) -> bool {
    is_unseen(c)
}

/// What every face of a file has: which of them is taken depends on the weight that is asked for.
fn characters(data: &Blob<u8>) -> BTreeSet<u32> {
    let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
    let families: HashMap<_, _> = collection.register_fonts(data.clone(), None).into_iter().collect();
    let faces = families.into_values().flatten().map(|info| characters_of(&info, data));
    faces.reduce(|all, face| all.intersection(&face).copied().collect()).unwrap_or_default()
}

fn characters_of(info: &FontInfo, data: &Blob<u8>) -> BTreeSet<u32> {
    let Some(map) = info.charmap_index().charmap(data.as_ref()) else { return BTreeSet::new() };
    (0x21..=0x3_FFFF).filter(|code| map.map(*code).is_some_and(|glyph| glyph != 0)).collect()
}

#[cfg(test)]
mod tests {
    use super::{Coverage, missing};
    use crate::fonts::UserFonts;

    #[test]
    fn common_and_rare_han_are_covered_and_others_are_named() {
        assert_eq!(missing("社会保险 龘龦 𬎆 2024！"), Vec::<char>::new());
        assert_eq!(missing("甲𫝀乙𫝀"), vec!['𫝀']);
    }

    #[test]
    fn every_character_is_told_with_the_font_that_has_it() {
        let brought = UserFonts::read(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fonts")));
        let coverage = Coverage::of(&brought);
        let fonts = [
            ('会', Some("QGSansSC-VF.ttf")),
            ('龘', Some("QGSansSC-Rare.ttf")),
            ('𬎆', Some("QGSansSC-Ext.otf")),
            ('\u{2b740}', Some("probe.otf")),
            ('\u{f40}', Some("probe.ttf")),
            ('\u{2b742}', Some("probe.ttc")),
            // One face of the collection has it and the other has not.
            ('\u{2b743}', None),
        ];
        let text: String = fonts.iter().flat_map(|(c, _)| [*c, ' ', *c]).collect();
        assert_eq!(coverage.by_font(&text), fonts);
        assert_eq!(coverage.missing(&text), ['\u{2b743}']);
    }
}
