//! A file opened: by its name's ending into JSON text or tables.

use std::{ffi::OsStr, io::ErrorKind, path::Path};

use super::{table::Table, text, workbook};
use crate::{
    bounded,
    show::{
        bank::{Fault, Finding, Place},
        limits::BANK_BYTES,
    },
};

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
    match bytes(path) {
        Ok(bytes) => content(path, bytes, findings),
        Err(fault) => {
            findings.push(Finding { place: Place::default(), fault });
            None
        }
    }
}

/// A whole file, where it is one that can be read and is not larger than one may be.
fn bytes(path: &Path) -> Result<Vec<u8>, Fault> {
    Format::of(path).ok_or_else(|| unknown(path))?;
    let about = path.metadata();
    bounded::read(path, BANK_BYTES).map_err(|error| match (error.kind(), about) {
        (ErrorKind::FileTooLarge, Ok(about)) => Fault::LargeFile { bytes: about.len(), most: BANK_BYTES },
        (_, Ok(about)) if !about.is_file() => Fault::NoFile,
        _ => Fault::Unreadable { reason: error.to_string() },
    })
}

fn unknown(path: &Path) -> Fault {
    Fault::UnknownFormat { extension: path.extension().unwrap_or_default().to_string_lossy().into_owned() }
}

/// What the bytes of a file of this name hold.
pub(super) fn content(path: &Path, bytes: Vec<u8>, findings: &mut Vec<Finding>) -> Option<Content> {
    let mut add = |fault| findings.push(Finding { place: Place::default(), fault });
    let read = match Format::of(path) {
        None => Err(unknown(path)),
        Some(Format::Workbook) => workbook::tables(bytes).map(Content::Tables),
        Some(format) => text::decode(&bytes).and_then(|(text, notice)| {
            notice.into_iter().for_each(&mut add);
            match format {
                Format::Json => Ok(Content::Json(text)),
                _ => text::table(&text).map(|table| Content::Tables(vec![table])),
            }
        }),
    };
    read.map_err(add).ok()
}
