//! Direct: where the processor draws, pixels that changed go from an output's texture straight to the X server.
//!
//! Such an adapter shows a window by drawing the whole of it anew and copying the whole of it again, however little
//! changed, and then waits for a screen that it does not know. What was composited lies in memory: only the damage is
//! sent, in the update that composited it. The window has no surface then.

use std::collections::BTreeMap;

use bevy::prelude::*;
use bevy::render::Extract;
use bevy::render::view::ExtractedWindows;
use x11rb::{
    connection::{Connection, RequestConnection},
    errors::{ConnectError, ConnectionError, ReplyError, ReplyOrIdError},
    protocol::{
        ErrorKind, Event,
        xproto::{
            ChangeWindowAttributesAux, ConnectionExt as _, CreateGCAux, EventMask, Gcontext, ImageFormat, ImageOrder,
            Rectangle,
        },
    },
    rust_connection::RustConnection,
};

use super::damage::Damage;
use super::folding::whole;
use super::link::Link;
use super::outputs::OutputId;
use super::pixels::PX_BYTES;
use super::present::Presenter;
use super::soft::Soft;

/// Without alpha, and as the server's own memory has it: blue, green, red, nothing.
const DEPTH: u8 = 24;
const MASKS: [u32; 3] = [0xFF_0000, 0xFF00, 0xFF];
/// A window that the server does not know yet is asked for so often.
const PATIENCE: u32 = 200;
/// A request's own fields.
const HEAD_BYTES: usize = 64;

/// A window whose pixels go this way, as the main world knows it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct DirectWindow {
    /// The X server's number of it.
    pub id: u32,
    /// Physical px.
    pub size: UVec2,
    /// Whose picture lies in its middle, pixel on pixel.
    pub output: OutputId,
}

