//! Type: a role for every kind of text, with the ladder it may be fitted down (look.md §3).

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::show::frame::{Face, Rgba, TextStyle};

/// One rung of a fitting ladder: size and line height in design px.
#[derive(Clone, Copy, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
pub struct Step(pub f32, pub f32);

/// How one kind of text is set. The first step is the designed size, the last the smallest that may be drawn.
#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Role {
    pub face: Face,
    pub weight: u16,
    /// Em, between glyphs.
    #[serde(default)]
    pub tracking: f32,
    pub ladder: Vec<Step>,
}

impl Role {
    /// The style at one step.
    pub fn style(&self, step: Step, colour: Rgba) -> TextStyle {
        TextStyle { face: self.face, size: step.0, weight: self.weight, tracking: self.tracking, colour }
    }

    /// The designed step (a validated ladder is never empty).
    pub fn step(&self) -> Step {
        self.ladder.first().copied().unwrap_or(Step(0.0, 0.0))
    }
}

macro_rules! typography {
    ($($(#[$doc:meta])* $name:ident),+ $(,)?) => {
        /// All roles.
        #[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
        #[serde(deny_unknown_fields)]
        pub struct Typography {
            /// Optical centring: texts are moved up by this many em, because both faces sit low in their box.
            pub rise: f32,
            $($(#[$doc])* pub $name: Role),+
        }

        impl Typography {
            /// Every role with its name, as the theme file spells it.
            pub fn roles(&self) -> Vec<(&'static str, &Role)> {
                vec![$((stringify!($name), &self.$name)),+]
            }
        }
    };
}

typography! {
    round,
    sub,
    team,
    team_number,
    player,
    tag,
    stem,
    case_facts,
    case_question,
    option,
    /// Options that need two lines, or a full row.
    option_small,
    letter,
    judge,
    answer,
    state,
    timer1,
    timer2,
    timer3,
    unit,
    verdict,
    verdict_word,
    strip_name,
    strip_number,
    strip_score,
    chip,
    scene_title,
    slate_title,
    slate_subtitle,
    slate_body,
    slogan,
    hero,
    moment,
    moment_score,
    moment_before,
    caption,
    coin,
    coin_name,
    coin_number,
    pip,
    count,
    term,
    sum,
    seat,
    tally,
    row,
    moment_word,
    moment_player,
    reason,
    summary,
    summary_figure,
    result,
    duel_text,
    duel_answer,
    duel_figure,
    duel_delta,
    duel_score,
    duel_before,
    head,
    /// Standings: names, figures, totals and ranks of the rows, and of the first one.
    table_name,
    table_figure,
    table_first,
    table_head,
    table_chip,
    total_figure,
    total_rank,
    advance_title,
    advance_name,
    advance_number,
    buzz_stem,
    buzz_call,
    buzz_number,
    buzz_team,
    buzz_delta,
    buzz_pill,
    buzz_time,
    buzz_figure,
    buzz_later,
    buzz_detail,
    lamp_number,
    lamp_name,
    turn_number,
    turn_player,
    edge_number,
    edge_name,
    withdrawn,
    withdrawn_reason,
    list_text,
    list_letter,
    /// Full-screen cards: figures and words of the rules' tiles, the interlude's title, tag and lyric, the notary's
    /// hash, the lower third, a clip's running time.
    rule_figure,
    rule_unit,
    rule_word,
    rule_number,
    rule_text,
    interlude_title,
    interlude_tag,
    status_title,
    lyric,
    lyric_on,
    hash,
    lower_title,
    lower_text,
    clip_time,
    /// Figures in a pill of words.
    notice_figure,
    /// A team's name that needs several lines.
    hero_small,
    award_event,
    award_title,
    award_seal,
    award_seal_small,
    award_name,
    award_unit,
    award_few,
    award_hero,
    award_hero_unit,
    award_rank,
    award_group,
    pager,
    pager_of,
    reel_name,
    reel_hero,
    grid_name,
    grid_number,
    banner_name,
    banner_number,
}
