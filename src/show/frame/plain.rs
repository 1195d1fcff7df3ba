//! Letters without a font, for tests of what composes and does not draw.

use super::{TextStyle, Typeset, spaced};

/// Type of fixed advances: a Han an em, everything else .55 of it. Breaks anywhere.
#[derive(Debug)]
pub(crate) struct Plain;

fn advance(c: char, style: &TextStyle) -> f32 {
    style.size * (if c.is_ascii() || c == '\u{2212}' { 0.55 } else { 1.0 } + style.tracking)
}

impl Typeset for Plain {
    fn width(&self, text: &str, style: &TextStyle) -> f32 {
        spaced(text).chars().map(|c| advance(c, style)).sum()
    }

    fn lines(&self, text: &str, style: &TextStyle, width: f32) -> Vec<String> {
        let mut lines = Vec::new();
        for paragraph in spaced(text).split('\n') {
            let (mut line, mut used) = (String::new(), 0.0);
            for c in paragraph.chars() {
                let by = advance(c, style);
                if used + by > width && !line.is_empty() {
                    lines.push(std::mem::take(&mut line));
                    used = 0.0;
                }
                line.push(c);
                used += by;
            }
            lines.push(line);
        }
        lines
    }
}
