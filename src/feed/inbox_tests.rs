//! The inbox against every order of arrival.

use super::*;
use crate::show::protocol::{Event, score::SlateCleared};

const HOLD_US: i64 = 250_000;

fn event(epoch: &str, seq: u64) -> Box<Envelope> {
    let event = Event::SlateCleared(SlateCleared {});
    Box::new(Envelope { epoch: epoch.to_owned(), seq, at: seq as i64, event, cause: None, corrects: None })
}

/// A server whose log goes beyond all that is sent here.
fn welcome(epoch: &str, mode: WelcomeMode) -> Welcome {
    until(1_000, epoch, mode)
}

/// One whose log ends there.
fn until(head: u64, epoch: &str, mode: WelcomeMode) -> Welcome {
    Welcome { protocol: 1, epoch: epoch.to_owned(), head, mode, server_time: 0 }
}

fn snapshot(epoch: &str, at_seq: u64) -> Snapshot {
    Snapshot { at_seq, state: Box::new(Show { epoch: epoch.to_owned(), seq: at_seq, ..Show::default() }) }
}

fn opened() -> Inbox {
    let mut inbox = Inbox::new(HOLD_US, None);
    inbox.welcome(&welcome("e", WelcomeMode::Resume), false, 0);
    inbox
}

/// Seqs of the events that came out, and -at_seq of snapshots.
fn out(inbox: &mut Inbox) -> Vec<i64> {
    told(inbox).0
}

/// The same, and from where to where was skipped.
fn told(inbox: &mut Inbox) -> (Vec<i64>, Vec<(u64, u64)>) {
    let (mut seqs, mut skipped) = (vec![], vec![]);
    for delivery in inbox.deliveries() {
        match delivery {
            Delivery::Event { env, .. } => seqs.push(env.seq as i64),
            Delivery::Snapshot { at_seq, .. } => seqs.push(-(at_seq as i64)),
            Delivery::Skipped { epoch, from, to, reason } => {
                assert_eq!((epoch.as_str(), reason.is_empty()), ("e", false));
                skipped.push((from, to));
            }
        }
    }
    (seqs, skipped)
}

#[test]
fn reorders_and_drops_duplicates() {
    let mut inbox = opened();
    for seq in [1, 3, 2, 2, 5, 3, 4, 6, 1] {
        assert_eq!(inbox.event(event("e", seq), 0, 0), None);
    }
    assert_eq!(out(&mut inbox), [1, 2, 3, 4, 5, 6]);
    assert_eq!(inbox.counts(), Counts { duplicates: 3, ..Counts::default() });
    assert_eq!(inbox.deadline_us(), None);
}

#[test]
fn waits_for_late_frames_as_long_as_the_contract_says() {
    let mut inbox = opened();
    inbox.event(event("e", 1), 0, 0);
    inbox.event(event("e", 3), 1_000, 0);
    inbox.event(event("e", 4), 200_000, 0);
    assert_eq!(inbox.deadline_us(), Some(1_000 + HOLD_US));
    assert_eq!(inbox.expire(HOLD_US), None);
    assert_eq!(inbox.expire(1_000 + HOLD_US), Some(Need::Resume));
    assert_eq!(inbox.notes(), [Note::Gap { from: 2, to: 2 }]);
    assert_eq!(inbox.position(), Some(Resume { epoch: "e".to_owned(), seq: 1 }));
    inbox.welcome(&welcome("e", WelcomeMode::Resume), true, 300_000);
    inbox.event(event("e", 2), 300_000, 0);
    assert_eq!(out(&mut inbox), [1, 2, 3, 4]);
    assert_eq!(inbox.counts().gaps, 1);
}

#[test]
fn goes_on_when_a_gap_is_never_filled() {
    let mut inbox = opened();
    inbox.event(event("e", 1), 0, 0);
    inbox.event(event("e", 4), 0, 0);
    assert_eq!(inbox.expire(HOLD_US), Some(Need::Resume));
    inbox.welcome(&welcome("e", WelcomeMode::Resume), true, HOLD_US);
    inbox.event(event("e", 4), HOLD_US, 0);
    assert_eq!(inbox.expire(5 * HOLD_US), Some(Need::Snapshot));
    inbox.welcome(&welcome("e", WelcomeMode::Resume), false, 6 * HOLD_US);
    for seq in [1, 4, 5] {
        inbox.event(event("e", seq), 6 * HOLD_US, 0);
    }
    assert_eq!(inbox.expire(10 * HOLD_US), None);
    assert_eq!(told(&mut inbox), (vec![1, 4, 5], vec![(2, 3)]));
    assert_eq!(inbox.notes(), [Note::Gap { from: 2, to: 3 }, Note::GapUnfilled { from: 2, to: 3 }]);
    assert_eq!(inbox.counts().lost, 2);
    assert_eq!(inbox.event(event("e", 6), 0, 0), None);
    assert_eq!(out(&mut inbox), [6]);
}

