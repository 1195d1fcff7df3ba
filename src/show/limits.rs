//! Every limit in one table: how much of anything is taken, and what becomes of more.
//!
//! The README prints this table, so it cannot say anything else. A limit keeps one bad input from taking the evening:
//! what is beyond it is refused or cut and told, and what was on air before stays.

use std::fmt::Write;

/// A WebSocket frame that is sent, bytes.
pub const FRAME_BYTES: usize = 256 * 1024;
/// A whole message of the feed, bytes.
pub const MESSAGE_BYTES: usize = 1024 * 1024;
/// A text field, bytes of UTF-8: room for a case of 2 200 Han and more.
pub const TEXT_BYTES: usize = 8 * 1024;
/// Entries of any list (teams, players, award rows), members of any object.
pub const LIST: usize = 10_000;
/// Brackets within brackets, in JSON and RON.
pub const DEPTH: usize = 128;
/// Whole numbers on either side of zero: JSON's that every language reads exactly. Instants and numbers of events too.
pub const WHOLE: u64 = 1 << 53;
/// Scores on either side of zero: sums of them stay far from overflow.
pub const SCORE: i64 = 1_000_000_000;
/// Seats that are drawn one by one; more than that is a tally.
pub const SEATS: u32 = 200;
/// Pips of a speed round, slots of an advance: what a picture can number.
pub const SLOTS: u32 = 100;
/// A countdown, µs: a day.
pub const DURATION_US: i64 = 24 * 3600 * 1_000_000;
/// Marks over, under and in one letter, selectors and tags among them.
pub const MARKS_ON_A_BASE: usize = 8;
/// Measured texts that are remembered, bytes; they are forgotten together.
pub const MEASURED_BYTES: usize = 4 << 20;
/// A tape's file, bytes.
pub const TAPE_BYTES: u64 = 4 << 30;
/// Lines of it that wait for a disk that takes none, bytes: hours of a show.
pub const UNWRITTEN_BYTES: usize = 64 << 20;
/// A line of it, bytes: a snapshot as it was understood takes more than as it was sent.
pub const TAPE_LINE_BYTES: usize = 8 << 20;
/// A question bank's or roster's file, bytes.
pub const BANK_BYTES: u64 = 8 << 20;
/// What a workbook unpacks to, bytes.
pub const BANK_UNPACKED_BYTES: u64 = 32 << 20;
/// Rows of a table of questions or teams, sheets together.
pub const TABLE_ROWS: usize = 20_000;
/// Columns of such a table.
pub const TABLE_COLUMNS: usize = 256;
/// Findings of one file that are told one by one.
pub const FINDINGS: usize = 1_000;
/// A theme stands on no more than this many others.
pub const THEME_CHAIN: usize = 8;
/// Fields within fields of a theme.
pub const THEME_DEPTH: usize = 24;
/// A theme's text file, bytes: they are written by hand, larger ones are something else.
pub const THEME_BYTES: u64 = 1 << 20;
/// Parts of one theme.
pub const THEME_PARTS: usize = 64;
/// Pictures that one theme names.
pub const THEME_PICTURES: usize = 256;
/// A theme's picture, px a side.
pub const PICTURE_SIDE: u32 = 8192;
/// Its file, bytes.
pub const PICTURE_BYTES: u64 = 32 << 20;
/// All of a theme's pictures decoded, bytes.
pub const PICTURES_DECODED_BYTES: u64 = 256 << 20;
/// A theme's sound file, bytes and seconds.
pub const SOUND_BYTES: u64 = 4 << 20;
pub const SOUND_S: u64 = 10;
/// A film's file, bytes, and its coded picture, px a side.
pub const FILM_BYTES: u64 = 64 << 30;
pub const FILM_SIDE: u32 = 8192;
/// Its length, µs.
pub const FILM_US: i64 = 30 * 60 * 1_000_000;
/// A show's own fonts: files, and bytes of each.
pub const FONT_FILES: usize = 16;
pub const FONT_BYTES: u64 = 64 << 20;
/// Any whole number of a rulebook: seconds, teams, questions, places.
pub const RULES_NUMBER: u64 = 10_000;
/// Moments of its programme.
pub const RULES_MOMENTS: usize = 256;
/// Text files that are written by hand (outputs, keys, settings, rulebooks, scenes), bytes.
pub const HAND_BYTES: u64 = 1 << 20;
/// Outputs of one program.
pub const OUTPUTS: usize = 64;
/// A remote client's message and an OSC datagram, bytes.
pub const CONTROL_BYTES: usize = 64 << 10;
pub const OSC_BYTES: usize = 8 << 10;
/// Messages of one OSC bundle.
pub const OSC_BUNDLE: usize = 32;

