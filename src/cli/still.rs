//! `leitai still`: one instant of a tape as a PNG.

use serde_json::json;

use super::{
    args::{Global, Still},
    desk,
    error::CliError,
    films::Films,
    print_json, tape,
};
use crate::{app, output::write_png, stage::Headless, themes};

pub fn run(global: &Global, args: &Still) -> Result<(), CliError> {
    let timeline = tape::open(&args.tape, global.lang())?;
    let position_us = tape::within(&timeline, args.at)?;
    let mut director = desk::on_tape(timeline, &themes::load(&global.theme)?.theme);
    director.seek(position_us);
    let output = desk::output(global, args.size);
    let raster = output.raster;
    let wants = app::films_now(&director.show().core);
    let films = Films::open(global, &args.media, &args.tape, wants, &mut director);
    let frame = director.frame(&output);
    let mut stage = Headless::new(raster)?;
    if let Some(films) = &films {
        films.on(&mut stage);
    }
    write_png(&args.output, raster, stage.draw(frame)?)?;
    if let Some(films) = films {
        films.finish();
    }
    if args.json {
        let (show, adapter) = (director.show(), stage.adapter());
        print_json(
            &json!({
                "file": args.output, "at_us": position_us, "seq": show.seq, "scene": show.program.scene,
                "width": raster.0, "height": raster.1, "adapter": adapter.name,
            }),
            false,
        )?;
    }
    Ok(())
}
