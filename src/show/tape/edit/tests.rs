//! Promises of an edit: the original stays, the new tape is whole and reads back, and what goes wrong by it is told.

use std::sync::Arc;

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    instants::{renumber_state, shift_state},
    *,
};
use crate::show::{
    protocol::{Event, ProtocolError},
    state::Show,
    tape::{Problem, Step, Tape, Timeline, act_line, header_line, snapshot_line},
    told::Arg,
};

const TAPES: [&str; 5] = [
    include_str!("../../../../assets/shows/zhongwei-demo.tape.ndjson"),
    include_str!("../../../../assets/shows/fujian.tape.ndjson"),
    include_str!("../../../../assets/shows/liaoning.tape.ndjson"),
    include_str!("../../../../assets/shows/yantai.tape.ndjson"),
    include_str!("../../../../assets/shows/zhongwei.tape.ndjson"),
];
const SECOND: i64 = 1_000_000;

fn draft(text: &str) -> Draft {
    Draft::new(Arc::new(Tape::parse(text).unwrap()), "leitai test")
}

/// The fold, without the ledger: that of another tape is another.
fn fold(tape: &Tape, steps: usize) -> Value {
    let mut show = Show::default();
    for step in tape.steps(0, steps) {
        match step {
            Step::Event(entry) => drop(show.apply(&entry.env)),
            Step::Snapshot(snapshot) => show.clone_from(&snapshot.state),
            Step::Act(_) => {}
        }
    }
    plain(&show)
}

fn plain(show: &Show) -> Value {
    fn blank(value: &mut Value) {
        match value {
            Value::Object(fields) => {
                for (name, value) in fields {
                    if name == "ledger" { *value = "".into() } else { blank(value) }
                }
            }
            Value::Array(items) => items.iter_mut().for_each(blank),
            _ => {}
        }
    }
    let mut value = serde_json::to_value(show).unwrap();
    blank(&mut value);
    value
}

fn place(tape: &Tape, seq: u64) -> usize {
    tape.steps(0, usize::MAX).position(|step| step.seq() == seq).unwrap()
}

fn event(tape: &Tape, step: usize) -> crate::show::protocol::Envelope {
    match tape.step(step).unwrap() {
        Step::Event(entry) => entry.env.clone(),
        other => panic!("no event: {other:?}"),
    }
}

/// Numbers without a gap, time that never goes back, and a text that says it all.
fn whole(draft: &Draft) {
    let tape = draft.tape();
    let mut former: Option<(String, u64, i64)> = None;
    for step in tape.steps(0, usize::MAX) {
        let Step::Event(entry) = step else { continue };
        if let Some((epoch, seq, at)) = former.filter(|former| former.0 == entry.env.epoch) {
            assert_eq!(seq + 1, entry.env.seq, "{epoch}");
            assert!(at <= entry.env.at, "event {seq} of {epoch}: {at} then {}", entry.env.at);
        }
        former = Some((entry.env.epoch.clone(), entry.env.seq, entry.env.at));
    }
    let again = Tape::parse(&draft.to_text()).unwrap();
    if draft.is_edited() {
        assert_eq!(again, **tape);
    }
    assert_eq!(again.header.made_by, "leitai test");
    assert_eq!(again.header.show, draft.original().header.show);
    assert_eq!(draft.origins_len(), tape.step_count());
}

#[test]
fn a_state_moves_with_all_its_instants() {
    for text in TAPES {
        let mut draft = draft(text);
        let by_us = 12_345_678;
        draft.make(Edit::Delay { step: 0, by_us, following: true }).unwrap();
        for steps in (0..=draft.tape().step_count()).step_by(97) {
            let mut show = Show::default();
            for step in draft.original().steps(0, steps) {
                if let Step::Event(entry) = step {
                    show.apply(&entry.env);
                }
            }
            if steps > 0 {
                assert_eq!(plain(&shift_state(&show, by_us)), fold(draft.tape(), steps), "{steps}");
                assert_eq!(plain(&shift_state(&shift_state(&show, by_us), -by_us)), plain(&show));
            }
        }
        whole(&draft);
    }
}

