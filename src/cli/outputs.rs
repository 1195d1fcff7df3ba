//! `leitai outputs`: the displays that are here, and where each output of a file would go.

use std::{path::Path, sync::Arc};

use serde::Serialize;
use serde_json::json;

use super::{
    args::{Global, OneOutput, Outputs},
    error::CliError,
    print, print_json,
};
use crate::{
    app::{
        displays,
        routed::{self, Routed},
    },
    director::{Director, ProblemKind},
    locale,
    routing::{self, Delivery, Display, Here, Place, Route},
    show::{
        frame::Output,
        theme::Theme,
        told::{Told, Words},
    },
    themes,
};

/// True unless an output would not go where the file says.
pub fn run(global: &Global, args: &Outputs) -> Result<bool, CliError> {
    if args.example {
        return print(routing::EXAMPLE.trim_end()).map(|()| true);
    }
    let lang = global.lang();
    let routes = args.file.as_deref().map(routed::load).transpose()?.map(|routes| routes.outputs).unwrap_or_default();
    let here = displays::list().unwrap_or_else(|error| {
        eprintln!("leitai: {}", locale::tell(lang, &error));
        Vec::new()
    });
    let filled = routing::assign(&routes, &here, &routing::Bound::new());
    let ways: Vec<Way> = routes.iter().zip(&filled).map(|(route, filled)| Way::of(route, *filled, &here)).collect();
    if args.json {
        print_json(&json!({ "displays": here, "outputs": ways }), false)?;
    } else {
        for display in &here {
            print(&locale::say(lang, &shown(display)))?;
        }
        for way in &ways {
            print(&locale::say(lang, &way.words))?;
        }
    }
    for fault in ways.iter().filter_map(|way| way.fault.as_ref()) {
        eprintln!("leitai: {}", locale::say(lang, fault));
    }
    Ok(ways.iter().all(|way| way.fault.is_none()))
}

/// A display in one line.
fn shown(display: &Here) -> Words {
    let rate = display.rate_millihz.map_or_else(|| "–".to_owned(), |rate| format!("{:.2}", f64::from(rate) / 1000.0));
    let words = Words::new("outputs-here").with("display", display.called());
    let words = words.with("width", display.size.0.to_string()).with("height", display.size.1.to_string());
    words.with("left", display.at.0).with("top", display.at.1).with("rate", rate)
}

/// Where an output of the file would go.
#[derive(Serialize)]
struct Way {
    name: String,
    class: &'static str,
    raster: (u32, u32),
    /// What leaves.
    leaves: (u32, u32),
    rate: String,
    place: Place,
    /// The socket of the display that it would fill.
    display: Option<String>,
    is_there: bool,
    #[serde(skip)]
    words: Words,
    #[serde(skip)]
    fault: Option<Words>,
}

impl Way {
    fn of(route: &Route, filled: Option<usize>, here: &[Here]) -> Self {
        let display = filled.and_then(|i| here.get(i));
        let leaves = Delivery::of(route).raster;
        let size = |(width, height): (u32, u32)| format!("{width}×{height}");
        let mut words = Words::new("outputs-way").with("output", &route.name).with("class", route.class.name());
        words = words.with("raster", size(route.raster)).with("rate", route.rate.to_string());
        words = words.with("leaves", size(leaves));
        words = match display {
            Some(display) => words.with("place", display.called()),
            None => words.with("place", &route.place),
        };
        let wanted = match &route.place {
            Place::Display(wanted) if display.is_none() => Some(wanted),
            _ => None,
        };
        let gone = |wanted: &Display| {
            let there: Vec<String> = here.iter().map(Here::called).collect();
            let words = Words::new("outputs-display-gone").with("output", &route.name);
            words.with("display", wanted.called()).with("there", there.join(", "))
        };
        let theme = route.theme.as_deref().and_then(|theme| themes::load(theme).err());
        let fault = wanted.map(gone).or_else(|| theme.map(|error| error.words()));
        Self {
            name: route.name.clone(),
            class: route.class.name(),
            raster: route.raster,
            leaves,
            rate: route.rate.to_string(),
            place: route.place.clone(),
            display: display.map(|display| display.connector.clone()),
            is_there: wanted.is_none(),
            words,
            fault,
        }
    }
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
    let output = Output { lang: route.lang.unwrap_or(global.lang()), ..Output::of(route.class, route.raster) };
    Ok(Some(Chosen { output, theme: Arc::clone(&loaded.theme), folders: loaded.folders(), route }))
}
