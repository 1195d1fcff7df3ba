//! A frame is a pure function of (tape prefix, theme, output, show time): played, sought, after any history, in any
//! process, the bytes are the same.

use std::{collections::BTreeMap, sync::Arc, thread};

use leitai::{
    show::{
        clip::Clips,
        frame::{Frame, Output, compose},
        tape::{Tape, Timeline},
        theme::Theme,
    },
    stage::Headless,
    themes,
    typeset::Typesetter,
};

use crate::support::{RASTER, with_headless};

/// Instants compared, and the step at which the show is played between them.
const INSTANTS: usize = 50;
const STEP_US: i64 = 250_000;
/// Renderers started afresh for a single frame: each costs a start.
const FRESH: usize = 3;

struct Show {
    timeline: Timeline,
    theme: Arc<Theme>,
    set: Typesetter,
    from: i64,
    length: i64,
}

impl Show {
    fn demo() -> Self {
        let tape = Tape::parse(include_str!("../assets/shows/zhongwei-demo.tape.ndjson")).expect("the embedded show");
        let (from, length) = (tape.first_at().expect("events"), tape.duration());
        let theme = themes::built_in().expect("the shipped theme");
        Self { timeline: Timeline::new(tape), theme, set: Typesetter::new(), from, length }
    }

    fn frame(&self, at: i64) -> Arc<Frame> {
        let now = self.from + at;
        let show = self.timeline.show_at(now);
        Arc::new(compose(&show, &self.theme, &Output::tv(RASTER.0, RASTER.1), &self.set, Clips::none(), now))
    }

    /// Spread over the show, odd figures so that many fall into the middle of a motion.
    fn instants(&self) -> Vec<i64> {
        (0..INSTANTS as i64)
            .map(|i| self.length * i / INSTANTS as i64 + i * 37_111)
            .filter(|at| *at < self.length)
            .collect()
    }
}

fn elsewhere<T: Send + 'static>(work: impl FnOnce(&mut Headless) -> T + Send + 'static) -> T {
    thread::spawn(move || work(&mut Headless::new(RASTER).expect("a renderer"))).join().expect("no panic")
}

#[test]
fn seeking_equals_playing_and_any_history_equals_none() {
    let played: BTreeMap<i64, Vec<u8>> = with_headless(|headless| {
        let show = Show::demo();
        let wanted = show.instants();
        let mut instants: Vec<i64> = (0..show.length / STEP_US).map(|i| i * STEP_US).chain(wanted.clone()).collect();
        instants.sort_unstable();
        let mut pictures = BTreeMap::new();
        for at in instants {
            let pixels = headless.draw(show.frame(at)).expect("a picture");
            if wanted.contains(&at) {
                pictures.insert(at, pixels.to_vec());
            }
        }
        pictures
    });
    assert!(played.len() >= INSTANTS - 1);
    // Sought in an order far from the show's, by another renderer.
    let order: Vec<i64> = {
        let at: Vec<i64> = played.keys().copied().collect();
        (0..at.len()).map(|i| at[i * 19 % at.len()]).collect()
    };
    let sought: BTreeMap<i64, Vec<u8>> = elsewhere(move |headless| {
        let show = Show::demo();
        order.into_iter().map(|at| (at, headless.draw(show.frame(at)).expect("a picture").to_vec())).collect()
    });
    let differing: Vec<i64> =
        played.iter().filter(|(at, pixels)| sought.get(at) != Some(pixels)).map(|(at, _)| *at).collect();
    assert_eq!(differing, Vec::<i64>::new(), "µs at which a sought picture is not the played one");
    for (at, pixels) in played.iter().step_by(INSTANTS / FRESH).map(|(at, pixels)| (*at, pixels.clone())) {
        let fresh = elsewhere(move |headless| headless.draw(Show::demo().frame(at)).expect("a picture").to_vec());
        assert!(fresh == pixels, "a renderer without history draws {at} µs otherwise");
    }
}