#[test]
fn a_state_is_numbered_anew_with_all_its_events() {
    for text in TAPES {
        let mut draft = draft(text);
        let place = Place::Behind { step: 0, after_us: 0 };
        let (event, data) = ("roster.updated".to_owned(), json!({}));
        draft.make(Edit::Insert { place, event, data, cause: None, corrects: None }).unwrap();
        for steps in (2..=draft.original().step_count()).step_by(97) {
            let mut show = Show::default();
            for step in draft.original().steps(0, steps) {
                if let Step::Event(entry) = step {
                    show.apply(&entry.env);
                }
            }
            let moved = renumber_state(&show, &|seq| if seq > 1 { seq + 1 } else { seq });
            assert_eq!(plain(&moved), fold(draft.tape(), steps + 1), "{steps}");
        }
        assert!(draft.audit().is_clean());
        whole(&draft);
    }
}

#[test]
fn a_dropped_score_makes_the_next_one_of_its_team_wrong_and_nothing_else() {
    let mut draft = draft(TAPES[4]);
    let step = place(draft.tape(), 580);
    let Event::ScoreChanged(score) = event(draft.tape(), step).event else { panic!("a score") };
    assert!(draft.make(Edit::Drop { step }).unwrap().is_empty());
    let audit = draft.audit();
    let [added] = audit.added.as_slice() else { panic!("{audit:?}") };
    let Some(Arg::Words(what)) = added.alarm.words.args.get("what") else { panic!("{added:?}") };
    assert_eq!(what.key, "alarm-before");
    assert_eq!(what.args["team"], Arg::Text(score.team.clone()));
    assert!(added.step > step && audit.removed.is_empty() && !audit.is_clean());
    let next = event(draft.tape(), added.step);
    assert_eq!(next.event.name(), "score.changed");
    assert_eq!(draft.undo(), Some(Edit::Drop { step }));
    assert!(draft.audit().is_clean() && !draft.is_edited() && draft.can_redo());
    assert_eq!(draft.redo(), Some(Edit::Drop { step }));
    assert_eq!(draft.audit(), audit);
    // Told what it should have been, it adds up again.
    let Event::ScoreChanged(mut right) = next.event else { panic!("a score") };
    right.before = right.before - score.delta;
    right.after = right.before + right.delta;
    let data = serde_json::to_value(&right).unwrap();
    draft.make(Edit::Change { step: added.step, data }).unwrap();
    let mended = draft.audit();
    assert!(mended.added.iter().all(|raised| raised.step > added.step), "it goes on to the next: {mended:?}");
    whole(&draft);
}

#[test]
fn an_edit_that_mends_a_figure_says_so() {
    let text = TAPES[0].replacen("\"delta\":10,\"after\":310", "\"delta\":10,\"after\":311", 1);
    let mut draft = draft(&text);
    let wrong = Raised::all(draft.original());
    assert!(!wrong.is_empty());
    let Event::ScoreChanged(mut score) = event(draft.tape(), wrong[0].step).event else { panic!("a score") };
    score.after = score.before + score.delta;
    draft.make(Edit::Change { step: wrong[0].step, data: serde_json::to_value(&score).unwrap() }).unwrap();
    let audit = draft.audit();
    assert_eq!((audit.removed.len(), audit.added.len()), (wrong.len(), 0), "{audit:?}");
    assert_eq!(audit.removed[0].step, wrong[0].step);
}

