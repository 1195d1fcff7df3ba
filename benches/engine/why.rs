//! Why pixels are drawn and composited: what differs from each frame of a show to the next, by kind of layer and cause.

use std::collections::BTreeMap;

use leitai::show::frame::{Frame, Layer};
use serde_json::{Value, json};

/// Frames and physical px (millions, each layer by itself) of every kind of layer that changed, and how.
#[derive(Default)]
pub struct Why {
    causes: BTreeMap<String, (u64, f64)>,
}

impl Why {
    pub fn add(&mut self, was: &Frame, is: &Frame) {
        let scale = f64::from(is.scale) * f64::from(is.scale);
        let mut add = |layer: &Layer, cause: &str| {
            let (kind, size) = (layer.key.kind, layer.content.size);
            let area = layer.placement.clip.map_or(size.0 * size.1, |clip| clip.w * clip.h);
            let of = self.causes.entry(format!("{kind:?} {cause}")).or_default();
            of.0 += 1;
            of.1 += f64::from(area) * scale / 1e6;
        };
        for layer in &is.layers {
            match was.layers.iter().find(|old| old.key == layer.key) {
                None => add(layer, "came"),
                Some(old) if old.content != layer.content => {
                    let parts = old.content.parts.iter().zip(&layer.content.parts);
                    let changed = parts.filter(|(a, b)| a != b).count();
                    let same_size = old.content.size == layer.content.size;
                    let few = same_size && changed <= 2 && old.content.parts.len() == layer.content.parts.len();
                    add(layer, if few { "changed in a part or two" } else { "changed" });
                }
                Some(old) if old.placement != layer.placement => {
                    let (a, b) = (old.placement, layer.placement);
                    let moved = (a.x, a.y, a.scale) != (b.x, b.y, b.scale);
                    add(
                        layer,
                        if moved {
                            "moved"
                        } else if a.clip != b.clip {
                            "wiped"
                        } else {
                            "faded"
                        },
                    );
                }
                Some(_) => {}
            }
        }
        for old in was.layers.iter().filter(|old| is.layers.iter().all(|layer| layer.key != old.key)) {
            add(old, "went");
        }
    }

    /// The costliest first.
    pub fn told(&self) -> Value {
        let mut causes: Vec<_> = self.causes.iter().collect();
        causes.sort_by(|a, b| b.1.1.total_cmp(&a.1.1));
        let each = causes.iter().map(|(cause, (frames, mpx))| json!({ "cause": cause, "layers": frames, "mpx": mpx }));
        each.collect()
    }
}
