//! Promises of snapshots on a tape: from the first one on, a tape that lacks all before it is as good as the whole.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{
    Problem, Tape, Timeline, act_line,
    edit::{Draft, Edit},
    entry_line, header_line, skipped_line, snapshot_line,
};
use crate::show::{
    desk::{Act, DeskAct},
    protocol::{Envelope, control::Resume},
    state::Show,
};

/// One of several events that leave traces of every kind: scores, scenes, clocks, alarms.
fn event(epoch: &str, seq: u64, at: i64, kind: u8) -> Envelope {
    let (name, data): (&str, Value) = match kind % 6 {
        0 => ("score.changed", json!({"team": "t1", "before": 300 + i64::from(kind), "delta": 1.5, "after": 301.5})),
        1 => ("slate.shown", json!({"kind": "message", "title": format!("第 {seq} 页")})),
        2 => ("slate.cleared", json!({})),
        3 => ("turn.given", json!({"team": "t2", "question_no": seq})),
        4 => ("countdown.armed", json!({"id": format!("c{seq}"), "duration": 30_000_000})),
        _ => ("question.shown", json!({"id": format!("q{seq}"), "kind": "fill", "stem": "题"})),
    };
    let wire = json!({"v": 1, "epoch": epoch, "seq": seq, "at": at, "type": name, "data": data});
    Envelope::from_value(wire).unwrap()
}

fn line(env: &Envelope) -> String {
    entry_line(env.at, env)
}

fn fold(events: &[Envelope]) -> Show {
    let mut show = Show::default();
    for env in events {
        show.apply(env);
    }
    show
}

fn read(lines: &[String]) -> Tape {
    let mut text = header_line("试播", "test");
    for line in lines {
        text.push('\n');
        text.push_str(line);
    }
    Tape::parse(&(text + "\n")).unwrap()
}

fn log(epoch: &str, first_at: i64, kinds: &[(u8, i64)]) -> Vec<Envelope> {
    let mut at = first_at;
    let events = (1..).zip(kinds).map(|(seq, (kind, after))| {
        at += after;
        event(epoch, seq, at, *kind)
    });
    events.collect()
}

fn resume(epoch: &str, seq: u64) -> Option<Resume> {
    Some(Resume { epoch: epoch.to_owned(), seq })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(24))]

    #[test]
    fn a_snapshot_stands_for_all_before_it(
        kinds in prop::collection::vec((any::<u8>(), 0..90_000_i64), 1..400),
        place in any::<prop::sample::Index>(),
        kept in any::<prop::sample::Index>(),
    ) {
        let events = log("e", 1_000, &kinds);
        let cut = place.index(events.len()) + 1;
        let (before, after) = events.split_at(cut);
        let state = fold(before);
        let snapshot = snapshot_line(7, cut as u64, &state);
        let whole = Timeline::new(read(&events.iter().map(line).collect::<Vec<_>>()));
        let tail: Vec<String> = after.iter().map(line).collect();
        // All before it gone; some of it gone; some of it only written after it.
        let kept: Vec<String> = before[..kept.index(cut)].iter().map(line).collect();
        let written = [
            [vec![snapshot.clone()], tail.clone()].concat(),
            [kept.clone(), vec![snapshot.clone()], tail.clone()].concat(),
            [vec![snapshot], kept, tail].concat(),
        ];
        for lines in written {
            let timeline = Timeline::new(read(&lines));
            prop_assert_eq!(&timeline.tape().problems, &[]);
            prop_assert_eq!(timeline.tape().snapshots.len(), 1);
            prop_assert_eq!(timeline.tape().resume(), resume("e", events.len() as u64));
            prop_assert_eq!(timeline.show_after(usize::MAX), fold(&events));
            prop_assert_eq!(timeline.show_at(state.at), whole.show_at(state.at));
            for env in after.iter().step_by(23) {
                prop_assert_eq!(timeline.show_at(env.at), whole.show_at(env.at));
                prop_assert_eq!(timeline.show_at_seq(env.seq), whole.show_at_seq(env.seq));
            }
            prop_assert_eq!(timeline.show_at_seq(cut as u64), state.clone());
            prop_assert_eq!(timeline.tape().last_at(), whole.tape().last_at());
        }
    }
}

#[test]
fn a_snapshot_alone_is_a_tape() {
    let state = fold(&log("e", 1_000, &[(1, 10), (3, 10)]));
    let tape = read(&[snapshot_line(5, 2, &state)]);
    assert_eq!((tape.problems.len(), tape.snapshots[0].rx, tape.snapshots[0].line), (0, 5, 2));
    assert_eq!((tape.first_at(), tape.last_at(), tape.duration()), (Some(1_020), Some(1_020), 0));
    assert_eq!(tape.resume(), resume("e", 2));
    let timeline = Timeline::new(tape);
    assert_eq!((timeline.show_at(1_020), timeline.show_at(1_019)), (state.clone(), Show::default()));
    let headless = Tape::parse(&snapshot_line(5, 2, &state)).unwrap();
    assert_eq!((headless.snapshots.len(), headless.problems.len()), (1, 1));
}

