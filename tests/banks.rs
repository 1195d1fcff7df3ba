//! An operator's question bank or roster reads the same from JSON, CSV and XLSX, and whatever is wrong with it is
//! named by sheet, row and column, with what to do, in both languages.

use std::path::{Path, PathBuf};

use leitai::{
    bank::{self, BankError, Paper},
    locale::Lang,
    show::{
        bank::{BankQuestion, Fault, Finding, Severity},
        protocol::{Points, play::QuestionKind},
    },
};

fn file(name: &str) -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/banks").join(name)
}

fn good() -> Vec<BankQuestion> {
    bank::read_bank(&file("good.json")).unwrap()
}

/// The only finding of a broken bank.
fn finding(name: &str) -> Finding {
    let (_, findings) = bank::survey_bank(&file(name));
    assert_eq!(findings.len(), 1, "{name}: {findings:#?}");
    findings.into_iter().next().unwrap()
}

/// A broken bank has this one error at this place, tells it so in both languages, and is not taken.
fn refused(name: &str, fault: &Fault, zh: &str, en: &str) {
    let finding = finding(name);
    assert_eq!((&finding.fault, finding.severity()), (fault, Severity::Error), "{name}");
    assert_eq!(bank::sentence(&finding, Lang::Zh), zh, "{name}");
    assert_eq!(bank::sentence(&finding, Lang::En), en, "{name}");
    let error = bank::read_bank(&file(name)).unwrap_err();
    assert_eq!(error.findings(), [finding], "{name}");
    assert!(error.to_string().contains(en) && error.tell(Lang::Zh).contains(zh), "{error}");
}

#[test]
fn a_good_bank_reads_the_same_from_every_format() {
    let good = good();
    assert_eq!(good.len(), 12);
    for kind in ["single", "multi", "judge", "fill", "short", "case"] {
        let kind: QuestionKind = serde_json::from_value(kind.into()).unwrap();
        assert!(good.iter().any(|question| question.kind == kind), "{kind:?}");
    }
    assert_eq!((good[0].value, good[3].value), (Some(Points::whole(10)), Some(Points::from_thousandths(20_500))));
    for name in ["good.json", "good.csv", "good.xlsx"] {
        let (questions, findings) = bank::survey_bank(&file(name));
        assert_eq!(findings, [], "{name}");
        assert_eq!(questions, good, "{name}");
        assert_eq!(bank::paper(&file(name)), Some(Paper::Bank), "{name}");
    }
}

#[test]
fn the_shipped_banks_are_clean() {
    for name in ["shebao", "laodong"] {
        let path = Path::new(env!("CARGO_MANIFEST_DIR")).join(format!("assets/questions/{name}.json"));
        let (questions, findings) = bank::survey_bank(&path);
        let told: Vec<String> = findings.iter().map(|finding| bank::sentence(finding, Lang::En)).collect();
        assert!(told.is_empty(), "{name}: {}", told.join("\n"));
        assert!(questions.len() >= 60, "{name}");
    }
}

#[test]
fn an_empty_stem_is_named_by_row_and_column() {
    refused(
        "empty-stem.csv",
        &Fault::EmptyStem,
        "第 3 行，C 列，“题干”，编号 sb-029：题干是空的。请填写题干，或删去这道题。",
        "row 3, column C, \"题干\", id sb-029: The stem is empty. Write the question, or delete this entry.",
    );
}

#[test]
fn a_key_that_is_no_option_is_named_with_the_options_there_are() {
    let fault = Fault::KeyNoOption { key: "E".to_owned(), labels: "A B C D".to_owned() };
    refused(
        "key-no-option.json",
        &fault,
        "第 32 行，“key”，编号 sb-029：答案“E”不是选项；这道题的选项有 A B C D。请改正答案，或补上这个选项。",
        "row 32, \"key\", id sb-029: The key \"E\" is no option; the options are A B C D. Correct the key, or add that option.",
    );
}

#[test]
fn a_duplicate_id_is_named_with_the_row_that_has_it() {
    refused(
        "duplicate-id.csv",
        &Fault::DuplicateId { first: 2 },
        "第 4 行，A 列，“编号”，编号 sb-001：编号与第 2 行重复。请改成没有用过的编号；如果是同一题，请删去一行。",
        "row 4, column A, \"编号\", id sb-001: The id stands in row 2 already. Change it to one that is not used yet; if it is the same question, delete one of the rows.",
    );
}

#[test]
fn a_missing_glyph_is_named_with_its_code_point_and_sheet() {
    refused(
        "missing-glyph.xlsx",
        &Fault::MissingGlyph { character: '𫝀', code: "U+2B740".to_owned() },
        "工作表“单选题”，第 4 行，D 列，“B”，编号 sb-003：没有一种字体有“𫝀”字（U+2B740）。播出时它会是方框。请核对用字，或换一种写法。",
        "sheet \"单选题\", row 4, column D, \"B\", id sb-003: No font has the character \"𫝀\" (U+2B740). On air it would be a box. Check the character, or write it otherwise.",
    );
}

#[test]
fn mis_encoded_text_is_named_with_what_stands_there() {
    refused(
        "mis-encoded.csv",
        &Fault::Pinyin { found: "环(huán)".to_owned(), count: 2 },
        "第 3 行，C 列，“题干”，编号 sb-029：字后混入了拼音：“环(huán)”，共 2 处。这是网页或文档转换留下的错误，请删去括号和拼音并核对用字；确需注音时请用全角括号（）。",
        "row 3, column C, \"题干\", id sb-029: Pinyin got into the text: \"环(huán)\", 2 in all. A web page's or document's conversion left it. Delete the brackets with the pinyin and check the character; a reading that is wanted goes into full-width brackets （）.",
    );
    let garbled = finding("mojibake.json");
    assert!(matches!(garbled.fault, Fault::Mojibake { .. }), "{garbled:#?}");
    assert_eq!((garbled.place.row, garbled.place.heading.as_deref()), (Some(2), Some("explanation")));
}

