//! What RON's types cannot say: ladders that are empty, spans that run backwards, texts below the legible minimum.

use super::{Role, Theme};

/// No text on air is smaller than this, design px (look.md §3: 3.5 % of the height).
const LEGIBLE_PX: f32 = 38.0;
/// Larger glyphs do not fit the glyph atlas at twice the size.
const LARGEST_PX: f32 = 330.0;

impl Theme {
    /// Sentences for every value that is out of its range; none for a good theme.
    pub fn validate(&self) -> Vec<String> {
        let mut faults = Vec::new();
        for (name, role) in self.typography.roles() {
            role_faults(name, role, &mut faults);
        }
        let (w, h) = self.layout.canvas;
        let safe = self.layout.safe;
        if w < 1.0 || h < 1.0 {
            faults.push("layout.canvas must be at least 1 × 1".to_owned());
        }
        if safe.x < 0.0 || safe.y < 0.0 || safe.x + safe.w > w || safe.y + safe.h > h {
            faults.push("layout.safe must lie within layout.canvas".to_owned());
        }
        let motion = &self.motion;
        let spans = [
            ("fade_in", motion.fade_in),
            ("fade_out", motion.fade_out),
            ("move_in", motion.move_in),
            ("ground", motion.ground),
            ("page", motion.page),
        ];
        for (name, span) in spans {
            if !(0..=60_000).contains(&span.0) {
                faults.push(format!("motion.{name} is {} ms, must lie within 0 and 60000", span.0));
            }
        }
        if (motion.fade_out.us() + motion.ring_out_delay.us()) > crate::show::state::Program::LEAVING_US {
            faults.push("motion.fade_out and ring_out_delay together must not exceed 2000 ms".to_owned());
        }
        for (i, sky) in self.grounds.all().into_iter().enumerate() {
            if sky.stops.is_empty() || sky.stops.len() > 8 {
                faults.push(format!("ground {} has {} stops, must have 1 to 8", i + 1, sky.stops.len()));
            }
        }
        faults.extend(self.sounds.faults().into_iter().map(|(path, says)| format!("sounds.{path} {says}")));
        faults
    }
}

fn role_faults(name: &str, role: &Role, faults: &mut Vec<String>) {
    if role.ladder.is_empty() {
        faults.push(format!("typography.{name}.ladder is empty; give at least one (size, line height)"));
    }
    if !(100..=900).contains(&role.weight) {
        faults.push(format!("typography.{name}.weight is {}, must lie within 100 and 900", role.weight));
    }
    for step in &role.ladder {
        if !(LEGIBLE_PX..=LARGEST_PX).contains(&step.0) {
            faults.push(format!(
                "typography.{name} has a size of {} px, must lie within {LEGIBLE_PX} (legible) and {LARGEST_PX}",
                step.0
            ));
        }
    }
    if role.ladder.windows(2).any(|pair| pair.first().map(|s| s.0) <= pair.get(1).map(|s| s.0)) {
        faults.push(format!("typography.{name}.ladder must fall from large to small"));
    }
}
