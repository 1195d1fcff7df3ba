//! Promises of the sound: exact instants, nothing twice, nothing of the past.

use std::collections::BTreeSet;

use serde_json::json;

use super::{Course, CueTimes, Levels, RowTimes, TotalTimes, between};
use crate::show::{
    award::{AwardPlan, Columns},
    clip::Clips,
    cue::{Cue, CueKey, ScheduledCue},
    desk::Air,
    protocol::score::SlateKind,
    reduce::tests::Feed,
    state::Scene,
    tape::{Tape, Timeline},
    theme::{ApplauseTimes, Bed, Duck, Ducks, Ms},
    time::ms,
};

const SECOND: i64 = 1_000_000;

fn award_plan() -> AwardPlan {
    let columns = vec![Columns { columns: 2, longest_em: 11.0 }];
    AwardPlan {
        few: 3,
        rows: 5,
        lists: columns.clone(),
        groups: columns,
        height: 650.0,
        label: 60.0,
        pitch: 130.0,
        cell: 112.0,
        gap: 40.0,
        name: Ms(600),
        page_least: Ms(6_000),
        stagger: Ms(60),
        ranked_stagger: Ms(120),
        few_stagger: Ms(1_800),
        lead: Ms(800),
        first_hold: Ms(1_000),
    }
}

fn times() -> CueTimes {
    CueTimes {
        tick_from_s: 5,
        beep_from_s: 3,
        flip_first_ms: 400,
        flip_step_ms: 40,
        duel_hit_ms: 2_000,
        coin_hold_ms: 800,
        coin_stagger_ms: 80,
        roll_ms: 800,
        risk_hit_ms: 140,
        moment_hit_ms: 0,
        assignment_hit_ms: 400,
        formula_terms_ms: vec![700, 1_100, 1_400, 1_800, 2_200],
        formula_sweep_ms: 2_700,
        formula_hit_ms: 3_000,
        count_delay_ms: 600,
        count_short_ms: 500,
        count_middle_ms: 800,
        count_long_ms: 1_100,
        count_gap_ms: 84,
        chime_gap_ms: 400,
        handover_ms: 160,
        standings: RowTimes {
            single: 8,
            double: (4, 5),
            stagger_ms: 60,
            ranked_stagger_ms: 120,
            first_hold_ms: 1_000,
            page_ms: 12_000,
        },
        total: TotalTimes { delay_ms: 600, pitch_ms: 900, close_ms: 800, result_ms: 500 },
        applause: ApplauseTimes { gain: Ms(400), first: Ms(300), advance: Ms(500), fanfare: Ms(700) },
        bed: Bed { slates: vec![SlateKind::Tabulating], lead: Ms(1_200), bar: Ms(4_000), fade_out: Ms(900) },
        duck: Ducks {
            media: Duck { db: -12.0, attack: Ms(200), hold: Ms(0), release: Ms(800) },
            verdict: Duck { db: -12.0, attack: Ms(40), hold: Ms(1_500), release: Ms(600) },
            loss: Duck { db: -60.0, attack: Ms(40), hold: Ms(1_200), release: Ms(900) },
        },
        award: award_plan(),
        draw_land_ms: 1_600,
        entrance_gain_db: -18.0,
        flip_gain_db: -20.0,
        count_gain_db: -12.0,
    }
}

/// What was heard while the feed's seconds went by: 100 stretches a second, as a show would ask.
struct Ear {
    feed: Feed,
    heard: Vec<ScheduledCue>,
}

impl Ear {
    fn new() -> Self {
        Self { feed: Feed::new(), heard: Vec::new() }
    }

    /// The event falls on the next second; what sounded before it is heard first.
    fn send(&mut self, event: &str, data: serde_json::Value) {
        self.listen(SECOND);
        self.feed.send(event, data);
    }

    fn listen(&mut self, span: i64) {
        let start = self.feed.at;
        for at in (start..start + span).step_by(10_000) {
            self.heard.extend(between(&self.feed.show, &times(), at, at + 10_000));
        }
    }

