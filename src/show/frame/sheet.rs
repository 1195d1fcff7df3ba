//! One layer's parts, laid out in canvas coordinates and moved into the layer's own when it is done.

use std::{borrow::Cow, sync::Arc};

use super::{
    fit::LINE_BREAKS,
    layer::{Content, Layer, LayerKey, Placement},
    part::{Anchor, Border, Fill, Floor, Icon, LightPart, Part, Point, Rect, Rgba, RingPart, Shadow, Sun},
    spacing::spaced,
};
use crate::show::theme::{Fall, Gradient, Layout, Palette, Role, Step, Typography};

/// A layer in the making.
#[derive(Debug)]
pub struct Sheet {
    area: Rect,
    opaque: bool,
    parts: Vec<Part>,
}

impl Sheet {
    /// A transparent sheet that covers `area` of the canvas.
    pub fn new(area: Rect) -> Self {
        let (x, y) = (area.x.floor(), area.y.floor());
        let area = Rect::new(x, y, (area.x + area.w).ceil() - x, (area.y + area.h).ceil() - y);
        Self { area, opaque: false, parts: Vec::new() }
    }

    /// The same, promising that the parts cover it with alpha 1.
    pub fn opaque(mut self) -> Self {
        self.opaque = true;
        self
    }

    pub fn push(&mut self, part: Part) -> &mut Self {
        self.parts.push(part);
        self
    }

    pub fn plate(
        &mut self,
        rect: Rect,
        radii: [f32; 4],
        fill: Fill,
        border: Option<Border>,
        shadow: Option<Shadow>,
    ) -> &mut Self {
        self.push(Part::Plate { rect, radii, fill, border, shadow, turn: 0.0 })
    }

    /// A plate with the theme's lit top edge and border.
    pub fn lit_plate(
        &mut self,
        rect: Rect,
        radii: [f32; 4],
        fill: Gradient,
        palette: &Palette,
        layout: &Layout,
        shadow: Shadow,
    ) -> &mut Self {
        self.plate(rect, radii, vertical(fill), outline(layout.border, palette.plate_border), Some(shadow));
        let edge = layout.edge;
        let clear = palette.plate_edge.fade(0.0);
        let (left, right) = (radii[0].min(rect.w / 2.0), radii[1].min(rect.w / 2.0));
        let bar = Rect::new(rect.x + left, rect.y, (rect.w - left - right).max(0.0), edge.height);
        let stops = vec![(clear, 0.0), (palette.plate_edge, edge.from), (palette.plate_edge, edge.to), (clear, 1.0)];
        self.plate(bar, [0.0; 4], Fill::Horizontal(stops), None, None)
    }

    pub fn disc(&mut self, centre: Point, radius: f32, fill: Fill, border: Option<Border>) -> &mut Self {
        self.plate(Rect::disc(centre, radius), [radius; 4], fill, border, None)
    }

    /// One line, centred vertically in `rect`, anchored at its left, centre or right.
    #[expect(
        clippy::too_many_arguments,
        reason = "a line of type has this many properties; a builder would say no more"
    )]
    pub fn line(
        &mut self,
        typography: &Typography,
        rect: Rect,
        anchor: Anchor,
        role: &Role,
        step: Step,
        colour: Rgba,
        text: impl Into<String>,
    ) -> &mut Self {
        let x = match anchor {
            Anchor::Start => rect.x,
            Anchor::Centre => rect.x + rect.w / 2.0,
            Anchor::End => rect.x + rect.w,
        };
        let y = rect.y + (rect.h - step.1) / 2.0 - typography.rise * step.0;
        let style = role.style(step, colour);
        self.push(Part::Text { at: Point { x, y }, line: step.1, anchor, text: one_line_of(text.into()), style })
    }

    /// Lines from `at` down, as they were fitted.
    pub fn lines(&mut self, at: Point, role: &Role, step: Step, colour: Rgba, lines: &[String]) -> &mut Self {
        for (i, line) in lines.iter().enumerate() {
            let at = Point { x: at.x, y: at.y + i as f32 * step.1 };
            let style = role.style(step, colour);
            self.push(Part::Text { at, line: step.1, anchor: Anchor::Start, text: one_line_of(line.clone()), style });
        }
        self
    }

    pub fn icon(&mut self, centre: Point, size: f32, icon: Icon, colour: Rgba) -> &mut Self {
        self.push(Part::Icon { rect: Rect::disc(centre, size / 2.0), icon, colour })
    }

    pub fn ring(&mut self, ring: RingPart) -> &mut Self {
        self.push(Part::Ring(ring))
    }

    /// The layer: parts in its own coordinates, its place moved by `motion`.
    pub fn into_layer(self, key: LayerKey, motion: Placement) -> Layer {
        let (dx, dy) = (-self.area.x, -self.area.y);
        let parts = self.parts.into_iter().map(|part| moved(part, dx, dy)).collect();
        let content = Content { size: (self.area.w, self.area.h), opaque: self.opaque, parts };
        let placement = Placement { x: self.area.x + motion.x, y: self.area.y + motion.y, ..motion };
        Layer { key, content: Arc::new(content), placement }
    }
}

/// A line is drawn as one, as it was measured: spaced, and whatever would break it is a space.
fn one_line_of(text: String) -> String {
    let text = if text.contains(LINE_BREAKS) { text.replace(LINE_BREAKS, " ") } else { text };
    match spaced(&text) {
        Cow::Borrowed(_) => text,
        Cow::Owned(set) => set,
    }
}

pub fn vertical(fill: Gradient) -> Fill {
    Fill::Vertical(fill.0, fill.1)
}

/// A border, unless it could not be seen.
pub fn outline(width: f32, colour: Rgba) -> Option<Border> {
    (width > 0.0 && colour.a > 0.0).then_some(Border { width, colour })
}

pub fn shadow(fall: Fall, colour: Rgba) -> Shadow {
    Shadow { y: fall.y, blur: fall.blur, colour }
}

fn moved(part: Part, dx: f32, dy: f32) -> Part {
    let to = |point: Point| Point { x: point.x + dx, y: point.y + dy };
    match part {
        Part::Plate { rect, radii, fill, border, shadow, turn } => {
            Part::Plate { rect: rect.shift(dx, dy), radii, fill, border, shadow, turn }
        }
        Part::Text { at, line, anchor, text, style } => Part::Text { at: to(at), line, anchor, text, style },
        Part::Icon { rect, icon, colour } => Part::Icon { rect: rect.shift(dx, dy), icon, colour },
        Part::Ring(ring) => Part::Ring(RingPart { centre: to(ring.centre), ..ring }),
        Part::Picture { rect, picture, crop, alpha } => {
            Part::Picture { rect: rect.shift(dx, dy), picture, crop, alpha }
        }
        Part::Video { rect, clip, picture, crop, radius, alpha } => {
            Part::Video { rect: rect.shift(dx, dy), clip, picture, crop, radius, alpha }
        }
        // A sky is laid on a sheet of its own size at the canvas origin: its figures are canvas figures.
        Part::Sky(sky) => Part::Sky(sky),
        Part::Light(light) => Part::Light(LightPart {
            rect: light.rect.shift(dx, dy),
            ground: light.ground.shift(dx, dy),
            centre: to(light.centre),
            sun: light.sun.map(|sun| Sun { centre: to(sun.centre), ..sun }),
            floor: light.floor.map(|floor| Floor { top: floor.top + dy, ..floor }),
            ..light
        }),
    }
}
