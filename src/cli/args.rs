//! What may be written on the command line.

use std::path::PathBuf;

use clap::{Args, Parser, Subcommand, ValueEnum};

use super::{
    size::Size,
    time::{ReadError, Span, rate},
};
use crate::{
    locale::Lang,
    show::{
        frame::{Class, testcard::TestCard},
        rate::Rate,
    },
};

/// 擂台: the graphics of a quiz show, driven by its scoring system.
///
/// Without a command it rehearses the show that is embedded in the program.
#[derive(Debug, Parser)]
#[command(
    name = "leitai",
    version,
    propagate_version = true,
    after_long_help = "\
Examples:
  leitai                                       rehearse the embedded show
  leitai live wss://scores.example:9443/feed --token-file token
  leitai still demo --at 01:23.4 -o still.png  one picture of the embedded show
  leitai state demo --at 01:23.4               what is true at that instant, as JSON
  leitai export demo -o show.mp4               the whole show as a film with sound

A TAPE is a recorded show (.tape.ndjson), or an embedded one: demo, yantai, liaoning, zhongwei, fujian.
Times count from the tape's first event: 01:23.400, 1:02:03, 83.4s or 83400ms.

Results go to standard output, everything else to standard error.
Exit codes: 0 done; 1 it could not be done; 2 wrong usage; 3 check found something, or doctor a failure (warnings are 0)."
)]
pub struct Cli {
    #[command(flatten)]
    pub global: Global,
    #[command(subcommand)]
    pub command: Option<Command>,
}

/// Options of every command.
#[derive(Clone, Debug, Args)]
pub struct Global {
    /// Language of the messages and of the words on the picture [default: zh]
    #[arg(long, global = true, value_enum, ignore_case = true, value_name = "LANG")]
    pub lang: Option<LangArg>,
    /// Theme on air: a name, a folder or a theme.ron
    #[arg(long, global = true, default_value = crate::themes::BUILT_IN, value_name = "THEME")]
    pub theme: String,
    /// Layout of the picture: LED wall, TV, stream overlay on transparent ground, or confidence: the host's and judges' monitor [default: tv; check, gallery: all]
    #[arg(long, global = true, value_enum, value_name = "CLASS")]
    pub class: Option<ClassArg>,
    /// Folder of fonts for names that the program's own cannot write; else LEITAI_FONTS, else ./fonts
    #[arg(long, global = true, value_name = "DIR")]
    pub fonts: Option<PathBuf>,
    /// Write how long each phase of each frame takes, for ui.perfetto.dev or chrome://tracing
    #[arg(long, global = true, value_name = "FILE")]
    pub trace: Option<PathBuf>,
    /// Keep the log in this folder, a few files of some megabytes [default: the user's state folder; of live and rehearse]
    #[arg(long, global = true, value_name = "DIR")]
    pub log: Option<PathBuf>,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum ClassArg {
    Wall,
    Tv,
    Stream,
    Confidence,
}

impl From<ClassArg> for Class {
    fn from(class: ClassArg) -> Self {
        match class {
            ClassArg::Wall => Self::Wall,
            ClassArg::Tv => Self::Tv,
            ClassArg::Stream => Self::Stream,
            ClassArg::Confidence => Self::Confidence,
        }
    }
}

impl Global {
    /// The operator's language: the one that was asked for, else Chinese.
    pub fn lang(&self) -> Lang {
        self.lang.map_or_else(Lang::default, Lang::from)
    }
}

#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum LangArg {
    Zh,
    En,
    /// Traditional Chinese on the picture, simplified for the operator
    #[value(name = "zh-Hant")]
    ZhHant,
}

impl From<LangArg> for Lang {
    fn from(lang: LangArg) -> Self {
        match lang {
            LangArg::Zh => Self::Zh,
            LangArg::En => Self::En,
            LangArg::ZhHant => Self::ZhHant,
        }
    }
}

