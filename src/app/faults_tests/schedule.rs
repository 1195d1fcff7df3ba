//! A schedule drawn from a seed: what the scoring system says when, what fails, when the process dies.

use std::time::Duration;

use crate::{
    feed::{
        serve::{Fault, FaultPlan},
        simulated::GRACE,
    },
    show::{
        protocol::Envelope,
        tape::{Step, Tape},
    },
};

/// Faults begin within this.
const SPAN: Duration = Duration::from_secs(20);
/// A process that ends is back at the latest after this.
pub const DOWN: Duration = Duration::from_millis(1_500);
/// Schedules of one single fault, which must be named: every eighth.
const SINGLE: u64 = 8;

/// What happens to the renderer's own machine.
#[derive(Clone, Copy, Debug)]
pub enum Local {
    /// So many bytes find room on the disk from now on; whether what is torn can be taken back.
    Disk { room: usize, cuts: bool },
    /// The process is ended and begins anew.
    Restart,
    /// The power is cut; it begins anew.
    Power,
    /// The program takes nothing from the feed for so long.
    Stall(Duration),
}

#[derive(Debug)]
pub struct Schedule {
    pub seed: u64,
    pub plan: FaultPlan,
    pub local: Vec<(Duration, Local)>,
    /// Events that the server holds for those who resume.
    pub keep: usize,
    /// The one fault, where there is only one.
    pub single: Option<Fault>,
    /// Whether frames are compared, too.
    pub frames: bool,
}

impl Schedule {
    pub fn drawn(seed: u64) -> Self {
        let mut dice = fastrand::Rng::with_seed(seed ^ 0x5EED);
        let frames = seed % 16 == 3;
        if seed.is_multiple_of(SINGLE) {
            let fault = Fault::drawn(&mut dice);
            let plan = FaultPlan::new(vec![(Duration::from_secs(4), fault)]);
            return Self { seed, plan, local: vec![], keep: usize::MAX, single: Some(fault), frames };
        }
        let plan = FaultPlan::drawn(seed, dice.usize(1..14), SPAN);
        let mut local = vec![];
        let at = |dice: &mut fastrand::Rng| SPAN.mul_f64(dice.f64());
        for _ in 0..dice.usize(0..3) {
            let kind = if dice.bool() { Local::Restart } else { Local::Power };
            local.push((at(&mut dice), kind));
        }
        if dice.u32(0..3) == 0 {
            let (from, room, cuts) = (at(&mut dice), dice.usize(0..2_000), dice.bool());
            local.push((from, Local::Disk { room, cuts }));
            let until = from + Duration::from_millis(dice.u64(1..6_000));
            local.push((until, Local::Disk { room: usize::MAX, cuts: true }));
        }
        for _ in 0..dice.usize(0..3) {
            local.push((at(&mut dice), Local::Stall(Duration::from_millis(dice.u64(1..4_000)))));
        }
        local.sort_by_key(|(at, _)| *at);
        let keep = if dice.bool() { usize::MAX } else { dice.usize(1..60) };
        Self { seed, plan, local, keep, single: None, frames }
    }

    /// When the last fault is over.
    pub fn ends(&self) -> Duration {
        let lasts = |local: &Local| match local {
            Local::Stall(lasts) => *lasts,
            Local::Restart | Local::Power => DOWN,
            Local::Disk { .. } => Duration::ZERO,
        };
        // They stand one behind the other.
        let stalled: Duration = self.local.iter().map(|(_, local)| lasts(local)).sum();
        let last = self.local.last().map_or(Duration::ZERO, |(at, _)| *at);
        (self.plan.ends() + GRACE).max(last + stalled)
    }
}

/// The events of one of the four shows, as the scoring system said them.
pub fn script(seed: u64) -> Vec<Envelope> {
    let texts = [
        include_str!("../../../assets/shows/yantai.tape.ndjson"),
        include_str!("../../../assets/shows/liaoning.tape.ndjson"),
        include_str!("../../../assets/shows/zhongwei.tape.ndjson"),
        include_str!("../../../assets/shows/fujian.tape.ndjson"),
    ];
    let tape = Tape::parse(texts[(seed % 4) as usize]).unwrap();
    let event = |step: Step| if let Step::Event(entry) = step { Some(entry.env.clone()) } else { None };
    tape.steps(0, tape.step_count()).filter_map(event).collect()
}

/// The pauses between what the scoring system says.
pub fn pause(dice: &mut fastrand::Rng) -> Duration {
    Duration::from_millis(match dice.u32(0..10) {
        0..3 => dice.u64(0..5),
        3..9 => dice.u64(5..300),
        _ => dice.u64(300..2_500),
    })
}
