"""Headless Chromium, driven frame by frame over its DevTools pipe: begin-frame control, one screenshot a frame.

The pipe instead of a WebSocket, no picture asked for where the page says that nothing changes, and nothing decoded in the
timed stretch but the base64: whatever the driver could save the peer, it saves."""

from __future__ import annotations

import base64
import json
import os
import shutil
import signal
import subprocess
import tempfile
import time
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from . import machine
from .bench import ROOT

BINARY = "chromium-headless-shell"
FRAME_MS = 20
# Rendering is asked for, not scheduled; compositing in software, as SwiftShader would only add to it.
CONTROL = ["--enable-begin-frame-control", "--run-all-compositor-stages-before-draw", "--disable-new-content-rendering-timeout",
           "--disable-threaded-animation", "--disable-threaded-scrolling", "--disable-checker-imaging",
           "--disable-image-animation-resync"]
QUIET = ["--no-sandbox", "--hide-scrollbars", "--mute-audio", "--no-first-run", "--disable-background-networking",
         "--disable-extensions", "--disable-sync", "--disable-component-update", "--disable-default-apps",
         "--allow-file-access-from-files", "--force-color-profile=srgb", "--force-device-scale-factor=1",
         "--font-render-hinting=none", "--disable-lcd-text", "--disable-background-timer-throttling",
         "--disable-renderer-backgrounding", "--disable-backgrounding-occluded-windows", "--disable-dev-shm-usage"]
SOFTWARE = ["--disable-gpu-compositing"]


@dataclass(frozen=True)
class Variant:
    """A way to have frames made."""

    name: str
    how: str = "frame"
    """`frame`: beginFrame with its screenshot. `capture`: seek, then Page.captureScreenshot, without control."""
    format: str = "jpeg"
    """`none`: drawn, and not handed over; no frames come out, so it is no rival but a floor."""
    workers: int = 1
    flags: tuple[str, ...] = tuple(SOFTWARE)
    layers: str = "all"
    """`all`: the page has each of its elements composited. `few`: only those that change in most frames."""

    def screenshot(self) -> dict:
        shot = {"format": self.format, "optimizeForSpeed": True}
        return {**shot, "quality": 80} if self.format in ("jpeg", "webp") else shot


@dataclass
class Frames:
    """What a stretch gave: a picture a frame, None where nothing was damaged since the one before."""

    pictures: list[bytes | None] = field(default_factory=list)
    wall_s: float = 0.0
    cpu_s: float = 0.0


