# The operator's list of problems: { $detail } is the particular, .do what to do.

problem-feed-lost = Connection to the scoring system: { $detail }
    .do = The picture stays as it is and connecting goes on. Check the address, the cable and whether the scoring system runs.
problem-feed-refused = Message of the scoring system: { $detail }
    .do = The picture stays as it is. Ask the scoring system's operator to send this event again, corrected.
problem-feed-unknown = Event of the scoring system: { $detail }
    .do = Nothing was lost on air. This program may be older than the scoring system.
problem-feed-gap = Order of events: { $detail }
    .do = They are asked for again. If this stays, compare the scores on air with the scoring system's.
problem-feed-missing = Missing events: { $detail }
    .do = The show goes on. Compare the scores on air with the scoring system's; a whole state from it ends this.

clock-ahead = the feed's events are stamped { $seconds } s ahead of its clock; pictures appear when the clock gets there

problem-clock = Clocks: { $detail }
    .do = Countdowns may be off by that much. Check the load of the network.
problem-arithmetic = Figures: { $detail }
    .do = The feed's figure is on air. Have the judges check it and correct it in the scoring system.
problem-theme = Theme: { $detail }
    .do = The last good one stays on air. Correct the place that is named and save.
problem-font = Font: { $detail }
    .do = The other fonts are used. Mend or remove the file and start again.
problem-tape = Tape: { $detail }
    .do = Everything else is played. Repair or remove that line.
problem-journal = Recording: { $detail }
    .do = The show goes on, but a restart would lose it. Free some space or name another folder.
problem-sound = Sound: { $detail }
    .do = The picture is not affected. Check the sound device and its cable.
problem-sink = Output: { $detail }
    .do = The program and the other outputs go on; this one is tried again by itself.
problem-renderer = Picture: { $detail }
    .do = The last good picture stays on air. Run `leitai doctor`.
problem-reconciled = Feed is back: { $detail }
    .do = The scoring system's word is on air again. Where the desk was right, have it corrected there.
problem-remote = Remote control: { $detail }
    .do = Nothing was changed. Check the client's token and its address.
problem-incident = Incident: { $detail }
    .do = The show is not affected. Give the file to the engineer; no token is in it.
problem-refused = Not done: { $detail }
    .do = Nothing has changed.
problem-edit = Edited tape: { $detail }
    .do = The original file is as it was. Undo this edit, or change what it affects along with it.
problem-settings = Settings: { $detail }
    .do = Nothing on air is affected. Mend the file and start again.
problem-panel = Console: { $detail }
    .do = Nothing on air is affected. Press Try again; if it stays, send the engineer an incident bundle.
