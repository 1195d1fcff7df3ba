//! One line of `leitai check`: what was found in a file, whichever check found it.

use serde_json::{Map, Value, json};

use super::told;
use crate::{locale::Lang, preflight, preflight::Severity, show::bank};

/// One thing to look at.
#[derive(Clone, Debug)]
pub(super) struct Finding {
    pub path: String,
    /// Line in a tape or a theme, row in a table.
    pub line: Option<usize>,
    pub column: Option<usize>,
    pub seq: Option<u64>,
    pub severity: Severity,
    /// What, and what was expected or what to do.
    pub text: String,
    pub detail: Detail,
}

/// Fault and place as data, by the check that found it.
#[derive(Clone, Debug)]
pub(super) enum Detail {
    /// The file itself: what cannot be read.
    File,
    /// Films and stills.
    Film,
    /// Banks and rosters.
    Paper(Box<bank::Finding>),
    /// Pictures and sounds.
    Picture(Box<preflight::Finding>),
}

impl Finding {
    /// An error of a tape, a rulebook or a theme that cannot be read.
    pub fn new(path: &str, line: Option<usize>, seq: Option<u64>, text: String) -> Self {
        let path = path.to_owned();
        Self { path, line, column: None, seq, severity: Severity::Error, text, detail: Detail::File }
    }

    /// Something about a picture or a sound.
    pub fn picture(path: &str, place: Option<(usize, usize)>, finding: preflight::Finding, lang: Lang) -> Self {
        Self {
            path: path.to_owned(),
            line: place.map(|place| place.0),
            column: place.map(|place| place.1).filter(|column| *column > 0),
            seq: finding.subject.seq,
            severity: finding.severity,
            text: told::sentence(&finding, lang),
            detail: Detail::Picture(Box::new(finding)),
        }
    }

    /// Which check found it.
    pub fn check(&self) -> &'static str {
        match &self.detail {
            Detail::Picture(finding) => finding.fault.check(),
            Detail::Film => "film",
            Detail::File | Detail::Paper(_) => "file",
        }
    }

    /// As `--json` prints it: what every finding has, and what its fault says of itself.
    pub fn json(&self) -> Value {
        let detail = match &self.detail {
            Detail::File | Detail::Film => Value::Null,
            Detail::Paper(finding) => serde_json::to_value(finding).unwrap_or_default(),
            Detail::Picture(finding) => serde_json::to_value(finding).unwrap_or_default(),
        };
        let mut map = match detail {
            Value::Object(map) => map,
            _ => Map::new(),
        };
        let all = json!({
            "path": self.path, "line": self.line, "column": self.column, "seq": self.seq, "severity": self.severity,
            "check": self.check(), "text": self.text,
        });
        if let Value::Object(all) = all {
            map.extend(all);
        }
        Value::Object(map)
    }

    /// `path:line:column`, as far as it is known.
    pub fn place(&self) -> String {
        let number = |number: Option<usize>| {
            number.filter(|number| *number > 0).map(|number| format!(":{number}")).unwrap_or_default()
        };
        format!("{}{}{}", self.path, number(self.line), number(self.column))
    }
}

/// Whether nothing is an error: warnings and notices do no harm.
pub(super) fn is_clean(findings: &[Finding]) -> bool {
    findings.iter().all(|finding| finding.severity != Severity::Error)
}
