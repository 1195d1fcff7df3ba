//! The graphics, one file each: what it shows, where its parts lie, how it moves. The table below is all of them.

mod advance;
mod advance_name;
mod answers;
mod assignment;
mod award;
mod award_hero;
mod award_rows;
mod backdrop;
mod badge;
mod body;
mod buzzer;
mod card;
mod card_row;
mod case;
pub mod confidence;
mod draw;
mod draw_list;
mod draw_reel;
mod duel;
mod duel_sum;
mod formula;
mod foul;
mod grid;
mod header;
mod interlude;
mod lamps;
mod light;
mod lineup;
mod listing;
mod long;
mod lower_third;
mod lyric;
mod media;
mod moment;
mod notary;
mod notice;
mod options;
mod phase;
mod photo;
mod pips;
mod qr;
mod quiz;
mod result;
mod ring;
mod risk;
mod risk_place;
mod rule_tiles;
mod rules;
mod run;
mod rush;
mod seal;
mod seats;
mod showcase;
mod slate;
mod spinner;
mod standings;
mod standings_head;
mod standings_row;
mod standings_story;
mod standings_table;
mod strip;
mod strip_chip;
mod strip_page;
mod tabulating;
mod tally;
mod thanks;
mod tie;
mod title;
mod total;
mod turn;
mod under;
mod verdict;
mod withdrawn;

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
    under::compose(cx, scene, layers);
    match scene {
        Scene::Idle => turn::compose(cx, layers),
        Scene::Buzzer => buzzer::compose(cx, layers),
        Scene::Assignment => assignment::compose(cx, layers),
        Scene::Slate => slate::compose(cx, layers),
        Scene::Media => media::compose(cx, layers),
        Scene::Risk => risk::compose(cx, layers),
        Scene::Moment => moment::compose(cx, layers),
        Scene::Rush => rush::compose(cx, layers),
        Scene::Formula => formula::compose(cx, layers),
        Scene::Duel => duel::compose(cx, layers),
        Scene::Award => award::compose(cx, layers),
        Scene::Draw => draw::compose(cx, layers),
        Scene::Standings => standings::compose(cx, layers),
        Scene::Total => total::compose(cx, layers),
        Scene::Advance => advance::compose(cx, layers),
        Scene::Card => {
            card::compose(cx, layers);
            seats::rail(cx, layers);
            badge::answered(cx, layers);
        }
        _ => {}
    }
    withdrawn::compose(cx, scene, layers);
}

/// A result is read from its first frame, and the buzzer opens for all at one instant: nothing that leaves may lie
/// under them.
pub const fn covers(scene: Scene) -> bool {
    matches!(scene, Scene::Moment | Scene::Duel | Scene::Assignment | Scene::Buzzer)
}

/// The layers that stand through changes of scene: ground, header, strip, lower third and badges.
pub fn standing(show: &Show, cx: &Cx, output: &Output, layers: &mut Vec<Layer>) {
    backdrop::compose(show, cx, output, layers);
    header::compose(show, cx, layers);
    let below = layers.len();
    strip::compose(show, cx, layers);
    lower_third::make_way(show, cx, layers, below);
    lower_third::compose(show, cx, layers);
    notice::compose(show, cx, layers);
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
    let at = |now: i64| (((now - since).max(0) / turn) as usize).min(pages.saturating_sub(1));
    let page = at(cx.now);
    if page == 0 || cx.shows(since + page as i64 * turn) { page } else { at(cx.text_now) }
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
