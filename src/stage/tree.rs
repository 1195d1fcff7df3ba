//! Trees: one layer's content as UI nodes, spawned when the layer is to be drawn and gone afterwards.

use bevy::ecs::relationship::RelatedSpawnerCommands;
use bevy::math::Rot2;
use bevy::prelude::*;
use bevy::ui_render::prelude::MaterialNode;

use super::film::Showing;
use super::geometry::{self, Placed};
use super::icon;
use super::picture::{Pictures, Screen};
use super::reach;
use super::shape::Shape;
use super::text::{self, Faces};
use crate::show::frame::{Content, Part};

/// A layer's nodes, and how many draws they must make when all is ready.
pub struct Tree {
    pub root: Entity,
    pub least_draws: usize,
    /// The films' pictures among them.
    pub films: Vec<Showing>,
}

/// Spawns `content` for the camera at `scale` physical px per design px; only what reaches into `within`, where only
/// those texels are to be drawn.
pub fn spawn(
    commands: &mut Commands,
    shapes: &mut Assets<Shape>,
    faces: &Faces,
    pictures: &mut Pictures,
    camera: Entity,
    content: &Content,
    scale: f32,
    within: Option<IRect>,
) -> Tree {
    let (mut least_draws, mut films) = (0, Vec::new());
    let node = Node {
        position_type: PositionType::Absolute,
        left: px(0),
        top: px(0),
        width: px(content.size.0),
        height: px(content.size.1),
        ..default()
    };
    let mut root = commands.spawn((node, UiTargetCamera(camera)));
    root.with_children(|parent| {
        for part in content.parts.iter().filter(|part| within.is_none_or(|rect| reach::touches(part, rect, scale))) {
            least_draws += spawn_part(parent, shapes, faces, pictures, &mut films, part, scale);
        }
    });
    Tree { root: root.id(), least_draws, films }
}

fn spawn_part(
    parent: &mut RelatedSpawnerCommands<ChildOf>,
    shapes: &mut Assets<Shape>,
    faces: &Faces,
    pictures: &mut Pictures,
    films: &mut Vec<Showing>,
    part: &Part,
    scale: f32,
) -> usize {
    let mut draw = |placed: Option<Placed>| placed.map_or(0, |placed| spawn_shape(parent, shapes, placed, scale));
    match part {
        Part::Plate { rect, radii, fill, border, shadow, turn } => {
            let below = shadow.as_ref().and_then(|s| geometry::shadow(*rect, radii, s, *turn, scale));
            draw(below) + draw(geometry::plate(*rect, radii, fill, border.as_ref(), *turn, scale))
        }
        Part::Icon { rect, icon, colour } => draw(icon::icon(*rect, *icon, *colour, scale)),
        Part::Ring(ring) => draw(Some(geometry::ring(ring, scale))),
        Part::Sky(sky) => draw(geometry::sky(sky, scale)),
        Part::Picture { rect, picture, crop, alpha } => {
            parent.spawn(pictures.node(*rect, picture, *crop, *alpha));
            1
        }
        Part::Video { rect, clip, picture, crop, radius, alpha } => {
            let screen = Screen { rect: *rect, crop: *crop, radius: *radius, alpha: *alpha };
            let (showing, node) = pictures.film(*clip, *picture, &screen);
            films.push(showing);
            node.map_or(0, |node| {
                parent.spawn(node);
                1
            })
        }
        Part::Light(light) => draw(geometry::light(light, scale)),
        Part::Text { at, line, anchor, text, style } => {
            if !text::shows(text, style) {
                return 0;
            }
            text::spawn_line(parent, faces, (*at, *line, *anchor), text, style, scale);
            1
        }
    }
}

fn spawn_shape(
    parent: &mut RelatedSpawnerCommands<ChildOf>,
    shapes: &mut Assets<Shape>,
    placed: Placed,
    scale: f32,
) -> usize {
    let node = Node {
        position_type: PositionType::Absolute,
        left: px(placed.left / scale),
        top: px(placed.top / scale),
        width: px(placed.width / scale),
        height: px(placed.height / scale),
        ..default()
    };
    let mut entity = parent.spawn((node, MaterialNode(shapes.add(placed.shape))));
    if placed.turn != 0.0 {
        entity.insert(UiTransform::from_rotation(Rot2::degrees(placed.turn)));
    }
    1
}
