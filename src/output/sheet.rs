//! A contact sheet: stills spread evenly over a span, in a grid, to see a whole show at a glance.

use std::{path::Path, sync::Arc};

use super::{OutputError, Plan, png::write_png};
use crate::{director::Director, show::frame::Output, stage::Headless};

const COLUMNS: u32 = 4;
const ROWS: u32 = 5;

/// Writes `COLUMNS` × `ROWS` stills of `cell`'s raster each, row by row in the order of the show.
///
/// # Errors
/// When a still cannot be drawn or the file not be written.
pub fn contact_sheet(
    director: &mut Director,
    stage: &mut Headless,
    cell: &Output,
    plan: &Plan,
    path: &Path,
) -> Result<(), OutputError> {
    let (width, height) = cell.raster;
    let row_bytes = width as usize * 4;
    let sheet_row_bytes = row_bytes * COLUMNS as usize;
    let mut sheet = vec![0; sheet_row_bytes * (height * ROWS) as usize];
    let cells = i64::from(COLUMNS * ROWS);
    for i in 0..cells {
        // The middle of each of the equal parts.
        let position_us = plan.from_us + (plan.to_us - plan.from_us) * (2 * i + 1) / (2 * cells);
        director.seek(position_us);
        let pixels = stage
            .draw(Arc::clone(&director.frame(cell)))
            .map_err(|source| OutputError::Stage { at_ms: position_us / 1000, source })?;
        let (column, row) = (i as usize % COLUMNS as usize, i as usize / COLUMNS as usize);
        let first = row * height as usize * sheet_row_bytes + column * row_bytes;
        for (y, line) in pixels.chunks_exact(row_bytes).enumerate() {
            let start = first + y * sheet_row_bytes;
            if let Some(into) = sheet.get_mut(start..start + row_bytes) {
                into.copy_from_slice(line);
            }
        }
    }
    write_png(path, (width * COLUMNS, height * ROWS), &sheet)
}
