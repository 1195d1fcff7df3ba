# The bundle for the engineer.

incident-written = The bundle for the engineer is { $path }
incident-create = the bundle { $path } cannot be written: { $error }; free some space or make the folder writable
incident-pack = the bundle { $path } was not finished: { $reason }; what is in it can still be read
incident-thread = the bundle was not begun: { $error }
incident-given-up = the bundle was given up in the middle by a fault of this program; ask for another one, and keep the log
incident-busy = A bundle is being written; ask again when it is done.
