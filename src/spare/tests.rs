//! Two machines without sockets: every promise of the pair that needs no process to be killed.

use std::{
    sync::Arc,
    time::{Duration, Instant},
};

use crossbeam_channel::{Sender, bounded};
use serde_json::json;

use super::*;
use crate::{
    director::{Director, Incoming, Problem, ProblemKind},
    show::{
        desk::{Act, Curtain, DeskAct, Group, Say},
        frame::{Lang, Output, plain::Plain},
        protocol::Envelope,
        state::Show,
        theme::Theme,
    },
    themes,
};

const FRAME_US: i64 = 20_000;
const START_US: i64 = 1_763_690_400_000_000;

fn event(seq: u64) -> Envelope {
    let at = START_US + seq as i64 * 100_000;
    let (name, data) = match seq % 4 {
        1 if seq == 1 => ("show.configured", json!({"title": "赛", "teams": [{"id": "a", "name": "甲", "number": 1}]})),
        2 => ("slate.shown", json!({"kind": "message", "title": format!("第 {seq} 页")})),
        3 => ("score.changed", json!({"team": "a", "before": seq - 3, "delta": 4, "after": seq + 1})),
        _ => ("lower_third.shown", json!({"kind": "judge", "name": format!("王 {seq}"), "title": ""})),
    };
    let env = json!({"v": 1, "epoch": "e", "seq": seq, "at": at, "type": name, "data": data});
    Envelope::from_value(env).unwrap()
}

/// The state after so many events.
fn after(seq: u64) -> Box<Show> {
    let mut show = Show::default();
    (1..=seq).for_each(|seq| drop(show.apply(&event(seq))));
    Box::new(show)
}

struct Machine {
    director: Director,
    pair: Pair,
    calls: Sender<Line>,
    tape: Vec<DeskAct>,
    faces: Vec<Face>,
    seq: u64,
}

fn theme() -> Arc<Theme> {
    themes::built_in().unwrap()
}

impl Machine {
    fn new(is_spare: bool, theme: Arc<Theme>) -> Self {
        let (calls, called) = bounded(8);
        let mut pair = Pair::new(called, None);
        if is_spare {
            (pair.me.role, pair.me.dialled) = (Role::Spare, true);
        }
        let director = Director::live(theme, Arc::new(Plain));
        Self { director, pair, calls, tape: Vec::new(), faces: Vec::new(), seq: 0 }
    }

    /// The feed's events up to this one.
    fn feed(&mut self, to: u64) {
        for seq in self.seq + 1..=to {
            self.director.receive(Incoming::Event(Box::new(event(seq))));
        }
        self.seq = self.seq.max(to);
    }

    fn snapshot(&mut self, seq: u64) {
        self.director.receive(Incoming::Snapshot(after(seq)));
        self.seq = seq;
    }

    fn act(&mut self, act: Act) -> bool {
        let Ok(done) = self.director.plan(act) else { return false };
        self.tape.push(done.clone());
        self.director.perform(&done);
        true
    }

    fn frame(&mut self, now: Instant, now_us: i64) {
        let Self { director, pair, tape, faces, .. } = self;
        pair.receive(director, &mut |act: &DeskAct, _: &mut Director| tape.push(act.clone()), now);
        director.live_now(now_us);
        pair.tell(director, faces, &|_| None);
    }

    /// The next process on this machine, which has the tape and what was kept, `away_us` later.
    fn again(&self, away_us: i64) -> Self {
        let mut next = Self::new(self.pair.me.dialled, theme());
        next.pair = next.pair.go_on(self.pair.kept(), away_us);
        next.feed(self.seq);
        self.tape.iter().for_each(|act| next.director.perform(act));
        next.tape.clone_from(&self.tape);
        next
    }

    /// What the desk did, wherever the tape has it anchored.
    fn lane(&self) -> Vec<(u64, i64, &Act)> {
        self.tape.iter().map(|act| (act.n, act.at, &act.act)).collect()
    }

    /// Whether such a problem is present.
    fn is_told(&self, kind: ProblemKind) -> bool {
        self.director.problems.present().any(|problem| problem.kind == kind)
    }

