//! Instants and durations of the show: whole microseconds on the server's clock, nothing else.

/// An instant: µs since the Unix epoch on the **server's** clock (protocol.md §1, absolute time).
pub type Instant = i64;

/// A span in µs. Negative spans are legal in arithmetic and clamp where they are shown.
pub type SpanUs = i64;

/// Microseconds in a second.
pub const SECOND_US: SpanUs = 1_000_000;

/// Milliseconds, as themes and look.md write them, to µs.
pub const fn ms(value: i64) -> SpanUs {
    value * 1_000
}
