//! Promises of "next": it says what the tape will do, and live what the rules say, never more.

use serde_json::{Value, json};

use super::*;
use crate::{
    locale::{Lang, tell},
    show::{
        protocol::{Points, play::Outcome},
        reduce::tests::Feed,
        rules::Rulebook,
        tape::Timeline,
    },
};

const TAPES: [&str; 5] = [
    include_str!("../../../assets/shows/zhongwei-demo.tape.ndjson"),
    include_str!("../../../assets/shows/yantai.tape.ndjson"),
    include_str!("../../../assets/shows/liaoning.tape.ndjson"),
    include_str!("../../../assets/shows/zhongwei.tape.ndjson"),
    include_str!("../../../assets/shows/fujian.tape.ndjson"),
];

fn zh(words: &[Words]) -> Vec<String> {
    words.iter().map(|words| tell(Lang::Zh, words)).collect()
}

#[test]
fn what_comes_is_told_in_order_with_its_scores_in_both_languages() {
    let (mut moments, mut verdicts) = (0, 0);
    for text in TAPES {
        let timeline = Timeline::new(Tape::parse(text).unwrap());
        let tape = timeline.tape();
        for from in (0..tape.step_count()).step_by(37) {
            let show = timeline.show_after(from);
            let now = from.checked_sub(1).and_then(|last| tape.step(last)).map_or(0, Step::at);
            let coming = coming(tape, from, &show, now, 8);
            let left = tape.step_count() - from;
            assert!(!coming.is_empty() && (coming.len() == 8 || left < AHEAD), "{from}: {}", coming.len());
            for pair in coming.windows(2) {
                assert!(pair[0].at <= pair[1].at && pair[0].step + pair[0].steps <= pair[1].step);
            }
            for moment in &coming {
                assert!(moment.in_us >= 0 && moment.step >= from);
                let after = timeline.show_after(moment.step + moment.steps);
                for score in &moment.effect.scores {
                    let last = moment.effect.scores.iter().rev().find(|other| other.team == score.team).unwrap();
                    assert_eq!(after.core.scores[&score.team].value(), last.after);
                }
                if let Some(scene) = moment.effect.scene {
                    assert_eq!(scene, after.program.scene);
                }
                for words in &moment.words {
                    let (zh, en) = (tell(Lang::Zh, words), tell(Lang::En, words));
                    assert!(!zh.contains("next-") && !en.contains("next-") && !zh.contains('$'), "{zh} {en}");
                    verdicts += usize::from(words.key == clause::VERDICT_SCORE);
                }
                moments += 1;
            }
        }
    }
    assert!(moments > 500 && verdicts > 30, "{moments} {verdicts}");
}

#[test]
fn a_verdict_tells_the_score_it_brings() {
    let timeline = Timeline::new(Tape::parse(TAPES[3]).unwrap());
    let from = timeline.index_after_seq(577);
    let show = timeline.show_after(from);
    let coming = coming(timeline.tape(), from, &show, show.at, 4);
    assert_eq!(zh(&coming[0].words), ["判：答对 → 5号队 +40 = 509"]);
    assert_eq!(coming[0].in_us, 1_300_000);
    assert_eq!(zh(&coming[2].words), ["5号队 +40 = 509"]);
    assert_eq!(coming[2].effect.scores[0].after, Points::whole(509));
    let start = timeline.index_after_seq(37);
    let show = timeline.show_after(start);
    let moments = super::coming(timeline.tape(), start, &show, show.at, 3);
    assert_eq!(zh(&moments[0].words), ["第1题上屏（单选）", "读题"]);
    assert_eq!(moments[0].effect.scene, Some(Scene::Card));
    assert_eq!(zh(&moments[2].words), ["请答题", "计时 10 秒"]);
}

#[test]
fn the_end_of_the_tape_has_nothing_behind_it() {
    let timeline = Timeline::new(Tape::parse(TAPES[0]).unwrap());
    let count = timeline.tape().step_count();
    assert!(coming(timeline.tape(), count, &timeline.show_after(count), 0, 8).is_empty());
    assert!(coming(timeline.tape(), usize::MAX, &Show::default(), i64::MAX, 8).is_empty());
}

/// A show with an open round and a cued question for team 1.
fn asked(format: &str, rules: Value, value: Option<i64>) -> Feed {
    let mut feed = Feed::new();
    feed.send("round.opened", json!({"id": "r", "name": "r", "format": format, "rules": rules}));
    feed.send("question.cued", json!({"id": "q", "kind": "single", "stem": "s", "value": value}));
    if format != "buzzer" {
        feed.send("turn.given", json!({"team": "t1", "question_no": 2, "of": 5}));
    }
    feed
}

fn of(outlook: &Outlook, outcome: Outcome) -> (Pays, Option<Points>, Option<Source>) {
    let stake = outlook.stakes.iter().find(|stake| stake.outcome == outcome).unwrap();
    (stake.pays, stake.after, stake.source)
}

#[test]
fn the_rounds_own_rules_say_what_an_answer_pays() {
    let feed = asked("solo", json!({"right": 16, "wrong": -12, "duration_us": 10_000_000}), None);
    let told = outlook(&feed.show, None);
    assert_eq!(told.team.as_deref(), Some("t1"));
    assert_eq!(told.time_us, Some(10_000_000));
    let points = |points, after| (Pays::Points(Points::whole(points)), Some(Points::whole(after)), Some(Source::Feed));
    assert_eq!(of(&told, Outcome::Correct), points(16, 316));
    assert_eq!(of(&told, Outcome::Wrong), points(-12, 288));
    assert_eq!(zh(&told.told()), ["已预备：单选（q）", "答对 +16 → 316", "答错 −12 → 288"]);
}

