//! Films in stills and exports, examined before the first picture, each of their pictures exact; and films that are checked.

use std::{
    collections::BTreeMap,
    path::{Path, PathBuf},
    sync::Arc,
};

use super::{
    args::Global,
    error::CliError,
    finding::{Detail, Finding},
    tape,
};
use crate::{
    app,
    director::Director,
    locale::{self, Lang},
    media::{self, Fit, Library, MediaError, Options, Want},
    preflight::Severity,
    show::{
        clip::{ClipKey, ClipSound, Reel},
        tape::Tape,
        told::Words,
    },
    stage::Headless,
};

/// The films of one command.
pub struct Films {
    library: Library,
    lang: Lang,
}

impl Films {
    /// Examines `wants` and tells the director which are fit; what is wrong with the others is told. None where no film is
    /// wanted.
    pub fn open(
        global: &Global,
        named: &[PathBuf],
        tape: &str,
        wants: Vec<Want>,
        director: &mut Director,
    ) -> Option<Self> {
        if wants.is_empty() {
            return None;
        }
        let library = Library::start(Options::of(folders(named, tape)));
        library.want(wants);
        library.settle();
        director.set_clips(library.clips());
        let films = Self { lang: global.lang(), library };
        films.tell(&films.library.problems());
        Some(films)
    }

    /// The stage shows their very pictures.
    pub fn on(&self, stage: &mut Headless) {
        stage.set_reel(self.reel());
    }

    pub fn reel(&self) -> Arc<dyn Reel> {
        self.library.exact()
    }

    pub fn sounds(&self) -> BTreeMap<ClipKey, ClipSound> {
        self.library.sounds()
    }

    /// Whether every picture that was asked for was had.
    ///
    /// # Errors
    /// The first that was not; the others are told.
    pub fn finish(self) -> Result<(), CliError> {
        let mut faults = self.library.exact().faults();
        if faults.is_empty() {
            return Ok(());
        }
        let first = faults.remove(0);
        self.tell(&faults);
        Err(first.into())
    }

    fn tell(&self, problems: &[MediaError]) {
        for problem in problems {
            eprintln!("{}", locale::tell(self.lang, problem));
        }
    }
}

/// Where the films of a tape are looked for.
pub fn folders(named: &[PathBuf], tape: &str) -> Vec<PathBuf> {
    let file = (!tape::is_embedded(tape)).then_some(tape.as_ref());
    app::film_folders(named, file)
}

/// All that a tape cues.
pub fn wanted(director: &Director) -> Vec<Want> {
    let tape = director.transport().map(|transport| app::films_of(transport.timeline().tape()));
    tape.unwrap_or_default().into_iter().map(|(_, want)| want).collect()
}

/// Names of films and stills.
const KINDS: [&str; 15] =
    ["mp4", "m4v", "mov", "mkv", "webm", "mxf", "avi", "ts", "mts", "m2ts", "mpg", "png", "jpg", "jpeg", "gif"];

/// Whether a path is named like a film or a still.
pub fn is_one(path: &Path) -> bool {
    let named = path.extension().and_then(|kind| kind.to_str());
    named.is_some_and(|kind| KINDS.iter().any(|film| kind.eq_ignore_ascii_case(film)))
}

/// A film by itself.
pub(super) fn check_file(path: &str, lang: Lang) -> Vec<Finding> {
    let examined = media::survey_file(&Options::of(Vec::new()), path.as_ref());
    findings(path, None, path, examined, lang)
}

/// All films that a tape cues. Where no folder was named, one that is not here is no fault of the tape's.
pub(super) fn check_tape(path: &str, tape: &Tape, named: &[PathBuf], lang: Lang) -> Vec<Finding> {
    let options = Options::of(folders(named, path));
    let wants = app::films_of(tape);
    let all = wants.iter().flat_map(|(line, want)| match media::survey(&options, want) {
        Err(MediaError::Missing { film, .. } | MediaError::Address { film, .. }) if named.is_empty() => {
            let text = locale::say(lang, &Words::new("media-elsewhere").with("film", film));
            vec![Finding { severity: Severity::Notice, ..Finding::new(path, Some(*line), None, text) }]
        }
        examined => findings(path, Some(*line), &want.name(), examined, lang),
    });
    all.collect()
}

fn findings(
    path: &str,
    line: Option<usize>,
    film: &str,
    examined: Result<Fit, MediaError>,
    lang: Lang,
) -> Vec<Finding> {
    let told = |severity, text| Finding { severity, detail: Detail::Film, ..Finding::new(path, line, None, text) };
    match examined {
        Err(error) => vec![told(Severity::Error, locale::tell(lang, &error))],
        Ok(fit) => {
            let silent = fit.fault.map(|fault| told(Severity::Warning, locale::tell(lang, &fault)));
            let pale = Words::new("media-hdr").with("film", film);
            let pale = fit.is_hdr.then(|| told(Severity::Warning, locale::say(lang, &pale)));
            silent.into_iter().chain(pale).collect()
        }
    }
}
