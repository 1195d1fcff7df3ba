//! Test cards say on the screen exactly what they say they say, and a burnt-in number can be read by a machine.

use std::{path::Path, process::Command, sync::Arc};

use image::RgbaImage;
use leitai::{
    locale,
    show::{
        clip::Clips,
        frame::{
            Class, Lang, Output, burn, compose,
            testcard::{CardSlice, Ident, TestCard, compose_card},
        },
        rate::Rate,
        state::Show,
    },
    themes,
    typeset::Typesetter,
};

use crate::support::{burn::read_burn, golden, with_headless};

/// 2026-01-01 12:34:56 UTC: a whole second.
const NOW_US: i64 = 1_767_270_896_000_000;

fn ident(class: Class, raster: (u32, u32)) -> Ident {
    let safe = themes::built_in().unwrap().of(class).layout.safe;
    Ident { name: "主屏".to_owned(), class, raster, rate: Rate::HZ_50, safe, slices: Vec::new() }
}

fn draw(card: TestCard, ident: &Ident, lang: Lang) -> RgbaImage {
    let frame = compose_card(card, ident, &locale::card_words(lang), &Typesetter::new(), NOW_US);
    let raster = ident.raster;
    let pixels = with_headless(move |headless| headless.draw(Arc::new(frame)).unwrap().to_vec());
    RgbaImage::from_raw(raster.0, raster.1, pixels).unwrap()
}

/// The colours along a row, each run of equal ones once.
fn runs(picture: &RgbaImage, y: u32) -> Vec<[u8; 4]> {
    let mut runs: Vec<[u8; 4]> = (0..picture.width()).map(|x| picture.get_pixel(x, y).0).collect();
    runs.dedup();
    runs
}

