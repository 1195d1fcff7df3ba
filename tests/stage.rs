//! Promise: a frame's pixels depend on the frame alone, and what did not change costs nothing.

use std::sync::Arc;

use leitai::show::frame::{Content, Frame, LayerKind, Point, Rect};
use leitai::stage::{Composes, Headless, MOST_ATLAS_BYTES};

use crate::support::{RASTER, card, with_headless};

fn drawn(headless: &mut Headless, frame: &Frame) -> Vec<u8> {
    headless.draw(Arc::new(frame.clone())).expect("a picture").to_vec()
}

/// The frame on a blank stage: nothing of any earlier one is left.
fn fresh(headless: &mut Headless, frame: &Frame) -> Vec<u8> {
    let blank = Frame { raster: (64, 64), layers: Vec::new(), ..frame.clone() };
    drawn(headless, &blank);
    drawn(headless, frame)
}

fn differing(a: &[u8], b: &[u8]) -> usize {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).filter(|(a, b)| a != b).count()
}

/// Moved, faded, scaled, wiped, reordered, gone and come back: what a programme does to layers.
fn histories() -> Vec<Frame> {
    let base = card::frame(RASTER, 70);
    let mut frames = vec![base.clone()];
    let mut with = |change: &dyn Fn(&mut Frame)| {
        let mut frame = base.clone();
        change(&mut frame);
        frames.push(frame);
    };
    with(&|f| f.layers[2].placement = f.layers[2].placement.moved(0.0, 13.5).faded(0.4));
    with(&|f| f.layers[7].placement = f.layers[7].placement.scaled(0.93, 0.93));
    with(&|f| f.layers[4].placement.clip = Some(leitai::show::frame::Rect::new(0.0, 0.0, 411.0, 204.0)));
    with(&|f| f.layers.swap(8, 9));
    with(&|f| f.layers.truncate(3));
    with(&|f| f.layers[0].placement.opacity = 0.5);
    with(&|f| f.layers[7] = card::layer(LayerKind::Ring, 0, (1434.0, 160.0), card::ring(31)));
    with(&|f| {
        f.layers.remove(0);
    });
    frames
}

#[test]
fn any_history_leaves_the_same_pixels_as_none() {
    with_headless(|headless| {
        let frames = histories();
        let alone: Vec<Vec<u8>> = frames.iter().map(|frame| fresh(headless, frame)).collect();
        // Every frame after every other, and back.
        for (i, from) in frames.iter().enumerate() {
            for (j, to) in frames.iter().enumerate().skip(i + 1) {
                drawn(headless, from);
                let there = drawn(headless, to);
                assert_eq!(differing(&there, &alone[j]), 0, "frame {j} after frame {i} differs from frame {j} alone");
                let back = drawn(headless, from);
                assert_eq!(differing(&back, &alone[i]), 0, "frame {i} after frame {j} differs from frame {i} alone");
            }
        }
    });
}

/// The graphics card's shader and the processor's rows are two ways to one picture.
#[test]
fn card_and_processor_compose_the_same_picture() {
    let mut composed = [Composes::Card, Composes::Processor].map(|who| {
        let mut headless = Headless::composed_by(RASTER, who).expect("a renderer");
        let frames = histories();
        let pictures: Vec<Vec<u8>> = frames.iter().map(|frame| drawn(&mut headless, frame)).collect();
        // Whoever composes: any history leaves the same pixels as none.
        let again: Vec<Vec<u8>> = frames.iter().rev().map(|frame| drawn(&mut headless, frame)).collect();
        for (i, (there, back)) in pictures.iter().zip(again.iter().rev()).enumerate() {
            assert_eq!(differing(there, back), 0, "{who:?}: frame {i} differs on the way back");
        }
        pictures
    });
    let [card, processor] = &mut composed;
    for (i, (a, b)) in card.iter().zip(processor).enumerate() {
        // Colours count by their alpha: what is hardly there has hardly a colour.
        let worst = a.as_chunks::<4>().0.iter().zip(b.as_chunks::<4>().0).map(|(a, b)| {
            let colour = |px: &[u8; 4], c: usize| i32::from(px[c]) * i32::from(px[3]) / 255;
            let colours = (0..3).map(|c| (colour(a, c) - colour(b, c)).abs()).max().unwrap_or(0);
            colours.max((i32::from(a[3]) - i32::from(b[3])).abs())
        });
        let worst: Vec<i32> = worst.collect();
        let most = worst.iter().max().copied().unwrap_or(0);
        // In the dark one step of the card's eight-bit interpolation is several codes.
        assert!(most <= 10, "frame {i}: a pixel differs by {most} of 255");
        let seen = worst.iter().filter(|off| **off > 3).count();
        assert!(seen * 1000 <= worst.len(), "frame {i}: {seen} pixels differ by more than 3 of 255");
    }
}

