//! The doctor's page: one line a thing, in columns that also stand where signs are twice as wide.

use unicode_width::UnicodeWidthStr;

use super::line::{Line, Verdict};
use crate::{
    locale::{self, Lang},
    show::told::Words,
};

/// Columns of the page: what a terminal shows and a printer prints.
const COLUMNS: usize = 100;

/// All lines, and what they come to.
pub(super) fn page(lang: Lang, lines: &[Line]) -> Vec<String> {
    let verdict = |line: &Line| {
        locale::word(
            lang,
            match line.verdict {
                Verdict::Ok => "doctor-ok",
                Verdict::Attention => "doctor-attention",
                Verdict::Fault => "doctor-fault",
            },
        )
    };
    let widest = |texts: &mut dyn Iterator<Item = &str>| texts.map(UnicodeWidthStr::width).max().unwrap_or(0);
    let first = widest(&mut lines.iter().map(verdict));
    let second = widest(&mut lines.iter().map(|line| locale::word(lang, line.what)));
    let indent = first + second + 4;
    let mut page = Vec::new();
    for line in lines {
        let begin = format!("{}  {}  ", padded(verdict(line), first), padded(locale::word(lang, line.what), second));
        put(&mut page, &begin, indent, &line.found);
        if let Some(todo) = &line.todo {
            put(&mut page, &format!("{}→ ", " ".repeat(indent)), indent + 2, todo);
        }
    }
    let count = |verdict| lines.iter().filter(|line| line.verdict == verdict).count();
    let (attention, faults) = (count(Verdict::Attention), count(Verdict::Fault));
    let sum = Words::new(if faults == 0 { "doctor-fit" } else { "doctor-unfit" });
    let sum = sum.with("good", count(Verdict::Ok)).with("attention", attention).with("faults", faults);
    page.push(String::new());
    put(&mut page, "", 0, &locale::say(lang, &sum));
    page
}

fn padded(text: &str, width: usize) -> String {
    format!("{text}{}", " ".repeat(width.saturating_sub(text.width())))
}

/// A text behind `begin`, broken at blanks and between wide signs, its further lines indented.
fn put(page: &mut Vec<String>, begin: &str, indent: usize, text: &str) {
    let (mut line, mut room) = (begin.to_owned(), COLUMNS.saturating_sub(begin.width()));
    for word in words(text) {
        let width = word.trim_end().width();
        if width > room && line.width() > indent {
            page.push(line.trim_end().to_owned());
            line = " ".repeat(indent);
            room = COLUMNS.saturating_sub(indent);
        }
        line.push_str(word);
        room = room.saturating_sub(word.width());
    }
    page.push(line.trim_end().to_owned());
}

/// Pieces that a line may be broken behind: a word with its blanks, a wide sign with what must not begin a line.
fn words(text: &str) -> Vec<&str> {
    const CLOSES: &str = "，。；：、！？）》”’…";
    let (mut found, mut from) = (Vec::new(), 0);
    let mut signs = text.char_indices().peekable();
    while let Some((at, sign)) = signs.next() {
        let end = at + sign.len_utf8();
        let next = signs.peek().map(|(_, next)| *next);
        let is_wide = !sign.is_ascii() && text.get(at..end).is_some_and(|sign| sign.width() == 2);
        let may_break = next.is_some_and(|next| !CLOSES.contains(next) && !next.is_whitespace());
        if may_break && (sign.is_whitespace() || is_wide && !"（《“‘".contains(sign)) {
            found.extend(text.get(from..end));
            from = end;
        }
    }
    found.extend(text.get(from..));
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines() -> Vec<Line> {
        vec![
            Line::ok("doctor-adapter", "NVIDIA"),
            Line::attention("doctor-audio", "没有声音设备。".repeat(20), "接上声卡，再运行一次。"),
            Line::fault("doctor-feed", "ws://10.0.0.1:9000 does not answer ".repeat(9), "check the cable"),
        ]
    }

    #[test]
    fn columns_stand_in_both_languages_and_no_line_is_wider_than_the_page() {
        for lang in [Lang::Zh, Lang::En] {
            let page = page(lang, &lines());
            assert!(page.iter().all(|line| line.width() <= COLUMNS), "{page:#?}");
            let column = |line: &str, of: &str| line.find(of).map(|at| line[..at].width());
            let first = column(&page[0], "NVIDIA").unwrap();
            let found = page.iter().find_map(|line| column(line, "没有声音设备")).unwrap();
            assert_eq!(first, found, "{page:#?}");
            let further = page.iter().filter(|line| line.starts_with(' ') && !line.contains('→')).count();
            assert!(further >= 4, "what is long goes on below: {page:#?}");
            assert!(page.iter().all(|line| !line.trim_start().starts_with('。')), "{page:#?}");
        }
    }
}
