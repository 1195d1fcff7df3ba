//! XLSX workbooks: every visible sheet as a table, with its merged cells and those that hold no text.

use std::io::{Cursor, Read};

use calamine::{DataRef, Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::table::{Merged, Odd, Row, Table, letters, tidy};
use crate::show::{
    bank::Fault,
    limits::{BANK_UNPACKED_BYTES, TABLE_COLUMNS, TABLE_ROWS},
};

/// The tables, or why there are none.
pub(super) fn tables(bytes: Vec<u8>) -> Result<Vec<Table>, Fault> {
    let reason = |error: XlsxError| Fault::BadTable { reason: error.to_string().chars().take(160).collect() };
    weigh(&bytes)?;
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(reason)?;
    let sheets = book.sheets_metadata().iter();
    let sheets = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = sheets.map(|sheet| sheet.name.clone()).collect();
    let mut tables = vec![];
    let mut rows = 0;
    for name in names {
        let merged = book.merge_cells_by_sheet_name(&name).map_err(reason)?;
        let mut table =
            Table { sheet: Some(name.clone()), merged: merged.iter().map(named).collect(), ..Table::default() };
        // Cell by cell: as a rectangle, a sheet with one cell at each of two far corners would fill the memory.
        let mut cells = book.worksheet_cells_reader(&name).map_err(reason)?;
        while let Some(cell) = cells.next_cell().map_err(reason)? {
            let (row, column) = cell.get_position();
            let (number, column) = (row as usize + 1, column as usize);
            let read = text(cell.get_value());
            if read.as_ref().is_ok_and(String::is_empty) {
                continue;
            }
            if column >= TABLE_COLUMNS {
                return Err(Fault::ManyColumns { row: number, most: TABLE_COLUMNS });
            }
            if table.rows.last().is_none_or(|last| last.number < number) {
                rows += 1;
                if rows > TABLE_ROWS {
                    return Err(Fault::ManyRows { most: TABLE_ROWS });
                }
                table.rows.push(Row { number, cells: vec![] });
            }
            if let Err(found) = &read {
                table.odd.push(Odd { row: number, column, found: found.clone() });
            }
            // Rows come in order; of one that came before all others are known.
            let at = table.rows.partition_point(|row| row.number < number);
            let Some(row) = table.rows.get_mut(at).filter(|row| row.number == number) else {
                return Err(Fault::BadTable { reason: format!("row {number} stands behind a later one") });
            };
            if row.cells.len() <= column {
                row.cells.resize(column + 1, String::new());
            }
            if let Some(place) = row.cells.get_mut(column) {
                *place = read.unwrap_or_else(|found| found);
            }
        }
        tables.push(table);
    }
    Ok(tables)
}

/// A workbook is packed: what it says of itself is not believed, it is unpacked into nothing and counted.
fn weigh(bytes: &[u8]) -> Result<(), Fault> {
    let bad = |reason: String| Fault::BadTable { reason };
    let mut packed = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|error| bad(error.to_string()))?;
    let mut left = BANK_UNPACKED_BYTES;
    for index in 0..packed.len() {
        let entry = packed.by_index(index).map_err(|error| bad(error.to_string()))?;
        let unpacked = std::io::copy(&mut entry.take(left + 1), &mut std::io::sink());
        let unpacked = unpacked.map_err(|error| bad(error.to_string()))?;
        left = left.checked_sub(unpacked).ok_or(Fault::LargeUnpacked { most: BANK_UNPACKED_BYTES })?;
    }
    Ok(())
}

/// A cell's text; `Err` with what stands there where it was never meant as one.
fn text(value: &DataRef) -> Result<String, String> {
    match value {
        DataRef::Empty => Ok(String::new()),
        DataRef::String(text) => Ok(tidy(text)),
        DataRef::SharedString(text) => Ok(tidy(text)),
        DataRef::Int(number) => Ok(number.to_string()),
        DataRef::Float(number) => Ok(number.to_string()),
        DataRef::Bool(truth) => Ok(truth.to_string()),
        DataRef::DateTime(date) => Err(date.to_string()),
        DataRef::DateTimeIso(text) | DataRef::DurationIso(text) => Err(text.clone()),
        DataRef::Error(error) => Err(error.to_string()),
    }
}

fn named(range: &Dimensions) -> Merged {
    let cell = |(row, column): (u32, u32)| format!("{}{}", letters(column as usize), u64::from(row) + 1);
    let rows = (range.start.0 as usize + 1, range.end.0 as usize + 1);
    Merged { range: format!("{}:{}", cell(range.start), cell(range.end)), rows }
}
