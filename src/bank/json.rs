//! JSON texts into questions or teams, each with the line it begins on.

use serde::de::DeserializeOwned;
use serde_json::{Map, Value};

use super::{Paper, origin::Origin, vocabulary};
use crate::show::{
    bank::{BankQuestion, Fault, Field, Finding, Place, Roster},
    protocol::roster::{Player, Team},
};

const QUESTION: [&str; 10] =
    ["id", "kind", "stem", "options", "key", "explanation", "source", "topic", "value", "media"];
const TEAM: [&str; 5] = ["id", "name", "short", "number", "colour"];
const PLAYER: [&str; 4] = ["id", "team", "number", "name"];
/// Names that are alike by this share or more are taken for a slip of the finger.
const ALIKE: f64 = 0.6;

pub(super) fn paper(text: &str) -> Option<Paper> {
    let root: Value = serde_json::from_str(text).ok()?;
    let lists = |name| root.get(name).is_some_and(Value::is_array);
    let first = |name| root.get(0).is_some_and(|entry| entry.get(name).is_some());
    if lists("questions") || first("stem") || (first("key") && first("kind")) {
        return Some(Paper::Bank);
    }
    (lists("teams") || (first("name") && first("number"))).then_some(Paper::Roster)
}

/// The questions of `[…]` or `{"questions": […]}`.
pub(super) fn questions(text: &str, findings: &mut Vec<Finding>) -> (Vec<BankQuestion>, Vec<Origin>) {
    let (mut questions, mut origins) = (vec![], vec![]);
    let Some(root) = parse(text, findings) else { return (questions, origins) };
    let Some(list) = list(&root, "questions") else {
        findings.push(Finding { place: Place::default(), fault: Fault::NoList });
        return (questions, origins);
    };
    if list.is_empty() {
        findings.push(Finding { place: Place::default(), fault: Fault::NothingIn });
    }
    for (entry, row) in list.iter().zip(lines(text, "questions")) {
        let mut entry = entry.clone();
        // A kind may be written as in a table.
        if let Some(Value::String(kind)) = entry.get_mut("kind") {
            let Some(Ok(known)) = vocabulary::kind(kind).map(serde_json::to_value) else {
                let fault = Fault::UnknownKind { found: kind.clone(), known: vocabulary::kinds() };
                let id = entry.get("id").and_then(Value::as_str).map(str::to_owned);
                let heading = Some(Field::Kind.name().to_owned());
                findings.push(Finding { place: Place { row: Some(row), heading, id, ..Place::default() }, fault });
                continue;
            };
            entry["kind"] = known;
        }
        if let Some(question) = typed(&entry, row, Paper::Bank, &QUESTION, findings) {
            questions.push(question);
            origins.push(Origin { sheet: None, row, columns: None });
        }
    }
    (questions, origins)
}

/// The teams and players of `{"teams": […], "players": […]}`, or teams alone of `[…]`.
pub(super) fn roster(text: &str, findings: &mut Vec<Finding>) -> (Roster, Vec<Origin>) {
    let (mut roster, mut origins) = (Roster::default(), vec![]);
    let Some(root) = parse(text, findings) else { return (roster, origins) };
    let Some(teams) = list(&root, "teams") else {
        findings.push(Finding { place: Place::default(), fault: Fault::NoList });
        return (roster, origins);
    };
    if teams.is_empty() {
        findings.push(Finding { place: Place::default(), fault: Fault::NothingIn });
    }
    for (entry, row) in teams.iter().zip(lines(text, "teams")) {
        let mut entry = entry.clone();
        name(&mut entry, |entry| Some(format!("t{}", entry.get("number")?.as_u64()?)));
        if let Some(team) = typed::<Team>(&entry, row, Paper::Roster, &TEAM, findings) {
            roster.teams.push(team);
            origins.push(Origin { sheet: None, row, columns: None });
        }
    }
    let players = root.get("players").and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
    for (entry, row) in players.iter().zip(lines(text, "players")) {
        let mut entry = entry.clone();
        name(&mut entry, |entry| Some(format!("{}p{}", entry.get("team")?.as_str()?, entry.get("number")?.as_u64()?)));
        roster.players.extend(typed::<Player>(&entry, row, Paper::Roster, &PLAYER, findings));
    }
    (roster, origins)
}

/// An id for an entry that has none.
fn name(entry: &mut Value, made: impl FnOnce(&Map<String, Value>) -> Option<String>) {
    if let Value::Object(fields) = entry
        && !fields.contains_key("id")
        && let Some(id) = made(fields)
    {
        fields.insert("id".to_owned(), Value::String(id));
    }
}

fn parse(text: &str, findings: &mut Vec<Finding>) -> Option<Value> {
    match serde_json::from_str(text) {
        Ok(root) => Some(root),
        Err(error) => {
            // At the text's end there is no column.
            let column = Some(error.column()).filter(|column| *column > 0).map(|column| column.to_string());
            let place = Place { row: Some(error.line()), column, ..Place::default() };
            // The place is told once.
            let reason = error.to_string().split(" at line ").next().unwrap_or_default().to_owned();
            findings.push(Finding { place, fault: Fault::BadJson { reason } });
            None
        }
    }
}

