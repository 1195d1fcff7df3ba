//! The shipped themes, for tests: read as the program reads them.

use super::{Theme, compile};

const BASE: [&str; 16] = [
    include_str!("../../../../themes/base/theme.ron"),
    include_str!("../../../../themes/base/type.ron"),
    include_str!("../../../../themes/base/motion.ron"),
    include_str!("../../../../themes/base/tv.ron"),
    include_str!("../../../../themes/base/words.ron"),
    include_str!("../../../../themes/base/wall.ron"),
    include_str!("../../../../themes/base/wall_type.ron"),
    include_str!("../../../../themes/base/wall_card.ron"),
    include_str!("../../../../themes/base/wall_moment.ron"),
    include_str!("../../../../themes/base/wall_slate.ron"),
    include_str!("../../../../themes/base/stream.ron"),
    include_str!("../../../../themes/base/stream_card.ron"),
    include_str!("../../../../themes/base/stream_moment.ron"),
    include_str!("../../../../themes/base/stream_slate.ron"),
    include_str!("../../../../themes/base/confidence.ron"),
    include_str!("../../../../themes/base/confidence_words.ron"),
];

/// The texts of a theme, lowest first.
pub(crate) fn texts(name: &str) -> Vec<&'static str> {
    let own = match name {
        "zhujin" => {
            [include_str!("../../../../themes/zhujin/theme.ron"), include_str!("../../../../themes/zhujin/sounds.ron")]
        }
        "subai" => {
            [include_str!("../../../../themes/subai/theme.ron"), include_str!("../../../../themes/subai/sounds.ron")]
        }
        _ => [
            include_str!("../../../../themes/qingkong/theme.ron"),
            include_str!("../../../../themes/qingkong/sounds.ron"),
        ],
    };
    BASE.into_iter().chain(own).collect()
}

pub(crate) fn theme(name: &str) -> Theme {
    compile(&texts(name)).unwrap_or_else(|fault| panic!("{name}: {fault:?}")).theme
}
