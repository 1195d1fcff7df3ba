//! The displays: who they are and where, told as they come and go, and kept awake while an output fills one.
//!
//! All of it on threads and a connection to the X server of its own: no frame ever waits for an answer.

use std::{
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering},
    },
    thread,
    time::Duration,
};

use bevy::prelude::Resource;
use crossbeam_channel::{RecvTimeoutError, Sender, bounded};
use x11rb::{
    connection::Connection,
    errors::{ReplyError, ReplyOrIdError},
    protocol::{
        randr::{ConnectionExt as _, GetScreenResourcesCurrentReply, NotifyMask},
        xproto::{Atom, ClientMessageEvent, ConnectionExt as _, EventMask, ScreenSaver, Window},
    },
    rust_connection::RustConnection,
};

use super::edid;
use crate::{
    routing::Here,
    show::told::{Told, Words},
};

/// Screen savers wait for a minute at least.
const STIR: Duration = Duration::from_secs(20);
/// How often, and after how long, a list that could not be had is asked for again.
const TRIES: u32 = 10;
const AGAIN: Duration = Duration::from_millis(500);
/// EDID with all its extensions, 32-bit words at most.
const EDID_WORDS: u32 = 256;

/// Why displays are not known. Outputs that fill one have no window until they are.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
#[error("the displays cannot be listed ({reason}); start the program at an X server with RandR, or use windows")]
pub struct DisplaysError {
    pub reason: String,
}

impl Told for DisplaysError {
    fn words(&self) -> Words {
        Words::new("outputs-no-displays").with("reason", &self.reason)
    }
}

/// The displays as they are now.
#[derive(Resource, Default)]
pub struct Displays {
    shared: Arc<Shared>,
    server: Option<Server>,
    /// Dropped, it lets the displays sleep.
    awake: Option<Sender<()>>,
}

#[derive(Default)]
struct Shared {
    list: Mutex<Arc<[Here]>>,
    changes: AtomicU64,
}

#[derive(Clone)]
struct Server {
    connection: Arc<RustConnection>,
    root: Window,
    /// EWMH's names for a window's state and for one that fills its display; EDID's.
    state: Atom,
    full: Atom,
    edid: Atom,
}

impl Displays {
    /// Looks at the displays, and goes on looking: `wake` is called when one came, went or changed.
    ///
    /// # Errors
    /// Where there is no X server, or one that knows nothing of displays.
    pub fn watch(wake: impl Fn() + Send + 'static) -> Result<Self, DisplaysError> {
        let server = Server::connect()?;
        let fault = |error: ReplyError| DisplaysError { reason: error.to_string() };
        let wanted = NotifyMask::SCREEN_CHANGE
            | NotifyMask::CRTC_CHANGE
            | NotifyMask::OUTPUT_CHANGE
            | NotifyMask::OUTPUT_PROPERTY;
        let asked = server.connection.randr_select_input(server.root, wanted);
        asked.map_err(ReplyError::from).and_then(x11rb::cookie::VoidCookie::check).map_err(fault)?;
        let shared = Arc::new(Shared { list: Mutex::new(server.list().map_err(fault)?.into()), ..Shared::default() });
        let (looker, told) = (server.clone(), Arc::clone(&shared));
        let look = move || {
            // Ends with the connection, which is the program's end.
            while looker.connection.wait_for_event().is_ok() {
                while let Ok(Some(_)) = looker.connection.poll_for_event() {}
                let Some(now) = looker.settled() else { continue };
                let mut list = told.list.lock().unwrap_or_else(PoisonError::into_inner);
                if **list != *now {
                    *list = now.into();
                    told.changes.fetch_add(1, Ordering::Release);
                    drop(list);
                    wake();
                }
            }
        };
        thread::Builder::new()
            .name("displays".to_owned())
            .spawn(look)
            .map_err(|error| DisplaysError { reason: error.to_string() })?;
        Ok(Self { shared, server: Some(server), awake: None })
    }

    /// The displays that are here and on.
    pub fn here(&self) -> Arc<[Here]> {
        Arc::clone(&self.shared.list.lock().unwrap_or_else(PoisonError::into_inner))
    }

    /// Counts what changed.
    pub fn changes(&self) -> u64 {
        self.shared.changes.load(Ordering::Acquire)
    }

    /// Keeps the displays awake, or no longer.
    ///
    /// The X server is told every 20 s that somebody is there: its own screen saver, the displays' power saving (DPMS)
    /// and everything that counts the server's idle time wait. A locker that is asked for by hand, or one that counts
    /// for itself, does not.
    pub fn keep_awake(&mut self, wanted: bool) {
        if !wanted {
            self.awake = None;
        } else if self.awake.is_none()
            && let Some(server) = self.server.clone()
        {
            let (alive, ended) = bounded::<()>(0);
            let stir = move || {
                loop {
                    let stirred = server.connection.force_screen_saver(ScreenSaver::RESET).map(drop);
                    let _ = stirred.and_then(|()| server.connection.flush());
                    if ended.recv_timeout(STIR) != Err(RecvTimeoutError::Timeout) {
                        break;
                    }
                }
            };
            // Without a thread the displays sleep as they are set to: the picture is not in danger of anything else.
            self.awake = thread::Builder::new().name("awake".to_owned()).spawn(stir).ok().map(|_| alive);
        }
    }

