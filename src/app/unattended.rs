//! The desk without windows and sound: a live session that only remote control has a hand on.

use std::{
    path::Path,
    sync::Arc,
    time::{Duration, Instant},
};

use bevy::{
    app::AppExit,
    ecs::{message::Messages, schedule::Schedule},
    prelude::*,
};
use crossbeam_channel::Receiver;

use super::{
    LiveSession,
    air::Sound,
    chosen::{Choices, Chosen},
    commands,
    control::{self, Remote},
    films::Films,
    guarded::{self, Guarded},
    incident::{self, Incident},
    receive::{Supply, Watch, take_theme},
    routed::Routed,
    screens::OpenHost,
    spare::{self, Spare},
    state::{self, Known},
    vitals::{self, Vitals},
    windows::OpenConsole,
};
use crate::{
    console::{Own, View},
    desk::{Order, Orders},
    director::Director,
    feed::{FeedItem, Token},
    locale::Lang,
    routing::Route,
    sound::{Engine, OutputError},
    themes::ThemeWatch,
};

/// A live session with its desk, driven frame by frame.
pub struct Unattended {
    world: World,
    frame: Schedule,
}

impl Unattended {
    /// `tokens` are kept out of what leaves the machine.
    pub fn new(
        director: Director,
        session: LiveSession,
        watch: ThemeWatch,
        remote: Remote,
        tokens: Vec<Token>,
        lang: Lang,
    ) -> Self {
        let mut world = World::new();
        world.insert_resource(director);
        world.insert_resource(Supply { live: Some(session) });
        world.insert_resource(Watch(watch));
        world.insert_resource(remote);
        world.insert_resource(Incident::new(tokens, Box::new(|| {})));
        world.insert_resource(View::new(lang, String::new()));
        // Nobody listens here: no device is asked for.
        world.insert_resource(Sound(Engine::new(Arc::default(), Arc::new(|| Err(OutputError::NoDevice)))));
        world.init_resource::<Orders>();
        world.init_resource::<Known>();
        world.init_resource::<commands::NextTheme>();
        world.init_resource::<Own>();
        world.init_resource::<Routed>();
        world.init_resource::<Vitals>();
        world.init_resource::<Spare>();
        world.init_resource::<Messages<OpenConsole>>();
        world.init_resource::<Messages<OpenHost>>();
        world.init_resource::<Messages<AppExit>>();
        let mut frame = Schedule::default();
        frame.add_systems(
            (
                guarded::put_back.run_if(resource_exists::<Guarded>),
                control::receive,
                incident::obey,
                guarded::announce.run_if(resource_exists::<Guarded>),
                commands::obey,
                receive,
                spare::receive,
                follow_films,
                vitals::look,
                spare::hush,
                spare::tell,
                state::gather,
                incident::write,
                control::tell,
            )
                .chain(),
        );
        Self { world, frame }
    }

    /// The show's films are looked for, and told.
    #[must_use]
    pub fn with_films(mut self, films: Films) -> Self {
        self.world.insert_resource(films);
        self
    }

    /// Tells what a frame took of what it may take, and what its renderer keeps.
    pub fn took(&mut self, took: Duration, due: Duration, atlas_bytes: u64) {
        let mut vitals = self.world.resource_mut::<Vitals>();
        let us = |time: Duration| i64::try_from(time.as_micros()).unwrap_or(i64::MAX);
        vitals.frame(us(took), us(due));
        vitals.atlas_bytes = atlas_bytes;
    }

    /// Where outputs are written, for whoever looks after the room there.
    pub fn set_routes(&mut self, routes: Vec<Route>) {
        self.world.resource_mut::<Vitals>().routes = routes;
    }

    /// With another machine beside it.
    #[must_use]
    pub fn with_spare(mut self, spare: Spare) -> Self {
        self.world.insert_resource(spare);
        self
    }

    /// Under a guard, after what the desk had `chosen` before a restart.
    #[must_use]
    pub fn with_guard(mut self, guarded: Guarded, chosen: Option<&Chosen>) -> Self {
        if let Some(chosen) = chosen {
            let world = &mut self.world;
            world.resource_scope(|world, mut view: Mut<View>| {
                world.resource_scope(|world, mut sound: Mut<Sound>| {
                    world.resource_scope(|world, mut routed: Mut<Routed>| {
                        let next = &mut world.resource_mut::<commands::NextTheme>();
                        chosen.restore(&mut view, &mut sound, &mut routed, next);
                    });
                });
            });
        }
        self.world.insert_resource(guarded);
        self
    }

