//! The console's type: the programme's own 思源黑体 in two weights, and figures of one width.

use std::sync::Arc;

use bevy_egui::egui::{Context, FontData, FontDefinitions, FontFamily};

use crate::fonts;

/// The family of what must stand out.
pub const STRONG: &str = "strong";

/// Hands the fonts to egui. Its own stay behind them, for signs that ours lack.
pub fn install(context: &Context) {
    let mut definitions = FontDefinitions::default();
    let mut add = |name: &str, weight: Option<f32>, bytes: &'static [u8]| {
        let mut data = FontData::from_static(bytes);
        if let Some(weight) = weight {
            data.tweak.coords.push(b"wght", weight);
        }
        definitions.font_data.insert(name.to_owned(), Arc::new(data));
    };
    add("sans", Some(450.0), fonts::SANS);
    add("sans-strong", Some(700.0), fonts::SANS);
    add("rare", None, fonts::SANS_RARE);
    add("ext", None, fonts::SANS_EXT);
    let own = |first: &str| [first, "rare", "ext"].map(str::to_owned);
    let theirs = definitions.families.get(&FontFamily::Proportional).cloned().unwrap_or_default();
    let family = |first: &str| own(first).into_iter().chain(theirs.iter().cloned()).collect::<Vec<_>>();
    definitions.families.insert(FontFamily::Proportional, family("sans"));
    definitions.families.insert(FontFamily::Name(STRONG.into()), family("sans-strong"));
    // Figures of one width first, ours for the rest.
    definitions.families.entry(FontFamily::Monospace).or_default().extend(own("sans"));
    context.set_fonts(definitions);
}
