//! Nothing is too small to read, leaves the safe area or lies on another.

use serde_json::json;

use super::{Feed, frame, look, scenes, scenes_judge::crowd, seen};
use crate::show::frame::{Frame, Lang, LayerKind, Part, Point, Rect};

/// From an event on: first frames, the midst of every motion, settled, and after a page has turned.
const INSTANTS_MS: [i64; 14] = [0, 20, 100, 160, 300, 500, 900, 1_300, 1_720, 2_020, 2_600, 3_300, 5_000, 13_000];

#[test]
fn every_text_is_legible_and_in_the_safe_area() {
    let safe = look().layout.safe;
    // Plates and their texts rise into their place.
    let travel = look().motion.travel_px.max(look().motion.chip_travel_px);
    for (name, feed) in scenes::all() {
        for after in INSTANTS_MS {
            for lang in [Lang::Zh, Lang::En] {
                for text in seen(&frame(&feed.show, feed.at + after * 1_000, lang)) {
                    let Rect { x, y, w, h } = text.rect;
                    let what = format!(
                        "{name} at {after} ms, {lang:?}: \"{}\" at {:?} {:?}",
                        text.text, text.rect, text.layer
                    );
                    assert!(text.size >= 38.0, "{what} is {} px", text.size);
                    assert!(x >= safe.x - 1.0 && x + w <= safe.x + safe.w + 1.0, "{what}");
                    assert!(y >= safe.y - 1.0 && y + h <= safe.y + safe.h + travel, "{what}");
                }
            }
        }
    }
}

#[test]
fn the_same_question_has_the_same_answer() {
    for (name, feed) in scenes::all() {
        for after in INSTANTS_MS {
            assert_eq!(feed.frame(after), feed.frame(after), "{name} at {after} ms");
        }
    }
}

#[test]
fn two_to_twelve_teams_fit_the_strip() {
    for teams in 2..=12 {
        let mut feed = Feed::new(teams);
        // Twelve names of four Han have two pages; of three they have one.
        let named = |n: u32| json!({"id": format!("t{n}"), "name": "济南市", "number": n});
        let twelve = json!({"teams": (1..=12).map(named).collect::<Vec<_>>()});
        if teams == 12 {
            feed.say(0, "roster.updated", twelve);
        }
        feed.round("solo");
        feed.say(0, "score.changed", json!({"team": "t2", "before": 300, "delta": 865.5, "after": 1165.5}));
        let cells: Vec<_> = seen(&feed.frame(5_000))
            .into_iter()
            .filter(|text| matches!(text.layer.kind, LayerKind::Cell | LayerKind::ActiveCell))
            .collect();
        assert!(cells.len() >= 2 * teams as usize, "{teams} teams: a name and a score each");
        for (i, a) in cells.iter().enumerate() {
            for b in cells.iter().skip(i + 1) {
                assert!(apart(a.rect, b.rect), "{teams} teams: \"{}\" lies on \"{}\"", a.text, b.text);
            }
        }
    }
}

#[test]
fn two_to_forty_teams_are_shown_whole_or_page_by_page_in_their_order() {
    for teams in 2..=40 {
        let feed = crowd(teams, &["平潭综合", "济南市", "长沙"]);
        let mut met = Vec::new();
        for page in 0..8 {
            // Before the turn the pages go by themselves.
            let now = feed.at + 9_000_000 + page * look().motion.strip_page.us();
            let mut idle = feed.show.clone();
            idle.core.turn = None;
            let frame = frame(&idle, now, Lang::Zh);
            let cells: Vec<u16> = strip(&frame, LayerKind::Cell).collect();
            assert!(cells.is_sorted() && cells.len() <= 12, "{teams}: {cells:?}");
            met.extend(cells);
        }
        met.sort_unstable();
        met.dedup();
        assert_eq!(met, (0..teams as u16).collect::<Vec<_>>(), "{teams} teams are all seen");
        let active = feed.frame(1_000);
        let active: Vec<u16> = strip(&active, LayerKind::ActiveCell).collect();
        assert_eq!(active, [(teams - 2) as u16], "{teams}: the team on turn holds its page");
        for text in seen(&feed.frame(9_000)) {
            let cell = matches!(text.layer.kind, LayerKind::Cell | LayerKind::ActiveCell);
            assert!(!cell || !text.text.contains('…'), "{teams}: {}", text.text);
        }
    }
}

