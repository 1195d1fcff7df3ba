//! The words the hall reads, per language. Texts may hold `{}` where a figure goes.

use schemars::JsonSchema;
use serde::{Deserialize, Serialize};

use crate::show::frame::Lang;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    pub zh: Words,
    pub en: Words,
    /// Traditional Chinese.
    pub zh_hant: Words,
}

impl Labels {
    pub const fn words(&self, lang: Lang) -> &Words {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
            Lang::ZhHant => &self.zh_hant,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize, JsonSchema)]
#[serde(deny_unknown_fields)]
pub struct Words {
    pub single: String,
    pub multi: String,
    pub judge: String,
    pub fill: String,
    pub short: String,
    pub case: String,
    /// Labels of a judge question's options that mean right and wrong.
    pub judge_right: Vec<String>,
    /// `10 分`.
    pub points: String,
    /// `第 8 题`.
    pub question_no: String,
    pub player: String,
    pub team_no: String,
    pub seconds: String,
    pub paused: String,
    /// {} seconds are left of a long clock.
    pub clock_left: String,
    pub selected: String,
    pub locked: String,
    pub right_answer: String,
    pub wrong_choice: String,
    pub missed: String,
    pub basis: String,
    pub reference: String,
    /// Before a long reference answer: `参考答案：{}`.
    pub reference_is: String,
    pub withdrawn: String,
    pub correct: String,
    pub wrong: String,
    pub timeout: String,
    pub incomplete: String,
    pub prompted: String,
    pub foul: String,
    pub void: String,
    pub no_points: String,
    pub corrected: String,
    pub appeal: String,
    pub risk_title: String,
    pub risk_revealed: String,
    pub risk_locked: String,
    pub risk_choosing: String,
    pub risk_count: String,
    pub risk_value: String,
    /// `6 队`.
    pub teams: String,
    pub teams_of: String,
    pub stage_score: String,
    pub answered_right: String,
    pub answered_unit: String,
    pub term_correct: String,
    pub term_value: String,
    pub term_seconds: String,
    pub term_rate: String,
    pub sum_answers: String,
    pub sum_speed: String,
    pub round_score: String,
    pub rounding: String,
    pub rush_rule: String,
    pub audience: String,
    /// A large audience without seats.
    pub voters: String,
    pub audience_unit: String,
    pub audience_locked: String,
    pub seats_right: String,
    pub seats_wrong: String,
    pub seats_absent: String,
    pub percent: String,
    /// The player on stage before the verdict.
    pub player_waits: String,
    pub player_right: String,
    pub player_wrong: String,
    pub base_right: String,
    pub n_wrong: String,
    pub n_right: String,
    /// Stands where a text was cut.
    pub more: String,
    pub page: String,
    pub rehearsal: String,
    /// Standings: title where the feed gives none, heads of the columns, notes.
    pub table_title: String,
    pub table_written: String,
    pub table_general: String,
    pub table_stage: String,
    pub table_total: String,
    pub table_score: String,
    /// `前 4 名晋级`.
    pub table_advance: String,
    /// Where ranks are hidden and the feed's order is by the teams' numbers.
    pub table_unranked: String,
    /// On the chip: `并列·{}` and the key; the key alone, or 并列 alone, where there is no room.
    pub tie_by: String,
    pub tie_chips: [String; 3],
    pub tie: String,
    pub tie_order: String,
    pub tie_keys: [String; 3],
    pub total_title: String,
    pub total_weight: String,
    pub total_word: String,
    /// `总成绩 = 笔试 × 50% + …`, and one of its terms.
    pub total_rule: String,
    pub total_term: String,
    /// `第 1 名`.
    pub total_rank: String,
    pub advance_title: String,
    pub buzz_call: String,
    pub buzz_closed: String,
    pub buzz_won: String,
    /// Time from the call, the seconds' unit, who was next.
    pub buzz_reaction: String,
    pub buzz_next: String,
    pub buzz_foul: String,
    pub buzz_early: String,
    /// What was done and what follows.
    pub buzz_early_note: String,
    /// `第 1 题 / 共 3 题`.
    pub question_of: String,
    /// `第 2 环节 / 共 5 环节`.
    pub round_of: String,
    pub round_no: String,
    /// In the place of its number once a round is closed.
    pub round_over: String,
    pub at_desk: String,
    pub assigned: String,
    pub assigned_player: String,
    pub phase_reading: String,
    pub phase_discussion: String,
    pub phase_answering: String,
    pub given: String,
    pub question_value: String,
    pub explanation: String,
    pub slates: super::SlateWords,
    pub monitor: super::MonitorWords,
    pub award_list: String,
    pub award_winner: String,
    pub draw_numbers: String,
    pub draw_question: String,
    pub draw_people: String,
    /// `已抽 12`, and of how many.
    pub drawn: String,
    pub drawn_of: String,
    /// On a reel without a pool.
    pub draw_unknown: String,
}

impl Words {
    /// `template` with its `{}` replaced by `value`.
    pub fn with(template: &str, value: impl std::fmt::Display) -> String {
        template.replacen("{}", &value.to_string(), 1)
    }
}