#[test]
fn what_is_put_in_is_checked_as_the_feed_s_words_are() {
    let mut draft = draft(TAPES[0]);
    let put = |event: &str, data: Value| Edit::Insert {
        place: Place::Behind { step: 30, after_us: 100 },
        event: event.to_owned(),
        data,
        cause: Some(20),
        corrects: None,
    };
    let before = Arc::clone(draft.tape());
    let error = draft.make(put("verdict.given", json!({"team": "t1", "outcome": "brilliant"}))).unwrap_err();
    assert!(matches!(&error, EditError::Event(ProtocolError::Field { field, .. }) if field == "outcome"), "{error}");
    let unknown = draft.make(put("verdict.taken", json!({}))).unwrap_err();
    assert!(matches!(unknown, EditError::Event(ProtocolError::UnknownType { .. })));
    let far = Edit::Delay { step: 3, by_us: i64::MAX, following: true };
    assert!(matches!(draft.make(far), Err(EditError::Far { .. })));
    let none = draft.make(Edit::Drop { step: 9_999 }).unwrap_err();
    assert_eq!(none, EditError::NoStep { step: 9_999, count: before.step_count() });
    assert!(Arc::ptr_eq(&before, draft.tape()), "what is refused leaves the draft as it was");

    let data = json!({"title": "t", "subtitel": "typo", "subtitle": "s"});
    let notes = draft.make(put("lower_third.shown", data)).unwrap();
    assert_eq!(notes, [Note::Ignored { field: "subtitel".to_owned() }]);
    let new = event(draft.tape(), 31);
    assert_eq!((new.event.name(), new.cause, new.seq), ("lower_third.shown", Some(20), 32));
    assert_eq!((draft.origin(31), draft.origin(32), draft.place_of(31)), (None, Some(31), Some(32)));
    whole(&draft);
}

#[test]
fn time_never_goes_back_and_what_was_clamped_is_told() {
    let mut draft = draft(TAPES[4]);
    // Verdict, key, score: 0.9 s and 2.2 s apart.
    let (verdict, key) = (place(draft.tape(), 578), place(draft.tape(), 579));
    let notes = draft.make(Edit::Delay { step: verdict, by_us: 5 * SECOND, following: false }).unwrap();
    assert_eq!(notes, [Note::Clamped { wanted_us: 5 * SECOND, got_us: 900_000 }]);
    assert_eq!(event(draft.tape(), verdict).at, event(draft.tape(), key).at);
    let notes = draft.make(Edit::Delay { step: key, by_us: -5 * SECOND, following: true }).unwrap();
    assert_eq!(notes, [Note::Clamped { wanted_us: -5 * SECOND, got_us: 0 }]);
    let place = Place::Behind { step: verdict, after_us: 60 * SECOND };
    let insert =
        Edit::Insert { place, event: "slate.cleared".to_owned(), data: json!({}), cause: None, corrects: None };
    let notes = draft.make(insert).unwrap();
    assert_eq!(notes, [Note::Clamped { wanted_us: 60 * SECOND, got_us: 0 }]);
    whole(&draft);
}

#[test]
fn a_moved_countdown_ends_later_too() {
    let mut draft = draft(TAPES[4]);
    let step = place(draft.tape(), 42);
    let ends = |draft: &Draft, step| match event(draft.tape(), step).event {
        Event::CountdownStarted(it) => it.ends_at,
        other => panic!("{other:?}"),
    };
    let (start, clip) = (ends(&draft, step), place(draft.tape(), 568));
    let Event::MediaStarted(media) = event(draft.tape(), clip).event else { panic!("a clip") };
    draft.make(Edit::Delay { step: step - 1, by_us: 3 * SECOND, following: true }).unwrap();
    assert_eq!(ends(&draft, step), start + 3 * SECOND);
    let Event::MediaStarted(moved) = event(draft.tape(), clip).event else { panic!("a clip") };
    assert_eq!(moved.at, media.at + 3 * SECOND);
    draft.make(Edit::Delay { step, by_us: SECOND, following: false }).unwrap();
    assert_eq!(ends(&draft, step), start + 4 * SECOND);
    let show = Timeline::new(Tape::clone(draft.tape())).show_after(step + 1);
    assert_eq!(show.core.clock.unwrap().remaining_us(show.at), 10 * SECOND);
    assert!(draft.audit().is_clean());
}

