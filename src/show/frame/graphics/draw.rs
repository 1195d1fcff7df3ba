//! The draw: a reel that runs over the pool and lands on what the feed drew, and the list of all that is drawn.

use super::{draw_reel::Reel, run::Run, seal};
use crate::show::{
    frame::{
        correction::{At, tag, tags},
        cx::Cx,
        fit::{fit_balanced, one_line},
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Rect, Rgba},
        sheet::Sheet,
    },
    motion::share,
    protocol::roster::{DrawKind, DrawResolved},
    state::{Draw, Stamped},
    theme::{Ms, SealPlace},
};

/// Texts on one layer of the reel: it is drawn anew when all of them have passed.
const BLOCK: i64 = 4;

/// Share of the window's height that a figure may have.
const FIGURE_HEIGHT: f32 = 0.92;

/// The reel's layers, bottom to top: the texts pass between the well and the veil.
const WELL: u16 = 0;
const STRIPS: u16 = 1;
const VEIL: u16 = 3;
const LANDED: u16 = 4;
const DASHED: u16 = 6;
const SOLID: u16 = 7;
pub const CAPTION: u16 = 8;

/// Title, reel and list.
pub fn compose(cx: &Cx, layers: &mut Vec<Layer>) {
    let Some(draw) = &cx.core.draw else { return };
    let stage = Stage { cx, draw, total: total(cx, draw), alone: draw.opened.kind == DrawKind::Question };
    let reel = Reel::new(draw, stage.total, &cx.theme.motion);
    stage.head(layers);
    stage.reel(&reel, layers);
    stage.list(&reel, layers);
    let newest = draw.resolved.iter().filter_map(|result| result.was.as_deref()).max_by_key(|was| was.since);
    let place = &cx.theme.layout.draw;
    tag(cx, tags::VERDICT, newest, At::Centre(if stage.alone { place.hero_tag } else { place.tag }), layers);
}

/// How many are to be drawn, where it is known.
pub fn total(cx: &Cx, draw: &Draw) -> Option<usize> {
    let teams = cx.core.config.teams.len();
    let teams = (draw.opened.kind == DrawKind::TeamNumber && teams > 0).then_some(teams);
    draw.opened.slots.map(|slots| slots as usize).or(teams)
}

struct Stage<'a> {
    cx: &'a Cx<'a>,
    draw: &'a Draw,
    total: Option<usize>,
    /// The reel stands alone in the middle.
    alone: bool,
}

