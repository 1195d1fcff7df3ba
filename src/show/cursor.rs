//! A place in a RON text: what is left of it, and the line and column where that begins.

/// Line and column count from 1, columns in characters.
#[derive(Clone, Copy, Debug)]
pub struct Cursor<'a> {
    pub rest: &'a str,
    pub line: usize,
    pub column: usize,
}

impl<'a> Cursor<'a> {
    pub const fn new(text: &'a str) -> Self {
        Self { rest: text, line: 1, column: 1 }
    }

    /// The next character, passed; none at the end.
    pub fn step(&mut self) -> Option<char> {
        let mut chars = self.rest.chars();
        let next = chars.next()?;
        self.rest = chars.as_str();
        (self.line, self.column) = if next == '\n' { (self.line + 1, 1) } else { (self.line, self.column + 1) };
        Some(next)
    }

    /// Passes so many bytes, to the end of a character.
    pub fn pass(&mut self, bytes: usize) {
        let end = self.rest.len() - bytes.min(self.rest.len());
        while self.rest.len() > end && self.step().is_some() {}
    }

    /// Passes what may stand before a document: white space, comments, RON's own attributes.
    pub fn begin(&mut self) {
        self.skip();
        while self.rest.starts_with("#!") {
            self.pass(self.rest.find(']').map_or(self.rest.len(), |end| end + 1));
            self.skip();
        }
    }

    /// Passes white space and comments.
    pub fn skip(&mut self) {
        loop {
            if self.rest.starts_with(char::is_whitespace) {
                self.step();
            } else if self.rest.starts_with("//") {
                self.pass(self.rest.find('\n').unwrap_or(self.rest.len()));
            } else if self.rest.starts_with("/*") {
                self.pass(self.rest.find("*/").map_or(self.rest.len(), |end| end + 2));
            } else {
                return;
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn comments_and_lines_are_passed_and_counted() {
        let mut cursor = Cursor::new("// 擂台\n /* a\n b */ 名: 1");
        cursor.skip();
        assert_eq!((cursor.rest, cursor.line, cursor.column), ("名: 1", 3, 7));
        cursor.pass(1);
        assert_eq!((cursor.rest, cursor.column), (": 1", 8));
        cursor.pass(99);
        assert_eq!((cursor.rest, cursor.step()), ("", None));
    }
}
