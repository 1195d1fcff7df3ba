//! Line breaks for the hall: the shaper's strict kinsoku first, then what a typesetter would mend.

use std::ops::Range;

use super::Inner;
use crate::show::frame::TextStyle;

/// After these a break reads best.
const PAUSES: [char; 6] = ['，', '；', '。', '：', '？', '！'];
/// A line may be cut short at a pause when it is at least this full.
const FULL_ENOUGH: f32 = 0.55;
/// How many em a line is narrowed to bring a lonely last character company.
const MOST_NARROWER: u8 = 4;

/// Lines of one paragraph. Breaks at pauses are taken only where they cost no line, and a last line of one character
/// takes one from the line before.
pub fn lines(inner: &mut Inner, text: &str, style: &TextStyle, width: f32) -> Vec<String> {
    let measured = bound(text);
    let plain = broken(inner, &measured, style, width, None);
    let mut best = plain;
    if best.len() > 1 {
        let paused = broken(inner, &measured, style, width, Some(FULL_ENOUGH));
        if paused.len() <= best.len() && !is_lonely(&measured, &paused) {
            best = paused;
        }
        if is_lonely(&measured, &best) {
            accompany(inner, &measured, style, width, &mut best);
        }
    }
    best.into_iter().map(|line| text.get(line).unwrap_or_default().trim_end_matches(' ').to_owned()).collect()
}

/// Whether the last line is a single character (punctuation apart).
fn is_lonely(text: &str, lines: &[Range<usize>]) -> bool {
    let last = lines.last().and_then(|line| text.get(line.clone())).unwrap_or_default();
    lines.len() > 1 && !has_company(last)
}

fn has_company(line: &str) -> bool {
    line.chars().filter(|c| c.is_alphanumeric()).nth(1).is_some()
}

/// The line before the last one is broken once more, narrower: closing punctuation pulls its character down with it.
fn accompany(inner: &mut Inner, text: &str, style: &TextStyle, width: f32, lines: &mut [Range<usize>]) {
    let [.., before, last] = lines else { return };
    let Some(both) = text.get(before.start..) else { return };
    // From what the line really holds: it may be far from full where a bracket went down whole.
    let held = text.get(before.clone()).map_or(width, |line| inner.width(line.trim_end(), style)).min(width);
    for by in 1..=MOST_NARROWER {
        let end = mended(both, inner.first_line(both, style, held - f32::from(by) * style.size));
        let Some(rest) = both.get(end..).filter(|rest| has_company(rest)) else { continue };
        if inner.width(rest, style) <= width {
            before.end = before.start + end;
            last.start = before.end;
        }
        return;
    }
}

/// The paragraph in lines, as ranges of its bytes.
fn broken(inner: &mut Inner, text: &str, style: &TextStyle, width: f32, pause_at: Option<f32>) -> Vec<Range<usize>> {
    let mut lines = Vec::new();
    let mut start = 0;
    loop {
        let rest = text.get(start..).unwrap_or_default();
        let mut end = mended(rest, inner.first_line(rest, style, width));
        if end < rest.len()
            && let Some(share) = pause_at
            && let Some(cut) = pause(inner, &rest[..end], style, width * share)
        {
            end = cut;
        }
        lines.push(start..start + end);
        start += end;
        if start >= text.len() {
            return lines;
        }
    }
}

/// Where the line may end at its last pause, if it is full enough there.
fn pause(inner: &mut Inner, line: &str, style: &TextStyle, least: f32) -> Option<usize> {
    let (at, mark) = line.char_indices().rev().find(|(_, c)| PAUSES.contains(c))?;
    let cut = at + mark.len_utf8();
    // A closing mark that follows belongs to this line.
    let cut = line[cut..].chars().take_while(|c| "”’）》」』".contains(*c)).map(char::len_utf8).sum::<usize>() + cut;
    (cut < line.len() && inner.width(&line[..cut], style) >= least).then_some(cut)
}

/// `text` with stand-ins of the same widths and as many bytes, where the rules would break what belongs together.
///
/// A blank, （　）, is one thing with the character after it: 内, 个, 日.
fn bound(text: &str) -> String {
    let mut chars: Vec<char> = text.chars().collect();
    let mut open = None;
    for at in 0..chars.len() {
        match chars[at] {
            '（' => open = Some(at),
            '）' if open.is_some_and(|open| open + 1 < at) => {
                // Nothing breaks behind an opening or before a closing bracket.
                let from = open.take().unwrap_or(at) + 1;
                chars[from..at].fill(HELD);
                if let Some(next) = chars.get_mut(at + 1).filter(|next| is_plain_han(**next)) {
                    *next = HELD;
                }
            }
            '\u{3000}' => {}
            _ => open = None,
        }
    }
    chars.into_iter().collect()
}

