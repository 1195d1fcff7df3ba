# The parent that starts the show again.

guard-again = The show has ended: { $why }. It is started again (restart { $count }); the picture comes from the tape.
guard-restarted = the program was started again, { $count } { $count ->
        [one] time
       *[other] times
    } this session; the last time { $why }
guard-alone = the process that starts this program again is gone: the picture goes on, but nobody would bring it back
guard-no-display = The display has gone. The show is started again as soon as there is one.
guard-broke = it broke ({ $signal })
guard-killed = it was killed (signal { $signal })
guard-exited = it ended by itself with exit code { $code }
guard-hung = it hung: nothing had moved for { $seconds } s
guard-unstarted = it could not be started
guard-start = the show cannot be started as a process of its own ({ $reason }); start it with --no-supervise
