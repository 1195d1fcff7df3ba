//! A sound file as samples, packet by packet and no further than it may be long: a small file may hold hours of silence.

use std::{io::Cursor, ops::RangeInclusive};

use symphonia::core::{codecs::CodecParameters, errors::Error, formats::TrackType, io::MediaSourceStream};

/// Sample rates that are taken, Hz.
const RATES_HZ: RangeInclusive<u32> = 8_000..=192_000;

/// What was decoded.
#[derive(Debug)]
pub struct Decoded {
    pub rate_hz: u32,
    /// Mono; of a file that lasts too long, up to the packet that led beyond.
    pub samples: Vec<f32>,
    /// Of the whole file, s; where not all of it was decoded, as the file says, and at least what was.
    pub length_s: f64,
}

/// Why a file gives no samples.
#[derive(Debug, thiserror::Error)]
pub enum DecodeError {
    #[error("it has no track of sound")]
    NoTrack,
    #[error("it does not tell its sample rate")]
    NoRate,
    #[error("its sample rate is {rate_hz} Hz")]
    Rate { rate_hz: u32 },
    #[error("it has {channels} channels; mono and stereo are read")]
    Channels { channels: usize },
    #[error(transparent)]
    File(#[from] Error),
}

/// Decodes a WAV or OGG file; ends with the first packet that leads beyond `longest_s`.
///
/// # Errors
/// What is neither, is torn, has another sample rate or more than two channels.
pub fn decode(bytes: &[u8], longest_s: f64) -> Result<Decoded, DecodeError> {
    let source = MediaSourceStream::new(Box::new(Cursor::new(bytes)), Default::default());
    let probe = symphonia::default::get_probe();
    let mut file = probe.probe(&Default::default(), source, Default::default(), Default::default())?;
    let track = file.default_track(TrackType::Audio).ok_or(DecodeError::NoTrack)?;
    let (id, told) = (track.id, track.num_frames.unwrap_or(0));
    let Some(CodecParameters::Audio(parameters)) = &track.codec_params else { return Err(DecodeError::NoTrack) };
    let rate_hz = parameters.sample_rate.ok_or(DecodeError::NoRate)?;
    // Before anything is decoded: how much may come is counted by it.
    if !RATES_HZ.contains(&rate_hz) {
        return Err(DecodeError::Rate { rate_hz });
    }
    let mut decoder = symphonia::default::get_codecs().make_audio_decoder(parameters, &Default::default())?;
    let most = (longest_s * f64::from(rate_hz)) as usize;
    let mut samples: Vec<f32> = Vec::new();
    let mut interleaved: Vec<f32> = Vec::new();
    while samples.len() <= most {
        let Some(packet) = file.next_packet()? else { break };
        if packet.track_id != id {
            continue;
        }
        let decoded = decoder.decode(&packet)?;
        let channels = decoded.num_planes();
        if !(1..=2).contains(&channels) {
            return Err(DecodeError::Channels { channels });
        }
        decoded.copy_to_vec_interleaved(&mut interleaved);
        if channels == 1 {
            samples.extend(interleaved.iter().map(|sample| mono([*sample; 2])));
        } else {
            samples.extend(interleaved.as_chunks::<2>().0.iter().map(|frame| mono(*frame)));
        }
    }
    let frames = if samples.len() > most { told.max(samples.len() as u64) } else { samples.len() as u64 };
    Ok(Decoded { rate_hz, samples, length_s: frames as f64 / f64::from(rate_hz) })
}

fn mono([left, right]: [f32; 2]) -> f32 {
    (left + right) / 2.0
}

#[cfg(test)]
mod tests {
    use hound::{Sample, SampleFormat, WavSpec, WavWriter};
    use kira::sound::static_sound::StaticSoundData;

    use super::*;

    /// Two minutes of stereo at 8 kHz in 14 kB: a chord of half a second, and silence.
    const LONG: &[u8] = include_bytes!("../../tests/hostile/long.ogg");

