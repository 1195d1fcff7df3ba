"""B5: a renderer that comes late to a long show, until its picture is the last one; beside a page, and a bare loop."""

from __future__ import annotations

import shutil
import subprocess
import tempfile
import time
from pathlib import Path

from . import machine, plots as draw, rounds
from .bench import HERE, Bench
from .line_rate import LineRate

EVENTS = 100_000


def run(bench: Bench) -> None:
    events = bench.few(EVENTS, 5_000)
    server = LineRate(events, (HERE / "peer" / "catchup.html").read_bytes())
    scores: list[dict] = []

    def leitai(number: int) -> dict:
        with tempfile.TemporaryDirectory() as folder:
            done = bench.engine_json("catchup", server.url, "--last", str(events),
                                     "--record", str(Path(folder) / "live.ndjson"))
        scores.append(done["scores"])
        return {key: done[key] for key in ("wall_s", "folded_s", "cpu_s", "frames", "longest_frame_ms", "recorded_bytes")}

    def blind(number: int) -> dict:
        with tempfile.TemporaryDirectory() as folder:
            done = bench.engine_json("catchup", server.url, "--last", str(events), "--blind",
                                     "--record", str(Path(folder) / "live.ndjson"))
        return {key: done[key] for key in ("wall_s", "cpu_s")}

    def bare(*more: str):
        def measured(number: int) -> dict:
            done = bench.engine_json("bare", server.url, "--last", str(events), *more)
            return {key: done[key] for key in ("wall_s", "cpu_s")}
        return measured

    def page(number: int) -> dict:
        done = in_chromium(server, events)
        scores.append(done.pop("scores"))
        return done

    sides = {"leitai": leitai, "page": page, "bare_json": bare("--json"), "bare": bare(), "blind": blind}
    measured = rounds.alternate(bench.rounds, sides, bench.log)
    if any(one != scores[0] for one in scores):
        raise RuntimeError(f"not the same scores at the end: {scores}")
    result = {name: {key: rounds.figure(list_, key).json() for key in list_[0]} for name, list_ in measured.items()}
    for other in ("page", "bare_json", "bare"):
        for key in ("wall_s", "cpu_s"):
            if not all(one[key] for one in measured[other]):
                # Shorter than the clock counts: a smoke run's.
                continue
            result[f"{key}_to_{other}"] = rounds.ratio(measured["leitai"], measured[other], key).json()
    bench.save("b5", {"events": events, **result})


def in_chromium(server: LineRate, events: int) -> dict:
    """One run of the page, until it says that its last picture is on."""
    program = shutil.which("chromium-headless-shell")
    if program is None:
        raise RuntimeError("chromium-headless-shell is not installed")
    said, greeted, start_s = len(server.said), server.greeted, 0.0
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        chromium = subprocess.Popen(
            [program, "--no-sandbox", "--disable-gpu", "--hide-scrollbars", "--window-size=1920,1080",
             f"--user-data-dir={folder}", "--remote-debugging-port=0",
             f"http://127.0.0.1:{server.port}/?last={events}"],
            stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL)
        try:
            deadline = time.monotonic() + 300
            while len(server.said) == said:
                if time.monotonic() > deadline or chromium.poll() is not None:
                    raise RuntimeError("the page did not get to the end")
                if server.greeted == greeted:
                    start_s = machine.cpu_s(chromium.pid)
                time.sleep(0.01)
            done = server.said[-1]
            cpu_s = machine.cpu_s(chromium.pid) - start_s
        finally:
            # Debian's program is a script round the browser.
            for one in machine.tree(chromium.pid) if chromium.poll() is None else []:
                one.kill()
            chromium.wait()
    if done["seq"] != events or done["shown"] != str(events):
        raise RuntimeError(f"the page shows {done}")
    return {"wall_s": done["wall_s"], "cpu_s": cpu_s,
            "frames": done["frames"], "longest_frame_ms": done["longest_frame_ms"], "scores": done["scores"]}


def section(result: dict, plots: Path) -> dict:
    def of(side: str, key: str) -> float:
        return result[side][key]["median"]

    names = {"leitai": "leitai", "page": "page in Chromium", "bare_json": "bare loop + JSON", "bare": "bare loop"}
    draw.bars(plots / "b5.svg", f"{result['events']} events at line rate to the last picture",
              [(names[side], result[side]["wall_s"]) for side in names], "s")
    to_page, to_bare = result["wall_s_to_page"], result["wall_s_to_bare_json"]
    rows = ["| | wall, s | processor, s | µs an event | pictures | longest between two, ms |", "|---|---|---|---|---|---|"]
    for side, name in names.items():
        one = result[side]
        frames = f"{one['frames']['median']:.0f} | {one['longest_frame_ms']['median']:.0f}" if "frames" in one else "– | –"
        rows.append(f"| {name} | {draw.said(one['wall_s'])} | {draw.said(one['cpu_s'])} | "
                    f"{one['wall_s']['median'] / result['events'] * 1e6:.1f} | {frames} |")
    megabytes = of("leitai", "recorded_bytes") / 1e6
    text = f"""## B5 Catch-up

A log of {result['events']} events (`benches/side/tapes.py`) from a server that sends bytes made beforehand, from the
welcome to the last event's picture: leitai reads, parses, checks, records (a line an event, {megabytes:.0f} MB), folds,
hashes the ledger, logs for the operator and draws 1080p at 50 Hz on the way; the page (`benches/peer/catchup.html`,
headless Chromium) parses, folds what it shows and writes one picture per animation
frame. Both end with the same scores. The bare loops are tokio-tungstenite in this program: messages thrown away, and
parsed as the feed parses them.

{chr(10).join(rows)}

Without pictures on the way leitai takes {draw.said(result['blind']['wall_s'])} s.

![B5](plots/b5.svg)
"""
    return {"text": text, "targets": [
        {"what": f"B5 catch-up, {result['events']} events", "asked": "≥ 3 × as fast as the page",
         "measured": f"{1 / to_page['median']:.1f} × ({1 / to_page['high']:.1f}–{1 / to_page['low']:.1f})",
         "met": 1 / to_page["median"] >= 3},
        {"what": "B5 beside the bare loop with JSON", "asked": "≤ 2 × its time",
         "measured": f"{to_bare['median']:.2f} × ({to_bare['low']:.2f}–{to_bare['high']:.2f})",
         "met": to_bare["median"] <= 2},
    ]}
