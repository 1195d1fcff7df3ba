//! The gallery's scenes: every graphic in every state, each a short story and an instant of it. They are data.

use std::collections::BTreeMap;

use serde::Deserialize;
use serde_json::{Value, json};

use crate::show::{
    frame::{Class, LayerKind},
    protocol::Envelope,
    state::Show,
    time::Instant,
    told::told,
};

/// The scenes that the program carries.
pub const GALLERY: &str = include_str!("../../assets/gallery/scenes.ndjson");

/// A scene's zero on the server's clock, µs.
pub const SCENE_ZERO_US: Instant = 1_760_000_000_000_000;

/// One graphic in one state.
#[derive(Clone, Debug)]
pub struct Scene {
    pub name: String,
    pub graphic: String,
    pub show: Show,
    /// The instant of the picture.
    pub at: Instant,
    /// The instant of the last event.
    pub last_at: Instant,
    /// Caught on its way: shown in a gallery, not judged.
    pub moving: bool,
    /// The classes it is meant for; all where it says nothing.
    pub classes: Option<Vec<Class>>,
    /// A scene it must be told from without hue.
    pub beside: Option<Beside>,
    /// Everything that its events say.
    pub data: Vec<Value>,
}

impl Scene {
    /// Whether it is meant for this class.
    pub fn is_for(&self, class: Class) -> bool {
        self.classes.as_ref().is_none_or(|classes| classes.contains(&class))
    }
}

/// Two states that can stand side by side: the layers of this kind (all of them where none is said) must differ.
#[derive(Clone, Debug, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Beside {
    pub scene: String,
    #[serde(default)]
    pub layer: Option<LayerKind>,
    #[serde(default)]
    pub index: Option<u16>,
}

/// Why scenes cannot be read.
#[derive(Debug, thiserror::Error)]
pub enum SceneError {
    #[error("line {line} of the scenes cannot be read: {reason}")]
    Line { line: usize, reason: String },
    #[error("line {line} of the scenes begins with the story \"{story}\", which no line before it tells")]
    Story { line: usize, story: String },
    #[error("line {line} of the scenes: {reason}; correct the event")]
    Event { line: usize, reason: String },
}

told!(SceneError {
    Line { line, reason } => "preflight-scenes-line",
    Story { line, story } => "preflight-scenes-story",
    Event { line, reason } => "preflight-scenes-event",
});

#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Line {
    #[serde(default)]
    story: Option<String>,
    #[serde(default)]
    scene: Option<String>,
    #[serde(default)]
    graphic: String,
    #[serde(default)]
    from: String,
    #[serde(default)]
    at_ms: i64,
    #[serde(default)]
    moving: bool,
    #[serde(default)]
    classes: Option<Vec<Class>>,
    #[serde(default)]
    beside: Option<Beside>,
    events: Vec<(i64, String, Value)>,
}

/// Reads scenes, one a line.
///
/// # Errors
/// Says which line is not a scene, begins with an unknown story or tells an event that the protocol refuses.
pub fn read_scenes(text: &str) -> Result<Vec<Scene>, SceneError> {
    let mut stories: BTreeMap<String, Vec<(i64, String, Value)>> = BTreeMap::new();
    let mut scenes = Vec::new();
    for (i, text) in text.lines().enumerate().filter(|(_, text)| !text.trim().is_empty()) {
        let number = i + 1;
        let line: Line =
            serde_json::from_str(text).map_err(|error| SceneError::Line { line: number, reason: error.to_string() })?;
        let mut events = match line.from.as_str() {
            "" => Vec::new(),
            story => stories
                .get(story)
                .cloned()
                .ok_or_else(|| SceneError::Story { line: number, story: story.to_owned() })?,
        };
        events.extend(line.events);
        if let Some(name) = line.story {
            stories.insert(name, events);
            continue;
        }
        events.sort_by_key(|event| event.0);
        let mut show = Show::default();
        let last_at = instant(events.last().map_or(line.at_ms, |event| event.0));
        let mut data = Vec::new();
        for (seq, (ms, kind, mut value)) in (1_u64..).zip(events) {
            instants(&mut value);
            let wire = json!({"v": 1, "epoch": "gallery", "seq": seq, "at": instant(ms), "type": kind, "data": value});
            let event = Envelope::from_value(wire)
                .map_err(|error| SceneError::Event { line: number, reason: error.to_string() })?;
            show.apply(&event);
            data.push(value);
        }
        scenes.push(Scene {
            name: line.scene.unwrap_or_default(),
            graphic: line.graphic,
            show,
            at: instant(line.at_ms),
            last_at,
            moving: line.moving,
            classes: line.classes,
            beside: line.beside,
            data,
        });
    }
    Ok(scenes)
}

