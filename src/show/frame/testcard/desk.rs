//! What cards are drawn with: plain rectangles on whole pixels, circles, and lines of type that fit where they stand.

use super::{CardWords, Ident};
use crate::show::frame::{
    Anchor, Border, Face, Fill, Layer, LayerKey, LayerKind, Placement, Rect, Rgba, TextStyle, Typeset,
    part::{Part, Point},
    sheet::Sheet,
};

/// Colours of measurement are no theme's: a card is read the same in every show.
pub const BLACK: Rgba = grey(0);
pub const WHITE: Rgba = grey(255);
/// The ground of cards that measure no colour.
pub const GROUND: Rgba = rgb(14, 18, 26);
pub const LINE: Rgba = rgb(52, 66, 92);
pub const LINE_MAJOR: Rgba = rgb(112, 138, 180);
pub const INK: Rgba = rgb(240, 244, 250);
pub const INK_QUIET: Rgba = rgb(168, 182, 206);
/// What is to be looked for: centres, marks.
pub const SIGNAL: Rgba = rgb(255, 190, 60);

pub const fn rgb(r: u8, g: u8, b: u8) -> Rgba {
    Rgba { r: r as f32 / 255.0, g: g as f32 / 255.0, b: b as f32 / 255.0, a: 1.0 }
}

pub const fn grey(value: u8) -> Rgba {
    rgb(value, value, value)
}

/// A line box, in sizes.
const LEADING: f32 = 1.25;
/// No smaller, px: below it Chinese is not read.
const LEAST: f32 = 10.0;

/// A card in the making.
pub struct Desk<'a> {
    pub ident: &'a Ident,
    pub words: &'a CardWords,
    pub set: &'a dyn Typeset,
    /// The raster, px.
    pub w: f32,
    pub h: f32,
    /// What sizes are measured in: 1 on a raster of 1080 lines, wide enough for its plate.
    pub unit: f32,
    pub layers: Vec<Layer>,
}

impl<'a> Desk<'a> {
    pub fn new(ident: &'a Ident, words: &'a CardWords, set: &'a dyn Typeset) -> Self {
        let (w, h) = (ident.raster.0 as f32, ident.raster.1 as f32);
        Self { ident, words, set, w, h, unit: (w / 1080.0).min(h / 1080.0), layers: Vec::new() }
    }

    pub fn raster(&self) -> Rect {
        Rect::new(0.0, 0.0, self.w, self.h)
    }

    /// `units` in whole px, at least one.
    pub fn px(&self, units: f32) -> f32 {
        (units * self.unit).round().max(1.0)
    }

    /// The still ground of the card.
    pub fn lay_ground(&mut self, sheet: Sheet) {
        self.lay(LayerKind::Backdrop, 0, sheet);
    }

    pub fn lay(&mut self, kind: LayerKind, index: u16, sheet: Sheet) {
        let key = LayerKey { kind, entry: 0, index };
        self.layers.push(sheet.into_layer(key, Placement::at(0.0, 0.0)));
    }

    /// One line in `rect`, made smaller until it fits, left out where it still would not be read.
    pub fn line(&self, sheet: &mut Sheet, rect: Rect, anchor: Anchor, type_: Type, text: &str) {
        let style =
            |size: f32| TextStyle { face: type_.face, size, weight: type_.weight, tracking: 0.0, colour: type_.colour };
        let asked = type_.size.max(LEAST);
        let width = self.set.width(text, &style(asked));
        let size = if width > rect.w { (asked * rect.w / width).floor() } else { asked };
        if size < LEAST || size > rect.h * LEADING {
            return;
        }
        let x = match anchor {
            Anchor::Start => rect.x,
            Anchor::Centre => rect.x + rect.w / 2.0,
            Anchor::End => rect.x + rect.w,
        };
        let line = (size * LEADING).round();
        let at = Point { x: x.round(), y: (rect.y + (rect.h - line) / 2.0).round() };
        sheet.push(Part::Text { at, line, anchor, text: text.to_owned(), style: style(size) });
    }
}

/// How a line is set.
#[derive(Clone, Copy)]
pub struct Type {
    pub face: Face,
    pub size: f32,
    pub weight: u16,
    pub colour: Rgba,
}

pub const fn sans(size: f32, weight: u16, colour: Rgba) -> Type {
    Type { face: Face::Sans, size, weight, colour }
}

pub const fn figures(size: f32, colour: Rgba) -> Type {
    Type { face: Face::Numerals, size, weight: 600, colour }
}

/// A rectangle of one colour.
pub fn fill(sheet: &mut Sheet, rect: Rect, colour: Rgba) {
    sheet.plate(rect, [0.0; 4], Fill::Solid(colour), None, None);
}

/// Its outermost pixels, `width` px thick.
pub fn outline(sheet: &mut Sheet, rect: Rect, width: f32, colour: Rgba) {
    let Rect { x, y, w, h } = rect;
    for edge in [
        Rect::new(x, y, w, width),
        Rect::new(x, y + h - width, w, width),
        Rect::new(x, y + width, width, h - 2.0 * width),
        Rect::new(x + w - width, y + width, width, h - 2.0 * width),
    ] {
        fill(sheet, edge, colour);
    }
}

pub fn circle(sheet: &mut Sheet, centre: Point, radius: f32, width: f32, colour: Rgba) {
    sheet.disc(centre, radius, Fill::None, Some(Border { width, colour }));
}
