//! The strip's pages: all teams on one where they fit, else page by page in their drawn order, the team on turn's first.

use crate::show::{
    frame::{cx::Cx, fit::fit_line, part::Rgba},
    motion::share,
    protocol::roster::Team,
    state::{Core, Score},
    theme::Role,
};

/// Room is kept for a score of three digits: what teams stand at from first to last.
const WIDEST_SCORE: &str = "000";

/// How the teams are dealt to pages.
pub struct Pages {
    pub count: usize,
    /// Cells on a page.
    pub columns: usize,
    /// Two lines a cell, without the number's ring.
    pub narrow: bool,
}

impl Pages {
    pub fn of(cx: &Cx, core: &Core, teams: &[&Team]) -> Self {
        let place = &cx.theme.layout.strip;
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
            return Self { count: 1, columns: teams.len().max(1), narrow: narrow(cx, core, teams) };
        }
        // Then as even as can be.
        let count = teams.len().div_ceil(cells);
        Self { count, columns: teams.len().div_ceil(count), narrow: true }
    }

    /// The teams of a page with their places in the drawn order.
    pub fn teams<'t>(&self, page: usize, teams: &'t [&'t Team]) -> impl Iterator<Item = (usize, &'t Team)> {
        teams.iter().copied().enumerate().skip(page * self.columns).take(self.columns)
    }

    /// The page shown now and how much of it is seen; the one before it as long as it still leaves.
    ///
    /// A change of score shows its team's page while it is news; else the team on turn holds its own; else the pages turn.
    pub fn seen(&self, cx: &Cx, core: &Core, teams: &[&Team], since: i64) -> Vec<(usize, f32)> {
        if self.count == 1 {
            return vec![(0, 1.0)];
        }
        let motion = &cx.theme.motion;
        let page = |id: &str| teams.iter().position(|team| team.id == id).map(|index| index / self.columns);
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
