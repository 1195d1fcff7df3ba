//! RFC 6455 as far as a feed uses it: the cases of the Autobahn test suite for a client, against the real one.
//!
//! A case either leaves the connection as it was (what is sent after it arrives, pings are answered), or ends it with
//! the code that the standard asks for; then the client comes back and misses nothing.

use std::{net::TcpListener, thread};

use leitai::show::protocol::Envelope;

use crate::support::{
    frames::{Heard, Wire, frame},
    log::{line, log},
    probe::{Probe, options},
};

const EPOCH: &str = "2025-11-21-yantai";
const TEXT: u8 = 1;
const BINARY: u8 = 2;
const MORE: u8 = 0;
const CLOSE: u8 = 8;
const PING: u8 = 9;
const PONG: u8 = 10;

enum Ends {
    /// The connection lives; these pings were answered.
    Lives(Vec<Vec<u8>>),
    /// The client closes with this code, or with none.
    Closes(Option<u16>),
}

struct Case {
    name: String,
    /// Written one after the other.
    bytes: Vec<Vec<u8>>,
    ends: Ends,
}

fn case(name: impl Into<String>, bytes: Vec<Vec<u8>>, ends: Ends) -> Case {
    Case { name: name.into(), bytes, ends }
}

fn lives() -> Ends {
    Ends::Lives(vec![])
}

fn broken() -> Ends {
    Ends::Closes(Some(1002))
}

/// One byte after the other.
fn bytewise(bytes: &[u8]) -> Vec<Vec<u8>> {
    bytes.iter().map(|byte| vec![*byte]).collect()
}

fn event(seq: u64) -> String {
    line(&log(EPOCH, seq)[seq as usize - 1])
}

/// Event 1, filled up with blanks to so many bytes.
fn sized(len: usize) -> Vec<u8> {
    let mut text = event(1).into_bytes();
    text.resize(len, b' ');
    text
}

/// In frames of so many bytes.
fn fragments(text: &[u8], len: usize) -> Vec<Vec<u8>> {
    let last = text.len().div_ceil(len) - 1;
    let fragment = |(n, part): (usize, &[u8])| frame(n == last, 0, if n == 0 { TEXT } else { MORE }, part);
    text.chunks(len).enumerate().map(fragment).collect()
}

/// A title with any text, as event 1.
fn titled(title: &str) -> Vec<u8> {
    let data = serde_json::json!({"kind": "message", "title": title});
    let wire = serde_json::json!({"v": 1, "epoch": EPOCH, "seq": 1, "at": 1, "type": "slate.shown", "data": data});
    serde_json::to_vec(&wire).unwrap()
}

