//! Text: the faces, registered before the first word is set, and one line of type as UI nodes.

use bevy::ecs::relationship::RelatedSpawnerCommands;
use bevy::image::ImageSampler;
use bevy::prelude::*;
use bevy::text::{FontAtlasSet, FontCx, FontFeatureTag, FontWeight, LetterSpacing, LineHeight, TextLayoutInfo};
use parley::fontique::{FallbackKey, Script};

use crate::fonts;
use crate::show::frame::{Anchor, Face, Point, Rgba, TextStyle};

/// Glyphs of 509 to 511 px panic in the glyph atlas: larger type is rasterised at this size and scaled up.
/// Han fill the em; the numerals' capitals are 0.7 of it.
const LARGEST_SANS_PX: f32 = 480.0;
const LARGEST_NUMERALS_PX: f32 = 660.0;
/// Both faces sit this much too low in their line box, in em; the line box's middle is to be the optical one.
const LIFT_EM: f32 = 0.05;
/// Wider than any line, so that centred and right-aligned text needs no measuring.
const LINE_BOX_WIDTH: f32 = 16_384.0;

/// The faces. Handles are kept for ever: removing one would clear the whole font collection.
#[derive(Resource)]
pub struct Faces {
    sans: Handle<Font>,
    numerals_bold: Handle<Font>,
    numerals_semibold: Handle<Font>,
    /// Only reached as fallbacks; held so that they are never removed.
    _fallbacks: [Handle<Font>; 2],
    ready: bool,
}

impl Faces {
    /// True once text may be set: every face registered and the Han fallbacks in order.
    pub fn ready(&self) -> bool {
        self.ready
    }
}

impl FromWorld for Faces {
    fn from_world(world: &mut World) -> Self {
        let mut assets = world.resource_mut::<Assets<Font>>();
        let mut add = |bytes: &[u8]| assets.add(Font::from_bytes(bytes.to_vec()));
        Self {
            sans: add(fonts::SANS),
            numerals_bold: add(fonts::NUMERALS_BOLD),
            numerals_semibold: add(fonts::NUMERALS_SEMIBOLD),
            _fallbacks: [add(fonts::SANS_RARE), add(fonts::SANS_EXT)],
            ready: false,
        }
    }
}

/// Sets the Han fallbacks as soon as Bevy has registered the faces; runs after its registration.
pub fn order_fallbacks(mut faces: ResMut<Faces>, mut context: ResMut<FontCx>) {
    let families: Vec<_> = fonts::HAN_FAMILIES.iter().filter_map(|name| context.collection.family_id(name)).collect();
    if families.len() == fonts::HAN_FAMILIES.len() {
        let han = FallbackKey::new(Script::from_bytes(*b"Hani"), None);
        context.collection.set_fallbacks(han, families.into_iter());
        faces.ready = true;
    }
}

/// Type too large for the atlas: rasterised smaller and scaled up, so its texels are smoothed.
#[derive(Component)]
pub struct Enlarged;

/// Puts every glyph on whole pixels and takes its texels unsmoothed: type is sharp, and a pixel does not depend on
/// where in its atlas a glyph happens to lie, so a picture does not depend on what was set before it.
pub fn snap_glyphs(
    mut lines: Query<&mut TextLayoutInfo, (Changed<TextLayoutInfo>, Without<Enlarged>)>,
    mut images: ResMut<Assets<Image>>,
) {
    for mut line in &mut lines {
        for glyph in &mut line.glyphs {
            let half = glyph.atlas_info.rect.size() / 2.0;
            glyph.position = (glyph.position - half).round() + half;
        }
        let mut atlas = None;
        for glyph in &line.glyphs {
            let texture = glyph.atlas_info.texture;
            if atlas.replace(texture) != Some(texture) && images.get(texture).is_some_and(is_smoothed) {
                // Only an atlas new in this update comes here; its texture is yet to be made.
                if let Some(mut image) = images.get_mut(texture) {
                    image.sampler = ImageSampler::nearest();
                }
            }
        }
    }
}

fn is_smoothed(image: &Image) -> bool {
    matches!(image.sampler, ImageSampler::Default)
}

pub fn srgba(c: Rgba) -> Color {
    Color::srgba(c.r, c.g, c.b, c.a)
}

/// Bevy never gives glyph atlases back; above this the stage does, between two layers.
const MOST_ATLAS_BYTES: u64 = 192 << 20;

/// Forgets all rasterised glyphs when there are too many. Only while no text is laid out and waiting to be drawn.
pub fn trim_atlases(atlases: &mut FontAtlasSet, images: &Assets<Image>) {
    if atlases.total_bytes(images) > MOST_ATLAS_BYTES {
        atlases.clear();
    }
}

/// True when the line leaves a mark.
pub fn shows(text: &str, style: &TextStyle) -> bool {
    style.colour.a > 0.0 && style.size > 0.0 && !text.trim().is_empty()
}

/// Sets one line: a box as wide as need be, the text anchored in it.
pub fn spawn_line(
    parent: &mut RelatedSpawnerCommands<ChildOf>,
    faces: &Faces,
    (at, line, anchor): (Point, f32, Anchor),
    text: &str,
    style: &TextStyle,
    scale: f32,
) {
    let largest = match style.face {
        Face::Sans => LARGEST_SANS_PX,
        Face::Numerals => LARGEST_NUMERALS_PX,
    };
    let enlarge = (style.size * scale / largest).max(1.0);
    let (size, line_height) = (style.size / enlarge, line / enlarge);
    let width = LINE_BOX_WIDTH / enlarge;
    let (left, justify) = match anchor {
        Anchor::Start => (at.x, JustifyContent::FlexStart),
        Anchor::Centre => (at.x - LINE_BOX_WIDTH / 2.0, JustifyContent::Center),
        Anchor::End => (at.x - LINE_BOX_WIDTH, JustifyContent::FlexEnd),
    };
    let top = at.y - LIFT_EM * style.size;
    // The transform scales about the box's centre, which must not move.
    let node = Node {
        position_type: PositionType::Absolute,
        left: px(left + (LINE_BOX_WIDTH - width) / 2.0),
        top: px(top + (line - line_height) / 2.0),
        width: px(width),
        height: px(line_height),
        justify_content: justify,
        ..default()
    };
    let font = match (style.face, style.weight) {
        (Face::Sans, _) => &faces.sans,
        (Face::Numerals, ..=650) => &faces.numerals_semibold,
        (Face::Numerals, _) => &faces.numerals_bold,
    };
    let mut text_font = TextFont { font: font.clone().into(), font_size: FontSize::Px(size), ..default() };
    match style.face {
        Face::Sans => text_font.weight = FontWeight(style.weight),
        Face::Numerals => text_font.font_features = [FontFeatureTag::TABULAR_FIGURES].into(),
    }
    let set_text = (
        Text::new(text),
        text_font,
        TextColor(srgba(style.colour)),
        TextLayout { linebreak: LineBreak::NoWrap, ..default() },
        LineHeight::Px(line_height),
        LetterSpacing::Px(style.tracking * size),
        Node { flex_shrink: 0.0, ..default() },
    );
    if enlarge > 1.0 {
        parent.spawn((node, UiTransform::from_scale(Vec2::splat(enlarge)))).with_child((set_text, Enlarged));
    } else {
        parent.spawn(node).with_child(set_text);
    }
}
