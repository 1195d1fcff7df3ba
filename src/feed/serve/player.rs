//! Says a tape in its time, and again when it is to be repeated or the scoring system is loaded anew.

use std::sync::Arc;

use tokio::{sync::watch, time::sleep_until};

use super::{
    Faults, Served,
    room::Room,
    script::{Scale, Script},
};

/// Puts the tape into the room, event by event.
pub(super) struct Player {
    pub script: Script,
    pub room: Arc<Room>,
    pub start_us: i64,
    pub speed: f64,
    pub repeat: bool,
    pub faults: Option<Arc<Faults>>,
}

impl Player {
    /// Once through the tape, or until the scoring system is loaded anew.
    async fn turn(&self, turn: u64, scale: Scale, resets: u64) {
        for (n, part) in self.script.parts.iter().enumerate() {
            let epoch = if turn == 1 { part.epoch.clone() } else { format!("{}#{turn}", part.epoch) };
            for (place, step) in part.steps.iter().enumerate() {
                let due = self.room.instant(scale.instant(step.at()));
                if due > tokio::time::Instant::now() {
                    tokio::select! {
                        () = sleep_until(due) => {}
                        () = self.reset(resets) => return,
                    }
                }
                // The very first is open already: a client may have been quicker than this task.
                if place == 0 && (turn > 1 || n > 0) {
                    self.room.open(&epoch);
                }
                match step {
                    Served::Event(env) => {
                        let env = scale.rewrite(env, &epoch);
                        if let Err(error) = self.room.push(&env) {
                            tracing::error!("event {} cannot be written: {error}", env.seq);
                        }
                    }
                    Served::Snapshot(show) => self.room.replace(show),
                }
            }
        }
    }

    /// How often the scoring system has been loaded anew.
    fn resets(&self) -> u64 {
        self.faults.as_ref().map_or(0, |faults| faults.sky.borrow().resets)
    }

    /// Waits until it is loaded anew once more.
    async fn reset(&self, resets: u64) {
        match &self.faults {
            Some(faults) => drop(faults.sky.subscribe().wait_for(|sky| sky.resets > resets).await),
            None => std::future::pending().await,
        }
    }

    /// To its end, or for ever; says so when it has ended.
    pub async fn play(&self, ended: &watch::Sender<bool>) {
        let mut scale = Scale { tape_us: self.start_us, server_us: self.start_us, speed: self.speed };
        for turn in 1_u64.. {
            let resets = self.resets();
            self.turn(turn, scale, resets).await;
            let anew = self.resets() != resets;
            if !self.repeat && !anew {
                break;
            }
            // The clock runs on: the next turn's instants lie behind this one's. A moment lies between the two, so
            // that a tape of one instant does not turn without pause.
            let end_us = if anew { self.room.now_us() - self.room.set_us() } else { scale.instant(self.script.end_us) };
            let next_us = end_us + crate::show::time::SECOND_US;
            scale = Scale { tape_us: self.script.start_us, server_us: next_us, speed: self.speed };
        }
        self.room.close();
        ended.send_replace(true);
    }
}
