//! Allocations of this process, counted: none of any size is to be made for a frame like the one before.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    sync::atomic::{AtomicU64, Ordering::Relaxed},
};

use serde_json::{Value, json};

/// Larger ones are handed out by the system page by page, and given back to it.
const LARGE_BYTES: usize = 64 << 10;

static MADE: AtomicU64 = AtomicU64::new(0);
static BYTES: AtomicU64 = AtomicU64::new(0);
static LARGE: AtomicU64 = AtomicU64::new(0);

/// The system's allocator with a count.
pub struct Counting;

fn count(bytes: usize) {
    MADE.fetch_add(1, Relaxed);
    BYTES.fetch_add(bytes as u64, Relaxed);
    if bytes > LARGE_BYTES {
        LARGE.fetch_add(1, Relaxed);
    }
}

#[expect(unsafe_code, reason = "an allocator is one; it hands everything to the system's")]
// SAFETY: every call goes to the system's allocator as it came.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: the caller's promises are the system's.
        unsafe { System.alloc(layout) }
    }

    unsafe fn alloc_zeroed(&self, layout: Layout) -> *mut u8 {
        count(layout.size());
        // SAFETY: as above.
        unsafe { System.alloc_zeroed(layout) }
    }

    unsafe fn realloc(&self, at: *mut u8, layout: Layout, bytes: usize) -> *mut u8 {
        count(bytes);
        // SAFETY: as above.
        unsafe { System.realloc(at, layout, bytes) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        // SAFETY: as above.
        unsafe { System.dealloc(at, layout) }
    }
}

/// The counts at an instant.
#[derive(Clone, Copy)]
pub struct Count {
    made: u64,
    bytes: u64,
    large: u64,
}

impl Count {
    pub fn now() -> Self {
        Self { made: MADE.load(Relaxed), bytes: BYTES.load(Relaxed), large: LARGE.load(Relaxed) }
    }

    /// What was allocated since, for each of `frames`.
    pub fn per_frame(self, frames: u32) -> Value {
        let now = Self::now();
        let each = |from: u64, to: u64| (to - from) as f64 / f64::from(frames);
        json!({
            "made": each(self.made, now.made), "bytes": each(self.bytes, now.bytes), "large": each(self.large, now.large),
        })
    }
}
