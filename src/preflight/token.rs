//! Where in a theme a colour or a size was written: found by its value.

use serde_json::Value;

use crate::show::{
    frame::{Fill, Part, Rgba, TextStyle},
    theme::{Look, Role},
};

/// What texts are coloured with; and the colours of a code for cameras, which are nothing else's.
const INKS: [&str; 3] = ["palette.ink", "palette.on_", "palette.well_ink"];
const CODES: &str = "palette.code_";

/// The palette's colours with their paths, and the roles.
pub(super) struct Tokens {
    colours: Vec<(String, String)>,
}

impl Tokens {
    pub fn of(look: &Look) -> Self {
        let mut colours = Vec::new();
        if let Ok(palette) = serde_json::to_value(&look.palette) {
            gather("palette", &palette, &mut colours);
        }
        Self { colours }
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

    /// The role whose ladder has this style's size.
    pub fn role(look: &Look, style: &TextStyle) -> Option<String> {
        let alike = |role: &Role| {
            role.face == style.face
                && role.weight == style.weight
                && (role.tracking - style.tracking).abs() < 1e-4
                && role.ladder.iter().any(|step| (step.0 - style.size).abs() < 1e-3)
        };
        look.typography.roles().into_iter().find(|(_, role)| alike(role)).map(|(name, _)| format!("typography.{name}"))
    }
}

fn gather(path: &str, value: &Value, found: &mut Vec<(String, String)>) {
    match value {
        Value::String(text) if text.starts_with('#') => {
            if let Some(hex) = text.get(..7) {
                found.push((hex.to_owned(), path.to_owned()));
            }
        }
        // The stops of a gradient are one place in the file.
        Value::Array(list) => list.iter().for_each(|value| gather(path, value, found)),
        Value::Object(map) => map.iter().for_each(|(key, value)| gather(&format!("{path}.{key}"), value, found)),
        _ => {}
    }
}
