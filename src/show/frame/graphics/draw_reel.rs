//! The draw's reel as a function of time: which text passes when, and how it lands on what the feed drew.
//!
//! It runs over the pool as it was before a result is known; the result takes its place among the texts that are not
//! in sight yet. A place is a whole number, the reel stands between two of them.

use crate::show::{
    motion::Curve,
    protocol::roster::DrawResolved,
    state::{Draw, Stamped},
    theme::Motion,
};

/// Results of one instant: the reel lands on the last of them.
struct Landing<'a> {
    since: i64,
    /// Where the reel was then, and where it lands.
    from: f64,
    place: i64,
    results: Vec<&'a Stamped<DrawResolved>>,
}

pub struct Reel<'a> {
    draw: &'a Draw,
    landings: Vec<Landing<'a>>,
    speed: f64,
    curve: Curve,
    ahead: i64,
    land_us: i64,
    hold_us: i64,
    start_us: i64,
    stagger_us: i64,
    /// How many are drawn altogether; when they are, the reel rests. Unknown: it rests after each.
    total: Option<usize>,
}

impl<'a> Reel<'a> {
    pub fn new(draw: &'a Draw, total: Option<usize>, motion: &Motion) -> Self {
        let mut reel = Self {
            draw,
            landings: Vec::new(),
            speed: f64::from(motion.reel_speed),
            curve: motion.reel,
            ahead: i64::from(motion.reel_ahead),
            land_us: motion.reel_land.us().max(1),
            hold_us: motion.reel_hold.us(),
            start_us: motion.reel_start.us().max(1),
            stagger_us: motion.reel_stagger.us(),
            total,
        };
        let mut resolved: Vec<_> = draw.resolved.iter().collect();
        resolved.sort_by_key(|result| (result.since, result.seq));
        for result in resolved {
            match reel.landings.last_mut() {
                Some(last) if last.since == result.since => last.results.push(result),
                _ => {
                    let from = reel.at(result.since);
                    let place = from.floor() as i64 + reel.ahead;
                    reel.landings.push(Landing { since: result.since, from, place, results: vec![result] });
                }
            }
        }
        reel
    }

    /// The landing that `now` belongs to.
    fn present(&self, now: i64) -> Option<usize> {
        self.landings.partition_point(|landing| landing.since <= now).checked_sub(1)
    }

    fn drawn(&self, landings: usize) -> usize {
        self.landings.iter().take(landings).map(|landing| landing.results.len()).sum()
    }

    /// When the reel starts again after landing `index`, if it does.
    fn restart(&self, index: usize) -> Option<i64> {
        let since = self.landings.get(index)?.since;
        let left = self.total.is_some_and(|total| self.drawn(index + 1) < total);
        left.then(|| since + self.land_us + self.hold_us)
    }

    /// Where the reel stands.
    pub fn at(&self, now: i64) -> f64 {
        let Some(index) = self.present(now) else { return self.run(now - self.draw.since) };
        let Some(landing) = self.landings.get(index) else { return 0.0 };
        let place = landing.place as f64;
        match self.restart(index) {
            Some(restart) if now > restart => place + self.run(now - restart),
            _ => {
                let share = f64::from(self.curve.progress(now, landing.since, self.land_us));
                landing.from + (place - landing.from) * share
            }
        }
    }

    /// How far a reel has come that starts from rest.
    fn run(&self, elapsed_us: i64) -> f64 {
        let (elapsed, start) = (elapsed_us.max(0) as f64 / 1e6, self.start_us as f64 / 1e6);
        if elapsed < start {
            self.speed * elapsed * elapsed / (2.0 * start)
        } else {
            self.speed * (elapsed - start / 2.0)
        }
    }

    /// When the landing that `now` belongs to is complete, and until when it is held: (landed, restart).
    pub fn rest(&self, now: i64) -> Option<(i64, Option<i64>)> {
        let index = self.present(now)?;
        let landing = self.landings.get(index)?;
        Some((landing.since + self.land_us, self.restart(index)))
    }

    /// The result that the reel lands on at `now`, and its place.
    pub fn landing(&self, now: i64) -> Option<(&'a Stamped<DrawResolved>, i64)> {
        let landing = self.landings.get(self.present(now)?)?;
        Some((landing.results.last()?, landing.place))
    }

    /// The text at a place, as it is known at `now`; `None` where the pool has none.
    pub fn text(&self, place: i64, now: i64) -> Option<&'a str> {
        let present = self.present(now).map_or(0, |index| index + 1);
        let known = self.landings.get(..present).unwrap_or_default();
        if let Some(hit) = known.iter().find(|landing| landing.place == place) {
            return hit.results.last().map(|result| result.value.value.as_str());
        }
        // Texts before a landing's place pass on the way to it: drawn from what was left until then.
        let run = known.iter().position(|landing| place <= landing.place).unwrap_or(known.len());
        let gone: Vec<&str> = known
            .iter()
            .take(run)
            .flat_map(|landing| landing.results.iter().map(|result| result.value.value.as_str()))
            .collect();
        let left: Vec<&str> =
            self.draw.opened.pool.iter().map(String::as_str).filter(|text| !gone.contains(text)).collect();
        let count = left.len() as i64;
        if count == 0 {
            return None;
        }
        let index = (place.rem_euclid(count) * stride(count)).rem_euclid(count);
        let text = left.get(index as usize).copied();
        // What is about to come passes by no more once it is known.
        let coming = known.get(run).filter(|landing| place > landing.from.floor() as i64 + 2);
        let told = coming.is_some_and(|landing| landing.results.iter().any(|r| Some(r.value.value.as_str()) == text));
        if told && count > 1 { left.get(((index + 1) % count) as usize).copied() } else { text }
    }

    /// Every result in its order with the instant from which it is listed: when the reel has landed, or the next one
    /// is on its way.
    pub fn listed(&self) -> Vec<(&'a Stamped<DrawResolved>, i64)> {
        let mut listed = Vec::new();
        for (index, landing) in self.landings.iter().enumerate() {
            let next = self.landings.get(index + 1).map_or(i64::MAX, |next| next.since);
            let at = (landing.since + self.land_us).min(next);
            listed.extend((0..).zip(&landing.results).map(|(i, result)| (*result, at + i * self.stagger_us)));
        }
        listed
    }
}

/// A step that visits all of `count` texts, far apart from one to the next.
fn stride(count: i64) -> i64 {
    const fn gcd(a: i64, b: i64) -> i64 {
        if b == 0 { a } else { gcd(b, a % b) }
    }
    let golden = (count as f64 * 0.618).round() as i64;
    (golden.max(1)..).find(|&step| gcd(count, step) == 1).unwrap_or(1)
}
