//! What leaves of a picture, worked out on the processor pixel by pixel: the reference for what the renderer does.

use leitai::routing::{Blit, Delivery, Look};

/// `picture` are the straight RGBA8 rows of what is composed.
pub fn folded(picture: &[u8], raster: (u32, u32), delivery: &Delivery) -> Vec<u8> {
    let (width, height) = delivery.raster;
    let is_opaque = delivery.blits.iter().all(|blit| matches!(blit.look, Look::Key | Look::Over(_)));
    let ground = [0, 0, 0, if is_opaque { 255 } else { 0 }];
    let mut out: Vec<u8> = ground.into_iter().cycle().take(width as usize * height as usize * 4).collect();
    for Blit { from: (left, top, w, h), to, turn, look } in &delivery.blits {
        for (x, y) in (0..*h).flat_map(|y| (0..*w).map(move |x| (x, y))) {
            let (u, v) = turn.place((*w, *h), (x, y));
            let (u, v) = (u + to.0, v + to.1);
            let (x, y) = (x + left, y + top);
            if u < width && v < height && x < raster.0 && y < raster.1 {
                let from = (y as usize * raster.0 as usize + x as usize) * 4;
                let at = (v as usize * width as usize + u as usize) * 4;
                let px = [picture[from], picture[from + 1], picture[from + 2], picture[from + 3]];
                out[at..at + 4].copy_from_slice(&looked(px, *look));
            }
        }
    }
    out
}

fn looked(px: [u8; 4], look: Look) -> [u8; 4] {
    let alpha = f64::from(px[3]) / 255.0;
    let mix = |channel: usize, ground: f32| {
        (f64::from(px[channel]) * alpha + f64::from(ground) * 255.0 * (1.0 - alpha)).round() as u8
    };
    match look {
        Look::Straight => px,
        Look::Premultiplied | Look::FillAndKey => [mix(0, 0.0), mix(1, 0.0), mix(2, 0.0), px[3]],
        Look::Key => [px[3], px[3], px[3], 255],
        Look::Over(colour) => [mix(0, colour.r), mix(1, colour.g), mix(2, colour.b), 255],
    }
}

/// The largest difference of any channel.
pub fn worst(a: &[u8], b: &[u8]) -> u8 {
    assert_eq!(a.len(), b.len());
    a.iter().zip(b).map(|(a, b)| a.abs_diff(*b)).max().unwrap_or(0)
}