const fn instant(ms: i64) -> Instant {
    SCENE_ZERO_US + ms * 1_000
}

/// `{"ms": 3000}` anywhere within is an instant of the story.
fn instants(value: &mut Value) {
    match value {
        Value::Object(map) if map.len() == 1 && map.contains_key("ms") => {
            if let Some(ms) = map.get("ms").and_then(Value::as_i64) {
                *value = json!(instant(ms));
            }
        }
        Value::Object(map) => map.values_mut().for_each(instants),
        Value::Array(list) => list.iter_mut().for_each(instants),
        _ => {}
    }
}

#[cfg(test)]
mod tests {
    use std::collections::BTreeSet;

    use super::*;

    #[test]
    fn every_scene_reads_has_a_name_of_its_own_and_stands_beside_one_that_exists() {
        let scenes = read_scenes(GALLERY).unwrap();
        assert!(scenes.len() > 100, "{}", scenes.len());
        let names: BTreeSet<&str> = scenes.iter().map(|scene| scene.name.as_str()).collect();
        assert_eq!(names.len(), scenes.len());
        for scene in &scenes {
            assert_eq!(scene.show.alarm_count, 0, "{}: {:?}", scene.name, scene.show.alarms);
            assert!(!scene.graphic.is_empty() && scene.name.starts_with(&scene.graphic), "{}", scene.name);
            if let Some(beside) = &scene.beside {
                assert!(names.contains(beside.scene.as_str()), "{}: {}", scene.name, beside.scene);
            }
        }
    }

    #[test]
    fn every_scene_of_the_programme_is_among_them() {
        use crate::show::state::Scene as OnAir;
        let shown: BTreeSet<String> =
            read_scenes(GALLERY).unwrap().iter().map(|scene| format!("{:?}", scene.show.program.scene)).collect();
        let all = [
            OnAir::Ground,
            OnAir::Idle,
            OnAir::Slate,
            OnAir::Card,
            OnAir::Risk,
            OnAir::Moment,
            OnAir::Rush,
            OnAir::Formula,
            OnAir::Duel,
            OnAir::Buzzer,
            OnAir::Assignment,
            OnAir::Draw,
            OnAir::Standings,
            OnAir::Total,
            OnAir::Advance,
            OnAir::Award,
            OnAir::Media,
        ];
        let missing: Vec<String> =
            all.iter().map(|scene| format!("{scene:?}")).filter(|scene| !shown.contains(scene)).collect();
        assert!(missing.is_empty(), "{missing:?}");
    }

    #[test]
    fn a_line_that_does_not_read_is_named() {
        let error = read_scenes("{\"scene\":\"a\",\"from\":\"b\",\"events\":[]}").unwrap_err().to_string();
        assert!(error.starts_with("line 1") && error.contains("\"b\""), "{error}");
        let error = read_scenes("\n{\"scene\":\"a\",\"events\":[[0,\"no.such\",3]]}").unwrap_err().to_string();
        assert!(error.starts_with("line 2"), "{error}");
    }
}