/// 1 and 9: lengths and portions. 5: fragments.
fn framing() -> Vec<Case> {
    let mut cases = vec![];
    for len in [0, 1, 125, 126, 127, 128] {
        cases.push(case(format!("1.1 text of {len}"), vec![frame(true, 0, TEXT, &vec![b' '; len])], lives()));
    }
    for len in [1_000, 65_535, 65_536, 256 * 1024, 1024 * 1024] {
        cases.push(case(format!("1.1 event of {len}"), vec![frame(true, 0, TEXT, &sized(len))], lives()));
    }
    for len in [0, 125, 126, 127, 128, 65_535, 65_536] {
        cases.push(case(format!("1.2 binary of {len}"), vec![frame(true, 0, BINARY, &vec![0xFE; len])], lives()));
    }
    let whole = frame(true, 0, TEXT, &sized(65_536));
    cases.push(case("1.1.8 in portions", whole.chunks(997).map(<[u8]>::to_vec).collect(), lives()));
    let beyond = frame(true, 0, TEXT, &sized(1024 * 1024 + 1));
    cases.push(case("9 beyond a message", vec![beyond], lives()));
    let mut huge = vec![0x81, 127];
    huge.extend((1_u64 << 62).to_be_bytes());
    cases.push(case("9 a length that no memory holds", vec![huge], Ends::Closes(Some(1009))));
    let endless = std::iter::once(frame(false, 0, TEXT, b"{"));
    let endless = endless.chain((0..17).map(|_| frame(false, 0, MORE, &vec![b' '; 1024 * 1024]))).collect();
    cases.push(case("9 a message that never ends", endless, Ends::Closes(Some(1009))));
    for len in [64, 256, 1_000, 4_096] {
        cases.push(case(format!("9.3 fragments of {len}"), fragments(&sized(256 * 1024), len), lives()));
    }

    let ping = || frame(true, 0, PING, b"ping");
    let ponged = || Ends::Lives(vec![b"ping".to_vec()]);
    let two = || fragments(&sized(1_000), 500);
    let with = |at: usize, what: Vec<u8>| {
        let mut frames = fragments(&sized(1_000), 250);
        frames.insert(at, what);
        frames
    };
    cases.push(case(
        "5.1 a ping in fragments",
        vec![frame(false, 0, PING, b"a"), frame(true, 0, MORE, b"b")],
        broken(),
    ));
    cases.push(case(
        "5.2 a pong in fragments",
        vec![frame(false, 0, PONG, b"a"), frame(true, 0, MORE, b"b")],
        broken(),
    ));
    cases.push(case("5.3 two fragments", two(), lives()));
    cases.push(case("5.4 two at once", vec![two().concat()], lives()));
    cases.push(case("5.5 two bytewise", bytewise(&two().concat()), lives()));
    cases.push(case("5.6 a ping between", with(1, ping()), ponged()));
    cases.push(case("5.7 at once", vec![with(1, ping()).concat()], ponged()));
    cases.push(case("5.8 bytewise", bytewise(&with(1, ping()).concat()), ponged()));
    for fin in [true, false] {
        cases.push(case(format!("5.9 a continuation of nothing, {fin}"), vec![frame(fin, 0, MORE, b"a")], broken()));
        let after = [two().concat(), frame(fin, 0, MORE, b"a")].concat();
        cases.push(case(format!("5.15 and behind a message, {fin}"), vec![after], broken()));
    }
    let text = frame(true, 0, TEXT, b"{}");
    cases.push(case("5.18 a text within a text", vec![frame(false, 0, TEXT, b"{"), text], broken()));
    let mut twice = with(1, ping());
    twice.insert(3, ping());
    cases.push(case("5.19 two pings between", twice, Ends::Lives(vec![b"ping".to_vec(); 2])));
    let empty = [frame(false, 0, TEXT, b""), frame(false, 0, MORE, &sized(500)), frame(true, 0, MORE, b"")];
    cases.push(case("6.1 empty fragments", empty.to_vec(), lives()));
    cases
}

/// 2: pings and pongs. 3: reserved bits. 4: reserved kinds.
fn control() -> Vec<Case> {
    let mut cases = vec![];
    let ping = |payload: &[u8]| frame(true, 0, PING, payload);
    for payload in [&b""[..], b"Hello, world!", b"\x00\xff\xfe\xfd", &[0xFE; 125]] {
        let pongs = || Ends::Lives(vec![payload.to_vec()]);
        cases.push(case(format!("2.1 a ping of {}", payload.len()), vec![ping(payload)], pongs()));
        cases.push(case(format!("2.6 bytewise, {}", payload.len()), bytewise(&ping(payload)), pongs()));
    }
    cases.push(case("2.5 a ping of 126", vec![ping(&[0xFE; 126])], broken()));
    cases.push(case("2.7 a pong nobody asked for", vec![frame(true, 0, PONG, b"")], lives()));
    cases.push(case("2.8 with a payload", vec![frame(true, 0, PONG, b"unasked")], lives()));
    let both = vec![frame(true, 0, PONG, b"unasked"), ping(b"asked")];
    cases.push(case("2.9 and a ping", both, Ends::Lives(vec![b"asked".to_vec()])));
    let ten: Vec<Vec<u8>> = (0..10).map(|n| format!("payload-{n}").into_bytes()).collect();
    let pings: Vec<Vec<u8>> = ten.iter().map(|payload| ping(payload)).collect();
    cases.push(case("2.10 ten pings", pings.clone(), Ends::Lives(ten.clone())));
    cases.push(case("2.11 ten bytewise", bytewise(&pings.concat()), Ends::Lives(ten)));
    for rsv in 1..8 {
        for (opcode, payload) in [(TEXT, &b"{}"[..]), (BINARY, b"x"), (PING, b"x"), (PONG, b"x"), (CLOSE, b"\x03\xe8")]
        {
            cases.push(case(format!("3 bits {rsv} on {opcode}"), vec![frame(true, rsv, opcode, payload)], broken()));
        }
    }
    for opcode in (3..8).chain(11..16) {
        for payload in [&b""[..], b"reserved"] {
            cases.push(case(
                format!("4 kind {opcode}, {} bytes", payload.len()),
                vec![frame(true, 0, opcode, payload)],
                broken(),
            ));
        }
    }
    cases.push(case("RFC 5.1 a masked frame", vec![vec![0x81, 0x80, 1, 2, 3, 4]], broken()));
    cases
}

