//! The options of a question and their states: idle, selected, locked, right, wrong, other (look.md §5).
//! Every state has its sign and its word, not only its colour.

use super::quiz;
use crate::show::{
    frame::{
        cx::Cx,
        fit::{cut, fit},
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Icon, Point, Rect, Rgba},
        sheet::{Sheet, outline, shadow, vertical},
    },
    motion::{lerp, share},
    protocol::play::{Outcome, QuestionKind, QuestionOption},
    state::{Ask, Verdict},
    theme::{Gradient, Ms, Role, Step},
};

/// What is known of one option now.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    Idle,
    Selected,
    Locked,
    Right,
    /// Picked, and not right.
    Wrong,
    /// The same where a wrong answer is no loss.
    Picked,
    /// Right, and not picked where several were to be.
    Missed,
    /// The others, after the reveal.
    Other,
}

impl Choice {
    /// What is drawn of it: an audience's pick is marked as picked, no more.
    pub fn shown(cx: &Cx, ask: &Ask, option: &QuestionOption) -> Self {
        match Self::of(cx, ask, option) {
            Self::Wrong if quiz::is_on(cx.core) => Self::Picked,
            choice => choice,
        }
    }

    fn of(cx: &Cx, ask: &Ask, option: &QuestionOption) -> Self {
        let picked = ask.answer.as_ref().is_some_and(|answer| answer.given.choice.contains(&option.label));
        if let Some(key) = &ask.key {
            if !picked && key.value.key.contains(&option.label) && cx.now < right_at(cx, ask, key.since) {
                return Self::Idle;
            }
            return match (key.value.key.contains(&option.label), picked) {
                (true, false) if ask.question.kind == QuestionKind::Multi && ask.answer.is_some() => Self::Missed,
                (true, _) => Self::Right,
                (false, true) => Self::Wrong,
                (false, false) => Self::Other,
            };
        }
        let locked = ask.answer.as_ref().is_some_and(|answer| answer.locked.is_some());
        match (picked, ask.verdict.as_ref().map(|verdict| verdict.outcome)) {
            (false, _) => Self::Idle,
            (true, Some(Outcome::Correct)) => Self::Right,
            (true, Some(Outcome::Wrong | Outcome::Incomplete)) if ask.question.kind != QuestionKind::Multi => {
                Self::Wrong
            }
            (true, _) if locked => Self::Locked,
            (true, _) => Self::Selected,
        }
    }
}

/// First what was answered is judged; what would have been right is lit after it, also where both came at once.
fn right_at(cx: &Cx, ask: &Ask, key: i64) -> i64 {
    let lost = |verdict: &&Verdict| matches!(verdict.outcome, Outcome::Wrong | Outcome::Incomplete);
    let verdict = ask.verdict.as_ref().filter(lost).filter(|verdict| verdict.was.is_none());
    verdict.map_or(key, |verdict| key.max(verdict.since + cx.theme.motion.beat.right_delay.us()))
}

/// The state that `choice` has just taken the place of, and how far it has. Results are whole at once.
fn change(cx: &Cx, ask: &Ask, choice: Choice) -> Option<(Choice, f32)> {
    let motion = &cx.theme.motion;
    let answer = ask.answer.as_ref();
    let (former, since, span) = match choice {
        Choice::Selected => (Choice::Idle, answer?.since, motion.lock),
        Choice::Locked => {
            let (given, locked) = (answer?.since, answer?.locked?);
            (if given < locked { Choice::Selected } else { Choice::Idle }, locked, motion.lock)
        }
        Choice::Other => (Choice::Idle, ask.key.as_ref()?.since, motion.dim),
        _ => return None,
    };
    let came = share(cx.now, since, span.us());
    (since > cx.on_air && came < 1.0).then_some((former, came))
}

/// Layers of one option: as it is, as it was, its padlock.
const FORMER: u16 = 64;
const PADLOCK: u16 = 128;

