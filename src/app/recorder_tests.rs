//! Promises of the tape on a disk that takes nothing for a while: every line in its order, or what stands for all of them.

use std::sync::atomic::Ordering;

use super::*;
use crate::journal::{Files, small::SmallDisk};

fn line(n: u64) -> Line {
    Line { text: format!("line {n}"), act: Some(n) }
}

fn recorder(path: &Path) -> (Recorder, Arc<SmallDisk>) {
    let disk = SmallDisk::at(path);
    let journal = Journal::on(path, disk.clone(), 0).unwrap();
    (Recorder::new(Arc::new(Files), Record::On(journal), 0), disk)
}

fn none(_last_act: u64) -> Option<Vec<Line>> {
    panic!("nothing was given up")
}

fn put(recorder: &mut Recorder, n: u64) -> bool {
    recorder.put("e", 0, line(n), none).is_ok()
}

#[test]
fn lines_wait_for_the_disk_in_their_order() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.ndjson");
    let (mut recorder, disk) = recorder(&path);
    assert!(put(&mut recorder, 1) && !recorder.is_behind());
    disk.room.store(3, Ordering::SeqCst);
    assert!((2..6).all(|n| !put(&mut recorder, n)));
    assert!(recorder.is_behind() && !recorder.is_due(), "it is not tried again at once");
    disk.room.store(usize::MAX, Ordering::SeqCst);
    assert!(put(&mut recorder, 6) && !recorder.is_behind());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), (1..=6).map(|n| format!("line {n}\n")).collect::<String>());
}

#[test]
fn beyond_what_is_kept_a_whole_state_stands_for_all_until_then() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.ndjson");
    let (mut recorder, disk) = recorder(&path);
    recorder.most_bytes = 20;
    assert!(put(&mut recorder, 1));
    disk.room.store(0, Ordering::SeqCst);
    // Three lines are kept; the fourth is one too many, and then nothing is left to be refused.
    assert!((2..=5).all(|n| recorder.put("e", 0, line(n), |_| None).is_ok() == (n == 5)));
    assert!(recorder.is_behind(), "what was given up is missing");
    assert!(recorder.put("e", 0, line(6), |_| None).is_ok(), "it cannot be said yet what stands for them");
    let whole = |last_act| {
        assert_eq!(last_act, 1);
        Some(vec![Line { text: "all of it".to_owned(), act: None }])
    };
    disk.room.store(usize::MAX, Ordering::SeqCst);
    assert!(recorder.put("e", 0, line(7), whole).is_ok());
    assert!(!recorder.is_behind());
    assert_eq!(std::fs::read_to_string(&path).unwrap(), "line 1\nall of it\nline 7\n");
}

#[test]
fn what_waits_at_the_end_is_written_at_once() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("t.ndjson");
    let (mut recorder, disk) = recorder(&path);
    disk.room.store(0, Ordering::SeqCst);
    assert!((0..50).all(|n| !put(&mut recorder, n)));
    disk.room.store(usize::MAX, Ordering::SeqCst);
    drop(recorder);
    assert_eq!(std::fs::read_to_string(&path).unwrap().lines().count(), 50);
}
