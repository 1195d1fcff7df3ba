//! What happens to standings while they are on air: corrected, a tie decided. Stages, and the instants between them.

use super::{
    standings_table::Table,
    tie::{self, Group},
};
use crate::show::{
    frame::cx::Cx,
    motion::share,
    protocol::score::{StandingsRow, StandingsSet, TiebreakDecided},
    state::Standings,
};

/// How a stage came about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Cause {
    Set,
    Corrected,
    Decided,
}

/// The table from one word of the feed to the next.
pub struct Stage {
    pub cause: Cause,
    /// When it begins to take over, and when it has.
    pub at: i64,
    pub end: i64,
    /// When its rows begin to move.
    pub moves_at: i64,
    pub rows: Vec<StandingsRow>,
    pub table: Table,
    pub groups: Vec<Group>,
}

/// All stages, oldest first; never empty.
pub struct Story<'a> {
    cx: &'a Cx<'a>,
    pub set: &'a StandingsSet,
    pub stages: Vec<Stage>,
    pub pages: usize,
}

impl<'a> Story<'a> {
    pub fn of(cx: &'a Cx, standings: &'a Standings, double: bool) -> Self {
        let set = &standings.set;
        let was = standings.was.as_deref().filter(|was| was.since > cx.on_air);
        let last_word = standings.was.as_ref().map_or(standings.seq, |was| was.seq);
        let decided = cx.core.tiebreak.as_ref();
        // A decision that came before the table is in it already.
        let fresh = decided.filter(|decided| decided.seq > standings.seq);

        let first = was.map_or(set, |was| &was.value);
        let mut story = Self { cx, set, stages: Vec::new(), pages: 1 };
        let known = decided.filter(|decided| fresh.is_none() || decided.since < cx.on_air).map(|d| &d.value);
        let rows = known.filter(|_| fresh.is_some()).and_then(|decided| tie::settled(&first.rows, decided));
        story.push(Cause::Set, i64::MIN / 4, first, rows.unwrap_or_else(|| first.rows.clone()), known, double);
        let mend = |story: &mut Self, known: Option<&TiebreakDecided>| {
            if let Some(was) = was {
                story.push(Cause::Corrected, was.since, set, set.rows.clone(), known, double);
            }
        };
        match fresh.filter(|decided| decided.since >= cx.on_air) {
            Some(decided) if decided.seq > last_word => {
                mend(&mut story, None);
                story.decide(decided.since, &decided.value, double);
            }
            Some(decided) => {
                story.decide(decided.since, &decided.value, double);
                mend(&mut story, Some(&decided.value));
            }
            None => mend(&mut story, decided.map(|decided| &decided.value)),
        }
        story
    }

    fn decide(&mut self, since: i64, decided: &TiebreakDecided, double: bool) {
        let Some(rows) = self.stages.last().map(|stage| stage.rows.clone()) else { return };
        if tie::groups(&rows, Some(decided)) == tie::groups(&rows, None) && tie::settled(&rows, decided).is_none() {
            return;
        }
        let rows = tie::settled(&rows, decided).unwrap_or(rows);
        self.push(Cause::Decided, since, self.set, rows, Some(decided), double);
    }

    fn push(
        &mut self,
        cause: Cause,
        since: i64,
        set: &StandingsSet,
        rows: Vec<StandingsRow>,
        decided: Option<&TiebreakDecided>,
        double: bool,
    ) {
        let motion = &self.cx.theme.motion.tab;
        let table = Table::of(&self.cx.theme.layout.standings, set, &rows, double);
        let groups = if set.ranked { tie::groups(&rows, decided) } else { Vec::new() };
        self.pages = self.pages.max(table.pages);
        // A motion begins when the page is settled and the one before has ended.
        let at = match self.stages.last() {
            None => since,
            Some(last) => since.max(last.end).max(self.settled(self.page(since.max(last.end)))),
        };
        let delay = match cause {
            Cause::Set => 0,
            Cause::Corrected => motion.mend.us(),
            Cause::Decided => tie::settle_us(self.cx),
        };
        let moved = self.stages.last().is_some_and(|last| {
            let order = |rows: &[StandingsRow]| rows.iter().map(|row| row.team.clone()).collect::<Vec<_>>();
            order(&last.rows) != order(&rows)
        });
        let moves_at = at.saturating_add(delay);
        let end = if moved { moves_at + motion.row_move.us() } else { moves_at };
        self.stages.push(Stage { cause, at, end, moves_at, rows, table, groups });
    }

