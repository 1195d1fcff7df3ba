//! Windows get their picture as it is shown: in place, scaled, and seen through.

use std::sync::Arc;

use bevy::render::RenderApp;
use bevy::render::texture::GpuImage;

use super::super::damage::Damage;
use super::super::folding::whole;
use super::super::headless::Headless;
use super::super::pool::target;
use super::super::readback::{Readback, fetch};
use super::*;
use crate::routing::{Delivery, Fold, Route, Slice};
use crate::show::frame::{
    Content, Fill, Frame, Layer, LayerKey, LayerKind, Part, Placement, Rect as Area, Rgba as Colour,
};

#[test]
fn a_picture_lies_in_the_middle_or_fills_what_it_can() {
    let (window, size) = (UVec2::new(1920, 1200), UVec2::new(3840, 1080));
    assert_eq!(place(window, size, Fit::Centre), ([-960.0, 60.0, 3840.0, 1080.0], true));
    assert_eq!(place(window, size, Fit::Scale), ([0.0, 330.0, 1920.0, 540.0], false));
    assert_eq!(place(size, size, Fit::Scale), ([0.0, 0.0, 3840.0, 1080.0], true), "nothing to scale");
    assert_eq!(place(window, UVec2::new(960, 600), Fit::Scale), ([0.0, 0.0, 1920.0, 1200.0], false));
}

/// Bars of one colour, each 16 px wide, at these parts of alpha.
const BARS: [f32; 4] = [1.0, 0.75, 0.5, 0.1];
const RASTER: (u32, u32) = (64, 16);

fn bars() -> Arc<Frame> {
    let part = |(i, alpha)| Part::Plate {
        rect: Area::new(16.0 * i as f32, 0.0, 16.0, 16.0),
        radii: [0.0; 4],
        fill: Fill::Solid(Colour { r: 1.0, g: 0.5, b: 0.0, a: alpha }),
        border: None,
        shadow: None,
        turn: 0.0,
    };
    let parts = BARS.into_iter().enumerate().map(part).collect();
    let content = Arc::new(Content { size: (64.0, 16.0), opaque: false, parts });
    let key = LayerKey { kind: LayerKind::Card, entry: 1, index: 0 };
    let layers = vec![Layer { key, content, placement: Placement::at(0.0, 0.0) }];
    Arc::new(Frame { raster: RASTER, scale: 1.0, offset: (0.0, 0.0), layers })
}

/// What a window of `size` would be given. There is none here: the camera draws into a texture like one.
fn in_window(headless: &mut Headless, size: UVec2, transparent: bool, shows: Shows, fit: Fit) -> Vec<[u8; 4]> {
    let world = headless.app().world_mut();
    let image = target(&mut world.resource_mut::<Assets<Image>>(), size);
    let window = world.spawn(Window { transparent, ..default() }).id();
    let camera = world.spawn(presenter(window, shows, fit)).insert(RenderTarget::Image(image.clone().into())).id();
    headless.update().expect("a picture");
    let render = headless.app().sub_app(RenderApp).world();
    let (device, queue) = (render.resource::<RenderDevice>().wgpu_device(), render.resource::<RenderQueue>());
    let shown = render.resource::<RenderAssets<GpuImage>>().get(&image).expect("its texture");
    let mut everything = Damage::default();
    everything.add(whole(size));
    let (mut readback, mut pixels) = (Readback::default(), vec![0; (size.x * size.y * 4) as usize]);
    let mut encoder = device.create_command_encoder(&Default::default());
    let reading = readback.copy(device, &mut encoder, shown, &everything);
    fetch(device, queue.submit([encoder.finish()]), [&reading]).expect("read back");
    reading.unpack(size.x as usize, &mut pixels, false);
    for gone in [camera, window] {
        headless.app().world_mut().despawn(gone);
    }
    pixels.as_chunks::<4>().0.to_vec()
}

fn near(a: [u8; 4], b: [u8; 4]) -> bool {
    a.iter().zip(b).all(|(a, b)| a.abs_diff(b) <= 1)
}