    /// Asks the window manager, where there is one, to let a window fill the display on which it lies: nothing of the
    /// desktop lies over it. Where there is none, its place and size do.
    pub fn fill(&self, window: Window) {
        let Some(server) = &self.server else { return };
        // A window that has gone meanwhile needs nothing.
        let _ = server.ask_to_fill(window);
    }
}

/// The displays that are here and on, looked at once.
///
/// # Errors
/// Where there is no X server, or one that knows nothing of displays.
pub fn list() -> Result<Vec<Here>, DisplaysError> {
    Server::connect()?.list().map_err(|error| DisplaysError { reason: error.to_string() })
}

impl Server {
    fn connect() -> Result<Self, DisplaysError> {
        let fault = |reason: String| DisplaysError { reason };
        let (connection, screen) = RustConnection::connect(None).map_err(|error| fault(error.to_string()))?;
        let root = connection.setup().roots.get(screen).map(|screen| screen.root);
        let root = root.ok_or_else(|| fault(ReplyOrIdError::IdsExhausted.to_string()))?;
        // 1.3 has the current resources without asking every display anew.
        let version = connection.randr_query_version(1, 3).map_err(ReplyError::from);
        version.and_then(x11rb::cookie::Cookie::reply).map_err(|error| fault(error.to_string()))?;
        let atom = |name: &[u8]| {
            let asked = connection.intern_atom(false, name).map_err(ReplyError::from);
            let reply = asked.and_then(x11rb::cookie::Cookie::reply).map_err(|error| fault(error.to_string()))?;
            Ok(reply.atom)
        };
        let (state, full, edid) = (atom(b"_NET_WM_STATE")?, atom(b"_NET_WM_STATE_FULLSCREEN")?, atom(b"EDID")?);
        Ok(Self { connection: Arc::new(connection), root, state, full, edid })
    }

    fn list(&self) -> Result<Vec<Here>, ReplyError> {
        let resources = self.connection.randr_get_screen_resources_current(self.root)?.reply()?;
        let mut found = Vec::new();
        for output in &resources.outputs {
            found.extend(self.one(&resources, *output)?);
        }
        Ok(found)
    }

    /// The same in the middle of a change, when an answer may be about a display that has just gone: asked again, a few
    /// times.
    fn settled(&self) -> Option<Vec<Here>> {
        (0..TRIES).find_map(|tried| {
            if tried > 0 {
                thread::park_timeout(AGAIN);
            }
            self.list().ok()
        })
    }

    /// A display that shows something; none where the socket is empty or off.
    fn one(&self, resources: &GetScreenResourcesCurrentReply, output: u32) -> Result<Option<Here>, ReplyError> {
        let info = self.connection.randr_get_output_info(output, resources.config_timestamp)?.reply()?;
        if info.crtc == 0 {
            return Ok(None);
        }
        let crtc = self.connection.randr_get_crtc_info(info.crtc, resources.config_timestamp)?.reply()?;
        if crtc.width == 0 || crtc.height == 0 {
            return Ok(None);
        }
        let asked = self.connection.randr_get_output_property(output, self.edid, 0_u32, 0, EDID_WORDS, false, false);
        let edid = edid::read(&asked?.reply()?.data).unwrap_or_default();
        let mode = resources.modes.iter().find(|mode| mode.id == crtc.mode);
        let rate_millihz = mode.and_then(|mode| {
            let pixels = u64::from(mode.htotal) * u64::from(mode.vtotal);
            u32::try_from((u64::from(mode.dot_clock) * 1000).checked_div(pixels)?).ok().filter(|rate| *rate > 0)
        });
        Ok(Some(Here {
            connector: String::from_utf8_lossy(&info.name).into_owned(),
            name: edid.name,
            serial: edid.serial,
            maker: edid.maker,
            at: (i32::from(crtc.x), i32::from(crtc.y)),
            size: (u32::from(crtc.width), u32::from(crtc.height)),
            rate_millihz,
        }))
    }

    /// The window managers' common way (EWMH): add the state, as an application asks.
    fn ask_to_fill(&self, window: Window) -> Result<(), ReplyError> {
        const ADD: u32 = 1;
        const APPLICATION: u32 = 1;
        let message = ClientMessageEvent::new(32, window, self.state, [ADD, self.full, 0, APPLICATION, 0]);
        let mask = EventMask::SUBSTRUCTURE_REDIRECT | EventMask::SUBSTRUCTURE_NOTIFY;
        self.connection.send_event(false, self.root, mask, message)?;
        Ok(self.connection.flush()?)
    }
}
