//! Who goes on: a banner for every slot, hanging empty until its team is told, then grown from its ring.

use super::{advance_name, buzzer::hero};
use crate::show::{
    frame::{
        cx::Cx,
        fit::{fit_line, one_line},
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Icon, Point, Rect, Rgba},
        sheet::{Sheet, outline, shadow, vertical},
    },
    motion::{lerp, share},
    protocol::roster::TeamId,
    state::{Advance, Stamped},
    theme::Ms,
};

/// Title, and the banners of the page on which the last team was told.
pub fn compose(cx: &Cx, layers: &mut Vec<Layer>) {
    let Some(advance) = &cx.core.advance else { return };
    title(cx, advance, layers);
    let place = &cx.theme.layout.advance;
    let most = place.rows.last().map(|row| row.0).or(place.widths.last().map(|width| width.0)).unwrap_or(1).max(1);
    let last = advance.revealed.iter().max_by_key(|(_, team)| team.since).map_or(1, |(slot, _)| *slot).max(1);
    let first = (last - 1) / most * most;
    let count = advance.slots.saturating_sub(first).min(most);
    for index in 0..count {
        let slot = first + index + 1;
        let revealed = advance.revealed.iter().find(|(of, _)| *of == slot).map(|(_, team)| team);
        Banner::of(cx, index, count, slot).compose(revealed, layers);
    }
}

fn title(cx: &Cx, advance: &Advance, layers: &mut Vec<Layer>) {
    let (place, typo, palette) = (&cx.theme.layout.advance, &cx.theme.typography, &cx.theme.palette);
    let text = if advance.title.is_empty() { &cx.words.advance_title } else { &advance.title };
    let mut sheet = cx.sheet(place.title);
    let role = &typo.advance_title;
    let (step, text) = one_line(cx.set, text, role, place.title.w, &cx.words.more);
    // Tracking also follows the last glyph: the line is centred without it.
    let past = if place.title_at == Anchor::Centre { role.tracking * step.0 / 2.0 } else { 0.0 };
    sheet.line(typo, place.title.shift(past, 0.0), place.title_at, role, step, palette.ink, text);
    layers.push(cx.lay(LayerKind::Header, 0, sheet, cx.entrance(Ms(0))));
    let show = &cx.core.config.title;
    if show.is_empty() {
        return;
    }
    let (rect, role) = (place.subtitle, &typo.caption);
    let mut sheet = cx.sheet(rect);
    let (step, text) = one_line(cx.set, show, role, rect.w, &cx.words.more);
    sheet.line(typo, rect, place.subtitle_at, role, step, palette.ink2, text);
    layers.push(cx.lay(LayerKind::Header, 1, sheet, cx.entrance(cx.theme.motion.stagger)));
}

struct Banner<'a> {
    cx: &'a Cx<'a>,
    index: u32,
    slot: u32,
    rect: Rect,
    /// Of the end that holds the ring: its top where it hangs, its left end where it lies.
    radius: f32,
    lies: bool,
    /// Its ring's parts grow and shrink with it.
    scale: f32,
}

impl<'a> Banner<'a> {
    fn of(cx: &'a Cx<'a>, index: u32, count: u32, slot: u32) -> Self {
        let place = &cx.theme.layout.advance;
        if let Some(rows) = place.rows.iter().find(|row| count <= row.0).or(place.rows.last()) {
            return Self::lying(cx, index, count, slot, *rows);
        }
        let fitting = place.widths.iter().find(|width| count <= width.0).or(place.widths.last());
        let (_, width, gap) = fitting.copied().unwrap_or((1, place.banners.w, 0.0));
        let used = width * count as f32 + gap * count.saturating_sub(1) as f32;
        let x = place.banners.centre().x - used / 2.0 + index as f32 * (width + gap);
        let rect = Rect::new(x.floor(), place.banners.y, width, place.banners.h);
        let widest = place.widths.iter().map(|width| width.1).fold(width, f32::max);
        Self { cx, index, slot, rect, radius: width / 2.0, lies: false, scale: width / widest }
    }

    /// In rows, the whole in the middle of the room.
    fn lying(cx: &'a Cx<'a>, index: u32, count: u32, slot: u32, row: (u32, u32, f32, f32)) -> Self {
        let place = &cx.theme.layout.advance;
        let (_, columns, height, gap) = row;
        let columns = columns.clamp(1, count.max(1));
        let width = ((place.banners.w - gap * (columns - 1) as f32) / columns as f32).floor();
        let used = count.div_ceil(columns) as f32 * (height + gap) - gap;
        let (column, line) = (index % columns, index / columns);
        let rect = Rect::new(
            place.banners.x + column as f32 * (width + gap),
            place.banners.y + ((place.banners.h - used) / 2.0).max(0.0) + line as f32 * (height + gap),
            width,
            height,
        );
        let tallest = place.rows.iter().map(|row| row.2).fold(height, f32::max);
        Self { cx, index, slot, rect, radius: height / 2.0, lies: true, scale: height / tallest }
    }

