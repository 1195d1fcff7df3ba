//! The shipped rulebooks hold, their documents' contradictions are notices, and every error names round and field.

use super::{Finding, Level, Rulebook, RulesError};

const SHIPPED: [(&str, &str); 4] = [
    ("yantai", include_str!("../../../assets/rules/yantai.ron")),
    ("liaoning", include_str!("../../../assets/rules/liaoning.ron")),
    ("zhongwei", include_str!("../../../assets/rules/zhongwei.ron")),
    ("fujian", include_str!("../../../assets/rules/fujian.ron")),
];

fn text(name: &str) -> &'static str {
    SHIPPED.iter().find(|(known, _)| *known == name).unwrap().1
}

#[test]
fn the_shipped_rulebooks_hold() {
    for (name, text) in SHIPPED {
        let book = Rulebook::parse(text).unwrap_or_else(|error| panic!("{name}: {error}"));
        assert_eq!(book.id, name);
        assert!(book.check().iter().all(|found| found.level == Level::Notice), "{name}");
    }
}

#[test]
fn contradictions_stand_as_they_are_and_are_noticed() {
    let said = |name: &str| {
        Rulebook::parse(text(name)).unwrap().notices().iter().map(Finding::to_string).collect::<Vec<_>>().join("\n")
    };
    for wanted in [
        "round \"assigned\": `stated_total` says 8 questions in all, but 5 teams are asked 5",
        "round \"assigned\": `edges` hold 3→1 without 1→3",
        "round \"assigned\": `edges` let team 1 answer 2 times",
        "round \"assigned\": `edges` let team 3 answer 0 times",
        "a written part of 100 points and a stage that starts at 300",
    ] {
        assert!(said("zhongwei").contains(wanted), "{wanted}\n{}", said("zhongwei"));
    }
    for wanted in [
        "counts 8 teams and names 7",
        "round \"xialu\": `taken` records that every team took 50",
        "round \"niudao\": `right` is not stated",
    ] {
        assert!(said("yantai").contains(wanted), "{wanted}\n{}", said("yantai"));
    }
}

#[test]
fn every_error_names_its_round_and_field() {
    let cases = [
        (
            "kinds: [case], questions: PerTeam(1), stated_total: 8",
            "kinds: [], questions: PerTeam(1)",
            "round \"assigned\": `kinds`",
        ),
        ("weights: (written: 50, stage: 50)", "weights: (written: 50, stage: 60)", "`weights` add up to 110 percent"),
        ("(from: 3, to: 1)", "(from: 3, to: 9)", "round \"assigned\": `edges` hold 3→9"),
        ("(from: 3, to: 1)", "(from: 2, to: 1)", "`edges` let team 2 name 2 times"),
        ("players: Numbered([1, 2, 3])", "players: Numbered([1, 2, 9])", "round \"warmup\": `players` must be numbers"),
        ("players: Numbered([1, 2, 3])", "players: Numbered([1, 2])", "names 2 players for 3 questions"),
        ("formula: Rush(right: 10)", "formula: Duel(right: 10)", "round \"rush\": `formula` must be Rush"),
        (
            "not_from: [\"rush\", \"choice\"]",
            "not_from: [\"rash\"]",
            "round \"duel\": `players` must not be from round \"rash\"",
        ),
        ("order: TeamByTeam, time_s: 120", "order: TeamByTeam", "round \"rush\": `time_s` is missing"),
        ("audience_seats: 18", "audience_seats: 0", "round \"duel\": `formula` needs challengers"),
        ("slots: 3, slot", "slots: 33, slot", "`slots` is 33"),
        ("counts: false", "counts: true", "round \"playoff\": `counts`"),
        ("id: \"rush\"", "id: \"warmup\"", "round \"warmup\": `id` is used twice"),
        ("from: 1, to: 3", "from: 1, to: 8", "round \"places\": `winners`"),
        ("teams: 5", "teams: 1", "`teams` is 1"),
        ("tie_order: [written, general_written, playoff]", "tie_order: []", "`tie_order`"),
        ("foul: Points(-10)", "prompted: Points(0)", "round \"playoff\": `foul` is missing"),
        ("values: [(points: 40, time_s: 150)]", "values: []", "round \"assigned\": `values` is empty"),
    ];
    for (from, to, wanted) in cases {
        assert!(text("zhongwei").contains(from), "{from}");
        let error = Rulebook::parse(&text("zhongwei").replacen(from, to, 1)).unwrap_err().to_string();
        assert!(error.contains(wanted), "{to}: {error}");
    }
    let taken = text("yantai").replacen("taken: 50", "taken: 30", 1);
    assert!(Rulebook::parse(&taken).unwrap_err().to_string().contains("round \"xialu\": `taken` is 30"));
}

#[test]
fn unknown_fields_are_refused_with_their_place() {
    let wrong = text("zhongwei").replacen("subtitle:", "subtitel:", 1);
    let Err(RulesError::Text { line, reason, .. }) = Rulebook::parse(&wrong) else { panic!("refused") };
    assert!(line == 5 && reason.contains("subtitel"), "{line}: {reason}");
}

#[test]
fn figures_that_no_hall_holds_are_errors() {
    for (from, to) in [
        ("audience_seats: 18", "audience_seats: 4000000000"),
        ("Players(from: 1, to: 20)", "Players(from: 15, to: 4294967295)"),
        ("Players(from: 1, to: 20)", "Players(from: 0, to: 20)"),
    ] {
        let broken = text("zhongwei").replace(from, to);
        assert!(matches!(Rulebook::parse(&broken), Err(RulesError::Faults { .. })), "{to}");
    }
}
