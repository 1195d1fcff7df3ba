//! Pictures with their instants, as a stream that ffmpeg reads: Matroska, a cluster for each picture.
//!
//! Only pictures that differ are sent to an encoder; its side repeats each one until the next.

use crate::show::rate::Rate;

/// A raw stream has a size that nobody knows.
const UNKNOWN: [u8; 8] = [0x01, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF];
/// Instants are counted in µs.
const TICK_NS: u64 = 1_000;

/// What the pictures are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Coded {
    /// RGBA, 8 bit, row by row.
    Raw,
    /// ProRes 4444, each without the eight bytes that it begins with.
    ProRes,
}

/// What comes before the first picture. A frame's length says how long the last picture stands.
pub fn header(coded: Coded, (width, height): (u32, u32), frame_ns: u64) -> Vec<u8> {
    let ebml = [
        number(&[0x42, 0x86], 1),
        number(&[0x42, 0xF7], 1),
        number(&[0x42, 0xF2], 4),
        number(&[0x42, 0xF3], 8),
        element(&[0x42, 0x82], b"matroska"),
        number(&[0x42, 0x87], 4),
        number(&[0x42, 0x85], 2),
    ];
    let mut video = vec![number(&[0xB0], u64::from(width)), number(&[0xBA], u64::from(height))];
    let mut codec = match coded {
        Coded::Raw => vec![element(&[0x86], b"V_UNCOMPRESSED")],
        // With the code that QuickTime gives it.
        Coded::ProRes => vec![element(&[0x86], b"V_PRORES"), element(&[0x63, 0xA2], b"ap4h")],
    };
    if coded == Coded::Raw {
        video.push(element(&[0x2E, 0xB5, 0x24], b"RGBA"));
    }
    codec.push(element(&[0xE0], &video.concat()));
    let track = [
        number(&[0xD7], 1),
        number(&[0x73, 0xC5], 1),
        number(&[0x83], 1),
        number(&[0x9C], 0),
        number(&[0x23, 0xE3, 0x83], frame_ns),
        codec.concat(),
    ];
    let mut bytes = element(&[0x1A, 0x45, 0xDF, 0xA3], &ebml.concat());
    bytes.extend([0x18, 0x53, 0x80, 0x67]);
    bytes.extend(UNKNOWN);
    bytes.extend(element(&[0x15, 0x49, 0xA9, 0x66], &number(&[0x2A, 0xD7, 0xB1], TICK_NS)));
    bytes.extend(element(&[0x16, 0x54, 0xAE, 0x6B], &element(&[0xAE], &track.concat())));
    bytes
}

/// What comes before a picture of `length` bytes that begins `at_us` after the first.
pub fn before(at_us: u64, length: usize) -> Vec<u8> {
    // Track 1, no time of its own, a picture that needs no other.
    const BLOCK: [u8; 4] = [0x81, 0x00, 0x00, 0x80];
    let timestamp = number(&[0xE7], at_us);
    let block_bytes = (BLOCK.len() + length) as u64;
    // The block's own head: its identity and its size.
    let head = 1 + 8;
    let mut bytes = vec![0x1F, 0x43, 0xB6, 0x75];
    bytes.extend(size(timestamp.len() as u64 + head + block_bytes));
    bytes.extend(timestamp);
    bytes.push(0xA3);
    bytes.extend(size(block_bytes));
    bytes.extend(BLOCK);
    bytes
}

/// A frame's length, ns.
pub const fn frame_ns(rate: Rate) -> u64 {
    rate.den as u64 * 1_000_000_000 / rate.num as u64
}

fn element(id: &[u8], content: &[u8]) -> Vec<u8> {
    [id, &size(content.len() as u64), content].concat()
}

fn number(id: &[u8], value: u64) -> Vec<u8> {
    element(id, &value.to_be_bytes())
}

/// Always in eight bytes: no size is worth counting bits for.
fn size(bytes: u64) -> [u8; 8] {
    (bytes | 1 << 56).to_be_bytes()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sizes_hold_what_follows_them() {
        assert_eq!(element(&[0x83], &[7]), [0x83, 0x01, 0, 0, 0, 0, 0, 0, 1, 7]);
        let before = before(40_000, 100);
        // Identity and size of the cluster, then all that its size says but for the picture.
        assert_eq!(u64::from(before[11]), (before.len() - 12 + 100) as u64);
        assert_eq!(&before[..4], &[0x1F, 0x43, 0xB6, 0x75]);
    }
}
