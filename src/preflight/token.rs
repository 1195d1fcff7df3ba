//! Where in a theme a colour or a size was written: found by its value.

use serde_json::Value;

use crate::show::{
    frame::{Fill, Part, Rgba, TextStyle},
    theme::Theme,
};

/// The palette's colours with their paths, and the roles.
pub(super) struct Tokens {
    colours: Vec<(String, String)>,
}

impl Tokens {
    pub fn of(theme: &Theme) -> Self {
        let mut colours = Vec::new();
        if let Ok(palette) = serde_json::to_value(&theme.palette) {
            gather("palette", &palette, &mut colours);
        }
        if let Ok(grounds) = serde_json::to_value(&theme.grounds) {
            gather("grounds", &grounds, &mut colours);
        }
        Self { colours }
    }

    /// The first path with this colour, whatever its alpha.
    pub fn colour(&self, colour: Rgba) -> Option<&str> {
        let wanted = serde_json::to_value(Rgba { a: 1.0, ..colour }).ok()?;
        let wanted = wanted.as_str()?.get(..7)?.to_owned();
        self.colours.iter().find(|(hex, _)| *hex == wanted).map(|(_, path)| path.as_str())
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
    pub fn role(theme: &Theme, style: &TextStyle) -> Option<String> {
        let alike = |role: &crate::show::theme::Role| {
            role.face == style.face
                && role.weight == style.weight
                && (role.tracking - style.tracking).abs() < 1e-4
                && role.ladder.iter().any(|step| (step.0 - style.size).abs() < 1e-3)
        };
        theme.typography.roles().into_iter().find(|(_, role)| alike(role)).map(|(name, _)| format!("typography.{name}"))
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
