//! Promises of awards and line-ups: everybody is read, the first place last, nothing lies on another.

use std::collections::BTreeMap;

use proptest::prelude::*;
use serde_json::json;

use super::{Feed, frame, look, sampled, scenes_award as scenes, seen};
use crate::show::{
    award::Roll,
    frame::{Lang, LayerKind, Rect},
    protocol::score::AwardSet,
    state::Was,
};

fn reads(feed: &Feed, after_ms: i64, text: &str) -> bool {
    feed.read(after_ms).iter().any(|read| read == text)
}

proptest! {
    #![proptest_config(sampled(64))]

    #[test]
    fn every_row_is_on_exactly_one_page(
        rows in prop::collection::vec((0_u32..12, 2_usize..25, 0_usize..40), 1..401),
        grouped in any::<bool>(),
        ranked in any::<bool>(),
    ) {
        let row = |(n, (group, name, unit)): (usize, &(u32, usize, usize))| json!({
            "group": grouped.then(|| format!("{}", group / 3)),
            "name": "名".repeat(*name), "unit": "位".repeat(*unit), "rank": ranked.then_some(n + 1),
        });
        let rows: Vec<_> = rows.iter().enumerate().map(row).collect();
        let count = rows.len();
        let set: AwardSet = serde_json::from_value(json!({"id": "a", "title": "t", "rows": rows})).unwrap();
        let roll = Roll::of(&set, &look().layout.award.plan);
        let blocks: Vec<_> = roll.pages.iter().flatten().cloned().collect();
        prop_assert!(roll.pages.iter().all(|page| !page.is_empty()));
        prop_assert_eq!(blocks.iter().flat_map(Clone::clone).collect::<Vec<_>>(), (0..count).collect::<Vec<_>>());
        for block in &blocks {
            let group = |row: usize| set.rows[row].group.clone();
            prop_assert!(block.clone().all(|row| group(row) == group(block.start)), "a block is of one group");
        }
    }
}

#[test]
fn every_name_of_up_to_four_hundred_is_read_while_the_pages_turn() {
    for count in [1, 2, 3, 5, 10, 11, 47, 120, 400] {
        for ranked in [false, true] {
            let rows: Vec<_> =
                (0..count).map(|n| json!({"name": format!("名 {n:03}"), "rank": ranked.then_some(n + 1)})).collect();
            let feed = scenes::award("优秀选手", rows);
            let set = &feed.show.core.award.as_ref().unwrap().set;
            let plan = &look().layout.award.plan;
            let roll = Roll::of(set, plan);
            let total: i64 = (0..roll.pages.len()).map(|page| roll.dwell_us(page, plan)).sum();
            let mut read: BTreeMap<String, i64> = BTreeMap::new();
            for after in (0..total / 1_000 + 7_000).step_by(1_500) {
                for text in feed.read(after).into_iter().filter(|text| text.starts_with('名')) {
                    *read.entry(text).or_default() += 1;
                }
            }
            assert_eq!(read.len(), count, "{count} names, ranked: {ranked}");
            assert!(read.values().all(|times| *times >= 2), "each stands for some seconds: {read:?}");
        }
    }
}

/// When a name is first read, ms after the last event.
fn first_read(feed: &Feed, name: &str, until_ms: i64) -> Option<i64> {
    (0..until_ms).step_by(100).find(|&after| reads(feed, after, name))
}

#[test]
fn the_first_place_is_told_last() {
    for count in [2, 3, 5, 10, 24] {
        let names: Vec<String> = (0..count).map(|n| format!("名 {n}")).collect();
        let rows = names.iter().zip(1..).map(|(name, rank)| json!({"name": name, "rank": rank})).collect();
        let feed = scenes::award("个人奖", rows);
        let times: Vec<i64> = names.iter().map(|name| first_read(&feed, name, 60_000).unwrap()).collect();
        assert!(times.windows(2).all(|pair| pair[0] > pair[1]), "{count}: {times:?}");
        assert!(times[0] - times[1] >= 1_000, "a held breath before the first: {times:?}");
    }
}

#[test]
fn stepped_rows_are_told_when_they_are_stepped_to() {
    let rows = (1..=3).map(|n| json!({"name": format!("名 {n}"), "rank": n})).collect();
    let mut feed = scenes::award("个人奖", rows);
    feed.say(0, "award.stepped", json!({"id": "a", "row": 4}));
    assert!(!feed.read(20_000).iter().any(|text| text.starts_with('名')), "none before it is stepped to");
    for row in [3, 2, 1] {
        feed.say(20_000, "award.stepped", json!({"id": "a", "row": row}));
        for n in 1..=3 {
            assert_eq!(reads(&feed, 1_000, &format!("名 {n}")), n >= row, "row {row}: {n}");
        }
    }
}

