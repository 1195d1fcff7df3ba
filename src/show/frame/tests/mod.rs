//! Promises of the picture: legible, inside the safe area, pure, silent about the key, and never a panic.

mod award;
mod beats;
mod buzz;
mod chaos;
mod classes;
mod confidence;
mod draw;
mod flash;
mod interrupted;
mod judge;
mod motion;
mod over;
mod overlays;
mod quality;
mod reduced;
mod room;
mod scenes;
mod scenes_award;
mod scenes_buzz;
mod scenes_judge;
mod scenes_slate;
mod scenes_tab;
mod secret;
mod slates;
mod tables;
mod tapes;
mod wide_card;
mod wide_slates;

use std::sync::LazyLock;

use proptest::test_runner::{Config, FileFailurePersistence};
use serde_json::{Value, json};

use super::{Class, Frame, Lang, Output, Part, Rect, Typeset, compose, plain::Plain};
use crate::show::{
    clip::Clips,
    protocol::{Envelope, ProtocolError},
    state::Show,
    theme::{Look, Theme, source},
};

/// The shipped theme.
static THEME: LazyLock<Theme> = LazyLock::new(|| source::shipped::theme("qingkong"));

/// So many cases; those that failed once lie beside the test and come first.
fn sampled(cases: u32) -> Config {
    let failure_persistence = Some(Box::new(FileFailurePersistence::WithSource("seeds")) as _);
    Config { cases, failure_persistence, ..Config::default() }
}

/// How the broadcast's picture looks.
fn look() -> &'static Look {
    THEME.of(Class::Tv)
}

