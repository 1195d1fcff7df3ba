//! Who may ask at all: the host it was reached under, the page that sent it, and the token.

use std::net::{IpAddr, SocketAddr};

use axum::http::{
    HeaderMap, Uri,
    header::{AUTHORIZATION, HOST, HeaderName, ORIGIN},
};

use tokio::time::Instant;

use super::{
    role::{Role, Tokens},
    strikes::Strikes,
    turned::{Turned, quoted},
};

/// What is asked of every request, before anything else.
pub(super) struct Gate {
    tokens: Tokens,
    strikes: Strikes,
    /// Where it listens.
    own: SocketAddr,
}

/// What a request has shown.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shown {
    Token(Role),
    /// None yet: a WebSocket client may say it first thing.
    Nothing,
}

impl Gate {
    pub fn new(tokens: Tokens, own: SocketAddr) -> Self {
        Self { tokens, strikes: Strikes::default(), own }
    }

    /// Whether some may only look.
    pub const fn has_viewers(&self) -> bool {
        self.tokens.view.is_some()
    }

    /// Looks at a request of `who`.
    ///
    /// # Errors
    /// A name it does not go by (a foreign page that has its own name point here), a foreign page, a token in the URL
    /// or a wrong one.
    pub fn pass(&self, who: IpAddr, headers: &HeaderMap, uri: &Uri) -> Result<Shown, Turned> {
        let host = text(headers, &HOST).or_else(|| uri.authority().map(|host| host.as_str().to_owned()));
        let host = host.unwrap_or_default();
        if !self.goes_by(&host) {
            return Err(Turned::Host { host: quoted(&host) });
        }
        if let Some(origin) = text(headers, &ORIGIN)
            && !origin.strip_prefix("http://").is_some_and(|page| page.eq_ignore_ascii_case(&host))
        {
            return Err(Turned::Origin { origin: quoted(&origin) });
        }
        let is_token =
            |pair: &str| pair.split('=').next().is_some_and(|name| name.to_ascii_lowercase().contains("token"));
        if uri.query().is_some_and(|query| query.split('&').any(is_token)) {
            return Err(Turned::TokenInUrl);
        }
        let Some(said) = headers.get(AUTHORIZATION) else { return Ok(Shown::Nothing) };
        let said = said.as_bytes();
        match said.split_at_checked(BEARER.len()) {
            Some((scheme, token)) if scheme.eq_ignore_ascii_case(BEARER) => {
                self.admit(who, token.trim_ascii()).map(Shown::Token)
            }
            _ => Err(Turned::WrongToken),
        }
    }

    /// What a token opens that `who` says.
    ///
    /// # Errors
    /// A wrong one, or one that is not looked at yet because too many wrong ones came from there.
    pub fn admit(&self, who: IpAddr, token: &[u8]) -> Result<Role, Turned> {
        let now = Instant::now();
        if let Some(left) = self.strikes.wait(who, now) {
            return Err(Turned::Guessing { seconds: left.as_secs() + 1 });
        }
        self.tokens.role(token).ok_or_else(|| {
            self.strikes.wrong(who, token, now);
            Turned::WrongToken
        })
    }

    /// A name can be made to point anywhere, an address cannot: besides `localhost` only addresses are own names, and
    /// of a server that listens on this machine alone only this machine's.
    fn goes_by(&self, host: &str) -> bool {
        let name = match host.rsplit_once(':') {
            Some((name, port)) if port.bytes().all(|byte| byte.is_ascii_digit()) => name,
            _ => host,
        };
        if name.eq_ignore_ascii_case("localhost") {
            return true;
        }
        let bare = name.strip_prefix('[').and_then(|name| name.strip_suffix(']')).unwrap_or(name);
        bare.parse::<IpAddr>().is_ok_and(|addr| addr.is_loopback() || !self.own.ip().is_loopback())
    }
}

const BEARER: &[u8] = b"Bearer ";

