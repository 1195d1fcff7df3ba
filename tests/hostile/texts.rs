//! Text that would turn, hide or tower: drawn as what it says, inside its own line.

use leitai::{
    show::frame::{Class, Rgba, Typeset, clean, fit, one_line, spaced},
    themes,
    typeset::Typesetter,
};

use super::bodies;

/// Names as strangers write them, and what is left of them to draw.
const ODD: [(&str, &str); 8] = [
    ("\u{202e}队甲\u{202c}", "队甲"),
    ("甲\u{2067}乙\u{2066}丙", "甲乙丙"),
    ("\u{200b}\u{200b}\u{200b}\u{200b}甲\u{feff}", "\u{200b}甲"),
    ("甲\u{0}\u{1b}[2J队", "甲[2J 队"),
    ("👨\u{200d}👩\u{200d}👧\u{200d}👦队", "👨\u{200d}👩\u{200d}👧\u{200d}👦队"),
    ("🇨🇳👍🏽", "🇨🇳👍🏽"),
    ("क\u{94d}\u{200d}ष", "क\u{94d}\u{200d}ष"),
    ("a\tb", "a b"),
];

#[test]
fn odd_names_are_drawn_as_what_they_say() {
    for (sent, drawn) in ODD {
        assert_eq!(spaced(sent), drawn, "{sent:?}");
    }
}

/// A storm of accents on Han is the Han; on other letters two are left.
#[test]
fn a_storm_stays_in_its_line() {
    let set = Typesetter::new();
    let theme = themes::built_in().unwrap();
    for class in Class::ALL {
        let look = theme.of(class);
        for (name, role) in look.typography.roles() {
            let marks = || "\u{301}\u{489}\u{20dd}".chars().cycle().take(600);
            let storm = |calm: &str| calm.chars().flat_map(|c| [c].into_iter().chain(marks())).collect::<String>();
            let style = role.style(role.step(), Rgba::CLEAR);
            let calm = set.width("滨州市", &style);
            assert_eq!(set.width(&storm("滨州市"), &style), calm, "{name}");
            assert_eq!(one_line(&set, &storm("滨州市"), role, calm + 1.0, "…").1, storm("滨州市"), "{name}");
            assert_eq!(clean(&storm("Zalgo")).chars().count(), 3 * 5, "{name}");
            let (step, line) = one_line(&set, &storm("Zalgo"), role, calm, "…");
            let style = role.style(step, Rgba::CLEAR);
            assert!(set.width(&line, &style) <= calm + 1.0, "{name}: {line:?}");
        }
    }
}

/// A hundred thousand characters in one box: as many pages as it takes, in a moment.
#[test]
fn a_text_without_end_is_paged() {
    let set = Typesetter::new();
    let theme = themes::built_in().unwrap();
    let role = &theme.of(Class::Tv).typography.stem;
    for unit in ["长", "a", "a\u{301}", "👨\u{200d}👩\u{200d}👧 ", "，。", "1"] {
        let text: String = unit.repeat(8 * 1024 / unit.len());
        let fitted = fit(&set, &text, role, 1_200.0, 600.0);
        let kept: usize = fitted.pages.iter().flatten().map(|line| line.chars().filter(|c| *c != ' ').count()).sum();
        assert_eq!(kept, text.chars().filter(|c| *c != ' ').count(), "{unit:?}");
    }
}

/// Every odd text in every role and in boxes from a sliver to a wall.
#[test]
fn every_odd_text_fits_every_kind_of_box() {
    for (number, (sent, _)) in ODD.iter().enumerate() {
        for class in 0..4_u8 {
            for role in (number as u8 % 19..80).step_by(19) {
                let mut bytes = vec![class, role, role.wrapping_mul(37)];
                bytes.extend(sent.repeat(9).as_bytes());
                bodies::text::run(&bytes);
            }
        }
    }
}
