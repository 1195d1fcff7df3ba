//! Light over the ground: hairlines whose centre travels to what matters next, the wave of a big gain, the sun that
//! rises. It moves without the ground's being drawn again.

use super::backdrop::Mixed;
use crate::show::{
    frame::{
        cx::Cx,
        layer::{Layer, LayerKey, LayerKind, Placement},
        output::Quality,
        part::{Arcs, Floor, LightPart, Part, Point, Rect, Rgba, SkyPart},
        sheet::Sheet,
    },
    motion::{lerp, share},
    theme::{Ground, Motion},
};

/// Hairlines of a ground.
const LINES: usize = 8;

/// What the ground has been since the oldest that may still be seen, and the area that it covers.
pub struct Ways<'a> {
    /// (instant, ground), oldest first.
    pub stack: &'a [(i64, Ground)],
    /// How much of each is seen now.
    pub mixed: &'a [Mixed],
    pub area: Rect,
    pub quality: Quality,
}

/// A ground in the palette's colours.
fn sky(cx: &Cx, ground: Ground) -> SkyPart {
    cx.theme.grounds.sky(ground).part(&cx.theme.palette, Rect::default())
}

/// Hairlines, wave and sun.
pub fn compose(cx: &Cx, ways: &Ways, layers: &mut Vec<Layer>) {
    let motion = &cx.theme.motion;
    let floor = floor(cx, ways.mixed);
    let lay = |kind: LayerKind, index: u16, light: LightPart, placement: Placement| {
        let mut sheet = Sheet::new(light.rect);
        sheet.push(Part::Light(light));
        sheet.into_layer(LayerKey { kind, entry: 0, index }, placement)
    };
    let drawn = |lines: &Lines| LightPart {
        rect: ways.area,
        ground: ways.area,
        centre: lines.centre,
        width: lines.width,
        arcs: lines.arcs.iter().filter(|(_, line)| line.a > 0.0).copied().collect(),
        sun: None,
        floor,
    };
    let here = Placement::at(0.0, 0.0);
    if motion.reduced {
        // Nothing travels: the old figure goes as the new one comes.
        for mixed in ways.mixed {
            let light = drawn(&Lines::of(&sky(cx, mixed.ground)));
            layers.push(lay(LayerKind::Arcs, 2 + mixed.ground as u16, light, here.faded(mixed.seen)));
        }
    } else if let Some(lines) = Lines::at(cx, ways) {
        layers.push(lay(LayerKind::Arcs, 0, drawn(&lines), here));
        let won = ways.stack.last().filter(|(since, ground)| *ground == Ground::Win && !ways.quality.stills(*since));
        let passed = won.map_or(1.0, |(since, _)| share(cx.now, *since, motion.beat.wave.us()));
        if passed < 1.0 {
            let light = (passed * std::f32::consts::PI).sin().powi(2);
            let wave = Lines::wave(&sky(cx, Ground::Win), motion);
            layers.push(lay(LayerKind::Arcs, 1, drawn(&wave), here.faded(light)));
        }
    }
    for mixed in ways.mixed {
        let sky = sky(cx, mixed.ground);
        let Some(sun) = sky.sun else { continue };
        let risen = match ways.quality.stills(mixed.since) {
            true => 1.0,
            false => motion.curves.out.progress(cx.now, mixed.since, motion.sun_rise.us()),
        };
        let centre = Point { y: sun.centre.y + motion.sun_travel_px * (1.0 - risen), ..sun.centre };
        let reach = sun.rings.iter().map(|(radius, width)| radius + width).fold(sun.radius, f32::max);
        let disc = Rect::disc(sun.centre, reach);
        let rect =
            Rect { h: (sky.floor.map_or(disc.y + disc.h, |floor| floor.top + reach / 8.0) - disc.y).max(0.0), ..disc };
        let sun = crate::show::frame::part::Sun { centre, ..sun };
        let light = LightPart {
            rect,
            ground: ways.area,
            centre,
            width: 0.0,
            arcs: Vec::new(),
            sun: Some(sun),
            floor: sky.floor,
        };
        layers.push(lay(LayerKind::Sun, mixed.ground as u16, light, here.faded(mixed.seen)));
    }
}

/// The floors of the grounds that are seen, as one: how much of the light they cover.
fn floor(cx: &Cx, mixed: &[Mixed]) -> Option<Floor> {
    let floors = mixed.iter().filter_map(|mixed| Some((sky(cx, mixed.ground).floor?, mixed.seen)));
    let mut whole: Option<(Floor, f32)> = None;
    let (mut covers, mut horizon) = (0.0, 0.0);
    for (floor, seen) in floors {
        covers += floor.colour.a * seen;
        horizon += floor.horizon.a * seen;
        if whole.is_none_or(|(_, most)| seen > most) {
            whole = Some((floor, seen));
        }
    }
    let faded = |colour: Rgba, a: f32| Rgba { a: a.clamp(0.0, 1.0), ..colour };
    whole.map(|(floor, _)| Floor {
        colour: faded(floor.colour, covers),
        horizon: faded(floor.horizon, horizon),
        ..floor
    })
}

/// A figure of hairlines about one centre.
#[derive(Clone, Copy, Debug, PartialEq)]
struct Lines {
    centre: Point,
    width: f32,
    /// Radius and colour, for linear blending; from the first that is missing on they are clear.
    arcs: [(f32, Rgba); LINES],
}

impl Lines {
    fn of(sky: &SkyPart) -> Self {
        let alpha = |arcs: &Arcs, t: f32| arcs.inner.mix(arcs.outer, t);
        Self::lit(sky, alpha)
    }