/// Events that the operator's log lists, and characters that it shows of one.
pub const LOG_EVENTS: usize = 100_000;
pub const LOG_CHARS: usize = 240;
/// Score events that a live session knows of each team.
pub const SCORE_EVENTS: usize = 2_000;
/// Files of the program's own log, bytes of each, and of a line.
pub const LOG_FILES: usize = 12;
pub const LOG_FILE_BYTES: u64 = 8 << 20;
pub const LOG_LINE_BYTES: usize = 4096;

/// What a figure counts.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Unit {
    Bytes,
    /// Pixels a side.
    Pixels,
    Microseconds,
    Seconds,
    /// Points on either side of zero.
    Points,
    /// Things that are counted: entries, rows, marks.
    Count,
    /// Up to two to the power of this, on either side of zero.
    Power,
}

/// One row of the table.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limit {
    /// What is limited.
    pub of: &'static str,
    pub most: u64,
    pub unit: Unit,
    /// What becomes of more.
    pub beyond: &'static str,
}

const fn limit(of: &'static str, most: u64, unit: Unit, beyond: &'static str) -> Limit {
    Limit { of, most, unit, beyond }
}

const REFUSED: &str = "refused, counted and told with its number; the show goes on without it";
const FIELD: &str = "the event is refused, counted and told with the field; the show goes on without it";
const FILE: &str = "nothing of the file is used; told with what to do";
const THEME: &str = "the theme is refused with file and line; the last good one stays on air";