/// One layer an option, laid out in `area` (a judge's two are taller and keep their own place).
pub fn compose(cx: &Cx, ask: &Ask, area: Rect, layers: &mut Vec<Layer>) {
    let count = ask.question.options.len();
    let judge = is_judge(ask);
    let (columns, setting) = arrangement(cx, ask, area, judge);
    for (index, option) in ask.question.options.iter().enumerate() {
        let rect = cell(cx, area, (count, columns), index, judge);
        let choice = Choice::shown(cx, ask, option);
        let (at, enters) = (index as u16, entrance(cx, index));
        let mut sheet = cx.sheet(rect.grow(cx.theme.layout.bleed));
        let padlock = draw(cx, (option, choice), look(cx, choice), rect, setting, &mut sheet);
        layers.push(cx.lay(LayerKind::Option, at, sheet, enters));
        let change = change(cx, ask, choice);
        if let Some((former, came)) = change {
            // It goes from above the new one, whose shadow is already there.
            let look = Look { raised: !look(cx, choice).raised, ..look(cx, former) };
            let mut sheet = cx.sheet(rect.grow(cx.theme.layout.bleed));
            draw(cx, (option, former), look, rect, setting, &mut sheet);
            layers.push(cx.lay(LayerKind::Option, FORMER + at, sheet, enters.faded(1.0 - came)));
        }
        if let Some((centre, size, ink)) = padlock {
            let beat = &cx.theme.motion.beat;
            let since = ask.answer.as_ref().and_then(|answer| answer.locked).filter(|at| *at > cx.on_air);
            let shut = since.map_or(1.0, |at| cx.theme.motion.curves.out.progress(cx.now, at, beat.padlock.us()));
            let scale = lerp(beat.padlock_from, 1.0, shut);
            let mut sheet = cx.sheet(Rect::disc(centre, size));
            sheet.icon(centre, size, Icon::Lock, ink);
            let came = change.map_or(1.0, |(_, came)| came);
            layers.push(cx.lay(LayerKind::Option, PADLOCK + at, sheet, enters.faded(came).scaled(scale, scale)));
        }
    }
}

/// A judge's two have cells of their own.
fn is_judge(ask: &Ask) -> bool {
    ask.question.kind == QuestionKind::Judge && ask.question.options.len() <= 2
}

/// Whether every option can be read whole in its cell.
pub fn fits(cx: &Cx, ask: &Ask, area: Rect) -> bool {
    let judge = is_judge(ask);
    let (columns, setting) = arrangement(cx, ask, area, judge);
    fits_in(cx, ask, area, columns, setting)
}

/// The first of the theme's columns in which every option can be read whole, with its setting; else the last.
fn arrangement(cx: &Cx, ask: &Ask, area: Rect, judge: bool) -> (usize, Setting) {
    let count = ask.question.options.len();
    let choices = &cx.theme.layout.card.option_columns;
    let choice = choices.iter().find(|choice| choice.0 as usize >= count).or(choices.last());
    let mut found = None;
    for columns in choice.map_or(&[2][..], |choice| &choice.1) {
        let columns = (*columns).max(1) as usize;
        let set = setting(cx, ask, area, columns, judge);
        found = Some((columns, set));
        if judge || fits_in(cx, ask, area, columns, set) {
            break;
        }
    }
    found.unwrap_or_else(|| (2, setting(cx, ask, area, 2, judge)))
}

fn fits_in(cx: &Cx, ask: &Ask, area: Rect, columns: usize, setting: Setting) -> bool {
    let judge = is_judge(ask);
    let rect = cell(cx, area, (ask.question.options.len(), columns), 0, judge);
    let width = text_span(cx, rect, judge, false).1;
    let style = cx.theme.typography.option_small.style(setting.step, Rgba::CLEAR);
    setting.lines != Lines::Several
        || (width >= 3.0 * setting.step.0
            && ask
                .question
                .options
                .iter()
                .all(|option| cx.set.lines(&option.text, &style, width).len() as f32 * setting.step.1 <= rect.h))
}

