//! A question card made by hand, part for part like the design's first picture.

use std::sync::Arc;

use leitai::show::frame::{
    Anchor, Arcs, Border, Content, Face, Fill, Floor, Frame, Glow, Icon, Layer, LayerKey, LayerKind, Part, Placement,
    Point, Rect, Rgba, RingPart, Scrim, Shadow, SkyPart, TextStyle,
};

const INK: u32 = 0xF5F9FF;
const INK2: u32 = 0xB9D3F8;
const INK3: u32 = 0x86ABE4;
/// A layer is larger than its plate by this much, for the shadow.
const MARGIN: f32 = 80.0;

pub fn hex(rgb: u32) -> Rgba {
    Rgba::rgb8((rgb >> 16) as u8, (rgb >> 8) as u8, rgb as u8)
}

pub fn key(kind: LayerKind, index: u16) -> LayerKey {
    LayerKey { kind, entry: 1, index }
}

pub fn layer(kind: LayerKind, index: u16, at: (f32, f32), content: Content) -> Layer {
    Layer { key: key(kind, index), content: Arc::new(content), placement: Placement::at(at.0, at.1) }
}

pub fn plate(rect: Rect, radii: [f32; 4], a: u32, b: u32, shadow: Option<Shadow>) -> Part {
    Part::Plate { rect, radii, fill: Fill::Vertical(hex(a), hex(b)), border: None, shadow, turn: 0.0 }
}

fn outline(rect: Rect, radius: f32, width: f32, colour: u32) -> Part {
    let border = Some(Border { width, colour: hex(colour) });
    Part::Plate { rect, radii: [radius; 4], fill: Fill::None, border, shadow: None, turn: 0.0 }
}

struct Type {
    face: Face,
    size: f32,
    weight: u16,
    tracking: f32,
    colour: u32,
}

fn sans(size: f32, weight: u16, colour: u32) -> Type {
    Type { face: Face::Sans, size, weight, tracking: 0.0, colour }
}

fn numerals(size: f32, colour: u32) -> Type {
    Type { face: Face::Numerals, size, weight: 700, tracking: 0.0, colour }
}

fn text(anchor: Anchor, x: f32, y: f32, line: f32, text: &str, t: Type) -> Part {
    let Type { face, size, weight, tracking, colour } = t;
    let style = TextStyle { face, size, weight, tracking, colour: hex(colour) };
    Part::Text { at: Point { x, y }, line, anchor, text: text.into(), style }
}

/// A line of Han in any size and weight.
pub fn line(at: Point, words: &str, size: f32, weight: u16) -> Part {
    text(Anchor::Start, at.x, at.y, size * 1.25, words, sans(size, weight, INK))
}

fn small_shadow() -> Option<Shadow> {
    Some(Shadow { y: 10.0, blur: 22.0, colour: hex(0x020B28).fade(0.51) })
}

fn large_shadow() -> Option<Shadow> {
    Some(Shadow { y: 22.0, blur: 44.0, colour: hex(0x020B28).fade(0.64) })
}

pub fn sky() -> Content {
    let rect = Rect::new(0.0, 0.0, 1920.0, 1080.0);
    Content {
        size: (1920.0, 1080.0),
        opaque: true,
        parts: vec![Part::Sky(SkyPart {
            rays: None,
            rect,
            focus: Point { x: 1622.0, y: 348.0 },
            radii: Point { x: 1497.6, y: 1101.6 },
            stops: vec![(hex(0x1F6BD0), 0.0), (hex(0x0E48A4), 0.38), (hex(0x093582), 0.7), (hex(0x06245F), 1.0)],
            glow: Some(Glow { centre: Point { x: 1622.0, y: 348.0 }, radius: 516.8, colour: hex(0x4096FF).fade(0.55) }),
            arcs: Some(Arcs {
                centre: Point { x: 1622.0, y: 348.0 },
                radii: [262.0, 352.0, 462.0, 602.0, 782.0, 1002.0, 1272.0, 1602.0],
                width: 2.0,
                inner: hex(0x8FC2FF).fade(0.26),
                outer: hex(0x8FC2FF).fade(0.05),
            }),
            floor: Some(Floor {
                top: 869.0,
                radius: 11520.0,
                colour: hex(0x041844).fade(0.8),
                horizon: hex(0xFFC46B).fade(0.75),
            }),
            scrim: Some(Scrim { colour: hex(0x041844), top: 0.46, middle: 0.4, height: 190.0 }),
            sun: None,
        })],
    }
}

