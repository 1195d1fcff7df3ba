//! A line of mixed type: words and figures, each in its own face, set side by side on one centre line.

use crate::show::{
    frame::{
        cx::Cx,
        fit::cut,
        part::{Anchor, Fill, Icon, Point, Rect, Rgba},
        sheet::{Sheet, outline},
    },
    theme::{Role, Step},
};

enum Piece<'a> {
    Text {
        role: &'a Role,
        colour: Rgba,
        text: String,
        /// The line through what no longer holds, px.
        strike: f32,
    },
    /// A team's number in its ring, as the header has it.
    Ringed {
        colour: Rgba,
        text: String,
    },
    Icon {
        icon: Icon,
        size: f32,
        colour: Rgba,
    },
    Bar {
        size: (f32, f32),
        colour: Rgba,
    },
    Gap(f32),
}

/// Pieces from left to right. All texts go down their ladders together until the line fits.
pub struct Run<'a> {
    cx: &'a Cx<'a>,
    pieces: Vec<Piece<'a>>,
    rung: usize,
}

impl<'a> Run<'a> {
    pub const fn new(cx: &'a Cx<'a>) -> Self {
        Self { cx, pieces: Vec::new(), rung: 0 }
    }

    pub fn text(mut self, role: &'a Role, colour: Rgba, text: impl Into<String>) -> Self {
        let text = text.into();
        if !text.is_empty() {
            self.pieces.push(Piece::Text { role, colour, text, strike: 0.0 });
        }
        self
    }

    /// What no longer holds, with a line through it.
    pub fn struck(mut self, role: &'a Role, colour: Rgba, text: impl Into<String>, strike: f32) -> Self {
        self.pieces.push(Piece::Text { role, colour, text: text.into(), strike });
        self
    }

    /// A label of the theme with its figure set in a role of its own: `答对 {} 题`.
    pub fn figure(self, template: &str, words: (&'a Role, Rgba), figure: (&'a Role, Rgba), value: &str) -> Self {
        let (before, after) = template.split_once("{}").unwrap_or((template, ""));
        let gap = self.cx.theme.layout.run_gap;
        let mut run = self.text(words.0, words.1, before.trim_end());
        if !before.is_empty() {
            run = run.gap(gap);
        }
        run = run.text(figure.0, figure.1, value);
        if after.is_empty() { run } else { run.gap(gap).text(words.0, words.1, after.trim_start()) }
    }

    pub fn ringed(mut self, colour: Rgba, text: impl Into<String>) -> Self {
        self.pieces.push(Piece::Ringed { colour, text: text.into() });
        self
    }

    pub fn icon(mut self, icon: Icon, size: f32, colour: Rgba) -> Self {
        self.pieces.push(Piece::Icon { icon, size, colour });
        self
    }

    pub fn bar(mut self, size: (f32, f32), colour: Rgba) -> Self {
        self.pieces.push(Piece::Bar { size, colour });
        self
    }

    pub fn gap(mut self, width: f32) -> Self {
        self.pieces.push(Piece::Gap(width));
        self
    }

    pub fn width(&self) -> f32 {
        self.pieces.iter().map(|piece| self.piece_width(piece)).sum()
    }

    fn step(&self, role: &Role) -> Step {
        role.ladder.get(self.rung).or(role.ladder.last()).copied().unwrap_or(Step(0.0, 0.0))
    }

    fn piece_width(&self, piece: &Piece) -> f32 {
        match piece {
            Piece::Text { role, text, .. } => self.cx.set.width(text, &role.style(self.step(role), Rgba::CLEAR)),
            Piece::Ringed { .. } => self.cx.theme.layout.header.disc,
            Piece::Icon { size, .. } => *size,
            Piece::Bar { size, .. } => size.0,
            Piece::Gap(width) => *width,
        }
    }

