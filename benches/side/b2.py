"""B2: from an event's sending to its pixels, at random instants; idle, and beside a running countdown."""

from __future__ import annotations

import time
from collections.abc import Callable
from pathlib import Path

import numpy

from . import machine, rounds
from .bench import Bench
from .feed import Feed
from .onair import CHOICES, COUNTDOWN_US, LETTERS, LOG, SOFTWARE, VARIANTS, OnAir, Variant, choose, live, page
from .screen import Screen

EVENTS = 75
"""A round's, on each side: seven rounds make more than 500."""
PAUSES_S = (0.08, 0.2)
WITHIN_S = 2.0
"""An event that is not seen by then is lost, and the run with it."""
SETTLED_S = 0.5
Side = Callable[[Screen, Feed], OnAir]


def measure(side: Side, count: int, seed: int, is_busy: bool) -> dict:
    """One side on air: each event's way to the screen, ms, and what the time cost it."""
    with Screen() as screen, Feed(LOG) as feed, side(screen, feed) as program:
        idle = first_pictures(screen, feed)
        if is_busy:
            feed.say("countdown.started", {"id": "c1", "ends_at": feed.now_us() + COUNTDOWN_US})
            time.sleep(SETTLED_S)
        began, cpu_s = time.monotonic(), machine.cpu_s(program.pid)
        latency_ms = []
        for n, pause_s in enumerate(rounds.instants(count, *PAUSES_S, seed)):
            before, now = CHOICES[n % 2], CHOICES[(n + 1) % 2]
            due = time.monotonic() + pause_s
            # The one before is seen as chosen, so that its going is this event's doing and nothing else's.
            if screen.until(LETTERS[before], lambda seen, of=before: seen != idle[of], WITHIN_S) is None:
                raise RuntimeError(f"event {n}: {before} was never seen chosen")
            time.sleep(max(0.0, due - time.monotonic()))
            sent = choose(feed, now)
            seen = screen.until(LETTERS[before], lambda seen, of=before: seen == idle[of], WITHIN_S)
            if seen is None:
                raise RuntimeError(f"event {n} was not seen within {WITHIN_S} s")
            latency_ms.append((seen - sent) * 1000)
        spent_s, used_s = time.monotonic() - began, machine.cpu_s(program.pid) - cpu_s
    return {"latency_ms": latency_ms, "cpu_percent": 100 * used_s / spent_s}


def first_pictures(screen: Screen, feed: Feed) -> dict[str, bytes]:
    """Waits for the first picture, and learns what each letter looks like when its option is not chosen."""
    feed.wait_for_client(30)
    if screen.until(LETTERS["A"], any, 30) is None:
        raise RuntimeError("there was no picture within 30 s")
    idle = {}
    for choice in ("B", "A"):
        spots = [LETTERS[each] for each in CHOICES]
        before = dict(zip(CHOICES, screen.settled(spots, SETTLED_S, 30), strict=True))
        choose(feed, choice)
        if screen.until(LETTERS[choice], lambda now, of=choice: now != before[of], 30) is None:
            raise RuntimeError(f"choosing {choice} was never seen")
        seen = dict(zip(CHOICES, screen.settled(spots, SETTLED_S, 30), strict=True))
        other = CHOICES[1 - CHOICES.index(choice)]
        idle[other] = seen[other]
        if seen[choice] == seen[other] or not any(seen[other]):
            raise RuntimeError("the options are not on the screen as they should be")
    return idle


def figures(measured: dict) -> dict:
    """A round's figures, ms and %."""
    p50, p95, p99 = numpy.percentile(measured["latency_ms"], [50, 95, 99])
    return {"p50_ms": float(p50), "p95_ms": float(p95), "p99_ms": float(p99), "cpu_percent": measured["cpu_percent"]}


