use super::*;
use crate::show::protocol::limits::TEXT_BYTES;

fn options(labels: &[&str]) -> Vec<QuestionOption> {
    labels.iter().map(|label| QuestionOption { label: (*label).to_owned(), text: format!("选项{label}") }).collect()
}

/// Without fault.
fn single(id: &str) -> BankQuestion {
    BankQuestion {
        id: id.to_owned(),
        kind: QuestionKind::Single,
        stem: "工伤认定申请的时限是多久？".to_owned(),
        options: options(&["A", "B", "C", "D"]),
        key: vec!["B".to_owned()],
        explanation: None,
        source: Some("《工伤保险条例》第十七条".to_owned()),
        topic: None,
        value: None,
        media: None,
    }
}

fn faults(change: impl FnOnce(&mut BankQuestion)) -> Vec<(Field, Fault)> {
    let mut question = single("q2");
    change(&mut question);
    let findings = check(&[single("q1"), question]);
    assert!(findings.iter().all(|finding| finding.place.entry == Some(1)), "{findings:?}");
    findings.into_iter().map(|finding| (finding.place.field.unwrap(), finding.fault)).collect()
}

fn stem(text: &str) -> Vec<Fault> {
    faults(|q| text.clone_into(&mut q.stem)).into_iter().map(|(_, fault)| fault).collect()
}

#[test]
fn a_good_question_is_left_alone() {
    assert_eq!(faults(|_| ()), []);
}

#[test]
fn every_fault_of_a_question_is_named_alone_with_its_field() {
    let text = str::to_owned;
    assert_eq!(faults(|q| q.stem = text(" \n")), [(Field::Stem, Fault::EmptyStem)]);
    assert_eq!(faults(|q| q.id = text("")), [(Field::Id, Fault::EmptyId)]);
    assert_eq!(faults(|q| q.id = text("q1")), [(Field::Id, Fault::DuplicateId { first: 1 })]);
    assert_eq!(faults(|q| q.key.clear()), [(Field::Key, Fault::NoKey)]);
    let stranger = Fault::KeyNoOption { key: text("E"), labels: text("A B C D") };
    assert_eq!(faults(|q| q.key = vec![text("E")]), [(Field::Key, stranger)]);
    let both = Fault::ManyKeys { keys: text("A B") };
    assert_eq!(faults(|q| q.key = vec![text("A"), text("B")]), [(Field::Key, both)]);
    assert_eq!(faults(|q| q.kind = QuestionKind::Multi), [(Field::Key, Fault::OneKey { key: text("B") })]);
    assert_eq!(faults(|q| q.kind = QuestionKind::Judge), [(Field::Options, Fault::JudgeOptions { count: 4 })]);
    assert_eq!(faults(|q| q.options.clear()), [(Field::Options, Fault::FewOptions { count: 0 })]);
    assert_eq!(faults(|q| q.kind = QuestionKind::Fill), [(Field::Options, Fault::StrayOptions { count: 4 })]);
    let twice = Fault::DuplicateLabel { label: text("A") };
    assert_eq!(faults(|q| q.options[2].label = text("A")), [(Field::Option(2), twice)]);
    assert_eq!(faults(|q| q.options[3].label.clear()), [(Field::Option(3), Fault::EmptyLabel { number: 4 })]);
    let empty = Fault::EmptyOption { label: text("C") };
    assert_eq!(faults(|q| q.options[2].text = text("　")), [(Field::Option(2), empty)]);
    let labels: Vec<String> = ('A'..='M').map(String::from).collect();
    let labels: Vec<&str> = labels.iter().map(String::as_str).collect();
    let many = Fault::ManyOptions { count: 13, most: 12 };
    assert_eq!(faults(|q| q.options = options(&labels)), [(Field::Option(12), many)]);
    assert_eq!(faults(|q| q.options = options(&labels[..12])), []);
    assert_eq!(faults(|q| q.source = None), [(Field::Source, Fault::NoSource)]);
    assert_eq!(Fault::NoSource.severity(), Severity::Notice);
    assert_eq!(Fault::NoKey.severity(), Severity::Error);
}

