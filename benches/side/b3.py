"""B3: from exec to the first right frame on the screen, with the machine's file cache warm and cold."""

from __future__ import annotations

import os
import subprocess
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

import numpy

from . import machine, rounds
from .bench import Bench
from .feed import Feed
from .onair import LOG, SOFTWARE, SPOTS, TAPE, Home, OnAir, leitai, live, page
from .screen import Place, Screen

STARTS = {"warm": 2, "cold": 1}
"""A round's, on each side."""
WITHIN_S = 60.0
LOOK_EVERY_S = 0.002
INSTANT = "00:41"
LIBRARIES = ("libvulkan_lvp.so", "libLLVM-*.so*", "libvulkan.so*")
BROWSER = (Path("/usr/lib/chromium"),)
Start = Callable[[Screen, Feed], OnAir]


def files(bench: Bench) -> dict[str, list[Path]]:
    """What each side is read from."""
    folder = Path("/usr/lib/x86_64-linux-gnu")
    drawn_by = [path.resolve() for pattern in LIBRARIES for path in folder.glob(pattern)]
    browser = [path for root in BROWSER for path in root.rglob("*") if path.is_file() and not path.is_symlink()]
    return {"leitai": [bench.leitai, *drawn_by], "peer": browser}


def forget(paths: list[Path]) -> None:
    """Takes files out of the machine's cache; what another program has mapped stays."""
    for path in paths:
        with open(path, "rb") as file:
            os.posix_fadvise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)


def settled(start: Start) -> tuple[bytes, ...]:
    """What is right: the picture when all is there."""
    with Screen() as screen, Feed(LOG) as feed, start(screen, feed):
        if screen.until(SPOTS[2], any, WITHIN_S) is None:
            raise RuntimeError("there is no picture")
        return screen.settled(SPOTS, 1.5, WITHIN_S)


def first_right(start: Start, right: tuple[bytes, ...]) -> dict:
    """One start: s until all spots are right, and processor time until then."""
    with Screen() as screen, Feed(LOG) as feed:
        began = time.monotonic()
        with start(screen, feed) as program:
            while screen.picture(SPOTS) != right:
                if time.monotonic() - began > WITHIN_S:
                    raise RuntimeError(f"no right picture within {WITHIN_S:.0f} s")
                time.sleep(LOOK_EVERY_S)
            return {"s": time.monotonic() - began, "cpu_s": machine.cpu_s(program.pid)}


def still(bench: Bench, home: str) -> dict:
    """`leitai still`: from exec to the PNG on the disk."""
    command = [bench.leitai, "still", "demo", "--at", INSTANT, "-o", Path(home) / "still.png"]
    began = time.monotonic()
    subprocess.run(command, check=True, env={**os.environ, "HOME": home}, stderr=subprocess.DEVNULL, timeout=WITHIN_S)
    return {"s": time.monotonic() - began}


def is_as_drawn(bench: Bench, home: str, right: tuple[bytes, ...]) -> bool:
    """Whether the window shows what `leitai still` makes of the recording of that session."""
    from skimage import io
    picture = Path(home) / "right.png"
    command = [bench.leitai, "still", Path(home) / TAPE, "--at", "00:04.9", "-o", picture]
    done = subprocess.run(command, env={**os.environ, "HOME": home}, capture_output=True, timeout=WITHIN_S)
    if done.returncode != 0:
        raise RuntimeError(f"leitai still: {done.stderr.decode()}")
    pixels = io.imread(picture)[:, :, 2::-1]
    return all(alike(pixels, place, seen) for place, seen in zip(SPOTS, right, strict=True))


def alike(pixels: numpy.ndarray, place: Place, seen: bytes) -> bool:
    shown = numpy.frombuffer(seen, numpy.uint8).reshape(place.height, place.width, 4)[:, :, :3].astype(int)
    drawn = pixels[place.y:place.y + place.height, place.x:place.x + place.width].astype(int)
    return int(numpy.abs(shown - drawn).max()) <= 2


