//! Which characters the carried fonts can draw: read from their character maps, once.

use std::{collections::BTreeSet, sync::OnceLock};

use parley::fontique::{Blob, Collection, CollectionOptions, SourceCache};

use crate::fonts;

/// Characters of `text` that no carried font has a glyph for, each once, in order. Layout characters do not count.
pub fn missing(text: &str) -> Vec<char> {
    static COVERED: OnceLock<BTreeSet<u32>> = OnceLock::new();
    let covered = COVERED.get_or_init(covered);
    let mut seen = BTreeSet::new();
    text.chars()
        .filter(|c| !is_silent(*c) && !covered.contains(&u32::from(*c)) && seen.insert(*c))
        .collect()
}

/// Characters that lay text out and leave no mark.
pub(super) fn is_silent(c: char) -> bool {
    c.is_whitespace() || c.is_control()
}

fn covered() -> BTreeSet<u32> {
    let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
    let mut sources = SourceCache::default();
    let mut covered = BTreeSet::new();
    for bytes in [fonts::SANS, fonts::SANS_RARE, fonts::SANS_EXT] {
        for (_, infos) in collection.register_fonts(Blob::new(std::sync::Arc::new(bytes)), None) {
            for info in infos {
                let Some(data) = sources.get(info.source()) else { continue };
                let Some(map) = info.charmap_index().charmap(data.as_ref()) else { continue };
                covered.extend((0x21..=0x3_FFFF).filter(|code| map.map(*code).is_some_and(|glyph| glyph != 0)));
            }
        }
    }
    covered
}

#[cfg(test)]
mod tests {
    #[test]
    fn common_and_rare_han_are_covered_and_others_are_named() {
        assert_eq!(super::missing("社会保险 龘龦 𬎆 2024！"), Vec::<char>::new());
        assert_eq!(super::missing("甲𫝀乙𫝀"), vec!['𫝀']);
    }
}
