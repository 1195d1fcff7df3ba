//! A font file's own table of contents: whether all of it is there, and whether it has outlines to draw.

/// What a file must not lack, in words for the operator.
#[derive(Clone, Copy, Debug, PartialEq, Eq, thiserror::Error)]
pub enum SfntFault {
    #[error("it is a web font; save it as .ttf or .otf")]
    Web,
    #[error("it is no font file")]
    Foreign,
    #[error("it ends too early: copy it again")]
    Short,
    #[error("it has no outlines, only pictures or nothing at all; take a font with TrueType or CFF outlines")]
    Outlines,
}

/// Looks a file through. Gives how far its glyphs reach, em: the larger side of the box that holds any of them.
pub fn survey(data: &[u8]) -> Result<f32, SfntFault> {
    match data.get(..4) {
        Some(b"wOFF" | b"wOF2") => Err(SfntFault::Web),
        Some(b"ttcf") => {
            let count = u32_at(data, 8)? as usize;
            let mut reach: Option<f32> = None;
            for face in 0..count {
                let offset = u32_at(data, 12 + 4 * face)? as usize;
                let own = self::face(data, offset)?;
                reach = Some(reach.map_or(own, |reach| reach.max(own)));
            }
            reach.ok_or(SfntFault::Foreign)
        }
        _ => face(data, 0),
    }
}

fn face(data: &[u8], offset: usize) -> Result<f32, SfntFault> {
    let kind = data.get(offset..offset.saturating_add(4)).ok_or(SfntFault::Short)?;
    if !matches!(kind, b"\0\x01\0\0" | b"OTTO" | b"true") {
        return Err(SfntFault::Foreign);
    }
    let (mut outlines, mut reach) = (false, None);
    for table in 0..usize::from(u16_at(data, offset + 4)?) {
        let record = offset + 12 + 16 * table;
        let tag = data.get(record..record + 4).ok_or(SfntFault::Short)?;
        let (from, length) = (u32_at(data, record + 8)? as usize, u32_at(data, record + 12)? as usize);
        let bytes = data.get(from..from.saturating_add(length)).ok_or(SfntFault::Short)?;
        outlines |= matches!(tag, b"glyf" | b"CFF " | b"CFF2") && !bytes.is_empty();
        if tag == b"head" {
            let em = f32::from(u16_at(bytes, 18)?).max(1.0);
            let side = |low: usize, high: usize| Ok(f32::from(i16_at(bytes, high)?) - f32::from(i16_at(bytes, low)?));
            reach = Some((side(36, 40)?.max(side(38, 42)?) / em).max(1.0));
        }
    }
    match reach {
        Some(reach) if outlines => Ok(reach),
        Some(_) => Err(SfntFault::Outlines),
        None => Err(SfntFault::Foreign),
    }
}

fn u16_at(data: &[u8], at: usize) -> Result<u16, SfntFault> {
    let bytes = data.get(at..at.saturating_add(2)).and_then(|bytes| bytes.try_into().ok()).ok_or(SfntFault::Short)?;
    Ok(u16::from_be_bytes(bytes))
}

fn i16_at(data: &[u8], at: usize) -> Result<i16, SfntFault> {
    u16_at(data, at).map(u16::cast_signed)
}

fn u32_at(data: &[u8], at: usize) -> Result<u32, SfntFault> {
    let bytes = data.get(at..at.saturating_add(4)).and_then(|bytes| bytes.try_into().ok()).ok_or(SfntFault::Short)?;
    Ok(u32::from_be_bytes(bytes))
}

#[cfg(test)]
mod tests {
    use super::{SfntFault, survey};
    use crate::fonts;

    #[test]
    fn our_own_are_whole_and_a_part_of_one_is_not() {
        for font in [fonts::SANS, fonts::SANS_RARE, fonts::SANS_EXT, fonts::NUMERALS_BOLD] {
            assert!(survey(font).is_ok_and(|reach| (1.0..4.0).contains(&reach)));
        }
        for length in [0, 3, 4, 12, 100, 5_000, fonts::SANS.len() - 1] {
            assert!(survey(&fonts::SANS[..length]).is_err(), "{length}");
        }
        assert_eq!(survey(b"wOF2...."), Err(SfntFault::Web));
        assert_eq!(survey(b"no font at all, only a few words"), Err(SfntFault::Foreign));
        assert_eq!(survey(b"ttcf\0\x01\0\0\xff\xff\xff\xff"), Err(SfntFault::Short));
    }
}