/// As wide as a Han, and never parted from what stands before it.
const HELD: char = '」';
/// They are read with the figure before them.
const UNITS: &str = "年月日号时点分秒天周岁元角万亿个名人次条款项题轮届期级类倍度吨米％%";

/// Brackets and points that keep to their word even where a space was typed between them.
const OPENING: &str = "([{（《〈「『【〔［｛“‘";
const CLOSING: &str = ")]},.;:?!，。、；：？！）》〉」』】〕］｝”’·%‰℃";
/// Written twice, and never on two lines.
const DOUBLE: &str = "…—";

/// Where a line of `text` that the shaper would end at `end` had better end: it breaks anywhere in a word that no line
/// holds, at a space before a bracket, and between a figure and its unit. Looks back over half of the line at most.
fn mended(text: &str, end: usize) -> usize {
    let Some(gap) = Gap::at(text, end).filter(Gap::is_torn) else { return end };
    let ends = || text.char_indices().map(|(at, _)| at).take_while(|at| *at < gap.from).collect::<Vec<_>>();
    let back = |good: fn(&Gap) -> bool, least: usize| {
        ends()
            .into_iter()
            .rev()
            .take_while(|at| *at > least)
            .find(|at| Gap::at(text, *at).is_some_and(|gap| good(&gap)))
    };
    back(|gap| !gap.is_torn() && gap.is_usual(), end / 2).or_else(|| back(|gap| !gap.is_torn(), end / 2)).unwrap_or(end)
}

/// What stands on both sides of a break, spaces apart.
struct Gap {
    before: char,
    after: char,
    /// Where the character before ends.
    from: usize,
    spaced: bool,
}

impl Gap {
    /// None at the text's edges, and within spaces: the line takes all of them.
    fn at(text: &str, at: usize) -> Option<Self> {
        let (head, tail) = (text.get(..at)?, text.get(at..)?);
        let kept = head.trim_end_matches(' ');
        let after = tail.chars().next().filter(|c| *c != ' ')?;
        let before = kept.chars().next_back()?;
        Some(Self { before, after, from: kept.len(), spaced: kept.len() < head.len() })
    }

    /// Whether a break here parts what belongs together.
    fn is_torn(&self) -> bool {
        let Self { before, after, spaced, .. } = *self;
        CLOSING.contains(after)
            || OPENING.contains(before)
            || before == after && DOUBLE.contains(before)
            || before.is_ascii_digit() && (after.is_ascii_digit() && !spaced || spaced && UNITS.contains(after))
    }

    /// Whether Chinese breaks here as a matter of course.
    fn is_usual(&self) -> bool {
        let wide = |c: char| u32::from(c) >= 0x2E80;
        self.spaced || wide(self.before) || wide(self.after)
    }
}

fn is_plain_han(c: char) -> bool {
    ('\u{4e00}'..='\u{9fff}').contains(&c)
}

#[cfg(test)]
mod tests {
    use crate::{
        show::frame::{Face, Rgba, TextStyle, Typeset, clean},
        typeset::Typesetter,
    };

    fn style(size: f32) -> TextStyle {
        TextStyle { face: Face::Sans, size, weight: 700, tracking: 0.01, colour: Rgba::CLEAR }
    }

    #[test]
    fn breaks_after_a_pause_and_keeps_the_blank_whole() {
        let set = Typesetter::new();
        let text = "用人单位应当自用工之日起（　）内，为其职工向社会保险经办机构申请办理社会保险登记。";
        let lines = set.lines(text, &style(70.0), 1262.0);
        assert_eq!(
            lines,
            ["用人单位应当自用工之日起（　）内，", "为其职工向社会保险经办机构申请办理", "社会保险登记。"]
        );
        // A blank alone on its line gets company.
        assert_eq!(set.lines("按规则，抢答开始前按键的队伍（　）。", &style(70.0), 1262.0)[1], "队伍（　）。");
    }

