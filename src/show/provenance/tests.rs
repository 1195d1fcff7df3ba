//! Promises of the provenance: every point of a score has an event, and a figure that does not add up is marked.

use serde_json::json;

use super::*;
use crate::show::{protocol::play::Outcome, reduce::tests::Feed};

const TAPES: [&str; 5] = [
    include_str!("../../../assets/shows/zhongwei-demo.tape.ndjson"),
    include_str!("../../../assets/shows/yantai.tape.ndjson"),
    include_str!("../../../assets/shows/liaoning.tape.ndjson"),
    include_str!("../../../assets/shows/zhongwei.tape.ndjson"),
    include_str!("../../../assets/shows/fujian.tape.ndjson"),
];

#[test]
fn every_score_of_every_show_is_the_sum_of_its_events() {
    let mut told = 0;
    for text in TAPES {
        let tape = Tape::parse(text).unwrap();
        let provenance = Provenance::of_tape(&tape);
        let mut show = Show::default();
        for entry in &tape.entries {
            show.apply(&entry.env);
        }
        for (team, score) in show.core.scores.iter() {
            let all = provenance.of(team);
            let sum = all.iter().fold(show.core.config.base_score, |sum, origin| sum + origin.delta);
            assert_eq!(sum, score.value(), "{team}");
            assert_eq!(all.last().unwrap().seq, score.seq);
            for pair in all.windows(2) {
                assert!(pair[0].seq < pair[1].seq && pair[0].after == pair[1].stood);
            }
            told += all.len();
        }
        assert_eq!(provenance.wrong().count(), 0, "the embedded shows add up");
    }
    assert!(told > 200, "{told}");
}

#[test]
fn a_score_knows_its_question_verdict_value_and_correction() {
    let tape = Tape::parse(TAPES[1]).unwrap();
    let provenance = Provenance::of_tape(&tape);
    let corrected = provenance.of("t7").iter().find(|origin| origin.corrected.is_some()).unwrap();
    let by = provenance.of("t7").iter().find(|origin| origin.corrects.is_some()).unwrap();
    assert_eq!(corrected.corrected.unwrap().seq, by.seq);
    let risk = provenance.of("t7").iter().find(|origin| origin.whence.value.is_some()).unwrap();
    assert_eq!(risk.whence.round.as_ref().unwrap().id, "xialu");
    assert!(risk.whence.question.is_some() && risk.whence.verdict.is_some());
    assert_eq!(risk.causes.first().unwrap().event, "verdict.given");
    assert_eq!(risk.causes.first().unwrap().seq, risk.whence.verdict.unwrap().0);
    let early = provenance.of("t7")[0].at;
    assert_eq!(provenance.until("t7", early).count(), 1);
    assert_eq!(provenance.until("t7", early - 1).count(), 0);
    assert!(provenance.of("nobody").is_empty());
}

/// Says an event to the show and to the provenance.
fn say(feed: &mut Feed, provenance: &mut Provenance, event: &str, data: serde_json::Value, cause: Option<u64>) {
    let changes = feed.send_with(event, data.clone(), cause);
    let wire =
        json!({"v": 1, "epoch": "e", "seq": feed.show.seq, "at": feed.at, "type": event, "data": data, "cause": cause});
    provenance.event(&Envelope::from_value(wire).unwrap(), &changes, &feed.show);
}

