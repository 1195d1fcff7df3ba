//! This machine's own remote control: whether it can listen where it is to, and its tokens, as `live` takes them.

use std::{
    io::ErrorKind,
    net::{SocketAddr, TcpListener},
    path::Path,
};

use super::{
    line::{Line, Verdict},
    tokens::{TOKEN, opener},
};
use crate::{
    control::{self, Files},
    locale::{self, Lang},
};

/// Listens on trial, and shuts the door again before anybody comes.
pub(super) fn listens(lang: Lang, addr: SocketAddr) -> Line {
    let what = "doctor-control";
    let Err(error) = TcpListener::bind(addr) else { return Line::ok(what, addr.to_string()) };
    let todo = match error.kind() {
        ErrorKind::AddrInUse => "doctor-control.taken",
        ErrorKind::AddrNotAvailable => "doctor-control.foreign",
        _ => "doctor-control.mend",
    };
    Line::fault(what, format!("{addr}: {error}"), locale::word(lang, todo))
}

/// The tokens of the files that are named; where none is for the one that operates, it is the user's `own`, if there is
/// one by now. It is not made here: a token that is made of chance needs no look.
pub(super) fn tokens(lang: Lang, operate: Option<&Path>, view: Option<&Path>, own: Option<&Path>) -> Vec<Line> {
    let operate = operate.or(own);
    let mut lines: Vec<Line> = [operate, view].into_iter().flatten().map(|file| opener(lang, file)).collect();
    if let (Some(operate), Some(view)) = (operate, view)
        && lines.iter().all(|line| line.verdict != Verdict::Fault)
    {
        let files = Files { operate: Some(operate.to_owned()), view: Some(view.to_owned()) };
        if let Err(error) = control::tokens(&files) {
            lines.push(Line::fault(TOKEN, locale::tell(lang, &error), locale::word(lang, "doctor-token.other")));
        }
    }
    lines
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt, path::PathBuf};

    use super::*;

    #[test]
    fn an_address_that_cannot_be_had_is_a_fault_and_a_free_one_stays_free() {
        // Of which no other test takes a port.
        let taken = TcpListener::bind("127.0.0.77:0").unwrap();
        let addr = taken.local_addr().unwrap();
        for (addr, words) in [(addr, "another program"), ("192.0.2.1:0".parse().unwrap(), "no such address")] {
            let line = listens(Lang::En, addr);
            assert_eq!(line.verdict, Verdict::Fault, "{line:?}");
            assert!(line.found.contains(&addr.to_string()), "{line:?}");
            assert!(line.todo.as_ref().is_some_and(|todo| todo.contains(words)), "{line:?}");
        }
        drop(taken);
        assert_eq!(listens(Lang::En, addr).verdict, Verdict::Ok);
        assert!(TcpListener::bind(addr).is_ok(), "it was let go");
    }

    #[test]
    fn what_live_would_refuse_as_a_token_of_remote_control_is_a_fault() {
        let folder = tempfile::tempdir().unwrap();
        let file = |name: &str, text: &str| -> PathBuf {
            let path = folder.path().join(name);
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
            path
        };
        let (one, other) = (file("one", "operate-operate-operate"), file("other", "view-view-view-view"));
        let (same, short) = (file("same", "operate-operate-operate\n"), file("short", "short"));
        let large = file("large", &"x".repeat(5_000));
        let verdicts = |operate: &Path, view: Option<&Path>| -> Vec<Verdict> {
            let lines = tokens(Lang::En, Some(operate), view, None);
            let told = format!("{lines:?}");
            assert!(!told.contains("operate-operate") && !told.contains("view-view"), "{told}");
            lines.iter().map(|line| line.verdict).collect()
        };
        use Verdict::{Fault, Ok};
        assert_eq!(verdicts(&one, None), [Ok]);
        assert_eq!(verdicts(&one, Some(&other)), [Ok, Ok]);
        assert_eq!(verdicts(&short, None), [Fault]);
        assert_eq!(verdicts(&one, Some(&short)), [Ok, Fault]);
        assert_eq!(verdicts(&one, Some(&same)), [Ok, Ok, Fault]);
        assert_eq!(verdicts(&large, None), [Fault]);
        assert_eq!(opener(Lang::En, &short).verdict, Fault, "a spare's, too");
        let owned = |operate: Option<&Path>, view: Option<&Path>, own: &Path| -> Vec<Verdict> {
            tokens(Lang::En, operate, view, Some(own)).iter().map(|line| line.verdict).collect()
        };
        assert_eq!(owned(None, None, &one), [Ok]);
        assert_eq!(owned(None, None, &short), [Fault], "the user's own, where none is named");
        assert_eq!(owned(None, Some(&same), &one), [Ok, Ok, Fault]);
        assert_eq!(owned(Some(&one), None, &short), [Ok], "which nobody asks for where another is");
        assert!(tokens(Lang::En, None, None, None).is_empty());
        let alone: Vec<Verdict> = tokens(Lang::En, None, Some(&other), None).iter().map(|line| line.verdict).collect();
        assert_eq!(alone, [Ok], "and none is made to compare it with");
    }
}