    /// Tells the guard, where there is one, that a frame was made, and what is to be kept. Whether it wants the show to
    /// end.
    pub fn beat(&mut self) -> bool {
        let Some(mut guarded) = self.world.remove_resource::<Guarded>() else { return false };
        let lang = self.world.resource::<View>().lang;
        let is_hung = self.world.resource_mut::<Remote>().is_hung(Instant::now(), lang);
        let world = &self.world;
        let choices = Choices {
            next: world.resource(),
            view: world.resource(),
            routed: world.resource(),
            sound: &world.resource::<Sound>().0,
            spare: world.resource(),
            theme: world.resource::<Director>().theme(),
            with_host: false,
            is_away: world.resource::<Supply>().live.as_ref().map(LiveSession::is_away),
        };
        let (tape, now_us) = self.stands();
        guarded.round(tape, now_us, &choices, is_hung);
        let is_asked = guarded.is_asked_to_end();
        self.world.insert_resource(guarded);
        is_asked
    }

    /// What comes now takes its time: the guard is told before it begins.
    pub fn takes_long(&mut self) {
        if let Some(mut guarded) = self.world.get_resource_mut::<Guarded>() {
            guarded.takes_long();
        }
    }

    /// The guard is told that it ends.
    pub fn ends(&mut self) {
        if let Some(mut guarded) = self.world.get_resource_mut::<Guarded>() {
            guarded.ends();
        }
    }

    /// Ends it and gives back the session; remote clients are told that it is over.
    pub fn end(&mut self) -> Option<LiveSession> {
        drop(self.world.remove_resource::<Remote>());
        self.world.remove_resource::<Supply>().and_then(|supply| supply.live)
    }

    /// Where it is recorded, once it is, and the show's time where that runs.
    fn stands(&self) -> (Option<&Path>, Option<i64>) {
        let director = self.world.resource::<Director>();
        let live = self.world.resource::<Supply>().live.as_ref();
        let is_timed = live.is_some_and(|live| live.is_timed(director));
        (live.and_then(LiveSession::tape), is_timed.then(|| director.now_us()))
    }

    pub fn director(&mut self) -> Mut<'_, Director> {
        self.world.resource_mut::<Director>()
    }

    /// What clients ask for, to be given to [`Unattended::order`].
    pub fn orders(&self) -> Receiver<Order> {
        self.world.resource::<Remote>().orders()
    }

    pub fn order(&mut self, order: Order) {
        self.world.resource_mut::<Orders>().push(order);
    }

    /// Takes one item of the feed.
    pub fn take(&mut self, item: FeedItem) {
        self.world.resource_scope(|world, mut supply: Mut<Supply>| {
            if let Some(session) = &mut supply.live {
                session.take(item, &mut world.resource_mut::<Director>());
            }
        });
    }

    /// Takes all that has come.
    pub fn receive_all(&mut self) {
        self.world.resource_scope(|world, mut supply: Mut<Supply>| {
            if let Some(session) = &mut supply.live {
                session.receive_all(&mut world.resource_mut::<Director>());
            }
        });
    }

    /// One frame: what was asked for is done, time passes, the state is told. False when it was asked to end.
    pub fn frame(&mut self) -> bool {
        self.frame.run(&mut self.world);
        self.world.resource_mut::<Messages<OpenConsole>>().clear();
        self.world.resource_mut::<Messages<OpenHost>>().clear();
        self.world.resource_mut::<Messages<AppExit>>().drain().count() == 0
    }
}

fn follow_films(mut director: ResMut<Director>, films: Option<ResMut<Films>>) {
    if let Some(mut films) = films {
        films.follow(&mut director);
    }
}

/// The feed's items are taken one by one, as they come: here only time passes.
fn receive(mut director: ResMut<Director>, mut supply: ResMut<Supply>, mut watch: ResMut<Watch>) {
    if let Some(session) = &mut supply.live {
        session.pass(&mut director);
    }
    take_theme(&mut director, &mut watch.0);
}

#[cfg(test)]
mod tests {
    use std::io::{BufRead, BufReader};

    use super::*;
    use crate::{
        app::RemoteOptions,
        desk::{Command, Hand},
        feed::FeedOptions,
        guard::{Link, Past, Saying},
        themes,
        typeset::Typesetter,
    };

