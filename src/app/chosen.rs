//! What the desk has chosen and no tape holds: kept for the next process, and put in place again there.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use super::{
    air::Sound,
    commands::NextTheme,
    routed::{KeptOutputs, Routed},
    spare::Spare,
};
use crate::{
    console::View,
    guard::Past,
    locale::Lang,
    show::{cue::Cue, theme::Theme},
    sound::{AudioStatus, CueLevel, Engine, FILM, SoundSet},
    spare::Kept,
};

/// The faders that stand elsewhere than the theme has them, by the cue's name, with that of the films.
pub(super) type Faders = BTreeMap<String, CueLevel>;

/// What the desk has chosen and no tape holds.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Chosen {
    /// The theme that was taken on air, by its name.
    theme: Option<String>,
    /// The language of the words on the pictures.
    words: Option<String>,
    outputs: Option<KeptOutputs>,
    host: bool,
    locked: bool,
    /// By hand: the silence of a spare is no choice.
    muted: bool,
    master_db: f32,
    pub(super) faders: Faders,
    /// There was a sound device.
    pub(super) heard: bool,
    /// This machine's part in the pair.
    pair: Option<Kept>,
    /// The feed was away, and not yet brought together with what the desk had said.
    away: Option<bool>,
}

impl Chosen {
    /// As the last child said it; nothing where there was none.
    pub fn of(past: &Past) -> Self {
        serde_json::from_value(past.desk.clone()).unwrap_or_default()
    }

    pub fn theme(&self) -> Option<&str> {
        self.theme.as_deref()
    }

    /// Whether the host's screen was open.
    pub const fn host(&self) -> bool {
        self.host
    }

    /// Whether the feed was away; none where that is not known.
    pub const fn away(&self) -> Option<bool> {
        self.away
    }

    /// What this machine was in the pair.
    pub fn part(&self) -> Option<Kept> {
        self.pair.clone()
    }

    /// Puts it in place again, but for the faders, which follow the theme's.
    pub fn restore(&self, view: &mut View, sound: &mut Sound, routed: &mut Routed, next: &mut NextTheme) {
        let known = |name: &String| Lang::ALL.into_iter().find(|lang| lang.name() == name);
        if let Some(lang) = self.words.as_ref().and_then(known) {
            view.hall = lang;
        }
        if let Some(outputs) = &self.outputs {
            routed.go_on(outputs);
        }
        view.locked = self.locked;
        sound.0.set_muted(self.muted);
        sound.0.set_master_db(self.master_db);
        if self.heard {
            sound.0.insist();
        }
        next.taken.clone_from(&self.theme);
    }
}

/// Where the desk's choices are found.
pub struct Choices<'a> {
    pub next: &'a NextTheme,
    pub view: &'a View,
    pub routed: &'a Routed,
    pub sound: &'a Engine,
    pub spare: &'a Spare,
    pub theme: &'a Theme,
    pub with_host: bool,
    pub is_away: Option<bool>,
}

impl Choices<'_> {
    /// `had`: whether there has been sound before.
    pub(super) fn chosen(&self, had: bool) -> Chosen {
        let levels = self.sound.levels();
        Chosen {
            theme: self.next.taken.clone(),
            words: Some(self.view.hall.name().to_owned()),
            outputs: Some(self.routed.kept()),
            host: self.with_host,
            locked: self.view.locked,
            muted: self.spare.by_hand(levels.muted()),
            master_db: levels.master_db(),
            faders: faders(levels, self.theme),
            heard: had || matches!(self.sound.status(), AudioStatus::Running { .. }),
            pair: self.spare.kept(),
            away: self.is_away,
        }
    }
}

/// Faders where they were before a restart.
pub(super) fn set_faders(faders: Faders, sound: &mut Engine) {
    for (name, level) in faders {
        match Cue::from_name(&name) {
            Some(cue) => sound.set_cue(cue, level),
            None if name == FILM => sound.set_film(level),
            None => {}
        }
    }
}

fn faders(levels: &SoundSet, theme: &Theme) -> Faders {
    let of_theme = SoundSet::themed(&theme.programme().sounds);
    let film = (FILM, levels.film(), of_theme.film());
    let cues = Cue::themed().map(|cue| (cue.name(), levels.cue(cue), of_theme.cue(cue)));
    let set = cues.chain([film]).filter(|(_, level, of_theme)| level != of_theme);
    set.map(|(name, level, _)| (name.to_owned(), level)).collect()
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use bevy::{ecs::system::RunSystemOnce, prelude::*};

    use super::*;
    use crate::{
        app::guarded::{Guarded, put_back},
        guard::Link,
        sound::OutputError,
        themes,
    };

    #[test]
    fn the_faders_that_the_desk_has_set_are_put_back_over_the_themes_own() {
        let theme = themes::built_in().unwrap();
        let of_theme = SoundSet::themed(&theme.programme().sounds);
        assert!(faders(&of_theme, &theme).is_empty(), "a theme's own levels are no choice");
        let mut set = of_theme.clone();
        let (cue, level) = (Cue::Hit, CueLevel { gain_db: -7.5, muted: true });
        set.set_cue(cue, level);
        set.set_film(CueLevel { gain_db: 3.0, muted: false });
        let chosen = Chosen { faders: faders(&set, &theme), ..Chosen::default() };
        let said = serde_json::to_value(&chosen).unwrap();
        let chosen = Chosen::of(&Past { desk: said, ..Past::default() });

        let mut world = World::new();
        let mut engine = Engine::new(Arc::default(), Arc::new(|| Err(OutputError::NoDevice)));
        engine.set_theme(&of_theme);
        world.insert_resource(Sound(engine));
        world.insert_resource(Guarded::new(Link::of_a_test().0, &chosen));
        world.run_system_once(put_back).unwrap();
        assert_eq!(world.resource::<Sound>().0.levels(), &set);
        // Once: what the desk sets next stays.
        world.resource_mut::<Sound>().0.set_cue(cue, CueLevel::default());
        world.run_system_once(put_back).unwrap();
        assert_eq!(world.resource::<Sound>().0.levels().cue(cue), CueLevel::default());
    }
}
