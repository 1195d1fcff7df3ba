//! A tie, named: which teams are level, by which key they were parted; bracket, key cells, chip, legend.

use super::standings_table::{Column, Slot, Tone};
use crate::show::{
    frame::{
        cx::Cx,
        fit::one_line,
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Border, Fill, Icon, Point, Rect, Rgba},
        sheet::{Sheet, shadow, vertical},
    },
    motion::share,
    protocol::score::{StandingsRow, TieBreak, TiebreakDecided},
    theme::{Role, Words},
};

/// Rows that follow one another with the same total, and the key that parted them.
#[derive(Clone, Debug, PartialEq)]
pub struct Group {
    pub first: usize,
    pub teams: Vec<String>,
    pub key: TieBreak,
}

/// The column in which a key is read; a playoff is not in the table.
pub const fn column(key: TieBreak) -> Option<Column> {
    match key {
        TieBreak::Written => Some(Column::Written),
        TieBreak::GeneralWritten => Some(Column::General),
        TieBreak::Playoff => None,
    }
}

/// The ties of a table: as its rows say, and as was decided for teams whose totals are the same.
pub fn groups(rows: &[StandingsRow], decided: Option<&TiebreakDecided>) -> Vec<Group> {
    let mut groups = Vec::new();
    let mut first = 0;
    for level in rows.chunk_by(|a, b| a.total == b.total) {
        // One chunk may hold several ties that different keys parted: neighbours of one key belong together.
        let marked = |row: &StandingsRow| row.tie_key.or_else(|| decided_for(rows, decided, row));
        let mut at = first;
        for part in level.chunk_by(|a, b| marked(a) == marked(b)) {
            if let Some(key) = part.first().and_then(marked) {
                let lone =
                    part.len() == 1 && level.len() > 1 && level.iter().filter(|row| marked(row).is_some()).count() == 1;
                // A key on one row alone parted it from its equals.
                let (first, tied) = if lone { (first, level) } else { (at, part) };
                groups.push(Group { first, teams: tied.iter().map(|row| row.team.clone()).collect(), key });
            }
            at += part.len();
        }
        first += level.len();
    }
    groups
}

/// The key by which `row` was parted from teams with its total; a decision about other totals is not about this table.
fn decided_for(rows: &[StandingsRow], decided: Option<&TiebreakDecided>, row: &StandingsRow) -> Option<TieBreak> {
    let decided = decided.filter(|decided| decided.teams.len() > 1 && decided.teams.contains(&row.team))?;
    let level = |team: &String| rows.iter().any(|other| other.team == *team && other.total == row.total);
    decided.teams.iter().all(level).then_some(decided.by)
}

/// The rows in the decided order, with the places that it gives them; `None` where nothing changes.
pub fn settled(rows: &[StandingsRow], decided: &TiebreakDecided) -> Option<Vec<StandingsRow>> {
    let tied: Vec<usize> = rows
        .iter()
        .enumerate()
        .filter(|(_, row)| decided_for(rows, Some(decided), row).is_some())
        .map(|(i, _)| i)
        .collect();
    if tied.len() != decided.teams.len() {
        return None;
    }
    let base = tied.iter().filter_map(|&i| rows.get(i)?.rank).min();
    let mut settled = rows.to_vec();
    for (order, (&slot, team)) in tied.iter().zip(&decided.teams).enumerate() {
        let row = rows.iter().find(|row| row.team == *team)?;
        let rank = base.map(|base| base + order as u32);
        *settled.get_mut(slot)? = StandingsRow { rank, ..row.clone() };
    }
    (settled != rows).then_some(settled)
}

/// A tie on its way: the instant its telling began, how much of it is still seen, the slots of its rows, and where the
/// widest of their names ends.
pub struct Told<'a> {
    pub group: &'a Group,
    pub since: i64,
    pub seen: f32,
    pub slots: Vec<Slot>,
    pub names_to: f32,
    /// Where the figures begin.
    pub figures_from: f32,
}

