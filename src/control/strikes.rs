//! Wrong tokens, by the address that they come from: after some different ones the next is looked at later and later.
//!
//! Only different ones count. A tablet that knocks with yesterday's token all evening learns nothing by it, and must not
//! lock out the button box beside it that has the right one; whoever guesses has to change the guess.

use std::{
    collections::VecDeque,
    net::{IpAddr, Ipv6Addr},
    sync::{Mutex, PoisonError},
    time::Duration,
};

use indexmap::IndexMap;
use sha2::{Digest, Sha256};
use tokio::time::Instant;

/// Different wrong tokens that cost nothing: people mistype.
const FREE: u32 = 5;
/// The first wait, which doubles with each further one…
const FIRST: Duration = Duration::from_secs(1);
/// …up to this.
const LONGEST: Duration = Duration::from_secs(60);
/// An address from which no wrong one came for so long is forgotten.
const FORGET: Duration = Duration::from_secs(600);
/// Addresses that are remembered.
const KNOWN: usize = 256;
/// Wrong tokens of an address that are known again.
const TRIED: usize = 8;

/// What is known of an address. No token: a digest says whether one is another one.
#[derive(Debug)]
struct Strike {
    count: u32,
    tried: VecDeque<[u8; 32]>,
    last: Instant,
    until: Instant,
}

/// All addresses from which wrong tokens came.
#[derive(Debug, Default)]
pub(super) struct Strikes(Mutex<IndexMap<IpAddr, Strike>>);

impl Strikes {
    /// How long it is until a token from there is looked at again; none where it is at once.
    pub fn wait(&self, who: IpAddr, now: Instant) -> Option<Duration> {
        let known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let left = known.get(&of(who))?.until.saturating_duration_since(now);
        (!left.is_zero()).then_some(left)
    }

    /// This token was wrong.
    pub fn wrong(&self, who: IpAddr, said: &[u8], now: Instant) {
        let digest: [u8; 32] = Sha256::digest(said).into();
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        known.retain(|_, strike| now.saturating_duration_since(strike.last) < FORGET);
        let who = of(who);
        if known.len() >= KNOWN && !known.contains_key(&who) {
            // The most harmless one makes room, and of these the oldest.
            let least = known.iter().enumerate().min_by_key(|(_, (_, strike))| (strike.count, strike.last));
            if let Some(at) = least.map(|(at, _)| at) {
                known.swap_remove_index(at);
            }
        }
        let fresh = || Strike { count: 0, tried: VecDeque::new(), last: now, until: now };
        let strike = known.entry(who).or_insert_with(fresh);
        strike.last = now;
        if strike.tried.contains(&digest) {
            return;
        }
        if strike.tried.len() >= TRIED {
            strike.tried.pop_front();
        }
        strike.tried.push_back(digest);
        strike.count = strike.count.saturating_add(1);
        if let Some(over) = strike.count.checked_sub(FREE + 1) {
            strike.until = now + FIRST.saturating_mul(1 << over.min(16)).min(LONGEST);
        }
    }
}

/// Whom an address belongs to. In the public IPv6 a whole network of them is one machine's; those of a hall's own network
/// (link-local, unique local) share theirs among all machines there, so that each is its own.
pub(super) fn of(who: IpAddr) -> IpAddr {
    match who.to_canonical() {
        IpAddr::V6(addr) if !addr.is_unicast_link_local() && !addr.is_unique_local() => {
            let [a, b, c, d, ..] = addr.segments();
            IpAddr::V6(Ipv6Addr::new(a, b, c, d, 0, 0, 0, 0))
        }
        addr => addr,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const WHO: IpAddr = IpAddr::V4(std::net::Ipv4Addr::new(10, 0, 0, 7));

    #[test]
    fn who_guesses_waits_longer_each_time_and_is_forgiven() {
        let (strikes, mut now) = (Strikes::default(), Instant::now());
        for n in 0..FREE {
            strikes.wrong(WHO, &[n as u8], now);
            assert_eq!(strikes.wait(WHO, now), None);
        }
        let mut waits = Vec::new();
        for n in 0..10 {
            strikes.wrong(WHO, &[100 + n], now);
            let wait = strikes.wait(WHO, now).unwrap();
            waits.push(wait.as_secs());
            now += wait;
            assert_eq!(strikes.wait(WHO, now), None, "then the next one is looked at");
        }
        assert_eq!(waits, [1, 2, 4, 8, 16, 32, 60, 60, 60, 60]);
        let other = IpAddr::from([10, 0, 0, 8]);
        assert_eq!(strikes.wait(other, now), None);
        strikes.wrong(other, b"x", now + FORGET);
        assert_eq!(strikes.0.lock().unwrap().len(), 1, "the first one is forgotten");
    }

    #[test]
    fn the_same_wrong_token_again_and_again_locks_nobody_out() {
        let (strikes, now) = (Strikes::default(), Instant::now());
        for n in 0..10_000 {
            strikes.wrong(WHO, if n % 2 == 0 { b"yesterday's" } else { b"last year's" }, now);
        }
        assert_eq!(strikes.wait(WHO, now), None);
    }

    #[test]
    fn what_is_remembered_is_bounded_and_the_worst_stay() {
        let (strikes, now) = (Strikes::default(), Instant::now());
        for n in 0..20_u8 {
            strikes.wrong(WHO, &[n], now);
        }
        for n in 0..100_000_u32 {
            strikes.wrong(IpAddr::V4((0x0b00_0000 + n).into()), b"x", now);
        }
        let known = strikes.0.lock().unwrap();
        assert_eq!(known.len(), KNOWN);
        assert!(known.values().all(|strike| strike.tried.len() <= TRIED));
        assert!(known.contains_key(&WHO), "a crowd does not wash out who guesses");
    }

    #[test]
    fn a_network_of_addresses_is_one_stranger() {
        let v6 = |last| IpAddr::V6(Ipv6Addr::new(0x2001, 0xdb8, 1, 2, 3, 4, 5, last));
        assert_eq!(of(v6(1)), of(v6(2)));
        assert_eq!(of("::ffff:10.0.0.7".parse().unwrap()), WHO);
    }

    #[test]
    fn who_guesses_in_the_hall_s_own_network_locks_out_nobody_else_there() {
        let (strikes, now) = (Strikes::default(), Instant::now());
        for (guesser, other) in [("fe80::1", "fe80::2"), ("fd12:3456:789a:1::1", "fd12:3456:789a:1::2")] {
            let (guesser, other): (IpAddr, IpAddr) = (guesser.parse().unwrap(), other.parse().unwrap());
            for n in 0..20_u8 {
                strikes.wrong(guesser, &[n], now);
            }
            assert!(strikes.wait(guesser, now).is_some());
            assert_eq!(strikes.wait(other, now), None, "{other}");
        }
    }
}
