//! Promise: the embedded show is whole and right: every round, its figures, no alarm, no answer before its time.

use std::{collections::BTreeSet, path::PathBuf};

use leitai::{
    journal,
    show::{
        protocol::{
            Event, Points,
            play::{Outcome, QuestionKind},
            roster::Format,
        },
        state::{Scene, Show},
        tape::{Tape, Timeline},
    },
};

const SECOND: i64 = 1_000_000;

fn demo() -> Tape {
    let path = PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("assets/shows/zhongwei-demo.tape.ndjson");
    journal::load(&path).unwrap()
}

/// The show after every event, with the event.
fn played() -> Vec<(Event, Show)> {
    let mut show = Show::default();
    let fold = |entry: leitai::show::tape::Entry| {
        show.apply(&entry.env);
        (entry.env.event, show.clone())
    };
    demo().entries.into_iter().map(fold).collect()
}

#[test]
fn it_is_a_clean_tape_of_four_to_six_minutes() {
    let tape = demo();
    assert_eq!(tape.problems, []);
    let minutes = tape.duration() as f64 / 60.0 / SECOND as f64;
    assert!((4.0..=6.0).contains(&minutes), "{minutes:.1} min");
    let falls = |pair: &[leitai::show::tape::Entry]| pair[1].env.at < pair[0].env.at;
    assert!(!tape.entries.windows(2).any(falls), "`at` never decreases");
    let caused = |entry: &leitai::show::tape::Entry| entry.env.cause.is_none_or(|cause| cause < entry.env.seq);
    assert!(tape.entries.iter().all(caused));
}

#[test]
fn its_arithmetic_raises_no_alarm() {
    let (_, last) = played().pop().unwrap();
    assert_eq!(last.alarms, []);
    let stands = |team: &str| last.core.scores[team].value();
    let scores = ["t1", "t2", "t3", "t4", "t5"].map(stands);
    assert_eq!(scores, [356, 381, 376, 282, 350].map(Points::whole));
    assert!(last.core.ended);
}

#[test]
fn it_holds_what_it_is_to_show() {
    let shows = played();
    let deltas: Vec<i64> = shows
        .iter()
        .filter_map(|(event, _)| match event {
            Event::ScoreChanged(change) => Some(change.delta.thousandths() / 1_000),
            _ => None,
        })
        .collect();
    for delta in [96, 81, 16, -18, 40, -40, 10, -10] {
        assert!(deltas.contains(&delta), "{delta} in {deltas:?}");
    }
    let has = |wanted: &dyn Fn(&Event) -> bool| shows.iter().any(|(event, _)| wanted(event));
    assert!(has(&|event| matches!(event, Event::VerdictGiven(v) if v.outcome == Outcome::Timeout)));
    assert!(has(&|event| matches!(event, Event::CountdownExpired(_))), "one clock runs to its end");
    assert!(has(&|event| matches!(event, Event::ScoreCorrected(c) if !c.reason.is_empty())));
    assert!(has(&|event| matches!(event, Event::BuzzerFouled(_))));
    let tally =
        |size| move |event: &Event| matches!(event, Event::AudienceTallied(t) if t.right + t.wrong + t.absent == size);
    assert!(has(&tally(18)) && has(&tally(100_000)));
    let kinds: BTreeSet<String> = shows
        .iter()
        .filter_map(|(_, show)| show.core.question.as_ref())
        .map(|ask| format!("{:?}", ask.question.kind))
        .collect();
    let all = [
        QuestionKind::Single,
        QuestionKind::Multi,
        QuestionKind::Judge,
        QuestionKind::Fill,
        QuestionKind::Short,
        QuestionKind::Case,
    ];
    assert_eq!(kinds, all.iter().map(|kind| format!("{kind:?}")).collect());
}

#[test]
fn every_round_and_every_scene_of_it_comes_on() {
    let shows = played();
    let formats: Vec<Format> = shows
        .iter()
        .filter_map(|(event, _)| match event {
            Event::RoundOpened(round) => Some(round.format),
            _ => None,
        })
        .collect();
    let contest = [Format::Solo, Format::Rush, Format::RiskChoice, Format::RiskAssigned, Format::Duel];
    assert_eq!(formats[..5], contest);
    assert!(formats.contains(&Format::Buzzer) && formats.contains(&Format::AudienceQuiz));
    let scenes: BTreeSet<String> = shows.iter().map(|(_, show)| format!("{:?}", show.program.scene)).collect();
    for scene in [
        Scene::Idle,
        Scene::Slate,
        Scene::Card,
        Scene::Risk,
        Scene::Moment,
        Scene::Rush,
        Scene::Formula,
        Scene::Duel,
        Scene::Buzzer,
        Scene::Assignment,
        Scene::Standings,
    ] {
        assert!(scenes.contains(&format!("{scene:?}")), "{scene:?} comes on");
    }
}

/// Nothing that a renderer holds before `answer.revealed` may give the answer away (the explanation names it).
#[test]
fn no_answer_is_known_before_it_may_be_seen() {
    let shows = played();
    let mut told = BTreeSet::new();
    for (index, (event, _)) in shows.iter().enumerate() {
        let Event::AnswerRevealed(revealed) = event else { continue };
        let before = &shows[index - 1].1;
        assert!(before.core.question.as_ref().unwrap().key.is_none());
        let explanation = revealed.explanation.clone().unwrap();
        if told.insert(explanation.clone()) {
            let held = serde_json::to_string(before).unwrap();
            assert!(!held.contains(&explanation), "event {}: {explanation}", index + 1);
        }
    }
    assert!(told.len() >= 10, "{told:?}");
}

#[test]
fn seeking_into_it_equals_playing_it() {
    let tape = demo();
    let timeline = Timeline::new(tape.clone());
    for (entry, (_, show)) in tape.entries.iter().zip(played()) {
        assert_eq!(timeline.show_at_seq(entry.env.seq), show);
    }
    assert_eq!(timeline.show_at(tape.last_at().unwrap()), played().pop().unwrap().1);
}