impl Told<'_> {
    /// Bracket and chip, where they have room: the legend says it in any case.
    pub fn draw(&self, cx: &Cx, index: u16, layers: &mut Vec<Layer>) {
        let (place, typo, palette) = (&cx.theme.layout.tie, &cx.theme.typography, &cx.theme.palette);
        let motion = &cx.theme.motion;
        let (Some(top), Some(bottom)) = (self.slots.first(), self.slots.last()) else { return };
        let straight =
            top.rect.y < bottom.rect.y && (top.rect.x == bottom.rect.x || top.lead && top.rect.w > bottom.rect.w);
        let designed = bottom.rect.x + place.least_x - cx.theme.layout.safe.x;
        let limit = self.figures_from - place.chip_gap;
        // Behind the names where the designed place leaves no room for the key.
        let behind = self.names_to + place.gap;
        let room = limit - designed - place.width - place.chip_gap;
        let x = if room >= place.chip_room { behind.max(designed) } else { behind };
        if !straight || top.page != bottom.page || x + place.width > limit {
            return;
        }
        // An open bracket: a frame whose left side lies outside the layer's clip.
        let (from, to) = (top.rect.centre().y, bottom.rect.centre().y);
        let frame = Rect::new(x - 2.0 * place.radius, from, place.width + 2.0 * place.radius, to - from);
        let drawn = share(cx.now, self.since, motion.tab.tie_bracket.us());
        let first = top.tone == Tone::First;
        let bracket = |colour: Rgba, from: f32, to: f32, index: u16, layers: &mut Vec<Layer>| {
            let mut sheet = cx.sheet(frame.grow(place.stroke));
            let radii = [0.0, place.radius, place.radius, 0.0];
            sheet.plate(frame, radii, Fill::None, Some(Border { width: place.stroke, colour }), None);
            let width = (place.width + place.stroke) * motion.curves.io.at(drawn);
            let clip = Rect::new(2.0 * place.radius + place.stroke, from - frame.y + place.stroke, width, to - from);
            let placement = Placement { clip: Some(clip), ..Placement::at(0.0, 0.0).faded(self.seen) };
            layers.push(cx.lay(LayerKind::Chip, index, sheet, placement));
        };
        if drawn > 0.0 {
            // On the winner's row the accent could not be seen.
            let below = frame.y + frame.h + place.stroke;
            let edge = match (first, bottom.tone) {
                (true, Tone::First) => below,
                (true, _) => top.rect.y + top.rect.h,
                (false, _) => frame.y - place.stroke,
            };
            if first {
                bracket(palette.on_accent, frame.y - place.stroke, edge, index, layers);
            }
            if edge < below {
                bracket(palette.accent, edge, below, index + 1, layers);
            }
        }

        let at = self.since + motion.tab.tie_bracket.us() + motion.tab.tie_cells.us();
        let came = share(cx.now, at, motion.tab.tie_chip.us());
        let left = x + place.width + place.chip_gap;
        let role = &typo.table_chip;
        let width = |word: &str| cx.set.width(word, &role.style(role.step(), Rgba::CLEAR)) + 2.0 * place.chip_padding;
        let key = chip(cx.words, self.group.key);
        let words = [Words::with(&cx.words.tie_by, key), key.clone(), cx.words.tie.clone()];
        let word = words.into_iter().find(|word| left + width(word) <= limit);
        let Some(word) = word.filter(|_| came > 0.0) else { return };
        let rect = Rect::new(left, frame.centre().y - place.chip / 2.0, width(&word), place.chip);
        let (fill, ink) =
            if first { (palette.active, palette.on_active) } else { (palette.accent_fill, palette.on_accent) };
        let mut sheet = cx.sheet(rect.grow(cx.theme.layout.bleed));
        let fall = shadow(cx.theme.layout.shadow_low, palette.shadow_low);
        sheet.plate(rect, [rect.h / 2.0; 4], vertical(fill), None, Some(fall));
        sheet.line(typo, rect, Anchor::Centre, role, role.step(), ink, word);
        let across = motion.travel_px * (motion.curves.out.at(came) - 1.0);
        layers.push(cx.lay(LayerKind::Chip, index + 2, sheet, Placement::at(across, 0.0).faded(came * self.seen)));
    }

    /// How far the key's cells are lit.
    pub fn lit(&self, cx: &Cx) -> f32 {
        let tab = &cx.theme.motion.tab;
        share(cx.now, self.since + tab.tie_bracket.us(), tab.tie_cells.us()) * self.seen
    }
}

/// From the first sign of a tie to the moment when its places settle.
pub fn settle_us(cx: &Cx) -> i64 {
    let tab = &cx.theme.motion.tab;
    tab.tie_bracket.us() + tab.tie_cells.us() + tab.tie_chip.us()
}