#[test]
fn a_refused_event_keeps_its_place() {
    let mut inbox = opened();
    inbox.event(event("e", 1), 0, 0);
    inbox.refused(Some("e"), 2, "unknown".to_owned(), 0);
    inbox.event(event("e", 3), 0, 0);
    inbox.refused(None, 5, "unknown".to_owned(), 0);
    inbox.event(event("e", 4), 0, 0);
    inbox.event(event("e", 6), 0, 0);
    inbox.refused(Some("another"), 7, "unknown".to_owned(), 0);
    assert_eq!(told(&mut inbox), (vec![1, 3, 4, 6], vec![(2, 2), (5, 5)]));
    assert_eq!(inbox.seq(), 6);
}

#[test]
fn a_new_epoch_discards_what_came_before() {
    let mut inbox = opened();
    inbox.event(event("e", 1), 0, 0);
    inbox.event(event("e", 3), 0, 0);
    inbox.event(event("f", 1), 0, 0);
    inbox.event(event("e", 2), 0, 0);
    inbox.event(event("f", 2), 0, 0);
    assert_eq!(out(&mut inbox), [1, 0, 1, 2]);
    assert_eq!(inbox.counts().stale, 1);
    assert_eq!(inbox.event(event("g", 9), 0, 0), Some(Need::Snapshot));
    inbox.welcome(&welcome("g", WelcomeMode::Snapshot), false, 0);
    inbox.snapshot(snapshot("g", 9), 0, 0);
    inbox.event(event("g", 10), 0, 0);
    assert_eq!(out(&mut inbox), [-9, 10]);
    assert_eq!(inbox.event(event("h", 2), 0, 0), Some(Need::Snapshot));
    inbox.welcome(&welcome("h", WelcomeMode::Resume), false, 0);
    inbox.event(event("h", 1), 0, 0);
    assert_eq!(out(&mut inbox), [0, 1], "the log from its start, on an empty show");
}

#[test]
fn a_snapshot_replaces_what_is_older_and_only_that() {
    let mut inbox = opened();
    for seq in [1, 2, 6, 8] {
        inbox.event(event("e", seq), 0, 0);
    }
    inbox.snapshot(snapshot("e", 6), 0, 0);
    inbox.event(event("e", 7), 0, 0);
    inbox.snapshot(snapshot("e", 3), 0, 0);
    assert_eq!(out(&mut inbox), [1, 2, -6, 7, 8]);
}

#[test]
fn a_snapshot_that_cannot_be_read_is_not_waited_for() {
    let mut inbox = opened();
    inbox.welcome(&welcome("e", WelcomeMode::Snapshot), false, 0);
    inbox.event(event("e", 10), 0, 0);
    assert_eq!(inbox.deadline_us(), None, "the snapshot fills the gap");
    inbox.unplaced(5);
    assert_eq!(inbox.deadline_us(), Some(5 + HOLD_US));
}

#[test]
fn a_resumed_journal_goes_on_behind_its_last_event() {
    let mut inbox = Inbox::new(HOLD_US, Some(Resume { epoch: "e".to_owned(), seq: 41 }));
    inbox.welcome(&welcome("e", WelcomeMode::Resume), true, 0);
    inbox.event(event("e", 42), 0, 0);
    assert_eq!(out(&mut inbox), [42]);
}

/// An inbox that had come to this event.
fn resumed(seq: u64) -> Inbox {
    Inbox::new(HOLD_US, Some(Resume { epoch: "e".to_owned(), seq }))
}

#[test]
fn a_log_that_was_set_back_within_its_epoch_is_taken_from_its_start() {
    let mut inbox = resumed(640);
    assert_eq!(inbox.welcome(&until(0, "e", WelcomeMode::Resume), true, 0), Some(Need::Snapshot));
    assert_eq!((inbox.seq(), inbox.notes()), (640, vec![]), "the whole is asked for first");
    assert_eq!(inbox.welcome(&until(0, "e", WelcomeMode::Resume), false, 0), None);
    assert_eq!(inbox.notes(), [Note::Shorter { from: 640, to: 0 }]);
    assert_eq!((inbox.position(), out(&mut inbox)), (resumed(0).position(), vec![]), "the last good picture stands");
    // What was skipped stands behind the state that the log begins with: before it, it would be of the former one.
    inbox.refused(Some("e"), 1, "unknown".to_owned(), 0);
    assert_eq!(inbox.deliveries(), []);
    inbox.event(event("e", 2), 0, 0);
    let first = inbox.deliveries();
    let order = [&first[0], &first[1], &first[2]];
    assert!(
        matches!(
            order,
            [Delivery::Snapshot { at_seq: 0, .. }, Delivery::Skipped { from: 1, to: 1, .. }, Delivery::Event { .. }]
        ),
        "{order:?}"
    );
    inbox.event(event("e", 3), 0, 0);
    assert_eq!((out(&mut inbox), inbox.counts()), (vec![3], Counts::default()));
    // The connection breaks, and is resumed where it was: nothing is set back twice.
    assert_eq!(inbox.welcome(&until(3, "e", WelcomeMode::Resume), true, 0), None);
    inbox.event(event("e", 4), 0, 0);
    assert_eq!((out(&mut inbox), inbox.notes()), (vec![4], vec![]));
}