#[test]
fn a_page_stepped_to_stays() {
    let mut feed = scenes::award("优秀选手", (0..60).map(|n| json!({"name": format!("名 {n:02}")})).collect());
    feed.say(1_000, "award.stepped", json!({"id": "a", "page": 4}));
    for after in [1_000, 30_000, 300_000] {
        assert!(reads(&feed, after, "名 30") && reads(&feed, after, "名 39") && !reads(&feed, after, "名 29"));
    }
    feed.say(1_000, "award.stepped", json!({"id": "a", "page": 99}));
    assert!(reads(&feed, 1_000, "名 59"), "beyond the last page is the last");
}

#[test]
fn a_group_that_goes_on_is_named_again() {
    let feed = scenes::grouped(1, 60, 3);
    let pages = Roll::of(&feed.show.core.award.as_ref().unwrap().set, &look().layout.award.plan).pages.len();
    assert!(pages > 2);
    for page in 0..pages {
        let mut feed = scenes::grouped(1, 60, 3);
        feed.say(1_000, "award.stepped", json!({"id": "a", "page": page + 1}));
        assert!(reads(&feed, 1_000, "第 1 组"), "page {page}");
    }
}

#[test]
fn a_correction_of_one_row_leaves_the_others_as_they_are() {
    let rows = |name: &str| -> Vec<_> {
        let row = |n: usize| json!({"name": if n == 3 { name } else { "丁晓岚" }, "unit": "省社保中心"});
        (0..20).map(row).collect()
    };
    let texts = |name: &str| -> Vec<_> {
        let seen = seen(&scenes::award("人社知识通", rows(name)).frame(5_000));
        seen.into_iter().filter(|text| text.text == "丁晓岚").map(|text| (text.rect, text.size)).collect()
    };
    let (short, long) = (texts("李志鹏"), texts("欧阳思远"));
    assert_eq!((short.len(), &short), (9, &long));
}

#[test]
fn a_corrected_award_goes_from_old_to_new_and_says_so() {
    let mut feed = scenes::award("个人奖", (1..=4).map(|n| json!({"name": format!("名 {n}")})).collect());
    let award = feed.show.core.award.as_mut().unwrap();
    let old = award.set.clone();
    award.set.rows[1].name = "更正后".to_owned();
    let since = feed.at + 10_000_000;
    award.was = Some(Box::new(Was { value: old, since, seq: 9, reason: String::new() }));
    let texts =
        |now: i64| -> Vec<String> { seen(&frame(&feed.show, now, Lang::Zh)).into_iter().map(|t| t.text).collect() };
    let midst = texts(since + 150_000);
    assert!(midst.contains(&"名 2".to_owned()) && midst.contains(&"更正后".to_owned()));
    let after = texts(since + 1_000_000);
    assert!(
        !after.contains(&"名 2".to_owned())
            && after.contains(&"更正后".to_owned())
            && after.contains(&"更正".to_owned())
    );
    assert!(!texts(since + 6_000_000).contains(&"更正".to_owned()));
}

fn apart(a: Rect, b: Rect) -> bool {
    a.x + a.w <= b.x + 0.5 || b.x + b.w <= a.x + 0.5 || a.y + a.h <= b.y + 0.5 || b.y + b.h <= a.y + 0.5
}

fn inside(a: Rect, b: Rect) -> bool {
    a.x >= b.x - 1.0 && a.y >= b.y - 1.0 && a.x + a.w <= b.x + b.w + 1.0 && a.y + a.h <= b.y + b.h + 1.0
}

#[test]
fn two_to_forty_teams_line_up_and_draw_apart() {
    for teams in 2..=40 {
        for feed in [scenes::lineup(teams, ""), scenes::numbers(teams, teams)] {
            let mut read = std::collections::BTreeSet::new();
            for page in 0..6 {
                let texts = seen(&feed.frame(4_000 + page * 12_000));
                for (i, a) in texts.iter().enumerate() {
                    let safe = look().layout.safe;
                    assert!(a.size >= 38.0 && inside(a.rect, safe), "{teams} teams: \"{}\" {:?}", a.text, a.rect);
                    for b in texts.iter().skip(i + 1) {
                        assert!(
                            apart(a.rect, b.rect),
                            "{teams} teams: \"{}\" {:?} lies on \"{}\" {:?}",
                            a.text,
                            a.rect,
                            b.text,
                            b.rect
                        );
                    }
                }
                read.extend(texts.into_iter().map(|text| text.text));
            }
            if feed.show.core.draw.is_none() {
                for n in 1..=teams {
                    assert!(read.contains(&n.to_string()), "{teams} teams: number {n}");
                }
            }
        }
    }
}

#[test]
fn nothing_lies_on_another_once_a_scene_has_settled() {
    for (name, feed) in scenes::all() {
        let texts = seen(&feed.frame(5_500));
        for (i, a) in texts.iter().enumerate() {
            for b in texts.iter().skip(i + 1) {
                // The reel's texts pass behind a veil.
                let reel = a.layer.kind == LayerKind::Coin && b.layer.kind == LayerKind::Coin;
                assert!(
                    reel || apart(a.rect, b.rect),
                    "{name}: \"{}\" {:?} lies on \"{}\" {:?}",
                    a.text,
                    a.rect,
                    b.text,
                    b.rect
                );
            }
        }
    }
}
