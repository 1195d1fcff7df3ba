//! The clock against delay, drift, and hours that jump on either machine.

use super::*;

const HOUR_US: i64 = 3_600_000_000;
const SERVER_US: i64 = 1_763_690_400_000_000;

/// A sample at local `at` with these one-way delays, by a server whose clock is `offset` ahead.
fn exchange(sync: &mut ClockSync, at: i64, offset: i64, there: i64, back: i64) -> Option<i64> {
    let t1 = at + there + offset;
    sync.sample(at, t1, t1 + 40, at + there + 40 + back)
}

fn synced() -> ClockSync {
    let mut sync = ClockSync::new();
    exchange(&mut sync, 0, SERVER_US, 200, 200);
    sync
}

#[test]
fn first_sample_is_taken_at_once() {
    let sync = synced();
    assert_eq!(sync.now(1_000_000), SERVER_US + 1_000_000);
    let status = sync.status(1_000_000);
    assert_eq!((status.rtt_us, status.error_bound_us, status.slewing_us), (Some(400), Some(200), 0));
}

#[test]
fn welcome_serves_until_the_first_sample() {
    let mut sync = ClockSync::new();
    assert!(!sync.is_set());
    sync.provisional(SERVER_US, 500);
    assert_eq!(sync.now(600), SERVER_US + 100);
    assert_eq!(sync.status(600).error_bound_us, None);
    exchange(&mut sync, 1_000, SERVER_US, 100, 100);
    assert_eq!(sync.now(2_000), SERVER_US + 2_000);
    sync.provisional(SERVER_US + HOUR_US, 2_000);
    assert_eq!(sync.now(2_000), SERVER_US + 2_000, "a reconnect's welcome changes nothing");
}

#[test]
fn lowest_round_trip_leads() {
    let mut sync = ClockSync::new();
    // 60 ms there and 2 ms back: wrong by 29 ms, and it knows that it may be.
    exchange(&mut sync, 0, SERVER_US, 60_000, 2_000);
    assert_eq!(sync.status(62_040).offset_us - SERVER_US, 29_000);
    assert!(sync.status(62_040).error_bound_us.unwrap() >= 29_000);
    exchange(&mut sync, 100_000, SERVER_US, 150, 150);
    exchange(&mut sync, 200_000, SERVER_US, 90_000, 1_000);
    assert_eq!(sync.status(HOUR_US).offset_us, SERVER_US);
    assert_eq!(sync.status(HOUR_US).rtt_us, Some(300));
}

#[test]
fn slews_at_most_five_percent_and_never_backwards() {
    for lead in [-200_000_i64, 200_000] {
        let mut sync = synced();
        for n in 1..=WINDOW as i64 {
            exchange(&mut sync, n * 1_000, SERVER_US + lead, 150, 150);
        }
        let mut last = sync.now(9_000);
        for at in (10_000..6_000_000).step_by(1_000) {
            let now = sync.now(at);
            assert!((950..=1_050).contains(&(now - last)), "{} µs in 1000", now - last);
            last = now;
        }
        assert_eq!(sync.now(6_000_000), SERVER_US + 6_000_000 + lead);
    }
}

#[test]
fn a_server_set_an_hour_forward_is_left_alone_while_a_countdown_runs() {
    let mut sync = synced();
    sync.set_countdown_running(true);
    for n in 1..40 {
        let at = n * 5_000_000;
        assert_eq!(exchange(&mut sync, at, SERVER_US + HOUR_US, 150, 150), None);
        assert_eq!(sync.now(at + 1_000), SERVER_US + at + 1_000);
    }
    assert_eq!(sync.status(200_000_000).step_us, Some(HOUR_US));
    sync.set_countdown_running(false);
    let taken = exchange(&mut sync, 200_000_000, SERVER_US + HOUR_US, 150, 150);
    assert_eq!(taken, Some(HOUR_US));
    assert_eq!(sync.now(200_001_000), SERVER_US + HOUR_US + 200_001_000);
}

#[test]
fn a_server_set_an_hour_back_never_turns_time_round() {
    let mut sync = synced();
    let mut last = 0;
    for n in 1..100 {
        let at = n * 1_000_000;
        exchange(&mut sync, at, SERVER_US - HOUR_US, 150, 150);
        let now = sync.now(at + 500_000);
        assert!(now > last);
        last = now;
    }
    assert!(sync.status(100_000_000).slewing_us < -HOUR_US / 2);
    sync.restart();
    exchange(&mut sync, 101_000_000, SERVER_US - HOUR_US, 150, 150);
    assert_eq!(sync.now(102_000_000), SERVER_US - HOUR_US + 102_000_000, "a new epoch starts afresh");
}

#[test]
fn one_wild_sample_is_not_believed() {
    let mut sync = synced();
    for n in 1..30 {
        let wild = if n % 3 == 0 { HOUR_US } else { 0 };
        assert_eq!(exchange(&mut sync, n * 1_000_000, SERVER_US + wild, 150, 150), None);
    }
    assert_eq!(sync.now(40_000_000), SERVER_US + 40_000_000);
}

#[test]
fn impossible_samples_are_ignored() {
    let mut sync = synced();
    let before = sync.status(1_000);
    for (t0, t1, t2, t3) in [(10, 5, 4, 20), (20, 0, 0, 10), (0, 0, 100, 50), (i64::MAX, i64::MIN, 0, 1)] {
        assert_eq!(sync.sample(t0, t1, t2, t3), None);
    }
    assert_eq!(sync.status(1_000), before);
}
