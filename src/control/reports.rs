//! What the operator is told of clients that were turned away: each kind once, with how often.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use super::turned::Turned;
use crate::{
    director::Said,
    show::told::{Told, Words},
};

/// Kinds that wait for the program's next frame; what comes beyond is counted with the last.
const MOST: usize = 64;

/// Written by the control's thread, emptied by the program once a frame.
#[derive(Clone, Default)]
pub(super) struct Reports(Arc<Mutex<Vec<(Said, u64)>>>);

impl Reports {
    pub fn tell(&self, turned: &Turned, who: IpAddr) {
        // Of what the desk refuses the desk tells.
        if matches!(turned, Turned::Refused(_)) {
            return;
        }
        let what = format!("{} {who}", turned.code());
        let mut list = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let place = list.iter().position(|(said, _)| said.what == what).or((list.len() >= MOST).then_some(MOST - 1));
        match place.and_then(|place| list.get_mut(place)) {
            Some((_, count)) => *count += 1,
            None => {
                let words = Words::new("control-turned").with("who", who).with("reason", turned.words());
                list.push((Said { what, words }, 1));
            }
        }
    }

    pub fn take(&self) -> Vec<(Said, u64)> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_is_one_line_that_counts() {
        let reports = Reports::default();
        let who = IpAddr::from([127, 0, 0, 1]);
        for _ in 0..1000 {
            reports.tell(&Turned::Busy, who);
        }
        for n in 0..200 {
            reports.tell(&Turned::NoToken, IpAddr::from([10, 0, 0, n]));
        }
        let told = reports.take();
        assert_eq!((told.len(), told[0].1), (MOST, 1000));
        assert_eq!(told.iter().map(|(_, count)| count).sum::<u64>(), 1200);
        assert!(reports.take().is_empty());
    }
}
