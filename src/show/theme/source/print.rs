//! A merged tree as RON text again, with a map from its lines to where each was written.

use super::tree::{At, Body, Node};

/// RON text whose every place can be traced.
pub struct Printed {
    pub text: String,
    lines: Vec<Line>,
}

/// One line: the key's place, the column at which its value begins, the value's place.
#[derive(Clone, Copy)]
struct Line {
    key: At,
    value_from: usize,
    value: At,
}

impl Printed {
    /// Where what stands at (line, column) of the text was written.
    pub fn trace(&self, line: usize, column: usize) -> At {
        let Some(found) = line.checked_sub(1).and_then(|i| self.lines.get(i)).or(self.lines.last()) else {
            return At::default();
        };
        if column < found.value_from {
            found.key
        } else {
            At { column: found.value.column + (column - found.value_from), ..found.value }
        }
    }
}

pub fn print(tree: &Node) -> Printed {
    let mut printed = Printed { text: String::new(), lines: Vec::new() };
    printed.push("#![enable(implicit_some)]\n", tree.at, 1, tree.at);
    printed.node(tree, "", tree.at);
    printed
}

impl Printed {
    fn push(&mut self, line: &str, key: At, value_from: usize, value: At) {
        self.text.push_str(line);
        self.lines.push(Line { key, value_from, value });
    }

    /// `lead` is what stands before the value on its line: `key: `.
    fn node(&mut self, node: &Node, lead: &str, key: At) {
        let from = lead.chars().count() + 1;
        match &node.body {
            Body::Leaf(text) => {
                for (i, part) in text.lines().enumerate() {
                    let at = At { line: node.at.line + i, column: if i == 0 { node.at.column } else { 1 }, ..node.at };
                    let (lead, from) = if i == 0 { (lead, from) } else { ("", 1) };
                    self.push(&format!("{lead}{part}\n"), key, from, at);
                }
                self.comma(node.at);
            }
            Body::Fields { map, fields } => {
                let (open, close) = if *map { ('{', '}') } else { ('(', ')') };
                self.push(&format!("{lead}{open}\n"), key, from, node.at);
                for (name, entry) in fields {
                    self.node(&entry.node, &format!("{name}: "), entry.key_at);
                }
                self.push(&format!("{close}\n"), node.at, 1, node.at);
                self.comma(node.at);
            }
        }
    }

    /// After every value but the whole.
    fn comma(&mut self, at: At) {
        self.push(",\n", at, 1, at);
    }

    /// The text as RON reads it: the whole has no comma behind it.
    pub fn finished(mut self) -> Self {
        if let Some(whole) = self.text.strip_suffix(",\n") {
            self.text = whole.to_owned();
        }
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::theme::source::tree::scan;

    #[test]
    fn a_printed_tree_reads_the_same_and_is_traced_to_its_files() {
        let mut tree = scan("(a: (x: 1), list: [\n 1,\n 2], m: {\"k\": 3})", 0).unwrap();
        tree.lay(scan("\n(a: (  x: 7))", 1).unwrap());
        let printed = print(&tree).finished();
        let value: ron::Value = ron::from_str(&printed.text).unwrap();
        assert_eq!(value, ron::from_str::<ron::Value>("(a: (x: 7), list: [1, 2], m: {\"k\": 3})").unwrap());
        let line = printed.text.lines().position(|line| line.starts_with("x: 7")).unwrap() + 1;
        assert_eq!(printed.trace(line, 4), At { file: 1, line: 2, column: 11 });
        assert_eq!(printed.trace(line, 1), At { file: 1, line: 2, column: 8 });
        let line = printed.text.lines().position(|line| line.trim() == "2]").unwrap() + 1;
        assert_eq!(printed.trace(line, 2), At { file: 0, line: 3, column: 2 });
    }
}
