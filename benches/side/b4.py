"""B4: memory of a program on air at 1080p after a long show, and how it grows over eight hours; beside a page in Chromium."""

from __future__ import annotations

import os
import shutil
import socket
import subprocess
import tempfile
import time
from contextlib import contextmanager
from pathlib import Path

import numpy

from . import machine, plots as draw, rounds
from .bench import HERE, Bench
from .line_rate import LineRate
from .tapes import long_tape

PAGE = HERE / "peer" / "catchup.html"
SHOW_HOURS = 8
CHROMIUM = ("chromium", "--no-sandbox", "--no-first-run", "--kiosk", "--disable-gpu", "--window-size=1920,1080",
            "--window-position=0,0", "--test-type", "--disable-background-networking", "--disable-component-update",
            "--disable-sync", "--disable-extensions", "--mute-audio", "--password-store=basic")
REST_S = 5.0
"""After the last event, until memory is read."""


def run(bench: Bench) -> None:
    sizes = [0, 1_000] if bench.smoke else [0, 10_000, 100_000]
    count = bench.few(3, 1)
    with screen() as environment:
        after: dict[str, list] = {}
        for events in sizes:
            server = LineRate(max(events, 1), PAGE.read_bytes())
            measured = rounds.alternate(count, {
                "leitai": lambda _, of=server: {"pss_mib": after_events(leitai(bench, of.url), environment, of, None)},
                "page": lambda _, of=server: {"pss_mib": after_events(page(of, of.count), environment, of, of)},
            }, bench.log)
            server.close()
            after[str(events)] = {
                **{side: rounds.figure(one, "pss_mib").json() for side, one in measured.items()},
                "ratio": rounds.ratio(measured["leitai"], measured["page"], "pss_mib").json(),
            }
        soak = {side: soaked(bench, side, environment) for side in ("leitai", "page")}
    bench.save("b4", {"after": after, "soak": soak})


@contextmanager
def screen():
    """A screen of 1920 × 1080 of one's own."""
    read, write = os.pipe()
    xvfb = subprocess.Popen(["Xvfb", "-displayfd", str(write), "-screen", "0", "1920x1080x24", "-nolisten", "tcp"],
                            pass_fds=[write], stderr=subprocess.DEVNULL)
    os.close(write)
    try:
        with os.fdopen(read) as said:
            number = said.readline().strip()
        yield {**os.environ, "DISPLAY": f":{number}", "ALSA_CONFIG_PATH": "/dev/null"}
    finally:
        xvfb.kill()
        xvfb.wait()


def leitai(bench: Bench, url: str):
    def command(folder: Path) -> list[str]:
        return [str(bench.leitai), "live", url, "--no-console", "--no-control", "--size", "1920x1080",
                "--tape", str(folder / "live.ndjson")]
    return command


def page(server: LineRate, last: int, more: str = ""):
    def command(folder: Path) -> list[str]:
        return [shutil.which(CHROMIUM[0]) or CHROMIUM[0], *CHROMIUM[1:], f"--user-data-dir={folder}",
                f"http://127.0.0.1:{server.port}/?stays&last={last}{more}"]
    return command


