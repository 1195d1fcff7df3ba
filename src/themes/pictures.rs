//! Every picture that a theme names must lie in its folder: found by reading the text, so that its place can be told.

use std::{
    collections::{BTreeMap, BTreeSet},
    io::Cursor,
    path::{Component, Path, PathBuf},
    sync::Arc,
};

use image::{DynamicImage, ImageDecoder, ImageReader};
use sha2::{Digest, Sha256};

use super::{SourceFile, ThemeError};
use crate::{
    bounded,
    show::{
        frame::Picture,
        limits::{PICTURE_BYTES, PICTURE_SIDE, PICTURES_DECODED_BYTES, THEME_PICTURES},
        told::{Clause, clause},
    },
};

const KINDS: [&str; 3] = [".png", ".jpg", ".jpeg"];

/// A string of the theme that names a picture, and where it stands (from 1).
#[derive(Debug, PartialEq, Eq)]
pub(super) struct Named<'a> {
    pub picture: &'a str,
    pub line: usize,
    pub column: usize,
}

/// Finds every picture that the text names good, before any of them is decoded. `known` are those of the theme's other
/// files, to which these are added.
pub(super) fn check(text: &str, file: &Path, known: &mut BTreeSet<PathBuf>) -> Result<(), ThemeError> {
    let folder = file.parent().unwrap_or(Path::new("."));
    named(text).into_iter().try_for_each(|Named { picture, line, column }| {
        if !known.insert(folder.join(picture)) {
            return Ok(());
        }
        let unfit = |reason: Clause| ThemeError::PictureUnfit {
            file: file.to_owned(),
            line,
            column,
            picture: picture.to_owned(),
            reason,
        };
        if known.len() > THEME_PICTURES {
            let most = THEME_PICTURES;
            let reason = clause!("theme-picture-count", "is one too many: a theme names at most {most} pictures", most);
            return Err(unfit(reason));
        }
        let path = folder.join(picture);
        let plain = Path::new(picture).components().all(|part| matches!(part, Component::Normal(_)));
        if !plain || path.exists() && !lies_within(&path, folder) {
            return Err(unfit(clause!(
                "theme-picture-outside",
                "lies outside the theme's folder; copy it into the folder"
            )));
        }
        if !path.is_file() {
            return Err(ThemeError::Picture {
                file: file.to_owned(),
                line,
                column,
                picture: picture.to_owned(),
                folder: folder.to_owned(),
            });
        }
        let bytes = path.metadata().map_or(0, |meta| meta.len());
        if bytes > PICTURE_BYTES {
            let most = PICTURE_BYTES;
            let reason = clause!(
                "theme-picture-bytes",
                "has {bytes} bytes; at most {most} are read, so save it smaller",
                bytes,
                most
            );
            return Err(unfit(reason));
        }
        let bytes = bounded::read(&path, PICTURE_BYTES).map_err(|error| unfit(broken(&error)))?;
        open(&bytes).map(drop).map_err(unfit)
    })
}

/// Whether the file itself, wherever links lead, lies in the folder.
pub(super) fn lies_within(file: &Path, folder: &Path) -> bool {
    match (file.canonicalize(), folder.canonicalize()) {
        (Ok(file), Ok(folder)) => file.starts_with(folder),
        _ => false,
    }
}

/// The decoder of a PNG or JPEG that says it is no larger than one may be. Nothing is decoded yet.
fn open(bytes: &[u8]) -> Result<impl ImageDecoder, Clause> {
    let mut reader = ImageReader::new(Cursor::new(bytes)).with_guessed_format().map_err(|error| broken(&error))?;
    let mut limits = image::Limits::default();
    limits.max_alloc = Some(PICTURES_DECODED_BYTES);
    reader.limits(limits);
    let decoder = reader.into_decoder().map_err(|error| broken(&error))?;
    let (w, h) = decoder.dimensions();
    if w > PICTURE_SIDE || h > PICTURE_SIDE {
        let most = PICTURE_SIDE;
        return Err(clause!(
            "theme-picture-side",
            "is {w} × {h} px; at most {most} a side are read, so scale it down",
            w,
            h,
            most
        ));
    }
    // Sixteen bits a channel take twice as much on the way.
    if decoder.total_bytes() > PICTURES_DECODED_BYTES { Err(many()) } else { Ok(decoder) }
}

fn many() -> Clause {
    let most = PICTURES_DECODED_BYTES >> 20;
    clause!(
        "theme-picture-many",
        "is one too many: a theme's pictures take at most {most} MiB when they are decoded, so use fewer or smaller ones",
        most
    )
}

fn broken(error: &dyn std::error::Error) -> Clause {
    let error = error.to_string();
    clause!("theme-picture-broken", "is no picture that can be read ({error}); save it as PNG or JPEG", error)
}