#[test]
fn cards_are_as_they_were_looked_at() {
    let folded = Ident {
        slices: vec![
            CardSlice { name: Some("左".to_owned()), from: (0, 0, 640, 180), to: (0, 0), turn: 0 },
            CardSlice { name: None, from: (640, 0, 640, 180), to: (0, 180), turn: 90 },
        ],
        ..ident(Class::Wall, (1280, 180))
    };
    let mut faults: Vec<String> = TestCard::ALL
        .into_iter()
        .filter_map(|card| {
            golden::compare(&format!("testcard-{}", card.name()), &draw(card, &ident(Class::Tv, (640, 360)), Lang::Zh))
        })
        .collect();
    let more = [
        ("testcard-slices-folded", draw(TestCard::Slices, &folded, Lang::Zh)),
        ("testcard-ramps-stream", draw(TestCard::Ramps, &ident(Class::Stream, (640, 360)), Lang::En)),
        ("testcard-bars-column", draw(TestCard::Bars, &ident(Class::Wall, (360, 640)), Lang::Zh)),
    ];
    faults.extend(more.iter().filter_map(|(name, picture)| golden::compare(name, picture)));
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn every_step_of_the_ramps_is_exact_on_the_screen() {
    let picture = draw(TestCard::Ramps, &ident(Class::Stream, (640, 360)), Lang::Zh);
    // Rows that hold a whole ramp: each step of one channel once, in order, between the black at both ends.
    let ramp = |of: fn(u8) -> [u8; 4]| {
        let steps: Vec<[u8; 4]> = (0..=255).map(of).collect();
        (0..picture.height()).any(|y| runs(&picture, y).windows(256).any(|window| window == steps))
    };
    assert!(ramp(|v| [v, v, v, 255]), "grey");
    assert!(ramp(|v| [v, 0, 0, 255]), "red");
    assert!(ramp(|v| [0, v, 0, 255]), "green");
    assert!(ramp(|v| [0, 0, v, 255]), "blue");
    let alphas: Vec<u8> = (0..=255).collect();
    let alpha = |y| runs(&picture, y).iter().map(|px| px[3]).collect::<Vec<_>>();
    assert!((0..picture.height()).any(|y| alpha(y).windows(256).any(|window| window == alphas)), "alpha");
}

#[test]
fn bars_have_their_values_and_the_grid_its_outermost_pixels() {
    let bars = draw(TestCard::Bars, &ident(Class::Tv, (640, 360)), Lang::Zh);
    let row = |level: u8| {
        [[1, 1, 1], [1, 1, 0], [0, 1, 1], [0, 1, 0], [1, 0, 1], [1, 0, 0], [0, 0, 1], [0, 0, 0]]
            .map(|on: [u8; 3]| [on[0] * level, on[1] * level, on[2] * level, 255])
    };
    assert_eq!(runs(&bars, 10), row(255));
    assert!((0..360).any(|y| runs(&bars, y) == row(191)), "75 %");
    let grid = draw(TestCard::Grid, &ident(Class::Tv, (640, 360)), Lang::Zh);
    let white = |x, y| grid.get_pixel(x, y).0 == [255; 4];
    assert!((0..640).all(|x| white(x, 0) && white(x, 359)) && (0..360).all(|y| white(0, y) && white(639, y)));
    // A cross of two pixels in the middle of an even raster.
    assert_eq!(grid.get_pixel(319, 60), grid.get_pixel(320, 60));
    assert_ne!(grid.get_pixel(318, 60), grid.get_pixel(319, 60));
}

#[test]
fn a_burnt_in_number_is_read_from_any_raster_and_class() {
    let theme = themes::built_in().unwrap();
    let rate = Rate { num: 60_000, den: 1_001 };
    for (class, raster) in
        [(Class::Wall, (1280, 360)), (Class::Tv, (480, 270)), (Class::Stream, (320, 180)), (Class::Tv, (202, 400))]
    {
        for now in [NOW_US, NOW_US + 16_683, NOW_US + 43_200_000_000 - 1_000_000] {
            let output = Output::of(class, raster);
            let frame = compose(&Show::default(), &theme, &output, &Typesetter::new(), Clips::none(), now);
            let burnt = burn(&frame, "直播推流", rate, now);
            let pixels = with_headless(move |headless| headless.draw(burnt).unwrap().to_vec());
            assert_eq!(read_burn(&pixels, raster), Some(rate.of_day(now)), "{class:?} {raster:?}");
        }
    }
}

#[test]
fn what_is_no_strip_is_not_read() {
    assert_eq!(read_burn(&vec![255; 320 * 180 * 4], (320, 180)), None);
    assert_eq!(read_burn(&vec![0; 320 * 180 * 4], (320, 180)), None);
}

fn still(to: &Path, more: &[&str]) -> serde_json::Value {
    let output =
        Command::new(env!("CARGO_BIN_EXE_leitai")).args(["still", "--json", "-o"]).arg(to).args(more).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

#[test]
fn the_command_line_draws_cards_plain_and_folded() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("card.png");
    let told = still(&path, &["--card", "safe-areas", "--class", "wall", "--size", "960x270"]);
    assert_eq!((&told["card"], &told["width"]), (&"safe_areas".into(), &960.into()));
    assert_eq!(image::image_dimensions(&path).unwrap(), (960, 270));
    // Folded: the right half of the canvas lies below the left one.
    let file = folder.path().join("outputs.ron");
    std::fs::write(
        &file,
        r#"(outputs: [(name: "wall", class: wall, raster: (640, 180), slices: (raster: (320, 360), slices: [
            (from: (0, 0, 320, 180), to: (0, 0)), (from: (320, 0, 320, 180), to: (0, 180)),
        ]))])"#,
    )
    .unwrap();
    let args = ["--card", "grid", "--output-name", "wall", "--outputs"];
    let told = still(&path, &[&args[..], &[file.to_str().unwrap()]].concat());
    assert_eq!((&told["width"], &told["height"]), (&320.into(), &360.into()));
    let folded = image::open(&path).unwrap().to_rgba8();
    let whole = draw(TestCard::Grid, &Ident { name: "wall".to_owned(), ..ident(Class::Wall, (640, 180)) }, Lang::Zh);
    let seam: Vec<_> = (0..180).map(|y| (*folded.get_pixel(0, 180 + y), *whole.get_pixel(320, y))).collect();
    // But for the clock, which tells another time.
    assert!(seam.iter().filter(|(a, b)| a == b).count() > 140, "the right half begins at pixel 320");
}