/// 6: UTF-8, whole, in fragments, byte by byte, and what is none.
fn utf8() -> Vec<Case> {
    let mut cases = vec![];
    let invalid = || Ends::Closes(Some(1007));
    for title in
        ["κόσμε", "Hello-µ@ßöäüàá-UTF-8!!", "\u{7ff}\u{800}\u{ffff}\u{10000}\u{10ffff}", "\u{d7ff}\u{e000}\u{fffd}"]
    {
        let text = titled(title);
        cases.push(case(format!("6.2 {title}"), vec![frame(true, 0, TEXT, &text)], lives()));
        // Every fragment boundary falls within a character somewhere.
        for len in 1..4 {
            cases.push(case(format!("6.2 {title} by {len}"), fragments(&text, len), lives()));
        }
        cases.push(case(format!("6.2 {title} bytewise"), bytewise(&frame(true, 0, TEXT, &text)), lives()));
    }
    let wrong: [&[u8]; 22] = [
        b"\xce\xba\xe1\xbd\xb9\xcf\x83\xce\xbc\xce\xb5\xed\xa0\x80edited",
        b"\x80",
        b"\xbf",
        b"\x80\xbf\x80",
        b"\xc0 \xc1 ",
        b"\xe0 ",
        b"\xf0 ",
        b"\xf8 ",
        b"\xfc ",
        b"\xc0",
        b"\xe0\x80",
        b"\xf0\x80\x80",
        b"\xfe",
        b"\xff",
        b"\xc0\xaf",
        b"\xe0\x80\xaf",
        b"\xf0\x80\x80\xaf",
        b"\xc1\xbf",
        b"\xed\xa0\x80",
        b"\xed\xbf\xbf",
        b"\xf4\x90\x80\x80",
        b"\xf8\x88\x80\x80\x80",
    ];
    for bytes in wrong {
        cases.push(case(format!("6.3 {bytes:x?}"), vec![frame(true, 0, TEXT, bytes)], invalid()));
        cases.push(case(format!("6.3 {bytes:x?} bytewise"), bytewise(&frame(true, 0, TEXT, bytes)), invalid()));
        let parts = vec![frame(false, 0, TEXT, b"\xce\xba"), frame(false, 0, MORE, bytes), frame(true, 0, MORE, b"x")];
        cases.push(case(format!("6.4 {bytes:x?} in a fragment"), parts, invalid()));
    }
    let torn = vec![frame(false, 0, TEXT, b"{"), frame(true, 0, MORE, b"\xce")];
    cases.push(case("6.14 a character that does not end", torn, invalid()));
    cases
}

