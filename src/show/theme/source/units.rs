//! Short ways to write a place or a colour, made plain before the theme is read: grid units, anchors, palette names.
//!
//! In a place (`x`, `y`, `w`, `h`) a number is canvas px; `"4u"` is four units of the class's grid, `"c3"` the left edge
//! of its third column, `"3c"` the width of three columns, `"50%"` a share of the canvas. `from: BottomRight` measures `x`
//! and `y` inwards from that corner, edge or the centre. `"$accent"` is the palette's colour, `"$accent 60%"` the same
//! with its alpha multiplied.

use serde::Deserialize;

use super::tree::{At, Body, Node};
use crate::show::told::{Clause, clause};

/// What was written cannot be made plain.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct UnitFault {
    pub at: At,
    pub what: Clause,
    pub instead: Clause,
}

/// The class's canvas and its grid.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
struct Grid {
    unit: f32,
    margin: f32,
    columns: u32,
    gutter: f32,
}

const ANCHORS: [(&str, f32, f32); 9] = [
    ("TopLeft", 0.0, 0.0),
    ("Top", 0.5, 0.0),
    ("TopRight", 1.0, 0.0),
    ("Left", 0.0, 0.5),
    ("Centre", 0.5, 0.5),
    ("Right", 1.0, 0.5),
    ("BottomLeft", 0.0, 1.0),
    ("Bottom", 0.5, 1.0),
    ("BottomRight", 1.0, 1.0),
];

/// Makes every short form in `tree` plain.
///
/// # Errors
/// The first that cannot be.
pub fn resolve(tree: &mut Node, canvas: (f32, f32)) -> Result<(), UnitFault> {
    let grid = tree.at_path("layout.grid").and_then(plain).unwrap_or(Grid {
        unit: 8.0,
        margin: 0.0,
        columns: 12,
        gutter: 0.0,
    });
    let palette = tree.at_path("palette").cloned();
    walk(tree, &|node| place(node, canvas, grid), &|at, text| colours(at, text, palette.as_ref()))
}

fn plain<T: serde::de::DeserializeOwned>(node: &Node) -> Option<T> {
    ron::from_str(&super::print::print(node).finished().text).ok()
}

type OnNode<'a> = &'a dyn Fn(&mut Node) -> Result<(), UnitFault>;
type OnLeaf<'a> = &'a dyn Fn(At, &mut String) -> Result<(), UnitFault>;

fn walk(node: &mut Node, on_node: OnNode<'_>, on_leaf: OnLeaf<'_>) -> Result<(), UnitFault> {
    on_node(node)?;
    match &mut node.body {
        Body::Leaf(text) => on_leaf(node.at, text),
        Body::Fields { fields, .. } => {
            fields.values_mut().try_for_each(|entry| walk(&mut entry.node, on_node, on_leaf))
        }
    }
}

/// A node of nothing but a place's fields.
fn place(node: &mut Node, canvas: (f32, f32), grid: Grid) -> Result<(), UnitFault> {
    let Body::Fields { map: false, fields } = &mut node.body else { return Ok(()) };
    if !fields.contains_key("x") || !fields.keys().all(|key| matches!(key.as_str(), "x" | "y" | "w" | "h" | "from")) {
        return Ok(());
    }
    for (key, entry) in fields.iter_mut() {
        let across = matches!(key.as_str(), "x" | "w");
        let whole = if across { canvas.0 } else { canvas.1 };
        if let (at, Body::Leaf(text)) = (entry.node.at, &mut entry.node.body)
            && let Some(short) = text.strip_prefix('"').and_then(|text| text.strip_suffix('"'))
        {
            let px = length(short, whole, canvas.0, grid).ok_or_else(|| UnitFault {
                at,
                what: clause!("theme-no-length", "\"{short}\" is no length", short),
                instead: clause!(
                    "theme-no-length.do",
                    "write px as a number, \"4u\" for units, \"c3\" for a column's left edge, \"3c\" for a width in \
                     columns, or \"50%\" of the canvas"
                ),
            })?;
            *text = px.to_string();
        }
    }
    let Some(from) = fields.shift_remove("from") else { return Ok(()) };
    let name = from.node.leaf().unwrap_or_default();
    let Some((_, ax, ay)) = ANCHORS.iter().find(|anchor| anchor.0 == name) else {
        let names = ANCHORS.map(|anchor| anchor.0).join(", ");
        return Err(UnitFault {
            at: from.node.at,
            what: clause!("theme-no-anchor", "{name} is no anchor", name),
            instead: clause!("theme-allowed", "allowed: {names}", names),
        });
    };
    for (key, size, whole, share) in [("x", "w", canvas.0, *ax), ("y", "h", canvas.1, *ay)] {
        let number = |key: &str| fields.get(key).and_then(|entry| entry.node.leaf()?.parse::<f32>().ok());
        let (offset, extent) = (number(key).unwrap_or(0.0), number(size).unwrap_or(0.0));
        // From the far side inwards, from the middle outwards to the right and down.
        let at = if share == 1.0 { whole - extent - offset } else { (whole - extent) * share + offset };
        if let Some(entry) = fields.get_mut(key) {
            entry.node.body = Body::Leaf(at.to_string());
        }
    }
    Ok(())
}