/// A header that is there once; one that is there twice is none of a sane client's.
fn text(headers: &HeaderMap, name: &HeaderName) -> Option<String> {
    let all: Vec<_> = headers.get_all(name).iter().map(|value| String::from_utf8_lossy(value.as_bytes())).collect();
    (!all.is_empty()).then(|| all.join(", "))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::feed::Token;

    const WHO: IpAddr = IpAddr::V4(std::net::Ipv4Addr::LOCALHOST);

    fn gate(own: &str) -> Gate {
        let (operate, view) = (Token::new("0123456789abcdef"), Some(Token::new("viewers-may-look")));
        Gate::new(Tokens { operate, view }, own.parse().unwrap())
    }

    fn pass(own: &str, headers: &[(HeaderName, &str)], uri: &str) -> Result<Shown, Turned> {
        let headers = headers.iter().map(|(name, value)| (name.clone(), value.parse().unwrap())).collect();
        gate(own).pass(WHO, &headers, &uri.parse().unwrap())
    }

    const OWN: &str = "127.0.0.1:7432";

    #[test]
    fn only_its_own_names_are_answered_to() {
        for host in ["127.0.0.1:7432", "localhost:7432", "LOCALHOST", "[::1]:7432", "127.0.0.1"] {
            assert_eq!(pass(OWN, &[(HOST, host)], "/"), Ok(Shown::Nothing), "{host}");
        }
        for host in [
            "evil.example",
            "evil.example:7432",
            "127.0.0.1.evil.example",
            "192.168.1.5:7432",
            "",
            "localhost.",
            "127.0.0.1:x",
            "[::1",
        ] {
            assert!(matches!(pass(OWN, &[(HOST, host)], "/"), Err(Turned::Host { .. })), "{host}");
        }
        assert!(matches!(pass(OWN, &[], "/"), Err(Turned::Host { .. })));
        // Two are none of its own, though each would be.
        for host in ["localhost", OWN] {
            let both = Err(Turned::Host { host: format!("{host}, {host}") });
            assert_eq!(pass(OWN, &[(HOST, host), (HOST, host)], "/"), both);
        }
        assert_eq!(pass("0.0.0.0:7432", &[(HOST, "192.168.1.5:7432")], "/"), Ok(Shown::Nothing));
        assert!(matches!(pass("0.0.0.0:7432", &[(HOST, "evil.example")], "/"), Err(Turned::Host { .. })));
    }

    #[test]
    fn no_foreign_page_may_ask() {
        let with = |origin| pass(OWN, &[(HOST, OWN), (ORIGIN, origin)], "/");
        assert_eq!(with("http://127.0.0.1:7432"), Ok(Shown::Nothing));
        for origin in [
            "http://evil.example",
            "null",
            "http://127.0.0.1:3000",
            "https://127.0.0.1:7432",
            "http://127.0.0.1:74321",
            "file://",
            "",
        ] {
            assert!(matches!(with(origin), Err(Turned::Origin { .. })), "{origin}");
        }
    }

    #[test]
    fn the_token_comes_in_its_header_and_nowhere_else() {
        let with = |said| pass(OWN, &[(HOST, OWN), (AUTHORIZATION, said)], "/v1/state");
        assert_eq!(with("Bearer 0123456789abcdef"), Ok(Shown::Token(Role::Operate)));
        assert_eq!(with("bearer 0123456789abcdef"), Ok(Shown::Token(Role::Operate)));
        assert_eq!(with("Bearer viewers-may-look"), Ok(Shown::Token(Role::View)));
        for said in ["Bearer 0123456789abcdeF", "Bearer ", "Bearer", "", "Basic 0123456789abcdef", "0123456789abcdef"] {
            assert_eq!(with(said), Err(Turned::WrongToken), "{said}");
        }
        for uri in ["/v1/state?token=0123456789abcdef", "/v1/state?a=b&Access_Token=x"] {
            assert_eq!(
                pass(OWN, &[(HOST, OWN), (AUTHORIZATION, "Bearer 0123456789abcdef")], uri),
                Err(Turned::TokenInUrl)
            );
        }
    }

    #[test]
    fn who_guesses_is_not_looked_at_even_when_right_and_others_are() {
        let gate = gate(OWN);
        for n in 0..6 {
            assert_eq!(gate.admit(WHO, format!("guess {n}").as_bytes()), Err(Turned::WrongToken));
        }
        assert!(matches!(gate.admit(WHO, b"0123456789abcdef"), Err(Turned::Guessing { seconds: 1..=2 })));
        let other = IpAddr::from([10, 0, 0, 9]);
        assert_eq!(gate.admit(other, b"0123456789abcdef"), Ok(Role::Operate));
    }
}
