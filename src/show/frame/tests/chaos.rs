//! Whatever comes, in whatever order: a frame comes of it, the same one each time, with every figure finite.

use proptest::prelude::*;
use serde_json::{Value, json};

use super::{Feed, frame, look, sampled, scenes, seen};
use crate::show::frame::{Frame, Lang};

pub(super) fn check(frame: &Frame) {
    for layer in &frame.layers {
        let p = layer.placement;
        let figures = [p.x, p.y, p.scale.0, p.scale.1, p.opacity, layer.content.size.0, layer.content.size.1];
        assert!(figures.iter().all(|figure| figure.is_finite()), "{:?}: {p:?}", layer.key);
        assert!((0.0..=1.0).contains(&p.opacity), "{:?}: {p:?}", layer.key);
    }
    let safe = look().layout.safe;
    for text in seen(frame) {
        let (left, right) = (text.rect.x, text.rect.x + text.rect.w);
        assert!(
            left >= safe.x - 1.0 && right <= safe.x + safe.w + 1.0,
            "\"{}\" {:?} {:?}",
            text.text,
            text.rect,
            text.layer
        );
    }
    let mut keys: Vec<_> = frame.layers.iter().map(|layer| layer.key).collect();
    keys.dedup();
    assert_eq!(keys.len(), frame.layers.len(), "each key once");
}

#[test]
fn a_scene_cut_off_in_any_moment_of_its_entrance_leaves_in_peace() {
    for (name, mut feed) in scenes::all() {
        for (after, event, data) in [
            (30, "slate.shown", json!({"kind": "message", "title": "稍候"})),
            (70, "slate.cleared", json!({})),
            (110, "risk.offered", json!({"values": [20, 40]})),
            (150, "turn.given", json!({"team": "t2"})),
            (50, "question.shown", json!({"id": "z", "kind": "fill", "stem": "（　）"})),
            (90, "standings.set", json!({"rows": [], "ranked": false})),
        ] {
            feed.say(after, event, data);
            for after_ms in [0, 1, 40, 160, 200, 241, 300, 301, 700] {
                let now = feed.at + after_ms * 1_000;
                check(&frame(&feed.show, now, Lang::Zh));
                assert_eq!(frame(&feed.show, now, Lang::Zh), frame(&feed.show, now, Lang::Zh), "{name}");
            }
        }
    }
}

