//! Gathers the texts of a theme: those it extends first, then its own file, then its parts.

use std::{
    collections::BTreeSet,
    path::{Path, PathBuf},
};

use super::{
    Place, ThemeError,
    find::{self, FILE},
    pictures, read,
};
use crate::{
    bounded,
    show::{
        limits::{THEME_BYTES, THEME_CHAIN, THEME_PARTS},
        theme::source,
        told::{Clause, clause},
    },
};

/// One file of a theme.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceFile {
    /// As it is told to the operator; carried files as `NAME/FILE`.
    pub path: PathBuf,
    /// Where it lies, if not inside the program.
    pub folder: Option<PathBuf>,
    pub text: String,
}

/// What a theme is made of, as far as it has been found.
#[derive(Default)]
struct Gathered {
    /// Itself and those that it extends.
    chain: Vec<Place>,
    files: Vec<SourceFile>,
    pictures: BTreeSet<PathBuf>,
}

/// All texts of the theme at `place`, lowest first; its pictures are found good.
pub(super) fn gather(place: &Place) -> Result<Vec<SourceFile>, ThemeError> {
    let mut all = Gathered { chain: vec![place.clone()], ..Gathered::default() };
    collect(place, &mut all)?;
    Ok(all.files)
}

/// The folders of the theme at `place` and of those it extends, as far as they can be read.
pub(super) fn folders(place: &Place) -> Vec<PathBuf> {
    let mut all = Gathered { chain: vec![place.clone()], ..Gathered::default() };
    // Half a chain is still to be watched: it may be the half that is being mended.
    let _broken = collect(place, &mut all);
    let mut folders: Vec<PathBuf> = all.files.into_iter().filter_map(|file| file.folder).collect();
    folders.dedup();
    folders
}

fn collect(place: &Place, all: &mut Gathered) -> Result<(), ThemeError> {
    lay(file(place, FILE, &mut all.pictures)?, place, all)
}

/// A text that lies nowhere, over what it extends of the carried themes. No file is read.
pub(super) fn over(own: SourceFile) -> Result<Vec<SourceFile>, ThemeError> {
    let mut all = Gathered::default();
    lay(own, &Place::Carried(""), &mut all)?;
    Ok(all.files)
}

fn lay(own: SourceFile, place: &Place, all: &mut Gathered) -> Result<(), ThemeError> {
    let head = source::head(&own.text, 0).map_err(|fault| read::told(fault, std::slice::from_ref(&own)))?;
    let fault = |at: source::At, what: Clause, instead: Clause| ThemeError::Text {
        file: own.path.clone(),
        line: at.line,
        column: at.column,
        what,
        instead,
    };
    if let Some((name, at)) = &head.extends {
        let names: Vec<&str> = find::carried().collect();
        let names = names.join(", ");
        let parent = find::parent(name, place).ok_or_else(|| {
            let what = clause!("theme-no-parent", "there is no theme \"{name}\" to extend", name);
            let instead = clause!(
                "theme-no-parent.do",
                "write the name of a theme folder beside this one, or one of {names}",
                names
            );
            fault(*at, what, instead)
        })?;
        if all.chain.contains(&parent) {
            let what = clause!("theme-circle", "\"{name}\" extends this theme in turn", name);
            return Err(fault(*at, what, clause!("theme-circle.do", "take one of the two away")));
        }
        if all.chain.len() >= THEME_CHAIN {
            let most = THEME_CHAIN;
            let what = clause!("theme-chain", "more than {most} themes extend one another", most);
            return Err(fault(*at, what, clause!("theme-chain.do", "extend one that is nearer to the base")));
        }
        all.chain.push(parent.clone());
        collect(&parent, all)?;
    }
    if let Some((_, at)) = head.parts.get(THEME_PARTS) {
        let most = THEME_PARTS;
        let what = clause!("theme-parts", "there are more than {most} parts", most);
        return Err(fault(*at, what, clause!("theme-parts.do", "put some of them together")));
    }
    let mut parts = Vec::new();
    for (name, at) in &head.parts {
        if !find::is_name(name) || Path::new(name).extension().is_none_or(|extension| extension != "ron") {
            let what = clause!("theme-part", "the part \"{name}\" is no .ron file of this folder", name);
            return Err(fault(*at, what, clause!("theme-part.do", "write the bare name of a file beside theme.ron")));
        }
        parts.push(file(place, name, &mut all.pictures)?);
    }
    all.files.push(own);
    all.files.append(&mut parts);
    Ok(())
}

fn file(place: &Place, name: &str, pictures: &mut BTreeSet<PathBuf>) -> Result<SourceFile, ThemeError> {
    match place {
        Place::Carried(folder) => {
            let path = Path::new(folder).join(name);
            let text = find::carried_text(folder, name).ok_or_else(|| ThemeError::Unreadable {
                file: path.clone(),
                reason: "the program does not carry it".to_owned(),
            })?;
            Ok(SourceFile { path, folder: None, text: text.to_owned() })
        }
        Place::Folder(folder) => {
            let path = folder.join(name);
            let text = bounded::text(&path, THEME_BYTES).map_err(|error| ThemeError::unreadable(&path, &error))?;
            if !pictures::lies_within(&path, folder) {
                let reason = "it is a link that leads out of the theme's folder; copy the file into the folder";
                return Err(ThemeError::Unreadable { file: path, reason: reason.to_owned() });
            }
            pictures::check(&text, &path, pictures)?;
            Ok(SourceFile { path, folder: Some(folder.clone()), text })
        }
    }
}
