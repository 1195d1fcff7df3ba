//! What is drawn so far: teams with their numbers, people in their places, questions by who drew them.

use super::{
    draw::{CAPTION, figures, slot_name},
    draw_reel::Reel,
    grid::{Grid, Mark},
};
use crate::show::{
    frame::{
        cx::Cx,
        fit::one_line,
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Point, Rect},
        sheet::Sheet,
    },
    motion::share,
    protocol::roster::{DrawKind, DrawResolved},
    state::{Draw, Stamped},
    theme::Ms,
};

/// Layers of results on their way in.
const ARRIVING: u16 = 100;
/// More are not under way at once.
const MOST: usize = 4_000;

pub struct List<'a> {
    pub cx: &'a Cx<'a>,
    pub draw: &'a Draw,
    pub total: Option<usize>,
    /// Results with the instant from which they are told.
    pub listed: &'a [(&'a Stamped<DrawResolved>, i64)],
}

impl<'a> List<'a> {
    pub fn compose(&self, reel: &Reel<'a>, layers: &mut Vec<Layer>) {
        match self.draw.opened.kind {
            DrawKind::TeamNumber => self.teams(reel, layers),
            DrawKind::Representative => self.people(layers),
            DrawKind::Question => self.questions(reel, layers),
        }
    }

    /// Every team with its ring, which is open until its number has come.
    fn teams(&self, reel: &Reel<'a>, layers: &mut Vec<Layer>) {
        let teams = &self.cx.core.config.teams;
        let mut slots: Vec<&str> = teams.iter().map(|team| team.id.as_str()).collect();
        let place = |slot: &str, slots: &[&str]| {
            let named = |id: &&str| *id == slot || self.cx.core.team(id).is_some_and(|team| team.name == slot);
            slots.iter().position(named)
        };
        for (result, _) in self.listed {
            if place(&result.value.slot, &slots).is_none() {
                slots.push(&result.value.slot);
            }
        }
        let names: Vec<&str> = slots.iter().map(|slot| slot_name(self.cx, slot)).collect();
        let spots: Vec<Option<usize>> =
            self.listed.iter().map(|(result, _)| place(&result.value.slot, &slots)).collect();
        let place = &self.cx.theme.layout.draw;
        self.caption((place.caption, place.caption_align), reel, layers);
        self.grid(&names, &spots, layers, &|grid, index, sheet| {
            grid.name(self.cx, index, names.get(index).copied().unwrap_or_default(), self.cx.theme.palette.ink, sheet);
        });
    }

    /// A place for everyone who is to be drawn, filled in the order in which they are.
    fn people(&self, layers: &mut Vec<Layer>) {
        let count = self.total.unwrap_or(0).max(self.listed.len());
        // Fitted to all who may be drawn, so that nothing moves when a long name comes.
        let mut longest: Vec<&str> = self.draw.opened.pool.iter().map(String::as_str).collect();
        longest.extend(self.listed.iter().map(|(result, _)| result.value.value.as_str()));
        longest.sort_by_key(|name| std::cmp::Reverse((crate::show::award::ems(name) * 100.0) as i64));
        let names: Vec<&str> =
            longest.iter().copied().cycle().take(if longest.is_empty() { 0 } else { count }).collect();
        let names = if names.is_empty() { vec![""; count] } else { names };
        let spots: Vec<Option<usize>> = (0..self.listed.len()).map(Some).collect();
        self.grid(&names, &spots, layers, &|_, _, _| {});
    }

