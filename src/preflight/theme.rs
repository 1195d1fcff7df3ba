//! A theme over the gallery's scenes: every graphic and state in every class.

use super::{
    finding::{Fault, Severity, Subject},
    glyphs, hue,
    scenes::{SCENE_ZERO_US, Scene},
    survey::{Closely, Survey, outputs},
};
use crate::show::frame::{Class, Lang, Output};

/// What a cue measures.
#[derive(Clone, Debug, PartialEq)]
pub struct CueLevel {
    /// As the theme names it.
    pub cue: String,
    /// True peak, dBTP.
    pub peak_dbtp: f32,
    /// Integrated loudness as it is played, LUFS; `None` where it is too short to have one.
    pub loudness_lufs: Option<f32>,
}

/// The loudest a cue may peak, dBTP.
const PEAK_MOST: f32 = -1.0;
/// A cue louder than this jumps out of a mix of −23 LUFS.
const LOUD_MOST: f32 = -14.0;
/// The hall's languages: all must fit.
const WORDS: [Lang; 3] = [Lang::Zh, Lang::ZhHant, Lang::En];

/// Surveys every scene in every class that is asked for.
pub fn theme(survey: &mut Survey, scenes: &[Scene], wanted: &dyn Fn(&Output) -> bool) {
    words(survey);
    for lang in WORDS {
        for output in outputs(lang).into_iter().filter(|output| wanted(output)) {
            for scene in scenes.iter().filter(|scene| scene.is_for(output.class)) {
                judge(survey, scenes, scene, &output);
            }
        }
    }
}

fn judge(survey: &mut Survey, scenes: &[Scene], scene: &Scene, output: &Output) {
    let subject = Subject { scene: scene.name.clone(), at_us: scene.at - SCENE_ZERO_US, seq: None };
    // What is read does not depend on the language of the labels; what fits does.
    let first = output.lang == Lang::Zh;
    if first && scene.show.seq > 0 {
        let paths = ["motion", "palette.tones"];
        survey.flashing(output, &subject, scene.last_at, &paths, &|_| scene.show.clone());
    }
    if scene.moving {
        return;
    }
    let frame = survey.compose(&scene.show, output, scene.at);
    let said: Vec<&str> = scene.data.iter().flat_map(glyphs::strings).collect();
    let closely = if first { Closely::All } else { Closely::Extent };
    survey.picture(&frame, output, &subject, closely, &said);
    let beside = scene.beside.as_ref().filter(|_| first);
    let other = beside.and_then(|beside| Some((beside, scenes.iter().find(|other| other.name == beside.scene)?)));
    if let Some((beside, other)) = other {
        let theirs = survey.compose(&other.show, output, other.at);
        let layout = survey.theme.of(output.class);
        // The second screen has layers of its own: there the whole picture tells the two apart.
        let own = output.class == Class::Confidence;
        let element = if own { (None, None) } else { (beside.layer, beside.index) };
        if !hue::told_apart(&frame, &theirs, output.class, layout, survey.set, element) {
            let fault = Fault::ColourOnly { other: other.name.clone() };
            survey.say(Severity::Error, Some(output.class), &subject, &["palette", "labels"], fault);
        }
    }
}

/// Every word of the theme can be drawn.
fn words(survey: &mut Survey) {
    let Ok(labels) = serde_json::to_value(&survey.theme.programme().labels) else {
        return;
    };
    if let Some(fault) = glyphs::fault(&labels) {
        let subject = Subject { scene: "labels".to_owned(), ..Subject::default() };
        survey.say(Severity::Error, None, &subject, &["labels"], fault);
    }
}

/// The theme's cues as they were measured.
pub fn sounds(survey: &mut Survey, levels: &[CueLevel]) {
    for level in levels {
        let path = format!("sounds.cues.{}", level.cue);
        let subject = Subject { scene: "sounds".to_owned(), ..Subject::default() };
        if level.peak_dbtp > PEAK_MOST {
            let fault = Fault::Peak { cue: level.cue.clone(), peak: level.peak_dbtp, most: PEAK_MOST };
            survey.say(Severity::Error, None, &subject, &[&path], fault);
        }
        if let Some(loudness) = level.loudness_lufs.filter(|loudness| *loudness > LOUD_MOST) {
            let fault = Fault::Loudness { cue: level.cue.clone(), loudness, most: LOUD_MOST };
            survey.say(Severity::Warning, None, &subject, &[&path], fault);
        }
    }
}
