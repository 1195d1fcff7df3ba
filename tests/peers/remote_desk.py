"""A stranger at the desk: drives a running leitai through its remote control, and knocks where it must not come in.

Usage: remote_desk.py HOST:PORT TOKEN. Ends with 0 when all promises were kept; prints what it measured as JSON.
"""

import http.client
import json
import socket
import sys
import time

from websockets.exceptions import ConnectionClosed, InvalidStatus
from websockets.sync.client import connect

ADDR, TOKEN = sys.argv[1], sys.argv[2]
HOST, PORT = ADDR.rsplit(":", 1)
BEARER = {"Authorization": "Bearer " + TOKEN}
KEPT = ("hold", "curtain", "frozen", "cleared", "said", "loaded", "audio", "locked", "theme", "rehearsal_mark")


def ask(method, path, body=None, headers=BEARER):
    connection = http.client.HTTPConnection(HOST, int(PORT), timeout=20)
    connection.request(method, path, body, headers)
    response = connection.getresponse()
    text = response.read()
    connection.close()
    return response.status, json.loads(text)


def state():
    status, said = ask("GET", "/v1/state")
    assert status == 200, said
    return said


def kept():
    now = state()
    return {key: now[key] for key in KEPT}


def turned(expected, code, *args, **kwargs):
    """Refused with this status, told why and what to do in both languages, and nothing has changed."""
    before = kept()
    status, said = ask(*args, **kwargs)
    error = said["error"]
    assert (status, error["code"]) == (expected, code), (status, said)
    for words in (error, error["zh"]):
        assert len(words["message"]) > 3 and len(words["do"]) > 3, error
    assert kept() == before, "something has changed"


def foreign(**headers):
    return {**BEARER, **headers}


HOLD = json.dumps({"command": "hold", "on": True})

# Who may not come in.
turned(401, "no_token", "POST", "/v1/command", HOLD, headers={})
turned(401, "no_token", "GET", "/v1/state", headers={})
turned(401, "no_token", "GET", "/anything", headers={})
turned(401, "wrong_token", "POST", "/v1/hold", headers={"Authorization": "Bearer " + TOKEN[:-1] + "!"})
turned(400, "token_in_url", "POST", "/v1/hold?token=" + TOKEN)
turned(403, "origin", "POST", "/v1/command", HOLD, headers=foreign(Origin="https://evil.example"))
turned(403, "origin", "POST", "/v1/command", HOLD, headers=foreign(Origin="null"))
turned(403, "origin", "OPTIONS", "/v1/command", headers={"Origin": "https://evil.example"})
turned(403, "host", "POST", "/v1/command", HOLD, headers=foreign(Host="evil.example:" + PORT))
assert ask("GET", "/v1/state", headers=foreign(Origin="http://" + ADDR))[0] == 200

# What is no command.
turned(400, "not_json", "POST", "/v1/command", "{rubbish")
turned(400, "command", "POST", "/v1/command", '{"command":"explode"}')
turned(400, "command", "POST", "/v1/command", '{"command":"hold","off":true}')
turned(400, "command", "POST", "/v1/command", "[1,2]")
turned(400, "not_json", "POST", "/v1/command", b"\xff\xfe")
turned(413, "too_large", "POST", "/v1/command", b" " * (64 * 1024 + 1))
turned(404, "no_route", "POST", "/v1/explode")
turned(405, "method", "GET", "/v1/hold")
turned(409, "refused", "POST", "/v1/take")
turned(409, "refused", "POST", "/v1/command", '{"command":"play"}')

# The field's verbs.
def done(path, body=None):
    status, said = ask("POST", path, body)
    assert (status, said) == (200, {"ok": True}), (path, status, said)


done("/v1/hold")
assert state()["hold"] is not None
done("/v1/follow")
assert state()["hold"] is None
done("/v1/black")
assert state()["curtain"] == "black"
done("/v1/logo", '{"on":true}')
assert state()["curtain"] == "logo"
done("/v1/logo", '{"on":false}')
assert state()["curtain"] is None
done("/v1/load", json.dumps({"event": "slate.shown", "data": {"kind": "message", "title": "马上回来"}}))
assert state()["loaded"] == "slate.shown"
done("/v1/update", json.dumps({"data": {"title": "稍候"}}))
done("/v1/play")
now = state()
assert (now["loaded"], now["said"], now["on_air"]["scene"]) == (None, 1, "slate"), now
done("/v1/stop", '{"group":"scene"}')
done("/v1/command", '{"command":"reconcile"}')
done("/v1/clear", '{"group":"strip"}')
assert state()["cleared"] == ["strip"]
done("/v1/restore", '{"group":"strip"}')
done("/v1/freeze", '{"on":true}')
assert state()["frozen"]
done("/v1/freeze", '{"on":false}')
schema = ask("GET", "/v1/schema")[1]
assert "hold" in json.dumps(schema["command"]) and "on_air" in json.dumps(schema["state"])