    fn wait(&mut self, seconds: i64) {
        self.listen(seconds * SECOND);
        self.feed.at += seconds * SECOND;
    }

    fn of(&self, cue: Cue) -> Vec<i64> {
        self.heard.iter().filter(|heard| heard.cue == cue).map(|heard| heard.at_us).collect()
    }

    /// A scene that takes over from another enters so much later.
    fn handover(&self) -> i64 {
        let program = &self.feed.show.program;
        if program.departed.iter().any(|gone| gone.left_at == program.since && gone.scene != Scene::Ground) {
            ms(times().handover_ms)
        } else {
            0
        }
    }

    /// The course of the last so many ms, as the show stands.
    fn course(&self, span_ms: i64) -> Course {
        let mut course = Course::default();
        course.add(&self.feed.show, &times(), &Clips::default(), self.feed.at - ms(span_ms), self.feed.at + ms(20));
        course
    }

    fn nothing_twice(&self) {
        let keys: BTreeSet<CueKey> = self.heard.iter().map(|heard| heard.key).collect();
        assert_eq!(keys.len(), self.heard.len(), "a key sounds once: {:?}", self.heard);
    }
}

#[test]
fn a_clock_ticks_beeps_and_ends_at_its_own_instants() {
    let mut ear = Ear::new();
    ear.send("countdown.armed", json!({"id": "c", "duration": 10 * SECOND}));
    let end = ear.feed.at + 11 * SECOND;
    ear.send("countdown.started", json!({"id": "c", "ends_at": end}));
    ear.wait(12);
    assert!(ear.of(Cue::TimeUp).is_empty(), "zero is held until the server says so");
    ear.send("countdown.expired", json!({"id": "c"}));
    ear.wait(1);
    assert_eq!(ear.of(Cue::Go), [end - 10 * SECOND]);
    assert_eq!(ear.of(Cue::Tick), [end - 5 * SECOND, end - 4 * SECOND]);
    assert_eq!(ear.of(Cue::Beep), [end - 3 * SECOND, end - 2 * SECOND]);
    assert_eq!(ear.of(Cue::BeepLast), [end - SECOND]);
    assert_eq!(ear.of(Cue::TimeUp).len(), 1);
    ear.nothing_twice();
}

#[test]
fn a_pause_on_a_beep_does_not_beep_again() {
    let mut ear = Ear::new();
    ear.send("countdown.armed", json!({"id": "c", "duration": 10 * SECOND}));
    let end = ear.feed.at + 11 * SECOND;
    ear.send("countdown.started", json!({"id": "c", "ends_at": end}));
    // The pause falls exactly on the beep of 2, which the stretch before it did not hold.
    ear.wait(7);
    ear.send("countdown.paused", json!({"id": "c", "remaining": 2 * SECOND}));
    ear.wait(5);
    let beeps = ear.of(Cue::Beep).len();
    let end = ear.feed.at + 3 * SECOND;
    ear.send("countdown.resumed", json!({"id": "c", "ends_at": end}));
    ear.send("countdown.changed", json!({"id": "c", "ends_at": end}));
    ear.wait(4);
    assert_eq!((beeps, ear.of(Cue::Beep).len()), (1, 1));
    assert_eq!(ear.of(Cue::BeepLast), [end - SECOND]);
    assert_eq!(ear.of(Cue::Go).len(), 1, "a resumed clock does not start");
    ear.nothing_twice();
}

#[test]
fn a_changed_end_moves_what_is_still_to_come() {
    let mut ear = Ear::new();
    ear.send("countdown.armed", json!({"id": "c", "duration": 10 * SECOND}));
    let end = ear.feed.at + 11 * SECOND;
    ear.send("countdown.started", json!({"id": "c", "ends_at": end}));
    ear.wait(7);
    ear.send("countdown.changed", json!({"id": "c", "ends_at": end + 4 * SECOND + 500_000}));
    ear.wait(8);
    let later = end + 4 * SECOND + 500_000;
    assert_eq!(ear.of(Cue::Beep), [end - 3 * SECOND, later - 3 * SECOND, later - 2 * SECOND]);
    assert_eq!(ear.of(Cue::BeepLast), [later - SECOND]);
    ear.nothing_twice();
}

