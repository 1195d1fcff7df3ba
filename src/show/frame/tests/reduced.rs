//! Reduced motion: whatever is seen lies where it will rest, from its first frame on.

use std::sync::LazyLock;

use super::{Output, Plain, THEME, tapes};
use crate::show::{clip::Clips, frame::compose, theme::Theme};

static REDUCED: LazyLock<Theme> = LazyLock::new(|| {
    let mut theme = THEME.clone();
    theme.tv.motion = theme.tv.motion.reduced();
    theme
});

/// ms after a moment; the last one is at rest.
const LOOKS: [i64; 12] = [0, 1, 20, 90, 160, 300, 520, 850, 1_300, 2_000, 3_100, 4_200];
const REST: i64 = 9_000;

#[test]
fn nothing_travels_and_nothing_grows() {
    let mut compared = 0;
    for tape in tapes::all() {
        for moment in &tape.moments {
            let show = tape.show_at(moment, moment.at);
            let look = |ms: i64| {
                compose(&show, &REDUCED, &Output::tv(1920, 1080), &Plain, Clips::none(), moment.at + ms * 1_000)
            };
            let rest = look(REST);
            for ms in LOOKS {
                for layer in look(ms).layers {
                    let place = layer.placement;
                    assert_eq!(place.scale, (1.0, 1.0), "{} {} +{ms}: {:?}", tape.name, moment.seq, layer.key);
                    let rests =
                        rest.layers.iter().find(|other| other.key == layer.key && other.content == layer.content);
                    if let Some(rests) = rests {
                        let (x, y) = (rests.placement.x, rests.placement.y);
                        assert_eq!((place.x, place.y), (x, y), "{} {} +{ms}: {:?}", tape.name, moment.seq, layer.key);
                        compared += 1;
                    }
                }
            }
        }
    }
    assert!(compared > 10_000, "{compared}");
}

#[test]
fn what_is_told_is_told_all_the_same() {
    // Every text that rests on the picture rests on it here too.
    for tape in tapes::all() {
        for moment in &tape.moments {
            let show = tape.show_at(moment, moment.at);
            let read = |theme: &Theme| -> Vec<String> {
                let frame =
                    compose(&show, theme, &Output::tv(1920, 1080), &Plain, Clips::none(), moment.at + REST * 1_000);
                super::seen(&frame).into_iter().map(|text| text.text).collect()
            };
            let (mut full, mut reduced) = (read(&THEME), read(&REDUCED));
            full.sort();
            reduced.sort();
            if show.core.draw.is_none() {
                assert_eq!(full, reduced, "{} {}", tape.name, moment.seq);
            }
        }
    }
}