fn length(short: &str, whole: f32, width: f32, grid: Grid) -> Option<f32> {
    let number = |text: &str| text.trim().parse::<f32>().ok().filter(|value| value.is_finite());
    let column = (width - 2.0 * grid.margin + grid.gutter) / grid.columns.max(1) as f32;
    if let Some(units) = short.strip_suffix('u') {
        return number(units).map(|units| units * grid.unit);
    }
    if let Some(share) = short.strip_suffix('%') {
        return number(share).map(|share| whole * share / 100.0);
    }
    if let Some(edge) = short.strip_prefix('c') {
        return number(edge).map(|edge| grid.margin + (edge - 1.0) * column);
    }
    let columns = short.strip_suffix('c')?;
    number(columns).map(|columns| columns * column - grid.gutter)
}

/// Every `"$name"` of a leaf is the palette's colour of that name.
fn colours(at: At, text: &mut String, palette: Option<&Node>) -> Result<(), UnitFault> {
    while let Some(from) = text.find("\"$") {
        let end = text.get(from + 2..).and_then(|rest| rest.find('"')).map_or(text.len(), |end| from + 2 + end);
        let reference = text.get(from + 2..end).unwrap_or_default().to_owned();
        let (name, share) = match reference.split_once(' ') {
            Some((name, share)) => (name, share.strip_suffix('%').and_then(|share| share.parse::<f32>().ok())),
            None => (reference.as_str(), Some(100.0)),
        };
        let found = palette.and_then(|palette| palette.at_path(name)).and_then(Node::leaf);
        let hex = found.and_then(|leaf| leaf.trim_matches('"').strip_prefix('#'));
        let (Some(hex), Some(share)) = (hex.filter(|hex| hex.is_ascii() && matches!(hex.len(), 6 | 8)), share) else {
            return Err(UnitFault {
                at,
                what: clause!("theme-no-colour", "\"${reference}\" is no colour of the palette", reference),
                instead: clause!(
                    "theme-no-colour.do",
                    "write \"$\" and the name of a palette entry that is one colour, such as \"$accent\" or \
                     \"$sky.glow 60%\""
                ),
            });
        };
        let alpha = hex.get(6..).and_then(|alpha| u8::from_str_radix(alpha, 16).ok()).unwrap_or(255);
        let alpha = (f32::from(alpha) * share / 100.0).round().clamp(0.0, 255.0) as u8;
        let plain = format!("\"#{}{alpha:02X}", hex.get(..6).unwrap_or_default());
        text.replace_range(from..end, &plain);
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::show::theme::source::tree::scan;

    fn resolved(text: &str) -> Result<Node, UnitFault> {
        let mut tree = scan(text, 0).unwrap();
        resolve(&mut tree, (1920.0, 1080.0)).map(|()| tree)
    }

    #[test]
    fn units_columns_shares_and_anchors_are_px() {
        let text = "(layout: (grid: (unit: 8, margin: 96, columns: 12, gutter: 24), \
                    a: (x: \"c3\", y: \"2u\", w: \"3c\", h: \"50%\"), \
                    b: (from: BottomRight, x: 96, y: 54, w: 100, h: 40), c: (from: Centre, x: -10, y: 0)))";
        let tree = resolved(text).unwrap();
        let get = |path: &str| tree.at_path(path).unwrap().leaf().unwrap().parse::<f32>().unwrap();
        assert_eq!(["a.x", "a.y", "a.w", "a.h"].map(|p| get(&format!("layout.{p}"))), [388.0, 16.0, 414.0, 540.0]);
        assert_eq!((get("layout.b.x"), get("layout.b.y")), (1724.0, 986.0));
        assert_eq!((get("layout.c.x"), get("layout.c.y")), (950.0, 540.0));
    }

    #[test]
    fn palette_names_are_colours() {
        let tree =
            resolved("(palette: (accent: \"#FFB73D\", sky: (glow: \"#40\")), a: [\"$accent\", \"$accent 50%\"])")
                .unwrap();
        assert_eq!(tree.at_path("a").unwrap().leaf(), Some("[\"#FFB73DFF\", \"#FFB73D80\"]"));
        assert!(
            resolved("(palette: (accent: \"#FFB73D\"),\n a: \"$acent\")").unwrap_err().what.text.contains("$acent")
        );
        assert!(resolved("(a: (x: \"3q\", y: 0))").unwrap_err().what.text.contains("3q"));
        assert!(resolved("(a: (from: Bottm, x: 0, y: 0))").unwrap_err().instead.text.contains("BottomLeft"));
    }
}
