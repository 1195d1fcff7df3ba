//! A contest keeps its word: the same seed the same bytes, the arithmetic the reducer's, every missing thing named.

use std::collections::BTreeSet;

use super::{Options, RULEBOOKS, SimulateError, built_in, simulate, tape_text};
use crate::show::{
    bank::{BankQuestion, Roster},
    protocol::{Envelope, Event, Points, play::QuestionKind},
    rules::{Formula, Moment, Rulebook},
    state::{Score, Show},
    tape::Tape,
};

fn book(name: &str) -> Rulebook {
    Rulebook::parse(built_in(name).unwrap()).unwrap()
}

fn roster(name: &str) -> Roster {
    let text = match name {
        "yantai" => include_str!("../../assets/shows/yantai.teams.json"),
        "liaoning" => include_str!("../../assets/shows/liaoning.teams.json"),
        "zhongwei" => include_str!("../../assets/shows/zhongwei.teams.json"),
        _ => include_str!("../../assets/shows/fujian.teams.json"),
    };
    serde_json::from_str(text).unwrap()
}

fn bank() -> Vec<BankQuestion> {
    let read = |text: &str| serde_json::from_str::<Vec<BankQuestion>>(text).unwrap();
    let mut all = read(include_str!("../../assets/questions/shebao.json"));
    all.extend(read(include_str!("../../assets/questions/laodong.json")));
    all
}

fn contest(name: &str, options: Options) -> Vec<Envelope> {
    simulate(&book(name), &roster(name), &bank(), options).unwrap()
}

fn mishaps(seed: u64) -> Options {
    Options { mishaps: true, ..Options::seed(seed) }
}

fn fold(envelopes: &[Envelope]) -> Show {
    let mut show = Show::default();
    for envelope in envelopes {
        show.apply(envelope);
    }
    show
}

#[test]
fn the_same_seed_gives_the_same_bytes_and_another_another() {
    for (name, _) in RULEBOOKS {
        let text = |options| tape_text(name, &contest(name, options));
        assert_eq!(text(mishaps(7)), text(mishaps(7)), "{name}");
        assert_ne!(text(Options::seed(7)), text(Options::seed(8)), "{name}");
    }
}

#[test]
fn no_contest_alarms_the_operator_and_all_are_read_again() {
    for (name, _) in RULEBOOKS {
        for seed in 0..50 {
            for options in [Options::seed(seed), mishaps(seed)] {
                let envelopes = contest(name, options);
                let show = fold(&envelopes);
                assert!(show.alarms.is_empty(), "{name} {seed}: {:?}", show.alarms);
                assert!(show.core.ended, "{name} {seed}");
                if seed == 0 {
                    let tape = Tape::parse(&tape_text(name, &envelopes)).unwrap();
                    assert!(tape.problems.is_empty(), "{name}: {:?}", tape.problems);
                    let read: Vec<Envelope> = tape.entries.into_iter().map(|entry| entry.env).collect();
                    assert_eq!(read, envelopes, "{name}");
                }
            }
        }
    }
}

#[test]
fn the_pace_changes_when_and_never_what() {
    for (name, _) in RULEBOOKS {
        let at = |pace| fold(&contest(name, Options { pace, ..mishaps(3) }));
        let (slow, one, quick) = (at(500), at(1_000), at(4_000));
        for team in &one.core.config.teams {
            let score = |show: &Show| show.core.scores.get(&team.id).map(Score::value);
            assert_eq!((score(&slow), score(&quick)), (score(&one), score(&one)), "{name} {}", team.id);
        }
        let first = |show: &Show| show.at - 1_763_690_400_000_000;
        assert!(first(&quick) * 3 < first(&one), "{name}: {} {}", first(&quick), first(&one));
        assert!(slow.alarms.is_empty() && quick.alarms.is_empty(), "{name}: {:?} {:?}", slow.alarms, quick.alarms);
    }
}

#[test]
fn a_show_is_as_long_as_a_show() {
    for (name, _) in RULEBOOKS {
        for seed in 0..10 {
            let envelopes = contest(name, mishaps(seed));
            let (first, last) = (envelopes.first().unwrap().at, envelopes.last().unwrap().at);
            let minutes = (last - first) / 60_000_000;
            assert!((3..=50).contains(&minutes), "{name} {seed}: {minutes} min");
            assert!(envelopes.windows(2).all(|pair| pair[0].at <= pair[1].at), "{name} {seed}");
        }
    }
}

