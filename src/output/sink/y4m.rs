//! YUV4MPEG2 in 4:4:4: BT.709 in limited range, by integers, each value the nearest to the exact one.

use crate::show::rate::Rate;

/// Bytes of a pixel: its Y, Cb and Cr.
pub const PIXEL_BYTES: usize = 3;

/// The stream's first line.
pub fn header((width, height): (u32, u32), rate: Rate) -> String {
    let Rate { num, den } = rate;
    format!("YUV4MPEG2 W{width} H{height} F{num}:{den} Ip A1:1 C444 XYSCSS=444 XCOLORRANGE=LIMITED\n")
}

/// A frame with its own line: the planes Y, Cb, Cr of RGBA8 rows. Alpha lies over black: in colours that are not yet
/// multiplied with it (`is_straight`) it is taken into account.
pub fn frame(rgba: &[u8], is_straight: bool, into: &mut Vec<u8>) {
    const LINE: &[u8] = b"FRAME\n";
    let pixels = rgba.len() / 4;
    into.clear();
    into.extend_from_slice(LINE);
    into.resize(LINE.len() + pixels * PIXEL_BYTES, 0);
    let (luma, chroma) = into[LINE.len()..].split_at_mut(pixels);
    let (blue, red) = chroma.split_at_mut(pixels);
    let planes = luma.iter_mut().zip(blue).zip(red);
    for (pixel, ((luma, blue), red)) in rgba.chunks_exact(4).zip(planes) {
        let alpha = u32::from(pixel[3]);
        let over_black = |value: u8| {
            if is_straight && alpha < 255 { ((u32::from(value) * alpha + 127) / 255) as u8 } else { value }
        };
        [*luma, *blue, *red] = ycc([over_black(pixel[0]), over_black(pixel[1]), over_black(pixel[2])]);
    }
}

/// Y, Cb and Cr of an R'G'B' pixel: Y = 16 + 219 Y', Cb = 128 + 224 (B' − Y') / 1.8556, Cr = 128 + 224 (R' − Y') / 1.5748
/// with Y' = 0.2126 R' + 0.7152 G' + 0.0722 B'.
fn ycc([r, g, b]: [u8; 3]) -> [u8; 3] {
    let [r, g, b] = [i32::from(r), i32::from(g), i32::from(b)];
    let luma = 2_126 * r + 7_152 * g + 722 * b;
    let y = 16 + nearest(219 * luma, 2_550_000);
    let cb = 128 + nearest(224 * (10_000 * b - luma), 255 * 18_556);
    let cr = 128 + nearest(224 * (10_000 * r - luma), 255 * 15_748);
    // All lie within 16 to 240.
    [y as u8, cb as u8, cr as u8]
}

/// The nearest integer to a fraction; halves go up.
const fn nearest(num: i32, den: i32) -> i32 {
    (num + den / 2).div_euclid(den)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The 100 % bars of BT.709, as tables of the trade give them.
    #[test]
    fn colour_bars_have_the_values_of_the_standard() {
        let bars = [
            ([255, 255, 255], [235, 128, 128]),
            ([255, 255, 0], [219, 16, 138]),
            ([0, 255, 255], [188, 154, 16]),
            ([0, 255, 0], [173, 42, 26]),
            ([255, 0, 255], [78, 214, 230]),
            ([255, 0, 0], [63, 102, 240]),
            ([0, 0, 255], [32, 240, 118]),
            ([0, 0, 0], [16, 128, 128]),
        ];
        for (rgb, expected) in bars {
            assert_eq!(ycc(rgb), expected, "{rgb:?}");
        }
    }

    #[test]
    fn every_value_is_the_nearest_one() {
        for r in (0..=255_u8).step_by(5) {
            for g in (0..=255_u8).step_by(5) {
                for b in (0..=255_u8).step_by(3) {
                    let [x, y, z] = [r, g, b].map(|value| f64::from(value) / 255.0);
                    let luma = 0.2126 * x + 0.7152 * y + 0.0722 * z;
                    let exact =
                        [16.0 + 219.0 * luma, 128.0 + 224.0 * (z - luma) / 1.8556, 128.0 + 224.0 * (x - luma) / 1.5748];
                    for (value, exact) in ycc([r, g, b]).into_iter().zip(exact) {
                        assert!((f64::from(value) - exact).abs() < 0.500_001, "{r} {g} {b}: {value} for {exact}");
                    }
                }
            }
        }
    }

    #[test]
    fn a_frame_is_its_line_and_three_planes_and_alpha_lies_over_black() {
        let mut bytes = Vec::new();
        frame(&[255, 255, 255, 255, 255, 255, 255, 0], true, &mut bytes);
        assert_eq!(bytes, b"FRAME\n\xeb\x10\x80\x80\x80\x80");
        frame(&[255, 255, 255, 0], false, &mut bytes);
        assert_eq!(bytes, b"FRAME\n\xeb\x80\x80");
        assert!(header((64, 36), Rate { num: 60_000, den: 1_001 }).starts_with("YUV4MPEG2 W64 H36 F60000:1001 Ip"));
    }
}