/// Why this way is closed; the windows have surfaces then.
#[derive(Debug, thiserror::Error)]
enum DirectError {
    #[error("the X server cannot be reached: {0}")]
    Connect(#[from] ConnectError),
    #[error("the X server has gone: {0}")]
    Gone(#[from] ConnectionError),
    #[error("the X server refused: {0}")]
    Refused(#[from] ReplyError),
    #[error("the X server refused: {0}")]
    Id(#[from] ReplyOrIdError),
    #[error("the X server refused a picture: {0:?}")]
    Picture(ErrorKind),
    #[error("the X server keeps its pixels in another way")]
    Pixels,
}

/// The connection, and the windows that are served over it.
#[derive(Resource, Default)]
pub struct Direct {
    server: Option<RustConnection>,
    served: BTreeMap<u32, Served>,
    /// One rectangle as it is sent.
    pixels: Vec<u8>,
}

#[derive(Default)]
struct Served {
    /// None until the server knows the window.
    brush: Option<Gcontext>,
    asked: u32,
    /// With which picture; none where it is black.
    shown: Option<(DirectWindow, Option<AssetId<Image>>)>,
    /// Of the picture: not shown yet.
    due: Damage,
}

/// Windows that are served directly need no surface: none is made.
pub fn withhold(
    presenters: Extract<Query<&Presenter>>,
    mut windows: ResMut<ExtractedWindows>,
    mut withheld: Local<Vec<Entity>>,
) {
    let direct: Vec<Entity> =
        presenters.iter().filter(|presenter| presenter.direct.is_some()).map(|presenter| presenter.window).collect();
    for window in &direct {
        windows.remove(window);
    }
    for window in withheld.iter().filter(|window| !direct.contains(window)) {
        if let Some(window) = windows.get_mut(window) {
            // It may have another size by now than its surface.
            window.size_changed = true;
        }
    }
    *withheld = direct;
}

/// Runs after the compositor.
pub fn show(presenters: Query<&Presenter>, soft: Res<Soft>, link: Res<Link>, mut direct: ResMut<Direct>) {
    let wanted: Vec<(DirectWindow, Option<AssetId<Image>>)> =
        presenters.iter().filter_map(|presenter| Some((presenter.direct?, presenter.source))).collect();
    if wanted.is_empty() && direct.served.is_empty() {
        return;
    }
    let fresh = link.lock().fresh.clone();
    if let Err(fault) = direct.serve(&wanted, &soft, &fresh) {
        tracing::warn!("windows are drawn by their surfaces: {fault}");
        *direct = Direct::default();
        link.lock().has_no_direct_way = true;
    }
}

impl Direct {
    fn serve(
        &mut self,
        wanted: &[(DirectWindow, Option<AssetId<Image>>)],
        soft: &Soft,
        fresh: &[(OutputId, Damage)],
    ) -> Result<(), DirectError> {
        if self.server.is_none() {
            self.server = Some(connect()?);
        }
        let Self { server: Some(server), served, pixels } = self else { return Ok(()) };
        served.retain(|id, served| {
            let stays = wanted.iter().any(|(window, _)| window.id == *id);
            if let Some(brush) = served.brush.filter(|_| !stays) {
                // It went with its window where that is gone.
                let _ = server.free_gc(brush);
            }
            stays
        });
        for (window, _) in wanted {
            served.entry(window.id).or_default();
        }
        uncovered(server, served)?;
        for (window, source) in wanted {
            let Some(served) = served.get_mut(&window.id) else { continue };
            let picture = soft.picture(window.output).filter(|(program, ..)| Some(*program) == *source);
            let Some((program, raster, texels)) = picture else {
                // What was shown stays until the next picture comes; without any the window is black.
                if source.is_none() || served.shown.is_none() {
                    served.blank(server, *window)?;
                }
                continue;
            };
            if let Some(brush) = served.take_up(server, *window, (program, raster), fresh)? {
                let corner = corner(window.size, raster);
                for rect in std::mem::take(&mut served.due).rects() {
                    let rows = (rect.min.y..rect.max.y).map(|y| {
                        let first = y as usize * raster.x as usize;
                        &texels[first + rect.min.x as usize..first + rect.max.x as usize]
                    });
                    put(server, (window.id, brush), rect.min + corner, rows, pixels)?;
                }
            }
        }
        Ok(server.flush()?)
    }
}

impl Served {
    fn brush(&mut self, server: &RustConnection, window: DirectWindow) -> Result<Option<Gcontext>, DirectError> {
        if self.brush.is_none() {
            self.asked += 1;
            self.brush = brush(server, window.id, self.asked >= PATIENCE)?;
        }
        Ok(self.brush)
    }

    /// Black, once.
    fn blank(&mut self, server: &RustConnection, window: DirectWindow) -> Result<(), DirectError> {
        if self.shown == Some((window, None)) {
            return Ok(());
        }
        if let Some(brush) = self.brush(server, window)? {
            self.shown = Some((window, None));
            self.due.clear();
            let whole = Rectangle { x: 0, y: 0, width: window.size.x as u16, height: window.size.y as u16 };
            server.poly_fill_rectangle(window.id, brush, &[whole])?;
        }
        Ok(())
    }

    /// Takes in what was composited, and that it shows something else or has another size. With what it is shown, when
    /// something is due.
    fn take_up(
        &mut self,
        server: &RustConnection,
        window: DirectWindow,
        (source, raster): (AssetId<Image>, UVec2),
        fresh: &[(OutputId, Damage)],
    ) -> Result<Option<Gcontext>, DirectError> {
        let Some(brush) = self.brush(server, window)? else { return Ok(None) };
        let corner = corner(window.size, raster);
        let window_seen = IRect { min: -corner, max: window.size.as_ivec2() - corner };
        let seen = whole(raster).intersect(window_seen);
        if self.shown != Some((window, Some(source))) {
            self.shown = Some((window, Some(source)));
            self.due.clear();
            self.due.add(seen);
            if seen != window_seen {
                let around = Rectangle { x: 0, y: 0, width: window.size.x as u16, height: window.size.y as u16 };
                server.poly_fill_rectangle(window.id, brush, &[around])?;
            }
        }
        for (_, damage) in fresh.iter().filter(|(output, _)| *output == window.output) {
            damage.rects().iter().for_each(|rect| self.due.add(rect.intersect(seen)));
        }
        Ok(Some(brush).filter(|_| !self.due.is_empty()))
    }
}

fn connect() -> Result<RustConnection, DirectError> {
    let (server, _) = RustConnection::connect(None)?;
    let setup = server.setup();
    let wide = |format: &&x11rb::protocol::xproto::Format| format.depth == DEPTH && format.bits_per_pixel == 32;
    if setup.image_byte_order != ImageOrder::LSB_FIRST || !setup.pixmap_formats.iter().any(|format| wide(&format)) {
        return Err(DirectError::Pixels);
    }
    server.prefetch_maximum_request_bytes();
    Ok(server)
}

/// What pixels are put into a window with; none where the server does not know it yet, unless that must be now.
fn brush(server: &RustConnection, window: u32, must: bool) -> Result<Option<Gcontext>, DirectError> {
    let attributes = match server.get_window_attributes(window)?.reply() {
        Ok(attributes) => attributes,
        Err(ReplyError::X11Error(_)) if !must => return Ok(None),
        Err(error) => return Err(error.into()),
    };
    let depths = server.setup().roots.iter().flat_map(|screen| &screen.allowed_depths);
    let visual = depths.filter(|depth| depth.depth == DEPTH).flat_map(|depth| &depth.visuals);
    let fits = visual.into_iter().any(|visual| {
        visual.visual_id == attributes.visual && [visual.red_mask, visual.green_mask, visual.blue_mask] == MASKS
    });
    if !fits {
        return Err(DirectError::Pixels);
    }
    // What others lay bare is put there again.
    server.change_window_attributes(window, &ChangeWindowAttributesAux::new().event_mask(EventMask::EXPOSURE))?;
    let brush = server.generate_id()?;
    server.create_gc(brush, window, &CreateGCAux::new().foreground(0).graphics_exposures(0))?;
    Ok(Some(brush))
}

/// Takes in what was laid bare. Faults of a window that has just gone are none.
fn uncovered(server: &RustConnection, served: &mut BTreeMap<u32, Served>) -> Result<(), DirectError> {
    while let Some(event) = server.poll_for_event()? {
        match event {
            Event::Expose(bare) => {
                if let Some(served) = served.get_mut(&bare.window) {
                    served.shown = None;
                }
            }
            Event::Error(fault) => match fault.error_kind {
                ErrorKind::Window | ErrorKind::Drawable | ErrorKind::GContext => {}
                kind => return Err(DirectError::Picture(kind)),
            },
            _ => {}
        }
    }
    Ok(())
}

/// Where a picture's corner lies in its window: as the presenter centres it.
fn corner(window: UVec2, picture: UVec2) -> IVec2 {
    (window.as_ivec2() - picture.as_ivec2()) / 2
}

/// Sends rows of texels to their place in a window, in as few requests as the server takes.
fn put<'a>(
    server: &RustConnection,
    (window, brush): (u32, Gcontext),
    at: IVec2,
    rows: impl Iterator<Item = &'a [[u8; PX_BYTES]]>,
    pixels: &mut Vec<u8>,
) -> Result<(), DirectError> {
    let mut rows = rows.peekable();
    let width = rows.peek().map_or(0, |row| row.len());
    let most = (server.maximum_request_bytes().saturating_sub(HEAD_BYTES) / (width * PX_BYTES).max(1)).max(1);
    let mut y = at.y;
    while rows.peek().is_some() {
        pixels.clear();
        let height = rows.by_ref().take(most).map(|row| turned(row, pixels)).count();
        let (wide, high) = (width as u16, height as u16);
        let data = pixels.as_slice();
        server.put_image(ImageFormat::Z_PIXMAP, window, brush, wide, high, at.x as i16, y as i16, 0, DEPTH, data)?;
        y += height as i32;
    }
    Ok(())
}

/// Red, green, blue, alpha as blue, green, red and whatever: colours that are multiplied by alpha lie over black so.
fn turned(row: &[[u8; PX_BYTES]], to: &mut Vec<u8>) {
    to.extend(row.iter().flat_map(|px| {
        let px = u32::from_le_bytes(*px);
        ((px & 0xFF00_FF00) | (px >> 16 & 0xFF) | (px << 16 & 0xFF_0000)).to_le_bytes()
    }));
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pixels_are_turned_as_the_server_has_them() {
        let mut sent = vec![9];
        turned(&[[1, 2, 3, 255], [4, 5, 6, 0]], &mut sent);
        assert_eq!(sent, [9, 3, 2, 1, 255, 6, 5, 4, 0]);
    }

    #[test]
    fn a_picture_lies_in_the_middle_of_its_window() {
        assert_eq!(corner(UVec2::new(1920, 1200), UVec2::new(1920, 1080)), IVec2::new(0, 60));
        assert_eq!(corner(UVec2::new(800, 600), UVec2::new(1920, 1080)), IVec2::new(-560, -240));
    }
}
