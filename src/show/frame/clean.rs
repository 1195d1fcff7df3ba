//! Text without what does harm: characters that turn the order round, marks and joiners without end, control characters.
//!
//! The facts keep the text as it was sent. What is drawn and measured is cleaned, so that no name reaches out of its box,
//! over its neighbour or into another order. Cleaning a clean text changes nothing.

use std::borrow::Cow;

use super::{LINE_BREAKS, marks::MARKS};
use crate::show::limits::MARKS_ON_A_BASE;

/// `text` as it may be drawn. Line breaks stay; a tabulator is a space; letters and joined emoji stay whole.
pub fn clean(text: &str) -> Cow<'_, str> {
    // Most texts have nothing that could be wrong.
    if text.chars().all(is_plain) {
        return Cow::Borrowed(text);
    }
    let mut kept = String::with_capacity(text.len());
    // The last character that carries marks, how many it has, and whether something without width has just been.
    let (mut base, mut marks, mut joined) = (None, 0, false);
    for c in text.chars() {
        match kind(c) {
            Kind::Dropped => {}
            Kind::Space => {
                (base, marks, joined) = (None, 0, false);
                kept.push(' ');
            }
            Kind::Mark if marks >= most(c, base) => {}
            Kind::Mark => {
                marks += 1;
                joined = false;
                kept.push(c);
            }
            Kind::Joiner if joined => {}
            Kind::Joiner => {
                joined = true;
                kept.push(c);
            }
            Kind::Base => {
                // A line's first mark stands on nothing, wherever the line was broken.
                (base, marks, joined) = (Some(c).filter(|c| !c.is_whitespace()), 0, false);
                kept.push(c);
            }
        }
    }
    if kept == text { Cow::Borrowed(text) } else { Cow::Owned(kept) }
}

/// Blocks that hold neither marks nor anything that is dropped, and no letter that its neighbours change: what nearly all
/// texts are made of.
pub const fn is_plain(c: char) -> bool {
    matches!(c, '\n' | ' '..='~' | '\u{a0}'..='\u{ac}' | '\u{ae}'..='\u{2ff}' | '\u{2010}'..='\u{2027}'
        | '\u{2030}'..='\u{205f}' | '\u{2e80}'..='\u{3029}' | '\u{3030}'..='\u{3098}' | '\u{309b}'..='\u{a66e}'
        | '\u{ff01}'..='\u{ffef}')
}

/// Whether `c` leaves no mark of its own: it is dropped, joins, or is a space.
pub fn is_unseen(c: char) -> bool {
    c.is_whitespace() || !matches!(kind(c), Kind::Base | Kind::Mark) || is_selector(c)
}

