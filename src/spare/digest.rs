//! Fingerprints of plain data: equal data has the same, on any machine with the same version of the program.

use std::fmt::{self, Debug, Write};

use sha2::{Digest as _, Sha256};

/// Takes what is printed straight into the sum, so that nothing is held in memory.
struct Sum(Sha256);

impl Write for Sum {
    fn write_str(&mut self, text: &str) -> fmt::Result {
        self.0.update(text.as_bytes());
        Ok(())
    }
}

/// 16 hexadecimal digits of the SHA-256 of what `data` prints as. Floats print as what they are, to the last bit; no
/// map of a picture has an order of chance.
pub fn fingerprint(data: &impl Debug) -> String {
    let mut sum = Sum(Sha256::new());
    // Writing into a sum does not fail.
    let _written = write!(sum, "{data:?}");
    sum.0.finalize().iter().take(8).fold(String::with_capacity(16), |mut text, byte| {
        let _written = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn equal_data_has_one_fingerprint_and_the_last_bit_counts() {
        let of = |x: f32| fingerprint(&(x, "一"));
        assert_eq!(of(0.1), of(0.1));
        assert_ne!(of(0.1), of(f32::from_bits(0.1_f32.to_bits() + 1)));
        assert_eq!(of(0.1).len(), 16);
    }
}