    /// The operator's list, for what a failure says.
    fn told(&self) -> Vec<String> {
        self.director.problems.iter().map(|problem| problem.sentence(crate::locale::Lang::En)).collect()
    }
}

/// Two machines, the wire between them and the time of both.
struct Rig {
    main: Machine,
    spare: Machine,
    wire: Option<(Ends, Ends)>,
    /// What one says waits here for so many frames.
    late: usize,
    way: [Vec<(u64, String)>; 2],
    now: Instant,
    frames: u64,
}

impl Rig {
    fn new() -> Self {
        Self::of(Machine::new(false, theme()), Machine::new(true, theme()))
    }

    /// A pair that has run for a while.
    fn met() -> Self {
        let mut rig = Self::new();
        rig.main.feed(4);
        rig.spare.feed(4);
        rig.run(300);
        rig
    }

    fn of(main: Machine, spare: Machine) -> Self {
        let mut rig =
            Self { main, spare, wire: None, late: 0, way: Default::default(), now: Instant::now(), frames: 0 };
        rig.plug();
        rig
    }

    fn plug(&mut self) {
        let (ours, our_ends) = line("main".to_owned(), false);
        let (theirs, their_ends) = line("spare".to_owned(), true);
        self.main.calls.send(ours).unwrap();
        self.spare.calls.send(theirs).unwrap();
        self.wire = Some((our_ends, their_ends));
    }

    fn cut(&mut self) {
        self.wire = None;
        self.way = Default::default();
    }

    fn now_us(&self) -> i64 {
        START_US + 10_000_000 + self.frames as i64 * FRAME_US
    }

    fn carry(&mut self) {
        let Some((ours, theirs)) = &mut self.wire else { return };
        let due = self.frames.saturating_sub(self.late as u64);
        for (from, to, way) in [(&mut ours.outbox, &theirs.inbox, 0), (&mut theirs.outbox, &ours.inbox, 1)] {
            while let Ok(text) = from.try_recv() {
                self.way[way].push((self.frames, text));
            }
            let arrived = self.way[way].iter().take_while(|(said, _)| *said <= due).count();
            for (_, text) in self.way[way].drain(..arrived) {
                // Who has hung up hears nothing more.
                let _gone = to.try_send(text).is_err();
            }
        }
    }

    fn step_one(&mut self, is_main: bool) {
        self.now += Duration::from_micros(FRAME_US as u64);
        self.frames += 1;
        self.carry();
        let (now, now_us) = (self.now, self.now_us());
        if is_main {
            self.main.frame(now, now_us);
        }
        self.spare.frame(now, now_us);
        self.carry();
    }

    fn run(&mut self, ms: i64) {
        (0..ms * 1_000 / FRAME_US).for_each(|_| self.step_one(true));
    }

    /// Time passes, but not on the main machine.
    fn run_spare(&mut self, ms: i64) {
        (0..ms * 1_000 / FRAME_US).for_each(|_| self.step_one(false));
    }

    fn roles(&self) -> (Role, Role) {
        (self.main.pair.role(), self.spare.pair.role())
    }

    fn assert_same(&self, when: &str) {
        let (main, spare) = (self.main.director.air(), self.spare.director.air());
        assert_eq!(main.feed(), spare.feed(), "{when}: the feed");
        assert!(main.program() == spare.program(), "{when}: the program");
        assert!(main.desk == spare.desk, "{when}: the desk: {:?} {:?}", main.desk, spare.desk);
    }

    fn stand(&self) -> Option<bool> {
        self.spare.pair.view().and_then(|view| view.stand).map(|stand| stand.equal)
    }
}

fn say(name: &str) -> Act {
    let data = json!({"kind": "judge", "name": name, "title": ""});
    Act::Say(Say::parse("lower_third.shown", data, None).unwrap())
}

const BLACK: Act = Act::Curtain { curtain: Some(Curtain::Black) };
const UP: Act = Act::Curtain { curtain: None };
const MAIN_AND_SPARE: (Role, Role) = (Role::Main, Role::Spare);

