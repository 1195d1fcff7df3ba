//! What the operator must be told of a fault that comes alone.

use std::time::Duration;

use crate::feed::{
    serve::{Fault, Junk},
    simulated::Told,
};

/// A fault that came alone is told by its name, and nothing else is.
pub fn named(fault: Fault, told: &Told) {
    let ten = Duration::from_millis(10_500);
    let told = told.lock().unwrap();
    let kinds: Vec<&str> = told.keys().map(String::as_str).collect();
    let expected: &[&str] = match fault {
        Fault::Cut { .. } => &["lost"],
        Fault::Hush { lasts } | Fault::Stall { lasts } if lasts > ten => &["silent"],
        Fault::Junk(Junk::Torn) => &["not JSON"],
        // By whatever is missing first.
        Fault::Junk(Junk::Unknown) => &[""],
        Fault::Junk(Junk::Binary) => &["binary"],
        Fault::Junk(Junk::NotUtf8) => &["unreadable"],
        Fault::Junk(Junk::Reserved) => &["lost"],
        Fault::Junk(Junk::Large) => &["too large"],
        Fault::Reset => &["epoch"],
        _ => &[],
    };
    for name in expected {
        assert!(kinds.iter().any(|kind| kind.contains(name)), "{fault} is not named in {kinds:?}");
    }
    if fault == Fault::Junk(Junk::Pong) {
        assert!(kinds.iter().all(|kind| kind.contains("pong")), "{fault} is told as {kinds:?}");
    }
    let quiet = matches!(fault, Fault::Double { .. } | Fault::Flood { .. } | Fault::Delay { .. });
    assert!(!quiet || kinds.is_empty(), "{fault} is nothing to tell, yet {kinds:?} is told");
    assert!(kinds.len() <= 3, "{fault} is told as {kinds:?}");
}