fn entrance(cx: &Cx, index: usize) -> Placement {
    let motion = &cx.theme.motion;
    let delay = Ms(motion.option_delay.0 + motion.stagger.0 * index as i64);
    let arrived = cx.arrived(delay, motion.option_in);
    Placement::at(0.0, motion.travel_px * (1.0 - arrived)).faded(arrived)
}

/// In so many columns; a judge's two have their own place. Rows beyond the theme's share its height.
fn cell(cx: &Cx, area: Rect, (count, columns): (usize, usize), index: usize, judge: bool) -> Rect {
    let place = &cx.theme.layout.card;
    let columns = if judge { 2 } else { columns };
    let area = if judge { place.judge } else { area };
    let rows = if judge { 1.0 } else { (count.div_ceil(columns) as f32).max(place.option_rows) };
    let gap = if rows > place.option_rows { place.option_gap / 2.0 } else { place.option_gap };
    let w = (area.w - place.option_gap * (columns as f32 - 1.0)) / columns as f32;
    let h = (area.h - gap * (rows - 1.0)) / rows;
    let (column, row) = (index % columns, index / columns);
    Rect::new(area.x + column as f32 * (w + place.option_gap), area.y + row as f32 * (h + gap), w, h)
}

/// The letter's disc keeps within a low cell.
fn letter_size(cx: &Cx, rect: Rect, judge: bool) -> f32 {
    let place = &cx.theme.layout.card;
    if judge { place.judge_letter } else { place.letter.min(rect.h * (1.0 - place.letter_inset)) }
}

/// How all options of a question are set: alike.
#[derive(Clone, Copy)]
struct Setting {
    step: Step,
    lines: Lines,
    /// The state's word stands at the right end; without room for it the sign and the fill tell the state.
    words: bool,
}

#[derive(Clone, Copy, PartialEq)]
enum Lines {
    Judge,
    One,
    Several,
}

/// The largest setting in which every option fits: one line beside the state's word, one line, several lines.
fn setting(cx: &Cx, ask: &Ask, area: Rect, columns: usize, judge: bool) -> Setting {
    let typo = &cx.theme.typography;
    let options = &ask.question.options;
    let rect = cell(cx, area, (options.len(), columns), 0, judge);
    if judge {
        let width = text_span(cx, rect, judge, true).1;
        let fits = |step: &Step| {
            let style = typo.judge.style(*step, Rgba::CLEAR);
            options.iter().all(|option| cx.set.width(&option.text, &style) <= width)
        };
        if let Some(step) = typo.judge.ladder.iter().copied().find(fits) {
            return Setting { step, lines: Lines::Judge, words: true };
        }
    }
    for words in [true, false] {
        let width = text_span(cx, rect, judge, words).1;
        let fits = |step: &Step| {
            let style = typo.option.style(*step, Rgba::CLEAR);
            (!words || step.0 >= cx.theme.layout.card.words_least)
                && step.1 <= rect.h
                && options.iter().all(|option| cx.set.width(&option.text, &style) <= width)
        };
        if let Some(step) = typo.option.ladder.iter().copied().find(fits) {
            return Setting { step, lines: Lines::One, words };
        }
    }
    let (small, width) = (&typo.option_small, text_span(cx, rect, judge, false).1);
    let fits = |step: &Step| {
        let style = small.style(*step, Rgba::CLEAR);
        options.iter().all(|option| cx.set.lines(&option.text, &style, width).len() as f32 * step.1 <= rect.h)
    };
    let step = small.ladder.iter().copied().find(fits).or(small.ladder.last().copied()).unwrap_or(small.step());
    Setting { step, lines: Lines::Several, words: false }
}

