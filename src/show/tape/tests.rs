//! Promises of the tape: a bad line costs itself only, and seeking equals playing.

use serde_json::json;

use super::{Problem, Step, Tape, TapeError, Timeline, act_line, entry_line, header_line};
use crate::show::{
    desk::{Act, DeskAct},
    protocol::Envelope,
    state::Show,
};

fn event(epoch: &str, seq: u64, at: i64) -> Envelope {
    let data = json!({"team": "t1", "before": 300 + seq - 1, "delta": 1, "after": 300 + seq});
    let wire = json!({"v": 1, "epoch": epoch, "seq": seq, "at": at, "type": "score.changed", "data": data});
    Envelope::from_value(wire).unwrap()
}

fn tape(lines: &[String]) -> String {
    let mut text = header_line("试播", "test");
    for line in lines {
        text.push('\n');
        text.push_str(line);
    }
    text.push('\n');
    text
}

fn line(seq: u64) -> String {
    entry_line(seq as i64, &event("e", seq, seq as i64 * 10))
}

#[test]
fn what_is_written_is_read() {
    let hold = DeskAct { n: 1, at: 12, epoch: "e".to_owned(), after: 1, act: Act::Hold };
    let read = Tape::parse(&tape(&[line(1), act_line(5, &hold), line(2)])).unwrap();
    assert_eq!((read.header.tape, read.header.show.as_str()), (1, "试播"));
    assert_eq!(read.problems, []);
    assert_eq!(read.entries.iter().map(|entry| entry.env.seq).collect::<Vec<_>>(), [1, 2]);
    assert_eq!((read.acts.len(), read.acts[0].rx, &read.acts[0].act), (1, 5, &hold));
    assert_eq!((read.first_at(), read.last_at(), read.duration()), (Some(10), Some(20), 10));
}

#[test]
fn every_prefix_of_a_tape_is_a_tape() {
    let whole = tape(&[line(1), line(2), line(3)]);
    let header = header_line("试播", "test").len();
    for cut in header..whole.len() {
        let read = Tape::parse_bytes(&whole.as_bytes()[..cut]).unwrap();
        let complete = whole.as_bytes()[..cut].iter().filter(|byte| **byte == b'\n').count();
        assert!(read.entries.len() + 1 >= complete, "cut at {cut}: nothing complete is lost");
        assert!(read.problems.iter().all(|problem| matches!(problem, Problem::Torn { .. })), "{:?}", read.problems);
    }
}

#[test]
fn a_bad_line_is_named_and_skipped() {
    let mut unknown = line(2);
    unknown = unknown.replace("score.changed", "score.wished");
    let read = Tape::parse(&tape(&[line(1), "{nonsense".into(), unknown, line(3)])).unwrap();
    assert_eq!(read.entries.len(), 2);
    let told: Vec<String> = read.problems.iter().map(ToString::to_string).collect();
    assert!(told[0].starts_with("line 3: skipped"), "{told:?}");
    assert!(told[1].contains("line 4") && told[1].contains("score.wished"), "{told:?}");
    assert!(told[2].contains("events 2 to 2 are missing"), "{told:?}");
    let mut bytes = tape(&[line(1)]).into_bytes();
    bytes.extend_from_slice(b"{\"rx\":\xFF}\n");
    assert!(Tape::parse_bytes(&bytes).unwrap().problems[0].to_string().contains("UTF-8"));
}

#[test]
fn disorder_and_duplicates_are_put_right() {
    let read = Tape::parse(&tape(&[line(3), line(1), line(2), line(2), line(1)])).unwrap();
    assert_eq!(read.entries.iter().map(|entry| entry.env.seq).collect::<Vec<_>>(), [1, 2, 3]);
    assert_eq!(read.problems, []);
    let second = entry_line(9, &event("f", 1, 50));
    let read = Tape::parse(&tape(&[line(1), second, line(2)])).unwrap();
    let order: Vec<(&str, u64)> = read.entries.iter().map(|e| (e.env.epoch.as_str(), e.env.seq)).collect();
    assert_eq!(order, [("e", 1), ("e", 2), ("f", 1)]);
}

#[test]
fn what_is_no_tape_is_refused() {
    assert!(matches!(Tape::parse("{\"tape\":2}\n"), Err(TapeError::Version { version: 2 })));
    assert!(matches!(Tape::parse("hello\nworld\n"), Err(TapeError::NotATape { .. })));
    assert!(matches!(Tape::parse(""), Err(TapeError::NotATape { .. })));
    let headless = format!("{}\n{}\n", line(1), line(2));
    let read = Tape::parse(&headless).unwrap();
    assert_eq!((read.entries.len(), read.problems.len()), (2, 1));
}

#[test]
fn seeking_equals_playing() {
    let lines: Vec<String> = (1..=1_000).map(line).collect();
    let timeline = Timeline::new(Tape::parse(&tape(&lines)).unwrap());
    let mut played = Show::default();
    for entry in timeline.tape().entries.clone() {
        played.apply(&entry.env);
        assert_eq!(timeline.show_at(entry.env.at), played);
        if entry.env.seq % 97 == 0 {
            assert_eq!(timeline.show_at(entry.env.at + 9), played);
            assert_eq!(timeline.show_at_seq(entry.env.seq), played);
        }
    }
    assert_eq!(timeline.show_at(9), Show::default());
    let due: Vec<u64> = timeline.steps_between(3, 60).map(Step::seq).collect();
    assert_eq!(due, [4, 5, 6]);
    assert_eq!(timeline.steps_between(1_000, i64::MAX).count(), 0);
    assert_eq!(timeline.steps_between(0, 20).count(), 2);
}

#[test]
fn an_edited_tape_is_folded_on_from_its_first_difference() {
    let shipped = include_str!("../../../assets/shows/zhongwei.tape.ndjson");
    let before = Timeline::new(Tape::parse(shipped).unwrap());
    let count = before.tape().step_count();
    for (from, to) in [("热身环节后", "热身之后"), ("\"remaining\":95752000", "\"remaining\":94752000"), ("总分", "总")]
    {
        let edited = Tape::parse(&shipped.replacen(from, to, 1)).unwrap();
        let (again, anew) = (before.again(edited.clone()), Timeline::new(edited));
        assert_eq!(again.raised(), anew.raised());
        for steps in (0..=count).step_by(101).chain([count]) {
            assert_eq!(again.air_after(steps), anew.air_after(steps), "{steps}");
        }
        assert_eq!(again.index_after_seq(900), anew.index_after_seq(900));
    }
    let shorter = Tape::parse(&shipped.lines().take(400).collect::<Vec<_>>().join("\n")).unwrap();
    assert_eq!(before.again(shorter.clone()).air_after(399), Timeline::new(shorter).air_after(399));
}
