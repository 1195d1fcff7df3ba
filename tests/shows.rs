//! Every moment of the four contests has its still, and the still is the one that was looked at.
//!
//! The rows are the contests' own: what happens in which round. Each names the tape, the round and the event by which
//! its still is found among the tape's moments; a row without a still fails, and so does a still that has changed.

use std::sync::Arc;

use image::RgbaImage;
use leitai::{
    director::Director,
    show::{
        frame::Output,
        tape::{Moment, Tape, Timeline, moments},
    },
    themes,
    typeset::Typesetter,
};

use crate::support::{golden, with_headless};

const RASTER: (u32, u32) = (480, 270);

/// (contest, what the hall sees, round, event). A round of "" is before the first one, or none in particular.
const ROWS: &[(&str, &str, &str, &str)] = &[
    // A · 烟台
    ("yantai", "title", "", "slate.shown title"),
    ("yantai", "host's lower third", "", "lower_third.shown"),
    ("yantai", "line-up", "", "slate.shown lineup"),
    ("yantai", "牛刀小试: round opens", "牛刀小试", "round.opened"),
    ("yantai", "牛刀小试: rules", "牛刀小试", "slate.shown rules"),
    ("yantai", "牛刀小试: player on turn", "牛刀小试", "turn.given"),
    ("yantai", "牛刀小试: card, single", "牛刀小试", "question.shown single"),
    ("yantai", "牛刀小试: card, judge", "牛刀小试", "question.shown judge"),
    ("yantai", "牛刀小试: card, multi", "牛刀小试", "question.shown multi"),
    ("yantai", "牛刀小试: ring", "牛刀小试", "countdown.started"),
    ("yantai", "牛刀小试: lock", "牛刀小试", "answer.locked"),
    ("yantai", "牛刀小试: right", "牛刀小试", "verdict.given correct"),
    ("yantai", "牛刀小试: wrong", "牛刀小试", "verdict.given wrong"),
    ("yantai", "牛刀小试: the jury corrects the host", "牛刀小试", "corrected"),
    ("yantai", "牛刀小试: appeal", "牛刀小试", "appeal.opened"),
    ("yantai", "牛刀小试: ruling", "牛刀小试", "appeal.resolved"),
    ("yantai", "standings between rounds", "牛刀小试", "standings.set"),
    ("yantai", "一锤定音: armed", "一锤定音", "buzzer.armed"),
    ("yantai", "一锤定音: winner's lamp", "一锤定音", "buzzer.hit"),
    ("yantai", "一锤定音: foul card", "一锤定音", "buzzer.fouled"),
    ("yantai", "一锤定音: ring", "一锤定音", "countdown.started"),
    ("yantai", "一锤定音: question withdrawn", "一锤定音", "question.withdrawn"),
    ("yantai", "狭路相逢: values offered", "狭路相逢", "risk.offered"),
    ("yantai", "狭路相逢: all locked", "狭路相逢", "risk.locked"),
    ("yantai", "狭路相逢: revealed at once", "狭路相逢", "risk.revealed"),
    ("yantai", "狭路相逢: discussion", "狭路相逢", "phase.set discussion"),
    ("yantai", "狭路相逢: result", "狭路相逢", "score.changed"),
    ("yantai", "狭路相逢: clock extended", "狭路相逢", "countdown.changed"),
    ("yantai", "统计中", "", "slate.shown tabulating"),
    ("yantai", "interlude", "", "slate.shown interlude"),
    ("yantai", "interlude: a line is sung", "", "slate.stepped"),
    ("yantai", "互动问答", "", "slate.shown audience_quiz"),
    ("yantai", "互动问答: a question", "", "answer.revealed"),
    ("yantai", "公证词", "", "slate.shown notary"),
    ("yantai", "晋级: slots", "", "advance.set"),
    ("yantai", "晋级: first slot", "", "advance.revealed 1"),
    ("yantai", "晋级: last slot", "", "advance.revealed 4"),
    ("yantai", "photo", "", "slate.shown photo"),
    ("yantai", "thanks", "", "slate.shown thanks"),
    // B · 辽宁
    ("liaoning", "line-up of 40", "", "slate.shown lineup"),
    ("liaoning", "理论考试: questions drawn on the day", "", "draw.opened question"),
    ("liaoning", "理论考试: the draw lands", "", "draw.resolved"),
    ("liaoning", "风采展示: title card", "", "slate.shown showcase"),
    ("liaoning", "风采展示: performance timer", "", "countdown.started"),
    ("liaoning", "必答题: card", "必答", "question.shown"),
    ("liaoning", "必答题: incomplete", "必答", "verdict.given incomplete"),
    ("liaoning", "风险题: values", "风险", "risk.offered"),
    ("liaoning", "风险题: result", "风险", "score.changed"),
    ("liaoning", "抢答题: armed", "抢答", "buzzer.armed"),
    ("liaoning", "抢答题: winner", "抢答", "buzzer.hit"),
    ("liaoning", "message", "", "slate.shown message"),
    ("liaoning", "40 teams", "", "standings.set"),
    ("liaoning", "a tie decided by the written part", "", "tiebreak.decided"),
    ("liaoning", "awards", "", "award.set"),
    ("liaoning", "awards: first place last", "", "award.stepped"),
    // C · 中卫
    ("zhongwei", "抽签确定队号", "", "draw.opened team_number"),
    ("zhongwei", "抽签: a number lands", "", "draw.resolved"),
    ("zhongwei", "showcase video", "风采展示", "media.started"),
    ("zhongwei", "热身: timeout", "热身", "verdict.given timeout"),
    ("zhongwei", "热身: incomplete", "热身", "verdict.given incomplete"),
    ("zhongwei", "热身: fill", "热身", "answer.revealed fill"),
    ("zhongwei", "闯关: at the desk", "闯关", "rush.progressed"),
    ("zhongwei", "闯关: formula", "闯关", "rush.finished"),
    ("zhongwei", "自选: 20 or 40", "自选", "risk.offered"),
    ("zhongwei", "自选: chosen", "自选", "risk.revealed"),
    ("zhongwei", "自选: case or short answer", "自选", "question.shown"),
    ("zhongwei", "自选: answer revealed", "自选", "answer.revealed"),
    ("zhongwei", "自选: result", "自选", "score.changed"),
    ("zhongwei", "他选: who names whom", "他选", "risk.assigned"),
    ("zhongwei", "他选: the case as a video", "他选", "media.started"),
    ("zhongwei", "他选: case", "他选", "question.shown case"),
    ("zhongwei", "他选: result", "他选", "score.changed"),
    ("zhongwei", "对决: card", "对决", "question.shown"),
    ("zhongwei", "对决: 18 seats", "对决", "audience.tallied"),
    ("zhongwei", "standings before the tie-break", "", "standings.set 总成绩"),
    ("zhongwei", "written 50 % + stage 50 %", "", "total.shown"),
    ("zhongwei", "加赛: armed", "加赛", "buzzer.armed"),
    ("zhongwei", "加赛: foul", "加赛", "buzzer.fouled"),
    ("zhongwei", "加赛: the key that decided", "加赛", "tiebreak.decided"),
    ("zhongwei", "first, second, third", "", "award.stepped"),
    ("zhongwei", "20 finalists, 3 drawn", "", "draw.opened representative"),
    ("zhongwei", "photo", "", "slate.shown photo"),
    // D · 福建
    ("fujian", "全省决赛: machine test", "", "round.opened"),
    ("fujian", "a display without ranks", "", "standings.set"),
    ("fujian", "20 人社知识通", "", "award.set"),
    ("fujian", "33 岗位练兵明星, second page", "", "award.stepped"),
    ("fujian", "35 of 200: the draw", "", "draw.opened representative"),
    ("fujian", "35 of 200: drawn", "", "draw.resolved"),
    ("fujian", "thanks", "", "slate.shown thanks"),
];

