//! What a rulebook's check remarks of a field, each a clause that follows the field's name.

use crate::show::{protocol::Points, told::told};

/// Errors and notices alike; how grave one is, the finding says.
#[derive(Clone, Debug, PartialEq, Eq, thiserror::Error)]
pub enum Remark {
    #[error("is empty; give it a short name of its own")]
    EmptyId,
    #[error("is used twice; give each its own")]
    IdTwice,
    #[error("must be a short ASCII name")]
    NotAscii,
    #[error("is empty; the title slate needs it")]
    EmptyTitle,
    #[error("must lie within 2 and `teams`")]
    OnStage,
    #[error("is 0; a team needs at least one player")]
    NoPlayers,
    #[error("is empty; nothing would happen")]
    EmptyProgram,
    #[error("weigh a written part that is not there; add `written`")]
    WeightsOfNothing,
    #[error("names a written key, but there is no `written`")]
    WrittenKey,
    #[error("and the programme must both have a playoff, or neither")]
    Playoff,
    #[error("of a playoff must be buzzer")]
    PlayoffFormat,
    #[error("of a playoff must be false: it decides an order only")]
    PlayoffCounts,
    #[error("is missing: an exam needs its full score")]
    NoWritten,
    #[error("is empty; name at least one performance")]
    NoThemes,
    #[error("is 0; a performance needs time")]
    NoTime,
    #[error("is 0; somebody must answer")]
    NoVoters,
    #[error("is 0")]
    Zero,
    #[error("must be places of teams")]
    PlacesOfTeams,
    #[error("must be places of `groups`")]
    PlacesOfGroups,
    #[error("are the best of each group, but there are no `groups`")]
    NoGroups,
    #[error("must be between 1 and 100 percent")]
    Percent,
    #[error("says {number}; no contest has more than {most}")]
    Beyond { number: String, most: u64 },
    #[error("is not stated by the document; its figure is assumed for rehearsals")]
    Unstated,
    #[error("is no round of questions; use the programme's Showcase, Exam or AudienceQuiz")]
    NoQuestionRound,
    #[error("is missing or 0")]
    MissingOrZero,
    #[error("must be InTotal for a buzzer round, else PerTeam")]
    Count,
    #[error("leaves nobody: more rounds are excluded than a team has players")]
    Nobody,
    #[error("are Named only in a risk_assigned round")]
    NamedOnlyAssigned,
    #[error("is empty; a risk round needs at least one value")]
    NoValues,
    #[error("has a value without time")]
    ValueWithoutTime,
    #[error("is empty; say which team names a player of which")]
    NoEdges,
    #[error("belong to a risk_assigned round only")]
    EdgesOnlyAssigned,
    #[error("must be Rush in a rush round and only there")]
    RushFormula,
    #[error("must be Duel in a duel round and only there")]
    DuelFormula,
    #[error("needs challengers, but `audience_seats` is 0")]
    NoChallengers,
    #[error("must be empty where a formula pays")]
    FormulaPays,
    #[error("is missing in `pays`; say what it brings, if only 0")]
    NoPay,
    #[error("pays a value, but the round has no `values`")]
    PayWithoutValues,
    #[error("is missing in `pays` of a buzzer round")]
    NoFoul,
    #[error("is empty; name at least one kind of question")]
    NoKinds,
    #[error("is empty")]
    Empty,
    #[error("is {teams}, must lie within {least} and {most}")]
    Teams { teams: u32, least: u32, most: u32 },
    #[error("is {seats}; at most {most} are drawn one by one")]
    Seats { seats: u32, most: u32 },
    #[error("add up to {sum} percent, must be 100")]
    Weights { sum: Points },
    #[error("\"{group}\" must be teams within 1 and {teams}")]
    Group { group: String, teams: u32 },
    #[error("says that the document counts {teams} teams and names {named} of them")]
    Named { teams: u32, named: u32 },
    #[error(
        "are stated for a written part of {full} points and a stage that starts at {base}: they are not normalised"
    )]
    NotNormalised { full: Points, base: Points },
    #[error("{from} to {to} must lie within 1 and the {people} players")]
    Pool { from: u32, to: u32, people: u32 },
    #[error("is {slots}, must lie within 1 and the pool's {there}")]
    Slots { slots: u32, there: u32 },
    #[error("is {slots}, must lie within 1 and {teams}")]
    Advance { slots: u32, teams: u32 },
    #[error("names the group \"{group}\", which is not in `groups`")]
    UnknownGroup { group: String },
    #[error("leave out award \"{award}\", which does not come before")]
    UnknownAward { award: String },
    #[error("says {stated} questions in all, but {teams} teams are asked {needed}; it stands as written")]
    StatedTotal { stated: u32, teams: u32, needed: u32 },
    #[error("must be numbers within 1 and {players}")]
    Numbers { players: u32 },
    #[error("names {players} players for {count} questions a team")]
    NumbersCount { players: usize, count: usize },
    #[error("must not be from round \"{other}\", which does not exist")]
    UnknownRound { other: String },
    #[error("is {taken}, which is not among `values`")]
    TakenUnknown { taken: Points },
    #[error("records that every team took {taken}; nobody chooses otherwise")]
    Taken { taken: Points },
    #[error("hold {from}→{to}, which are not two teams within 1 and {teams}")]
    EdgeTeams { from: u32, to: u32, teams: u32 },
    #[error("hold {from}→{to} without {to}→{from}; pairs need not be mutual")]
    EdgeOneWay { from: u32, to: u32 },
    #[error("let team {team} answer {named} times; it stands as written")]
    EdgeAnswers { team: u32, named: usize },
    #[error("let team {team} name {names} times; a team names once")]
    EdgeNames { team: u32, names: usize },
}

