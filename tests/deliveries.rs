//! Promise: what leaves is the picture, folded and in its look, exact to the pixel, at the cost of what changed.

use std::sync::Arc;

use leitai::{
    routing::{Blit, Delivery, Look, Route, Turn},
    show::{
        clip::Clips,
        frame::{Class, Frame, LayerKind, Output, Rgba, compose},
    },
    stage::{Captured, DeliveryId, Headless, OutputId, StageError, key_self_test},
    themes,
    typeset::Typesetter,
};
use serde_json::json;

use crate::support::{
    RASTER, card,
    keyer::{folded, worst},
    story::{Story, ZERO_US},
    with_headless,
};

const PICTURE: OutputId = OutputId(9);
/// Where every pixel of every step is worked out on the processor too.
const SMALL: (u32, u32) = (480, 270);
/// The picture as it is composed, beside whatever else leaves of it.
const WHOLE: DeliveryId = DeliveryId(200);

/// A question with its countdown; on air without a ground below it.
fn composed(class: Class, raster: (u32, u32), at_ms: i64) -> Arc<Frame> {
    let question = json!({"id": "q", "kind": "judge", "value": 10, "stem": "职工达到法定退休年龄时累计缴费不足最低年限的，可以延长缴费。",
        "options": [{"label": "A", "text": "正确"}, {"label": "B", "text": "错误"}]});
    let story = Story::contest().round("争分夺秒", "闯关环节", "solo").turn(1, 2);
    let story = story.with(-9000, "question.shown", question).clock(10, 6600);
    let theme = themes::built_in().expect("the theme is built in");
    let output = Output::of(class, raster);
    Arc::new(compose(&story.show, &theme, &output, &Typesetter::new(), Clips::none(), ZERO_US + at_ms * 1000))
}

/// The card in the middle of its countdown; every layer but the backdrop moves and fades with `step`.
fn moving(base: &Frame, step: u32) -> Arc<Frame> {
    let mut frame = base.clone();
    let ring_at = frame.layers.iter().position(|layer| layer.key.kind == LayerKind::Ring).expect("a ring");
    frame.layers[ring_at] = card::layer(LayerKind::Ring, 0, (1434.0, 160.0), card::ring(99 - step % 99));
    if (20..30).contains(&step) {
        let by = (step - 20) as f32;
        let moved = frame.layers.iter_mut().filter(|layer| layer.key.kind != LayerKind::Backdrop);
        moved.for_each(|layer| layer.placement = layer.placement.moved(-by * 13.0, by * 4.5).faded(1.0 - by / 12.0));
    }
    Arc::new(frame)
}

/// Rectangles of all four turns and two that lie over each other, on a raster with bare ground; of a picture of [`RASTER`].
fn pieces(look: Look) -> Delivery {
    let mut blits: Vec<Blit> = Turn::ALL
        .iter()
        .zip(0..)
        .map(|(turn, i)| Blit { from: (i * 240, 13 * i, 220, 400), to: (i * 410 + 3, 5), turn: *turn, look })
        .collect();
    blits.push(Blit { from: (700, 60, 260, 300), to: (200, 380), turn: Turn::Upright, look });
    blits.push(Blit { from: (300, 60, 90, 90), to: (250, 300), turn: Turn::Right, look });
    // Partly beyond the picture, and partly beyond what leaves.
    blits.push(Blit { from: (900, 500, 200, 200), to: (1600, 640), turn: Turn::Half, look });
    Delivery { raster: (1700, 720), blits }
}

/// The same of a picture of [`SMALL`].
fn small_pieces(look: Look) -> Delivery {
    let Delivery { raster, mut blits } = pieces(look);
    for Blit { from, to, .. } in &mut blits {
        *from = (from.0 / 2, from.1 / 2, from.2 / 2, from.3 / 2);
        *to = (to.0 / 2, to.1 / 2);
    }
    Delivery { raster: (raster.0 / 2, raster.1 / 2), blits }
}

/// The update's pictures.
fn left(headless: &mut Headless, ids: &[DeliveryId]) -> Vec<Captured> {
    headless.update().expect("a picture");
    ids.iter().map(|id| headless.take(*id).unwrap_or_else(|| panic!("{id:?} has changed"))).collect()
}

