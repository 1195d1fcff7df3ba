//! A server that sends WebSocket frames byte by byte, right or wrong, and hears what the client answers.

#![expect(clippy::expect_used, clippy::unwrap_used, reason = "a test stops at the first surprise")]

use std::{
    io::{Read, Write},
    net::{TcpListener, TcpStream},
    time::Duration,
};

use tokio_tungstenite::tungstenite::handshake::derive_accept_key;

/// A frame of a server: not masked. `rsv` are the three reserved bits.
pub fn frame(fin: bool, rsv: u8, opcode: u8, payload: &[u8]) -> Vec<u8> {
    let mut bytes = vec![u8::from(fin) << 7 | rsv << 4 | opcode];
    match payload.len() {
        len @ 0..126 => bytes.push(len as u8),
        len @ 126..65536 => {
            bytes.push(126);
            bytes.extend((len as u16).to_be_bytes());
        }
        len => {
            bytes.push(127);
            bytes.extend((len as u64).to_be_bytes());
        }
    }
    bytes.extend(payload);
    bytes
}

/// What the client said.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Heard {
    Text(String),
    Ping,
    Pong(Vec<u8>),
    /// With its code, where it has one.
    Close(Option<u16>),
    /// The connection has ended.
    Gone,
}

/// A connection after its handshake.
pub struct Wire(TcpStream);

impl Wire {
    /// Waits for a client and shakes hands.
    pub fn accept(listener: &TcpListener) -> Self {
        let (mut stream, _) = listener.accept().expect("a client");
        stream.set_nodelay(true).unwrap();
        stream.set_read_timeout(Some(Duration::from_secs(20))).unwrap();
        let mut request = vec![];
        while !request.ends_with(b"\r\n\r\n") {
            let mut byte = [0];
            stream.read_exact(&mut byte).expect("a request");
            request.push(byte[0]);
        }
        let request = String::from_utf8(request).unwrap();
        let header = |name: &str| {
            let line = request.lines().find(|line| line.to_ascii_lowercase().starts_with(name)).expect("a header");
            line.split_once(':').unwrap().1.trim().to_owned()
        };
        let answer = format!(
            "HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n\
             Sec-WebSocket-Accept: {}\r\nSec-WebSocket-Protocol: {}\r\n\r\n",
            derive_accept_key(header("sec-websocket-key:").as_bytes()),
            header("sec-websocket-protocol:"),
        );
        stream.write_all(answer.as_bytes()).unwrap();
        Self(stream)
    }

    /// Sends these bytes. A client that has gone already does not mind.
    pub fn send(&mut self, bytes: &[u8]) {
        let _gone = self.0.write_all(bytes).is_err();
    }

    pub fn text(&mut self, text: &str) {
        self.send(&frame(true, 0, 1, text.as_bytes()));
    }

    /// The client's next frame.
    pub fn hear(&mut self) -> Heard {
        let mut head = [0; 2];
        if self.0.read_exact(&mut head).is_err() {
            return Heard::Gone;
        }
        assert!(head[0] & 0x80 != 0 && head[0] & 0x70 == 0, "the client sends whole frames without reserved bits");
        assert!(head[1] & 0x80 != 0, "the client masks");
        let mut long = [0; 8];
        let len = match head[1] & 0x7F {
            126 => {
                self.0.read_exact(&mut long[6..]).unwrap();
                u64::from_be_bytes(long) as usize
            }
            127 => {
                self.0.read_exact(&mut long).unwrap();
                u64::from_be_bytes(long) as usize
            }
            len => len as usize,
        };
        let (mut mask, mut payload) = ([0; 4], vec![0; len]);
        self.0.read_exact(&mut mask).unwrap();
        self.0.read_exact(&mut payload).unwrap();
        payload.iter_mut().zip(mask.iter().cycle()).for_each(|(byte, mask)| *byte ^= mask);
        match head[0] & 0x0F {
            1 => Heard::Text(String::from_utf8(payload).unwrap()),
            8 => Heard::Close(payload.get(..2).map(|code| u16::from_be_bytes([code[0], code[1]]))),
            9 => Heard::Ping,
            10 => Heard::Pong(payload),
            other => panic!("the client sent a frame of kind {other}"),
        }
    }
}
