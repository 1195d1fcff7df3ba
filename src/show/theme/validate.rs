//! What RON's types cannot say: ladders that are empty, spans that run backwards, texts below the legible minimum.

use super::{Look, Role};
use crate::show::{
    frame::Class,
    told::{Clause, clause},
};

/// Larger glyphs do not fit the glyph atlas at twice the size.
const LARGEST_PX: f32 = 330.0;

/// A value out of its range: its path in the theme (`typography.stem.ladder`), and what is wrong with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Fault {
    pub path: String,
    pub says: Clause,
}

impl Look {
    /// Every value that is out of its range; none for a good look.
    pub fn validate(&self, class: Class) -> Vec<Fault> {
        let mut faults = Vec::new();
        // Each class is held to the type that it sets.
        if class == Class::Confidence {
            for (name, role) in self.monitor.roles() {
                role_faults(class, &format!("monitor.{name}"), role, &mut faults);
            }
        } else {
            for (name, role) in self.typography.roles() {
                role_faults(class, &format!("typography.{name}"), role, &mut faults);
            }
        }
        let (w, h) = self.layout.canvas;
        let safe = self.layout.safe;
        if (w, h) != class.canvas() {
            let ((width, height), class) = (class.canvas(), class.name());
            let says = clause!(
                "theme-canvas",
                "is {w} × {h}; the {class} class has {width} × {height}",
                w,
                h,
                class,
                width,
                height
            );
            faults.push(fault("layout.canvas", says));
        }
        if safe.x < 0.0 || safe.y < 0.0 || safe.x + safe.w > w || safe.y + safe.h > h {
            faults.push(fault("layout.safe", clause!("theme-safe", "must lie within layout.canvas")));
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
                let ms = span.0;
                let says = clause!("theme-span", "is {ms} ms, must lie within 0 and 60000", ms);
                faults.push(fault(&format!("motion.{name}"), says));
            }
        }
        if (motion.fade_out.us() + motion.ring_out_delay.us()) > crate::show::state::Program::LEAVING_US {
            faults.push(fault(
                "motion.fade_out",
                clause!("theme-leaving", "must not exceed 2000 ms together with ring_out_delay"),
            ));
        }
        for (name, tone) in self.palette.tones.all() {
            if tone.stops.is_empty() || tone.stops.len() > 8 {
                let stops = tone.stops.len();
                let says = clause!("theme-stops", "has {stops} stops, must have 1 to 8", stops);
                faults.push(fault(&format!("palette.tones.{name}.stops"), says));
            }
        }
        faults.extend(self.sounds.faults());
        faults
    }
}

fn fault(path: &str, says: Clause) -> Fault {
    Fault { path: path.to_owned(), says }
}

fn role_faults(class: Class, name: &str, role: &Role, faults: &mut Vec<Fault>) {
    let ladder = format!("{name}.ladder");
    if role.ladder.is_empty() {
        faults.push(fault(&ladder, clause!("theme-ladder-empty", "is empty; give at least one (size, line height)")));
    }
    if !(100..=900).contains(&role.weight) {
        let weight = role.weight;
        let says = clause!("theme-weight", "is {weight}, must lie within 100 and 900", weight);
        faults.push(fault(&format!("{name}.weight"), says));
    }
    let least = class.legible_px();
    for step in &role.ladder {
        if !(least..=LARGEST_PX).contains(&step.0) {
            let (size, class, most) = (step.0, class.name(), LARGEST_PX);
            let says = clause!(
                "theme-size",
                "has a size of {size} px, must lie within {least} (legible in the {class} class) and {most}",
                size,
                least,
                class,
                most
            );
            faults.push(fault(&ladder, says));
        }
    }
    if role.ladder.windows(2).any(|pair| pair.first().map(|s| s.0) <= pair.get(1).map(|s| s.0)) {
        faults.push(fault(&ladder, clause!("theme-ladder", "must fall from large to small")));
    }
}