impl Stage<'_> {
    fn head(&self, layers: &mut Vec<Layer>) {
        let (cx, place) = (self.cx, &self.cx.theme.layout.draw);
        let (typo, palette, words) = (&cx.theme.typography, &cx.theme.palette, cx.words);
        let (event, title, anchor, role) = if self.alone {
            (place.hero_event, place.hero_title, place.hero_align, &typo.scene_title)
        } else {
            (place.event, place.title, Anchor::Start, &typo.award_title)
        };
        let mut sheet = cx.sheet(event.union(title));
        if event.h > 0.0 {
            let (step, text) = one_line(cx.set, &cx.core.config.title, &typo.award_event, event.w, &words.more);
            sheet.line(typo, event, anchor, &typo.award_event, step, palette.ink2, text);
        }
        let by_kind = match self.draw.opened.kind {
            DrawKind::TeamNumber => &words.draw_numbers,
            DrawKind::Question => &words.draw_question,
            DrawKind::Representative => &words.draw_people,
        };
        let text = Some(&self.draw.opened.title).filter(|title| !title.is_empty()).unwrap_or(by_kind);
        let tag = if self.alone { 0.0 } else { cx.theme.layout.award.tag_room };
        let (step, text) = one_line(cx.set, text, role, title.w - tag, &words.more);
        sheet.line(typo, title, anchor, role, step, palette.ink, text);
        layers.push(cx.lay(LayerKind::Panel, 0, sheet, cx.entrance(Ms(0))));
    }

    fn disc(&self) -> &SealPlace {
        let place = &self.cx.theme.layout.draw;
        if self.alone { &place.hero } else { &place.reel }
    }

    /// What is seen of the reel, a text's box, from text to text.
    fn window(&self) -> (Rect, (f32, f32), f32) {
        let place = &self.cx.theme.layout.draw;
        let (window, text, pitch) = if self.alone {
            (place.hero_window, place.hero_text, place.hero_pitch)
        } else {
            (place.window, place.text, place.pitch)
        };
        let figures = self.draw.opened.pool.iter().all(|text| figures(text));
        let pitch = if figures { pitch.1 } else { pitch.0 };
        let centre = self.disc().centre;
        (Rect::new(centre.x - window.0 / 2.0, centre.y - window.1 / 2.0, window.0, window.1), text, pitch)
    }

    fn reel(&self, reel: &Reel, layers: &mut Vec<Layer>) {
        let (cx, place) = (self.cx, &self.cx.theme.layout.draw);
        let motion = &cx.theme.motion;
        let swap = motion.swap.us();
        // 0 while it runs, 1 while what was drawn is held.
        let held = reel.rest(cx.now).map_or(0.0, |(landed, restart)| {
            share(cx.now, landed, swap) * (1.0 - restart.map_or(0.0, |at| share(cx.now, at, swap)))
        });
        let entrance = Placement { y: 0.0, ..cx.entrance(Ms(0)) };
        let disc = self.disc();
        let mut well = cx.sheet(seal::area(disc));
        seal::well(cx, disc, &mut well);
        layers.push(cx.lay(LayerKind::Coin, WELL, well, entrance));
        for (dashes, index, opacity) in [(place.dashes, DASHED, 1.0 - held), (0, SOLID, held)] {
            if opacity > 0.0 {
                let mut sheet = cx.sheet(seal::area(disc));
                seal::ring(cx, disc, dashes, &mut sheet);
                layers.push(cx.lay(LayerKind::Coin, index, sheet, entrance.faded(opacity)));
            }
        }
        let at = reel.at(cx.now);
        if held < 1.0 {
            self.strips(reel, at, entrance.faded((1.0 - held) * place.dim), layers);
        }
        let landed = reel.rest(cx.now).is_some_and(|(landed, _)| cx.now >= landed);
        if let Some((result, spot)) = reel.landing(cx.now).filter(|_| landed && held > 0.0) {
            self.landed(result, (at - spot as f64) as f32, entrance.faded(held), layers);
        }
    }

    /// The texts that pass: two layers in turn, moved behind the window.
    fn strips(&self, reel: &Reel, at: f64, motion: Placement, layers: &mut Vec<Layer>) {
        let (cx, place) = (self.cx, &self.cx.theme.layout.draw);
        let (window, text, pitch) = self.window();
        let ink = cx.theme.palette.well_ink;
        let first = ((at.floor() as i64) - 1).div_euclid(BLOCK);
        for block in [first, first + 1] {
            let tall = BLOCK as f32 * pitch;
            let mut sheet = cx.sheet(Rect::new(window.x, 0.0, window.w, tall));
            for i in 0..BLOCK {
                let text_at = reel.text(block * BLOCK + i, cx.now).unwrap_or(&cx.words.draw_unknown);
                // They come from above: the later, the higher.
                let middle = (BLOCK - 1 - i) as f32 * pitch + pitch / 2.0;
                let area = Rect::new(window.x + (window.w - text.0) / 2.0, middle - text.1 / 2.0, text.0, text.1);
                self.set(text_at, area, ink, &mut sheet);
            }
            let last = (block * BLOCK + BLOCK - 1) as f64;
            let top = (window.centre().y - pitch / 2.0 - ((last - at) as f32) * pitch).round();
            let seen = (window.y - top).max(0.0)..(window.y + window.h - top).min(tall);
            if seen.is_empty() {
                continue;
            }
            let clip = Some(Rect::new(0.0, seen.start, window.w, seen.end - seen.start));
            let index = STRIPS + block.rem_euclid(2) as u16;
            layers.push(cx.lay(LayerKind::Coin, index, sheet, Placement { clip, ..motion.moved(0.0, top) }));
        }
        let well = cx.theme.palette.well;
        let mut veil = cx.sheet(window);
        // Twice over at the very ends, where nothing may be left of a text that is cut.
        for h in [place.veil, place.veil / 2.0] {
            let head = Rect { h, ..window };
            veil.plate(head, [0.0; 4], Fill::Vertical(well, well.fade(0.0)), None, None);
            let foot = Rect { y: window.y + window.h - h, h, ..window };
            veil.plate(foot, [0.0; 4], Fill::Vertical(well.fade(0.0), well), None, None);
        }
        let opacity = if motion.opacity > 0.0 { motion.opacity / place.dim } else { 0.0 };
        layers.push(cx.lay(LayerKind::Coin, VEIL, veil, Placement { opacity, ..motion }));
    }

    /// A text of the reel: figures as large as the disc allows, words in lines.
    fn set(&self, text: &str, area: Rect, colour: Rgba, sheet: &mut Sheet) {
        let (cx, typo) = (self.cx, &self.cx.theme.typography);
        if figures(text) {
            let mut role = if self.alone { typo.moment.clone() } else { typo.result.clone() };
            seal::lower(&mut role, self.window().0.h * FIGURE_HEIGHT);
            let step = crate::show::frame::fit_line(cx.set, text, &role, area.w);
            sheet.line(typo, area, Anchor::Centre, &role, step, colour, text);
            return;
        }
        let role = if self.alone { &typo.reel_hero } else { &typo.reel_name };
        let fitted = fit_balanced(cx.set, text, role, area.w, area.h);
        seal::block(cx, area, Anchor::Centre, role, &fitted, colour, sheet);
    }

    /// What was drawn, in the accent; `off` texts away from the middle once the reel starts again.
    fn landed(&self, result: &Stamped<DrawResolved>, off: f32, motion: Placement, layers: &mut Vec<Layer>) {
        let cx = self.cx;
        let (window, text, pitch) = self.window();
        let centre = self.disc().centre;
        let area = Rect::new(centre.x - text.0 / 2.0, centre.y - text.1 / 2.0, text.0, text.1);
        let mut sheet = cx.sheet(window);
        self.set(&result.value.value, area, cx.theme.palette.ring, &mut sheet);
        layers.push(cx.lay(LayerKind::Coin, LANDED, sheet, motion.moved(0.0, (off * pitch).round())));
    }

    /// Who drew, who is drawn, how many.
    fn list(&self, reel: &Reel, layers: &mut Vec<Layer>) {
        let (cx, place) = (self.cx, &self.cx.theme.layout.draw);
        let listed = reel.listed();
        let known = listed.iter().filter(|(_, at)| *at <= cx.now).count();
        super::draw_list::List { cx, draw: self.draw, total: self.total, listed: &listed }.compose(reel, layers);
        if self.alone {
            return;
        }
        let (typo, palette) = (&cx.theme.typography, &cx.theme.palette);
        let mut sheet = cx.sheet(place.count);
        let mut run = Run::new(cx).figure(
            &cx.words.drawn,
            (&typo.summary, palette.ink2),
            (&typo.summary_figure, palette.ink),
            &known.to_string(),
        );
        if let Some(total) = self.total {
            let gap = cx.theme.layout.award.pager_gap;
            let of = (&typo.pager_of, palette.ink2);
            run = run.gap(gap).figure(&cx.words.drawn_of, of, of, &total.to_string());
        }
        run.fit(place.count.w).draw(place.count, Anchor::Start, &mut sheet);
        layers.push(cx.lay(LayerKind::Panel, 1, sheet, cx.entrance(Ms(cx.theme.motion.stagger.0 * 2))));
    }
}

/// A number, set in figures.
pub fn figures(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_digit())
}

/// The name of what draws: a team's where it is one.
pub fn slot_name<'a>(cx: &'a Cx, slot: &'a str) -> &'a str {
    cx.core.team(slot).map_or(slot, |team| team.name.as_str())
}
