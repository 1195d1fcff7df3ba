//! Who is spoken to tonight: the feed, its clock, and the spare machine.

use std::{
    io,
    io::{Read, Write},
    net::{TcpStream, ToSocketAddrs},
    path::Path,
    time::{Duration, Instant},
};

use serde_json::Value;

use super::line::{Line, say};
use crate::{
    app::stamp::wall_us,
    control::{self, ControlError},
    feed::{Feed, FeedHealth, FeedOptions, FeedProblem, FeedState, Token},
    locale::{self, Lang},
    show::{protocol::VERSION, told::Words},
};

/// The name of the line on the second machine.
const SPARE: &str = "doctor-spare";
/// So long the feed has to answer, and from then on so long its clock is measured.
const ANSWER_WITHIN: Duration = Duration::from_secs(8);
const MEASURE: Duration = Duration::from_millis(600);
/// A clock known less well is seen: a countdown's digit changes a frame early or late.
const SURE_US: i64 = 20_000;
/// This machine's own clock may differ so much; the picture follows the feed's in any case.
const APART_US: i64 = 2_000_000;
/// So long the spare has to answer.
const SPARE_WITHIN: Duration = Duration::from_secs(3);
/// The spare's answer: its state as JSON.
const SPARE_BYTES: u64 = 4 << 20;
/// Events that it may be behind for a moment.
const BEHIND: u64 = 5;

/// The feed as it was found: connects, measures, and goes again.
pub(super) fn feed(lang: Lang, options: FeedOptions) -> (Vec<Line>, Option<FeedHealth>) {
    let what = "doctor-feed";
    let handle = match Feed::start(options) {
        Ok(handle) => handle,
        Err(error) => {
            let line = Line::fault(what, locale::tell(lang, &error), locale::word(lang, "doctor-feed.address"));
            return (vec![line], None);
        }
    };
    let deadline = Instant::now() + ANSWER_WITHIN;
    let mut connected: Option<Instant> = None;
    while Instant::now() < deadline && connected.is_none_or(|at| at.elapsed() < MEASURE) {
        // What comes is of no use here; it is taken so that the connection goes on.
        let _taken = handle.inbox.recv_timeout(Duration::from_millis(20)).is_ok();
        let health = handle.health();
        if health.state == FeedState::Connected && health.clock.rtt_us.is_some() {
            connected.get_or_insert_with(Instant::now);
        }
    }
    let (health, server_us) = (handle.health(), handle.clock().now_us());
    if connected.is_none() && health.state != FeedState::Ended {
        let last = health.problems.iter().rfind(|problem| !is_in_clear(&problem.last));
        let last = last.map(|problem| locale::tell(lang, &problem.last));
        let found = last.unwrap_or_else(|| say(lang, &Words::new("doctor-feed-silent").with("url", &health.url)));
        return (vec![Line::fault(what, found, locale::word(lang, "doctor-feed.reach"))], None);
    }
    (vec![answered(lang, &health), clock(lang, &health, server_us)], Some(health))
}

/// A feed that answers.
fn answered(lang: Lang, health: &FeedHealth) -> Line {
    let what = "doctor-feed";
    let epoch = health.epoch.clone().unwrap_or_default();
    let words = Words::new("doctor-feed-found").with("url", &health.url).with("epoch", &epoch);
    let found = say(lang, &words.with("head", health.head.to_string()).with("version", VERSION.to_string()));
    if let Some(problem) = health.problems.iter().find(|problem| is_in_clear(&problem.last)) {
        // It says what to do as well.
        Line::attention(what, found, locale::tell(lang, &problem.last))
    } else if health.refused > 0 || health.order.gaps > 0 {
        let last = health.problems.last().map(|problem| locale::tell(lang, &problem.last)).unwrap_or_default();
        Line::attention(what, found, last)
    } else {
        Line::ok(what, found)
    }
}

const fn is_in_clear(problem: &FeedProblem) -> bool {
    matches!(problem, FeedProblem::InClear { .. })
}

