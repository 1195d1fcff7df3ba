//! What the operator is told of clients that were turned away: each kind once, with how often.

use std::{
    net::IpAddr,
    sync::{Arc, Mutex, PoisonError},
};

use super::{strikes::of, turned::Turned};
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
        let what = match turned {
            // A datagram comes from wherever it says: a crowd of senders that are none is one line.
            Turned::Sender => turned.code().to_owned(),
            _ => format!("{} {}", turned.code(), of(who)),
        };
        let words = Words::new("control-turned").with("who", who).with("reason", turned.words());
        let mut list = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some((said, count)) = list.iter_mut().find(|(said, _)| said.what == what) {
            // The last one is named.
            said.words = words;
            *count += 1;
        } else if list.len() < MOST {
            list.push((Said { what, words }, 1));
        } else if let Some((_, count)) = list.last_mut() {
            *count += 1;
        }
    }

    pub fn take(&self) -> Vec<(Said, u64)> {
        std::mem::take(&mut self.0.lock().unwrap_or_else(PoisonError::into_inner))
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::locale::{self, Lang};

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

    #[test]
    fn who_has_many_addresses_or_forges_them_is_one_line_that_names_the_last() {
        let reports = Reports::default();
        for n in 0..10_000_u32 {
            reports.tell(&Turned::Sender, IpAddr::from((0x0b00_0000 + n).to_be_bytes()));
            // One machine's network.
            reports.tell(&Turned::WrongToken, IpAddr::from([0x2001, 0xdb8, 1, 2, 0, 0, 0, n as u16]));
        }
        reports.tell(&Turned::WrongToken, IpAddr::from([10, 0, 0, 7]));
        let told = reports.take();
        let told: Vec<(&str, u64)> = told.iter().map(|(said, count)| (said.what.as_str(), *count)).collect();
        assert_eq!(told, [("sender", 10_000), ("wrong_token 2001:db8:1:2::", 10_000), ("wrong_token 10.0.0.7", 1)]);
        reports.tell(&Turned::Sender, IpAddr::from([11, 0, 0, 1]));
        reports.tell(&Turned::Sender, IpAddr::from([11, 0, 0, 2]));
        let told = reports.take();
        let said = locale::say(Lang::En, &told[0].0.words);
        assert!(told.len() == 1 && said.contains("11.0.0.2"), "{said}");
    }
}
