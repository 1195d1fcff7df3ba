//! Every question of a bank as a card in every class: whether it fits, and how many pages it needs.

use serde_json::{Value, json};

use super::{
    extent::reading,
    finding::{Fault, Severity, Subject},
    scenes::{Scene, SceneError, read_scenes},
    survey::{Closely, Survey, outputs},
};
use crate::show::{
    bank::BankQuestion,
    frame::{Lang, Output},
    protocol::Envelope,
    state::Show,
};

/// After this a card rests, µs.
const SETTLED_US: i64 = 3_000_000;
/// More pages than anybody would wait for.
const PAGES_MOST: usize = 40;
/// A question with more pages than this is worth a word.
const PAGES_FEW: usize = 1;
/// The gallery's scene whose show asks the questions: a round and a team on turn.
const DESK: &str = "turn-team";

/// Surveys the questions in every class that is asked for, with the words of one language.
///
/// # Errors
/// Only when the program was built with scenes that cannot be read.
pub fn bank(
    survey: &mut Survey,
    questions: &[BankQuestion],
    lang: Lang,
    wanted: &dyn Fn(&Output) -> bool,
) -> Result<(), SceneError> {
    survey.apart = true;
    let scenes = read_scenes(super::GALLERY)?;
    let Some(desk) = scenes.into_iter().find(|scene| scene.name == DESK) else { return Ok(()) };
    let outputs: Vec<Output> = outputs(lang).into_iter().filter(|output| wanted(output)).collect();
    for question in questions {
        let subject = Subject { scene: question.id.clone(), ..Subject::default() };
        let Ok(data) = serde_json::to_value(question.question()) else { continue };
        let Some((show, at)) = asked(&desk, &data) else { continue };
        for output in &outputs {
            pages(survey, &show, at, output, &subject);
        }
    }
    Ok(())
}

/// The show with the question on air, and when it came on; `None` for one that the protocol refuses: the reader of the
/// bank has told it.
fn asked(desk: &Scene, question: &Value) -> Option<(Show, i64)> {
    let mut show = desk.show.clone();
    let wire = json!({
        "v": 1, "epoch": "gallery", "seq": show.seq + 1, "at": desk.at, "type": "question.shown", "data": question
    });
    show.apply(&Envelope::from_value(wire).ok()?);
    Some((show, desk.at))
}

/// Every page of one card.
fn pages(survey: &mut Survey, show: &Show, at: i64, output: &Output, subject: &Subject) {
    let page_us = survey.theme.of(output.class).motion.page.us().max(1);
    let mut before: Option<Vec<String>> = None;
    let mut pages = 0;
    for page in 0..PAGES_MOST {
        let now = at + SETTLED_US + page as i64 * page_us;
        let frame = survey.compose(show, output, now);
        let read = reading(&frame, survey.set);
        if before.as_ref() == Some(&read) {
            break;
        }
        pages += 1;
        let subject = Subject { at_us: now - at, ..subject.clone() };
        survey.picture(&frame, output, &subject, Closely::Extent, &[]);
        before = Some(read);
    }
    if pages > PAGES_FEW {
        survey.say(Severity::Notice, Some(output.class), subject, &[], Fault::Pages { pages });
    }
}
