//! The first frames of a card whose characters were never seen before: shown without notice, after it was cued, and with
//! characters that are known. Every card is another one; the renderer is the same, as in a show.

use std::{sync::Arc, time::Instant};

use clap::Args as Arguments;
use leitai::{
    director::{Coming, Director, Incoming, together},
    show::{frame::Output, protocol::Envelope},
    stage::{Headless, OutputId},
    themes,
    typeset::Typesetter,
};
use serde_json::{Value, json};

use super::Fault;

#[derive(Arguments)]
pub struct Args {
    /// Cards of each kind.
    #[arg(long, default_value_t = 7)]
    pub cards: u32,
    /// New characters of a card.
    #[arg(long, default_value_t = 60)]
    pub characters: u32,
    #[arg(long, default_value_t = 1920)]
    pub width: u32,
    #[arg(long, default_value_t = 1080)]
    pub height: u32,
}

/// Where Han begin; a card's are the next ones.
const HAN: u32 = 0x4E00;
const FRAME_US: i64 = 20_000;
/// Frames that are watched from the one with the card on.
const WATCHED: u32 = 60;
/// Longer than anything moves.
const REST_US: i64 = 3_000_000;
/// Idle updates that a card may need at most to be ready.
const MOST_UPDATES: u32 = 2_000;

/// A live show and its renderer.
struct Hall {
    director: Director,
    stage: Headless,
    output: Output,
    seq: u64,
    now_us: i64,
}

/// What the frames of one card took.
#[derive(Default)]
struct Card {
    first_ms: f64,
    worst_ms: f64,
    glyphs_in_first: usize,
    glyphs: usize,
    layers: u64,
    /// Making it ready.
    updates: u32,
    worst_update_ms: f64,
}

impl Hall {
    fn say(&mut self, name: &str, data: &Value) -> Result<(), Fault> {
        self.seq += 1;
        let env = json!({"v": 1, "epoch": "bench", "seq": self.seq, "at": self.now_us, "type": name, "data": data});
        self.director.receive(Incoming::Event(Box::new(Envelope::from_value(env)?)));
        Ok(())
    }

    fn frame(&mut self) -> Result<f64, Fault> {
        self.now_us += FRAME_US;
        let begun = Instant::now();
        self.director.live_now(self.now_us);
        self.stage.draw(self.director.frame(&self.output))?;
        Ok(begun.elapsed().as_secs_f64() * 1e3)
    }

    fn warm(&mut self, card: &mut Card) -> Result<(), Fault> {
        let coming = self.director.coming().ok_or("nothing is known to come")?;
        let looks = (0..Coming::LOOKS).map(|look| self.director.foresee(&coming, None, &self.output, look));
        let expected = together(looks).map(Arc::new);
        self.stage.expect(OutputId::PROGRAM, expected);
        while card.updates < MOST_UPDATES && (card.updates == 0 || !self.stage.is_warm()) {
            let begun = Instant::now();
            self.stage.idle();
            card.worst_update_ms = card.worst_update_ms.max(begun.elapsed().as_secs_f64() * 1e3);
            card.updates += 1;
        }
        Ok(())
    }

    /// Brings on a card of these characters, with notice or without.
    fn card(&mut self, stem: &str, cued: bool) -> Result<Card, Fault> {
        self.say("turn.given", &json!({"team": "t1", "question_no": 1}))?;
        // What was on is gone, and the picture rests.
        for _ in 0..3 {
            self.now_us += REST_US;
            self.frame()?;
        }
        let question = json!({"id": format!("q{}", self.seq), "kind": "short", "stem": stem, "value": 10});
        let mut card = Card::default();
        if cued {
            self.say("question.cued", &question)?;
            self.frame()?;
            self.warm(&mut card)?;
        }
        self.say("question.shown", &question)?;
        let (glyphs, layers) = (self.stage.glyphs(), self.stage.counters().layers_drawn);
        for n in 0..WATCHED {
            let ms = self.frame()?;
            card.worst_ms = card.worst_ms.max(ms);
            if n == 0 {
                card.first_ms = ms;
                card.glyphs_in_first = self.stage.glyphs() - glyphs;
            }
        }
        self.stage.expect(OutputId::PROGRAM, None);
        card.glyphs = self.stage.glyphs().saturating_sub(glyphs);
        card.layers = self.stage.counters().layers_drawn - layers;
        Ok(card)
    }
}

pub fn run(args: &Args) -> Result<Value, Fault> {
    let raster = (args.width, args.height);
    let mut hall = Hall {
        director: Director::live(themes::built_in()?, Arc::new(Typesetter::new())),
        stage: Headless::new(raster)?,
        output: Output::tv(args.width, args.height),
        seq: 0,
        now_us: 1_000_000,
    };
    let team = json!({"id": "t1", "name": "济南市", "number": 1});
    hall.say("show.configured", &json!({"title": "业务比武", "teams": [team]}))?;
    hall.say("round.opened", &json!({"id": "r", "name": "必答", "format": "solo"}))?;
    hall.frame()?;
    let mut next = 0;
    let mut fresh = || -> String {
        let from = HAN + next;
        next += args.characters;
        (from..next + HAN).filter_map(char::from_u32).collect()
    };
    // Shaders are read and the strip is drawn before anything is measured.
    let mut last = fresh();
    hall.card(&last, false)?;
    let (mut known, mut cold, mut warm) = (Vec::new(), Vec::new(), Vec::new());
    for round in 0..args.cards {
        known.push(hall.card(&last, false)?);
        for cued in if round % 2 == 0 { [false, true] } else { [true, false] } {
            last = fresh();
            let card = hall.card(&last, cued)?;
            if cued { warm.push(card) } else { cold.push(card) }
        }
    }
    let glyphs = |cards: &[Card]| cards.iter().map(|card| card.glyphs).collect::<Vec<_>>();
    let (of_warm, of_cold) = (glyphs(&warm), glyphs(&cold));
    if of_warm.iter().any(|glyphs| *glyphs > 0) || of_cold.contains(&0) {
        return Err(format!("glyphs rasterised with the card on: cued {of_warm:?}, not cued {of_cold:?}").into());
    }
    let told = |cards: &[Card]| {
        let each = |of: &dyn Fn(&Card) -> Value| cards.iter().map(of).collect::<Vec<_>>();
        json!({
            "first_ms": each(&|card| json!(card.first_ms)), "worst_ms": each(&|card| json!(card.worst_ms)),
            "glyphs_in_first": each(&|card| json!(card.glyphs_in_first)), "glyphs": each(&|card| json!(card.glyphs)),
            "layers": each(&|card| json!(card.layers)), "updates": each(&|card| json!(card.updates)),
            "worst_update_ms": each(&|card| json!(card.worst_update_ms)),
        })
    };
    Ok(json!({
        "characters": args.characters, "known": told(&known), "cold": told(&cold), "warm": told(&warm),
        "atlas_bytes": hall.stage.atlas_bytes(), "adapter": hall.stage.adapter().name,
    }))
}
