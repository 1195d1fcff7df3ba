//! The teams' lamps in the strip's place: who may press, who has, who was first, who was too early.

use super::buzzer::Face;
use crate::show::{
    frame::{
        cx::Cx,
        fit::{cut, fit_line},
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Icon, Point, Rect, Rgba},
        sheet::{Sheet, outline, vertical},
    },
    motion::share,
    protocol::roster::Team,
    state::Buzzer,
    theme::{Ms, Step},
};

/// More lamps than this stand in no two rows; those that say something come first then.
const MOST: usize = 40;

#[derive(Clone, Copy, Debug, PartialEq)]
enum Lamp {
    /// May press.
    Open,
    /// May not, or has not.
    Dark,
    /// Pressed later.
    Late,
    First,
    Foul,
}

/// One layer a team; lamps of up to a row's worth of teams have names.
pub fn compose(cx: &Cx, buzzer: &Buzzer, face: Face, layers: &mut Vec<Layer>) {
    let place = &cx.theme.layout.buzzer;
    let state = |team: &Team| Lamp::of(buzzer, face, &team.id);
    let mut teams = cx.core.teams();
    if teams.len() > MOST {
        let mut order: Vec<usize> = (0..teams.len()).collect();
        let lit = |i: &usize| teams.get(*i).is_some_and(|team| !matches!(state(team), Lamp::Open | Lamp::Dark));
        order.sort_by_key(|i| (!lit(i), *i));
        order.truncate(MOST);
        order.sort_unstable();
        teams = order.into_iter().filter_map(|i| teams.get(i).copied()).collect();
    }
    let count = teams.len();
    let named = count <= place.named as usize;
    let per_row = if named { count } else { count.div_ceil(2) };
    let pitch = (place.lamps.w / per_row.max(1) as f32).min(place.lamp_pitch);
    let name = NameSetting::of(cx, &teams, pitch);
    for (index, team) in teams.iter().enumerate() {
        let (row, column) = (index / per_row.max(1), index % per_row.max(1));
        let in_row = if row == 0 { per_row } else { count - per_row };
        let middle = place.lamps.x + place.lamps.w / 2.0;
        let x = middle + (column as f32 - (in_row as f32 - 1.0) / 2.0) * pitch;
        let y = match (named, row) {
            (true, _) => place.lamp_y,
            (false, 0) => place.rows.0,
            (false, _) => place.rows.1,
        };
        let lamp = state(team);
        let area = Rect::new(x - pitch / 2.0, y - place.lamp_halo, pitch, place.lamps.y + place.lamps.h - y)
            .grow(place.lamp_halo / 4.0);
        let area = Rect { h: area.h + place.lamp_halo, ..area };
        let mut sheet = cx.sheet(area);
        let centre = Point { x, y };
        let dim = cx.now_dimmed(face);
        if named {
            let radius = place.lamp;
            disc(cx, team, lamp, centre, radius, place.lamp_lit - place.lamp, dim, &mut sheet);
            name.draw(cx, team, lamp, centre, dim, &mut sheet);
        } else {
            let radius = place.small.min(pitch / 2.0 - 2.0);
            disc(cx, team, lamp, centre, radius, 0.0, dim, &mut sheet);
        }
        let motion =
            if lamp == Lamp::First || lamp == Lamp::Foul { Placement::at(0.0, 0.0) } else { cx.entrance(Ms(0)) };
        layers.push(cx.lay(LayerKind::Coin, index as u16, sheet, motion));
    }
}

impl Lamp {
    fn of(buzzer: &Buzzer, face: Face, team: &str) -> Self {
        let pressed = buzzer.hits.iter().any(|hit| hit.team == team);
        match face {
            Face::Won(hit) if hit.team == team => Self::First,
            Face::Fouled(foul) if foul.team == team => Self::Foul,
            _ if pressed => Self::Late,
            _ if buzzer.fouls.iter().any(|foul| foul.team == team) => Self::Foul,
            Face::Armed(_) => Self::Open,
            _ => Self::Dark,
        }
    }
}

impl Cx<'_> {
    /// How far the lamps that lost have gone dark.
    fn now_dimmed(&self, face: Face) -> f32 {
        let since = match face {
            Face::Armed(_) => return 0.0,
            Face::Shut => return 1.0,
            Face::Won(press) | Face::Fouled(press) => press.since,
        };
        share(self.now, since, self.theme.motion.fade_in.us())
    }
}

