//! Folding: which rectangle of a delivery shows a rectangle of its picture.

use bevy::math::{IRect, IVec2, UVec2};

use super::damage::Damage;
use crate::routing::{Blit, Delivery, Turn};

/// What lies within `bounds` of where `rect` of the picture comes to lie; empty where the blit shows none of it.
pub fn laid(blit: &Blit, rect: IRect, bounds: UVec2) -> IRect {
    let (left, top, width, height) = blit.from;
    let from = rectangle((left, top), (width, height));
    let seen = rect.intersect(from);
    if seen.is_empty() {
        return IRect { min: IVec2::ZERO, max: IVec2::ZERO };
    }
    let IRect { min: a, max: b } = IRect { min: seen.min - from.min, max: seen.max - from.min };
    let (width, height) = (from.width(), from.height());
    let turned = match blit.turn {
        Turn::Upright => IRect { min: a, max: b },
        Turn::Right => IRect::new(height - b.y, a.x, height - a.y, b.x),
        Turn::Half => IRect::new(width - b.x, height - b.y, width - a.x, height - a.y),
        Turn::Left => IRect::new(a.y, width - b.x, b.y, width - a.x),
    };
    let to = UVec2::from(blit.to).as_ivec2();
    IRect { min: turned.min + to, max: turned.max + to }.intersect(whole(bounds))
}

/// What of the delivery shows what is damaged on the picture.
pub fn mapped(delivery: &Delivery, damage: &Damage) -> Damage {
    let mut on = Damage::default();
    for blit in &delivery.blits {
        damage.rects().iter().for_each(|rect| on.add(laid(blit, *rect, UVec2::from(delivery.raster))));
    }
    on
}

/// All of a raster.
pub fn whole(raster: UVec2) -> IRect {
    IRect { min: IVec2::ZERO, max: raster.as_ivec2() }
}

fn rectangle(at: (u32, u32), size: (u32, u32)) -> IRect {
    let min = UVec2::from(at).as_ivec2();
    IRect { min, max: min + UVec2::from(size).as_ivec2() }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::routing::Look;

    #[test]
    fn every_pixel_of_a_rectangle_lies_where_the_turn_puts_it() {
        let (from, to, bounds) = ((5, 3, 7, 4), (20, 30), UVec2::new(100, 100));
        let damaged = IRect::new(2, 4, 9, 6);
        for turn in Turn::ALL {
            let blit = Blit { from, to, turn, look: Look::Straight };
            let mut reach: Option<IRect> = None;
            for (x, y) in (5..9).flat_map(|x| (4..6).map(move |y| (x, y))) {
                let (u, v) = turn.place((from.2, from.3), (x - from.0, y - from.1));
                let px = rectangle((u + to.0, v + to.1), (1, 1));
                reach = Some(reach.map_or(px, |reach| reach.union(px)));
            }
            assert_eq!(Some(laid(&blit, damaged, bounds)), reach, "{turn:?}");
        }
    }

    #[test]
    fn what_lies_outside_is_not_laid() {
        let blit = Blit { from: (10, 10, 20, 20), to: (50, 0), turn: Turn::Upright, look: Look::Straight };
        assert!(laid(&blit, IRect::new(0, 0, 10, 10), UVec2::new(64, 64)).is_empty());
        assert_eq!(laid(&blit, IRect::new(0, 0, 99, 99), UVec2::new(64, 8)), IRect::new(50, 0, 64, 8));
    }
}