fn show(headless: &mut Headless, frame: &Arc<Frame>) {
    headless.set_picture(PICTURE, Arc::clone(frame)).expect("a raster that can be drawn");
}

fn deliver(headless: &mut Headless, id: u8, delivery: &Delivery) -> DeliveryId {
    headless.deliver(DeliveryId(id), PICTURE, delivery.clone()).expect("a raster that can be drawn");
    DeliveryId(id)
}

fn whole(headless: &mut Headless, raster: (u32, u32)) -> DeliveryId {
    deliver(headless, WHOLE.0, &Delivery::whole(raster))
}

/// Closes all that this promise has opened.
fn close(headless: &mut Headless, ids: &[DeliveryId]) {
    ids.iter().for_each(|id| headless.end(*id));
    headless.remove(PICTURE);
    (0..3).for_each(|_| headless.idle());
}

#[test]
fn every_turn_is_exact_to_the_pixel_opaque_or_not() {
    with_headless(|headless| {
        for frame in [Arc::new(card::frame(RASTER, 70)), composed(Class::Stream, RASTER, 40)] {
            show(headless, &frame);
            let delivery = pieces(Look::Straight);
            let ids = [deliver(headless, 0, &delivery), whole(headless, RASTER)];
            let pictures = left(headless, &ids);
            assert_eq!(pictures[0].raster, delivery.raster);
            let reference = folded(&pictures[1].pixels, RASTER, &delivery);
            assert!(*pictures[0].pixels == *reference, "it differs by {}", worst(&pictures[0].pixels, &reference));
            assert!(reference.iter().any(|byte| *byte != 0));
            close(headless, &ids);
        }
    });
}

#[test]
fn a_wide_wall_is_folded_for_its_processor_and_turned_for_a_column() {
    with_headless(|headless| {
        let raster = (7680, 1080);
        show(headless, &composed(Class::Wall, raster, 40));
        let blit = |from, to, turn| Blit { from, to, turn, look: Look::Straight };
        let halves = Delivery {
            raster: (3840, 2160),
            blits: vec![
                blit((0, 0, 3840, 1080), (0, 0), Turn::Upright),
                blit((3840, 0, 3840, 1080), (0, 1080), Turn::Upright),
            ],
        };
        let column = Delivery { raster: (1080, 1920), blits: vec![blit((5760, 0, 1920, 1080), (0, 0), Turn::Right)] };
        let ids = [deliver(headless, 0, &halves), deliver(headless, 1, &column), whole(headless, raster)];
        let pictures = left(headless, &ids);
        for (picture, delivery) in pictures.iter().zip([&halves, &column]) {
            assert!(*picture.pixels == *folded(&pictures[2].pixels, raster, delivery), "{:?} differs", picture.raster);
        }
        // Where the column comes from and where it goes, once without the reference.
        let at = |pixels: &[u8], width: usize, x: usize, y: usize| {
            <[u8; 4]>::try_from(&pixels[(y * width + x) * 4..][..4]).expect("a pixel")
        };
        for (x, y) in [(0, 0), (1919, 0), (700, 333)] {
            assert_eq!(at(&pictures[1].pixels, 1080, 1079 - y, x), at(&pictures[2].pixels, 7680, 5760 + x, y));
        }
        close(headless, &ids);
    });
}

