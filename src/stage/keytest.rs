//! The key self-test: fill and key, mixed over white and over black as a keyer mixes them, give the picture back.

/// The largest difference, of 255, between a picture and what a keyer makes of its deliveries; none when they are not
/// pictures of one size.
///
/// `straight`, `premultiplied` and `key` are RGBA8 rows of one picture in the looks of these names. A keyer lays the
/// premultiplied fill over white and over black by the key; both mixes must be those of the straight colours, and from
/// the two the alpha and the colours must come back. A colour comes back only as exactly as its alpha lets it: what is
/// compared is the colour times its alpha.
pub fn key_self_test(straight: &[u8], premultiplied: &[u8], key: &[u8]) -> Option<u8> {
    let (pictures, _) = straight.as_chunks::<4>();
    let (fills, _) = premultiplied.as_chunks::<4>();
    let (keys, _) = key.as_chunks::<4>();
    if pictures.len() != fills.len() || pictures.len() != keys.len() {
        return None;
    }
    let pixels = pictures.iter().zip(fills).zip(keys);
    Some(pixels.map(|((picture, fill), key)| worst(picture, fill, key)).max().unwrap_or(0))
}

/// Of one pixel: how far the mixes are from those of the picture, and what is recovered from the picture.
fn worst(picture: &[u8; 4], fill: &[u8; 4], key: &[u8; 4]) -> u8 {
    let alpha = i32::from(picture[3]);
    // A key is grey.
    let mut most = key[..3].iter().map(|grey| (i32::from(*grey) - alpha).abs()).max().unwrap_or(0);
    for channel in 0..3 {
        let (colour, fill, key) = (i32::from(picture[channel]), i32::from(fill[channel]), i32::from(key[channel]));
        for ground in [0, 255] {
            let expected = over(colour, alpha, ground);
            // What the hardware adds saturates.
            let mixed = (fill + share(255 - key, ground)).min(255);
            most = most.max((mixed - expected).abs());
        }
        let (white, black) = ((fill + (255 - key)).min(255), fill);
        let recovered_alpha = 255 - (white - black);
        most = most.max((recovered_alpha - alpha).abs()).max((black - share(colour, alpha)).abs());
    }
    most.min(255) as u8
}

/// Of 255, rounded.
fn share(value: i32, of: i32) -> i32 {
    (value * of + 127) / 255
}

fn over(colour: i32, alpha: i32, ground: i32) -> i32 {
    (colour * alpha + ground * (255 - alpha) + 127) / 255
}

#[cfg(test)]
mod tests {
    use super::*;

    /// All three looks of one straight pixel.
    fn looks(px: [u8; 4]) -> [[u8; 4]; 3] {
        let by = |c: u8| share(i32::from(c), i32::from(px[3])) as u8;
        [px, [by(px[0]), by(px[1]), by(px[2]), px[3]], [px[3], px[3], px[3], 255]]
    }

    #[test]
    fn every_colour_and_alpha_comes_back() {
        for alpha in 0..=255 {
            for colour in (0..=255).step_by(5) {
                let [picture, fill, key] = looks([colour, 255 - colour, 128, alpha]);
                let error = key_self_test(&picture, &fill, &key);
                assert!(error.is_some_and(|error| error <= 1), "{picture:?}: {error:?}");
            }
        }
    }

    #[test]
    fn a_wrong_fill_or_key_is_found() {
        let [picture, fill, key] = looks([200, 100, 50, 128]);
        assert!(
            key_self_test(&picture, &picture, &key).is_some_and(|error| error > 50),
            "straight is not premultiplied"
        );
        assert!(key_self_test(&picture, &fill, &[255; 4]).is_some_and(|error| error > 100), "a key of nothing");
        assert!(key_self_test(&picture, &fill, &[128, 140, 128, 255]).is_some_and(|error| error >= 12), "a tinted key");
        assert_eq!(key_self_test(&picture, &fill, &[]), None);
    }
}
