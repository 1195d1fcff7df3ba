# What the scoring system says in a simulated contest.

simulation =
    .right = Right
    .wrong = Wrong
    .timeout = Time up
    .incomplete = Incomplete
    .prompted = Prompted
    .foul = Foul: buzzed too early
    .rush = Speed round
    .upheld_note = The jury: the answer means the same as the reference
    .denied = Appeal denied
    .denied_note = The jury: the first judgement stands
    .withdrawn = The wording is ambiguous; the question is withdrawn
    .paused = Clock stopped
    .paused_why = A technician looks at the buzzers
    .rules = Rules
    .written = Written
    .stage = Stage
    .elsewhere = Result of another session
    .exam = Average of the exam
    .video = Case film
    .unsure = I do not know
simulation-duel = Duel, question { $number }
simulation-jury = Corrected by the jury: { $verdict }
simulation-upheld = Appeal upheld: { $verdict }
simulation-player-of = { $team } { $player }
simulation-no-player = Player { $number }
