//! Contrast (WCAG 2) of every text on its ground, at the worst of many points; and of a ring on its well.

use super::{
    finding::Fault,
    text::{Text, samples},
};
use crate::show::frame::{
    Class, Frame, Part, Rect, Rgba, RingPart,
    eye::{self, Behind, Light, Owner, below},
};

/// Large, heavy text needs less.
const LARGE_PX: f32 = 48.0;
const LARGE_WEIGHT: u16 = 700;
const NEEDED: f32 = 4.5;
const NEEDED_LARGE: f32 = 3.0;
const NEEDED_ON_STATE: f32 = 4.0;
const NEEDED_SHAPE: f32 = 3.0;
/// What text that must be read should have on a neutral plate.
pub(super) const GOAL: f32 = 7.0;

/// What a text stands on where it is hardest to read.
pub(super) struct Stands {
    pub ratio: f32,
    pub ink: Light,
    pub ground: Light,
    /// The part that makes the ground.
    pub on: Option<Owner>,
}

/// Nothing is known of what lies behind a transparent ground.
fn behinds(class: Class) -> &'static [Behind] {
    if class.is_overlay() { &[Behind::Black, Behind::White] } else { &[Behind::Black] }
}

pub(super) fn stands(frame: &Frame, class: Class, text: &Text) -> Option<Stands> {
    let alpha = text.layer.placement.opacity;
    let mut worst: Option<Stands> = None;
    for &behind in behinds(class) {
        for at in samples(text.rect) {
            let (ground, on) = below(frame, text.owner, at, behind);
            let ink = ground.under(Light::of(text.style.colour).dim(alpha));
            let ratio = ink.contrast(ground);
            if worst.as_ref().is_none_or(|worst| ratio < worst.ratio) {
                worst = Some(Stands { ratio, ink, ground, on });
            }
        }
    }
    worst
}

/// The ratio that a text of this size and weight must have; on the fill of a state, which says with a sign what it is,
/// heavy text needs a little less.
fn needed(text: &Text, on_state: bool) -> f32 {
    match (text.style.weight >= LARGE_WEIGHT, text.size >= LARGE_PX) {
        (true, true) => NEEDED_LARGE,
        (true, false) if on_state => NEEDED_ON_STATE,
        _ => NEEDED,
    }
}

/// `on_state` where the ground is the fill of a state: right, wrong, active, the accent.
pub(super) fn fault(text: &Text, stands: &Stands, on_state: bool) -> Option<Fault> {
    let needed = needed(text, on_state);
    // Rounded as it is told: 4.46 is told as 4.5.
    (stands.ratio + 0.05 < needed).then(|| Fault::Contrast {
        text: text.text.to_owned(),
        ratio: round(stands.ratio),
        needed,
        ink: stands.ink.hex(),
        ground: stands.ground.hex(),
        size: text.size,
    })
}

pub(super) fn faint(text: &Text, stands: &Stands) -> Option<Fault> {
    (stands.ratio + 0.05 < GOAL).then(|| Fault::Faint {
        text: text.text.to_owned(),
        ratio: round(stands.ratio),
        needed: GOAL,
        ink: stands.ink.hex(),
        ground: stands.ground.hex(),
    })
}

pub(super) fn round(ratio: f32) -> f32 {
    (ratio * 10.0).round() / 10.0
}

/// A running ring must be told from its well. Layer, place and the two colours are given with it.
pub(super) fn rings(frame: &Frame) -> Vec<(Fault, usize, Rect, [Rgba; 2])> {
    let mut found = Vec::new();
    for (index, layer) in frame.layers.iter().enumerate().filter(|(_, layer)| layer.placement.opacity >= 0.999) {
        for part in &layer.content.parts {
            let Part::Ring(ring) = part else { continue };
            let ratio = lit(ring);
            if ratio + 0.05 < NEEDED_SHAPE {
                let fault = Fault::Shape { shape: "ring".to_owned(), ratio: round(ratio), needed: NEEDED_SHAPE };
                let place = eye::on_canvas(layer, Rect::disc(ring.centre, ring.radius));
                found.push((fault, index, place, [ring.lit, ring.well.0]));
            }
        }
    }
    found
}

/// The lit arc on the well; what lights nothing, or has no well of its own, is not at fault.
fn lit(ring: &RingPart) -> f32 {
    let well = Light::of(ring.well.0);
    if ring.sweep <= 0.0 || ring.lit.a < 0.5 || well.a < 0.999 {
        return f32::MAX;
    }
    well.contrast(well.under(Light::of(ring.lit)))
}
