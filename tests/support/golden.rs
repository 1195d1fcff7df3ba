//! Golden pictures: small PNGs, a tolerance for the rasteriser's rounding and a count of pixels that may exceed it.

use std::path::PathBuf;

use image::RgbaImage;

/// Channel steps (of 255) that a pixel may differ without counting.
const TOLERANCE: u8 = 8;
/// Share of the pixels that may differ by more: edges that another rasteriser version rounds otherwise. A wrong digit
/// of the smallest size is many times as much.
const OUTLIERS: f64 = 0.0005;

fn folder() -> PathBuf {
    PathBuf::from(env!("CARGO_MANIFEST_DIR")).join("tests/goldens")
}

/// Compares with `tests/goldens/NAME.png`; what differs is left beside it as `NAME.new.png`, to be looked at and
/// renamed by hand. Returns a sentence where they differ.
pub fn compare(name: &str, picture: &RgbaImage) -> Option<String> {
    let path = folder().join(format!("{name}.png"));
    let new = folder().join(format!("{name}.new.png"));
    let save = |reason: String| {
        std::fs::create_dir_all(new.parent().expect("a folder")).expect("the goldens' folder");
        picture.save(&new).expect("the new picture");
        Some(format!("{name}: {reason}; look at {} and rename it if it is right", new.display()))
    };
    let Ok(golden) = image::open(&path) else { return save("there is no golden".to_owned()) };
    let golden = golden.to_rgba8();
    if golden.dimensions() != picture.dimensions() {
        return save(format!("{:?} px, the golden has {:?}", picture.dimensions(), golden.dimensions()));
    }
    let outliers = golden
        .pixels()
        .zip(picture.pixels())
        .filter(|(a, b)| a.0.iter().zip(b.0).any(|(a, b)| a.abs_diff(b) > TOLERANCE))
        .count();
    let most = (f64::from(golden.width() * golden.height()) * OUTLIERS) as usize;
    (outliers > most).then(|| save(format!("{outliers} pixels differ, at most {most} may"))).flatten()
}
