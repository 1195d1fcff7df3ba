//! One row of the standings: rank, places moved, team, figures.

use super::standings_table::{Column, Columns, Slot, Tone, fixed, rung};
use crate::show::{
    frame::{
        cx::Cx,
        fit::{cut, fit_line},
        part::{Anchor, Fill, Icon, Point, Rect, Rgba},
        sheet::{Sheet, outline, shadow, vertical},
    },
    motion::{lerp, share},
    protocol::{Points, score::StandingsRow},
    theme::{Gradient, Role, Step},
};

/// What a row shows at an instant.
pub struct Look<'a> {
    /// The team's name, and its short one.
    pub name: (&'a str, Option<&'a str>),
    pub row: &'a StandingsRow,
    /// A correction under way: the row as it was, and µs since its figures left.
    pub was: Option<(&'a StandingsRow, i64)>,
    pub ranked: bool,
    /// Hidden until a tie is told, and while it changes.
    pub rank: Option<u32>,
    pub rank_seen: f32,
    /// Places gained; room is kept for it where any row of the table has moved.
    pub moved: Option<i64>,
    pub moves: bool,
    /// The tone it leaves and the one it takes, and how far.
    pub tones: (Tone, Tone, f32),
    /// The key that parted it from its equals, and how far it is lit.
    pub key: Option<(Column, f32)>,
    /// How much is seen of a 更正 beside the name.
    pub tag: f32,
}

/// A row's colours.
#[derive(Clone, Copy)]
struct Inks {
    fill: Gradient,
    text: Rgba,
    /// Text that supports.
    support: Rgba,
    ring: Rgba,
    /// The tie's key.
    key: Rgba,
    up: Rgba,
    down: Rgba,
}

impl Inks {
    fn of(cx: &Cx, tone: Tone) -> Self {
        let palette = &cx.theme.palette;
        let plain = |fill| Self {
            fill,
            text: palette.ink,
            support: palette.ink2,
            ring: palette.ink3,
            key: palette.accent,
            up: palette.ok,
            down: palette.no,
        };
        let on = palette.on_accent;
        match tone {
            Tone::First => {
                Self { fill: palette.accent_fill, text: on, support: on, ring: on, key: on, up: on, down: on }
            }
            Tone::In => plain(palette.option),
            Tone::Out => plain(palette.strip),
        }
    }

    fn mix(self, to: Self, t: f32) -> Self {
        Self {
            fill: Gradient(self.fill.0.mix(to.fill.0, t), self.fill.1.mix(to.fill.1, t)),
            text: self.text.mix(to.text, t),
            support: self.support.mix(to.support, t),
            ring: self.ring.mix(to.ring, t),
            key: self.key.mix(to.key, t),
            up: self.up.mix(to.up, t),
            down: self.down.mix(to.down, t),
        }
    }
}

/// The name as it is set: its lines, and how wide the widest is.
pub struct Name {
    role: Role,
    step: Step,
    lines: Vec<String>,
    pub width: f32,
}

impl Name {
    /// Whether it needs more than one line, or is cut.
    pub fn is_broken(&self, whole: &str) -> bool {
        self.lines.len() != 1 || self.lines.first().is_none_or(|line| line != whole)
    }
}

/// One line, then two, then the short name, then cut.
pub fn name(cx: &Cx, slot: &Slot, team: &str, short: Option<&str>, room: f32) -> Name {
    let (place, typo) = (&cx.theme.layout.standings, &cx.theme.typography);
    let role = if slot.lead { &typo.table_first } else { &typo.table_name };
    let most = slot.share(place.name);
    let ladder: Vec<Step> = role.ladder.iter().copied().filter(|step| step.0 <= most + 0.5).collect();
    let ladder = if ladder.is_empty() { vec![rung(role, most)] } else { ladder };
    let role = Role { ladder, ..role.clone() };
    let width = |text: &str, step: Step| cx.set.width(text, &role.style(step, Rgba::CLEAR));
    let least = role.ladder.last().copied().unwrap_or(Step(0.0, 0.0));
    let two = || {
        role.ladder.iter().find_map(|&step| {
            let lines = cx.set.lines(team, &role.style(step, Rgba::CLEAR), room);
            (lines.len() <= 2 && 2.0 * step.1 <= slot.rect.h).then_some((step, lines))
        })
    };
    let short = short.filter(|short| width(short, least) <= room);
    let (step, lines) = if width(team, least) <= room {
        (fit_line(cx.set, team, &role, room), vec![team.to_owned()])
    } else if let Some(two) = two() {
        two
    } else if let Some(short) = short {
        (fit_line(cx.set, short, &role, room), vec![short.to_owned()])
    } else {
        (least, vec![cut(cx.set, team, &role.style(least, Rgba::CLEAR), room, &cx.words.more)])
    };
    let widest = lines.iter().map(|line| width(line, step)).fold(0.0, f32::max);
    Name { role, step, lines, width: widest }
}

