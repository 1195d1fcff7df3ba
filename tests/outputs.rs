//! Promise: several outputs are drawn at once, each as if it were alone, and none pays for another one.

use std::sync::Arc;

use leitai::{
    show::{
        clip::Clips,
        frame::{Class, Frame, LayerKind, Output, compose},
    },
    stage::{Headless, OutputId},
    themes,
    typeset::Typesetter,
};
use serde_json::json;

use crate::support::{
    RASTER, card,
    story::{Story, ZERO_US},
    with_headless,
};

/// A fourth picture, as a hall with two walls has.
const WALL: OutputId = OutputId(7);

/// A question with its countdown, as each kind of output shows it, at this many ms of the story.
fn composed(output: &Output, at_ms: i64) -> Arc<Frame> {
    let question = json!({"id": "q", "kind": "judge", "value": 10, "stem": "职工达到法定退休年龄时累计缴费不足最低年限的，可以延长缴费。",
        "options": [{"label": "A", "text": "正确"}, {"label": "B", "text": "错误"}]});
    let story = Story::contest().round("争分夺秒", "闯关环节", "solo").turn(1, 2);
    let story = story.with(-9000, "question.shown", question).clock(10, 6600);
    let theme = themes::built_in().expect("the theme is built in");
    Arc::new(compose(&story.show, &theme, output, &Typesetter::new(), Clips::none(), ZERO_US + at_ms * 1000))
}

fn on(headless: &mut Headless, id: OutputId, frame: &Arc<Frame>) -> Vec<u8> {
    headless.draw_on(id, Arc::clone(frame)).expect("a picture").to_vec()
}

/// Lets what was closed go.
fn settle(headless: &mut Headless) {
    (0..3).for_each(|_| headless.idle());
}

#[test]
fn every_output_shows_what_it_would_show_alone() {
    with_headless(|headless| {
        let outputs = [
            (OutputId::PROGRAM, Output::tv(960, 540)),
            (OutputId::HOST, Output::of(Class::Confidence, (640, 400))),
            (OutputId::PREVIEW, Output::of(Class::Stream, (480, 270))),
            (WALL, Output::of(Class::Wall, (1280, 360))),
        ];
        let frames = |at_ms| outputs.map(|(id, output)| (id, composed(&output, at_ms)));
        let instants = [0, 40, 1960];
        let alone = instants.map(|at_ms| {
            frames(at_ms).map(|(_, frame)| {
                let pixels = on(headless, WALL, &frame);
                headless.remove(WALL);
                settle(headless);
                pixels
            })
        });
        assert!(alone[0][0] != alone[2][0], "the countdown runs");
        for (at_ms, alone) in instants.into_iter().zip(&alone) {
            let frames = frames(at_ms);
            for ((id, frame), alone) in frames.iter().zip(alone) {
                assert!(on(headless, *id, frame) == *alone, "output {id:?} at {at_ms} ms differs from itself alone");
            }
            // Asked for again, none of them has anything to do.
            let before = headless.counters();
            for ((id, frame), alone) in frames.iter().zip(alone) {
                assert!(on(headless, *id, frame) == *alone, "output {id:?} at {at_ms} ms did not stay");
            }
            assert_eq!(headless.counters(), before);
        }
        outputs[1..].iter().for_each(|(id, _)| headless.remove(*id));
        settle(headless);
    });
}

#[test]
fn one_that_changes_draws_and_composites_nothing_of_another() {
    with_headless(|headless| {
        let program = Arc::new(card::frame(RASTER, 70));
        let host = Arc::new(card::frame((640, 360), 70));
        on(headless, OutputId::PROGRAM, &program);
        on(headless, OutputId::HOST, &host);
        let ring = |frame: &Frame, tenths| {
            let mut frame = frame.clone();
            frame.layers[7] = card::layer(LayerKind::Ring, 0, (1434.0, 160.0), card::ring(tenths));
            Arc::new(frame)
        };
        for (changed, other, frame) in
            [(OutputId::HOST, OutputId::PROGRAM, &host), (OutputId::PROGRAM, OutputId::HOST, &program)]
        {
            let (was, resting) = (headless.counters_of(changed), headless.counters_of(other));
            (60..69).rev().for_each(|tenths| drop(on(headless, changed, &ring(frame, tenths))));
            let is = headless.counters_of(changed);
            assert_eq!((is.layers_drawn - was.layers_drawn, is.composites - was.composites), (9, 9), "{changed:?}");
            assert_eq!(headless.counters_of(other), resting, "{other:?} did something because {changed:?} changed");
        }
        headless.remove(OutputId::HOST);
        settle(headless);
    });
}

#[test]
fn with_nothing_changing_no_output_costs_anything() {
    with_headless(|headless| {
        let ids = [OutputId::PROGRAM, OutputId::PREVIEW, OutputId::HOST];
        for (id, width) in ids.into_iter().zip([960, 480, 640]) {
            on(headless, id, &Arc::new(card::frame((width, width * 9 / 16), 42)));
        }
        headless.idle();
        let (before, targets) = (headless.counters(), headless.targets());
        (0..20).for_each(|_| headless.idle());
        assert_eq!((headless.counters(), headless.targets()), (before, targets));
        headless.remove(OutputId::PREVIEW);
        headless.remove(OutputId::HOST);
        settle(headless);
        assert_eq!(headless.counters(), before, "closing outputs draws nothing either");
    });
}

#[test]
fn a_closed_output_gives_its_textures_back_and_may_be_opened_again() {
    with_headless(|headless| {
        let program = Arc::new(card::frame(RASTER, 70));
        let picture = on(headless, OutputId::PROGRAM, &program);
        settle(headless);
        let (without, at_rest) = (headless.targets(), headless.counters_of(OutputId::PROGRAM));
        let frame = Arc::new(card::frame((640, 360), 70));
        let first = on(headless, OutputId::HOST, &frame);
        let with = headless.targets();
        assert!(with > without + frame.layers.len(), "an own texture and those of the layers: {without}, then {with}");
        for _ in 0..3 {
            headless.remove(OutputId::HOST);
            settle(headless);
            assert_eq!(headless.targets(), without, "the closed output's textures are gone");
            assert!(on(headless, OutputId::HOST, &frame) == first, "opened again it shows the same");
            assert_eq!(headless.targets(), with);
        }
        // Closed and opened between two updates it is another one.
        headless.remove(OutputId::HOST);
        assert!(on(headless, OutputId::HOST, &frame) == first);
        settle(headless);
        assert_eq!(headless.targets(), with);
        assert_eq!(headless.counters_of(OutputId::PROGRAM), at_rest, "the program knows nothing of it");
        assert!(on(headless, OutputId::PROGRAM, &program) == picture);
        headless.remove(OutputId::HOST);
        settle(headless);
        assert_eq!(headless.targets(), without);
    });
}