    /// Down the ladders to `width`; what still does not fit is cut from the widest text.
    pub fn fit(mut self, width: f32) -> Self {
        let rungs = self.pieces.iter().map(|piece| match piece {
            Piece::Text { role, .. } => role.ladder.len(),
            _ => 1,
        });
        let rungs = rungs.max().unwrap_or(1);
        self.rung = (0..rungs)
            .find(|&rung| {
                self.rung = rung;
                self.width() <= width
            })
            .unwrap_or(rungs - 1);
        let over = self.width() - width;
        if over > 0.0 {
            self.cut(over);
        }
        self
    }

    /// Whether the line goes into `width` without being cut.
    pub fn fits(&self, width: f32) -> bool {
        let rungs =
            self.pieces.iter().map(|piece| if let Piece::Text { role, .. } = piece { role.ladder.len() } else { 1 });
        let smallest = Self { cx: self.cx, pieces: Vec::new(), rung: rungs.max().unwrap_or(1) - 1 };
        self.pieces.iter().map(|piece| smallest.piece_width(piece)).sum::<f32>() <= width
    }

    fn cut(&mut self, over: f32) {
        let widths: Vec<f32> = self.pieces.iter().map(|piece| self.piece_width(piece)).collect();
        let texts = self.pieces.iter().zip(widths).enumerate();
        let texts = texts.filter(|(_, (piece, _))| matches!(piece, Piece::Text { .. }));
        let widest = texts.map(|(i, (_, width))| (i, width)).max_by(|a, b| a.1.total_cmp(&b.1));
        let Some((index, width)) = widest else { return };
        let (set, more, rung) = (self.cx.set, &self.cx.words.more, self.rung);
        if let Some(Piece::Text { role, text, .. }) = self.pieces.get_mut(index) {
            let step = role.ladder.get(rung).or(role.ladder.last()).copied().unwrap_or(Step(0.0, 0.0));
            *text = cut(set, text, &role.style(step, Rgba::CLEAR), (width - over).max(0.0), more);
        }
    }

    /// Sets the line in `rect`, at its left, centre or right.
    pub fn draw(&self, rect: Rect, anchor: Anchor, sheet: &mut Sheet) {
        let spare = rect.w - self.width();
        let mut x = match anchor {
            Anchor::Start => rect.x,
            Anchor::Centre => rect.x + spare / 2.0,
            Anchor::End => rect.x + spare,
        };
        let y = rect.y + rect.h / 2.0;
        let typo = &self.cx.theme.typography;
        for piece in &self.pieces {
            let width = self.piece_width(piece);
            let centre = Point { x: x + width / 2.0, y };
            match piece {
                Piece::Text { role, colour, text, strike } => {
                    let at = Rect::new(x, rect.y, width, rect.h);
                    sheet.line(typo, at, Anchor::Start, role, self.step(role), *colour, text);
                    if *strike > 0.0 {
                        let bar = Rect::new(x - strike, y - strike / 2.0, width + 2.0 * strike, *strike);
                        sheet.plate(bar, [strike / 2.0; 4], Fill::Solid(*colour), None, None);
                    }
                }
                Piece::Ringed { colour, text } => {
                    let header = &self.cx.theme.layout.header;
                    sheet.disc(centre, width / 2.0, Fill::None, outline(header.disc_stroke, *colour));
                    let disc = Rect::disc(centre, width / 2.0);
                    sheet.line(typo, disc, Anchor::Centre, &typo.team_number, typo.team_number.step(), *colour, text);
                }
                Piece::Icon { icon, size, colour } => {
                    sheet.icon(centre, *size, *icon, *colour);
                }
                Piece::Bar { size, colour } => {
                    let bar = Rect::new(x, y - size.1 / 2.0, size.0, size.1);
                    sheet.plate(bar, [size.0 / 2.0; 4], Fill::Solid(*colour), None, None);
                }
                Piece::Gap(_) => {}
            }
            x += width;
        }
    }
}