/// From a row's left end to its name.
pub fn before_name(cx: &Cx, slot: &Slot, moves: bool) -> f32 {
    let place = &cx.theme.layout.standings;
    slot.rect.h + place.name_gap + if moves { place.moved } else { 0.0 }
}

/// The room between the name's left end and the first column.
pub fn name_room(cx: &Cx, slot: &Slot, columns: &Columns, moves: bool) -> f32 {
    slot.rect.w - before_name(cx, slot, moves) - columns.names
}

/// The row in its slot.
pub fn draw(cx: &Cx, slot: &Slot, columns: &Columns, look: &Look, sheet: &mut Sheet) {
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (place, rect) = (&layout.standings, slot.rect);
    let (from, to, t) = look.tones;
    let inks = Inks::of(cx, from).mix(Inks::of(cx, to), t);
    let fall = shadow(layout.shadow_low, palette.shadow_low);
    let (end, far) = (rect.h / 2.0, place.radius);
    sheet.plate(
        rect,
        [end, far, far, end],
        vertical(inks.fill),
        outline(layout.border, palette.plate_border),
        Some(fall),
    );

    ring(cx, slot, look, (inks.text, inks.ring), sheet);
    if let Some(moved) = look.moved.filter(|moved| *moved != 0 && look.ranked) {
        let up = moved > 0;
        let (icon, sign) = if up { (Icon::Up, inks.up) } else { (Icon::Down, inks.down) };
        let size = slot.share(place.moved_icon);
        let at = Point { x: rect.x + rect.h + size / 2.0, y: rect.centre().y };
        sheet.icon(at, size, icon, sign);
        let x = at.x + size / 2.0 + place.moved_gap;
        let step = rung(&typo.table_figure, slot.rect.h / 2.0);
        let line = Rect::new(x, rect.y, place.moved, rect.h);
        sheet.line(typo, line, Anchor::Start, &typo.table_figure, step, inks.support, moved.unsigned_abs().to_string());
    }

    let (full, short) = look.name;
    let left = rect.x + before_name(cx, slot, look.moves);
    let name = name(cx, slot, full, short, name_room(cx, slot, columns, look.moves));
    let height = name.step.1 * name.lines.len() as f32;
    for (i, line) in name.lines.iter().enumerate() {
        let at = Rect::new(left, rect.y + (rect.h - height) / 2.0 + i as f32 * name.step.1, name.width, name.step.1);
        sheet.line(typo, at, Anchor::Start, &name.role, name.step, inks.text, line);
    }
    if look.tag > 0.0 {
        tag(cx, rect, left + name.width + place.tag_gap, rect.x + rect.w - columns.names, look.tag, sheet);
    }
    for index in 0..columns.list.len() {
        figure(cx, slot, (columns, index), look, inks, sheet);
    }
}

/// The rank in its ring; an empty bullet where ranks are hidden.
fn ring(cx: &Cx, slot: &Slot, look: &Look, (ink, line): (Rgba, Rgba), sheet: &mut Sheet) {
    let (place, typo, rect) = (&cx.theme.layout.standings, &cx.theme.typography, slot.rect);
    let end = rect.h / 2.0;
    let centre = Point { x: rect.x + end, y: rect.y + end };
    if !look.ranked {
        let (radius, stroke) = place.bullet;
        sheet.disc(centre, radius, Fill::None, outline(stroke, line));
        return;
    }
    let radius = end - place.disc_inset;
    let stroke = if slot.lead { place.disc_stroke.0 } else { place.disc_stroke.1 };
    sheet.disc(centre, radius, Fill::None, outline(stroke, line));
    if let Some(rank) = look.rank.filter(|_| look.rank_seen > 0.0) {
        let text = rank.to_string();
        let most = rung(&typo.table_figure, slot.share(place.rank));
        let style = typo.table_figure.style(most, Rgba::CLEAR);
        let room = 2.0 * (radius - stroke) * 0.8;
        let narrow = (room / cx.set.width(&text, &style).max(1.0)).min(1.0);
        let step = rung(&typo.table_figure, most.0 * narrow);
        sheet.line(
            typo,
            Rect::disc(centre, radius),
            Anchor::Centre,
            &typo.table_figure,
            step,
            ink.fade(look.rank_seen),
            text,
        );
    }
}

