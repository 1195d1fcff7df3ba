//! WebSocket clients that have not said their token yet: few at once, and not all of them one machine's.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use indexmap::IndexMap;

use super::strikes::of;

/// At once, of all addresses.
const MOST: usize = 8;
/// Of one address. This machine's own programs are no strangers to each other: they may have all places.
const MOST_EACH: usize = 3;

/// Those that are there, by whom their address belongs to.
#[derive(Clone, Debug, Default)]
pub(super) struct Strangers(Arc<Mutex<IndexMap<IpAddr, usize>>>);

/// The place of one of them, until it is dropped.
#[derive(Debug)]
pub(super) struct Place {
    strangers: Strangers,
    who: IpAddr,
}

impl Strangers {
    /// None where it, or all together, have as many places as they may.
    pub fn enter(&self, who: IpAddr) -> Option<Place> {
        let most = if who.to_canonical().is_loopback() { MOST } else { MOST_EACH };
        let who = of(who);
        let mut known = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if known.values().sum::<usize>() >= MOST || known.get(&who).is_some_and(|count| *count >= most) {
            return None;
        }
        *known.entry(who).or_default() += 1;
        Some(Place { strangers: self.clone(), who })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut known = self.strangers.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(count) = known.get_mut(&self.who) {
            *count -= 1;
            if *count == 0 {
                known.swap_remove(&self.who);
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_address_leaves_room_for_the_others_and_none_is_remembered() {
        let strangers = Strangers::default();
        let enter = |who: &str, times: usize| -> Vec<_> {
            (0..times).filter_map(|_| strangers.enter(who.parse().unwrap())).collect()
        };
        let one = enter("10.0.0.7", 20);
        assert_eq!(one.len(), MOST_EACH);
        let other = enter("10.0.0.8", 1);
        assert_eq!(other.len(), 1, "a client that says its token as its first message comes in");
        let crowd: Vec<_> = (9..30).flat_map(|n| enter(&format!("10.0.0.{n}"), 1)).collect();
        assert_eq!(one.len() + other.len() + crowd.len(), MOST, "all together have no more");
        drop((one, other, crowd));
        assert!(strangers.0.lock().unwrap().is_empty());
        assert_eq!(enter("127.0.0.1", 20).len(), MOST, "this machine's own may have all");
        assert_eq!(enter("::1", 20).len(), MOST);
        // One machine's many addresses.
        assert_eq!(
            (1..20).flat_map(|n| enter(&format!("2001:db8:1:2::{n:x}"), 1)).collect::<Vec<_>>().len(),
            MOST_EACH
        );
    }
}
