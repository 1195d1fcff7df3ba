//! What the desk lays ready before it is on air, and how it carries on or ends what is.

use serde_json::Value;

use super::Director;
use crate::show::{
    desk::{Group, SAID_FROM, Say},
    protocol::{Event, play::CountdownRemaining, score::AwardStepped, score::SlateStepped},
    state::Scene,
    told::{Told, Words},
};

impl Director {
    /// Lays an event ready: the preview shows it, the program does not.
    pub fn load(&mut self, said: Say) {
        self.loaded = Some(said);
        self.get_ready();
    }

    /// Makes the show as it would be with what is laid ready on air.
    pub(super) fn get_ready(&mut self) {
        self.ready = self.loaded.as_ref().map(|said| {
            let mut show = Box::new(self.air.preview().clone());
            show.say(SAID_FROM, self.now_us.max(show.at), said.corrects, &said.event);
            show
        });
        self.frames.show_changed();
    }

    /// What is laid ready.
    pub const fn loaded(&self) -> Option<&Say> {
        self.loaded.as_ref()
    }

    /// Takes what is laid ready.
    pub fn unload(&mut self) -> Option<Say> {
        let said = self.loaded.take();
        self.get_ready();
        said
    }

    /// What is laid ready with `data`'s fields in place of its own, which changes the preview alone; else the slate or
    /// lower third on air with them, to be said.
    ///
    /// # Errors
    /// Where nothing can be updated, or a field does not fit.
    pub fn updated(&mut self, data: &Value) -> Result<Option<Say>, Words> {
        let core = &self.air.program().core;
        let lower = core.lower_third.as_ref().filter(|lower| lower.cleared.is_none());
        let event = match &self.loaded {
            Some(said) => said.event.clone(),
            None => match (lower, &core.slate) {
                (Some(lower), _) => Event::LowerThirdShown(lower.shown.clone()),
                (None, Some(slate)) => Event::SlateShown(slate.shown.clone()),
                (None, None) => return Err(Words::new("refusal-nothing-to-update")),
            },
        };
        let mut whole = event.to_data().map_err(|error| Words::text(error.to_string()))?;
        merge(&mut whole, data);
        let said = Say::parse(event.name(), whole, None).map_err(|error| error.words())?;
        if self.loaded.is_some() {
            self.load(said);
            return Ok(None);
        }
        Ok(Some(said))
    }

    /// The next step of what is on: a slate's next line, an award's next row or page.
    pub fn next_step(&self) -> Option<Event> {
        let show = self.air.program();
        match show.program.scene {
            Scene::Slate => {
                let slate = show.core.slate.as_ref()?;
                let line = slate.line.as_ref().map_or(0, |line| line.value).checked_add(1)?;
                let lines = slate.shown.body.lines().count();
                (usize::try_from(line).is_ok_and(|line| line <= lines))
                    .then_some(Event::SlateStepped(SlateStepped { line }))
            }
            Scene::Award => {
                let award = show.core.award.as_ref()?;
                let row = award.row.as_ref().map_or(0, |row| row.value).checked_add(1)?;
                let step = AwardStepped { id: award.set.id.clone(), page: None, row: Some(row) };
                (usize::try_from(row).is_ok_and(|row| row <= award.set.rows.len())).then_some(Event::AwardStepped(step))
            }
            _ => None,
        }
    }

    /// The event that ends what is on in a group; none where nothing is, or where only the feed can end it.
    pub fn ending(&self, group: Group) -> Option<Event> {
        let show = self.air.program();
        let core = &show.core;
        match group {
            Group::Scene | Group::All => {
                (show.program.scene == Scene::Slate).then(|| Event::SlateCleared(Default::default()))
            }
            Group::LowerThird => core
                .lower_third
                .as_ref()
                .filter(|lower| lower.cleared.is_none())
                .map(|_| Event::LowerThirdCleared(Default::default())),
            Group::Countdown => core.clock.as_ref().filter(|clock| clock.is_running()).map(|clock| {
                let remaining_us = clock.remaining_us(self.now_us);
                Event::CountdownStopped(CountdownRemaining { id: clock.id.clone(), remaining_us })
            }),
            Group::Strip => None,
        }
    }
}

/// Puts `from`'s fields into `into`; what is an object in both is merged, all else replaced.
fn merge(into: &mut Value, from: &Value) {
    match (into, from) {
        (Value::Object(into), Value::Object(from)) => {
            for (key, value) in from {
                merge(into.entry(key.clone()).or_insert(Value::Null), value);
            }
        }
        (into, from) => into.clone_from(from),
    }
}
