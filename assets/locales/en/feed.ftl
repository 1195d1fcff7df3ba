# The connection to the scoring system.

feed-address = feed address "{ $url }": { $reason }; write it as ws://host:port/path or wss://host/path
feed-secret-in-address = feed address: it holds a user name, a password or a token, and addresses are seen in the list of processes; put the token into a file and name it with --token-file
feed-token = the token holds a character that no HTTP header may carry; write it as plain ASCII without line breaks
feed-ca = CA file { $path }: { $reason }; it must be a PEM file with at least one certificate
feed-roots = no root certificates were found on this system ({ $reason }); install ca-certificates or name a file with --ca
feed-tls = TLS cannot be set up: { $reason }
feed-thread = the feed's thread cannot be started: { $reason }
feed-unreachable = { $url } cannot be reached: { $reason }; leitai goes on trying
feed-http = { $url } answers HTTP { $status }; check the address
feed-unauthorized = { $url } refuses the token; check --token-file
feed-certificate-expired = the certificate of { $url } has expired; have the server's renewed, or set this machine's clock if that is wrong
feed-certificate-early = the certificate of { $url } is not valid yet; set the clock of this machine, or the server's, right
feed-certificate-name = the certificate of { $url } is another host's; write the address with the host that the certificate names, or have one made for this host
feed-certificate-issuer = the certificate of { $url } comes from nobody who is trusted here; name the authority that issued it with --ca
feed-certificate = the certificate of { $url } is not accepted ({ $reason }); have the server given one that an authority issued for its host
feed-late = { $url } cannot be reached: no answer within { $within_ms } ms; leitai goes on trying
feed-certificate-revoked = it was revoked
feed-certificate-unreadable = it cannot be read
feed-certificate-signature = its signature does not hold
feed-certificate-purpose = it was not made for a server
feed-certificate-authority = it is an authority's own, not a server's
feed-certificate-other = it breaks a rule: { $code }
feed-in-clear = the token goes to { $url } in clear: who shares that network can read it; use wss://, or a network of your own
token-read = the token cannot be read from { $path }: { $error }; name the file that holds it
token-open = { $path } can be read or written by others on this machine, so its token is no secret; run: chmod 600 { $path }
token-empty = { $path } holds no token; write it there as one line of text
feed-subprotocol = { $url } does not speak { $subprotocol }; check the address
feed-version = the server speaks protocol { $server }, this program { $own }; update one of them
feed-no-welcome = the server did not say welcome, but: { $said }
feed-lost = the connection was lost: { $reason }; leitai reconnects and resumes
feed-closed = the connection was lost: the server closed it; leitai reconnects and resumes
feed-closed-with = the connection was lost: the server closed it ({ $code } { $said }); leitai reconnects and resumes
feed-broken-off = the connection was lost: it broke off; leitai reconnects and resumes
feed-silent = the server was silent for { $silent_ms } ms; leitai reconnects and resumes
feed-unreadable = a message broke the connection: { $reason }; leitai reconnects and resumes
feed-binary = a binary message of { $bytes ->
        [one] one byte
       *[other] { $bytes } bytes
    } was refused; the feed is text
feed-gap = events { $from } to { $to } did not come in time; leitai reconnects and asks for them
feed-gap-unfilled = events { $from } to { $to } never came; the show goes on without them, check the figures on air
feed-epoch = the scoring system was reset: epoch "{ $from }" ended, "{ $to }" began; all that came before is discarded
feed-shorter = the scoring system's log ends at event { $to }, but events up to { $from } had come: it was reset without a new epoch; what it sends now is on air
feed-server = the server complains ({ $code }): { $message }
feed-clock-set = the server's clock was set by { $by_ms } ms; leitai follows where nothing on air can jump

serve-empty = the tape holds no event that could be served
serve-speed = speed { $speed } is not possible; give a number above 0, such as 0.5 or 4
serve-snapshot = the tape holds a snapshot (at event { $seq }), whose instants cannot be moved; serve it at speed 1 and once, or record the show from its first event
serve-listen = { $addr } cannot be listened on: { $error }; choose another address with --listen
serve-thread = the server's thread cannot be started: { $reason }
serve-plan = line { $line } of the fault plan, "{ $text }", is no fault; write a time and what happens then, such as 2.5s cut 300ms, 10s hush 15s, 30s drop 2, 1m reset, or seed 17 for twenty faults at random

feed-too-large = message refused: { $bytes ->
        [one] one byte
       *[other] { $bytes } bytes
    }, at most { $limit } are allowed; ask the scoring system to send less at once
feed-not-utf8 = message refused: not UTF-8 at byte { $at }
feed-not-json = message refused: not a JSON object ({ $reason }); the picture stays, the scoring system must send it anew
feed-no-type = message refused: it has no `type`
feed-control = `{ $message }` message refused: field `{ $field }`: { $reason }; the picture stays, the scoring system must send it right
feed-event-version = event { $seq } refused: envelope version { $version }, this program speaks { $own }
feed-unknown-type = event { $seq } skipped: unknown type "{ $event }"; the picture stays as it is
feed-field = event { $seq } ({ $event }) refused: field `{ $field }`: { $reason }; the show goes on without it, the scoring system must correct it
