//! Awards: the seal with the award's name, and its winners: one, a podium, or pages of a list that turn by themselves
//! or are stepped. Ranked ones are revealed from the last to the first.

use super::{award_rows::Rows, run::Run, seal};
use crate::show::{
    award::{Roll, Shown},
    frame::{
        correction::{At, tag, tags},
        cx::Cx,
        fit::one_line,
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Fill, Rect},
    },
    motion::share,
    protocol::score::AwardSet,
    state::Award,
    theme::Ms,
};

/// Layers of the panel kind: the head, then the rows' plates.
const HEAD: u16 = 0;
const PAGER: u16 = 1;
const LIST: u16 = 2;

/// Seal, head, rows and pager.
pub fn compose(cx: &Cx, layers: &mut Vec<Layer>) {
    let Some(award) = &cx.core.award else { return };
    let plan = &cx.theme.layout.award.plan;
    let roll = Roll::of(&award.set, plan);
    let shown = roll.shown(award, plan, cx.now);
    the_seal(cx, award, layers);
    head(cx, &award.set, &roll, &shown, layers);
    pager(cx, &award.set, &roll, &shown, layers);
    Rows { cx, award, roll: &roll, shown }.compose(layers);
    tag(cx, tags::VERDICT, award.was.as_deref(), At::Centre(cx.theme.layout.award.tag), layers);
}

/// What stands above a title's main part, and that part: 全省·人社知识通.
fn parts(title: &str) -> (&str, &str) {
    title.split_once('·').filter(|(small, main)| !small.is_empty() && !main.is_empty()).unwrap_or(("", title))
}

fn the_seal(cx: &Cx, award: &Award, layers: &mut Vec<Layer>) {
    let (place, typo, palette) = (&cx.theme.layout.award, &cx.theme.typography, &cx.theme.palette);
    let came = cx.arrived(Ms(0), cx.theme.motion.ground);
    let scale = cx.theme.motion.disc_from + (1.0 - cx.theme.motion.disc_from) * came;
    let motion = cx.entrance(Ms(0)).scaled(scale, scale);
    let motion = Placement { y: 0.0, ..motion };
    let mut sheet = cx.sheet(seal::area(&place.seal));
    seal::disc(cx, &place.seal, &mut sheet);
    layers.push(cx.lay(LayerKind::Coin, 0, sheet, motion));
    let (small, main) = parts(&award.set.title);
    let mut sheet = cx.sheet(seal::area(&place.seal));
    let mut area = place.seal_text;
    if !small.is_empty() {
        let role = &typo.award_seal_small;
        let (step, text) = one_line(cx.set, small, role, place.seal_small.w, &cx.words.more);
        sheet.line(typo, place.seal_small, Anchor::Centre, role, step, palette.well_ink2, text);
        area.y = place.seal_small.y + place.seal_small.h;
    }
    let fitted = seal::words(cx, main, &typo.award_seal, area.w, area.h);
    seal::block(cx, area, Anchor::Centre, &typo.award_seal, &fitted, palette.ring, &mut sheet);
    layers.push(cx.lay(LayerKind::Coin, 1, sheet, motion));
}

/// The event, and what is listed: the group where a page has only one.
fn head(cx: &Cx, set: &AwardSet, roll: &Roll, shown: &Shown, layers: &mut Vec<Layer>) {
    let (place, typo, palette) = (&cx.theme.layout.award, &cx.theme.typography, &cx.theme.palette);
    let mut sheet = cx.sheet(Rect { h: place.title.y + place.title.h - place.event.y, ..place.event });
    let (step, text) = one_line(cx.set, &cx.core.config.title, &typo.award_event, place.event.w, &cx.words.more);
    sheet.line(typo, place.event, Anchor::Start, &typo.award_event, step, palette.ink2, text);
    layers.push(cx.lay(LayerKind::Panel, HEAD, sheet, cx.entrance(cx.theme.motion.stagger)));

    let title = group(set, roll, shown.page).unwrap_or(if set.rows.len() == 1 {
        &cx.words.award_winner
    } else {
        &cx.words.award_list
    });
    let mut sheet = cx.sheet(place.title);
    let (step, text) = one_line(cx.set, title, &typo.award_title, place.title.w - place.tag_room, &cx.words.more);
    sheet.line(typo, place.title, Anchor::Start, &typo.award_title, step, palette.ink, text);
    let turning = if roll.grouped { page_opacity(cx, shown) } else { 1.0 };
    layers.push(cx.lay(LayerKind::Panel, LIST, sheet, cx.entrance(cx.theme.motion.stagger).faded(turning)));
}

/// The group of a page that has one.
pub fn group<'a>(set: &'a AwardSet, roll: &Roll, page: usize) -> Option<&'a str> {
    let [block] = roll.pages.get(page)?.as_slice() else { return None };
    let name = set.rows.get(block.start)?.group.as_deref()?;
    Some(name).filter(|name| !name.is_empty())
}

/// A page's texts fade in when it comes and out just before it turns by itself.
pub fn page_opacity(cx: &Cx, shown: &Shown) -> f32 {
    let swap = cx.theme.motion.swap.us();
    let came = if shown.since > cx.on_air { share(cx.now, shown.since, swap) } else { 1.0 };
    came * (1.0 - shown.until.map_or(0.0, |until| share(cx.now, until - swap, swap)))
}

/// The note, the page's number, and how long it still stands.
fn pager(cx: &Cx, set: &AwardSet, roll: &Roll, shown: &Shown, layers: &mut Vec<Layer>) {
    let (place, typo, palette) = (&cx.theme.layout.award, &cx.theme.typography, &cx.theme.palette);
    let pages = roll.pages.len();
    let mut sheet = cx.sheet(Rect { h: place.bar.y + place.bar.h - place.pager.y, ..place.pager });
    let mut right = 0.0;
    if pages > 1 {
        let run = Run::new(cx)
            .text(&typo.pager, palette.ink, (shown.page + 1).to_string())
            .gap(place.pager_gap)
            .text(&typo.pager_of, palette.ink2, "/")
            .gap(place.pager_gap)
            .text(&typo.pager_of, palette.ink2, pages.to_string());
        right = run.width() + place.unit_gap;
        run.draw(place.pager, Anchor::End, &mut sheet);
        let radius = [place.bar.h / 2.0; 4];
        sheet.plate(place.bar, radius, Fill::Solid(palette.track), None, None);
    }
    let role = &typo.sub;
    let (step, text) = one_line(cx.set, &set.note, role, place.pager.w - right, &cx.words.more);
    sheet.line(typo, place.pager, Anchor::Start, role, step, palette.ink2, text);
    layers.push(cx.lay(LayerKind::Panel, PAGER, sheet, cx.entrance(Ms(cx.theme.motion.stagger.0 * 2))));
    if pages > 1 {
        let passed = shown.until.map_or(1.0, |until| share(cx.now, shown.since, until - shown.since));
        let mut bar = cx.sheet(place.bar);
        bar.plate(place.bar, [place.bar.h / 2.0; 4], Fill::Solid(palette.accent), None, None);
        let motion = cx.entrance(Ms(cx.theme.motion.stagger.0 * 2));
        let clip = Some(Rect::new(0.0, 0.0, place.bar.w * passed, place.bar.h + 2.0));
        if passed > 0.0 {
            layers.push(cx.lay(LayerKind::Strip, 0, bar, Placement { clip, ..motion }));
        }
    }
}
