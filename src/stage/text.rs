//! Text: the faces, registered before the first word is set, and one line of type as UI nodes.

use std::sync::Arc;

use bevy::ecs::relationship::RelatedSpawnerCommands;
use bevy::image::ImageSampler;
use bevy::prelude::*;
use bevy::text::{FontAtlasSet, FontCx, FontFeatureTag, FontWeight, LetterSpacing, LineHeight, TextLayoutInfo};
use parley::fontique::{Blob, FallbackKey, Script};

use crate::fonts::{self, UserFonts};
use crate::show::frame::{Anchor, Face, Point, Rgba, TextStyle};
use crate::typeset;

/// Glyphs of 509 to 511 px panic in the glyph atlas: larger type is rasterised at this size and scaled up.
/// Han fill the em; the numerals' capitals are 0.7 of it.
const LARGEST_SANS_PX: f32 = 480.0;
const LARGEST_NUMERALS_PX: f32 = 660.0;
/// Both faces sit this much too low in their line box, in em; the line box's middle is to be the optical one.
const LIFT_EM: f32 = 0.05;
/// Wider than any line, so that centred and right-aligned text needs no measuring.
const LINE_BOX_WIDTH: f32 = 16_384.0;

/// Glyphs of fonts that the show brings may reach beyond their em: none is rasterised larger than this.
const LARGEST_GLYPH_PX: f32 = 500.0;

/// The faces. Handles are kept for ever: removing one would clear the whole font collection.
#[derive(Resource)]
pub struct Faces {
    sans: Handle<Font>,
    numerals_bold: Handle<Font>,
    numerals_semibold: Handle<Font>,
    /// Only reached as fallbacks; held so that they are never removed.
    _fallbacks: [Handle<Font>; 2],
    /// Those that the show brings, in the order in which they are asked: after all others.
    brought: Vec<Handle<Font>>,
    /// Text that needs one of them is rasterised no larger.
    brought_px: f32,
    ready: bool,
}

impl Faces {
    /// True once text may be set: every face registered and the fallbacks in order.
    pub fn ready(&self) -> bool {
        self.ready
    }

    fn with(assets: &mut Assets<Font>, user: &UserFonts) -> Self {
        // One copy of the bytes, whoever reads them.
        let mut add = |data: Blob<u8>| assets.add(Font { data, alias: String::new() });
        let mut carried = |bytes: &'static [u8]| add(Blob::new(Arc::new(bytes)));
        let (sans, numerals_bold, numerals_semibold) =
            (carried(fonts::SANS), carried(fonts::NUMERALS_BOLD), carried(fonts::NUMERALS_SEMIBOLD));
        let fallbacks = [carried(fonts::SANS_RARE), carried(fonts::SANS_EXT)];
        let brought = user.fonts.iter().map(|font| add(font.data.clone())).collect();
        let brought_px = user.largest_px(LARGEST_GLYPH_PX).min(LARGEST_SANS_PX);
        Self { sans, numerals_bold, numerals_semibold, _fallbacks: fallbacks, brought, brought_px, ready: false }
    }

    /// The largest size at which `text` may be rasterised.
    fn largest_px(&self, face: Face, text: &str) -> f32 {
        let own = match face {
            Face::Sans => LARGEST_SANS_PX,
            Face::Numerals => LARGEST_NUMERALS_PX,
        };
        if self.brought.is_empty() || typeset::is_carried(text) { own } else { own.min(self.brought_px) }
    }
}

impl FromWorld for Faces {
    fn from_world(world: &mut World) -> Self {
        Self::with(&mut world.resource_mut::<Assets<Font>>(), fonts::user())
    }
}

/// Sets the fallbacks as soon as Bevy has registered the faces, and again when it has registered them anew: whenever any
/// font is removed it begins afresh, and forgets them. Runs after its registration and before any text is measured.
pub fn order_fallbacks(mut faces: ResMut<Faces>, mut context: ResMut<FontCx>, assets: Res<Assets<Font>>) {
    let han = FallbackKey::new(Script::from_bytes(*b"Hani"), None);
    let collection = &mut context.bypass_change_detection().collection;
    let mut families: Vec<_> = fonts::HAN_FAMILIES.iter().filter_map(|name| collection.family_id(name)).collect();
    if families.len() < fonts::HAN_FAMILIES.len() {
        return;
    }
    // The names inside a show's files may be anything; Bevy's own are theirs alone.
    let aliases = faces.brought.iter().filter_map(|font| assets.get(font)).map(|font| font.alias.as_str());
    families.extend(aliases.filter_map(|alias| collection.family_id(alias)));
    // What was forgotten may still be told from a cache, with families that are no more: the families themselves are
    // compared.
    if !faces.ready || !collection.fallback_families(han).eq(families.iter().copied()) {
        // The shaper asks the Han fonts last for every script.
        collection.set_fallbacks(han, families.into_iter());
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
        sharpen(&line, &mut images);
    }
}