pub(super) fn event() -> impl Strategy<Value = (&'static str, Value)> {
    let n = || 0_u32..6;
    let team = |n: u32| format!("t{n}");
    prop_oneof![
        (n(), 0_usize..6).prop_map(|(n, f)| {
            let format = ["solo", "rush", "risk_choice", "duel", "buzzer", "audience_quiz"].get(f).copied();
            (
                "round.opened",
                json!({"id": "r", "name": "环节", "format": format, "rules": {"questions": n, "right": n * 5}}),
            )
        }),
        n().prop_map(move |n| ("turn.given", json!({"team": team(n), "player": format!("p{n}")}))),
        (n(), 0_usize..6).prop_map(|(n, kind)| {
            let kind = ["single", "multi", "judge", "fill", "short", "case"].get(kind).copied();
            let options: Vec<Value> =
                (0..n).map(|i| json!({"label": format!("{i}"), "text": "选项".repeat(8)})).collect();
            let stem = "题干".repeat(1 + 60 * n as usize);
            ("question.shown", json!({"id": "q", "kind": kind, "stem": stem, "options": options, "value": n}))
        }),
        Just(("countdown.armed", json!({"id": "c", "duration": 10_000_000}))),
        (0_i64..5_000_000).prop_map(|us| ("countdown.stopped", json!({"id": "c", "remaining": us}))),
        Just(("countdown.expired", json!({"id": "c"}))),
        n().prop_map(move |n| (
            "answer.given",
            json!({"team": team(n), "choice": ["1"], "text": "答".repeat(n as usize)})
        )),
        n().prop_map(move |n| ("answer.locked", json!({"team": team(n)}))),
        (n(), 0_usize..7).prop_map(move |(n, outcome)| {
            let outcome =
                ["correct", "wrong", "timeout", "incomplete", "prompted", "foul", "void"].get(outcome).copied();
            ("verdict.given", json!({"team": team(n), "outcome": outcome}))
        }),
        Just(("answer.revealed", json!({"key": ["1", "2"], "explanation": "依据".repeat(40)}))),
        Just(("risk.offered", json!({"values": [20, 40]}))),
        n().prop_map(move |n| ("risk.locked", json!({"team": team(n)}))),
        n().prop_map(move |n| ("risk.revealed", json!({"team": team(n), "value": 20 * n}))),
        (n(), 1_u32..30, any::<bool>()).prop_map(move |(n, index, known)| {
            let outcome = if known { json!("wrong") } else { Value::Null };
            ("rush.progressed", json!({"team": team(n), "index": index, "outcome": outcome}))
        }),
        (n(), n(), -100_i64..100).prop_map(move |(n, correct, score)| {
            ("rush.finished", json!({"team": team(n), "correct": correct, "of": n, "remaining": 17, "score": score}))
        }),
        (1_u32..200, any::<bool>()).prop_map(|(seats, seated)| {
            ("audience.opened", if seated { json!({"seats": seats}) } else { json!({"size": seats * 1_000}) })
        }),
        (1_u32..20).prop_map(|seat| ("audience.locked", json!({"seat": seat}))),
        (0_u32..20, 0_u32..20, any::<bool>()).prop_map(|(right, wrong, seated)| {
            let seats = if seated { json!(vec!["wrong"; wrong as usize]) } else { Value::Null };
            ("audience.tallied", json!({"right": right, "wrong": wrong, "absent": 1, "seats": seats, "n": wrong}))
        }),
        (n(), -2_000_i64..2_000).prop_map(move |(n, by)| {
            (
                "score.changed",
                json!({"team": team(n), "before": 300, "delta": by, "after": by, "reason": "原因".repeat(30)}),
            )
        }),
        n().prop_map(move |n| ("score.corrected", json!({"team": team(n), "before": 1, "after": n}))),
        n().prop_map(move |n| ("appeal.opened", json!({"subject_seq": 1, "team": team(n)}))),
        Just(("appeal.resolved", json!({"outcome": "维持"}))),
        (n(), 0_usize..3).prop_map(|(n, kind)| {
            let kind = ["title", "rules", "photo"].get(kind).copied();
            (
                "slate.shown",
                json!({"kind": kind, "title": "标题".repeat(n as usize * 9), "body": "正文\n".repeat(n as usize * 4)}),
            )
        }),
        (n(), any::<bool>(), any::<bool>()).prop_map(|(n, grouped, ranked)| {
            let row = |i: u32| {
                let group = grouped.then(|| "组".repeat(1 + (i / 3) as usize % 9));
                json!({"name": "名".repeat(1 + (i * n) as usize % 24), "group": group, "rank": ranked.then_some(i + 1)})
            };
            ("award.set", json!({"id": "a", "title": "奖".repeat(n as usize * 9), "rows": (0..n * n * 3).map(row).collect::<Vec<_>>()}))
        }),
        (n(), any::<bool>()).prop_map(|(n, page)| {
            ("award.stepped", if page { json!({"id": "a", "page": n}) } else { json!({"id": "a", "row": n * n}) })
        }),
        (n(), 0_usize..3).prop_map(|(n, kind)| {
            let kind = ["team_number", "question", "representative"].get(kind).copied();
            let pool: Vec<String> = (0..n * n).map(|i| "签".repeat(i as usize % 24)).collect();
            ("draw.opened", json!({"kind": kind, "pool": pool, "slots": (n % 2 == 0).then_some(n)}))
        }),
        (n(), n()).prop_map(move |(slot, n)| {
            ("draw.resolved", json!({"slot": team(slot), "value": if n == 0 { String::new() } else { n.to_string() }}))
        }),
        n().prop_map(move |n| ("slate.shown", json!({"kind": "lineup", "title": "亮相", "subtitle": team(n)}))),
        Just(("slate.cleared", json!({}))),
        Just(("buzzer.armed", json!({}))),
    ]
}

proptest! {
    #![proptest_config(sampled(96))]

    #[test]
    fn any_feed_makes_a_picture_at_any_instant(
        teams in 1_u32..14,
        events in prop::collection::vec((event(), 0_i64..1_500), 1..40),
        looks in prop::collection::vec(-500_i64..9_000, 3),
    ) {
        let mut feed = Feed::new(teams);
        for ((name, data), after) in events {
            // What the protocol refuses never reaches a picture.
            if feed.hear(after, name, data).is_ok() {
                check(&feed.frame(0));
            }
        }
        for after in looks {
            check(&feed.frame(after));
            prop_assert_eq!(feed.frame(after), feed.frame(after));
        }
    }
}