/// 7: how a connection is closed.
fn closing() -> Vec<Case> {
    let mut cases = vec![];
    let close = |payload: &[u8]| frame(true, 0, CLOSE, payload);
    let with = |code: u16, reason: &[u8]| close(&[&code.to_be_bytes()[..], reason].concat());
    let same = |code| Ends::Closes(Some(code));
    let text = || frame(true, 0, TEXT, event(1).as_bytes());
    cases.push(case("7.1.1 behind an event", vec![text(), with(1000, b"")], same(1000)));
    cases.push(case("7.1.2 twice", vec![with(1000, b""), with(1000, b"")], same(1000)));
    cases.push(case("7.1.3 a ping behind it", vec![with(1000, b""), frame(true, 0, PING, b"x")], same(1000)));
    cases.push(case("7.1.4 an event behind it", vec![with(1000, b""), text()], same(1000)));
    let within = vec![frame(false, 0, TEXT, b"{"), with(1000, b""), frame(true, 0, MORE, b"}")];
    cases.push(case("7.1.5 within a message", within, same(1000)));
    cases.push(case("7.3.1 without a code", vec![close(b"")], Ends::Closes(None)));
    cases.push(case("7.3.2 half a code", vec![close(b"\x03")], broken()));
    cases.push(case("7.3.4 a reason", vec![with(1000, "结束".as_bytes())], same(1000)));
    cases.push(case("7.3.5 the longest", vec![with(1000, &[b'*'; 123])], same(1000)));
    cases.push(case("7.3.6 beyond it", vec![with(1000, &[b'*'; 124])], broken()));
    cases.push(case("7.5.1 a reason that is no UTF-8", vec![with(1000, b"\xce\xba\xed\xa0\x80")], same(1007)));
    for code in [1000, 1001, 1002, 1003, 1007, 1008, 1009, 1010, 1011, 3000, 3999, 4000, 4999] {
        cases.push(case(format!("7.7 code {code}"), vec![with(code, b"")], same(code)));
    }
    for code in [0, 999, 1004, 1005, 1006, 1016, 1100, 2000, 2999] {
        cases.push(case(format!("7.9 code {code}"), vec![with(code, b"")], broken()));
    }
    cases
}

/// Plays the case to a real client; what did not come out as it should.
fn play(case: &Case) -> Result<(), String> {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let url = format!("ws://{}", listener.local_addr().unwrap());
    let events = log(EPOCH, 3);
    let mut probe = Probe::start(options(&url));
    thread::scope(|scope| {
        let server = scope.spawn(|| serve(&listener, case, &events));
        probe.until_seq(3);
        probe.feed.stop();
        server.join().unwrap()
    })?;
    let reconnects = probe.feed.health().reconnects;
    let lived = matches!(case.ends, Ends::Lives(_));
    if (reconnects == 0) == lived { Ok(()) } else { Err(format!("{reconnects} reconnects")) }
}

/// The server's side of it.
fn serve(listener: &TcpListener, case: &Case, events: &[Envelope]) -> Result<(), String> {
    let mut wire = greeted(listener, events.len());
    case.bytes.iter().for_each(|bytes| wire.send(bytes));
    let expected = match &case.ends {
        Ends::Lives(pongs) => {
            for pong in pongs {
                let answer = hear(&mut wire);
                if answer != Heard::Pong(pong.clone()) {
                    return Err(format!("{answer:?} instead of {pong:?}"));
                }
            }
            events.iter().for_each(|env| wire.text(&line(env)));
            listen(&mut wire);
            return Ok(());
        }
        Ends::Closes(code) => Heard::Close(*code),
    };
    let answer = hear(&mut wire);
    drop(wire);
    // It comes back, whatever it said.
    let mut again = greeted(listener, events.len());
    events.iter().for_each(|env| again.text(&line(env)));
    listen(&mut again);
    if answer == expected { Ok(()) } else { Err(format!("{answer:?} instead of {expected:?}")) }
}

fn greeted(listener: &TcpListener, head: usize) -> Wire {
    let mut wire = Wire::accept(listener);
    assert!(matches!(wire.hear(), Heard::Text(hello) if hello.contains("hello")));
    wire.text(&format!(
        r#"{{"type":"welcome","protocol":1,"epoch":"{EPOCH}","head":{head},"mode":"resume","server_time":1}}"#
    ));
    wire
}

/// What the client says besides its own pings.
fn hear(wire: &mut Wire) -> Heard {
    loop {
        match wire.hear() {
            Heard::Text(_) | Heard::Ping => {}
            said => return said,
        }
    }
}

/// Until the client goes.
fn listen(wire: &mut Wire) {
    while !matches!(wire.hear(), Heard::Gone | Heard::Close(_)) {}
}

#[test]
fn the_cases_of_autobahn_hold() {
    let cases: Vec<Case> = [framing(), control(), utf8(), closing()].into_iter().flatten().collect();
    let wrong = |case: &Case| play(case).err().map(|why| format!("{}: {why}", case.name));
    let wrong: Vec<String> = cases.iter().filter_map(wrong).collect();
    println!("{} cases, {} of them not as they should be", cases.len(), wrong.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}
