# Figures of the feed that do not add up: clauses behind the event's number.

alarm = event { $seq }: { $what }
alarm-clock = its `at` { $at } lies before the last event's { $last }; check the server's clock
alarm-unknown-team = team "{ $team }" is not in the roster; send roster.updated
alarm-before = team { $team } stands at { $known }, but the feed's `before` is { $before }
alarm-sum = team { $team }: { $before } and { $delta } make { $sum }, but the feed's `after` is { $after }
alarm-rush-delta = team { $team }: expected { $expected } (the speed round's score), but the feed's `delta` is { $delta }
alarm-value-delta = team { $team }: expected { $expected } (a value of { $value }), but the feed's `delta` is { $delta }
alarm-duel-delta = team { $team }: expected { $expected } ({ $sum }), but the feed's `delta` is { $delta }
alarm-mended = team { $team }: with { $delta } it would stand at { $expected }, but the feed's `after` is { $after }
alarm-offer = team { $team } chose { $value }, but { $offered } was offered
alarm-no-offer = team { $team } chose { $value }, but nothing was offered
alarm-rush-count = team { $team }: { $correct } right of { $of } questions is not possible
alarm-rush-score = team { $team }: expected { $expected } ({ $sum }), but the feed's `score` is { $score }
alarm-rush-range = team { $team }: expected a figure out of range ({ $sum }), but the feed's `score` is { $score }
alarm-pips = team { $team }: the pips show { $hits } right, but the feed's `correct` is { $correct }
alarm-no-pip = speed question { $index } has no pip; it is not drawn
alarm-audience = audience: { $right } + { $wrong } + { $absent } make { $sum }, but there { $size ->
        [one] is one
       *[other] are { $size }
    }
alarm-seats = audience: { $listed ->
        [one] one seat is
       *[other] { $listed } seats are
    } listed, but there are { $seats }
alarm-seat-figures = audience: the seats show { $seats_right } right, { $seats_wrong } wrong, { $seats_absent } absent, but the feed's figures are { $right }, { $wrong }, { $absent }
alarm-no-seat = seat { $seat } locked, but the audience has seats 1 to { $seats }; not drawn
alarm-duel-wrong = team { $team }: expected N = { $expected } (challengers were wrong), but the feed's `n` is { $n }
alarm-duel-right = team { $team }: expected N = { $expected } (challengers were right), but the feed's `n` is { $n }
alarm-no-question = { $event } came with no question on air; it is not drawn
alarm-not-cued = clip "{ $id }" was never cued; cue it with its file before it starts
alarm-no-draw = draw.resolved for "{ $slot }" came with no draw open; it is not drawn
alarm-no-appeal = appeal.resolved came with no appeal open; it is not drawn
alarm-no-advance = advance.revealed came before advance.set; it is not drawn
alarm-advance-slot = advance slot { $slot } of { $slots } does not exist; it is not drawn
alarm-other-award = award "{ $id }" is not the one that was set; the step is not drawn
alarm-no-slate = slate.stepped came with no slate on air; it is not drawn
alarm-other-clock = countdown "{ $id }" is not the one on air ("{ $on_air }"); it is ignored
alarm-not-armed = countdown "{ $id }" was never armed; its full length is taken to be what is left
alarm-nothing-to-correct = { $event } corrects event { $of }, which made no { $event } fact that still stands; it is not drawn
