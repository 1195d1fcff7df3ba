//! The audience's seats: the rail on which they light up while they answer, the wall on which they turn over.

use super::run::Run;
use crate::show::{
    frame::{
        cx::Cx,
        layer::{Layer, LayerKind},
        part::{Anchor, Fill, Icon, Point, Rect, Rgba, RingPart},
        sheet::{Sheet, outline, shadow, vertical},
    },
    motion::share,
    protocol::score::SeatOutcome,
    state::{AudienceVote, Core},
    theme::{Ms, StripFlow, Words},
};

/// Seats up to this many turn over as layers of their own; of more, each changes its face in its turn.
const TURNING: u32 = 24;

/// Layers of seats' former faces, where they do not turn but dissolve.
const FORMER: u16 = 1024;

/// Whether numbered seats are answering the question on air.
pub fn answering(core: &Core) -> bool {
    core.question.is_some() && core.audience.as_ref().is_some_and(|vote| vote.seats > 0 && vote.tally.is_none())
}

/// The seats in the strip's place, each filled once it has answered.
pub fn rail(cx: &Cx, layers: &mut Vec<Layer>) {
    let Some(vote) = cx.core.audience.as_ref().filter(|_| answering(cx.core)) else { return };
    let (layout, typo, palette) = (&cx.theme.layout, &cx.theme.typography, &cx.theme.palette);
    let (place, rect) = (&layout.duel, layout.duel.rail);
    let mut sheet = cx.sheet(rect.grow(layout.bleed));
    let fall = shadow(layout.shadow_low, palette.shadow_low);
    let border = outline(layout.border, palette.plate_border);
    sheet.plate(rect, [place.rail_radius; 4], vertical(palette.strip), border, Some(fall));
    let inner = Rect::new(rect.x + place.rail_padding, rect.y, rect.w - 2.0 * place.rail_padding, rect.h);
    let (seats, locked) =
        (Words::with(&cx.words.audience, vote.seats), Words::with(&cx.words.audience_locked, vote.count));
    let room = if place.rail_flow == StripFlow::Column {
        let (head, sub) = (typo.head.step().1, typo.sub.step().1);
        let top = Rect { y: inner.y + place.rail_gap / 2.0, h: head, ..inner };
        Run::new(cx).text(&typo.head, palette.ink, seats).fit(inner.w).draw(top, Anchor::Start, &mut sheet);
        let below = Rect { y: top.y + head, h: sub, ..inner };
        Run::new(cx).text(&typo.sub, palette.ink2, locked).fit(inner.w).draw(below, Anchor::Start, &mut sheet);
        let y = below.y + sub;
        Rect { y, h: inner.y + inner.h - y, ..inner }
    } else {
        let words = Run::new(cx)
            .text(&typo.head, palette.ink, seats)
            .gap(layout.run_gap)
            .text(&typo.sub, palette.ink2, format!("·{locked}"))
            .fit(inner.w / 2.0);
        words.draw(inner, Anchor::Start, &mut sheet);
        let used = words.width() + place.rail_gap;
        Rect::new(inner.x + used, inner.y, inner.w - used, inner.h)
    };
    let (rows, columns, radius) = packed(vote.seats, room, place.rail_seat, place.gap / 2.0);
    for seat in 1..=vote.seats {
        let (row, column) = ((seat - 1) / columns, (seat - 1) % columns);
        let pitch = (room.w / columns as f32, room.h / (rows + 1) as f32);
        let centre = Point { x: room.x + (column as f32 + 0.5) * pitch.0, y: room.y + (row as f32 + 1.0) * pitch.1 };
        face(cx, centre, radius, Face::waiting(vote, seat), 0.0, &mut sheet);
        number(cx, Rect::disc(centre, radius), seat, Face::waiting(vote, seat) == Face::Idle, &mut sheet);
    }
    let entrance = cx.fade_at(cx.since.max(vote.since), cx.theme.motion.fade_in);
    layers.push(cx.lay(LayerKind::Panel, 0, sheet, entrance));
}

/// (rows, columns, radius) in which discs up to `most` in size are largest.
fn packed(count: u32, room: Rect, most: f32, gap: f32) -> (u32, u32, f32) {
    let shape = |rows: u32| {
        let columns = count.div_ceil(rows);
        let across = room.w / columns as f32 / 2.0 - gap / 2.0;
        let down = room.h / (rows + 1) as f32 / if rows > 1 { 2.0 } else { 1.0 } - gap / 2.0;
        (rows, columns, across.min(down).min(most))
    };
    (1..=count.clamp(1, 8)).map(shape).max_by(|a, b| a.2.total_cmp(&b.2).then(b.0.cmp(&a.0))).unwrap_or((1, 1, most))
}

