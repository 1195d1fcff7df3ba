//! Cards stand on whole pixels, hold every step, and are still but for what tells the time.

use super::*;
use crate::{
    show::frame::{LayerKind, Part, part::Fill},
    typeset::Typesetter,
};

fn words() -> CardWords {
    let word = || "字".to_owned();
    CardWords {
        cards: std::array::from_fn(|_| word()),
        classes: std::array::from_fn(|_| word()),
        frame: word(),
        from: word(),
        to: word(),
        turn: word(),
        action_safe: word(),
        title_safe: word(),
        theme_safe: word(),
        colours: std::array::from_fn(|_| word()),
        grey: word(),
        near_black: word(),
        near_white: word(),
        alpha: word(),
    }
}

fn ident(class: Class, raster: (u32, u32)) -> Ident {
    let safe = Rect::new(96.0, 54.0, 1728.0, 972.0);
    Ident { name: "主屏".to_owned(), class, raster, rate: Rate::HZ_50, safe, slices: Vec::new() }
}

const RASTERS: [(u32, u32); 7] =
    [(1920, 1080), (3840, 1080), (1080, 1920), (7680, 2160), (480, 270), (384, 1152), (64, 64)];

#[test]
fn every_card_stands_on_whole_pixels_of_every_raster() {
    let (words, set) = (words(), Typesetter::new());
    for (card, raster) in TestCard::ALL.into_iter().flat_map(|card| RASTERS.map(|raster| (card, raster))) {
        let frame = compose_card(card, &ident(Class::Tv, raster), &words, &set, 1_234_567);
        assert_eq!((frame.raster, frame.scale), (raster, 1.0));
        let ground = &frame.layers[0];
        assert!(ground.content.opaque && ground.content.size == (raster.0 as f32, raster.1 as f32), "{card:?}");
        for part in frame.layers.iter().flat_map(|layer| &layer.content.parts) {
            if let Part::Plate { rect, radii: [0.0, ..], fill: Fill::Solid(_), .. } = part {
                let whole = [rect.x, rect.y].iter().all(|v| v.fract() == 0.0 || v.fract().abs() == 0.5);
                assert!(whole && rect.w.fract() == 0.0, "{card:?} {raster:?} {rect:?}");
            }
        }
    }
}

#[test]
fn only_what_tells_the_time_changes() {
    let (words, set) = (words(), Typesetter::new());
    for card in TestCard::ALL {
        let at = |now| compose_card(card, &ident(Class::Tv, (1920, 1080)), &words, &set, now);
        let (a, b) = (at(1_000_000), at(1_020_000));
        assert_ne!(a, b, "{card:?} tells the time");
        for (a, b) in a.layers.iter().zip(&b.layers) {
            let large = a.content.size.0 * a.content.size.1 > 0.1 * 1920.0 * 1080.0;
            assert!(!large || a == b, "{card:?}: what is large stands still");
        }
    }
}

/// The colours of the columns of one row of the card, left to right.
fn columns(frame: &Frame, high: f32) -> Vec<[u8; 4]> {
    let parts = frame.layers[0].content.parts.iter();
    parts
        .filter_map(|part| match part {
            Part::Plate { rect, fill: Fill::Solid(c), .. } if rect.y == high && rect.h > 20.0 => {
                Some([c.r, c.g, c.b, c.a].map(|v| (v * 255.0).round() as u8))
            }
            _ => None,
        })
        .collect()
}

#[test]
fn every_step_of_8_bits_has_its_column() {
    let (words, set) = (words(), Typesetter::new());
    let frame = compose_card(TestCard::Ramps, &ident(Class::Stream, (1920, 1080)), &words, &set, 0);
    let rows: std::collections::BTreeSet<_> = frame.layers[0]
        .content
        .parts
        .iter()
        .filter_map(|part| match part {
            Part::Plate { rect, .. } if rect.w == 7.0 => Some(rect.y as u32),
            _ => None,
        })
        .collect();
    assert_eq!(rows.len(), 5, "grey, red, green, blue, alpha");
    let rows: Vec<_> = rows.into_iter().map(|y| columns(&frame, y as f32)).collect();
    for (row, channels) in rows.iter().zip([[1, 1, 1, 0], [1, 0, 0, 0], [0, 1, 0, 0], [0, 0, 1, 0]]) {
        for v in 0..=255_u8 {
            let [r, g, b, _] = channels.map(|on| on * v);
            assert!(row.contains(&[r, g, b, 255]), "{v} of {channels:?}");
        }
    }
    assert!((0..=255).all(|v| rows[4].contains(&[255, 255, 255, v])));
    assert!(!frame.layers[0].content.opaque, "alpha lies on nothing");
}

#[test]
fn the_flash_is_one_frame_at_each_whole_second() {
    for rate in ["25", "50", "60000/1001", "60", "24000/1001"] {
        let rate: Rate = rate.parse().unwrap();
        let first = rate.index_at(3_600_000_000);
        let frames = u64::from(rate.nominal()) * 20;
        let flashes = (first..first + frames).filter(|n| sync::flashes(rate, rate.after_us(*n))).count();
        assert!((19..=21).contains(&flashes), "{rate}: {flashes}");
        let (within, before) = (rate.index_at(7_200_000_000), rate.frame_us() + 1);
        let at = rate.after_us(within);
        let on = [at, at + before].map(|at| sync::flashes(rate, at));
        assert_eq!(on.iter().filter(|on| **on).count(), 1, "{rate}");
    }
}

#[test]
fn the_mark_is_at_the_centre_on_the_whole_second() {
    let (words, set) = (words(), Typesetter::new());
    let mark = |now| {
        let frame = compose_card(TestCard::Sync, &ident(Class::Tv, (1920, 1080)), &words, &set, now);
        let layer = frame.layers.into_iter().find(|layer| layer.key.kind == LayerKind::Panel).unwrap();
        layer.placement.x + layer.content.size.0 / 2.0
    };
    assert_eq!(mark(5_000_000), 960.0);
    assert!(mark(4_980_000) < 930.0 && mark(5_020_000) > 990.0);
}