pub fn header() -> Content {
    let acc = Part::Plate {
        rect: Rect::new(254.96, 13.0, 3.0, 38.0),
        radii: [2.0; 4],
        fill: Fill::Solid(hex(0xFFB73D)),
        border: None,
        shadow: None,
        turn: 0.0,
    };
    Content {
        size: (1728.0, 64.0),
        opaque: false,
        parts: vec![
            text(Anchor::Start, 0.0, 0.0, 64.0, "初显身手", Type { tracking: 0.04, ..sans(56.0, 900, INK) }),
            acc,
            text(Anchor::Start, 279.96, 2.0, 62.0, "热身环节·第 2 轮", sans(38.0, 600, INK2)),
            outline(Rect::new(1337.0, 3.0, 58.0, 58.0), 29.0, 4.0, INK),
            text(Anchor::Centre, 1366.0, 3.0, 58.0, "3", numerals(42.0, INK)),
            text(Anchor::Start, 1413.0, 0.0, 64.0, "济宁市", Type { tracking: 0.02, ..sans(48.0, 800, INK) }),
            text(Anchor::End, 1728.0, 2.0, 64.0, "2 号选手", sans(38.0, 600, INK2)),
        ],
    }
}

pub fn question() -> Content {
    let rect = Rect::new(MARGIN, MARGIN, 1728.0, 400.0);
    let edge = hex(0x8CC3FF);
    let mut parts = vec![
        plate(rect, [40.0, 200.0, 200.0, 40.0], 0x0B2F74, 0x072257, large_shadow()),
        Part::Plate {
            rect: Rect::new(MARGIN + 54.0, MARGIN, 1300.0, 2.0),
            radii: [0.0; 4],
            fill: Fill::Horizontal(vec![
                (edge.fade(0.0), 0.0),
                (edge.fade(0.85), 0.28),
                (edge.fade(0.85), 0.62),
                (edge.fade(0.0), 1.0),
            ]),
            border: None,
            shadow: None,
            turn: 0.0,
        },
        outline(Rect::new(MARGIN + 56.0, MARGIN + 28.0, 176.0, 58.0), 29.0, 3.0, INK3),
        text(Anchor::Centre, MARGIN + 144.0, MARGIN + 28.0, 58.0, "单选题", sans(38.0, 700, INK2)),
        text(Anchor::Start, MARGIN + 256.0, MARGIN + 28.0, 58.0, "10 分", sans(38.0, 600, INK2)),
    ];
    let lines = ["用人单位应当自用工之日起（　）内，", "为其职工向社会保险经办机构申请办理", "社会保险登记。"];
    for (i, line) in lines.iter().enumerate() {
        let y = MARGIN + 102.0 + 91.7 * i as f32;
        parts.push(text(Anchor::Start, MARGIN + 56.0, y, 91.7, line, Type { tracking: 0.01, ..sans(70.0, 700, INK) }));
    }
    Content { size: (1728.0 + 2.0 * MARGIN, 400.0 + 2.0 * MARGIN), opaque: false, parts }
}

pub fn option(letter: &str, word: &str) -> Content {
    let rect = Rect::new(40.0, 40.0, 852.0, 124.0);
    Content {
        size: (932.0, 204.0),
        opaque: false,
        parts: vec![
            plate(rect, [62.0, 22.0, 22.0, 62.0], 0x12479F, 0x0D3A88, small_shadow()),
            outline(Rect::disc(Point { x: 102.0, y: 102.0 }, 46.0), 46.0, 4.0, INK2),
            text(Anchor::Centre, 102.0, 56.0, 92.0, letter, numerals(60.0, INK)),
            text(Anchor::Start, 178.0, 40.0, 124.0, word, sans(58.0, 700, INK)),
        ],
    }
}

/// The ring with `tenths` of ten seconds left.
pub fn ring(tenths: u32) -> Content {
    let centre = Point { x: 188.0, y: 188.0 };
    let digit = tenths.div_ceil(10).to_string();
    Content {
        size: (376.0, 376.0),
        opaque: false,
        parts: vec![
            Part::Ring(RingPart {
                centre,
                radius: 168.0,
                stroke: 22.0,
                rim: 10.0,
                well: (hex(0x041641), hex(0x041641)),
                track: hex(0x203867),
                lit: hex(0xFFB73D),
                sweep: tenths as f32 / 100.0,
                head: true,
                ticks: 10,
                tick: hex(INK2).fade(0.7),
                dashes: 0,
            }),
            text(Anchor::Centre, 188.0, 87.2, 178.08, &digit, numerals(194.88, INK)),
            text(Anchor::Centre, 188.0, 265.28, 43.68, "秒", sans(38.3, 600, INK2)),
        ],
    }
}