told!(Remark {
    EmptyId => "rules-empty-id",
    IdTwice => "rules-id-twice",
    NotAscii => "rules-not-ascii",
    EmptyTitle => "rules-empty-title",
    OnStage => "rules-on-stage",
    NoPlayers => "rules-no-players",
    EmptyProgram => "rules-empty-program",
    WeightsOfNothing => "rules-weights-of-nothing",
    WrittenKey => "rules-written-key",
    Playoff => "rules-playoff",
    PlayoffFormat => "rules-playoff-format",
    PlayoffCounts => "rules-playoff-counts",
    NoWritten => "rules-no-written",
    NoThemes => "rules-no-themes",
    NoTime => "rules-no-time",
    NoVoters => "rules-no-voters",
    Zero => "rules-zero",
    PlacesOfTeams => "rules-places-of-teams",
    PlacesOfGroups => "rules-places-of-groups",
    NoGroups => "rules-no-groups",
    Percent => "rules-percent",
    Beyond { number, most } => "rules-beyond",
    Unstated => "rules-unstated",
    NoQuestionRound => "rules-no-question-round",
    MissingOrZero => "rules-missing-or-zero",
    Count => "rules-count",
    Nobody => "rules-nobody",
    NamedOnlyAssigned => "rules-named-only-assigned",
    NoValues => "rules-no-values",
    ValueWithoutTime => "rules-value-without-time",
    NoEdges => "rules-no-edges",
    EdgesOnlyAssigned => "rules-edges-only-assigned",
    RushFormula => "rules-rush-formula",
    DuelFormula => "rules-duel-formula",
    NoChallengers => "rules-no-challengers",
    FormulaPays => "rules-formula-pays",
    NoPay => "rules-no-pay",
    PayWithoutValues => "rules-pay-without-values",
    NoFoul => "rules-no-foul",
    NoKinds => "rules-no-kinds",
    Empty => "rules-empty",
    Teams { teams, least, most } => "rules-teams",
    Seats { seats, most } => "rules-seats",
    Weights { sum } => "rules-weights",
    Group { group, teams } => "rules-group",
    Named { teams, named } => "rules-named",
    NotNormalised { full, base } => "rules-not-normalised",
    Pool { from, to, people } => "rules-pool",
    Slots { slots, there } => "rules-slots",
    Advance { slots, teams } => "rules-advance",
    UnknownGroup { group } => "rules-unknown-group",
    UnknownAward { award } => "rules-unknown-award",
    StatedTotal { stated, teams, needed } => "rules-stated-total",
    Numbers { players } => "rules-numbers",
    NumbersCount { players, count } => "rules-numbers-count",
    UnknownRound { other } => "rules-unknown-round",
    TakenUnknown { taken } => "rules-taken-unknown",
    Taken { taken } => "rules-taken",
    EdgeTeams { from, to, teams } => "rules-edge-teams",
    EdgeOneWay { from, to } => "rules-edge-one-way",
    EdgeAnswers { team, named } => "rules-edge-answers",
    EdgeNames { team, names } => "rules-edge-names",
});
