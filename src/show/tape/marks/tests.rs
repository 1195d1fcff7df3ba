//! Promises of the marks: what a tape has is marked where it is, in order, and every jump lands on it.

use std::collections::BTreeMap;

use super::*;
use crate::show::{
    protocol::Event,
    tape::{Step, Tape, Timeline},
};

const TAPES: [&str; 5] = [
    include_str!("../../../../assets/shows/zhongwei-demo.tape.ndjson"),
    include_str!("../../../../assets/shows/yantai.tape.ndjson"),
    include_str!("../../../../assets/shows/liaoning.tape.ndjson"),
    include_str!("../../../../assets/shows/zhongwei.tape.ndjson"),
    include_str!("../../../../assets/shows/fujian.tape.ndjson"),
];

#[test]
fn everything_is_marked_where_it_is() {
    for text in TAPES {
        let timeline = Timeline::new(Tape::parse(text).unwrap());
        let tape = timeline.tape();
        let marks = Marks::of(tape);
        let mut counts: BTreeMap<&str, usize> = BTreeMap::new();
        for entry in &tape.entries {
            let plain = if entry.env.corrects.is_none() { entry.env.event.name() } else { "corrects" };
            *counts.entry(plain).or_default() += 1;
            if matches!(entry.env.event, Event::VerdictGiven(_)) && entry.env.corrects.is_some() {
                *counts.entry("verdict.given").or_default() += 1;
            }
        }
        let count = |name: &str| counts.get(name).copied().unwrap_or_default();
        assert_eq!(marks.rounds.len(), count("round.opened"));
        assert_eq!(marks.questions.len(), count("question.shown"));
        assert_eq!(marks.verdicts.len(), count("verdict.given"));
        assert_eq!(marks.slates.len(), count("slate.shown"));
        assert_eq!(marks.corrections.len(), count("corrects"));
        assert_eq!(marks.duration_us, tape.duration());
        assert!(marks.problems.is_empty() && marks.acts.is_empty());
        for (index, question) in marks.questions.iter().enumerate() {
            let show = timeline.show_after(question.from.step + 1);
            assert_eq!(show.core.question.as_ref().unwrap().question.id, question.id);
            assert!(timeline.index_at(marks.instant(question.from.position_us)) > question.from.step);
            let round = question.round.map(|round| &marks.rounds[round].id);
            assert_eq!(
                round,
                show.core.round.as_ref().filter(|round| round.closed.is_none()).map(|round| &round.opened.id)
            );
            assert_eq!(question.team, show.core.turn.as_ref().map(|turn| turn.value.team.clone()), "{}", question.id);
            assert!(question.from.position_us <= question.to_us && question.to_us <= marks.duration_us);
            assert!(marks.questions[..index].iter().all(|former| former.to_us <= question.from.position_us));
        }
        for verdict in &marks.verdicts {
            let show = timeline.show_after(verdict.from.step + 1);
            if let (Some(question), Some(ask)) = (verdict.question, show.core.question.as_ref()) {
                assert_eq!(marks.questions[question].id, ask.question.id);
            }
        }
        for slate in &marks.slates {
            assert!(timeline.show_after(slate.from.step + 1).core.slate.is_some());
            assert!(slate.from.position_us < slate.to_us || slate.to_us == marks.duration_us);
            let gone = timeline.show_at(marks.instant(slate.to_us)).core.slate;
            let same = gone.is_some_and(|shown| shown.seq == slate.from.seq);
            assert!(!same || slate.to_us == marks.duration_us, "{slate:?} is still on");
        }
        for pair in marks.rounds.windows(2) {
            assert!(pair[0].from < pair[1].from && pair[0].to_us <= pair[1].from.position_us);
        }
    }
}

#[test]
fn jumps_land_on_what_they_name() {
    let marks = Marks::of(&Tape::parse(TAPES[3]).unwrap());
    let warmup = marks.rounds.iter().position(|round| round.id == "warmup").unwrap();
    assert_eq!(marks.rounds[warmup].name, "初显身手");
    assert_eq!(marks.questions_of(warmup).len(), 15, "three questions for each of five teams");
    let seventh = marks.question(warmup, 7).unwrap();
    assert_eq!((seventh.number, seventh.question_no), (7, Some(2)));
    assert_eq!((marks.question(warmup, 0), marks.question(warmup, 16), marks.question(99, 1)), (None, None, None));
    assert_eq!(marks.round_at(seventh.from.position_us).unwrap().0, warmup);
    assert_eq!(marks.question_at(seventh.to_us - 1).unwrap().1, seventh);
    let turn = marks.next_turn("t4", seventh.from.position_us).unwrap();
    assert!(turn.from.position_us > seventh.from.position_us);
    assert_eq!(marks.previous_turn("t4", turn.from.position_us + 1).unwrap(), turn);
    assert!(marks.next_turn("nobody", 0).is_none() && marks.round_at(-1).is_none());
}

#[test]
fn moment_after_moment_leads_through_the_whole_tape_and_back() {
    for text in TAPES {
        let marks = Marks::of(&Tape::parse(text).unwrap());
        let (mut position_us, mut steps) = (-1, 0);
        while let Some(moment) = marks.next_moment(position_us) {
            assert!(moment.from.position_us > position_us && moment.settled_us >= moment.from.position_us);
            position_us = moment.from.position_us;
            steps += 1;
        }
        assert_eq!(steps, marks.moments.len());
        while let Some(moment) = marks.previous_moment(position_us) {
            position_us = moment.from.position_us;
            steps -= 1;
        }
        assert_eq!((steps, position_us), (1, marks.moments[0].from.position_us));
        for pair in marks.moments.windows(2) {
            assert!(pair[0].settled_us < pair[1].from.position_us);
        }
    }
}

#[test]
fn what_is_wrong_is_marked_at_its_step() {
    let mut lines: Vec<String> = TAPES[0].lines().map(str::to_owned).collect();
    lines.remove(40);
    lines[60] = "{nonsense".to_owned();
    let text = lines.join("\n").replacen("\"delta\":10,\"after\":310", "\"delta\":10,\"after\":311", 1);
    let tape = Tape::parse(&text).unwrap();
    let mut marks = Marks::of(&tape);
    assert_eq!(marks.problems.len(), tape.problems.len());
    for mark in &marks.problems {
        if let Problem::Gap { line, to, .. } = &mark.problem {
            assert_eq!(tape.step(mark.from.step).map(Step::line), Some(*line));
            assert_eq!(mark.from.seq, to + 1);
        }
    }
    marks.take_alarms(Raised::all(&tape));
    assert!(!marks.alarms.is_empty());
    for mark in &marks.alarms {
        assert_eq!(tape.step(mark.from.step).unwrap().seq(), mark.from.seq);
        assert_eq!(marks.instant(mark.from.position_us), mark.alarm.at);
    }
}
