//! Rows into questions.

use std::sync::Arc;

use super::{
    Paper,
    heading::{self, Headed},
    origin::Origin,
    table::{Row, Table, letters},
    vocabulary,
};
use crate::show::{
    bank::{BankQuestion, Fault, Field, Finding, Place},
    protocol::{
        Points,
        play::{QuestionKind, QuestionOption},
    },
};

/// What stands between the letters of a key.
const BETWEEN: [char; 6] = [',', '、', ';', '/', '.', '\n'];
/// What stands behind an option's letter.
const BEHIND: [char; 9] = ['.', '．', '、', ':', '：', ')', '）', ',', '，'];

/// The questions of all tables, each with its place.
pub(super) fn read(tables: &[Table], findings: &mut Vec<Finding>) -> (Vec<BankQuestion>, Vec<Origin>) {
    let (mut questions, mut origins) = (vec![], vec![]);
    let kind_of = |table: &Table| table.sheet.as_deref().and_then(vocabulary::kind_of_sheet);
    let must = |table: &Table| match kind_of(table) {
        Some(_) => vec![Field::Stem, Field::Key],
        None => vec![Field::Kind, Field::Stem, Field::Key],
    };
    let headed = heading::headed(tables, Paper::Bank, must, findings);
    let alone = headed.len() == 1;
    for (table, headed) in headed {
        if headed.column(Field::Id).is_none() {
            let place = Place { sheet: table.sheet.clone(), ..Place::default() };
            findings.push(Finding { place, fault: Fault::NumberedByRow });
        }
        for &row in &headed.body {
            // A remark beside the table makes no question.
            if headed.columns.iter().all(|column| row.cell(column.index).is_empty()) {
                continue;
            }
            let mut reader = Reader { table, headed: &headed, row, findings };
            if let Some(mut question) = reader.question(kind_of(table)) {
                if headed.column(Field::Id).is_none() {
                    let sheet = table.sheet.as_deref().filter(|_| !alone).map(|sheet| format!("{sheet}-"));
                    question.id = format!("{}{}", sheet.unwrap_or_default(), row.number);
                }
                questions.push(question);
                let columns = Some(Arc::clone(&headed.columns));
                origins.push(Origin { sheet: table.sheet.clone(), row: row.number, columns });
            }
        }
    }
    (questions, origins)
}

/// One row, with a place for what is wrong in it.
struct Reader<'a> {
    table: &'a Table,
    headed: &'a Headed<'a>,
    row: &'a Row,
    findings: &'a mut Vec<Finding>,
}

impl<'a> Reader<'a> {
    /// `None` when its kind is not known: nothing else of it can be judged then.
    fn question(&mut self, of_sheet: Option<QuestionKind>) -> Option<BankQuestion> {
        let named = self.text(Field::Kind);
        let kind = if named.is_empty() { of_sheet } else { vocabulary::kind(named) };
        let Some(kind) = kind else {
            self.add(Field::Kind, Fault::UnknownKind { found: named.to_owned(), known: vocabulary::kinds() });
            return None;
        };
        let options = self.options(kind);
        Some(BankQuestion {
            id: self.text(Field::Id).to_owned(),
            kind,
            stem: self.text(Field::Stem).to_owned(),
            key: keys(kind, self.text(Field::Key), &options),
            options,
            explanation: self.optional(Field::Explanation),
            source: self.optional(Field::Source),
            topic: self.optional(Field::Topic),
            value: self.value(),
            media: None,
        })
    }

    fn text(&self, field: Field) -> &'a str {
        self.headed.text(self.row, field)
    }

    fn optional(&self, field: Field) -> Option<String> {
        Some(self.text(field)).filter(|text| !text.is_empty()).map(str::to_owned)
    }

    fn value(&mut self) -> Option<Points> {
        let text = self.text(Field::Value);
        if text.is_empty() {
            return None;
        }
        let value = serde_json::from_str(text).ok();
        if value.is_none() {
            self.add(Field::Value, Fault::BadValue { found: text.to_owned() });
        }
        value
    }

    fn options(&self, kind: QuestionKind) -> Vec<QuestionOption> {
        let mut columns: Vec<(usize, &str)> = vec![];
        for column in self.headed.columns.iter() {
            if let Field::Option(i) = column.field {
                columns.push((i, self.row.cell(column.index)));
            }
        }
        let used = columns.iter().rposition(|(_, text)| !text.is_empty()).map_or(0, |last| last + 1);
        let mut options: Vec<QuestionOption> = columns[..used]
            .iter()
            .map(|(i, text)| {
                let label = vocabulary::letter(*i);
                let own = labelled(text).filter(|(written, _)| *written == label).map(|(_, rest)| rest);
                QuestionOption { text: own.unwrap_or(text).to_owned(), label }
            })
            .collect();
        if options.is_empty() {
            options = listed(self.text(Field::Options));
        }
        if options.is_empty() && kind == QuestionKind::Judge {
            let verdicts = vocabulary::verdicts().into_iter().enumerate();
            options = verdicts
                .map(|(i, text)| QuestionOption { label: vocabulary::letter(i), text: text.to_owned() })
                .collect();
        }
        options
    }

    fn add(&mut self, field: Field, fault: Fault) {
        let column = self.headed.column(field);
        let place = Place {
            sheet: self.table.sheet.clone(),
            row: Some(self.row.number),
            column: column.map(|column| letters(column.index)),
            heading: column.map(|column| column.heading.clone()),
            id: self.optional(Field::Id),
            field: Some(field),
            ..Place::default()
        };
        self.findings.push(Finding { place, fault });
    }
}

