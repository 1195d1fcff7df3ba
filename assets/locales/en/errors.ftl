# Why something could not be done.

app-no-display = There is no display here (DISPLAY is not set). Use `leitai still`, `leitai export` or `leitai live --headless`.
app-renderer = The renderer failed and the program had to end; start it again, a recorded session goes on with --tape.

cli-never-connected = the time ran out before the scoring system was reached; check its address and that it runs. { $last }
cli-embedded = the embedded show cannot be read: { $reason }; this program was built wrongly
cli-after-end = { $at } is after the end of the tape, which is at { $end }
cli-no-event = there is no event { $seq }; the tape's last one is { $last }

error-read = { $path } cannot be read: { $reason }
error-write = { $path } cannot be written: { $reason }

cli-print = the result cannot be written to standard output: { $reason }
cli-json = the result cannot be written as JSON: { $reason }
cli-papers = { $told }
cli-overwrites = { $path } cannot be written: it is one of the inputs ({ $input }); give the tape a name of its own
cli-rules = rulebook { $name }: { $source }
cli-rulebook = rulebook { $name } cannot be read: { $reason }; name a file or one of the built-in ones: { $known }

usage-time = "{ $text }" is not a time; write 01:23.400, 1:02:03, 83.4s or 83400ms
usage-rate = "{ $text }" is not a frame rate; write 25, 50, 60 or a fraction such as 60000/1001, at most 240
usage-size = "{ $text }" is not a size; write width x height in pixels, such as 1920x1080, even numbers from 16 to 16384
usage-pace = "{ $text }" is not a pace; write a number within 0.1 and 100, such as 4 or 0.5

journal-exists = { $path }: a tape is there already and is never overwritten; choose another name or move it away
journal-open = { $path }: the tape cannot be opened for writing ({ $source }); check the folder and its permissions
journal-write = { $path }: the tape cannot be written ({ $source }); the show goes on, and what is missing is written when there is room
journal-sync = { $path }: the disk does not confirm what was written ({ $source }); a power cut may lose it
journal-read = { $path }: the tape cannot be read ({ $source })
journal-tape = { $path }: { $source }

export-kind = { $path }: an export is a film (.mp4, .mov, .webm) or a folder (end its name with /)
export-empty = nothing to export: the end ({ $to_ms } ms) is not after the beginning ({ $from_ms } ms)
export-no-moment = no moment of the show lies in this span; choose a longer one for its contact sheet
export-taken = { $path } holds something else; move it away, or give the export another name
export-no-ffmpeg = films need ffmpeg, which is not there ({ $reason }); install it (apt-get install ffmpeg) or export to a folder
export-ffmpeg = ffmpeg could not make { $path }: { $reason }
sink-open = { $name }: { $path } cannot be written: { $reason }
sink-no-reader = { $name }: nobody reads from the pipe { $path }; start the program that does
sink-gone = { $name }: whoever took the frames of { $path } has gone: { $reason }
sink-name = { $name }: "{ $memory }" is no name for shared memory: letters, digits, - and _ make one
sink-no-ffmpeg = { $name }: this output needs ffmpeg, which is not there ({ $reason }); install it (apt-get install ffmpeg)
sink-ended = { $name }: ffmpeg to { $to } has ended: { $said }
sink-stalled = { $name }: ffmpeg to { $to } took no frame for { $seconds } s and was ended
sink-behind = { $name }: whoever takes this output is seconds behind the show; give it less to do (a smaller raster, a lower rate), or see whether it stands still
sink-full = { $name }: the disk that holds { $to } is full ({ $free } free); make room, the recording goes on by itself
export-encoder = encoder { $encoder } does not work here; leave --encoder away, or take auto or one of { $known }
export-stopped = stopped after { $done } of { $frames } frames; the same command goes on from there
export-picture = { $path } cannot be read as a picture: { $reason }
export-scene = the picture of { $scene } cannot be drawn: { $source }
export-stage = the picture at { $at_ms } ms cannot be drawn: { $source }

tape-torn = line { $line }: the last line is torn ({ $bytes ->
        [one] one byte
       *[other] { $bytes } bytes
    }, { $reason }); it is ignored, the show up to it is complete
tape-line = line { $line }: skipped: { $reason }
tape-no-header = line 1: no header (`{"{"}"tape":1,…{"}"}`): { $reason }; the tape is read without one
tape-more = line { $line } and on: { $count } more lines cannot be read; they are skipped
tape-gap = line { $line }: before this, events { $from } to { $to } are missing; what they changed is unknown
tape-version = line 1: tape version { $version }, this program reads version { $own }; use the program that recorded it
tape-not-a-tape = not a tape: line 1 is no header ({ $reason }) and no line holds an event; a tape starts with {"{"}"tape":1,…{"}"}

simulate-teams = the rulebook is for { $needed ->
        [one] one team
       *[other] { $needed } teams
    }, the roster has { $there }; give a roster of { $needed }
simulate-players = team "{ $team }" has { $there ->
        [one] one player
       *[other] { $there } players
    }, round "{ $round }" needs { $needed }; add players to the roster
simulate-questions = round "{ $round }" needs { $needed ->
        [one] one question
       *[other] { $needed } questions
    } of kind { $kinds }, the banks have { $there } left for it; add questions
simulate-twice = question "{ $id }" is given twice; give each bank once, and every question an id of its own

sound-no-device = No sound: this machine has no default sound device. The show goes on without; connect a sound device or start the sound server, then reopen the sound.
sound-refused = No sound: the sound device cannot be opened ({ $reason }). The show goes on without; see whether another program holds it, then reopen the sound.
sound-no-format = No sound: the sound device offers no format. The show goes on without; choose another default device, then reopen the sound.
sound-no-clock = No sound: the mixer refused the device's clock. The show goes on without; reopen the sound.
sound-no-thread = No sound: the machine has no thread for it ({ $reason }). The show goes on without; end other programs, then reopen the sound.
sound-panicked = No sound: the audio system failed while it was opened ({ $reason }). Check the machine's ALSA configuration.

stage-no-adapter = There is no graphics adapter to draw with: install a Vulkan driver (mesa-vulkan-drivers draws in software).
stage-raster = A raster of { $width }×{ $height } px cannot be drawn: each side must be 1 to { $largest } px.
stage-not-ready = The picture was not ready after { $seconds ->
        [one] one second
       *[other] { $seconds } s
    }: a shader or a font of this program does not load on this adapter; `leitai doctor` names the adapter.

io-not-found = { $system }
io-permission-denied = { $system }
io-already-exists = { $system }
io-storage-full = { $system }
io-read-only = { $system }
io-is-a-directory = { $system }
io-not-a-directory = { $system }
io-addr-in-use = { $system }
io-addr-not-available = { $system }

list-join = {"; "}
