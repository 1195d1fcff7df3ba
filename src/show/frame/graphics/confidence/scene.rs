//! What is on the screen where no question is asked: who comes on, a card's lines to be read out, a table's rows. Nothing
//! stands here before the hall sees it.

use super::{
    super::{draw, draw_reel::Reel, media, turn},
    Screen,
    flow::{Block, Flow, Mark},
};
use crate::show::{
    award::Roll,
    frame::{
        fit::fit,
        layer::{Layer, LayerKind},
        part::{Icon, Point, Rect, Rgba},
        sheet::{Sheet, vertical},
    },
    protocol::{
        play::Outcome,
        roster::{DrawKind, DrawResolved, Team},
        score::{SlateKind, StandingsRow, TotalPart},
    },
    state::Scene,
    theme::{Role, Words},
};

/// A title, lines under it, and since when they are read.
#[derive(Default)]
struct Page {
    /// A team's, before the title.
    number: Option<u32>,
    title: String,
    blocks: Vec<Block>,
    since: i64,
}

/// The share of the room that a title may have.
const TITLE: f32 = 0.42;

pub fn compose(screen: &Screen, room: Rect, layers: &mut Vec<Layer>) {
    let (cx, place) = (screen.cx, screen.place);
    let page = page(screen);
    let mut sheet = Sheet::new(room.grow(place.gap));
    let share = if page.blocks.is_empty() { 1.0 } else { TITLE };
    let mut y = room.y;
    if !page.title.trim().is_empty() {
        let mut lead = page.number.map_or(0.0, |number| {
            let wide = |role: &Role| cx.set.width(&number.to_string(), &role.style(role.step(), Rgba::CLEAR));
            (wide(&place.number) + place.gap).max(place.title.step().1) + place.gap
        });
        let fitted = fit(cx.set, page.title.trim(), &place.title, room.w - lead, room.h * share);
        let lines = fitted.page(0);
        let ink = cx.theme.palette.well_ink;
        if let Some(number) = page.number {
            let palette = &cx.theme.palette;
            let side = place.title.step().1 - place.gap / 2.0;
            let corner = Point { x: room.x, y: y + (fitted.step.1 - side) / 2.0 + place.gap / 4.0 };
            lead = screen.number(&mut sheet, corner, side, (vertical(palette.accent_fill), palette.on_accent), number)
                + place.gap;
        }
        let at = Point { x: room.x + lead, y: y - cx.theme.typography.rise * fitted.step.0 };
        sheet.lines(at, &place.title, fitted.step, ink, lines);
        y += lines.len() as f32 * fitted.step.1 + place.gap;
    }
    if !page.blocks.is_empty() {
        let rest = Rect { y, h: room.y + room.h - y, ..room };
        let flow = Flow::fit(screen, page.blocks, rest);
        flow.draw(screen, flow.page(place, page.since, cx.now), &mut sheet);
    }
    layers.push(Screen::lay(LayerKind::Card, 0, sheet));
}

fn of_team(team: Option<&Team>) -> Page {
    let title = team.map(|team| team.name.clone()).unwrap_or_default();
    Page { number: team.map(|team| team.number), title, ..Page::default() }
}

fn ink(screen: &Screen) -> Mark {
    let palette = &screen.cx.theme.palette;
    Mark::plain(palette.well_ink, palette.ring)
}

fn dim(screen: &Screen) -> Mark {
    let palette = &screen.cx.theme.palette;
    Mark::plain(palette.well_ink2, palette.well_ink2)
}

fn page(screen: &Screen) -> Page {
    let (core, since) = (screen.cx.core, screen.cx.on_air);
    match screen.scene {
        Scene::Slate => slate(screen),
        Scene::Risk => risk(screen),
        Scene::Assignment => assignment(screen),
        Scene::Rush | Scene::Formula => rush(screen),
        Scene::Draw => drawn(screen),
        Scene::Standings => standings(screen),
        Scene::Total => total(screen),
        Scene::Advance => advance(screen),
        Scene::Award => award(screen),
        Scene::Media => {
            let title = core.media.as_ref().and_then(|media| media.cued.title.clone());
            let times = core.media.as_ref().and_then(|media| media::times(screen.cx, media));
            let blocks = times.map(|text| Block::text(text, dim(screen))).into_iter().collect();
            let title = title.unwrap_or_else(|| screen.cx.words.slates.playing.clone());
            Page { title, blocks, since, ..Page::default() }
        }
        _ => idle(screen),
    }
}

