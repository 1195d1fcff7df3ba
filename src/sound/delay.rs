//! Sound and picture of an output brought together again: what comes later in the chain behind it is waited for here.

use std::collections::VecDeque;

use super::synth::RATE_HZ;
use crate::show::time::{SpanUs, ms};

/// How far sound and picture may be apart, ms either way.
pub const DELAY_MS: i64 = 2_000;

/// An output's `audio_delay_ms`. Above nought the sound waits in a line of samples. Below nought it would have to come
/// before it is known: the picture has to wait instead, by [`Delay::picture_us`], and the sound passes as it is.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Delay {
    delay_ms: i64,
    line: VecDeque<[f32; 2]>,
}

impl Delay {
    pub fn new(delay_ms: i64) -> Self {
        let mut delay = Self::default();
        delay.set(delay_ms);
        delay
    }

    /// Another delay, held within [`DELAY_MS`]: what is missing is silence, what is too much is not heard.
    pub fn set(&mut self, delay_ms: i64) {
        self.delay_ms = delay_ms.clamp(-DELAY_MS, DELAY_MS);
        let frames = usize::try_from(self.delay_ms * i64::from(RATE_HZ) / 1_000).unwrap_or(0);
        while self.line.len() > frames {
            self.line.pop_front();
        }
        while self.line.len() < frames {
            self.line.push_back([0.0; 2]);
        }
    }

    /// By how much the picture is to leave later than its instant, µs.
    pub const fn picture_us(&self) -> SpanUs {
        if self.delay_ms < 0 { ms(-self.delay_ms) } else { 0 }
    }

    /// Puts what comes into the line and takes as much out of it, in place.
    pub fn pass(&mut self, frames: &mut [[f32; 2]]) {
        for frame in frames {
            self.line.push_back(*frame);
            *frame = self.line.pop_front().unwrap_or_default();
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sound_waits_or_the_picture_does() {
        let mut delay = Delay::new(1);
        let mut frames: Vec<[f32; 2]> = (1..=60).map(|n| [n as f32; 2]).collect();
        delay.pass(&mut frames);
        assert_eq!((frames[47], frames[48], frames[59], delay.picture_us()), ([0.0; 2], [1.0; 2], [12.0; 2], 0));
        delay.set(-40);
        let mut frames = [[7.0; 2]];
        delay.pass(&mut frames);
        assert_eq!((frames, delay.picture_us()), ([[7.0; 2]], 40_000));
        assert_eq!(Delay::new(i64::MAX).picture_us(), 0);
        assert_eq!(Delay::new(i64::MIN).picture_us(), ms(DELAY_MS));
    }
}