/// How far this machine's clock is from the feed's, and how well that is known.
fn clock(lang: Lang, health: &FeedHealth, server_us: i64) -> Line {
    let what = "doctor-clock";
    let ms = |us: i64| format!("{:.1}", us as f64 / 1e3);
    let error_us = health.clock.error_bound_us.unwrap_or(i64::MAX);
    let apart_us = server_us - wall_us();
    let words = Words::new("doctor-clock-found").with("apart", apart(apart_us));
    let words = words.with("rtt", ms(health.clock.rtt_us.unwrap_or_default())).with("error", ms(error_us));
    let found = say(lang, &words);
    if error_us > SURE_US {
        Line::attention(what, found, locale::word(lang, "doctor-clock.slow"))
    } else if apart_us.abs() > APART_US {
        Line::attention(what, found, locale::word(lang, "doctor-clock.apart"))
    } else {
        Line::ok(what, found)
    }
}

/// A difference of clocks in the unit that it is read in.
fn apart(us: i64) -> String {
    if us.abs() < 60_000_000 { format!("{:+.0} ms", us as f64 / 1e3) } else { format!("{:+} s", us / 1_000_000) }
}

/// The other machine, by what its remote control says of it; `token` is the file with the one that opens it.
pub(super) fn spare(lang: Lang, url: &str, token: Option<&Path>, feed: Option<&FeedHealth>) -> Line {
    let token = match token.map(|file| control::token(Some(file))).transpose() {
        Ok(token) => token.map(|(token, _file)| token),
        Err(error) => {
            let is_short = matches!(error, ControlError::TokenShort { .. });
            let todo = if is_short { "doctor-token.longer" } else { "doctor-token.mend" };
            return Line::fault(SPARE, locale::tell(lang, &error), locale::word(lang, todo));
        }
    };
    match state_of(url, token.as_ref().map(Token::secret)) {
        Ok(state) => paired(lang, url, &state, feed),
        Err(reason) => {
            let words = Words::new("doctor-spare-silent").with("url", url).with("reason", reason);
            Line::fault(SPARE, say(lang, &words), locale::word(lang, "doctor-spare.reach"))
        }
    }
}

/// The other machine's state beside the feed's.
fn paired(lang: Lang, url: &str, state: &Value, feed: Option<&FeedHealth>) -> Line {
    let text = |path: &str| state.pointer(path).and_then(Value::as_str).unwrap_or_default().to_owned();
    let seq = state.pointer("/feed/seq").and_then(Value::as_u64).unwrap_or(0);
    let epoch = text("/name");
    let words = Words::new("doctor-spare-found").with("url", url).with("epoch", &epoch);
    let words = words.with("seq", seq.to_string()).with("theme", text("/theme"));
    let found = say(lang, &words);
    if text("/mode") != "live" {
        return Line::attention(SPARE, found, locale::word(lang, "doctor-spare.rehearses"));
    }
    // Before a show's first event nobody but the feed knows its name.
    let is_other = |feed: &FeedHealth| {
        let has_begun = !epoch.is_empty() || feed.head > 0;
        has_begun && feed.epoch.as_ref().is_some_and(|own| *own != epoch)
    };
    if feed.is_some_and(is_other) {
        return Line::fault(SPARE, found, locale::word(lang, "doctor-spare.epoch"));
    }
    if feed.is_some_and(|feed| seq + BEHIND < feed.head) || text("/feed/state") != "connected" {
        return Line::fault(SPARE, found, locale::word(lang, "doctor-spare.behind"));
    }
    // What the pair says of itself, where one of them is the other's spare.
    match (text("/spare/role").as_str(), state.pointer("/spare/equal").and_then(Value::as_bool)) {
        ("", _) => Line::attention(SPARE, found, locale::word(lang, "doctor-spare.alone")),
        ("contested", _) => Line::fault(SPARE, found, locale::word(lang, "doctor-spare.contested")),
        (_, Some(false)) => {
            let words = Words::new("doctor-spare-differs").with("output", text("/spare/output"));
            Line::fault(SPARE, found, say(lang, &words))
        }
        // Nothing to compare with yet: the main machine may not be on.
        _ => Line::ok(SPARE, found),
    }
}