#[test]
fn what_the_main_desk_does_is_on_the_spare_in_the_next_frames() {
    let mut rig = Rig::new();
    rig.main.feed(3);
    rig.spare.feed(3);
    rig.run(100);
    for (i, act) in [BLACK, UP, Act::Hold, say("李"), Act::Clear { group: Group::Strip }].into_iter().enumerate() {
        assert!(rig.main.act(act));
        rig.main.feed(4 + i as u64);
        rig.spare.feed(4 + i as u64);
        rig.run(60);
        rig.assert_same("after an act");
    }
    assert!(rig.main.act(Act::Follow));
    rig.run(1_200);
    rig.assert_same("at the end");
    assert_eq!(rig.main.lane(), rig.spare.lane(), "the same lane on both tapes");
    assert_eq!(rig.stand(), Some(true), "{:?}", rig.spare.told());
    let view = rig.main.pair.view().unwrap();
    assert_eq!((view.role, view.peer.is_some(), view.stand.map(|stand| stand.equal)), (Role::Main, true, Some(true)));
    assert!(!rig.spare.act(BLACK), "the spare's own desk is locked");
}

#[test]
fn an_act_finds_its_place_before_events_that_were_there_sooner_and_waits_for_those_that_were_not() {
    let mut rig = Rig::new();
    for seq in 1..40 {
        match seq % 3 {
            0 => rig.main.feed(seq),
            1 => rig.spare.feed(seq),
            _ => {
                rig.main.feed(seq);
                rig.spare.feed(seq);
            }
        }
        assert!(rig.main.act(if seq % 2 == 0 {
            say(&format!("赵 {seq}"))
        } else {
            Act::Clear { group: Group::Strip }
        }));
        rig.run(20);
    }
    rig.main.feed(40);
    rig.spare.feed(40);
    rig.run(1_200);
    rig.assert_same("after all came");
    assert_eq!(rig.main.lane(), rig.spare.lane());
    assert_eq!(rig.stand(), Some(true), "{:?}", rig.spare.told());
}

#[test]
fn a_spare_that_comes_late_has_the_whole_and_every_act() {
    let mut rig = Rig::of(Machine::new(false, theme()), Machine::new(true, theme()));
    rig.cut();
    rig.main.feed(5);
    for act in [Act::Hold, say("孙"), BLACK, Act::Clear { group: Group::Scene }] {
        assert!(rig.main.act(act));
    }
    rig.main.feed(9);
    // Its feed begins with a whole state, in the middle of what is held.
    rig.spare.snapshot(8);
    rig.plug();
    rig.run(100);
    rig.spare.feed(9);
    rig.run(1_000);
    rig.assert_same("late");
    assert_eq!(rig.spare.lane(), rig.main.lane(), "its tape has all acts since the beginning");
    assert_eq!(rig.stand(), Some(true), "{:?}", rig.spare.told());
}

#[test]
fn a_cut_of_the_line_loses_nothing() {
    let mut rig = Rig::new();
    rig.run(200);
    for round in 0..5_u64 {
        rig.cut();
        rig.main.feed(round * 4 + 4);
        assert!(rig.main.act(if round % 2 == 0 { BLACK } else { UP }));
        rig.run(300);
        rig.spare.feed(round * 4 + 4);
        assert!(rig.main.act(say(&format!("周 {round}"))));
        rig.plug();
        rig.run(200);
        rig.assert_same("after the cut");
        assert_eq!(rig.roles(), MAIN_AND_SPARE, "a short cut changes no role: {:?}", rig.spare.told());
    }
    assert_eq!(rig.main.lane(), rig.spare.lane(), "no act is missing, none is there twice");
}

#[test]
fn a_snapshot_on_either_machine_brings_the_spare_to_what_the_main_one_shows() {
    let mut rig = Rig::new();
    rig.main.feed(6);
    rig.spare.feed(6);
    rig.run(100);
    assert!(rig.main.act(say("吴")));
    rig.run(100);
    rig.assert_same("said");
    // The spare's feed begins anew: what the desk said is on air on the main one still.
    rig.spare.snapshot(6);
    rig.run(100);
    rig.assert_same("the spare's snapshot");
    assert!(!rig.main.director.air().follows());
    // The main one's does: what the desk said is gone there, and so it is here.
    rig.main.snapshot(7);
    rig.spare.feed(7);
    rig.run(200);
    rig.assert_same("the main one's snapshot");
    assert!(rig.spare.director.air().follows());
}

