//! What the renderer reports: told to the operator; only what cannot be gone on from ends the program, and where it is
//! guarded it is back in a second.

use std::time::{Duration, Instant};

use bevy::{
    app::AppExit,
    prelude::*,
    render::{
        error_handler::{ErrorType, RenderError, RenderErrorHandler, RenderErrorPolicy},
        render_resource::PollType,
        renderer::RenderDevice,
    },
};

use super::{guarded::Guarded, pace::Throttle};
use crate::director::{Director, ProblemKind};

/// So many refusals within [`SPAN`] are no single picture's fault: what goes on so would flicker.
const REFUSALS: usize = 20;
const SPAN: Duration = Duration::from_secs(2);

/// When calls were refused lately.
#[derive(Resource, Default)]
pub struct Refusals(Vec<Instant>);

impl Refusals {
    /// Notes one; whether it is one too many.
    fn note(&mut self, now: Instant) -> bool {
        self.0.retain(|at| now.saturating_duration_since(*at) < SPAN);
        self.0.push(now);
        self.0.len() >= REFUSALS
    }
}

/// How often the device is asked how it is.
const ASKING: Duration = Duration::from_millis(250);

/// Asks the device how it is: while a picture stands nothing else does, and one that is lost is to be found before the
/// next picture needs it.
pub fn ask(device: Option<Res<RenderDevice>>, mut asked: Local<Throttle>) {
    if asked.due(Instant::now(), ASKING) {
        // What it says comes to the handler.
        device.iter().for_each(|device| drop(device.poll(PollType::Poll)));
    }
}

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
        // One call was refused: its picture stays as it was, the next one is another. When it goes on so, a new start
        // is the better picture, where somebody gives it.
        ErrorType::Validation => {
            let too_many = main.get_resource_or_init::<Refusals>().note(Instant::now());
            if too_many && main.contains_resource::<Guarded>() {
                return end(main);
            }
            RenderErrorPolicy::Ignore
        }
        // The device is gone. A restart takes a second and brings the same picture; going on here would not.
        ErrorType::OutOfMemory | ErrorType::Internal | ErrorType::DeviceLost => end(main),
    }
}

/// The renderer runs behind all of the frame's systems, and this frame is the last: nobody else tells the guard that no
/// beat follows while recordings are closed.
fn end(main: &mut World) -> RenderErrorPolicy {
    main.write_message(AppExit::error());
    if let Some(mut guarded) = main.get_resource_mut::<Guarded>() {
        guarded.fails();
    }
    RenderErrorPolicy::StopRendering
}

#[cfg(test)]
mod tests {
    use std::io::BufRead;

    use bevy::ecs::message::Messages;

    use super::*;
    use crate::{
        app::chosen::Chosen,
        guard::{Link, Saying},
    };

    #[test]
    fn a_lost_device_is_said_to_the_guard_in_the_frame_that_has_no_next() {
        let (mut main, mut render) = (World::new(), World::new());
        main.init_resource::<Messages<AppExit>>();
        let (link, mut parent) = Link::of_a_test();
        main.insert_resource(Guarded::new(link, &Chosen::default()));
        let error = RenderError { ty: ErrorType::DeviceLost, description: String::new(), source: None };
        assert!(matches!(handle(&error, &mut main, &mut render), RenderErrorPolicy::StopRendering));
        let mut line = String::new();
        parent.read_line(&mut line).unwrap();
        assert_eq!(serde_json::from_str::<Saying>(&line).unwrap(), Saying::Ends { fails: true });
        assert_eq!(main.resource::<Messages<AppExit>>().len(), 1);
    }

    #[test]
    fn a_refusal_now_and_then_is_gone_on_from() {
        let mut refusals = Refusals::default();
        let begun = Instant::now();
        let at = |ms: u64| begun + Duration::from_millis(ms);
        assert!((0..1_000).all(|n| !refusals.note(at(n * 150))));
        let flood = (0..60).position(|n| refusals.note(at(1_000_000 + n * 16)));
        assert_eq!(flood, Some(REFUSALS - 1));
    }
}