@contextmanager
def on_air(command, environment: dict):
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as name:
        folder = Path(name)
        process = subprocess.Popen(command(folder), env={**environment, "HOME": name}, cwd=name,
                                   stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            yield process, folder
        finally:
            for one in machine.tree(process.pid) if process.poll() is None else []:
                one.kill()
            process.wait()


def after_events(command, environment: dict, server: LineRate, told: LineRate | None) -> float:
    """MiB of the whole tree once all events are in and it has rested."""
    said = len(server.said)
    with on_air(command, environment) as (process, folder):
        deadline = time.monotonic() + 240
        recorded = folder / "live.ndjson"
        while not (len(told.said) > said if told else lines(recorded) > server.count):
            if time.monotonic() > deadline or process.poll() is not None:
                raise RuntimeError(f"not all of {server.count} events arrived ({process.poll()})")
            time.sleep(0.1)
        time.sleep(REST_S)
        return machine.pss_mib(process.pid)


def lines(path: Path) -> int:
    return path.read_bytes().count(b"\n") if path.exists() else 0


def soaked(bench: Bench, side: str, environment: dict) -> dict:
    """Samples of memory over a show that passes many times as fast; instants and countdowns shrink with it."""
    for_s = bench.few(90, 12)
    events = bench.few(20_000, 1_000)
    hours = SHOW_HOURS * events / 20_000
    tape = long_tape(bench.out / "tapes", events)
    speed = hours * 3600 / for_s
    with socket.create_server(("127.0.0.1", 0)) as free:
        port = free.getsockname()[1]
    serve = subprocess.Popen([bench.leitai, "serve", str(tape), "--listen", f"127.0.0.1:{port}", "--speed", f"{speed:.3f}"],
                             stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
    web = LineRate(1, PAGE.read_bytes())
    try:
        wait_for(port)
        command = leitai(bench, f"ws://127.0.0.1:{port}/") if side == "leitai" else page(web, events, f"&feed=127.0.0.1:{port}")
        with on_air(command, environment) as (process, _):
            begun, samples = time.monotonic(), []
            while (elapsed := time.monotonic() - begun) < for_s:
                if process.poll() is not None:
                    raise RuntimeError(f"{side} ended in the middle of the show")
                samples.append((elapsed / for_s * hours, machine.pss_mib(process.pid)))
                time.sleep(0.5)
    finally:
        serve.kill()
        serve.wait()
        web.close()
    # The start belongs to the start: the last three quarters count.
    settled = [sample for sample in samples if sample[0] >= hours / 4]
    return {"samples": samples, "hours": hours, "speed": speed, "slope_mib_per_hour": theil_sen(settled)}


def wait_for(port: int) -> None:
    for _ in range(100):
        try:
            socket.create_connection(("127.0.0.1", port), timeout=1).close()
            return
        except OSError:
            time.sleep(0.1)
    raise RuntimeError("the server does not answer")


def theil_sen(samples: list[tuple[float, float]]) -> dict:
    """The median of the slopes between all pairs, with the middle half of them."""
    x, y = (numpy.array(values) for values in zip(*samples, strict=True))
    first, second = numpy.triu_indices(len(x), 1)
    slopes = (y[second] - y[first]) / (x[second] - x[first])
    low, median, high = (float(value) for value in numpy.percentile(slopes, [25, 50, 75]))
    return {"low": low, "median": median, "high": high}


def section(result: dict, plots: Path) -> dict:
    rows = ["| events | leitai, MiB | page, MiB | leitai to page |", "|---|---|---|---|"]
    for events, one in result["after"].items():
        rows.append(f"| {events} | {draw.said(one['leitai'], 0)} | {draw.said(one['page'], 0)} | {draw.said(one['ratio'])} |")
    draw.lines(plots / "b4.svg", "Memory over a show", "hours of the show", "MiB (Pss)",
               {"leitai": result["soak"]["leitai"]["samples"], "page": result["soak"]["page"]["samples"]})
    worst = max(result["after"].values(), key=lambda one: one["ratio"]["median"])["ratio"]
    soak = result["soak"]["leitai"]
    slope, other = soak["slope_mib_per_hour"], result["soak"]["page"]["slope_mib_per_hour"]
    text = f"""## B4 Memory

Pss of the whole tree of processes, in a window of 1920 × 1080: `leitai live` (software rasteriser and all, recording the
session), and Chromium with the page of B5. Each is given the whole log at once and read {REST_S:.0f} s after the last event.

{chr(10).join(rows)}

Then {soak['hours']:.1f} hours of a show, {soak['speed']:.0f} times as fast, its countdowns with it; the slope (Theil–Sen) is
that of the last three quarters: leitai {slope['median']:.2f} MiB an hour ({slope['low']:.2f} to {slope['high']:.2f}), the page
{other['median']:.2f}. What grows with events shows in full, what would grow with pictures is seen that many times less often.

![B4](plots/b4.svg)
"""
    return {"text": text, "targets": [
        {"what": "B4 memory at 1080p, worst of the sizes", "asked": "≤ 0.4 × the page's Pss",
         "measured": f"{draw.said(worst)} ×", "met": worst["median"] <= 0.4},
        {"what": "B4 growth over a show", "asked": "< 1 MB an hour", "measured": f"{slope['median']:.2f} MiB an hour",
         "met": slope["median"] < 1},
    ]}
