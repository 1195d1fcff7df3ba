//! The options of a question and their states: idle, selected, locked, right, wrong, other (look.md §5).
//! Every state has its sign and its word, not only its colour.

use crate::show::{
    frame::{
        cx::Cx,
        fit::fit,
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Icon, Point, Rect, Rgba},
        sheet::{Sheet, outline, shadow, vertical},
    },
    protocol::play::{Outcome, QuestionKind, QuestionOption},
    state::Ask,
    theme::{Gradient, Ms, Step},
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
    /// Right, and not picked where several were to be.
    Missed,
    /// The others, after the reveal.
    Other,
}

impl Choice {
    fn of(ask: &Ask, option: &QuestionOption) -> Self {
        let picked = ask.answer.as_ref().is_some_and(|answer| answer.given.choice.contains(&option.label));
        if let Some(key) = &ask.key {
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

/// One layer an option, laid out in `area` (a judge's two are taller and keep their own place).
pub fn compose(cx: &Cx, ask: &Ask, area: Rect, layers: &mut Vec<Layer>) {
    let count = ask.question.options.len();
    let judge = ask.question.kind == QuestionKind::Judge;
    let step = common_step(cx, ask, area, judge);
    for (index, option) in ask.question.options.iter().enumerate() {
        let rect = cell(cx, area, count, index, judge);
        let mut sheet = cx.sheet(rect.grow(cx.theme.layout.bleed));
        draw(cx, ask, option, rect, judge, step, &mut sheet);
        layers.push(cx.lay(LayerKind::Option, index as u16, sheet, entrance(cx, index)));
    }
}

fn entrance(cx: &Cx, index: usize) -> Placement {
    let motion = &cx.theme.motion;
    let delay = Ms(motion.option_delay.0 + motion.stagger.0 * index as i64);
    let arrived = cx.arrived(delay, motion.option_in);
    Placement::at(0.0, motion.travel_px * (1.0 - arrived)).faded(arrived)
}

/// Two by two; up to six in three columns when there are five or six; a judge's two are taller.
fn cell(cx: &Cx, area: Rect, count: usize, index: usize, judge: bool) -> Rect {
    let place = &cx.theme.layout.card;
    let columns = if count > 4 { 3 } else { 2 };
    let area = if judge { place.judge } else { area };
    let rows = if judge || count <= columns { 1 } else { count.div_ceil(columns) };
    let w = (area.w - place.option_gap * (columns as f32 - 1.0)) / columns as f32;
    let h = if judge { area.h } else { (area.h - place.option_gap * (place.option_rows - 1.0)) / place.option_rows };
    let h = if rows > 2 { (area.h - place.option_gap * (rows as f32 - 1.0)) / rows as f32 } else { h };
    let (column, row) = (index % columns, index / columns);
    Rect::new(area.x + column as f32 * (w + place.option_gap), area.y + row as f32 * (h + place.option_gap), w, h)
}

/// All options of a question are set in one size: the largest in which every one fits.
fn common_step(cx: &Cx, ask: &Ask, area: Rect, judge: bool) -> (bool, Step) {
    let typo = &cx.theme.typography;
    let count = ask.question.options.len();
    let rect = cell(cx, area, count, 0, judge);
    let (x, width) = text_span(cx, rect, judge, true);
    debug_assert!(x > rect.x);
    let role = if judge { &typo.judge } else { &typo.option };
    let one_line = role.ladder.iter().copied().find(|step| {
        let style = role.style(*step, Rgba::CLEAR);
        ask.question.options.iter().all(|option| cx.set.width(&option.text, &style) <= width)
    });
    if let Some(step) = one_line {
        return (false, step);
    }
    let small = &typo.option_small;
    let fits = |step: &Step| {
        let style = small.style(*step, Rgba::CLEAR);
        ask.question
            .options
            .iter()
            .all(|option| cx.set.lines(&option.text, &style, width).len() as f32 * step.1 <= rect.h)
    };
    let step = small.ladder.iter().copied().find(|step| fits(step));
    (true, step.or(small.ladder.last().copied()).unwrap_or(small.step()))
}

/// Left edge and width of an option's text; room for the state's word is kept so that nothing moves at the reveal.
fn text_span(cx: &Cx, rect: Rect, judge: bool, with_state: bool) -> (f32, f32) {
    let (place, typo) = (&cx.theme.layout.card, &cx.theme.typography);
    let letter = if judge { place.judge_letter } else { place.letter };
    let x = rect.x + place.letter_inset * rect.h + letter + place.letter_gap;
    let moved = place.letter_gap + typo.letter.step().0 * 0.6;
    let state = if with_state { typo.state.step().0 * 4.0 + place.option_padding } else { 0.0 };
    (x, rect.x + rect.w - place.option_padding - state - moved - x)
}

fn draw(cx: &Cx, ask: &Ask, option: &QuestionOption, rect: Rect, judge: bool, step: (bool, Step), sheet: &mut Sheet) {
    let (place, typo, palette) = (&cx.theme.layout.card, &cx.theme.typography, &cx.theme.palette);
    let choice = Choice::of(ask, option);
    let look = look(cx, choice);
    let radius = if judge { place.judge_radius } else { place.option_radius };
    let end = rect.h / 2.0;
    let fall = look.raised.then(|| shadow(cx.theme.layout.shadow_low, palette.shadow_low));
    let border = look.border.or_else(|| outline(cx.theme.layout.border, palette.plate_border));
    sheet.plate(rect, [end, radius, radius, end], vertical(look.fill), border, fall);

    let size = if judge { place.judge_letter } else { place.letter };
    let centre = Point { x: rect.x + place.letter_inset * rect.h + size / 2.0, y: rect.y + rect.h / 2.0 };
    let mut x = text_span(cx, rect, judge, true).0;
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
        sheet.line(typo, disc, Anchor::Centre, &typo.letter, typo.letter.step(), look.sign, letter);
    }
    if matches!(choice, Choice::Right | Choice::Wrong | Choice::Missed) && !judge {
        let at = Rect::new(x, rect.y, rect.w, rect.h);
        sheet.line(typo, at, Anchor::Start, &typo.letter, typo.letter.step(), look.ink, letter);
        x += cx.set.width(letter, &typo.letter.style(typo.letter.step(), look.ink)) + place.letter_gap;
    }
    text(cx, option, rect, x, judge, step, look.ink, sheet);
    if let Some(word) = look.word {
        let mut at = Rect::new(rect.x, rect.y, rect.w - place.option_padding, rect.h);
        sheet.line(typo, at, Anchor::End, &typo.state, typo.state.step(), look.ink, word);
        if choice == Choice::Locked {
            at.w -= cx.set.width(word, &typo.state.style(typo.state.step(), look.ink)) + place.letter_gap;
            let size = typo.state.step().0;
            sheet.icon(Point { x: at.x + at.w - size / 2.0, y: centre.y }, size, Icon::Lock, look.ink);
        }
    }
}

#[expect(clippy::too_many_arguments, reason = "the one call site has them all at hand")]
fn text(
    cx: &Cx,
    option: &QuestionOption,
    rect: Rect,
    x: f32,
    judge: bool,
    (small, step): (bool, Step),
    ink: Rgba,
    sheet: &mut Sheet,
) {
    let typo = &cx.theme.typography;
    let at = Rect::new(x, rect.y, rect.w, rect.h);
    if judge && !small {
        sheet.line(typo, at, Anchor::Start, &typo.judge, step, ink, &option.text);
    } else if small {
        let width = text_span(cx, rect, judge, true).1;
        let role = crate::show::theme::Role { ladder: vec![step], ..typo.option_small.clone() };
        let fitted = fit(cx.set, &option.text, &role, width, rect.h);
        let lines = fitted.page(0);
        let y = rect.y + (rect.h - lines.len() as f32 * step.1) / 2.0 - typo.rise * step.0;
        sheet.lines(Point { x, y }, &role, step, ink, lines);
    } else {
        sheet.line(typo, at, Anchor::Start, &typo.option, step, ink, &option.text);
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