#[test]
fn the_past_is_silent() {
    let mut ear = Ear::new();
    ear.send("question.shown", json!({"id": "q", "kind": "single", "stem": "s"}));
    ear.send("answer.locked", json!({"team": "t1"}));
    ear.send("verdict.given", json!({"team": "t1", "outcome": "correct"}));
    ear.send("score.changed", json!({"team": "t1", "before": 300, "delta": 10, "after": 310}));
    ear.wait(3);
    for cue in [Cue::Lock, Cue::Correct, Cue::Count, Cue::Reveal] {
        assert!(!ear.of(cue).is_empty(), "{cue:?}");
    }
    ear.nothing_twice();
    assert_eq!(between(&ear.feed.show, &times(), ear.feed.at, ear.feed.at + 100 * SECOND), []);
}

#[test]
fn a_leaving_scene_is_silent() {
    let mut ear = Ear::new();
    ear.send("round.opened", json!({"id": "r", "name": "r", "format": "rush"}));
    ear.send("turn.given", json!({"team": "t1"}));
    ear.send("rush.finished", json!({"team": "t1", "correct": 8, "of": 10, "remaining": 20, "score": 96}));
    let due = between(&ear.feed.show, &times(), ear.feed.at, ear.feed.at + 10 * SECOND);
    assert!(due.iter().any(|cue| cue.cue == Cue::Hit && cue.at_us == ear.feed.at + 3 * SECOND), "{due:?}");
    ear.feed.send("round.closed", json!({}));
    let due = between(&ear.feed.show, &times(), ear.feed.at, ear.feed.at + 10 * SECOND);
    assert_eq!(due, [], "the theatre was cut short: its hit is not heard over the next scene");
}

#[test]
fn seats_flip_in_order_and_the_result_hits() {
    let mut ear = Ear::new();
    ear.send("round.opened", json!({"id": "r", "name": "r", "format": "duel"}));
    ear.send("turn.given", json!({"team": "t1"}));
    ear.send("audience.opened", json!({"seats": 18}));
    ear.send("question.shown", json!({"id": "q", "kind": "single", "stem": "s"}));
    ear.send("verdict.given", json!({"team": "t1", "outcome": "correct"}));
    ear.send("audience.tallied", json!({"right": 12, "wrong": 6, "absent": 0, "n": 6}));
    let tallied = ear.feed.at;
    ear.wait(3);
    let flips: Vec<i64> = (0..18).map(|seat| tallied + ms(400 + 40 * seat)).collect();
    assert_eq!(ear.of(Cue::Flip), flips);
    assert_eq!(ear.of(Cue::Hit), [tallied + 2 * SECOND]);
    ear.nothing_twice();
}

#[test]
fn coins_revealed_together_roll_and_turn_one_after_another() {
    let mut ear = Ear::new();
    ear.send("risk.offered", json!({"values": [20, 40]}));
    for team in ["t2", "t1", "t3", "t5", "t4"] {
        ear.feed.at -= if team == "t2" { 0 } else { SECOND };
        ear.feed.send("risk.revealed", json!({"team": team, "value": 20}));
    }
    let opened = ear.feed.at;
    ear.wait(3);
    assert_eq!(ear.of(Cue::Roll), [opened]);
    assert_eq!(ear.of(Cue::Flip), (0..5).map(|i| opened + ms(800 + 80 * i)).collect::<Vec<_>>());
    assert_eq!(ear.of(Cue::Hit), [opened + ms(800 + 4 * 80 + 140)]);
    ear.nothing_twice();
}

