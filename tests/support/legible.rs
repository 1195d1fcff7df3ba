//! Whether every text of a frame can be read: large enough, inside its layer and inside the safe area.

use leitai::{
    show::{
        frame::{Anchor, Class, Frame, Part, Typeset},
        theme::Theme,
    },
    typeset::Typesetter,
};

/// What is wrong with a frame's texts, one sentence each.
pub fn faults(frame: &Frame, theme: &Theme, class: Class, set: &Typesetter) -> Vec<String> {
    let look = theme.of(class);
    let safe = look.layout.safe;
    let travel = look.motion.travel_px.max(look.motion.chip_travel_px);
    let mut faults = Vec::new();
    for layer in frame.layers.iter().filter(|layer| layer.placement.opacity > 0.0) {
        let (placement, (w, h)) = (layer.placement, layer.content.size);
        for part in &layer.content.parts {
            let Part::Text { at, line, anchor, text, style } = part else { continue };
            if style.colour.a <= 0.0 || text.trim().is_empty() {
                continue;
            }
            // Tracking also follows the last glyph, where it is not seen.
            let width = set.width(text, style) - style.tracking * style.size;
            let left = match anchor {
                Anchor::Start => at.x,
                Anchor::Centre => at.x - width / 2.0,
                Anchor::End => at.x - width,
            };
            // Glyphs do not fill their em.
            let (top, right) = (at.y + (line - 0.76 * style.size) / 2.0, left + width);
            let bottom = top + 0.76 * style.size;
            let what = format!("\"{text}\" in {:?}", layer.key);
            if style.size < class.legible_px() {
                faults.push(format!("{what} is {} px", style.size));
            }
            if placement.clip.is_some_and(|clip| bottom < clip.y || top > clip.y + clip.h) {
                continue;
            }
            if left < -1.0 || top < -1.0 || right > w + 1.0 || bottom > h + 1.0 {
                faults.push(format!(
                    "{what} leaves its layer of {w} × {h}: {left:.0}, {top:.0} to {right:.0}, {bottom:.0}"
                ));
            }
            let x = |x: f32| placement.x + w / 2.0 + (x - w / 2.0) * placement.scale.0;
            let y = |y: f32| placement.y + h / 2.0 + (y - h / 2.0) * placement.scale.1;
            let clipped = placement.clip.is_some();
            let outside = x(left) < safe.x - 1.0
                || x(right) > safe.x + safe.w + 1.0
                || (!clipped && (y(top) < safe.y - 1.0 - travel || y(bottom) > safe.y + safe.h + travel));
            if outside {
                let place = (x(left).round(), y(top).round(), x(right).round(), y(bottom).round());
                faults.push(format!("{what} leaves the safe area: {place:?}"));
            }
        }
    }
    faults
}
