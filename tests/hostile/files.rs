//! Files that are not what they are called: themes, banks, tapes, outputs. Nothing of them is used, and it is told why.

use std::{
    fs,
    io::{Cursor, Write},
    path::Path,
    process::Command,
};

use leitai::{
    app::routed,
    bank,
    desk::{Keymap, Settings},
    locale::{Lang, tell},
    show::{
        bank::{Fault, Finding},
        limits::{BANK_BYTES, FINDINGS, HAND_BYTES, TABLE_ROWS, THEME_BYTES, THEME_PARTS},
        rules::Rulebook,
        tape::{Problem, Tape},
    },
    themes,
};

fn refused_theme(folder: &Path, text: &[u8]) -> String {
    fs::write(folder.join("theme.ron"), text).unwrap();
    let error = themes::load(folder.to_str().unwrap()).expect_err("it is refused");
    let said = tell(Lang::En, &error);
    assert!(said.contains("theme.ron") && said.len() < 4_096, "{} bytes: {said}", said.len());
    said
}

#[test]
fn a_theme_that_is_deep_large_or_torn_is_refused_with_its_place() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let deep = format!("(extends: \"qingkong\", palette: {})", "(ink: ".repeat(100_000));
    assert!(refused_theme(folder, deep.as_bytes()).contains(":1:"));
    for open in ["(", "[", "{", "Some(", "/*", "r#\"", "\""] {
        refused_theme(folder, open.repeat(50_000).as_bytes());
        refused_theme(folder, format!("(extends: \"qingkong\", odd: {}", open.repeat(20_000)).as_bytes());
    }
    let large = vec![b' '; usize::try_from(THEME_BYTES).unwrap() + 1];
    assert!(refused_theme(folder, &large).contains("at most 1048576"));
    assert!(refused_theme(folder, b"(extends: \"qingkong\", name: \"\xff\")").contains("UTF-8"));
    let parts: String = (0..=THEME_PARTS).map(|n| format!("\"{n}.ron\",")).collect();
    let said = refused_theme(folder, format!("(\nextends: \"qingkong\",\nparts: [{parts}])").as_bytes());
    assert!(said.contains(":3:") && said.contains("more than 64 parts"), "{said}");
    for part in ["../x.ron", "/etc/passwd", "a/b.ron", "..", ""] {
        let said = refused_theme(folder, format!("(extends: \"qingkong\", parts: [\"{part}\"])").as_bytes());
        assert!(said.contains("bare name"), "{part}: {said}");
    }
    for name in ["../qingkong", "/", ".", "", "qing\u{202e}kong"] {
        let said = refused_theme(folder, format!("(extends: \"{name}\")").as_bytes());
        assert!(said.contains("no theme") || said.contains("extends"), "{name}: {said}");
    }
}

/// A pipe that nobody writes to would be waited for, and a link could show what is not the theme's.
#[test]
fn a_theme_s_file_is_a_file_of_its_folder() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("x");
    fs::create_dir(&folder).unwrap();
    let own = "(extends: \"qingkong\", parts: [\"part.ron\"])";
    fs::write(folder.join("theme.ron"), own).unwrap();
    let part = folder.join("part.ron");
    assert!(Command::new("mkfifo").arg(&part).status().unwrap().success());
    let load = || themes::load(folder.to_str().unwrap());
    assert!(load().unwrap_err().to_string().contains("no file but"), "a pipe");
    fs::remove_file(&part).unwrap();
    std::os::unix::fs::symlink("/dev/zero", &part).unwrap();
    assert!(load().unwrap_err().to_string().contains("no file but"), "a device");
    fs::remove_file(&part).unwrap();
    fs::write(home.path().join("secret.ron"), "(name: \"secret\")").unwrap();
    std::os::unix::fs::symlink("../secret.ron", &part).unwrap();
    assert!(load().unwrap_err().to_string().contains("leads out of the theme's folder"), "a link");
    fs::remove_file(&part).unwrap();
    fs::write(&part, "(name: \"own\")").unwrap();
    assert_eq!(load().unwrap().theme.name, "own");
}

