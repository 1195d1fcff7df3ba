//! What a command draws that draws one picture: an output of a file, or a plain one of the command line.

use std::{path::PathBuf, sync::Arc};

use super::{
    args::{Global, OneOutput},
    desk,
    error::CliError,
    outputs,
    size::Size,
};
use crate::{
    routing::{Delivery, Route},
    show::{
        frame::{Frame, Output, burn},
        rate::Rate,
        theme::Theme,
        time::Instant,
    },
    themes,
};

/// One output, ready to be drawn.
pub struct Drawn {
    pub route: Route,
    pub output: Output,
    pub theme: Arc<Theme>,
    /// Where the theme's sounds lie, its own first.
    pub folders: Vec<PathBuf>,
    /// What leaves of the picture; none where it leaves as it is composed.
    pub delivery: Option<Delivery>,
}

impl Drawn {
    /// The output of the file that was asked for, else one of `--class`, `--size` and `--theme`, called by its class.
    pub fn of(global: &Global, size: Option<Size>, one: &OneOutput, burn: bool) -> Result<Self, CliError> {
        if let Some(chosen) = outputs::chosen(global, one)? {
            let delivery = Delivery::of(&chosen.route);
            let delivery = (!delivery.is_whole(chosen.output.raster)).then_some(delivery);
            let route = Route { burn: burn || chosen.route.burn, ..chosen.route };
            return Ok(Self { route, output: chosen.output, theme: chosen.theme, folders: chosen.folders, delivery });
        }
        let loaded = themes::load(&global.theme)?;
        let output = desk::output(global, size);
        let name = output.class.name().to_owned();
        let route = Route { name, class: output.class, raster: output.raster, burn, ..Route::default() };
        Ok(Self { route, output, theme: Arc::clone(&loaded.theme), folders: loaded.folders(), delivery: None })
    }

    /// The rate that was asked for, else the output's own.
    pub fn rate(&self, asked: Option<Rate>) -> Rate {
        asked.unwrap_or(self.route.rate)
    }

    /// With frame number and timecode, where they are asked for.
    pub fn burnt(&self, frame: Arc<Frame>, now: Instant) -> Arc<Frame> {
        if self.route.burn { burn(&frame, &self.route.name, self.route.rate, now) } else { frame }
    }
}
