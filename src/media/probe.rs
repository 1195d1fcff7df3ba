//! What ffprobe says of a film, and the recipe that follows from it: upright, square pixels, full-range RGB of the right matrix.

use std::{fmt::Write, path::Path, process::Command, time::Duration};

use crossbeam_channel::Receiver;
use serde::Deserialize;

use super::{
    Limits, MediaError, Tools,
    film::Recipe,
    limits::MOST_RASTER,
    run::{Cut, input, run},
};

const WITHIN: Duration = Duration::from_secs(30);
const MOST_BYTES: usize = 4 << 20;

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Answer {
    streams: Vec<Stream>,
    format: Format,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Format {
    duration: Option<String>,
    format_name: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Stream {
    codec_type: String,
    codec_name: String,
    width: u32,
    height: u32,
    pix_fmt: String,
    sample_aspect_ratio: String,
    color_space: String,
    color_range: String,
    color_transfer: String,
    field_order: String,
    duration: Option<String>,
    disposition: Disposition,
    tags: Tags,
    side_data_list: Vec<SideData>,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Disposition {
    attached_pic: u8,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct Tags {
    #[serde(alias = "ALPHA_MODE")]
    alpha_mode: String,
}

#[derive(Debug, Default, Deserialize)]
#[serde(default)]
struct SideData {
    rotation: Option<f64>,
}

/// A film as it says itself that it is.
#[derive(Clone, Debug, PartialEq)]
pub struct Probed {
    /// As it will be seen.
    pub raster: (u32, u32),
    pub recipe: Recipe,
    pub has_alpha: bool,
    pub has_sound: bool,
    /// µs, of its pictures where they say so, else of all; none where the file does not know.
    pub duration_us: Option<i64>,
    pub codec: String,
    pub is_hdr: bool,
    pub is_image: bool,
}

/// Asks ffprobe.
pub fn probe(tools: &Tools, path: &Path, film: &str, limits: &Limits, stop: &Receiver<()>) -> Result<Probed, Cut> {
    let mut command = Command::new(&tools.ffprobe);
    command.args(["-v", "error", "-of", "json", "-show_streams", "-show_format"]);
    input(&mut command, path);
    let mut json = Vec::new();
    let foreign = |reason: &str| MediaError::Foreign { film: film.to_owned(), reason: reason.to_owned() };
    let ended = run(command, WITHIN, stop, &mut |piece| {
        json.extend_from_slice(piece);
        if json.len() > MOST_BYTES { Err(foreign("it names too many streams")) } else { Ok(()) }
    });
    let ended = ended.map_err(|cut| match cut {
        Cut::OutOfTime => Cut::Failed(MediaError::Endless { film: film.to_owned(), seconds: WITHIN.as_secs() }),
        cut => cut,
    })?;
    if !ended.is_success {
        return Err(Cut::Failed(foreign(&shortened(&ended.complaint, path))));
    }
    let answer: Answer = serde_json::from_slice(&json).map_err(|error| Cut::Failed(foreign(&error.to_string())))?;
    read(&answer, film, limits).map_err(Cut::Failed)
}

/// A complaint without the file's own place, which the operator knows.
pub fn shortened(complaint: &str, path: &Path) -> String {
    let place = format!("file:{}: ", path.display());
    let said = complaint.replace(&place, "");
    if said.is_empty() { "ffmpeg says nothing".to_owned() } else { said }
}

fn read(answer: &Answer, film: &str, limits: &Limits) -> Result<Probed, MediaError> {
    let is_picture = |stream: &&Stream| stream.codec_type == "video" && stream.disposition.attached_pic == 0;
    let stream = answer.streams.iter().find(is_picture).filter(|stream| stream.width > 0 && stream.height > 0);
    let stream = stream.ok_or_else(|| MediaError::NoPicture { film: film.to_owned() })?;
    let (width, height) = (stream.width, stream.height);
    if width.max(height) > limits.side {
        return Err(MediaError::Large { film: film.to_owned(), width, height, most: limits.side });
    }
    let is_image = answer.format.format_name.ends_with("_pipe") || answer.format.format_name == "image2";
    let seconds = |text: &Option<String>| text.as_ref().and_then(|text| text.parse::<f64>().ok());
    let duration = seconds(&stream.duration).or(seconds(&answer.format.duration)).filter(|_| !is_image);
    let duration_us = duration.map(|seconds| (seconds * 1e6) as i64);
    if duration_us.is_some_and(|us| us > limits.length_us) {
        return Err(MediaError::Long { film: film.to_owned(), seconds: limits.length_us / 1_000_000 });
    }
    let raster = raster(stream);
    let is_interlaced = matches!(stream.field_order.as_str(), "tt" | "bb" | "tb" | "bt");
    let has_mode = stream.tags.alpha_mode == "1" && matches!(stream.codec_name.as_str(), "vp8" | "vp9");
    let decoder = has_mode.then(|| if stream.codec_name == "vp8" { "libvpx" } else { "libvpx-vp9" }.to_owned());
    Ok(Probed {
        raster,
        recipe: Recipe { filters: filters(stream, raster, is_interlaced), decoder, lead: u32::from(is_interlaced) },
        has_alpha: has_mode || has_alpha(&stream.pix_fmt),
        has_sound: !is_image && answer.streams.iter().any(|stream| stream.codec_type == "audio"),
        duration_us,
        codec: stream.codec_name.clone(),
        is_hdr: matches!(stream.color_transfer.as_str(), "smpte2084" | "arib-std-b67"),
        is_image,
    })
}

/// Upright, with square pixels, within what is decoded at most.
fn raster(stream: &Stream) -> (u32, u32) {
    let (mut w, mut h) = (f64::from(stream.width), f64::from(stream.height));
    let aspect = stream.sample_aspect_ratio.split_once(':');
    let aspect = aspect.and_then(|(num, den)| Some(num.parse::<f64>().ok()? / den.parse::<f64>().ok()?));
    // Lines and columns are kept; the shorter direction is widened.
    match aspect.filter(|aspect| aspect.is_finite() && (0.1..=10.0).contains(aspect)) {
        Some(aspect) if aspect > 1.0 => w *= aspect,
        Some(aspect) => h /= aspect,
        None => {}
    }
    let turn = stream.side_data_list.iter().find_map(|data| data.rotation).unwrap_or(0.0);
    if (turn / 90.0).round().rem_euclid(2.0) == 1.0 {
        (w, h) = (h, w);
    }
    let most = if w >= h { MOST_RASTER } else { (MOST_RASTER.1, MOST_RASTER.0) };
    let scale = (f64::from(most.0) / w).min(f64::from(most.1) / h).min(1.0);
    let px = |length: f64| (length * scale).round().max(1.0) as u32;
    (px(w), px(h))
}

/// ffmpeg turns the picture upright before these.
fn filters(stream: &Stream, (w, h): (u32, u32), is_interlaced: bool) -> String {
    let mut filters = String::new();
    if is_interlaced {
        filters.push_str("bwdif=mode=send_frame:deint=interlaced,");
    }
    let is_hd = stream.width.max(stream.height) >= 1280 || stream.width.min(stream.height) >= 720;
    let matrix = match stream.color_space.as_str() {
        "bt709" => "bt709",
        "smpte170m" | "bt470bg" => "bt601",
        "smpte240m" => "smpte240m",
        "fcc" => "fcc",
        "bt2020nc" | "bt2020c" => "bt2020",
        // A still's is JPEG's own.
        _ if stream.codec_name == "mjpeg" => "bt601",
        // What says nothing is what the trade takes it for.
        _ if is_hd => "bt709",
        _ => "bt601",
    };
    let range = if stream.color_range == "pc" || stream.pix_fmt.starts_with("yuvj") { "pc" } else { "tv" };
    // The formatting of plain text into a string does not fail.
    let _ = write!(
        filters,
        "scale={w}:{h}:in_color_matrix={matrix}:in_range={range}:out_range=pc:\
         flags=bicubic+accurate_rnd+full_chroma_int+full_chroma_inp,setsar=1,format=rgba"
    );
    filters
}

fn has_alpha(format: &str) -> bool {
    let named = ["yuva", "rgba", "bgra", "argb", "abgr", "gbrap", "ya8", "ya16", "pal8", "ayuv", "vuya"];
    named.iter().any(|name| format.starts_with(name))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn probed(stream: serde_json::Value) -> Result<Probed, MediaError> {
        let answer = serde_json::json!({"streams": [stream], "format": {"format_name": "mov,mp4", "duration": "2.5"}});
        read(&serde_json::from_value(answer).unwrap(), "f", &Limits::default())
    }

    fn film(mut more: serde_json::Value) -> Probed {
        let base = [("codec_type", "video".into()), ("codec_name", "h264".into()), ("pix_fmt", "yuv420p".into())];
        for (name, value) in base {
            more.as_object_mut().unwrap().entry(name).or_insert(value);
        }
        probed(more).unwrap()
    }

    #[test]
    fn a_film_is_seen_upright_with_square_pixels() {
        let phone = film(serde_json::json!({"width": 1920, "height": 1080, "side_data_list": [{"rotation": -90}]}));
        assert_eq!(phone.raster, (1080, 1920));
        let dv = film(serde_json::json!({"width": 720, "height": 576, "sample_aspect_ratio": "64:45"}));
        assert_eq!(dv.raster, (1024, 576));
        let large = film(serde_json::json!({"width": 7680, "height": 4320}));
        assert_eq!(large.raster, (3840, 2160));
        assert_eq!(large.duration_us, Some(2_500_000));
    }

    #[test]
    fn the_matrix_is_the_films_own() {
        let sd = film(serde_json::json!({"width": 720, "height": 576}));
        assert!(sd.recipe.filters.contains("in_color_matrix=bt601:in_range=tv"), "{}", sd.recipe.filters);
        let hd = film(serde_json::json!({"width": 1920, "height": 1080, "color_range": "pc"}));
        assert!(hd.recipe.filters.contains("in_color_matrix=bt709:in_range=pc"), "{}", hd.recipe.filters);
        let field = film(serde_json::json!({"width": 1920, "height": 1080, "field_order": "tt"}));
        assert!(field.recipe.filters.starts_with("bwdif") && field.recipe.lead == 1);
    }

    #[test]
    fn what_is_no_film_or_too_large_is_refused() {
        let sound = serde_json::json!({"codec_type": "audio"});
        assert!(matches!(probed(sound), Err(MediaError::NoPicture { .. })));
        let cover =
            serde_json::json!({"codec_type": "video", "width": 9, "height": 9, "disposition": {"attached_pic": 1}});
        assert!(matches!(probed(cover), Err(MediaError::NoPicture { .. })));
        let huge = serde_json::json!({"codec_type": "video", "width": 16_000, "height": 9_000});
        assert!(matches!(probed(huge), Err(MediaError::Large { .. })));
    }
}