    fn centre(&self) -> Point {
        Point { x: self.rect.x + self.radius, y: self.rect.y + self.radius }
    }

    fn radii(&self) -> [f32; 4] {
        let (end, foot) = (self.radius, self.cx.theme.layout.advance.foot.min(self.radius / 2.0));
        if self.lies { [end, foot, foot, end] } else { [end, end, foot, foot] }
    }

    fn compose(&self, team: Option<&Stamped<TeamId>>, layers: &mut Vec<Layer>) {
        let (cx, motion) = (self.cx, &self.cx.theme.motion);
        let enters = cx.entrance(Ms(motion.stagger.0 * i64::from(self.index)));
        // What was told before this entrance began comes with it.
        let since = team.map(|team| if team.since <= cx.on_air { cx.since } else { team.since });
        self.empty(since, enters, layers);
        let (Some(team), Some(since)) = (team, since) else { return };
        if cx.now < since {
            return;
        }
        self.plate(since, enters, layers);
        self.disc(since, enters, layers);
        self.name(team, since, layers);
    }

    /// The outline that waits for its team, with its number.
    fn empty(&self, since: Option<i64>, enters: Placement, layers: &mut Vec<Layer>) {
        let (cx, palette) = (self.cx, &self.cx.theme.palette);
        let (place, motion) = (&cx.theme.layout.advance, &cx.theme.motion);
        let filled =
            since.map_or(0.0, |since| share(cx.now, since + motion.tab.banner_delay.us(), motion.tab.banner.us()));
        if filled >= 1.0 {
            return;
        }
        let mut sheet = cx.sheet(self.rect);
        sheet.plate(self.rect, self.radii(), Fill::None, outline(place.outline, palette.ink3.fade(0.55)), None);
        if since.is_none() {
            let radius = self.radius - place.rim * self.scale;
            sheet.disc(self.centre(), radius, Fill::None, outline(place.outline, palette.ink3));
            self.number(palette.ink2, &mut sheet);
        }
        layers.push(cx.lay(LayerKind::Panel, self.index as u16, sheet, enters));
    }

    /// The slot's number, which says a place; where places are hidden, the order alone speaks.
    fn number(&self, ink: Rgba, sheet: &mut Sheet) {
        if self.cx.theme.flags.ranks_hidden {
            return;
        }
        let (cx, place, role) = (self.cx, &self.cx.theme.layout.advance, &self.cx.theme.typography.advance_number);
        let radius = self.inner();
        let text = self.slot.to_string();
        let most = 2.0 * radius * place.number;
        let step = fit_line(cx.set, &text, role, most * 0.9);
        let step = role.ladder.iter().copied().find(|rung| rung.0 <= step.0.min(most) + 0.5).unwrap_or(step);
        let disc = Rect::disc(self.centre(), radius);
        sheet.line(&cx.theme.typography, disc, Anchor::Centre, role, step, ink, text);
    }

    /// Radius of the disc within the ring.
    fn inner(&self) -> f32 {
        let place = &self.cx.theme.layout.advance;
        self.radius - (place.rim + place.ring + place.ring_gap) * self.scale
    }

    /// It grows from the ring to its foot.
    fn plate(&self, since: i64, enters: Placement, layers: &mut Vec<Layer>) {
        let (cx, layout, palette) = (self.cx, &self.cx.theme.layout, &self.cx.theme.palette);
        let (tab, bleed) = (&cx.theme.motion.tab, layout.bleed);
        let mut sheet = cx.sheet(self.rect.grow(bleed));
        let fall = shadow(layout.shadow_high, palette.shadow_high);
        sheet.plate(
            self.rect,
            self.radii(),
            // Lying ones are rows.
            vertical(if self.lies { palette.option } else { palette.plate }),
            outline(layout.border, palette.plate_border),
            Some(fall),
        );
        let grown = cx.theme.motion.curves.out.progress(cx.now, since + tab.banner_delay.us(), tab.banner.us());
        let (from, across, down) = (bleed + 2.0 * self.radius, self.rect.w + 2.0 * bleed, self.rect.h + 2.0 * bleed);
        let (across, down) =
            if self.lies { (lerp(from, across, grown), down) } else { (across, lerp(from, down, grown)) };
        let clip = (grown < 1.0).then(|| Rect::new(0.0, 0.0, across, down));
        let seen = share(cx.now, since, tab.banner_delay.us());
        let placement = Placement { clip, ..enters.faded(seen) };
        layers.push(cx.lay(LayerKind::Panel, 128 + self.index as u16, sheet, placement));
    }