    #[test]
    fn no_line_begins_with_closing_punctuation_nor_is_too_wide() {
        let set = Typesetter::new();
        let text = "职工达到法定退休年龄时，累计缴费不足最低年限的（包括补缴），可以延长缴费；也可以申请转入“城乡居民社会养老保险”。";
        for width in [300.0, 420.0, 610.0, 777.0] {
            for line in set.lines(text, &style(46.0), width) {
                assert!(!line.starts_with(['，', '。', '）', '”', '；', '、']), "{line}");
                assert!(!line.ends_with(['（', '“']), "{line}");
                assert!(set.width(&line, &style(46.0)) <= width + 0.6, "{line}");
            }
        }
    }

    /// Every break of real sentences at many widths, and what must not stand beside it.
    #[test]
    fn what_belongs_together_stays_together() {
        let set = Typesetter::new();
        let texts = [
            "应当自用工之日起（　）内办理，逾期的（　）个月内补办；共（　　）元。",
            "2024 年 5 月 8 日，王某缴费 15 年 6 个月，每月 3200 元，占 8 % 以上。",
            "他说：“到底——怎么办……”（众笑）；《社会保险法》、《劳动法》【节选】！？",
            "矩阵 \\text { 针叶林 } & 52 & ( 甲 ) 之和 , 为 [ 乙 ] 。",
            "速度为 3.5 m/s²，温度 −5℃～20℃，比例 1∶2，百分之 5‰。",
        ];
        for text in texts {
            for width in (280..1300).step_by(37) {
                let lines = set.lines(text, &style(46.0), width as f32);
                for pair in lines.windows(2) {
                    let (end, begin) = (pair[0].chars().next_back().unwrap(), pair[1].chars().next().unwrap());
                    let at = format!("{end}|{begin} of {lines:?} at {width}");
                    assert!(!super::CLOSING.contains(begin), "{at}");
                    assert!(!super::OPENING.contains(end), "{at}");
                    assert!(end != begin || !super::DOUBLE.contains(begin), "{at}");
                    assert!(!pair[0].ends_with("（　）") || !super::is_plain_han(begin), "{at}");
                    assert!(!end.is_ascii_digit() || !super::UNITS.contains(begin), "{at}");
                    assert!(!(end.is_ascii_digit() && begin.is_ascii_digit()), "{at}");
                }
            }
        }
    }

    #[test]
    fn nothing_is_lost() {
        let set = Typesetter::new();
        let text = "2024 年 5 月 8 日，王某下班途中在合理路线上骑电动自行车。averyveryverylongwordthatcannotbreakanywhere\n第二段";
        let lines = set.lines(text, &style(58.0), 400.0);
        let kept: String = lines.concat().chars().filter(|c| *c != ' ').collect();
        let all: String = text.chars().filter(|c| *c != ' ' && *c != '\n').collect();
        assert_eq!(kept, all);
    }

    #[test]
    fn whatever_is_sent_is_set() {
        let set = Typesetter::new();
        let odd = [
            "",
            " ",
            "\n",
            "\n\n",
            "\u{200d}\u{200d}",
            "\u{202e}反\u{202c}",
            "👨‍👩‍👧‍👦🇨🇳",
            "e\u{301}\u{301}\u{301}",
            "，。！",
            "\u{feff}",
        ];
        for text in odd {
            for width in [0.0, 1.0, 50.0, 5_000.0] {
                let kept: String = set.lines(text, &style(46.0), width).concat();
                let bare = |text: &str| text.chars().filter(|c| !c.is_whitespace()).collect::<String>();
                assert_eq!(bare(&kept), bare(&clean(text)), "{text:?} at {width}");
            }
        }
        proptest::proptest!(|(text in "\\PC{0,60}", width in 0.0_f32..600.0)| {
            set.lines(&text, &style(46.0), width);
        });
    }

    #[test]
    fn tabular_figures_are_all_equally_wide() {
        let set = Typesetter::new();
        let digits = TextStyle { face: Face::Numerals, size: 100.0, weight: 700, tracking: 0.0, colour: Rgba::CLEAR };
        let widths: Vec<f32> = (0..10).map(|d| set.width(&d.to_string(), &digits)).collect();
        assert!(widths.iter().all(|w| (w - widths[0]).abs() < 0.01), "{widths:?}");
        assert!((widths[0] - 49.8).abs() < 0.2, "{widths:?}");
    }
}