class Chromium:
    """One browser with the bench's page in it."""

    def __init__(self, variant: Variant, page: str, size: tuple[int, int], is_clear: bool):
        self.variant, self.size = variant, size
        self.profile = tempfile.mkdtemp(prefix="leitai-bench-")
        control = CONTROL if variant.how == "frame" else []
        flags = [*QUIET, *control, *variant.flags, f"--window-size={size[0]},{size[1]}", f"--user-data-dir={self.profile}"]
        (to_read, self._to), (self._from, to_write) = os.pipe(), os.pipe()

        def pipes() -> None:
            # Through high numbers, as one of the four may be 3 or 4 already.
            read, write = os.dup2(to_read, 98), os.dup2(to_write, 99)
            os.dup2(read, 3)
            os.dup2(write, 4)

        self.process = subprocess.Popen([binary(), "--remote-debugging-pipe", *flags, "about:blank"], close_fds=False,
                                        preexec_fn=pipes, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL,
                                        start_new_session=True)
        os.close(to_read)
        os.close(to_write)
        self._rest = bytearray()
        self._number = 0
        self._answers: dict[int, dict] = {}
        self._session: str | None = None
        try:
            self._open(page, is_clear)
        except BaseException:
            self.close()
            raise

    def _open(self, page: str, is_clear: bool) -> None:
        has_control = self.variant.how == "frame"
        options = {"url": "about:blank", "width": self.size[0], "height": self.size[1]}
        target = self.call("Target.createTarget", **options, **({"enableBeginFrameControl": True} if has_control else {}))
        self._session = self.call("Target.attachToTarget", targetId=target["targetId"], flatten=True)["sessionId"]
        self.call("Page.enable")
        metrics = {"width": self.size[0], "height": self.size[1], "deviceScaleFactor": 1, "mobile": False}
        self.call("Emulation.setDeviceMetricsOverride", **metrics)
        if is_clear:
            self.call("Emulation.setDefaultBackgroundColorOverride", color={"r": 0, "g": 0, "b": 0, "a": 0})
        self.call("Page.navigate", url=f"{page}&layers={self.variant.layers}")
        self._ticks_ms = time.monotonic() * 1000
        deadline = time.monotonic() + 30
        while self.evaluate("typeof peer == 'object' && peer.ready") is not True:
            if time.monotonic() > deadline:
                raise TimeoutError(f"the page was not ready within 30 s: {self.evaluate('String(window.fault)')}")
            if has_control:
                self.frame(None)
            time.sleep(0.02)

    def evaluate(self, expression: str) -> object:
        result = self.call("Runtime.evaluate", expression=expression, returnByValue=True)
        if "exceptionDetails" in result:
            raise RuntimeError(f"the page failed: {result['exceptionDetails']}")
        return result["result"].get("value")

    def frame(self, shot: dict | None) -> bytes | None:
        """The next frame, FRAME_MS after the last one; its picture, if one was asked for and anything was damaged."""
        return self._picture(self._answer(self._ask_frame(shot)))

    def _ask_frame(self, shot: dict | None) -> int:
        self._ticks_ms += FRAME_MS
        asked = {"frameTimeTicks": self._ticks_ms, "interval": FRAME_MS, "noDisplayUpdates": False}
        return self._send("HeadlessExperimental.beginFrame", {**asked, **({"screenshot": shot} if shot else {})})

    @staticmethod
    def _picture(answer: dict) -> bytes | None:
        data = answer.get("screenshotData")
        return base64.b64decode(data) if data else None

    def cue(self, from_us: int) -> None:
        """Lays the page ready at this instant, drawn and still."""
        self.evaluate(f"peer.seek({from_us})")
        if self.variant.how == "frame":
            for _ in range(3):
                self.frame(None)

    def stretch(self, from_us: int, frames: int) -> Iterator[bytes | None]:
        """The frames from this instant on, 50 a second."""
        shot = None if self.variant.format == "none" else self.variant.screenshot()
        for n in range(frames):
            # The page knows whether anything changes, which costs less to ask than a picture that is the last one again.
            if not self.evaluate(f"peer.seek({from_us + n * FRAME_MS * 1000})"):
                yield None
            elif self.variant.how == "capture":
                yield base64.b64decode(self.call("Page.captureScreenshot", **self.variant.screenshot())["data"])
            else:
                yield self.frame(shot)

    def still(self, at_us: int) -> bytes:
        """One settled frame as PNG."""
        png = {"format": "png", "optimizeForSpeed": True}
        if self.variant.how == "capture":
            self.evaluate(f"peer.seek({at_us})")
            return base64.b64decode(self.call("Page.captureScreenshot", **png)["data"])
        # Something must be damaged for a picture to come.
        self.evaluate(f"peer.seek({at_us + 7_777_777})")
        self.frame(None)
        self.evaluate(f"peer.seek({at_us})")
        picture = self.frame(png)
        if picture is None:
            raise RuntimeError("nothing was drawn for a still")
        return picture

    def cpu_s(self) -> float:
        return machine.cpu_s(self.process.pid)

    def call(self, method: str, **params: object) -> dict:
        return self._answer(self._send(method, params))

    def _send(self, method: str, params: dict) -> int:
        self._number += 1
        message = {"id": self._number, "method": method, "params": params}
        if self._session:
            message["sessionId"] = self._session
        os.write(self._to, json.dumps(message).encode() + b"\0")
        return self._number

    def _answer(self, number: int) -> dict:
        while number not in self._answers:
            self._read()
        answer = self._answers.pop(number)
        if "error" in answer:
            raise RuntimeError(f"Chromium refused: {answer['error']}")
        return answer["result"]

    def _read(self) -> None:
        chunk = os.read(self._from, 1 << 20)
        if not chunk:
            raise RuntimeError("Chromium ended by itself")
        begin = len(self._rest)
        self._rest += chunk
        while (end := self._rest.find(b"\0", begin)) >= 0:
            message = json.loads(self._rest[:end])
            del self._rest[: end + 1]
            begin = 0
            if "id" in message:
                self._answers[message["id"]] = message

    def close(self) -> None:
        os.killpg(self.process.pid, signal.SIGKILL)
        self.process.wait()
        os.close(self._to)
        os.close(self._from)
        shutil.rmtree(self.profile, ignore_errors=True)


def binary() -> str:
    found = shutil.which(BINARY)
    if not found:
        raise FileNotFoundError(f"{BINARY} is not installed; on Debian: apt-get install {BINARY}")
    return found


def page(tape: str, layout: str) -> str:
    """The page's address for a tape of the bench and a class of picture."""
    return f"{(ROOT / 'benches/peer/index.html').as_uri()}?tape=../{tape}&layout={layout}"


def film(variant: Variant, address: str, is_clear: bool, from_us: int, frames: int) -> Frames:
    """A stretch by this variant; with several workers each has its part of it, all at once. Timed without their start."""
    from concurrent.futures import ThreadPoolExecutor

    share = -(-frames // variant.workers)
    parts = [(from_us + n * share * FRAME_MS * 1000, min(share, frames - n * share)) for n in range(variant.workers)]
    browsers = [Chromium(variant, address, (1920, 1080), is_clear) for _ in parts]
    try:
        for browser, (begin_us, _) in zip(browsers, parts):
            browser.cue(begin_us)
        cpu_s, begun = sum(b.cpu_s() for b in browsers), time.monotonic()
        with ThreadPoolExecutor(len(parts)) as pool:
            made = list(pool.map(lambda one: list(one[0].stretch(*one[1])), zip(browsers, parts)))
        wall_s = time.monotonic() - begun
        return Frames([picture for part in made for picture in part], wall_s, sum(b.cpu_s() for b in browsers) - cpu_s)
    finally:
        for browser in browsers:
            browser.close()
