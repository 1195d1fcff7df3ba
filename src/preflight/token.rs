//! Where in a theme a colour or a size was written: found by its value.

use serde_json::Value;

use crate::show::{
    frame::{Class, Fill, LayerKind, Part, Rgba, TextStyle},
    theme::{Look, Role},
};

/// What texts are coloured with; and the colours of a code for cameras, which are nothing else's.
const INKS: [&str; 3] = ["palette.ink", "palette.on_", "palette.well_ink"];
const CODES: &str = "palette.code_";

/// The palette's colours with their paths, and the roles.
pub(super) struct Tokens {
    /// (value, path).
    colours: Vec<(String, String)>,
    words: Vec<(String, String)>,
}

impl Tokens {
    pub fn of(look: &Look) -> Self {
        let mut colours = Vec::new();
        if let Ok(palette) = serde_json::to_value(&look.palette) {
            gather("palette", &palette, &mut colours);
            for (colour, _) in &mut colours {
                colour.truncate(7);
            }
        }
        let mut words = Vec::new();
        if let Ok(labels) = serde_json::to_value(&look.labels) {
            gather("labels", &labels, &mut words);
        }
        Self { colours, words }
    }

    /// The likeliest path with the colour of a text, whatever its alpha.
    pub fn ink(&self, colour: Rgba) -> Option<&str> {
        self.likeliest(colour, true)
    }

    /// The likeliest path with the colour of a plate or a ring.
    pub fn colour(&self, colour: Rgba) -> Option<&str> {
        self.likeliest(colour, false)
    }

    /// Tokens may share a colour: inks are meant for texts, others for all else.
    fn likeliest(&self, colour: Rgba, ink: bool) -> Option<&str> {
        let wanted = serde_json::to_value(Rgba { a: 1.0, ..colour }).ok()?;
        let wanted = wanted.as_str()?.get(..7)?.to_owned();
        let known = || self.colours.iter().filter(|(hex, _)| *hex == wanted).map(|(_, path)| path.as_str());
        let is_ink = |path: &&str| INKS.iter().any(|name| path.starts_with(name));
        known().find(|path| is_ink(path) == ink && !path.starts_with(CODES)).or_else(|| known().next())
    }

    /// The path of what a part is filled with.
    pub fn fill(&self, part: &Part) -> Option<&str> {
        match part {
            Part::Plate { fill: Fill::Solid(colour) | Fill::Vertical(colour, _), .. } => self.colour(*colour),
            Part::Plate { fill: Fill::Horizontal(stops), .. } => stops.first().and_then(|stop| self.colour(stop.0)),
            Part::Ring(ring) => self.colour(ring.well.0),
            Part::Sky(sky) => sky.stops.first().and_then(|stop| self.colour(stop.0)),
            _ => None,
        }
    }

    /// The label that a text is; `more` is what stands where one was cut.
    pub fn label(&self, text: &str, more: &str) -> Option<String> {
        let begin = text.strip_suffix(more).filter(|begin| !more.is_empty() && !begin.is_empty());
        let is_it = |word: &str| word == text || begin.is_some_and(|begin| word.starts_with(begin));
        self.words.iter().find(|(word, _)| is_it(word)).map(|(_, path)| path.clone())
    }

    /// Where the places of a layer are written, as far as its kind tells.
    pub const fn layout(class: Class, kind: LayerKind) -> &'static str {
        match kind {
            _ if matches!(class, Class::Confidence) => "monitor",
            LayerKind::Header => "layout.header",
            LayerKind::Card | LayerKind::Option => "layout.card",
            LayerKind::Ring => "layout.ring",
            LayerKind::Strip | LayerKind::Cell | LayerKind::ActiveCell | LayerKind::Chip => "layout.strip",
            LayerKind::Badge => "layout.badge",
            LayerKind::LowerThird => "layout.slates",
            LayerKind::Seat => "layout.duel",
            _ => "layout",
        }
    }

    /// The role whose ladder has this style's size.
    pub fn role(class: Class, look: &Look, style: &TextStyle) -> Option<String> {
        let alike = |role: &Role| {
            role.face == style.face
                && role.weight == style.weight
                && (role.tracking - style.tracking).abs() < 1e-4
                && role.ladder.iter().any(|step| (step.0 - style.size).abs() < 1e-3)
        };
        if class == Class::Confidence {
            let found = look.monitor.roles().into_iter().find(|(_, role)| alike(role));
            return found.map(|(name, _)| format!("monitor.{name}"));
        }
        look.typography.roles().into_iter().find(|(_, role)| alike(role)).map(|(name, _)| format!("typography.{name}"))
    }
}

fn gather(path: &str, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) => found.push((text.clone(), path.to_owned())),
        // The stops of a gradient are one place in the file.
        Value::Array(list) => list.iter().for_each(|value| gather(path, value, found)),
        Value::Object(map) => map.iter().for_each(|(key, value)| gather(&format!("{path}.{key}"), value, found)),
        _ => {}
    }
}
