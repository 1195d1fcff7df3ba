//! Where the program and the feed do not agree: told to the operator, mended by nobody but the feed.

use crate::show::{
    state::{Core, Show},
    told::{Told, Words},
};

/// One fact that stands otherwise on air than in the feed.
#[derive(Clone, Debug, PartialEq)]
pub enum Difference {
    /// A team's score.
    Score {
        team: String,
        program: String,
        feed: String,
    },
    /// The question on air.
    Question {
        program: Option<String>,
        feed: Option<String>,
    },
    /// The countdown.
    Countdown,
    /// A slate.
    Slate,
    LowerThird,
    Round,
    Turn,
}

impl Told for Difference {
    fn words(&self) -> Words {
        let none = || Words::new("differ-none");
        let or_none = |id: &Option<String>| id.as_ref().map_or_else(none, |id| Words::text(id.as_str()));
        match self {
            Self::Score { team, program, feed } => Words::new("differ-score")
                .with("team", team.as_str())
                .with("program", program.as_str())
                .with("feed", feed.as_str()),
            Self::Question { program, feed } => {
                Words::new("differ-question").with("program", or_none(program)).with("feed", or_none(feed))
            }
            Self::Countdown => Words::new("differ-countdown"),
            Self::Slate => Words::new("differ-slate"),
            Self::LowerThird => Words::new("differ-lower-third"),
            Self::Round => Words::new("differ-round"),
            Self::Turn => Words::new("differ-turn"),
        }
    }
}

/// What stands otherwise on air (`program`) than in the `feed`, scores first.
pub fn differences(program: &Show, feed: &Show) -> Vec<Difference> {
    let (ours, theirs) = (&program.core, &feed.core);
    let figure = |core: &Core, team: &str| {
        let base = &core.config.base_score;
        core.scores.get(team).map_or_else(|| base.to_string(), |score| score.value().to_string())
    };
    let mut found = Vec::new();
    for team in theirs.teams() {
        let (program, feed) = (figure(ours, &team.id), figure(theirs, &team.id));
        if program != feed {
            found.push(Difference::Score { team: team.name.clone(), program, feed });
        }
    }
    let question = |core: &Core| core.question.as_ref().map(|ask| ask.question.id.clone());
    if question(ours) != question(theirs) {
        found.push(Difference::Question { program: question(ours), feed: question(theirs) });
    }
    let clock = |core: &Core| core.clock.as_ref().map(|clock| (clock.id.clone(), clock.phase));
    if clock(ours) != clock(theirs) {
        found.push(Difference::Countdown);
    }
    if ours.slate.as_ref().map(|slate| &slate.shown) != theirs.slate.as_ref().map(|slate| &slate.shown) {
        found.push(Difference::Slate);
    }
    let name = |core: &Core| core.lower_third.as_ref().map(|name| name.shown.clone());
    if name(ours) != name(theirs) {
        found.push(Difference::LowerThird);
    }
    let round = |core: &Core| core.round.as_ref().map(|round| round.opened.id.clone());
    if round(ours) != round(theirs) {
        found.push(Difference::Round);
    }
    if ours.turn.as_ref().map(|turn| &turn.value) != theirs.turn.as_ref().map(|turn| &turn.value) {
        found.push(Difference::Turn);
    }
    found
}