const TEAMS: [(&str, &str); 5] =
    [("济南市", "320"), ("枣庄市", "310"), ("济宁市", "310"), ("淄博市", "310"), ("威海市", "300")];

fn cell(parts: &mut Vec<Part>, index: usize, x: f32, y: f32, ink: u32, ink2: u32, weight: u16) {
    let (name, score) = TEAMS[index];
    parts.push(outline(Rect::disc(Point { x: x + 48.0, y: y + 56.0 }, 27.75), 27.75, 3.5, ink2));
    parts.push(text(Anchor::Centre, x + 48.0, y + 28.0, 56.0, &(index + 1).to_string(), numerals(40.0, ink)));
    parts.push(text(Anchor::Start, x + 88.0, y, 112.0, name, sans(40.0, weight, ink)));
    parts.push(text(Anchor::End, x + 321.6, y - 1.0, 112.0, score, numerals(70.0, ink)));
}

pub fn strip() -> Content {
    let rect = Rect::new(40.0, 40.0, 1728.0, 112.0);
    let mut parts = vec![plate(rect, [56.0; 4], 0x08275F, 0x051C49, small_shadow())];
    for i in [0, 1, 3, 4] {
        cell(&mut parts, i, 40.0 + 345.6 * i as f32, 40.0, INK, INK3, 700);
        if i == 1 || i == 4 {
            parts.push(Part::Plate {
                rect: Rect::new(39.0 + 345.6 * i as f32, 68.0, 2.0, 56.0),
                radii: [0.0; 4],
                fill: Fill::Solid(hex(0x264982)),
                border: None,
                shadow: None,
                turn: 0.0,
            });
        }
    }
    Content { size: (1808.0, 192.0), opaque: false, parts }
}

pub fn active() -> Content {
    let rect = Rect::new(80.0, 80.0, 357.6, 140.0);
    let mut parts = vec![plate(rect, [70.0; 4], 0xF3F8FF, 0xD9E8FB, large_shadow())];
    cell(&mut parts, 2, 86.0, 94.0, 0x06245C, 0x2B5597, 800);
    Content { size: (517.6, 300.0), opaque: false, parts }
}

/// Every sign in a row, to be looked at.
pub fn icons() -> Content {
    let all = [
        Icon::Check,
        Icon::Cross,
        Icon::Lock,
        Icon::Dash,
        Icon::Bang,
        Icon::Arrow,
        Icon::Times,
        Icon::Plus,
        Icon::Equals,
        Icon::Hourglass,
        Icon::Gavel,
    ];
    let parts = all
        .iter()
        .enumerate()
        .map(|(i, icon)| Part::Icon {
            rect: Rect::new(20.0 + 110.0 * i as f32, 20.0, 90.0, 90.0),
            icon: *icon,
            colour: hex(INK),
        })
        .collect();
    Content { size: (1240.0, 130.0), opaque: false, parts }
}

pub fn frame(raster: (u32, u32), tenths: u32) -> Frame {
    let scale = raster.1 as f32 / 1080.0;
    let mut layers = vec![
        layer(LayerKind::Backdrop, 0, (0.0, 0.0), sky()),
        layer(LayerKind::Header, 0, (96.0, 54.0), header()),
        layer(LayerKind::Card, 0, (96.0 - MARGIN, 148.0 - MARGIN), question()),
    ];
    let options = [("A", "十五日"), ("B", "三十日"), ("C", "六十日"), ("D", "九十日")];
    for (i, (letter, word)) in options.into_iter().enumerate() {
        let at = (56.0 + 876.0 * (i % 2) as f32, 540.0 + 148.0 * (i / 2) as f32);
        layers.push(layer(LayerKind::Option, i as u16, at, option(letter, word)));
    }
    layers.push(layer(LayerKind::Ring, 0, (1434.0, 160.0), ring(tenths)));
    layers.push(layer(LayerKind::Strip, 0, (56.0, 862.0), strip()));
    layers.push(layer(LayerKind::ActiveCell, 0, (701.2, 808.0), active()));
    Frame { raster, scale, offset: (0.0, 0.0), layers }
}
