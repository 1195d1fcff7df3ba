//! Phases of a frame, for `--trace`: what is named here is a bar of the flame graph, and costs nothing when nobody looks.

/// What tells a phase from everything else that is traced.
pub const TARGET: &str = "phase";

/// A phase that lasts as long as what this gives.
macro_rules! phase {
    ($name:literal) => {
        tracing::trace_span!(target: $crate::phase::TARGET, $name).entered()
    };
}

/// Ends this thread's last bar and begins the next one; none begins under an empty name.
macro_rules! bar {
    ($name:literal) => {
        tracing::trace!(target: $crate::phase::TARGET, bar = $name)
    };
}

pub(crate) use {bar, phase};
