//! What RON's types cannot say: ladders that are empty, spans that run backwards, texts below the legible minimum.

use super::{Look, Role};
use crate::show::frame::Class;

/// Larger glyphs do not fit the glyph atlas at twice the size.
const LARGEST_PX: f32 = 330.0;

/// A value out of its range: its path in the theme (`typography.stem.ladder`), and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub path: String,
    pub says: String,
}

impl Look {
    /// Every value that is out of its range; none for a good look.
    pub fn validate(&self, class: Class) -> Vec<Fault> {
        let mut faults = Vec::new();
        for (name, role) in self.typography.roles() {
            role_faults(class, name, role, &mut faults);
        }
        let (w, h) = self.layout.canvas;
        let safe = self.layout.safe;
        if (w, h) != class.canvas() {
            let (width, height) = class.canvas();
            faults.push(fault("layout.canvas", format!("is {w} × {h}; the {} class has {width} × {height}", class.name())));
        }
        if safe.x < 0.0 || safe.y < 0.0 || safe.x + safe.w > w || safe.y + safe.h > h {
            faults.push(fault("layout.safe", "must lie within layout.canvas"));
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
                faults.push(fault(&format!("motion.{name}"), format!("is {} ms, must lie within 0 and 60000", span.0)));
            }
        }
        if (motion.fade_out.us() + motion.ring_out_delay.us()) > crate::show::state::Program::LEAVING_US {
            faults.push(fault("motion.fade_out", "must not exceed 2000 ms together with ring_out_delay"));
        }
        for (name, tone) in self.palette.tones.all() {
            if tone.stops.is_empty() || tone.stops.len() > 8 {
                let says = format!("has {} stops, must have 1 to 8", tone.stops.len());
                faults.push(fault(&format!("palette.tones.{name}.stops"), says));
            }
        }
        faults.extend(self.sounds.faults().into_iter().map(|(path, says)| fault(&format!("sounds.{path}"), says)));
        faults
    }
}

fn fault(path: &str, says: impl Into<String>) -> Fault {
    Fault { path: path.to_owned(), says: says.into() }
}

fn role_faults(class: Class, name: &str, role: &Role, faults: &mut Vec<Fault>) {
    let ladder = format!("typography.{name}.ladder");
    if role.ladder.is_empty() {
        faults.push(fault(&ladder, "is empty; give at least one (size, line height)"));
    }
    if !(100..=900).contains(&role.weight) {
        let says = format!("is {}, must lie within 100 and 900", role.weight);
        faults.push(fault(&format!("typography.{name}.weight"), says));
    }
    let least = class.legible_px();
    for step in &role.ladder {
        if !(least..=LARGEST_PX).contains(&step.0) {
            let says = format!(
                "has a size of {} px, must lie within {least} (legible in the {} class) and {LARGEST_PX}",
                step.0,
                class.name()
            );
            faults.push(fault(&ladder, says));
        }
    }
    if role.ladder.windows(2).any(|pair| pair.first().map(|s| s.0) <= pair.get(1).map(|s| s.0)) {
        faults.push(fault(&ladder, "must fall from large to small"));
    }
}
