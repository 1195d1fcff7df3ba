//! The words the hall reads, per language. Texts may hold `{}` where a figure goes.

use serde::{Deserialize, Serialize};

use crate::show::frame::Lang;

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Labels {
    pub zh: Words,
    pub en: Words,
}

impl Labels {
    pub const fn words(&self, lang: Lang) -> &Words {
        match lang {
            Lang::Zh => &self.zh,
            Lang::En => &self.en,
        }
    }
}

#[derive(Clone, Debug, PartialEq, Serialize, Deserialize)]
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
    pub written: String,
    pub stage: String,
    pub page: String,
    pub rehearsal: String,
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
