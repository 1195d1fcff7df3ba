//! Processor and wall time of this process.

use std::time::Instant;

/// Begun at an instant; says what went by since.
pub struct Meter {
    wall: Instant,
    cpu_s: f64,
}

impl Meter {
    pub fn start() -> Self {
        Self { wall: Instant::now(), cpu_s: processor_s() }
    }

    pub fn wall_s(&self) -> f64 {
        self.wall.elapsed().as_secs_f64()
    }

    /// User and system time of all threads, those that have ended too; true on a busy machine as well.
    pub fn cpu_s(&self) -> f64 {
        processor_s() - self.cpu_s
    }
}

/// Of this process so far; Linux counts it in hundredths of a second.
fn processor_s() -> f64 {
    let stat = std::fs::read_to_string("/proc/self/stat").unwrap_or_default();
    let fields = stat.rsplit_once(')').map_or("", |(_, rest)| rest).split_whitespace();
    fields.skip(11).take(2).filter_map(|ticks| ticks.parse::<f64>().ok()).sum::<f64>() / 100.0
}

/// Memory of this process, each page divided by those who share it, MiB.
pub fn pss_mib() -> f64 {
    let rollup = std::fs::read_to_string("/proc/self/smaps_rollup").unwrap_or_default();
    let line = rollup.lines().find_map(|line| line.strip_prefix("Pss:")).unwrap_or_default();
    line.split_whitespace().next().and_then(|kib| kib.parse::<f64>().ok()).unwrap_or(f64::NAN) / 1024.0
}

/// The value below which `share` (0 to 1) of the sorted values lie.
pub fn quantile(sorted: &[f64], share: f64) -> f64 {
    let last = sorted.len().saturating_sub(1);
    sorted.get((last as f64 * share).round() as usize).copied().unwrap_or(f64::NAN)
}
