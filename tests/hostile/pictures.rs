//! Pictures that are no pictures, or none that a memory could hold: refused by their header, before they are decoded.

use std::{fs, path::Path};

use image::{ColorType, DynamicImage, GrayImage, ImageFormat, RgbImage};
use leitai::{
    locale::{Lang, tell},
    show::{
        frame::Class,
        limits::{PICTURE_SIDE, THEME_PICTURES},
    },
    themes,
};

/// A theme in a folder of its own that names this picture.
fn theme(folder: &Path, picture: &str) -> Result<themes::Loaded, themes::ThemeError> {
    let text = format!(
        "(\n    name: \"x\",\n    extends: \"qingkong\",\n    grounds: (slate: (picture: (file: \"{picture}\"))),\n)\n"
    );
    fs::write(folder.join("theme.ron"), text).unwrap();
    themes::load(folder.to_str().unwrap())
}

/// Why it is refused: with file, line and column, in both languages.
fn refused(folder: &Path, picture: &str) -> String {
    let error = theme(folder, picture).expect_err("it is refused");
    let said = tell(Lang::En, &error);
    assert!(said.contains("theme.ron:4:") && said.contains(picture), "{said}");
    assert!(tell(Lang::Zh, &error).contains("theme.ron"), "{said}");
    said
}

fn encoded(picture: &DynamicImage, format: ImageFormat) -> Vec<u8> {
    let mut bytes = std::io::Cursor::new(vec![]);
    picture.write_to(&mut bytes, format).unwrap();
    bytes.into_inner()
}

fn crc(bytes: &[u8]) -> u32 {
    let turned =
        |rest: u32| (0..8).fold(rest, |rest, _| if rest & 1 == 1 { 0xEDB8_8320 ^ (rest >> 1) } else { rest >> 1 });
    !bytes.iter().fold(!0, |rest, byte| turned((rest ^ u32::from(*byte)) & 0xFF) ^ (rest >> 8))
}

/// A PNG whose header says another size than its data has, with the right sum.
fn png(color: ColorType, width: u32, height: u32) -> Vec<u8> {
    let mut bytes = encoded(&DynamicImage::new(2, 2, color), ImageFormat::Png);
    bytes[16..20].copy_from_slice(&width.to_be_bytes());
    bytes[20..24].copy_from_slice(&height.to_be_bytes());
    let sum = crc(&bytes[12..29]);
    bytes[29..33].copy_from_slice(&sum.to_be_bytes());
    bytes
}

#[test]
fn a_header_that_says_more_than_a_memory_holds_is_believed_and_refused() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    for (width, height) in [(u32::MAX >> 1, u32::MAX >> 1), (8_193, 8_193), (1, 8_193), (1_000_000, 1)] {
        fs::write(folder.join("a.png"), png(ColorType::Rgba8, width, height)).unwrap();
        let said = refused(folder, "a.png");
        assert!(said.contains("px") || said.contains("no picture"), "{width}×{height}: {said}");
    }
    fs::write(folder.join("a.png"), png(ColorType::Rgba16, PICTURE_SIDE, PICTURE_SIDE)).unwrap();
    assert!(refused(folder, "a.png").contains("256 MiB"));
    // Within the limits, and cut off: what is missing is not made up.
    fs::write(folder.join("a.png"), png(ColorType::L8, 4_000, 4_000)).unwrap();
    assert!(refused(folder, "a.png").contains("no picture that can be read"));
    let mut jpeg = encoded(&RgbImage::new(8, 8).into(), ImageFormat::Jpeg);
    let at = jpeg.windows(2).position(|pair| pair == [0xFF, 0xC0]).unwrap();
    jpeg[at + 5..at + 9].copy_from_slice(&[0xFF, 0xDC, 0xFF, 0xDC]);
    fs::write(folder.join("a.jpg"), &jpeg).unwrap();
    let said = refused(folder, "a.jpg");
    assert!(said.contains("65500") || said.contains("no picture that can be read"), "{said}");
}

