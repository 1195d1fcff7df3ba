//! Values that the types allow but no picture can mean, each as a sentence that names its field.

use crate::{
    show::{cue::Cue, state::Program, theme::Theme},
};

/// Gains beyond this are slips, dB.
const GAIN_DB: f32 = 24.0;

/// Everything that is out of its range; empty for a good theme.
pub(super) fn faults(theme: &Theme) -> Vec<String> {
    let mut faults = vec![];
    let layout = &theme.layout;
    let (width, height) = layout.canvas;
    if !(width > 0.0 && height > 0.0) {
        faults.push(format!("layout.canvas is {width} × {height}, must be above 0"));
    }
    let safe = &layout.safe;
    if safe.x < 0.0 || safe.y < 0.0 || safe.x + safe.w > width || safe.y + safe.h > height {
        faults.push(format!("layout.safe reaches beyond the canvas of {width} × {height}"));
    }
    roles(theme, &mut faults);
    let leaving_us = theme.motion.fade_out.us() + theme.motion.ring_out_delay.us();
    if leaving_us > Program::LEAVING_US {
        let most = Program::LEAVING_US / 1000;
        faults.push(format!(
            "motion.fade_out and motion.ring_out_delay are {} ms together, at most {most} are allowed",
            leaving_us / 1000
        ));
    }
    for (name, sound) in &theme.sounds.cues {
        if Cue::from_name(name).is_none() {
            let known: Vec<&str> = Cue::ALL.iter().map(|cue| cue.name()).collect();
            faults.push(format!("sounds.cues: there is no cue \"{name}\"; allowed: {}", known.join(", ")));
        }
        if !(-GAIN_DB..=GAIN_DB).contains(&sound.gain_db) {
            faults.push(format!("sounds.cues.{name}: {} dB, must lie within ±{GAIN_DB}", sound.gain_db));
        }
    }
    faults
}

/// Every ladder has steps, the largest first. Roles are found by their shape, so a new one is checked too.
fn roles(theme: &Theme, faults: &mut Vec<String>) {
    let Ok(serde_json::Value::Object(typography)) = serde_json::to_value(&theme.typography) else { return };
    for (name, role) in &typography {
        let Some(ladder) = role.get("ladder").and_then(serde_json::Value::as_array) else { continue };
        let sizes: Vec<(f64, f64)> = ladder
            .iter()
            .map(|step| (step.get(0).and_then(serde_json::Value::as_f64), step.get(1).and_then(serde_json::Value::as_f64)))
            .map(|(size, line)| (size.unwrap_or(0.0), line.unwrap_or(0.0)))
            .collect();
        if sizes.is_empty() {
            faults.push(format!("typography.{name}.ladder is empty; give at least one (size, line height)"));
        }
        if sizes.iter().any(|(size, line)| *size <= 0.0 || *line <= 0.0) {
            faults.push(format!("typography.{name}.ladder: sizes and line heights must be above 0"));
        }
        if sizes.is_sorted_by(|a, b| a.0 >= b.0) { continue }
        faults.push(format!("typography.{name}.ladder must go from the largest size to the smallest"));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::theme::{CueSound, Step};

    #[test]
    fn the_carried_theme_is_good_and_slips_are_named() {
        let mut theme = (*crate::themes::built_in().unwrap()).clone();
        assert_eq!(faults(&theme), Vec::<String>::new());
        theme.typography.stem.ladder = vec![Step(20.0, 30.0), Step(40.0, 50.0)];
        theme.sounds.cues.insert("buzz".to_owned(), CueSound { gain_db: 99.0, mute: false });
        let told = faults(&theme).join("\n");
        for name in ["typography.stem.ladder", "\"buzz\"", "allowed: tick", "99 dB"] {
            assert!(told.contains(name), "{name}: {told}");
        }
    }
}
