//! Ending on request of the system: Ctrl-C in the terminal, or SIGTERM from whoever supervises.

use std::{
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread::{Builder, JoinHandle},
};

use bevy::{app::AppExit, prelude::*};
use tokio::signal::unix::{SignalKind, signal};

/// Whether the system has asked to end.
#[derive(Resource)]
pub struct Ended(Arc<AtomicBool>);

impl Ended {
    /// Listens from now on; `wake` rouses the event loop.
    pub fn listen(wake: impl Fn() + Send + 'static) -> Self {
        let ended = Arc::new(AtomicBool::new(false));
        let told = Arc::clone(&ended);
        on_wish(move || {
            told.store(true, Ordering::Release);
            wake();
        });
        Self(ended)
    }
}

/// Calls `hear` at each wish of the system's, or of a person at the terminal, that this ends. Where no wish can be heard
/// the system ends us its own way.
pub fn on_wish(hear: impl Fn() + Send + 'static) {
    let listening = Builder::new().name("signals".to_owned()).spawn(move || {
        let runtime = tokio::runtime::Builder::new_current_thread().enable_io().build()?;
        runtime.block_on(async {
            let mut terminate = signal(SignalKind::terminate())?;
            let mut interrupt = signal(SignalKind::interrupt())?;
            let mut hang_up = signal(SignalKind::hangup())?;
            loop {
                tokio::select! {
                    _ = terminate.recv() => {}
                    _ = interrupt.recv() => {}
                    _ = hang_up.recv() => {}
                }
                hear();
            }
        })
    });
    // The thread returns only where it could not listen.
    let _: Result<JoinHandle<std::io::Result<()>>, _> = listening;
}

/// Ends when asked to; the tape is closed and synced on the way out.
pub fn obey(ended: Res<Ended>, mut exit: MessageWriter<AppExit>) {
    if ended.0.load(Ordering::Acquire) {
        exit.write(AppExit::Success);
    }
}
