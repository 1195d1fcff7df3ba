//! EDID: what a display says of itself in 128 bytes and more: who made it, its name, its serial number.

/// What is read of it.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Edid {
    /// Three letters that the trade's register gives to makers.
    pub maker: Option<String>,
    pub name: Option<String>,
    pub serial: Option<String>,
}

const BLOCK: usize = 128;
const HEADER: [u8; 8] = [0, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0xFF, 0];
/// Where the four descriptors of 18 bytes begin, and what marks those that hold a text.
const DESCRIPTORS: [usize; 4] = [54, 72, 90, 108];
const NAME: u8 = 0xFC;
const SERIAL: u8 = 0xFF;

/// Reads the first block; none where it is no EDID or its sum is wrong: a broken one must not name a display.
pub fn read(bytes: &[u8]) -> Option<Edid> {
    let block = bytes.get(..BLOCK)?;
    let sum = block.iter().fold(0_u8, |sum, byte| sum.wrapping_add(*byte));
    if block.get(..8)? != HEADER || sum != 0 {
        return None;
    }
    let text = |tag: u8| {
        let found = DESCRIPTORS.iter().filter_map(|at| block.get(*at..*at + 18));
        // A descriptor of a text begins with three zeros, its tag and a zero; others are timings.
        found.filter(|all| all[..3] == [0; 3] && all[3] == tag).find_map(|all| said(&all[5..]))
    };
    let letters = u16::from_be_bytes([block[8], block[9]]);
    let number = u32::from_le_bytes([block[12], block[13], block[14], block[15]]);
    Some(Edid {
        maker: maker(letters),
        name: text(NAME),
        // The number alone where there is no text: 0 and 0x01010101 stand for none.
        serial: text(SERIAL).or_else(|| (number != 0 && number != 0x0101_0101).then(|| number.to_string())),
    })
}

/// Three letters of five bits each, 1 is A.
fn maker(letters: u16) -> Option<String> {
    [10, 5, 0].map(|shift| ((letters >> shift) & 0x1F) as u8).into_iter().map(letter).collect()
}

fn letter(number: u8) -> Option<char> {
    (1..=26).contains(&number).then(|| char::from(b'A' + number - 1))
}

/// A text of at most 13 bytes, ended by a line feed and filled up with spaces.
fn said(bytes: &[u8]) -> Option<String> {
    let text = bytes.split(|byte| *byte == b'\n' || *byte == 0).next().unwrap_or(&[]);
    let text: String = text.iter().map(|byte| char::from(*byte)).filter(|c| !c.is_control()).collect();
    Some(text.trim().to_owned()).filter(|text| !text.is_empty())
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A block as the standard lays it out (VESA E-EDID 1.4, 3.2), with the sum that makes it whole.
    fn block(letters: [u8; 2], number: u32, descriptors: [[u8; 18]; 4]) -> [u8; BLOCK] {
        let mut block = [0; BLOCK];
        block[..8].copy_from_slice(&HEADER);
        block[8..10].copy_from_slice(&letters);
        block[12..16].copy_from_slice(&number.to_le_bytes());
        // Made in week 12 of 2024; EDID 1.4, digital.
        block[16..21].copy_from_slice(&[12, 34, 1, 4, 0xA5]);
        for (at, descriptor) in DESCRIPTORS.into_iter().zip(descriptors) {
            block[at..at + 18].copy_from_slice(&descriptor);
        }
        block[127] = block[..127].iter().fold(0_u8, |sum, byte| sum.wrapping_sub(*byte));
        block
    }

    fn text(tag: u8, said: &str) -> [u8; 18] {
        let mut all = [b' '; 18];
        all[..5].copy_from_slice(&[0, 0, 0, tag, 0]);
        all[5..5 + said.len()].copy_from_slice(said.as_bytes());
        if said.len() < 13 {
            all[5 + said.len()] = b'\n';
        }
        all
    }

    /// 1920×1080 at 60 Hz, as CEA-861 has it.
    const TIMING: [u8; 18] =
        [0x02, 0x3A, 0x80, 0x18, 0x71, 0x38, 0x2D, 0x40, 0x58, 0x2C, 0x45, 0, 0x09, 0x25, 0x21, 0, 0, 0x1E];
    /// A dummy descriptor.
    const UNUSED: [u8; 18] = [0, 0, 0, 0x10, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0];

    #[test]
    fn a_display_that_names_itself_is_known_by_name_serial_and_maker() {
        // DEL: D is 4, E is 5, L is 12.
        let dell =
            block([0x10, 0xAC], 0x3053_4C4C, [TIMING, text(SERIAL, "7MT0167K0S0L"), text(NAME, "DELL U2412M"), UNUSED]);
        assert_eq!((dell[8], dell[9]), (0x10, 0xAC));
        let read = read(&dell).unwrap();
        let own = |text: &str| Some(text.to_owned());
        assert_eq!(read, Edid { maker: own("DEL"), name: own("DELL U2412M"), serial: own("7MT0167K0S0L") });
    }

    #[test]
    fn a_processor_with_a_number_alone_is_known_by_it_and_a_long_name_is_whole() {
        // NVS, with extension blocks behind the first.
        let mut bytes = block([0x3A, 0xD3], 20_250_101, [TIMING, UNUSED, text(NAME, "NovaStar 4K60"), UNUSED]).to_vec();
        bytes.extend([0; BLOCK]);
        let read = read(&bytes).unwrap();
        assert_eq!(read.maker.as_deref(), Some("NVS"));
        assert_eq!((read.name.as_deref(), read.serial.as_deref()), (Some("NovaStar 4K60"), Some("20250101")));
        let none = super::read(&block([0x3A, 0xD3], 0x0101_0101, [UNUSED; 4])).unwrap();
        assert_eq!((none.name, none.serial), (None, None));
    }

    #[test]
    fn a_broken_block_names_nothing() {
        let good = block([0x10, 0xAC], 1, [TIMING, text(NAME, "X"), UNUSED, UNUSED]);
        for (at, byte) in [(127, good[127] ^ 1), (0, 1), (60, good[60] ^ 0x40)] {
            let mut bad = good;
            bad[at] = byte;
            assert_eq!(read(&bad), None, "byte {at}");
        }
        assert_eq!(read(&good[..127]), None);
        assert_eq!(read(&[]), None);
    }
}
