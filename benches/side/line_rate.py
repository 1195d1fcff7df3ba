"""A server that never is what one waits for: one thread, every message framed beforehand, sent as fast as it is taken."""

from __future__ import annotations

import base64
import hashlib
import json
import select
import socket
import struct
import threading
import time

from .tapes import envelopes

PROTOCOL = "leitai.v1+json"
CHUNK = 256 * 1024


def frame(text: str) -> bytes:
    """A WebSocket text message as a server sends it."""
    data = text.encode()
    if len(data) < 126:
        return bytes([0x81, len(data)]) + data
    if len(data) < 65536:
        return struct.pack(">BBH", 0x81, 126, len(data)) + data
    return struct.pack(">BBQ", 0x81, 127, len(data)) + data


def now_us() -> int:
    return time.time_ns() // 1000


class LineRate:
    """Serves one log to whoever connects, again and again; answers pings between the pieces."""

    def __init__(self, count: int, page: bytes = b"") -> None:
        self.count, self.page = count, page
        self.epoch = f"tape-{count}"
        self.pieces, piece = [], bytearray()
        for envelope in envelopes(count):
            piece += frame(json.dumps(envelope, ensure_ascii=False, separators=(",", ":")))
            if len(piece) >= CHUNK:
                self.pieces.append(bytes(piece))
                piece = bytearray()
        self.pieces.append(bytes(piece))
        self.said: list[dict] = []
        """What clients said that is no part of the protocol: a page's own figures."""
        self.greeted = 0
        """How many clients have said hello."""
        self.listener = socket.create_server(("127.0.0.1", 0))
        self.port = self.listener.getsockname()[1]
        threading.Thread(target=self._accept, daemon=True).start()

    @property
    def url(self) -> str:
        return f"ws://127.0.0.1:{self.port}/"

    def close(self) -> None:
        self.listener.close()

    def _accept(self) -> None:
        while True:
            try:
                peer, _ = self.listener.accept()
            except OSError:
                return
            threading.Thread(target=self._serve, args=(peer,), daemon=True).start()

    def _serve(self, peer: socket.socket) -> None:
        try:
            with peer:
                Connection(self, peer).run()
        except (OSError, EOFError):
            pass


class Connection:
    def __init__(self, server: LineRate, peer: socket.socket) -> None:
        self.server, self.peer, self.rest = server, peer, bytearray()
        peer.setsockopt(socket.IPPROTO_TCP, socket.TCP_NODELAY, 1)

    def run(self) -> None:
        if not self._upgrade():
            return
        while self._message().get("type") != "hello":
            pass
        server = self.server
        server.greeted += 1
        welcome = {"type": "welcome", "protocol": 1, "epoch": server.epoch, "head": server.count, "mode": "resume",
                   "server_time": now_us()}
        self.peer.sendall(frame(json.dumps(welcome)))
        for piece in server.pieces:
            self.peer.sendall(piece)
            while select.select([self.peer], [], [], 0)[0]:
                self._answer(self._message())
        while True:
            self._answer(self._message())

    def _answer(self, message: dict) -> None:
        if message.get("type") == "ping":
            t1 = now_us()
            pong = {"type": "pong", "id": message["id"], "t0": message["t0"], "t1": t1, "t2": now_us()}
            self.peer.sendall(frame(json.dumps(pong)))
        elif message:
            self.server.said.append(message)

    def _upgrade(self) -> bool:
        while b"\r\n\r\n" not in self.rest:
            self._more()
        head, _, rest = bytes(self.rest).partition(b"\r\n\r\n")
        self.rest = bytearray(rest)
        fields = {k.lower(): v.strip() for k, _, v in (line.partition(":") for line in head.decode().split("\r\n")[1:])}
        if "sec-websocket-key" not in fields:
            body = self.server.page
            self.peer.sendall(b"HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\nConnection: close\r\n"
                              b"Content-Length: %d\r\n\r\n" % len(body) + body)
            return False
        key = fields["sec-websocket-key"] + "258EAFA5-E914-47DA-95CA-C5AB0DC85B11"
        accept = base64.b64encode(hashlib.sha1(key.encode()).digest()).decode()
        self.peer.sendall(f"HTTP/1.1 101 Switching Protocols\r\nUpgrade: websocket\r\nConnection: Upgrade\r\n"
                          f"Sec-WebSocket-Accept: {accept}\r\nSec-WebSocket-Protocol: {PROTOCOL}\r\n\r\n".encode())
        return True

    def _message(self) -> dict:
        """The next message; empty for one that is not text."""
        first, second = self._take(2)
        length = second & 127
        if length == 126:
            length = struct.unpack(">H", self._take(2))[0]
        elif length == 127:
            length = struct.unpack(">Q", self._take(8))[0]
        mask = self._take(4)
        data = bytes(byte ^ mask[i % 4] for i, byte in enumerate(self._take(length)))
        if first & 15 == 8:
            raise EOFError
        return json.loads(data) if first & 15 == 1 else {}

    def _take(self, count: int) -> bytes:
        while len(self.rest) < count:
            self._more()
        taken = bytes(self.rest[:count])
        del self.rest[:count]
        return taken

    def _more(self) -> None:
        more = self.peer.recv(65536)
        if not more:
            raise EOFError
        self.rest += more