/// Who comes on; without a team the round and who answers in it; before the first round the show.
fn idle(screen: &Screen) -> Page {
    let (core, words, since) = (screen.cx.core, screen.cx.words, screen.cx.on_air);
    if let Some(team) = core.turn.as_ref().and_then(|turn| core.team(&turn.value.team)) {
        let player = core.turn.as_ref().and_then(|turn| core.player(turn.value.player.as_deref()?));
        let mut blocks: Vec<Block> =
            player.map(|player| Block::text(turn::called(words, player).join("　"), ink(screen))).into_iter().collect();
        let number = core.turn.as_ref().and_then(|turn| turn::count(words, &turn.value));
        blocks.extend(number.map(|text| Block::text(text, dim(screen))));
        return Page { number: Some(team.number), title: team.name.clone(), blocks, since };
    }
    if let Some(round) = &core.round {
        let opened = &round.opened;
        let lines = [&opened.subtitle, &opened.rules.who].into_iter().filter(|line| !line.trim().is_empty());
        let blocks = lines.map(|line| Block::text(line.trim(), ink(screen))).collect();
        return Page { title: opened.name.clone(), blocks, since, ..Page::default() };
    }
    let subtitle = core.config.subtitle.trim();
    let blocks = (!subtitle.is_empty()).then(|| Block::text(subtitle, dim(screen))).into_iter().collect();
    Page { title: core.config.title.clone(), blocks, since, ..Page::default() }
}

/// A card's words, which are read out; from the line that is on now, where one is.
fn slate(screen: &Screen) -> Page {
    let core = screen.cx.core;
    let Some(card) = &core.slate else { return idle(screen) };
    let shown = &card.shown;
    // Its second line may hold a team's id.
    if let Some(team) = core.team(shown.subtitle.trim()).filter(|_| shown.kind == SlateKind::Lineup) {
        let players = core.config.players.iter().filter(|player| player.team == team.id);
        let blocks = players.map(|player| Block::text(turn::called(screen.cx.words, player).join("　"), ink(screen)));
        let page = of_team(Some(team));
        let number = page.number.filter(|_| !screen.cx.theme.flags.ranks_hidden);
        return Page { number, blocks: blocks.collect(), since: card.since, ..page };
    }
    let mut blocks = Vec::new();
    if !shown.subtitle.trim().is_empty() {
        blocks.push(Block::text(shown.subtitle.trim(), dim(screen)));
    }
    let on = card.line.as_ref().map_or(0, |line| line.value as usize);
    let rules = core.round.as_ref().filter(|round| round.closed.is_none()).map(|round| &round.opened.rules);
    let rules = rules.filter(|_| shown.kind == SlateKind::Rules && shown.body.trim().is_empty());
    let lines = shown.body.lines().chain(rules.into_iter().flat_map(|rules| rules.text.iter().map(String::as_str)));
    for (i, line) in lines.enumerate().skip(on.saturating_sub(1)).filter(|(_, line)| !line.trim().is_empty()) {
        let mark = if on == 0 || i + 1 == on { ink(screen) } else { dim(screen) };
        blocks.push(Block::text(line.trim(), mark));
    }
    if shown.kind == SlateKind::Lineup && shown.body.trim().is_empty() {
        let row = |team: &&Team| {
            let number = if screen.cx.theme.flags.ranks_hidden { String::new() } else { team.number.to_string() };
            Block { pairs: true, ..Block::row(number, &team.name, None, ink(screen)) }
        };
        blocks.extend(core.teams().iter().map(row));
    }
    // A line that is stepped to is read now.
    let since = if on > 0 { screen.cx.now } else { card.since };
    Page { title: shown.title.clone(), blocks, since, ..Page::default() }
}

