//! A whole tape read ahead: figures that do not add up, glyphs that no font has, texts that do not fit after any event;
//! and at each moment of the show all that is asked of a picture.

use std::collections::VecDeque;

use serde_json::Value;

use super::{
    finding::{Fault, Severity, Subject},
    glyphs,
    survey::{Closely, Survey, outputs},
};
use crate::show::{
    desk::Air,
    frame::{Lang, Output},
    tape::{Step, Timeline, moments},
    told::Told,
};

/// When a picture has settled after an event, at the latest, µs.
const SETTLED_US: i64 = 3_000_000;

/// So many changes of scene in so short a time may flash.
const BURST: usize = 4;
const BURST_US: i64 = 1_500_000;

/// Surveys the tape in every class that is asked for, with the words of one language.
pub fn tape(survey: &mut Survey, timeline: &Timeline, lang: Lang, wanted: &dyn Fn(&Output) -> bool) {
    survey.apart = true;
    let outputs: Vec<Output> = outputs(lang).into_iter().filter(|output| wanted(output)).collect();
    let tape = timeline.tape();
    let first_at = tape.first_at().unwrap_or(0);
    let mut air = Air::default();
    let mut alarms = 0;
    for (i, step) in tape.steps(0, tape.step_count()).enumerate() {
        step.fold(&mut air);
        let (show, feed) = (air.program(), air.feed());
        let (seq, at) = (step.seq(), step.at());
        let (name, data) = said(&step);
        let subject = |at: i64| Subject { scene: name.clone(), at_us: at - first_at, seq: Some(seq) };
        // Another epoch and a snapshot count anew.
        let new = usize::try_from(feed.alarm_count.saturating_sub(alarms)).unwrap_or(0);
        alarms = feed.alarm_count;
        for alarm in feed.alarms.iter().rev().take(new) {
            let subject = Subject { seq: Some(alarm.seq), ..subject(at) };
            survey.say(
                Severity::Error,
                None,
                &subject,
                &[],
                Fault::Alarm { what: alarm.text.clone(), words: alarm.words() },
            );
        }
        if let Some(fault) = glyphs::fault(&data) {
            survey.say(Severity::Error, None, &subject(at), &[], fault);
        }
        // The settled picture, unless the next event comes first.
        let next = tape.step(i + 1).map_or(i64::MAX, Step::at);
        let now = (at + SETTLED_US).min(next.max(at));
        survey.apart = false;
        for output in &outputs {
            let frame = survey.compose(show, output, now);
            // What the show says may stand anywhere in it by now: nothing of it is taken for cut.
            survey.picture(&frame, output, &subject(now), Closely::Extent, &[]);
        }
        survey.apart = true;
    }
    flashes(survey, timeline, &outputs, first_at);
    survey.apart = false;
    for moment in moments(timeline) {
        let air = timeline.air_at(moment.at);
        let show = air.program();
        let subject = Subject { scene: moment.event, at_us: moment.at - first_at, seq: Some(moment.seq) };
        for output in &outputs {
            let frame = survey.compose(show, output, moment.at);
            survey.picture(&frame, output, &subject, Closely::All, &[]);
        }
    }
}

/// Where scenes follow each other so fast that the picture may flash, it is watched.
fn flashes(survey: &mut Survey, timeline: &Timeline, outputs: &[Output], first_at: i64) {
    let mut changes: VecDeque<i64> = VecDeque::new();
    let mut air = Air::default();
    let mut watched_until = i64::MIN;
    let tape = timeline.tape();
    for step in tape.steps(0, tape.step_count()) {
        let before = air.program().program.seq;
        step.fold(&mut air);
        if air.program().program.seq == before {
            continue;
        }
        changes.push_back(step.at());
        if changes.len() > BURST {
            changes.pop_front();
        }
        let Some(from) = changes.front().copied().filter(|from| changes.len() == BURST && step.at() - from < BURST_US)
        else {
            continue;
        };
        if from < watched_until {
            continue;
        }
        watched_until = from + BURST_US;
        let subject = Subject { scene: said(&step).0, at_us: from - first_at, seq: Some(step.seq()) };
        for output in outputs {
            survey.flashing(output, &subject, from, &[], &|now| timeline.air_at(now).program().clone());
        }
    }
}

/// An event's name and everything it says.
fn said(step: &Step) -> (String, Value) {
    match step {
        Step::Event(entry) => (entry.env.event.name().to_owned(), serde_json::to_value(&entry.env).unwrap_or_default()),
        Step::Snapshot(snapshot) => ("snapshot".to_owned(), serde_json::to_value(&snapshot.state).unwrap_or_default()),
        Step::Act(acted) => (acted.act.act.name().to_owned(), serde_json::to_value(&acted.act).unwrap_or_default()),
    }
}
