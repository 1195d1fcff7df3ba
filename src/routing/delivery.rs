//! Deliveries: a route's fold and look as one list of copies, exact to the pixel; what the stage carries out.

use super::{Fold, Look, Route, Turn};

/// What leaves of a composed picture.
#[derive(Clone, Debug, PartialEq)]
pub struct Delivery {
    /// Physical px.
    pub raster: (u32, u32),
    /// In the order they are laid; what none covers is black, and clear where the picture has alpha.
    pub blits: Vec<Blit>,
}

/// One rectangle of the composed raster, laid onto the one that leaves.
#[derive(Clone, Copy, Debug, PartialEq)]
pub struct Blit {
    /// Left, top, width, height on the composed raster, physical px.
    pub from: (u32, u32, u32, u32),
    /// Left, top on the raster that leaves.
    pub to: (u32, u32),
    pub turn: Turn,
    /// Never [`Look::FillAndKey`], which is two blits.
    pub look: Look,
}

impl Delivery {
    /// The picture as it is composed.
    pub fn whole(raster: (u32, u32)) -> Self {
        let from = (0, 0, raster.0, raster.1);
        Self { raster, blits: vec![Blit { from, to: (0, 0), turn: Turn::Upright, look: Look::Straight }] }
    }

    /// As the route says.
    pub fn of(route: &Route) -> Self {
        let whole = Self::whole(route.raster);
        let (raster, pieces) = match &route.slices {
            None => (whole.raster, whole.blits),
            Some(Fold { raster, slices }) => {
                let blit = |s: &super::Slice| Blit { from: s.from, to: s.to, turn: s.turn, look: Look::Straight };
                (*raster, slices.iter().map(blit).collect())
            }
        };
        let with = |look: Look, aside: u32| {
            pieces.iter().map(move |blit| Blit { look, to: (blit.to.0 + aside, blit.to.1), ..*blit })
        };
        match route.look {
            Look::FillAndKey => Self {
                raster: (raster.0 * 2, raster.1),
                blits: with(Look::Premultiplied, 0).chain(with(Look::Key, raster.0)).collect(),
            },
            look => Self { raster, blits: with(look, 0).collect() },
        }
    }

    /// Whether it is the composed picture, pixel for pixel.
    pub fn is_whole(&self, raster: (u32, u32)) -> bool {
        *self == Self::whole(raster)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn fill_and_key_lie_side_by_side() {
        let route = Route { raster: (64, 36), look: Look::FillAndKey, ..Route::default() };
        let delivery = Delivery::of(&route);
        assert_eq!(delivery.raster, (128, 36));
        let laid: Vec<_> = delivery.blits.iter().map(|blit| (blit.to, blit.look)).collect();
        assert_eq!(laid, [((0, 0), Look::Premultiplied), ((64, 0), Look::Key)]);
        assert!(Delivery::of(&Route { look: Look::Straight, ..route }).is_whole((64, 36)));
    }
}
