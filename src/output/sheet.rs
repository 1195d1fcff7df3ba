//! A contact sheet: stills spread evenly over a span, in a grid, to see a whole show at a glance.

use std::{path::Path, sync::Arc};

use super::{OutputError, Plan, png::write_png};
use crate::{director::Director, show::frame::Output, stage::Headless};

const COLUMNS: usize = 4;
const ROWS: usize = 5;
/// Cells are this many times smaller than the picture, each pixel the mean of as many by as many.
const SHRINK: usize = 4;

/// Writes `COLUMNS` × `ROWS` stills of `output`, row by row in the order of the show.
///
/// # Errors
/// When a still cannot be drawn or the file not be written.
pub fn contact_sheet(
    director: &mut Director,
    stage: &mut Headless,
    output: &Output,
    plan: &Plan,
    path: &Path,
) -> Result<(), OutputError> {
    let (width, height) = (output.raster.0 as usize / SHRINK, output.raster.1 as usize / SHRINK);
    let mut sheet = vec![0; width * COLUMNS * 4 * height * ROWS];
    let cells = COLUMNS * ROWS;
    for i in 0..cells {
        // The middle of each of the equal parts.
        let position_us = plan.from_us + (plan.to_us - plan.from_us) * (2 * i as i64 + 1) / (2 * cells as i64);
        director.seek(position_us);
        let pixels = stage
            .draw(Arc::clone(&director.frame(output)))
            .map_err(|source| OutputError::Stage { at_ms: position_us / 1000, source })?;
        let (left, top) = (i % COLUMNS * width, i / COLUMNS * height);
        for (y, line) in shrunk(pixels, output.raster.0 as usize, width, height).chunks_exact(width * 4).enumerate() {
            let start = ((top + y) * width * COLUMNS + left) * 4;
            if let Some(into) = sheet.get_mut(start..start + line.len()) {
                into.copy_from_slice(line);
            }
        }
    }
    write_png(path, ((width * COLUMNS) as u32, (height * ROWS) as u32), &sheet)
}

/// The mean of every `SHRINK` × `SHRINK` pixels.
fn shrunk(pixels: &[u8], full_width: usize, width: usize, height: usize) -> Vec<u8> {
    let mut cell = Vec::with_capacity(width * height * 4);
    for (y, x) in (0..height).flat_map(|y| (0..width).map(move |x| (y, x))) {
        for channel in 0..4 {
            let sum: usize = (0..SHRINK * SHRINK)
                .map(|i| (y * SHRINK + i / SHRINK) * full_width + x * SHRINK + i % SHRINK)
                .map(|pixel| pixels.get(pixel * 4 + channel).copied().map_or(0, usize::from))
                .sum();
            cell.push((sum / (SHRINK * SHRINK)) as u8);
        }
    }
    cell
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_the_mean_of_its_pixels() {
        // Left half black, right half white, 8 × 4 px: two pixels.
        let row = [[0_u8; 16], [200; 16]].concat();
        assert_eq!(shrunk(&row.repeat(4), 8, 2, 1), [0, 0, 0, 0, 200, 200, 200, 200]);
    }
}
