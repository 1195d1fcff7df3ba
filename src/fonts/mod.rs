//! The fonts the programme is set in: the bytes themselves, so that drawing and measuring use the same ones; and, behind
//! them, those that a show brings for what ours lack.

mod sfnt;
mod user;

pub use user::{FontFault, UserFont, UserFonts, install, user};

/// 思源黑体's everyday set, variable in weight from 400 to 900.
pub const SANS: &[u8] = include_bytes!("../../assets/fonts/QGSansSC-VF.ttf");
/// Rare Han of names and places, in outlines of one weight.
pub const SANS_RARE: &[u8] = include_bytes!("../../assets/fonts/QGSansSC-Rare.ttf");
/// Han beyond the basic plane.
pub const SANS_EXT: &[u8] = include_bytes!("../../assets/fonts/QGSansSC-Ext.otf");
/// Digits and option letters at weight 700, with tabular figures.
pub const NUMERALS_BOLD: &[u8] = include_bytes!("../../assets/fonts/BarlowCondensed-Bold.ttf");
/// Digits and option letters at weight 600.
pub const NUMERALS_SEMIBOLD: &[u8] = include_bytes!("../../assets/fonts/BarlowCondensed-SemiBold.ttf");

/// Family names as written in the files above; Han fall back in this order.
pub const HAN_FAMILIES: [&str; 3] = ["QG Sans SC", "QG Sans SC Rare", "QG Sans SC Ext"];
/// The family of both figure files.
pub const NUMERALS_FAMILY: &str = "Barlow Condensed";
