//! The docked panels: where each lies, its tab, and what the operator has moved.

use bevy_egui::egui::{self, Color32, Stroke, Ui, Visuals, WidgetText};
use egui_tiles::{
    Behavior, Container, EditAction, Linear, LinearDir, ResizeState, SimplificationOptions, TabState, Tabs, Tile,
    TileId, Tiles, Tree, UiResponse,
};

use super::style;
use crate::desk::{Layout, Panel};

/// The height of a tab, which is something to press, px.
const TAB: f32 = 40.0;
/// No panel is drawn smaller, px.
const LEAST: f32 = 140.0;

/// A tree of tiles from a layout.
pub fn tree(layout: &Layout) -> Tree<Panel> {
    fn insert(tiles: &mut Tiles<Panel>, layout: &Layout) -> TileId {
        match layout {
            Layout::Tabs(front, panels) => {
                let ids: Vec<TileId> = panels.iter().map(|panel| tiles.insert_pane(*panel)).collect();
                let mut tabs = Tabs::new(ids.clone());
                if let Some((_, id)) = panels.iter().zip(ids).find(|(panel, _)| *panel == front) {
                    tabs.set_active(id);
                }
                tiles.insert_container(tabs)
            }
            Layout::Row(parts) => linear(tiles, LinearDir::Horizontal, parts),
            Layout::Column(parts) => linear(tiles, LinearDir::Vertical, parts),
        }
    }
    fn linear(tiles: &mut Tiles<Panel>, dir: LinearDir, parts: &[(f32, Layout)]) -> TileId {
        let ids: Vec<TileId> = parts.iter().map(|(_, part)| insert(tiles, part)).collect();
        let mut linear = Linear::new(dir, ids.clone());
        for (id, (share, _)) in ids.into_iter().zip(parts) {
            linear.shares.set_share(id, *share);
        }
        tiles.insert_container(linear)
    }
    let mut tiles = Tiles::default();
    let root = insert(&mut tiles, layout);
    Tree::new("desk", root, tiles)
}

/// The layout that a tree of tiles has now; none where a panel was lost.
pub fn layout(tree: &Tree<Panel>) -> Option<Layout> {
    fn read(tiles: &Tiles<Panel>, id: TileId) -> Option<Layout> {
        match tiles.get(id)? {
            Tile::Pane(panel) => Some(Layout::Tabs(*panel, vec![*panel])),
            Tile::Container(Container::Tabs(tabs)) => {
                let panels: Vec<Panel> = tabs
                    .children
                    .iter()
                    .filter_map(|child| read(tiles, *child))
                    .flat_map(|part| part.panels())
                    .collect();
                let front = tabs.active.and_then(|id| read(tiles, id)).and_then(|part| part.panels().first().copied());
                let front = front.or_else(|| panels.first().copied())?;
                Some(Layout::Tabs(front, panels))
            }
            Tile::Container(Container::Linear(linear)) => {
                let part = |id: &TileId| Some((linear.shares[*id], read(tiles, *id)?));
                let parts = linear.children.iter().filter_map(part).collect();
                Some(match linear.dir {
                    LinearDir::Horizontal => Layout::Row(parts),
                    LinearDir::Vertical => Layout::Column(parts),
                })
            }
            Tile::Container(Container::Grid(grid)) => {
                Some(Layout::Row(grid.children().filter_map(|id| Some((1.0, read(tiles, *id)?))).collect()))
            }
        }
    }
    read(&tree.tiles, tree.root()?).filter(Layout::is_whole)
}

/// Draws the panels in their tiles.
pub struct Dock<'a> {
    pub title: &'a dyn Fn(Panel) -> String,
    /// The panel that has the keyboard.
    pub focused: Option<Panel>,
    pub draw: &'a mut dyn FnMut(&mut Ui, Panel),
    /// Whether something was moved.
    pub moved: bool,
}

impl Behavior<Panel> for Dock<'_> {
    fn pane_ui(&mut self, ui: &mut Ui, _: TileId, panel: &mut Panel) -> UiResponse {
        let rect = ui.max_rect();
        ui.painter().rect_filled(rect, egui::CornerRadius { nw: 0, ne: 8, sw: 8, se: 8 }, style::PANEL);
        if self.focused == Some(*panel) {
            let stroke = Stroke::new(2.0, style::ACCENT);
            ui.painter().rect_stroke(rect.shrink(1.0), 8, stroke, egui::StrokeKind::Inside);
        }
        let inner = rect.shrink(style::INSET);
        ui.scope_builder(egui::UiBuilder::new().max_rect(inner).id_salt(*panel), |ui| {
            ui.set_clip_rect(ui.clip_rect().intersect(rect));
            (self.draw)(ui, *panel);
        });
        UiResponse::None
    }

    fn tab_title_for_pane(&mut self, panel: &Panel) -> WidgetText {
        egui::RichText::new((self.title)(*panel)).font(style::strong(15.0)).into()
    }

    fn tab_bar_height(&self, _: &egui::Style) -> f32 {
        TAB
    }

    fn gap_width(&self, _: &egui::Style) -> f32 {
        8.0
    }

    fn min_size(&self) -> f32 {
        LEAST
    }

    fn tab_title_spacing(&self, _: &Visuals) -> f32 {
        14.0
    }

    fn tab_bar_color(&self, _: &Visuals) -> Color32 {
        style::GROUND
    }

    fn tab_bg_color(&self, _: &Visuals, _: &Tiles<Panel>, _: TileId, state: &TabState) -> Color32 {
        if state.active { style::PANEL } else { style::GROUND }
    }

    fn tab_text_color(&self, _: &Visuals, _: &Tiles<Panel>, _: TileId, state: &TabState) -> Color32 {
        if state.active { style::INK } else { style::DIM }
    }

    fn tab_outline_stroke(&self, _: &Visuals, _: &Tiles<Panel>, _: TileId, _: &TabState) -> Stroke {
        Stroke::NONE
    }

    fn tab_bar_hline_stroke(&self, _: &Visuals) -> Stroke {
        Stroke::NONE
    }

    fn resize_stroke(&self, _: &egui::Style, state: ResizeState) -> Stroke {
        match state {
            ResizeState::Idle => Stroke::NONE,
            ResizeState::Hovering => Stroke::new(2.0, style::LINE),
            ResizeState::Dragging => Stroke::new(2.0, style::ACCENT),
        }
    }

    fn simplification_options(&self) -> SimplificationOptions {
        SimplificationOptions { all_panes_must_have_tabs: true, ..SimplificationOptions::default() }
    }

    fn on_edit(&mut self, action: EditAction) {
        self.moved |= !matches!(action, EditAction::TileDragged);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_layout_comes_back_from_its_tiles() {
        for is_live in [false, true] {
            let built_in = Layout::built_in(is_live);
            assert_eq!(layout(&tree(&built_in)), Some(built_in));
        }
    }
}