#[derive(Debug, Subcommand)]
pub enum Command {
    /// Play a tape in windows, with transport, console and sound
    Rehearse(Rehearse),
    /// Go on air with a scoring system's feed
    Live(Live),
    /// Draw one instant of a tape as a PNG
    Still(Still),
    /// Print what is true at an instant of a tape, as JSON
    State(State),
    /// Render a tape as a film (.mp4; .mov and .webm with alpha) or as numbered PNGs
    Export(Export),
    /// Serve a tape as a feed, as a scoring system would
    Serve(Serve),
    /// Simulate a whole contest by a rulebook, as a tape to rehearse with
    Simulate(Simulate),
    /// Examine tapes, themes and question banks before the show
    Check(Check),
    /// Draw every graphic of a theme in every state
    Gallery(Gallery),
    /// Say whether this machine is fit for a show
    Doctor(Doctor),
    /// List the displays that are here, and check an outputs file against them
    Outputs(Outputs),
}

#[derive(Debug, Args)]
pub struct Rehearse {
    /// The recorded show
    #[arg(default_value = "demo", value_name = "TAPE")]
    pub tape: String,
    /// Begin here; --at says the same
    #[arg(long, alias = "at", value_name = "TIME")]
    pub from: Option<Span>,
    /// Wait there instead of playing
    #[arg(long)]
    pub paused: bool,
    /// Without the mark that says on every output that this is a rehearsal
    #[arg(long)]
    pub no_mark: bool,
    /// Without windows and sound device: only what the outputs file writes
    #[arg(long, requires = "outputs")]
    pub headless: bool,
    /// End after this time [default: with the tape]
    #[arg(long = "for", value_name = "TIME", requires = "headless")]
    pub duration: Option<Span>,
    /// Print each output's counts as JSON at the end
    #[arg(long, requires = "headless")]
    pub json: bool,
    #[command(flatten)]
    pub windows: Windows,
    #[command(flatten)]
    pub remote: Remote,
}

/// How the desk is reached from outside.
#[derive(Clone, Debug, Default, Args)]
pub struct Remote {
    /// Remote control (HTTP, WebSocket) here [default: 127.0.0.1:7432; with --headless none]
    #[arg(long, value_name = "ADDR")]
    pub control: Option<std::net::SocketAddr>,
    /// Without remote control
    #[arg(long, conflicts_with = "control")]
    pub no_control: bool,
    /// File that holds the token of remote control [default: one that is made for you]
    #[arg(long, value_name = "FILE")]
    pub control_token_file: Option<PathBuf>,
    /// File that holds a second token, which lets look and not operate [default: none]
    #[arg(long, value_name = "FILE")]
    pub control_view_token_file: Option<PathBuf>,
    /// Hear OSC on this UDP port, from this machine
    #[arg(long, value_name = "PORT")]
    pub osc: Option<u16>,
    /// Hear OSC from this address, too
    #[arg(long, value_name = "ADDR", requires = "osc")]
    pub osc_from: Vec<std::net::IpAddr>,
    /// Send the state as OSC to this address
    #[arg(long, value_name = "ADDR:PORT")]
    pub osc_to: Option<std::net::SocketAddr>,
}

