//! A theme's gallery: every graphic in every state as a picture of its own, and a contact sheet of each class.

use std::path::{Path, PathBuf};

use super::{Board, OutputError, png::write_png, sheet::columns};
use crate::{
    preflight::Scene,
    show::{
        clip::Clips,
        frame::{Class, Lang, Output, Typeset, compose},
        theme::Theme,
    },
    stage::Headless,
};

const ROWS: usize = 8;
/// Height of a picture on a contact sheet and beside another, px.
const HEIGHT: u32 = 270;
const HEIGHT_BESIDE: u32 = 540;
const ROWS_BESIDE: usize = 3;

/// What is wanted of a gallery.
#[derive(Clone, Copy, Debug)]
pub struct Gallery<'a> {
    pub theme: &'a Theme,
    pub scenes: &'a [Scene],
    pub classes: &'a [Class],
    pub lang: Lang,
    /// Pictures by the scene's name that ours are set beside: the sheets show each at the left of ours.
    pub beside: Option<&'a Path>,
}

/// Writes the pictures and the sheets into `folder`, named by class, number and scene; `done` is told how many are
/// drawn. With pictures to be set beside, only scenes that have one are drawn.
///
/// # Errors
/// When a picture cannot be drawn or read, or a file not be written.
pub fn gallery(
    wanted: &Gallery,
    set: &dyn Typeset,
    folder: &Path,
    done: &mut dyn FnMut(u64),
) -> Result<Vec<PathBuf>, OutputError> {
    let mut files = Vec::new();
    let mut drawn = 0;
    let mut stage: Option<Headless> = None;
    for &class in wanted.classes {
        let (width, height) = class.canvas();
        let output = Output { lang: wanted.lang, ..Output::of(class, (width as u32, height as u32)) };
        let mut board = board(&output, wanted.beside.is_some(), folder);
        for (number, scene) in (1..).zip(wanted.scenes.iter().filter(|scene| scene.is_for(class))) {
            let beside = wanted.beside.map(|folder| folder.join(format!("{}.png", scene.name)));
            if beside.as_ref().is_some_and(|file| !file.is_file()) {
                continue;
            }
            let fault = |source| OutputError::Scene { scene: scene.name.clone(), source };
            let stage = match &mut stage {
                Some(stage) => stage,
                none => none.insert(Headless::new(output.raster).map_err(fault)?),
            };
            let frame = compose(&scene.show, wanted.theme, &output, set, Clips::none(), scene.at);
            let pixels = stage.draw(frame.into()).map_err(fault)?.to_vec();
            let file = folder.join(format!("{}-{number:03}-{}.png", class.name(), scene.name));
            write_png(&file, output.raster, &pixels)?;
            files.push(file);
            if let Some(file) = beside {
                board.add_file(stage, &file, [scene.name.clone(), file.display().to_string()])?;
            }
            let caption = [format!("{number:03}  {}", scene.name), format!("{} · {}", wanted.theme.name, class.name())];
            board.add(stage, output.raster, &pixels, caption)?;
            drawn += 1;
            done(drawn);
        }
        if let Some(stage) = &mut stage {
            files.extend(board.finish(stage)?);
        }
    }
    Ok(files)
}

fn board(output: &Output, beside: bool, folder: &Path) -> Board {
    let (width, height) = output.class.canvas();
    let cell = |high: u32| ((high as f32 * width / height) as u32, high);
    let path = folder.join(format!("{}.png", output.class.name()));
    if beside {
        Board::new(&path, cell(HEIGHT_BESIDE), 2, ROWS_BESIDE)
    } else {
        Board::new(&path, cell(HEIGHT), columns(output), ROWS)
    }
}
