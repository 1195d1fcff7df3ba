# Remote control: why it is not there, and why a client is turned away (.do is what the client is to do).

control-listen = remote control cannot listen on { $addr }: { $error }; another program may have the port: name another one with --control
control-token-file = a token for remote control cannot be made in { $path }: { $error }; make the folder writable, or name a file with --control-token-file
control-same-token = { $operate } and { $view } hold the same token: whoever may look could operate; write another one into one of them
control-token-short = the token in { $path } has { $length } characters; at least { $least } are needed
control-no-folder = there is no folder to keep the token of remote control in (HOME is not set); name a file with --control-token-file
control-thread = the thread of remote control cannot be started: { $error }

control-at = Remote control: { $addr }; its token lies in { $file }
control-osc-at = OSC is heard at { $addr }
control-in-clear = Remote control listens on { $addr }, not on this machine alone: its token crosses the network in clear. Use a network of your own.

control-turned = { $who }: { $reason }

control-no-token = There is no token.
    .do = Send the header `Authorization: Bearer TOKEN`, or over WebSocket {"{"}"token":"TOKEN"{"}"} as the first message.
control-wrong-token = The token is wrong.
    .do = Copy it anew from the file that the program names at its start.
control-guessing = Too many different wrong tokens came from this address; in { $seconds } s the next one is looked at.
    .do = Wait, and take the right token from its file. Connections that are open go on.
control-view-only = This token lets look, not operate.
    .do = Use the operator's token for commands; GET /v1/state and WebSocket show the state with this one.
control-token-in-url = The URL holds a token, and URLs are logged.
    .do = Put the token into the header `Authorization: Bearer TOKEN`, and make a new one: this one may have been seen.
control-late = No token was said within { $seconds } s.
    .do = Send {"{"}"token":"TOKEN"{"}"} as the first message.
control-origin = The page { $origin } may not control the desk.
    .do = Use a program, or a page of the desk's own address.
control-host = The desk does not go by the name "{ $host }".
    .do = Use its address, such as 127.0.0.1, or localhost.
control-too-large = The message is larger than { $most } bytes.
    .do = Send less at once.
control-not-text = The message is binary; commands are text.
    .do = Send JSON as a text message.
control-not-json = This is no JSON: { $reason }
    .do = Send an object, such as {"{"}"command":"hold","on":true{"}"}.
control-command = This is no command: { $reason }
    .do = GET /v1/schema says which there are.
control-osc = This OSC message cannot be used: { $reason }
    .do = The manual lists the addresses and their arguments.
control-sender = OSC from this sender is not heard.
    .do = Start the program with --osc-from and the sender's address.
control-no-route = There is no { $path } here.
    .do = See GET /v1/schema, which lists the verbs.
control-method = { $path } is asked for with { $method }.
    .do = Use that method.
control-too-fast = There are more than { $most } requests a second.
    .do = Send again, more slowly; this one was not carried out.
control-too-many = There are more than { $most } clients at once.
    .do = Close one and connect again.
control-busy = The desk is busy: too many commands wait.
    .do = Send again in a moment; this one was not carried out.
control-no-answer = The program did not answer in time.
    .do = Look at the state before you send it again: it may still be carried out.
control-refused =
    .do = Nothing has changed.