#[test]
fn a_reel_rolls_and_hits_as_it_lands() {
    let mut ear = Ear::new();
    ear.send("draw.opened", json!({"kind": "question", "pool": ["1", "2", "3"]}));
    ear.send("draw.resolved", json!({"slot": "t1", "value": "2"}));
    let resolved = ear.feed.at;
    ear.wait(3);
    assert_eq!((ear.of(Cue::Roll), ear.of(Cue::Hit)), (vec![resolved + ms(800)], vec![resolved + ms(1_600)]));
    ear.nothing_twice();
}

#[test]
fn award_pages_sound_as_they_turn_and_rank_one_hits_last() {
    let rows = |count: u32, ranked: bool| -> Vec<serde_json::Value> {
        (1..=count).map(|n| json!({"name": format!("第{n}"), "rank": ranked.then_some(n)})).collect()
    };
    let mut ear = Ear::new();
    ear.send("award.set", json!({"id": "a", "title": "a", "rows": rows(25, false)}));
    let set = ear.feed.at;
    ear.wait(30);
    assert_eq!(ear.of(Cue::Reveal), [set, set + 6 * SECOND, set + 12 * SECOND]);
    assert!(ear.of(Cue::Hit).is_empty());
    assert_eq!(ear.of(Cue::Applause).len(), 1, "a list without ranks is applauded once, as its first page is whole");
    ear.nothing_twice();

    let mut ear = Ear::new();
    ear.send("award.set", json!({"id": "a", "title": "a", "rows": rows(3, true)}));
    let set = ear.feed.at;
    ear.wait(10);
    assert_eq!(ear.of(Cue::Reveal), [set, set + ms(800), set + ms(2_600)]);
    let first = set + ms(800 + 2 * 1_800 + 1_000);
    assert_eq!((ear.of(Cue::Hit), ear.of(Cue::Applause)), (vec![first], vec![first + ms(300)]));
    ear.nothing_twice();
}

#[test]
fn one_who_is_alone_is_a_hit_with_applause() {
    let mut ear = Ear::new();
    ear.send("award.set", json!({"id": "a", "title": "a", "rows": [{"name": "n"}]}));
    let set = ear.feed.at;
    ear.wait(5);
    assert_eq!((ear.of(Cue::Hit), ear.of(Cue::Applause)), (vec![set + ms(800)], vec![set + ms(1_100)]));
    ear.nothing_twice();
}

#[test]
fn standings_tick_row_by_row_and_rank_one_is_held_back() {
    let row = |n: u32| json!({"team": format!("t{n}"), "rank": n, "total": 400 - 10 * n});
    let rows: Vec<_> = (1..=5).map(row).collect();
    let mut ear = Ear::new();
    ear.send("standings.set", json!({"rows": rows, "ranked": true}));
    let set = ear.feed.at + ear.handover();
    ear.wait(6);
    assert_eq!(ear.of(Cue::Row), (0..4).map(|n| set + ms(120 * n)).collect::<Vec<_>>());
    let hit = set + ms(4 * 120 + 1_000);
    assert_eq!((ear.of(Cue::Hit), ear.of(Cue::Applause)), (vec![hit], vec![hit + ms(300)]));
    let rises: Vec<u32> = ear.heard.iter().filter(|cue| cue.cue == Cue::Row).map(|cue| cue.variant).collect();
    assert_eq!(rises, [0, 1, 2, 3]);
    ear.nothing_twice();

    let mut ear = Ear::new();
    let rows: Vec<_> = (1..=5).map(|n| json!({"team": format!("t{n}"), "total": 300})).collect();
    ear.send("standings.set", json!({"rows": rows, "ranked": false}));
    ear.wait(6);
    assert_eq!((ear.of(Cue::Row).len(), ear.of(Cue::Hit).len()), (5, 0), "nobody is first");
}

#[test]
fn who_advances_is_a_hit_and_the_last_has_the_fanfare() {
    let mut ear = Ear::new();
    ear.send("advance.set", json!({"slots": 2, "title": "t"}));
    ear.send("advance.revealed", json!({"slot": 1, "team": "t1"}));
    let first = ear.feed.at;
    ear.wait(3);
    ear.send("advance.revealed", json!({"slot": 2, "team": "t2"}));
    let second = ear.feed.at;
    ear.wait(3);
    assert_eq!(ear.of(Cue::Hit), [first, second]);
    assert_eq!(ear.of(Cue::Applause), [first + ms(500), second + ms(500)]);
    assert_eq!(ear.of(Cue::Fanfare), [second + ms(700)]);
    ear.nothing_twice();
}

