# The desk: what it refuses to do, and where program and feed did not agree when the feed was back.

refusal-held = The program is held already; take what waits, or follow the feed again.
refusal-not-held = The program is not held, so nothing waits for a take; hold it first.
refusal-nothing-held = Nothing waits for a take: no event has come since the last one.
refusal-marked-live = The rehearsal mark cannot be put on a live program; it belongs to rehearsals.
refusal-follows = The program is the feed's already; the desk has said nothing that differs.

differ-none = none
differ-score = { $team }: { $program } on air, { $feed } in the scoring system
differ-question = Question: { $program } on air, { $feed } in the scoring system
differ-countdown = The countdown is not the scoring system's
differ-slate = The slate is not the scoring system's
differ-lower-third = The lower third is not the scoring system's
differ-round = The round is not the scoring system's
differ-turn = The team on turn is not the scoring system's

refusal-nothing-loaded = Nothing is laid ready; load something first, it is seen in the preview.
refusal-no-next = Nothing on air has a next step (a slate's next line, an award's next row).
refusal-nothing-on = Nothing is on that could end ({ $group }).
refusal-nothing-to-update = There is no slate or lower third on air to update, and nothing is laid ready.
refusal-no-tape = Live there is no tape to play, seek or edit; that is for rehearsals.
refusal-not-here = This cannot be done now.
refusal-no-bookmark = This bookmark holds no position yet.
refusal-none-there = There is none in that direction.
refusal-language = There is no language "{ $lang }"; choose zh or en.
refusal-no-theme = No other theme is in the preview.
refusal-no-cue = There is no such cue: { $cue }.
refusal-remote-file = From outside only a .tape.ndjson file beside the program, and a theme by its name; do anything else at the desk.
refusal-unsaved = There are edits that are not saved; save or undo them first.
refusal-no-file = { $path } is not a file.
refusal-words = There are no words in "{ $lang }"; choose zh, en or zh-Hant.
