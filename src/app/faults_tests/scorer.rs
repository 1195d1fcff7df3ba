//! The scoring system of a run: what it says when, and what the show is after each word of it.

use std::{cell::RefCell, collections::HashMap, rc::Rc, time::Duration};

use tokio::time::{Instant, sleep_until};

use super::{
    schedule::pause,
    world::{HEALED, START_US},
};
use crate::{
    feed::simulated::Hall,
    show::{
        protocol::{Envelope, Event, score::SlateCleared},
        state::Show,
    },
};

/// What the scoring system has said: the show after each event, and when.
#[derive(Default)]
pub struct Truth {
    pub shows: HashMap<(String, u64), Show>,
    pub epochs: Vec<String>,
    pub said: Vec<(Instant, usize, u64)>,
}

impl Truth {
    pub fn epoch(&self, name: &str) -> usize {
        self.epochs.iter().position(|epoch| epoch == name).unwrap_or_else(|| panic!("nobody began epoch \"{name}\""))
    }

    /// The last event that had been said at this instant.
    pub fn head(&self, at: Instant) -> Option<(usize, u64)> {
        self.said.iter().rev().find(|(said, _, _)| *said <= at).map(|(_, epoch, seq)| (*epoch, *seq))
    }
}

pub fn epoch_name(number: usize) -> String {
    format!("2025-11-21-{number}")
}

fn nothing(seq: u64) -> Envelope {
    let event = Event::SlateCleared(SlateCleared {});
    Envelope { epoch: String::new(), seq, at: 0, event, cause: None, corrects: None }
}

/// The scoring system: says the script, at its own pace, until the show is over; anew when it is loaded anew.
pub async fn say(hall: Hall, truth: Rc<RefCell<Truth>>, script: Vec<Envelope>, seed: u64, over: Instant) {
    let mut dice = fastrand::Rng::with_seed(seed ^ 0x5A1D);
    let (mut resets, mut place, mut show) = (0, 0, Show::default());
    let mut last_us = START_US;
    let calm = over - HEALED - Duration::from_millis(500);
    loop {
        // Towards the end often enough that nothing that is missing stays unseen.
        let now = Instant::now();
        let next = (now + pause(&mut dice)).min(now.max(calm) + Duration::from_millis(100));
        if next >= over {
            return;
        }
        sleep_until(next).await;
        if hall.resets() != resets {
            resets = hall.resets();
            (place, show) = (0, Show::default());
            let name = epoch_name(truth.borrow().epochs.len());
            hall.open(&name);
            truth.borrow_mut().epochs.push(name);
        }
        // A show that is over goes on with nothing new: who lost its last word could not know.
        let env = script.get(place).cloned().unwrap_or_else(|| nothing(place as u64 + 1));
        place += 1;
        // The scoring system's stamps never go back, whatever its clock does.
        last_us = last_us.max(hall.now_us());
        let mut truth = truth.borrow_mut();
        let epoch = truth.epochs.len() - 1;
        let said = hall.say(&env, &truth.epochs[epoch], last_us);
        show.apply(&said);
        assert_eq!(show.seq, place as u64, "the script has no gap");
        truth.shows.insert((said.epoch.clone(), said.seq), show.clone());
        truth.said.push((Instant::now(), epoch, said.seq));
    }
}
