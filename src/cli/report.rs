//! The preflight's report for the director: one page with every finding and the picture it was found in.

use std::{collections::BTreeMap, fmt::Write, fs, path::Path, sync::Arc};

use super::{
    error::CliError,
    finding::{Detail, Finding},
    told,
};
use crate::{
    locale::{self, Lang},
    output::{Board, png_bytes},
    preflight::Severity,
    show::frame::{Border, Content, Fill, Frame, Layer, LayerKey, LayerKind, Part, Placement, Rgba},
    show::told::Words,
    stage::Headless,
};

/// Pictures are drawn at half the canvas.
const SCALE: f32 = 0.5;
/// Round what is meant: a light line round a dark one can be seen on any ground.
const ROUND: f32 = 14.0;
const DARK: Border = Border { width: 6.0, colour: Rgba { r: 0.05, g: 0.05, b: 0.05, a: 1.0 } };
const LIGHT: Border = Border { width: 6.0, colour: Rgba { r: 1.0, g: 0.9, b: 0.0, a: 1.0 } };
/// A report in pictures.
const CELL: u32 = 270;
const COLUMNS: usize = 2;
const ROWS: usize = 8;

const STYLE: &str = "body{font:16px/1.5 'Noto Sans SC','PingFang SC','Microsoft YaHei',sans-serif;margin:2rem auto;max-width:70rem;\
padding:0 1rem;color:#1a1a1a;background:#fff}h1{font-size:1.6rem}h2{font-size:1.2rem;border-bottom:1px solid #ccc;\
margin-top:2.5rem;word-break:break-all}h3{font-size:1rem;color:#555;margin:1.5rem 0 .5rem}section{margin:0 0 1.5rem;\
padding-left:1rem;border-left:6px solid #b00020}section.warning{border-color:#c77700}section.notice{border-color:#888}\
p{margin:.2rem 0}.do{color:#333;font-weight:600}.place{color:#666;font-size:.9rem}img{max-width:100%;margin-top:.5rem;\
background:repeating-conic-gradient(#888 0 25%,#aaa 0 50%) 0/24px 24px}";

/// Writes the report: a page (`.html`) with its pictures in it, or pictures alone (`.png`).
///
/// # Errors
/// When the file cannot be written.
pub(super) fn write(path: &Path, good: &[String], findings: &[Finding], lang: Lang) -> Result<(), CliError> {
    // Without a renderer the findings are told without pictures.
    let mut stage = pictured(findings).next().and_then(|frame| Headless::new(raster(frame)).ok());
    if path.extension().is_some_and(|kind| kind.eq_ignore_ascii_case("png")) {
        return sheet(path, findings, lang, stage.as_mut());
    }
    let text = page(good, findings, lang, stage.as_mut());
    fs::write(path, text).map_err(|error| CliError::Write { path: path.to_owned(), reason: error.to_string() })
}

fn pictured(findings: &[Finding]) -> impl Iterator<Item = &Frame> {
    findings.iter().filter_map(|finding| match &finding.detail {
        Detail::Picture(found) => found.picture.as_deref(),
        _ => None,
    })
}

fn raster(frame: &Frame) -> (u32, u32) {
    ((frame.raster.0 as f32 * SCALE) as u32, (frame.raster.1 as f32 * SCALE) as u32)
}

/// The picture that a finding was made in, with what is meant marked.
fn marked(finding: &Finding) -> Option<Frame> {
    let Detail::Picture(found) = &finding.detail else { return None };
    let frame = found.picture.as_deref()?;
    let mut layers = frame.layers.clone();
    if let Some(spot) = found.spot {
        let outline = |by: f32, border: Border| Part::Plate {
            rect: spot.grow(by),
            radii: [by; 4],
            fill: Fill::None,
            border: Some(border),
            shadow: None,
            turn: 0.0,
        };
        let (width, height) = (frame.raster.0 as f32 / frame.scale, frame.raster.1 as f32 / frame.scale);
        let parts = vec![outline(ROUND + DARK.width, DARK), outline(ROUND, LIGHT)];
        layers.push(Layer {
            key: LayerKey { kind: LayerKind::Mark, entry: 0, index: u16::MAX },
            content: Arc::new(Content { size: (width, height), opaque: false, parts }),
            placement: Placement::at(0.0, 0.0),
        });
    }
    Some(Frame { raster: raster(frame), scale: frame.scale * SCALE, offset: (0.0, 0.0), layers })
}

fn sheet(path: &Path, findings: &[Finding], lang: Lang, stage: Option<&mut Headless>) -> Result<(), CliError> {
    let Some(stage) = stage else {
        // A picture must be drawn; a report that says nothing is none.
        let reason = "no picture can be drawn here, or none was found at fault; write the report as .html".to_owned();
        return Err(CliError::Write { path: path.to_owned(), reason });
    };
    let mut board = Board::new(path, (CELL * 32 / 9, CELL), COLUMNS / 2, ROWS);
    for finding in findings {
        let (Some(frame), Detail::Picture(found)) = (marked(finding), &finding.detail) else { continue };
        let raster = frame.raster;
        let pixels = stage.draw(Arc::new(frame))?.to_vec();
        let what = told::what(&found.fault, lang);
        let caption = [format!("{}  {what}", finding.place()), told::place(found, lang)];
        board.add(stage, raster, &pixels, caption)?;
    }
    board.finish(stage)?;
    Ok(())
}

