//! What the types of the sounds cannot say: voices that are not there, levels out of range, scores without end.

use std::path::{Component, Path};

use super::{CueSound, Duck, Fault, Ms, Note, Score, Sounds, Voice};
use crate::show::{
    cue::Cue,
    state::Program,
    told::{Clause, clause},
};

/// A score that lasts longer is music for a player of its own.
const LONGEST_MS: f64 = 12_000.0;
/// Notes of a score, over all of its bars.
const NOTES: usize = 1_024;
/// Variants of a cue.
const VARIANTS: usize = 64;
/// Modes, grains or skins of a voice.
const PARTS: usize = 32;
/// Files that a theme may bring.
const KINDS: [&str; 2] = ["wav", "ogg"];

type Faults = Vec<Fault>;

impl Sounds {
    /// Every value that is out of its range; none for good sounds.
    pub(super) fn faults(&self) -> Vec<Fault> {
        let mut faults = Vec::new();
        let mut range = |path: &str, value: f64, low: f64, high: f64| {
            if !(low..=high).contains(&value) {
                faults.push(fault(path, range_clause(value, low, high)));
            }
        };
        range("tonic_hz", self.tonic_hz, 40.0, 2_000.0);
        range("programme_db", f64::from(self.programme_db), -40.0, 24.0);
        range("film_db", f64::from(self.film_db), -40.0, 12.0);
        range("entrance_gain_db", f64::from(self.entrance_gain_db), -60.0, 12.0);
        range("bed.bar", self.bed.bar.0 as f64, 200.0, 20_000.0);
        range("bed.lead", self.bed.lead.0 as f64, 0.0, 60_000.0);
        range("bed.fade_out", self.bed.fade_out.0 as f64, 0.0, Program::LEAVING_US as f64 / 1e3);
        range("roll", self.roll.0 as f64, 0.0, LONGEST_MS);
        for (name, duck) in [("media", &self.duck.media), ("verdict", &self.duck.verdict), ("loss", &self.duck.loss)] {
            let Duck { db, attack, hold, release } = duck;
            range(&format!("duck.{name}.db"), f64::from(*db), -120.0, 0.0);
            for (part, Ms(span)) in [("attack", attack), ("hold", hold), ("release", release)] {
                range(&format!("duck.{name}.{part}"), *span as f64, 0.0, 60_000.0);
            }
        }
        for (name, voice) in &self.voices {
            voice_faults(name, voice, &mut faults);
        }
        for (name, sound) in &self.cues {
            if Cue::from_name(name).is_none_or(Cue::is_built_in) {
                let known: Vec<_> = Cue::themed().map(Cue::name).collect();
                let (name, known) = (name.as_str(), known.join(", "));
                let says = clause!("theme-cue", "names \"{name}\", which is no cue; the cues are {known}", name, known);
                faults.push(fault(&format!("cues.{name}"), says));
            }
            self.cue_faults(name, sound, &mut faults);
        }
        faults
    }

    fn cue_faults(&self, name: &str, sound: &CueSound, faults: &mut Faults) {
        if !(-60.0..=24.0).contains(&sound.gain_db) {
            let says = range_clause(f64::from(sound.gain_db), -60.0, 24.0);
            faults.push(fault(&format!("cues.{name}.gain_db"), says));
        }
        if let Some(file) = &sound.file
            && !inside(file)
        {
            let says =
                clause!("theme-sounds-file", "is \"{file}\": name a WAV or OGG file inside the theme's folder", file);
            faults.push(fault(&format!("cues.{name}.file"), says));
        }
        if let Some(score) = &sound.score {
            self.score_faults(&format!("cues.{name}.score"), score, faults);
        }
    }

    fn score_faults(&self, path: &str, score: &Score, faults: &mut Faults) {
        let mut say = |part: &str, says: Clause| faults.push(fault(&format!("{path}.{part}"), says));
        if !(1.0..=LONGEST_MS).contains(&score.length_ms) {
            say("length_ms", range_clause(score.length_ms, 1.0, LONGEST_MS));
        }
        if !(0.0..=LONGEST_MS).contains(&score.release_ms) {
            say("release_ms", range_clause(score.release_ms, 0.0, LONGEST_MS));
        }
        if !(-70.0..=-5.0).contains(&score.lufs) {
            say("lufs", range_clause(score.lufs, -70.0, -5.0));
        }
        if score.steps.len().max(score.bars.len()) > VARIANTS {
            say("steps", most_clause(VARIANTS));
        }
        let notes = || score.notes.iter().chain(score.bars.iter().flatten());
        if notes().count() > NOTES {
            say("notes", most_clause(NOTES));
        }
        let on = notes().map(|note| &note.on).chain(score.strokes.iter().map(|strokes| &strokes.on));
        let mut missing: Vec<&String> = on.filter(|on| !self.voices.contains_key(*on)).collect();
        missing.dedup();
        for on in missing {
            let known: Vec<_> = self.voices.keys().map(String::as_str).collect();
            let known = known.join(", ");
            say(
                "notes",
                clause!("theme-sounds-voice", "ask for the voice \"{on}\"; the voices are {known}", on, known),
            );
        }
        let sound = |note: &Note| {
            (0.0..=LONGEST_MS).contains(&note.at)
                && (0.0..=LONGEST_MS).contains(&note.hold)
                && (-60.0..=60.0).contains(&note.note)
                && (0.0..=4.0).contains(&note.level)
        };
        if let Some(note) = notes().find(|note| !sound(note)) {
            let (on, at) = (&note.on, note.at);
            let says = clause!(
                "theme-sounds-note",
                "have one on \"{on}\" at {at} that lies outside: at and hold within 0 and 12000 ms, note within -60 and 60, level within 0 and 4",
                on,
                at
            );
            say("notes", says);
        }
        if score.steps.iter().any(|step| !(-60.0..=60.0).contains(step)) {
            say("steps", clause!("theme-sounds-steps", "must lie within -60 and 60 semitones"));
        }
        for strokes in &score.strokes {
            let spans = [strokes.from, strokes.to, strokes.levels.0, strokes.levels.1];
            if spans.iter().any(|value| !(0.0..=LONGEST_MS).contains(value))
                || !(5.0..=LONGEST_MS).contains(&strokes.every)
                || !(0.0..=strokes.every / 2.0).contains(&strokes.stray)
            {
                say(
                    "strokes",
                    clause!("theme-sounds-strokes", "need every ≥ 5 ms, stray at most half of it, and the rest ≥ 0"),
                );
            }
        }
    }
}