#[test]
fn what_named_a_dropped_event_names_none_and_the_rest_names_the_same_as_before() {
    let mut draft = draft(TAPES[4]);
    let verdict = place(draft.tape(), 578);
    let notes = draft.make(Edit::Drop { step: verdict }).unwrap().to_vec();
    let dangling = |seq| Note::Dangling { seq, reference: Reference::Cause };
    assert_eq!(notes, [dangling(578), dangling(579)]);
    assert_eq!(event(draft.tape(), place(draft.tape(), 579)).cause, None);
    for (step, was) in draft.original().entries.iter().enumerate().skip(verdict + 1) {
        let now = event(draft.tape(), step - 1);
        for (old, new) in [(was.env.cause, now.cause), (was.env.corrects, now.corrects)] {
            let moved = |seq: u64| (seq != 578).then(|| if seq > 578 { seq - 1 } else { seq });
            assert_eq!(old.and_then(moved), new, "event {}", was.env.seq);
        }
        if let (Event::AppealOpened(old), Event::AppealOpened(new)) = (&was.env.event, &now.event) {
            assert_eq!(new.subject_seq, if old.subject_seq > 578 { old.subject_seq - 1 } else { old.subject_seq });
        }
    }
    whole(&draft);
}

/// A tape of numbered events, with lines of other kinds put in behind some of them.
fn written(events: u64, epoch: &str, others: &[(u64, String)]) -> String {
    let mut text = String::new();
    for seq in 1..=events {
        let at = i64::try_from(seq).unwrap() * SECOND;
        let data = json!({"title": format!("{epoch} {seq}")});
        let cause = (seq > 1).then(|| seq - 1);
        let env = json!({"v": 1, "epoch": epoch, "seq": seq, "at": at, "type": "lower_third.shown", "data": data, "cause": cause});
        text.push_str(&json!({"rx": at + 7, "lane": "feed", "env": env}).to_string());
        text.push('\n');
        for (_, line) in others.iter().filter(|(behind, _)| *behind == seq) {
            text.push_str(line);
            text.push('\n');
        }
    }
    text
}

fn with_header(text: &str) -> String {
    format!("{}\n{text}", header_line("t", "m"))
}

fn act(n: u64, after: u64, at_us: i64, act: Value) -> String {
    let mut value = json!({"n": n, "at": at_us, "epoch": "e", "after": after});
    value.as_object_mut().unwrap().extend(act.as_object().unwrap().clone());
    act_line(at_us, &serde_json::from_value(value).unwrap())
}

#[test]
fn acts_stay_with_the_event_they_followed() {
    let said = json!({"type": "say", "data": {"event": "countdown.started", "data": {"id": "c", "ends_at": 9 * SECOND}, "corrects": 2}});
    let acts = [
        (3, act(1, 3, 3_500_000, json!({"type": "hold"}))),
        (5, act(2, 5, 5_500_000, json!({"type": "take", "data": {"through": 4}}))),
        (5, act(3, 5, 5_600_000, said)),
    ];
    let mut draft = draft(&with_header(&written(8, "e", &acts)));
    let anchors = |draft: &Draft| draft.tape().acts.iter().map(|acted| acted.act.after).collect::<Vec<_>>();
    let through = |draft: &Draft| match &draft.tape().acts[1].act.act {
        crate::show::desk::Act::Take { through } => *through,
        other => panic!("{other:?}"),
    };
    assert_eq!(anchors(&draft), [3, 5, 5]);
    draft.make(Edit::Drop { step: 1 }).unwrap();
    assert_eq!((anchors(&draft), through(&draft)), (vec![2, 4, 4], 3));
    let said = |draft: &Draft| match &draft.tape().acts[2].act.act {
        crate::show::desk::Act::Say(said) => (said.corrects, said.event.clone()),
        other => panic!("{other:?}"),
    };
    assert_eq!(said(&draft).0, None, "what it corrected is gone");
    assert!(
        draft.edits()[0].notes.iter().any(|note| matches!(note, Note::Dangling { reference: Reference::Corrects, .. }))
    );
    whole(&draft);
    // Behind event 3 (now 2) and before the act that followed it: the act keeps its place by time.
    let insert = |after_us| Edit::Insert {
        place: Place::Behind { step: 1, after_us },
        event: "lower_third.cleared".to_owned(),
        data: json!({}),
        cause: None,
        corrects: None,
    };
    draft.make(insert(800_000)).unwrap();
    assert_eq!(anchors(&draft), [2, 5, 5], "it came after the act");
    draft.undo();
    draft.make(insert(100_000)).unwrap();
    assert_eq!(anchors(&draft), [3, 5, 5], "it came before the act");
    whole(&draft);
    // An act that is done later stands behind what the feed had said by then, and behind no later act.
    let hold = draft.tape().steps(0, usize::MAX).position(|step| matches!(step, Step::Act(_))).unwrap();
    draft.make(Edit::Delay { step: hold, by_us: SECOND, following: false }).unwrap();
    assert_eq!(anchors(&draft), [4, 5, 5]);
    draft.make(Edit::Delay { step: hold + 1, by_us: 60 * SECOND, following: false }).unwrap();
    assert!(matches!(draft.edits().last().unwrap().notes[..], [Note::Clamped { .. }]));
    whole(&draft);
    let count = draft.tape().step_count();
    let last = (0..count).rfind(|step| matches!(draft.tape().step(*step), Some(Step::Act(_)))).unwrap();
    assert_eq!(draft.make(Edit::Change { step: last, data: json!({}) }), Err(EditError::NotAnEvent { step: last }));
    draft.make(Edit::Delay { step: 0, by_us: SECOND, following: true }).unwrap();
    let Event::CountdownStarted(started) = said(&draft).1 else { panic!("a countdown") };
    assert_eq!(started.ends_at, 10 * SECOND);
    draft.make(Edit::Drop { step: last }).unwrap();
    assert_eq!(anchors(&draft).len(), 2);
    whole(&draft);
}

