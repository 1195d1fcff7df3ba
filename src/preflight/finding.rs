//! What a preflight finds, as data: how grave, in which class and picture, at which path of the theme. The words for it
//! belong to those who tell it.

use std::{
    collections::{BTreeMap, BTreeSet},
    sync::Arc,
};

use serde::Serialize;

use crate::show::{
    frame::{Class, Frame, LayerKind, Rect},
    time::Instant,
    told::Words,
};

/// How grave a finding is.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Serialize)]
#[serde(rename_all = "snake_case")]
pub enum Severity {
    /// It must not go on air like this.
    Error,
    /// It can go on air; it falls short of what it should be.
    Warning,
    /// Somebody should know.
    Notice,
}

/// What was looked at: a scene of the gallery, a moment of a tape, a question of a bank.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Subject {
    /// The scene's name, the event's wire name, or the question's id.
    pub scene: String,
    /// The instant of the picture, µs after the tape's first event or the scene's zero.
    pub at_us: Instant,
    /// The event of a tape.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub seq: Option<u64>,
}

/// One thing to look at.
#[derive(Clone, Debug, Serialize)]
pub struct Finding {
    pub severity: Severity,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub class: Option<Class>,
    #[serde(flatten)]
    pub subject: Subject,
    /// The graphic's layer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub layer: Option<LayerKind>,
    /// Paths within the theme that decide it, the likeliest first: `palette.ink2`.
    pub theme_paths: Vec<String>,
    /// Further pictures with the same fault.
    pub also: usize,
    #[serde(flatten)]
    pub fault: Fault,
    /// The picture, and where on its canvas to look; for reports.
    #[serde(skip)]
    pub picture: Option<Arc<Frame>>,
    #[serde(skip)]
    pub spot: Option<Rect>,
}

/// What is wrong. The names and their figures are what the words of each language are filled with; lengths are design px.
#[derive(Clone, Debug, PartialEq, Serialize)]
#[serde(tag = "fault", rename_all = "snake_case")]
pub enum Fault {
    /// A text is too like its ground: WCAG ratio, and what is needed.
    Contrast {
        text: String,
        ratio: f32,
        needed: f32,
        ink: String,
        ground: String,
        size: f32,
    },
    /// The same, short of the goal only.
    Faint {
        text: String,
        ratio: f32,
        needed: f32,
        ink: String,
        ground: String,
    },
    /// A shape is too like what it lies on.
    Shape {
        shape: String,
        ratio: f32,
        needed: f32,
    },
    Small {
        text: String,
        size: f32,
        least: f32,
    },
    /// A text leaves the area that every screen shows, by so much.
    Unsafe {
        text: String,
        by: f32,
    },
    /// A wall's text hangs where people stand.
    Low {
        text: String,
        bottom: f32,
        most: f32,
    },
    /// Something stands where the stream keeps the faces free.
    Blocked {
        from: f32,
        to: f32,
    },
    /// A text leaves its plate or its layer.
    Overflow {
        text: String,
        by: f32,
    },
    /// A text was cut to fit.
    Cut {
        text: String,
    },
    /// Two texts stand in each other's way.
    Collision {
        text: String,
        other: String,
    },
    /// A question needs several pages.
    Pages {
        pages: usize,
    },
    Glyphs {
        glyphs: String,
    },
    /// Pictures that flash: so many times in a second, over so much of the picture.
    Flash {
        count: u32,
        percent: u32,
    },
    /// Without hue, two states look alike.
    ColourOnly {
        other: String,
    },
    /// A figure of the tape does not add up, or another thing that the fold alarms of.
    Alarm {
        what: String,
        /// The same for other languages.
        #[serde(skip)]
        words: Words,
    },
    /// A cue's peak, dBTP, and the most it may have.
    Peak {
        cue: String,
        peak: f32,
        most: f32,
    },
    /// A cue's loudness, LUFS, and the most it may have.
    Loudness {
        cue: String,
        loudness: f32,
        most: f32,
    },
}

