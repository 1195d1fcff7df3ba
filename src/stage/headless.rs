//! The headless renderer: frames in, pixels out; no window, no clock, each picture exactly the frame asked for.

use std::collections::BTreeMap;
use std::sync::Arc;
use std::time::{Duration, Instant};

use bevy::app::PluginGroupBuilder;
use bevy::prelude::*;
use bevy::render::RenderApp;
use bevy::render::pipelined_rendering::PipelinedRenderingPlugin;
use bevy::render::render_asset::RenderAssets;
use bevy::render::render_resource::TextureUsages;
use bevy::render::renderer::{RenderAdapterInfo, RenderDevice};
use bevy::render::texture::GpuImage;
use bevy::text::FontAtlasSet;
use bevy::time::TimeUpdateStrategy;
use bevy::window::ExitCondition;
use bevy::winit::WinitPlugin;

use super::film::Reels;
use super::link::{Counters, Link};
use super::soft::Composes;
use super::takeup::texture_size;
use super::{Capture, Captured, Deliveries, DeliveryId, OutputId, Outputs, StageError};
use crate::phase::phase;
use crate::routing::Delivery;
use crate::show::{clip::Reel, frame::Frame};

/// A layer is drawn in the update that plans it; only while Bevy still reads its shaders in are more updates needed.
const READY_WITHIN: Duration = Duration::from_secs(30);

/// What draws the picture.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AdapterInfo {
    pub name: String,
    pub driver: String,
    /// True when the processor draws.
    pub is_software: bool,
}

/// A renderer without a window: of the program, and of other outputs beside it where they are asked for.
pub struct Headless {
    app: App,
    raster: (u32, u32),
    pixels: BTreeMap<OutputId, Vec<u8>>,
}

/// Bevy's plugins as the headless renderer uses them.
pub fn plugins() -> PluginGroupBuilder {
    DefaultPlugins
        .set(WindowPlugin { primary_window: None, exit_condition: ExitCondition::DontExit, ..default() })
        .set(super::renderer())
        .disable::<WinitPlugin>()
        .disable::<PipelinedRenderingPlugin>()
        .disable::<bevy::log::LogPlugin>()
}

/// An app with the same plugins and no stage, for comparison: what Bevy itself costs an update.
pub fn empty_app() -> App {
    let mut app = App::new();
    app.add_plugins(plugins()).insert_resource(TimeUpdateStrategy::ManualDuration(Duration::ZERO));
    app.finish();
    app.cleanup();
    super::single_threaded(&mut app);
    app
}

impl Headless {
    /// Starts a renderer for frames of `raster` physical px.
    pub fn new(raster: (u32, u32)) -> Result<Self, StageError> {
        Self::composed_by(raster, Composes::default())
    }

    /// The same, with its pictures laid together by whom one says.
    pub fn composed_by(raster: (u32, u32), composes: Composes) -> Result<Self, StageError> {
        let mut app = App::new();
        app.add_plugins(plugins()).insert_resource(TimeUpdateStrategy::ManualDuration(Duration::ZERO));
        if app.get_sub_app(RenderApp).is_none() {
            return Err(StageError::NoAdapter);
        }
        app.add_plugins(super::plugin);
        app.finish();
        app.cleanup();
        super::single_threaded(&mut app);
        if let Some(render) = app.get_sub_app_mut(RenderApp) {
            render.insert_resource(composes);
        }
        app.insert_resource(composes);
        super::unseen(&mut app);
        let mut headless = Self { app, raster: (0, 0), pixels: BTreeMap::new() };
        headless.check(raster)?;
        headless.raster = raster;
        // Registers the fonts.
        headless.app.update();
        Ok(headless)
    }

    /// What is kept from one picture to the next: entities, the renderer's own, and messages about textures. However many
    /// pictures were drawn, these do not grow.
    pub fn kept(&self) -> [usize; 3] {
        let entities = |world: &World| world.entities().count_spawned() as usize;
        let messages = self.app.world().get_resource::<Messages<AssetEvent<Image>>>();
        [
            entities(self.app.world()),
            self.app.get_sub_app(RenderApp).map_or(0, |render| entities(render.world())),
            messages.map_or(0, Messages::len),
        ]
    }

    /// Where pictures of films come from from now on.
    pub fn set_reel(&mut self, reel: Arc<dyn Reel>) {
        self.app.insert_resource(Reels(Some(reel)));
    }