#[test]
fn when_the_main_one_dies_the_spare_takes_over_within_a_second_and_its_desk_works() {
    let mut rig = Rig::new();
    rig.main.feed(4);
    rig.spare.feed(4);
    assert!(rig.main.act(BLACK));
    rig.run(300);
    let mut took_ms = 0;
    while rig.spare.pair.role() == Role::Spare {
        rig.run_spare(20);
        took_ms += 20;
        assert!(took_ms < 1_000, "{:?}", rig.spare.told());
    }
    assert!(took_ms > 500, "a hiccup is no death: {took_ms} ms");
    assert!(rig.spare.is_told(ProblemKind::SpareRole), "{:?}", rig.spare.told());
    assert!(rig.spare.act(UP), "its desk is the show's");
    assert_eq!(rig.spare.tape.iter().map(|act| act.n).collect::<Vec<_>>(), [1, 2], "on its own tape");

    // The former one is back, started anew with its tape.
    let mut back = Machine::new(false, theme());
    back.feed(4);
    rig.main.tape.iter().for_each(|act| back.director.perform(act));
    rig.cut();
    rig.main = back;
    rig.plug();
    rig.run(300);
    assert_eq!(rig.roles(), (Role::Spare, Role::Main), "{:?} {:?}", rig.main.told(), rig.spare.told());
    assert!(rig.main.is_told(ProblemKind::SpareRole), "it is told: {:?}", rig.main.told());
    assert!(!rig.main.act(BLACK), "never two desks");
    rig.assert_same("it does what the other one does");
}

const AWAY_US: i64 = 1_500_000;

#[test]
fn who_took_over_runs_the_show_again_when_it_is_started_again() {
    let mut rig = Rig::met();
    rig.run_spare(1_000);
    assert!(rig.spare.act(BLACK));
    // Its guard starts it again while the first one is still dead.
    rig.cut();
    rig.spare = rig.spare.again(AWAY_US);
    rig.run_spare(20);
    assert_eq!(rig.spare.pair.role(), Role::Main, "{:?}", rig.spare.told());
    assert!(rig.spare.act(UP), "its desk works");
    // The first one is back, by a person's hand: it finds who runs the show.
    rig.main = Machine::new(false, theme());
    rig.main.feed(4);
    rig.plug();
    rig.run(300);
    assert_eq!(rig.roles(), (Role::Spare, Role::Main), "{:?}", rig.main.told());
    rig.assert_same("one desk");
}

#[test]
fn who_took_over_for_a_cut_line_alone_gives_the_desk_back_also_after_a_restart_and_an_act_still_counts() {
    for acts in [false, true] {
        let mut rig = Rig::met();
        rig.cut();
        rig.run(1_500);
        assert_eq!(rig.roles(), (Role::Main, Role::Main));
        assert!(rig.main.act(BLACK));
        assert!(!acts || rig.spare.act(say("郑")));
        rig.spare = rig.spare.again(AWAY_US);
        rig.run(100);
        rig.plug();
        rig.run(300);
        if acts {
            assert!(rig.main.pair.is_contested() && rig.spare.pair.is_contested(), "only people can say");
        } else {
            assert_eq!(rig.roles(), MAIN_AND_SPARE);
            rig.assert_same("one desk");
        }
    }
}