/// A workbook of one sheet with these cells, and files beside it.
fn workbook(sheet: &str, more: &[(&str, Vec<u8>)]) -> Vec<u8> {
    let mut packed = zip::ZipWriter::new(Cursor::new(vec![]));
    let options = zip::write::SimpleFileOptions::default();
    let main = "http://schemas.openxmlformats.org/spreadsheetml/2006/main";
    let office = "http://schemas.openxmlformats.org/officeDocument/2006/relationships";
    let package = "http://schemas.openxmlformats.org/package/2006/relationships";
    let files = [
        (
            "_rels/.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/officeDocument\" Target=\"xl/workbook.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/workbook.xml",
            format!(
                "<workbook xmlns=\"{main}\" xmlns:r=\"{office}\"><sheets><sheet name=\"a\" sheetId=\"1\" r:id=\"r1\"/></sheets></workbook>"
            ),
        ),
        (
            "xl/_rels/workbook.xml.rels",
            format!(
                "<Relationships xmlns=\"{package}\"><Relationship Id=\"r1\" Type=\"{office}/worksheet\" Target=\"worksheets/sheet1.xml\"/></Relationships>"
            ),
        ),
        (
            "xl/worksheets/sheet1.xml",
            format!(
                "<worksheet xmlns=\"{main}\"><dimension ref=\"A1:XFD1048576\"/><sheetData>{sheet}</sheetData></worksheet>"
            ),
        ),
    ];
    for (name, text) in files
        .iter()
        .map(|(name, text)| (*name, text.as_bytes()))
        .chain(more.iter().map(|(name, bytes)| (*name, bytes.as_slice())))
    {
        packed.start_file(name, options).unwrap();
        packed.write_all(text).unwrap();
    }
    packed.finish().unwrap().into_inner()
}

fn cell(at: &str, text: &str) -> String {
    format!("<c r=\"{at}\" t=\"str\"><v>{text}</v></c>")
}

fn found(name: &str, bytes: &[u8]) -> Vec<Finding> {
    let (_, findings) = bank::questions_of(Path::new(name), bytes);
    for finding in &findings {
        for lang in [Lang::Zh, Lang::En] {
            let said = bank::sentence(finding, lang);
            assert!(said.len() < 2_048, "{} bytes of a sentence", said.len());
        }
    }
    findings
}

#[test]
fn a_workbook_that_unpacks_without_end_is_refused() {
    let bomb = workbook("", &[("xl/sharedStrings.xml", vec![b' '; 100 << 20])]);
    assert!(bomb.len() < 1 << 20, "it is small itself");
    let findings = found("b.xlsx", &bomb);
    assert!(matches!(findings[..], [Finding { fault: Fault::LargeUnpacked { .. }, .. }]), "{findings:?}");
    // Two cells at the far corners: a rectangle between them has 17 thousand million cells.
    let corners =
        format!("<row r=\"1\">{}</row><row r=\"1048576\">{}</row>", cell("A1", "题干"), cell("XFD1048576", "x"));
    let findings = found("c.xlsx", &workbook(&corners, &[]));
    assert!(matches!(findings[..], [Finding { fault: Fault::ManyColumns { .. }, .. }]), "{findings:?}");
    let low = format!(
        "<row r=\"1\">{}{}{}</row><row r=\"1048576\">{}</row>",
        cell("A1", "题型"),
        cell("B1", "题干"),
        cell("C1", "答案"),
        cell("A1048576", "x")
    );
    let findings = found("d.xlsx", &workbook(&low, &[]));
    assert!(findings.iter().any(|finding| finding.place.row == Some(1_048_576)), "{findings:?}");
    let rows: String =
        (1..=TABLE_ROWS + 1).map(|row| format!("<row r=\"{row}\">{}</row>", cell(&format!("A{row}"), "x"))).collect();
    let findings = found("e.xlsx", &workbook(&rows, &[]));
    assert!(matches!(findings[..], [Finding { fault: Fault::ManyRows { .. }, .. }]), "{findings:?}");
    for torn in [&bomb[..bomb.len() / 2], b"PK\x03\x04", b"", b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"] {
        assert!(matches!(found("f.xlsx", torn)[..], [Finding { fault: Fault::BadTable { .. }, .. }]));
    }
}