fn timeline(name: &str) -> Timeline {
    let path = format!("{}/assets/shows/{name}.tape.ndjson", env!("CARGO_MANIFEST_DIR"));
    Timeline::new(Tape::parse(&std::fs::read_to_string(path).unwrap()).unwrap())
}

fn find<'a>(moments: &'a [Moment], round: &str, event: &str) -> Option<&'a Moment> {
    moments.iter().find(|moment| moment.round.contains(round) && moment.event.contains(event))
}

#[test]
fn every_row_has_its_still() {
    let mut faults = Vec::new();
    for name in ["yantai", "liaoning", "zhongwei", "fujian"] {
        let timeline = timeline(name);
        assert_eq!(timeline.tape().problems, [], "{name}");
        assert_eq!(timeline.show_after(usize::MAX).alarms, [], "{name}: the feed's figures add up");
        let moments = moments(&timeline);
        for (_, what, round, event) in ROWS.iter().filter(|(contest, ..)| *contest == name) {
            if find(&moments, round, event).is_none() {
                faults.push(format!("{name}, {what}: no {event} in a round {round:?}"));
            }
        }
    }
    assert!(faults.is_empty(), "{}", faults.join("\n"));
}

/// Grounds have goldens of their own, and compress badly.
#[test]
fn every_still_is_as_it_was_looked_at() {
    let faults = with_headless(|headless| {
        let output = Output::tv(RASTER.0, RASTER.1);
        let mut faults = Vec::new();
        for name in ["yantai", "liaoning", "zhongwei", "fujian"] {
            let timeline = timeline(name);
            let moments = moments(&timeline);
            let mut director = Director::rehearse(timeline, themes::built_in().unwrap(), Arc::new(Typesetter::new()));
            let start_us = director.transport().unwrap().start_us();
            for (_, what, round, event) in ROWS.iter().filter(|(contest, ..)| *contest == name) {
                let Some(moment) = find(&moments, round, event) else { continue };
                director.seek(moment.at - start_us);
                let mut frame = (*director.frame(&output)).clone();
                frame.layers.retain(|layer| !layer.key.kind.is_ground());
                let pixels = headless.draw(Arc::new(frame)).expect("a picture").to_vec();
                let picture = RgbaImage::from_raw(RASTER.0, RASTER.1, pixels).expect("all its pixels");
                let what: String = what.chars().map(|c| if c.is_alphanumeric() { c } else { '-' }).collect();
                faults.extend(golden::compare(&format!("shows/{name}-{what}"), &picture));
            }
        }
        faults
    });
    assert!(faults.is_empty(), "\n{}", faults.join("\n"));
}