    /// Whole on its first frame.
    fn disc(&self, since: i64, enters: Placement, layers: &mut Vec<Layer>) {
        let (cx, palette) = (self.cx, &self.cx.theme.palette);
        let (place, motion, centre) = (&cx.theme.layout.advance, &cx.theme.motion, self.centre());
        let well = self.radius - place.rim * self.scale;
        let mut sheet = cx.sheet(Rect::disc(centre, well).grow(place.rim * self.scale));
        sheet.disc(centre, well, Fill::Solid(palette.well), None);
        let ring = well - place.ring * self.scale * 0.5;
        sheet.disc(centre, ring, Fill::None, outline(place.ring * self.scale, palette.accent));
        sheet.disc(centre, self.inner(), vertical(palette.accent_fill), None);
        if cx.theme.flags.ranks_hidden {
            sheet.icon(centre, self.inner(), Icon::Check, palette.on_accent);
        }
        self.number(palette.on_accent, &mut sheet);
        let popped = motion.curves.pop.progress(cx.now, since, motion.disc_in.us());
        let scale = lerp(motion.tab.banner_disc_from, 1.0, popped);
        layers.push(cx.lay(LayerKind::Ring, self.index as u16, sheet, enters.scaled(scale, scale)));
    }

    /// The team; a corrected one gives way to the right one where it stands.
    fn name(&self, team: &Stamped<TeamId>, since: i64, layers: &mut Vec<Layer>) {
        let (cx, motion) = (self.cx, &self.cx.theme.motion);
        let place = &cx.theme.layout.advance;
        let (ring, gap) = (2.0 * self.radius, place.name_gap * self.scale);
        let room = if self.lies {
            Rect { x: self.rect.x + ring + gap, w: self.rect.w - ring - gap - place.name_foot, ..self.rect }
        } else {
            let top = self.rect.y + ring + gap;
            Rect { y: top, h: self.rect.y + self.rect.h - place.name_foot - top, ..self.rect }
        };
        let named = |id: &str| cx.core.team(id).map_or_else(|| id.to_owned(), |team| team.name.clone());
        let came = share(cx.now, since + motion.tab.banner_name.us(), motion.fade_in.us());
        let mut put = |id: &str, index: u16, seen: f32| {
            if seen > 0.0 {
                let mut sheet = cx.sheet(room);
                if self.lies {
                    hero(cx, &named(id), &cx.theme.typography.advance_name, room, Anchor::Start, &mut sheet);
                } else {
                    advance_name::draw(cx, room, &named(id), &mut sheet);
                }
                let placement = Placement::at(0.0, 0.0).faded(seen);
                layers.push(cx.lay(LayerKind::Seat, index + self.index as u16, sheet, placement));
            }
        };
        let was = team.was.as_ref().filter(|was| was.since > since);
        let half = motion.tab.mend.us() / 2;
        let (gone, new) =
            was.map_or((1.0, 1.0), |was| (share(cx.now, was.since, half), share(cx.now, was.since + half, half)));
        if let Some(was) = was {
            put(&was.value, 0, came * (1.0 - gone));
        }
        put(&team.value, 128, came * new);
        if let Some(was) = was {
            self.tag(was.since, layers);
        }
    }

    /// 更正 on the banner's foot.
    fn tag(&self, since: i64, layers: &mut Vec<Layer>) {
        let (cx, motion) = (self.cx, &self.cx.theme.motion);
        let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
        let place = &layout.advance;
        let hold = motion.corrected_hold.us();
        let seen = share(cx.now, since, motion.badge.us()) * (1.0 - share(cx.now, since + hold, motion.fade_out.us()));
        if seen <= 0.0 {
            return;
        }
        let (role, word) = (&typo.table_chip, &cx.words.corrected);
        let width = cx.set.width(word, &role.style(role.step(), palette.on_active)) + 2.0 * place.tag_padding;
        let x = (self.rect.centre().x - width / 2.0).clamp(layout.safe.x, layout.safe.x + layout.safe.w - width);
        let pill = if self.lies {
            let y = (self.rect.y - place.tag / 2.0).max(layout.safe.y);
            Rect::new(self.rect.x + self.rect.w - width - place.name_foot, y, width, place.tag)
        } else {
            Rect::new(x, self.rect.y + 2.0 * self.radius - place.tag / 2.0, width, place.tag)
        };
        let mut sheet = cx.sheet(pill.grow(layout.bleed / 2.0));
        let fall = shadow(layout.shadow_low, palette.shadow_low);
        sheet.plate(pill, [pill.h / 2.0; 4], vertical(palette.active), None, Some(fall));
        sheet.line(typo, pill, Anchor::Centre, role, role.step(), palette.on_active, word);
        layers.push(cx.lay(LayerKind::Chip, self.index as u16, sheet, Placement::at(0.0, 0.0).faded(seen)));
    }
}
