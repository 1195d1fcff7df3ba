//! Doing what the operator asks, whichever hand asks for it.

use std::path::{Component, Path};

use bevy::{app::AppExit, ecs::system::SystemParam, prelude::*};

use super::{
    air::Sound,
    receive::{Supply, Watch, theme_is_good},
    routed::{self, Routed},
    screens::OpenHost,
    spare::Spare,
    windows::OpenConsole,
};
use crate::{
    console::{Own, View},
    desk::{Command, Hand, Orders, Outcome, Refused, Unit},
    director::{Director, Refusal, Transport},
    journal,
    locale::Lang,
    routing::{self, RouteError, Routes},
    show::{
        cue::Cue,
        desk::{Act, Curtain, Group, Say},
        frame::testcard::TestCard,
        tape::{
            Timeline,
            edit::{Edit, Place},
        },
        told::Words,
    },
    sound::{CueLevel, FILM},
    themes::{self, ThemeWatch},
};

/// Everything that a command may change.
#[derive(SystemParam)]
pub struct Hands<'w> {
    director: ResMut<'w, Director>,
    supply: ResMut<'w, Supply>,
    sound: ResMut<'w, Sound>,
    watch: ResMut<'w, Watch>,
    next: ResMut<'w, NextTheme>,
    view: ResMut<'w, View>,
    own: ResMut<'w, Own>,
    routed: ResMut<'w, Routed>,
    spare: Option<ResMut<'w, Spare>>,
}

/// Themes that the desk has chosen by name.
#[derive(Resource, Default)]
pub struct NextTheme {
    /// The one that is seen in the preview, with its watch.
    next: Option<(String, ThemeWatch)>,
    /// The one that was taken on air.
    pub taken: Option<String>,
}

/// Carries out the operator's commands, in their order, and answers who waits.
pub fn obey(
    mut orders: ResMut<Orders>,
    mut hands: Hands,
    mut open: MessageWriter<OpenConsole>,
    mut open_host: MessageWriter<OpenHost>,
    mut exit: MessageWriter<AppExit>,
) {
    for order in orders.take() {
        let outcome = match &order.command {
            Command::OpenConsole {} => {
                open.write(OpenConsole);
                Ok(())
            }
            Command::OpenHost {} => {
                open_host.write(OpenHost);
                Ok(())
            }
            Command::Quit {} => {
                exit.write(AppExit::Success);
                Ok(())
            }
            command if order.hand == Hand::Remote && reaches_files(command) => {
                Err(Refused(Words::new("refusal-remote-file")))
            }
            command => hands.carry_out(command),
        };
        if let Err(refused) = &outcome {
            hands.director.refused(&refused.0, order.hand == Hand::Remote);
        }
        order.answer(outcome);
    }
}

/// Whether a command names a file elsewhere than beside the program: that is for the person at the desk alone.
fn reaches_files(command: &Command) -> bool {
    let bare = |path: &Path| {
        let mut parts = path.components();
        let is_name = matches!((parts.next(), parts.next()), (Some(Component::Normal(_)), None));
        is_name && path.to_string_lossy().ends_with(".tape.ndjson")
    };
    match command {
        Command::Open { path } | Command::SaveAs { path } => !bare(path),
        Command::PreviewTheme { name } => name.contains(['/', '.']),
        // Outputs write files and start programs.
        Command::SetOutputs { .. } | Command::SaveOutputs { .. } => true,
        _ => false,
    }
}

/// `on`, or the other of what is.
fn turned(on: Option<bool>, is: bool) -> bool {
    on.unwrap_or(!is)
}

