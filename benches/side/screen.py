"""A screen without a monitor, and an eye on a few of its pixels."""

from __future__ import annotations

import os
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass

from Xlib import X
from Xlib.display import Display

SIZE = (1920, 1080)
LOOK_EVERY_S = 0.001
"""How often a place is looked at. A look takes a tenth of it."""


@dataclass(frozen=True)
class Place:
    """A rectangle of the screen, px."""

    x: int
    y: int
    width: int
    height: int


class Screen:
    """An X server of its own, 1920×1080, and a connection to look at it."""

    def __init__(self) -> None:
        self._server = subprocess.Popen(
            ["Xvfb", "-displayfd", "1", "-screen", "0", f"{SIZE[0]}x{SIZE[1]}x24", "-nolisten", "tcp", "-noreset"],
            stdin=subprocess.DEVNULL, stdout=subprocess.PIPE, stderr=subprocess.DEVNULL)
        number = self._server.stdout.readline().decode().strip()
        if not number:
            raise RuntimeError("Xvfb ended without a display")
        self.name = f":{number}"
        self._display = Display(self.name)
        self._root = self._display.screen().root

    def __enter__(self) -> "Screen":
        return self

    def __exit__(self, *_: object) -> None:
        self._display.close()
        self._server.terminate()
        self._server.wait()

    @property
    def pid(self) -> int:
        return self._server.pid

    def environment(self, **more: str) -> dict[str, str]:
        """For a program that is to be seen here."""
        return {**os.environ, "DISPLAY": self.name, **more}

    def look(self, place: Place) -> bytes:
        """What is seen there now: rows of BGRX."""
        return self._root.get_image(place.x, place.y, place.width, place.height, X.ZPixmap, 0xFFFFFFFF).data

    def looks_cost_s(self, place: Place, count: int = 200) -> float:
        """What one look takes."""
        began = time.monotonic()
        for _ in range(count):
            self.look(place)
        return (time.monotonic() - began) / count

    def until(self, place: Place, seen: Callable[[bytes], bool], within_s: float) -> float | None:
        """Looks every millisecond; when `seen` was first true (monotonic, s), or None."""
        end = time.monotonic() + within_s
        due = time.monotonic()
        while True:
            is_seen = seen(self.look(place))
            now = time.monotonic()
            if is_seen:
                return now
            if now >= end:
                return None
            due = max(due + LOOK_EVERY_S, now)
            time.sleep(due - now)

    def picture(self, places: Sequence[Place]) -> tuple[bytes, ...]:
        """What is seen at several places."""
        return tuple(self.look(place) for place in places)

    def settled(self, places: Sequence[Place], still_s: float, within_s: float) -> tuple[bytes, ...]:
        """What is seen once nothing has changed there for a while."""
        end, since, last = time.monotonic() + within_s, time.monotonic(), self.picture(places)
        while time.monotonic() < end:
            time.sleep(0.02)
            now = self.picture(places)
            if now != last:
                since, last = time.monotonic(), now
            elif time.monotonic() - since >= still_s:
                return now
        raise RuntimeError(f"the screen does not come to rest within {within_s} s")

    def whole(self) -> "object":
        """All of it, as an array of RGB."""
        import numpy
        data = self.look(Place(0, 0, *SIZE))
        return numpy.frombuffer(data, numpy.uint8).reshape(SIZE[1], SIZE[0], 4)[:, :, 2::-1]