/// Left edge and width of an option's text; room for what the reveal brings is kept so that nothing moves then.
fn text_span(cx: &Cx, rect: Rect, judge: bool, words: bool) -> (f32, f32) {
    let (place, typo) = (&cx.theme.layout.card, &cx.theme.typography);
    let letter = letter_size(cx, rect, judge);
    let x = rect.x + place.letter_inset * rect.h + letter + place.letter_gap;
    let moved = place.letter_gap + typo.letter.step().0 * 0.6;
    let longest = [&cx.words.right_answer, &cx.words.wrong_choice, &cx.words.missed, &cx.words.selected];
    let style = typo.state.style(typo.state.step(), Rgba::CLEAR);
    let word = longest.into_iter().map(|word| cx.set.width(word, &style)).fold(0.0, f32::max);
    let state = if words { word + place.option_padding } else { 0.0 };
    (x, rect.x + rect.w - place.option_padding - state - moved - x)
}

/// Returns where its padlock stands, how large and in which colour: that comes by itself.
fn draw(
    cx: &Cx,
    (option, choice): (&QuestionOption, Choice),
    look: Look,
    rect: Rect,
    setting: Setting,
    sheet: &mut Sheet,
) -> Option<(Point, f32, Rgba)> {
    let judge = setting.lines == Lines::Judge;
    let (place, typo, palette) = (&cx.theme.layout.card, &cx.theme.typography, &cx.theme.palette);
    let radius = if judge { place.judge_radius } else { place.option_radius };
    let end = rect.h / 2.0;
    let fall = look.raised.then(|| shadow(cx.theme.layout.shadow_low, palette.shadow_low));
    let border = look.border.or_else(|| outline(cx.theme.layout.border, palette.plate_border));
    sheet.plate(rect, [end, radius, radius, end], vertical(look.fill), border, fall);

    let size = letter_size(cx, rect, judge);
    let letter_step = if size < place.letter { typo.list_letter.step() } else { typo.letter.step() };
    let centre = Point { x: rect.x + place.letter_inset * rect.h + size / 2.0, y: rect.y + rect.h / 2.0 };
    let mut x = text_span(cx, rect, judge, setting.words).0;
    let letter = &option.label;
    let icon = match choice {
        Choice::Right | Choice::Missed => Some(Icon::Check),
        Choice::Wrong => Some(Icon::Cross),
        _ if judge => Some(if cx.words.judge_right.contains(letter) { Icon::Check } else { Icon::Cross }),
        _ => None,
    };
    sheet.disc(centre, size / 2.0, look.disc, outline(place.letter_stroke, look.disc_ring));
    if let Some(icon) = icon {
        sheet.icon(centre, size * 0.58, icon, look.sign);
    } else {
        let disc = Rect::disc(centre, size / 2.0);
        sheet.line(typo, disc, Anchor::Centre, &typo.letter, letter_step, look.sign, letter);
    }
    if matches!(choice, Choice::Right | Choice::Wrong | Choice::Missed) && !judge {
        let at = Rect::new(x, rect.y, rect.w, rect.h);
        sheet.line(typo, at, Anchor::Start, &typo.letter, letter_step, look.ink, letter);
        x += cx.set.width(letter, &typo.letter.style(letter_step, look.ink)) + place.letter_gap;
    }
    text(cx, option, Rect { x, ..rect }, text_span(cx, rect, judge, setting.words).1, setting, look.ink, sheet);
    // Where its word has no room, a locked option still has its sign: a lock is no letter's.
    if choice == Choice::Locked && !setting.words && place.words_least > 0.0 {
        let size = typo.letter.step().0 * 0.6;
        let at = Point { x: rect.x + rect.w - place.option_padding - size / 2.0, y: centre.y };
        sheet.icon(at, size, Icon::Lock, look.ink);
    }
    if let Some(word) = look.word.filter(|_| setting.words) {
        let mut at = Rect::new(rect.x, rect.y, rect.w - place.option_padding, rect.h);
        sheet.line(typo, at, Anchor::End, &typo.state, typo.state.step(), look.ink, word);
        if choice == Choice::Locked {
            at.w -= cx.set.width(word, &typo.state.style(typo.state.step(), look.ink)) + place.letter_gap;
            let size = typo.state.step().0;
            return Some((Point { x: at.x + at.w - size / 2.0, y: centre.y }, size, look.ink));
        }
    }
    None
}