    /// What has to be laid over the figure for it to stand at the wave's height.
    fn wave(sky: &SkyPart, motion: &Motion) -> Self {
        Self::lit(sky, |arcs: &Arcs, t: f32| {
            let line = arcs.inner.mix(arcs.outer, t);
            let most = arcs.inner.a.max(arcs.outer.a).max(f32::EPSILON);
            let high = (motion.beat.wave_alpha * line.a / most).min(1.0);
            Rgba { a: ((high - line.a) / (1.0 - line.a).max(f32::EPSILON)).clamp(0.0, 1.0), ..line }
        })
    }

    fn lit(sky: &SkyPart, line: impl Fn(&Arcs, f32) -> Rgba) -> Self {
        let Some(arcs) = &sky.arcs else {
            let arcs = [(0.0, Rgba::CLEAR); LINES];
            return Self { centre: sky.focus, width: 0.0, arcs };
        };
        let count = arcs.radii.iter().filter(|radius| **radius > 0.0).count();
        let mut figure = [(0.0, Rgba::CLEAR); LINES];
        for (i, (slot, radius)) in figure.iter_mut().zip(arcs.radii).enumerate() {
            let colour = line(arcs, i as f32 / count.saturating_sub(1).max(1) as f32);
            *slot = if i < count { (radius, over(sky, arcs, radius, colour)) } else { (radius, Rgba::CLEAR) };
        }
        // What is missing outside grows out of the outermost.
        let last = figure.iter().map(|(radius, _)| *radius).fold(0.0, f32::max);
        figure.iter_mut().filter(|(radius, _)| *radius <= 0.0).for_each(|(radius, _)| *radius = last);
        Self { centre: arcs.centre, width: arcs.width, arcs: figure }
    }

    /// Where the figure stands: on its way from focus to focus, departing from where it was when it was turned round.
    fn at(cx: &Cx, ways: &Ways) -> Option<Self> {
        let motion = &cx.theme.motion;
        let mut on_the_way: Option<(i64, Self, Self)> = None;
        let stand = |(since, from, to): (i64, Self, Self), now: i64| match ways.quality.stills(since) {
            true => to,
            false => from.toward(&to, motion.curves.io.progress(now, since, motion.beat.arcs.us())),
        };
        for &(since, ground) in ways.stack {
            let to = Self::of(&sky(cx, ground));
            on_the_way = Some(match on_the_way {
                None => (since, to, to),
                Some(way) => (since, stand(way, since), to),
            });
        }
        on_the_way.map(|way| stand(way, cx.now))
    }

    fn toward(&self, to: &Self, t: f32) -> Self {
        let clear = |lines: &Self| lines.arcs.iter().all(|(_, line)| line.a <= 0.0);
        // What is not there comes and goes where the other is.
        let (from, to) = match (clear(self), clear(to)) {
            (true, false) => (Self { arcs: to.arcs.map(|(radius, line)| (radius, line.fade(0.0))), ..*to }, *to),
            (false, true) => (*self, Self { arcs: self.arcs.map(|(radius, line)| (radius, line.fade(0.0))), ..*self }),
            _ => (*self, *to),
        };
        let mut arcs = to.arcs;
        for (arc, ((r0, line0), (r1, line1))) in arcs.iter_mut().zip(from.arcs.into_iter().zip(to.arcs)) {
            *arc = (lerp(r0, r1, t), mix(line0, line1, t));
        }
        let centre = Point { x: lerp(from.centre.x, to.centre.x, t), y: lerp(from.centre.y, to.centre.y, t) };
        Self { centre, width: lerp(from.width, to.width, t), arcs }
    }
}

/// A clear colour has no hue of its own.
fn mix(from: Rgba, to: Rgba, t: f32) -> Rgba {
    let hued = |colour: Rgba, other: Rgba| if colour.a <= 0.0 { other.fade(0.0) } else { colour };
    hued(from, to).mix(hued(to, from), t)
}

/// The alpha at which `line`, laid over the sky where its circle runs nearest to the focus, shines as bright as it does
/// mixed in sRGB.
fn over(sky: &SkyPart, arcs: &Arcs, radius: f32, line: Rgba) -> Rgba {
    let (dx, dy) = (sky.focus.x - arcs.centre.x, sky.focus.y - arcs.centre.y);
    let away = dx.hypot(dy);
    // Concentric with the focus: half way between the ellipse's axes.
    let (x, y) = if away < 1.0 {
        (radius * 0.7, radius * 0.7)
    } else {
        (dx * (radius / away - 1.0), dy * (radius / away - 1.0))
    };
    let t = (x / sky.radii.x.max(1.0)).hypot(y / sky.radii.y.max(1.0));
    let ground = tone(sky, t);
    let (low, high) = (ground.luminance(), Rgba { a: 1.0, ..line }.luminance());
    let mixed = ground.mix(Rgba { a: 1.0, ..line }, line.a).luminance();
    let a = if (high - low).abs() < 1e-4 { line.a } else { ((mixed - low) / (high - low)).clamp(0.0, 1.0) };
    Rgba { a, ..line }
}

/// The sky's colour at `t` of its radii.
pub fn tone(sky: &SkyPart, t: f32) -> Rgba {
    let mut colour = sky.stops.first().map_or(Rgba::CLEAR, |stop| stop.0);
    for pair in sky.stops.windows(2) {
        if let [(_, a), (next, b)] = pair {
            colour = colour.mix(*next, ((t - a) / (b - a).max(1e-5)).clamp(0.0, 1.0));
        }
    }
    colour
}
