"""Both sides on air at a screen: `leitai live` in its window, and the same picture as a page in Chromium."""

from __future__ import annotations

import subprocess
import tempfile
from dataclasses import dataclass
from pathlib import Path

from . import machine
from .bench import HERE, Bench
from .feed import Event, Feed
from .screen import Place, Screen

CHOICES = ("A", "B")
LETTERS = {"A": Place(122, 638, 8, 8), "B": Place(998, 638, 8, 8)}
"""A spot in each option's disc: it is filled while the option is chosen, and empty at once when it is let go."""
SPOTS = (Place(100, 76, 64, 48), Place(160, 260, 96, 64), Place(1536, 280, 96, 96), Place(1040, 610, 96, 48), Place(300, 940, 96, 64))
"""Where a first picture must be right: round, stem, digits, an option, a score."""
COUNTDOWN_US = 60_000_000
TAPE = "show.tape.ndjson"

TEAMS = [{"id": f"t{n}", "name": f"{n} 号队", "short": f"{n} 号队", "number": n} for n in range(1, 9)]
LOG: list[Event] = [
    ("show.configured", {"title": "业务技能练兵比武", "subtitle": "", "organisers": [], "teams": TEAMS,
                         "players": [{"id": "p1", "team": "t1", "number": 1, "name": "1 号选手"}],
                         "base_score": 300, "audience_seats": 0, "rounding": "half_up"}),
    ("round.opened", {"id": "r1", "name": "初显身手", "subtitle": "热身环节", "format": "solo", "number": 1, "of": 4,
                      "rules": {"text": []}}),
    ("turn.given", {"team": "t1", "player": "p1", "question_no": 1, "of": 3}),
    ("question.shown", {"id": "q1", "kind": "single", "value": 10,
                        "stem": "用人单位应当自用工之日起多少日内，为其职工向社会保险经办机构申请办理社会保险登记？",
                        "options": [{"label": label, "text": text}
                                    for label, text in zip("ABCD", ("十五日", "三十日", "六十日", "九十日"), strict=True)]}),
    ("countdown.armed", {"id": "c1", "duration": COUNTDOWN_US}),
    ("answer.given", {"team": "t1", "player": "p1", "choice": ["A"]}),
]
"""A question's card with its countdown armed and A chosen, eight teams below it."""


def choose(feed: Feed, choice: str) -> float:
    """The team chooses; the instant."""
    return feed.say("answer.given", {"team": "t1", "player": "p1", "choice": [choice]})


@dataclass(frozen=True)
class Variant:
    """A way to run the browser."""

    name: str
    flags: tuple[str, ...]


SOFTWARE = Variant("no GPU process: software compositing", ("--disable-gpu",))
VARIANTS = (
    SOFTWARE,
    Variant("software compositing without frame pacing", ("--disable-gpu", "--disable-gpu-vsync", "--disable-frame-rate-limit")),
    Variant("SwiftShader", ("--use-angle=swiftshader", "--enable-unsafe-swiftshader")),
)
CHROMIUM = ("chromium", "--no-sandbox", "--no-first-run", "--kiosk", "--window-size=1920,1080", "--window-position=0,0",
            "--test-type", "--allow-file-access-from-files", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--disable-extensions", "--disable-default-apps", "--mute-audio", "--force-device-scale-factor=1",
            "--disable-background-timer-throttling", "--disable-renderer-backgrounding", "--disable-dev-shm-usage",
            "--password-store=basic", "--font-render-hinting=none", "--disable-lcd-text")


class Home:
    """A folder that a program takes for its user's; one of its own goes when the program ends."""

    def __init__(self, path: Path | None = None) -> None:
        self._own = None if path else tempfile.TemporaryDirectory(prefix="leitai-bench-", ignore_cleanup_errors=True)
        self.path = path or Path(self._own.name)
        self.path.mkdir(exist_ok=True)

    def leave(self) -> None:
        if self._own:
            self._own.cleanup()


class OnAir:
    """A program at a screen; ends with its block."""

    def __init__(self, screen: Screen, command: list[str], home: Home) -> None:
        self._home = home
        environment = screen.environment(HOME=str(home.path), ALSA_CONFIG_PATH="/dev/null", RUST_LOG="error,leitai=warn")
        with open(home.path / "said.txt", "wb") as said:
            self._process = subprocess.Popen(command, env=environment, cwd=home.path, stdin=subprocess.DEVNULL,
                                             stdout=subprocess.DEVNULL, stderr=said)

    @property
    def pid(self) -> int:
        return self._process.pid

    def __enter__(self) -> "OnAir":
        return self

    def __exit__(self, *_: object) -> None:
        family = machine.tree(self.pid)
        self._process.terminate()
        try:
            self._process.wait(10)
        except subprocess.TimeoutExpired:
            self._process.kill()
            self._process.wait()
        for process in family[1:]:
            if process.is_running():
                process.kill()
        self._home.leave()


def leitai(bench: Bench, screen: Screen, arguments: list[str], home: Home | None = None) -> OnAir:
    """The program in a window that covers the screen."""
    covering = ["--no-console", "--no-control", "--size", "1920x1080"]
    return OnAir(screen, [str(bench.leitai), *arguments, *covering], home or Home())


def live(bench: Bench, screen: Screen, feed: Feed, home: Home | None = None) -> OnAir:
    """`leitai live` on this feed."""
    home = home or Home()
    (home.path / TAPE).unlink(missing_ok=True)
    return leitai(bench, screen, ["live", feed.url, "--tape", TAPE], home)


def page(screen: Screen, feed: Feed, variant: Variant, home: Home | None = None) -> OnAir:
    """The page on this feed."""
    home = home or Home()
    address = (HERE / "peer" / "live.html").as_uri() + "#" + feed.url
    return OnAir(screen, [*CHROMIUM, *variant.flags, f"--user-data-dir={home.path}/profile", address], home)