fn list<'a>(root: &'a Value, name: &str) -> Option<&'a Vec<Value>> {
    root.as_array().or_else(|| root.get(name)?.as_array())
}

/// One entry as what it should be; what it says too much or wrongly is told.
fn typed<T: DeserializeOwned>(
    entry: &Value,
    row: usize,
    paper: Paper,
    known: &[&str],
    findings: &mut Vec<Finding>,
) -> Option<T> {
    let id = entry.get("id").and_then(Value::as_str).map(str::to_owned);
    let place = |heading: Option<String>| Place { row: Some(row), heading, id: id.clone(), ..Place::default() };
    let mut slips = vec![];
    for found in entry.as_object().into_iter().flat_map(Map::keys).filter(|name| !known.contains(&name.as_str())) {
        let free = known.iter().filter(|name| entry.get(**name).is_none());
        // A word that would head the column in a table is as near as can be.
        let heads = vocabulary::field(paper, found).map(Field::name);
        let near = free.filter(|_| found.len() <= vocabulary::LONGEST).map(|name| {
            let alike = strsim::normalized_damerau_levenshtein(found, name);
            (if heads == Some(*name) { 1.0 } else { alike }, *name)
        });
        let near = near.filter(|(alike, _)| *alike >= ALIKE).max_by(|a, b| a.0.total_cmp(&b.0));
        let found = found.clone();
        let fault = match near {
            Some((_, near)) => {
                slips.push(near);
                Fault::NearField { found, near: near.to_owned() }
            }
            None => Fault::UnknownField { found },
        };
        findings.push(Finding { place: place(None), fault });
    }
    match serde_path_to_error::deserialize(entry) {
        Ok(read) => Some(read),
        Err(error) => {
            let path = error.path().to_string();
            let reason = error.into_inner().to_string();
            // A slip has been told already.
            if !slips.iter().any(|slip| reason == format!("missing field `{slip}`")) {
                let heading = (path != ".").then_some(path);
                findings.push(Finding { place: place(heading), fault: Fault::BadField { reason } });
            }
            None
        }
    }
}

/// The lines, from 1, on which the entries of the list begin: the root's own or that of its field `name`. The text is
/// known to be JSON.
fn lines(text: &str, name: &str) -> Vec<usize> {
    let mut found = vec![];
    let (mut line, mut depth) = (1, 0_usize);
    // Is the root a list; the field of the root that is being read; the depth of the list, once inside.
    let mut field = String::new();
    let mut inside: Option<usize> = None;
    let mut awaited = false;
    let mut chars = text.char_indices();
    while let Some((at, c)) = chars.next() {
        let begins = !c.is_whitespace() && !matches!(c, ',' | ']' | '}' | ':');
        if begins && awaited && inside == Some(depth) {
            found.push(line);
            awaited = false;
        }
        match c {
            '\n' => line += 1,
            '"' => {
                let mut escaped = false;
                let end = chars.by_ref().find(|(_, c)| {
                    let ends = *c == '"' && !escaped;
                    escaped = *c == '\\' && !escaped;
                    ends
                });
                if depth == 1 && inside.is_none() {
                    field = end.map_or("", |(end, _)| &text[at + 1..end]).to_owned();
                }
            }
            '[' | '{' => {
                depth += 1;
                if c == '[' && inside.is_none() && (depth == 1 || (depth == 2 && field == name)) {
                    inside = Some(depth);
                    awaited = true;
                }
            }
            ']' | '}' => {
                if inside == Some(depth) {
                    return found;
                }
                depth = depth.saturating_sub(1);
            }
            ',' => awaited = inside == Some(depth),
            _ => {}
        }
    }
    found
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_field_or_kind_that_is_not_known_is_told_with_the_one_that_is_meant() {
        let found = |text: &str| {
            let mut findings = vec![];
            questions(text, &mut findings);
            findings.into_iter().map(|finding| (finding.place.row, finding.fault)).collect::<Vec<_>>()
        };
        let near = |found: &str| Fault::NearField { found: found.to_owned(), near: "key".to_owned() };
        for word in ["answer", "答案", "kay"] {
            let text = format!("[\n{{\"id\": \"q\", \"kind\": \"简答题\", \"stem\": \"甲\", \"{word}\": [\"乙\"]}}]");
            assert_eq!(found(&text), [(Some(2), near(word))], "{word}");
        }
        assert!(matches!(&found("[{\"kind\": \"puzzle\"}]")[..], [(Some(1), Fault::UnknownKind { .. })]));
        assert!(matches!(&found("[{\"kind\": \"fill\"}]")[..], [(Some(1), Fault::BadField { .. })]));
        assert_eq!(found("{}"), [(None, Fault::NoList)]);
        assert_eq!(found("[]"), [(None, Fault::NothingIn)]);
    }

    #[test]
    fn entries_are_found_on_their_lines() {
        assert_eq!(lines("[\n{\"a\": \"x,[\\\"\"},\n\n{\"b\": [1,\n2]}, {}\n]", "questions"), [2, 4, 5]);
        let text =
            "{\"teams\": [],\n\"title\": \"questions\", \"x\": {\"questions\": [1]},\n \"questions\": [{},\n{}]}";
        assert_eq!(lines(text, "questions"), [3, 4]);
        assert_eq!(lines("[]", "questions"), Vec::<usize>::new());
    }
}
