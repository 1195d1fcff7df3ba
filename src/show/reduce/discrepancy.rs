//! What does not add up in the feed's words: told to the operator, never mended.

use crate::show::{protocol::Points, told::told};

/// Each is a clause that follows the event's number.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub(super) enum Discrepancy {
    #[error("its `at` {at} lies before the last event's {last}; check the server's clock")]
    Clock { at: i64, last: i64 },
    #[error("team \"{team}\" is not in the roster; send roster.updated")]
    UnknownTeam { team: String },
    #[error("team {team} stands at {known}, but the feed's `before` is {before}")]
    Before { team: String, known: Points, before: Points },
    #[error("team {team}: {before} and {delta} make {sum}, but the feed's `after` is {after}")]
    Sum { team: String, before: Points, delta: String, sum: Points, after: Points },
    #[error("team {team}: expected {expected} (the speed round's score), but the feed's `delta` is {delta}")]
    RushDelta { team: String, expected: String, delta: String },
    #[error("team {team}: expected {expected} (a value of {value}), but the feed's `delta` is {delta}")]
    ValueDelta { team: String, expected: String, value: Points, delta: String },
    #[error("team {team}: expected {expected} ({sum}), but the feed's `delta` is {delta}")]
    DuelDelta { team: String, expected: String, sum: String, delta: String },
    #[error("team {team}: with {delta} it would stand at {expected}, but the feed's `after` is {after}")]
    Mended { team: String, delta: String, expected: Points, after: Points },
    #[error("team {team} chose {value}, but {offered} was offered")]
    Offer { team: String, value: Points, offered: String },
    #[error("team {team} chose {value}, but nothing was offered")]
    NoOffer { team: String, value: Points },
    #[error("team {team}: {correct} right of {of} questions is not possible")]
    RushCount { team: String, correct: u32, of: u32 },
    #[error("team {team}: expected {expected} ({sum}), but the feed's `score` is {score}")]
    RushScore { team: String, expected: Points, sum: String, score: Points },
    #[error("team {team}: expected a figure out of range ({sum}), but the feed's `score` is {score}")]
    RushRange { team: String, sum: String, score: Points },
    #[error("team {team}: the pips show {hits} right, but the feed's `correct` is {correct}")]
    Pips { team: String, hits: usize, correct: u32 },
    #[error("speed question {index} has no pip; it is not drawn")]
    NoPip { index: u32 },
    #[error("audience: {right} + {wrong} + {absent} make {sum}, but there are {size}")]
    Audience { right: u32, wrong: u32, absent: u32, sum: u64, size: u32 },
    #[error("audience: {listed} seats are listed, but there are {seats}")]
    Seats { listed: usize, seats: u32 },
    #[error(
        "audience: the seats show {seats_right} right, {seats_wrong} wrong, {seats_absent} absent, but the feed's figures are {right}, {wrong}, {absent}"
    )]
    SeatFigures { seats_right: usize, seats_wrong: usize, seats_absent: usize, right: u32, wrong: u32, absent: u32 },
    #[error("seat {seat} locked, but the audience has seats 1 to {seats}; not drawn")]
    NoSeat { seat: u32, seats: u32 },
    #[error("team {team}: expected N = {expected} (challengers were wrong), but the feed's `n` is {n}")]
    DuelWrong { team: String, expected: u32, n: u32 },
    #[error("team {team}: expected N = {expected} (challengers were right), but the feed's `n` is {n}")]
    DuelRight { team: String, expected: u32, n: u32 },
    #[error("{event} came with no question on air; it is not drawn")]
    NoQuestion { event: String },
    #[error("clip \"{id}\" was never cued; cue it with its file before it starts")]
    NotCued { id: String },
    #[error("draw.resolved for \"{slot}\" came with no draw open; it is not drawn")]
    NoDraw { slot: String },
    #[error("appeal.resolved came with no appeal open; it is not drawn")]
    NoAppeal,
    #[error("advance.revealed came before advance.set; it is not drawn")]
    NoAdvance,
    #[error("advance slot {slot} of {slots} does not exist; it is not drawn")]
    AdvanceSlot { slot: u32, slots: u32 },
    #[error("award \"{id}\" is not the one that was set; the step is not drawn")]
    OtherAward { id: String },
    #[error("slate.stepped came with no slate on air; it is not drawn")]
    NoSlate,
    #[error("countdown \"{id}\" is not the one on air (\"{on_air}\"); it is ignored")]
    OtherClock { id: String, on_air: String },
    #[error("countdown \"{id}\" was never armed; its full length is taken to be what is left")]
    NotArmed { id: String },
    #[error("{event} corrects event {of}, which made no {event} fact that still stands; it is not drawn")]
    NothingToCorrect { event: String, of: u64 },
}

told!(Discrepancy {
    Clock { at, last } => "alarm-clock",
    UnknownTeam { team } => "alarm-unknown-team",
    Before { team, known, before } => "alarm-before",
    Sum { team, before, delta, sum, after } => "alarm-sum",
    RushDelta { team, expected, delta } => "alarm-rush-delta",
    ValueDelta { team, expected, value, delta } => "alarm-value-delta",
    DuelDelta { team, expected, sum, delta } => "alarm-duel-delta",
    Mended { team, delta, expected, after } => "alarm-mended",
    Offer { team, value, offered } => "alarm-offer",
    NoOffer { team, value } => "alarm-no-offer",
    RushCount { team, correct, of } => "alarm-rush-count",
    RushScore { team, expected, sum, score } => "alarm-rush-score",
    RushRange { team, sum, score } => "alarm-rush-range",
    Pips { team, hits, correct } => "alarm-pips",
    NoPip { index } => "alarm-no-pip",
    Audience { right, wrong, absent, sum, size } => "alarm-audience",
    Seats { listed, seats } => "alarm-seats",
    SeatFigures { seats_right, seats_wrong, seats_absent, right, wrong, absent } => "alarm-seat-figures",
    NoSeat { seat, seats } => "alarm-no-seat",
    DuelWrong { team, expected, n } => "alarm-duel-wrong",
    DuelRight { team, expected, n } => "alarm-duel-right",
    NoQuestion { event } => "alarm-no-question",
    NotCued { id } => "alarm-not-cued",
    NoDraw { slot } => "alarm-no-draw",
    NoAppeal => "alarm-no-appeal",
    NoAdvance => "alarm-no-advance",
    AdvanceSlot { slot, slots } => "alarm-advance-slot",
    OtherAward { id } => "alarm-other-award",
    NoSlate => "alarm-no-slate",
    OtherClock { id, on_air } => "alarm-other-clock",
    NotArmed { id } => "alarm-not-armed",
    NothingToCorrect { event, of } => "alarm-nothing-to-correct",
});