/// How every class looks.
fn looks() -> [(Class, &'static Look); Class::ALL.len()] {
    Class::ALL.map(|class| (class, THEME.of(class)))
}

/// A feed that says what it is told, at instants of its own.
struct Feed {
    show: Show,
    seq: u64,
    at: i64,
}

impl Feed {
    /// A show of `teams` teams with a player each, 300 points to begin with.
    fn new(teams: u32) -> Self {
        const NAMES: [&str; 12] = [
            "济南市",
            "枣庄市",
            "济宁市",
            "淄博市",
            "威海市",
            "滨州市",
            "青岛市",
            "烟台市",
            "平潭综合",
            "临沂市",
            "日照市",
            "菏泽市",
        ];
        let mut feed = Self { show: Show::default(), seq: 0, at: 1_000_000_000 };
        let team = |n: u32| {
            let name = NAMES.get(n as usize - 1).map_or_else(|| format!("{n} 号队"), |name| (*name).to_owned());
            json!({"id": format!("t{n}"), "name": name, "number": n})
        };
        let player = |n: u32| json!({"id": format!("p{n}"), "team": format!("t{n}"), "number": n});
        let teams: Vec<Value> = (1..=teams).map(team).collect();
        let players: Vec<Value> = (1..=teams.len() as u32).map(player).collect();
        feed.say(
            0,
            "show.configured",
            json!({"title": "业务技能练兵比武", "organisers": ["人力资源和社会保障局"], "teams": teams, "players": players, "base_score": 300}),
        );
        feed
    }

    /// `event`, `after_ms` after the last one.
    fn say(&mut self, after_ms: i64, event: &str, data: Value) -> &mut Self {
        self.hear(after_ms, event, data).unwrap();
        self
    }

    /// The same, for events that the protocol may refuse.
    fn hear(&mut self, after_ms: i64, event: &str, data: Value) -> Result<(), ProtocolError> {
        self.seq += 1;
        self.at += after_ms * 1_000;
        let wire = json!({"v": 1, "epoch": "e", "seq": self.seq, "at": self.at, "type": event, "data": data});
        self.show.apply(&Envelope::from_value(wire)?);
        Ok(())
    }

    fn round(&mut self, format: &str) -> &mut Self {
        let rules = json!({"right": 10, "questions": 10, "text": ["120 秒 10 题"]});
        self.say(
            100,
            "round.opened",
            json!({"id": "r", "name": "勇往直前", "subtitle": "风险环节", "format": format, "rules": rules}),
        );
        self.say(100, "turn.given", json!({"team": "t1", "player": "p1", "question_no": 1}))
    }

    fn ask(&mut self, kind: &str) -> &mut Self {
        let options = match kind {
            "judge" => json!([{"label": "A", "text": "正确"}, {"label": "B", "text": "错误"}]),
            "single" | "multi" => json!([
                {"label": "A", "text": "六个月"}, {"label": "B", "text": "十二个月"},
                {"label": "C", "text": "十八个月"}, {"label": "D", "text": "二十四个月"}
            ]),
            _ => json!([]),
        };
        let stem = "失业人员失业前用人单位和本人累计缴费满一年不足五年的，领取失业保险金的期限最长为多少个月？";
        self.say(
            100,
            "question.shown",
            json!({"id": "q", "kind": kind, "stem": stem, "options": options, "value": 10}),
        );
        self.say(0, "countdown.armed", json!({"id": "c", "duration": 10_000_000}));
        let ends_at = self.at + 10_500_000;
        self.say(500, "countdown.started", json!({"id": "c", "ends_at": ends_at}))
    }

    /// The frame `after_ms` after the last event.
    fn frame(&self, after_ms: i64) -> Frame {
        frame(&self.show, self.at + after_ms * 1_000, Lang::Zh)
    }

    /// What can be read then, in layer order.
    fn read(&self, after_ms: i64) -> Vec<String> {
        seen(&self.frame(after_ms)).into_iter().map(|text| text.text).collect()
    }
}

fn frame(show: &Show, now: i64, lang: Lang) -> Frame {
    compose(show, &THEME, &Output { lang, ..Output::tv(1920, 1080) }, &Plain, Clips::none(), now)
}

/// The same on another class's own raster.
fn frame_of(class: Class, show: &Show, now: i64, lang: Lang) -> Frame {
    let (w, h) = class.canvas();
    compose(show, &THEME, &Output { lang, ..Output::of(class, (w as u32, h as u32)) }, &Plain, Clips::none(), now)
}

/// A text that can be seen: where on the canvas (its glyphs' box, not its line's), how large.
struct Seen {
    text: String,
    rect: Rect,
    size: f32,
    layer: super::LayerKey,
}

/// All texts of a frame that are not wholly transparent.
fn seen(frame: &Frame) -> Vec<Seen> {
    let mut found = Vec::new();
    for layer in frame.layers.iter().filter(|layer| layer.placement.opacity > 0.0) {
        let (placement, (w, h)) = (layer.placement, layer.content.size);
        let x = |x: f32| placement.x + w / 2.0 + (x - w / 2.0) * placement.scale.0;
        let y = |y: f32| placement.y + h / 2.0 + (y - h / 2.0) * placement.scale.1;
        for part in &layer.content.parts {
            let Part::Text { at, line, anchor, text, style } = part else { continue };
            if style.colour.a <= 0.0 || text.trim().is_empty() {
                continue;
            }
            // Tracking also follows the last glyph, where it is not seen.
            let width = Plain.width(text, style) - style.tracking * style.size;
            let left = match anchor {
                super::Anchor::Start => at.x,
                super::Anchor::Centre => at.x - width / 2.0,
                super::Anchor::End => at.x - width,
            };
            let top = at.y + (line - style.size) / 2.0;
            // What a wipe hides is not seen.
            let clip =
                placement.clip.unwrap_or(Rect::new(f32::MIN / 4.0, f32::MIN / 4.0, f32::MAX / 2.0, f32::MAX / 2.0));
            let (right, bottom) = ((left + width).min(clip.x + clip.w), (top + style.size).min(clip.y + clip.h));
            let (left, top) = (left.max(clip.x), top.max(clip.y));
            if left >= right || top >= bottom {
                continue;
            }
            let (width, height) = (right - left, bottom - top);
            let rect = Rect::new(x(left), y(top), width * placement.scale.0, height * placement.scale.1);
            found.push(Seen { text: text.clone(), rect, size: style.size, layer: layer.key });
        }
    }
    found
}
