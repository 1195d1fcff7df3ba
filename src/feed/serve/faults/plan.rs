//! A plan of faults: which, when and for how long, a line each, or drawn from a number.
//!
//! ```text
//! # after   what
//! 2.5s      cut 300ms
//! 10s       hush 15s
//! 30s       drop 2
//! ```

use std::{fmt, str::FromStr, time::Duration};

/// What can be wrong with a server, or with the way to it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Fault {
    /// Every connection falls, and none is taken for so long.
    Cut { lasts: Duration },
    /// The connections there are say and hear nothing more, and fall at last: half-open peers.
    Hush { lasts: Duration },
    /// Nothing passes for so long; then it all does.
    Stall { lasts: Duration },
    /// So few bytes pass in a second, either way.
    Slow { bytes_per_s: u32, lasts: Duration },
    /// Every byte comes up to so much later, either way.
    Delay { most: Duration, lasts: Duration },
    /// The next events are not sent.
    Drop { events: u32 },
    /// The next events are sent twice.
    Double { events: u32 },
    /// The next events are sent the last first.
    Reverse { events: u32 },
    /// The next event is sent so much later, behind those that follow it.
    Late { by: Duration },
    /// A message that no server should send.
    Junk(Junk),
    /// The last event again, so often in a second.
    Flood { per_s: u32, lasts: Duration },
    /// The scoring system is loaded anew: another epoch, from its first event.
    Reset,
    /// The server's clock is set, on or back.
    Clock { by_ms: i64 },
}

/// Messages that no server should send.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Junk {
    /// Half a JSON object.
    Torn,
    /// A type that nobody knows.
    Unknown,
    Binary,
    /// Text that is no UTF-8, which breaks the connection.
    NotUtf8,
    /// A frame of a kind that does not exist, which breaks the connection.
    Reserved,
    /// Beyond the limit of a message.
    Large,
    /// An answer to a ping that nobody sent.
    Pong,
}

impl Junk {
    pub const ALL: [Self; 7] =
        [Self::Torn, Self::Unknown, Self::Binary, Self::NotUtf8, Self::Reserved, Self::Large, Self::Pong];

    const fn name(self) -> &'static str {
        match self {
            Self::Torn => "torn",
            Self::Unknown => "unknown",
            Self::Binary => "binary",
            Self::NotUtf8 => "not-utf8",
            Self::Reserved => "reserved",
            Self::Large => "large",
            Self::Pong => "pong",
        }
    }
}

impl Fault {
    /// How long it goes on.
    pub const fn lasts(self) -> Duration {
        match self {
            Self::Cut { lasts }
            | Self::Hush { lasts }
            | Self::Stall { lasts }
            | Self::Slow { lasts, .. }
            | Self::Delay { lasts, .. }
            | Self::Flood { lasts, .. } => lasts,
            Self::Late { by } => by,
            _ => Duration::ZERO,
        }
    }

    /// Any of them, as `dice` falls.
    pub fn drawn(dice: &mut fastrand::Rng) -> Self {
        let mut span = |most_ms: u64| Duration::from_millis(dice.u64(1..=most_ms));
        let (short, long) = (span(3_000), span(20_000));
        let events = dice.u32(1..6);
        match dice.u32(0..14) {
            0 | 1 => Self::Cut { lasts: if dice.bool() { short } else { long } },
            2 => Self::Hush { lasts: long },
            3 => Self::Stall { lasts: if dice.bool() { short } else { long } },
            4 => Self::Slow { bytes_per_s: if dice.bool() { 1 } else { dice.u32(2..4_000) }, lasts: short },
            5 => Self::Delay { most: Duration::from_millis(dice.u64(1..400)), lasts: long },
            6 => Self::Drop { events },
            7 => Self::Double { events },
            8 => Self::Reverse { events: events + 1 },
            9 => Self::Late { by: Duration::from_millis(dice.u64(1..600)) },
            10 => Self::Junk(Junk::ALL[dice.usize(0..Junk::ALL.len())]),
            11 => Self::Flood { per_s: dice.u32(100..2_000), lasts: short },
            12 => Self::Reset,
            _ => Self::Clock { by_ms: dice.i64(-3_600_000..=3_600_000) },
        }
    }
}

/// Faults in the order in which they begin.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct FaultPlan {
    /// When each begins, after the server's start.
    pub faults: Vec<(Duration, Fault)>,
}

impl FaultPlan {
    pub fn new(mut faults: Vec<(Duration, Fault)>) -> Self {
        faults.sort_by_key(|(at, _)| *at);
        Self { faults }
    }

    /// As many as that, beginning within `span`, as this number has it.
    pub fn drawn(seed: u64, count: usize, span: Duration) -> Self {
        let mut dice = fastrand::Rng::with_seed(seed);
        let draw = |_| (span.mul_f64(dice.f64()), Fault::drawn(&mut dice));
        Self::new((0..count).map(draw).collect())
    }

    /// When the last of them is over.
    pub fn ends(&self) -> Duration {
        self.faults.iter().map(|(at, fault)| *at + fault.lasts()).max().unwrap_or_default()
    }
}

/// A line of a plan that is no fault.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PlanError {
    pub line: usize,
    pub text: String,
}

impl FromStr for FaultPlan {
    type Err = PlanError;

