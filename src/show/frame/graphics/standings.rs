//! Standings: the feed's order and figures, the last row first and the first one last. Ranks only where the feed ranks.

use super::{
    standings_head,
    standings_row::{self, Look},
    standings_story::{Cause, Stage, Story},
    standings_table::{Columns, Slot, Tone},
    tie::{self, Told},
};
use crate::show::{
    frame::{
        cx::Cx,
        layer::{Layer, LayerKind, Placement},
    },
    motion::share,
    protocol::score::{StandingsRow, TieBreak},
    state::Standings,
};

/// Layer indices above this belong to the second shape of a row that changes shape.
const SECOND: u16 = 4_096;

/// Heads, rows, ties and legend of the page that is on.
pub fn compose(cx: &Cx, layers: &mut Vec<Layer>) {
    let Some(standings) = &cx.core.standings else { return };
    if standings.set.rows.is_empty() {
        return;
    }
    let board = Board::of(cx, standings);
    let page = board.story.page(cx.now);
    standings_head::compose(cx, standings, &board.story, &board.columns, page, layers);
    // A page that is turned fades while the next comes on.
    let (at, _) = board.story.turns(page);
    let former = board.story.page(at - 1);
    if former != page && cx.now < at + cx.theme.motion.fade_out.us() {
        board.page(former, layers);
    }
    board.page(page, layers);
}

struct Board<'a> {
    cx: &'a Cx<'a>,
    standings: &'a Standings,
    story: Story<'a>,
    columns: Columns,
    moves: bool,
}

impl<'a> Board<'a> {
    /// In one column where eight rows are enough or a name would not fit half the width, else in two.
    fn of(cx: &'a Cx<'a>, standings: &'a Standings) -> Self {
        let place = &cx.theme.layout.standings;
        let many = standings.set.rows.len() > place.many as usize;
        let board = Self::shaped(cx, standings, many);
        let cramped = many && {
            let slots = board.story.stages.iter().flat_map(|stage| &stage.table.slots);
            let least = slots.min_by(|a, b| a.rect.w.total_cmp(&b.rect.w));
            least.is_some_and(|slot| {
                let room = standings_row::name_room(cx, slot, &board.columns, board.moves);
                let mut names = standings.set.rows.iter().map(|row| named(cx, &row.team));
                names.any(|(name, short)| {
                    let set = standings_row::name(cx, slot, name, short, room);
                    set.is_broken(name) && short.is_none_or(|short| set.is_broken(short))
                })
            })
        };
        if cramped { Self::shaped(cx, standings, false) } else { board }
    }

    fn shaped(cx: &'a Cx<'a>, standings: &'a Standings, double: bool) -> Self {
        let story = Story::of(cx, standings, double);
        let moves = standings.set.rows.iter().any(|row| moved(standings, row).is_some_and(|by| by != 0));
        let rows: Vec<&StandingsRow> = story.stages.iter().flat_map(|stage| &stage.rows).collect();
        let ties: Vec<TieBreak> = story.stages.iter().flat_map(|stage| &stage.groups).map(|group| group.key).collect();
        let columns = match story.stages.last() {
            Some(stage) => {
                let before = stage.table.slots.last().map_or(0.0, |slot| standings_row::before_name(cx, slot, moves));
                Columns::of(cx, &stage.table, &rows, &ties, before)
            }
            None => Columns::none(),
        };
        Self { cx, standings, story, columns, moves }
    }

