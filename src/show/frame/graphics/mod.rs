//! The graphics, one file each: what it shows, where its parts lie, how it moves. The table below is all of them.

mod award;
mod award_hero;
mod award_rows;
mod backdrop;
mod badge;
mod card;
mod case;
mod draw;
mod draw_list;
mod draw_reel;
mod duel;
mod duel_sum;
mod formula;
mod grid;
mod header;
mod lineup;
mod moment;
mod options;
mod pips;
mod ring;
mod risk;
mod run;
mod rush;
mod seal;
mod seats;
mod slate;
mod standings;
mod strip;
mod tally;
mod verdict;

use super::{
    cx::Cx,
    layer::Layer,
    output::Output,
    part::{Fill, Point},
    sheet::Sheet,
};
use crate::show::state::{Core, Program, Scene, Show};

/// The layers that belong to one scene and come and go with it.
pub fn scene(cx: &Cx, scene: Scene, layers: &mut Vec<Layer>) {
    match scene {
        Scene::Slate => slate::compose(cx, layers),
        Scene::Risk => risk::compose(cx, layers),
        Scene::Moment => moment::compose(cx, layers),
        Scene::Rush => rush::compose(cx, layers),
        Scene::Formula => formula::compose(cx, layers),
        Scene::Duel => duel::compose(cx, layers),
        Scene::Award => award::compose(cx, layers),
        Scene::Draw => draw::compose(cx, layers),
        Scene::Standings => standings::compose(cx, layers),
        Scene::Card | Scene::Buzzer => {
            card::compose(cx, layers);
            seats::rail(cx, layers);
            badge::answered(cx, layers);
        }
        _ => {}
    }
}

/// The layers that stand through changes of scene: ground, header, strip and badges.
pub fn standing(show: &Show, cx: &Cx, output: &Output, layers: &mut Vec<Layer>) {
    backdrop::compose(show, cx, output, layers);
    header::compose(show, cx, layers);
    strip::compose(show, cx, layers);
    badge::appeal(show, cx, layers);
}

/// When a standing layer came and went: (instant, whether the scene of that instant carries it).
fn presence(program: &Program, core: &Core, carries: impl Fn(Scene, &Core) -> bool) -> Vec<(i64, bool)> {
    let mut turns: Vec<(i64, bool)> = Vec::new();
    let departed = program.departed.iter().map(|gone| (gone.since, gone.scene, gone.core.as_ref()));
    for (since, scene, core) in departed.chain([(program.since, program.scene, core)]) {
        if turns.last().is_none_or(|last| last.1 != carries(scene, core)) {
            turns.push((since, carries(scene, core)));
        }
    }
    turns
}

/// The page shown now: each stands for the theme's span, the last one holds.
fn page(cx: &Cx, since: i64, pages: usize) -> usize {
    let turn = cx.theme.motion.page.us().max(1);
    (((cx.now - since).max(0) / turn) as usize).min(pages.saturating_sub(1))
}

/// A dot a page at the card's foot; none for a single page.
fn dots(cx: &Cx, page: usize, pages: usize, sheet: &mut Sheet) {
    dots_at(cx, cx.theme.layout.card.dots, page, pages, sheet);
}

/// The same, the last dot's centre at `end`.
fn dots_at(cx: &Cx, end: Point, page: usize, pages: usize, sheet: &mut Sheet) {
    let (place, palette) = (&cx.theme.layout.card, &cx.theme.palette);
    for i in 0..if pages > 1 { pages } else { 0 } {
        let x = end.x - (pages - 1 - i) as f32 * place.dot_pitch;
        let fill = Fill::Solid(if i == page { palette.ink } else { palette.ink3.fade(0.5) });
        sheet.disc(Point { x, y: end.y }, place.dot / 2.0, fill, None);
    }
}
