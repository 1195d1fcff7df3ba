//! Every graphic in every state, as golden pictures: what was looked at is what is drawn.
//!
//! Graphics are drawn without the ground (it has goldens of its own), at a third of the programme's raster.

use std::sync::Arc;

use image::RgbaImage;
use leitai::{
    show::{
        clip::Clips,
        frame::{Class, Output, compose},
        theme::Theme,
    },
    themes,
    typeset::Typesetter,
};

use crate::support::{
    golden,
    scenes::{self, Scene},
    story::ZERO_US,
    with_headless,
};

const RASTER: (u32, u32) = (640, 360);
/// Grounds are smooth and their dither compresses badly: smaller still.
const GROUND_RASTER: (u32, u32) = (240, 135);

fn theme() -> Arc<Theme> {
    themes::built_in().expect("the shipped theme")
}

/// Draws the scenes and says which differ from their goldens.
fn compare(scenes: Vec<Scene>, with_ground: bool) -> Vec<String> {
    with_headless(move |headless| {
        assert!(headless.adapter().is_software, "goldens are drawn by lavapipe, not {:?}", headless.adapter());
        let (theme, set) = (theme(), Typesetter::new());
        let (w, h) = if with_ground { GROUND_RASTER } else { RASTER };
        let mut faults = Vec::new();
        for scene in scenes {
            let mut frame = compose(
                &scene.story.show,
                &theme,
                &Output::tv(w, h),
                &set,
                Clips::none(),
                ZERO_US + scene.at_ms * 1000,
            );
            frame.layers.retain(|layer| layer.key.kind.is_ground() == with_ground);
            let pixels = headless.draw(Arc::new(frame)).expect("a picture").to_vec();
            let picture = RgbaImage::from_raw(w, h, pixels).expect("all its pixels");
            faults.extend(golden::compare(&scene.name, &picture));
        }
        faults
    })
}

/// Moments of a show as the host sees them, by the scenes that the graphics' goldens are made of.
const SECOND_SCREEN: [&str; 14] = [
    "card-single",
    "card-case-paged-1",
    "card-withdrawn",
    "option-locked",
    "option-wrong",
    "answer-fill",
    "ring-critical",
    "ring-expired",
    "verdict-prompted",
    "strip-12",
    "risk-some-locked",
    "rush-running",
    "duel-plus-16",
    "slate-rules",
];

/// Whole pictures: the ground is one plain colour.
#[test]
fn the_second_screen() {
    let all = [
        scenes::cards(),
        scenes::answers(),
        scenes::rings(),
        scenes::strips(),
        scenes::risks(),
        scenes::rushes(),
        scenes::duels(),
        scenes::slates(),
    ];
    let wanted: Vec<Scene> =
        all.into_iter().flatten().filter(|scene| SECOND_SCREEN.contains(&scene.name.as_str())).collect();
    assert_eq!(wanted.len(), SECOND_SCREEN.len());
    let faults: Vec<String> = with_headless(move |headless| {
        let (theme, set, output) = (theme(), Typesetter::new(), Output::of(Class::Confidence, RASTER));
        let mut faults = Vec::new();
        for scene in wanted {
            let frame = compose(&scene.story.show, &theme, &output, &set, Clips::none(), ZERO_US + scene.at_ms * 1000);
            let pixels = headless.draw(Arc::new(frame)).expect("a picture").to_vec();
            let picture = RgbaImage::from_raw(RASTER.0, RASTER.1, pixels).expect("all its pixels");
            faults.extend(golden::compare(&format!("confidence-{}", scene.name), &picture));
        }
        faults
    });
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

fn all_equal(scenes: Vec<Scene>, with_ground: bool) {
    assert!(!scenes.is_empty());
    let faults = compare(scenes, with_ground);
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}

#[test]
fn grounds() {
    all_equal(scenes::grounds(), true);
}

#[test]
fn slates() {
    all_equal(scenes::slates(), false);
}

#[test]
fn cards_of_every_kind() {
    all_equal(scenes::cards(), false);
}

#[test]
fn options_and_verdicts() {
    all_equal(scenes::answers(), false);
}

#[test]
fn rings() {
    all_equal(scenes::rings(), false);
}

#[test]
fn strips() {
    all_equal(scenes::strips(), false);
}

#[test]
fn risks_and_moments() {
    all_equal(scenes::risks(), false);
}

#[test]
fn speed_rounds() {
    all_equal(scenes::rushes(), false);
}

#[test]
fn duels() {
    all_equal(scenes::duels(), false);
}