#[test]
fn a_main_one_that_is_started_again_finds_the_spare_at_work_and_there_are_never_two() {
    let mut rig = Rig::met();
    assert!(rig.main.act(BLACK));
    rig.run(100);
    rig.run_spare(1_500);
    assert_eq!(rig.spare.pair.role(), Role::Main);
    rig.cut();
    rig.main = rig.main.again(AWAY_US);
    for _ in 0..10 {
        rig.run(20);
        assert_eq!(rig.roles(), (Role::Spare, Role::Main));
    }
    rig.plug();
    rig.run(300);
    assert_eq!(rig.roles(), (Role::Spare, Role::Main));
    assert!(rig.main.is_told(ProblemKind::SpareRole), "it is told: {:?}", rig.main.told());
    rig.assert_same("one desk");
    // Started again as the other one's spare it is that again, and takes over when the other one dies.
    rig.cut();
    rig.main = rig.main.again(AWAY_US);
    rig.run(100);
    rig.plug();
    rig.run(300);
    assert_eq!(rig.roles(), (Role::Spare, Role::Main));
    std::mem::swap(&mut rig.main, &mut rig.spare);
    rig.run_spare(1_000);
    assert_eq!(rig.spare.pair.role(), Role::Main, "{:?}", rig.spare.told());
}

#[test]
fn a_main_one_whose_spare_has_died_too_runs_the_show_again_by_itself() {
    let mut rig = Rig::met();
    rig.cut();
    // Neither says anything any more.
    std::mem::swap(&mut rig.main, &mut rig.spare);
    rig.spare = rig.spare.again(AWAY_US);
    rig.run_spare(2_000);
    assert_eq!(rig.spare.pair.role(), Role::Spare, "it listens first");
    rig.run_spare(1_000);
    assert_eq!(rig.spare.pair.role(), Role::Main);
    assert!(rig.spare.act(BLACK));
    assert!(!rig.spare.is_told(ProblemKind::SpareRole), "nothing was taken over: {:?}", rig.spare.told());
}

#[test]
fn a_spare_that_is_started_again_takes_over_from_a_dead_one_and_from_no_one_that_lives() {
    let mut rig = Rig::met();
    rig.cut();
    rig.spare = rig.spare.again(AWAY_US);
    rig.run(2_000);
    assert_eq!(rig.roles(), MAIN_AND_SPARE, "the line may take its time");
    rig.run_spare(1_000);
    assert_eq!(rig.spare.pair.role(), Role::Main, "{:?}", rig.spare.told());

    // The main one was started anew while the spare was away: its desk went on meanwhile.
    let mut rig = Rig::met();
    rig.cut();
    rig.spare = rig.spare.again(AWAY_US);
    rig.main = rig.main.again(60_000_000);
    rig.main.pair.take_over(&mut rig.main.director).unwrap();
    assert!(rig.main.act(BLACK));
    rig.plug();
    rig.run(300);
    assert_eq!(rig.roles(), MAIN_AND_SPARE);
    rig.assert_same("one desk");
}

#[test]
fn who_ran_the_show_and_was_away_for_long_leaves_it_to_whom_it_finds() {
    let mut rig = Rig::met();
    rig.run_spare(1_000);
    rig.cut();
    rig.spare = rig.spare.again(60_000_000);
    rig.main = Machine::new(false, theme());
    rig.main.feed(4);
    rig.run(40);
    assert!(rig.main.act(BLACK), "somebody has started the first one meanwhile");
    rig.plug();
    rig.run(300);
    assert_eq!(rig.roles(), MAIN_AND_SPARE);
    rig.assert_same("one desk");
    // A machine that never had a second one waits for nobody.
    let mut alone = Machine::new(false, theme()).again(60_000_000);
    alone.frame(rig.now, START_US);
    assert_eq!(alone.pair.role(), Role::Main);
}

#[test]
fn a_main_one_that_hung_stands_back_when_it_moves_again() {
    let mut rig = Rig::met();
    rig.run_spare(3_000);
    assert_eq!(rig.spare.pair.role(), Role::Main);
    rig.cut();
    rig.plug();
    rig.run(200);
    assert_eq!(rig.roles(), (Role::Spare, Role::Main), "{:?}", rig.main.told());
}