# WebSocket.
def until(socket, wanted):
    """The first message that is wanted, and those before it."""
    end = time.monotonic() + 20
    while True:
        said = json.loads(socket.recv(timeout=max(0.01, end - time.monotonic())))
        if wanted(said):
            return said


def answer(socket, ident):
    return until(socket, lambda said: said["type"] == "answer" and said["id"] == ident)


URL = f"ws://{ADDR}/v1/ws"
latencies = []
with connect(URL, additional_headers=BEARER) as client:
    first = json.loads(client.recv(timeout=20))
    assert first["type"] == "state", first
    # What was done just before may be told a moment later.
    if first["state"]["hold"] is not None:
        until(client, lambda said: said["type"] == "state" and said["state"]["hold"] is None)
    for n in range(20):
        on = n % 2 == 0
        sent = time.monotonic()
        client.send(json.dumps({"id": n, "command": "hold", "on": on}))
        # Answer and state come in either order.
        seen = set()
        while seen != {"answer", "state"}:
            said = until(client, lambda said: True)
            if said["type"] == "answer":
                assert said["id"] == n and said["ok"], said
                seen.add("answer")
            elif (said["state"]["hold"] is not None) == on:
                seen.add("state")
        latencies.append(time.monotonic() - sent)
        time.sleep(0.06)
    client.send('{"id":"v","verb":"take"}')
    refused = answer(client, "v")
    assert not refused["ok"] and refused["error"]["code"] == "refused", refused
    for rubbish, code in (("nonsense", "not_json"), (b"\x00\x01", "not_text"), (" " * 70000, "too_large")):
        client.send(rubbish)
        assert answer(client, None)["error"]["code"] == code
    before = kept()
    time.sleep(1.1)
    for n in range(300):
        client.send(json.dumps({"id": f"f{n}", "command": "mute", "on": False}))
    answers = {}
    while len(answers) < 300:
        said = until(client, lambda said: said["type"] == "answer")
        answers[said["id"]] = said
    fast = [said for said in answers.values() if not said["ok"]]
    assert len(fast) > 100 and all(said["error"]["code"] == "too_fast" for said in fast), fast[:3]
    assert kept() == before

# A client that cannot set headers says its token first; one that does not is told so.
with connect(URL) as client:
    client.send(json.dumps({"token": TOKEN}))
    assert json.loads(client.recv(timeout=20))["type"] == "state"
for greeting, code in (('{"token":"wrong"}', "wrong_token"), (HOLD, "no_token"), (b"x", "not_text")):
    with connect(URL) as client:
        client.send(greeting)
        said = json.loads(client.recv(timeout=20))
        assert said["error"]["code"] == code and not said["ok"], said
        try:
            client.recv(timeout=20)
            raise AssertionError("a stranger is heard on")
        except ConnectionClosed:
            pass
for headers, status in (
    ({"Authorization": "Bearer wrong"}, 401),
    (foreign(Origin="https://evil.example"), 403),
):
    try:
        connect(URL, additional_headers=headers)
        raise AssertionError("a stranger came in")
    except InvalidStatus as refusal:
        assert refusal.response.status_code == status, refusal

# No more clients than there is room for, and room again when they have gone.
def enter():
    """Those who left a moment ago may still be on their way out."""
    end = time.monotonic() + 20
    while True:
        try:
            return connect(URL, additional_headers=BEARER)
        except InvalidStatus:
            if time.monotonic() > end:
                raise
            time.sleep(0.02)


crowd = [enter() for _ in range(16)]
try:
    connect(URL, additional_headers=BEARER)
    raise AssertionError("there were more clients than there is room for")
except InvalidStatus as refusal:
    assert refusal.response.status_code == 429
for client in crowd:
    client.close()

# What is no HTTP ends its own connection alone.
with socket.create_connection((HOST, int(PORT)), timeout=20) as line:
    line.sendall(b"\x16\x03\x01 rubbish\r\n\r\n" * 20)
    try:
        line.recv(4096)
    except ConnectionError:
        pass

end = time.monotonic() + 20
while time.monotonic() < end:
    try:
        told = [problem["sentence"] for problem in state()["problems"]]
        break
    except AssertionError:
        time.sleep(0.05)
assert any("evil.example" in sentence for sentence in told), told
assert not any(TOKEN in sentence for sentence in told), told

done("/v1/command", '{"command":"incident"}')
latencies.sort()
print(json.dumps({"hold_to_state_ms": [round(1000 * latencies[at], 1) for at in (0, 10, 19)]}))
done("/v1/command", '{"command":"quit"}')