    /// Draws `frame` and gives its pixels: straight RGBA8 rows, sRGB, top to bottom.
    pub fn draw(&mut self, frame: Arc<Frame>) -> Result<&[u8], StageError> {
        self.draw_on(OutputId::PROGRAM, frame)
    }

    /// The same on any output; the others keep what they show.
    pub fn draw_on(&mut self, output: OutputId, frame: Arc<Frame>) -> Result<&[u8], StageError> {
        let _phase = phase!("draw");
        self.check(frame.raster)?;
        self.check_layers(&frame)?;
        self.raster = frame.raster;
        let link = self.link();
        let mut pixels = self.pixels.remove(&output).unwrap_or_default();
        std::mem::swap(&mut link.lock().of(output).pixels, &mut pixels);
        let drawn = self.update_until_shown(output, &frame, &link);
        std::mem::swap(&mut link.lock().of(output).pixels, &mut pixels);
        let pixels = self.pixels.entry(output).insert_entry(pixels).into_mut();
        drawn.map(|()| pixels.as_slice())
    }

    fn update_until_shown(&mut self, output: OutputId, frame: &Arc<Frame>, link: &Link) -> Result<(), StageError> {
        self.app.world_mut().resource_mut::<Outputs>().set(output, Arc::clone(frame));
        self.app.insert_resource(Capture(Some(output)));
        let begun = Instant::now();
        while begun.elapsed() < READY_WITHIN {
            self.app.update();
            let shown = self.app.world().resource::<Outputs>().shown(output);
            let taken_up = |last: &Arc<Frame>| Arc::ptr_eq(last, frame);
            if let Some(shown) = shown.filter(|shown| shown.frame.as_ref().is_some_and(taken_up))
                && link.lock().up_to_date(output, shown)
            {
                return Ok(());
            }
            // The shaders are read by other threads.
            std::thread::yield_now();
        }
        Err(StageError::NotReady { seconds: READY_WITHIN.as_secs() })
    }

    /// Gives an output the frame that it shows from the next [`Headless::update`] on.
    pub fn set_picture(&mut self, output: OutputId, frame: Arc<Frame>) -> Result<(), StageError> {
        self.check(frame.raster)?;
        self.check_layers(&frame)?;
        self.app.world_mut().resource_mut::<Outputs>().set(output, frame);
        Ok(())
    }

    /// Says what is to leave of an output's picture, and that its pixels are wanted.
    pub fn deliver(&mut self, id: DeliveryId, output: OutputId, delivery: Delivery) -> Result<(), StageError> {
        self.check(delivery.raster)?;
        let mut deliveries = self.app.world_mut().resource_mut::<Deliveries>();
        deliveries.set(id, output, delivery);
        deliveries.capture(id, true);
        Ok(())
    }

    /// Closes a delivery; its texture is free after the next updates.
    pub fn end(&mut self, id: DeliveryId) {
        self.app.world_mut().resource_mut::<Deliveries>().remove(id);
    }

    /// Draws all that was set, carries out all deliveries and reads them back, all at once.
    pub fn update(&mut self) -> Result<(), StageError> {
        // What leaves is asked for by delivery.
        let _phase = phase!("draw");
        self.app.insert_resource(Capture(None));
        let link = self.link();
        let begun = Instant::now();
        while begun.elapsed() < READY_WITHIN {
            self.app.update();
            if self.has_shown_all(&link) {
                return Ok(());
            }
            // The shaders are read by other threads.
            std::thread::yield_now();
        }
        Err(StageError::NotReady { seconds: READY_WITHIN.as_secs() })
    }

    fn has_shown_all(&self, link: &Link) -> bool {
        let world = self.app.world();
        let mut open = world.resource::<Outputs>().open();
        let is_composited = open.all(|(id, open)| {
            let taken_up = open.shown.frame.as_ref().is_some_and(|last| Arc::ptr_eq(last, &open.frame));
            taken_up && link.lock().composited(id, &open.shown)
        });
        is_composited && world.resource::<Deliveries>().up_to_date()
    }

    /// A delivery's pixels as of the last update; none when they are those that were taken last.
    pub fn take(&mut self, id: DeliveryId) -> Option<Captured> {
        self.app.world().resource::<Deliveries>().take(id)
    }

