//! Contact sheets: one captioned still for each moment of a show, to see all of it at a glance.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{OutputError, png::write_png};
use crate::{
    director::Director,
    show::{
        frame::{
            Anchor, Content, Face, Fill, Frame, Layer, LayerKey, LayerKind, Output, Part, Placement, Point, Rect, Rgba,
            TextStyle,
        },
        tape::Moment,
    },
    stage::Headless,
};

const COLUMNS: usize = 4;
const ROWS: usize = 6;
/// A still, px; drawn [`SHRINK`] times as large, each pixel the mean of as many by as many.
const CELL: (u32, u32) = (480, 270);
const SHRINK: usize = 2;
/// The caption below a still, px.
const CAPTION: u32 = 48;
/// Design px per pixel of a cell, as the TV class has 1920 to a line.
const DESIGN: f32 = 4.0;
const PAPER: Rgba = Rgba { r: 0.06, g: 0.06, b: 0.07, a: 1.0 };
const INK: Rgba = Rgba { r: 1.0, g: 1.0, b: 1.0, a: 1.0 };
const INK2: Rgba = Rgba { r: 0.7, g: 0.7, b: 0.72, a: 1.0 };

/// Writes the moments as pages of [`COLUMNS`] × [`ROWS`] stills: `path`, and for more `path` with `-2`, `-3`… before
/// its extension. `output` gives class and language. `done` is told how many stills are drawn.
///
/// # Errors
/// When a still cannot be drawn or a file not be written.
pub fn contact_sheets(
    director: &mut Director,
    output: &Output,
    moments: &[Moment],
    path: &Path,
    done: &mut dyn FnMut(u64),
) -> Result<Vec<PathBuf>, OutputError> {
    let shrink = SHRINK as u32;
    let raster = (CELL.0 * shrink, CELL.1 * shrink);
    let whole = (raster.0, raster.1 + CAPTION * shrink);
    let output = Output { raster, ..*output };
    let start_us = director.transport().map_or(0, crate::director::Transport::start_us);
    let mut stage = Headless::new(whole).map_err(|source| OutputError::Stage { at_ms: 0, source })?;
    let mut files = Vec::new();
    let mut drawn = 0;
    for (number, page) in moments.chunks(COLUMNS * ROWS).enumerate() {
        let (width, height) = (CELL.0 as usize, (CELL.1 + CAPTION) as usize);
        let rows = page.len().div_ceil(COLUMNS);
        let mut sheet = vec![0; width * COLUMNS * 4 * height * rows];
        for (i, moment) in page.iter().enumerate() {
            let position_us = moment.at - start_us;
            director.seek(position_us);
            let frame = captioned(&director.frame(&output), whole, position_us, moment);
            let pixels = stage
                .draw(Arc::new(frame))
                .map_err(|source| OutputError::Stage { at_ms: position_us / 1000, source })?;
            let (left, top) = (i % COLUMNS * width, i / COLUMNS * height);
            for (y, line) in shrunk(pixels, whole.0 as usize, width, height).chunks_exact(width * 4).enumerate() {
                let start = ((top + y) * width * COLUMNS + left) * 4;
                if let Some(into) = sheet.get_mut(start..start + line.len()) {
                    into.copy_from_slice(line);
                }
            }
            drawn += 1;
            done(drawn);
        }
        let file = page_path(path, number + 1);
        write_png(&file, ((width * COLUMNS) as u32, (height * rows) as u32), &sheet)?;
        files.push(file);
    }
    Ok(files)
}

/// `sheet.png`, `sheet-2.png`, …
fn page_path(path: &Path, number: usize) -> PathBuf {
    if number == 1 {
        return path.to_owned();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}-{number}.png"))
}

/// The programme's frame with a caption below it: when, in which round, which event.
fn captioned(frame: &Frame, raster: (u32, u32), position_us: i64, moment: &Moment) -> Frame {
    let width = CELL.0 as f32 * DESIGN;
    let height = CAPTION as f32 * DESIGN;
    let seconds = position_us / 1_000_000;
    let clock = format!("{:02}:{:02}", seconds / 60, seconds % 60);
    let ground = Part::Plate {
        rect: Rect::new(0.0, 0.0, width, height),
        radii: [0.0; 4],
        fill: Fill::Solid(PAPER),
        border: None,
        shadow: None,
        turn: 0.0,
    };
    let text = |y: f32, colour: Rgba, text: String| Part::Text {
        at: Point { x: 6.0 * DESIGN, y },
        line: 20.0 * DESIGN,
        anchor: Anchor::Start,
        text,
        style: TextStyle { face: Face::Sans, size: 16.0 * DESIGN, weight: 600, tracking: 0.0, colour },
    };
    let parts = vec![
        ground,
        text(3.0 * DESIGN, INK, format!("{clock}  {}", moment.round)),
        text(24.0 * DESIGN, INK2, format!("#{} {}", moment.seq, moment.event)),
    ];
    let layer = Layer {
        key: LayerKey { kind: LayerKind::Mark, entry: 0, index: u16::MAX },
        content: Arc::new(Content { size: (width, height), opaque: false, parts }),
        placement: Placement::at(0.0, CELL.1 as f32 * DESIGN),
    };
    let mut layers = frame.layers.clone();
    layers.push(layer);
    Frame { raster, layers, ..frame.clone() }
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
        // Left half black, right half white, 4 × 2 px: two pixels.
        let row = [[0_u8; 8], [200; 8]].concat();
        assert_eq!(shrunk(&row.repeat(2), 4, 2, 1), [0, 0, 0, 0, 200, 200, 200, 200]);
    }

    #[test]
    fn further_pages_are_numbered() {
        assert_eq!(page_path(Path::new("out/a.png"), 1), Path::new("out/a.png"));
        assert_eq!(page_path(Path::new("out/a.png"), 3), Path::new("out/a-3.png"));
    }
}
