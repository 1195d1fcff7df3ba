//! A theme file as a tree of named fields whose leaves are RON text, each with its place: what merging needs, no more.
//!
//! RON's own reader keeps no places, and a theme is merged from several files before it is read: only so can a fault in
//! the merged theme be told with the file, line and column in which it was written.

use indexmap::IndexMap;

use crate::show::cursor::Cursor;

/// Fields lie no deeper than this.
pub const DEEPEST: usize = crate::show::limits::THEME_DEPTH;

/// Where something was written: index of the file, line and column from 1.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct At {
    pub file: usize,
    pub line: usize,
    pub column: usize,
}

/// A value and where it begins.
#[derive(Clone, Debug, PartialEq)]
pub struct Node {
    pub at: At,
    pub body: Body,
}

#[derive(Clone, Debug, PartialEq)]
pub enum Body {
    /// `( … )` or `{ … }`, by key.
    Fields { map: bool, fields: IndexMap<String, Entry> },
    /// Anything else, as it was written.
    Leaf(String),
}

#[derive(Clone, Debug, PartialEq)]
pub struct Entry {
    pub key_at: At,
    pub node: Node,
}

/// What cannot be read as a tree.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum TreeFault {
    /// Fields within fields beyond [`DEEPEST`].
    Deep(At),
    Twice(At, String),
    /// The text is no `( … )`.
    Shape(At),
}

impl Node {
    pub fn empty(at: At) -> Self {
        Self { at, body: Body::Fields { map: false, fields: IndexMap::new() } }
    }

    pub fn fields(&self) -> Option<&IndexMap<String, Entry>> {
        match &self.body {
            Body::Fields { fields, .. } => Some(fields),
            Body::Leaf(_) => None,
        }
    }

    pub fn leaf(&self) -> Option<&str> {
        match &self.body {
            Body::Leaf(text) => Some(text),
            Body::Fields { .. } => None,
        }
    }

    /// The value at `path` (`layout.card.text`).
    pub fn at_path(&self, path: &str) -> Option<&Self> {
        path.split('.').try_fold(self, |node, key| {
            let fields = node.fields()?;
            fields.get(key).or_else(|| fields.get(&format!("\"{key}\""))).map(|entry| &entry.node)
        })
    }

    /// Takes a field out.
    pub fn take(&mut self, key: &str) -> Option<Entry> {
        match &mut self.body {
            Body::Fields { fields, .. } => fields.shift_remove(key),
            Body::Leaf(_) => None,
        }
    }

    /// Lays `over` on `self`: fields field by field, anything else as a whole.
    pub fn lay(&mut self, over: Self) {
        match (&mut self.body, over.body) {
            (Body::Fields { map, fields }, Body::Fields { map: over_map, fields: over_fields }) if *map == over_map => {
                for (key, entry) in over_fields {
                    match fields.get_mut(&key) {
                        Some(below) => {
                            below.key_at = entry.key_at;
                            below.node.lay(entry.node);
                        }
                        None => {
                            fields.insert(key, entry);
                        }
                    }
                }
                self.at = over.at;
            }
            (_, body) => *self = Self { at: over.at, body },
        }
    }
}

/// Reads a text that RON has found well formed.
///
/// # Errors
/// Where fields lie too deep, a field is given twice, or the text is no `( … )`.
pub fn scan(text: &str, file: usize) -> Result<Node, TreeFault> {
    let mut scanner = Scanner { cursor: Cursor::new(text), file };
    scanner.cursor.begin();
    let node = scanner.value(0)?;
    if node.fields().is_some() { Ok(node) } else { Err(TreeFault::Shape(node.at)) }
}

struct Scanner<'a> {
    cursor: Cursor<'a>,
    file: usize,
}

