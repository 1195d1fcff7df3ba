//! A picture as PNG, written whole or not at all.

use std::{
    fs,
    io::{BufWriter, Write},
    path::{Path, PathBuf},
};

use image::{
    ExtendedColorType, ImageEncoder,
    codecs::png::{CompressionType, FilterType, PngEncoder},
};

use super::OutputError;

/// Writes straight RGBA8 rows. The file appears complete: it is written beside and renamed.
///
/// # Errors
/// When the folder cannot be made or the file not be written.
pub fn write_png(path: &Path, (width, height): (u32, u32), rgba: &[u8]) -> Result<(), OutputError> {
    let fault = |error: &dyn std::error::Error| OutputError::write(path, error);
    if let Some(folder) = path.parent().filter(|folder| !folder.as_os_str().is_empty()) {
        fs::create_dir_all(folder).map_err(|error| fault(&error))?;
    }
    let part = part(path);
    let file = fs::File::create(&part).map_err(|error| fault(&error))?;
    encode(BufWriter::new(file), (width, height), rgba).map_err(|error| fault(&error))?;
    fs::rename(&part, path).map_err(|error| fault(&error))
}

/// The same as bytes.
///
/// # Errors
/// When the rows are not as many or as long as the size says.
pub fn png_bytes(size: (u32, u32), rgba: &[u8]) -> Result<Vec<u8>, OutputError> {
    let mut bytes = Vec::new();
    encode(&mut bytes, size, rgba).map_err(|error| OutputError::write(Path::new("PNG"), &error))?;
    Ok(bytes)
}

fn encode(into: impl Write, (width, height): (u32, u32), rgba: &[u8]) -> image::ImageResult<()> {
    PngEncoder::new_with_quality(into, CompressionType::Fast, FilterType::Adaptive).write_image(
        rgba,
        width,
        height,
        ExtendedColorType::Rgba8,
    )
}

/// The name that a file has until it is complete.
pub(super) fn part(path: &Path) -> PathBuf {
    let mut name = path.file_name().unwrap_or_default().to_owned();
    name.push(".part");
    path.with_file_name(name)
}
