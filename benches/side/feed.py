"""A scoring system in a thread: it speaks the feed's protocol, to leitai and to a page alike."""

from __future__ import annotations

import json
import threading
import time
from collections.abc import Sequence

from websockets.exceptions import ConnectionClosed
from websockets.sync.server import ServerConnection, serve

SUBPROTOCOL = "leitai.v1+json"

Event = tuple[str, dict]
"""Type and data."""


class Feed:
    """Serves a log and what is said later. What was said before it began lies a minute back: it has settled."""

    def __init__(self, log: Sequence[Event], epoch: str = "side-by-side") -> None:
        self.epoch = epoch
        self._zero_us = time.time_ns() // 1000 - time.monotonic_ns() // 1000
        began = self.now_us() - 60_000_000
        self._log = [self._envelope(seq, began + seq, *event) for seq, event in enumerate(log, 1)]
        self._clients: list[ServerConnection] = []
        self._changed = threading.Condition()
        self._server = serve(self._client, "127.0.0.1", 0, subprotocols=[SUBPROTOCOL], compression=None)
        self._thread = threading.Thread(target=self._server.serve_forever, daemon=True)
        self._thread.start()
        self.port = self._server.socket.getsockname()[1]

    def __enter__(self) -> "Feed":
        return self

    def __exit__(self, *_: object) -> None:
        self._server.shutdown()
        self._thread.join()

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}"

    def now_us(self) -> int:
        """The server's clock, µs since the Unix epoch; it never goes back."""
        return self._zero_us + time.monotonic_ns() // 1000

    def wait_for_client(self, within_s: float) -> None:
        """Returns when somebody has been sent the log."""
        with self._changed:
            if not self._changed.wait_for(lambda: self._clients, within_s):
                raise RuntimeError(f"nobody asked for the feed within {within_s} s")

    def say(self, kind: str, data: dict) -> float:
        """An event now; the instant just before it was handed to the sockets (monotonic, s)."""
        with self._changed:
            envelope = self._envelope(len(self._log) + 1, self.now_us(), kind, data)
            self._log.append(envelope)
            began = time.monotonic()
            for client in self._clients:
                client.send(envelope)
        return began

    def _envelope(self, seq: int, at_us: int, kind: str, data: dict) -> str:
        event = {"v": 1, "epoch": self.epoch, "seq": seq, "at": at_us, "type": kind, "data": data}
        return json.dumps({**event, "cause": None, "corrects": None}, ensure_ascii=False)

    def _client(self, socket: ServerConnection) -> None:
        try:
            hello = json.loads(socket.recv())
            resume = hello["resume"] or {"epoch": self.epoch, "seq": 0}
            seq = resume["seq"] if resume["epoch"] == self.epoch else 0
            with self._changed:
                head = len(self._log)
                self._tell(socket, type="welcome", protocol=1, epoch=self.epoch, head=head, mode="resume",
                           server_time=self.now_us())
                for envelope in self._log[seq:]:
                    socket.send(envelope)
                self._clients.append(socket)
                self._changed.notify_all()
            for text in socket:
                received = self.now_us()
                message = json.loads(text)
                if message["type"] == "ping":
                    self._tell(socket, type="pong", id=message["id"], t0=message["t0"], t1=received, t2=self.now_us())
        except ConnectionClosed:
            pass
        finally:
            with self._changed:
                self._clients = [client for client in self._clients if client is not socket]

    @staticmethod
    def _tell(socket: ServerConnection, **message: object) -> None:
        socket.send(json.dumps(message))
