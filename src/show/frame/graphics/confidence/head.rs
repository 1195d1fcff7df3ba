//! The top line: what the hall sees, which round, which question.

use super::{
    super::{card, run::Run, turn},
    Screen, question,
};
use crate::show::{
    frame::{
        layer::{Layer, LayerKind},
        part::{Anchor, Fill, Rect},
        sheet::{Sheet, outline},
    },
    protocol::score::SlateKind,
    state::{Core, Scene},
    theme::{MonitorWords, Words},
};

pub fn compose(screen: &Screen, layers: &mut Vec<Layer>) {
    let (cx, place) = (screen.cx, screen.place);
    let (palette, rect) = (&cx.theme.palette, place.head);
    let mut sheet = Sheet::new(rect.grow(place.gap));
    let said = on_air(screen.scene, cx.core, &cx.words.monitor);
    let run = Run::new(cx).text(&place.label, palette.well_ink, said).fit(rect.w / 3.0);
    let pill = Rect {
        y: rect.y + place.head_inset,
        w: run.width() + 2.0 * place.padding,
        h: rect.h - 2.0 * place.head_inset,
        ..rect
    };
    sheet.plate(pill, [place.radius; 4], Fill::None, outline(place.rule, palette.well_ink2), None);
    run.draw(pill, Anchor::Centre, &mut sheet);

    let end = rect.x + rect.w;
    let room = (end - pill.x - pill.w - place.gap) * NUMBERED;
    // What is too long loses its beginning: the number is what is asked for.
    let parts = numbered(screen);
    let from =
        |first: usize| Run::new(cx).text(&place.label, palette.ring, parts.get(first..).unwrap_or_default().join("·"));
    let whole = (0..parts.len()).find(|first| from(*first).fits(room)).unwrap_or(parts.len().saturating_sub(1));
    let run = from(whole).fit(room);
    let right = run.width();
    run.draw(rect, Anchor::End, &mut sheet);

    let x = pill.x + pill.w + place.gap;
    let left = Rect { x, w: end - right - place.gap - x, ..rect };
    let mut run = Run::new(cx);
    if let Some(round) = &cx.core.round {
        run = run.text(&place.label, palette.well_ink, &round.opened.name).gap(place.gap);
        run = run.text(&place.label, palette.well_ink2, turn::round_number(cx.words, round).unwrap_or_default());
    } else {
        run = run.text(&place.label, palette.well_ink2, &cx.core.config.title);
    }
    run.fit(left.w).draw(left, Anchor::Start, &mut sheet);
    let line = Rect::new(rect.x, rect.y + rect.h + place.head_inset, rect.w, place.rule);
    sheet.plate(line, [0.0; 4], Fill::Solid(palette.track), None, None);
    layers.push(Screen::lay(LayerKind::Header, 0, sheet));
}

/// The share of the line's rest that the question's number may have.
const NUMBERED: f32 = 0.6;

/// 单选题, 10 分, 第 8 题 / 共 12 题
fn numbered(screen: &Screen) -> Vec<String> {
    let (core, words) = (screen.cx.core, screen.cx.words);
    let mut parts = Vec::new();
    if let Some(ask) = core.question.as_ref().filter(|_| question::is_on(screen)) {
        parts.push(card::kind(words, ask.question.kind).to_owned());
        parts.extend(ask.question.value.map(|value| Words::with(&words.points, value)));
    }
    // In a speed round the run itself counts.
    let run = core.rush.as_ref().filter(|run| run.current.0 > 0);
    let number = match run {
        Some(run) => Some(Words::with(&Words::with(&words.question_of, run.current.0), run.pips.len())),
        None => core.turn.as_ref().and_then(|turn| turn::count(words, &turn.value)),
    };
    parts.extend(number);
    parts
}

/// What the hall sees, in a word or two; what lies over it beside it.
fn on_air(scene: Scene, core: &Core, words: &MonitorWords) -> String {
    let named = match scene {
        _ if core.ended => &words.ended,
        Scene::Ground => &words.nothing,
        Scene::Idle if core.turn.is_some() => &words.turn,
        Scene::Idle if core.round.is_some() => &words.round,
        Scene::Idle => &words.contest,
        Scene::Slate => core.slate.as_ref().map_or(&words.nothing, |slate| slate_name(slate.shown.kind, words)),
        Scene::Card => &words.question,
        Scene::Risk => &words.risk,
        Scene::Moment => &words.moment,
        Scene::Rush => &words.rush,
        Scene::Formula => &words.formula,
        Scene::Duel => &words.duel,
        Scene::Buzzer => &words.buzzer,
        Scene::Assignment => &words.assignment,
        Scene::Draw => &words.draw,
        Scene::Standings => &words.standings,
        Scene::Total => &words.total,
        Scene::Advance => &words.advance,
        Scene::Award => &words.award,
        Scene::Media => &words.media,
    };
    match core.lower_third.as_ref().filter(|third| third.cleared.is_none()) {
        Some(_) => format!("{named} + {}", words.lower_third),
        None => named.clone(),
    }
}

const fn slate_name(kind: SlateKind, words: &MonitorWords) -> &String {
    match kind {
        SlateKind::Title => &words.title,
        SlateKind::Rules => &words.rules,
        SlateKind::Showcase => &words.showcase,
        SlateKind::Interlude => &words.interlude,
        SlateKind::Tabulating => &words.tabulating,
        SlateKind::Notary => &words.notary,
        SlateKind::AudienceQuiz => &words.audience_quiz,
        SlateKind::Photo => &words.photo,
        SlateKind::Message => &words.message,
        SlateKind::Lineup => &words.lineup,
        SlateKind::Thanks => &words.thanks,
    }
}
