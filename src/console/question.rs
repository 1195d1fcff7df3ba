//! The round and the question on air, as the hall reads it; the key only once it has been revealed.

use bevy_egui::egui::{Color32, RichText, ScrollArea, Ui};

use super::{screen::Desk, style};
use crate::show::{
    protocol::play::{Outcome, Phase},
    told::Words,
};

pub fn show(ui: &mut Ui, desk: &Desk) {
    let core = &desk.director.show().core;
    ScrollArea::vertical().auto_shrink(false).show(ui, |ui| {
        ui.spacing_mut().item_spacing.y = 4.0;
        if let Some(round) = &core.round {
            let name = &round.opened.name;
            ui.label(RichText::new(name).font(style::strong(18.0)));
        }
        if let Some(turn) = &core.turn {
            let team = core.team(&turn.value.team).map_or(turn.value.team.as_str(), |team| team.name.as_str());
            style::fact(ui, desk.word("console-turn"), team, style::INK);
        }
        if let Some(phase) = &core.phase {
            let word = match phase.value {
                Phase::Reading => "console-reading",
                Phase::Discussion => "console-discussion",
                Phase::Answering => "console-answering",
            };
            style::fact(ui, desk.word("console-phase"), desk.word(word), style::INK);
        }
        let Some(ask) = &core.question else {
            style::note(ui, desk.word("console-no-question"));
            return;
        };
        ui.add_space(4.0);
        let text = |text: &str, size: f32, ink: Color32| RichText::new(text).font(style::text(size)).color(ink);
        ui.label(text(&ask.question.stem, 17.0, style::INK));
        let chosen = ask.answer.as_ref().map(|answer| answer.given.choice.as_slice()).unwrap_or_default();
        let key = ask.key.as_ref().map(|key| key.value.key.as_slice()).unwrap_or_default();
        for option in &ask.question.options {
            let ink = match (key.contains(&option.label), chosen.contains(&option.label)) {
                (true, _) => style::GOOD,
                (_, true) => style::ACCENT,
                _ => style::DIM,
            };
            ui.label(text(&format!("{}  {}", option.label, option.text), 16.0, ink));
        }
        if let Some(value) = ask.question.value {
            style::fact(ui, desk.word("console-value"), &value.to_string(), style::INK);
        }
        if let Some(verdict) = &ask.verdict {
            let (word, ink) = outcome(verdict.outcome);
            let delta = verdict.delta.map(|delta| format!("{:+}", delta.to_f64())).unwrap_or_default();
            let told = [desk.word(word), delta.as_str()].join(" ");
            style::fact(ui, desk.word("console-verdict"), told.trim(), ink);
        } else if let Some(answer) = &ask.answer {
            let given = answer.given.text.clone().unwrap_or_else(|| answer.given.choice.join(" "));
            let key = if answer.locked.is_some() { "console-answer-locked" } else { "console-answer" };
            style::fact(ui, desk.word(key), &given, style::ACCENT);
        }
        if let Some(withdrawn) = &ask.withdrawn {
            let words = Words::new("console-withdrawn").with("reason", withdrawn.value.reason.as_str());
            ui.label(text(&desk.say(&words), 16.0, style::WARN));
        }
    });
}

/// An outcome's word and its colour.
pub const fn outcome(outcome: Outcome) -> (&'static str, Color32) {
    match outcome {
        Outcome::Correct => ("console-correct", style::GOOD),
        Outcome::Wrong => ("console-wrong", style::FAULT),
        Outcome::Timeout => ("console-timeout", style::FAULT),
        Outcome::Incomplete => ("console-incomplete", style::WARN),
        Outcome::Prompted => ("console-prompted", style::WARN),
        Outcome::Foul => ("console-foul", style::FAULT),
        Outcome::Void => ("console-void", style::DIM),
    }
}
