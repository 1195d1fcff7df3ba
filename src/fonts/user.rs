//! Fonts that a show brings in its `fonts/` folder: the last to be asked, for names that ours cannot write.

use std::{
    fmt, fs,
    panic::{AssertUnwindSafe, catch_unwind},
    path::{Path, PathBuf},
    sync::{Arc, OnceLock},
};

use parley::fontique::{Blob, Collection, CollectionOptions, FontInfoOverride};

use crate::show::{
    limits,
    told::{Told, Words},
};

use super::{
    HAN_FAMILIES, NUMERALS_FAMILY,
    sfnt::{self, SfntFault},
};

/// A larger file is no font, or none for a programme on air.
const MOST_BYTES: u64 = limits::FONT_BYTES;
/// More files than any show needs; each is asked for every character that the ones before lack.
const MOST_FILES: usize = limits::FONT_FILES;
const KINDS: [&str; 3] = ["ttf", "otf", "ttc"];

/// One file, known to be whole.
#[derive(Clone)]
pub struct UserFont {
    /// The file's name, as the operator knows it.
    pub name: String,
    /// All of it, shared by whoever measures and draws.
    pub data: Blob<u8>,
    /// How far its glyphs reach, em.
    pub reach_em: f32,
}

impl fmt::Debug for UserFont {
    fn fmt(&self, to: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(to, "{} ({} bytes)", self.name, self.data.len())
    }
}

/// Why a file or the folder was left out. The programme goes on without it.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum FontFault {
    #[error("{}: the folder of fonts cannot be read: {reason}; check its name and your rights to it", .path.display())]
    Folder { path: PathBuf, reason: String },
    #[error("{}: the file cannot be read: {reason}", .path.display())]
    Unreadable { path: PathBuf, reason: String },
    #[error("{}: the file has {mib} MiB; a font may have {}", .path.display(), MOST_BYTES >> 20)]
    Large { path: PathBuf, mib: u64 },
    #[error("{}: {fault}", .path.display())]
    Broken { path: PathBuf, fault: SfntFault },
    #[error("{}: no character of it can be found: it is damaged; copy it again", .path.display())]
    Unusable { path: PathBuf },
    #[error("{}: its family \"{family}\" is one that the program carries; take it away", .path.display())]
    Known { path: PathBuf, family: String },
    #[error("{}: only the first {MOST_FILES} fonts are taken, by name; take away what the show does not need", .path.display())]
    Many { path: PathBuf },
}

impl Told for FontFault {
    fn words(&self) -> Words {
        let at = |key, path: &PathBuf| Words::new(key).with("path", path);
        match self {
            Self::Folder { path, reason } => at("font-folder", path).with("reason", reason),
            Self::Unreadable { path, reason } => at("font-unreadable", path).with("reason", reason),
            Self::Large { path, mib } => at("font-large", path).with("mib", mib).with("most", MOST_BYTES >> 20),
            Self::Broken { path, .. } => at("font-broken", path),
            Self::Unusable { path } => at("font-unusable", path),
            Self::Known { path, family } => at("font-known", path).with("family", family),
            Self::Many { path } => at("font-many", path).with("most", MOST_FILES),
        }
    }
}

/// What a folder held.
#[derive(Clone, Debug, Default)]
pub struct UserFonts {
    /// By file name: the order in which they are asked.
    pub fonts: Vec<UserFont>,
    pub faults: Vec<FontFault>,
}

static INSTALLED: OnceLock<UserFonts> = OnceLock::new();

/// The fonts of this show; none before [`install`].
pub fn user() -> &'static UserFonts {
    static NONE: UserFonts = UserFonts { fonts: Vec::new(), faults: Vec::new() };
    INSTALLED.get().unwrap_or(&NONE)
}

/// Reads the show's fonts, once and for all: call it before anything is measured. `folder` is one that was asked for;
/// none stands for `fonts` in the working directory, if there is one.
pub fn install(folder: Option<&Path>) -> &'static UserFonts {
    INSTALLED.get_or_init(|| match folder {
        Some(folder) => UserFonts::read(folder),
        None if Path::new("fonts").is_dir() => UserFonts::read(Path::new("fonts")),
        None => UserFonts::default(),
    })
}

impl UserFonts {
    /// Reads a folder: its font files by name, not those of folders within.
    pub fn read(folder: &Path) -> Self {
        let mut read = Self::default();
        let entries = match fs::read_dir(folder) {
            Ok(entries) => entries,
            Err(error) => {
                read.faults.push(FontFault::Folder { path: folder.to_owned(), reason: error.to_string() });
                return read;
            }
        };
        let mut paths: Vec<PathBuf> =
            entries.flatten().map(|entry| entry.path()).filter(|path| is_font(path)).collect();
        // The order of a folder is the disk's own.
        paths.sort();
        for path in paths {
            if read.fonts.len() >= MOST_FILES {
                read.faults.push(FontFault::Many { path });
                continue;
            }
            match font(&path) {
                Ok(font) => read.fonts.push(font),
                Err(fault) => read.faults.push(fault),
            }
        }
        read
    }