    /// The rows and ties of one page.
    fn page(&self, page: usize, layers: &mut Vec<Layer>) {
        let now = self.cx.now;
        let Some(to) = self.story.stages.get(self.story.stage_at(now)) else { return };
        let from = self.story.stages.get(self.story.stage_at(now).saturating_sub(1)).unwrap_or(to);
        for (index, row) in to.rows.iter().enumerate() {
            let Some(slot) = to.table.slots.get(index) else { continue };
            let stays = std::ptr::eq(from, to);
            let former = if stays { Some(index) } else { from.rows.iter().position(|other| other.team == row.team) };
            let left = former.and_then(|i| from.table.slots.get(i));
            if slot.page == page || left.is_some_and(|slot| slot.page == page) {
                self.row((from, left, former), (to, slot, index), page, layers);
            }
        }
        for (stage_index, stage) in self.story.stages.iter().enumerate() {
            for (i, group) in stage.groups.iter().enumerate() {
                let Some(told) = self.told(stage_index, stage, group, page) else { continue };
                told.draw(self.cx, (stage_index * 512 + i * 4) as u16, layers);
            }
        }
    }

    fn told<'b>(&self, index: usize, stage: &'b Stage, group: &'b tie::Group, page: usize) -> Option<Told<'b>> {
        let cx = self.cx;
        let (since, seen) = self.story.told(index, group)?;
        let slots: Vec<Slot> = stage.table.slots.iter().skip(group.first).take(group.teams.len()).copied().collect();
        if slots.first()?.page != page || seen <= 0.0 || cx.now < since {
            return None;
        }
        let names = slots.iter().zip(&group.teams).map(|(slot, team)| {
            let (full, short) = named(cx, team);
            let room = standings_row::name_room(cx, slot, &self.columns, self.moves);
            let name = standings_row::name(cx, slot, full, short, room);
            slot.rect.x + standings_row::before_name(cx, slot, self.moves) + name.width
        });
        let names_to = names.fold(0.0, f32::max);
        let figures_from = slots.first().map_or(0.0, |slot| slot.rect.x + slot.rect.w - self.columns.figures);
        let gone = self.story.turns(page).1.map_or(0.0, |at| share(cx.now, at, cx.theme.motion.fade_out.us()));
        Some(Told { group, since, seen: seen * (1.0 - gone), slots, names_to, figures_from })
    }

    /// A row that stays, moves, or changes shape on its way.
    fn row(
        &self,
        (from, left, former): (&Stage, Option<&Slot>, Option<usize>),
        (to, slot, index): (&Stage, &Slot, usize),
        page: usize,
        layers: &mut Vec<Layer>,
    ) {
        let (cx, motion) = (self.cx, &self.cx.theme.motion);
        let left = left.unwrap_or(slot);
        let moved = motion.curves.io.progress(cx.now, to.moves_at, motion.tab.row_move.us());
        let entered = if self.story.turns(page).0 < to.at { (from, former.unwrap_or(index)) } else { (to, index) };
        let since = self.story.row_at(entered.0, entered.1);
        let came = motion.curves.out.progress(cx.now, since, motion.tab.row_in.us());
        let gone = self.story.turns(page).1.map_or(0.0, |at| share(cx.now, at, motion.fade_out.us()));
        let seen = share(cx.now, since, motion.fade_in.us()) * (1.0 - gone);
        let entrance = Placement::at(0.0, motion.travel_px * (1.0 - came)).faded(seen);

        let Some(row) = to.rows.get(index) else { return };
        let was = former.and_then(|i| from.rows.get(i));
        let look = |tones| self.look(row, was, to, tones);
        // Who gains places passes over who loses them.
        let over = moved > 0.0 && moved < 1.0 && former.is_some_and(|former| former > index);
        let drawn = |own: &Slot, tones: (Tone, Tone, f32)| {
            let mut sheet = cx.sheet(own.rect.grow(cx.theme.layout.bleed / 2.0));
            standings_row::draw(cx, own, &self.columns, &look(tones), &mut sheet);
            sheet
        };
        let index = (index as u16).min(SECOND - 1);
        let travels = !motion.reduced || (left.rect.x, left.rect.y) == (slot.rect.x, slot.rect.y);
        if moved >= 1.0
            || (travels && left.rect.w == slot.rect.w && left.rect.h == slot.rect.h && left.page == slot.page)
        {
            if slot.page == page {
                let x = (left.rect.x - slot.rect.x) * (1.0 - moved);
                let y = (left.rect.y - slot.rect.y) * (1.0 - moved);
                let kind = if over { LayerKind::Seat } else { LayerKind::Panel };
                let sheet = drawn(slot, (left.tone, slot.tone, moved));
                layers.push(cx.lay(kind, index, sheet, entrance.moved(x, y)));
            }
            return;
        }
        // A row that changes its shape does not move: it comes over what stood there, then that goes.
        if left.page == page {
            let sheet = drawn(left, (left.tone, left.tone, 0.0));
            layers.push(cx.lay(LayerKind::Panel, index, sheet, entrance.faded((2.0 - 2.0 * moved).min(1.0))));
        }
        if slot.page == page && moved > 0.0 {
            let sheet = drawn(slot, (slot.tone, slot.tone, 1.0));
            layers.push(cx.lay(LayerKind::Seat, index + SECOND, sheet, entrance.faded((2.0 * moved).min(1.0))));
        }
    }