#[test]
fn what_does_not_add_up_is_marked_and_a_duel_knows_its_n() {
    let (mut feed, mut provenance) = (Feed::new(), Provenance::default());
    let mut say = |event: &str, data, cause| {
        say(&mut feed, &mut provenance, event, data, cause);
        feed.show.seq
    };
    say("round.opened", json!({"id": "duel", "name": "对决", "format": "duel", "rules": {"right": 10}}), None);
    say("turn.given", json!({"team": "t1", "question_no": 3, "of": 5}), None);
    say("audience.opened", json!({"seats": 18}), None);
    say("question.shown", json!({"id": "q9", "kind": "judge", "stem": "s"}), None);
    say("audience.tallied", json!({"right": 12, "wrong": 6, "absent": 0, "n": 6}), None);
    let verdict = say("verdict.given", json!({"team": "t1", "outcome": "correct"}), None);
    let score = |before: i64, after: i64| json!({"team": "t1", "before": before, "delta": 16, "after": after});
    say("score.changed", score(300, 316), Some(verdict));
    say("score.changed", score(310, 326), Some(verdict));
    let all = provenance.of("t1");
    assert!(all[0].adds_up() && !all[1].adds_up());
    assert_eq!(all[1].alarms.len(), 1, "{:?}", all[1].alarms);
    let whence = &all[0].whence;
    assert_eq!((whence.n, whence.question.as_deref(), whence.question_no), (Some(6), Some("q9"), Some(3)));
    assert_eq!(whence.verdict, Some((verdict, Outcome::Correct)));
    assert_eq!(provenance.wrong().map(|(team, origin)| (team, origin.seq)).collect::<Vec<_>>(), [("t1", all[1].seq)]);
}

#[test]
fn a_snapshot_keeps_what_is_known_and_says_where_it_knows_no_more() {
    let tape = Tape::parse(TAPES[3]).unwrap();
    let (mut all, mut late, mut show) = (Provenance::default(), Provenance::default(), Show::default());
    for entry in &tape.entries[..700] {
        let changes = show.apply(&entry.env);
        all.event(&entry.env, &changes, &show);
    }
    let known = all.clone();
    all.snapshot(&show);
    assert_eq!(all, known, "nothing new was told");
    late.snapshot(&show);
    let origin = late.of("t1").last().unwrap();
    assert!(origin.snapshot && origin.adds_up());
    assert_eq!(origin.after, known.of("t1").last().unwrap().after);
}

#[test]
fn what_the_desk_entered_counts_until_the_feed_is_back() {
    let (mut feed, mut provenance) = (Feed::new(), Provenance::default());
    let score = |before: i64| json!({"team": "t1", "before": before, "delta": 10, "after": before + 10});
    say(&mut feed, &mut provenance, "score.changed", score(300), None);
    let Event::ScoreChanged(ref own) = Envelope::from_value(
        json!({"v": 1, "epoch": "e", "seq": 1, "at": 1, "type": "score.changed", "data": score(310)}),
    )
    .unwrap()
    .event
    else {
        panic!("a score")
    };
    let event = Event::ScoreChanged(own.clone());
    provenance.heard(&Heard::said(1 << 52, feed.at, None, &event), &[], &feed.show);
    assert!(provenance.of("t1")[1].adds_up() && provenance.of("t1")[1].lane == Lane::Desk);
    provenance.reconciled();
    assert!(provenance.of("t1")[1].gone);
    say(&mut feed, &mut provenance, "score.changed", score(310), None);
    assert!(provenance.of("t1")[2].adds_up(), "the feed goes on from its own word");
}

#[test]
fn a_live_session_knows_a_teams_last_score_events_and_counts_all() {
    let mut now = Provenance::default().of_now();
    let (mut whole, mut show) = (Provenance::default(), Show::default());
    let said = 3 * SCORE_EVENTS as u64;
    for seq in 1..=said {
        let data = json!({"team": "a", "before": seq - 1, "delta": 1, "after": seq});
        let wire = json!({"v": 1, "epoch": "e", "seq": seq, "at": seq, "type": "score.changed", "data": data});
        let env = Envelope::from_value(wire).unwrap();
        let changes = show.apply(&env);
        now.event(&env, &changes, &show);
        whole.event(&env, &changes, &show);
    }
    assert_eq!((now.len(), whole.len(), whole.of("a").len()), (said as usize, said as usize, said as usize));
    let known = now.of("a");
    assert!((SCORE_EVENTS..=SCORE_EVENTS + SCORE_EVENTS / 4).contains(&known.len()), "{}", known.len());
    assert_eq!(known, &whole.of("a")[whole.of("a").len() - known.len()..]);
    assert_eq!(whole.of_now().of("a").len(), SCORE_EVENTS, "a tape that is gone on with");
}