#[test]
fn a_line_that_was_cut_for_long_gives_the_desk_back_to_where_people_sit() {
    let mut rig = Rig::met();
    rig.cut();
    rig.run(2_000);
    assert_eq!(rig.roles(), (Role::Main, Role::Main), "nobody can know");
    assert!(rig.main.is_told(ProblemKind::SpareLost), "{:?}", rig.main.told());
    assert!(rig.main.act(BLACK));
    rig.plug();
    rig.run(300);
    assert_eq!(rig.roles(), MAIN_AND_SPARE);
    rig.assert_same("it does what the main one does");
    assert!(!rig.main.is_told(ProblemKind::SpareLost), "{:?}", rig.main.told());
}

#[test]
fn two_desks_that_both_went_on_are_told_and_one_key_decides() {
    let mut rig = Rig::met();
    rig.cut();
    rig.run(2_000);
    assert!(rig.main.act(BLACK) && rig.spare.act(say("郑")));
    rig.plug();
    rig.run(300);
    for machine in [&rig.main, &rig.spare] {
        assert!(machine.is_told(ProblemKind::SpareTwo), "{:?}", machine.told());
        assert!(machine.pair.is_contested());
    }
    rig.main.pair.take_over(&mut rig.main.director).unwrap();
    rig.run(300);
    assert_eq!(rig.roles(), MAIN_AND_SPARE);
    rig.assert_same("one desk");
    for machine in [&rig.main, &rig.spare] {
        assert!(!machine.is_told(ProblemKind::SpareTwo), "{:?}", machine.told());
    }
}

#[test]
fn a_feed_that_is_back_on_both_is_nobodys_hand_at_the_desk() {
    let mut rig = Rig::met();
    assert!(rig.main.act(say("郑")));
    rig.run(100);
    rig.cut();
    rig.run(2_000);
    assert_eq!(rig.roles(), (Role::Main, Role::Main));
    assert!(rig.main.act(Act::Reconcile) && rig.spare.act(Act::Reconcile));
    rig.plug();
    rig.run(300);
    assert!(!rig.main.pair.is_contested(), "{:?}", rig.main.told());
    assert_eq!(rig.roles(), MAIN_AND_SPARE);
    rig.assert_same("one desk");
}

#[test]
fn a_main_one_that_is_started_again_while_the_line_is_cut_keeps_the_show() {
    let mut rig = Rig::met();
    rig.cut();
    rig.run(2_000);
    assert_eq!(rig.roles(), (Role::Main, Role::Main), "nobody can know");
    assert!(rig.main.act(BLACK));
    rig.main = rig.main.again(AWAY_US);
    rig.run(100);
    rig.plug();
    rig.run(300);
    assert_eq!(rig.roles(), MAIN_AND_SPARE, "{:?} {:?}", rig.main.told(), rig.spare.told());
    assert!(rig.spare.director.air().desk.curtain.is_some(), "what its desk did is on both");
    rig.assert_same("one desk");
}

#[test]
fn one_key_takes_over_and_one_key_takes_back() {
    let mut rig = Rig::met();
    assert_eq!(rig.main.pair.take_over(&mut rig.main.director), Err(IsMain));
    rig.spare.pair.take_over(&mut rig.spare.director).unwrap();
    assert!(rig.spare.act(BLACK));
    rig.run(300);
    assert_eq!(rig.roles(), (Role::Spare, Role::Main));
    rig.assert_same("taken");
    rig.main.pair.take_over(&mut rig.main.director).unwrap();
    assert!(rig.main.act(UP));
    rig.run(300);
    assert_eq!(rig.roles(), MAIN_AND_SPARE);
    rig.assert_same("taken back");
    assert_eq!(rig.main.lane(), rig.spare.lane());
}

