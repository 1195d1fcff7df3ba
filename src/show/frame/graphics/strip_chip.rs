//! What rises out of a team's cell: +10, or what its score was corrected from and to.

use super::{run::Run, strip::Strip};
use crate::show::{
    frame::{
        layer::{Layer, LayerKind, Placement},
        part::{Anchor, Icon, Rect, Rgba},
        sheet::{shadow, vertical},
    },
    motion::share,
    protocol::Points,
    state::Score,
    theme::StripFlow,
};

/// The chip of a change that may be shown from `since` on; none before, none once it has gone.
pub fn compose(strip: &Strip, index: usize, cell: Rect, score: &Score, since: i64) -> Option<Layer> {
    let (cx, place) = (strip.cx, strip.place);
    let (typo, palette, layout, motion) = (&cx.theme.typography, &cx.theme.palette, &cx.theme.layout, &cx.theme.motion);
    let passed = cx.now - since;
    let hold = if score.corrected { motion.corrected_hold } else { motion.chip_hold };
    let delay = if score.corrected { 0 } else { motion.chip_delay.us() };
    if score.delta == Points::ZERO || passed < delay || passed >= hold.us() + motion.fade_out.us() {
        return None;
    }
    let run = if score.corrected {
        corrected(strip, score)
    } else {
        let ink = if score.delta.negative() { palette.no_fill.1 } else { palette.ok_fill.1 };
        Run::new(cx).text(&typo.chip, ink, score.delta.signed())
    };
    let width = run.width() + 2.0 * place.chip_padding;
    let (centre, height) = (cell.x + cell.w * place.chip_at, place.chip_height);
    // A column's chips keep to the column: beside it is the scene.
    let safe = if place.flow == StripFlow::Column { strip.rect() } else { layout.safe };
    let x = (centre - width / 2.0).clamp(safe.x, (safe.x + safe.w - width).max(safe.x));
    let rect = Rect::new(x, cell.y - place.lift + place.chip_y - height / 2.0, width, height);
    let mut sheet = cx.sheet(rect.grow(layout.bleed / 2.0));
    let fall = shadow(layout.shadow_low, palette.shadow_low);
    sheet.plate(rect, [height / 2.0; 4], vertical(palette.active), None, Some(fall));
    run.draw(rect, Anchor::Centre, &mut sheet);
    let came = motion.curves.out.progress(cx.now, since + delay, motion.chip_in.us());
    let gone = share(cx.now, since + hold.us(), motion.fade_out.us());
    let placement = Placement::at(0.0, motion.chip_travel_px * (1.0 - came)).faded(came * (1.0 - gone));
    Some(strip.lay(sheet, LayerKind::Chip, index, placement))
}

/// 更正 310 → 300; the word alone where several are corrected at once, which would lie on one another.
fn corrected<'a>(strip: &Strip<'a>, score: &Score) -> Run<'a> {
    let cx = strip.cx;
    let (typo, palette, marks) = (&cx.theme.typography, &cx.theme.palette, &cx.theme.layout.correction);
    let run = Run::new(cx).text(&typo.state, palette.on_active, &cx.words.corrected);
    let hold = cx.theme.motion.corrected_hold.us() + cx.theme.motion.fade_out.us();
    let fresh = |score: &&Score| score.corrected && cx.now - score.since < hold;
    if strip.core.scores.values().filter(fresh).count() > 1 {
        return run;
    }
    let ink2: Rgba = palette.on_active2;
    run.gap(marks.gap)
        .struck(&typo.notice_figure, ink2, (score.value() - score.delta).to_string(), marks.strike)
        .gap(marks.gap)
        .icon(Icon::Arrow, marks.arrow, ink2)
        .gap(marks.gap)
        .text(&typo.notice_figure, palette.on_active, score.value().to_string())
}
