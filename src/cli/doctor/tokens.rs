//! The files of tonight's tokens: each is there, nobody else reads it, and it lasts.

use std::path::Path;

use serde_json::Value;

use super::line::{Line, Verdict, say};
use crate::{
    app::stamp::wall_us,
    control::{self, ControlError},
    feed::{Token, TokenError},
    locale::{self, Lang},
    show::told::Words,
};

/// The name of every line on a token.
pub(super) const TOKEN: &str = "doctor-token";
/// A token that ends in so short a time ends in the show, s.
const LASTS_S: u64 = 12 * 3600;

/// A file with a token that opens a remote control: one that could be guessed is refused there.
pub(super) fn opener(lang: Lang, path: &Path) -> Line {
    let line = token(lang, path);
    match control::token(Some(path)) {
        Err(error @ ControlError::TokenShort { .. }) if line.verdict != Verdict::Fault => {
            Line::fault(TOKEN, locale::tell(lang, &error), locale::word(lang, "doctor-token.longer"))
        }
        _ => line,
    }
}

/// A file with a secret: it is there, nobody else reads it, and it lasts.
pub(super) fn token(lang: Lang, path: &Path) -> Line {
    let what = TOKEN;
    let name = path.display().to_string();
    let token = match Token::read(path) {
        Ok(token) => token,
        Err(TokenError::Read { error, .. }) => {
            return Line::fault(what, format!("{name}: {error}"), locale::word(lang, "doctor-token.mend"));
        }
        Err(TokenError::Open { .. }) => {
            let words = Words::new("doctor-token-open").with("file", &name);
            return Line::fault(what, name, say(lang, &words));
        }
        Err(TokenError::Empty { .. }) => return Line::fault(what, name, locale::word(lang, "doctor-token.empty")),
    };
    let text = token.secret();
    if !text.bytes().all(|byte| byte.is_ascii_graphic()) {
        return Line::fault(what, name, locale::word(lang, "doctor-token.empty"));
    }
    let now_s = u64::try_from(wall_us() / 1_000_000).unwrap_or(0);
    match expires_s(text) {
        Some(at_s) if at_s <= now_s => Line::fault(what, name, locale::word(lang, "doctor-token.expired")),
        Some(at_s) if at_s <= now_s + LASTS_S => {
            let words = Words::new("doctor-token-ends").with("minutes", (at_s - now_s) / 60);
            Line::attention(what, name, say(lang, &words))
        }
        _ => Line::ok(what, name),
    }
}

/// When a token that says so (a JWT's `exp`) ends, s since the Unix epoch.
fn expires_s(token: &str) -> Option<u64> {
    let [_, claims, _] = token.split('.').collect::<Vec<_>>().try_into().ok()?;
    let mut bits = 0_u32;
    let (mut held, mut bytes) = (0, Vec::new());
    for sign in claims.bytes() {
        let six = match sign {
            b'A'..=b'Z' => sign - b'A',
            b'a'..=b'z' => sign - b'a' + 26,
            b'0'..=b'9' => sign - b'0' + 52,
            b'-' => 62,
            b'_' => 63,
            _ => return None,
        };
        bits = bits << 6 | u32::from(six);
        held += 6;
        if held >= 8 {
            held -= 8;
            bytes.push((bits >> held & 0xff) as u8);
        }
    }
    serde_json::from_slice::<Value>(&bytes).ok()?.get("exp")?.as_u64()
}

#[cfg(test)]
mod tests {
    use std::{fs, os::unix::fs::PermissionsExt};

    use super::*;

    #[test]
    fn a_token_is_told_off_where_it_is_open_empty_gone_or_at_its_end() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("token");
        let of = |text: &str, mode| {
            fs::write(&path, text).unwrap();
            fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
            token(Lang::En, &path)
        };
        assert_eq!(of("a-token-of-sixteen\n", 0o600).verdict, Verdict::Ok);
        assert_eq!(of("a-token-of-sixteen\n", 0o644).verdict, Verdict::Fault);
        assert_eq!(of("\n", 0o600).verdict, Verdict::Fault);
        // {"exp":1}, and {"exp":99999999999}
        assert_eq!(of("e30.eyJleHAiOjF9.x", 0o600).verdict, Verdict::Fault);
        assert_eq!(of("e30.eyJleHAiOjk5OTk5OTk5OTk5fQ.x", 0o600).verdict, Verdict::Ok);
        fs::remove_file(&path).unwrap();
        let gone = token(Lang::En, &path);
        assert!(gone.verdict == Verdict::Fault && !gone.found.contains("sixteen"), "{gone:?}");
    }
}
