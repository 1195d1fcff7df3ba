//! Doing what the operator asks, whichever hand asks for it.

use bevy::{app::AppExit, prelude::*};

use super::{air::Sound, receive::Supply, windows::OpenConsole};
use crate::{
    console::{Own, View},
    desk::{Command, Hand, Orders, Outcome, Refused, Unit},
    director::{Director, Refusal},
    locale::Lang,
    show::{
        cue::Cue,
        desk::{Act, Curtain, Group, Say},
        told::Words,
    },
    sound::levels::CueLevel,
};

/// Everything that a command may change.
pub struct Hands<'a> {
    pub director: &'a mut Director,
    pub supply: &'a mut Supply,
    pub sound: &'a mut Sound,
}

/// Carries out the operator's commands, in their order, and answers who waits.
pub fn obey(
    mut orders: ResMut<Orders>,
    mut director: ResMut<Director>,
    mut supply: ResMut<Supply>,
    mut sound: ResMut<Sound>,
    mut view: ResMut<View>,
    mut own: ResMut<Own>,
    mut open: MessageWriter<OpenConsole>,
    mut exit: MessageWriter<AppExit>,
) {
    for order in orders.take() {
        let mut hands = Hands { director: &mut director, supply: &mut supply, sound: &mut sound };
        let outcome = match &order.command {
            Command::OpenConsole {} => {
                open.write(OpenConsole);
                Ok(())
            }
            Command::Quit {} => {
                exit.write(AppExit::Success);
                Ok(())
            }
            Command::Lock { on } => {
                view.locked = turned(*on, view.locked);
                Ok(())
            }
            Command::Language { lang } => language(&mut view, &mut own, lang),
            command => hands.carry_out(command),
        };
        if let Err(refused) = &outcome {
            hands.director.refused(&refused.0, order.hand == Hand::Remote);
        }
        order.answer(outcome);
    }
}

/// The console in another language, and the picture as it was opened.
fn language(view: &mut View, own: &mut Own, lang: &str) -> Outcome {
    view.lang = match lang {
        "zh" => Lang::Zh,
        "en" => Lang::En,
        other => return Err(Refused(Words::new("refusal-language").with("lang", other))),
    };
    own.speak(lang);
    Ok(())
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
            Command::Say { event, data, corrects } => {
                let said = Say::parse(event, data.clone(), *corrects).map_err(|error| Refused::of(&error))?;
                self.act(Act::Say(said))
            }
            Command::Load { event, data } => {
                let said = Say::parse(event, data.clone(), None).map_err(|error| Refused::of(&error))?;
                self.director.load(said);
                Ok(())
            }
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
            command => self.transport(command),
        }
    }

    /// An act of the operator's: on the tape when live, then done.
    fn act(&mut self, act: Act) -> Outcome {
        let done = match &mut self.supply.live {
            Some(session) => session.act(act, self.director),
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
            Command::Step { by, unit: Unit::Moment } => director.step_moment(*by),
            Command::Rate { rate } => director.set_rate(*rate),
            _ => return Err(Refused(Words::new("refusal-not-here"))),
        }
        Ok(())
    }
}