    /// Registers every file in a collection under a family of its own; gives the names, in the order to be asked.
    pub fn register(&self, collection: &mut Collection) -> Vec<String> {
        let families = self.fonts.iter().map(|font| {
            let family = format!("fonts/{}", font.name);
            let own = FontInfoOverride { family_name: Some(&family), ..Default::default() };
            collection.register_fonts(font.data.clone(), Some(own));
            family
        });
        families.collect()
    }

    /// The largest size at which every glyph of any of them is no higher and no wider than `most` px.
    pub fn largest_px(&self, most: f32) -> f32 {
        self.fonts.iter().fold(most, |least, font| least.min(most / font.reach_em))
    }
}

fn is_font(path: &Path) -> bool {
    let kind = path.extension().and_then(|kind| kind.to_str()).map(str::to_ascii_lowercase);
    kind.is_some_and(|kind| KINDS.contains(&kind.as_str())) && path.is_file()
}

fn font(path: &Path) -> Result<UserFont, FontFault> {
    let path = path.to_owned();
    let unreadable = |error: std::io::Error| FontFault::Unreadable { path: path.clone(), reason: error.to_string() };
    let size = fs::metadata(&path).map_err(unreadable)?.len();
    if size > MOST_BYTES {
        return Err(FontFault::Large { path, mib: size.div_ceil(1 << 20) });
    }
    let bytes = fs::read(&path).map_err(unreadable)?;
    let reach_em = sfnt::survey(&bytes).map_err(|fault| FontFault::Broken { path: path.clone(), fault })?;
    let data = Blob::new(Arc::new(bytes));
    // A reader of fonts may meet what its makers never saw.
    let families = catch_unwind(AssertUnwindSafe(|| families(data.clone()))).unwrap_or_default();
    if families.is_empty() {
        return Err(FontFault::Unusable { path });
    }
    let ours = |family: &String| HAN_FAMILIES.contains(&family.as_str()) || family == NUMERALS_FAMILY;
    if let Some(family) = families.into_iter().find(ours) {
        return Err(FontFault::Known { path, family });
    }
    let name = path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default();
    Ok(UserFont { name, data, reach_em })
}

/// The families of a file whose characters can be found.
fn families(data: Blob<u8>) -> Vec<String> {
    let mut collection = Collection::new(CollectionOptions { shared: false, system_fonts: false });
    let found = collection.register_fonts(data.clone(), None);
    let usable = |info: &parley::fontique::FontInfo| info.charmap_index().charmap(data.as_ref()).is_some();
    let families = found.iter().filter(|(_, infos)| !infos.is_empty() && infos.iter().all(usable));
    let families: Vec<_> = families.map(|(id, _)| *id).collect();
    families.into_iter().filter_map(|id| collection.family_name(id).map(str::to_owned)).collect()
}

#[cfg(test)]
mod tests {
    use std::fs;

    use super::{FontFault, MOST_FILES, UserFonts};
    use crate::fonts;

    #[test]
    fn what_cannot_be_used_is_told_and_the_rest_is_read() {
        let folder = tempfile::tempdir().unwrap();
        let put = |name: &str, bytes: &[u8]| fs::write(folder.path().join(name), bytes).unwrap();
        put("c-short.ttf", &fonts::SANS_EXT[..200_000]);
        put("b-words.otf", b"these are words");
        put("d-ours.ttf", fonts::NUMERALS_BOLD);
        put("a-web.ttf", b"wOF2................");
        put("read-me.txt", b"no font");
        fs::File::create(folder.path().join("e-huge.ttc")).unwrap().set_len(65 << 20).unwrap();
        let read = UserFonts::read(folder.path());
        assert!(read.fonts.is_empty(), "{:?}", read.fonts);
        let told: Vec<String> = read.faults.iter().map(ToString::to_string).collect();
        for (fault, says) in told.iter().zip([
            "a-web.ttf: it is a web font",
            "b-words.otf: it is no font",
            "c-short.ttf: it ends too early",
            "d-ours.ttf: its family \"Barlow Condensed\"",
            "e-huge.ttc: the file has 65 MiB; a font may have 64",
        ]) {
            assert!(fault.contains(says), "{fault}");
        }
        assert_eq!(told.len(), 5);
    }

    #[test]
    fn a_folder_that_is_not_there_and_too_many_files_are_told() {
        let folder = tempfile::tempdir().unwrap();
        let read = UserFonts::read(&folder.path().join("none"));
        assert!(matches!(read.faults[..], [FontFault::Folder { .. }]));
        let probe = include_bytes!("../../tests/fonts/probe.ttf");
        for n in 0..MOST_FILES + 2 {
            fs::write(folder.path().join(format!("{n:02}.TTF")), probe).unwrap();
        }
        let read = UserFonts::read(folder.path());
        assert_eq!(read.fonts.len(), MOST_FILES);
        assert_eq!((read.fonts[0].name.as_str(), read.fonts[15].name.as_str()), ("00.TTF", "15.TTF"));
        assert!(read.faults.len() == 2 && matches!(read.faults[0], FontFault::Many { .. }));
    }
}