const fn chip(words: &Words, key: TieBreak) -> &String {
    let [written, general, playoff] = &words.tie_chips;
    match key {
        TieBreak::Written => written,
        TieBreak::GeneralWritten => general,
        TieBreak::Playoff => playoff,
    }
}

/// The order of the keys, those that decided underlined; only these where no papers were written or room is short.
pub fn legend(cx: &Cx, rect: Rect, keys: &[TieBreak], papers: bool, sheet: &mut Sheet) {
    let (place, typo, palette) = (&cx.theme.layout.standings, &cx.theme.typography, &cx.theme.palette);
    let order = [TieBreak::Written, TieBreak::GeneralWritten, TieBreak::Playoff];
    let all: Vec<_> = order.into_iter().zip(&cx.words.tie_keys).collect();
    let only: Vec<_> = all.iter().filter(|(key, _)| keys.contains(key)).copied().collect();
    let role = |key: &TieBreak| if keys.contains(key) { &typo.table_chip } else { &typo.sub };
    let measure = |role: &Role, text: &str| cx.set.width(text, &role.style(role.step(), Rgba::CLEAR));
    let between = 2.0 * place.legend_gap + place.legend_arrow;
    let head = measure(&typo.sub, &cx.words.tie_order);
    let width = |named: &[(TieBreak, &String)]| {
        let words: f32 = named.iter().map(|(key, word)| measure(role(key), word)).sum();
        head + words + between * named.len().saturating_sub(1) as f32
    };
    let named = if papers && width(&all) <= rect.w { all } else { only };
    if width(&named) > rect.w {
        return;
    }
    sheet.line(typo, rect, Anchor::Start, &typo.sub, typo.sub.step(), palette.ink2, &cx.words.tie_order);
    let mut x = rect.x + head;
    for (i, (key, word)) in named.into_iter().enumerate() {
        if i > 0 {
            let at = Point { x: x + between / 2.0, y: rect.centre().y };
            sheet.icon(at, place.legend_arrow, Icon::Arrow, palette.ink2);
            x += between;
        }
        let (role, decided) = (role(&key), keys.contains(&key));
        let at = Rect::new(x, rect.y, measure(role, word), rect.h);
        let ink = if decided { palette.ink } else { palette.ink2 };
        sheet.line(typo, at, Anchor::Start, role, role.step(), ink, word);
        if decided {
            let line = Rect::new(at.x, rect.centre().y + role.step().1 / 2.0, at.w, place.legend_line);
            sheet.plate(line, [line.h / 2.0; 4], Fill::Solid(palette.accent), None, None);
        }
        x += at.w;
    }
}

/// The same from top to bottom, each key on a line of its own.
pub fn legend_down(cx: &Cx, rect: Rect, keys: &[TieBreak], papers: bool, sheet: &mut Sheet) {
    let (place, typo, palette) = (&cx.theme.layout.standings, &cx.theme.typography, &cx.theme.palette);
    let order = [TieBreak::Written, TieBreak::GeneralWritten, TieBreak::Playoff];
    let all: Vec<_> = order.into_iter().zip(&cx.words.tie_keys).collect();
    let line = typo.sub.step().1;
    let fits = |count: usize| (count + 1) as f32 * line <= rect.h;
    let named =
        if papers && fits(all.len()) { all } else { all.into_iter().filter(|(key, _)| keys.contains(key)).collect() };
    if !fits(named.len()) {
        return;
    }
    let row = |i: usize| Rect { y: rect.y + i as f32 * line, h: line, ..rect };
    let put = |role: &Role, ink: Rgba, at: Rect, word: &str, sheet: &mut Sheet| {
        let (step, word) = one_line(cx.set, word, role, rect.w, &cx.words.more);
        let width = cx.set.width(&word, &role.style(step, Rgba::CLEAR));
        sheet.line(typo, at, Anchor::Start, role, step, ink, word);
        width
    };
    put(&typo.sub, palette.ink2, row(0), cx.words.tie_order.trim_end(), sheet);
    for (i, (key, word)) in named.into_iter().enumerate() {
        let (at, decided) = (row(i + 1), keys.contains(&key));
        let (role, ink) = if decided { (&typo.table_chip, palette.ink) } else { (&typo.sub, palette.ink2) };
        let width = put(role, ink, at, word, sheet);
        if decided {
            let under = Rect::new(at.x, at.y + at.h - place.legend_line, width, place.legend_line);
            sheet.plate(under, [under.h / 2.0; 4], Fill::Solid(palette.accent), None, None);
        }
    }
}