/// Where picture and console go.
#[derive(Clone, Debug, Default, Args)]
pub struct Windows {
    /// Every way out by this file instead of one window: `leitai outputs --example` writes one to begin with
    #[arg(long, value_name = "FILE", conflicts_with_all = ["size", "monitor"])]
    pub outputs: Option<PathBuf>,
    /// Picture size, px [default: the monitor's, or what leaves room for the console]
    #[arg(long, value_name = "WxH")]
    pub size: Option<Size>,
    /// Fill this monitor with the picture: its name or its number from the left
    #[arg(long, value_name = "MONITOR")]
    pub monitor: Option<String>,
    /// Question banks: their questions can be shown from the desk
    #[arg(long, num_args = 1.., value_name = "FILE")]
    pub questions: Vec<PathBuf>,
    /// Folders of the show's films [default: the tape's folder, ./media]
    #[arg(long, value_name = "DIR")]
    pub media: Vec<PathBuf>,
    /// Rulebook: says what a right and a wrong answer bring where the feed does not
    #[arg(long, value_name = "RULES")]
    pub rules: Option<String>,
    /// Never lower motion or rate where this machine cannot keep up: frames come late instead
    #[arg(long)]
    pub full_quality: bool,
    /// Without the operator's window
    #[arg(long)]
    pub no_console: bool,
    /// Open the host's screen beside the program; F2 does it later
    #[arg(long)]
    pub host: bool,
    /// Fill this monitor with the host's screen: its name or its number from the left
    #[arg(long, value_name = "MONITOR")]
    pub host_monitor: Option<String>,
    /// Size of the host's screen, px [default: the monitor's, or what there is room for]
    #[arg(long, value_name = "WxH")]
    pub host_size: Option<Size>,
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  leitai live ws://192.168.1.20:9000
  leitai live wss://scores.example/feed --token-file token --ca venue-ca.pem
  leitai live ws://127.0.0.1:9000 --headless --for 10s --state-out state.json --still-out still.png

The session is always recorded. A session that was interrupted goes on with --tape FILE.")]
pub struct Live {
    /// Address of the feed, ws:// or wss://
    #[arg(value_name = "URL")]
    pub url: String,
    /// File that holds the bearer token; it never appears in a log
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    /// Certificate authority of the feed's server, PEM
    #[arg(long, value_name = "FILE")]
    pub ca: Option<PathBuf>,
    /// Record here; an existing recording of the same show is continued [default: tapes/EPOCH-TIME.tape.ndjson]
    #[arg(long, value_name = "FILE")]
    pub tape: Option<PathBuf>,
    /// As the hot spare of the machine whose remote control is here: ADDR:PORT
    #[arg(long, value_name = "URL")]
    pub spare_of: Option<String>,
    /// File that holds the control token of that machine [default: this machine's own]
    #[arg(long, value_name = "FILE", requires = "spare_of")]
    pub spare_token_file: Option<PathBuf>,
    /// Without windows and sound
    #[arg(long)]
    pub headless: bool,
    /// End after this time
    #[arg(long = "for", value_name = "TIME", requires = "headless")]
    pub duration: Option<Span>,
    /// Under a small parent that starts it again when it dies or hangs, into the right picture [default: yes; with --headless no]
    #[arg(long, conflicts_with = "duration")]
    pub supervise: bool,
    /// Without that parent
    #[arg(long, conflicts_with = "supervise")]
    pub no_supervise: bool,
    /// At the end, write what is true as JSON
    #[arg(long, value_name = "FILE", requires = "headless")]
    pub state_out: Option<PathBuf>,
    /// At the end, write the picture as PNG
    #[arg(long, value_name = "FILE", requires = "headless")]
    pub still_out: Option<PathBuf>,
    #[command(flatten)]
    pub remote: Remote,
    #[command(flatten)]
    pub windows: Windows,
    /// Print the figures of the connection and of the outputs as JSON at the end
    #[arg(long, requires = "headless")]
    pub json: bool,
}

/// Test cards as the command line spells them.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum CardArg {
    Grid,
    Slices,
    Bars,
    Ramps,
    SafeAreas,
    Sync,
}