impl Hands<'_> {
    fn carry_out(&mut self, command: &Command) -> Outcome {
        let is = &self.director.air().desk;
        match command {
            Command::Hold { on } => match (turned(*on, is.hold.is_some()), is.hold.is_some()) {
                (true, false) => self.act(Act::Hold),
                (false, true) => self.act(Act::Follow),
                _ => Ok(()),
            },
            Command::Take { all } => {
                let through = if *all { Some(u64::MAX) } else { self.director.next_take() };
                self.act(Act::Take { through: through.unwrap_or(u64::MAX) })
            }
            Command::Black { on } => self.curtain(Curtain::Black, *on),
            Command::Logo { on } => self.curtain(Curtain::Logo, *on),
            Command::Freeze { on } => {
                let on = turned(*on, is.frozen.is_some());
                self.act(Act::Freeze { on })
            }
            Command::Clear { group } => self.act(Act::Clear { group: *group }),
            Command::Restore { group } => self.act(Act::Restore { group: *group }),
            Command::ToggleClear { group } => {
                let off = self.director.air().cleared().any(|cleared| cleared == *group);
                self.act(if off { Act::Restore { group: *group } } else { Act::Clear { group: *group } })
            }
            Command::RehearsalMark { on } => self.act(Act::Mark { on: *on }),
            Command::Reconcile {} => self.act(Act::Reconcile),
            Command::TakeOver {} => match &mut self.spare {
                Some(spare) => spare.take_over(&mut self.director),
                None => Err(Refused(Words::new("refusal-no-pair"))),
            },
            Command::Say { event, data, corrects } => {
                let said = Say::parse(event, data.clone(), *corrects).map_err(|error| Refused::of(&error))?;
                self.act(Act::Say(said))
            }
            Command::Load { event, data } => {
                let said = Say::parse(event, data.clone(), None).map_err(|error| Refused::of(&error))?;
                self.director.load(said);
                Ok(())
            }
            // What is laid ready stays so where it cannot go on air.
            Command::PlayLoaded {} if self.director.stands_by() => Err(Refused::of(&Refusal::StandsBy)),
            Command::PlayLoaded {} => {
                let said = self.director.unload().ok_or_else(|| Refused(Words::new("refusal-nothing-loaded")))?;
                self.act(Act::Say(said))
            }
            Command::Update { data } => self.update(data),
            Command::Next {} => {
                let next = self.director.next_step().ok_or_else(|| Refused(Words::new("refusal-no-next")))?;
                self.act(Act::Say(Say { event: next, corrects: None }))
            }
            Command::Stop { group } => self.stop(*group),
            Command::Master { gain_db } => {
                self.sound.0.set_master_db(*gain_db);
                Ok(())
            }
            Command::Mute { on } => {
                let muted = turned(*on, self.sound.0.levels().muted());
                self.sound.0.set_muted(muted);
                Ok(())
            }
            Command::Cue { name, gain_db, muted } if name == FILM => {
                self.sound.0.set_film(CueLevel { gain_db: *gain_db, muted: *muted });
                Ok(())
            }
            Command::Cue { name, gain_db, muted } => {
                let cue = Cue::from_name(name);
                let cue = cue.ok_or_else(|| Refused(Words::new("refusal-no-cue").with("cue", name.as_str())))?;
                self.sound.0.set_cue(cue, CueLevel { gain_db: *gain_db, muted: *muted });
                Ok(())
            }
            Command::ReopenSound {} => {
                self.sound.0.reopen();
                Ok(())
            }
            Command::Acknowledge { problem } => {
                self.director.problems.acknowledge(*problem);
                Ok(())
            }
            Command::Lock { on } => {
                self.view.locked = turned(*on, self.view.locked);
                Ok(())
            }
            Command::PreviewTheme { name } => self.preview_theme(name),
            Command::TakeTheme {} => self.take_theme(),
            Command::PreviewWords { lang } => {
                let known = Lang::ALL.into_iter().find(|known| known.name() == lang);
                let lang = known.ok_or_else(|| Refused(Words::new("refusal-words").with("lang", lang.as_str())))?;
                self.view.next_hall = Some(lang).filter(|lang| *lang != self.view.hall);
                Ok(())
            }
            Command::Language { lang } => {
                let known = [Lang::Zh, Lang::En].into_iter().find(|known| known.name() == lang);
                let lang = known.ok_or_else(|| Refused(Words::new("refusal-language").with("lang", lang.as_str())))?;
                self.view.lang = lang;
                self.own.speak(lang.name());
                Ok(())
            }
            Command::SetOutputs { outputs } => {
                let flaws = routing::check(outputs);
                if !flaws.is_empty() {
                    return Err(Refused::of(&RouteError::Unfit { flaws }));
                }
                self.routed.take(outputs.clone());
                Ok(())
            }
            Command::SaveOutputs { path } => self.save_outputs(path.as_deref()),
            Command::TestCard { output, card } => self.test_card(output.as_deref(), *card),
            command => self.transport(command),
        }
    }

    /// The outputs that are on, into their file or another one.
    fn save_outputs(&mut self, path: Option<&Path>) -> Outcome {
        let known = path.map(Path::to_owned).or_else(|| self.routed.path.clone());
        let path = known.ok_or_else(|| Refused(Words::new("refusal-no-outputs-file")))?;
        let routes = Routes { outputs: self.routed.routes.clone() };
        routed::save(&path, &routes).map_err(|error| Refused::of(&error))?;
        tracing::info!("{}: {} outputs", path.display(), routes.outputs.len());
        self.routed.saved(path);
        Ok(())
    }

    fn test_card(&mut self, output: Option<&str>, card: Option<TestCard>) -> Outcome {
        match output {
            // All at once only off: a card goes on air where it was meant to, or nowhere.
            None if card.is_some() => return Err(Refused(Words::new("refusal-card-where"))),
            None => (0..self.routed.routes.len()).for_each(|i| self.routed.card(i, None)),
            Some(name) => {
                let place = self.routed.find(name);
                let place = place.ok_or_else(|| Refused(Words::new("refusal-no-output").with("output", name)))?;
                self.routed.card(place, card);
            }
        }
        Ok(())
    }

    /// Another theme, for the preview alone: what is on air stays.
    fn preview_theme(&mut self, name: &str) -> Outcome {
        let found = themes::on_air(name).map_err(|error| Refused::of(&error))?;
        if let Some(fault) = found.fault {
            return Err(Refused::of(&fault));
        }
        self.director.set_next_theme(Some(found.theme));
        self.next.next = Some((name.to_owned(), found.watch));
        Ok(())
    }

    fn take_theme(&mut self) -> Outcome {
        let words = self.view.next_hall.take();
        if let Some(words) = words {
            self.view.hall = words;
        }
        let Some(theme) = self.director.next_theme().cloned() else {
            return words.map(drop).ok_or_else(|| Refused(Words::new("refusal-no-theme")));
        };
        self.director.set_theme(theme);
        theme_is_good(&mut self.director);
        self.director.set_next_theme(None);
        if let Some((name, watch)) = self.next.next.take() {
            self.watch.0 = watch;
            self.next.taken = Some(name);
        }
        Ok(())
    }

    /// An act of the operator's: on the tape when live, then done.
    fn act(&mut self, act: Act) -> Outcome {
        let done = match &mut self.supply.live {
            Some(session) => session.act(act, &mut self.director),
            None => self.director.act(act),
        };
        done.map_err(|refusal: Refusal| Refused::of(&refusal))
    }

    fn curtain(&mut self, curtain: Curtain, on: Option<bool>) -> Outcome {
        let drawn = self.director.air().desk.curtain.map(|drawn| drawn.curtain);
        let on = turned(on, drawn == Some(curtain));
        match (on, drawn == Some(curtain)) {
            (true, false) => self.act(Act::Curtain { curtain: Some(curtain) }),
            (false, true) => self.act(Act::Curtain { curtain: None }),
            _ => Ok(()),
        }
    }

    /// What is laid ready, else what is on air, with some of its fields replaced.
    fn update(&mut self, data: &serde_json::Value) -> Outcome {
        let updated = self.director.updated(data).map_err(Refused)?;
        match updated {
            None => Ok(()),
            Some(said) => self.act(Act::Say(said)),
        }
    }

    /// What is on in this group ends, as an event of the desk's.
    fn stop(&mut self, group: Group) -> Outcome {
        match self.director.ending(group) {
            Some(event) => self.act(Act::Say(Say { event, corrects: None })),
            None => Err(Refused(Words::new("refusal-nothing-on").with("group", group.name()))),
        }
    }

    /// The tape's transport.
    fn transport(&mut self, command: &Command) -> Outcome {
        let director = &mut *self.director;
        let Some(tape) = director.transport() else {
            return Err(Refused(Words::new("refusal-no-tape")));
        };
        let (position_us, playing) = (tape.position_us(), tape.playing);
        match command {
            Command::Play {} => director.play(),
            Command::Pause {} => director.pause(),
            Command::Toggle {} if playing => director.pause(),
            Command::Toggle {} => director.play(),
            Command::Seek { position_us } => director.seek(*position_us),
            Command::Skip { by_us } => director.seek(position_us.saturating_add(*by_us)),
            Command::Step { by, unit: Unit::Event } => director.step_event(*by),
            Command::Step { by, unit: Unit::Frame } => director.step_frame(*by),
            Command::Step { by, unit: Unit::Moment } => return found(director.jump_moment(*by)),
            Command::JumpRound { by } => return found(director.jump_round(*by)),
            Command::JumpQuestion { by } => return found(director.jump_question(*by)),
            Command::JumpTurn { team, by } => return found(director.jump_turn(team, *by)),
            Command::Rate { rate } => director.set_rate(*rate),
            Command::Loop { from_us, to_us } => director.set_range(from_us.zip(*to_us)),
            Command::LoopMarks {} => {
                let range_us = match (tape.range_us(), tape.bookmarks_us()) {
                    (Some(_), _) => None,
                    (None, [Some(a_us), Some(b_us)]) => Some((a_us.min(b_us), a_us.max(b_us))),
                    _ => return Err(Refused(Words::new("refusal-no-bookmark"))),
                };
                director.set_range(range_us);
            }
            Command::Speed { by } => {
                let rate = next_rate(tape.rate(), *by);
                director.set_rate(rate);
            }
            Command::Bookmark { mark } => director.bookmark(*mark as usize),
            Command::Recall { mark } => {
                let remembered = tape.bookmarks_us()[*mark as usize];
                let position_us = remembered.ok_or_else(|| Refused(Words::new("refusal-no-bookmark")))?;
                director.seek(position_us);
            }
            command => return self.edit(command),
        }
        Ok(())
    }

    /// The tape itself.
    fn edit(&mut self, command: &Command) -> Outcome {
        let director = &mut *self.director;
        let edit = match command {
            Command::Insert { event, data } => Edit::Insert {
                place: Place::At(director.now_us()),
                event: event.clone(),
                data: data.clone(),
                cause: None,
                corrects: None,
            },
            Command::Drop { index } => Edit::Drop { step: *index },
            Command::Delay { index, by_us, rest } => Edit::Delay { step: *index, by_us: *by_us, following: *rest },
            Command::Change { index, data } => Edit::Change { step: *index, data: data.clone() },
            Command::Undo {} => return found(director.undo()),
            Command::Redo {} => return found(director.redo()),
            Command::SaveAs { path } => return self.save_as(path),
            Command::Open { path } => return self.open(path),
            _ => return Err(Refused(Words::new("refusal-not-here"))),
        };
        director.edit(edit).map(drop).map_err(|error| Refused::of(&error))
    }

    /// The edited tape as a new file: one that is there is never written over.
    fn save_as(&mut self, path: &Path) -> Outcome {
        let Some(text) = self.director.edited_text() else { return Ok(()) };
        journal::save(path, &text).map_err(|error| Refused::of(&error))?;
        self.director.edits_saved();
        tracing::info!("{}: the edited tape", path.display());
        Ok(())
    }

    fn open(&mut self, path: &Path) -> Outcome {
        if self.director.unsaved() > 0 {
            return Err(Refused(Words::new("refusal-unsaved")));
        }
        // A pipe or a device would hold the program up.
        if !path.is_file() {
            return Err(Refused(Words::new("refusal-no-file").with("path", path.display().to_string())));
        }
        let tape = journal::load(path).map_err(|error| Refused::of(&error))?;
        self.director.open(Timeline::new(tape));
        Ok(())
    }
}

/// The speed that lies so many places from the present one.
fn next_rate(rate: f64, by: i64) -> f64 {
    let speeds = Transport::SPEEDS;
    let here = speeds.iter().position(|known| *known >= rate).unwrap_or(speeds.len() - 1);
    let place = (here as i64).saturating_add(by).clamp(0, speeds.len() as i64 - 1);
    speeds.get(place as usize).copied().unwrap_or(rate)
}

/// Whether there was such a place to go to, or such a thing to do.
fn found(found: bool) -> Outcome {
    if found { Ok(()) } else { Err(Refused(Words::new("refusal-none-there"))) }
}
