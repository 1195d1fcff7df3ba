//! The strip's pages: all teams on one where they fit, else page by page in their drawn order, the team on turn's first.

use crate::show::{
    frame::{cx::Cx, fit::fit_line, part::Rgba},
    motion::share,
    protocol::roster::Team,
    state::{Core, Score},
    theme::{NarrowCell, Role, StripFlow},
};

/// Room is kept for a score of three digits: what teams stand at from first to last.
const WIDEST_SCORE: &str = "000";

/// How the teams are dealt to pages.
pub struct Pages {
    pub count: usize,
    /// Cells side by side and one below the other on a page.
    pub columns: usize,
    pub rows: usize,
    /// Without the number's ring.
    pub narrow: bool,
    /// All columns together, px.
    pub width: f32,
}

impl Pages {
    pub fn of(cx: &Cx, core: &Core, teams: &[&Team]) -> Self {
        let place = &cx.theme.layout.strip;
        if place.narrow_cell == NarrowCell::Inline {
            return Self::inline(cx, core, teams);
        }
        let most = place.page_most.max(1) as usize;
        let typo = &cx.theme.typography;
        let fewest = (place.page_least.max(1) as usize).min(most);
        let room = |cells: usize| place.narrow_rect.w / cells as f32 - place.narrow_gap;
        let words = teams.iter().flat_map(|team| {
            let score = core.scores.get(&team.id).map_or(core.config.base_score, Score::value).to_string();
            [least(cx, name(team), &typo.strip_name), least(cx, &score, &typo.strip_score)]
        });
        // As many cells as have room for the longest; what none has room for is cut, and takes none off.
        let longest = words.filter(|width| *width <= room(fewest)).fold(0.0, f32::max);
        let cells = (fewest..=most).rev().find(|cells| room(*cells) >= longest).unwrap_or(fewest);
        if teams.len() <= cells {
            let narrow = narrow(cx, core, teams);
            let rect = if narrow { place.narrow_rect } else { place.rect };
            return Self { count: 1, columns: teams.len().max(1), rows: 1, narrow, width: rect.w };
        }
        // Then as even as can be.
        let count = teams.len().div_ceil(cells);
        Self { count, columns: teams.len().div_ceil(count), rows: 1, narrow: true, width: place.narrow_rect.w }
    }

    /// Cells of one line: the fewest pages on which every name and score has room, with its number where that has too.
    fn inline(cx: &Cx, core: &Core, teams: &[&Team]) -> Self {
        let place = &cx.theme.layout.strip;
        let numbered = teams.iter().map(|team| inline_width(cx, core, team, true)).fold(0.0, f32::max);
        let bare = teams.iter().map(|team| inline_width(cx, core, team, false)).fold(0.0, f32::max);
        let most = place.page_most.max(1) as usize;
        let least = (place.page_least.max(1) as usize).min(teams.len().max(1));
        for count in 1..=teams.len().max(1) {
            let cells = teams.len().div_ceil(count).max(1);
            let deepest = place.rows.last().map_or(1, |row| row.0.max(1) as usize);
            let shapes = match place.flow {
                StripFlow::Row => [(cells, 1), (0, 0)],
                StripFlow::Column => [(1, cells), (2, cells.div_ceil(2))],
            };
            for (columns, rows) in shapes.into_iter().filter(|shape| shape.0 > 0) {
                if cells > most || (place.flow == StripFlow::Column && rows > deepest) {
                    continue;
                }
                let dots = if count > 1 && place.cell_most.is_some() {
                    place.page_room + count as f32 * cx.theme.layout.card.dot_pitch
                } else {
                    0.0
                };
                let gaps = place.column_gap * (columns - 1) as f32;
                let room = (place.rect.w - dots - gaps) / columns as f32;
                // What no page has room for is cut.
                let last = cells <= least && columns == 1 || count == teams.len();
                let narrow = numbered > room;
                if !narrow || bare <= room || last {
                    let wished = place.cell_most.map_or(room, |most| most.max(if narrow { bare } else { numbered }));
                    let width = room.min(wished) * columns as f32 + gaps;
                    return Self { count, columns, rows, narrow, width };
                }
            }
        }
        Self { count: 1, columns: 1, rows: 1, narrow: true, width: place.rect.w }
    }

    /// Cells on a page.
    pub const fn cells(&self) -> usize {
        self.columns * self.rows
    }

    /// The teams of a page with their places in the drawn order.
    pub fn teams<'t>(&self, page: usize, teams: &'t [&'t Team]) -> impl Iterator<Item = (usize, &'t Team)> {
        teams.iter().copied().enumerate().skip(page * self.cells()).take(self.cells())
    }

