//! Rows and cells, whatever file they came from.

/// One row that has something in it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Row {
    /// As the spreadsheet numbers it, from 1.
    pub number: usize,
    /// Trimmed, lines parted by `\n`.
    pub cells: Vec<String>,
}

impl Row {
    /// The text of a column, empty where there is none.
    pub(super) fn cell(&self, index: usize) -> &str {
        self.cells.get(index).map_or("", String::as_str)
    }

    /// Cells up to the last that holds something.
    pub(super) fn width(&self) -> usize {
        self.cells.iter().rposition(|cell| !cell.is_empty()).map_or(0, |last| last + 1)
    }
}

/// Cells that are merged into one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Merged {
    /// As the spreadsheet names it: `C1:F1`.
    pub range: String,
    /// First and last, from 1.
    pub rows: (usize, usize),
}

/// A cell that holds no text.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Odd {
    pub row: usize,
    /// From 0.
    pub column: usize,
    pub found: String,
}

#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(super) struct Table {
    pub sheet: Option<String>,
    pub rows: Vec<Row>,
    pub merged: Vec<Merged>,
    pub odd: Vec<Odd>,
}

/// A cell's text as it is meant: without space around it, line ends of one kind.
pub(super) fn tidy(text: &str) -> String {
    text.replace("\r\n", "\n")
        .replace('\r', "\n")
        .trim_matches(|c: char| c.is_whitespace() || c == '\u{feff}')
        .to_owned()
}

/// A column's letters, from 0: A, Z, AA.
pub(super) fn letters(index: usize) -> String {
    let mut rest = index;
    let mut letters = vec![];
    loop {
        letters.push(char::from(b'A' + u8::try_from(rest % 26).unwrap_or(0)));
        if rest < 26 {
            break;
        }
        rest = rest / 26 - 1;
    }
    letters.iter().rev().collect()
}

#[cfg(test)]
mod tests {
    #[test]
    fn columns_are_lettered_as_in_a_spreadsheet() {
        let lettered = [0, 25, 26, 51, 52, 701, 702].map(super::letters);
        assert_eq!(lettered, ["A", "Z", "AA", "AZ", "BA", "ZZ", "AAA"]);
    }
}