    /// A fault a line; what follows `#` is a remark. `seed 17` instead draws twenty faults within a minute.
    fn from_str(text: &str) -> Result<Self, PlanError> {
        let mut faults = vec![];
        for (n, line) in text.lines().enumerate() {
            let said = line.split('#').next().unwrap_or_default().trim();
            let words: Vec<&str> = said.split_whitespace().collect();
            let fault = || PlanError { line: n + 1, text: said.to_owned() };
            match words.as_slice() {
                [] => {}
                ["seed", number] => {
                    let seed = number.parse().map_err(|_| fault())?;
                    faults.extend(Self::drawn(seed, 20, Duration::from_secs(60)).faults);
                }
                [at, what, rest @ ..] => {
                    let read = span(at).zip(read(what, rest));
                    faults.push(read.ok_or_else(fault)?);
                }
                _ => return Err(fault()),
            }
        }
        Ok(Self::new(faults))
    }
}

fn read(what: &str, rest: &[&str]) -> Option<Fault> {
    Some(match (what, rest) {
        ("cut", [lasts]) => Fault::Cut { lasts: span(lasts)? },
        ("hush", [lasts]) => Fault::Hush { lasts: span(lasts)? },
        ("stall", [lasts]) => Fault::Stall { lasts: span(lasts)? },
        ("slow", [rate, lasts]) => Fault::Slow { bytes_per_s: some(rate)?, lasts: span(lasts)? },
        ("delay", [most, lasts]) => Fault::Delay { most: span(most)?, lasts: span(lasts)? },
        ("drop", [events]) => Fault::Drop { events: some(events)? },
        ("double", [events]) => Fault::Double { events: some(events)? },
        ("reverse", [events]) => Fault::Reverse { events: some(events)? },
        ("late", [by]) => Fault::Late { by: span(by)? },
        ("junk", [kind]) => Fault::Junk(Junk::ALL.into_iter().find(|junk| junk.name() == *kind)?),
        ("flood", [rate, lasts]) => Fault::Flood { per_s: some(rate)?, lasts: span(lasts)? },
        ("reset", []) => Fault::Reset,
        ("clock", [by]) => {
            let ms = |text| i64::try_from(span(text)?.as_millis()).ok();
            let by_ms = by.strip_prefix('-').map_or_else(|| ms(by.trim_start_matches('+')), |back| Some(-ms(back)?));
            Fault::Clock { by_ms: by_ms? }
        }
        _ => return None,
    })
}

fn some(text: &str) -> Option<u32> {
    text.parse().ok().filter(|count| *count > 0)
}

/// `300ms`, `2.5s`, `15m`, `1h`: at most a day.
fn span(text: &str) -> Option<Duration> {
    let split = text.find(|c: char| c.is_ascii_alphabetic())?;
    let (figure, unit) = text.split_at(split);
    let unit_s = match unit {
        "ms" => 0.001,
        "s" => 1.0,
        "m" => 60.0,
        "h" => 3600.0,
        _ => return None,
    };
    let seconds = figure.parse::<f64>().ok()? * unit_s;
    (0.0..=86_400.0).contains(&seconds).then(|| Duration::from_secs_f64(seconds))
}

/// As it is read.
impl fmt::Display for FaultPlan {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        self.faults.iter().try_for_each(|(at, fault)| writeln!(out, "{}ms {fault}", at.as_millis()))
    }
}

impl fmt::Display for Fault {
    fn fmt(&self, out: &mut fmt::Formatter) -> fmt::Result {
        let ms = |span: &Duration| format!("{}ms", span.as_millis());
        match self {
            Self::Cut { lasts } => write!(out, "cut {}", ms(lasts)),
            Self::Hush { lasts } => write!(out, "hush {}", ms(lasts)),
            Self::Stall { lasts } => write!(out, "stall {}", ms(lasts)),
            Self::Slow { bytes_per_s, lasts } => write!(out, "slow {bytes_per_s} {}", ms(lasts)),
            Self::Delay { most, lasts } => write!(out, "delay {} {}", ms(most), ms(lasts)),
            Self::Drop { events } => write!(out, "drop {events}"),
            Self::Double { events } => write!(out, "double {events}"),
            Self::Reverse { events } => write!(out, "reverse {events}"),
            Self::Late { by } => write!(out, "late {}", ms(by)),
            Self::Junk(junk) => write!(out, "junk {}", junk.name()),
            Self::Flood { per_s, lasts } => write!(out, "flood {per_s} {}", ms(lasts)),
            Self::Reset => write!(out, "reset"),
            Self::Clock { by_ms } => write!(out, "clock {by_ms:+}ms"),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_plan_is_read_as_it_is_written() {
        let plan: FaultPlan = "# remark\n2.5s cut 300ms # short\n\n1m clock -1h\n10s slow 1 5s\n".parse().unwrap();
        let faults: Vec<String> = plan.faults.iter().map(|(at, fault)| format!("{at:?} {fault}")).collect();
        assert_eq!(faults, ["2.5s cut 300ms", "10s slow 1 5000ms", "60s clock -3600000ms"]);
        assert_eq!(plan.ends(), Duration::from_secs(60));
        for seed in 0..200 {
            let drawn = FaultPlan::drawn(seed, 12, Duration::from_secs(20));
            let read: FaultPlan = drawn.to_string().parse().unwrap();
            let kinds = |plan: &FaultPlan| plan.faults.iter().map(|(_, fault)| fault.to_string()).collect::<Vec<_>>();
            assert_eq!(kinds(&read), kinds(&drawn), "seed {seed}");
        }
    }

    #[test]
    fn a_line_that_is_no_fault_is_named() {
        for (text, line) in [("\n1s melt", 2), ("cut 1s", 1), ("1s drop 0", 1), ("1s late", 1), ("seed x", 1)] {
            let error = text.parse::<FaultPlan>().unwrap_err();
            assert_eq!(error.line, line, "{error:?}");
        }
    }
}
