# What a check of rulebooks finds: clauses behind the field's name.

rules-round = round "{ $round }": `{ $field }` { $what }
rules-head = the rulebook: `{ $field }` { $what }
rules-text = line { $line }, column { $column }: { $reason }; mend the rulebook there
rules-faults = { $faults }
rules-empty-id = is empty; give it a short name of its own
rules-id-twice = is used twice; give each its own
rules-not-ascii = must be a short ASCII name
rules-empty-title = is empty; the title slate needs it
rules-on-stage = must lie within 2 and `teams`
rules-no-players = is 0; a team needs at least one player
rules-empty-program = is empty; nothing would happen
rules-weights-of-nothing = weigh a written part that is not there; add `written`
rules-written-key = names a written key, but there is no `written`
rules-playoff = and the programme must both have a playoff, or neither
rules-playoff-format = of a playoff must be buzzer
rules-playoff-counts = of a playoff must be false: it decides an order only
rules-no-written = is missing: an exam needs its full score
rules-no-themes = is empty; name at least one performance
rules-no-time = is 0; a performance needs time
rules-no-voters = is 0; somebody must answer
rules-zero = is 0
rules-places-of-teams = must be places of teams
rules-places-of-groups = must be places of `groups`
rules-no-groups = are the best of each group, but there are no `groups`
rules-beyond = says { $number }; no contest has more than { $most }
rules-percent = must be between 1 and 100 percent
rules-unstated = is not stated by the document; its figure is assumed for rehearsals
rules-no-question-round = is no round of questions; use the programme's Showcase, Exam or AudienceQuiz
rules-missing-or-zero = is missing or 0
rules-count = must be InTotal for a buzzer round, else PerTeam
rules-nobody = leaves nobody: more rounds are excluded than a team has players
rules-named-only-assigned = are Named only in a risk_assigned round
rules-no-values = is empty; a risk round needs at least one value
rules-value-without-time = has a value without time
rules-no-edges = is empty; say which team names a player of which
rules-edges-only-assigned = belong to a risk_assigned round only
rules-rush-formula = must be Rush in a rush round and only there
rules-duel-formula = must be Duel in a duel round and only there
rules-no-challengers = needs challengers, but `audience_seats` is 0
rules-formula-pays = must be empty where a formula pays
rules-no-pay = is missing in `pays`; say what it brings, if only 0
rules-pay-without-values = pays a value, but the round has no `values`
rules-no-foul = is missing in `pays` of a buzzer round
rules-no-kinds = is empty; name at least one kind of question
rules-empty = is empty
rules-teams = is { $teams }, must lie within { $least } and { $most }
rules-seats = is { $seats }; at most { $most } are drawn one by one
rules-weights = add up to { $sum } percent, must be 100
rules-group = "{ $group }" must be teams within 1 and { $teams }
rules-named = says that the document counts { $teams ->
        [one] one team
       *[other] { $teams } teams
    } and names { $named } of them
rules-not-normalised = are stated for a written part of { $full } points and a stage that starts at { $base }: they are not normalised
rules-pool = { $from } to { $to } must lie within 1 and the { $people } players
rules-slots = is { $slots }, must lie within 1 and the pool's { $there }
rules-advance = is { $slots }, must lie within 1 and { $teams }
rules-unknown-group = names the group "{ $group }", which is not in `groups`
rules-unknown-award = leave out award "{ $award }", which does not come before
rules-stated-total = says { $stated ->
        [one] one question
       *[other] { $stated } questions
    } in all, but { $teams ->
        [one] one team is
       *[other] { $teams } teams are
    } asked { $needed }; it stands as written
rules-numbers = must be numbers within 1 and { $players }
rules-numbers-count = names { $players ->
        [one] one player
       *[other] { $players } players
    } for { $count ->
        [one] one question
       *[other] { $count } questions
    } a team
rules-unknown-round = must not be from round "{ $other }", which does not exist
rules-taken-unknown = is { $taken }, which is not among `values`
rules-taken = records that every team took { $taken }; nobody chooses otherwise
rules-edge-teams = hold { $from }→{ $to }, which are not two teams within 1 and { $teams }
rules-edge-one-way = hold { $from }→{ $to } without { $to }→{ $from }; pairs need not be mutual
rules-edge-answers = let team { $team } answer { $named ->
        [one] once
       *[other] { $named } times
    }; it stands as written
rules-edge-names = let team { $team } name { $names ->
        [one] once
       *[other] { $names } times
    }; a team names once