def run(bench: Bench) -> None:
    read_from = files(bench)
    with tempfile.TemporaryDirectory(prefix="leitai-bench-", ignore_cleanup_errors=True) as folder:
        homes = {name: Home(Path(folder) / name) for name in ("leitai", "rehearse", "peer")}
        starts: dict[str, Start] = {
            "leitai": lambda screen, feed: live(bench, screen, feed, homes["leitai"]),
            "rehearse": lambda screen, feed: leitai(bench, screen, ["rehearse", "demo", "--at", INSTANT, "--paused", "--no-mark"],
                                                    homes["rehearse"]),
            "peer": lambda screen, feed: page(screen, feed, SOFTWARE, homes["peer"]),
        }
        # The first start of all fills what each keeps for later ones; it is not counted.
        right = {name: settled(start) for name, start in starts.items()}
        if not is_as_drawn(bench, str(homes["leitai"].path), right["leitai"]):
            raise RuntimeError("the window does not show what `leitai still` draws")

        def side(name: str) -> Callable[[int], dict]:
            def one(_: int) -> dict:
                warm = [first_right(starts[name], right[name]) for _ in range(bench.few(STARTS["warm"], 1))]
                forget(read_from.get(name, read_from["leitai"]))
                cold = [first_right(starts[name], right[name]) for _ in range(STARTS["cold"])]
                middle = {key: float(numpy.median([each[key] for each in warm])) for key in ("s", "cpu_s")}
                return {"warm_s": middle["s"], "warm_cpu_s": middle["cpu_s"],
                        "cold_s": float(numpy.median([each["s"] for each in cold]))}
            return one

        sides = rounds.alternate(bench.rounds, {name: side(name) for name in starts}, bench.log)
        home = str(homes["leitai"].path)
        stills = [still(bench, home)["s"] for _ in range(bench.few(10, 1))]
    bench.save("b3", {"sides": sides, "still_s": stills, "variant": SOFTWARE.name})


NAMES = {"leitai": "`leitai live`", "rehearse": "`leitai rehearse --paused`", "peer": "Chromium, the page"}


def section(result: dict, plots: Path) -> dict:
    sides = result["sides"]
    lines = ["## B3: start", "",
             "From exec to the first frame on the screen of which five places are as they stay: round, stem, digits, an "
             "option, a score. `live` and the page hear the same feed; both have run before. Cold: their files are taken "
             "out of the machine's cache before; its other caches stay.", "",
             "| | warm s | of that processor s | cold s |", "|---|---|---|---|"]
    for name, told in NAMES.items():
        warm, cpu, cold = (rounds.figure(sides[name], key) for key in ("warm_s", "warm_cpu_s", "cold_s"))
        lines.append(f"| {told} | {warm.median:.2f} ({warm.low:.2f} to {warm.high:.2f}) | {cpu.median:.2f} | "
                     f"{cold.median:.2f} ({cold.low:.2f} to {cold.high:.2f}) |")
    stills = rounds.Figure.of(result["still_s"])
    lines += ["", f"`leitai still`, exec to the PNG: {stills.median:.2f} s ({stills.low:.2f} to {stills.high:.2f}).", ""]
    warm, ratio = rounds.figure(sides["leitai"], "warm_s"), rounds.ratio(sides["leitai"], sides["peer"], "warm_s")
    cold = rounds.ratio(sides["leitai"], sides["peer"], "cold_s")
    targets = [
        {"what": "B3 warm start", "asked": "≤ 0.5 × the peer", "met": ratio.median <= 0.5,
         "measured": f"{ratio.median:.2f} × ({ratio.low:.2f} to {ratio.high:.2f}); cold {cold.median:.2f} ×"},
        {"what": "B3 warm start", "asked": "≤ 1.0 s", "measured": f"{warm.median:.2f} s", "met": warm.median <= 1.0},
    ]
    draw(sides, plots / "b3.svg")
    lines += ["![Every start](plots/b3.svg)", ""]
    return {"text": "\n".join(lines), "targets": targets}


def draw(sides: dict, path: Path) -> None:
    """Every round's starts."""
    import matplotlib
    matplotlib.use("svg")
    from matplotlib import pyplot
    figure, axes = pyplot.subplots(figsize=(8, 3))
    rows = [(name, key) for name in NAMES for key in ("warm_s", "cold_s")]
    for y, (name, key) in enumerate(rows):
        values = [one[key] for one in sides[name]]
        axes.plot(values, [y] * len(values), "o", alpha=0.6, color="#CF3B3B" if name == "peer" else "#1659B6")
    labels = [f"{NAMES[name].strip('`').replace('`', '')}, {key.removesuffix('_s')}" for name, key in rows]
    axes.set(yticks=range(len(rows)), yticklabels=labels, xlim=(0, None), xlabel="s")
    axes.grid(alpha=0.3, axis="x")
    axes.invert_yaxis()
    figure.tight_layout()
    figure.savefig(path)
    pyplot.close(figure)