#[test]
fn a_key_is_revealed_only_after_its_question_was_shown_and_locked() {
    for (name, _) in RULEBOOKS {
        let mut open = false;
        for envelope in contest(name, mishaps(5)) {
            match envelope.event {
                Event::QuestionShown(_) => open = true,
                Event::AnswerRevealed(_) => assert!(std::mem::take(&mut open), "{name} {}", envelope.seq),
                _ => {}
            }
        }
    }
}

#[test]
fn mishaps_correct_what_came_before() {
    let (mut kinds, mut plain) = (BTreeSet::new(), BTreeSet::new());
    for (name, _) in RULEBOOKS {
        for seed in 0..12 {
            for envelope in contest(name, mishaps(seed)) {
                if let Some(corrected) = envelope.corrects {
                    assert!(corrected < envelope.seq, "{name} {seed}: {}", envelope.seq);
                    kinds.insert(format!("{} corrects", envelope.event.name()));
                }
                kinds.insert(envelope.event.name().to_owned());
            }
            plain.extend(contest(name, Options::seed(seed)).iter().map(|envelope| envelope.event.name()));
        }
    }
    for wanted in [
        "verdict.given corrects",
        "score.corrected corrects",
        "question.shown corrects",
        "appeal.resolved",
        "question.withdrawn",
        "countdown.paused",
        "countdown.resumed",
        "countdown.changed",
    ] {
        assert!(kinds.contains(wanted), "{wanted}: {kinds:?}");
    }
    for unwanted in ["score.corrected", "appeal.opened", "question.withdrawn", "countdown.paused"] {
        assert!(!plain.contains(unwanted), "{unwanted}");
    }
    // Over all contests every event of the protocol is said, but for a clip that stands still.
    let silent: Vec<_> = Event::NAMES.iter().filter(|name| !kinds.contains(**name)).collect();
    assert_eq!(silent, [&"media.paused"]);
}

#[test]
fn every_team_plays_what_the_rulebook_asks() {
    let rules = book("zhongwei");
    let shown = |round: &str| {
        let mut inside = false;
        let mut count = 0;
        for envelope in contest("zhongwei", Options::seed(1)) {
            match &envelope.event {
                Event::RoundOpened(opened) => inside = opened.id == round,
                Event::RoundClosed(_) => inside = false,
                Event::QuestionShown(_) if inside => count += 1,
                _ => {}
            }
        }
        count
    };
    for round in rules.rounds().filter(|round| round.counts) {
        let rush = matches!(round.formula, Some(Formula::Rush { .. }));
        let needed = round.needed(rules.teams);
        assert!(shown(&round.id) == needed || rush && shown(&round.id) <= needed, "{}", round.id);
    }
}

#[test]
fn what_is_missing_is_named() {
    let (rules, people) = (book("zhongwei"), roster("zhongwei"));
    let few: Vec<BankQuestion> = bank().into_iter().filter(|question| question.kind != QuestionKind::Case).collect();
    let error = simulate(&rules, &people, &few, Options::seed(1)).unwrap_err();
    assert_eq!(
        error,
        SimulateError::Questions { round: "assigned".to_owned(), kinds: "case".to_owned(), needed: 5, there: 0 }
    );
    let text = error.to_string();
    for word in ["assigned", "case", "5", "0"] {
        assert!(text.contains(word), "{text}");
    }
    let mut nobody = people.clone();
    nobody.players.retain(|player| player.team != "t2" || player.number < 3);
    let error = simulate(&rules, &nobody, &bank(), Options::seed(1)).unwrap_err().to_string();
    assert!(error.contains("2号队") && error.contains("needs 3"), "{error}");
    let mut short = people;
    short.teams.pop();
    let error = simulate(&rules, &short, &bank(), Options::seed(1)).unwrap_err();
    assert_eq!(error, SimulateError::Teams { needed: 5, there: 4 });
}

