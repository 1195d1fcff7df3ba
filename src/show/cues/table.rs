//! The tables: standings row by row up to rank 1, a weighted total part by part, awards as their pages turn, advance.

use super::{CueTimes, Fact, Sheet, enters};
use crate::show::{
    award::{Form, Moment, Roll, Shown},
    cue::Cue,
    protocol::score::StandingsSet,
    state::{Core, Show},
    time::ms,
};

/// How standings come on. Rows of one column, and (below a first row, on a page of their own) of two; the rest in ms.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct RowTimes {
    pub single: u32,
    pub double: (u32, u32),
    /// From row to row, of ranked ones.
    pub stagger_ms: i64,
    pub ranked_stagger_ms: i64,
    /// The held breath before rank 1.
    pub first_hold_ms: i64,
    /// From page to page.
    pub page_ms: i64,
}

/// How a weighted total is taken apart: to the first part, from part to part, from the last to the close, to the result.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct TotalTimes {
    pub delay_ms: i64,
    pub pitch_ms: i64,
    pub close_ms: i64,
    pub result_ms: i64,
}

/// A row a tick, from the last to the first of each page; rank 1 is a hit, and the hall applauds.
pub(super) fn standings(show: &Show, times: &CueTimes, sheet: &mut Sheet) {
    let Some(standings) = &show.core.standings else { return };
    let (entry, set) = (enters(show, times), &standings.set);
    let lead = set.ranked && set.rows.iter().take_while(|row| row.rank == Some(1)).count() == 1;
    let pages = pages(set, &times.standings, lead);
    let count = pages.len();
    let mut first = 0;
    for (page, rows) in pages.into_iter().enumerate() {
        let turn = if set.ranked { count - 1 - page } else { page };
        let at = turn as i64 * times.standings.page_ms;
        for i in 0..rows {
            if set.ranked && lead && page == 0 && i == 0 {
                let hit = at + (rows as i64 - 1) * times.standings.ranked_stagger_ms + times.standings.first_hold_ms;
                sheet.later(entry, Cue::Hit, hit);
                sheet.later(entry, Cue::Applause, hit + times.applause.first.0);
                continue;
            }
            let (order, stagger) = if set.ranked {
                (rows - 1 - i, times.standings.ranked_stagger_ms)
            } else {
                (i, times.standings.stagger_ms)
            };
            // The pitch rises towards the first row.
            let variant = (rows - 1 - i) as u32;
            sheet.vary(entry, Cue::Row, (first + i) as u32, variant, ms(at + order as i64 * stagger), 0.0);
        }
        first += rows;
    }
}

/// Rows of each page, as the picture has them.
fn pages(set: &StandingsSet, times: &RowTimes, lead: bool) -> Vec<usize> {
    let (single, count) = (times.single.max(1) as usize, set.rows.len());
    let (below, full) = (2 * times.double.0 as usize, (2 * times.double.1 as usize).max(1));
    let (first, other) = match (count > single, lead) {
        (false, _) => (single, single),
        (true, true) => (below + 1, full),
        (true, false) => (full, full),
    };
    let pages = 1 + count.saturating_sub(first).div_ceil(other);
    let mut left = count;
    (0..pages)
        .map(|page| {
            let even = left.div_ceil(pages - page);
            let size = if page == 0 { even.min(first) } else { even };
            left -= size;
            size
        })
        .collect()
}

/// A step at each part, the hit under the result.
pub(super) fn total(show: &Show, times: &CueTimes, sheet: &mut Sheet) {
    let Some(total) = &show.core.total else { return };
    let fact = Fact { seq: total.seq, since: total.since.max(show.program.since) };
    let last = total.value.parts.len() as i64 - 1;
    for n in 0..=last {
        let at = times.total.delay_ms + n * times.total.pitch_ms;
        sheet.vary(fact, Cue::Count, n as u32 + 1, n as u32, ms(at), times.count_gain_db);
    }
    if last >= 0 {
        let at = times.total.delay_ms + last * times.total.pitch_ms + times.total.close_ms + times.total.result_ms;
        sheet.later(fact, Cue::Hit, at);
    }
}

/// A hit a team; after the last the fanfare.
pub(super) fn advance(core: &Core, times: &CueTimes, sheet: &mut Sheet) {
    let Some(advance) = &core.advance else { return };
    let last = advance.revealed.iter().map(|(_, team)| (team.since, team.seq)).max();
    for (_, team) in &advance.revealed {
        let fact = Fact { seq: team.seq, since: team.since };
        sheet.now(fact, Cue::Hit);
        sheet.later(fact, Cue::Applause, times.applause.advance.0);
        let all = advance.revealed.len() >= advance.slots as usize;
        if all && last == Some((team.since, team.seq)) {
            sheet.later(fact, Cue::Fanfare, times.applause.fanfare.0);
        }
    }
}

/// Pages and rows as they come, by themselves or stepped; rank 1, and one who is alone, is a hit with applause. A list
/// without ranks is applauded once its first page is whole.
pub(super) fn award(core: &Core, times: &CueTimes, sheet: &mut Sheet) {
    let Some(award) = &core.award else { return };
    let roll = Roll::of(&award.set, &times.award);
    let moments = roll.moments(award, &times.award);
    let first = moments.iter().find(|(_, moment)| *moment == Moment::First).map(|(at, _)| *at);
    let stepped = [&award.page, &award.row];
    for step in stepped.into_iter().flatten().filter(|step| first != Some(step.since)) {
        sheet.put(Fact { seq: step.seq, since: step.since }, Cue::Reveal, 1, 0, times.entrance_gain_db);
    }
    let alone = roll.form == Form::Hero && stepped.iter().all(|step| step.is_none());
    if !roll.ranked && !alone && award.row.is_none() {
        let rows = roll.rows(0);
        let shown = Shown { page: 0, since: award.since, until: None, first: true, row: None };
        let whole = roll.revealed_at(&shown, rows.end.saturating_sub(1), &times.award);
        sheet.later(Fact { seq: award.seq, since: whole }, Cue::Applause, times.applause.first.0);
    }
    let hero = alone.then(|| (award.since.saturating_add(times.award.lead.us()), Moment::First));
    for (at, moment) in moments.into_iter().chain(hero) {
        let fact = Fact { seq: award.seq, since: at };
        match moment {
            Moment::Page(page) => sheet.put(fact, Cue::Reveal, 2 + page as u32, 0, times.entrance_gain_db),
            Moment::Row(row) => sheet.put(fact, Cue::Reveal, ROWS + row as u32, 0, times.entrance_gain_db),
            Moment::First => {
                sheet.now(fact, Cue::Hit);
                sheet.later(fact, Cue::Applause, times.applause.first.0);
            }
        }
    }
}

/// Cues of rows are numbered from here, above those of pages.
const ROWS: u32 = 100_000;
