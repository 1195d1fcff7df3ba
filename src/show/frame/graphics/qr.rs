//! A QR code as plates: dark modules on a light square, its quiet zone kept free, whole px a module.

use qrcodegen::{QrCode, QrCodeEcc};

use crate::show::{
    frame::{
        cx::Cx,
        part::{Fill, Rect},
        sheet::Sheet,
    },
    theme::NotaryPlace,
};

/// What the notary's code says: enough to know it by, and the whole hash.
pub fn text(ledger: &str) -> String {
    format!("leitai:ledger:{ledger}")
}

/// Draws the code of `text` into the notary's square; `None` where it would not be readable from there.
pub fn draw(cx: &Cx, place: &NotaryPlace, text: &str, sheet: &mut Sheet) -> Option<()> {
    let palette = &cx.theme.palette;
    let code = QrCode::encode_text(text, QrCodeEcc::Medium).ok()?;
    let across = (code.size() + 2 * place.quiet) as f32;
    let module = (place.code.w / across).floor();
    if module < place.module_least {
        return None;
    }
    // The square is exactly the code and its quiet zone: nothing of another shade stands nearer.
    let side = module * across;
    let centre = place.code.centre();
    let square = Rect::new((centre.x - side / 2.0).round(), (centre.y - side / 2.0).round(), side, side);
    let radius = place.code_radius.min(module * place.quiet as f32);
    sheet.plate(square, [radius; 4], Fill::Solid(palette.code_light), None, None);
    for y in 0..code.size() {
        for (from, to) in runs(&code, y) {
            let at = |module_at: i32| (module_at + place.quiet) as f32 * module;
            let rect = Rect::new(square.x + at(from), square.y + at(y), (to - from) as f32 * module, module);
            sheet.plate(rect, [0.0; 4], Fill::Solid(palette.code_dark), None, None);
        }
    }
    Some(())
}

/// Dark runs of row `y`: first module and the one behind the last.
fn runs(code: &QrCode, y: i32) -> Vec<(i32, i32)> {
    let mut runs: Vec<(i32, i32)> = Vec::new();
    for x in (0..code.size()).filter(|&x| code.get_module(x, y)) {
        match runs.last_mut() {
            Some((_, to)) if *to == x => *to = x + 1,
            _ => runs.push((x, x + 1)),
        }
    }
    runs
}