impl From<CardArg> for TestCard {
    fn from(card: CardArg) -> Self {
        match card {
            CardArg::Grid => Self::Grid,
            CardArg::Slices => Self::Slices,
            CardArg::Bars => Self::Bars,
            CardArg::Ramps => Self::Ramps,
            CardArg::SafeAreas => Self::SafeAreas,
            CardArg::Sync => Self::Sync,
        }
    }
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  leitai still demo --at 01:23.400 --size 3840x2160 -o still.png
  leitai still demo --at 01:23.400 --outputs outputs.ron --output-name wall -o wall.png
  leitai still --card bars --class wall --size 3840x1080 -o bars.png")]
pub struct Still {
    /// The recorded show
    #[arg(value_name = "TAPE", required_unless_present = "card")]
    pub tape: Option<String>,
    /// The instant; on a card, the time of day [card: 0:00]
    #[arg(long, value_name = "TIME", required_unless_present = "card")]
    pub at: Option<Span>,
    /// A test card instead of a show
    #[arg(long, value_enum, value_name = "CARD", conflicts_with = "tape")]
    pub card: Option<CardArg>,
    /// Burn in frame number, timecode and the output's name
    #[arg(long)]
    pub burn: bool,
    #[command(flatten)]
    pub one: OneOutput,
    /// Picture size, px [default: the class's: wall 3840x1080, the others 1920x1080]
    #[arg(long, value_name = "WxH")]
    pub size: Option<Size>,
    /// Folders of the show's films [default: the tape's folder, ./media]
    #[arg(long, value_name = "DIR")]
    pub media: Vec<PathBuf>,
    /// The PNG to write
    #[arg(short, long, value_name = "FILE")]
    pub output: PathBuf,
    /// Print instant, size and file as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  leitai state demo                             after the last event
  leitai state show.tape.ndjson --at 12:00      after twelve minutes
  leitai state show.tape.ndjson --seq 412       after event 412")]
pub struct State {
    /// The recorded show
    #[arg(value_name = "TAPE")]
    pub tape: String,
    /// At this instant [default: after the last event]
    #[arg(long, value_name = "TIME", conflicts_with = "seq")]
    pub at: Option<Span>,
    /// After this event
    #[arg(long, value_name = "N")]
    pub seq: Option<u64>,
    /// On one line
    #[arg(long)]
    pub compact: bool,
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  leitai export demo -o show.mp4                H.264 and AAC
  leitai export demo -o show.mov                ProRes 4444 with alpha
  leitai export demo -o show.webm               VP9 with alpha, and Opus
  leitai export demo -o frames/                 000000.png, 000001.png …
  leitai export demo --sheet                    sheet.png: a still of every moment
  leitai export demo --from 1:00 --to 1:10 --fps 60000/1001 -o cut.mp4

Films need ffmpeg. The same export twice gives the same bytes. One that was interrupted goes on where it was when the same
command is run again: what is finished of a film lies in NAME.parts until it is joined.")]
pub struct Export {
    /// The recorded show
    #[arg(value_name = "TAPE")]
    pub tape: String,
    /// Begin here [default: the first event]
    #[arg(long, value_name = "TIME")]
    pub from: Option<Span>,
    /// End here [default: the last event and what follows it]
    #[arg(long, value_name = "TIME")]
    pub to: Option<Span>,
    /// Frames a second: 25, 50, 60 or a fraction [default: 50, or the output's]
    #[arg(long, alias = "rate", value_parser = rate, value_name = "RATE")]
    pub fps: Option<Rate>,
    /// Picture size, px [default: the class's: wall 3840x1080, the others 1920x1080]
    #[arg(long, value_name = "WxH")]
    pub size: Option<Size>,
    /// Folders of the show's films [default: the tape's folder, ./media]
    #[arg(long, value_name = "DIR")]
    pub media: Vec<PathBuf>,
    #[command(flatten)]
    pub one: OneOutput,
    /// Burn in frame number, timecode and the output's name
    #[arg(long)]
    pub burn: bool,
    /// Encoder of .mp4: software, auto (the graphics card's where it has one), or one of ffmpeg's H.264 encoders; only software gives the same bytes everywhere
    #[arg(long, default_value = "software", value_name = "NAME")]
    pub encoder: String,
    /// A film (.mp4, .mov, .webm) or a folder for PNGs
    #[arg(short, long, value_name = "FILE|DIR", required_unless_present = "sheet")]
    pub output: Option<PathBuf>,
    /// Write a contact sheet: a captioned still of every moment [default file: sheet.png]
    #[arg(long, value_name = "FILE", num_args = 0..=1, default_missing_value = "sheet.png")]
    pub sheet: Option<PathBuf>,
    /// Print counts and files as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  leitai serve demo --listen 127.0.0.1:9000
  leitai serve show.tape.ndjson --listen 0.0.0.0:9000 --token-file token --from 5:00 --speed 4 --loop
  leitai serve demo --faults seed:17")]
pub struct Serve {
    /// The recorded show
    #[arg(value_name = "TAPE")]
    pub tape: String,
    /// Address and port
    #[arg(long, default_value = "127.0.0.1:9000", value_name = "ADDR")]
    pub listen: std::net::SocketAddr,
    /// Times real speed
    #[arg(long, default_value_t = 1.0, value_name = "X")]
    pub speed: f64,
    /// File that holds the bearer token which clients must bring
    #[arg(long, value_name = "FILE")]
    pub token_file: Option<PathBuf>,
    /// Begin here; clients get what came before as a snapshot
    #[arg(long, value_name = "TIME")]
    pub from: Option<Span>,
    /// Begin again at the end, as a new epoch
    #[arg(long = "loop")]
    pub repeat: bool,
    /// Fail as planned, to try a renderer: a file, or seed:NUMBER
    #[arg(long, value_name = "PLAN")]
    pub faults: Option<String>,
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  leitai simulate zhongwei --teams teams.json --questions bank.json --seed 7 -o rehearsal.tape.ndjson
  leitai simulate my-rules.ron --teams teams.csv --questions a.xlsx b.csv --seed 7 --pace 4 --mishaps -o x.tape.ndjson

RULES is a rulebook (.ron) or a built-in one: yantai, liaoning, zhongwei, fujian.
The same rules, teams, questions and seed give the same tape; the pace changes only when things happen.")]
pub struct Simulate {
    /// The rulebook: a file, or the name of a built-in one
    #[arg(value_name = "RULES")]
    pub rules: String,
    /// Teams and players
    #[arg(long, value_name = "FILE")]
    pub teams: PathBuf,
    /// Question banks
    #[arg(long, required = true, num_args = 1.., value_name = "FILE")]
    pub questions: Vec<PathBuf>,
    /// Which contest: another number, another course of events
    #[arg(long, value_name = "N")]
    pub seed: u64,
    /// Times the broadcast pace
    #[arg(long, default_value_t = 1.0, value_parser = pace, value_name = "X")]
    pub pace: f64,
    /// With corrections by the jury, appeals, withdrawn questions, stopped clocks and misprints
    #[arg(long)]
    pub mishaps: bool,
    /// The tape to write
    #[arg(short, long, value_name = "TAPE")]
    pub output: PathBuf,
}

/// A length that a show can have.
fn hours(text: &str) -> Result<f64, String> {
    let hours = text.parse().ok().filter(|hours| (0.1..=48.0).contains(hours));
    hours.ok_or_else(|| format!("{text}: 0.1 .. 48"))
}

/// A pace that a show can have.
fn pace(text: &str) -> Result<f64, ReadError> {
    let pace = text.parse().ok().filter(|pace| (0.1..=100.0).contains(pace));
    pace.ok_or_else(|| ReadError::Pace(text.to_owned()))
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  leitai check show.tape.ndjson themes/qingkong
  leitai check questions.xlsx teams.csv
  leitai check themes/mine --report preflight.html
  leitai check demo --theme zhujin --class wall --json
  leitai check show.tape.ndjson --media films
  leitai check film.mp4

Tapes: lines that cannot be read, figures that do not add up, texts that do not fit, their films, and all that themes are asked.
Films: whether they are whole and can be shown.
Themes: spelling, ranges, pictures; in every graphic, state and class: contrast, minimum sizes, safe areas, texts that do
not fit, missing glyphs, flashes, states told by colour alone.
Rulebooks: spelling, figures that cannot be played; notices where a document contradicts itself or is silent.
Question banks and rosters: empty stems, keys that are no option, duplicate ids, damaged text, missing glyphs; every
question as a card in every class.
Exit code 3 when an error was found; warnings and notes do not count.")]
pub struct Check {
    /// Tapes (.ndjson, or demo), films and stills (.mp4, .mov, .png …), themes (folders, .ron), rulebooks (.ron or built in), question banks and rosters (.xlsx, .csv, .json), or folders
    #[arg(required = true, value_name = "PATH")]
    pub paths: Vec<String>,
    /// Folders of the show's films [default: the tape's folder, ./media]
    #[arg(long, value_name = "DIR")]
    pub media: Vec<PathBuf>,
    /// Print the findings as JSON
    #[arg(long)]
    pub json: bool,
    /// Also write them for the director, with pictures: .html or .png
    #[arg(long, value_name = "FILE")]
    pub report: Option<PathBuf>,
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  leitai gallery zhujin -o gallery
  leitai gallery themes/mine --class wall -o before
  leitai gallery themes/mine --class wall -o after --beside before

Pictures are named CLASS-NUMBER-SCENE.png, contact sheets CLASS.png.")]
pub struct Gallery {
    /// The theme: a name, a folder or a theme.ron [default: that of --theme]
    #[arg(value_name = "THEME")]
    pub name: Option<String>,
    /// Folder to write
    #[arg(short, long, value_name = "DIR")]
    pub output: PathBuf,
    /// Scenes of your own instead of the program's
    #[arg(long, value_name = "FILE")]
    pub scenes: Option<PathBuf>,
    /// Set each picture beside the one of that scene in this folder
    #[arg(long, value_name = "DIR")]
    pub beside: Option<PathBuf>,
    /// Print the files as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  leitai doctor                        is this machine fit for a show
  leitai doctor --show --feed wss://scores.example/feed --token-file token --outputs outputs.ron \\
    --questions bank.xlsx --media films --theme zhujin --spare http://192.168.1.21:7432 --spare-token-file spare.token

Before the doors open: one page, every line ok, attention or fault, with what to do. Exit code 3 when something is at
fault; attention does not count.")]
pub struct Doctor {
    /// Look through all that tonight's show needs: outputs, feed and its clock, spare, tokens, disk, papers, the rate
    #[arg(long)]
    pub show: bool,
    /// Address of the feed, ws:// or wss://
    #[arg(long, value_name = "URL", requires = "show")]
    pub feed: Option<String>,
    /// File that holds the bearer token; it never appears in a log
    #[arg(long, value_name = "FILE", requires = "show")]
    pub token_file: Option<PathBuf>,
    /// Certificate authority of the feed's server, PEM
    #[arg(long, value_name = "FILE", requires = "show")]
    pub ca: Option<PathBuf>,
    /// Remote control of the spare machine, http://ADDR:PORT
    #[arg(long, value_name = "URL", requires = "show")]
    pub spare: Option<String>,
    /// File that holds the token of the spare's remote control [default: this machine's own]
    #[arg(long, value_name = "FILE", requires = "show")]
    pub spare_token_file: Option<PathBuf>,
    /// Where this machine's remote control (HTTP, WebSocket) is to listen: tried, and let go
    #[arg(long, value_name = "ADDR", requires = "show")]
    pub control: Option<std::net::SocketAddr>,
    /// File that holds the token of remote control [default: one that is made for you]
    #[arg(long, value_name = "FILE", requires = "show")]
    pub control_token_file: Option<PathBuf>,
    /// File that holds a second token, which lets look and not operate [default: none]
    #[arg(long, value_name = "FILE", requires = "show")]
    pub control_view_token_file: Option<PathBuf>,
    /// Every way out by this file instead of one window: `leitai outputs --example` writes one to begin with
    #[arg(long, value_name = "FILE", requires = "show")]
    pub outputs: Option<PathBuf>,
    /// Question banks: their questions can be shown from the desk
    #[arg(long, num_args = 1.., value_name = "FILE", requires = "show")]
    pub questions: Vec<PathBuf>,
    /// Rulebook: says what a right and a wrong answer bring where the feed does not
    #[arg(long, value_name = "RULES", requires = "show")]
    pub rules: Option<String>,
    /// Folders of the show's films
    #[arg(long, value_name = "DIR", requires = "show")]
    pub media: Vec<PathBuf>,
    /// The tape that is to be recorded [default: tapes/]
    #[arg(long, value_name = "FILE", requires = "show")]
    pub tape: Option<PathBuf>,
    /// How long the show is: so much is to find room on the disk
    #[arg(long, default_value_t = 4.0, value_parser = hours, value_name = "HOURS")]
    pub hours: f64,
    /// Print the findings as JSON
    #[arg(long)]
    pub json: bool,
}

#[derive(Debug, Args)]
#[command(after_long_help = "\
Examples:
  leitai outputs                       the displays that are here
  leitai outputs --example > outputs.ron
  leitai outputs outputs.ron           checks the file and says where each output would go
  leitai live wss://scores.example/feed --outputs outputs.ron

Exit code 3 when an output would not go where the file says.")]
pub struct Outputs {
    /// The outputs file to check
    #[arg(value_name = "FILE")]
    pub file: Option<PathBuf>,
    /// Print a file to begin with, and nothing else
    #[arg(long, conflicts_with_all = ["file", "json"])]
    pub example: bool,
    /// Print displays and outputs as JSON
    #[arg(long)]
    pub json: bool,
}

/// One output of a file, for a command that draws a picture.
#[derive(Clone, Debug, Default, Args)]
pub struct OneOutput {
    /// Draw an output of this file: its class, raster, rate, theme, language, fold and look
    #[arg(long, value_name = "FILE", requires = "output_name", conflicts_with_all = ["size", "class"])]
    pub outputs: Option<PathBuf>,
    /// The output's name in that file
    #[arg(long = "output-name", value_name = "NAME", requires = "outputs")]
    pub output_name: Option<String>,
}
