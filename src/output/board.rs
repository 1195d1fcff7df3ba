//! Pages of captioned pictures, to see many at a glance: contact sheets, galleries, comparisons.

use std::{
    path::{Path, PathBuf},
    sync::Arc,
};

use image::{RgbaImage, imageops};

use super::{OutputError, png::write_png};
use crate::{
    show::frame::{
        Anchor, Content, Face, Fill, Frame, Layer, LayerKey, LayerKind, Part, Placement, Point, Rect, Rgba, TextStyle,
    },
    stage::{Headless, StageError},
};

/// The caption below a picture, px: two lines, their tops, their height, their size, their distance from the left.
const CAPTION: u32 = 48;
const LINES: [f32; 2] = [3.0, 24.0];
const LINE: f32 = 20.0;
const TYPE: f32 = 16.0;
const MARGIN: f32 = 6.0;
const PAPER: [u8; 4] = [15, 15, 18, 255];
const INK: Rgba = Rgba { r: 1.0, g: 1.0, b: 1.0, a: 1.0 };
const INK2: Rgba = Rgba { r: 0.7, g: 0.7, b: 0.72, a: 1.0 };
/// What shows through a transparent picture: squares of two greys.
const SQUARE: u32 = 12;
const SQUARES: [u8; 2] = [96, 128];

/// Pages in the making: a page is written when it is full.
pub struct Board {
    path: PathBuf,
    /// A picture, px.
    cell: (u32, u32),
    columns: usize,
    rows: usize,
    cells: Vec<(RgbaImage, [String; 2])>,
    files: Vec<PathBuf>,
}

impl Board {
    /// Pages of `columns` × `rows` pictures of `cell` px: `path`, and for more `path` with `-2`, `-3`… before its
    /// extension.
    pub fn new(path: &Path, cell: (u32, u32), columns: usize, rows: usize) -> Self {
        Self { path: path.to_owned(), cell, columns, rows, cells: Vec::new(), files: Vec::new() }
    }

    /// Adds a picture of straight RGBA8 rows, shrunk to the cell: each pixel the mean of those it stands for.
    ///
    /// # Errors
    /// When a page is full and cannot be written.
    pub fn add(
        &mut self,
        stage: &mut Headless,
        size: (u32, u32),
        pixels: &[u8],
        caption: [String; 2],
    ) -> Result<(), OutputError> {
        let picture = RgbaImage::from_raw(size.0, size.1, pixels.to_vec()).unwrap_or_default();
        self.cells.push((fitted(&opaque(picture), self.cell), caption));
        if self.cells.len() == self.columns * self.rows { self.write(stage) } else { Ok(()) }
    }

    /// Adds a picture of a file.
    ///
    /// # Errors
    /// When it cannot be read, or a full page not be written.
    pub fn add_file(&mut self, stage: &mut Headless, file: &Path, caption: [String; 2]) -> Result<(), OutputError> {
        let fault =
            |error: image::ImageError| OutputError::Picture { path: file.to_owned(), reason: error.to_string() };
        let picture = image::open(file).map_err(fault)?.to_rgba8();
        self.add(stage, picture.dimensions(), picture.as_raw(), caption)
    }

    /// The pages' files.
    ///
    /// # Errors
    /// When the last page cannot be written.
    pub fn finish(mut self, stage: &mut Headless) -> Result<Vec<PathBuf>, OutputError> {
        if !self.cells.is_empty() {
            self.write(stage)?;
        }
        Ok(self.files)
    }

    fn write(&mut self, stage: &mut Headless) -> Result<(), OutputError> {
        let cells = std::mem::take(&mut self.cells);
        let rows = cells.len().div_ceil(self.columns) as u32;
        let (width, height) = (self.cell.0, self.cell.1 + CAPTION);
        let size = (width * self.columns as u32, height * rows);
        let corner = |i: usize| ((i % self.columns) as u32 * width, (i / self.columns) as u32 * height);
        let captions = cells.iter().enumerate().map(|(i, (_, caption))| (corner(i), caption));
        let path = page_path(&self.path, self.files.len() + 1);
        let texts = captions_frame(size, self.cell.1, captions);
        let drawn = stage
            .draw(Arc::new(texts))
            .map_err(|source: StageError| OutputError::Scene { scene: path.display().to_string(), source })?;
        let mut page = RgbaImage::from_raw(size.0, size.1, drawn.to_vec()).unwrap_or_default();
        for (i, (picture, _)) in cells.iter().enumerate() {
            let (x, y) = corner(i);
            imageops::replace(&mut page, picture, i64::from(x), i64::from(y));
        }
        write_png(&path, size, page.as_raw())?;
        self.files.push(path);
        Ok(())
    }
}

