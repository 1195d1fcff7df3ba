//! Damage: the few disjoint rectangles of the raster whose pixels are no longer right.

use bevy::math::IRect;

/// More rectangles than this cost more in draw calls than the pixels between them.
const MOST: usize = 6;
/// Two rectangles become one when their union wastes at most this many pixels.
const SLACK_PX: i64 = 16_384;

/// Disjoint rectangles in physical px.
#[derive(Clone, Debug, Default, PartialEq)]
pub struct Damage(Vec<IRect>);

impl Damage {
    pub fn rects(&self) -> &[IRect] {
        &self.0
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn clear(&mut self) {
        self.0.clear();
    }

    /// Number of damaged pixels.
    pub fn area(&self) -> u64 {
        self.0.iter().map(|r| area(*r) as u64).sum()
    }

    /// Adds `rect`, joining it with what it touches so that the rectangles stay disjoint.
    pub fn add(&mut self, rect: IRect) {
        if rect.is_empty() {
            return;
        }
        let mut grown = rect;
        while let Some(at) = self.0.iter().position(|old| joins(*old, grown)) {
            grown = grown.union(self.0.swap_remove(at));
        }
        self.0.push(grown);
        if self.0.len() > MOST {
            let pair = self.cheapest_pair();
            let second = self.0.swap_remove(pair.1);
            let first = self.0.swap_remove(pair.0);
            self.add(first.union(second));
        }
    }

    pub fn add_all(&mut self, other: &Self) {
        for rect in &other.0 {
            self.add(*rect);
        }
    }

    /// The two whose union wastes least, lower index first.
    fn cheapest_pair(&self) -> (usize, usize) {
        let mut best = (i64::MAX, (0, 1));
        for (i, a) in self.0.iter().enumerate() {
            for (j, b) in self.0.iter().enumerate().skip(i + 1) {
                let waste = waste(*a, *b);
                if waste < best.0 {
                    best = (waste, (i, j));
                }
            }
        }
        best.1
    }
}

fn area(r: IRect) -> i64 {
    if r.is_empty() { 0 } else { i64::from(r.width()) * i64::from(r.height()) }
}

fn waste(a: IRect, b: IRect) -> i64 {
    area(a.union(b)) - area(a) - area(b) + area(a.intersect(b))
}

fn joins(a: IRect, b: IRect) -> bool {
    !a.intersect(b).is_empty() || waste(a, b) <= SLACK_PX
}

#[cfg(test)]
mod tests {
    use super::*;

    fn r(x: i32, y: i32, w: i32, h: i32) -> IRect {
        IRect::new(x, y, x + w, y + h)
    }

    #[test]
    fn rectangles_stay_disjoint_and_cover_what_was_added() {
        let mut damage = Damage::default();
        let mut seed = 7_u32;
        let mut next = |below: u32| {
            seed = seed.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
            (seed >> 8) as i32 % below as i32
        };
        for _ in 0..200 {
            let rect = r(next(1800), next(1000), 1 + next(200), 1 + next(200));
            damage.add(rect);
            let rects = damage.rects();
            assert!(rects.len() <= MOST);
            assert!(rects.iter().any(|have| have.intersect(rect) == rect), "{rect:?} is not covered by {rects:?}");
            for (i, a) in rects.iter().enumerate() {
                assert!(rects[i + 1..].iter().all(|b| a.intersect(*b).is_empty()), "{rects:?} overlap");
            }
        }
    }

    #[test]
    fn far_apart_rectangles_are_kept_apart() {
        let mut damage = Damage::default();
        damage.add(r(0, 0, 100, 100));
        damage.add(r(1800, 1000, 100, 50));
        assert_eq!(damage.rects().len(), 2);
        assert_eq!(damage.area(), 15_000);
    }

    #[test]
    fn an_empty_rectangle_is_no_damage() {
        let mut damage = Damage::default();
        damage.add(r(5, 5, 0, 10));
        assert!(damage.is_empty());
    }
}
