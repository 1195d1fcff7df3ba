//! Which of two machines is the main one: the same rule on both, so that they come to the same answer.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

/// What a machine is in the pair.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub enum Role {
    /// Its desk runs the show.
    #[default]
    Main,
    /// It does what the main one's desk does.
    Spare,
}

/// What a machine says of itself when the two meet.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Standing {
    /// Names this run of the program: another one after every start, but where the show was run alone before and after.
    pub run: String,
    pub role: Role,
    /// Grows with every take-over: whose is higher took over later.
    pub term: u64,
    /// Its operator took over in this term; else it began as the main one, or took over by itself.
    pub by_hand: bool,
    /// Its desk has acted since the two last had a line.
    pub acted: bool,
    /// It stood still for seconds since the two last had a line: what it shows was not seen to by anybody.
    pub stalled: bool,
    /// The run that it last had a line with.
    pub knew: Option<String>,
    /// It was told to be the other one's spare.
    pub dialled: bool,
}

/// Which of the two is the main one from now on: `Some(true)` for `a`, `Some(false)` for `b`. None where both desks went
/// on by themselves, so that only people can say: then neither stands back until a key is pressed.
pub fn stays(a: &Standing, b: &Standing) -> Option<bool> {
    match (a.role, b.role) {
        (Role::Main, Role::Spare) => Some(!has_died(a, b)),
        (Role::Spare, Role::Main) => Some(has_died(b, a)),
        // Nobody runs the show: whoever ran it last does.
        (Role::Spare, Role::Spare) => Some(later(a, b)),
        (Role::Main, Role::Main) => {
            let a_is_later = later(a, b);
            let (late, early) = if a_is_later { (a, b) } else { (b, a) };
            let lived_on = late.knew.as_deref() == Some(&early.run) && !early.stalled;
            let late_stays = if late.by_hand || !lived_on {
                true
            } else if !late.acted {
                // Only the line was cut: the desk that people sit at remains the desk.
                false
            } else if !early.acted {
                true
            } else {
                return None;
            };
            Some(late_stays == a_is_later)
        }
    }
}

/// Whether the spare has seen the end of the main one's former run: then its own picture is the one that went on.
fn has_died(main: &Standing, spare: &Standing) -> bool {
    spare.term >= main.term && spare.knew.as_ref().is_some_and(|run| *run != main.run)
}

/// Whether `a` took over after `b`; where neither did, the one that was told to be nobody's spare counts as the later.
fn later(a: &Standing, b: &Standing) -> bool {
    let key = |standing: &Standing| (standing.term, standing.by_hand, !standing.dialled);
    (key(a), &a.run) > (key(b), &b.run)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn every() -> Vec<Standing> {
        let mut all = Vec::new();
        for bits in 0..64_u32 {
            for (role, term) in [(Role::Main, 1), (Role::Main, 2), (Role::Spare, 1), (Role::Spare, 2)] {
                let bit = |i: u32| bits >> i & 1 == 1;
                all.push(Standing {
                    run: String::new(),
                    role,
                    term,
                    by_hand: bit(0),
                    acted: bit(1),
                    stalled: bit(2),
                    knew: bit(3).then(|| if bit(4) { "a".to_owned() } else { "b".to_owned() }),
                    dialled: bit(5),
                });
            }
        }
        all
    }

    #[test]
    fn both_ends_come_to_the_same_answer_and_one_is_always_left() {
        let all = every();
        let mut open = 0;
        for a in &all {
            let a = Standing { run: "a".to_owned(), ..a.clone() };
            for b in &all {
                let b = Standing { run: "b".to_owned(), ..b.clone() };
                let (here, there) = (stays(&a, &b), stays(&b, &a));
                assert_eq!(here, there.map(|stays| !stays), "{a:?} {b:?}");
                if here.is_none() {
                    open += 1;
                    assert!(a.role == Role::Main && b.role == Role::Main && a.acted && b.acted, "{a:?} {b:?}");
                }
            }
        }
        assert!(open > 0 && open < all.len() * all.len() / 8, "{open}");
    }

    #[test]
    fn who_took_over_by_hand_stays_and_who_lost_only_the_line_comes_back() {
        let main = Standing { run: "a".to_owned(), term: 1, ..Standing::default() };
        let knew = Some("a".to_owned());
        let spare = Standing { run: "b".to_owned(), term: 2, dialled: true, knew, ..Standing::default() };
        assert_eq!(stays(&main, &spare), Some(true), "the line was cut, the main one lived");
        assert_eq!(stays(&main, &Standing { by_hand: true, ..spare.clone() }), Some(false));
        assert_eq!(stays(&Standing { run: "c".to_owned(), ..main.clone() }, &spare), Some(false), "it was dead");
        assert_eq!(stays(&Standing { stalled: true, ..main.clone() }, &spare), Some(false), "it hung");
        let acted = Standing { acted: true, ..spare };
        assert_eq!(stays(&main, &acted), Some(false), "the spare's desk was used");
        assert_eq!(stays(&Standing { acted: true, ..main }, &acted), None, "both were");
    }
}