impl Scanner<'_> {
    const fn at(&self) -> At {
        At { file: self.file, line: self.cursor.line, column: self.cursor.column }
    }

    fn value(&mut self, depth: usize) -> Result<Node, TreeFault> {
        let at = self.at();
        if depth > DEEPEST {
            return Err(TreeFault::Deep(at));
        }
        match self.cursor.rest.chars().next() {
            Some('(') if names_a_field(self.cursor.rest.get(1..).unwrap_or("")) => self.fields(at, false, depth),
            Some('{') => self.fields(at, true, depth),
            _ => {
                let before = self.cursor.rest;
                self.balanced(&[',', ')', '}']);
                let text = before.get(..before.len() - self.cursor.rest.len()).unwrap_or("").trim_end();
                Ok(Node { at, body: Body::Leaf(text.to_owned()) })
            }
        }
    }

    fn fields(&mut self, at: At, map: bool, depth: usize) -> Result<Node, TreeFault> {
        let close = if map { '}' } else { ')' };
        self.cursor.step();
        let mut fields = IndexMap::new();
        loop {
            self.cursor.skip();
            if self.cursor.rest.is_empty() || self.cursor.rest.starts_with(close) {
                self.cursor.step();
                return Ok(Node { at, body: Body::Fields { map, fields } });
            }
            let key_at = self.at();
            let before = self.cursor.rest;
            self.balanced(&[':', ',', close]);
            let key = before.get(..before.len() - self.cursor.rest.len()).unwrap_or("").trim().to_owned();
            self.cursor.step();
            self.cursor.skip();
            let node = self.value(depth + 1)?;
            if fields.contains_key(&key) {
                return Err(TreeFault::Twice(key_at, key));
            }
            fields.insert(key, Entry { key_at, node });
            self.cursor.skip();
            if self.cursor.rest.starts_with(',') {
                self.cursor.step();
            }
        }
    }

    /// Up to one of `ends` outside brackets, strings and comments.
    fn balanced(&mut self, ends: &[char]) {
        let mut open = 0usize;
        while let Some(next) = self.cursor.rest.chars().next() {
            if self.cursor.rest.starts_with("//") || self.cursor.rest.starts_with("/*") {
                self.cursor.skip();
                continue;
            }
            if open == 0 && ends.contains(&next) {
                return;
            }
            match next {
                '"' => self.string(),
                '(' | '[' | '{' => open += 1,
                ')' | ']' | '}' => open = open.saturating_sub(1),
                _ => {}
            }
            if next != '"' {
                self.cursor.step();
            }
        }
    }

    fn string(&mut self) {
        self.cursor.step();
        let mut escaped = false;
        while let Some(next) = self.cursor.step() {
            match next {
                _ if escaped => escaped = false,
                '\\' => escaped = true,
                '"' => return,
                _ => {}
            }
        }
    }
}

/// Whether what follows a bracket is `name:`, or nothing.
fn names_a_field(text: &str) -> bool {
    let mut scanner = Scanner { cursor: Cursor::new(text), file: 0 };
    scanner.cursor.skip();
    if scanner.cursor.rest.starts_with(')') {
        return true;
    }
    let name = scanner.cursor.rest.trim_start_matches(|c: char| c.is_alphanumeric() || c == '_');
    name.len() < scanner.cursor.rest.len() && name.trim_start().starts_with(':')
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tree(text: &str) -> Node {
        scan(text, 0).unwrap()
    }

    #[test]
    fn fields_and_leaves_keep_their_places() {
        let text = "#![enable(implicit_some)]\n// (no: 1)\n( a: (x: 1, y: -2.5), /* b: 0 */\n  b: [(1, \"),\")], c: {\"k\": (d: None)} )";
        let node = tree(text);
        assert_eq!(node.at_path("a.y").unwrap().leaf(), Some("-2.5"));
        assert_eq!(node.at_path("b").unwrap().leaf(), Some("[(1, \"),\")]"));
        assert_eq!(node.at_path("c.k.d").unwrap().at, At { file: 0, line: 4, column: 32 });
        assert_eq!(node.at_path("a.z"), None);
    }

    #[test]
    fn what_is_laid_over_replaces_leaves_and_joins_fields() {
        let mut below = tree("(a: (x: 1, y: 2), glow: (r: 1), list: [1, 2])");
        below.lay(scan("(a: (y: 3, z: 4), glow: None, list: [])", 1).unwrap());
        assert_eq!(below.at_path("a.x").unwrap().leaf(), Some("1"));
        assert_eq!(
            below.at_path("a.y").unwrap(),
            &Node { at: At { file: 1, line: 1, column: 9 }, body: Body::Leaf("3".into()) }
        );
        assert_eq!(below.at_path("glow").unwrap().leaf(), Some("None"));
        assert_eq!(below.at_path("list").unwrap().leaf(), Some("[]"));
    }

    #[test]
    fn depth_doubles_and_other_shapes_are_refused() {
        let deep = "(a: ".repeat(40) + "1" + &")".repeat(40);
        assert!(matches!(scan(&deep, 0), Err(TreeFault::Deep(_))));
        assert!(matches!(scan("(a: 1,\n a: 2)", 0), Err(TreeFault::Twice(At { line: 2, .. }, _))));
        assert!(matches!(scan("[1]", 0), Err(TreeFault::Shape(_))));
    }
}