    fn look<'b>(
        &'b self,
        row: &'b StandingsRow,
        was: Option<&'b StandingsRow>,
        to: &Stage,
        tones: (Tone, Tone, f32),
    ) -> Look<'b> {
        let (cx, motion) = (self.cx, &self.cx.theme.motion);
        // The place is the former one until the row leaves it.
        let (former, swap) = (was.and_then(|was| was.rank), motion.swap.us());
        let passed = cx.now - to.moves_at;
        let (rank, mut rank_seen) = match former {
            Some(former) if Some(former) != row.rank && passed < swap / 2 => {
                (Some(former), 1.0 - share(passed, 0, swap / 2))
            }
            Some(former) if Some(former) != row.rank => (row.rank, share(passed, swap / 2, swap - swap / 2)),
            _ => (row.rank, 1.0),
        };
        let mut key = None;
        for (i, stage) in self.story.stages.iter().enumerate() {
            for group in stage.groups.iter().filter(|group| group.teams.contains(&row.team)) {
                let Some((since, seen)) = self.story.told(i, group) else { continue };
                let told = Told { group, since, seen, slots: Vec::new(), names_to: 0.0, figures_from: 0.0 };
                let lit = told.lit(cx);
                if lit > 0.0 {
                    key = tie::column(group.key).map(|column| (column, lit)).or(key);
                }
                if stage.cause == Cause::Set && i == 0 && rank == row.rank {
                    rank_seen *= share(cx.now, since + tie::settle_us(cx), motion.tab.tie_settle.us());
                }
            }
        }
        let mended = was.filter(|_| to.cause == Cause::Corrected && cx.now < to.moves_at);
        let changed = was.is_some_and(|was| (was.written, was.stage, was.total) != (row.written, row.stage, row.total));
        let hold = motion.corrected_hold.us();
        let tag = if to.cause == Cause::Corrected && changed {
            share(cx.now, to.at, motion.badge.us())
                * (1.0 - share(cx.now, to.at.saturating_add(hold), motion.fade_out.us()))
        } else {
            0.0
        };
        Look {
            name: named(cx, &row.team),
            row,
            was: mended.map(|was| (was, cx.now - to.at)),
            ranked: self.standings.set.ranked && !cx.theme.flags.ranks_hidden,
            rank,
            rank_seen,
            moved: moved(self.standings, row),
            moves: self.moves,
            tones,
            key,
            tag,
        }
    }
}

/// Places gained since the standings before, where both rank the team.
fn moved(standings: &Standings, row: &StandingsRow) -> Option<i64> {
    let before = standings.before.as_ref().filter(|before| before.ranked && standings.set.ranked)?;
    let former = before.rows.iter().find(|other| other.team == row.team)?.rank?;
    Some(i64::from(former) - i64::from(row.rank?))
}

/// A team's name and its short one; its id where the roster does not know it.
fn named<'a>(cx: &Cx<'a>, id: &'a str) -> (&'a str, Option<&'a str>) {
    cx.core.team(id).map_or((id, None), |team| (&team.name, team.short.as_deref()))
}
