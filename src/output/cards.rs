//! Test cards of outputs: a route as a card tells of it.

use crate::{
    routing::{Route, Turn},
    show::{
        frame::testcard::{CardSlice, Ident},
        theme::Theme,
    },
};

/// What a test card says of an output that is drawn in this theme.
pub fn ident(route: &Route, theme: &Theme) -> Ident {
    let slices = route.slices.iter().flat_map(|fold| &fold.slices);
    Ident {
        name: route.name.clone(),
        class: route.class,
        raster: route.raster,
        rate: route.rate,
        safe: theme.of(route.class).layout.safe,
        slices: slices
            .map(|slice| CardSlice {
                name: slice.name.clone(),
                from: slice.from,
                to: slice.to,
                turn: match slice.turn {
                    Turn::Upright => 0,
                    Turn::Right => 90,
                    Turn::Half => 180,
                    Turn::Left => 270,
                },
            })
            .collect(),
    }
}