#[test]
fn a_snapshot_closes_a_gap_and_an_open_one_is_not_resumed() {
    let events = log("e", 0, &[(0, 10); 9]);
    let lines = |seqs: &[u64]| seqs.iter().map(|seq| line(&events[*seq as usize - 1])).collect::<Vec<_>>();
    let snapshot = snapshot_line(0, 7, &fold(&events[..7]));
    let open = read(&lines(&[1, 2, 8]));
    assert!(matches!(open.problems[..], [Problem::Gap { from: 3, to: 7, .. }]), "{:?}", open.problems);
    assert_eq!(open.resume(), None);
    let closed = read(&[lines(&[1, 2]), vec![snapshot.clone()], lines(&[8])].concat());
    assert_eq!((closed.problems.as_slice(), closed.resume()), (&[][..], resume("e", 8)));
    // The former gap stays named, and no longer matters.
    let later = read(&[lines(&[1, 4]), vec![snapshot.clone()], lines(&[8])].concat());
    assert!(matches!(later.problems[..], [Problem::Gap { from: 2, to: 3, line: 3 }]), "{:?}", later.problems);
    assert_eq!(later.resume(), resume("e", 8));
    let behind = read(&[vec![snapshot], lines(&[9])].concat());
    assert!(matches!(behind.problems[..], [Problem::Gap { from: 8, to: 8, line: 3 }]), "{:?}", behind.problems);
    assert_eq!(behind.resume(), None);
    assert_eq!(read(&lines(&[5, 6])).resume(), None, "what came before is not known");
    assert_eq!(read(&lines(&[1])).resume(), resume("e", 1));
}

#[test]
fn what_was_skipped_is_no_gap() {
    let events = log("e", 0, &[(0, 10); 9]);
    let lines = |seqs: &[u64]| seqs.iter().map(|seq| line(&events[*seq as usize - 1])).collect::<Vec<_>>();
    let skipped = |from, to| vec![skipped_line(5, "e", from, to, "unknown")];
    for (written, seq) in [
        ([lines(&[1, 2]), skipped(3, 3), lines(&[4])].concat(), 4),
        ([lines(&[1, 2]), skipped(3, 6), lines(&[7])].concat(), 7),
        ([skipped(4, 4), lines(&[6]), skipped(5, 5), skipped(3, 4), lines(&[2, 1])].concat(), 6),
        ([skipped(1, 2), lines(&[3])].concat(), 3),
        ([lines(&[1]), skipped(2, 2), skipped(3, 9)].concat(), 9),
    ] {
        let tape = read(&written);
        assert_eq!((tape.problems.as_slice(), tape.resume()), (&[][..], resume("e", seq)), "{written:?}");
    }
    for written in [
        [lines(&[1, 2]), skipped(3, 3), lines(&[5])].concat(),
        [lines(&[1, 2]), skipped(4, 4), lines(&[5])].concat(),
        [lines(&[1, 2]), vec![skipped_line(5, "f", 3, 4, "unknown")], lines(&[5])].concat(),
    ] {
        let tape = read(&written);
        assert!(matches!(tape.problems[..], [Problem::Gap { .. }]), "{:?}", tape.problems);
        assert_eq!(tape.resume(), None);
    }
    let last = (1 << 52) - 1;
    let huge = read(&[lines(&[1]), skipped(2, last)].concat());
    assert_eq!((huge.problems.as_slice(), huge.resume()), (&[][..], resume("e", last)));
    let turned = read(&[lines(&[1]), skipped(3, 2)].concat());
    assert!(turned.problems[0].to_string().contains("events 3 to 2 are none"), "{:?}", turned.problems);
    assert_eq!(read(&skipped(3, 4)).skipped[0].reason, "unknown");
}

#[test]
fn a_torn_snapshot_costs_itself_only() {
    let events = log("e", 0, &[(1, 10), (3, 10), (5, 10)]);
    let mut text = format!("{}\n{}\n", header_line("试播", "test"), line(&events[0]));
    let kept = text.len();
    text += &snapshot_line(0, 3, &fold(&events));
    for cut in kept + 1..text.len() {
        let Some(part) = text.get(..cut) else { continue };
        let tape = Tape::parse(part).unwrap();
        assert!(matches!(tape.problems[..], [Problem::Torn { line: 3, .. }]), "cut at {cut}: {:?}", tape.problems);
        assert_eq!((tape.snapshots.len(), tape.resume()), (0, resume("e", 1)));
    }
    let closed = format!("{}\n{}\n", &text[..kept + 40], line(&events[1]));
    let tape = Tape::parse(&closed).unwrap();
    assert!(matches!(tape.problems[..], [Problem::Line { line: 3, .. }]), "{:?}", tape.problems);
    assert_eq!(tape.resume(), resume("e", 2));
}