#[test]
fn a_bank_that_is_deep_wide_or_endless_is_refused_and_told_shortly() {
    let deep = "[".repeat(200_000);
    assert!(matches!(found("a.json", deep.as_bytes())[..], [Finding { fault: Fault::BadJson { .. }, .. }]));
    let many = format!("[{}]", vec!["{\"id\":\"q\",\"kind\":\"single\",\"stem\":\"\"}"; 50_000].join(","));
    let findings = found("b.json", many.as_bytes());
    assert_eq!(findings.len(), FINDINGS + 1);
    assert!(findings.iter().any(|finding| matches!(finding.fault, Fault::More { .. })));
    let wide = format!("题型,题干,答案{}\n", ",x".repeat(300));
    assert!(matches!(found("c.csv", wide.as_bytes())[..], [Finding { fault: Fault::ManyColumns { row: 1, .. }, .. }]));
    let options: String = (0..20_000).map(|n| format!("{{\"label\":\"{n}\",\"text\":\"x\"}},")).collect();
    let crowd = format!(
        "[{{\"id\":\"q\",\"kind\":\"multi\",\"stem\":\"x\",\"source\":\"s\",\"key\":[\"0\",\"1\"],\"options\":[{}]}}]",
        options.trim_end_matches(',')
    );
    assert!(
        found("d.json", crowd.as_bytes())
            .iter()
            .any(|finding| matches!(finding.fault, Fault::ManyOptions { count: 20_000, .. }))
    );
    for bytes in [&b"\0\0\0\0"[..], b"\xff\xfe\0\xd8", b"\x81", b"\"", b"a,\"b\nc"] {
        for name in ["e.csv", "e.json", "e.tsv"] {
            found(name, bytes);
        }
    }
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("x.csv");
    fs::File::create(&path).unwrap().set_len(BANK_BYTES + 1).unwrap();
    let (_, findings) = bank::survey_bank(&path);
    assert!(matches!(findings[..], [Finding { fault: Fault::LargeFile { .. }, .. }]), "{findings:?}");
    fs::create_dir(home.path().join("y.csv")).unwrap();
    let (_, findings) = bank::survey_roster(&home.path().join("y.csv"));
    assert!(matches!(findings[..], [Finding { fault: Fault::NoFile, .. }]), "{findings:?}");
}

#[test]
fn ten_thousand_teams_and_players_are_checked_in_a_moment() {
    let teams: String =
        (1..=10_000).map(|n| format!("{{\"id\":\"t{n}\",\"name\":\"队{n}\",\"number\":{n}}},")).collect();
    let players: String = (1..=10_000)
        .map(|n| format!("{{\"id\":\"p{n}\",\"team\":\"t{n}\",\"number\":1,\"name\":\"人{n}\"}},"))
        .collect();
    let text =
        format!("{{\"teams\":[{}],\"players\":[{}]}}", teams.trim_end_matches(','), players.trim_end_matches(','));
    let (roster, findings) = bank::roster_of(Path::new("a.json"), text.as_bytes());
    assert_eq!((roster.teams.len(), roster.players.len(), findings), (10_000, 10_000, vec![]));
}

#[test]
fn a_tape_of_rubbish_is_read_to_its_end_and_told_shortly() {
    let mut text = "{\"tape\":1}\n".to_owned();
    text.push_str(&"rubbish\n".repeat(200_000));
    text.push_str("{\"rx\":1,\"lane\":\"feed\",\"env\":{\"v\":1,\"epoch\":\"e\",\"seq\":1,\"at\":1,\"type\":\"slate.cleared\",\"data\":{}}}\n");
    text.push_str(&format!("{}\n", "[".repeat(9 << 20)));
    let tape = Tape::parse(&text).unwrap();
    assert_eq!((tape.entries.len(), tape.problems.len()), (1, FINDINGS + 1));
    assert!(
        matches!(tape.problems.last(), Some(Problem::More { line: 1_002, count: 199_001 })),
        "{:?}",
        tape.problems.last()
    );
    for odd in ["\u{feff}", "null", "[]", "{}", "{\"tape\":4294967296}", "{\"tape\":2}"] {
        assert!(!Tape::parse(odd).unwrap_err().to_string().is_empty());
    }
}

#[test]
fn what_the_operator_keeps_is_read_or_refused_with_its_place() {
    let home = tempfile::tempdir().unwrap();
    let path = home.path().join("a.ron");
    let large = vec![b' '; usize::try_from(HAND_BYTES).unwrap() + 1];
    let deep = b"[".repeat(100_000);
    for bytes in [large.as_slice(), b"\xff", b"(((((((((((((((((((((((((", deep.as_slice()] {
        fs::write(&path, bytes).unwrap();
        for said in [
            routed::load(&path).unwrap_err().to_string(),
            Settings::load(&path).unwrap_err().to_string(),
            Keymap::load(&path).unwrap_err().to_string(),
        ] {
            assert!(said.contains("a.ron") && said.len() < 2_048, "{said}");
        }
        assert!(Rulebook::parse(&String::from_utf8_lossy(bytes)).is_err());
    }
}
