//! Hundreds of real questions, the longest and oddest among them, on every card of every look: nothing overflows, no
//! line is broken where Chinese forbids it, no character that a font has is an empty box, nothing is below the legible
//! minimum. What does not fit is paged, and every page is looked at.

use std::{
    cell::RefCell,
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use leitai::{
    show::{
        clip::Clips,
        frame::{Class, LINE_BREAKS, Output, Part, Rgba, Typeset, compose},
        state::Show,
        theme::{Look, Theme},
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

/// A theme in a class.
struct Shown {
    name: String,
    theme: Arc<Theme>,
    output: Output,
    /// No text is smaller, design px of the class's canvas.
    least_px: f32,
}

impl Shown {
    fn look(&self) -> &Look {
        self.theme.of(self.output.class)
    }

    /// Instants after which a page that still stands is the last: the second screen's stand as long as they are read aloud.
    fn patience(&self) -> usize {
        if self.output.class == Class::Confidence { 6 } else { 2 }
    }

    /// Whether every text of the other stands where it stands here: colours set no type.
    fn is_set_as(&self, other: &Self) -> bool {
        let (a, b) = (self.look(), other.look());
        self.output.class == other.output.class
            && a.typography == b.typography
            && a.layout == b.layout
            && a.motion == b.motion
            && a.labels == b.labels
            && a.monitor == b.monitor
    }
}

/// Every class of every shipped theme.
fn all_shown() -> Vec<Shown> {
    let mut all = Vec::new();
    for name in themes::carried() {
        let theme = themes::load(name).unwrap_or_else(|error| panic!("{error}")).theme;
        for class in Class::ALL {
            let (w, h) = class.canvas();
            all.push(Shown {
                name: format!("{name}, {}", class.name()),
                theme: Arc::clone(&theme),
                output: Output::of(class, (w as u32, h as u32)),
                least_px: class.legible_px(),
            });
        }
    }
    all
}

/// What is promised for each; those that are set alike are looked at once.
fn for_each(promise: impl Fn(&Shown)) {
    let mut seen: Vec<Shown> = Vec::new();
    for shown in all_shown() {
        if let Some(same) = seen.iter().find(|seen| seen.is_set_as(&shown)) {
            println!("{}: set as {}", shown.name, same.name);
            continue;
        }
        promise(&shown);
        seen.push(shown);
    }
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
    asked: BTreeSet<(bool, String)>,
    unsafe_texts: Vec<String>,
}

fn set_all(shown: &Shown, items: &[Item]) -> Count {
    let set = Typesetter::new();
    let mut count = Count::default();
    for item in items {
        let mut story = item.story();
        let sources = item.texts();
        look_at(shown, item, &sources, &story.show, &set, &instants(0), &mut count);
        story.tell(200_000, "answer.given", item.given());
        story.tell(201_000, "answer.locked", json!({"team": "t1"}));
        look_at(shown, item, &sources, &story.show, &set, &[200_500, 203_000], &mut count);
        story.tell(300_000, "verdict.given", json!({"team": "t1", "outcome": "wrong", "delta": 0}));
        story.tell(300_500, "answer.revealed", item.revealed());
        look_at(shown, item, &sources, &story.show, &set, &instants(300_500), &mut count);
    }
    count
}

/// The first frame, amid the entrance, at rest; then every page.
fn instants(from_ms: i64) -> Vec<i64> {
    let mut ms = vec![from_ms, from_ms + 350, from_ms + 3_000];
    ms.extend((1..MOST_PAGES as i64).map(|page| from_ms + page * 12_000 + 600));
    ms
}

fn look_at(
    shown: &Shown,
    item: &Item,
    sources: &[String],
    show: &Show,
    set: &Typesetter,
    ms: &[i64],
    count: &mut Count,
) {
    let (mut last, mut still) = (None, 0);
    for at in ms {
        let frame = compose(show, &shown.theme, &shown.output, set, Clips::none(), ZERO_US + at * 1000);
        // The last page stays: once a few later instants show nothing new there is nothing new to come.
        still = if last.as_ref() == Some(&frame.layers) { still + 1 } else { 0 };
        if still == shown.patience() {
            break;
        }
        let tell = |what: &String| format!("{}, {} at {at} ms: {what}", shown.name, item.id);
        for layer in &frame.layers {
            for part in &layer.content.parts {
                let Part::Text { text, style, .. } = part else { continue };
                if style.colour.a <= 0.0 || text.trim().is_empty() {
                    continue;
                }
                count.texts += 1;
                count.smallest = Some(count.smallest.map_or(style.size, |least| least.min(style.size)));
                if style.size < shown.least_px {
                    count.below.push(tell(&format!("\"{text}\" is {} px", style.size)));
                }
            }
        }
        count.unsafe_texts.extend(legible::faults(&frame, &shown.theme, shown.output.class, set).iter().map(tell));
        let mut faults = setting::faults(&frame, sources, set, &mut count.asked);
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
    let faults = RefCell::new(Vec::new());
    for_each(|shown| {
        let count = set_all(shown, items);
        let mut uncovered = BTreeMap::<char, usize>::new();
        for c in &count.set.uncovered {
            *uncovered.entry(*c).or_default() += 1;
        }
        println!(
            "{}: {} questions of {from}, {} frames, {} texts, smallest {} px: {} overflows, {} outside the safe area or \
             their layer, {} kinsoku breaches, {} boxes, {} below {} px; no font has {:?}",
            shown.name,
            items.len(),
            count.frames,
            count.texts,
            count.smallest.unwrap_or(0.0),
            count.set.overflows.len(),
            count.unsafe_texts.len(),
            count.set.kinsoku.len(),
            count.set.boxes.len(),
            count.below.len(),
            shown.least_px,
            uncovered.keys().collect::<String>(),
        );
        for list in [count.set.overflows, count.unsafe_texts, count.set.kinsoku, count.set.boxes, count.below] {
            faults.borrow_mut().extend(list);
        }
    });
    let faults = faults.into_inner();
    let first: Vec<&String> = faults.iter().take(40).collect();
    assert!(faults.is_empty(), "{} faults, the first of them:\n{first:#?}", faults.len());
}

/// Where every paragraph is broken, on every rung of the stem's ladder: what stands on both sides of each break is known
/// here, as it is not in a frame.
fn breaks(items: &[Item], from: &str) {
    let set = Typesetter::new();
    for_each(|shown| {
        let (role, width) = (&shown.look().typography.stem, shown.look().layout.card.text.w);
        let (mut breaks, mut lonely, mut faults) = (0, 0, Vec::new());
        for text in items.iter().flat_map(Item::texts) {
            let paragraphs = text.split(LINE_BREAKS).filter(|text| !text.trim().is_empty());
            for (paragraph, step) in paragraphs.flat_map(|text| role.ladder.iter().map(move |step| (text, *step))) {
                let style = role.style(step, Rgba::CLEAR);
                let lines = set.lines(paragraph, &style, width);
                for pair in lines.windows(2) {
                    breaks += 1;
                    let (Some(end), Some(begin)) = (pair[0].chars().next_back(), pair[1].chars().next()) else {
                        continue;
                    };
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
        println!(
            "{}: {breaks} breaks of {from}, {} bad, {lonely} last lines of one character",
            shown.name,
            faults.len()
        );
        assert!(faults.is_empty(), "{} bad breaks:\n{:#?}", faults.len(), faults.iter().take(40).collect::<Vec<_>>());
        // Nothing else was possible: a word or a bracket holds the rest of the line.
        assert!(lonely * 1000 <= breaks, "{lonely} last lines of one character");
    });
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