    /// The page shown now and how much of it is seen; the one before it as long as it still leaves.
    ///
    /// A change of score shows its team's page while it is news; else the team on turn holds its own; else the pages turn.
    pub fn seen(&self, cx: &Cx, core: &Core, teams: &[&Team], since: i64) -> Vec<(usize, f32)> {
        if self.count == 1 {
            return vec![(0, 1.0)];
        }
        let motion = &cx.theme.motion;
        let page = |id: &str| teams.iter().position(|team| team.id == id).map(|index| index / self.cells());
        let news = core.scores.iter().filter_map(|(id, score)| {
            Some((score.since, page(id)?, Some(score.since.saturating_add(motion.cell_hold.us()))))
        });
        let turn = core.turn.as_ref().and_then(|turn| Some((turn.since, page(&turn.value.team)?, None)));
        let holds: Vec<(i64, usize, Option<i64>)> = news.chain(turn).collect();
        let dwell = motion.strip_page.us().max(1);
        let shown = |at: i64| {
            let stands = |hold: &&(i64, usize, Option<i64>)| hold.0 <= at && hold.2.is_none_or(|until| at < until);
            // News before the turn: both are by instant, and a turn lasts.
            let held = holds.iter().filter(stands).max_by_key(|hold| (hold.2.is_some(), hold.0));
            held.map_or_else(|| ((at - since).max(0) / dwell) as usize % self.count, |hold| hold.1)
        };
        let turned = since + (cx.now - since).max(0) / dwell * dwell;
        let turns = holds.iter().flat_map(|hold| [Some(hold.0), hold.2]).flatten().chain([turned]);
        let last = turns.filter(|at| *at <= cx.now && *at > since).max();
        let present = shown(cx.now);
        let came = last.map_or(1.0, |at| share(cx.now, at, motion.fade_in.us()));
        match last.map(|at| shown(at - 1)).filter(|former| *former != present && came < 1.0) {
            Some(former) => vec![(former, 1.0 - came), (present, came)],
            None => vec![(present, 1.0)],
        }
    }
}

pub fn name(team: &Team) -> &str {
    team.short.as_ref().unwrap_or(&team.name)
}

/// The width of a text at its role's smallest step.
fn least(cx: &Cx, text: &str, role: &Role) -> f32 {
    cx.set.width(text, &role.style(fit_line(cx.set, text, role, 0.0), Rgba::CLEAR))
}

/// What a cell of one line needs: its name at the smallest, its score at the smallest that is read beside it.
fn inline_width(cx: &Cx, core: &Core, team: &Team, numbered: bool) -> f32 {
    let (place, typo) = (&cx.theme.layout.strip, &cx.theme.typography);
    let ring = if numbered { place.disc + place.disc_gap } else { 0.0 };
    place.padding
        + ring
        + least(cx, name(team), &typo.strip_name)
        + place.disc_gap / 2.0
        + score_width(cx, core, team)
        + place.padding_right
}

/// Room for a team's score at the smallest size that is read beside its name, three digits at least.
fn score_width(cx: &Cx, core: &Core, team: &Team) -> f32 {
    let (place, typo) = (&cx.theme.layout.strip, &cx.theme.typography);
    let score = core.scores.get(&team.id).map_or(core.config.base_score, Score::value).to_string();
    let rungs = typo.strip_score.ladder.iter().rev();
    let small = rungs.copied().find(|step| step.0 >= place.score_least).unwrap_or(typo.strip_score.step());
    let style = typo.strip_score.style(small, Rgba::CLEAR);
    cx.set.width(WIDEST_SCORE, &style).max(cx.set.width(&score, &style))
}

/// Many teams, or a name that leaves no room for its score on one line: then every cell has two.
fn narrow(cx: &Cx, core: &Core, teams: &[&Team]) -> bool {
    let (place, typo) = (&cx.theme.layout.strip, &cx.theme.typography);
    if teams.len() >= place.narrow_from as usize {
        return true;
    }
    let room = place.rect.w / teams.len() as f32 - place.padding - place.disc - place.disc_gap - place.padding_right;
    let usual = cx.set.width(WIDEST_SCORE, &typo.strip_score.style(typo.strip_score.step(), Rgba::CLEAR));
    teams.iter().any(|team| {
        let score = core.scores.get(&team.id).map_or(core.config.base_score, Score::value).to_string();
        let rungs = typo.strip_score.ladder.iter().rev();
        let small = rungs.copied().find(|step| step.0 >= place.score_least).unwrap_or(typo.strip_score.step());
        let score = usual.max(cx.set.width(&score, &typo.strip_score.style(small, Rgba::CLEAR)));
        least(cx, name(team), &typo.strip_name) + place.disc_gap / 2.0 > room - score
    })
}