/// Every team: chooses, has locked, or its value once that is revealed.
fn risk(screen: &Screen) -> Page {
    let (core, words) = (screen.cx.core, screen.cx.words);
    let Some(risk) = &core.risk else { return idle(screen) };
    let row = |team: &&Team| {
        let value = risk.revealed.iter().find(|(id, _)| *id == team.id).map(|(_, value)| value.value.to_string());
        let locked = risk.locked.iter().any(|(id, _)| *id == team.id);
        let tail =
            value.unwrap_or_else(|| if locked { words.risk_locked.clone() } else { words.risk_choosing.clone() });
        let mark = if locked { ink(screen) } else { dim(screen) };
        Block { pairs: true, ..Block::row(team.number.to_string(), &team.name, Some(tail), mark) }
    };
    let blocks = core.teams().iter().map(row).collect();
    Page { title: words.risk_title.clone(), blocks, since: risk.since, ..Page::default() }
}

/// Who names whom: the newest pair in the title.
fn assignment(screen: &Screen) -> Page {
    let core = screen.cx.core;
    let name = |id: &str| core.team(id).map_or(id.to_owned(), |team| format!("{} {}", team.number, team.name));
    let Some(edge) = core.edges.iter().max_by_key(|edge| edge.seq) else { return idle(screen) };
    let pair = |from: &str, to: &str| format!("{} → {}", name(from), name(to));
    let player = edge.player.as_deref().and_then(|id| core.player(id));
    let mut blocks: Vec<Block> = player
        .map(|player| turn::called(screen.cx.words, player).join(" "))
        .map(|called| Block::text(Words::with(&screen.cx.words.assigned_player, called), ink(screen)))
        .into_iter()
        .collect();
    let others = core.edges.iter().rev().filter(|other| other.seq != edge.seq);
    blocks.extend(others.map(|other| Block::text(pair(&other.from, &other.to), dim(screen))));
    Page { title: pair(&edge.from, &edge.to), blocks, since: edge.since, ..Page::default() }
}

/// A speed round between its questions, and what it came to.
fn rush(screen: &Screen) -> Page {
    let (core, words) = (screen.cx.core, screen.cx.words);
    let Some(run) = &core.rush else { return idle(screen) };
    let right = run.pips.iter().flatten().filter(|pip| pip.value == Outcome::Correct);
    let row = |name: &str, tail: String| Block { tail: Some(tail), ..Block::text(name, ink(screen)) };
    let team = core.team(&run.team);
    let blocks = match &run.finished {
        None => vec![row(&words.term_correct, format!("{} / {}", right.count(), run.pips.len()))],
        Some(told) => vec![
            row(&words.term_correct, format!("{} / {}", told.value.correct, told.value.of)),
            row(&words.term_seconds, told.value.remaining_s.to_string()),
            row(&words.round_score, told.value.score.to_string()),
        ],
    };
    Page { blocks, since: run.since, ..of_team(team) }
}

/// What the reel has landed on.
fn drawn(screen: &Screen) -> Page {
    let (cx, words) = (screen.cx, screen.cx.words);
    let Some(opened) = &cx.core.draw else { return idle(screen) };
    let by_kind = match opened.opened.kind {
        DrawKind::TeamNumber => &words.draw_numbers,
        DrawKind::Question => &words.draw_question,
        DrawKind::Representative => &words.draw_people,
    };
    let title = Some(&opened.opened.title).filter(|title| !title.is_empty()).unwrap_or(by_kind).clone();
    let reel = Reel::new(opened, draw::total(cx, opened), &cx.theme.motion);
    let mut listed = reel.listed();
    listed.retain(|(_, at)| *at <= cx.now);
    let newest = listed.last().map(|(result, _)| result.seq);
    let row = |result: &DrawResolved, seq| {
        let mark = if newest == Some(seq) { ink(screen) } else { dim(screen) };
        let slot = draw::slot_name(cx, &result.slot).to_owned();
        Block { tail: Some(result.value.clone()), pairs: true, ..Block::text(slot, mark) }
    };
    let blocks = listed.iter().rev().map(|(result, _)| row(&result.value, result.seq)).collect();
    Page { title, blocks, since: cx.now, ..Page::default() }
}