fn snapshot_of(text: &str, seq: u64) -> String {
    let tape = Tape::parse(&with_header(text)).unwrap();
    let mut show = Show::default();
    tape.entries.iter().take_while(|entry| entry.env.seq <= seq).for_each(|entry| drop(show.apply(&entry.env)));
    snapshot_line(1, seq, &show)
}

#[test]
fn a_snapshot_keeps_its_place_and_is_not_edited() {
    let plain = written(8, "e", &[]);
    let mut draft = draft(&with_header(&written(8, "e", &[(5, snapshot_of(&plain, 5))])));
    assert_eq!(draft.make(Edit::Drop { step: 5 }), Err(EditError::Snapshot { step: 5 }));
    assert_eq!(draft.make(Edit::Change { step: 5, data: json!({}) }), Err(EditError::Snapshot { step: 5 }));
    assert_eq!(draft.make(Edit::Drop { step: 1 }).unwrap().last(), Some(&Note::Replaced { step: 4 }));
    let snapshot = &draft.tape().snapshots[0];
    assert_eq!((snapshot.at_seq, snapshot.state.seq), (4, 4));
    assert_eq!(snapshot.state.core.lower_third.as_ref().unwrap().seq, 4);
    whole(&draft);
    draft.make(Edit::Delay { step: 4, by_us: SECOND, following: true }).unwrap();
    assert_eq!(draft.tape().snapshots[0].at, 6 * SECOND);
    assert_eq!(draft.tape().snapshots[0].state.core.lower_third.as_ref().unwrap().since, 6 * SECOND);
    whole(&draft);
}

#[test]
fn a_tape_that_begins_with_a_snapshot_keeps_its_numbers() {
    let plain = written(8, "e", &[]);
    let text: Vec<&str> = plain.lines().skip(5).collect();
    let mut draft = draft(&with_header(&format!("{}\n{}\n", snapshot_of(&plain, 5), text.join("\n"))));
    draft.make(Edit::Drop { step: 2 }).unwrap();
    let seqs: Vec<u64> = draft.tape().steps(0, usize::MAX).map(Step::seq).collect();
    assert_eq!(seqs, [5, 6, 7]);
    assert_eq!(event(draft.tape(), 1).cause, Some(5), "what lies before the tape keeps its number");
    assert_eq!(event(draft.tape(), 2).cause, None, "event 7 is gone");
    whole(&draft);
}