/// Whether `c` may not be parted from what stands before it: a mark or the joiner of emoji.
pub fn clings(c: char) -> bool {
    matches!(kind(c), Kind::Mark) || c == '\u{200d}'
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Kind {
    Base,
    /// Stands over, under or in what comes before it.
    Mark,
    /// Has no width and says whether its neighbours join or part.
    Joiner,
    Space,
    Dropped,
}

fn kind(c: char) -> Kind {
    match c {
        '\t' => Kind::Space,
        _ if LINE_BREAKS.contains(&c) => Kind::Base,
        // Overrides, embeddings and isolates: a line that opens one and never closes it would turn what is not its own.
        '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' => Kind::Dropped,
        // Deprecated, invisible, or meant for machines: a byte order mark in the middle, notes between lines, no characters.
        '\u{2061}'..='\u{2064}'
        | '\u{206a}'..='\u{206f}'
        | '\u{34f}'
        | '\u{180e}'
        | '\u{feff}'
        | '\u{fff0}'..='\u{fffb}'
        | '\u{e0000}'..='\u{e001f}'
        | '\u{fdd0}'..='\u{fdef}' => Kind::Dropped,
        _ if c.is_control() || u32::from(c) & 0xFFFE == 0xFFFE => Kind::Dropped,
        '\u{200b}'..='\u{200f}' | '\u{61c}' | '\u{ad}' | '\u{2060}' => Kind::Joiner,
        _ if is_mark(c) => Kind::Mark,
        _ => Kind::Base,
    }
}

/// It chooses another shape of what comes before it.
const fn is_selector(c: char) -> bool {
    matches!(c, '\u{fe00}'..='\u{fe0f}' | '\u{e0100}'..='\u{e01ef}' | '\u{180b}'..='\u{180f}')
}

/// Marks that a base may have before this one is one too many. Accents are stacked by fonts, line upon line: two are as
/// many as any language writes. Han has none, and one would be drawn as the empty box of a font that knows only the
/// accent. Scripts that are written in marks need more, those that stack them upwards four.
const fn most(mark: char, base: Option<char>) -> usize {
    match mark {
        '\u{300}'..='\u{36f}'
        | '\u{483}'..='\u{489}'
        | '\u{1ab0}'..='\u{1aff}'
        | '\u{1dc0}'..='\u{1dff}'
        | '\u{20d0}'..='\u{20ff}'
        | '\u{fe20}'..='\u{fe2f}' => match base {
            None | Some('\u{2e80}'..) => 0,
            Some(_) => 2,
        },
        '\u{590}'..='\u{8ff}' | '\u{e00}'..='\u{eff}' => 4,
        _ => MARKS_ON_A_BASE,
    }
}

fn is_mark(c: char) -> bool {
    let code = u32::from(c);
    let at = MARKS.partition_point(|range| range.1 < code);
    MARKS.get(at).is_some_and(|range| range.0 <= code)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_turns_or_hides_is_taken_out_and_words_stay() {
        for (sent, drawn) in [
            ("社会保险 96", "社会保险 96"),
            ("\u{202e}反\u{202c}", "反"),
            ("甲\u{2066}乙\u{2067}丙", "甲乙丙"),
            ("\u{feff}甲\u{7}乙\u{0}丙\u{7f}\u{9b}", "甲乙丙"),
            ("甲\t乙\n丙\u{2028}丁\u{85}", "甲 乙\n丙\u{2028}丁\u{85}"),
            ("甲\u{200b}\u{200b}\u{200b}乙", "甲\u{200b}乙"),
            ("甲\u{200d}\u{feff}\u{200d}乙", "甲\u{200d}乙"),
            ("👨\u{200d}👩\u{200d}👧\u{200d}👦🇨🇳👍🏽❤\u{fe0f}", "👨\u{200d}👩\u{200d}👧\u{200d}👦🇨🇳👍🏽❤\u{fe0f}"),
            ("e\u{301}क\u{94d}\u{200d}ष", "e\u{301}क\u{94d}\u{200d}ष"),
            ("葛\u{e0100}城", "葛\u{e0100}城"),
            ("滨\u{301}州\u{489}市", "滨州市"),
            ("lu\u{308}\u{30c}\u{302}", "lu\u{308}\u{30c}"),
            ("1\u{fe0f}\u{20e3}か\u{3099}", "1\u{fe0f}\u{20e3}か\u{3099}"),
            ("\u{301}a", "a"),
            ("a\u{b}\u{303}b \u{301}\t\u{301}c", "a\u{b}b  c"),
            ("\u{fffe}甲\u{fdd0}\u{fffd}", "甲\u{fffd}"),
        ] {
            assert_eq!(clean(sent), drawn, "{sent:?}");
            assert_eq!(clean(drawn), drawn, "{sent:?}");
        }
    }

    #[test]
    fn a_storm_of_marks_is_cut_to_what_a_script_can_need() {
        let marks = |text: &str| text.chars().filter(|c| is_mark(*c)).count();
        let storm = format!("Z{}a{}", "\u{301}".repeat(4_000), "\u{f71}\u{200d}\u{fb7}".repeat(500));
        let drawn = clean(&storm);
        assert_eq!(drawn.split('a').map(marks).collect::<Vec<_>>(), [2, MARKS_ON_A_BASE]);
        assert!(drawn.chars().count() <= 2 * (2 + 2 * MARKS_ON_A_BASE), "{drawn:?}");
        // The flag of England: a black flag with six tags.
        let flag = "🏴\u{e0067}\u{e0062}\u{e0065}\u{e006e}\u{e0067}\u{e007f}";
        assert_eq!(clean(flag), flag);
    }

    #[test]
    fn what_passes_untouched_has_nothing_to_take_out() {
        for c in ('\u{0}'..='\u{10ffff}').filter(|c| is_plain(*c)) {
            assert!(kind(c) == Kind::Base, "{:x}", u32::from(c));
        }
    }

    proptest::proptest! {
        #[test]
        fn a_clean_text_stays_as_it_is(text in "[a甲\u{301}\u{200d}\u{200b}\u{202e}\u{feff}\t\n\u{e0100}\u{0}]{0,40}") {
            let once = clean(&text).into_owned();
            assert_eq!(clean(&once), once);
            assert!(once.chars().all(|c| kind(c) != Kind::Dropped));
        }
    }
}
