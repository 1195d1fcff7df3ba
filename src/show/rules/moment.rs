//! What happens besides questions: slates, draws, tables, reveals, each as the rulebook words it.

use serde::{Deserialize, Serialize};

use super::{Field, RoundRulebook};
use crate::show::protocol::{play::QuestionKind, roster::DrawKind, score::SlateKind};

/// One entry of the programme.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Moment {
    /// A full-screen card: title, tabulating, photo, message, thanks.
    Slate(Slate),
    /// A card whose lines are lit one after another: lyrics, a certificate.
    Lines(Lines),
    /// The teams enter: all, and one by one where `each`.
    Lineup(Lineup),
    /// A name over whatever is on.
    LowerThird(Plate),
    Draw(Draw),
    Round(RoundRulebook),
    /// A written part that is not played on stage.
    Exam(Exam),
    /// Performances, each on its own slate with a timer or a clip.
    Showcase(Showcase),
    /// The hall is asked; nothing is scored.
    AudienceQuiz(Quiz),
    /// Who stands where after what was played so far.
    Standings(Table),
    /// How each team's total comes about, and the table.
    Totals(Table),
    Tiebreak(Tiebreak),
    Advance(Advance),
    Award(Award),
    /// Ends the show.
    End,
}

/// Seconds a moment stays on at pace 1 where its rulebook does not say.
fn six() -> u32 {
    6
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Slate {
    pub kind: SlateKind,
    pub title: String,
    #[serde(default)]
    pub subtitle: String,
    #[serde(default)]
    pub body: Vec<String>,
    /// Seconds it stays on at pace 1.
    #[serde(default = "six")]
    pub hold_s: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lines {
    pub kind: SlateKind,
    pub title: String,
    #[serde(default)]
    pub subtitle: String,
    pub lines: Vec<String>,
    /// Seconds each line is lit.
    #[serde(default = "six")]
    pub line_s: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Lineup {
    pub title: String,
    #[serde(default)]
    pub subtitle: String,
    /// After all together, each team on its own.
    #[serde(default)]
    pub each: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Plate {
    pub title: String,
    #[serde(default)]
    pub subtitle: String,
    /// Seconds it stays on at pace 1.
    #[serde(default = "six")]
    pub hold_s: u32,
}

/// Lots are drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Draw {
    pub kind: DrawKind,
    pub title: String,
    pub pool: Pool,
    /// How many are drawn.
    pub slots: u32,
    /// What each drawn lot is for, `{}` being its number.
    #[serde(default)]
    pub slot: String,
    /// Listed afterwards, together with those who were named without a draw.
    #[serde(default)]
    pub selection: Option<Selection>,
}

/// What lies in the urn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Pool {
    /// The teams' numbers: who draws is the roster's next team.
    Teams,
    Listed(Vec<String>),
    /// Players `from` to `to` of the individual ranking.
    Players {
        from: u32,
        to: u32,
    },
}

/// Those who were drawn and those who were named, as one list.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Selection {
    pub id: String,
    pub title: String,
    #[serde(default)]
    pub note: String,
    pub drawn: String,
    pub named: String,
    /// The best of the individual ranking who are not drawn.
    pub named_count: u32,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Exam {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub subtitle: String,
    #[serde(default)]
    pub number: u32,
    #[serde(default)]
    pub rules: Vec<String>,
    #[serde(default)]
    pub notes: Vec<String>,
    /// True where the written mean is the team's score on the strip.
    #[serde(default)]
    pub is_score: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Showcase {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub subtitle: String,
    #[serde(default)]
    pub number: u32,
    /// One performance each: the theme; performed by the teams in turn.
    pub themes: Vec<String>,
    #[serde(default)]
    pub slogan: String,
    /// Seconds allowed.
    pub time_s: u32,
    /// Played as a clip instead of on stage.
    #[serde(default)]
    pub video: bool,
    #[serde(default)]
    pub rules: Vec<String>,
    #[serde(default)]
    pub unstated: Vec<Field>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Quiz {
    pub id: String,
    pub name: String,
    #[serde(default)]
    pub subtitle: String,
    pub kinds: Vec<QuestionKind>,
    pub questions: u32,
    /// How many of the hall answer.
    pub voters: u32,
    /// What comes of it, for both.
    #[serde(default)]
    pub rules: Vec<String>,
    #[serde(default)]
    pub unstated: Vec<Field>,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Table {
    pub title: String,
    /// A line is drawn below so many.
    #[serde(default)]
    pub advance: Option<u32>,
    /// Totals only: each team's sum is shown before the table.
    #[serde(default = "yes")]
    pub each: bool,
}

fn yes() -> bool {
    true
}

/// Ties within the first `places` are decided: by the keys of `tie_order`, at last by `round`.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Tiebreak {
    pub title: String,
    pub places: u32,
    pub round: RoundRulebook,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Advance {
    pub title: String,
    pub slots: u32,
    /// From the last place to the first.
    #[serde(default)]
    pub first_last: bool,
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Award {
    pub id: String,
    pub title: String,
    #[serde(default)]
    pub note: String,
    pub winners: Winners,
    /// Winners carry their rank and are revealed from the last to the first.
    #[serde(default)]
    pub ranked: bool,
    /// Rows of a page, where the pages are stepped through and do not turn by themselves.
    #[serde(default)]
    pub step: Option<u32>,
    #[serde(default)]
    pub unstated: Vec<Field>,
}

/// Who wins an award.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
pub enum Winners {
    /// Teams of these places.
    Teams { from: u32, to: u32 },
    /// Groups of these places, by the mean of their players.
    Groups { from: u32, to: u32 },
    /// The best individuals.
    Players(u32),
    /// The best of one group.
    PlayersOf { group: String, count: u32 },
    /// The best of every group, without those who won the award of this id.
    PlayersOfEach { count: u32, except: Option<String> },
    /// The best share of all individuals.
    PlayersPercent(u32),
    /// The best by a jury's mark that the contest does not score.
    ByJury(u32),
}