/// All options in one cell: a line each with its letter; a line without one goes on with the option before it.
fn listed(text: &str) -> Vec<QuestionOption> {
    let lines: Vec<&str> = text.lines().map(str::trim).filter(|line| !line.is_empty()).collect();
    let lettered = lines.iter().any(|line| labelled(line).is_some());
    let mut options: Vec<QuestionOption> = vec![];
    for line in lines {
        match (labelled(line), options.last_mut()) {
            (Some((label, text)), _) => options.push(QuestionOption { label, text: text.to_owned() }),
            (None, Some(last)) if lettered => {
                last.text.push('\n');
                last.text.push_str(line);
            }
            (None, _) => {
                // Without any letters their order gives them.
                let label = if lettered { String::new() } else { vocabulary::letter(options.len()) };
                options.push(QuestionOption { label, text: line.to_owned() });
            }
        }
    }
    options
}

/// `A. text`, `A、text`, `（A）text`: the letter and the text.
fn labelled(line: &str) -> Option<(String, &str)> {
    let rest = line.trim_start_matches(['(', '（']);
    let mut chars = rest.chars();
    let letter = vocabulary::normal(&chars.next()?.to_string()).to_uppercase();
    let behind = chars.next()?;
    let is_letter = letter.len() == 1 && letter.bytes().all(|byte| byte.is_ascii_uppercase());
    (is_letter && BEHIND.contains(&behind)).then(|| (letter, chars.as_str().trim()))
}

fn keys(kind: QuestionKind, text: &str, options: &[QuestionOption]) -> Vec<String> {
    match kind {
        QuestionKind::Fill | QuestionKind::Short | QuestionKind::Case => {
            text.lines().map(str::trim).filter(|line| !line.is_empty()).map(str::to_owned).collect()
        }
        QuestionKind::Judge => judged(text, options).map_or_else(|| chosen(text), |label| vec![label]),
        QuestionKind::Single | QuestionKind::Multi => chosen(text),
    }
}

/// 对, √, T: the label of the option that says so.
fn judged(text: &str, options: &[QuestionOption]) -> Option<String> {
    let label = vocabulary::normal(text).to_uppercase();
    if options.iter().any(|option| option.label == label) {
        return Some(label);
    }
    let truth = vocabulary::truth(text)?;
    let says = options.iter().find(|option| vocabulary::truth(&option.text) == Some(truth));
    says.or_else(|| options.get(usize::from(!truth))).map(|option| option.label.clone())
}

/// `ABD`, `A,B,D`, `a、b、d`: the labels.
fn chosen(text: &str) -> Vec<String> {
    let text = vocabulary::normal(text).to_uppercase();
    let parts = text.split(BETWEEN).filter(|part| !part.is_empty());
    parts
        .flat_map(|part| {
            let letters = part.bytes().all(|byte| byte.is_ascii_uppercase());
            if letters { part.chars().map(String::from).collect() } else { vec![part.to_owned()] }
        })
        .collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_is_read_however_its_letters_are_parted() {
        for text in ["ABD", "A,B,D", "a、b、d", "Ａ，Ｂ，Ｄ", "A B D", "A;B/D"] {
            assert_eq!(chosen(text), ["A", "B", "D"], "{text}");
        }
        assert_eq!(chosen("第一项"), ["第一项"]);
    }

    #[test]
    fn options_of_one_cell_are_parted_by_their_letters() {
        let read = |text| {
            listed(text).into_iter().map(|option| format!("{}|{}", option.label, option.text)).collect::<Vec<_>>()
        };
        assert_eq!(
            read("A. 十五日\nB、三十日\n（C）六十日\nＤ：九十日\n以内"),
            ["A|十五日", "B|三十日", "C|六十日", "D|九十日\n以内"]
        );
        assert_eq!(read("十五日\n三十日"), ["A|十五日", "B|三十日"]);
        assert_eq!(read("前言\nA. 十五日"), ["|前言", "A|十五日"]);
        assert_eq!(read(""), Vec::<String>::new());
    }

    #[test]
    fn a_judge_questions_key_finds_the_option_that_says_it() {
        let options = |texts: [&str; 2]| {
            let lettered = texts.into_iter().enumerate();
            lettered
                .map(|(i, text)| QuestionOption { label: vocabulary::letter(i), text: text.to_owned() })
                .collect::<Vec<_>>()
        };
        for (text, texts, label) in [
            ("√", ["正确", "错误"], "A"),
            ("错", ["正确", "错误"], "B"),
            ("对", ["错误", "正确"], "B"),
            ("true", ["该缴", "不该缴"], "A"),
            ("B", ["正确", "错误"], "B"),
            ("E", ["正确", "错误"], "E"),
        ] {
            assert_eq!(keys(QuestionKind::Judge, text, &options(texts)), [label], "{text}");
        }
    }
}
