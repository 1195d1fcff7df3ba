//! Coded pictures, each as often as it has frames: for codecs whose pictures lean on no others.

use std::io::{self, Read, Write};

use crossbeam_channel::Receiver;

use super::feed::{self, Coded};
use crate::show::rate::Rate;

/// Its length and its name, before every picture.
const HEAD: usize = 8;
const NAME: &[u8] = b"icpf";
/// No picture of 8192 × 4320 is larger.
const MOST_BYTES: usize = 256 << 20;

/// Reads ProRes pictures and writes them as a stream with an instant for each frame. `begins` tells the frame that each
/// picture begins with, in order, and at last how many frames there are.
///
/// # Errors
/// When what is read is no ProRes, ends early, or cannot be written.
pub fn prores(
    mut from: impl Read,
    mut to: impl Write,
    begins: &Receiver<u64>,
    raster: (u32, u32),
    rate: Rate,
) -> io::Result<()> {
    let early = || io::Error::from(io::ErrorKind::UnexpectedEof);
    to.write_all(&feed::header(Coded::ProRes, raster, feed::frame_ns(rate)))?;
    let mut frame = begins.recv().map_err(|_| early())?;
    let mut picture = Vec::new();
    while read(&mut from, &mut picture)? {
        let next = begins.recv().map_err(|_| early())?;
        for n in frame..next {
            let at_us = u64::try_from(rate.after_us(n)).unwrap_or(0);
            to.write_all(&feed::before(at_us, picture.len()))?;
            to.write_all(&picture)?;
        }
        frame = next;
    }
    // Whoever is left to tell of a picture has waited for one that did not come.
    if begins.try_recv().is_ok() { Err(early()) } else { to.flush() }
}

/// One picture without its head; false at the end.
fn read(from: &mut impl Read, picture: &mut Vec<u8>) -> io::Result<bool> {
    let mut head = [0; HEAD];
    if from.read(&mut head[..1])? == 0 {
        return Ok(false);
    }
    from.read_exact(&mut head[1..])?;
    let length = u32::from_be_bytes([head[0], head[1], head[2], head[3]]) as usize;
    if head[4..] != *NAME || !(HEAD..=MOST_BYTES).contains(&length) {
        return Err(io::Error::from(io::ErrorKind::InvalidData));
    }
    picture.resize(length - HEAD, 0);
    from.read_exact(picture).map(|()| true)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crossbeam_channel::bounded;

    fn picture(of: u8, length: usize) -> Vec<u8> {
        let size = u32::try_from(length + HEAD).unwrap().to_be_bytes();
        [&size[..], NAME, &vec![of; length]].concat()
    }

    fn told(begins: &[u64]) -> Receiver<u64> {
        let (tell, told) = bounded(8);
        begins.iter().for_each(|n| tell.send(*n).unwrap());
        told
    }

    #[test]
    fn a_picture_stands_until_the_next_begins() {
        let coded = [picture(1, 3), picture(2, 5)].concat();
        let mut written = Vec::new();
        prores(&coded[..], &mut written, &told(&[0, 2, 3]), (16, 16), Rate::HZ_50).unwrap();
        let frame = |at_us: u64, of: u8, length: usize| [feed::before(at_us, length), vec![of; length]].concat();
        let header = feed::header(Coded::ProRes, (16, 16), 20_000_000);
        assert!(written == [header, frame(0, 1, 3), frame(20_000, 1, 3), frame(40_000, 2, 5)].concat());
    }

    #[test]
    fn what_ends_early_or_is_something_else_is_a_fault() {
        let run = |coded: &[u8], begins: &[u64]| prores(coded, io::sink(), &told(begins), (16, 16), Rate::HZ_50);
        let one = picture(1, 3);
        assert!(run(&one, &[0, 1]).is_ok());
        assert!(run(&one, &[0]).is_err(), "nobody said how long it stands");
        assert!(run(&one, &[0, 1, 2]).is_err(), "a picture is missing");
        assert!(run(&one[..5], &[0, 1]).is_err() && run(&[0; 40], &[0, 1]).is_err());
    }
}
