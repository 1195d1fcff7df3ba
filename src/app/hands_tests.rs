//! Promises of the desk's hands: what a key asks for is in the very next frame, and what makes no sense is told.

use std::sync::Arc;

use bevy::{
    input::{
        ButtonState,
        keyboard::{Key, KeyboardInput},
    },
    prelude::*,
    window::WindowFocused,
};

use super::{air, clock::Clock, commands, keys, receive, routed::Routed, screens};
use crate::{
    console::{Own, View, Wishes},
    desk::{Command, Hand, Order, Orders, Outcome},
    director::{Director, ProblemKind},
    locale::Lang,
    routing::{Place, Route},
    show::{
        frame::{Class, Output, testcard::TestCard},
        tape::{Tape, Timeline},
    },
    sound::{Engine, OutputError},
    stage::{OutputId, Outputs},
    themes::{self, ThemeWatch},
    typeset::Typesetter,
};

const TAPE: &str = include_str!("../../assets/shows/zhongwei-demo.tape.ndjson");

/// The program without windows, renderer and device: keys, commands, director, frames.
fn desk() -> App {
    let timeline = Timeline::new(Tape::parse(TAPE).unwrap());
    let mut director = Director::rehearse(timeline, themes::built_in().unwrap(), Arc::new(Typesetter::new()));
    director.seek(41_000_000);
    let mut on_air = air::OnAir::default();
    on_air.windows.insert(OutputId::PROGRAM, Output::tv(1920, 1080));
    let mut app = App::new();
    app.add_message::<KeyboardInput>()
        .add_message::<AppExit>()
        .add_message::<super::windows::OpenConsole>()
        .add_message::<screens::OpenHost>()
        .add_message::<WindowFocused>()
        .init_resource::<Orders>()
        .init_resource::<Clock>()
        .init_resource::<Outputs>()
        .init_resource::<commands::NextTheme>()
        .init_resource::<Own>()
        .init_resource::<Wishes>()
        .init_resource::<Routed>()
        .insert_resource(on_air)
        .insert_resource(receive::Supply { live: None })
        .insert_resource(receive::Watch(ThemeWatch::idle()))
        .insert_resource(air::Sound(Engine::new(Arc::default(), Arc::new(|| Err(OutputError::NoDevice)))))
        .insert_resource(director)
        .insert_resource(View::new(Lang::Zh, "demo".to_owned()))
        .add_systems(Update, (keys::read, commands::obey, air::compose).chain());
    app.update();
    app
}

fn press(app: &mut App, key_code: KeyCode) {
    let logical_key = Key::Character("".into());
    let window = Entity::PLACEHOLDER;
    let state = ButtonState::Pressed;
    app.world_mut().write_message(KeyboardInput { key_code, logical_key, state, text: None, repeat: false, window });
}

fn layers(app: &App) -> usize {
    app.world().resource::<Outputs>().frame(OutputId::PROGRAM).map_or(0, |frame| frame.layers.len())
}

/// Asks for something and says what became of it.
fn ask(app: &mut App, command: Command) -> Outcome {
    let (answer, answered) = crossbeam_channel::bounded(1);
    let order = Order::answered(command, Hand::Remote, move |outcome| answer.send(outcome).unwrap());
    app.world_mut().resource_mut::<Orders>().push(order);
    app.update();
    answered.try_recv().expect("every order is answered in its frame")
}

#[test]
fn a_key_is_in_the_next_frame() {
    let mut app = desk();
    let before = layers(&app);
    assert!(before > 5, "a question is on air");
    press(&mut app, KeyCode::KeyB);
    app.update();
    assert_eq!(layers(&app), 1, "black");
    press(&mut app, KeyCode::KeyB);
    app.update();
    assert_eq!(layers(&app), before, "and back");
}

#[test]
fn what_makes_no_sense_changes_nothing_and_is_told() {
    let mut app = desk();
    let before = layers(&app);
    let senseless = [
        Command::Take { all: false },
        Command::PlayLoaded {},
        Command::Reconcile {},
        Command::Say { event: "slate.shwn".to_owned(), data: serde_json::json!({}), corrects: None },
        Command::PreviewTheme { name: "no-such-theme".to_owned() },
        Command::Language { lang: "tlh".to_owned() },
        Command::Open { path: "/no/such/tape.ndjson".into() },
    ];
    for command in senseless {
        let refused = ask(&mut app, command.clone()).expect_err("it makes no sense now");
        let director = app.world().resource::<Director>();
        let told = director.problems.present().any(|it| it.kind == ProblemKind::Remote && it.said.words == refused.0);
        assert!(told, "{command:?}: {refused:?}");
    }
    assert_eq!(layers(&app), before);
}

#[test]
fn a_held_program_previews_what_waits() {
    let mut app = desk();
    assert_eq!(ask(&mut app, Command::Hold { on: Some(true) }), Ok(()));
    let mut director = app.world_mut().resource_mut::<Director>();
    assert!(director.previews());
    director.play_to(70_000_000);
    let (program, preview) = (director.show().seq, director.air().preview().seq);
    assert!(preview > program + 2, "{preview} {program}");
    assert!(director.air().desk.hold.as_ref().is_some_and(|hold| !hold.queue.is_empty()));
    app.update();
    assert_eq!(ask(&mut app, Command::Take { all: false }), Ok(()));
    assert!(app.world().resource::<Director>().show().seq > program);
    assert_eq!(ask(&mut app, Command::Hold { on: None }), Ok(()));
    assert_eq!(app.world().resource::<Director>().show().seq, preview);
}

#[test]
fn a_test_card_is_on_its_output_alone_until_it_is_taken_off_and_outputs_are_the_desks_own() {
    let mut app = desk();
    let route = |name: &str| Route { name: name.to_owned(), ..Route::default() };
    let place = Place::Window { transparent: false };
    let outputs = vec![Route { place, ..route("tv") }, Route { class: Class::Wall, ..route("wall") }];
    let set = Command::SetOutputs { outputs: outputs.clone() };
    assert!(ask(&mut app, set.clone()).is_err(), "outputs write files and start programs");
    app.world_mut().resource_mut::<Orders>().give(set);
    app.world_mut().resource_mut::<Orders>().give(Command::SetOutputs { outputs: vec![route("")] });
    app.update();
    assert_eq!(app.world().resource::<Routed>().routes, outputs, "those that cannot be are refused");

    let before = layers(&app);
    let card = |output: Option<&str>, card| Command::TestCard { output: output.map(str::to_owned), card };
    assert_eq!(ask(&mut app, card(Some("wall"), Some(TestCard::Bars))), Ok(()));
    assert_eq!(layers(&app), before, "the program is no concern of another output's card");
    assert!(ask(&mut app, card(Some("no such"), Some(TestCard::Bars))).is_err());
    assert_eq!(ask(&mut app, card(Some("tv"), Some(TestCard::Sync))), Ok(()));
    assert_ne!(layers(&app), before);
    assert!(app.world().resource::<Routed>().beeps());
    assert!(ask(&mut app, card(None, Some(TestCard::Bars))).is_err(), "a card is meant for one output");
    assert_eq!(ask(&mut app, card(None, None)), Ok(()));
    assert_eq!(layers(&app), before, "the show again");
    assert!(!app.world().resource::<Routed>().beeps());
}