    /// Plates with what is always there, then what has come: settled results on one layer, arriving ones each on its
    /// own.
    fn grid(
        &self,
        names: &[&str],
        spots: &[Option<usize>],
        layers: &mut Vec<Layer>,
        standing: &dyn Fn(&Grid, usize, &mut Sheet),
    ) {
        let (cx, motion) = (self.cx, &self.cx.theme.motion);
        if names.is_empty() {
            return;
        }
        let place = &cx.theme.layout.draw;
        let grid = Grid::fit(cx, names, place.list, &place.grid);
        let came = |at: i64| share(cx.now, at, motion.option_in.us());
        let told: Vec<(usize, &Stamped<DrawResolved>, i64)> =
            self.listed.iter().zip(spots).filter_map(|((result, at), spot)| Some(((*spot)?, *result, *at))).collect();
        // The page of the one that came last.
        let newest = told.iter().filter(|(_, _, at)| *at <= cx.now).max_by_key(|(_, _, at)| *at);
        let page = newest.map_or(0, |(spot, ..)| grid.page_of(*spot));
        let range = grid.range(page, names.len());

        let teams = self.draw.opened.kind == DrawKind::TeamNumber;
        let mut plates = cx.sheet(grid.area().grow(cx.theme.layout.bleed / 2.0));
        for index in range.clone() {
            let filled = teams || told.iter().any(|(spot, _, at)| *spot == index && came(*at) >= 1.0);
            grid.plate(cx, index, if filled { 1.0 } else { place.empty_alpha }, &mut plates);
            standing(&grid, index, &mut plates);
            if !told.iter().any(|(spot, _, at)| *spot == index && came(*at) >= 1.0) {
                grid.mark(cx, index, &Mark::Open, &mut plates);
            }
        }
        let entrance = cx.entrance(Ms(motion.stagger.0 * 2));
        layers.push(cx.lay(LayerKind::Panel, 16, plates, entrance));
        let mut settled = cx.sheet(grid.area());
        for (spot, result, at) in told.iter().filter(|(spot, _, at)| range.contains(spot) && *at <= cx.now) {
            if came(*at) >= 1.0 {
                self.result(&grid, *spot, &result.value, &mut settled);
                continue;
            }
            let mut sheet = cx.sheet(grid.rect(*spot).grow(cx.theme.layout.bleed / 2.0));
            if !teams {
                grid.plate(cx, *spot, 1.0, &mut sheet);
            }
            self.result(&grid, *spot, &result.value, &mut sheet);
            let placement = Placement::at(0.0, 0.0).faded(came(*at));
            layers.push(cx.lay(LayerKind::Seat, ARRIVING + (*spot % MOST) as u16, sheet, placement));
        }
        layers.push(cx.lay(LayerKind::Seat, 0, settled, entrance));
        let pages = grid.pages(names.len());
        let mut dots = cx.sheet(place.count);
        let end = Point { x: place.count.x + place.count.w - cx.theme.layout.card.dot, y: place.count.centre().y };
        super::dots_at(cx, end, page, pages, &mut dots);
        layers.push(cx.lay(LayerKind::Panel, 2, dots, entrance));
    }

    fn result(&self, grid: &Grid, spot: usize, told: &DrawResolved, sheet: &mut Sheet) {
        match self.draw.opened.kind {
            DrawKind::TeamNumber => grid.mark(self.cx, spot, &Mark::Number(&told.value), sheet),
            _ => {
                grid.mark(self.cx, spot, &Mark::Bullet, sheet);
                grid.name(self.cx, spot, &told.value, self.cx.theme.palette.ink, sheet);
            }
        }
    }

    /// Who draws, below the reel, until it starts again.
    fn caption(&self, (rect, align): (Rect, Anchor), reel: &Reel, layers: &mut Vec<Layer>) {
        let (cx, role) = (self.cx, &self.cx.theme.typography.moment_word);
        let Some((result, _)) = reel.landing(cx.now) else { return };
        let restart = reel.rest(cx.now).and_then(|(_, restart)| restart);
        let gone = restart.map_or(0.0, |at| share(cx.now, at, cx.theme.motion.swap.us()));
        let mut sheet = cx.sheet(rect);
        let (step, text) = one_line(cx.set, slot_name(cx, &result.value.slot), role, rect.w, &cx.words.more);
        sheet.line(&cx.theme.typography, rect, align, role, step, cx.theme.palette.ink, text);
        layers.push(cx.lay(
            LayerKind::Coin,
            CAPTION,
            sheet,
            cx.fade_at(result.since, cx.theme.motion.fade_in).faded(1.0 - gone),
        ));
    }

    /// Who has drawn the question that is on the reel; the ones before in a row below.
    fn questions(&self, reel: &Reel<'a>, layers: &mut Vec<Layer>) {
        let (cx, place, motion) = (self.cx, &self.cx.theme.layout.draw, &self.cx.theme.motion);
        self.caption((place.hero_caption, place.hero_align), reel, layers);
        let told: Vec<_> = self.listed.iter().filter(|(_, at)| *at <= cx.now).collect();
        if self.listed.len() < 2 || told.is_empty() {
            return;
        }
        // A number stands in the ring, words behind the name.
        let name = |told: &DrawResolved| {
            let slot = slot_name(cx, &told.slot);
            if figures(&told.value) { slot.to_owned() } else { format!("{slot} {}", told.value) }
        };
        let all: Vec<String> = self.listed.iter().map(|(result, _)| name(&result.value)).collect();
        let all: Vec<&str> = all.iter().map(String::as_str).collect();
        let grid = Grid::fit(cx, &all, place.hero_list, &place.grid);
        let range = grid.range(grid.page_of(told.len() - 1), told.len());
        for (index, (result, at)) in told.iter().enumerate().filter(|(index, _)| range.contains(index)) {
            let told = &result.value;
            let mut sheet = cx.sheet(grid.rect(index).grow(cx.theme.layout.bleed / 2.0));
            grid.plate(cx, index, 1.0, &mut sheet);
            let mark = if figures(&told.value) { Mark::Number(&told.value) } else { Mark::Bullet };
            grid.mark(cx, index, &mark, &mut sheet);
            grid.name(cx, index, &name(told), cx.theme.palette.ink, &mut sheet);
            let layer = ARRIVING + (index % MOST) as u16;
            layers.push(cx.lay(LayerKind::Seat, layer, sheet, cx.fade_at(*at, motion.fade_in)));
        }
    }
}
