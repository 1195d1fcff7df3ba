//! Standings, totals and advances: first place last, ranks only where there are any, ties named, corrections calm.

use serde_json::json;

use super::{Feed, Seen, frame, look, scenes_tab as scenes, seen};
use crate::show::frame::{Icon, Lang, Layer, LayerKind, Part, Rect};

fn reads(feed: &Feed, after_ms: i64, text: &str) -> bool {
    feed.read(after_ms).iter().any(|read| read == text)
}

fn at(feed: &Feed, after_ms: i64, text: &str) -> Option<Rect> {
    seen(&feed.frame(after_ms)).into_iter().find(|seen| seen.text == text).map(|seen| seen.rect)
}

fn apart(a: Rect, b: Rect) -> bool {
    a.x + a.w <= b.x + 0.5 || b.x + b.w <= a.x + 0.5 || a.y + a.h <= b.y + 0.5 || b.y + b.h <= a.y + 0.5
}

#[test]
fn many_teams_and_long_names_are_legible_and_in_the_safe_area() {
    let safe = look().layout.safe;
    for (name, feed) in scenes::wide() {
        for after in [240, 400, 900, 1_800, 3_000, 4_500, 6_000, 13_000, 40_000] {
            for lang in [Lang::Zh, Lang::En] {
                for text in seen(&frame(&feed.show, feed.at + after * 1_000, lang)) {
                    let Rect { x, y, w, h } = text.rect;
                    let what = format!("{name} at {after} ms, {lang:?}: \"{}\" {:?}", text.text, text.rect);
                    assert!(text.size >= 38.0, "{what} is {} px", text.size);
                    assert!(x >= safe.x - 1.0 && x + w <= safe.x + safe.w + 1.0, "{what}");
                    assert!(y >= safe.y - 1.0 && y + h <= safe.y + safe.h + look().motion.travel_px, "{what}");
                }
            }
        }
    }
}

/// Names are all that rows have besides figures.
fn is_name(text: &Seen) -> bool {
    text.layer.kind == LayerKind::Panel && text.text.chars().any(|c| !c.is_ascii() && c != '\u{2212}')
}

/// When each page of a table is settled, ms after it was set.
fn pages(feed: &Feed) -> Vec<i64> {
    (0..6)
        .map(|page| page * 12_000 + 6_000)
        .filter(|after| *after < 12_000 || feed.frame(*after) != feed.frame(after - 12_000))
        .collect()
}

#[test]
fn two_to_forty_teams_are_all_seen_and_none_lies_on_another() {
    for teams in 2..=40 {
        for ranked in [true, false] {
            let feed = scenes::standings(teams, ranked, |_| {});
            let mut names = 0;
            for after in pages(&feed) {
                let texts = seen(&feed.frame(after));
                names += texts.iter().filter(|text| is_name(text)).count();
                for (i, a) in texts.iter().enumerate() {
                    for b in texts.iter().skip(i + 1) {
                        assert!(
                            apart(a.rect, b.rect),
                            "{teams}, {after} ms: \"{}\" {:?} on \"{}\" {:?}",
                            a.text,
                            a.rect,
                            b.text,
                            b.rect
                        );
                    }
                }
            }
            assert_eq!(names, teams as usize, "{teams} teams, ranked {ranked}: each name once");
        }
    }
}

#[test]
fn the_first_place_comes_last_after_a_held_breath() {
    let feed = scenes::standings(8, true, |_| {});
    // What was on air before begins to leave first.
    let begun = look().motion.handover.us() / 1_000;
    assert!(reads(&feed, begun + 100, "烟台市") && !reads(&feed, begun + 100, "青岛市"), "from the last row on");
    assert!(reads(&feed, begun + 900, "枣庄市") && !reads(&feed, begun + 1_800, "济南市"), "the first is held back");
    assert!(reads(&feed, begun + 2_000, "济南市") && reads(&feed, begun + 2_000, "300.00"));
}

#[test]
fn pages_come_from_the_last_to_the_first_which_holds() {
    let feed = scenes::standings(40, true, |_| {});
    let rank = |after: i64, rank: &str| reads(&feed, after, rank);
    assert!(rank(5_000, "40") && !rank(5_000, "1"));
    assert!(rank(60_000, "1") && !rank(60_000, "40") && rank(600_000, "1"));
}

#[test]
fn hidden_ranks_are_nowhere() {
    for teams in [2, 8, 12, 40] {
        let feed = scenes::standings(teams, false, |_| {});
        let whole = |text: &String| text.parse::<u32>().is_ok_and(|figure| figure <= 40);
        for after in [100, 3_000, 20_000] {
            let told: Vec<_> = feed.read(after).into_iter().filter(whole).collect();
            assert!(told.is_empty(), "{told:?} could be read as a rank");
            let texts = seen(&feed.frame(after));
            let names: Vec<f32> = texts.iter().filter(|text| is_name(text)).map(|text| text.size).collect();
            assert!(names.windows(2).all(|pair| pair[0] == pair[1]), "no row stands out: {names:?}");
        }
        assert!(!feed.read(20_000).iter().any(|text| text.contains("晋级")), "nor is it told who goes on");
    }
}