#[test]
fn another_theme_is_told_on_both_within_a_second() {
    let other = themes::on_air("subai").unwrap().theme;
    let mut rig = Rig::of(Machine::new(false, theme()), Machine::new(true, other));
    let face = |raster| Face { name: "program".to_owned(), theme: None, output: Output::tv(raster, raster * 9 / 16) };
    rig.main.faces = vec![face(640)];
    rig.spare.faces = vec![face(640)];
    rig.main.feed(4);
    rig.spare.feed(4);
    rig.run(1_000);
    assert_eq!(rig.stand(), Some(false));
    for machine in [&rig.main, &rig.spare] {
        assert!(machine.is_told(ProblemKind::SpareDiffers), "{:?}", machine.told());
        let told = machine.told().join(" ");
        assert!(told.contains("program") && told.contains("theme"), "which output, and why: {told}");
    }
    rig.spare.director.set_theme(theme());
    rig.run(1_000);
    assert_eq!(rig.stand(), Some(true), "{:?}", rig.spare.told());
    for machine in [&rig.main, &rig.spare] {
        assert!(!machine.is_told(ProblemKind::SpareDiffers), "it is over: {:?}", machine.told());
    }
    rig.spare.faces = vec![face(960)];
    rig.run(200);
    for machine in [&rig.main, &rig.spare] {
        assert!(machine.told().join(" ").contains("960 × 540"), "other outputs are told: {:?}", machine.told());
    }
    rig.cut();
    rig.run(2_000);
    for machine in [&rig.main, &rig.spare] {
        assert!(
            !machine.is_told(ProblemKind::SpareDiffers),
            "what is not there differs in nothing: {:?}",
            machine.told()
        );
    }
}

#[test]
fn a_spare_that_lost_its_feed_is_told_as_behind_and_nothing_is_before_a_second() {
    let mut rig = Rig::new();
    rig.main.feed(4);
    rig.spare.feed(4);
    rig.run(1_200);
    rig.main.feed(5);
    rig.run(700);
    assert_eq!(rig.stand(), Some(true), "an event that is on its way is no difference");
    rig.run(1_300);
    assert!(rig.spare.is_told(ProblemKind::SpareDiffers) && rig.main.is_told(ProblemKind::SpareDiffers));
    rig.spare.feed(5);
    rig.run(1_200);
    assert_eq!(rig.stand(), Some(true), "{:?}", rig.spare.told());
}

#[test]
fn another_language_or_own_theme_is_named_and_a_difference_stays_acknowledged_whatever_its_figures() {
    let mut rig = Rig::met();
    let face = |lang, theme: Option<&str>| {
        let output = Output { lang, ..Output::tv(1920, 1080) };
        vec![Face { name: "program".to_owned(), theme: theme.map(str::to_owned), output }]
    };
    (rig.main.faces, rig.spare.faces) = (face(Lang::En, None), face(Lang::Zh, None));
    rig.run(200);
    for machine in [&rig.main, &rig.spare] {
        let told = machine.told().join(" ");
        assert!(told.contains("words in en") && told.contains("words in zh") && told.contains("TAKE THEME"), "{told}");
    }
    rig.spare.faces = face(Lang::En, Some("subai"));
    rig.run(200);
    for machine in [&rig.main, &rig.spare] {
        let told = machine.told().join(" ");
        assert!(told.contains("theme subai") && told.contains("the show's theme"), "{told}");
        assert!(!told.contains("words in"), "{told}");
    }
    rig.spare.faces = face(Lang::En, None);
    rig.run(1_200);
    assert!(!rig.main.is_told(ProblemKind::SpareDiffers), "{:?}", rig.main.told());

    // The spare has lost its feed.
    rig.main.feed(5);
    rig.run(2_000);
    for seq in 6..12 {
        for machine in [&mut rig.main, &mut rig.spare] {
            assert!(machine.is_told(ProblemKind::SpareDiffers), "{:?}", machine.told());
            machine.director.problems.acknowledge(None);
        }
        rig.main.feed(seq);
        rig.run(1_000);
        for machine in [&rig.main, &rig.spare] {
            let mut present = machine.director.problems.present();
            assert!(present.all(Problem::is_acknowledged), "event {seq}: {:?}", machine.told());
        }
    }
}