fn text(cx: &Cx, option: &QuestionOption, at: Rect, width: f32, setting: Setting, ink: Rgba, sheet: &mut Sheet) {
    let (typo, step) = (&cx.theme.typography, setting.step);
    match setting.lines {
        Lines::Judge => {
            sheet.line(typo, at, Anchor::Start, &typo.judge, step, ink, &option.text);
        }
        Lines::One => {
            sheet.line(typo, at, Anchor::Start, &typo.option, step, ink, &option.text);
        }
        Lines::Several => {
            let role = Role { ladder: vec![step], ..typo.option_small.clone() };
            let fitted = fit(cx.set, &option.text, &role, width, at.h);
            let mut lines = fitted.page(0).to_vec();
            // What no cell can hold is cut, and the cut is seen; `check` tells it before the show.
            if let (Some(rest), Some(last)) = (fitted.pages.get(1), lines.last_mut()) {
                *last = cut(cx.set, &format!("{last}{}", rest.concat()), &role.style(step, ink), width, &cx.words.more);
            }
            let y = at.y + (at.h - lines.len() as f32 * step.1) / 2.0 - typo.rise * step.0;
            sheet.lines(Point { x: at.x, y }, &role, step, ink, &lines);
        }
    }
}

struct Look<'a> {
    fill: Gradient,
    border: Option<crate::show::frame::part::Border>,
    raised: bool,
    disc: Fill,
    disc_ring: Rgba,
    /// Letter or icon in the disc.
    sign: Rgba,
    ink: Rgba,
    word: Option<&'a str>,
}

fn look<'a>(cx: &'a Cx, choice: Choice) -> Look<'a> {
    let (palette, words) = (&cx.theme.palette, cx.words);
    let idle = Look {
        fill: palette.option,
        border: None,
        raised: true,
        disc: Fill::None,
        disc_ring: palette.ink2,
        sign: palette.ink,
        ink: palette.ink,
        word: None,
    };
    let scored = |fill: Gradient, ink: Rgba, word: &'a str| Look {
        fill,
        border: None,
        raised: true,
        disc: Fill::Solid(ink),
        disc_ring: Rgba::CLEAR,
        sign: fill.1,
        ink,
        word: Some(word),
    };
    match choice {
        Choice::Idle => idle,
        Choice::Selected => Look {
            border: outline(cx.theme.layout.card.selected_border, palette.accent),
            disc: Fill::Solid(palette.accent),
            disc_ring: Rgba::CLEAR,
            sign: palette.on_accent,
            word: Some(&words.selected),
            ..idle
        },
        Choice::Locked => Look {
            disc: Fill::Solid(palette.on_accent),
            sign: palette.accent,
            ..scored(palette.accent_fill, palette.on_accent, &words.locked)
        },
        Choice::Right => scored(palette.ok_fill, palette.on_ok, &words.right_answer),
        Choice::Missed => scored(palette.ok_fill, palette.on_ok, &words.missed),
        Choice::Wrong => scored(palette.no_fill, palette.on_no, &words.wrong_choice),
        Choice::Picked => Look {
            border: outline(cx.theme.layout.card.selected_border, palette.ink2),
            disc: Fill::Solid(palette.ink2),
            disc_ring: Rgba::CLEAR,
            sign: palette.option.1,
            word: Some(&words.selected),
            ..idle
        },
        Choice::Other => Look {
            fill: palette.option_dim,
            raised: false,
            disc_ring: palette.ink_dim,
            sign: palette.ink_dim,
            ink: palette.ink_dim,
            ..idle
        },
    }
}