fn voice_faults(name: &str, voice: &Voice, faults: &mut Faults) {
    let mut say = |part: &str, says: Clause| faults.push(fault(&format!("voices.{name}.{part}"), says));
    if voice.modes.len().max(voice.noise.len()).max(voice.skins.len()) > PARTS {
        say("modes", most_clause(PARTS));
    }
    let spans = |values: &[f64]| values.iter().all(|value| (0.0..=60_000.0).contains(value));
    if voice.modes.iter().any(|mode| !spans(&[mode.0, mode.1, mode.2, mode.3]) || mode.2 < 0.1) {
        say(
            "modes",
            clause!(
                "theme-sounds-modes",
                "must be (multiple, level, decay ms of at least 0.1, swell ms), none negative"
            ),
        );
    }
    let pitch = |hz: f64| (10.0..=20_000.0).contains(&hz);
    if voice
        .noise
        .iter()
        .any(|grain| !pitch(grain.0) || grain.1 < 0.05 || !spans(&[grain.1, grain.2, grain.3, grain.4]))
    {
        say(
            "noise",
            clause!(
                "theme-sounds-noise",
                "must be (Hz within 10 and 20000, narrowness of at least 0.05, level, swell ms, decay ms)"
            ),
        );
    }
    if voice.skins.iter().any(|skin| !spans(&[skin.0, skin.1, skin.2, skin.3]) || skin.1 < 0.1 || skin.3 < 0.1) {
        say(
            "skins",
            clause!("theme-sounds-skins", "must be (multiple, fall ms, level, decay ms), the spans at least 0.1"),
        );
    }
    if !(0.0..=20.0).contains(&voice.beat_hz) {
        say("beat_hz", range_clause(voice.beat_hz, 0.0, 20.0));
    }
    if let Some(air) = &voice.air
        && !(pitch(air.from_hz)
            && pitch(air.to_hz)
            && air.q >= 0.05
            && spans(&[air.sweep_ms, air.loudest_ms, air.length_ms, air.level])
            && air.loudest_ms < air.length_ms)
    {
        say(
            "air",
            clause!(
                "theme-sounds-air",
                "needs pitches within 10 and 20000 Hz, q of at least 0.05, and loudest_ms before length_ms"
            ),
        );
    }
    if let Some(crowd) = &voice.crowd
        && !(pitch(crowd.low_hz)
            && pitch(crowd.high_hz)
            && crowd.low_hz <= crowd.high_hz
            && crowd.people <= 400
            && (0.5..=12.0).contains(&crowd.pace)
            && spans(&[crowd.gather_ms, crowd.stay_ms, crowd.leave_ms, crowd.level]))
    {
        say(
            "crowd",
            clause!(
                "theme-sounds-crowd",
                "needs at most 400 people, a pace within 0.5 and 12, and low_hz below high_hz"
            ),
        );
    }
}

fn fault(path: &str, says: Clause) -> Fault {
    Fault { path: format!("sounds.{path}"), says }
}

fn range_clause(value: f64, low: f64, high: f64) -> Clause {
    clause!("theme-sounds-range", "is {value}, must lie within {low} and {high}", value, low, high)
}

fn most_clause(most: usize) -> Clause {
    clause!("theme-sounds-most", "may be {most} at most", most)
}

/// A name that cannot leave the theme's folder.
fn inside(file: &str) -> bool {
    let path = Path::new(file);
    let plain =
        !file.is_empty() && !file.contains('\\') && path.components().all(|part| matches!(part, Component::Normal(_)));
    let kind = path.extension().and_then(|kind| kind.to_str()).map(str::to_ascii_lowercase);
    plain && kind.is_some_and(|kind| KINDS.contains(&kind.as_str()))
}
