//! Text files: their encoding, and the rows of those that are parted by commas.

use encoding_rs::{Encoding, GB18030, UTF_8};

use super::table::{Row, Table, tidy};
use crate::show::{
    bank::Fault,
    limits::{TABLE_COLUMNS, TABLE_ROWS},
};

/// How spreadsheets part the cells of a text file, by country and menu.
const DELIMITERS: [u8; 3] = *b",\t;";
/// What operators call the encoding of a Chinese system.
const GBK: &str = "GBK";

/// The text, and a notice where it was not in UTF-8.
pub(super) fn decode(bytes: &[u8]) -> Result<(String, Option<Fault>), Fault> {
    if let Some((encoding, _)) = Encoding::for_bom(bytes) {
        let (text, _, damaged) = encoding.decode(bytes);
        let notice = (encoding != UTF_8).then(|| Fault::Decoded { encoding: encoding.name().to_owned() });
        return if damaged { Err(Fault::NotText) } else { Ok((text.into_owned(), notice)) };
    }
    if let Ok(text) = str::from_utf8(bytes) {
        return Ok((text.to_owned(), None));
    }
    let text = GB18030.decode_without_bom_handling_and_without_replacement(bytes).ok_or(Fault::NotText)?;
    Ok((text.into_owned(), Some(Fault::Decoded { encoding: GBK.to_owned() })))
}

/// Rows as a spreadsheet would number them: a cell of several lines stays in its row. More rows or columns than any bank
/// has are a fault.
pub(super) fn table(text: &str) -> Result<Table, Fault> {
    let text = text.replace("\r\n", "\n").replace('\r', "\n");
    let first = text.lines().find(|line| !line.trim().is_empty()).unwrap_or_default();
    let count = |delimiter: u8| first.bytes().filter(|byte| *byte == delimiter).count();
    // The first of equals: a comma.
    let delimiter = DELIMITERS.into_iter().rev().max_by_key(|delimiter| count(*delimiter)).unwrap_or(b',');
    let mut reader = csv::ReaderBuilder::new();
    let reader = reader.has_headers(false).flexible(true).delimiter(delimiter).from_reader(text.as_bytes());
    let mut rows = vec![];
    let mut number = 0;
    // The text is UTF-8 and rows may differ in length: there is no record that cannot be read.
    for record in reader.into_records().filter_map(Result::ok) {
        // The reader passes over empty lines before a record; a spreadsheet counts them.
        let begin = record.position().and_then(|at| usize::try_from(at.byte()).ok()).unwrap_or(0);
        number += 1 + text.as_bytes().iter().skip(begin).take_while(|byte| **byte == b'\n').count();
        if record.len() > TABLE_COLUMNS {
            return Err(Fault::ManyColumns { row: number, most: TABLE_COLUMNS });
        }
        if rows.len() == TABLE_ROWS {
            return Err(Fault::ManyRows { most: TABLE_ROWS });
        }
        let cells: Vec<String> = record.iter().map(tidy).collect();
        if cells.iter().any(|cell| !cell.is_empty()) {
            rows.push(Row { number, cells });
        }
    }
    Ok(Table { rows, ..Table::default() })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn numbered(text: &str) -> Vec<(usize, Vec<String>)> {
        table(text).unwrap().rows.into_iter().map(|row| (row.number, row.cells)).collect()
    }

    #[test]
    fn rows_are_counted_as_a_spreadsheet_counts_them() {
        let rows = numbered("a,b\n\n\"x\ny\",\" 1 \"\r\n,\n\"p,q\",2\n");
        let cells = |a: &str, b: &str| vec![a.to_owned(), b.to_owned()];
        assert_eq!(rows, [(1, cells("a", "b")), (3, cells("x\ny", "1")), (5, cells("p,q", "2"))]);
        assert_eq!(numbered("a\tb,c\td"), [(1, ["a", "b,c", "d"].map(str::to_owned).to_vec())]);
        assert_eq!(numbered(""), []);
    }

    #[test]
    fn encodings_are_told_apart() {
        assert_eq!(decode("题".as_bytes()), Ok(("题".to_owned(), None)));
        assert_eq!(decode("\u{feff}题".as_bytes()), Ok(("题".to_owned(), None)));
        let (gbk, _, _) = GB18030.encode("题干");
        let notice = |encoding: &str| Some(Fault::Decoded { encoding: encoding.to_owned() });
        assert_eq!(decode(&gbk), Ok(("题干".to_owned(), notice("GBK"))));
        assert_eq!(decode(&[0xFF, 0xFE, 0x98, 0x98]), Ok(("题".to_owned(), notice("UTF-16LE"))));
        assert_eq!(decode(&[0x81, 0x20, 0xFF]), Err(Fault::NotText));
    }
}
