//! Line breaks for the hall: the shaper's strict kinsoku first, then what a typesetter would mend.

use super::Inner;
use crate::show::frame::TextStyle;

/// After these a break reads best.
const PAUSES: [char; 6] = ['，', '；', '。', '：', '？', '！'];
/// A line may be cut short at a pause when it is at least this full.
const FULL_ENOUGH: f32 = 0.55;
/// How many em a measure is narrowed to mend a lonely last character.
const MOST_NARROWER: u8 = 4;

/// Lines of one paragraph. Breaks at pauses are taken only where they cost no line, and a last line of one character
/// takes one from the line before.
pub fn lines(inner: &mut Inner, text: &str, style: &TextStyle, width: f32) -> Vec<String> {
    let plain = broken(inner, text, style, width, None);
    if plain.len() < 2 {
        return plain;
    }
    let paused = broken(inner, text, style, width, Some(FULL_ENOUGH));
    let best = if paused.len() <= plain.len() && !lonely(&paused) { paused } else { plain };
    if !lonely(&best) {
        return best;
    }
    // Closing punctuation pulls its character down with it: a narrower measure brings it company.
    (1..=MOST_NARROWER)
        .map(|by| broken(inner, text, style, width - f32::from(by) * style.size, None))
        .take_while(|narrower| narrower.len() == best.len())
        .find(|narrower| !lonely(narrower))
        .unwrap_or(best)
}

/// Whether the last line is a single character (punctuation apart).
fn lonely(lines: &[String]) -> bool {
    lines.len() > 1 && lines.last().is_some_and(|line| line.chars().filter(|c| c.is_alphanumeric()).count() < 2)
}

fn broken(inner: &mut Inner, text: &str, style: &TextStyle, width: f32, pause_at: Option<f32>) -> Vec<String> {
    let measured = closed_blanks(text);
    let mut lines = Vec::new();
    let (mut rest, mut shown) = (measured.as_str(), text);
    loop {
        let mut end = inner.first_line(rest, style, width);
        if end < rest.len()
            && let Some(share) = pause_at
            && let Some(cut) = pause(inner, &rest[..end], style, width * share)
        {
            end = cut;
        }
        let chars = rest[..end].chars().count();
        let at = shown.char_indices().nth(chars).map_or(shown.len(), |(at, _)| at);
        lines.push(shown[..at].trim_end_matches(' ').to_owned());
        (rest, shown) = (&rest[end..], &shown[at..]);
        if rest.is_empty() {
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

/// The blank of a fill-in, （　）, is one thing: its space is measured as a Han of the same width, which the rules keep
/// between its brackets. Character counts stay.
fn closed_blanks(text: &str) -> String {
    text.replace("（\u{3000}）", "（口）")
}

#[cfg(test)]
mod tests {
    use crate::{
        show::frame::{Face, Rgba, TextStyle, Typeset},
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
                assert_eq!(bare(&kept), bare(text), "{text:?} at {width}");
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
