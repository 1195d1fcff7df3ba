//! `leitai outputs`: the displays that are here, and where each output of a file would go.

use std::{path::Path, sync::Arc};

use serde_json::json;

use super::{
    args::{Global, OneOutput, Outputs},
    error::CliError,
    print, print_json,
};
use crate::{
    app::routed::{self, Routed},
    director::{Director, ProblemKind},
    routing::{self, Route},
    show::{frame::Output, theme::Theme},
    themes,
};

/// True unless an output would not go where the file says.
pub fn run(_: &Global, args: &Outputs) -> Result<bool, CliError> {
    if args.example {
        return print(routing::EXAMPLE.trim_end()).map(|()| true);
    }
    let routes = args.file.as_deref().map(routed::load).transpose()?;
    if args.json {
        print_json(&json!({ "outputs": routes.map(|routes| routes.outputs) }), false)?;
    } else {
        for route in routes.into_iter().flat_map(|routes| routes.outputs) {
            print(&route.name)?;
        }
    }
    Ok(true)
}

/// The outputs of the file that was asked for. A bad file never keeps a show from its program: it is told, watched, and
/// taken when it is mended.
pub fn routed(file: Option<&Path>, director: &mut Director) -> Routed {
    let Some(path) = file else { return Routed::default() };
    let routes = routed::load(path).unwrap_or_else(|error| {
        routed::tell(director, ProblemKind::Outputs, &error);
        Default::default()
    });
    Routed::new(routes.outputs, Some(path.to_owned()))
}

/// An output of a file, ready to be drawn.
pub struct Chosen {
    pub route: Route,
    pub output: Output,
    /// Of its own, else the one of `--theme`.
    pub theme: Arc<Theme>,
    /// Where the theme's sounds lie.
    pub folders: Vec<std::path::PathBuf>,
}

/// The output that was asked for by name; none where none was.
///
/// # Errors
/// Where the file, the output or its theme is not to be had.
pub fn chosen(global: &Global, args: &OneOutput) -> Result<Option<Chosen>, CliError> {
    let (Some(file), Some(name)) = (&args.outputs, &args.output_name) else { return Ok(None) };
    let routes = routed::load(file)?.outputs;
    let known = || routes.iter().map(|route| route.name.as_str()).collect::<Vec<_>>().join(", ");
    let Some(route) = routes.iter().find(|route| route.name == *name).cloned() else {
        return Err(CliError::NoOutput { file: file.clone(), name: name.clone(), known: known() });
    };
    let loaded = themes::load(route.theme.as_deref().unwrap_or(&global.theme))?;
    let output = Output { class: route.class, raster: route.raster, lang: route.lang.unwrap_or(global.lang()) };
    Ok(Some(Chosen { output, theme: Arc::clone(&loaded.theme), folders: loaded.folders(), route }))
}
