//! The risk wall: a coin a team on one arc, hidden until it is revealed; then every value shows at once or in turn.

use super::run::Run;
use crate::show::{
    frame::{
        correction::{At, tag, tags},
        cx::Cx,
        fit::{cut, fit_line, one_line},
        layer::{Layer, LayerKind},
        part::{Anchor, Fill, Icon, Point, Rect, Rgba, RingPart},
        sheet::{Sheet, outline, vertical},
    },
    motion::share,
    protocol::{Points, roster::Team},
    state::RiskChoice,
    theme::{Ms, Words},
};

/// Title, coins with their names, and what they add up to.
pub fn compose(cx: &Cx, layers: &mut Vec<Layer>) {
    let Some(risk) = &cx.core.risk else { return };
    let teams = cx.core.teams();
    let wall = Wall { cx, risk, count: teams.len() };
    wall.words(&teams, layers);
    for (index, team) in teams.iter().enumerate() {
        wall.coin(index, team, layers);
    }
}

#[derive(Clone, Copy, Debug, PartialEq)]
enum Coin {
    Waiting,
    Choosing,
    Locked,
    Value(Points),
}

/// Layers of coins' former faces, where they do not turn but dissolve.
const FORMER: u16 = 1024;

/// The wall: its show, its choices, how many coins there are.
pub struct Wall<'a> {
    pub cx: &'a Cx<'a>,
    risk: &'a RiskChoice,
    pub count: usize,
}