#[test]
fn what_is_carried_out_inside_the_damage_is_what_a_fresh_renderer_makes() {
    with_headless(|headless| {
        let base = card::frame(SMALL, 70);
        let mut bare = base.clone();
        bare.layers.remove(0);
        let deliveries = [small_pieces(Look::Straight), small_pieces(Look::Premultiplied), small_pieces(Look::Key)];
        for base in [base, bare] {
            let mut ids: Vec<_> = deliveries.iter().zip(0..).map(|(d, i)| deliver(headless, i, d)).collect();
            ids.push(whole(headless, SMALL));
            let mut last = Vec::new();
            for step in 0..50 {
                show(headless, &moving(&base, step));
                headless.update().expect("a picture");
                // A delivery may show nothing of what changed; then the one before is the right one.
                let taken: Vec<Option<Captured>> = ids.iter().map(|id| headless.take(*id)).collect();
                if last.is_empty() {
                    last = taken.into_iter().map(|taken| taken.expect("all of it is new")).collect();
                } else {
                    last.iter_mut().zip(taken).for_each(|(last, taken)| *last = taken.unwrap_or(last.clone()));
                }
                for (picture, delivery) in last.iter().zip(&deliveries) {
                    let reference = folded(&last[3].pixels, SMALL, delivery);
                    let most = if delivery.blits[0].look == Look::Premultiplied { 1 } else { 0 };
                    assert!(worst(&picture.pixels, &reference) <= most, "step {step}, {:?}", delivery.blits[0].look);
                }
            }
            let mut other = Headless::new((64, 64)).expect("a second renderer");
            show(&mut other, &moving(&base, 49));
            for (delivery, i) in deliveries.iter().zip(0..) {
                deliver(&mut other, i, delivery);
            }
            let fresh = left(&mut other, &ids[..3]);
            for (picture, fresh) in last.iter().zip(fresh) {
                assert!(picture.pixels == fresh.pixels, "50 frames of damage are not one whole picture");
            }
            close(headless, &ids);
        }
    });
}

#[test]
fn fill_key_premultiplied_and_ground_are_those_of_the_arithmetic() {
    with_headless(|headless| {
        let frame = composed(Class::Stream, RASTER, 40);
        show(headless, &frame);
        let green = Rgba::rgb8(0, 200, 20);
        let looks = [Look::Straight, Look::Premultiplied, Look::Key, Look::Over(green), Look::FillAndKey];
        let routes = looks.map(|look| Route { raster: RASTER, look, ..Route::default() });
        let deliveries = routes.map(|route| Delivery::of(&route));
        let mut ids: Vec<_> = deliveries.iter().zip(0..).map(|(d, i)| deliver(headless, i, d)).collect();
        // The straight one is the picture itself; the same one moved by nothing is carried out.
        let copied =
            Delivery { raster: (RASTER.0 + 2, RASTER.1), blits: vec![Blit { to: (2, 0), ..deliveries[0].blits[0] }] };
        ids.push(deliver(headless, 5, &copied));
        let pictures = left(headless, &ids);
        let soft = pictures[0].pixels.chunks_exact(4).filter(|px| px[3] > 0 && px[3] < 255).count();
        assert!(soft > 1000, "{soft} px with soft edges prove little");
        for (picture, delivery) in pictures.iter().zip(&deliveries) {
            let reference = folded(&pictures[0].pixels, RASTER, delivery);
            let look = delivery.blits[0].look;
            assert!(worst(&picture.pixels, &reference) <= 1, "{look:?}: {}", worst(&picture.pixels, &reference));
        }
        assert!(*pictures[5].pixels == *folded(&pictures[0].pixels, RASTER, &copied), "straight is what a file gets");
        let error = key_self_test(&pictures[0].pixels, &pictures[1].pixels, &pictures[2].pixels);
        assert!(error.is_some_and(|error| error <= 1), "a keyer is off by {error:?}");
        // Fill and key are the same side by side.
        let row = RASTER.0 as usize * 4;
        for (y, both) in pictures[4].pixels.chunks_exact(2 * row).enumerate() {
            let single = |i: usize| &pictures[i].pixels[y * row..(y + 1) * row];
            assert!(both[..row] == *single(1) && both[row..] == *single(2), "row {y}");
        }
        close(headless, &ids);
    });
}

