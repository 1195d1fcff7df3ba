//! A file opened: by its name's ending into JSON text or tables.

use std::{ffi::OsStr, fs, path::Path};

use super::{table::Table, text, workbook};
use crate::show::bank::{Fault, Finding, Place};

pub(super) enum Content {
    Json(String),
    Tables(Vec<Table>),
}

#[derive(Clone, Copy)]
pub(super) enum Format {
    Json,
    Delimited,
    Workbook,
}

impl Format {
    pub(super) fn of(path: &Path) -> Option<Self> {
        match path.extension().and_then(OsStr::to_str)?.to_lowercase().as_str() {
            "json" => Some(Self::Json),
            "csv" | "tsv" => Some(Self::Delimited),
            "xlsx" | "xlsm" => Some(Self::Workbook),
            _ => None,
        }
    }
}

/// `None` when nothing can be read; why is among the findings.
pub(super) fn open(path: &Path, findings: &mut Vec<Finding>) -> Option<Content> {
    let mut add = |fault| findings.push(Finding { place: Place::default(), fault });
    let Some(format) = Format::of(path) else {
        let extension = path.extension().unwrap_or_default().to_string_lossy().into_owned();
        add(Fault::UnknownFormat { extension });
        return None;
    };
    let bytes = match fs::read(path) {
        Ok(bytes) => bytes,
        Err(error) => {
            add(Fault::Unreadable { reason: error.to_string() });
            return None;
        }
    };
    let mut decoded = || match text::decode(&bytes) {
        Ok((text, notice)) => {
            notice.into_iter().for_each(&mut add);
            Some(text)
        }
        Err(fault) => {
            add(fault);
            None
        }
    };
    match format {
        Format::Json => decoded().map(Content::Json),
        Format::Delimited => decoded().map(|text| Content::Tables(vec![text::table(&text)])),
        Format::Workbook => match workbook::tables(bytes) {
            Ok(tables) => Some(Content::Tables(tables)),
            Err(reason) => {
                add(Fault::BadTable { reason });
                None
            }
        },
    }
}