#[test]
fn the_protocols_limit_is_the_banks() {
    assert_eq!(stem(&"a".repeat(TEXT_BYTES)), []);
    let bytes = TEXT_BYTES + 1;
    assert_eq!(stem(&"a".repeat(bytes)), [Fault::LongText { bytes, most: TEXT_BYTES }]);
}

#[test]
fn damaged_text_is_named_and_sound_text_is_not() {
    let pinyin = |found: &str, count| [Fault::Pinyin { found: found.to_owned(), count }];
    assert_eq!(stem("遼寧省營商環(huán)境系統(tǒng)職工職業(yè)技能大賽"), pinyin("環(huán)", 3));
    assert_eq!(stem("地（dì）点"), [Fault::Reading { found: "地（dì）".to_owned() }]);
    assert!(matches!(&stem("工伤\u{fffd}认定")[..], [Fault::Replaced { around }] if around == "工伤\u{fffd}认定"));
    for damaged in ["锟斤拷锟斤拷", "绀句細淇濋櫓銆", "Ã©", "Ã¤Â¸", "£¬", "ÖÐÎÄ", "鈥滅ぞ浼氫繚闄┾€"]
    {
        assert!(matches!(&stem(damaged)[..], [Fault::Mojibake { .. }]), "{damaged}: {:?}", stem(damaged));
    }
    assert_eq!(stem("甲\u{7}乙"), [Fault::Control { code: "U+0007".to_owned() }]);
    for sound in [
        "社会保险(五险)与公积金(gjj)，100×80%=80℃",
        "café、naïve、Ångström、São Paulo、Zürich、5×·2",
        "用 12333 热线(人工)咨询\n第二行\t列",
        "“引号”、《书名》、１２３、ā á ǎ à",
    ] {
        assert_eq!(stem(sound), [], "{sound}");
    }
}

#[test]
fn missing_glyphs_are_named_with_their_code_point() {
    let mut question = single("q1");
    question.options[1].text = "甲𫝀乙".to_owned();
    question.explanation = Some("\u{fffd}".to_owned());
    let none_but = |text: &str| text.chars().filter(|c| "𫝀\u{fffd}".contains(*c)).collect();
    let findings = check_glyphs(&[single("q0"), question], &none_but);
    let place = Place::entry(1, "q1", Field::Option(1));
    assert_eq!(
        findings,
        [Finding { place, fault: Fault::MissingGlyph { character: '𫝀', code: "U+2B740".to_owned() } }]
    );
}

#[test]
fn a_rosters_faults_are_named_with_team_and_player() {
    let team = |number: u32, name: &str| Team {
        id: format!("t{number}"),
        name: name.to_owned(),
        short: None,
        number,
        colour: None,
    };
    let player = |team: &str, number: u32| Player {
        id: format!("{team}p{number}"),
        team: team.to_owned(),
        number,
        name: String::new(),
    };
    let good = Roster { teams: vec![team(1, "甲"), team(2, "乙")], players: vec![player("t1", 1), player("t1", 2)] };
    assert_eq!(check_roster(&good), []);
    let mut bad = good;
    bad.teams.push(Team { short: Some("五个字的名".to_owned()), colour: Some("red".to_owned()), ..team(2, "") });
    bad.players.extend([player("t9", 1), player("t1", 2)]);
    let found: Vec<_> =
        check_roster(&bad).into_iter().map(|f| (f.place.entry, f.place.field.unwrap(), f.fault)).collect();
    assert_eq!(
        found,
        [
            (Some(2), Field::Number, Fault::DuplicateNumber { number: 2, first: 2 }),
            (Some(2), Field::Name, Fault::EmptyName),
            (Some(2), Field::Short, Fault::LongShort { count: 5, most: 4 }),
            (Some(2), Field::Colour, Fault::BadColour { found: "red".to_owned() }),
            (None, Field::Player(1), Fault::UnknownTeam { team: "t9".to_owned() }),
            (Some(0), Field::Player(2), Fault::DuplicateNumber { number: 2, first: 1 }),
        ]
    );
}
