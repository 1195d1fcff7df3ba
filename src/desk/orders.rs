//! The queue of what was asked for: carried out once a frame, in its order, and answered.

use bevy::prelude::Resource;

use super::Command;
use crate::show::told::{Told, Words};

/// Which hand asks.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Hand {
    Key,
    Console,
    Remote,
}

/// Why something that was asked for is not done.
#[derive(Clone, Debug, PartialEq)]
pub struct Refused(pub Words);

impl Refused {
    pub fn of(error: &impl Told) -> Self {
        Self(error.words())
    }
}

/// What became of it.
pub type Outcome = Result<(), Refused>;

/// A command on its way, and who waits to be told.
pub struct Order {
    pub command: Command,
    pub hand: Hand,
    answer: Option<Box<dyn FnOnce(Outcome) + Send + Sync>>,
}

impl Order {
    pub fn new(command: Command, hand: Hand) -> Self {
        Self { command, hand, answer: None }
    }

    /// With somebody who is told what became of it.
    pub fn answered(command: Command, hand: Hand, answer: impl FnOnce(Outcome) + Send + Sync + 'static) -> Self {
        Self { command, hand, answer: Some(Box::new(answer)) }
    }

    /// Tells whoever waits.
    pub fn answer(self, outcome: Outcome) {
        if let Some(answer) = self.answer {
            answer(outcome);
        }
    }
}

impl std::fmt::Debug for Order {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.debug_struct("Order").field("command", &self.command).field("hand", &self.hand).finish_non_exhaustive()
    }
}

/// The commands of this frame, oldest first.
#[derive(Resource, Debug, Default)]
pub struct Orders(Vec<Order>);

impl Orders {
    /// A command of the console's.
    pub fn give(&mut self, command: Command) {
        self.0.push(Order::new(command, Hand::Console));
    }

    pub fn push(&mut self, order: Order) {
        self.0.push(order);
    }

    /// Those that were given since.
    pub fn iter(&self) -> impl Iterator<Item = &Order> {
        self.0.iter()
    }

    /// Those that were given since, which are forgotten here.
    pub fn take(&mut self) -> Vec<Order> {
        std::mem::take(&mut self.0)
    }
}