    /// What carrying out one delivery and reading it back took.
    pub fn counters_of_delivery(&self, id: DeliveryId) -> Counters {
        self.link().counters_of_delivery(id)
    }

    /// Closes an output; its textures are free after the next updates.
    pub fn remove(&mut self, output: OutputId) {
        self.pixels.remove(&output);
        self.app.world_mut().resource_mut::<Outputs>().remove(output);
    }

    /// Says which layers are expected on an output; idle updates make them ready. None forgets them.
    pub fn expect(&mut self, output: OutputId, frame: Option<Arc<Frame>>) {
        self.app.world_mut().resource_mut::<Outputs>().expect(output, frame);
    }

    /// Whether all that is expected is ready.
    pub fn is_warm(&self) -> bool {
        let world = self.app.world();
        let outputs = world.resource::<Outputs>();
        world.resource::<super::warm::Warm>().is_done(outputs) && outputs.is_ahead()
    }

    /// Rasterised glyphs that are kept.
    pub fn glyphs(&self) -> usize {
        super::warm::glyphs(self.app.world().resource::<FontAtlasSet>())
    }

    #[cfg(test)]
    pub(super) fn app(&mut self) -> &mut App {
        &mut self.app
    }

    /// One update without a new frame, as an idle programme makes it.
    pub fn idle(&mut self) {
        self.app.update();
    }

    fn link(&self) -> Link {
        self.app.world().resource::<Link>().clone()
    }

    /// What has been done since the renderer started, for all outputs.
    pub fn counters(&self) -> Counters {
        self.link().counters()
    }

    /// What has been done for one output.
    pub fn counters_of(&self, output: OutputId) -> Counters {
        self.link().counters_of(output)
    }

    /// Textures on the GPU that are drawn into: outputs, layers, and those kept for layers to come.
    pub fn targets(&self) -> usize {
        let textures =
            self.app.get_sub_app(RenderApp).and_then(|render| render.world().get_resource::<RenderAssets<GpuImage>>());
        let drawn = |image: &GpuImage| image.texture_descriptor.usage.contains(TextureUsages::RENDER_ATTACHMENT);
        textures.map_or(0, |textures| textures.iter().filter(|(_, image)| drawn(image)).count())
    }

    /// Bytes of the rasterised glyphs that are kept for texts to come.
    pub fn atlas_bytes(&self) -> u64 {
        let world = self.app.world();
        world.resource::<FontAtlasSet>().total_bytes(world.resource::<Assets<Image>>())
    }

    /// What draws the picture.
    pub fn adapter(&self) -> AdapterInfo {
        self.app.world().get_resource::<RenderAdapterInfo>().map_or_else(
            || AdapterInfo { name: String::new(), driver: String::new(), is_software: false },
            |info| AdapterInfo {
                name: info.name.clone(),
                driver: format!("{} {}", info.driver, info.driver_info).trim().to_owned(),
                is_software: info.device_type == wgpu::DeviceType::Cpu,
            },
        )
    }

    /// The raster of the last frame, physical px.
    pub fn raster(&self) -> (u32, u32) {
        self.raster
    }

    fn check(&self, (width, height): (u32, u32)) -> Result<(), StageError> {
        let largest = self.largest()?;
        if width == 0 || height == 0 || width > largest || height > largest {
            return Err(StageError::Raster { width, height, largest });
        }
        Ok(())
    }

    /// A layer may reach beyond the raster: its texture, too, must be one that the adapter takes.
    fn check_layers(&self, frame: &Frame) -> Result<(), StageError> {
        let largest = self.largest()?;
        let sides = frame.layers.iter().map(|layer| texture_size(&layer.content, frame.scale).max_element());
        let Some(longest) = sides.max().filter(|longest| *longest > largest) else { return Ok(()) };
        let (width, height) = frame.raster;
        // Layers grow with the raster.
        let fitting = u64::from(width.max(height)) * u64::from(largest) / u64::from(longest);
        Err(StageError::Raster { width, height, largest: fitting as u32 })
    }

    /// The longest side of a texture that the adapter takes, px.
    fn largest(&self) -> Result<u32, StageError> {
        let device = self.app.world().get_resource::<RenderDevice>().ok_or(StageError::NoAdapter)?;
        Ok(device.limits().max_texture_dimension_2d)
    }
}
