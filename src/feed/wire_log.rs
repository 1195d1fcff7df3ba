//! What the transports may say in a log: what happened, never what was sent.
//!
//! On their finer levels they print handshakes with the token in them, and messages whole. A filter's directive could be
//! made wider by a narrower one (`RUST_LOG=tungstenite::handshake=trace`); this cannot.

use tracing::{Level, Metadata};

/// Crates through which tokens and messages pass.
const TRANSPORTS: [&str; 15] = [
    "axum",
    "axum_core",
    "futures_util",
    "h2",
    "http",
    "httparse",
    "hyper",
    "hyper_util",
    "mio",
    "rosc",
    "rustls",
    "tokio",
    "tokio_rustls",
    "tokio_tungstenite",
    "tungstenite",
];

/// Whether this line of a log can hold nothing of what crosses the wire. To be asked of everything that is logged,
/// whatever filter was wished for.
pub fn may_be_logged(told: &Metadata) -> bool {
    let of = told.target().split("::").next().unwrap_or_default();
    *told.level() <= Level::INFO || !TRANSPORTS.contains(&of)
}

#[cfg(test)]
mod tests {
    use std::{
        io,
        sync::{Arc, Mutex},
    };

    use tracing_subscriber::{EnvFilter, filter::filter_fn, fmt, layer::SubscriberExt};

    use super::*;

    #[derive(Clone, Default)]
    struct Page(Arc<Mutex<Vec<u8>>>);

    impl io::Write for Page {
        fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
            self.0.lock().unwrap().extend_from_slice(bytes);
            Ok(bytes.len())
        }

        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn no_wish_for_more_makes_a_transport_print_what_it_sends() {
        let page = Page::default();
        let writer = page.clone();
        let said = fmt::layer().with_writer(move || writer.clone()).with_ansi(false);
        let wanted = EnvFilter::new("trace,tungstenite::handshake::client=trace,hyper=trace");
        let log = tracing_subscriber::registry().with(wanted).with(filter_fn(may_be_logged)).with(said);
        tracing::subscriber::with_default(log, || {
            tracing::trace!(target: "tungstenite::handshake::client", "Request: hunter2");
            tracing::debug!(target: "hyper::proto::h1", "hunter2");
            tracing::trace!(target: "rustls::client", "hunter2");
            tracing::info!(target: "hyper", "a server ended");
            tracing::trace!(target: "leitai::feed", "of our own");
            tracing::trace!(target: "tungstenites", "of another");
        });
        let text = String::from_utf8(page.0.lock().unwrap().clone()).unwrap();
        assert!(!text.contains("hunter2"), "{text}");
        assert!(["a server ended", "of our own", "of another"].iter().all(|part| text.contains(part)), "{text}");
    }
}
