# The desk's "next": what is about to happen, and what the question may bring.

next-snapshot = whole state replaced
next-corrects = corrects event { $of }: { $what }

next-verdict = verdict: { $outcome } ({ $team })
next-verdict-delta = verdict: { $outcome } → { $team } { $delta }
next-verdict-score = verdict: { $outcome } → { $team } { $delta } = { $after }

next-question = question on screen ({ $kind })
next-question-no = question { $number } on screen ({ $kind })
next-phase-reading = reading
next-phase-discussion = conferring
next-phase-answering = answer now
next-withdrawn = question withdrawn: { $reason }
next-media-started = clip plays: { $title }
next-media-paused = clip pauses: { $title }
next-media-ended = clip ends: { $title }
next-clock-armed = countdown of { $seconds } s armed
next-clock-started = { $seconds } s run
next-clock-resumed = countdown goes on, { $seconds } s left
next-clock-paused = countdown pauses, { $seconds } s left
next-clock-stopped = countdown stops, { $seconds } s left
next-clock-changed = countdown set to { $seconds } s
next-clock-expired = time is up
next-answer = { $team } answers: { $answer }
next-locked = answer locked
next-key = key revealed: { $key }
next-buzzer-armed = buzzers open
next-buzzer-hit = { $team } is first
next-buzzer-later = { $team } presses as number { $order }
next-buzzer-fouled = { $team } buzzes early: foul

next-risk-offered = values on offer: { $values }
next-risk-locked = { $team } has chosen
next-risk-revealed = { $team } takes { $value }
next-risk-assigned = { $team } names { $to }
next-rush-question = on to question { $index }
next-rush-outcome = question { $index }: { $outcome }
next-rush-finished = { $team } speed round over: { $correct }/{ $of } right, { $remaining } s left, { $score }
next-audience-opened = { $size } challengers ready
next-audience-tallied = challengers: { $right } right, { $wrong } wrong, N = { $n }
next-score = { $team } { $delta } = { $after }
next-score-corrected = { $team } corrected: { $before } → { $after }
next-appeal-opened = jury confers: { $team }
next-appeal-resolved = jury decides: { $outcome }
next-standings = standings: { $title }
next-total = { $team } total { $total }
next-tie-written = tie: decided by the written part
next-tie-general = tie: decided by general knowledge
next-tie-playoff = tie: decided by the playoff

next-configured = show configured: { $title }
next-draw = draw: { $title }
next-drawn = drawn: { $slot } → { $value }
next-round = round: { $name }
next-round-closed = round over
next-turn = { $team } is on
next-turn-player = { $team } { $player } is on
next-player = player { $number }
next-advance = { $slots } advance
next-advance-revealed = slot { $slot } advances: { $team }
next-award = award: { $title }
next-award-page = award, page { $page }
next-award-row = award, row { $row }
next-slate = slate ({ $kind }): { $title }
next-slate-line = slate, line { $line }
next-slate-cleared = slate off
next-lower-third = lower third: { $title }
next-lower-third-cleared = lower third off
next-ended = show over

next-outcome-correct = right
next-outcome-wrong = wrong
next-outcome-timeout = timeout
next-outcome-incomplete = incomplete
next-outcome-prompted = prompted
next-outcome-foul = foul
next-outcome-void = void

next-kind-single = single choice
next-kind-multi = multiple choice
next-kind-judge = true or false
next-kind-fill = fill in
next-kind-short = short answer
next-kind-case = case

next-slate-title = title
next-slate-rules = rules
next-slate-showcase = showcase
next-slate-interlude = interlude
next-slate-tabulating = tabulating
next-slate-notary = notary
next-slate-audience-quiz = audience quiz
next-slate-photo = photo
next-slate-message = message
next-slate-lineup = line-up
next-slate-thanks = thanks

next-subject-cued = cued: { $kind } ({ $id })
next-subject-on-air = on air: { $kind } ({ $id })
next-if = { $outcome } { $pays }
next-if-value = for { $value }: { $what }
next-pays-after = { $delta } → { $after }
next-pays-duel-right = { $right } + N (N: challengers who are wrong, 0 to { $most })
next-pays-duel-wrong = −N (N: challengers who are right, 0 to { $most })
next-pays-rush = whole run: right × { $right } + seconds left × right ÷ { $of }, rounded half up
next-pays-rush-open = whole run: right × { $right } + seconds left × share of right, rounded half up
next-pays-unknown = unknown (neither the feed nor the rulebook says)
next-pays-assumed = { $pays } (not in the document, assumed for rehearsals)
next-no-round = no round is open
next-not-scored = this round is not scored
next-order-only = this round decides an order only, its points do not count
next-no-question = no question is cued
next-no-turn = no team is on
next-no-buzz = nobody has buzzed
next-no-value = the values on offer are not known
next-value-open = the value is not chosen yet

next-act = desk: { $what }
next-act-hold = hold
next-act-take = take up to event { $through }
next-act-follow = follow
next-act-black = black
next-act-logo = logo
next-act-curtain-off = curtain off
next-act-freeze = freeze
next-act-unfreeze = unfreeze
next-act-clear = clear ({ $group })
next-act-restore = restore ({ $group })
next-act-mark = rehearsal mark on
next-act-unmark = rehearsal mark off
next-act-say = { $what }
next-act-reconcile = the feed's again
next-group-all = all
next-group-scene = scene
next-group-countdown = countdown
next-group-lower-third = lower third
next-group-strip = score strip
