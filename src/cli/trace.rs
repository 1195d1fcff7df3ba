//! Tracing: what every phase of every frame took, as a file that Perfetto and Chrome draw as a flame graph.

use std::{
    cell::Cell,
    fmt::Debug,
    fs::File,
    io::{self, BufWriter, Write},
    path::Path,
    sync::{
        Arc, Mutex, PoisonError,
        atomic::{AtomicU64, Ordering::Relaxed},
    },
    time::Instant,
};

use tracing::{
    Event, Id, Subscriber,
    field::{Field, Visit},
};
use tracing_subscriber::{
    Layer,
    layer::Context,
    registry::{LookupSpan, SpanRef},
};

use super::error::CliError;

/// What is let through to the file, and to nothing else.
pub const DIRECTIVE: &str = "phase=trace";

/// A file that is being written; the copies are one.
#[derive(Clone)]
pub struct Trace {
    file: Arc<Mutex<BufWriter<File>>>,
    begun: Instant,
}

thread_local! {
    /// This thread's number in the file; 0 before its first phase.
    static THREAD: Cell<u64> = const { Cell::new(0) };
    /// Whether a bar of this thread is open.
    static BAR: Cell<bool> = const { Cell::new(false) };
}
static THREADS: AtomicU64 = AtomicU64::new(0);

/// Whether an event or a span is a phase of a frame.
pub fn is_phase(told: &tracing::Metadata) -> bool {
    told.target() == crate::phase::TARGET
}

impl Trace {
    /// Begins a file; one that is there is written over.
    ///
    /// # Errors
    /// When it cannot be written.
    pub fn begin(path: &Path) -> Result<Self, CliError> {
        let fault = |error: io::Error| CliError::Write { path: path.to_owned(), reason: error.to_string() };
        let mut file = BufWriter::new(File::create(path).map_err(fault)?);
        // A trace may end anywhere: its readers do not ask for the closing bracket.
        file.write_all(b"[\n").map_err(fault)?;
        Ok(Self { file: Arc::new(Mutex::new(file)), begun: Instant::now() })
    }

    /// Writes out what is still held back.
    pub fn end(&self) {
        // A full disk costs the end of a trace, and nothing else.
        let _ = self.file.lock().unwrap_or_else(PoisonError::into_inner).flush();
    }

    fn write(&self, shape: &str, name: &str) {
        let at_us = self.begun.elapsed().as_nanos() as f64 / 1e3;
        let mut file = self.file.lock().unwrap_or_else(PoisonError::into_inner);
        let thread = THREAD.get();
        let thread = if thread == 0 { named(&mut *file) } else { thread };
        // As above.
        let _ = writeln!(file, r#"{{"name":"{name}","ph":"{shape}","ts":{at_us:.3},"pid":1,"tid":{thread}}},"#);
    }
}

/// Gives this thread its number, and tells its name.
fn named(file: &mut impl Write) -> u64 {
    let number = THREADS.fetch_add(1, Relaxed) + 1;
    THREAD.set(number);
    let name = std::thread::current().name().unwrap_or("thread").replace(['"', '\\'], "");
    // As above.
    let _ = writeln!(file, r#"{{"name":"thread_name","ph":"M","pid":1,"tid":{number},"args":{{"name":"{name}"}}}},"#);
    number
}

impl<S: Subscriber + for<'a> LookupSpan<'a>> Layer<S> for Trace {
    fn on_enter(&self, id: &Id, context: Context<S>) {
        if let Some(span) = phase(&context, id) {
            self.write("B", span.name());
        }
    }

    fn on_exit(&self, id: &Id, context: Context<S>) {
        if let Some(span) = phase(&context, id) {
            self.write("E", span.name());
        }
    }

    /// From one bar to the next.
    fn on_event(&self, event: &Event, _: Context<S>) {
        if !is_phase(event.metadata()) {
            return;
        }
        let mut next = Bar::default();
        event.record(&mut next);
        if BAR.replace(!next.0.is_empty()) {
            self.write("E", "");
        }
        if !next.0.is_empty() {
            self.write("B", &next.0);
        }
    }
}

/// The name that an event gives the next bar.
#[derive(Default)]
struct Bar(String);

impl Visit for Bar {
    fn record_debug(&mut self, _: &Field, _: &dyn Debug) {}

    fn record_str(&mut self, _: &Field, value: &str) {
        value.clone_into(&mut self.0);
    }
}

fn phase<'a, S: Subscriber + for<'b> LookupSpan<'b>>(context: &'a Context<S>, id: &Id) -> Option<SpanRef<'a, S>> {
    context.span(id).filter(|span| is_phase(span.metadata()))
}

#[cfg(test)]
mod tests {
    use tracing_subscriber::layer::SubscriberExt;

    use super::*;

    #[test]
    fn phases_are_written_as_they_lie_in_one_another() {
        let folder = tempfile::tempdir().unwrap();
        let path = folder.path().join("trace.json");
        let trace = Trace::begin(&path).unwrap();
        tracing::subscriber::with_default(tracing_subscriber::registry().with(trace.clone()), || {
            let _frame = crate::phase::phase!("frame");
            drop(crate::phase::phase!("compose"));
            crate::phase::bar!("main");
            crate::phase::bar!("extract");
            crate::phase::bar!("");
            tracing::info!("nothing of this is a phase");
        });
        trace.end();
        let text = std::fs::read_to_string(&path).unwrap();
        let closed = format!("{}]", text.trim_end().trim_end_matches(','));
        let read: Vec<serde_json::Value> = serde_json::from_str(&closed).unwrap();
        let told: Vec<_> =
            read.iter().filter(|one| one["ph"] != "M").map(|one| (one["ph"].clone(), one["name"].clone())).collect();
        let expected = [
            ("B", "frame"),
            ("B", "compose"),
            ("E", "compose"),
            ("B", "main"),
            ("E", ""),
            ("B", "extract"),
            ("E", ""),
            ("E", "frame"),
        ];
        assert_eq!(told, expected.map(|(shape, name)| (shape.into(), name.into())));
        let instants: Vec<f64> = read.iter().filter_map(|one| one["ts"].as_f64()).collect();
        assert!(instants.is_sorted(), "{instants:?}");
    }
}