#[test]
fn the_whole_state_of_a_log_that_was_set_back_is_believed() {
    let mut inbox = resumed(640);
    assert_eq!(inbox.welcome(&until(9, "e", WelcomeMode::Snapshot), true, 0), None);
    assert_eq!(inbox.notes(), [Note::Shorter { from: 640, to: 9 }]);
    inbox.snapshot(snapshot("e", 9), 0, 0);
    inbox.event(event("e", 10), 0, 0);
    assert_eq!(out(&mut inbox), [-9, 10]);
    assert_eq!(inbox.position(), resumed(10).position());
}

#[test]
fn a_number_gone_astray_costs_the_log_nothing() {
    let mut inbox = opened();
    for seq in (1..=6).chain([999_999]) {
        inbox.event(event("e", seq), 0, 0);
    }
    assert_eq!(inbox.expire(HOLD_US), Some(Need::Resume));
    assert_eq!(inbox.welcome(&until(6, "e", WelcomeMode::Resume), true, HOLD_US), None);
    assert_eq!(inbox.deadline_us(), None, "it is not waited for");
    inbox.event(event("e", 7), HOLD_US, 0);
    assert_eq!(told(&mut inbox), ((1..=7).collect(), vec![]));
    assert_eq!(inbox.counts(), Counts { gaps: 1, ..Counts::default() });

    // It was skipped to, by this program or a former one: the server's next word on its log mends that.
    let mut inbox = resumed(999_999);
    assert_eq!(inbox.welcome(&until(7, "e", WelcomeMode::Resume), true, 0), Some(Need::Snapshot));
    assert_eq!(inbox.welcome(&until(7, "e", WelcomeMode::Resume), false, 0), None);
    for seq in 1..=8 {
        inbox.event(event("e", seq), 0, 0);
    }
    assert_eq!(out(&mut inbox), (0..=8).collect::<Vec<i64>>());
    assert_eq!(inbox.counts(), Counts::default());
}

#[test]
fn a_log_of_which_nothing_can_be_read_fills_no_memory() {
    let mut inbox = resumed(640);
    inbox.welcome(&until(0, "e", WelcomeMode::Resume), false, 0);
    for seq in 1..=2 * HELD as u64 {
        inbox.refused(Some("e"), seq, "unknown".to_owned(), 0);
    }
    assert!(inbox.early.len() <= HELD, "{}", inbox.early.len());
}

#[test]
fn a_message_that_always_breaks_the_connection_is_passed() {
    let mut inbox = opened();
    inbox.event(event("e", 1), 0, 0);
    assert_eq!(inbox.broken(5, 0), Need::Resume);
    assert_eq!(inbox.broken(5, 0), Need::Snapshot);
    assert_eq!(inbox.broken(5, 0), Need::Resume);
    assert_eq!(inbox.seq(), 2);
    inbox.event(event("e", 3), 0, 0);
    assert_eq!(told(&mut inbox), (vec![1, 3], vec![(2, 2)]));
    assert_eq!(inbox.counts().lost, 1);
}

proptest::proptest! {
    /// Whatever the order and the repeats, what comes out is the log.
    #[test]
    fn any_order_yields_the_log(order in proptest::collection::vec(1_u64..40, 0..200)) {
        let mut inbox = opened();
        let mut got = Vec::new();
        for seq in order.into_iter().chain((1..40).rev()) {
            inbox.event(event("e", seq), 0, 0);
            got.extend(out(&mut inbox));
        }
        proptest::prop_assert_eq!(got, (1..40).collect::<Vec<i64>>());
    }
}

#[test]
fn a_state_that_leaves_out_its_place_is_continued() {
    let mut inbox = Inbox::new(HOLD_US, None);
    inbox.welcome(&welcome("e", WelcomeMode::Snapshot), false, 0);
    inbox.snapshot(Snapshot { at_seq: 9, state: Box::default() }, 0, 0);
    let out = inbox.deliveries();
    let [Delivery::Snapshot { show, .. }] = &out[..] else { panic!("{out:?}") };
    assert_eq!((show.epoch.as_str(), show.seq), ("e", 9));
}