    /// The stage that holds at an instant, or takes over.
    pub fn stage_at(&self, now: i64) -> usize {
        self.stages.iter().rposition(|stage| stage.at <= now).unwrap_or(0)
    }

    /// The page at an instant: ranked ones come from the last to the first, which holds.
    pub fn page(&self, now: i64) -> usize {
        let turn = self.cx.theme.motion.page.us().max(1);
        let turned = (((now - self.cx.since).max(0) / turn) as usize).min(self.pages - 1);
        if self.set.ranked { self.pages - 1 - turned } else { turned }
    }

    /// When a page comes on, and when it goes; the one that holds does not.
    pub fn turns(&self, page: usize) -> (i64, Option<i64>) {
        let turn = self.cx.theme.motion.page.us().max(1);
        let order = if self.set.ranked { self.pages - 1 - page.min(self.pages - 1) } else { page };
        let at = self.cx.since + order as i64 * turn;
        (at, (order + 1 < self.pages).then_some(at + turn))
    }

    /// When the row at `index` of a stage comes on: from the last of its page to the first, which is held back.
    pub fn row_at(&self, stage: &Stage, index: usize) -> i64 {
        let motion = &self.cx.theme.motion;
        let Some(slot) = stage.table.slots.get(index) else { return self.cx.since };
        let (at, _) = self.turns(slot.page);
        let after = |order: usize, stagger: i64| at + order as i64 * stagger;
        if self.set.ranked {
            let later = stage.table.slots.iter().skip(index + 1).filter(|other| other.page == slot.page).count();
            let hold = if slot.lead { motion.row_first_hold.us() } else { 0 };
            after(later, motion.row_stagger.us()) + hold
        } else {
            let before = stage.table.slots.iter().take(index).filter(|other| other.page == slot.page).count();
            after(before, motion.stagger.us())
        }
    }

    /// When the rows of a page are all in their places.
    pub fn settled(&self, page: usize) -> i64 {
        let Some(stage) = self.stages.first() else { return self.cx.since };
        let on_page = stage.table.slots.iter().enumerate().filter(|(_, slot)| slot.page == page);
        let last = on_page.map(|(i, _)| self.row_at(stage, i)).max().unwrap_or(self.cx.since);
        last + self.cx.theme.motion.tab.row_in.us()
    }

    /// When a tie of a stage began to be told on its page, and how much of it is seen now. One that outlives its stage
    /// was told once.
    pub fn told(&self, stage: usize, group: &Group) -> Option<(i64, f32)> {
        let same = |i: usize| self.stages.get(i).is_some_and(|stage| stage.groups.contains(group));
        let (mut first, mut last) = (stage, stage);
        while first > 0 && same(first - 1) {
            first -= 1;
        }
        if first < stage {
            return None;
        }
        while same(last + 1) {
            last += 1;
        }
        let begun = self.stages.get(first)?;
        let page = begun.table.slots.get(group.first)?.page;
        let since = match begun.cause {
            Cause::Set => self.settled(page),
            Cause::Corrected => begun.end.max(self.settled(page)),
            Cause::Decided => begun.at,
        };
        let gone = self
            .stages
            .get(last + 1)
            .map_or(0.0, |next| share(self.cx.now, next.at, self.cx.theme.motion.fade_out.us()));
        Some((since, 1.0 - gone))
    }
}
