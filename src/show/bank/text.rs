//! Signs that a text was damaged on its way: lost characters, readings left by converters, wrong encodings.

use super::{Fault, Field, Finding, Place};
use crate::show::protocol::limits::TEXT_BYTES;

/// Letters of a reading, at most.
const READING: usize = 6;
/// Characters shown around a lost one, on each side.
const AROUND: usize = 4;

/// Characters shown of garbled text.
const SHOWN: usize = 8;

/// What GBK and UTF-8 make of each other, as characters that Chinese as it is written today has no use for.
const SIGNATURES: [&str; 6] = [
    "\u{951f}\u{65a4}\u{62f7}", // U+FFFD in UTF-8, read as GBK
    "\u{70eb}\u{70eb}\u{70eb}", // memory never written to, read as GBK
    "\u{5c6f}\u{5c6f}\u{5c6f}", // the same, from a heap
    "\u{9286}",                 // the full stop in UTF-8, read as GBK
    "\u{9225}",                 // curved quotation marks in UTF-8, read as GBK
    "\u{a3}\u{ac}",             // the full-width comma in GBK, read as Windows-1252
];
/// The comma in UTF-8, read as GBK; alone it is an adze, so it counts only twice.
const COMMA: char = '\u{951b}';
/// Latin letters with marks that follow each other in no language's words.
const MARKED: usize = 4;

/// Everything that is wrong with the text itself.
pub(super) fn check(text: &str, place: &Place, findings: &mut Vec<Finding>) {
    let mut add = |fault| findings.push(Finding { place: place.clone(), fault });
    if text.len() > TEXT_BYTES {
        add(Fault::LongText { bytes: text.len(), most: TEXT_BYTES });
    }
    let chars: Vec<char> = text.chars().collect();
    if let Some(at) = chars.iter().position(|c| *c == char::REPLACEMENT_CHARACTER) {
        let around = &chars[at.saturating_sub(AROUND)..(at + 1 + AROUND).min(chars.len())];
        add(Fault::Replaced { around: around.iter().collect() });
    }
    let stray = readings(&chars, '(', ')');
    if let Some(found) = stray.first() {
        add(Fault::Pinyin { found: found.clone(), count: stray.len() });
    }
    if let Some(found) = readings(&chars, '\u{ff08}', '\u{ff09}').into_iter().next() {
        add(Fault::Reading { found });
    }
    // Text read with the wrong encoding is full of control characters: that is no second finding.
    if let Some(at) = mojibake(text, &chars) {
        let found = chars.iter().skip(at).filter(|c| !c.is_control()).take(SHOWN).collect();
        add(Fault::Mojibake { found });
    } else if let Some(c) = chars.iter().find(|c| c.is_control() && !matches!(c, '\n' | '\t')) {
        add(Fault::Control { code: code(*c) });
    }
}

/// Characters without a glyph; those that [`check`] names for another reason are left out.
pub(super) fn glyphs(text: &str, missing: &dyn Fn(&str) -> Vec<char>, place: &Place, findings: &mut Vec<Finding>) {
    for character in missing(text).into_iter().filter(|c| *c != char::REPLACEMENT_CHARACTER && !c.is_control()) {
        let fault = Fault::MissingGlyph { character, code: code(character) };
        findings.push(Finding { place: place.clone(), fault });
    }
}

/// A field and its text.
pub(super) type Said<'a> = (Field, &'a str);

fn code(c: char) -> String {
    format!("U+{:04X}", u32::from(c))
}

fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

/// Vowels with a tone: the marks of pinyin, and no accent that only other languages use.
fn has_tone(c: char) -> bool {
    "āáǎàēéěèīíǐìōóǒòūúǔùǖǘǚǜńňǹḿ".contains(c)
}

/// Every Han with its reading in the given brackets: one syllable with a tone.
fn readings(chars: &[char], open: char, close: char) -> Vec<String> {
    let mut found = vec![];
    for at in 1..chars.len() {
        if chars[at] != open || !is_han(chars[at - 1]) {
            continue;
        }
        let rest = &chars[at + 1..];
        let Some(length) = rest.iter().take(READING + 1).position(|c| *c == close) else { continue };
        let letters = &rest[..length];
        let latin = letters.iter().all(|c| c.is_ascii_lowercase() || *c == 'ü' || has_tone(*c));
        if latin && letters.iter().filter(|c| has_tone(**c)).count() == 1 {
            found.push(chars[at - 1..=at + 1 + length].iter().collect());
        }
    }
    found
}

/// Where garbled text begins, in characters.
fn mojibake(text: &str, chars: &[char]) -> Option<usize> {
    if let Some(at) = SIGNATURES.iter().find_map(|signature| text.find(signature)) {
        return Some(text[..at].chars().count());
    }
    let comma = |c: &char| *c == COMMA;
    if chars.iter().filter(|c| comma(c)).count() > 1 {
        return chars.iter().position(comma);
    }
    // UTF-8 read as Latin-1 or Windows-1252: a first byte, then one that continues. The multiplication sign is one too.
    let pair = chars.windows(2).position(|pair| {
        let lead = matches!(u32::from(pair[0]), 0xC2..=0xD6 | 0xD8..=0xF4);
        lead && (matches!(u32::from(pair[1]), 0x80..=0xBF)
            || matches!(pair[1], '€' | '‚' | '„' | '†' | '‡' | '‰' | '™'))
    });
    // GBK read as Latin-1: nothing but letters with marks.
    let marked = |c: &char| matches!(u32::from(*c), 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0xFF);
    pair.or_else(|| chars.windows(MARKED).position(|run| run.iter().all(marked)))
}