#[test]
fn with_nothing_changing_nothing_is_drawn_composited_or_read() {
    with_headless(|headless| {
        let frame = Arc::new(card::frame(RASTER, 42));
        headless.draw(frame.clone()).expect("a picture");
        headless.idle();
        let before = headless.counters();
        for _ in 0..5 {
            headless.idle();
            headless.draw(frame.clone()).expect("a picture");
        }
        // The same picture in new clothes: equal data, other allocations.
        headless.draw(Arc::new(card::frame(RASTER, 42))).expect("a picture");
        assert_eq!(headless.counters(), before);
    });
}

#[test]
fn the_same_frame_twice_is_the_same_bytes() {
    with_headless(|headless| {
        let frame = card::frame(RASTER, 55);
        let first = fresh(headless, &frame);
        let second = fresh(headless, &frame);
        assert_eq!(differing(&first, &second), 0);
    });
}

#[test]
fn the_first_picture_of_a_renderer_is_already_right() {
    with_headless(|headless| {
        // Other digits first: the glyph atlas of this renderer is filled in another order than the new one's.
        for tenths in [99, 88, 12, 31, 74] {
            drawn(headless, &card::frame(RASTER, tenths));
        }
        let frame = card::frame(RASTER, 55);
        let settled = fresh(headless, &frame);
        let mut other = Headless::new(RASTER).expect("a second renderer");
        assert_eq!(differing(&drawn(&mut other, &frame), &settled), 0);
    });
}

/// Every size and weight of type, and ever new characters: more than any show, in a minute.
#[test]
fn glyphs_are_given_back_and_no_picture_misses_one() {
    with_headless(|headless| {
        let page = |n: u16| {
            let lines = (0..12_u16).map(|line| {
                let (x, y) = (20.0, 20.0 + 85.0 * f32::from(line));
                let size = 38.0 + f32::from(n * 12 + line);
                let text: String = ('\u{4e00}'..).skip(usize::from(n) * 300).step_by(7).take(12).collect();
                card::line(Point { x, y }, &text, size, 400 + 100 * (line % 6))
            });
            let content = Content { size: (1920.0, 1080.0), opaque: false, parts: lines.collect() };
            Frame { layers: vec![card::layer(LayerKind::Card, 0, (0.0, 0.0), content)], ..card::frame(RASTER, 70) }
        };
        let first = fresh(headless, &page(0));
        let (mut most, mut falls, mut last) = (0, 0, headless.atlas_bytes());
        for n in 1..24 {
            drawn(headless, &page(n));
            let bytes = headless.atlas_bytes();
            (most, falls, last) = (most.max(bytes), falls + u32::from(bytes < last), bytes);
        }
        println!("at most {most} bytes of glyphs, given back {falls} times");
        assert!(falls > 0, "the test fills the atlases: {most}");
        // One frame's type may come on top.
        assert!(most < MOST_ATLAS_BYTES + (64 << 20), "{most}");
        let again = drawn(headless, &page(0));
        assert_eq!(differing(&again, &first), 0, "glyphs that were given back are drawn anew");
    });
}

#[test]
fn of_pictures_that_are_gone_nothing_is_kept() {
    with_headless(|headless| {
        // Each round has layers of sizes of its own, as an evening has.
        let mut round = |n: usize| {
            for frame in histories() {
                drawn(headless, &Frame { raster: (960 - 2 * n as u32, 540), ..frame });
            }
            headless.kept()
        };
        let settled = (0..4).map(&mut round).last().unwrap();
        let later = (4..12).map(&mut round).last().unwrap();
        println!("entities, the renderer's, messages: {settled:?}, then {later:?}");
        assert!(later.iter().zip(settled).all(|(later, settled)| *later <= settled), "{settled:?}, then {later:?}");
    });
}

#[test]
fn a_placement_draws_no_layer_and_a_ring_draws_one() {
    with_headless(|headless| {
        let mut frame = card::frame(RASTER, 90);
        drawn(headless, &frame);
        let before = headless.counters();
        frame.layers[2].placement = frame.layers[2].placement.moved(0.0, 8.0).faded(0.7);
        drawn(headless, &frame);
        let moved = headless.counters();
        assert_eq!(moved.layers_drawn, before.layers_drawn);
        assert_eq!(moved.composites, before.composites + 1);

        frame.layers[7] = card::layer(LayerKind::Ring, 0, (1434.0, 160.0), card::ring(89));
        drawn(headless, &frame);
        let ring = headless.counters();
        assert_eq!(ring.layers_drawn, moved.layers_drawn + 1);
        let composited = ring.composited_px - moved.composited_px;
        assert!(composited > 0 && composited < 188 * 188 / 4, "only what lies round the ring's head: {composited} px");
    });
}

