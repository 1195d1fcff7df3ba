//! The journal's promises: what was written is read again, also after a torn write.

use std::sync::atomic::Ordering;

use serde_json::json;

use super::{small::SmallDisk, *};
use crate::show::{
    protocol::Envelope,
    state::Show,
    tape::{Problem, entry_line, snapshot_line},
};

#[test]
fn a_write_that_fails_half_way_costs_itself_only() {
    for cuts in [true, false] {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("show.tape.ndjson");
        drop(Journal::create(&path, "show", "test").unwrap());
        let disk = SmallDisk::at(&path);
        let mut journal = Journal::on(&path, disk.clone(), disk.len()).unwrap();
        journal.append_line(&entry_line(1, &event(1))).unwrap();
        let whole = disk.len();
        disk.cuts.store(cuts, Ordering::SeqCst);
        for room in [20, 1, 0] {
            disk.room.store(room, Ordering::SeqCst);
            let error = journal.append_line(&entry_line(2, &event(2))).unwrap_err();
            assert!(matches!(error, JournalError::Write { .. }), "{error}");
            assert_eq!(disk.len() == whole, cuts);
        }
        disk.room.store(usize::MAX, Ordering::SeqCst);
        journal.append_line(&entry_line(3, &event(2))).unwrap();
        journal.append_line(&entry_line(4, &event(3))).unwrap();
        let tape = load(&path).unwrap();
        assert_eq!(tape.entries.iter().map(|entry| entry.env.seq).collect::<Vec<_>>(), [1, 2, 3]);
        assert_eq!(tape.problems.len(), usize::from(!cuts), "{:?}", tape.problems);
    }
}

fn event(seq: u64) -> Envelope {
    let wire = json!({"v": 1, "epoch": "e", "seq": seq, "at": seq, "type": "show.ended", "data": {}});
    Envelope::from_value(wire).unwrap()
}

#[test]
fn a_power_cut_costs_the_torn_line_only() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("show.tape.ndjson");
    let mut journal = Journal::create(&path, "show", "test").unwrap();
    journal.append_line(&entry_line(1, &event(1))).unwrap();
    assert_eq!(load(&path).unwrap().entries.len(), 1, "a line is readable as soon as it is written");
    journal.append_line(&entry_line(2, &event(2))).unwrap();
    drop(journal);
    let whole = fs::read(&path).unwrap();
    fs::write(&path, &whole[..whole.len() - 5]).unwrap();
    let cut = load(&path).unwrap();
    assert_eq!(cut.entries.len(), 1);
    assert!(matches!(cut.problems[..], [Problem::Torn { line: 3, .. }]), "{:?}", cut.problems);
    let mut journal = Journal::resume(&path).unwrap();
    journal.append_line(&entry_line(3, &event(2))).unwrap();
    drop(journal);
    let after = load(&path).unwrap();
    assert_eq!(after.entries.len(), 2);
    assert!(matches!(after.problems[..], [Problem::Line { line: 3, .. }]), "{:?}", after.problems);
}

#[test]
fn a_snapshot_is_read_back_as_it_was() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("show.tape.ndjson");
    let mut show = Show::default();
    show.apply(&event(1));
    show.apply(&event(7));
    let mut journal = Journal::create(&path, "show", "test").unwrap();
    journal.append_line(&snapshot_line(9, 7, &show)).unwrap();
    journal.append_line(&entry_line(10, &event(8))).unwrap();
    let tape = load(&path).unwrap();
    assert_eq!((tape.problems.as_slice(), tape.entries.len()), (&[][..], 1));
    assert_eq!((tape.snapshots[0].rx, tape.snapshots[0].at_seq, &*tape.snapshots[0].state), (9, 7, &show));
}

#[test]
fn a_tape_is_never_overwritten() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("show.tape.ndjson");
    drop(Journal::create(&path, "show", "test").unwrap());
    assert!(matches!(Journal::create(&path, "show", "test"), Err(JournalError::Exists { .. })));
    let missing = folder.path().join("missing");
    assert!(load(&missing).unwrap_err().to_string().contains("missing"));
}
