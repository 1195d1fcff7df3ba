//! Chinese as it is set: a space where Han meets Latin or figures, none beside full-width punctuation, one kind of blank.
//!
//! The facts keep the text as it was sent. It is spaced here, where facts become a picture, so that what a feed, a bank
//! or a simulation says looks alike. Spacing a spaced text changes nothing: measuring and drawing may both ask for it.

use std::borrow::Cow;

use super::clean;

/// The blank of a fill-in.
const BLANK: &str = "（\u{3000}）";
/// Full-width punctuation brings its own room. Curved quotation marks are left out: they are Latin's, too.
const FULL_WIDTH: &str = "，。、；：？！（）《》〈〉【】「」『』〔〕［］｛｝";
/// They end a figure.
const AFTER_FIGURES: &str = "%‰°℃℉′″⁰¹²³⁴⁵⁶⁷⁸⁹₀₁₂₃₄₅₆₇₈₉";
/// They begin one.
const BEFORE_FIGURES: &str = "+−±$¥€£≤≥≈";

/// `text` as it is to be drawn: [`clean`], and spaced.
pub fn spaced(text: &str) -> Cow<'_, str> {
    match clean(text) {
        Cow::Borrowed(text) => apart(text),
        Cow::Owned(text) => Cow::Owned(apart(&text).into_owned()),
    }
}

fn apart(text: &str) -> Cow<'_, str> {
    // Most texts are names and numbers: they pass untouched.
    if text.is_ascii() || !text.chars().any(|c| is_han(c) || FULL_WIDTH.contains(c)) {
        return Cow::Borrowed(text);
    }
    // A space that must not break is one that a word processor left behind.
    let text =
        if text.contains('\u{a0}') { blanks(&text.replace('\u{a0}', " ")).into_owned().into() } else { blanks(text) };
    let chars: Vec<char> = text.chars().collect();
    let mut set = String::with_capacity(text.len() + 16);
    for (at, &c) in chars.iter().enumerate() {
        if c == ' ' {
            let before = set.chars().next_back();
            let after = chars.get(at + 1..).into_iter().flatten().find(|c| **c != ' ');
            let beside = |c: Option<char>| c.is_some_and(|c| FULL_WIDTH.contains(c));
            // Spaces at a text's end are another's business.
            if beside(before) || beside(after.copied()) {
                continue;
            }
        } else if let Some(last) = set.chars().next_back()
            && (is_han(last) && begins(c, chars.get(at + 1))
                || is_han(c) && ends(last, at.checked_sub(2).and_then(|i| chars.get(i))))
        {
            set.push(' ');
        }
        set.push(c);
    }
    if set == text { text } else { Cow::Owned(set) }
}

/// Han, by the blocks that carry them.
fn is_han(c: char) -> bool {
    matches!(u32::from(c), 0x3005 | 0x3007 | 0x3400..=0x4DBF | 0x4E00..=0x9FFF | 0xF900..=0xFAFF | 0x2_0000..=0x3_FFFF)
}

/// A letter or a figure of the narrow scripts that stand beside Han.
fn is_western(c: char) -> bool {
    c.is_ascii_alphanumeric() || matches!(u32::from(c), 0xC0..=0xD6 | 0xD8..=0xF6 | 0xF8..=0x24F | 0x370..=0x52F)
}

/// Whether a word or a figure begins with `c`.
fn begins(c: char, next: Option<&char>) -> bool {
    is_western(c) || BEFORE_FIGURES.contains(c) && next.is_some_and(char::is_ascii_digit)
}

/// Whether a word or a figure ends with `c`.
fn ends(c: char, before: Option<&char>) -> bool {
    is_western(c)
        || (AFTER_FIGURES.contains(c) || matches!(c, '+' | '*'))
            && before.is_some_and(|c| is_western(*c) || AFTER_FIGURES.contains(*c) || *c == '+')
}

/// Brackets around nothing but room are one blank, however they were typed.
fn blanks(text: &str) -> Cow<'_, str> {
    let is_room = |c: char| matches!(c, ' ' | '\u{3000}' | '\u{a0}');
    let mut set = String::new();
    let mut done = 0;
    for (open, bracket) in text.char_indices().filter(|(_, c)| matches!(c, '（' | '(')) {
        let inside = open + bracket.len_utf8();
        let Some(rest) = text.get(inside..) else { continue };
        let close = inside + rest.chars().take_while(|c| is_room(*c)).map(char::len_utf8).sum::<usize>();
        let Some(last) = text.get(close..).and_then(|rest| rest.chars().next()) else { continue };
        if !matches!(last, '）' | ')') {
            continue;
        }
        let end = close + last.len_utf8();
        // f() is no blank.
        let narrow = bracket == '(' && last == ')' && close == inside;
        let beside_han = text.get(..open).and_then(|before| before.chars().next_back()).is_some_and(is_han);
        if narrow && !beside_han || text.get(open..end) == Some(BLANK) {
            continue;
        }
        set.push_str(text.get(done..open).unwrap_or_default());
        set.push_str(BLANK);
        done = end;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    set.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(set)
}

#[cfg(test)]
mod tests {
    use super::{clean, spaced};

    #[test]
    fn han_and_latin_stand_apart_and_full_width_punctuation_alone() {
        for (sent, set) in [
            ("2024年5月8日，王某", "2024 年 5 月 8 日，王某"),
            ("领取A类补贴", "领取 A 类补贴"),
            ("涨幅为5%的", "涨幅为 5% 的"),
            ("面积3m²的", "面积 3m² 的"),
            ("零下−5℃时", "零下 −5℃ 时"),
            ("自2024 ，起", "自 2024，起"),
            ("（ 2024 ）内", "（2024）内"),
            ("已 有 空格", "已 有 空格"),
            ("已有 1 个空格", "已有 1 个空格"),
            ("①甲②乙", "①甲②乙"),
            ("３０日", "３０日"),
            ("3×4÷2＝6", "3×4÷2＝6"),
            ("C++语言", "C++ 语言"),
            ("王　琳", "王　琳"),
            ("第六条\u{a0}【节选】", "第六条【节选】"),
            ("He said “yes” to 他", "He said “yes” to 他"),
            ("济南市", "济南市"),
            ("96", "96"),
            ("t1-t2", "t1-t2"),
        ] {
            assert_eq!(spaced(sent), set);
        }
    }

    #[test]
    fn a_blank_is_one_blank() {
        for sent in ["应在（　　）日内", "应在（）日内", "应在( )日内", "应在()日内", "应在（ ）日内", "应在（   )日内"]
        {
            assert_eq!(spaced(sent), "应在（　）日内", "{sent}");
        }
        assert_eq!(spaced("调用f()函数"), "调用 f()函数");
        assert_eq!(spaced("（一）总则"), "（一）总则");
    }

    proptest::proptest! {
        #[test]
        fn a_spaced_text_stays_as_it_is(text in "[0-9a-z甲乙，。（）() \u{3000}%+²\n]{0,24}") {
            let once = spaced(&text).into_owned();
            assert_eq!(spaced(&once), once);
        }

        #[test]
        fn nothing_but_room_is_added_or_taken(text in "\\PC{0,40}") {
            let bare = |text: &str| text.replace([' ', '\u{3000}', '\u{a0}'], "").replace('(', "（").replace(')', "）");
            assert_eq!(bare(&spaced(&text)), bare(&clean(&text)));
        }
    }
}