def fastest(bench: Bench) -> Variant:
    """The browser's variant with the least median; looked for once."""
    if bench.smoke:
        return SOFTWARE
    medians = {}
    for variant in VARIANTS:
        try:
            measured = measure(lambda screen, feed, v=variant: page(screen, feed, v), 20, 2, False)
        except RuntimeError as error:
            bench.log(f"  {variant.name}: {error}")
            continue
        medians[variant] = figures(measured)["p50_ms"]
        bench.log(f"  {variant.name}: {medians[variant]:.1f} ms")
    return min(medians, key=lambda variant: medians[variant])


def run(bench: Bench) -> None:
    count = bench.few(EVENTS, 20)
    variant = fastest(bench)
    result = {"variant": variant.name, "events": count}
    for row in ("still", "countdown"):
        latencies: dict[str, list[float]] = {"leitai": [], "peer": []}

        def side(name: str, start: Side, row: str = row, latencies: dict = latencies) -> Callable[[int], dict]:
            def one(number: int) -> dict:
                measured = measure(start, count, 20 + number, row == "countdown")
                latencies[name] += measured["latency_ms"]
                return figures(measured)
            return one

        sides = {"leitai": side("leitai", lambda screen, feed: live(bench, screen, feed)),
                 "peer": side("peer", lambda screen, feed: page(screen, feed, variant))}
        bench.log(f"  {row}:")
        result[row] = {"sides": rounds.alternate(bench.rounds, sides, bench.log), "latency_ms": latencies}
    bench.save("b2", result)


ROWS = {"still": "nothing else moves", "countdown": "a countdown runs"}
NAMES = {"leitai": "leitai", "peer": "Chromium"}


def section(result: dict, plots: Path) -> dict:
    lines = ["## B2: event to pixel", "",
             f"{result['events']} events a round at random instants ({1000 * PAUSES_S[0]:.0f} to {1000 * PAUSES_S[1]:.0f} ms "
             "apart), sent over WebSocket; a spot of the screen is read every millisecond by the process that sends. Each "
             f"event is seen, once. Chromium: {result['variant']}.", "",
             "| | | p50 ms | p95 ms | p99 ms | processor |", "|---|---|---|---|---|---|"]
    targets = []
    for row, told in ROWS.items():
        sides, latencies = result[row]["sides"], result[row]["latency_ms"]
        for name, values in latencies.items():
            p = numpy.percentile(values, [50, 95, 99])
            cpu = rounds.figure(sides[name], "cpu_percent").median
            lines.append(f"| {told} | {NAMES[name]} | {p[0]:.1f} | {p[1]:.1f} | {p[2]:.1f} | {cpu:.0f} % |")
        for percentile, key in ((50, "p50_ms"), (99, "p99_ms")):
            ratio = rounds.ratio(sides["leitai"], sides["peer"], key)
            targets.append({"what": f"B2 p{percentile}, {told}", "asked": "≤ 0.5 × the peer",
                            "measured": f"{ratio.median:.2f} × ({ratio.low:.2f} to {ratio.high:.2f})",
                            "met": ratio.median <= 0.5})
    draw(result, plots / "b2.svg")
    lines += ["", "![Share of events seen by then](plots/b2.svg)", ""]
    return {"text": "\n".join(lines), "targets": targets}


def draw(result: dict, path: Path) -> None:
    """How many of the events had been seen after how long."""
    import matplotlib
    matplotlib.use("svg")
    from matplotlib import pyplot
    figure, axes = pyplot.subplots(figsize=(8, 4))
    for row, style in (("still", "-"), ("countdown", "--")):
        for name, colour in (("leitai", "#1659B6"), ("peer", "#CF3B3B")):
            values = sorted(result[row]["latency_ms"][name])
            share = [100 * (n + 1) / len(values) for n in range(len(values))]
            axes.step(values, share, style, where="post", color=colour, label=f"{NAMES[name]}, {ROWS[row]}")
    axes.set(xlabel="after ms", ylabel="events seen, %", xlim=(0, None), ylim=(0, 100))
    axes.grid(alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(path)
    pyplot.close(figure)
