//! The least there is to ask a desk over HTTP: one request a connection, its answer read to the end.

#![allow(clippy::expect_used, reason = "the helpers of a test are part of it: they may stop at the first surprise")]

use std::{
    io::{Read, Write},
    net::{SocketAddr, TcpStream},
    time::Duration,
};

use serde_json::Value;

/// What came back.
#[derive(Clone, Debug)]
pub struct Reply {
    pub status: u16,
    /// Status line and headers.
    pub head: String,
    pub body: Value,
}

impl Reply {
    /// The word for programs of a refusal.
    pub fn code(&self) -> &str {
        self.body["error"]["code"].as_str().unwrap_or_default()
    }
}

/// Asks with these headers besides `Host`.
pub fn ask(addr: SocketAddr, method: &str, path: &str, headers: &[(&str, &str)], body: &str) -> Reply {
    let mut head = format!("{method} {path} HTTP/1.1\r\nConnection: close\r\nContent-Length: {}\r\n", body.len());
    if !headers.iter().any(|(name, _)| name.eq_ignore_ascii_case("host")) {
        head += &format!("Host: {addr}\r\n");
    }
    for (name, value) in headers {
        head += &format!("{name}: {value}\r\n");
    }
    let mut line = TcpStream::connect(addr).expect("the desk listens");
    line.set_read_timeout(Some(Duration::from_secs(60))).expect("a timeout");
    line.write_all(format!("{head}\r\n{body}").as_bytes()).expect("the desk reads");
    let mut said = Vec::new();
    line.read_to_end(&mut said).expect("the desk answers");
    let said = String::from_utf8(said).expect("the answer is text");
    let (head, body) = said.split_once("\r\n\r\n").expect("the answer has a head");
    let status = head.split(' ').nth(1).and_then(|status| status.parse().ok()).expect("the answer has a status");
    Reply { status, head: head.to_owned(), body: serde_json::from_str(body).unwrap_or_default() }
}

/// The same with a bearer token.
pub fn ask_as(addr: SocketAddr, token: &str, method: &str, path: &str, body: &str) -> Reply {
    ask(addr, method, path, &[("Authorization", &format!("Bearer {token}"))], body)
}