    /// A desk whose server is not there, under a guard.
    fn desk(folder: &Path, past: &Past) -> (Unattended, impl BufRead + use<>) {
        let chosen = Chosen::of(past);
        let mut director = Director::live(themes::built_in().unwrap(), Arc::new(Typesetter::new()));
        let tape = folder.join("tape.ndjson");
        let session = LiveSession::start(FeedOptions::new("ws://127.0.0.1:1"), Some(&tape), &mut director).unwrap();
        let remote = Remote::start(RemoteOptions::default(), &mut director, Lang::En, Box::new(|| {})).unwrap();
        let spare = Spare::start(&remote, None).unwrap().go_on(chosen.part(), past.away_us());
        let (link, parent) = Link::of_a_test();
        let unattended = Unattended::new(director, session, ThemeWatch::idle(), remote, Vec::new(), Lang::En);
        let chosen = (past.restarts > 0).then_some(&chosen);
        let guarded = Guarded::new(link, chosen.unwrap_or(&Chosen::default()));
        (unattended.with_spare(spare).with_guard(guarded, chosen), BufReader::new(parent))
    }

    /// What was said until this is heard.
    fn until(parent: &mut impl BufRead, wanted: impl Fn(&Saying) -> bool) -> Saying {
        loop {
            let mut line = String::new();
            parent.read_line(&mut line).unwrap();
            let said = serde_json::from_str(&line).unwrap();
            if wanted(&said) {
                return said;
            }
        }
    }

    #[test]
    fn what_the_desk_has_chosen_is_kept_and_what_takes_its_time_is_said_before_it_begins() {
        let home = tempfile::tempdir().unwrap();
        let (mut desk, mut parent) = desk(home.path(), &Past::default());
        assert!(desk.frame() && !desk.beat());
        until(&mut parent, |said| matches!(said, Saying::Beat(beat) if beat.patience_ms < 10_000));
        desk.order(Order::new(Command::PreviewTheme { name: "subai".to_owned() }, Hand::Remote));
        assert!(desk.frame());
        until(&mut parent, |said| matches!(said, Saying::Beat(beat) if beat.patience_ms == 10_000));
        for command in [
            Command::TakeTheme {},
            Command::Mute { on: Some(true) },
            Command::Cue { name: "film".to_owned(), gain_db: -6.0, muted: false },
        ] {
            desk.order(Order::new(command, Hand::Remote));
        }
        assert!(desk.frame());
        // Of beats that follow each other sooner one is said.
        let begun = Instant::now();
        while begun.elapsed() < Duration::from_millis(150) {
            std::thread::park_timeout(Duration::from_millis(10));
        }
        desk.beat();
        let Saying::Keeps { desk: kept } = until(&mut parent, |said| matches!(said, Saying::Keeps { .. })) else {
            unreachable!()
        };
        assert_eq!(kept["theme"], "subai");
        assert_eq!((&kept["muted"], &kept["faders"]["film"]["gain_db"]), (&true.into(), &(-6.0).into()));
        drop((desk, parent));

        let past = Past { restarts: 1, desk: kept.clone(), ..Past::default() };
        let (mut again, mut parent) = self::desk(home.path(), &past);
        assert!(again.frame() && !again.beat());
        let Saying::Keeps { desk: still } = until(&mut parent, |said| matches!(said, Saying::Keeps { .. })) else {
            unreachable!()
        };
        assert_eq!((&still["theme"], &still["muted"]), (&kept["theme"], &true.into()));
        assert_eq!(still["faders"]["film"], kept["faders"]["film"]);
    }

    /// A spare is hushed; when it takes over after a restart it is heard as it was before it was the spare.
    #[test]
    fn a_spares_silence_is_no_choice_that_outlives_it() {
        let home = tempfile::tempdir().unwrap();
        let part = serde_json::json!({"role": "spare", "term": 1, "knew": "another"});
        let kept = serde_json::json!({"pair": part, "muted": false, "master_db": -3.0});
        let mut past = Past { restarts: 1, desk: kept, ..Past::default() };
        for _ in 0..2 {
            let (mut desk, mut parent) = desk(home.path(), &past);
            assert!(desk.frame() && !desk.beat());
            assert!(desk.world.resource::<Sound>().0.levels().muted(), "a spare is silent");
            let Saying::Keeps { desk: kept } = until(&mut parent, |said| matches!(said, Saying::Keeps { .. })) else {
                unreachable!()
            };
            assert_eq!(kept["muted"], false);
            past.desk = kept;
            desk.order(Order::new(Command::TakeOver {}, Hand::Remote));
            assert!(desk.frame());
            let levels = desk.world.resource::<Sound>().0.levels().clone();
            assert!(!levels.muted(), "the hall hears it");
            assert_eq!(levels.master_db(), -3.0);
        }
    }
}