fn page(good: &[String], findings: &[Finding], lang: Lang, mut stage: Option<&mut Headless>) -> String {
    let title = locale::word(lang, "preflight-report-title");
    let mut text = format!(
        "<!doctype html><html lang=\"{}\"><meta charset=\"utf-8\"><title>{title}</title><style>{STYLE}</style><h1>{title}</h1>\n",
        if lang == Lang::En { "en" } else { "zh" }
    );
    let count = |severity: Severity| findings.iter().filter(|finding| finding.severity == severity).count();
    let counts = Words::new("preflight-report-counts")
        .with("errors", count(Severity::Error))
        .with("warnings", count(Severity::Warning))
        .with("notices", count(Severity::Notice));
    let counts = locale::say(lang, &counts);
    put(&mut text, format_args!("<p>{counts}</p>\n"));
    for path in good.iter().filter(|path| findings.iter().all(|finding| finding.path != **path)) {
        put(
            &mut text,
            format_args!("<h2>{}</h2><p>{}</p>\n", escaped(path), locale::word(lang, "preflight-report-good")),
        );
    }
    let mut groups: BTreeMap<(&str, &str), Vec<&Finding>> = BTreeMap::new();
    for finding in findings {
        groups.entry((&finding.path, finding.check())).or_default().push(finding);
    }
    let mut file = "";
    for ((path, check), group) in groups {
        if path != file {
            put(&mut text, format_args!("<h2>{}</h2>\n", escaped(path)));
            file = path;
        }
        put(
            &mut text,
            format_args!("<h3>{}</h3>\n", locale::word(lang, &format!("preflight-check-{}", check.replace('_', "-")))),
        );
        for finding in group {
            section(&mut text, finding, lang, stage.as_deref_mut());
        }
    }
    text
}

fn section(text: &mut String, finding: &Finding, lang: Lang, stage: Option<&mut Headless>) {
    let class = match finding.severity {
        Severity::Error => "error",
        Severity::Warning => "warning",
        Severity::Notice => "notice",
    };
    let key = format!("preflight-severity-{class}");
    let severity = locale::word(lang, &key);
    put(text, format_args!("<section class=\"{class}\">"));
    let place = escaped(&finding.place());
    match &finding.detail {
        Detail::Picture(found) => {
            let (what, advice) = (told::what(&found.fault, lang), told::advice(&found.fault, lang));
            put(text, format_args!("<p>{severity} · {}</p>", escaped(&what)));
            put(text, format_args!("<p class=\"do\">{}</p>", escaped(&advice)));
            put(text, format_args!("<p class=\"place\">{place} · {}</p>", escaped(&told::place(found, lang))));
        }
        _ => put(text, format_args!("<p>{severity} · {}</p><p class=\"place\">{place}</p>", escaped(&finding.text))),
    }
    let png = marked(finding).zip(stage).and_then(|(frame, stage)| {
        let raster = frame.raster;
        png_bytes(raster, stage.draw(Arc::new(frame)).ok()?).ok()
    });
    if let Some(png) = png {
        put(text, format_args!("<img alt=\"\" src=\"data:image/png;base64,{}\">", base64(&png)));
    }
    text.push_str("</section>\n");
}

fn put(text: &mut String, words: std::fmt::Arguments) {
    // A string takes all that is written.
    let _ = text.write_fmt(words);
}

fn escaped(text: &str) -> String {
    text.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;").replace('"', "&quot;")
}

fn base64(bytes: &[u8]) -> String {
    const SIGNS: &[u8; 64] = b"ABCDEFGHIJKLMNOPQRSTUVWXYZabcdefghijklmnopqrstuvwxyz0123456789+/";
    let mut text = String::with_capacity(bytes.len().div_ceil(3) * 4);
    for chunk in bytes.chunks(3) {
        let byte = |i: usize| u32::from(chunk.get(i).copied().unwrap_or(0));
        let bits = byte(0) << 16 | byte(1) << 8 | byte(2);
        for i in 0..4 {
            let sign = SIGNS.get((bits >> (18 - 6 * i) & 63) as usize).copied().unwrap_or(b'=');
            text.push(if i <= chunk.len() { char::from(sign) } else { '=' });
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn bytes_become_letters() {
        assert_eq!([&b"f"[..], b"fo", b"foo", b"foob", b""].map(base64), ["Zg==", "Zm8=", "Zm9v", "Zm9vYg==", ""]);
    }

    #[test]
    fn a_page_tells_every_finding_and_what_was_good() {
        let finding = Finding::new("a<b>.ndjson", Some(3), None, "line 3 is \"torn\"".to_owned());
        let text = page(&["good.csv".to_owned()], &[finding], Lang::En, None);
        for said in ["1 errors", "good.csv", "a&lt;b&gt;.ndjson:3", "line 3 is &quot;torn&quot;", "Nothing was found"] {
            assert!(text.contains(said), "{said}: {text}");
        }
    }
}
