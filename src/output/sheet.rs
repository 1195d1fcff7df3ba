//! Contact sheets: one captioned still for each moment of a show, to see all of it at a glance.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{Board, OutputError};
use crate::{
    director::Director,
    show::{clip::Reel, frame::Output, tape::Moment},
    stage::Headless,
};

const COLUMNS: usize = 4;
const ROWS: usize = 6;
/// The height of a still, px; drawn [`SHRINK`] times as large, each pixel the mean of as many by as many.
const HEIGHT: u32 = 270;
const SHRINK: u32 = 2;

/// Writes the moments as pages of [`COLUMNS`] × [`ROWS`] stills (half as many columns for a wall): `path`, and for more
/// `path` with `-2`, `-3`… before its extension. `output` gives class and language. `done` is told how many stills are
/// drawn; `reel` brings the pictures of films.
///
/// # Errors
/// When there is no moment, a still cannot be drawn or a file not be written.
pub fn contact_sheets(
    director: &mut Director,
    output: &Output,
    moments: &[Moment],
    path: &Path,
    reel: Option<Arc<dyn Reel>>,
    done: &mut dyn FnMut(u64),
) -> Result<Vec<PathBuf>, OutputError> {
    if moments.is_empty() {
        return Err(OutputError::NoMoment);
    }
    let (canvas, columns) = (output.class.canvas(), columns(output));
    let cell = ((HEIGHT as f32 * canvas.0 / canvas.1) as u32, HEIGHT);
    let output = Output { raster: (cell.0 * SHRINK, cell.1 * SHRINK), ..*output };
    let start_us = director.transport().map_or(0, crate::director::Transport::start_us);
    let mut stage = Headless::new(output.raster).map_err(|source| OutputError::Stage { at_ms: 0, source })?;
    if let Some(reel) = reel {
        stage.set_reel(reel);
    }
    let mut board = Board::new(path, cell, columns, ROWS);
    for (drawn, moment) in (1..).zip(moments) {
        let position_us = moment.at - start_us;
        director.seek(position_us);
        let pixels = stage
            .draw(director.frame(&output))
            .map_err(|source| OutputError::Stage { at_ms: position_us / 1000, source })?
            .to_vec();
        board.add(&mut stage, output.raster, &pixels, caption(position_us, moment))?;
        done(drawn);
    }
    board.finish(&mut stage)
}

/// As many pictures abreast as the page is wide, whatever their shape.
pub(super) fn columns(output: &Output) -> usize {
    let canvas = output.class.canvas();
    ((COLUMNS as f32 * 16.0 / 9.0 / (canvas.0 / canvas.1)) as usize).max(1)
}

/// When, in which round, which event.
fn caption(position_us: i64, moment: &Moment) -> [String; 2] {
    let seconds = position_us / 1_000_000;
    let clock = format!("{:02}:{:02}", seconds / 60, seconds % 60);
    [format!("{clock}  {}", moment.round), format!("#{} {}", moment.seq, moment.event)]
}