#[expect(clippy::too_many_arguments, reason = "a lamp is a team, a state, a place and a light")]
fn disc(cx: &Cx, team: &Team, lamp: Lamp, centre: Point, radius: f32, grows: f32, dim: f32, sheet: &mut Sheet) {
    let (place, typo, palette) = (&cx.theme.layout.buzzer, &cx.theme.typography, &cx.theme.palette);
    let compact = grows <= 0.0;
    let lit = radius + grows;
    let ink = match lamp {
        Lamp::First => {
            let halo = if compact { lit * 1.14 } else { place.lamp_halo };
            sheet.disc(centre, halo, Fill::Solid(palette.accent.fade(0.2)), None);
            sheet.disc(centre, lit, vertical(palette.accent_fill), None);
            palette.on_accent
        }
        Lamp::Foul => {
            sheet.disc(centre, lit, vertical(palette.no_fill), outline(place.lamp_stroke, palette.no));
            palette.on_no
        }
        Lamp::Open | Lamp::Late => {
            let ring = if lamp == Lamp::Open { palette.ink } else { palette.ink2 };
            sheet.disc(centre, radius, Fill::Solid(palette.plate.1), outline(place.lamp_stroke, ring));
            palette.ink
        }
        Lamp::Dark => {
            let ring = palette.ink.mix(palette.ink3.fade(0.6), dim);
            sheet.disc(centre, radius, Fill::Solid(palette.plate.1), outline(place.lamp_stroke, ring));
            palette.ink.mix(palette.ink2, dim)
        }
    };
    if lamp == Lamp::Foul && !compact {
        sheet.icon(centre, place.lamp_icon, Icon::Bang, ink);
        return;
    }
    let text = team.number.to_string();
    let step = fit_line(cx.set, &text, &typo.lamp_number, 1.7 * radius);
    sheet.line(typo, Rect::disc(centre, radius), Anchor::Centre, &typo.lamp_number, step, ink, text);
    if lamp == Lamp::Foul {
        // The number is all that names the team here: the sign stands at its shoulder.
        let at = Point { x: centre.x + radius * 0.72, y: centre.y - radius * 0.72 };
        sheet.disc(at, place.mark, Fill::Solid(palette.on_no), None);
        sheet.icon(at, place.mark * 1.5, Icon::Bang, palette.no_fill.1);
    }
}

/// All names of a row are set alike, on one line or on two.
struct NameSetting {
    step: Step,
    room: f32,
}

impl NameSetting {
    fn of(cx: &Cx, teams: &[&Team], pitch: f32) -> Self {
        let (place, role) = (&cx.theme.layout.buzzer, &cx.theme.typography.lamp_name);
        let room = pitch - place.name_gap;
        let step = teams.iter().map(|team| fit_line(cx.set, label(team), role, room));
        let step = step.min_by(|a, b| a.0.total_cmp(&b.0)).unwrap_or(role.step());
        Self { step, room }
    }

    fn draw(&self, cx: &Cx, team: &Team, lamp: Lamp, centre: Point, dim: f32, sheet: &mut Sheet) {
        let (place, typo, palette) = (&cx.theme.layout.buzzer, &cx.theme.typography, &cx.theme.palette);
        let ink = if lamp == Lamp::Dark { palette.ink.mix(palette.ink2, dim) } else { palette.ink };
        let role = &typo.lamp_name;
        let style = role.style(self.step, Rgba::CLEAR);
        let mut lines = cx.set.lines(label(team), &style, self.room);
        if place.name_lines < 2 {
            lines = vec![cut(cx.set, label(team), &style, self.room, &cx.words.more)];
        }
        let rest: String = lines.iter().skip(1).map(|line| line.trim()).collect();
        lines.truncate(1);
        if !rest.is_empty() {
            lines.push(cut(cx.set, &rest, &style, self.room, &cx.words.more));
        }
        for (i, line) in lines.iter().enumerate() {
            let y = place.name_y + i as f32 * self.step.1 * 0.93;
            let row = Rect::new(centre.x - self.room / 2.0, y, self.room, self.step.1);
            sheet.line(typo, row, Anchor::Centre, role, self.step, ink, line.trim());
        }
    }
}

fn label(team: &Team) -> &str {
    team.short.as_ref().unwrap_or(&team.name)
}
