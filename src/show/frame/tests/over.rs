//! What the desk lays over the program: nothing is left of it when it is taken off, and the hall sees no more than it may.

use super::{Class, Frame, Lang, Output, Part, Plain, THEME, seen};
use crate::show::{
    clip::Clips,
    desk::{Act, Air, Curtain, DeskAct, Group},
    frame::{LayerKind, on_air},
    state::Scene,
    tape::{Tape, Timeline},
};

const TAPE: &str = include_str!("../../../../assets/shows/zhongwei-demo.tape.ndjson");

/// A question is on air, its ring runs, scores stand below; and an instant at which all of it rests.
fn on_card() -> (Air, i64) {
    let timeline = Timeline::new(Tape::parse(TAPE).unwrap());
    let all = 0..timeline.tape().step_count();
    let count = all.into_iter().find(|count| {
        let core = &timeline.show_after(*count).core;
        core.question.is_some() && core.clock.as_ref().is_some_and(crate::show::state::Clock::is_running)
    });
    let air = timeline.air_after(count.unwrap());
    assert_eq!(air.program().program.scene, Scene::Card);
    let at = air.feed().at + 3_000_000;
    (air, at)
}

fn act(air: &mut Air, at: i64, act: Act) {
    let done = DeskAct { n: air.desk.n + 1, at, epoch: air.feed().epoch.clone(), after: air.feed().seq, act };
    air.act(&done);
}

fn picture(class: Class, air: &Air, now: i64) -> Frame {
    let (w, h) = class.canvas();
    let output = Output { lang: Lang::Zh, ..Output::of(class, (w as u32, h as u32)) };
    on_air(air, &THEME, &output, &Plain, Clips::none(), now)
}

fn texts(frame: &Frame) -> String {
    seen(frame).into_iter().map(|text| text.text + "\n").collect()
}

#[test]
fn black_is_one_opaque_layer_and_the_logo_says_what_show_it_is() {
    let (mut air, now) = on_card();
    let before = picture(Class::Tv, &air, now);
    act(&mut air, now, Act::Curtain { curtain: Some(Curtain::Black) });
    let black = picture(Class::Tv, &air, now);
    assert_eq!((black.layers.len(), black.layers[0].content.opaque, texts(&black).as_str()), (1, true, ""));
    assert_eq!(picture(Class::Tv, &air, now + 9_000_000), black, "it stands");
    assert!(picture(Class::Stream, &air, now).layers.is_empty(), "the cameras' picture is not hidden");

    act(&mut air, now, Act::Curtain { curtain: Some(Curtain::Logo) });
    let logo = texts(&picture(Class::Tv, &air, now));
    let title = air.program().core.config.title.clone();
    assert!(logo.replace('\n', "").contains(&title), "{title} in {logo}");
    let stem = air.program().core.question.as_ref().unwrap().question.stem.clone();
    assert!(!logo.contains(&stem[..12]), "the question is hidden");

    act(&mut air, now, Act::Curtain { curtain: None });
    assert_eq!(picture(Class::Tv, &air, now), before);
}

#[test]
fn a_group_that_is_cleared_is_off_and_nothing_else() {
    let (mut air, now) = on_card();
    for class in Class::ALL.into_iter().filter(|class| class.is_hall()) {
        let whole = picture(class, &air, now);
        let kinds = |frame: &Frame| frame.layers.iter().map(|layer| layer.key.kind).collect::<Vec<_>>();
        act(&mut air, now, Act::Clear { group: Group::Countdown });
        let without = kinds(&picture(class, &air, now));
        assert!(kinds(&whole).contains(&LayerKind::Ring) && !without.contains(&LayerKind::Ring), "{class:?}");
        assert!(without.contains(&LayerKind::Card) || without.contains(&LayerKind::Option), "{class:?}: {without:?}");
        act(&mut air, now, Act::Clear { group: Group::All });
        let bare = kinds(&picture(class, &air, now));
        assert!(bare.iter().all(|kind| kind.is_ground()), "{class:?}: {bare:?}");
        act(&mut air, now, Act::Restore { group: Group::All });
        assert_eq!(picture(class, &air, now), whole, "{class:?}");
    }
}

#[test]
fn a_frozen_picture_stands_and_the_next_one_is_the_shows() {
    let (mut air, now) = on_card();
    act(&mut air, now, Act::Freeze { on: true });
    let frozen = picture(Class::Tv, &air, now);
    assert_eq!(picture(Class::Tv, &air, now + 4_000_000), frozen, "the ring stands too");
    act(&mut air, now + 4_000_000, Act::Freeze { on: false });
    assert_ne!(picture(Class::Tv, &air, now + 4_000_000), frozen);
}

#[test]
fn the_rehearsal_mark_is_over_everything_on_every_output() {
    let (mut air, now) = on_card();
    act(&mut air, now, Act::Mark { on: true });
    for curtain in [None, Some(Curtain::Black), Some(Curtain::Logo)] {
        act(&mut air, now, Act::Curtain { curtain });
        for class in Class::ALL {
            let frame = picture(class, &air, now);
            let words = THEME.of(class).labels.words(Lang::Zh);
            assert!(texts(&frame).contains(&words.rehearsal), "{class:?} under {curtain:?}");
            let first = frame.layers.iter().position(|layer| layer.key.kind == LayerKind::Mark).unwrap();
            assert!(frame.layers[first..].iter().all(|layer| layer.key.kind == LayerKind::Mark), "it is on top");
            let (w, h) = THEME.of(class).layout.canvas;
            let covers = frame.layers[first..].iter().any(|layer| {
                let Part::Plate { rect, .. } = &layer.content.parts[0] else { return false };
                rect.w >= w && layer.placement.y + rect.h >= h
            });
            assert!(covers, "{class:?}: the border reaches the picture's foot");
        }
    }
}
