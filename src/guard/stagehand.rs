//! Who works the curtain: one connection to the X server, on a thread of its own.

use std::time::{Duration, Instant};

use crossbeam_channel::{Receiver, RecvTimeoutError};
use x11rb::{
    connection::Connection,
    errors::{ConnectError, ConnectionError, ReplyError, ReplyOrIdError},
    protocol::{
        Event,
        xproto::{
            ChangeWindowAttributesAux, ConfigureWindowAux, ConnectionExt as _, CreateGCAux, CreateWindowAux, EventMask,
            Gcontext, Pixmap, Rectangle, StackMode, SubwindowMode, Window, WindowClass,
        },
    },
    rust_connection::RustConnection,
};

use super::curtain::Ask;

/// How often the picture is copied at most.
const COPYING: Duration = Duration::from_millis(500);
/// How often the X server's news are read: while the show is on, and while it is away.
const LOOKING: Duration = Duration::from_millis(100);
const LOOKING_AWAY: Duration = Duration::from_millis(10);
/// Windows that come to lie over a raised curtain are covered again so often at most: no contest with a panel.
const RAISES: u32 = 50;
/// Windows of a display that is gone keep their curtain for so long after the show is back.
const FORGETTING: Duration = Duration::from_secs(10);

/// Why there is no curtain. The show goes on without.
#[derive(Debug, thiserror::Error)]
pub(super) enum CurtainError {
    #[error("the X server cannot be reached: {0}")]
    Connect(#[from] ConnectError),
    #[error("the X server has gone: {0}")]
    Gone(#[from] ConnectionError),
    #[error("the X server refused: {0}")]
    Refused(#[from] ReplyError),
    #[error("the X server refused: {0}")]
    Id(#[from] ReplyOrIdError),
    #[error("the X server has no screen")]
    NoScreen,
}

/// One display's curtain.
struct Cloth {
    at: Rectangle,
    window: Window,
    ground: Pixmap,
    brush: Gcontext,
    /// The output that it lies below.
    covered_by: Option<Window>,
}

/// Lays, copies and raises the cloths of all displays.
pub(super) struct Stagehand {
    server: RustConnection,
    root: Window,
    depth: u8,
    is_composited: bool,
    /// The outputs that fill a display, as the show said last.
    windows: Vec<Window>,
    cloths: Vec<Cloth>,
    /// The show is away: every cloth lies on top. Counts how often that was seen to.
    raised: Option<u32>,
    /// Something was drawn since the last copy.
    due: bool,
    copied_at: Option<Instant>,
    /// The stack has changed since it was looked at.
    restacked: bool,
    back_at: Instant,
}

impl Stagehand {
    pub fn connect() -> Result<Self, CurtainError> {
        let (server, number) = RustConnection::connect(None)?;
        let screen = server.setup().roots.get(number).ok_or(CurtainError::NoScreen)?;
        let (root, depth) = (screen.root, screen.root_depth);
        let manager = server.intern_atom(false, format!("_NET_WM_CM_S{number}").as_bytes())?.reply()?.atom;
        let is_composited = server.get_selection_owner(manager)?.reply()?.owner != x11rb::NONE;
        // To hear when windows are laid over each other.
        let hear = ChangeWindowAttributesAux::new().event_mask(EventMask::SUBSTRUCTURE_NOTIFY);
        server.change_window_attributes(root, &hear)?;
        Ok(Self {
            server,
            root,
            depth,
            is_composited,
            windows: Vec::new(),
            cloths: Vec::new(),
            raised: None,
            due: false,
            copied_at: None,
            restacked: false,
            back_at: Instant::now(),
        })
    }

    pub fn work(&mut self, asked: &Receiver<Ask>) -> Result<(), CurtainError> {
        loop {
            let looking = if self.raised.is_some() { LOOKING_AWAY } else { LOOKING };
            match asked.recv_timeout(looking) {
                Ok(Ask::Screens(windows)) => {
                    if self.raised.take().is_some() {
                        self.back_at = Instant::now();
                    }
                    self.windows = windows;
                    self.due = true;
                    self.settle()?;
                }
                Ok(Ask::Drawn) => self.due = true,
                Ok(Ask::Keep(done)) => {
                    self.copy()?;
                    // The copy is made before the answer comes.
                    self.server.get_input_focus()?.reply()?;
                    // Nobody may wait any more.
                    let _ = done.try_send(());
                }
                Ok(Ask::Raise) => self.raise(0)?,
                Ok(Ask::Open) => self.open()?,
                Err(RecvTimeoutError::Timeout) => {}
                Err(RecvTimeoutError::Disconnected) => return self.open(),
            }
            while let Some(event) = self.server.poll_for_event()? {
                self.restacked |= matches!(
                    event,
                    Event::ConfigureNotify(_)
                        | Event::CirculateNotify(_)
                        | Event::ReparentNotify(_)
                        | Event::MapNotify(_)
                );
            }
            match (std::mem::take(&mut self.restacked), self.raised) {
                (true, None) => self.settle()?,
                (true, Some(raises)) if raises < RAISES && self.is_covered()? => self.raise(raises + 1)?,
                _ => {}
            }
            if self.due && self.copied_at.is_none_or(|at| at.elapsed() >= COPYING) {
                self.due = false;
                self.copy()?;
            }
            self.server.flush()?;
        }
    }

    /// One cloth where each output lies, right below it. Where one has just gone, all stays as it is.
    fn settle(&mut self) -> Result<(), CurtainError> {
        let found: Option<Vec<(Window, Rectangle)>> =
            self.windows.iter().map(|window| Some((*window, self.lies(*window)?))).collect();
        let Some(found) = found else { return Ok(()) };
        for cloth in &mut self.cloths {
            let same = |at: &Rectangle| {
                (cloth.at.x, cloth.at.y, cloth.at.width, cloth.at.height) == (at.x, at.y, at.width, at.height)
            };
            cloth.covered_by = found.iter().find(|(_, at)| same(at)).map(|(window, _)| *window);
        }
        for (window, at) in found {
            if self.cloths.iter().all(|cloth| cloth.covered_by != Some(window)) {
                let cloth = self.weave(at, window)?;
                self.cloths.push(cloth);
                self.due = true;
            }
        }
        // Outputs come back one after the other: the cloth of one that is still away stays for a while.
        if self.back_at.elapsed() >= FORGETTING {
            let gone: Vec<Cloth> = self.cloths.extract_if(.., |cloth| cloth.covered_by.is_none()).collect();
            gone.iter().try_for_each(|cloth| self.remove(cloth))?;
        }
        self.lay_below()
    }

    /// Where a window lies on the screen.
    fn lies(&self, window: Window) -> Option<Rectangle> {
        let size = self.server.get_geometry(window).ok()?.reply().ok()?;
        let at = self.server.translate_coordinates(window, self.root, 0, 0).ok()?.reply().ok()?;
        Some(Rectangle { x: at.dst_x, y: at.dst_y, width: size.width, height: size.height })
    }

    fn weave(&self, at: Rectangle, covered_by: Window) -> Result<Cloth, CurtainError> {
        let server = &self.server;
        let (ground, brush, window) = (server.generate_id()?, server.generate_id()?, server.generate_id()?);
        server.create_pixmap(self.depth, ground, self.root, at.width, at.height)?;
        let aux =
            CreateGCAux::new().foreground(0).subwindow_mode(SubwindowMode::INCLUDE_INFERIORS).graphics_exposures(0);
        server.create_gc(brush, ground, &aux)?;
        let all = Rectangle { x: 0, y: 0, ..at };
        server.poly_fill_rectangle(ground, brush, &[all])?;
        // No cursor over it: one of a single pixel that is nothing.
        let (bit, cursor) = (server.generate_id()?, server.generate_id()?);
        server.create_pixmap(1, bit, self.root, 1, 1)?;
        let clear = server.generate_id()?;
        server.create_gc(clear, bit, &CreateGCAux::new().foreground(0))?;
        server.poly_fill_rectangle(bit, clear, &[Rectangle { x: 0, y: 0, width: 1, height: 1 }])?;
        server.create_cursor(cursor, bit, bit, 0, 0, 0, 0, 0, 0, 0, 0)?;
        let aux = CreateWindowAux::new().override_redirect(1).background_pixmap(ground).cursor(cursor);
        let class = WindowClass::INPUT_OUTPUT;
        server.create_window(
            x11rb::COPY_DEPTH_FROM_PARENT,
            window,
            self.root,
            at.x,
            at.y,
            at.width,
            at.height,
            0,
            class,
            0,
            &aux,
        )?;
        server.free_gc(clear)?;
        server.free_pixmap(bit)?;
        server.free_cursor(cursor)?;
        Ok(Cloth { at, window, ground, brush, covered_by: Some(covered_by) })
    }

    fn remove(&self, cloth: &Cloth) -> Result<(), CurtainError> {
        self.server.destroy_window(cloth.window)?;
        self.server.free_gc(cloth.brush)?;
        self.server.free_pixmap(cloth.ground)?;
        Ok(())
    }

    /// Each cloth right below the output that covers it; nothing comes to lie on an output.
    fn lay_below(&self) -> Result<(), CurtainError> {
        let stack = self.server.query_tree(self.root)?.reply()?.children;
        for cloth in &self.cloths {
            let Some(output) = cloth.covered_by else { continue };
            if self.is_composited {
                self.server.unmap_window(cloth.window)?;
                continue;
            }
            let Some(top) = self.top_level(output) else { continue };
            let place = |window: Window| stack.iter().position(|known| *known == window);
            if let (Some(below), Some(above)) = (place(cloth.window), place(top))
                && below + 1 != above
            {
                let lay = ConfigureWindowAux::new().sibling(top).stack_mode(StackMode::BELOW);
                self.server.configure_window(cloth.window, &lay)?;
            }
            self.server.map_window(cloth.window)?;
        }
        Ok(())
    }

    /// What a window manager has put a window into, or the window itself.
    fn top_level(&self, window: Window) -> Option<Window> {
        let mut window = window;
        // Managers put a window into two frames at most.
        for _ in 0..8 {
            let parent = self.server.query_tree(window).ok()?.reply().ok()?.parent;
            if parent == self.root || parent == x11rb::NONE {
                return Some(window);
            }
            window = parent;
        }
        None
    }

    /// Whether something lies over a raised cloth.
    fn is_covered(&self) -> Result<bool, CurtainError> {
        let stack = self.server.query_tree(self.root)?.reply()?.children;
        let is_cloth = |window: &Window| self.cloths.iter().any(|cloth| cloth.window == *window);
        Ok(!self.cloths.is_empty() && !stack.iter().rev().take(self.cloths.len()).all(is_cloth))
    }

    /// Every cloth on top of all windows.
    fn raise(&mut self, raises: u32) -> Result<(), CurtainError> {
        self.raised = Some(raises);
        for cloth in &self.cloths {
            self.server.configure_window(cloth.window, &ConfigureWindowAux::new().stack_mode(StackMode::ABOVE))?;
            self.server.map_window(cloth.window)?;
        }
        Ok(self.server.flush()?)
    }

    /// The pictures that the outputs show become their cloths' grounds. What is copied from a window that is not there
    /// any more is nothing: the ground stays.
    fn copy(&mut self) -> Result<(), CurtainError> {
        if self.raised.is_some() {
            return Ok(());
        }
        self.copied_at = Some(Instant::now());
        for cloth in &self.cloths {
            let Some(output) = cloth.covered_by else { continue };
            let (width, height) = (cloth.at.width, cloth.at.height);
            self.server.copy_area(output, cloth.ground, cloth.brush, 0, 0, 0, 0, width, height)?;
            // A ground that is painted on counts only when it is set again.
            let set = ChangeWindowAttributesAux::new().background_pixmap(cloth.ground);
            self.server.change_window_attributes(cloth.window, &set)?;
        }
        Ok(())
    }

    fn open(&mut self) -> Result<(), CurtainError> {
        self.windows.clear();
        self.raised = None;
        let cloths = std::mem::take(&mut self.cloths);
        cloths.iter().try_for_each(|cloth| self.remove(cloth))?;
        Ok(self.server.flush()?)
    }
}
