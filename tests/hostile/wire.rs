//! What a scoring system should never send: refused by name, or folded and drawn; nothing before or after it is lost.

use leitai::{
    locale::{Lang, tell},
    show::{
        limits::{LIST, MESSAGE_BYTES, TEXT_BYTES},
        protocol::{
            ProtocolError,
            control::{Control, ServerMessage, parse_server_text},
        },
        state::Show,
    },
};
use serde_json::{Value, json};

use super::bodies::wire::pictures;

fn event(seq: u64, kind: &str, data: &Value) -> String {
    json!({"v": 1, "epoch": "e", "seq": seq, "at": seq * 1_000_000, "type": kind, "data": data}).to_string()
}

/// Why a message is refused: one sentence in either language, with its place, and short whatever was sent.
fn refused(text: &str) -> String {
    let error: ProtocolError = parse_server_text(text).expect_err("it is refused");
    for lang in [Lang::Zh, Lang::En] {
        let said = tell(lang, &error);
        assert!(!said.contains('\n') && (8..1_024).contains(&said.len()), "{} bytes: {said}", said.len());
    }
    error.to_string()
}

/// A show with two teams and a question, and what it becomes by this message: the picture is made of either.
fn after(text: &str) -> (Show, Show) {
    let mut show = Show::default();
    let teams = json!({"title": "擂台", "base_score": 300,
        "teams": [{"id": "a", "name": "甲队", "number": 1}, {"id": "b", "name": "乙队", "number": 2}]});
    let question = json!({"id": "q", "kind": "judge", "stem": "题", "options": [{"label": "A", "text": "正确"}]});
    for (seq, kind, data) in [(1, "show.configured", teams), (2, "question.shown", question)] {
        let Ok(ServerMessage::Event(env)) = parse_server_text(&event(seq, kind, &data)) else { panic!("an event") };
        show.apply(&env);
    }
    let before = show.clone();
    match parse_server_text(text) {
        Ok(ServerMessage::Event(env)) => drop(show.apply(&env)),
        Ok(ServerMessage::Control(Control::Snapshot(snapshot))) => show = *snapshot.state,
        _ => {}
    }
    for later_us in [0, 400_000, 5_000_000] {
        pictures(&show, show.at + later_us);
    }
    (before, show)
}

