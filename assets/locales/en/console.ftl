# The console.

times = { $count ->
        [one] once
       *[other] { $count } times
    }

app-console-closed = The console is closed, the program stays on air. F1 in the program window opens it again.
app-program-stays = The program window is not closed by itself: quit from the console.
app-program-reopened = The program window was closed from outside and has been opened again.
app-no-monitor = No such monitor: { $monitor } ({ $there }). The program opens as an ordinary window.
app-program = leitai · program
app-host = leitai · host screen
app-host-closed = The host screen is closed, the program stays on air. F2 opens it again.
app-host-on-program = The program is on the monitor that was named for the host screen. The host screen opens as an ordinary window.
app-host-no-room = The host screen stays closed: the program fills the screen. Name another monitor with --host-monitor.
app-no-host-monitor = No such monitor: { $monitor } ({ $there }). The host screen opens as an ordinary window.

console-title = leitai · console
console-quit = Quit
console-quit-sure = Sure?
console-live = LIVE
console-offline = OFFLINE
console-ended = ENDED
console-playing = REHEARSAL · playing
console-paused = REHEARSAL · paused
console-muted = MUTED
console-mute = Mute
console-no-sound = NO SOUND
console-sound = Sound
console-all-well = All well
console-problem-count = Problems: { $count }
console-no-picture = No picture yet
console-connected = Connected
console-connecting = Connecting
console-waiting = Waiting to reconnect
console-stopped = Stopped
console-clock-error = Clock error
console-events = Events
console-reconnects = Reconnects
console-gaps = Gaps
console-refused = Refused
console-not-recorded = Not recorded yet
console-log = Events
console-problems = Problems
console-no-problems = Nothing open
console-ago = { $span } ago
console-over = over
console-acknowledge = Noted
console-reopen-sound = Open again