/// `GET /v1/state` of a remote control.
fn state_of(url: &str, token: Option<&str>) -> Result<Value, String> {
    let place = url.trim_start_matches("http://").trim_start_matches("ws://").trim_end_matches('/');
    let place = place.split('/').next().unwrap_or(place);
    let addr = place.to_socket_addrs().map_err(|error| error.to_string())?.next().ok_or("no address")?;
    let mut stream = TcpStream::connect_timeout(&addr, SPARE_WITHIN).map_err(|error| error.to_string())?;
    let ask = || -> io::Result<String> {
        stream.set_read_timeout(Some(SPARE_WITHIN))?;
        stream.set_write_timeout(Some(SPARE_WITHIN))?;
        let bearer = token.map_or_else(String::new, |token| format!("Authorization: Bearer {token}\r\n"));
        write!(stream, "GET /v1/state HTTP/1.1\r\nHost: {place}\r\n{bearer}Connection: close\r\n\r\n")?;
        let mut answer = Vec::new();
        stream.take(SPARE_BYTES).read_to_end(&mut answer)?;
        Ok(String::from_utf8_lossy(&answer).into_owned())
    };
    let answer = ask().map_err(|error| error.to_string())?;
    let (head, body) = answer.split_once("\r\n\r\n").ok_or("no HTTP answer")?;
    let status = head.split_whitespace().nth(1).unwrap_or_default();
    if status != "200" {
        return Err(format!("HTTP {status}"));
    }
    // Whatever stands round it, the state is one object.
    let (from, to) = body.find('{').zip(body.rfind('}')).ok_or("no JSON")?;
    serde_json::from_str(body.get(from..=to).unwrap_or_default()).map_err(|error| error.to_string())
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;
    use crate::{cli::doctor::line::Verdict, feed::ProblemCount};

    #[test]
    fn a_feed_that_is_told_the_token_in_clear_needs_attention() {
        let mut health = FeedHealth { url: "ws://10.0.0.5:9000".to_owned(), ..FeedHealth::default() };
        assert_eq!(answered(Lang::En, &health).verdict, Verdict::Ok);
        let last = FeedProblem::InClear { url: health.url.clone() };
        health.problems.push(ProblemCount { last, count: 1 });
        let line = answered(Lang::En, &health);
        assert_eq!(line.verdict, Verdict::Attention);
        assert!(line.todo.is_some_and(|todo| todo.contains("wss://")));
    }

    #[test]
    fn a_spare_that_is_not_there_is_a_fault_with_the_reason() {
        let free = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}", free.local_addr().unwrap());
        drop(free);
        let line = spare(Lang::En, &url, None, None);
        assert_eq!(line.verdict, Verdict::Fault);
        assert!(line.found.contains(&url) && line.todo.is_some(), "{line:?}");
    }

    #[test]
    fn a_spare_follows_another_show_only_where_one_has_begun() {
        use Verdict::{Fault, Ok};
        let feed = |head| FeedHealth { epoch: Some("final".to_owned()), head, ..FeedHealth::default() };
        let paired = |name: &str, seq: u64, head: u64| {
            let state = json!({
                "mode": "live", "name": name, "theme": "qingkong",
                "feed": { "state": "connected", "seq": seq }, "spare": { "role": "spare", "equal": true },
            });
            paired(Lang::En, "http://10.0.0.8:7432", &state, Some(&feed(head))).verdict
        };
        assert_eq!(paired("", 0, 0), Ok, "nothing has come yet");
        assert_eq!(paired("final", 7, 7), Ok);
        assert_eq!(paired("", 0, 3), Fault);
        assert_eq!(paired("yesterday", 0, 0), Fault);
        assert_eq!(paired("yesterday", 7, 7), Fault);
    }
}
