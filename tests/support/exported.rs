//! Exports made by the program itself, and what is in them by ffmpeg's account.

use std::{
    path::Path,
    process::{Command, Stdio},
};

use serde_json::Value;

/// A command of an export that ends at once where it cannot go on.
pub fn command(to: &Path, args: &[&str]) -> Command {
    let mut command = Command::new(env!("CARGO_BIN_EXE_leitai"));
    command.args(["export", "demo", "--json", "-o"]).arg(to).args(args);
    command.stdin(Stdio::null()).stdout(Stdio::piped()).stderr(Stdio::piped());
    command
}

pub fn export(to: &Path, args: &[&str]) -> Value {
    let output = command(to, args).output().unwrap();
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    serde_json::from_slice(&output.stdout).unwrap()
}

/// What ffmpeg or ffprobe says on standard output.
pub fn said(program: &str, args: &[&str], film: &Path) -> Vec<u8> {
    let mut command = Command::new(program);
    let output = command.args(args).output().unwrap();
    assert!(output.status.success(), "{} {}", film.display(), String::from_utf8_lossy(&output.stderr));
    output.stdout
}

/// The decoded pictures, in a pixel format; of VP9 by the decoder that knows alpha.
pub fn pictures(film: &Path, format: &str) -> Vec<u8> {
    let path = film.to_str().unwrap();
    let decoder: &[&str] = if path.ends_with("webm") { &["-c:v", "libvpx-vp9"] } else { &[] };
    let args = [
        &["-v", "error"],
        decoder,
        &["-i", path, "-an", "-threads", "1", "-fps_mode", "passthrough", "-f", "rawvideo", "-pix_fmt", format, "-"],
    ];
    said("ffmpeg", &args.concat(), film)
}

/// When each picture is shown, in the stream's ticks and in order, and a tick's length as a fraction of a second.
pub fn instants(film: &Path) -> (Vec<i64>, (i64, i64)) {
    let args = ["-v", "error", "-select_streams", "v", "-count_frames", "-show_entries"];
    let path = film.to_str().unwrap();
    let json = said(
        "ffprobe",
        &[&args[..], &["packet=pts:stream=time_base,nb_read_frames", "-of", "json", path]].concat(),
        film,
    );
    let told: Value = serde_json::from_slice(&json).unwrap();
    let pts = |packet: &Value| packet["pts"].as_i64().unwrap();
    let mut all: Vec<i64> = told["packets"].as_array().unwrap().iter().map(pts).collect();
    all.sort_unstable();
    let stream = &told["streams"][0];
    assert_eq!(stream["nb_read_frames"].as_str().unwrap(), all.len().to_string(), "every packet is a picture");
    let (num, den) = stream["time_base"].as_str().unwrap().split_once('/').unwrap();
    (all, (num.parse().unwrap(), den.parse().unwrap()))
}
