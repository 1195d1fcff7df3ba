//! `leitai still`: one instant of a tape, or a test card, as a PNG.

use std::sync::Arc;

use serde_json::{Value, json};

use super::{
    args::{Global, Still},
    desk,
    drawn::Drawn,
    error::CliError,
    films::Films,
    print_json, tape,
};
use crate::{
    app,
    director::Transport,
    locale,
    output::{self, Shots, write_png},
    show::frame::{
        Frame,
        testcard::{TestCard, compose_card},
    },
    stage::Headless,
    typeset::Typesetter,
};

/// A frame, what is told of it, and the films that it may show.
type Composed = (Arc<Frame>, Value, Option<Films>);

pub fn run(global: &Global, args: &Still) -> Result<(), CliError> {
    let drawn = Drawn::of(global, args.size, &args.one, args.burn)?;
    let at_us = args.at.map_or(0, |at| at.us);
    let (frame, told, films) = match (args.card, &args.tape) {
        (Some(card), _) => card_frame(&drawn, card.into(), at_us),
        (None, tape) => show_frame(global, args, &drawn, tape.as_deref().unwrap_or(tape::DEMO))?,
    };
    let mut stage = Headless::new(drawn.output.raster)?;
    if let Some(films) = &films {
        films.on(&mut stage);
    }
    let mut shots = Shots::new(drawn.delivery.clone());
    let pixels = shots.take(&mut stage, frame, at_us)?;
    let (width, height) = shots.raster(drawn.output.raster);
    write_png(&args.output, (width, height), &pixels)?;
    if let Some(films) = films {
        films.finish()?;
    }
    if args.json {
        let mut report = json!({
            "file": args.output, "at_us": at_us, "width": width, "height": height, "adapter": stage.adapter().name,
        });
        if let (Some(report), Value::Object(told)) = (report.as_object_mut(), told) {
            report.extend(told);
        }
        print_json(&report, false)?;
    }
    Ok(())
}

fn card_frame(drawn: &Drawn, card: TestCard, now: i64) -> Composed {
    let ident = output::ident(&drawn.route, &drawn.theme);
    let words = locale::card_words(drawn.output.lang);
    let frame = compose_card(card, &ident, &words, &Typesetter::new(), now);
    (drawn.burnt(Arc::new(frame), now), json!({ "card": card.name() }), None)
}

fn show_frame(global: &Global, args: &Still, drawn: &Drawn, name: &str) -> Result<Composed, CliError> {
    let timeline = tape::open(name, global.lang())?;
    let position_us = args.at.map_or(Ok(0), |at| tape::within(&timeline, at))?;
    let mut director = desk::on_tape(timeline, &drawn.theme);
    director.seek(position_us);
    let wants = app::films_now(&director.show().core);
    let films = Films::open(global, &args.media, name, wants, &mut director);
    let now = director.transport().map_or(0, Transport::start_us) + position_us;
    let frame = drawn.burnt(director.frame(&drawn.output), now);
    let show = director.show();
    Ok((frame, json!({ "seq": show.seq, "scene": show.program.scene }), films))
}
