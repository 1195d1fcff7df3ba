//! Above and below the standings: title, heads of the columns; who goes on, how ties are parted, which page it is.

use super::{dots_at, standings_story::Story, standings_table::Columns, tie};
use crate::show::{
    frame::{
        cx::Cx,
        fit::one_line,
        layer::{Layer, LayerKind},
        part::{Anchor, Fill, Point, Rect, Rgba},
        sheet::Sheet,
    },
    motion::share,
    protocol::score::TieBreak,
    state::Standings,
    theme::{Ms, Words},
};

pub fn compose(cx: &Cx, standings: &Standings, story: &Story, columns: &Columns, page: usize, layers: &mut Vec<Layer>) {
    let place = &cx.theme.layout.standings;
    let top = story.stages.last().map_or(place.rows.y, |stage| stage.table.top(page));
    let heads = Rect::new(place.rows.x, top - place.heads_gap - place.heads, place.rows.w, place.heads);
    let mut sheet = cx.sheet(place.title.grow(cx.theme.layout.bleed / 4.0));
    // Heads beside the title limit it; lower ones, and ones right of its box, do not.
    let beside = heads.y < place.title.y + place.title.h && heads.x < place.title.x + place.title.w;
    let room = if beside { place.title.w - columns.names } else { place.title.w };
    title(cx, standings, room, &mut sheet);
    layers.push(cx.lay(LayerKind::Header, 0, sheet, cx.entrance(Ms(0))));

    let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
    let mut sheet = cx.sheet(heads);
    let alone = columns.list.len() == 1;
    // Over every column of rows, or over the last where a first row stands above all.
    let slots = story.stages.last().map_or(&[][..], |stage| &stage.table.slots);
    let mut ends: Vec<f32> = slots.iter().filter(|slot| slot.page == page).map(|s| s.rect.x + s.rect.w).collect();
    if place.lead_spans {
        ends = vec![heads.x + heads.w];
    }
    ends.dedup();
    for end in ends {
        for &(column, _, right) in &columns.list {
            let line = Rect { w: end - heads.x - right, ..heads };
            let role = &typo.table_head;
            sheet.line(typo, line, Anchor::End, role, role.step(), palette.ink2, column.head(cx.words, alone));
        }
    }
    layers.push(cx.lay(LayerKind::Header, 1 + page as u16, sheet, cx.entrance(Ms(0))));
    cut(cx, story, page, layers);
    legend(cx, standings, story, page, layers);
}

/// The feed's title, and the show's where there is room for it.
fn title(cx: &Cx, standings: &Standings, room: f32, sheet: &mut Sheet) {
    let (place, header) = (&cx.theme.layout.standings, &cx.theme.layout.header);
    let (typo, palette, rect) = (&cx.theme.typography, &cx.theme.palette, place.title);
    let told = &standings.set.title;
    let text = if told.is_empty() { &cx.words.table_title } else { told };
    let (step, text) = one_line(cx.set, text, &typo.round, room, &cx.words.more);
    let width = cx.set.width(&text, &typo.round.style(step, Rgba::CLEAR));
    sheet.line(typo, rect, Anchor::Start, &typo.round, step, palette.ink, text);
    let (show, role) = (&cx.core.config.title, &typo.sub);
    let x = rect.x + width + header.gap.0;
    let left = x + header.rule.0 + header.gap.1;
    let fits = left - rect.x + cx.set.width(show, &role.style(role.step(), Rgba::CLEAR)) <= room;
    if show.is_empty() || show == told || !fits {
        return;
    }
    let rule = Rect::new(x, rect.y + (rect.h - header.rule.1) / 2.0, header.rule.0, header.rule.1);
    sheet.plate(rule, [header.rule.0 / 2.0; 4], Fill::Solid(palette.accent), None, None);
    sheet.line(typo, Rect { x: left, ..rect }, Anchor::Start, role, role.step(), palette.ink2, show);
}

/// The line below those who go on.
fn cut(cx: &Cx, story: &Story, page: usize, layers: &mut Vec<Layer>) {
    let (place, accent) = (&cx.theme.layout.standings, cx.theme.palette.accent);
    let cut = story.stages.last().and_then(|stage| stage.table.cut).filter(|cut| cut.0 == page);
    let Some((_, rect)) = cut else { return };
    let mut sheet = cx.sheet(rect);
    let stops = vec![(accent, 0.0), (accent, place.cut_full), (accent.fade(0.0), 1.0)];
    sheet.plate(rect, [place.cut / 2.0; 4], Fill::Horizontal(stops), None, None);
    let at = story.turns(page).0.max(cx.since);
    layers.push(cx.lay(LayerKind::Option, 0, sheet, cx.fade_at(at, cx.theme.motion.tab.row_in)));
}