/// The page's paper with all its captions.
fn captions_frame<'a>(
    size: (u32, u32),
    below: u32,
    captions: impl Iterator<Item = ((u32, u32), &'a [String; 2])>,
) -> Frame {
    let (width, height) = (size.0 as f32, size.1 as f32);
    let paper = PAPER.map(|c| f32::from(c) / 255.0);
    let mut parts = vec![Part::Plate {
        rect: Rect::new(0.0, 0.0, width, height),
        radii: [0.0; 4],
        fill: Fill::Solid(Rgba { r: paper[0], g: paper[1], b: paper[2], a: 1.0 }),
        border: None,
        shadow: None,
        turn: 0.0,
    }];
    for ((x, y), caption) in captions {
        for ((text, top), colour) in caption.iter().zip(LINES).zip([INK, INK2]) {
            parts.push(Part::Text {
                at: Point { x: x as f32 + MARGIN, y: y as f32 + below as f32 + top },
                line: LINE,
                anchor: Anchor::Start,
                text: text.clone(),
                style: TextStyle { face: Face::Sans, size: TYPE, weight: 600, tracking: 0.0, colour },
            });
        }
    }
    let layer = Layer {
        key: LayerKey { kind: LayerKind::Mark, entry: 0, index: u16::MAX },
        content: Arc::new(Content { size: (width, height), opaque: true, parts }),
        placement: Placement::at(0.0, 0.0),
    };
    Frame { raster: size, scale: 1.0, offset: (0.0, 0.0), layers: vec![layer] }
}

/// Laid over squares where it is transparent.
fn opaque(mut picture: RgbaImage) -> RgbaImage {
    for (x, y, pixel) in picture.enumerate_pixels_mut() {
        let [r, g, b, a] = pixel.0;
        if a < 255 {
            let below = SQUARES[((x / SQUARE + y / SQUARE) % 2) as usize];
            let mix = |c: u8| ((u32::from(c) * u32::from(a) + u32::from(below) * u32::from(255 - a)) / 255) as u8;
            pixel.0 = [mix(r), mix(g), mix(b), 255];
        }
    }
    picture
}

/// At the size of a cell: whole factors by the mean of each block, others by a smooth filter.
fn fitted(picture: &RgbaImage, (width, height): (u32, u32)) -> RgbaImage {
    let (w, h) = picture.dimensions();
    let whole = w.is_multiple_of(width) && h.is_multiple_of(height) && w / width == h / height;
    if !whole || w == 0 {
        return imageops::resize(picture, width, height, imageops::FilterType::CatmullRom);
    }
    let by = w / width;
    RgbaImage::from_fn(width, height, |x, y| {
        let mut sum = [0_u32; 4];
        for (dx, dy) in (0..by).flat_map(|dy| (0..by).map(move |dx| (dx, dy))) {
            let pixel = picture.get_pixel(x * by + dx, y * by + dy);
            sum.iter_mut().zip(pixel.0).for_each(|(sum, c)| *sum += u32::from(c));
        }
        image::Rgba(sum.map(|sum| (sum / (by * by)) as u8))
    })
}

/// `sheet.png`, `sheet-2.png`, …
fn page_path(path: &Path, number: usize) -> PathBuf {
    if number == 1 {
        return path.to_owned();
    }
    let stem = path.file_stem().unwrap_or_default().to_string_lossy();
    path.with_file_name(format!("{stem}-{number}.png"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_is_the_mean_of_its_pixels() {
        // Left half black, right half white, 4 × 2 px: two pixels.
        let picture = RgbaImage::from_fn(4, 2, |x, _| image::Rgba(if x < 2 { [0, 0, 0, 255] } else { [200; 4] }));
        assert_eq!(fitted(&picture, (2, 1)).as_raw(), &[0, 0, 0, 255, 200, 200, 200, 200]);
        assert_eq!(fitted(&picture, (3, 1)).dimensions(), (3, 1));
    }

    #[test]
    fn what_is_transparent_lies_on_squares() {
        let clear = opaque(RgbaImage::from_pixel(24, 1, image::Rgba([255, 255, 255, 0])));
        assert_eq!((clear.get_pixel(0, 0).0, clear.get_pixel(23, 0).0), ([96, 96, 96, 255], [128, 128, 128, 255]));
    }

    #[test]
    fn further_pages_are_numbered() {
        assert_eq!(page_path(Path::new("out/a.png"), 1), Path::new("out/a.png"));
        assert_eq!(page_path(Path::new("out/a.png"), 3), Path::new("out/a-3.png"));
    }
}
