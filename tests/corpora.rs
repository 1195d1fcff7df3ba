//! Hundreds of real questions, the longest and oddest among them, on every card of every look: nothing overflows, no
//! line is broken where Chinese forbids it, no character that a font has is an empty box, nothing is below the legible
//! minimum. What does not fit is paged, and every page is looked at.

use std::{collections::BTreeMap, sync::Arc};

use leitai::{
    show::{
        frame::{LINE_BREAKS, Output, Part, Rgba, Typeset, compose},
        state::Show,
        theme::Theme,
    },
    themes,
    typeset::Typesetter,
};
use serde_json::json;

use crate::support::{
    corpus::{self, Item},
    legible,
    setting::{self, Faults},
    story::ZERO_US,
};

/// A theme in a class: all that these promises need to know of either.
struct Look {
    name: String,
    theme: Arc<Theme>,
    output: Output,
    /// No text is smaller, design px of the class's canvas.
    least_px: f32,
}

/// Every look that is shipped.
fn looks() -> Vec<Look> {
    let theme = themes::built_in().unwrap();
    vec![Look { name: "qingkong, tv".to_owned(), theme, output: Output::tv(1920, 1080), least_px: 38.0 }]
}

/// Pages that are looked at of one question, at most: the longest of the corpora has fewer.
const MOST_PAGES: usize = 40;

#[derive(Default)]
struct Count {
    frames: usize,
    texts: usize,
    smallest: Option<f32>,
    below: Vec<String>,
    set: Faults,
    unsafe_texts: Vec<String>,
}

fn set_all(look: &Look, items: &[Item]) -> Count {
    let set = Typesetter::new();
    let mut count = Count::default();
    for item in items {
        let mut story = item.story();
        let sources = item.texts();
        look_at(look, item, &sources, &story.show, &set, &instants(0), &mut count);
        story.tell(200_000, "answer.given", item.given());
        story.tell(201_000, "answer.locked", json!({"team": "t1"}));
        look_at(look, item, &sources, &story.show, &set, &[200_500, 203_000], &mut count);
        story.tell(300_000, "verdict.given", json!({"team": "t1", "outcome": "wrong", "delta": 0}));
        story.tell(300_500, "answer.revealed", item.revealed());
        look_at(look, item, &sources, &story.show, &set, &instants(300_500), &mut count);
    }
    count
}

/// The first frame, amid the entrance, at rest; then every page.
fn instants(from_ms: i64) -> Vec<i64> {
    let mut ms = vec![from_ms, from_ms + 350, from_ms + 3_000];
    ms.extend((1..MOST_PAGES as i64).map(|page| from_ms + page * 12_000 + 600));
    ms
}

fn look_at(look: &Look, item: &Item, sources: &[String], show: &Show, set: &Typesetter, ms: &[i64], count: &mut Count) {
    let (mut last, mut still) = (None, 0);
    for at in ms {
        let frame = compose(show, &look.theme, &look.output, set, ZERO_US + at * 1000);
        // The last page stays: once two later instants show nothing new there is nothing new to come.
        still = if last.as_ref() == Some(&frame.layers) { still + 1 } else { 0 };
        if still == 2 {
            break;
        }
        let tell = |what: &String| format!("{}, {} at {at} ms: {what}", look.name, item.id);
        for layer in &frame.layers {
            for part in &layer.content.parts {
                let Part::Text { text, style, .. } = part else { continue };
                if style.colour.a <= 0.0 || text.trim().is_empty() {
                    continue;
                }
                count.texts += 1;
                count.smallest = Some(count.smallest.map_or(style.size, |least| least.min(style.size)));
                if style.size < look.least_px {
                    count.below.push(tell(&format!("\"{text}\" is {} px", style.size)));
                }
            }
        }
        count.unsafe_texts.extend(legible::faults(&frame, &look.theme, set).iter().map(tell));
        let mut faults = setting::faults(&frame, sources, set);
        for list in [&mut faults.overflows, &mut faults.kinsoku, &mut faults.boxes] {
            for fault in list {
                *fault = tell(fault);
            }
        }
        count.set.extend(faults);
        count.frames += 1;
        last = Some(frame.layers);
    }
}