#[test]
fn nothing_changing_costs_nothing_and_little_changing_costs_little() {
    with_headless(|headless| {
        let base = card::frame(RASTER, 70);
        show(headless, &moving(&base, 0));
        let ids = [deliver(headless, 0, &pieces(Look::Straight)), whole(headless, RASTER)];
        left(headless, &ids);
        headless.idle();
        let before = headless.counters();
        for _ in 0..5 {
            // The same picture in new clothes.
            show(headless, &moving(&base, 0));
            headless.update().expect("a picture");
            headless.idle();
            assert!(ids.iter().all(|id| headless.take(*id).is_none()), "nothing has changed");
        }
        assert_eq!(headless.counters(), before);
        let was = ids.map(|id| headless.counters_of_delivery(id));
        for step in 1..10 {
            show(headless, &moving(&base, step));
            assert_eq!(left(headless, &ids[1..])[0].number, u64::from(step) + 1);
        }
        let is = ids.map(|id| headless.counters_of_delivery(id));
        let raster = u64::from(RASTER.0 * RASTER.1);
        assert_eq!(is[1].composited_px, 0, "the picture itself is not carried out");
        assert!(is[1].readback_bytes - was[1].readback_bytes < 9 * raster, "a ring is no screen: {:?}", is[1]);
        assert!(is[0].composited_px - was[0].composited_px < 9 * raster / 4, "{:?}", is[0]);
        assert_eq!(is[0].readbacks - was[0].readbacks, is[0].composites - was[0].composites);
        close(headless, &ids);
    });
}

#[test]
fn closing_gives_the_textures_back_and_a_whole_picture_has_none_of_its_own() {
    with_headless(|headless| {
        let frame = Arc::new(card::frame(RASTER, 70));
        show(headless, &frame);
        headless.update().expect("a picture");
        (0..3).for_each(|_| headless.idle());
        let without = headless.targets();
        let itself = whole(headless, RASTER);
        let first = left(headless, &[itself]).remove(0);
        assert_eq!(headless.targets(), without);
        let id = deliver(headless, 0, &pieces(Look::Straight));
        let folded_once = left(headless, &[id]).remove(0);
        assert_eq!(headless.targets(), without + 1);
        for _ in 0..3 {
            headless.end(id);
            (0..3).for_each(|_| headless.idle());
            assert_eq!(headless.targets(), without, "the closed delivery's texture is gone");
            deliver(headless, 0, &pieces(Look::Straight));
            assert!(left(headless, &[id])[0].pixels == folded_once.pixels, "opened again it is the same");
        }
        // Closed and opened between two updates it is another one, and so is one of another raster.
        headless.end(id);
        deliver(headless, 0, &Delivery { raster: (300, 200), ..pieces(Look::Straight) });
        let smaller = left(headless, &[id]).remove(0);
        assert_eq!((smaller.raster, smaller.pixels.len()), ((300, 200), 300 * 200 * 4));
        // Changed where it stands, nothing of what it was is left.
        deliver(headless, 0, &Delivery { raster: (300, 200), blits: Vec::new() });
        assert!(left(headless, &[id])[0].pixels.chunks_exact(4).all(|px| px == [0, 0, 0, 255]));
        assert!(headless.take(itself).is_none(), "the other one knows nothing of it");
        assert!(first.pixels.iter().any(|byte| *byte > 0), "what was handed out stays");
        close(headless, &[id, itself]);
    });
}

#[test]
fn a_picture_of_another_raster_is_delivered_anew_and_a_picture_that_ends_leaves_its_last() {
    with_headless(|headless| {
        let delivery = pieces(Look::Straight);
        show(headless, &Arc::new(card::frame(RASTER, 70)));
        let id = deliver(headless, 0, &delivery);
        left(headless, &[id]);
        let small = (640, 360);
        show(headless, &Arc::new(card::frame(small, 70)));
        let itself = whole(headless, small);
        let pictures = left(headless, &[id, itself]);
        assert!(*pictures[0].pixels == *folded(&pictures[1].pixels, small, &delivery), "of the new picture");
        headless.remove(PICTURE);
        headless.update().expect("what is left");
        assert!(headless.take(id).is_none(), "there is no news");
        show(headless, &Arc::new(card::frame(small, 40)));
        let pictures = left(headless, &[id, itself]);
        assert!(*pictures[0].pixels == *folded(&pictures[1].pixels, small, &delivery), "of the picture that came back");
        close(headless, &[id, itself]);
    });
}

#[test]
fn what_no_texture_can_hold_is_refused_in_words() {
    with_headless(|headless| {
        let refused = headless.deliver(DeliveryId(0), PICTURE, Delivery::whole((99_999, 16)));
        assert!(matches!(refused, Err(StageError::Raster { width: 99_999, height: 16, .. })), "{refused:?}");
    });
}