#[test]
fn only_the_columns_that_the_data_has() {
    let feed = scenes::standings(8, true, |row| {
        row.as_object_mut().unwrap().remove("written");
    });
    assert!(reads(&feed, 5_000, "现场展示") && !reads(&feed, 5_000, "笔试") && !reads(&feed, 5_000, "综合知识"));
    assert!(!reads(&scenes::tied("written"), 6_000, "47.5"), "the second key is told where it decided");
    let second = scenes::tied("general_written");
    assert!(reads(&second, 6_000, "47.5") && reads(&second, 6_000, "45.0") && reads(&second, 6_000, "综合知识"));
}

#[test]
fn a_tie_is_told_step_by_step_and_its_places_settle_last() {
    let feed = scenes::tied("written");
    // The first row is in its place 2 140 ms after the table began to come on.
    let settled = look().motion.handover.us() / 1_000 + 2_140;
    assert!(!reads(&feed, settled + 490, "并列·比笔试") && reads(&feed, settled + 700, "并列·比笔试"));
    for rank in ["2", "3"] {
        assert!(!reads(&feed, settled + 790, rank) && reads(&feed, settled + 900, rank), "{rank}");
    }
    assert!(reads(&feed, settled, "4"), "who is not tied has a place at once");
    assert!(reads(&feed, settled + 400, "① 笔试总分"));
}

#[test]
fn a_decided_tie_moves_its_rows_once_and_gives_them_their_places() {
    let feed = scenes::decided();
    let (before, after) = (at(&feed, 100, "济宁市").unwrap(), at(&feed, 1_500, "济宁市").unwrap());
    assert!(after.y < before.y, "team 3 has won the playoff");
    assert_eq!(at(&feed, 790, "济宁市").unwrap().y, before.y, "it is said first");
    assert!(reads(&feed, 780, "并列·加赛"));
    assert!(!reads(&feed, 100, "3") && reads(&feed, 1_500, "3"));
    let early = at(&feed, 1_100, "济宁市").unwrap().y;
    assert!(after.y < early && early < before.y, "it walks");
}

#[test]
fn a_decision_about_other_totals_is_not_about_this_table() {
    let mut feed = scenes::standings(8, true, |_| {});
    feed.say(6_000, "tiebreak.decided", json!({"teams": ["t2", "t3"], "by": "written"}));
    assert!(!feed.read(3_000).iter().any(|text| text.contains("并列")));
}

#[test]
fn moved_places_have_a_sign_and_a_number() {
    let icons = |feed: &Feed| {
        let layers = feed.frame(6_000).layers;
        let parts = layers.iter().flat_map(|layer| &layer.content.parts);
        let signs: Vec<Icon> =
            parts.filter_map(|part| if let Part::Icon { icon, .. } = part { Some(*icon) } else { None }).collect();
        (
            signs.iter().filter(|icon| **icon == Icon::Up).count(),
            signs.iter().filter(|icon| **icon == Icon::Down).count(),
        )
    };
    assert_eq!(icons(&scenes::with_moves()), (6, 1));
    assert_eq!(icons(&scenes::standings(8, true, |_| {})), (0, 0));
}

fn rows(feed: &Feed, after: i64) -> Vec<Layer> {
    feed.frame(after).layers.into_iter().filter(|layer| layer.key.kind == LayerKind::Panel).collect()
}

#[test]
fn corrected_standings_count_then_move_without_a_new_entrance() {
    let feed = scenes::corrected(false);
    let (up, down) = ("威海市", "淄博市");
    let y = |after: i64, name: &str| at(&feed, after, name).unwrap().y;
    let home = (y(0, up), y(0, down));
    assert_eq!(rows(&feed, 0).len(), 8, "all rows stay on air");
    assert!(rows(&feed, 0).iter().all(|row| row.placement.opacity == 1.0));
    assert!(reads(&feed, 0, "464") && !reads(&feed, 0, "484"));
    assert!(reads(&feed, 780, "484"), "the figure counts");
    assert_eq!((y(790, up), y(790, down)), home, "rows keep their place until it has");
    let end = (y(1_500, up), y(1_500, down));
    assert_eq!(end, (home.1, home.0), "then they change places");
    assert_eq!((y(20_000, up), y(20_000, down)), end, "once");
    assert!(reads(&feed, 400, "更正") && !reads(&feed, 8_000, "更正"));
}

#[test]
fn a_new_first_place_takes_the_first_rows_shape() {
    let feed = scenes::corrected(true);
    let tall = |after: i64, text: &str| {
        seen(&feed.frame(after)).iter().filter(|seen| seen.text == text).map(|seen| seen.size).fold(0.0, f32::max)
    };
    assert!(tall(0, "济南市") > tall(0, "枣庄市"));
    assert!(tall(2_000, "枣庄市") > tall(2_000, "济南市"));
}

