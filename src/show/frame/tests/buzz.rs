//! The buzzer is fair, what is named is whole at once, nothing is cut off, and no key is told before its time.

use serde_json::json;

use super::{Feed, Plain, frame, look, scenes, scenes_buzz, seen};
use crate::show::{
    frame::{Anchor, Lang, LayerKind, Part, Rect, Typeset},
    protocol::score::RiskAssigned,
    state::{Pressed, Was},
};

fn reads(feed: &Feed, after_ms: i64, text: &str) -> bool {
    feed.read(after_ms).iter().any(|read| read == text)
}

#[test]
fn the_winner_is_whole_on_the_first_frame() {
    for teams in 2..=40 {
        let feed = scenes_buzz::won(teams, 1);
        let team = feed.show.core.team(&format!("t{teams}")).unwrap().clone();
        let texts = seen(&feed.frame(0));
        let whole = |text: &str, kind: LayerKind| texts.iter().any(|seen| seen.text == text && seen.layer.kind == kind);
        let read: String = texts.iter().filter(|t| t.layer.kind == LayerKind::Panel).map(|t| t.text.as_str()).collect();
        assert!(read.contains(&team.name) && whole("抢答成功", LayerKind::Panel), "{teams}: {read}");
        assert!(whole(&teams.to_string(), LayerKind::Ring) && whole(&teams.to_string(), LayerKind::Coin), "{teams}");
        for layer in &feed.frame(0).layers {
            let winners = matches!(layer.key.kind, LayerKind::Ring | LayerKind::Panel) && layer.key.index % 4 == 0;
            assert!(!winners || layer.placement.opacity == 1.0, "{teams}: {:?}", layer.key);
        }
    }
}

#[test]
fn nothing_of_the_ring_is_left_under_the_winner() {
    let feed = scenes_buzz::won(8, 2);
    assert!(!reads(&feed, 0, "请抢答"));
    assert!(reads(&scenes_buzz::armed(8), 400, "请抢答"));
}

#[test]
fn time_and_runner_up_follow_the_winner() {
    let feed = scenes_buzz::won(8, 3);
    for text in ["0.312", "次快", "青岛市", "+0.041", "滨州市", "+0.082"] {
        assert!(reads(&feed, 2_000, text), "{text} in {:?}", feed.read(2_000));
    }
    assert!(!reads(&scenes_buzz::won(8, 1), 2_000, "次快"));
}

#[test]
fn presses_are_told_apart_however_close() {
    let mut feed = scenes_buzz::armed(8);
    for (order, us) in [(1, 312_000), (2, 312_400), (3, 312_403)] {
        feed.say(10, "buzzer.hit", json!({"team": format!("t{order}"), "order": order, "after_us": us}));
    }
    assert!(reads(&feed, 2_000, "+0.000400") && reads(&feed, 2_000, "+0.000403"), "{:?}", feed.read(2_000));
}

#[test]
fn the_order_is_the_feeds_not_that_of_arrival() {
    let mut feed = scenes_buzz::armed(8);
    feed.say(300, "buzzer.hit", json!({"team": "t4", "order": 2, "after_us": 350_000}));
    feed.say(10, "buzzer.hit", json!({"team": "t5", "order": 1, "after_us": 312_000}));
    let ring = |text: &super::Seen| text.layer.kind == LayerKind::Ring && text.text == "5";
    assert!(seen(&feed.frame(0)).iter().any(ring));
}

