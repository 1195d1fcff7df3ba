//! Shapes: plates, shadows, icons, rings and skies as one UI material with a signed-distance shader per kind.

use bevy::asset::uuid_handle;
use bevy::prelude::*;
use bevy::render::render_resource::{AsBindGroup, BlendState, RenderPipelineDescriptor, ShaderType};
use bevy::shader::{Shader, ShaderRef};
use bevy::ui_render::prelude::{UiMaterial, UiMaterialKey};

/// In the binary and registered synchronously: the first frame must be right.
const SHADER: Handle<Shader> = uuid_handle!("5b0f54b2-9c3e-4f5e-8d3c-6a0d6a5f7d11");

/// Uniform slots of a shape; the meaning of each is written beside its reader in `shape.wgsl`.
pub const SLOTS: usize = 32;

/// Which signed-distance shader draws the shape: one pipeline each, because lavapipe runs both sides of a branch.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Kind {
    Plate,
    Shadow,
    Icon,
    Ring,
    DashedRing,
    Sky,
    Hairlines,
    Sun,
}

impl Kind {
    const fn shader_defs(self) -> &'static [&'static str] {
        match self {
            Self::Plate => &["PLATE"],
            Self::Shadow => &["SHADOW"],
            Self::Icon => &["ICON"],
            Self::Ring => &["RING"],
            Self::DashedRing => &["RING", "DASHED"],
            Self::Sky => &["SKY"],
            Self::Hairlines => &["LIGHT"],
            Self::Sun => &["LIGHT", "SUN"],
        }
    }
}

#[derive(Clone, Copy, Debug, ShaderType)]
pub struct Slots {
    pub v: [Vec4; SLOTS],
}

/// One shape: its kind and its numbers, in physical px from the node's top left.
#[derive(Asset, TypePath, AsBindGroup, Clone, Debug)]
#[bind_group_data(Kind)]
pub struct Shape {
    pub kind: Kind,
    #[uniform(0)]
    pub slots: Slots,
}

impl From<&Shape> for Kind {
    fn from(shape: &Shape) -> Self {
        shape.kind
    }
}

impl UiMaterial for Shape {
    fn fragment_shader() -> ShaderRef {
        ShaderRef::Handle(SHADER)
    }

    fn specialize(descriptor: &mut RenderPipelineDescriptor, key: UiMaterialKey<Self>) {
        if let Some(fragment) = &mut descriptor.fragment {
            let defs = key.bind_group_data.shader_defs();
            fragment.shader_defs.extend(defs.iter().map(|def| (*def).into()));
            for target in fragment.targets.iter_mut().flatten() {
                target.blend = Some(BlendState::PREMULTIPLIED_ALPHA_BLENDING);
            }
        }
    }
}

/// Registers the material and its shader.
pub fn plugin(app: &mut App) {
    bevy::asset::load_internal_asset!(app, SHADER, "shape.wgsl", Shader::from_wgsl);
    app.add_plugins(bevy::ui_render::prelude::UiMaterialPlugin::<Shape>::default());
}
