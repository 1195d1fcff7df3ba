//! Places: where in the text of `outputs.ron` a value was written, which RON's own reader does not keep.

use std::collections::BTreeMap;

use crate::show::cursor::Cursor;

/// Line and column from 1, by path: `outputs[1].slices.slices[0].to`.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Places(BTreeMap<String, (usize, usize)>);

impl Places {
    /// Reads a text that RON has found well formed; of another one as far as it goes.
    pub fn of(text: &str) -> Self {
        let mut scanner = Scanner { cursor: Cursor::new(text), found: BTreeMap::new() };
        scanner.cursor.begin();
        scanner.value("");
        Self(scanner.found)
    }

    /// Where the value at `path` stands, or what it lies in.
    pub fn at(&self, path: &str) -> (usize, usize) {
        let mut path = path;
        loop {
            if let Some(place) = self.0.get(path) {
                return *place;
            }
            match path.rfind(['.', '[']) {
                Some(end) => path = path.get(..end).unwrap_or(""),
                None if path.is_empty() => return (1, 1),
                None => path = "",
            }
        }
    }
}

struct Scanner<'a> {
    cursor: Cursor<'a>,
    found: BTreeMap<String, (usize, usize)>,
}

impl Scanner<'_> {
    fn value(&mut self, path: &str) {
        self.cursor.skip();
        self.found.entry(path.to_owned()).or_insert((self.cursor.line, self.cursor.column));
        if self.string() {
            return;
        }
        // The name of a variant or a struct.
        let name = self.cursor.rest.get(..word(self.cursor.rest)).unwrap_or("");
        self.cursor.pass(name.len());
        self.cursor.skip();
        if name == "Some" && self.cursor.rest.starts_with('(') {
            // What is wrapped stands for itself.
            self.cursor.step();
            self.value(path);
            self.cursor.skip();
            if self.cursor.rest.starts_with([',', ')']) {
                self.cursor.step();
            }
            return;
        }
        match self.cursor.rest.chars().next() {
            Some('(') => self.group(path, ')'),
            Some('[') => self.group(path, ']'),
            Some('{') => self.group(path, '}'),
            _ => self.cursor.pass(self.cursor.rest.find([',', ')', ']', '}']).unwrap_or(self.cursor.rest.len())),
        }
    }

    /// Fields by name, elements by number.
    fn group(&mut self, path: &str, close: char) {
        self.cursor.step();
        let mut number = 0;
        loop {
            self.cursor.skip();
            if self.cursor.rest.is_empty() || self.cursor.rest.starts_with(close) {
                self.cursor.step();
                return;
            }
            let before = self.cursor.rest.len();
            let name = self.cursor.rest.get(..word(self.cursor.rest)).unwrap_or("");
            let is_field = !name.is_empty()
                && self.cursor.rest.get(name.len()..).is_some_and(|rest| rest.trim_start().starts_with(':'));
            if is_field {
                let name = name.to_owned();
                self.cursor.pass(name.len());
                self.cursor.skip();
                self.cursor.step();
                self.value(&if path.is_empty() { name } else { format!("{path}.{name}") });
            } else {
                self.value(&format!("{path}[{number}]"));
                number += 1;
            }
            self.cursor.skip();
            if self.cursor.rest.starts_with([',', ':']) || self.cursor.rest.len() == before {
                self.cursor.step();
            }
        }
    }

    /// Whether a string stood here.
    fn string(&mut self) -> bool {
        let hashes =
            self.cursor.rest.strip_prefix('r').map_or(0, |rest| rest.len() - rest.trim_start_matches('#').len());
        let raw = self.cursor.rest.starts_with('r')
            && self.cursor.rest.get(1 + hashes..).is_some_and(|rest| rest.starts_with('"'));
        if raw {
            let (begin, end) = (2 + hashes, format!("\"{}", "#".repeat(hashes)));
            let length = self.cursor.rest.get(begin..).and_then(|rest| rest.find(&end));
            self.cursor.pass(length.map_or(self.cursor.rest.len(), |length| begin + length + end.len()));
        } else if self.cursor.rest.starts_with('"') {
            self.cursor.step();
            while let Some(next) = self.cursor.step().filter(|next| *next != '"') {
                if next == '\\' {
                    self.cursor.step();
                }
            }
        }
        raw
    }
}

/// Length of the identifier that the text begins with, bytes.
fn word(text: &str) -> usize {
    text.find(|c: char| !c.is_alphanumeric() && c != '_' && c != '#').unwrap_or(text.len())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_value_is_found_where_it_was_written() {
        let text = "// outputs: 3\n(outputs: [\n  (name: \"a, (b)\", raster: (64, 36)),\n  (\n    name: r#\"c\"d\"#, \
                    place: display(\n      connector: Some(\"X\")),\n    slices: Some((slices: [(), (to: (1, 2))])))])";
        let places = Places::of(text);
        for (path, at) in [
            ("outputs[0].name", (3, 10)),
            ("outputs[0].raster[1]", (3, 33)),
            ("outputs[1]", (4, 3)),
            ("outputs[1].place", (5, 28)),
            ("outputs[1].place.connector", (6, 18)),
            ("outputs[1].slices.slices[1].to", (7, 37)),
            ("outputs[1].slices.slices[1].from", (7, 32)),
            ("outputs[9].name", (2, 11)),
        ] {
            let line = text.lines().nth(at.0 - 1).unwrap_or("");
            assert_eq!(places.at(path), at, "{path} in {line}");
        }
        assert_eq!(Places::of("").at("outputs[3]"), (1, 1));
        Places::of("(a: [(, \"");
    }
}
