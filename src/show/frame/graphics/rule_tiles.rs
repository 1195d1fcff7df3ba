//! The figures of a round's rules: which there are, and how each is written.

use super::{card, run::Run};
use crate::show::{
    frame::{
        cx::Cx,
        fit::cut,
        part::{Anchor, Rect, Rgba},
        sheet::Sheet,
    },
    protocol::{
        Points,
        roster::{Format, RoundOpened},
    },
    theme::{Role, Step},
    time::SECOND_US,
};

/// One figure and what it is.
pub struct Tile {
    pub caption: String,
    pub content: Content,
}

/// What stands in a tile.
pub enum Content {
    /// A figure and its unit, and whether it is understood without.
    Figure { figure: String, unit: String, colour: Rgba, plain: bool },
    /// Figures to choose from.
    Choice(Vec<String>),
    /// Words, in rows.
    Kinds(Vec<String>),
}

/// Whole minutes are said as such from here; shorter times are read beside a ring that counts seconds.
const MINUTES_FROM_S: i64 = 300;

/// The tiles of `round`, in the order in which a host explains them.
pub fn of(cx: &Cx, round: &RoundOpened) -> Vec<Tile> {
    let (words, palette, rules) = (&cx.words.slates, &cx.theme.palette, &round.rules);
    let mut tiles = Vec::new();
    let mut add = |caption: &str, content: Content| tiles.push(Tile { caption: caption.to_owned(), content });
    let figure = |figure: String, unit: &str| Content::Figure {
        figure,
        unit: unit.to_owned(),
        colour: palette.ink,
        plain: false,
    };
    if !rules.kinds.is_empty() {
        let mut kinds: Vec<String> = Vec::new();
        for kind in rules.kinds.iter().map(|kind| card::kind(cx.words, *kind).to_owned()) {
            if !kinds.contains(&kind) {
                kinds.push(kind);
            }
        }
        add(&words.rule_kinds, Content::Kinds(kinds));
    }
    if let Some(questions) = rules.questions.filter(|questions| *questions > 0) {
        add(&words.rule_questions, figure(questions.to_string(), &words.unit_questions));
    }
    if let Some(us) = rules.duration_us.filter(|us| *us > 0) {
        let whole = matches!(round.format, Format::Rush | Format::Showcase | Format::Written);
        let seconds = us.saturating_add(SECOND_US - 1) / SECOND_US;
        let minutes = seconds >= MINUTES_FROM_S && seconds % 60 == 0;
        let (value, unit) = if minutes { (seconds / 60, &words.unit_minutes) } else { (seconds, &words.unit_seconds) };
        let caption = if whole { &words.rule_time } else { &words.rule_each };
        add(caption, figure(value.to_string(), unit));
    }
    if !rules.values.is_empty() {
        add(&words.rule_values, Content::Choice(rules.values.iter().map(ToString::to_string).collect()));
    }
    let points = [
        (&words.rule_right, rules.right, palette.ok),
        (&words.rule_wrong, rules.wrong, palette.no),
        (&words.rule_foul, rules.foul, palette.no),
    ];
    for (caption, value, colour) in points {
        if let Some(value) = value {
            let colour = if value == Points::ZERO { palette.ink } else { colour };
            let unit = words.unit_points.clone();
            add(caption, Content::Figure { figure: value.signed(), unit, colour, plain: true });
        }
    }
    tiles
}

/// Side by side over the whole of `row`; words need more room than a figure.
pub fn places<'a>(cx: &Cx, tiles: &'a [Tile], row: Rect) -> Vec<(&'a Tile, Rect)> {
    let place = &cx.theme.layout.slates.rules;
    let share = |tile: &Tile| match &tile.content {
        Content::Figure { .. } => 1.0,
        Content::Choice(values) => {
            if values.len() > 1 {
                place.tile_words
            } else {
                1.0
            }
        }
        Content::Kinds(_) => place.tile_words,
    };
    let whole: f32 = tiles.iter().map(share).sum();
    let room = row.w - place.gap * (tiles.len().saturating_sub(1)) as f32;
    let mut x = row.x;
    let at = |tile: &'a Tile| {
        let rect = Rect { x, w: room * share(tile) / whole, ..row };
        x += rect.w + place.gap;
        (tile, rect)
    };
    tiles.iter().map(at).collect()
}

/// How the figures of one card are set: all alike.
pub struct Figures {
    role: Role,
    /// The points' units are said.
    units: bool,
}

/// Rungs at which a unit is worth its room; before figures get smaller than that, points go without.
const RUNGS_WITH_UNITS: usize = 2;