    fn wav<S: Sample>(
        (channels, sample_rate, bits_per_sample): (u16, u32, u16),
        sample_format: SampleFormat,
        samples: impl Iterator<Item = S>,
    ) -> Vec<u8> {
        let mut file = Cursor::new(Vec::new());
        let spec = WavSpec { channels, sample_rate, bits_per_sample, sample_format };
        let mut writer = WavWriter::new(&mut file, spec).expect("a header");
        for sample in samples {
            writer.write_sample(sample).expect("a sample");
        }
        writer.finalize().expect("an end");
        file.into_inner()
    }

    fn noise(most: i32) -> impl Iterator<Item = i32> {
        (0..20_000_i32).map(move |n| n.wrapping_mul(1_103_515_245).rotate_left(7) % most)
    }

    #[test]
    fn a_good_file_has_the_samples_that_the_mixing_engine_would_read() {
        use SampleFormat::{Float, Int};
        for (name, bytes) in [
            ("16 bit, stereo", wav((2, 48_000, 16), Int, noise(32_768))),
            ("24 bit, stereo", wav((2, 44_100, 24), Int, noise(1 << 23))),
            ("24 bit, mono", wav((1, 96_000, 24), Int, noise(1 << 23))),
            ("float, stereo", wav((2, 48_000, 32), Float, noise(1_000).map(|sample| sample as f32 / 999.0))),
            ("OGG", LONG.to_vec()),
        ] {
            let wanted = StaticSoundData::from_cursor(Cursor::new(bytes.clone())).expect(name);
            let decoded = decode(&bytes, 1_000.0).expect(name);
            assert_eq!(decoded.rate_hz, wanted.sample_rate, "{name}");
            assert_eq!(decoded.samples.len(), wanted.frames.len(), "{name}");
            let differs = decoded
                .samples
                .iter()
                .zip(wanted.frames.iter())
                .position(|(sample, frame)| sample.to_bits() != ((frame.left + frame.right) / 2.0).to_bits());
            assert_eq!(differs, None, "{name}");
            assert!(decoded.samples.iter().any(|sample| sample.abs() > 0.01), "{name} is heard");
        }
    }

    #[test]
    fn what_lasts_too_long_is_not_decoded_to_its_end() {
        let minute = wav((1, 8_000, 8), SampleFormat::Int, (0..60 * 8_000).map(|n| (n % 100) as i8));
        for (name, bytes, packet, least_s) in [("WAV", &minute[..], 1_152, 60.0), ("OGG", LONG, 8_192, 10.0)] {
            let decoded = decode(bytes, 10.0).expect(name);
            let beyond = decoded.samples.len().checked_sub(80_001).expect("more than ten seconds");
            assert!(beyond < packet, "{name}: {beyond} samples more than that");
            assert!(decoded.length_s >= least_s, "{name}: {} s", decoded.length_s);
        }
        let whole = decode(&minute, 60.0).expect("a minute");
        assert_eq!((whole.samples.len(), whole.length_s), (480_000, 60.0));
    }

    #[test]
    fn a_rate_that_is_none_is_told_before_anything_is_decoded() {
        for rate in [0, 7_999, 192_001, 1_000_000_000] {
            let mut bytes = wav((1, 48_000, 16), SampleFormat::Int, noise(100));
            // Where a WAV of this kind has its rate.
            bytes[24..28].copy_from_slice(&u32::to_le_bytes(rate));
            assert!(decode(&bytes, 10.0).is_err(), "{rate}");
        }
        let bytes = wav((1, 192_001, 16), SampleFormat::Int, noise(100));
        assert!(matches!(decode(&bytes, 10.0), Err(DecodeError::Rate { rate_hz: 192_001 })));
        for bytes in [&b""[..], b"no sound at all", b"OggS", b"RIFF\xff\xff\xff\xffWAVE", &LONG[..2_000]] {
            assert!(decode(bytes, 10.0).is_err(), "{} bytes", bytes.len());
        }
    }
}
