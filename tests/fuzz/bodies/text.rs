//! Any text in any box: cleaned, spaced, broken into lines, fitted and cut by the engine and the fonts that draw it.

use std::sync::OnceLock;

use leitai::{
    show::{
        frame::{Class, LINE_BREAKS, Rgba, Typeset, clean, cut, fit, fit_balanced, is_unseen, one_line, spaced},
        limits::{MARKS_ON_A_BASE, TEXT_BYTES},
    },
    typeset::{Typesetter, by_font, missing},
};

use super::wire::theme;

fn engine() -> &'static Typesetter {
    static ENGINE: OnceLock<Typesetter> = OnceLock::new();
    ENGINE.get_or_init(Typesetter::new)
}

/// Three bytes choose the role and the box, the rest is the text.
pub fn run(bytes: &[u8]) {
    let [class, role, size, rest @ ..] = bytes else { return };
    let text = String::from_utf8_lossy(rest);
    if text.len() > TEXT_BYTES {
        return;
    }
    let text = text.as_ref();
    let tidy = clean(text);
    assert_eq!(clean(&tidy), tidy, "clean is clean");
    assert!(!tidy.chars().any(|c| matches!(c, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}' | '\u{0}'..='\u{8}')));
    let run =
        |text: &str| text.split(|c: char| !('\u{300}'..='\u{36f}').contains(&c)).map(|run| run.chars().count()).max();
    assert!(run(&tidy).unwrap_or(0) <= MARKS_ON_A_BASE);
    let drawn = spaced(text);
    assert_eq!(spaced(&drawn), drawn, "spaced is spaced");

    let set = engine();
    let look = theme().of(Class::ALL[usize::from(*class) % Class::ALL.len()]);
    let roles = look.typography.roles();
    let (_, role) = roles[usize::from(*role) % roles.len()];
    let (wide, high) = (4.0 + f32::from(*size % 16) * 96.0, 20.0 + f32::from(*size / 16) * 60.0);
    let step = role.ladder.last().copied().expect("a ladder has a rung");
    let style = role.style(step, Rgba::CLEAR);

    let lines = set.lines(text, &style, wide);
    let bare = |text: &str| text.chars().filter(|c| !is_unseen(*c) && !LINE_BREAKS.contains(c)).collect::<String>();
    assert_eq!(bare(&lines.concat()), bare(&drawn), "nothing is lost");
    for line in &lines {
        let seen = line.chars().filter(|c| !is_unseen(*c)).count();
        let width = set.width(line, &style);
        assert!(width.is_finite() && width >= 0.0);
        // One letter with all its marks is never parted, however narrow the box.
        assert!(width <= wide + 1.0 || seen <= 2 * MARKS_ON_A_BASE + 2, "{width} of {wide}: {line:?}");
    }
    for fitted in [fit(set, text, role, wide, high), fit_balanced(set, text, role, wide, high)] {
        assert!(!fitted.pages.is_empty());
        let _last = fitted.page(usize::MAX);
    }
    let (step, line) = one_line(set, text, role, wide, "…");
    assert!(step.0.is_finite() && line.len() <= text.len() + "…".len());
    let short = cut(set, text, &style, wide, "…");
    let most = set.width("…", &style).max(wide) + style.size;
    assert!(set.width(&short, &style) <= most, "{short:?} is cut to {wide}");
    let (_unknown, _fonts, _boxes) = (missing(text), by_font(text), set.boxes(text, &style));
}