#[test]
fn a_foul_is_named_at_once_and_its_cost_when_the_feed_says_it() {
    let mut feed = scenes_buzz::armed(8);
    feed.say(0, "buzzer.fouled", json!({"team": "t2", "early_us": 186_000, "note": "本题作废重抢"}));
    for text in ["枣庄市", "犯规·提前抢答", "口令“请抢答”前 0.186 秒按下，本题作废重抢"] {
        assert!(feed.read(0).concat().contains(text), "{text} in {:?}", feed.read(0));
    }
    assert!(!reads(&feed, 3_000, "−10"));
    feed.say(3_000, "score.changed", json!({"team": "t2", "before": 300, "delta": -10, "after": 290}));
    assert!(reads(&feed, 20, "−10"));
    let again = scenes_buzz::again(8);
    assert!(reads(&again, 400, "请抢答") && !reads(&again, 400, "−10"));
    let marks =
        again.frame(400).layers.iter().filter(|layer| layer.key.kind == LayerKind::Coin).fold(0, |n, layer| {
            n + layer.content.parts.iter().filter(|part| matches!(part, Part::Icon { .. })).count()
        });
    assert_eq!(marks, 1, "the team that fouled is marked");
}

#[test]
fn lamps_have_their_places() {
    for teams in 2..=40 {
        for feed in [scenes_buzz::armed(teams), scenes_buzz::won(teams, 2), scenes_buzz::again(teams)] {
            let frame = feed.frame(2_000);
            let lamps: Vec<_> = frame.layers.iter().filter(|layer| layer.key.kind == LayerKind::Coin).collect();
            assert_eq!(lamps.len(), teams as usize);
            apart(&format!("{teams} lamps"), &frame, |text| text.layer.kind == LayerKind::Coin);
        }
    }
}

/// No two of the chosen texts touch.
fn apart(what: &str, frame: &crate::show::frame::Frame, of: impl Fn(&super::Seen) -> bool) {
    let texts: Vec<_> = seen(frame).into_iter().filter(of).collect();
    for (i, a) in texts.iter().enumerate() {
        for b in texts.iter().skip(i + 1) {
            let (p, q) = (a.rect, b.rect);
            let clear =
                p.x + p.w <= q.x + 0.5 || q.x + q.w <= p.x + 0.5 || p.y + p.h <= q.y + 0.5 || q.y + q.h <= p.y + 0.5;
            assert!(clear, "{what}: \"{}\" lies on \"{}\": {p:?} {q:?}", a.text, b.text);
        }
    }
}

#[test]
fn texts_of_these_graphics_do_not_touch() {
    let strip =
        |text: &super::Seen| matches!(text.layer.kind, LayerKind::Cell | LayerKind::ActiveCell | LayerKind::Chip);
    for (name, feed) in scenes_buzz::all() {
        // A withdrawal lies over what it withdraws.
        let over = name.starts_with("withdrawn");
        for after in [8_000, 13_000] {
            // Digits and unit of the ring have been set by eye.
            let chosen = |text: &super::Seen| {
                !strip(text) && text.layer.kind != LayerKind::Ring && (!over || text.layer.kind == LayerKind::Badge)
            };
            apart(&format!("{name} at {after}"), &feed.frame(after), chosen);
        }
    }
}

#[test]
fn no_text_is_cut_off_by_its_layer() {
    for (name, feed) in scenes_buzz::all().into_iter().chain(scenes::all()) {
        for after in [0, 500, 2_000, 13_000, 30_000] {
            for layer in feed.frame(after).layers {
                let (w, h) = layer.content.size;
                for part in &layer.content.parts {
                    let Part::Text { at, line, anchor, text, style } = part else { continue };
                    let width = Plain.width(text, style) - style.tracking * style.size;
                    let x = match anchor {
                        Anchor::Start => at.x,
                        Anchor::Centre => at.x - width / 2.0,
                        Anchor::End => at.x - width,
                    };
                    let y = at.y + (line - style.size) / 2.0;
                    // Glyphs do not fill their em.
                    let (top, bottom) = (y + 0.1 * style.size, y + 0.9 * style.size);
                    let inside = x >= -1.0 && top >= 0.0 && x + width <= w + 1.0 && bottom <= h;
                    assert!(
                        inside || style.colour.a == 0.0 || text.trim().is_empty(),
                        "{name} at {after}: \"{text}\" of {:?} at {x}, {y} in {w} × {h}",
                        layer.key
                    );
                }
            }
        }
    }
}