/// A seat's number in or under it, where it is big enough to be read there.
fn number(cx: &Cx, rect: Rect, seat: u32, shown: bool, sheet: &mut Sheet) {
    let (role, palette) = (&cx.theme.typography.seat, &cx.theme.palette);
    let text = seat.to_string();
    if shown && cx.set.width(&text, &role.style(role.step(), Rgba::CLEAR)) <= rect.w - 2.0 * cx.theme.layout.duel.stroke
    {
        sheet.line(&cx.theme.typography, rect, Anchor::Centre, role, role.step(), palette.ink2, text);
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Face {
    Idle,
    Answered,
    Told(SeatOutcome),
}

impl Face {
    fn waiting(vote: &AudienceVote, seat: u32) -> Self {
        if vote.locked.iter().any(|(locked, _)| *locked == seat) { Self::Answered } else { Self::Idle }
    }
}

/// One seat; `halo` is how far it is marked as one that pays.
fn face(cx: &Cx, centre: Point, radius: f32, face: Face, halo: f32, sheet: &mut Sheet) {
    let (place, palette) = (&cx.theme.layout.duel, &cx.theme.palette);
    let size = place.seat_icon * radius / place.seat;
    if halo > 0.0 {
        sheet.disc(centre, radius + place.halo, Fill::None, outline(place.halo, palette.accent.fade(halo)));
    }
    match face {
        Face::Idle => {
            sheet.disc(centre, radius, Fill::None, outline(place.stroke, palette.ink3));
        }
        Face::Answered => {
            sheet.disc(centre, radius, vertical(palette.option), outline(place.stroke, palette.plate_edge));
            sheet.disc(centre, radius * place.dot, Fill::Solid(palette.ink), None);
        }
        Face::Told(SeatOutcome::Right) => {
            let ring = outline(place.stroke, palette.ok.fade(0.75));
            sheet.disc(centre, radius, Fill::Solid(palette.plate.1), ring);
            sheet.icon(centre, size, Icon::Check, palette.ok);
        }
        Face::Told(SeatOutcome::Wrong) => {
            sheet.disc(centre, radius, vertical(palette.no_fill), None);
            sheet.icon(centre, size, Icon::Cross, palette.on_no);
        }
        Face::Told(SeatOutcome::Absent) => {
            sheet.ring(RingPart {
                lit: palette.ink3,
                sweep: 1.0,
                dashes: place.dashes,
                ..RingPart::plain(centre, radius, place.stroke)
            });
        }
    }
}

/// The wall of a duel. `pays` are the seats that bring or cost points, marked one by one from `since` on.
pub fn wall(cx: &Cx, vote: &AudienceVote, pays: Option<(SeatOutcome, i64)>, layers: &mut Vec<Layer>) {
    let motion = &cx.theme.motion;
    let places = Places::of(cx, vote.seats);
    let told = vote.tally.as_ref().and_then(|tally| Some((tally.value.seats.as_ref()?, tally.since)));
    let paying = |seat: u32| {
        let outcome = told.and_then(|(seats, _)| seats.get(seat as usize - 1))?;
        pays.filter(|(pays, _)| pays == outcome).map(|(_, since)| since)
    };
    let payers = (1..=vote.seats).filter(|seat| paying(*seat).is_some()).count() as i64;
    let span = motion.n_count.1.us() - motion.n_count.0.us();
    // Many seats turn closer together, so that all are told before they are counted.
    let room = motion.halo.us() - motion.seats_delay.us() - motion.seat_flip.us();
    let stagger = motion.seat_stagger.us().min(room / i64::from(vote.seats.max(2) - 1));

    let apart = vote.seats <= TURNING;
    let mut all = cx.sheet(cx.theme.layout.duel.tally.grow(cx.theme.layout.bleed * 2.0));
    let mut numbers = cx.sheet(cx.theme.layout.safe);
    let mut counted = 0;
    for seat in 1..=vote.seats {
        let centre = places.centre(cx, seat);
        let outcome = told.and_then(|(seats, _)| seats.get(seat as usize - 1)).copied();
        let at = told.map_or(0, |(_, since)| since + motion.seats_delay.us() + i64::from(seat - 1) * stagger);
        let half = motion.seat_flip.us() / 2;
        let shut = if outcome.is_some() { motion.curves.exit.progress(cx.now, at, half) } else { 0.0 };
        let open = motion.curves.out.progress(cx.now, at + half, half);
        let dissolved = if motion.reduced { share(cx.now, at, motion.seat_flip.us()) } else { 1.0 };
        let (shown, scale) = match outcome {
            Some(outcome) if motion.reduced && cx.now >= at => (Face::Told(outcome), 1.0),
            _ if motion.reduced => (Face::waiting(vote, seat), 1.0),
            Some(outcome) if shut >= 1.0 => (Face::Told(outcome), open),
            _ => (Face::waiting(vote, seat), 1.0 - shut),
        };
        let halo = paying(seat).map_or(0.0, |since| {
            let turn = span * counted / payers.max(1);
            counted += 1;
            share(cx.now, since + motion.n_count.0.us() + turn, motion.fade_in.us())
        });
        if apart {
            let mut sheet = cx.sheet(Rect::disc(centre, places.radius + cx.theme.layout.duel.halo));
            face(cx, centre, places.radius, shown, halo, &mut sheet);
            let entrance = cx.entrance(Ms(0)).scaled(scale.max(0.01), 1.0);
            layers.push(cx.lay(LayerKind::Seat, seat as u16, sheet, entrance));
            if dissolved < 1.0 && shown != Face::waiting(vote, seat) {
                let mut sheet = cx.sheet(Rect::disc(centre, places.radius + cx.theme.layout.duel.halo));
                face(cx, centre, places.radius, Face::waiting(vote, seat), 0.0, &mut sheet);
                let former = entrance.faded(1.0 - dissolved);
                layers.push(cx.lay(LayerKind::Seat, FORMER + seat as u16, sheet, former));
            }
        } else {
            face(cx, centre, places.radius, shown, halo, &mut all);
        }
        if places.numbered {
            places.number(cx, seat, halo, &mut numbers);
        }
    }
    if !apart {
        layers.push(cx.lay(LayerKind::Seat, 0, all, cx.entrance(Ms(0))));
    }
    if places.numbered {
        layers.push(cx.lay(LayerKind::Panel, 9, numbers, cx.entrance(Ms(0)).faded(1.0)));
    }
}

/// Where the seats are: rows on circles about one centre, as large as they go into the room below the head.
struct Places {
    seats: u32,
    columns: u32,
    radius: f32,
    pitch: f32,
    top: f32,
    numbered: bool,
}

impl Places {
    fn of(cx: &Cx, seats: u32) -> Self {
        let place = &cx.theme.layout.duel;
        let numbered = Self::packed(cx, seats, true);
        let role = &cx.theme.typography.seat;
        let widest = cx.set.width(&seats.to_string(), &role.style(role.step(), Rgba::CLEAR));
        let legible = numbered.radius >= place.seat_least && widest <= 2.0 * numbered.radius + place.gap;
        if legible { numbered } else { Self::packed(cx, seats, false) }
    }

    fn packed(cx: &Cx, seats: u32, numbered: bool) -> Self {
        let place = &cx.theme.layout.duel;
        let first = if seats > place.row_seats { 2 } else { 1 };
        let rows = first..=seats.clamp(first, 12);
        let fitted = rows.map(|rows| Self::in_rows(cx, seats, rows, numbered));
        let best = fitted.max_by(|a, b| a.radius.total_cmp(&b.radius).then(a.columns.cmp(&b.columns)));
        best.unwrap_or_else(|| Self::in_rows(cx, seats, 1, numbered))
    }

    fn in_rows(cx: &Cx, seats: u32, rows: u32, numbered: bool) -> Self {
        let place = &cx.theme.layout.duel;
        let label = if numbered { place.seat_number_y - place.seat + cx.theme.typography.seat.step().1 } else { 0.0 };
        let columns = seats.div_ceil(rows).max(1);
        let across = place.head.w / (columns as f32 + 0.25) / 2.0 - place.gap / 2.0;
        // The rows hang down at their ends: a row's outermost seat lies this much below its middle.
        let lowest = place.centre.y - place.rows.0;
        let (circle, half) = match rows {
            1 | 2 => (place.rows.1, place.head.w / 2.0 - place.seat),
            _ => (place.centre.y - place.floor, place.head.w / 2.0),
        };
        let sag = circle - (circle * circle - half * half).max(0.0).sqrt();
        let room = place.floor - (lowest - place.seat) - sag;
        let down = (room / rows as f32 - label - place.gap) / 2.0;
        let radius = across.min(down).min(place.seat).max(1.0);
        let tight = 2.0 * radius + label;
        let pitch = (place.rows.0 - place.rows.1).min((room - tight) / (rows.max(2) - 1) as f32);
        let used = pitch * (rows - 1) as f32 + 2.0 * radius + label;
        let top = lowest - place.seat + radius + if rows == 1 { (room - used).max(0.0) / 2.0 } else { 0.0 };
        Self { seats, columns, radius, pitch, top, numbered }
    }

    fn centre(&self, cx: &Cx, seat: u32) -> Point {
        let place = &cx.theme.layout.duel;
        let (row, column) = ((seat - 1) / self.columns, (seat - 1) % self.columns);
        let in_row = self.columns.min(self.seats - row * self.columns);
        let circle = place.centre.y - self.top - row as f32 * self.pitch;
        let designed = if row == 0 { place.steps.0 } else { place.steps.1 };
        let widest = ((place.head.w - 2.0 * self.radius) / circle).to_degrees() / (self.columns.max(2) - 1) as f32;
        let angle = ((column as f32 - (in_row as f32 - 1.0) / 2.0) * designed.min(widest)).to_radians();
        Point { x: place.centre.x + circle * angle.sin(), y: place.centre.y - circle * angle.cos() }
    }

    fn number(&self, cx: &Cx, seat: u32, halo: f32, sheet: &mut Sheet) {
        let (place, typo, palette) = (&cx.theme.layout.duel, &cx.theme.typography, &cx.theme.palette);
        let centre = self.centre(cx, seat);
        let step = typo.seat.step();
        let y = centre.y + self.radius + place.seat_number_y - place.seat;
        let at = Rect::new(centre.x - self.radius, y, 2.0 * self.radius, step.1);
        let ink = palette.ink2.mix(palette.ink, halo);
        sheet.line(typo, at, Anchor::Centre, &typo.seat, step, ink, seat.to_string());
    }
}