/// The pictures that the files name, by name; of two of one name the one of the later file.
pub(super) fn decode(files: &[SourceFile]) -> Result<BTreeMap<String, Arc<Picture>>, ThemeError> {
    let mut pictures: BTreeMap<String, Arc<Picture>> = BTreeMap::new();
    for file in files {
        let Some(folder) = &file.folder else { continue };
        let mut known = BTreeSet::new();
        for Named { picture, line, column } in named(&file.text) {
            if !known.insert(picture) {
                continue;
            }
            let unfit = |reason: Clause| ThemeError::PictureUnfit {
                file: file.path.clone(),
                line,
                column,
                picture: picture.to_owned(),
                reason,
            };
            let bytes = bounded::read(&folder.join(picture), PICTURE_BYTES).map_err(|error| unfit(broken(&error)))?;
            let decoder = open(&bytes).map_err(unfit)?;
            let (width, height) = decoder.dimensions();
            let decoded = u64::from(width) * u64::from(height) * 4;
            let others = pictures.values().filter(|other| other.name != picture);
            if others.map(|other| other.pixels.len() as u64).sum::<u64>() + decoded > PICTURES_DECODED_BYTES {
                return Err(unfit(many()));
            }
            let pixels = DynamicImage::from_decoder(decoder).map_err(|error| unfit(broken(&error)))?.into_rgba8();
            let digest = Sha256::digest(&bytes).into();
            let pixels = pixels.into_raw().into();
            pictures.insert(
                picture.to_owned(),
                Arc::new(Picture { name: picture.to_owned(), digest, width, height, pixels }),
            );
        }
    }
    Ok(pictures)
}

/// All of them in order; comments do not count.
pub(super) fn named(text: &str) -> Vec<Named<'_>> {
    let mut found = vec![];
    let mut rest = text;
    let (mut line, mut column) = (1, 1);
    while let Some(first) = rest.chars().next() {
        let length = if rest.starts_with("//") {
            rest.find('\n').unwrap_or(rest.len())
        } else if rest.starts_with("/*") {
            rest.find("*/").map_or(rest.len(), |end| end + 2)
        } else if first == '"' {
            let end = string_end(rest);
            let inner = rest.get(1..end.saturating_sub(1)).unwrap_or("");
            if KINDS.iter().any(|kind| inner.to_ascii_lowercase().ends_with(kind)) {
                found.push(Named { picture: inner, line, column });
            }
            end
        } else {
            first.len_utf8()
        };
        let (passed, ahead) = rest.split_at(length);
        for character in passed.chars() {
            (line, column) = if character == '\n' { (line + 1, 1) } else { (line, column + 1) };
        }
        rest = ahead;
    }
    found
}

/// The byte after the closing quote of the string that `text` begins with.
fn string_end(text: &str) -> usize {
    let mut escaped = false;
    for (i, character) in text.char_indices().skip(1) {
        match character {
            _ if escaped => escaped = false,
            '\\' => escaped = true,
            '"' => return i + 1,
            _ => {}
        }
    }
    text.len()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pictures_are_found_with_their_place_and_comments_are_not() {
        let text = "( // \"no.png\"\n  mark: \"台标.png\", /* \"nor.jpg\" */ name: \"a \\\" b\",\n  sky: \"sky.JPG\")";
        assert_eq!(
            named(text),
            [Named { picture: "台标.png", line: 2, column: 9 }, Named { picture: "sky.JPG", line: 3, column: 8 }]
        );
    }

    #[test]
    fn a_picture_that_is_not_there_is_named() {
        let folder = tempfile::tempdir().unwrap();
        let file = folder.path().join("theme.ron");
        let error = check("(\n  mark: \"mark.png\",\n)", &file, &mut BTreeSet::new()).unwrap_err();
        assert!(error.to_string().contains("theme.ron:2:9: the picture \"mark.png\" is not in"), "{error}");
        let picture = folder.path().join("mark.png");
        std::fs::write(&picture, b"").unwrap();
        let error = check("(\n  mark: \"mark.png\",\n)", &file, &mut BTreeSet::new()).unwrap_err();
        assert!(error.to_string().contains("is no picture that can be read"), "{error}");
        image::RgbaImage::new(2, 2).save(&picture).unwrap();
        assert_eq!(check("(\n  mark: \"mark.png\",\n)", &file, &mut BTreeSet::new()), Ok(()));
        image::GrayImage::new(PICTURE_SIDE + 1, 1).save(&picture).unwrap();
        assert!(
            check("(mark: \"mark.png\")", &file, &mut BTreeSet::new()).unwrap_err().to_string().contains("8193 × 1 px")
        );
    }

    #[test]
    fn a_picture_outside_the_folder_is_refused() {
        let folder = tempfile::tempdir().unwrap();
        let theme = folder.path().join("x");
        std::fs::create_dir(&theme).unwrap();
        image::RgbaImage::new(2, 2).save(folder.path().join("mark.png")).unwrap();
        for text in ["(a: \"../mark.png\")".to_owned(), format!("(a: \"{}/mark.png\")", folder.path().display())] {
            let error = check(&text, &theme.join("theme.ron"), &mut BTreeSet::new()).unwrap_err();
            assert!(error.to_string().contains("outside the theme's folder"), "{error}");
        }
    }

    #[test]
    fn pictures_are_counted_over_all_files_of_a_theme() {
        let folder = tempfile::tempdir().unwrap();
        let mut known: BTreeSet<PathBuf> = (1..THEME_PICTURES).map(|n| PathBuf::from(format!("{n}.png"))).collect();
        for name in ["last.png", "over.png"] {
            image::RgbaImage::new(2, 2).save(folder.path().join(name)).unwrap();
        }
        let mut check = |name: &str| check(&format!("(a: \"{name}\")"), &folder.path().join("part.ron"), &mut known);
        assert_eq!(check("last.png"), Ok(()));
        assert_eq!(check("last.png"), Ok(()), "named twice");
        assert!(check("over.png").unwrap_err().to_string().contains("one too many"));
    }
}
