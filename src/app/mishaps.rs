//! What the renderer reports: told to the operator; only what cannot be gone on from ends the program.

use bevy::{
    app::AppExit,
    prelude::*,
    render::error_handler::{ErrorType, RenderError, RenderErrorHandler, RenderErrorPolicy},
};

use crate::director::{Director, ProblemKind};

/// In place of Bevy's, which ends the program at the first word of the graphics driver.
pub fn handler() -> RenderErrorHandler {
    RenderErrorHandler(handle)
}

fn handle<'a>(error: &'a RenderError, main: &'a mut World, _render: &'a mut World) -> RenderErrorPolicy {
    if let Some(mut director) = main.get_resource_mut::<Director>() {
        let now_us = director.now_us();
        let said = format!("{:?} {}", error.ty, error.description);
        director.problems.report(ProblemKind::Renderer, said.trim(), now_us);
    }
    match error.ty {
        // One call was refused: its picture stays as it was, the next one is another.
        ErrorType::Validation => RenderErrorPolicy::Ignore,
        // The device is gone. A restart takes a second and brings the same picture; going on here would not.
        ErrorType::OutOfMemory | ErrorType::Internal | ErrorType::DeviceLost => {
            main.write_message(AppExit::error());
            RenderErrorPolicy::StopRendering
        }
    }
}
