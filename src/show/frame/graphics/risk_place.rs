//! Where the coins of the risk wall lie: on one arc, or in rows where the arc cannot hold them.

use super::risk::Wall;
use crate::show::{
    frame::{
        fit::fit_line,
        part::{Point, Rgba},
    },
    protocol::Points,
    theme::Role,
};

impl Wall<'_> {
    /// (coin radius, step in degrees) on the arc.
    pub fn size(&self) -> (f32, f32) {
        if let Some((_, radius)) = self.rows() {
            return (radius, 0.0);
        }
        let sizes = &self.cx.theme.layout.risk.coins;
        let size = sizes.iter().find(|(up_to, ..)| self.count <= *up_to as usize).or(sizes.last());
        size.map_or((0.0, 0.0), |(_, radius, step)| (*radius, *step))
    }

    /// (rows, coin radius) where there are more teams than the arc holds; beyond the theme's last entry more rows of
    /// smaller coins.
    pub fn rows(&self) -> Option<(usize, f32)> {
        let place = &self.cx.theme.layout.risk;
        if place.coins.iter().any(|(up_to, ..)| self.count <= *up_to as usize) {
            return None;
        }
        if let Some((_, rows, radius)) = place.rows.iter().find(|(up_to, ..)| self.count <= *up_to as usize) {
            return Some(((*rows).max(1) as usize, *radius));
        }
        let (up_to, rows, radius) = *place.rows.last()?;
        let more = self.count.div_ceil((up_to / rows.max(1)).max(1) as usize);
        Some((more, radius * rows as f32 / more as f32))
    }

    /// Columns of a row, their pitch.
    fn columns(&self, rows: usize) -> (usize, f32) {
        let columns = self.count.div_ceil(rows).max(1);
        (columns, self.cx.theme.layout.risk.area.w / columns as f32)
    }

    pub fn centre(&self, index: usize) -> Point {
        let place = &self.cx.theme.layout.risk;
        if let Some((rows, radius)) = self.rows() {
            let (columns, pitch) = self.columns(rows);
            let (row, column) = (index / columns, index % columns);
            let in_row = columns.min(self.count - row * columns);
            let x = place.area.x + place.area.w / 2.0 + (column as f32 - (in_row as f32 - 1.0) / 2.0) * pitch;
            let height = place.area.h / rows as f32;
            let used = 2.0 * radius + place.row_name_gap + self.name_lines() as f32 * self.name_role().step().1;
            return Point { x, y: place.area.y + row as f32 * height + (height - used).max(0.0) / 2.0 + radius };
        }
        let angle = ((index as f32 - (self.count as f32 - 1.0) / 2.0) * self.size().1).to_radians();
        Point { x: place.centre.x + place.radius * angle.sin(), y: place.centre.y - place.radius * angle.cos() }
    }

    /// Lines that a name may take.
    pub fn name_lines(&self) -> usize {
        self.rows().map_or(2, |(rows, _)| if rows > 2 { 1 } else { 2 })
    }

    /// Names in many rows are as small as may be.
    pub fn name_role(&self) -> Role {
        let role = &self.cx.theme.typography.coin_name;
        let smallest = role.ladder.last().copied().filter(|_| self.name_lines() == 1);
        smallest.map_or_else(|| role.clone(), |step| Role { ladder: vec![step], ..role.clone() })
    }

    /// Width of a coin's place.
    pub fn pitch(&self, index: usize) -> f32 {
        if let Some((rows, _)) = self.rows() {
            return self.columns(rows).1;
        }
        let place = &self.cx.theme.layout.risk;
        let angle = ((self.centre(index).x - place.centre.x) / place.radius).clamp(-1.0, 1.0).asin();
        place.radius * self.size().1.to_radians() * angle.cos()
    }

    /// How much a coin is drawn out sideways so that its value can be read: nothing for most.
    pub fn stretch(&self, index: usize, value: Points) -> f32 {
        let (typo, place, radius) = (&self.cx.theme.typography, &self.cx.theme.layout.risk, self.size().0);
        let text = value.to_string();
        let room = 2.0 * (radius - place.inner_ring) * 0.9;
        let step = fit_line(self.cx.set, &text, &typo.coin, room);
        let over = self.cx.set.width(&text, &typo.coin.style(step, Rgba::CLEAR)) - room;
        (over / 2.0).clamp(0.0, (self.pitch(index) / 2.0 - radius - place.rim).max(0.0))
    }
}