#[test]
fn the_line_is_drawn_from_ring_to_ring_and_lights_the_second() {
    let feed = scenes_buzz::assignment(5);
    let frame = |after| feed.frame(after);
    let clip = |after: i64| {
        let line = |layer: &&crate::show::frame::Layer| layer.key.kind == LayerKind::Panel && layer.key.index == 1;
        frame(after).layers.iter().find(line).and_then(|layer| layer.placement.clip).map(|clip: Rect| clip.w)
    };
    assert!(clip(100).unwrap() < clip(300).unwrap() && clip(400).is_none());
    let fill = |after: i64| {
        let ring = |layer: &&crate::show::frame::Layer| layer.key.kind == LayerKind::Ring && layer.key.index == 8;
        format!("{:?}", frame(after).layers.iter().find(ring).unwrap().content.parts)
    };
    assert!(fill(0) == fill(390) && fill(390) != fill(400));
    assert!(feed.read(0).concat().contains("济南市") && reads(&feed, 0, "由 1 号选手 作答"), "{:?}", feed.read(0));
}

#[test]
fn a_corrected_pair_tells_the_former_one() {
    let mut feed = scenes_buzz::assignment(5);
    assert!(!reads(&feed, 400, "更正"));
    let former = RiskAssigned { from: "t2".to_owned(), to: "t5".to_owned(), player: None };
    let (since, seq) = (feed.at + 4_000_000, feed.seq + 1);
    let edge = feed.show.core.edges.iter_mut().find(|edge| edge.from == "t2").unwrap();
    edge.was = Some(Box::new(Was { value: former, since, seq, reason: "口误".to_owned() }));
    for text in ["更正", "威海市", "枣庄市", "济宁市"] {
        assert!(reads(&feed, 4_400, text), "{text} in {:?}", feed.read(4_400));
    }
}

#[test]
fn the_winner_may_be_corrected_and_may_name_a_player() {
    let mut feed = scenes_buzz::won(8, 2);
    feed.say(2_000, "turn.given", json!({"team": "t8", "player": "p8"}));
    assert!(reads(&feed, 400, "8 号选手"), "{:?}", feed.read(400));
    let mut feed = scenes_buzz::won(8, 2);
    let (since, seq) = (feed.at, feed.seq + 1);
    let hit = feed.show.core.buzzer.as_mut().unwrap().hits.first_mut().unwrap();
    hit.was = Some(Box::new(Was {
        value: Pressed { team: "t3".to_owned(), order: 1, us: 300_000, note: None },
        since,
        seq,
        reason: String::new(),
    }));
    assert!(reads(&feed, 400, "更正") && reads(&feed, 400, "济宁市"), "{:?}", feed.read(400));
}

#[test]
fn answers_and_reasons_wait_for_the_reveal() {
    for kind in ["fill", "short", "case"] {
        let mut feed = scenes_buzz::answered(kind, "六个月", &[]);
        for after in [0, 500, 5_000, 60_000] {
            let read = feed.read(after).concat();
            assert!(read.contains("六个月") || after == 0, "{kind}: {read}");
            assert!(!read.contains("参考答案") && !read.contains("解析"), "{kind}: {read}");
        }
        feed.say(
            500,
            "answer.revealed",
            json!({"key": ["十二个月", "六十日"], "explanation": "社会保险法".repeat(20)}),
        );
        let read = feed.read(0).concat();
        assert!(read.contains("十二个月") && read.contains("六十日") && read.contains("参考答案"), "{kind}: {read}");
        let later: String = (0..6).flat_map(|page| feed.read(4_000 + page * 12_000)).collect();
        assert!(later.contains("解析"), "{kind}: {later}");
    }
}

#[test]
fn every_word_of_a_long_question_is_shown() {
    for kind in ["single", "multi", "judge", "fill", "short", "case"] {
        let feed = scenes_buzz::stem(kind, 2_215);
        let told: String = (0..30)
            .flat_map(|page| {
                let card = |text: &super::Seen| text.layer.kind == LayerKind::Card;
                let texts: Vec<_> = seen(&feed.frame(page * 12_000 + 6_000)).into_iter().filter(card).collect();
                texts.into_iter().map(|text| text.text).collect::<Vec<_>>()
            })
            .collect();
        assert!(told.chars().filter(|c| *c == '甲').count() >= 2_215 / 16, "{kind}");
    }
}

