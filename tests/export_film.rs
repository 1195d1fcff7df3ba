//! Films hold what the show was: every frame at its instant, sound with its picture, alpha as it was drawn.

use std::path::Path;

use crate::support::exported::{export, instants, pictures, said};

#[test]
fn every_frame_is_there_and_at_its_instant_across_the_joins() {
    let folder = tempfile::tempdir().unwrap();
    for (kind, rate, (num, den)) in [
        ("mp4", "50", (50, 1)),
        ("mp4", "60000/1001", (60_000, 1_001)),
        ("mov", "24000/1001", (24_000, 1_001)),
        ("webm", "24000/1001", (24_000, 1_001)),
    ] {
        let film = folder.path().join(format!("film.{kind}"));
        // A segment is 10 s: there is a join.
        let told = export(&film, &["--from", "0:10", "--to", "0:20.400", "--size", "160x90", "--fps", rate]);
        let wanted = (10.4_f64 * num as f64 / den as f64).ceil() as usize;
        let (at, tick) = instants(&film);
        assert_eq!((at.len(), told["frames"].as_u64().unwrap() as usize), (wanted, wanted), "{kind} at {rate}");
        let first = if kind == "webm" { at[0] } else { 0 };
        for (n, at) in at.iter().enumerate() {
            let ticks = |n: i64| n as f64 * den as f64 / num as f64 * tick.1 as f64 / tick.0 as f64;
            // Matroska counts whole ms, from where Opus begins; the others hit every frame exactly, from 0.
            let off = (*at as f64 - first as f64 - ticks(n as i64)).abs();
            assert!(off <= if kind == "webm" { 1.0 } else { 1e-6 }, "{kind} at {rate}: frame {n} is {off} ticks off");
        }
    }
}

/// The first sample that is louder than all that was heard before `until_s`, s.
fn onset_s(film: &Path, until_s: f64) -> f64 {
    let args = ["-v", "error", "-i", film.to_str().unwrap(), "-vn", "-ac", "1", "-ar", "48000", "-f", "f32le", "-"];
    let bytes = said("ffmpeg", &args, film);
    let samples: Vec<f32> = bytes.as_chunks::<4>().0.iter().map(|b| f32::from_le_bytes(*b).abs()).collect();
    let quiet = (until_s * 48_000.0) as usize;
    let floor = samples[..quiet].iter().fold(0.0_f32, |most, v| most.max(*v));
    let loudest = samples.iter().fold(0.0_f32, |most, v| most.max(*v));
    assert!(loudest > 4.0 * floor, "an event that is heard: {loudest} over {floor}");
    let threshold = floor.max(loudest * 0.02) * 1.2;
    samples.iter().position(|v| *v > threshold).unwrap() as f64 / 48_000.0
}

#[test]
fn the_sound_begins_with_the_pictures_event() {
    let folder = tempfile::tempdir().unwrap();
    // The verdict, at 20.5 s; before it the picture stands still and it is quiet. Frames lie on the event.
    for (kind, rate) in [("mp4", "50"), ("mov", "50"), ("webm", "50"), ("mp4", "60")] {
        let film = folder.path().join(format!("film.{kind}"));
        export(&film, &["--from", "0:20.3", "--to", "0:20.9", "--size", "320x180", "--fps", rate]);
        let pixels = pictures(&film, "gray");
        let frames: Vec<&[u8]> = pixels.chunks(320 * 180).collect();
        let differs = |pair: &[&[u8]]| pair[0].iter().zip(pair[1]).filter(|(a, b)| a.abs_diff(**b) > 24).count() > 50;
        let first = 1 + frames.windows(2).position(differs).unwrap();
        let picture_s = first as f64 / rate.parse::<f64>().unwrap();
        let sound_s = onset_s(&film, 0.19);
        assert!((picture_s - 0.2).abs() < 0.001, "{kind}: the verdict is seen at {picture_s} s");
        assert!((sound_s - picture_s).abs() < 0.005, "{kind} at {rate}: heard at {sound_s} s, seen at {picture_s} s");
    }
}

#[test]
fn alpha_is_that_of_the_pictures() {
    let folder = tempfile::tempdir().unwrap();
    let args = ["--class", "stream", "--from", "0:13", "--to", "0:13.2", "--size", "480x270", "--fps", "25"];
    let frames = folder.path().join("frames");
    export(&frames, &args);
    let truth: Vec<u8> = (0..5)
        .flat_map(|n| image::open(frames.join(format!("{n:06}.png"))).unwrap().to_rgba8().into_raw())
        .skip(3)
        .step_by(4)
        .collect();
    let soft = truth.iter().filter(|alpha| (1..255).contains(*alpha)).count();
    assert!(soft > 1_000, "there are soft edges: {soft} px");
    const PX: usize = 480 * 270;
    let film = |kind: &str| {
        let film = folder.path().join(format!("film.{kind}"));
        export(&film, &args);
        film
    };
    // As it is in the file: its plane follows those of the colours, in 12 of the 16 bits it is coded with.
    let planes = pictures(&film("mov"), "yuva444p12le");
    let to_8_bit = |bytes: &[u8; 2]| ((u32::from(u16::from_le_bytes(*bytes)) * 255 + 2_047) / 4_095) as u8;
    let prores: Vec<u8> =
        planes.chunks(PX * 8).flat_map(|frame| frame[PX * 6..].as_chunks::<2>().0.iter().map(to_8_bit)).collect();
    assert!(prores == truth, "ProRes keeps alpha to the bit");
    // VP9 codes it like a picture.
    let planes = pictures(&film("webm"), "yuva420p");
    let vp9: Vec<u8> = planes.chunks(PX * 5 / 2).flat_map(|frame| &frame[PX * 3 / 2..]).copied().collect();
    let off = |(a, b): (&u8, &u8)| a.abs_diff(*b);
    let most = vp9.iter().zip(&truth).map(off).max();
    let mean = vp9.iter().zip(&truth).map(off).map(f64::from).sum::<f64>() / truth.len() as f64;
    println!("VP9: alpha is off by {most:?} of 255 at most, {mean:.3} in the mean");
    assert!(vp9.len() == truth.len() && mean < 0.5, "{most:?} {mean}");
}