#[test]
fn numbers_close_over_what_the_original_lacks() {
    let text: Vec<String> = written(8, "e", &[]).lines().map(str::to_owned).collect();
    let mut draft = draft(&with_header(&format!("{}\n", [&text[..3], &text[5..]].concat().join("\n"))));
    assert!(matches!(draft.original().problems[..], [Problem::Gap { from: 4, to: 5, .. }]));
    let notes = draft.make(Edit::Delay { step: 0, by_us: 0, following: false }).unwrap();
    assert_eq!(notes[0], Note::Closed { from: 4, to: 5 });
    assert_eq!(notes[1], Note::Dangling { seq: 4, reference: Reference::Cause });
    assert!(draft.tape().problems.is_empty());
    assert_eq!(draft.audit().problems_gone.len(), 1);
    whole(&draft);
}

#[test]
fn two_recordings_of_one_epoch_do_not_run_into_each_other() {
    let e = written(3, "e", &[]);
    let text = format!("{e}{}{}\n{}", written(1, "f", &[]), snapshot_of(&e, 2), e.lines().last().unwrap());
    let mut draft = draft(&with_header(&text));
    let f = draft.tape().steps(0, usize::MAX).position(|step| step.epoch() == "f").unwrap();
    assert_eq!(draft.make(Edit::Drop { step: f }), Err(EditError::Joins { step: f, epoch: "e".to_owned() }));
}

fn edits() -> impl Strategy<Value = Vec<(u8, usize, i64, bool)>> {
    prop::collection::vec((0_u8..5, 0_usize..400, -4_000_000_i64..4_000_000, any::<bool>()), 1..9)
}

/// An edit of what is there: a change says what another event of that type says.
fn fitting(tape: &Tape, (what, step, by_us, flag): (u8, usize, i64, bool)) -> Edit {
    let step = step % tape.step_count().max(1);
    let at = tape.step(step).map_or(0, Step::at);
    let place = if flag { Place::At(at + by_us) } else { Place::Behind { step, after_us: by_us } };
    match what {
        0 => Edit::Drop { step },
        1 => Edit::Delay { step, by_us, following: flag },
        2 => {
            let data = match tape.step(step) {
                Some(Step::Event(entry)) => entry.env.event.to_data().unwrap(),
                _ => json!({}),
            };
            Edit::Change { step, data }
        }
        3 => Edit::Insert {
            place,
            event: "slate.shown".to_owned(),
            data: json!({"kind": "message", "title": "\"请\u{2028}\n稍候"}),
            cause: Some(step as u64),
            corrects: flag.then_some(step as u64 / 2),
        },
        _ => Edit::Insert {
            place,
            event: "score.changed".to_owned(),
            data: json!({"team": "t1", "before": 300, "delta": 0.5, "after": 300.5}),
            cause: None,
            corrects: None,
        },
    }
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn any_edits_give_a_whole_tape_that_reads_back_and_are_all_undone(which in 0_usize..2, wanted in edits()) {
        let mut draft = draft(TAPES[which]);
        let original = Tape::clone(draft.original());
        let mut made = Vec::new();
        for wanted in wanted {
            let edit = fitting(draft.tape(), wanted);
            let text = serde_json::to_string(&edit).unwrap();
            prop_assert_eq!(&serde_json::from_str::<Edit>(&text).unwrap(), &edit);
            if draft.make(edit.clone()).is_ok() {
                made.push(edit);
            }
        }
        whole(&draft);
        let (last, audit) = (Arc::clone(draft.tape()), draft.audit());
        let again = Draft::with(Arc::clone(draft.original()), "leitai test", made.clone()).unwrap();
        prop_assert_eq!(again.tape(), &last);
        for edit in made.iter().rev() {
            let undone = draft.undo();
            prop_assert_eq!(undone.as_ref(), Some(edit));
        }
        prop_assert_eq!(draft.undo(), None);
        prop_assert_eq!(&**draft.tape(), &original);
        while draft.redo().is_some() {}
        prop_assert_eq!(draft.tape(), &last);
        prop_assert_eq!(draft.audit(), audit);
        prop_assert_eq!(&**draft.original(), &original);
    }
}