/// How ties are parted at the left, who goes on at the right, the pages' dots beside it.
fn legend(cx: &Cx, standings: &Standings, story: &Story, page: usize, layers: &mut Vec<Layer>) {
    let (place, typo, palette) = (&cx.theme.layout.standings, &cx.theme.typography, &cx.theme.palette);
    let (set, motion) = (&standings.set, &cx.theme.motion);
    let rect = place.legend;
    let mut sheet = cx.sheet(rect.grow(place.legend_gap));
    let mut right = rect.x + rect.w;
    let note = match set.advance.filter(|_| set.ranked) {
        Some(advance) => Words::with(&cx.words.table_advance, advance),
        None if by_number(cx, standings) => cx.words.table_unranked.clone(),
        None => String::new(),
    };
    if place.ties.is_some() {
        legend_down(cx, rect, &note, story, (set.ranked, page), &mut sheet);
    } else if !note.is_empty() {
        let role = &typo.sub;
        sheet.line(typo, rect, Anchor::End, role, role.step(), palette.ink2, &note);
        right -= cx.set.width(&note, &role.style(role.step(), Rgba::CLEAR)) + 2.0 * place.legend_gap;
    }
    if story.pages > 1 && place.ties.is_none() {
        // Dots follow the order of the pages, the first place's last.
        let order = if set.ranked { story.pages - 1 - page } else { page };
        dots_at(cx, Point { x: right - place.legend_gap, y: rect.centre().y }, order, story.pages, &mut sheet);
        right -= cx.theme.layout.card.dot_pitch * story.pages as f32 + 2.0 * place.legend_gap;
    }
    layers.push(cx.lay(LayerKind::Header, 1_000, sheet, cx.entrance(Ms(0))));

    let mut told: Vec<(i64, f32, TieBreak)> = Vec::new();
    for (i, stage) in story.stages.iter().enumerate() {
        for group in &stage.groups {
            told.extend(story.told(i, group).map(|(since, seen)| (since, seen, group.key)));
        }
    }
    let Some(since) = told.iter().map(|(since, ..)| *since).min() else { return };
    let seen = told.iter().map(|(_, seen, _)| *seen).fold(0.0, f32::max);
    let mut keys: Vec<TieBreak> = Vec::new();
    for (since, seen, key) in told {
        if since <= cx.now && seen > 0.0 && !keys.contains(&key) {
            keys.push(key);
        }
    }
    let papers = set.rows.iter().any(|row| row.written.is_some() || row.general_written.is_some());
    let room = Rect { w: right - rect.x - 2.0 * place.legend_gap, ..rect };
    let mut sheet = cx.sheet(place.ties.unwrap_or(rect).grow(place.legend_gap));
    match place.ties {
        Some(rect) => tie::legend_down(cx, rect, &keys, papers, &mut sheet),
        None => tie::legend(cx, room, &keys, papers, &mut sheet),
    }
    let came = share(cx.now, since, motion.tab.tie_bracket.us());
    let faded = crate::show::frame::layer::Placement::at(0.0, 0.0).faded(came * seen);
    layers.push(cx.lay(LayerKind::Header, 1_001, sheet, faded));
}

/// Beside a table: the dots, and the note below them on as many lines as it takes.
fn legend_down(cx: &Cx, rect: Rect, note: &str, story: &Story, (ranked, page): (bool, usize), sheet: &mut Sheet) {
    let (typo, dot) = (&cx.theme.typography, &cx.theme.layout.card);
    let lines = cx.set.lines(note, &typo.sub.style(typo.sub.step(), Rgba::CLEAR), rect.w);
    let step = typo.sub.step();
    let top = rect.y + rect.h - lines.len() as f32 * step.1;
    if !note.is_empty() {
        sheet.lines(Point { x: rect.x, y: top }, &typo.sub, step, cx.theme.palette.ink2, &lines);
    }
    let order = if ranked { story.pages - 1 - page } else { page };
    let x = rect.x + dot.dot / 2.0 + dot.dot_pitch * (story.pages - 1) as f32;
    dots_at(cx, Point { x, y: top - dot.dot }, order, story.pages, sheet);
}

/// Whether unranked rows come in the order of the teams' numbers: then, and only then, it may be said.
fn by_number(cx: &Cx, standings: &Standings) -> bool {
    let number = |team: &String| cx.core.team(team).map(|team| team.number);
    let numbers: Option<Vec<u32>> = standings.set.rows.iter().map(|row| number(&row.team)).collect();
    !standings.set.ranked && numbers.is_some_and(|numbers| numbers.is_sorted())
}
