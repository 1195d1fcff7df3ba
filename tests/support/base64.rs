//! Base 64, in which headers are at times printed: a text is found in it wherever it stood in what was encoded.

const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";

/// The signs that these bytes fill, without the one that further bytes would still change.
pub fn encoded(bytes: &[u8]) -> String {
    let bit = |at: usize| usize::from((bytes[at / 8] >> (7 - at % 8)) & 1);
    let sign = |n: usize| SIGNS[(0..6).fold(0, |value, at| (value << 1) | bit(n * 6 + at))];
    (0..bytes.len() * 8 / 6).map(|n| char::from(sign(n))).collect()
}

/// What this text looks like in whatever was encoded, by how many bytes of three stood before it, in both alphabets.
pub fn anywhere(text: &str) -> Vec<String> {
    let behind = |before: usize| {
        let signs = encoded(&[&[0; 2][..before], text.as_bytes()].concat());
        // The first signs hold bits of what stood before.
        signs[(before * 8).div_ceil(6)..].to_owned()
    };
    (0..3).map(behind).flat_map(|plain| [plain.replace('+', "-").replace('/', "_"), plain]).collect()
}

#[test]
fn a_text_is_found_in_base_64_wherever_it_stands() {
    // Of RFC 4648, without the last sign where bits of it are left over.
    for (text, signs) in [("foobar", "Zm9vYmFy"), ("foob", "Zm9vY"), ("fo", "Zm"), ("", "")] {
        assert_eq!(encoded(text.as_bytes()), signs);
    }
    for before in ["", "B", "Be", "Bearer ", "anna:"] {
        for after in ["", "!", "?>"] {
            let all = encoded(format!("{before}a-token?>~~~{after}").as_bytes());
            assert!(anywhere("a-token?>~~~").iter().any(|signs| all.contains(signs)), "{before}…{after}: {all}");
        }
    }
    assert!(anywhere("a-token?>~~~").iter().all(|signs| signs.len() >= 14));
}