/// All of them.
pub const LIMITS: [Limit; 51] = {
    use Unit::{Bytes, Count, Microseconds, Pixels, Points, Power, Seconds};
    [
        limit("message of the feed", MESSAGE_BYTES as u64, Bytes, REFUSED),
        limit(
            "frame of a message that is sent",
            FRAME_BYTES as u64,
            Bytes,
            "sent in several; received ones are not limited singly",
        ),
        limit("text field of the feed", TEXT_BYTES as u64, Bytes, FIELD),
        limit("list or object in a message", LIST as u64, Count, FIELD),
        limit(
            "brackets within brackets, JSON and RON",
            DEPTH as u64,
            Count,
            "the message or file is refused with its place",
        ),
        limit("whole number of a message, instants in µs", WHOLE.trailing_zeros() as u64, Power, FIELD),
        limit("score, at most three decimals", SCORE as u64, Points, FIELD),
        limit("countdown", DURATION_US as u64, Microseconds, FIELD),
        limit("audience drawn seat by seat", SEATS as u64, Count, "the event is refused: it is to be sent as a tally"),
        limit("questions of a speed round, slots of an advance", SLOTS as u64, Count, FIELD),
        limit("teams on a page of the score strip", 12, Count, "further ones are on further pages, as in every table"),
        limit(
            "marks on one letter; two of them accents, none on Han",
            MARKS_ON_A_BASE as u64,
            Count,
            "further ones are not drawn",
        ),
        limit(
            "joiners and spaces without width in a row",
            1,
            Count,
            "further ones are not drawn; direction overrides never are",
        ),
        limit("measured texts remembered", MEASURED_BYTES as u64, Bytes, "forgotten together and measured again"),
        limit("a scene's exit", 2, Seconds, "the theme is refused"),
        limit("file of a tape", TAPE_BYTES, Bytes, FILE),
        limit("line of a tape", TAPE_LINE_BYTES as u64, Bytes, "the line is skipped and told with its number"),
        limit(
            "lines of a tape that wait for a full disk",
            UNWRITTEN_BYTES as u64,
            Bytes,
            "a whole state and the desk's acts stand for them",
        ),
        limit("file of a question bank or roster", BANK_BYTES, Bytes, FILE),
        limit("what a workbook unpacks to", BANK_UNPACKED_BYTES, Bytes, FILE),
        limit("rows of such a file", TABLE_ROWS as u64, Count, FILE),
        limit("columns of such a file", TABLE_COLUMNS as u64, Count, FILE),
        limit(
            "findings of such a file",
            FINDINGS as u64,
            Count,
            "further ones are told as their number; of a tape too",
        ),
        limit("text file of a theme", THEME_BYTES, Bytes, THEME),
        limit("themes that extend one another", THEME_CHAIN as u64, Count, THEME),
        limit("fields within fields of a theme", THEME_DEPTH as u64, Count, THEME),
        limit("parts of a theme", THEME_PARTS as u64, Count, THEME),
        limit("pictures of a theme", THEME_PICTURES as u64, Count, THEME),
        limit("file of a theme's picture, PNG or JPEG", PICTURE_BYTES, Bytes, THEME),
        limit("a theme's picture", PICTURE_SIDE as u64, Pixels, THEME),
        limit("a theme's pictures decoded, together", PICTURES_DECODED_BYTES, Bytes, THEME),
        limit("sound file of a theme, WAV or OGG", SOUND_BYTES, Bytes, "the built-in sound is heard instead"),
        limit("its length", SOUND_S, Seconds, "the built-in sound is heard instead"),
        limit("file of a film", FILM_BYTES, Bytes, "its slate is shown in its place"),
        limit("a film's picture", FILM_SIDE as u64, Pixels, "its slate is shown in its place"),
        limit("a film", FILM_US as u64, Microseconds, "its slate is shown in its place"),
        limit("font files of a show", FONT_FILES as u64, Count, "the first by name are taken"),
        limit("a font file", FONT_BYTES, Bytes, "left out; its characters are told"),
        limit(
            "outputs, keys, settings, rulebook: each file",
            HAND_BYTES,
            Bytes,
            "refused; what was there before stays",
        ),
        limit("whole number of a rulebook", RULES_NUMBER, Count, "the rulebook is refused with the field"),
        limit("moments of its programme", RULES_MOMENTS as u64, Count, "the rulebook is refused"),
        limit("outputs", OUTPUTS as u64, Count, "the file is refused; the outputs stay as they are"),
        limit("message of a remote client", CONTROL_BYTES as u64, Bytes, "refused with its reason; nothing changes"),
        limit("OSC datagram", OSC_BYTES as u64, Bytes, "refused and told; nothing changes"),
        limit("messages of an OSC bundle", OSC_BUNDLE as u64, Count, "the bundle is refused and told"),
        limit("events in the operator's log", LOG_EVENTS as u64, Count, "the oldest leave the list; the tape has all"),
        limit("characters of one of them", LOG_CHARS as u64, Count, "cut in the list"),
        limit(
            "score events of a team whose origin a live session knows",
            SCORE_EVENTS as u64,
            Count,
            "the oldest are forgotten; the tape has all",
        ),
        limit("files of the program's log", LOG_FILES as u64, Count, "the oldest is removed"),
        limit("file of the program's log", LOG_FILE_BYTES, Bytes, "the next file is begun"),
        limit("line of the program's log", LOG_LINE_BYTES as u64, Bytes, "cut"),
    ]
};

/// The table as the README has it.
pub fn markdown() -> String {
    let mut text = "| | at most | beyond it |\n|---|---|---|\n".to_owned();
    for Limit { of, most, unit, beyond } in LIMITS {
        // Writing into a string does not fail.
        let _written = writeln!(text, "| {of} | {} | {beyond} |", figure(most, unit));
    }
    text
}

/// A figure with its unit, as people write it.
fn figure(most: u64, unit: Unit) -> String {
    match unit {
        Unit::Bytes if most >= 1 << 30 && most.is_multiple_of(1 << 30) => format!("{} GiB", most >> 30),
        Unit::Bytes if most >= 1 << 20 && most.is_multiple_of(1 << 20) => format!("{} MiB", most >> 20),
        Unit::Bytes => format!("{} KiB", most >> 10),
        Unit::Pixels => format!("{} px a side", grouped(most)),
        Unit::Microseconds if most.is_multiple_of(3_600_000_000) => format!("{} h", most / 3_600_000_000),
        Unit::Microseconds => format!("{} min", most / 60_000_000),
        Unit::Seconds => format!("{most} s"),
        Unit::Points => format!("±{}", grouped(most)),
        Unit::Count => grouped(most),
        Unit::Power => format!("±2^{most}"),
    }
}

/// Thousands apart.
fn grouped(number: u64) -> String {
    let digits = number.to_string();
    let mut text = String::new();
    for (at, digit) in digits.chars().enumerate() {
        if at > 0 && digits.len() > 4 && (digits.len() - at).is_multiple_of(3) {
            text.push(' ');
        }
        text.push(digit);
    }
    text
}