/// Takes the texels of a line's glyphs unsmoothed.
pub fn sharpen(line: &TextLayoutInfo, images: &mut Assets<Image>) {
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

fn is_smoothed(image: &Image) -> bool {
    matches!(image.sampler, ImageSampler::Default)
}

pub fn srgba(c: Rgba) -> Color {
    Color::srgba(c.r, c.g, c.b, c.a)
}

/// Bevy keeps an atlas of a MiB or more for each font and size, for ever; above this the stage gives all of them back,
/// between two layers. A scene has a dozen sizes of type, a show of eight hours some 150; each is held twice, here and on
/// the card.
pub const MOST_ATLAS_BYTES: u64 = 64 << 20;

/// Forgets all rasterised glyphs when there are too many. Only while no text is laid out and waiting to be drawn: layers
/// that are on air are pictures by then and need their glyphs no more.
pub fn trim_atlases(atlases: &mut FontAtlasSet, images: &Assets<Image>) {
    if atlases.total_bytes(images) > MOST_ATLAS_BYTES {
        atlases.clear();
    }
}

/// True when the line leaves a mark.
pub fn shows(text: &str, style: &TextStyle) -> bool {
    style.colour.a > 0.0 && style.size > 0.0 && !text.trim().is_empty()
}

/// The type that a line is set in.
pub struct Type {
    pub font: TextFont,
    pub line_height: LineHeight,
    pub tracking: LetterSpacing,
    /// So much smaller it is rasterised.
    pub enlarge: f32,
}

impl Type {
    /// For `text` in a line box `line` design px high, at `scale` physical px per design px.
    pub fn of(faces: &Faces, text: &str, style: &TextStyle, line: f32, scale: f32) -> Self {
        let enlarge = (style.size * scale / faces.largest_px(style.face, text)).max(1.0);
        let size = style.size / enlarge;
        let font = match (style.face, style.weight) {
            (Face::Sans, _) => &faces.sans,
            (Face::Numerals, ..=650) => &faces.numerals_semibold,
            (Face::Numerals, _) => &faces.numerals_bold,
        };
        let mut font = TextFont { font: font.clone().into(), font_size: FontSize::Px(size), ..default() };
        match style.face {
            Face::Sans => font.weight = FontWeight(style.weight),
            Face::Numerals => font.font_features = [FontFeatureTag::TABULAR_FIGURES].into(),
        }
        let line_height = LineHeight::Px(line / enlarge);
        Self { font, line_height, tracking: LetterSpacing::Px(style.tracking * size), enlarge }
    }
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
    let Type { font, line_height: line_box, tracking, enlarge } = Type::of(faces, text, style, line, scale);
    let line_height = line / enlarge;
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
    let set_text = (
        Text::new(text),
        font,
        TextColor(srgba(style.colour)),
        TextLayout { linebreak: LineBreak::NoWrap, ..default() },
        line_box,
        tracking,
        Node { flex_shrink: 0.0, ..default() },
    );
    if enlarge > 1.0 {
        parent.spawn((node, UiTransform::from_scale(Vec2::splat(enlarge)))).with_child((set_text, Enlarged));
    } else {
        parent.spawn(node).with_child(set_text);
    }
}

#[cfg(test)]
mod tests {
    use bevy::text::load_font_assets_into_font_collection;

    use super::*;

    fn chain(world: &mut World) -> Vec<String> {
        let mut context = world.resource_mut::<FontCx>();
        let collection = &mut context.collection;
        let han = FallbackKey::new(Script::from_bytes(*b"Hani"), None);
        let ids: Vec<_> = collection.fallback_families(han).collect();
        ids.into_iter().filter_map(|id| collection.family_name(id).map(str::to_owned)).collect()
    }

    #[test]
    fn the_fallbacks_outlive_any_font_that_is_removed() {
        let brought = UserFonts::read(std::path::Path::new(concat!(env!("CARGO_MANIFEST_DIR"), "/tests/fonts")));
        let mut app = App::new();
        app.init_resource::<Assets<Font>>().init_resource::<FontCx>();
        let faces = Faces::with(&mut app.world_mut().resource_mut::<Assets<Font>>(), &brought);
        app.insert_resource(faces)
            .add_systems(PostUpdate, (load_font_assets_into_font_collection, order_fallbacks).chain());
        app.update();
        let first = chain(app.world_mut());
        assert_eq!(first.len(), 3 + brought.fonts.len(), "{first:?}");
        assert_eq!(first[..3], fonts::HAN_FAMILIES);
        assert!(app.world().resource::<Faces>().ready());

        let another = app.world_mut().resource_mut::<Assets<Font>>().add(Font::from_bytes(fonts::SANS_EXT.to_vec()));
        app.update();
        app.world_mut().resource_mut::<Assets<Font>>().remove(another.id());
        app.update();
        assert_eq!(chain(app.world_mut()), first);
    }
}
