//! Promises of the log on disk: bounded, whole lines, and back when there is room again.

use super::*;

fn files(folder: &Path) -> Vec<PathBuf> {
    let mut found: Vec<PathBuf> = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    found.sort();
    found
}

#[test]
fn files_are_bounded_in_size_and_in_number_and_nothing_else_is_touched() {
    let folder = tempfile::tempdir().unwrap();
    let other = folder.path().join("notes.txt");
    fs::write(&other, "not ours").unwrap();
    let limits = LogLimits { file_bytes: 100, files: 3 };
    let mut log = Files::new(folder.path(), "leitai-test".to_owned(), limits);
    for n in 0..100 {
        assert!(log.write(format!("line {n:03}\n").as_bytes(), 0));
    }
    let found = files(folder.path());
    assert_eq!(found.len(), 4, "{found:?}");
    assert!(other.exists());
    let kept: String =
        found.iter().filter(|path| **path != other).map(|path| fs::read_to_string(path).unwrap()).collect();
    assert!(kept.ends_with("line 099\n") && !kept.contains("line 000"), "{kept}");
    assert!(kept.lines().all(|line| line.len() == 8), "whole lines: {kept}");
    for path in found.iter().filter(|path| **path != other) {
        assert!(fs::metadata(path).unwrap().len() <= 100);
    }
}

#[test]
fn a_line_larger_than_a_file_has_one_of_its_own() {
    let folder = tempfile::tempdir().unwrap();
    let mut log = Files::new(folder.path(), "leitai-test".to_owned(), LogLimits { file_bytes: 10, files: 2 });
    for _ in 0..3 {
        assert!(log.write(b"a line of more than ten bytes\n", 0));
    }
    assert_eq!(files(folder.path()).len(), 2);
}

#[test]
fn a_folder_that_takes_nothing_is_tried_again_and_the_gap_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let blocked = folder.path().join("log");
    fs::write(&blocked, "a file where the folder should be").unwrap();
    let mut log = Files::new(&blocked, "leitai-test".to_owned(), LogLimits::default());
    assert!(!log.write(b"lost\n", 0));
    assert!(!log.write(b"lost\n", 1), "not tried before its time");
    fs::remove_file(&blocked).unwrap();
    let deadline = Instant::now() + std::time::Duration::from_secs(20);
    while !log.write(b"found\n", 2) {
        assert!(Instant::now() < deadline, "it is not tried again");
        std::thread::yield_now();
    }
    let [path] = files(&blocked).try_into().unwrap();
    assert_eq!(fs::read_to_string(path).unwrap(), "… 2 lines are missing here\nfound\n");
}