#[test]
fn every_letter_of_up_to_twelve_options_is_shown() {
    for count in 1..=12 {
        for text in ["工伤保险", "用人单位应当按时足额缴纳"] {
            let feed = scenes_buzz::options_of(count, text);
            let read = seen(&frame(&feed.show, feed.at + 2_000_000, Lang::Zh));
            for n in 0..count {
                let letter = char::from(b'A' + n).to_string();
                assert!(read.iter().any(|seen| seen.text == letter), "{letter} of {count}");
            }
        }
    }
}

#[test]
fn a_phase_gives_way_to_the_next_and_goes_with_the_answer() {
    let mut feed = Feed::new(5);
    feed.round("solo").ask("case");
    feed.say(500, "phase.set", json!({"phase": "discussion"}));
    assert!(reads(&feed, 400, "小组讨论"));
    feed.say(5_000, "phase.set", json!({"phase": "answering"}));
    assert!(reads(&feed, 400, "请答题") && !reads(&feed, 400, "小组讨论"));
    feed.say(5_000, "answer.locked", json!({"team": "t1"}));
    assert!(!reads(&feed, 400, "请答题"));
}

#[test]
fn a_withdrawn_question_says_so_over_a_dark_card() {
    for scene in ["card", "case", "buzzer", "rush"] {
        let feed = scenes_buzz::withdrawn(scene, "题干有误");
        assert!(reads(&feed, 1_000, "本题作废") && reads(&feed, 1_000, "题干有误"), "{scene}: {:?}", feed.read(1_000));
    }
}

#[test]
fn who_is_on_is_told_with_the_question_and_nothing_else() {
    let feed = scenes_buzz::turn(5, "rush");
    for text in ["枣庄市", "第 2 题 / 共 3 题", "登台作答", "2 号选手", "争分夺秒"] {
        assert!(reads(&feed, 1_000, text), "{text} in {:?}", feed.read(1_000));
    }
    assert!(!reads(&scenes_buzz::turn(5, "solo"), 1_000, "登台作答"));
}

#[test]
fn every_team_has_its_coin_and_its_name_or_number() {
    for teams in 2..=40 {
        for feed in [scenes::risk(teams, teams, 0), scenes::risk(teams, teams, teams)] {
            let frame = feed.frame(8_000);
            let coins = frame.layers.iter().filter(|layer| layer.key.kind == LayerKind::Coin).count();
            assert_eq!(coins, teams as usize);
            apart(&format!("{teams} coins"), &frame, |text| {
                matches!(text.layer.kind, LayerKind::Panel | LayerKind::Coin)
            });
        }
    }
}

#[test]
fn a_value_of_any_size_is_on_its_coin() {
    for teams in [2, 5, 12, 24, 40] {
        for value in ["5", "100", "-12.5", "1500", "10000"] {
            let mut feed = scenes::risk(teams, teams, 0);
            let points: serde_json::Value = serde_json::from_str(value).unwrap();
            feed.say(100, "risk.revealed", json!({"team": "t1", "value": points}));
            let told = value.replace('-', "\u{2212}");
            let coin = |text: &super::Seen| text.layer.kind == LayerKind::Coin && text.text == told;
            assert!(seen(&feed.frame(2_000)).iter().any(coin), "{value} of {teams}: {:?}", feed.read(2_000));
        }
    }
}

#[test]
fn the_wall_is_summed_up_when_its_last_coin_lies_open() {
    let feed = scenes::risk(40, 40, 40);
    let last = look().motion.coin_hold.0 + 39 * look().motion.coin_stagger.0;
    assert!(!reads(&feed, last, "27 队"));
    assert!(reads(&feed, last + 1_000, "27 队"));
}