#[test]
fn the_first_at_the_buzzer_has_its_team_s_tone_and_a_foul_its_own() {
    let mut ear = Ear::new();
    ear.send("buzzer.armed", json!({}));
    ear.send("buzzer.hit", json!({"team": "t3", "order": 1, "after_us": 300}));
    ear.send("buzzer.hit", json!({"team": "t1", "order": 2, "after_us": 400}));
    ear.wait(1);
    let tones: Vec<u32> = ear.heard.iter().filter(|cue| cue.cue == Cue::Buzzer).map(|cue| cue.variant).collect();
    assert_eq!(tones, [2], "the third on the strip");
    ear.send("buzzer.fouled", json!({"team": "t2", "early_us": 100}));
    ear.wait(1);
    assert_eq!((ear.of(Cue::Foul).len(), ear.of(Cue::Wrong).len()), (1, 0));
    ear.nothing_twice();
}

#[test]
fn music_goes_bar_by_bar_under_its_slates_and_leaves_with_them() {
    let mut ear = Ear::new();
    ear.send("slate.shown", json!({"kind": "title", "title": "t"}));
    ear.wait(2);
    assert_eq!((ear.of(Cue::Sting).len(), ear.of(Cue::Bed).len(), ear.of(Cue::Reveal).len()), (1, 0, 0));
    ear.send("slate.shown", json!({"kind": "tabulating", "title": "t"}));
    let on = ear.feed.at;
    ear.wait(10);
    assert_eq!(ear.of(Cue::Bed), [on + ms(1_200), on + ms(5_200), on + ms(9_200)]);
    let bars: Vec<u32> = ear.heard.iter().filter(|cue| cue.cue == Cue::Bed).map(|cue| cue.variant).collect();
    assert_eq!(bars, [0, 1, 2]);
    assert_eq!(ear.course(0).at(ear.feed.at), Levels::OPEN);
    ear.send("slate.cleared", json!({}));
    let off = ear.feed.at;
    ear.wait(1);
    let course = ear.course(1_000);
    let bed = |at: i64| course.at(at).bed;
    assert!(bed(off) == 1.0 && (0.01..0.5).contains(&bed(off + ms(450))) && bed(off + ms(900)) == 0.0, "{course:?}");
    assert_eq!(course.at(off + ms(900)).effects, 1.0);
    ear.wait(8);
    assert_eq!(ear.of(Cue::Bed).len(), 3, "no bar after the slate has gone");
    ear.nothing_twice();
}

#[test]
fn a_clip_makes_room_and_gives_it_back() {
    let mut ear = Ear::new();
    ear.send("media.cued", json!({"id": "m", "path": "p", "sha256": "00"}));
    ear.send("media.started", json!({"id": "m", "at": ear.feed.at + SECOND}));
    let on = ear.feed.at;
    ear.wait(5);
    let course = ear.course(5_000);
    let effects = |at: i64| course.at(at).effects;
    assert_eq!(effects(on), 1.0);
    assert!((effects(on + ms(200)) - 0.251).abs() < 0.001 && effects(on + ms(4_900)) == effects(on + ms(200)));
    ear.send("media.ended", json!({"id": "m"}));
    let off = ear.feed.at;
    ear.wait(2);
    let course = ear.course(2_000);
    assert!((course.at(off).effects - 0.251).abs() < 0.001 && course.at(off + ms(800)).effects == 1.0, "{course:?}");
}