#[test]
fn a_window_that_is_seen_through_gets_coded_values_times_alpha() {
    let mut headless = Headless::new(RASTER).expect("a renderer");
    headless.set_picture(OutputId::PROGRAM, bars()).expect("a raster that can be drawn");
    let shifted = |look| {
        let slice = Slice { from: (0, 0, 64, 16), to: (0, 2), ..Slice::default() };
        let slices = Some(Fold { raster: (64, 18), slices: vec![slice] });
        Delivery::of(&Route { raster: RASTER, look, slices, ..Route::default() })
    };
    for (look, id) in [Look::Straight, Look::Premultiplied, Look::Key].into_iter().zip(0..) {
        headless.deliver(DeliveryId(id), OutputId::PROGRAM, shifted(look)).expect("a raster that can be drawn");
    }
    let size = UVec2::new(80, 32);
    let picture = Shows::Picture(OutputId::PROGRAM);
    for shows in [picture, Shows::Delivery(DeliveryId(0)), Shows::Delivery(DeliveryId(1))] {
        let pixels = in_window(&mut headless, size, true, shows, Fit::Centre);
        for (i, alpha) in BARS.into_iter().enumerate() {
            let [r, g, a] = [alpha, alpha / 2.0, alpha].map(|value| (value * 255.0).round() as u8);
            let px = pixels[16 * 80 + 8 + 16 * i + 8];
            assert!(near(px, [r, g, 0, a]), "{shows:?}, alpha {alpha}: {px:?}");
        }
        assert_eq!((pixels[0], pixels[16 * 80]), ([0; 4], [0; 4]), "around it is nothing");
    }
    // A key is for mixers: it is never seen through.
    let key = in_window(&mut headless, size, true, Shows::Delivery(DeliveryId(2)), Fit::Centre);
    assert!(near(key[16 * 80 + 48], [128, 128, 128, 255]), "{:?}", key[16 * 80 + 48]);

    // Straight colours are for whoever gets the key too; anybody else sees them over black.
    headless.deliver(DeliveryId(3), OutputId::PROGRAM, Delivery::whole(RASTER)).expect("a raster that can be drawn");
    let half = |headless: &mut Headless, id| {
        in_window(headless, size, false, Shows::Delivery(DeliveryId(id)), Fit::Centre)[16 * 80 + 48]
    };
    for id in [0, 3] {
        let px = half(&mut headless, id);
        assert!(near(px, [255, 128, 0, 255]), "with its key: {px:?}");
    }
    headless.end(DeliveryId(2));
    let folded = half(&mut headless, 0);
    assert!(near(folded, [128, 64, 0, 255]), "without a key: {folded:?}");
    let composed = half(&mut headless, 3);
    assert!(near(composed, [188, 92, 0, 255]), "as it is composed, in linear light: {composed:?}");

    // Without transparency everything is opaque, and what leaves is shown as it leaves.
    let opaque = in_window(&mut headless, size, false, Shows::Delivery(DeliveryId(1)), Fit::Centre);
    assert!(near(opaque[16 * 80 + 48], [128, 64, 0, 255]), "{:?}", opaque[16 * 80 + 48]);
    assert_eq!(opaque[0], [0, 0, 0, 255], "around it is black");
}

#[test]
fn scaling_keeps_the_proportions_and_every_texel_counts() {
    let mut headless = Headless::new(RASTER).expect("a renderer");
    headless.set_picture(OutputId::PROGRAM, bars()).expect("a raster that can be drawn");
    let picture = Shows::Picture(OutputId::PROGRAM);
    let twice = in_window(&mut headless, UVec2::new(128, 64), false, picture, Fit::Scale);
    let exact = in_window(&mut headless, UVec2::new(64, 16), false, picture, Fit::Scale);
    assert_eq!((twice[0], twice[63 * 128]), ([0, 0, 0, 255], [0, 0, 0, 255]), "black above and below");
    assert!((0..4).all(|bar| near(twice[32 * 128 + 16 + 32 * bar], exact[8 * 64 + 8 + 16 * bar])));
    // A bar in every pixel's half is half of it.
    let small = in_window(&mut headless, UVec2::new(2, 8), true, picture, Fit::Scale);
    let mean = |a: f32, b: f32| ((a + b) / 2.0 * 255.0).round() as u8;
    let alphas = small.iter().map(|px| px[3]).collect::<Vec<u8>>();
    let row = alphas.chunks(2).find(|row| row[0] > 0).expect("the picture's row");
    assert!(row[0].abs_diff(mean(BARS[0], BARS[1])) <= 2 && row[1].abs_diff(mean(BARS[2], BARS[3])) <= 2, "{row:?}");
}