fn promise(items: &[Item], from: &str) {
    let mut faults = Vec::new();
    for look in looks() {
        let count = set_all(&look, items);
        let mut uncovered = BTreeMap::<char, usize>::new();
        for c in &count.set.uncovered {
            *uncovered.entry(*c).or_default() += 1;
        }
        println!(
            "{}: {} questions of {from}, {} frames, {} texts, smallest {} px: {} overflows, {} outside the safe area or \
             their layer, {} kinsoku breaches, {} boxes, {} below {} px; no font has {:?}",
            look.name,
            items.len(),
            count.frames,
            count.texts,
            count.smallest.unwrap_or(0.0),
            count.set.overflows.len(),
            count.unsafe_texts.len(),
            count.set.kinsoku.len(),
            count.set.boxes.len(),
            count.below.len(),
            look.least_px,
            uncovered.keys().collect::<String>(),
        );
        for list in [count.set.overflows, count.unsafe_texts, count.set.kinsoku, count.set.boxes, count.below] {
            faults.extend(list);
        }
    }
    let shown: Vec<&String> = faults.iter().take(40).collect();
    assert!(faults.is_empty(), "{} faults, the first of them:\n{shown:#?}", faults.len());
}

/// Where every paragraph is broken, on every rung of the stem's ladder: what stands on both sides of each break is known
/// here, as it is not in a frame.
fn breaks(items: &[Item], from: &str) {
    let set = Typesetter::new();
    for look in looks() {
        let (role, width) = (&look.theme.typography.stem, look.theme.layout.card.text.w);
        let (mut breaks, mut lonely, mut faults) = (0, 0, Vec::new());
        for text in items.iter().flat_map(Item::texts) {
            let paragraphs = text.split(LINE_BREAKS).filter(|text| !text.trim().is_empty());
            for (paragraph, step) in paragraphs.flat_map(|text| role.ladder.iter().map(move |step| (text, *step))) {
                let style = role.style(step, Rgba::CLEAR);
                let lines = set.lines(paragraph, &style, width);
                for pair in lines.windows(2) {
                    breaks += 1;
                    let (Some(end), Some(begin)) = (pair[0].chars().next_back(), pair[1].chars().next()) else { continue };
                    let torn = end == begin && "…—".contains(end);
                    if torn || setting::CLOSING.contains(begin) || setting::OPENING.contains(end) {
                        faults.push(format!("{} px: \"{}\" | \"{}\"", step.0, pair[0], pair[1]));
                    }
                }
                faults.extend(
                    lines
                        .iter()
                        .filter(|line| set.width(line, &style) > width + 1.0)
                        .map(|line| format!("{} px: \"{line}\" is wider than {width} px", step.0)),
                );
                let last = lines.last().map_or(0, |line| line.chars().filter(|c| c.is_alphanumeric()).count());
                lonely += usize::from(lines.len() > 1 && last == 1);
            }
        }
        println!("{}: {breaks} breaks of {from}, {} bad, {lonely} last lines of one character", look.name, faults.len());
        assert!(faults.is_empty(), "{} bad breaks:\n{:#?}", faults.len(), faults.iter().take(40).collect::<Vec<_>>());
        // Nothing else was possible: a word or a bracket holds the rest of the line.
        assert!(lonely * 1000 <= breaks, "{lonely} last lines of one character");
    }
}

#[test]
fn every_break_of_the_corpora_is_a_good_one() {
    let (path, real) = corpus::find();
    breaks(&corpus::read(&path), if real { "the corpora" } else { "the sample" });
}

#[test]
fn every_question_of_the_corpora_is_set_whole() {
    let (path, real) = corpus::find();
    if !real {
        println!("no corpora beside the crate (LEITAI_CORPORA names their folder): the sample stands for them");
    }
    promise(&corpus::read(&path), if real { "the corpora" } else { "the sample" });
}