impl Wall<'_> {
    /// A coin before its reveal. With a team on turn that team chooses; without, all who have not.
    fn hidden(&self, team: &Team) -> Coin {
        let turn = self.cx.core.turn.as_ref().map(|turn| turn.value.team.as_str());
        if self.risk.locked.iter().any(|(locked, _)| *locked == team.id) {
            Coin::Locked
        } else if turn.is_none_or(|turn| turn == team.id) {
            Coin::Choosing
        } else {
            Coin::Waiting
        }
    }

    /// The value and when its coin begins to turn: at once for a team alone, after the hold and one after another
    /// for teams that were revealed together.
    fn value(&self, team: &Team) -> Option<(Points, i64)> {
        let motion = &self.cx.theme.motion;
        let (_, value) = self.risk.revealed.iter().find(|(revealed, _)| *revealed == team.id)?;
        let together =
            |other: &Team| self.risk.revealed.iter().any(|(id, v)| *id == other.id && v.since == value.since);
        let group: Vec<_> = self.cx.core.teams().into_iter().filter(|other| together(other)).collect();
        let place = group.iter().position(|other| other.id == team.id).unwrap_or(0) as i64;
        let delay = if group.len() > 1 { motion.coin_hold.us() + place * motion.coin_stagger.us() } else { 0 };
        // Revealed before the wall came on (again), a coin lies open.
        Some((value.value, if value.since < self.cx.on_air { i64::MIN / 4 } else { value.since + delay }))
    }

    /// When the wall turned from choosing to showing: the first coin's turn, once nobody is choosing.
    fn revealed_at(&self, teams: &[&Team]) -> Option<i64> {
        if teams.iter().any(|team| self.value(team).is_none() && self.hidden(team) == Coin::Choosing) {
            return None;
        }
        teams.iter().filter_map(|team| self.value(team)).map(|(_, at)| at).min()
    }

    fn coin(&self, index: usize, team: &Team, layers: &mut Vec<Layer>) {
        let (cx, motion) = (self.cx, &self.cx.theme.motion);
        let entrance = cx.entrance(Ms(motion.stagger.0 * index as i64));
        let shut = |team: &Team| match self.hidden(team) {
            // A value that comes without its lock was chosen all the same.
            Coin::Waiting => Coin::Locked,
            hidden => hidden,
        };
        let mut former = None;
        let (face, scale) = match self.value(team) {
            None => (self.hidden(team), 1.0),
            Some((value, at)) if motion.reduced => {
                let came = share(cx.now, at, motion.coin_open.us());
                former = (came < 1.0).then(|| (shut(team), 1.0 - came));
                (if came > 0.0 { Coin::Value(value) } else { shut(team) }, 1.0)
            }
            Some((value, at)) => {
                let closed = motion.curves.exit.progress(cx.now, at, motion.coin_shut.us());
                let open = motion.curves.out.progress(cx.now, at + motion.coin_shut.us(), motion.coin_open.us());
                if closed < 1.0 { (shut(team), 1.0 - closed) } else { (Coin::Value(value), open) }
            }
        };
        let place = &cx.theme.layout.risk;
        let stretch = if let Coin::Value(value) = face { self.stretch(index, value) } else { 0.0 };
        let area = Rect::disc(self.centre(index), self.size().0 + place.rim);
        let mut sheet = cx.sheet(Rect { x: area.x - stretch, w: area.w + 2.0 * stretch, ..area });
        self.draw(self.centre(index), face, stretch, &mut sheet);
        layers.push(cx.lay(LayerKind::Coin, index as u16, sheet, entrance.scaled(scale.max(0.01), 1.0)));
        if let Some((face, seen)) = former.filter(|(former, _)| *former != face) {
            let mut sheet = cx.sheet(area);
            self.draw(self.centre(index), face, 0.0, &mut sheet);
            layers.push(cx.lay(LayerKind::Coin, FORMER + index as u16, sheet, entrance.faded(seen)));
        }
        let centre = self.centre(index);
        let at = At::Centre(Point { y: centre.y - self.size().0, ..centre });
        let was = self.risk.revealed.iter().find(|(id, _)| *id == team.id).and_then(|(_, value)| value.was.as_deref());
        tag(cx, tags::FIRST + index as u16, was, at, layers);
    }

    fn draw(&self, centre: Point, face: Coin, stretch: f32, sheet: &mut Sheet) {
        let (cx, place) = (self.cx, &self.cx.theme.layout.risk);
        let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
        let radius = self.size().0;
        if face == Coin::Choosing {
            sheet.ring(self.dashed(centre, radius));
            let text = &cx.words.risk_choosing;
            let inner = 2.0 * (radius - place.dash_stroke);
            let step = fit_line(cx.set, text, &typo.coin_name, inner * 0.9);
            if cx.set.width(text, &typo.coin_name.style(step, Rgba::CLEAR)) <= inner {
                let disc = Rect::disc(centre, radius);
                sheet.line(typo, disc, Anchor::Centre, &typo.coin_name, step, palette.ring, text);
            } else {
                sheet.icon(centre, place.icon * radius, Icon::Hourglass, palette.ring);
            }
            return;
        }
        // A disc, or a disc drawn out sideways.
        let pill = |radius: f32| {
            let disc = Rect::disc(centre, radius);
            Rect { x: disc.x - stretch, w: disc.w + 2.0 * stretch, ..disc }
        };
        let reach = radius + place.rim;
        sheet.plate(pill(reach), [reach; 4], Fill::Solid(palette.well), None, None);
        match face {
            Coin::Value(value) => {
                let high = value >= self.highest();
                let (fill, ink) =
                    if high { (palette.accent_fill, palette.on_accent) } else { (palette.option, palette.ink) };
                sheet.plate(pill(radius), [radius; 4], vertical(fill), None, None);
                let (inset, ring) = if high {
                    (place.inner_ring, outline(place.inner_stroke, palette.on_accent.fade(0.55)))
                } else {
                    (place.low_inset, outline(place.low_stroke, palette.plate_edge))
                };
                sheet.plate(pill(radius - inset), [radius - inset; 4], Fill::None, ring, None);
                let room = 2.0 * (radius - place.inner_ring + stretch);
                let step = fit_line(cx.set, &value.to_string(), &typo.coin, room * 0.9);
                let text = cut(cx.set, &value.to_string(), &typo.coin.style(step, ink), room, &cx.words.more);
                sheet.line(typo, Rect::disc(centre, radius), Anchor::Centre, &typo.coin, step, ink, text);
            }
            Coin::Locked | Coin::Waiting | Coin::Choosing => {
                let locked = face == Coin::Locked;
                let ring = if locked { palette.plate_edge } else { palette.ink3.fade(0.5) };
                sheet.disc(centre, radius, if locked { vertical(palette.option) } else { Fill::None }, None);
                sheet.disc(centre, radius - place.shut_inset, Fill::None, outline(place.shut_stroke, ring));
                let (icon, ink) = if locked { (Icon::Lock, palette.ink) } else { (Icon::Dash, palette.ink3) };
                sheet.icon(centre, place.icon * radius, icon, ink);
            }
        }
    }

    fn dashed(&self, centre: Point, radius: f32) -> RingPart {
        let (place, palette) = (&self.cx.theme.layout.risk, &self.cx.theme.palette);
        RingPart {
            rim: place.rim,
            well: (palette.well, palette.well),
            lit: palette.ring,
            sweep: 1.0,
            dashes: place.dashes,
            ..RingPart::plain(centre, radius, place.dash_stroke)
        }
    }

    /// The highest that was offered; of what was chosen where nothing was.
    fn highest(&self) -> Points {
        let chosen = self.risk.revealed.iter().map(|(_, value)| value.value);
        self.risk.values.iter().copied().max().or(chosen.max()).unwrap_or_default()
    }

    /// Title, names, and the line below.
    fn words(&self, teams: &[&Team], layers: &mut Vec<Layer>) {
        let (cx, motion) = (self.cx, &self.cx.theme.motion);
        let (place, typo, palette) = (&cx.theme.layout.risk, &cx.theme.typography, &cx.theme.palette);
        let revealed = self.revealed_at(teams);
        let turned = revealed.map_or(0.0, |at| share(cx.now, at, motion.fade_in.us()));
        // Never before the last coin lies open.
        let open = teams.iter().filter_map(|team| self.value(team)).map(|(_, at)| at).max();
        let open = open.map_or(i64::MIN, |at| at + motion.coin_shut.us() + motion.coin_open.us());
        let summed = revealed
            .map_or(0.0, |at| share(cx.now, (at + motion.coin_summary_delay.us()).max(open), motion.fade_in.us()));

        let mut names = cx.sheet(cx.theme.layout.safe);
        for (index, team) in teams.iter().enumerate() {
            self.name(index, team, &mut names);
        }
        layers.push(cx.lay(LayerKind::Panel, 0, names, cx.entrance(Ms(0))));

        // What is replaced and what replaces it lie on layers of their own and dissolve.
        let mut lay = |index: u16, rect: Rect, opacity: f32, draw: &dyn Fn(&mut Sheet)| {
            if opacity > 0.0 {
                let mut sheet = cx.sheet(rect);
                draw(&mut sheet);
                layers.push(cx.lay(LayerKind::Panel, index, sheet, cx.entrance(Ms(0)).faded(opacity)));
            }
        };
        let title = |sheet: &mut Sheet, text: &str| {
            let (step, text) = one_line(cx.set, text, &typo.scene_title, place.title.w, &cx.words.more);
            sheet.line(typo, place.title, place.title_at, &typo.scene_title, step, palette.ink, text);
        };
        lay(1, place.title, 1.0 - turned, &|sheet| title(sheet, &cx.words.risk_title));
        lay(2, place.title, turned, &|sheet| title(sheet, &cx.words.risk_revealed));
        lay(3, place.summary, 1.0 - summed, &|sheet| self.locks(sheet));
        lay(4, place.summary, summed, &|sheet| self.summary(sheet));
    }

    fn name(&self, index: usize, team: &Team, sheet: &mut Sheet) {
        let (cx, place) = (self.cx, &self.cx.theme.layout.risk);
        let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
        let (radius, centre) = (self.size().0, self.centre(index));
        let safe = cx.theme.layout.safe;
        let pitch = self.pitch(index);
        let room = pitch.min(2.0 * (centre.x - safe.x)).min(2.0 * (safe.x + safe.w - centre.x)) - place.name_between;
        let name = team.short.as_ref().unwrap_or(&team.name);
        let number = team.number.to_string();
        let top = centre.y + radius + if self.rows().is_some() { place.row_name_gap } else { place.name_gap };
        let role = self.name_role();
        let row = Rect::new(centre.x - room / 2.0, top, room, role.step().1);
        let with_number = Run::new(cx).text(&typo.coin_number, palette.ink2, &number).gap(place.number_gap).text(
            &role,
            palette.ink,
            name,
        );
        // 1号队 says its number itself.
        if with_number.fits(room) && !name.contains(&number) {
            with_number.fit(room).draw(row, Anchor::Centre, sheet);
            return;
        }
        let step = fit_line(cx.set, name, &role, room);
        let style = role.style(step, palette.ink);
        if self.name_lines() == 1 {
            // One narrow line: a name that is wider gives way to the team's number, which is never cut.
            let called = Words::with(&cx.words.team_no, &number);
            let text = if cx.set.width(name, &style) <= room { name } else { &called };
            let text = cut(cx.set, text, &style, room, &cx.words.more);
            sheet.line(typo, row, Anchor::Centre, &role, step, palette.ink, text);
            return;
        }
        let lines = cx.set.lines(name, &style, room.max(step.0));
        // Two narrow lines hold most names; what is left over goes into the second and is cut there.
        let second = lines.iter().skip(1).map(|line| line.trim()).collect::<String>();
        let lines = [lines.first().cloned().unwrap_or_default(), second];
        for (i, line) in lines.iter().filter(|line| !line.is_empty()).enumerate() {
            let line = cut(cx.set, line, &style, room, &cx.words.more);
            if cx.set.width(&line, &style) <= room {
                let at = Rect { y: top + i as f32 * step.1, h: step.1, ..row };
                sheet.line(typo, at, Anchor::Centre, &role, step, palette.ink, line);
            }
        }
    }

    /// 已锁定 7 队 | 共 8 队
    fn locks(&self, sheet: &mut Sheet) {
        let (cx, place) = (self.cx, &self.cx.theme.layout.risk);
        let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
        let word = (&typo.summary, palette.ink2);
        let team = |id: &String| cx.core.team(id).is_some();
        let locked = self.risk.locked.iter().map(|(id, _)| id);
        let revealed = self.risk.revealed.iter().map(|(id, _)| id);
        let chosen: std::collections::BTreeSet<_> = locked.chain(revealed).filter(|id| team(id)).collect();
        Run::new(cx)
            .figure(&cx.words.risk_count, word, (&typo.summary_figure, palette.ink), &chosen.len().to_string())
            .gap(place.bar_gap)
            .bar(place.bar, palette.separator)
            .gap(place.bar_gap)
            .text(word.0, word.1, Words::with(&cx.words.teams_of, self.count))
            .fit(place.summary.w)
            .draw(place.summary, place.summary_at, sheet);
    }

    /// 50 分 6 队 | 20 分 2 队, the highest first.
    fn summary(&self, sheet: &mut Sheet) {
        let place = &self.cx.theme.layout.risk;
        let mut values: Vec<Points> = self.risk.revealed.iter().map(|(_, value)| value.value).collect();
        values.sort_unstable();
        values.dedup();
        let most = (1..=values.len()).rev().find(|&most| self.sum(&values, most).fits(place.summary.w)).unwrap_or(1);
        self.sum(&values, most).fit(place.summary.w).draw(place.summary, place.summary_at, sheet);
    }

    /// The `most` highest values; a sign stands for the others.
    fn sum(&self, values: &[Points], most: usize) -> Run<'_> {
        let (cx, place) = (self.cx, &self.cx.theme.layout.risk);
        let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
        let mut run = Run::new(cx);
        for (i, value) in values.iter().rev().take(most).enumerate() {
            if i > 0 {
                run = run.gap(place.bar_gap).bar(place.bar, palette.separator).gap(place.bar_gap);
            }
            let ink = if *value >= self.highest() { palette.accent } else { palette.ink2 };
            let teams = self.risk.revealed.iter().filter(|(_, revealed)| revealed.value == *value).count();
            run = run
                .figure(&cx.words.points, (&typo.summary, ink), (&typo.summary_figure, ink), &value.to_string())
                .gap(place.name_between)
                .text(&typo.summary, palette.ink, Words::with(&cx.words.teams, teams));
        }
        if most < values.len() { run.gap(place.bar_gap).text(&typo.summary, palette.ink2, &cx.words.more) } else { run }
    }
}
