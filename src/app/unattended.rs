//! The desk without windows and sound: a live session that only remote control has a hand on.

use std::{path::Path, sync::Arc, time::Duration};

use bevy::{
    app::AppExit,
    ecs::{message::Messages, schedule::Schedule},
    prelude::*,
};
use crossbeam_channel::Receiver;

use super::{
    LiveSession,
    air::Sound,
    commands,
    control::{self, Remote},
    films::Films,
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
                control::receive,
                incident::obey,
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

    /// Ends it and gives back the session; remote clients are told that it is over.
    pub fn end(&mut self) -> Option<LiveSession> {
        drop(self.world.remove_resource::<Remote>());
        self.world.remove_resource::<Supply>().and_then(|supply| supply.live)
    }

    /// Where it is recorded, once it is, and the show's time where that runs.
    pub fn stands(&self) -> (Option<&Path>, Option<i64>) {
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