#[test]
fn merged_headings_are_named_by_sheet_and_range() {
    refused(
        "merged-header.xlsx",
        &Fault::MergedHeader { range: "D1:G1".to_owned() },
        "工作表“题库”，第 1 行：表头的单元格 D1:G1 是合并的，分不清哪一列是什么。请选中 D1:G1，取消合并（开始 → 合并后居中），再给每一列各写一个表头。",
        "sheet \"题库\", row 1: The headings' cells D1:G1 are merged, so it cannot be told which column is what. Select D1:G1, unmerge the cells (Home → Merge & Center), then give each column a heading of its own.",
    );
    let (_, findings) = bank::survey_bank(&file("merged-cells.xlsx"));
    assert_eq!(findings[0].fault, Fault::MergedCells { range: "I2:I4".to_owned() }, "{findings:#?}");
    assert_eq!((findings[0].place.sheet.as_deref(), findings[0].place.row), (Some("题库"), Some(2)));
}

#[test]
fn a_table_in_the_systems_encoding_is_read_and_said_so() {
    let finding = finding("gbk.csv");
    assert_eq!(finding.fault, Fault::Decoded { encoding: "GBK".to_owned() });
    assert_eq!(finding.severity(), Severity::Notice);
    assert!(bank::advice(&finding.fault, Lang::Zh).contains("CSV UTF-8"));
    assert!(bank::advice(&finding.fault, Lang::En).contains("CSV UTF-8"));
    let questions = bank::read_bank(&file("gbk.csv")).unwrap();
    assert_eq!(questions, [0, 3, 6].map(|i| good()[i].clone()));
}

#[test]
fn an_unknown_heading_is_named_with_the_one_that_is_meant() {
    refused(
        "unknown-header.csv",
        &Fault::NearColumn { found: "答桉".to_owned(), near: "答案".to_owned() },
        "第 1 行，J 列：不认识表头“答桉”，是不是“答案”？请把表头改成“答案”。",
        "row 1, column J: The heading \"答桉\" is not known; did you mean \"答案\"? Change the heading to \"答案\".",
    );
    let strange = finding("strange-header.csv");
    assert_eq!(strange.fault, Fault::UnknownColumn { found: "出题人".to_owned() });
    assert_eq!(strange.severity(), Severity::Notice);
}

#[test]
fn text_that_breaks_its_format_is_named_by_line() {
    let torn = finding("torn.json");
    assert!(matches!(torn.fault, Fault::BadJson { .. }), "{torn:?}");
    assert_eq!(torn.place.row, Some(31));
    let comma = finding("comma.csv");
    assert_eq!((&comma.fault, comma.place.row), (&Fault::ExtraCells { cells: 15, columns: 14 }, Some(3)));
    for (name, fault) in [("no-such.json", "Unreadable"), ("bank.docx", "UnknownFormat")] {
        let finding = finding(name);
        assert!(format!("{:?}", finding.fault).starts_with(fault), "{finding:?}");
        assert!(matches!(bank::read_bank(&file(name)), Err(BankError::Faulty { .. })));
    }
}

#[test]
fn a_roster_reads_the_same_from_every_format() {
    let roster = bank::read_roster(&file("roster.json")).unwrap();
    assert_eq!((roster.teams.len(), roster.players.len()), (3, 5));
    // A player whose name is left open is there by number.
    assert_eq!((roster.players[2].id.as_str(), roster.players[2].name.as_str()), ("t2p1", ""));
    for name in ["roster.json", "roster.csv", "roster.xlsx"] {
        let (mut read, findings) = bank::survey_roster(&file(name));
        assert_eq!(findings, [], "{name}");
        // The order of a table's columns is its own.
        read.players.sort_by(|a, b| a.id.cmp(&b.id));
        assert_eq!(read, roster, "{name}");
        assert_eq!(bank::paper(&file(name)), Some(Paper::Roster), "{name}");
    }
}

#[test]
fn a_broken_roster_names_every_row() {
    let (_, findings) = bank::survey_roster(&file("roster-broken.csv"));
    let rows: Vec<_> = findings.iter().map(|finding| (finding.place.row, finding.place.heading.as_deref())).collect();
    assert_eq!(rows, [(Some(3), Some("队名")), (Some(4), Some("队号"))]);
    assert_eq!(findings[0].fault, Fault::EmptyName);
    assert_eq!(findings[1].fault, Fault::DuplicateNumber { number: 1, first: 2 });
    assert!(bank::read_roster(&file("roster-broken.csv")).is_err());
}

#[test]
fn every_finding_has_words_in_both_languages_without_an_empty_place() {
    let names = std::fs::read_dir(file("")).unwrap().map(|entry| entry.unwrap().path());
    let mut told = 0;
    for path in names {
        let mut findings = bank::survey_bank(&path).1;
        findings.extend(bank::survey_roster(&path).1);
        for finding in findings {
            for (lang, stops) in [(Lang::Zh, ['。', '？']), (Lang::En, ['.', '?'])] {
                for text in [bank::what(&finding.fault, lang), bank::advice(&finding.fault, lang)] {
                    // The advice on lists shows JSON.
                    assert!(text.ends_with(stops) && (!text.contains('{') || text.contains("players")), "{text}");
                    told += 1;
                }
            }
        }
    }
    assert!(told > 40, "{told}");
}