#[test]
fn an_overlay_keeps_its_transparent_ground_and_straight_colours() {
    with_headless(|headless| {
        let mut frame = card::frame(RASTER, 70);
        frame.layers.remove(0);
        let pixels = fresh(headless, &frame);
        let at = |x: usize, y: usize| -> [u8; 4] {
            let i = (y * RASTER.0 as usize + x) * 4;
            pixels[i..i + 4].try_into().expect("four bytes")
        };
        assert_eq!(at(4, 4), [0, 0, 0, 0]);
        // The active cell fades with its layer: colours stay, alpha goes.
        let solid = at(480, 446);
        assert_eq!(solid[3], 255);
        let cell = frame.layers.len() - 1;
        frame.layers[cell].placement.opacity = 0.5;
        frame.layers.remove(cell - 1);
        let faded = fresh(headless, &frame);
        let i = (446 * RASTER.0 as usize + 480) * 4;
        assert!((127..=129).contains(&faded[i + 3]), "alpha {}", faded[i + 3]);
        for c in 0..3 {
            assert!(faded[i + c].abs_diff(solid[c]) <= 2, "{:?} against {solid:?}", &faded[i..i + 4]);
        }
    });
}

#[test]
fn rasters_without_pixels_are_refused_in_a_sentence() {
    with_headless(|headless| {
        let frame = Frame { raster: (0, 540), ..card::frame(RASTER, 70) };
        let problem = headless.draw(Arc::new(frame)).expect_err("no picture").to_string();
        assert!(problem.contains("0×540"), "{problem}");
    });
}

#[test]
fn rasters_and_layers_beyond_the_adapter_are_refused_and_none_is_cut_off() {
    with_headless(|headless| {
        let wide = |width: u32, length: f32| {
            let plate = card::plate(Rect::new(0.0, 0.0, length, 16.0), [0.0; 4], 0xFF_FFFF, 0xFF_FFFF, None);
            let content = Content { size: (length, 16.0), opaque: true, parts: vec![plate] };
            let layer = card::layer(LayerKind::Mark, 0, (0.0, 0.0), content);
            Frame { raster: (width, 16), scale: 1.0, offset: (0.0, 0.0), layers: vec![layer] }
        };
        // Beyond 8192 px, to the last column.
        let pixels = drawn(headless, &wide(12_000, 12_000.0));
        assert!(pixels.chunks_exact(4).all(|pixel| pixel == [255; 4]), "the picture is cut off");

        let problem = headless.draw(Arc::new(wide(1 << 20, 16.0))).expect_err("no picture").to_string();
        let largest: u32 = problem.rsplit(' ').nth(1).and_then(|px| px.parse().ok()).expect("the largest side");
        let problem = headless.draw(Arc::new(wide(1000, 2.0 * largest as f32))).expect_err("no picture").to_string();
        assert!(problem.contains("1000×16") && problem.contains("1 to 500 px"), "{problem}");
        assert_eq!(fresh(headless, &card::frame(RASTER, 70)).len(), 960 * 540 * 4);
    });
}

#[test]
fn the_pixels_are_drawn_in_software() {
    // Goldens are only comparable on lavapipe; a wrong driver name falls back silently.
    let adapter = with_headless(|headless| headless.adapter());
    assert!(adapter.is_software, "{adapter:?}");
}

/// Writes the card to `$LEITAI_PICTURES`, to be looked at beside the design.
#[test]
#[ignore = "writes pictures for a person to look at"]
fn pictures_to_look_at() {
    let folder = std::env::var_os("LEITAI_PICTURES").map_or_else(std::env::temp_dir, Into::into);
    with_headless(move |headless| {
        let mut with_icons = card::frame((1920, 1080), 31);
        with_icons.layers.push(card::layer(LayerKind::Mark, 0, (340.0, 560.0), card::icons()));
        let mut overlay = card::frame((1920, 1080), 70);
        overlay.layers.remove(0);
        let pictures = [
            ("card-1080", card::frame((1920, 1080), 70)),
            ("card-540", card::frame(RASTER, 70)),
            ("card-2160", card::frame((3840, 2160), 70)),
            ("icons", with_icons),
            ("overlay", overlay),
        ];
        for (name, frame) in pictures {
            let pixels = drawn(headless, &frame);
            let image = image::RgbaImage::from_raw(frame.raster.0, frame.raster.1, pixels).expect("whole rows");
            image.save(folder.join(format!("{name}.png"))).expect("a file");
        }
    });
}
