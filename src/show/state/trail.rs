//! A value with the values it departed from, so that a motion that is interrupted departs from where it was.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// How long a former value is remembered, µs: longer than any motion of a value.
const MEMORY_US: i64 = 10_000_000;
/// So many values are remembered: more within that time are a flood, of whose motion nobody sees the beginning.
const STEPS_MOST: usize = 64;

/// The last values of something and the instants they came, oldest first; never empty once set.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Trail<T> {
    steps: Vec<(i64, T)>,
}

impl<T: Clone + PartialEq> Trail<T> {
    /// The instant of what has been so since ever, far from the limits of its type.
    pub const EVER: i64 = i64::MIN / 4;

    /// A settled value: it has been so since ever.
    pub fn settled(value: T) -> Self {
        Self { steps: vec![(Self::EVER, value)] }
    }

    /// Sets the value at an instant and forgets what no motion can still show.
    pub fn set(&mut self, at: i64, value: T) {
        self.steps.push((at, value));
        let is_past = |step: &(i64, T)| at.saturating_sub(step.0) > MEMORY_US;
        while self.steps.len() > STEPS_MOST || self.steps.len() > 2 && self.steps.get(1).is_some_and(is_past) {
            self.steps.remove(0);
        }
    }

    /// The value and since when.
    pub fn last(&self) -> Option<(i64, &T)> {
        self.steps.last().map(|(since, value)| (*since, value))
    }

    /// All remembered steps, oldest first.
    pub fn steps(&self) -> &[(i64, T)] {
        &self.steps
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_flood_at_one_instant_is_not_remembered_whole() {
        let mut trail = Trail::settled(0);
        (1..10_000).for_each(|value| trail.set(7, value));
        assert_eq!((trail.steps().len(), trail.last()), (STEPS_MOST, Some((7, &9_999))));
    }
}
