//! Where a picture goes: class, raster, language.

use serde::{Deserialize, Serialize};

/// How a theme lays the picture out.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Class {
    #[default]
    Tv,
}

/// The language of the words that the hall reads.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Lang {
    #[default]
    Zh,
    En,
    /// Traditional Chinese.
    #[serde(rename = "zh-Hant")]
    ZhHant,
}

impl Lang {
    pub const ALL: [Self; 3] = [Self::Zh, Self::En, Self::ZhHant];
}

/// One output. All outputs share one show and one `now`.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
pub struct Output {
    pub class: Class,
    /// Physical pixels.
    pub raster: (u32, u32),
    pub lang: Lang,
}

impl Output {
    pub const fn tv(width: u32, height: u32) -> Self {
        Self { class: Class::Tv, raster: (width, height), lang: Lang::Zh }
    }

    /// (physical px per design px, physical position of the canvas): the canvas is fitted whole and centred.
    pub fn fit(&self, canvas: (f32, f32)) -> (f32, (f32, f32)) {
        let (w, h) = (self.raster.0 as f32, self.raster.1 as f32);
        let scale = (w / canvas.0).min(h / canvas.1);
        (scale, (((w - canvas.0 * scale) / 2.0).round(), ((h - canvas.1 * scale) / 2.0).round()))
    }
}