#[test]
fn a_correction_during_the_entrance_waits_for_it() {
    let mut feed = scenes::standings(8, true, |_| {});
    feed.say(300, "score.corrected", json!({"team": "t8", "before": 437, "after": 439}));
    let mut rows = scenes::rows(8);
    rows[7]["stage"] = json!(439);
    feed.say(100, "standings.set", scenes::set(&rows, true));
    assert!(!reads(&feed, 500, "439") && !reads(&feed, 1_600, "439") && reads(&feed, 3_000, "439"));
    assert!(!reads(&feed, 1_300, "济南市") && reads(&feed, 1_700, "济南市"), "the entrance goes on as it was");
}

#[test]
fn standings_set_anew_without_a_correction_enter_anew() {
    let mut feed = scenes::standings(8, true, |_| {});
    feed.say(8_000, "standings.set", scenes::set(&scenes::rows(8), true));
    assert!(rows(&feed, 0).iter().any(|row| row.placement.opacity < 1.0) || rows(&feed, 300).len() < 8);
}

#[test]
fn a_total_is_told_part_by_part_and_is_the_feeds() {
    let feed = scenes::total(2);
    assert!(!reads(&feed, 290, "92") && reads(&feed, 400, "92"));
    assert!(!reads(&feed, 690, "50%") && reads(&feed, 800, "50%"));
    assert!(!reads(&feed, 1_090, "46") && reads(&feed, 1_200, "46"));
    assert!(!reads(&feed, 1_390, "412") && reads(&feed, 1_500, "412") && reads(&feed, 2_300, "206"));
    assert!(!reads(&feed, 2_990, "252") && reads(&feed, 3_000, "252"));
    assert!(!reads(&feed, 3_390, "第 1 名") && reads(&feed, 3_600, "第 1 名"));
    let wrong = scenes::total_of(json!([{"label": "笔试", "score": 92, "percent": 50}]), json!(99));
    assert!(reads(&wrong, 6_000, "99") && !reads(&wrong, 6_000, "四舍五入"));
}

#[test]
fn a_rounded_total_shows_its_exact_sum_first() {
    let part = |label: &str, score: f64| json!({"label": label, "score": score, "percent": 50});
    let feed = scenes::total_of(json!([part("笔试", 92.25), part("现场展示", 412.5)]), json!(252.38));
    assert!(reads(&feed, 3_000, "252.375") && !reads(&feed, 3_000, "252.38"));
    assert!(reads(&feed, 3_700, "252.38") && reads(&feed, 3_700, "四舍五入"));
}

#[test]
fn banners_grow_slot_by_slot() {
    let feed = scenes::advance(4, 1);
    assert!(!reads(&feed, 490, "淄") && reads(&feed, 700, "淄"), "the name when the banner is down");
    let disc =
        |after: i64| feed.frame(after).layers.into_iter().find(|layer| layer.key.kind == LayerKind::Ring).unwrap();
    assert_eq!(disc(0).placement.opacity, 1.0, "the disc is whole on its first frame");
    assert!(disc(0).placement.scale.0 < 1.0 && disc(2_000).placement.scale.0 == 1.0);
    for slot in ["1", "2", "3", "4"] {
        assert!(reads(&feed, 3_000, slot));
    }
    assert_eq!(
        feed.frame(3_000).layers.iter().filter(|layer| layer.key.kind == LayerKind::Ring).count(),
        1,
        "the others wait"
    );
}

#[test]
fn a_corrected_slot_changes_its_name_where_it_stands() {
    let feed = scenes::advance_corrected();
    let (old, new) = ("淄", "南");
    assert!(reads(&feed, 0, old) && !reads(&feed, 0, new));
    assert!(!reads(&feed, 1_000, old) && reads(&feed, 1_000, new) && reads(&feed, 1_000, "更正"));
    assert!(!reads(&feed, 4_000, "更正"));
}

#[test]
fn a_name_on_a_banner_is_whole() {
    for slots in [1, 4, 8, 16] {
        let mut feed = Feed::new(slots.max(2));
        let name = "中卫市沙坡头区人力资源和社会保障局政务服务中心窗";
        feed.say(10, "roster.updated", json!({"teams": [{"id": "t1", "name": name, "number": 1}]}));
        feed.say(100, "advance.set", json!({"slots": slots, "title": "晋级"}));
        feed.say(100, "advance.revealed", json!({"slot": 1, "team": "t1"}));
        let texts = seen(&feed.frame(3_000));
        let set: String =
            texts.iter().filter(|text| text.layer.kind == LayerKind::Seat).map(|text| text.text.as_str()).collect();
        assert_eq!(set, name, "{slots} slots");
    }
}
