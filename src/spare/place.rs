//! How far a fold is: what two machines must agree on before their pictures can be compared.

use serde::{Deserialize, Serialize};

use crate::show::desk::Air;

/// The feed's last event and the desk's last act.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Place {
    pub epoch: String,
    pub seq: u64,
    /// The desk's acts so far.
    pub n: u64,
}

impl Place {
    pub fn of(air: &Air) -> Self {
        Self { epoch: air.feed().epoch.clone(), seq: air.feed().seq, n: air.desk.n }
    }

    /// Whether `air` stands here.
    pub fn is(&self, air: &Air) -> bool {
        self.seq == air.feed().seq && self.n == air.desk.n && self.epoch == air.feed().epoch
    }
}