#[test]
fn totals_are_the_rulebook_s_weights() {
    let rules = book("zhongwei");
    assert_eq!(rules.total(Points::whole(91), Points::whole(356)), Points::from_thousandths(223_500));
    for envelope in contest("zhongwei", mishaps(2)) {
        if let Event::TotalShown(shown) = envelope.event {
            let parts: i64 = shown.parts.iter().map(|p| p.score.thousandths() * p.percent.thousandths()).sum();
            assert_eq!(parts / 100_000, shown.total.thousandths());
        }
    }
}

#[test]
fn moments_come_in_the_programme_s_order() {
    let rules = book("fujian");
    let wanted: Vec<&str> = rules
        .program
        .iter()
        .filter_map(|moment| match moment {
            Moment::Award(award) => Some(award.id.as_str()),
            Moment::Draw(draw) => draw.selection.as_ref().map(|selection| selection.id.as_str()),
            _ => None,
        })
        .collect();
    let mut sizes = Vec::new();
    for envelope in contest("fujian", Options::seed(1)) {
        if let Event::AwardSet(set) = envelope.event {
            sizes.push((set.id, set.rows.len()));
        }
    }
    assert_eq!(sizes.iter().map(|(id, _)| id.as_str()).collect::<Vec<_>>(), wanted);
    let size = |id: &str| sizes.iter().find(|(known, _)| known == id).unwrap().1;
    assert_eq!((size("zhishitong"), size("mingxing"), size("national")), (20, 33, 50));
}

/// The shows that are shipped: rulebook, seed, with mishaps or without, and the tape (`make shows` writes them anew).
const SHOWS: [(&str, u64, bool, &str); 4] = [
    ("yantai", 55_210, true, include_str!("../../assets/shows/yantai.tape.ndjson")),
    ("liaoning", 25, true, include_str!("../../assets/shows/liaoning.tape.ndjson")),
    ("zhongwei", 248_138, true, include_str!("../../assets/shows/zhongwei.tape.ndjson")),
    ("fujian", 2_024, false, include_str!("../../assets/shows/fujian.tape.ndjson")),
];

#[test]
fn the_shipped_tapes_are_what_the_simulator_makes() {
    for (name, seed, mishaps, shipped) in SHOWS {
        let made = tape_text(&book(name).title, &contest(name, Options { mishaps, ..Options::seed(seed) }));
        let differs = made.lines().zip(shipped.lines()).position(|(made, shipped)| made != shipped);
        assert!(
            made == shipped,
            "{name}: line {:?} differs; run `make shows` and look at it",
            differs.map(|at| at + 1)
        );
    }
}

#[test]
fn the_shipped_shows_hold_what_their_documents_tell() {
    let advanced: Vec<String> = contest("yantai", mishaps(55_210))
        .into_iter()
        .filter_map(|envelope| match envelope.event {
            Event::AdvanceRevealed(revealed) => Some(revealed.team),
            _ => None,
        })
        .collect();
    let people = roster("yantai");
    let name = |id: &String| people.teams.iter().find(|team| team.id == *id).unwrap().name.clone();
    assert_eq!(advanced.iter().map(name).collect::<Vec<_>>(), ["济宁市", "淄博市", "济南市", "威海市"]);
    let taken = contest("yantai", mishaps(55_210)).into_iter().filter_map(|envelope| match envelope.event {
        Event::RiskRevealed(revealed) => Some(revealed.value),
        _ => None,
    });
    assert_eq!(taken.collect::<Vec<_>>(), [Points::whole(50); 8]);
    let decided = contest("zhongwei", mishaps(248_138)).into_iter().any(|envelope| {
        matches!(envelope.event, Event::TiebreakDecided(decided) if decided.by == crate::show::protocol::score::TieBreak::Playoff)
    });
    assert!(decided, "the playoff is played");
}

#[test]
fn a_question_given_twice_is_refused_and_a_second_long_duel_is_played() {
    let mut twice = bank();
    let first = twice[0].clone();
    twice.push(first.clone());
    let refused = simulate(&book("yantai"), &roster("yantai"), &twice, Options::seed(1));
    assert_eq!(refused, Err(SimulateError::Twice { id: first.id }));
    let mut quick = book("zhongwei");
    for moment in &mut quick.program {
        if let Moment::Round(round) = moment {
            round.time_s = Some(1);
        }
    }
    simulate(&quick, &roster("zhongwei"), &bank(), Options::seed(1)).unwrap();
}