/// The teams, by their drawn order, whose cells of this kind are seen.
fn strip(frame: &Frame, kind: LayerKind) -> impl Iterator<Item = u16> {
    frame.layers.iter().filter(move |layer| layer.key.kind == kind).map(|layer| layer.key.index)
}

#[test]
fn names_on_the_risk_wall_do_not_touch() {
    for teams in 2..=12 {
        let feed = scenes::risk(teams, teams, teams);
        let names = seen(&feed.frame(6_000));
        let names: Vec<_> =
            names.iter().filter(|text| text.layer.kind == LayerKind::Panel && text.layer.index == 0).collect();
        assert!(names.len() >= teams as usize);
        for (i, a) in names.iter().enumerate() {
            for b in names.iter().skip(i + 1) {
                assert!(apart(a.rect, b.rect), "{teams} teams: \"{}\" lies on \"{}\"", a.text, b.text);
            }
        }
    }
}

fn apart(a: Rect, b: Rect) -> bool {
    a.x + a.w <= b.x + 0.5 || b.x + b.w <= a.x + 0.5 || a.y + a.h <= b.y + 0.5 || b.y + b.h <= a.y + 0.5
}

/// Faces of seats: the square signs on the seats' layers, one a seat.
fn signs(frame: &Frame) -> Vec<(Point, f32)> {
    let mut signs = Vec::new();
    for layer in frame.layers.iter().filter(|layer| layer.key.kind == LayerKind::Seat) {
        for part in &layer.content.parts {
            if let Part::Icon { rect, .. } = part {
                let centre = rect.centre();
                let centre = Point { x: centre.x + layer.placement.x, y: centre.y + layer.placement.y };
                signs.push((centre, rect.w / look().layout.duel.seat_icon * look().layout.duel.seat));
            }
        }
    }
    signs
}

#[test]
fn up_to_two_hundred_seats_have_their_places() {
    let (place, safe) = (&look().layout.duel, look().layout.safe);
    for seats in 1..=200 {
        let signs = signs(&scenes::duel(seats, true).frame(5_000));
        assert_eq!(signs.len(), seats as usize);
        for (i, (a, radius)) in signs.iter().enumerate() {
            assert!(*radius >= 12.0, "{seats} seats: radius {radius}");
            let inside = a.x - radius >= place.head.x - 1.0 && a.x + radius <= safe.x + safe.w + 1.0;
            assert!(
                inside && a.y - radius >= place.head.y + place.head.h && a.y + radius <= place.floor,
                "{seats}: {a:?}"
            );
            for (b, _) in signs.iter().skip(i + 1) {
                let distance = (a.x - b.x).hypot(a.y - b.y);
                assert!(distance >= 2.0 * radius - 0.5, "{seats} seats: {a:?} lies on {b:?}");
            }
        }
    }
}

#[test]
fn the_rail_of_seats_stands_where_the_strip_was() {
    let mut feed = Feed::new(5);
    feed.round("duel").say(100, "audience.opened", json!({"seats": 18}));
    feed.say(100, "turn.given", json!({"team": "t1", "player": "p1"}));
    let strip = |feed: &Feed| feed.frame(2_000).layers.iter().any(|layer| layer.key.kind == LayerKind::Strip);
    assert!(strip(&feed), "between questions the scores stand");
    feed.ask("single");
    assert!(!strip(&feed));
    assert!(feed.read(2_000).iter().any(|text| text.contains("已作答 0")));
    feed.say(0, "audience.locked", json!({"seat": 7}));
    assert!(feed.read(2_000).iter().any(|text| text.contains("已作答 1")));
}