impl Fault {
    /// What kind of check found it, as the report groups them.
    pub const fn check(&self) -> &'static str {
        match self {
            Self::Contrast { .. } | Self::Faint { .. } | Self::Shape { .. } => "contrast",
            Self::Small { .. } => "size",
            Self::Unsafe { .. } | Self::Low { .. } | Self::Blocked { .. } => "safe_area",
            Self::Overflow { .. } | Self::Cut { .. } | Self::Collision { .. } | Self::Pages { .. } => "overflow",
            Self::Glyphs { .. } => "glyphs",
            Self::Flash { .. } => "flash",
            Self::ColourOnly { .. } => "colour_only",
            Self::Alarm { .. } => "figures",
            Self::Peak { .. } | Self::Loudness { .. } => "sound",
        }
    }

    /// How much worse it is than another of its kind: larger is worse.
    fn weight(&self) -> f32 {
        match self {
            Self::Contrast { ratio, .. } | Self::Faint { ratio, .. } | Self::Shape { ratio, .. } => -ratio,
            Self::Small { size, .. } => -size,
            Self::Unsafe { by, .. } | Self::Overflow { by, .. } => *by,
            Self::Low { bottom, .. } => *bottom,
            Self::Flash { count, .. } => *count as f32,
            _ => 0.0,
        }
    }

    /// The fault's wire name.
    pub fn name(&self) -> String {
        let value = serde_json::to_value(self).ok();
        value.and_then(|value| value.get("fault")?.as_str().map(str::to_owned)).unwrap_or_default()
    }

    /// What parts it from other findings of its kind, beside class, layer and theme paths.
    fn particular(&self) -> String {
        match self {
            // One token is at fault, whatever the text.
            Self::Contrast { ink, ground, .. } | Self::Faint { ink, ground, .. } => format!("{ink} {ground}"),
            Self::Small { size, .. } => format!("{size:.0}"),
            Self::Unsafe { text, .. } | Self::Low { text, .. } | Self::Overflow { text, .. } | Self::Cut { text } => {
                text.clone()
            }
            Self::Collision { text, other } => format!("{text} {other}"),
            Self::Shape { shape, .. } => shape.clone(),
            Self::Glyphs { glyphs } => glyphs.clone(),
            Self::ColourOnly { other } => other.clone(),
            Self::Alarm { what, .. } => what.clone(),
            Self::Peak { cue, .. } | Self::Loudness { cue, .. } => cue.clone(),
            Self::Pages { .. } | Self::Blocked { .. } | Self::Flash { .. } => String::new(),
        }
    }
}

/// Findings as they come in: of those that say the same, the worst, and how many others there were.
#[derive(Debug, Default)]
pub struct Findings {
    found: BTreeMap<String, Kept>,
    came: usize,
}

/// The worst of its kind, and all pictures in which it was seen.
#[derive(Debug)]
struct Kept {
    came: usize,
    finding: Finding,
    subjects: BTreeSet<String>,
}

impl Findings {
    /// Takes one more. Findings of different questions or events of one tape are told apart by `subject`.
    pub fn add(&mut self, finding: Finding, apart: bool) {
        let subject = if apart { finding.subject.scene.as_str() } else { "" };
        // A pair of tokens is at fault once, however many texts and samples show it.
        let is_pair = finding.fault.check() == "contrast" && finding.theme_paths.len() > 1;
        let particular = if is_pair { String::new() } else { finding.fault.particular() };
        let (class, name, layer) = (finding.class, finding.fault.name(), finding.layer);
        let key = format!("{class:?} {name} {layer:?} {:?} {particular} {subject}", finding.theme_paths);
        self.came += 1;
        let came = self.came;
        let kept =
            self.found.entry(key).or_insert_with(|| Kept { came, finding: finding.clone(), subjects: BTreeSet::new() });
        kept.subjects.insert(format!("{} {:?}", finding.subject.scene, finding.subject.seq));
        if finding.fault.weight() > kept.finding.fault.weight() {
            kept.finding = finding;
        }
    }

    /// The gravest first, then as they came.
    pub fn finish(self) -> Vec<Finding> {
        let mut all: Vec<Kept> = self.found.into_values().collect();
        all.sort_by_key(|kept| (kept.finding.severity, kept.came));
        all.into_iter().map(|kept| Finding { also: kept.subjects.len() - 1, ..kept.finding }).collect()
    }
}