/// A figure, counting or changing where it is corrected, underlined where it is the key.
fn figure(cx: &Cx, slot: &Slot, (columns, index): (&Columns, usize), look: &Look, inks: Inks, sheet: &mut Sheet) {
    let Some(&(column, decimals, right)) = columns.list.get(index) else { return };
    let colour = if column == Column::Total { inks.text } else { inks.support };
    let (place, typo) = (&cx.theme.layout.tie, &cx.theme.typography);
    let lit = look.key.filter(|(key, _)| *key == column).map_or(0.0, |(_, lit)| lit);
    // The second key is told only where it decided.
    if column == Column::General && look.key.is_none_or(|(key, _)| key != Column::General) {
        return;
    }
    let (shown, seen) = shown(cx, column, look);
    let Some(points) = shown.filter(|_| seen > 0.0) else { return };
    let (rect, role) = (slot.rect, &typo.table_figure);
    let accent = inks.key;
    let seen = if column == Column::General { seen * lit } else { seen };
    let text = fixed(points, decimals);
    let step = columns.size(cx, column, slot);
    let line = Rect::new(rect.x, rect.y, rect.w - right, rect.h);
    sheet.line(typo, line, Anchor::End, role, step, colour.mix(accent, lit).fade(seen), &text);
    if lit > 0.0 {
        let width = cx.set.width(&text, &role.style(step, Rgba::CLEAR));
        let y = rect.centre().y + step.0 * place.line_y;
        let bar = Rect::new(line.x + line.w - width, y, width, place.line);
        sheet.plate(bar, [place.line / 2.0; 4], Fill::Solid(accent.fade(lit)), None, None);
    }
}

/// The figure of a column now, and how much of it is seen: whole ones count, others are exchanged.
fn shown(cx: &Cx, column: Column, look: &Look) -> (Option<Points>, f32) {
    let value = column.of(look.row);
    let Some((was, elapsed)) = look.was else { return (value, 1.0) };
    let (motion, former) = (&cx.theme.motion, column.of(was));
    match (former, value) {
        (from, to) if from == to => (to, 1.0),
        (Some(from), Some(to)) if !motion.reduced && from.is_whole() && to.is_whole() => {
            let span = motion.tab.mend.us() - motion.count_rest.us();
            let moved = f64::from(motion.curves.io.progress(elapsed, 0, span));
            let by = ((to - from).to_f64() * moved).trunc() as i64;
            (Some(if moved >= 1.0 { to } else { from + Points::whole(by) }), 1.0)
        }
        (from, to) => {
            let half = share(elapsed, 0, motion.tab.mend.us());
            if half < 0.5 { (from, lerp(1.0, 0.0, half * 2.0)) } else { (to, lerp(0.0, 1.0, half * 2.0 - 1.0)) }
        }
    }
}

/// 更正, beside the name where it has room, else nothing: the figures have told it.
fn tag(cx: &Cx, rect: Rect, left: f32, limit: f32, seen: f32, sheet: &mut Sheet) {
    let (place, typo, palette) = (&cx.theme.layout.standings, &cx.theme.typography, &cx.theme.palette);
    let (role, word) = (&typo.table_chip, &cx.words.corrected);
    let width = cx.set.width(word, &role.style(role.step(), Rgba::CLEAR)) + 2.0 * place.tag_padding;
    if left + width > limit {
        return;
    }
    let pill = Rect::new(left, rect.centre().y - place.tag / 2.0, width, place.tag);
    let fill = Gradient(palette.active.0.fade(seen), palette.active.1.fade(seen));
    sheet.plate(pill, [pill.h / 2.0; 4], vertical(fill), None, None);
    sheet.line(typo, pill, Anchor::Centre, role, role.step(), palette.on_active.fade(seen), word);
}