impl Figures {
    /// The largest setting in which every tile's line fits its tile.
    pub fn fit(cx: &Cx, tiles: &[(&Tile, Rect)]) -> Self {
        let (role, place) = (&cx.theme.typography.rule_figure, &cx.theme.layout.slates.rules);
        let rungs = role.ladder.len();
        let set = |(rung, units): (usize, bool)| Self {
            role: Role { ladder: role.ladder.get(rung..).unwrap_or_default().to_vec(), ..role.clone() },
            units,
        };
        let fits = |figures: &Self| {
            let fit = |(tile, rect): &(&Tile, Rect)| {
                let run = tile.content.run(cx, figures);
                run.is_none_or(|run| run.width() <= rect.w - 2.0 * place.figure_padding)
            };
            tiles.iter().all(fit)
        };
        let with = (0..rungs.min(RUNGS_WITH_UNITS)).map(|rung| (rung, true));
        let tries = with.chain((0..rungs).map(|rung| (rung, false)));
        tries.map(set).find(fits).unwrap_or_else(|| set((rungs.saturating_sub(1), false)))
    }
}

impl Content {
    /// Its figures as one line.
    fn run<'a>(&self, cx: &'a Cx<'a>, figures: &'a Figures) -> Option<Run<'a>> {
        let (typo, palette, role) = (&cx.theme.typography, &cx.theme.palette, &figures.role);
        let place = &cx.theme.layout.slates.rules;
        let mut run = Run::new(cx);
        match self {
            Self::Figure { figure, unit, colour, plain } => {
                run = run.text(role, *colour, figure);
                if !unit.is_empty() && (figures.units || !plain) {
                    run = run.gap(cx.theme.layout.run_gap).text(&typo.rule_unit, palette.ink2, unit);
                }
            }
            Self::Choice(values) => {
                for (i, value) in values.iter().enumerate() {
                    if i > 0 {
                        run = run.gap(place.bar_gap).bar(place.bar, palette.ink3).gap(place.bar_gap);
                    }
                    run = run.text(role, palette.ink, value);
                }
            }
            Self::Kinds(_) => return None,
        }
        Some(run)
    }

    /// Centred in `area`.
    pub fn draw(&self, cx: &Cx, figures: &Figures, area: Rect, sheet: &mut Sheet) {
        match self {
            Self::Figure { .. } | Self::Choice(_) => {
                if let Some(run) = self.run(cx, figures) {
                    run.fit(area.w).draw(area, Anchor::Centre, sheet);
                }
            }
            Self::Kinds(kinds) => draw_kinds(cx, kinds, area, sheet),
        }
    }
}

/// Words in two columns, or in one where they are long; all alike.
fn draw_kinds(cx: &Cx, kinds: &[String], area: Rect, sheet: &mut Sheet) {
    let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
    let role = &typo.rule_word;
    let cell = |columns: usize| {
        let rows = kinds.len().div_ceil(columns).max(1);
        Rect { w: area.w / columns as f32, h: area.h / rows as f32, ..area }
    };
    let set = |columns: usize| {
        let cell = cell(columns);
        let fits = |step: &&Step| {
            let style = role.style(**step, Rgba::CLEAR);
            step.1 <= cell.h * KIND_HEIGHT && kinds.iter().all(|kind| cx.set.width(kind, &style) <= cell.w * KIND_WIDTH)
        };
        role.ladder.iter().find(fits).map(|step| (columns, *step))
    };
    let smallest = role.ladder.last().copied().unwrap_or(role.step());
    let most = if kinds.len() > 2 { 2 } else { 1 };
    let (columns, step) = (1..=most).rev().find_map(set).unwrap_or((most, smallest));
    let cell = cell(columns);
    for (i, kind) in kinds.iter().enumerate() {
        // The last of an odd number stands in the middle of its row.
        let alone = columns > 1 && i + 1 == kinds.len() && kinds.len() % columns == 1;
        let column = if alone { 0.5 } else { (i % columns) as f32 };
        let at = cell.shift(column * cell.w, (i / columns) as f32 * cell.h);
        let text = cut(cx.set, kind, &role.style(step, palette.ink), cell.w * KIND_WIDTH, &cx.words.more);
        sheet.line(typo, at, Anchor::Centre, role, step, palette.ink, text);
    }
}

/// Share of its column that a kind's word may fill, and how far its line may reach over its row.
const KIND_WIDTH: f32 = 0.92;
const KIND_HEIGHT: f32 = 1.25;
