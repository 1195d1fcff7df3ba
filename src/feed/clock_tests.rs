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
fn what_waited_together_behind_a_shut_way_is_one_rough_sample() {
    let mut sync = ClockSync::new();
    // Asked for during six seconds, all answered when they were over.
    for n in 0..12 {
        let at = n * 400_000;
        exchange(&mut sync, at, 1_000_000, 6_000_000 - at, 0);
    }
    exchange(&mut sync, 6_100_000, 1_000_000, 300, 300);
    let off_us = sync.now(6_200_000) - 7_200_000;
    assert!(off_us.abs() < 1_000, "{off_us} µs off: the first good sample is taken at once");
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

/// How a network delays a message one way, µs.
fn delay(kind: u64, dice: &mut fastrand::Rng) -> i64 {
    match kind {
        // Anything up to 100 ms.
        0 => dice.i64(0..100_000),
        // Mostly little, now and then much, 50 ms on average.
        1 => (-50_000.0 * (1.0 - dice.f64()).ln()) as i64,
        // 45 ms and a queue: 100 ms there and back on average.
        2 => 45_000 + (-5_000.0 * (1.0 - dice.f64()).ln()) as i64,
        // Bursts: for seconds nothing is quick.
        _ => dice.i64(0..10_000) + if dice.u32(0..3) == 0 { dice.i64(0..90_000) } else { 0 },
    }
}

/// The worst error of ten minutes behind the first twelve seconds, µs, on a network that delays by up to 100 ms.
fn worst_of(seed: u64) -> i64 {
    let mut dice = fastrand::Rng::with_seed(seed);
    let ppm = dice.i64(-40..=40);
    let server = |at: i64| SERVER_US + at + at / 1_000_000 * ppm + at % 1_000_000 * ppm / 1_000_000;
    let (there_kind, back_kind) = if seed % 4 == 2 { (2, 2) } else { (dice.u64(0..2) * 3, dice.u64(0..2)) };
    let mut sync = ClockSync::new();
    let (mut pings, mut at, mut worst) = (0, 0, 0);
    // Nothing overtakes on its way.
    let (mut there_us, mut back_us) = (0, 0);
    while at < 600_000_000 {
        there_us = there_us.max(at + delay(there_kind, &mut dice));
        back_us = back_us.max(there_us + 40 + delay(back_kind, &mut dice));
        sync.sample(at, server(there_us), server(there_us + 40), back_us);
        pings += 1;
        // As a session pings.
        at += match pings {
            0..8 => 25_000,
            8..88 if sync.is_jittery() => 100_000,
            _ if sync.is_jittery() => 1_000_000,
            _ => 5_000_000,
        };
        let asked = at.max(back_us);
        if asked > 12_000_000 {
            worst = worst.max((sync.now(asked) - server(asked)).abs());
        }
    }
    worst
}

#[test]
fn under_a_tenth_of_a_second_of_jitter_the_clock_is_right_to_ten_milliseconds() {
    let seeds = std::env::var("LEITAI_SEEDS").map_or(300, |seeds| seeds.parse().unwrap());
    let worst = (0..seeds).map(|seed| (worst_of(seed), seed)).max().unwrap();
    println!("{seeds} networks: at most {} \u{b5}s wrong (seed {})", worst.0, worst.1);
    assert!(worst.0 <= 10_000, "seed {}: {} \u{b5}s", worst.1, worst.0);
}