#[test]
fn a_second_spare_is_told_off_and_takes_nothing_over() {
    let mut rig = Rig::met();
    let mut second = Machine::new(true, theme());
    second.feed(4);
    let (ours, mut our_ends) = line("second".to_owned(), false);
    let (theirs, mut their_ends) = line("main".to_owned(), true);
    rig.main.calls.send(ours).unwrap();
    second.calls.send(theirs).unwrap();
    for _ in 0..150 {
        rig.run(20);
        second.frame(rig.now, rig.now_us());
        while let Ok(text) = our_ends.outbox.try_recv() {
            let _gone = their_ends.inbox.try_send(text).is_err();
        }
        while let Ok(text) = their_ends.outbox.try_recv() {
            let _gone = our_ends.inbox.try_send(text).is_err();
        }
    }
    assert_eq!((rig.roles(), second.pair.role()), (MAIN_AND_SPARE, Role::Spare));
    assert!(rig.main.is_told(ProblemKind::SpareRole), "{:?}", rig.main.told());
    assert!(second.is_told(ProblemKind::SpareLost), "{:?}", second.told());
}

/// Whatever the order in which lines, events and acts come: in the end both are the same, and no tape lacks an act. More
/// schedules with `LEITAI_SPARE_SEEDS=2000`.
#[test]
fn any_schedule_ends_with_the_same_show() {
    let seeds = std::env::var("LEITAI_SPARE_SEEDS").ok().and_then(|seeds| seeds.parse().ok()).unwrap_or(40_u64);
    for seed in 0..seeds {
        let mut rng = fastrand::Rng::with_seed(seed);
        let mut rig = Rig::new();
        for _ in 0..rng.usize(20..60) {
            rig.late = rng.usize(0..6);
            match rng.u32(0..12) {
                0..=2 => rig.main.feed(rig.main.seq + rng.u64(1..5)),
                3..=5 => rig.spare.feed(rig.spare.seq + rng.u64(1..5)),
                6 => _ = rig.main.act(Act::Hold) || rig.main.act(Act::Follow),
                7 => _ = rig.main.act(Act::Take { through: u64::MAX }),
                8 => _ = rig.main.act(say(&format!("冯 {}", rng.u32(..)))),
                9 => _ = rig.main.act(if rng.bool() { BLACK } else { UP }),
                10 if rig.wire.is_some() => rig.cut(),
                10 => rig.plug(),
                _ => _ = rig.main.act(Act::Freeze { on: rng.bool() }),
            }
            // Never so long that somebody would take over.
            rig.run(rng.i64(1..4) * 20);
            if rig.wire.is_none() {
                rig.plug();
            }
        }
        rig.late = 0;
        let last = rig.main.seq.max(rig.spare.seq);
        rig.main.feed(last);
        rig.spare.feed(last);
        rig.run(1_600);
        assert_eq!(rig.roles(), MAIN_AND_SPARE, "seed {seed}: {:?}", rig.spare.told());
        rig.assert_same(&format!("seed {seed}"));
        assert_eq!(rig.main.lane(), rig.spare.lane(), "seed {seed}");
        assert_eq!(rig.stand(), Some(true), "seed {seed}: {:?}", rig.spare.told());
    }
}

#[test]
fn what_was_done_before_there_was_a_feed_stands_first_on_the_spares_tape() {
    let mut rig = Rig::new();
    rig.cut();
    assert!(rig.main.act(BLACK));
    assert_eq!(rig.main.tape[0].epoch, "");
    rig.main.feed(5);
    assert!(rig.main.act(UP));
    rig.spare.snapshot(5);
    rig.plug();
    rig.run(200);
    rig.assert_same("late");
    let anchors: Vec<(&str, u64, u64)> =
        rig.spare.tape.iter().map(|act| (act.epoch.as_str(), act.after, act.n)).collect();
    assert_eq!(anchors, [("e", 0, 1), ("e", 5, 2)]);
}

/// A spare whose feed was further than the main one's when they met is not set back, and takes nothing but the desk.
#[test]
fn a_main_one_that_is_behind_does_not_set_the_spare_back() {
    let mut rig = Rig::new();
    rig.main.feed(4);
    assert!(rig.main.act(BLACK));
    rig.spare.feed(9);
    rig.run(200);
    assert_eq!(rig.spare.director.air().feed().seq, 9);
    assert!(rig.spare.director.air().desk.curtain.is_some(), "the desk is the main one's");
    rig.main.feed(9);
    rig.run(1_200);
    rig.assert_same("both have all");
    assert_eq!(rig.stand(), Some(true), "{:?}", rig.spare.told());
}