#[test]
fn a_stretch_in_pieces_has_the_course_of_the_whole() {
    let mut ear = Ear::new();
    ear.send("media.cued", json!({"id": "m", "path": "p", "sha256": "00", "duration": 2 * SECOND}));
    ear.send("media.started", json!({"id": "m", "at": ear.feed.at + SECOND}));
    let (from, to) = (ear.feed.at, ear.feed.at + 5 * SECOND);
    let mut pieces = Course::default();
    for at in (from..to).step_by(70_000) {
        pieces.add(&ear.feed.show, &times(), &Clips::default(), at, (at + 70_000).min(to));
    }
    let mut whole = Course::default();
    whole.add(&ear.feed.show, &times(), &Clips::default(), from, to);
    for at in (from..to).step_by(3_000) {
        let (a, b) = (pieces.at(at).effects, whole.at(at).effects);
        assert!((a - b).abs() < 1e-6, "{at}: {a} and {b}");
    }
    assert_eq!(whole.at(to).effects, 1.0, "a clip that has run out makes room no more");
}

#[test]
fn a_timeout_sounds_its_gong_only() {
    let mut ear = Ear::new();
    ear.send("question.shown", json!({"id": "q", "kind": "single", "stem": "s"}));
    ear.send("countdown.armed", json!({"id": "c", "duration": SECOND}));
    ear.send("countdown.started", json!({"id": "c", "ends_at": ear.feed.at + 2 * SECOND}));
    ear.send("countdown.expired", json!({"id": "c"}));
    ear.send("verdict.given", json!({"team": "t1", "outcome": "timeout"}));
    ear.wait(2);
    assert_eq!((ear.of(Cue::TimeUp).len(), ear.of(Cue::Wrong).len(), ear.of(Cue::Correct).len()), (1, 0, 0));
}

#[test]
fn a_count_is_never_faster_than_twelve_a_second() {
    for delta in [1, 10, 20, 96, 500] {
        let mut ear = Ear::new();
        let change = json!({"team": "t1", "before": 300, "delta": delta, "after": 300 + delta});
        ear.send("score.changed", change);
        ear.wait(3);
        let ticks = ear.of(Cue::Count);
        assert!(!ticks.is_empty() && ticks.windows(2).all(|pair| pair[1] - pair[0] >= ms(83)), "{delta}: {ticks:?}");
    }
    let mut ear = Ear::new();
    ear.send("score.changed", json!({"team": "t1", "before": 300, "delta": 10, "after": 400}));
    ear.wait(3);
    assert!(ear.of(Cue::Count).is_empty(), "what does not add up is cut to");
}

/// The embedded show at 50 pictures a second, each event folded when its picture is made: as it is heard live.
#[test]
fn the_embedded_show_sounds_nothing_twice_and_no_second_off_its_instant() {
    let timeline = Timeline::new(Tape::parse(include_str!("../../../assets/shows/zhongwei-demo.tape.ndjson")).unwrap());
    let (first, last) = (timeline.tape().first_at().unwrap(), timeline.tape().last_at().unwrap());
    let mut air = Air::default();
    let mut heard = Vec::new();
    for at in (first..last).step_by(20_000) {
        for step in timeline.steps_between(air.feed().seq, at + 19_999) {
            step.fold(&mut air);
        }
        heard.extend(between(air.program(), &times(), at, at + 20_000));
    }
    let keys: BTreeSet<CueKey> = heard.iter().map(|cue| cue.key).collect();
    assert_eq!(keys.len(), heard.len());
    let count = |cue| heard.iter().filter(|heard| heard.cue == cue).count();
    assert_eq!([Cue::TimeUp, Cue::BeepLast, Cue::Beep].map(count), [1, 1, 2], "one clock runs to its end");
    assert_eq!(count(Cue::Flip), 2 * 18 + 5 + 1, "two walls of seats, one of coins, one team named");
    let ended = timeline.tape().entries.iter().find(|entry| entry.env.event.name() == "countdown.expired").unwrap();
    let at = |cue| heard.iter().find(|heard| heard.cue == cue).map(|heard| heard.at_us);
    assert_eq!(at(Cue::TimeUp), Some(ended.env.at));
    assert_eq!(at(Cue::BeepLast), Some(ended.env.at - SECOND));
}