#[test]
fn what_nobody_states_is_unknown_and_what_is_assumed_is_said_to_be() {
    let feed = asked("solo", json!({}), None);
    let told = outlook(&feed.show, None);
    assert_eq!(of(&told, Outcome::Correct), (Pays::Unknown, None, None));
    assert_eq!(of(&told, Outcome::Wrong), (Pays::Unknown, None, None));
    assert!(zh(&told.told())[1].contains("不详"));

    let book = Rulebook::parse(crate::simulate::built_in("yantai").unwrap()).unwrap();
    let round = book.rounds().find(|round| round.leaves_open(crate::show::rules::Field::Right)).unwrap();
    let mut feed = Feed::new();
    let format = serde_json::to_value(round.format).unwrap();
    feed.send("round.opened", json!({"id": round.id, "name": "r", "format": format}));
    feed.send("question.cued", json!({"id": "q", "kind": "judge", "stem": "s"}));
    feed.send("turn.given", json!({"team": "t1"}));
    let told = outlook(&feed.show, Some(&book));
    assert_eq!(of(&told, Outcome::Correct).2, Some(Source::Assumed));
    assert!(tell(Lang::Zh, &told.stakes[0]).contains("排练假定"));
}

#[test]
fn a_duel_is_open_until_the_challengers_are_counted() {
    let mut feed = asked("duel", json!({"right": 10}), None);
    feed.send("audience.opened", json!({"seats": 18}));
    let open = outlook(&feed.show, None);
    assert_eq!(of(&open, Outcome::Correct).0, Pays::DuelRight { right: Points::whole(10), most: 18 });
    assert_eq!(of(&open, Outcome::Wrong).0, Pays::DuelWrong { most: 18 });
    feed.send("question.shown", json!({"id": "q", "kind": "single", "stem": "s"}));
    feed.send("audience.tallied", json!({"right": 12, "wrong": 6, "absent": 0, "n": 6}));
    let counted = outlook(&feed.show, None);
    assert_eq!(zh(&counted.told())[1..], ["答对 +16 → 316", "答错 −12 → 288"]);
    feed.send("verdict.given", json!({"team": "t1", "outcome": "correct"}));
    assert!(outlook(&feed.show, None).subject.is_none(), "it is judged");
    let unknown = asked("duel", json!({}), None);
    assert_eq!(of(&outlook(&unknown.show, None), Outcome::Correct).0, Pays::Unknown);
}

#[test]
fn a_risk_is_its_value_or_one_of_those_on_offer() {
    let mut feed = asked("risk_choice", json!({"values": [20, 40]}), None);
    let open = outlook(&feed.show, None);
    assert_eq!(open.stakes.len(), 4);
    assert_eq!(tell(Lang::Zh, &open.stakes[3]), "40 分题：答错 −40 → 260");
    feed.send("risk.offered", json!({"values": [20, 40]}));
    feed.send("risk.revealed", json!({"team": "t1", "value": 40}));
    feed.send("turn.given", json!({"team": "t1"}));
    let chosen = outlook(&feed.show, None);
    assert_eq!(of(&chosen, Outcome::Correct).1, Some(Points::whole(340)));
    assert_eq!(of(&chosen, Outcome::Wrong).1, Some(Points::whole(260)));
    let nothing = asked("risk_choice", json!({}), None);
    let told = outlook(&nothing.show, None);
    assert_eq!((of(&told, Outcome::Correct).0, told.notes.len()), (Pays::Unknown, 1));
}

#[test]
fn a_buzzer_round_is_of_whoever_is_first_and_knows_its_foul() {
    let mut feed = asked("buzzer", json!({"right": 10, "wrong": -10, "foul": -10}), None);
    let open = outlook(&feed.show, None);
    assert_eq!((open.team.as_deref(), of(&open, Outcome::Foul).1), (None, None));
    feed.send("question.shown", json!({"id": "q", "kind": "single", "stem": "s"}));
    feed.send("buzzer.armed", json!({}));
    feed.send("buzzer.hit", json!({"team": "t3", "order": 1, "after_us": 5}));
    let hit = outlook(&feed.show, None);
    assert_eq!((hit.team.as_deref(), of(&hit, Outcome::Correct).1), (Some("t3"), Some(Points::whole(310))));
}

/// Live, with the rulebook loaded: what the outlook said before a verdict is what the tape's score then brings.
#[test]
fn what_is_foretold_is_what_comes() {
    let names = ["zhongwei", "yantai", "liaoning"];
    let mut checked = 0;
    for (name, text) in names.into_iter().zip([TAPES[3], TAPES[1], TAPES[2]]) {
        let book = Rulebook::parse(crate::simulate::built_in(name).unwrap()).unwrap();
        let tape = Tape::parse(text).unwrap();
        let mut show = Show::default();
        for (place, entry) in tape.entries.iter().enumerate() {
            if let Event::VerdictGiven(verdict) = &entry.env.event
                && entry.env.corrects.is_none()
                && let Some(score) = score_of(&tape, place, &entry.env, &verdict.team)
            {
                let told = outlook(&show, Some(&book));
                let stake = told.stakes.iter().find(|stake| stake.outcome == verdict.outcome);
                let stake = stake.or_else(|| told.stakes.iter().find(|stake| stake.outcome == Outcome::Wrong)).unwrap();
                if told.team.as_deref() == Some(verdict.team.as_str())
                    && let Pays::Points(points) = stake.pays
                {
                    assert_eq!(points, score.delta, "{name} event {}", entry.env.seq);
                    assert_eq!(stake.after, Some(score.after));
                    checked += 1;
                }
            }
            show.apply(&entry.env);
        }
    }
    assert!(checked > 100, "{checked}");
}