#[test]
fn as_large_as_it_may_be_is_taken() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let picture = GrayImage::new(PICTURE_SIDE, PICTURE_SIDE);
    fs::write(folder.join("a.png"), encoded(&picture.into(), ImageFormat::Png)).unwrap();
    let loaded = theme(folder, "a.png").unwrap();
    let picture = &loaded.theme.of(Class::Tv).pictures["a.png"];
    assert_eq!((picture.width, picture.height), (PICTURE_SIDE, PICTURE_SIDE));
    assert_eq!(picture.pixels.len(), 256 << 20);
    drop(loaded);
    // A second one is too many for a theme, and it is not decoded to find that out.
    let both = "(\n    name: \"x\",\n    extends: \"qingkong\",\n    grounds: (\n    slate: (picture: (file: \"a.png\")), win: (picture: (file: \"b.png\"))),\n)\n";
    fs::copy(folder.join("a.png"), folder.join("b.png")).unwrap();
    fs::write(folder.join("theme.ron"), both).unwrap();
    let said = themes::load(folder.to_str().unwrap()).unwrap_err().to_string();
    assert!(said.contains("theme.ron:5:") && said.contains("b.png") && said.contains("256 MiB"), "{said}");
}

#[test]
fn other_formats_are_refused_whatever_they_are_called() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path();
    let gif =
        b"GIF89a\x01\0\x01\0\x80\0\0\0\0\0\xff\xff\xff!\xf9\x04\x01\0\0\0\0,\0\0\0\0\x01\0\x01\0\0\x02\x02D\x01\0;";
    let webp = b"RIFF\x1a\0\0\0WEBPVP8L\x0d\0\0\0/\0\0\0\x10\x07\x10\x11\x11\x88\x88\xfe\x07\0";
    let svg = b"<svg xmlns=\"http://www.w3.org/2000/svg\"/>";
    for bytes in [&gif[..], webp, svg, b"BM", b"II*\0", b"", b"\x89PNG\r\n\x1a\n", b"\xff\xd8\xff"] {
        for name in ["a.png", "a.jpg"] {
            fs::write(folder.join(name), bytes).unwrap();
            let said = refused(folder, name);
            assert!(said.contains("save it as PNG or JPEG"), "{said}");
        }
    }
    // A JPEG that is called PNG is the picture that it is.
    fs::write(folder.join("a.png"), encoded(&RgbImage::new(8, 8).into(), ImageFormat::Jpeg)).unwrap();
    assert!(theme(folder, "a.png").is_ok());
}

#[test]
fn what_leads_out_of_the_folder_is_refused() {
    let home = tempfile::tempdir().unwrap();
    let folder = home.path().join("x");
    fs::create_dir(&folder).unwrap();
    let outside = home.path().join("mark.png");
    fs::write(&outside, encoded(&RgbImage::new(8, 8).into(), ImageFormat::Png)).unwrap();
    std::os::unix::fs::symlink(&outside, folder.join("link.png")).unwrap();
    std::os::unix::fs::symlink(home.path(), folder.join("up")).unwrap();
    for name in ["../mark.png", "link.png", "up/mark.png", "./../mark.png", outside.to_str().unwrap()] {
        assert!(refused(&folder, name).contains("outside the theme's folder"), "{name}");
    }
    // A link within the folder is the folder's own business.
    fs::copy(&outside, folder.join("own.png")).unwrap();
    std::os::unix::fs::symlink("own.png", folder.join("also.png")).unwrap();
    assert!(theme(&folder, "also.png").is_ok());
    fs::create_dir(folder.join("folder.png")).unwrap();
    assert!(refused(&folder, "folder.png").contains("is not in"));
}

#[test]
fn ten_thousand_pictures_are_too_many() {
    let home = tempfile::tempdir().unwrap();
    let one = encoded(&RgbImage::new(1, 1).into(), ImageFormat::Png);
    let mut text = "(\n    name: \"x\",\n    extends: \"qingkong\",\n    odd: [\n".to_owned();
    for number in 0..10_000 {
        text.push_str(&format!("        \"{number}.png\",\n"));
        if number <= THEME_PICTURES {
            fs::write(home.path().join(format!("{number}.png")), &one).unwrap();
        }
    }
    fs::write(home.path().join("theme.ron"), format!("{text}    ],\n)\n")).unwrap();
    let said = themes::load(home.path().to_str().unwrap()).unwrap_err().to_string();
    let line = 5 + THEME_PICTURES;
    assert!(said.contains(&format!("theme.ron:{line}:")) && said.contains("at most 256 pictures"), "{said}");
}