#[test]
fn an_epoch_begins_empty_at_its_first_event_and_may_come_back() {
    let (e, f) = (log("e", 0, &[(1, 10), (3, 10), (0, 10)]), log("f", 500, &[(1, 10), (0, 10)]));
    let empty = |epoch: &str| snapshot_line(600, 0, &Show { epoch: epoch.to_owned(), ..Show::default() });
    let lines = [line(&e[0]), empty("f"), line(&f[0]), line(&f[1]), line(&e[1])];
    let timeline = Timeline::new(read(&lines));
    assert_eq!(timeline.tape().problems, []);
    assert_eq!(timeline.tape().snapshots[0].at, f[0].at);
    assert_eq!(timeline.show_at(f[0].at - 1), fold(&e[..2]), "the last good picture stands until the new epoch's");
    assert_eq!(timeline.show_after(usize::MAX), fold(&f));
    assert_eq!(timeline.show_at_seq(1), fold(&f[..1]));

    // The former epoch is loaded again: what is said of it from here on stands behind all else.
    let mut back = lines.to_vec();
    back.extend([snapshot_line(700, 2, &fold(&e[..2])), line(&e[2])]);
    let timeline = Timeline::new(read(&back));
    assert_eq!(timeline.tape().problems, []);
    assert_eq!(timeline.show_after(usize::MAX), fold(&e));
    assert_eq!(timeline.tape().resume(), resume("e", 3));
    assert_eq!(timeline.show_at_seq(2), fold(&e[..2]));
    // Nothing follows: its arrival is all that is known of its instant.
    assert_eq!(read(&[empty("g")]).first_at(), Some(600));
}

#[test]
fn a_log_that_is_set_back_within_its_epoch_begins_anew() {
    let (old, new) = (log("e", 0, &[(0, 10); 9]), log("e", 500, &[(1, 10), (3, 10), (0, 10), (5, 10)]));
    let all = |events: &[Envelope]| events.iter().map(line).collect::<Vec<_>>();
    let marked = DeskAct { n: 1, at: 95, epoch: "e".to_owned(), after: 9, act: Act::Mark { on: true } };
    let empty = || snapshot_line(600, 0, &Show { epoch: "e".to_owned(), ..Show::default() });
    // Told from its first event, and from a whole state.
    for (state, from) in [(empty(), 0), (snapshot_line(600, 2, &fold(&new[..2])), 2)] {
        let tape = read(&[all(&old), vec![act_line(95, &marked), state], all(&new[from..])].concat());
        assert_eq!((tape.problems.as_slice(), tape.resume()), (&[][..], resume("e", 4)));
        let mut draft = Draft::new(tape.clone().into(), "test");
        draft.make(Edit::Drop { step: 0 }).unwrap();
        assert_eq!(draft.tape().resume(), resume("e", 4), "each log has numbers of its own");
        let timeline = Timeline::new(tape);
        assert_eq!((timeline.show_at(94), timeline.show_after(usize::MAX)), (fold(&old), fold(&new)));
        assert_eq!(timeline.show_at_seq(3), fold(&new[..3]));
        assert_eq!(Timeline::new(draft.tape().clone()).show_after(usize::MAX), fold(&new));
    }
    // What was skipped of the one says nothing of the other.
    let skipped = |from, to| vec![skipped_line(5, "e", from, to, "never came")];
    let astray = vec![line(&event("e", 999_999, 100, 0)), empty(), line(&new[0])];
    let before = [all(&old[..6]), skipped(7, 999_998), astray].concat();
    let whole = read(&[before.clone(), skipped(2, 2), all(&new[2..])].concat());
    for tape in [Tape::parse(&whole.to_text()).unwrap(), whole] {
        assert_eq!((tape.problems.as_slice(), tape.resume()), (&[][..], resume("e", 4)));
    }
    let open = read(&[before, all(&new[2..])].concat());
    assert!(matches!(open.problems[..], [Problem::Gap { from: 2, to: 2, .. }]), "{:?}", open.problems);
    assert_eq!(open.resume(), None);
}

#[test]
fn what_a_snapshot_line_lacks_is_named() {
    let state = json!(Show::default());
    for (line, part) in [
        (json!({"rx": 1, "lane": "desk", "snapshot": {"at_seq": 1, "state": state}}), "lane"),
        (json!({"rx": 1, "lane": "feed", "snapshot": {"state": state}}), "at_seq"),
        (
            json!({"rx": 1, "lane": "feed", "snapshot": {"at_seq": 1, "state": {"core": {"ended": 5}}}}),
            "state.core.ended",
        ),
        (json!({"rx": 1, "lane": "feed"}), "snapshot"),
    ] {
        let tape = read(&[line.to_string()]);
        let told = tape.problems[0].to_string();
        assert!(told.starts_with("line 2: skipped") && told.contains(part), "{told}");
    }
}
