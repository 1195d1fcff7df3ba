//! What a scoring system says in words: reasons of scores, verdicts of a jury. They stand in the locale.

use crate::{
    locale::{self, Lang},
    show::{protocol::play::Outcome, told::Words as Sentence},
};

macro_rules! words {
    ($($name:ident),+ $(,)?) => {
        /// The words of one language: attributes of the message `simulation`.
        #[derive(Clone, Debug)]
        pub(super) struct Words {
            lang: Lang,
            $(pub $name: String,)+
        }

        impl Words {
            pub fn read(lang: Lang) -> Self {
                Self {
                    lang,
                    $($name: locale::word(lang, concat!("simulation.", stringify!($name))).to_owned(),)+
                }
            }

            #[cfg(test)]
            pub const NAMES: &[&str] = &[$(stringify!($name)),+];
        }
    };
}

words! {
    right, wrong, timeout, incomplete, prompted, foul, rush, upheld_note, denied, denied_note, withdrawn, paused,
    paused_why, rules, written, stage, elsewhere, exam, video, unsure,
}

impl Words {
    /// Why `outcome` brings what it brings.
    pub fn reason(&self, outcome: Outcome) -> &str {
        match outcome {
            Outcome::Correct => &self.right,
            Outcome::Wrong | Outcome::Void => &self.wrong,
            Outcome::Timeout => &self.timeout,
            Outcome::Incomplete => &self.incomplete,
            Outcome::Prompted => &self.prompted,
            Outcome::Foul => &self.foul,
        }
    }

    pub fn duel(&self, number: u32) -> String {
        locale::say(self.lang, &Sentence::new("simulation-duel").with("number", number))
    }

    /// The jury says otherwise: on its own, or after an appeal.
    pub fn jury(&self, verdict: &str) -> String {
        locale::say(self.lang, &Sentence::new("simulation-jury").with("verdict", verdict))
    }

    pub fn upheld(&self, verdict: &str) -> String {
        locale::say(self.lang, &Sentence::new("simulation-upheld").with("verdict", verdict))
    }

    pub fn player_of(&self, team: &str, player: &str) -> String {
        locale::say(self.lang, &Sentence::new("simulation-player-of").with("team", team).with("player", player))
    }

    /// A player whose name the roster does not give.
    pub fn no_player(&self, number: u32) -> String {
        locale::say(self.lang, &Sentence::new("simulation-no-player").with("number", number))
    }
}

/// `text` with its places filled in order: rulebooks have texts with `{}`.
pub(super) fn fill(text: &str, details: &[&str]) -> String {
    details.iter().fold(text.to_owned(), |text, detail| text.replacen("{}", detail, 1))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_word_stands_in_the_locale_and_no_other() {
        let there: Vec<_> = locale::keys(Lang::Zh).filter_map(|(key, _)| key.strip_prefix("simulation.")).collect();
        let mut used = Words::NAMES.to_vec();
        used.sort_unstable();
        assert_eq!(there, used);
    }
}
