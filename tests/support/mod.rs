//! What the promises share: one renderer for the whole process, and a picture to draw.

pub mod base64;
pub mod burn;
pub mod card;
pub mod chaos;
pub mod corpus;
pub mod desk;
pub mod drama;
pub mod exported;
pub mod film;
pub mod filmed;
pub mod frames;
pub mod golden;
pub mod guarded;
pub mod hall;
pub mod http;
pub mod keyer;
pub mod legible;
pub mod log;
pub mod probe;
pub mod referee;
pub mod scenes;
pub mod screen;
pub mod setting;
pub mod steered;
pub mod story;

use crossbeam_channel::{Sender, bounded};
use std::panic::{AssertUnwindSafe, catch_unwind, resume_unwind};
use std::sync::OnceLock;
use std::sync::{Mutex, PoisonError};
use std::thread;

use leitai::stage::Headless;

/// Promises that compare pixels do so at a quarter of the programme's area: lavapipe is slow, edges are edges.
pub const RASTER: (u32, u32) = (960, 540);

type Work = Box<dyn FnOnce(&mut Headless) + Send>;

/// Runs `work` with the process's renderer, one piece of work at a time, on the thread the renderer lives on
/// (a Bevy app cannot change threads). A failed test leaves the renderer usable.
pub fn with_headless<T: Send + 'static>(work: impl FnOnce(&mut Headless) -> T + Send + 'static) -> T {
    static RENDERER: OnceLock<Mutex<Sender<Work>>> = OnceLock::new();
    let renderer = RENDERER.get_or_init(|| {
        let (sender, receiver) = bounded::<Work>(1);
        thread::spawn(move || {
            let mut headless = Headless::new(RASTER).expect("a renderer");
            for work in receiver {
                work(&mut headless);
            }
        });
        Mutex::new(sender)
    });
    let (answer, answered) = bounded(1);
    let work: Work = Box::new(move |headless| {
        let outcome = catch_unwind(AssertUnwindSafe(|| work(headless)));
        answer.send(outcome).expect("the test waits");
    });
    renderer.lock().unwrap_or_else(PoisonError::into_inner).send(work).expect("the renderer runs");
    answered.recv().expect("the renderer answers").unwrap_or_else(|panic| resume_unwind(panic))
}
