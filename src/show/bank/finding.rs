//! What can be wrong with a bank or a roster, where it stands and how grave it is, as data: the words for it, in the
//! operator's language, belong to those who tell it.

use schemars::JsonSchema;
use serde::Serialize;

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// The file cannot be used as it is.
    Error,
    /// The file can be used; somebody should know.
    Notice,
}

/// A part of a question or of a team: a column of a table, a field of a JSON object.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Field {
    Id,
    Kind,
    Stem,
    /// All options in one cell, a line each.
    Options,
    /// One option, counted from 0.
    Option(usize),
    Key,
    Explanation,
    Source,
    Topic,
    Value,
    Media,
    Number,
    Name,
    Short,
    Colour,
    /// One player, by the player's number.
    Player(u32),
}

impl Field {
    /// The field's name in JSON; numbered fields go by their list's.
    pub const fn name(self) -> &'static str {
        match self {
            Self::Id => "id",
            Self::Kind => "kind",
            Self::Stem => "stem",
            Self::Options | Self::Option(_) => "options",
            Self::Key => "key",
            Self::Explanation => "explanation",
            Self::Source => "source",
            Self::Topic => "topic",
            Self::Value => "value",
            Self::Media => "media",
            Self::Number => "number",
            Self::Name => "name",
            Self::Short => "short",
            Self::Colour => "colour",
            Self::Player(_) => "players",
        }
    }
}

/// Where a finding stands. A check knows the entry and the field; whoever read the file adds sheet, row and column.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Place {
    #[serde(skip_serializing_if = "Option::is_none")]
    pub sheet: Option<String>,
    /// The row of a table or the line of a JSON text, from 1.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub row: Option<usize>,
    /// The column as a spreadsheet letters it, or the column within a line of JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub column: Option<String>,
    /// What the column is headed with, or the field's path in JSON.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub heading: Option<String>,
    /// The entry's index in the list, from 0.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub entry: Option<usize>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub field: Option<Field>,
}

impl Place {
    /// A field of one entry.
    pub fn entry(entry: usize, id: &str, field: Field) -> Self {
        let id = (!id.trim().is_empty()).then(|| id.to_owned());
        Self { entry: Some(entry), id, field: Some(field), ..Self::default() }
    }
}

/// One thing to look at.
#[derive(Clone, Debug, PartialEq, Eq, Serialize)]
pub struct Finding {
    pub place: Place,
    #[serde(flatten)]
    pub fault: Fault,
}

impl Finding {
    pub const fn severity(&self) -> Severity {
        self.fault.severity()
    }
}

/// What is wrong. The names and their figures are what the words of each language are filled with.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, JsonSchema)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    // A question.
    EmptyId,
    /// `first` is the entry that has the id already, from 1; a reader makes it a row.
    DuplicateId {
        first: usize,
    },
    EmptyStem,
    NoKey,
    /// `labels` are those that there are.
    KeyNoOption {
        key: String,
        labels: String,
    },
    /// A question with one right option has several.
    ManyKeys {
        keys: String,
    },
    /// A multiple choice with a single right option.
    OneKey {
        key: String,
    },
    /// A judge question has two options.
    JudgeOptions {
        count: usize,
    },
    FewOptions {
        count: usize,
    },
    ManyOptions {
        count: usize,
        most: usize,
    },
    /// Options on a question that is answered in words.
    StrayOptions {
        count: usize,
    },
    DuplicateLabel {
        label: String,
    },
    EmptyLabel {
        number: usize,
    },
    EmptyOption {
        label: String,
    },
    NoSource,
    // A text.
    /// Bytes of UTF-8.
    LongText {
        bytes: usize,
        most: usize,
    },
    /// U+FFFD: what stood here was lost when the file was converted.
    Replaced {
        around: String,
    },
    /// A reading in ASCII brackets after a Han, as some converters leave them.
    Pinyin {
        found: String,
        count: usize,
    },
    /// A reading in full-width brackets: likely wanted.
    Reading {
        found: String,
    },
    /// Text that was read with another encoding than it was written with.
    Mojibake {
        found: String,
    },
    Control {
        code: String,
    },
    MissingGlyph {
        character: char,
        code: String,
    },
    // A roster.
    EmptyName,
    BadNumber {
        found: String,
    },
    DuplicateNumber {
        number: u32,
        first: usize,
    },
    DuplicateName {
        first: usize,
    },
    LongShort {
        count: usize,
        most: usize,
    },
    BadColour {
        found: String,
    },
    UnknownTeam {
        team: String,
    },
    // A file.
    Unreadable {
        reason: String,
    },
    UnknownFormat {
        extension: String,
    },
    /// A folder, a pipe, a device.
    NoFile,
    /// A file beyond what is read, bytes.
    LargeFile {
        bytes: u64,
        most: u64,
    },
    /// A workbook that unpacks to more bytes than are read.
    LargeUnpacked {
        most: u64,
    },
    ManyRows {
        most: usize,
    },
    ManyColumns {
        row: usize,
        most: usize,
    },
    /// More than is told one by one.
    More {
        count: usize,
    },
    NotText,
    Decoded {
        encoding: String,
    },
    BadJson {
        reason: String,
    },
    NoList,
    BadField {
        reason: String,
    },
    UnknownField {
        found: String,
    },
    NearField {
        found: String,
        near: String,
    },
    BadTable {
        reason: String,
    },
    NothingIn,
    UnknownColumn {
        found: String,
    },
    NearColumn {
        found: String,
        near: String,
    },
    /// `names` may head it.
    MissingColumn {
        names: String,
    },
    DuplicateColumn {
        found: String,
        first: String,
    },
    MergedHeader {
        range: String,
    },
    MergedCells {
        range: String,
    },
    SheetIgnored,
    ExtraCells {
        cells: usize,
        columns: usize,
    },
    UnknownKind {
        found: String,
        known: String,
    },
    BadValue {
        found: String,
    },
    /// A cell holds a date or a spreadsheet's error instead of text.
    OddCell {
        found: String,
    },
    /// No column numbers the questions; their rows do.
    NumberedByRow,
}

impl Fault {
    pub const fn severity(&self) -> Severity {
        match self {
            Self::OneKey { .. }
            | Self::StrayOptions { .. }
            | Self::NoSource
            | Self::Reading { .. }
            | Self::DuplicateName { .. }
            | Self::LongShort { .. }
            | Self::Decoded { .. }
            | Self::UnknownField { .. }
            | Self::UnknownColumn { .. }
            | Self::SheetIgnored
            | Self::NumberedByRow => Severity::Notice,
            _ => Severity::Error,
        }
    }
}
