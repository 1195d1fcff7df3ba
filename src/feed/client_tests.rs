//! Dialling against addresses, names and certificates of every kind.

use std::net::{Ipv4Addr, SocketAddr};

use tokio::{
    io::{DuplexStream, duplex},
    time::{Instant, sleep},
};

use super::{super::net::Tcp, *};
use crate::locale::{self, Lang};

/// What an address of a host does.
#[derive(Clone, Copy)]
enum At {
    Nowhere,
    Refused,
    Here,
}

/// A network on which a name takes so long to be found, and its addresses are these.
struct Far(Duration, &'static [At]);

impl Net for Far {
    type Stream = DuplexStream;

    async fn addresses(&self, _host: &str, port: u16) -> io::Result<Vec<SocketAddr>> {
        sleep(self.0).await;
        Ok((0..self.1.len()).map(|n| (Ipv4Addr::new(10, 0, 0, n as u8), port).into()).collect())
    }

    async fn connect(&self, addr: SocketAddr) -> io::Result<DuplexStream> {
        let IpAddr::V4(addr) = addr.ip() else { panic!("{addr}") };
        match self.1[addr.octets()[3] as usize] {
            At::Nowhere => std::future::pending().await,
            At::Refused => Err(io::ErrorKind::ConnectionRefused.into()),
            At::Here => Ok(duplex(64).0),
        }
    }
}

/// How long it takes to reach the host, in tenths of a second, and why it cannot be.
async fn reached(found_after_s: u64, at: &'static [At]) -> (u128, Option<FeedProblem>) {
    let found_after = Duration::from_secs(found_after_s);
    let dialer = Dialer::new(Far(found_after, at), &FeedOptions::new("ws://scores.example")).unwrap();
    let began = Instant::now();
    let problem = dialer.reach().await.err();
    (began.elapsed().as_millis() / 100, problem)
}

#[tokio::test(start_paused = true)]
async fn neither_a_slow_look_up_nor_a_dead_address_takes_the_time_of_the_next() {
    use At::*;
    assert_eq!(reached(5, &[Here]).await, (50, None));
    assert_eq!(reached(0, &[Nowhere, Refused, Here]).await, (8, None));
    assert_eq!(reached(9, &[Nowhere, Nowhere, Here]).await, (106, None));
    let (after, problem) = reached(0, &[Refused, Nowhere]).await;
    assert!(after == 8 && matches!(problem, Some(FeedProblem::Late { within_ms: 800, .. })), "{problem:?}");
    let (after, problem) = reached(0, &[Nowhere, Refused]).await;
    assert!(after == 8 && matches!(problem, Some(FeedProblem::Unreachable { .. })), "{problem:?}");
    let (after, problem) = reached(30, &[Here]).await;
    assert!(after == 100 && matches!(problem, Some(FeedProblem::Late { within_ms: 10_000, .. })), "{problem:?}");
    assert!(matches!(reached(0, &[]).await.1, Some(FeedProblem::Unreachable { .. })));
}

fn refused(url: &str) -> String {
    Dialer::new(Tcp, &FeedOptions::new(url)).err().map_or_else(String::new, |error| error.to_string())
}

#[test]
fn an_address_is_checked_before_the_network() {
    assert!(refused("http://host/").contains("does not begin with ws://"));
    assert!(refused("ws://").contains("address"));
    let secret = refused("ws://anna:hunter2@host/");
    assert!(secret.contains("--token-file") && !secret.contains("hunter2"));
    let secret = refused("wss://host/show?a=b&access_token=hunter2");
    assert!(secret.contains("--token-file") && !secret.contains("hunter2"));
    let dialer = Dialer::new(Tcp, &FeedOptions::new("ws://host:8700/show?key=hunter2")).unwrap();
    assert_eq!(dialer.shown, "ws://host:8700/show");
}

#[test]
fn a_token_that_no_header_may_carry_is_named_without_being_shown() {
    let mut options = FeedOptions::new("ws://host");
    options.token = Some(Token::new("hun\nter2"));
    let refused = Dialer::new(Tcp, &options).err().map(|error| error.to_string()).unwrap();
    assert!(refused.contains("token") && !refused.contains("hun"));
}

#[test]
fn a_token_that_would_cross_a_network_in_clear_is_told() {
    let told = |url: &str, token: Option<&str>| {
        let options = FeedOptions { token: token.map(Token::new), ..FeedOptions::new(url) };
        Dialer::new(Tcp, &options).unwrap().in_clear()
    };
    for url in ["ws://scores.example/feed", "ws://192.168.1.20:9000", "ws://[fe80::1]:9000"] {
        assert!(matches!(told(url, Some("hunter2")), Some(FeedProblem::InClear { .. })), "{url}");
        assert_eq!(told(url, None), None, "{url}");
    }
    for url in ["ws://127.0.0.1:9000", "ws://localhost:9000", "ws://[::1]:9000", "wss://scores.example/feed"] {
        assert_eq!(told(url, Some("hunter2")), None, "{url}");
    }
}

#[test]
fn what_is_wrong_with_a_certificate_is_said_in_both_languages() {
    use CertificateError as Fault;
    let dialer = Dialer::new(Tcp, &FeedOptions::new("wss://10.0.0.5")).unwrap();
    let told = |fault| {
        let problem = dialer.untrusted(&rustls::Error::InvalidCertificate(fault));
        assert!(problem.to_string().contains("is not accepted (it"), "{problem}");
        assert_eq!(locale::tell(Lang::En, &problem), problem.to_string());
        locale::tell(Lang::Zh, &problem).replace("wss://10.0.0.5/", "")
    };
    for fault in [Fault::Revoked, Fault::BadEncoding, Fault::BadSignature, Fault::InvalidPurpose] {
        let zh = told(fault);
        assert!(!zh.contains(|sign: char| sign.is_ascii_alphabetic()), "{zh}");
    }
    assert!(told(Fault::UnhandledCriticalExtension).contains("不合规范：UnhandledCriticalExtension"));
}

#[test]
fn a_ca_file_without_a_certificate_is_named() {
    let mut options = FeedOptions::new("wss://host");
    options.ca = Some("no/such/file.pem".into());
    assert!(Dialer::new(Tcp, &options).err().unwrap().to_string().contains("no/such/file.pem"));
}
