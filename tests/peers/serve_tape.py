#!/usr/bin/env python3
"""A feed server in one page, on the `websockets` library: it sends a recorded tape as a scoring system would.

It shares no code with leitai; it was written from the protocol's text. Usage:
    serve_tape.py TAPE [--speed X] [--cut N] [--duplicate] [--reorder] [--cert FILE --key FILE]
It prints `listening PORT` when clients may come. Without --speed, events go out as fast as they can.
"""

import argparse
import asyncio
import json
import ssl
import time

from websockets.asyncio.server import serve
from websockets.exceptions import ConnectionClosed

SUBPROTOCOL = "leitai.v1+json"


def read_tape(path):
    """The feed's events in the order of their seq, as the text they were recorded with."""
    events = []
    with open(path, encoding="utf-8") as tape:
        next(tape)  # the header
        for line in tape:
            record = json.loads(line)
            if record["lane"] == "feed":
                events.append(record["env"])
    return sorted(events, key=lambda event: event["seq"])


def disorder(events, options):
    """What the flags ask for: pairs in the wrong order, every third event twice."""
    out = list(events)
    if options.reorder:
        for n in range(0, len(out) - 1, 2):
            out[n], out[n + 1] = out[n + 1], out[n]
    if options.duplicate:
        out = [event for n, event in enumerate(out) for event in ([event, event] if n % 3 == 0 else [event])]
    return out


class Server:
    def __init__(self, events, options):
        self.events = events
        self.options = options
        self.cuts = options.cut
        self.epoch = events[0]["epoch"]
        self.opened = time.monotonic()

    def now(self):
        """The server's clock: when the server starts it shows the tape's first instant, or, where all events are sent
        at once, a minute after the last."""
        start = self.events[0]["at"] if self.options.speed else self.events[-1]["at"] + 60_000_000
        return start + int((time.monotonic() - self.opened) * 1e6)

    async def client(self, socket):
        hello = json.loads(await socket.recv())
        if hello["type"] != "hello" or hello["protocol"] != 1:
            await self.say(socket, type="error", code="bad_version", message="protocol 1 only", fatal=True)
            return
        resume = hello["resume"] or {"epoch": self.epoch, "seq": 0}
        seq = resume["seq"] if resume["epoch"] == self.epoch else 0
        await self.say(
            socket,
            type="welcome",
            protocol=1,
            epoch=self.epoch,
            head=len(self.events),
            mode="resume",
            server_time=self.now(),
        )
        pongs = asyncio.create_task(self.answer(socket))
        try:
            await self.tail(socket, seq)
            await self.say(socket, type="end")
        except ConnectionClosed:
            pass  # the client has gone, or the connection was cut: it will come again
        finally:
            pongs.cancel()

    async def tail(self, socket, seq):
        events = disorder([event for event in self.events if event["seq"] > seq], self.options)
        for n, event in enumerate(events):
            if self.cuts > 0 and n == max(2, len(self.events) // (self.options.cut + 2)):
                self.cuts -= 1
                socket.transport.abort()
                return
            if self.options.speed:
                due = (event["at"] - self.events[0]["at"]) / 1e6 / self.options.speed
                await asyncio.sleep(max(0, self.opened + due - time.monotonic()))
            await socket.send(json.dumps(event, ensure_ascii=False))

    async def answer(self, socket):
        async for text in socket:
            received = self.now()
            message = json.loads(text)
            if message["type"] == "ping":
                await self.say(
                    socket, type="pong", id=message["id"], t0=message["t0"], t1=received, t2=self.now()
                )

    async def say(self, socket, **message):
        await socket.send(json.dumps(message))


async def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("tape")
    parser.add_argument("--speed", type=float, default=0, help="1 is the show's own pace; 0: at once")
    parser.add_argument("--cut", type=int, default=0, help="break the first N connections in the middle")
    parser.add_argument("--duplicate", action="store_true", help="send every third event twice")
    parser.add_argument("--reorder", action="store_true", help="send pairs in the wrong order")
    parser.add_argument("--cert", help="serve wss:// with this certificate")
    parser.add_argument("--key", help="and its key")
    options = parser.parse_args()
    tls = None
    if options.cert:
        tls = ssl.SSLContext(ssl.PROTOCOL_TLS_SERVER)
        tls.load_cert_chain(options.cert, options.key)
    server = Server(read_tape(options.tape), options)
    async with serve(server.client, "127.0.0.1", 0, subprotocols=[SUBPROTOCOL], ssl=tls) as listening:
        print("listening", listening.sockets[0].getsockname()[1], flush=True)
        await asyncio.get_running_loop().create_future()


if __name__ == "__main__":
    asyncio.run(main())