#[test]
fn figures_beyond_all_measure_are_refused_with_their_field() {
    for (figure, says) in [
        ("1e308", "±"),
        ("1e400", "number out of range"),
        ("9223372036854775807", "±2^53"),
        ("-9223372036854775808", "±2^53"),
        ("18446744073709551615", "±2^53"),
        ("NaN", "not a JSON object"),
        ("Infinity", "not a JSON object"),
    ] {
        let text = event(
            3,
            "score.changed",
            &json!({"team": "a", "before": 300, "delta": "FIGURE", "after": 310, "reason": "r"}),
        );
        let text = text.replace("\"FIGURE\"", figure);
        let said = refused(&text);
        assert!(said.contains(says), "{figure}: {said}");
        let (before, now) = after(&text);
        assert_eq!(before, now, "what was on air stays");
    }
    for field in ["seq", "at"] {
        for figure in ["9007199254740993", "-9223372036854775808", "1e300"] {
            let text = event(3, "slate.cleared", &json!({}));
            let text = text.replace(
                &format!("\"{field}\":{}", if field == "seq" { 3 } else { 3_000_000 }),
                &format!("\"{field}\":{figure}"),
            );
            assert!(text.contains(figure) && parse_server_text(&text).is_err(), "{text}");
        }
    }
    let said = refused(r#"{"type":"pong","id":1,"t0":0,"t1":9223372036854775807,"t2":0}"#);
    assert!(said.contains("`t1`") && said.contains("±2^53"), "{said}");
}

#[test]
fn texts_beyond_all_measure_are_refused_with_their_field() {
    let name = |text: &str| json!({"title": "x", "base_score": 0, "teams": [{"id": "a", "name": text, "number": 1}]});
    let said = refused(&event(1, "show.configured", &name(&"长".repeat(100_000))));
    assert!(said.contains("teams[0].name") && said.contains("300000 bytes"), "{said}");
    let said = refused(&event(1, "show.configured", &name(&"x".repeat(2 << 20))));
    assert!(said.contains("at most 1048576"), "{said}");
    // As long as a text may be: no line, no box and no memory breaks.
    for unit in ["长", "a", "a ", "\u{301}", "\u{200d}", "👨\u{200d}👩", "\n", "（　）", "\u{2028}"] {
        let text = unit.repeat(TEXT_BYTES / unit.len());
        let (_, show) = after(&event(3, "show.configured", &name(&text)));
        assert_eq!(show.core.config.teams[0].name, text, "the fact is as it was sent");
        after(&event(3, "lower_third.shown", &json!({"title": text, "subtitle": text})));
        after(&event(3, "slate.shown", &json!({"kind": "message", "title": text, "body": text})));
        let options: Vec<Value> = ["A", "B", "C", "D"].iter().map(|l| json!({"label": l, "text": text})).collect();
        after(&event(3, "question.shown", &json!({"id": text, "kind": "multi", "stem": text, "options": options})));
    }
}

#[test]
fn more_entries_than_a_list_may_have_are_refused_and_as_many_are_drawn() {
    let teams = |count: usize| {
        let teams: Vec<Value> =
            (1..=count).map(|n| json!({"id": format!("t{n}"), "name": "队", "number": n})).collect();
        event(3, "show.configured", &json!({"title": "x", "base_score": 0, "teams": teams}))
    };
    let said = refused(&teams(LIST + 1));
    assert!(said.contains("10001 entries"), "{said}");
    let text = teams(LIST);
    assert!(text.len() < MESSAGE_BYTES);
    let (_, show) = after(&text);
    assert_eq!(show.core.config.teams.len(), LIST);
    let rows: Vec<Value> = (1..=LIST).map(|n| json!({"team": format!("t{n}"), "rank": n, "total": n})).collect();
    let (_, show) = after(&event(3, "standings.set", &json!({"rows": rows, "ranked": true})));
    assert!(show.core.standings.is_some());
    let rows: Vec<Value> = (1..=LIST).map(|n| json!({"name": format!("{n}"), "unit": "u"})).collect();
    after(&event(3, "award.set", &json!({"id": "a", "title": "奖", "rows": rows})));
}

#[test]
fn odd_json_is_refused_or_read_as_json_says() {
    let deep = format!(r#"{{"type":"x","data":{}1{}}}"#, "[".repeat(100_000), "]".repeat(100_000));
    assert!(refused(&deep).contains("recursion limit"));
    let members: String = (0..=LIST).map(|n| format!(r#""k{n}":0,"#)).collect();
    let wide = event(3, "slate.cleared", &json!({"X": 0})).replace(r#""X":0"#, &format!("{members}\"z\":0"));
    assert!(refused(&wide).contains("members"));
    let lone = event(3, "lower_third.shown", &json!({"title": "X"})).replace("\"X\"", r#""\ud800""#);
    assert!(refused(&lone).contains("hex escape"), "{}", refused(&lone));
    let torn = event(3, "lower_third.shown", &json!({"title": "X"})).replace("\"X\"", "\"a\u{1}b\"");
    assert!(refused(&torn).contains("control character"), "{}", refused(&torn));
    // Escaped control characters are text; they are not drawn.
    let (_, show) = after(&event(3, "lower_third.shown", &json!({"title": "a\u{0}\u{1b}[31mb\u{7}"})));
    assert_eq!(show.core.lower_third.unwrap().shown.title, "a\u{0}\u{1b}[31mb\u{7}");
    // Of two members of one name the last is meant, as everywhere.
    let twice = event(3, "slate.cleared", &json!({})).replace(r#""seq":3"#, r#""seq":3,"seq":4"#);
    assert!(matches!(parse_server_text(&twice), Ok(ServerMessage::Event(env)) if env.seq == 4));
    let name = "n".repeat(500_000);
    for text in [
        format!(r#"{{"type":"{name}"}}"#),
        event(3, &name, &json!({})),
        event(3, "slate.cleared", &json!({})).replace(r#""e""#, &format!("\"{name}\"")),
    ] {
        refused(&text);
    }
}

/// A snapshot replaces everything, so it may hold nothing that a log could not lead to.
#[test]
fn a_snapshot_that_no_log_leads_to_is_refused() {
    let (_, show) = after(&event(3, "audience.opened", &json!({"seats": 18})));
    let state = serde_json::to_value(&show).unwrap();
    let sent = |state: &Value| json!({"type": "snapshot", "at_seq": 3, "state": state}).to_string();
    assert!(parse_server_text(&sent(&state)).is_ok());
    for (path, value, says) in [
        ("/core/audience/seats", json!(4_000_000_000_u32), "200 seats"),
        ("/core/audience/since", json!(i64::MIN), "±2^53"),
        ("/at", json!(i64::MAX), "±2^53"),
        ("/alarm_count", json!(u64::MAX), "±2^53"),
        ("/core/config/title", json!("x".repeat(TEXT_BYTES + 1)), "bytes of text"),
        ("/seq", json!(1_u64 << 52), "numbered below"),
    ] {
        let mut state = state.clone();
        *state.pointer_mut(path).expect(path) = value;
        let said = refused(&sent(&state));
        assert!(said.contains(says), "{path}: {said}");
    }
    let gone = json!({"scene": "card", "since": 0, "seq": 1, "left_at": 1, "core": {}});
    let mut crowd = state;
    crowd["program"]["departed"] = Value::from(vec![gone; 2_000]);
    assert!(refused(&sent(&crowd)).contains("leave at once"));
}