/// The table, once its first page stands in the hall.
fn standings(screen: &Screen) -> Page {
    let (cx, words) = (screen.cx, screen.cx.words);
    let Some(standings) = &cx.core.standings else { return idle(screen) };
    let set = &standings.set;
    let title = if set.title.trim().is_empty() { &words.table_title } else { &set.title };
    let motion = &cx.theme.motion;
    let rows = set.rows.len() as i64;
    let settled = cx.since + motion.handover.us() + motion.row_first_hold.us() + rows * motion.row_stagger.us();
    if cx.now < settled {
        return Page { title: title.clone(), since: settled, ..Page::default() };
    }
    let row = |(i, row): (usize, &StandingsRow)| {
        let name = cx.core.team(&row.team).map_or(row.team.as_str(), |team| &team.name);
        let place = row.rank.map_or(i as u32 + 1, |rank| rank);
        let letter = if set.ranked && !cx.theme.flags.ranks_hidden { place.to_string() } else { String::new() };
        let goes_on = set.advance.is_some_and(|count| i < count as usize);
        let mark = if goes_on || set.advance.is_none() { ink(screen) } else { dim(screen) };
        Block { pairs: true, ..Block::row(letter, name, Some(row.total.to_string()), mark) }
    };
    let blocks = set.rows.iter().enumerate().map(row).collect();
    Page { title: title.clone(), blocks, since: settled, ..Page::default() }
}

/// One team's total, taken apart.
fn total(screen: &Screen) -> Page {
    let (core, words) = (screen.cx.core, screen.cx.words);
    let Some(total) = &core.total else { return idle(screen) };
    let part = |part: &TotalPart| {
        let name = Words::with(&Words::with(&words.total_term, &part.label), part.percent);
        Block { tail: Some(part.score.to_string()), ..Block::text(name, dim(screen)) }
    };
    let mut blocks: Vec<Block> = total.value.parts.iter().map(part).collect();
    blocks.push(Block { tail: Some(total.value.total.to_string()), ..Block::text(&words.total_word, ink(screen)) });
    let rank = total.value.rank.filter(|_| !screen.cx.theme.flags.ranks_hidden);
    blocks.extend(rank.map(|rank| Block::text(Words::with(&words.total_rank, rank), ink(screen))));
    Page { blocks, since: total.since, ..of_team(core.team(&total.value.team)) }
}

/// The places, filled as they are revealed.
fn advance(screen: &Screen) -> Page {
    let (core, words) = (screen.cx.core, screen.cx.words);
    let Some(advance) = &core.advance else { return idle(screen) };
    let title = if advance.title.trim().is_empty() { &words.advance_title } else { &advance.title };
    let row = |slot: u32| {
        let team = advance.revealed.iter().find(|(told, _)| *told == slot).and_then(|(_, team)| core.team(&team.value));
        let mark = if team.is_some() { ink(screen) } else { dim(screen) };
        let name = team.map_or(words.monitor.hidden.as_str(), |team| &team.name);
        let slot = if screen.cx.theme.flags.ranks_hidden { String::new() } else { slot.to_string() };
        Block { pairs: true, ..Block::row(slot, name, None, mark) }
    };
    let blocks = (1..=advance.slots).map(row).collect();
    Page { title: title.clone(), blocks, since: advance.since, ..Page::default() }
}

/// The page of the list that the hall sees, as far as it is revealed.
fn award(screen: &Screen) -> Page {
    let (cx, words) = (screen.cx, screen.cx.words);
    let Some(award) = &cx.core.award else { return idle(screen) };
    let plan = &cx.theme.layout.award.plan;
    let roll = Roll::of(&award.set, plan);
    let shown = roll.shown(award, plan, cx.now);
    let told = |row: &usize| cx.now >= roll.revealed_at(&shown, *row, plan);
    let block = |row: usize| {
        let winner = award.set.rows.get(row)?;
        let mut mark = ink(screen);
        if shown.row.is_some_and(|(on, _)| on == row) {
            mark.icon = Some(Icon::Play);
        }
        let letter = winner
            .rank
            .filter(|_| roll.ranked && !cx.theme.flags.ranks_hidden)
            .map(|rank| rank.to_string())
            .unwrap_or_default();
        let unit = winner.unit.trim();
        let text = if unit.is_empty() { winner.name.clone() } else { format!("{}　{unit}", winner.name) };
        Some(Block { sign: true, pairs: true, ..Block::row(letter, text, None, mark) })
    };
    let blocks = roll.rows(shown.page).filter(told).filter_map(block).collect();
    let title = if award.set.title.trim().is_empty() { &words.award_list } else { &award.set.title };
    Page { title: title.clone(), blocks, since: shown.since, ..Page::default() }
}
