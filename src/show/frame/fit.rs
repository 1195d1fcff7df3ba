//! Type set by data: the size from the ladder, the line breaks and the pages of a text in a box.

use super::{clean::clings, part::TextStyle};
use crate::show::{
    frame::Rgba,
    theme::{Role, Step},
};

/// Every character at which a line ends, of whatever origin.
pub const LINE_BREAKS: [char; 7] = ['\n', '\r', '\u{b}', '\u{c}', '\u{85}', '\u{2028}', '\u{2029}'];

/// Measures and breaks text with the engine and the fonts that draw it. Pure: the same answer for the same question.
///
/// Text is taken as it will be drawn, [`spaced`](super::spaced): who asks may hand it over as it was sent.
pub trait Typeset {
    /// Width of one line, design px.
    fn width(&self, text: &str, style: &TextStyle) -> f32;

    /// `text` in lines no wider than `width`, broken by the rules of Chinese typesetting; [`LINE_BREAKS`] always break.
    fn lines(&self, text: &str, style: &TextStyle, width: f32) -> Vec<String>;
}

/// A text as it will be drawn: every line is given, nothing is left to wrap.
#[derive(Clone, Debug, PartialEq)]
pub struct Fitted {
    pub step: Step,
    /// Pages of lines; one page where the text fits.
    pub pages: Vec<Vec<String>>,
}

impl Fitted {
    /// The lines of page `page`, the last one for any page beyond.
    pub fn page(&self, page: usize) -> &[String] {
        self.pages.get(page.min(self.pages.len().saturating_sub(1))).map_or(&[], Vec::as_slice)
    }
}

/// Fits `text` into a box: the largest step of the role's ladder that fits, else pages at the smallest.
pub fn fit(set: &dyn Typeset, text: &str, role: &Role, width: f32, height: f32) -> Fitted {
    let mut last = None;
    for &step in &role.ladder {
        let lines = set.lines(text, &role.style(step, Rgba::CLEAR), width);
        if lines.len() as f32 * step.1 <= height + 0.5 {
            return Fitted { step, pages: vec![lines] };
        }
        last = Some((step, lines));
    }
    let (step, lines) = last.unwrap_or((role.step(), Vec::new()));
    let per_page = ((height + 0.5) / step.1).floor().max(1.0) as usize;
    let pages = lines.chunks(per_page).map(<[String]>::to_vec).collect();
    Fitted { step, pages }
}

/// As [`fit`], with the lines of a page made as even as its width allows: for titles, where a short last line jars.
pub fn fit_balanced(set: &dyn Typeset, text: &str, role: &Role, width: f32, height: f32) -> Fitted {
    let fitted = fit(set, text, role, width, height);
    let [lines] = fitted.pages.as_slice() else { return fitted };
    let style = role.style(fitted.step, Rgba::CLEAR);
    // Halvings down to an em: the narrowest measure that needs no further line.
    let (mut low, mut high, mut best) = (width / lines.len() as f32 * 0.8, width, lines.clone());
    while high - low > fitted.step.0 / 2.0 {
        let middle = (low + high) / 2.0;
        let narrower = set.lines(text, &style, middle);
        if narrower.len() <= lines.len() {
            (high, best) = (middle, narrower);
        } else {
            low = middle;
        }
    }
    Fitted { step: fitted.step, pages: vec![best] }
}

/// One line at the largest step that is no wider than `width`; the smallest step where none is.
pub fn fit_line(set: &dyn Typeset, text: &str, role: &Role, width: f32) -> Step {
    role.ladder
        .iter()
        .copied()
        .find(|&step| set.width(text, &role.style(step, Rgba::CLEAR)) <= width)
        .unwrap_or_else(|| role.ladder.last().copied().unwrap_or(Step(0.0, 0.0)))
}

/// One line as [`fit_line`] sizes it; what does not fit even so is cut, and `more` stands where it was cut.
pub fn one_line(set: &dyn Typeset, text: &str, role: &Role, width: f32, more: &str) -> (Step, String) {
    let step = fit_line(set, text, role, width);
    (step, cut(set, text, &role.style(step, Rgba::CLEAR), width, more))
}

/// The longest beginning of `text` that fits `width` with `more` behind it; `text` itself where it fits whole.
pub fn cut(set: &dyn Typeset, text: &str, style: &TextStyle, width: f32, more: &str) -> String {
    if set.width(text, style) <= width {
        return text.to_owned();
    }
    // A letter keeps its marks, and a family of emoji its members.
    let parts = text.char_indices().scan(' ', |before, (at, c)| {
        let joined = clings(c) || std::mem::replace(before, c) == '\u{200d}';
        Some((at == 0 || !joined).then_some(at))
    });
    let ends: Vec<usize> = parts.flatten().collect();
    let with_more = |end: usize| format!("{}{more}", text.get(..end).unwrap_or_default().trim_end());
    let fitting = ends.partition_point(|&end| set.width(&with_more(end), style) <= width);
    with_more(ends.get(fitting.saturating_sub(1)).copied().unwrap_or(0))
}
