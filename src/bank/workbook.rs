//! XLSX workbooks: every visible sheet as a table, with its merged cells and those that hold no text.

use std::io::Cursor;

use calamine::{Data, Dimensions, Reader, SheetType, SheetVisible, Xlsx, XlsxError};

use super::table::{Merged, Odd, Row, Table, letters, tidy};

/// The tables, or the reader's reason why there are none.
pub(super) fn tables(bytes: Vec<u8>) -> Result<Vec<Table>, String> {
    let reason = |error: XlsxError| error.to_string();
    let mut book: Xlsx<_> = Xlsx::new(Cursor::new(bytes)).map_err(reason)?;
    let sheets = book.sheets_metadata().iter();
    let sheets = sheets.filter(|sheet| sheet.typ == SheetType::WorkSheet && sheet.visible == SheetVisible::Visible);
    let names: Vec<String> = sheets.map(|sheet| sheet.name.clone()).collect();
    let mut tables = vec![];
    for name in names {
        let merged = book.merge_cells_by_sheet_name(&name).map_err(reason)?;
        let range = book.worksheet_range(&name).map_err(reason)?;
        let (first, left) = range.start().unwrap_or((0, 0));
        let mut table = Table { sheet: Some(name), merged: merged.iter().map(named).collect(), ..Table::default() };
        for (i, values) in range.rows().enumerate() {
            let number = first as usize + i + 1;
            // Columns keep their letters where the sheet begins further right.
            let mut cells = vec![String::new(); left as usize];
            for value in values {
                let read = text(value);
                if let Err(found) = &read {
                    table.odd.push(Odd { row: number, column: cells.len(), found: found.clone() });
                }
                cells.push(read.unwrap_or_else(|found| found));
            }
            if cells.iter().any(|cell| !cell.is_empty()) {
                table.rows.push(Row { number, cells });
            }
        }
        tables.push(table);
    }
    Ok(tables)
}

/// A cell's text; `Err` with what stands there where it was never meant as one.
fn text(value: &Data) -> Result<String, String> {
    match value {
        Data::Empty => Ok(String::new()),
        Data::String(text) => Ok(tidy(text)),
        Data::Int(number) => Ok(number.to_string()),
        Data::Float(number) => Ok(number.to_string()),
        Data::Bool(truth) => Ok(truth.to_string()),
        Data::DateTime(date) => Err(date.to_string()),
        Data::DateTimeIso(text) | Data::DurationIso(text) => Err(text.clone()),
        Data::Error(error) => Err(error.to_string()),
    }
}

fn named(range: &Dimensions) -> Merged {
    let cell = |(row, column): (u32, u32)| format!("{}{}", letters(column as usize), row + 1);
    let rows = (range.start.0 as usize + 1, range.end.0 as usize + 1);
    Merged { range: format!("{}:{}", cell(range.start), cell(range.end)), rows }
}
