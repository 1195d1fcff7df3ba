//! Films made with ffmpeg's test sources: each picture carries its own number as sixteen bars, light for one.

use std::{
    fs,
    path::{Path, PathBuf},
    process::Command,
};

use leitai::{
    media::{Limits, Options, Want},
    show::{
        clip::ClipKey,
        frame::{Frame, Layer, Part},
    },
};
use serde_json::json;
use sha2::{Digest, Sha256};

/// A folder of films, gone when it is dropped.
pub struct Shelf(pub tempfile::TempDir);

pub const SIZE: (u32, u32) = (320, 180);
const BITS: u32 = 16;

impl Shelf {
    pub fn new() -> Self {
        Self(tempfile::tempdir().unwrap())
    }

    pub fn path(&self, name: &str) -> PathBuf {
        self.0.path().join(name)
    }

    /// Runs ffmpeg with the film as its last argument.
    pub fn make(&self, name: &str, arguments: &str) -> ClipKey {
        let mut command = Command::new("ffmpeg");
        command.args(["-y", "-v", "error", "-nostdin", "-threads", "1"]).args(split(arguments)).arg(self.path(name));
        let output = command.output().unwrap();
        assert!(output.status.success(), "{arguments}: {}", String::from_utf8_lossy(&output.stderr));
        self.key(name)
    }

    pub fn key(&self, name: &str) -> ClipKey {
        ClipKey(Sha256::digest(fs::read(self.path(name)).unwrap()).into())
    }

    /// A film whose pictures carry their numbers.
    pub fn numbered(&self, name: &str, rate: &str, seconds: &str, arguments: &str) -> ClipKey {
        self.make(name, &format!("-f lavfi -i {} {arguments}", source(rate, seconds)))
    }

    pub fn options(&self) -> Options {
        Options { folders: vec![self.0.path().to_owned()], limits: Limits::default(), ..Options::default() }
    }

    pub fn want(&self, name: &str) -> Want {
        want(name, &self.key(name).to_string())
    }
}

pub fn want(name: &str, sha256: &str) -> Want {
    Want { id: "m".into(), path: Some(name.into()), url: None, sha256: sha256.into() }
}

/// The test source of numbered pictures.
pub fn source(rate: &str, seconds: &str) -> String {
    let (w, h) = SIZE;
    let bar = w / BITS;
    format!(
        "color=c=gray:s={w}x{h}:r={rate}:d={seconds},format=yuv420p,\
         geq=lum='if(mod(floor(N/pow(2,floor(X/{bar}))),2),235,16)':cb=128:cr=128"
    )
}

/// Words at spaces; quotes belong to ffmpeg's filters.
fn split(arguments: &str) -> Vec<&str> {
    arguments.split_whitespace().collect()
}

/// The number on a picture of straight RGBA rows that lies at `place` (x, y, w, h; px); none where a bar is neither.
pub fn number(pixels: &[u8], width: usize, place: (f32, f32, f32, f32)) -> Option<u32> {
    let (x, y, w, h) = place;
    (0..BITS).try_fold(0, |number, bit| {
        let across = x + (bit as f32 + 0.5) * w / BITS as f32;
        let at = ((y + h / 2.0) as usize * width + across as usize) * 4;
        match pixels.get(at..at + 3)? {
            [r, g, b] if *r > 200 && *g > 200 && *b > 200 => Some(number | 1 << bit),
            [r, g, b] if *r < 60 && *g < 60 && *b < 60 => Some(number),
            _ => None,
        }
    })
}

/// The film's layer and part.
pub fn film(frame: &Frame) -> Option<(&Layer, &Part)> {
    let part = |layer: &'_ Layer| layer.content.parts.iter().position(|part| matches!(part, Part::Video { .. }));
    frame.layers.iter().find_map(|layer| Some((layer, layer.content.parts.get(part(layer)?)?)))
}

/// Where on the raster it lies.
pub fn place(frame: &Frame) -> Option<(f32, f32, f32, f32)> {
    let (layer, part) = film(frame)?;
    let Part::Video { rect, .. } = part else { return None };
    let (scale, (x, y)) = (frame.scale, frame.offset);
    let at = |along: f32, own: f32, offset: f32| (along + own) * scale + offset;
    Some((at(layer.placement.x, rect.x, x), at(layer.placement.y, rect.y, y), rect.w * scale, rect.h * scale))
}

/// A tape: a case question whose film starts at 1 s; `more` are (ms, event) of the film.
pub fn tape(film: &str, sha256: &str, more: &[(i64, &str)]) -> String {
    const ZERO_US: i64 = 1_000_000_000;
    let cued = json!({"id": "m", "path": film, "sha256": sha256, "title": "案例：一次工伤认定"});
    let question = json!({"id": "q", "kind": "case", "stem": "张师傅该向谁申请工伤认定？", "media": {"id": "m"}});
    let mut said = vec![
        (0, "show.configured", json!({"title": "社保知识竞赛", "teams": [], "players": []})),
        (100, "media.cued", cued),
        (200, "question.shown", question),
        (1_000, "media.started", json!({"id": "m", "at": ZERO_US + 1_000_000})),
    ];
    said.extend(more.iter().map(|(ms, event)| (*ms, *event, json!({"id": "m"}))));
    let lines = (1..).zip(&said).map(|(seq, (ms, event, data))| {
        let at = ZERO_US + ms * 1_000;
        let env = json!({"v": 1, "epoch": "e", "seq": seq, "at": at, "type": event, "data": data});
        json!({"rx": at, "lane": "feed", "env": env}).to_string() + "\n"
    });
    "{\"tape\":1}\n".to_owned() + &lines.collect::<String>()
}

/// The processes that this one has started to decode a film, by their ids.
pub fn decoders(film: &Path) -> Vec<u32> {
    let own = std::process::id();
    let listed = fs::read_dir("/proc").unwrap().filter_map(|entry| entry.ok()?.file_name().to_str()?.parse().ok());
    let mut all: Vec<u32> = listed.collect();
    let is_ours = |id: &u32| {
        let status = fs::read_to_string(format!("/proc/{id}/status")).unwrap_or_default();
        let parent = status.lines().find_map(|line| line.strip_prefix("PPid:")?.trim().parse::<u32>().ok());
        let line = fs::read(format!("/proc/{id}/cmdline")).unwrap_or_default();
        let named = String::from_utf8_lossy(&line).contains(&*film.to_string_lossy());
        parent == Some(own) && named
    };
    all.retain(is_ours);
    all
}

pub fn signal(id: u32, name: &str) {
    let status = Command::new("kill").args(["-s", name, &id.to_string()]).status().unwrap();
    assert!(status.success());
}
