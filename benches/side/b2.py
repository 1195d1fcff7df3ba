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

EVENTS = {"still": 75, "countdown": 36}
"""A round's, on each side: seven rounds make more than 500, and half as many beside a countdown."""
PAUSES_S = (0.08, 0.2)
WITHIN_S = 2.0
"""An event that is not seen by then is lost, and the run with it."""
SETTLED_S = 0.5
Side = Callable[[Screen, Feed], OnAir]


def measure(side: Side, counts: dict[str, int], seed: int) -> dict[str, dict]:
    """One side on air, row by row: each event's way to the screen, ms, and what the time cost it."""
    measured = {}
    with Screen() as screen, Feed(LOG) as feed, side(screen, feed) as program:
        idle = first_pictures(screen, feed)
        chosen = 0
        for row, count in counts.items():
            if row == "countdown":
                feed.say("countdown.started", {"id": "c1", "ends_at": feed.now_us() + COUNTDOWN_US})
                time.sleep(SETTLED_S)
            began, cpu_s = time.monotonic(), machine.cpu_s(program.pid)
            latency_ms = []
            for pause_s in rounds.instants(count, *PAUSES_S, seed):
                latency_ms.append(one(screen, feed, idle, chosen, pause_s))
                chosen = 1 - chosen
            spent_s, used_s = time.monotonic() - began, machine.cpu_s(program.pid) - cpu_s
            measured[row] = {"latency_ms": latency_ms, "cpu_percent": 100 * used_s / spent_s}
    return measured


def one(screen: Screen, feed: Feed, idle: dict[str, bytes], chosen: int, pause_s: float) -> float:
    """One event after a pause: the other option is chosen. ms until the former one is seen let go."""
    before, now = CHOICES[chosen], CHOICES[1 - chosen]
    due = time.monotonic() + pause_s
    # It is seen as chosen before, so that its going is this event's doing and nothing else's.
    if screen.until(LETTERS[before], lambda seen: seen != idle[before], WITHIN_S) is None:
        raise RuntimeError(f"{before} was never seen chosen")
    time.sleep(max(0.0, due - time.monotonic()))
    sent = choose(feed, now)
    seen = screen.until(LETTERS[before], lambda seen: seen == idle[before], WITHIN_S)
    if seen is None:
        raise RuntimeError(f"choosing {now} was not seen within {WITHIN_S} s")
    return (seen - sent) * 1000


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
            measured = measure(lambda screen, feed, v=variant: page(screen, feed, v), {"still": 20}, 2)["still"]
        except RuntimeError as error:
            bench.log(f"  {variant.name}: {error}")
            continue
        medians[variant] = figures(measured)["p50_ms"]
        bench.log(f"  {variant.name}: {medians[variant]:.1f} ms")
    return min(medians, key=lambda variant: medians[variant])


def run(bench: Bench) -> None:
    counts = {row: bench.few(count, 10) for row, count in EVENTS.items()}
    variant = fastest(bench)
    latencies = {row: {"leitai": [], "peer": []} for row in counts}

    def side(name: str, start: Side) -> Callable[[int], dict]:
        def measured(number: int) -> dict:
            told = {}
            for row, each in measure(start, counts, 20 + number).items():
                latencies[row][name].append(each["latency_ms"])
                told |= {f"{row}_{key}": value for key, value in figures(each).items()}
            return told
        return measured

    sides = {"leitai": side("leitai", lambda screen, feed: live(bench, screen, feed)),
             "peer": side("peer", lambda screen, feed: page(screen, feed, variant))}
    measured = rounds.alternate(bench.rounds, sides, bench.log)
    bench.save("b2", {"variant": variant.name, "sides": measured, "latency_ms": latencies})


ROWS = {"still": "nothing else moves", "countdown": "a countdown runs"}
NAMES = {"leitai": "leitai", "peer": "Chromium"}


def section(result: dict, plots: Path) -> dict:
    events = {row: sum(map(len, result["latency_ms"][row]["leitai"])) for row in ROWS}
    lines = ["## B2: event to pixel", "",
             f"Events at random instants ({1000 * PAUSES_S[0]:.0f} to {1000 * PAUSES_S[1]:.0f} ms apart), sent over "
             "WebSocket; a spot of the screen that each of them changes at once is read every millisecond by the process "
             f"that sends. Every event was seen, once. Chromium: {result['variant']}.", "",
             "| | | events | p50 ms | p95 ms | p99 ms | processor |", "|---|---|---|---|---|---|---|"]
    targets = []
    for row, told in ROWS.items():
        latencies = result["latency_ms"][row]
        for name, by_round in latencies.items():
            p = numpy.percentile(sum(by_round, []), [50, 95, 99])
            cpu = rounds.figure(result["sides"][name], f"{row}_cpu_percent").median
            lines.append(f"| {told} | {NAMES[name]} | {events[row]} | {p[0]:.1f} | {p[1]:.1f} | {p[2]:.1f} | {cpu:.0f} % |")
        for percentile in (50, 99):
            ratio, low, high = ratio_of(latencies, percentile)
            targets.append({"what": f"B2 p{percentile}, {told}", "asked": "≤ 0.5 × the peer",
                            "measured": f"{ratio:.2f} × ({low:.2f} to {high:.2f})", "met": ratio <= 0.5})
    draw(result["latency_ms"], plots / "b2.svg")
    lines += ["", "![Share of events seen by then](plots/b2.svg)", ""]
    return {"text": "\n".join(lines), "targets": targets}


def ratio_of(latencies: dict[str, list[list[float]]], percentile: int) -> tuple[float, float, float]:
    """Ours to theirs over all events, with the 95 % interval that drawing rounds anew gives."""
    ours, theirs = latencies["leitai"], latencies["peer"]

    def ratio(chosen: list[int]) -> float:
        a, b = (numpy.percentile(numpy.concatenate([side[n] for n in chosen]), percentile) for side in (ours, theirs))
        return float(a / b)

    dice = numpy.random.default_rng(7)
    drawn = [ratio(list(dice.integers(len(ours), size=len(ours)))) for _ in range(500)]
    low, high = numpy.percentile(drawn, [2.5, 97.5])
    return ratio(list(range(len(ours)))), float(low), float(high)


def draw(latency_ms: dict, path: Path) -> None:
    """How many of the events had been seen after how long."""
    import matplotlib
    matplotlib.use("svg")
    from matplotlib import pyplot
    figure, axes = pyplot.subplots(figsize=(8, 4))
    for row, style in (("still", "-"), ("countdown", "--")):
        for name, colour in (("leitai", "#1659B6"), ("peer", "#CF3B3B")):
            values = sorted(sum(latency_ms[row][name], []))
            share = [100 * (n + 1) / len(values) for n in range(len(values))]
            axes.step(values, share, style, where="post", color=colour, label=f"{NAMES[name]}, {ROWS[row]}")
    axes.set(xlabel="after ms", ylabel="events seen, %", xlim=(0, None), ylim=(0, 100))
    axes.grid(alpha=0.3)
    axes.legend()
    figure.tight_layout()
    figure.savefig(path)
    pyplot.close(figure)
