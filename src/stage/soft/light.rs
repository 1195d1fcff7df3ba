//! Light: pixels blended as the graphics card blends them, in linear light and by whole numbers alone, so that a pixel is
//! the same on every processor.
//!
//! Nothing here can overflow: light times [`ONE`] and a half fits 32 bits. The operations say that they wrap, so that no
//! check stands between the pixels.

use std::sync::LazyLock;

use crate::stage::pixels::{decode, encode};

/// One, as opacities and weights are counted.
pub const ONE: u32 = 1 << 16;
/// The brightest light.
const FULL: u32 = 0xFFFF;
/// Codes are looked up by a quarter of the light: five steps and more a code, also in the dark.
const CODE_STEP: u32 = 4;
const CODES: usize = (FULL / CODE_STEP + 2) as usize;

/// sRGB codes to linear light and back, alpha to its share of [`ONE`].
pub struct Tables {
    light: [u32; 256],
    code: [u8; CODES],
    share: [u32; 256],
}

pub static TABLES: LazyLock<Tables> = LazyLock::new(|| Tables {
    light: std::array::from_fn(|code| (decode(code as f64 / 255.0) * f64::from(FULL)).round() as u32),
    code: std::array::from_fn(|at| {
        let light = (at as u32 * CODE_STEP) as f64 / f64::from(FULL);
        (encode(light) * 255.0).round() as u8
    }),
    share: std::array::from_fn(|alpha| (alpha as u32 * ONE + 127) / 255),
});

/// A premultiplied pixel in linear light: colours of [`FULL`], alpha of [`ONE`].
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Light {
    pub rgb: [u32; 3],
    pub alpha: u32,
}

impl Tables {
    /// A stored pixel: premultiplied in linear light, then encoded.
    #[inline(always)]
    pub fn light(&self, px: [u8; 4]) -> Light {
        let [r, g, b, a] = px;
        let light = |code: u8| self.light[usize::from(code)];
        Light { rgb: [light(r), light(g), light(b)], alpha: self.share[usize::from(a)] }
    }

    #[inline(always)]
    fn kept(light: u32, kept: u32) -> u32 {
        light.wrapping_mul(kept).wrapping_add(ONE / 2) >> 16
    }

    #[inline(always)]
    fn coded(&self, light: u32) -> u8 {
        self.code[(light.min(FULL).wrapping_add(CODE_STEP / 2) / CODE_STEP) as usize]
    }

    /// Lays `above` over a stored pixel.
    #[inline(always)]
    pub fn lay(&self, below: &mut [u8; 4], above: Light) {
        let kept = ONE.wrapping_sub(above.alpha);
        let (px, [r, g, b]) = (self.light(*below), above.rgb);
        let laid = |below: u32, above: u32| self.coded(Self::kept(below, kept).wrapping_add(above));
        *below = [laid(px.rgb[0], r), laid(px.rgb[1], g), laid(px.rgb[2], b), alpha(below[3], kept, above.alpha)];
    }
}

/// The alpha of both.
#[inline(always)]
fn alpha(below: u8, kept: u32, above: u32) -> u8 {
    (u32::from(below).wrapping_mul(kept).wrapping_add(above.wrapping_mul(255)).wrapping_add(ONE / 2) >> 16) as u8
}

/// Opaque pixels of one opacity over whatever is below: both shares of every code are known beforehand.
pub struct Dissolve {
    tables: &'static Tables,
    above: [u32; 256],
    below: [u32; 256],
    kept: u32,
    alpha: u32,
}

impl Dissolve {
    /// Of `opacity` in [`ONE`].
    pub fn new(opacity: u32) -> Self {
        let tables: &Tables = &TABLES;
        let Light { alpha, .. } = tables.light([u8::MAX; 4]).faded(opacity);
        let kept = ONE - alpha;
        let faded = |light: u32| Light { rgb: [light; 3], alpha: 0 }.faded(opacity).rgb[0];
        Self {
            tables,
            above: tables.light.map(faded),
            below: tables.light.map(|light| Tables::kept(light, kept)),
            kept,
            alpha,
        }
    }

    /// As [`Tables::lay`] does with the faded pixel.
    #[inline(always)]
    pub fn lay(&self, below: &mut [u8; 4], above: [u8; 4]) {
        let laid = |below: u8, above: u8| {
            self.tables.coded(self.below[usize::from(below)].wrapping_add(self.above[usize::from(above)]))
        };
        let ([r0, g0, b0, a0], [r1, g1, b1, _]) = (*below, above);
        *below = [laid(r0, r1), laid(g0, g1), laid(b0, b1), alpha(a0, self.kept, self.alpha)];
    }
}

impl Light {
    /// Seen through by so much of [`ONE`].
    #[inline(always)]
    pub fn faded(self, opacity: u32) -> Self {
        let by = |value: u32| {
            ((u64::from(value).wrapping_mul(u64::from(opacity)).wrapping_add(u64::from(ONE / 2))) >> 16) as u32
        };
        let [r, g, b] = self.rgb;
        Self { rgb: [by(r), by(g), by(b)], alpha: by(self.alpha) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_comes_back_from_its_light() {
        for code in 0..=255_u8 {
            let mut px = [0; 4];
            TABLES.lay(&mut px, TABLES.light([code, code, code, 255]));
            assert_eq!(px, [code, code, code, 255]);
        }
    }

    #[test]
    fn laid_over_is_within_one_code_of_the_formula() {
        for below in (0..=255_u8).step_by(3) {
            for (above, alpha) in [(0, 128), (90, 128), (188, 128), (40, 10), (250, 250), (0, 1), (13, 1)] {
                let mut px = [below, below, below, 255];
                TABLES.lay(&mut px, TABLES.light([above, above, above, alpha]));
                let light = decode(f64::from(above) / 255.0)
                    + decode(f64::from(below) / 255.0) * (1.0 - f64::from(alpha) / 255.0);
                let exact = encode(light) * 255.0;
                assert!((f64::from(px[0]) - exact).abs() < 0.65, "{below} {above} {alpha}: {} for {exact}", px[0]);
                assert_eq!(px[3], 255, "what is opaque stays opaque");
            }
        }
    }

    #[test]
    fn a_dissolve_is_the_same_as_laying_faded_pixels() {
        for opacity in [0, 1, 700, ONE / 3, ONE / 2, ONE - 1, ONE] {
            let dissolve = Dissolve::new(opacity);
            for (below, above) in (0..=255_u8).flat_map(|below| [0, 1, 77, 200, 255].map(|above| (below, above))) {
                let (below, above) = ([below, 3, 255 - below, 255 - below / 2], [above, 255 - above, 9, 255]);
                let (mut one, mut other) = (below, below);
                dissolve.lay(&mut one, above);
                TABLES.lay(&mut other, TABLES.light(above).faded(opacity));
                assert_eq!(one, other, "{above:?} over {below:?} at {opacity}");
            }
        }
    }

    #[test]
    fn nothing_over_something_is_that_and_a_faded_layer_is_in_between() {
        let mut px = [10, 20, 30, 200];
        TABLES.lay(&mut px, TABLES.light([0; 4]));
        assert_eq!(px, [10, 20, 30, 200]);
        let mut px = [0, 0, 0, 255];
        TABLES.lay(&mut px, TABLES.light([255; 4]).faded(ONE / 2));
        assert_eq!(px, [188, 188, 188, 255]);
    }
}
