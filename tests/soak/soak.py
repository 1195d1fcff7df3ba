#!/usr/bin/env python3
"""Long nights: a show of eight hours at many times its speed and half an hour of a real one, watched from outside.

Plotted over the show's time: memory, frame times, glyphs that are kept, file handles, threads, log and tape. Each promise has
a line that says whether it was kept. `--smoke` runs everything for seconds: it proves the way, its figures say nothing.
Other proofs of hours join in by a name in `PROOFS`."""

from __future__ import annotations

import argparse
import http.client
import json
import os
import secrets
import signal
import socket
import subprocess
import sys
import tempfile
import time
from contextlib import contextmanager
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
sys.path.insert(0, str(ROOT))

from benches.side import machine, plots  # noqa: E402
from benches.side.b4 import screen, theil_sen  # noqa: E402
from benches.side.tapes import long_tape  # noqa: E402

SHOW_HOURS, SHOW_EVENTS = 8, 20_000
"""An evening as the benches have it: 2 500 events an hour."""
SLOPE_MB_H, DRIFT = 1.0, 0.05
"""The promises: memory grows by less in an hour of the show, a frame's p99 moves by less."""
WARM = 0.25
"""The start belongs to the start."""
SAMPLES = 400
"""Of a run; the plots need no more."""


@dataclass
class Soak:
    """One run of `make soak`."""

    leitai: Path
    out: Path
    smoke: bool
    verdicts: list[tuple[str, str, str, bool | None]] = field(default_factory=list)
    """What was promised, of which run, the figure, whether it was kept; None where the figure says nothing."""

    def say(self, promise: str, run: str, figure: str, kept: bool | None) -> None:
        self.verdicts.append((promise, run, figure, kept))
        word = {True: "kept", False: "BROKEN", None: "no verdict (smoke)"}[kept]
        print(f"{word:>18}  {run}: {promise}: {figure}", flush=True)


def main() -> int:
    read = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    read.add_argument("--leitai", type=Path, required=True)
    read.add_argument("--out", type=Path, default=ROOT / "out" / "soak")
    read.add_argument("--smoke", action="store_true")
    read.add_argument("--only", nargs="*", choices=[*PROOFS], help="only these runs")
    asked = read.parse_args()
    soak = Soak(asked.leitai.resolve(), asked.out, asked.smoke)
    soak.out.mkdir(parents=True, exist_ok=True)
    for name in asked.only or PROOFS:
        print(f"# {name}", flush=True)
        PROOFS[name](soak, name)
    table = ["| promise | run | figure | kept |", "|---|---|---|---|"]
    word = {True: "yes", False: "**no**", None: "–"}
    table += [f"| {promise} | {run} | {figure} | {word[kept]} |" for promise, run, figure, kept in soak.verdicts]
    (soak.out / "soak.md").write_text("\n".join(table) + "\n")
    print(f"plots and table: {soak.out}")
    return 1 if any(kept is False for *_, kept in soak.verdicts) else 0


def evening(soak: Soak, name: str) -> None:
    """Eight hours in windows, many times as fast; countdowns shrink with the rest."""
    for_s = 25 if soak.smoke else 600
    events = 1_000 if soak.smoke else SHOW_EVENTS
    hours = SHOW_HOURS * events / SHOW_EVENTS
    with screen() as environment:
        watched(soak, name, events, hours * 3600 / for_s, for_s, ["--no-supervise", "--no-console", "--size", "1920x1080"], environment)


def headless(soak: Soak, name: str) -> None:
    """The same without windows, an output written as a film encoder would be fed."""
    for_s = 20 if soak.smoke else 600
    events = 1_000 if soak.smoke else SHOW_EVENTS
    hours = SHOW_HOURS * events / SHOW_EVENTS
    outputs = soak.out / "headless.ron"
    outputs.write_text('(outputs: [(name: "tv", class: tv, raster: (960, 540), rate: "25", '
                       'place: pipe(path: "/dev/null", wire: rgba))])\n')
    watched(soak, name, events, hours * 3600 / for_s, for_s, ["--headless", "--for", "24:00:00", "--outputs", str(outputs)], dict(os.environ))


def real(soak: Soak, name: str) -> None:
    """Half an hour as it is, in windows, with the operator's console."""
    for_s = 20 if soak.smoke else 1800
    with screen() as environment:
        watched(soak, name, SHOW_EVENTS if not soak.smoke else 1_000, 1.0, for_s, ["--no-supervise", "--size", "1280x720"], environment)


PROOFS = {"evening": evening, "headless": headless, "real": real}


# What is measured is the show itself: its guard would be another process, and would start it again when it ends.
def watched(soak: Soak, name: str, events: int, speed: float, for_s: float, flags: list[str], environment: dict) -> None:
    """One run: a served tape, the program on air, and what was seen of it."""
    tape = long_tape(soak.out / "tapes", events)
    port, control = free_port(), free_port()
    with tempfile.TemporaryDirectory(ignore_cleanup_errors=True) as folder:
        home = Path(folder)
        token = home / "token"
        token.touch(mode=0o600)
        token.write_text(secrets.token_hex(16))
        serve = [soak.leitai, "serve", tape, "--listen", f"127.0.0.1:{port}", "--speed", f"{speed:.3f}"]
        live = [soak.leitai, "--log", home / "log", "live", f"ws://127.0.0.1:{port}/", *flags,
                "--tape", home / "live.ndjson", "--control", f"127.0.0.1:{control}", "--control-token-file", token]
        environment = {**environment, "HOME": folder}
        with running(serve, environment), running([*map(str, live)], environment) as process:
            until_it_answers(process, control)
            samples = sample(process, home, Desk(control, token.read_text()), for_s, speed)
            ended_well(soak, name, process)
    (soak.out / f"{name}.json").write_text(json.dumps(samples) + "\n")
    draw(soak, name, samples)
    judge(soak, name, samples)


@contextmanager
def running(command: list, environment: dict):
    process = subprocess.Popen(command, env=environment, cwd=environment["HOME"], stdout=subprocess.DEVNULL,
                               stderr=subprocess.DEVNULL)
    try:
        yield process
    finally:
        if process.poll() is None:
            process.kill()
        process.wait()


def until_it_answers(process: subprocess.Popen, port: int) -> None:
    deadline = time.monotonic() + 120
    while True:
        try:
            socket.create_connection(("127.0.0.1", port), timeout=5).close()
            return
        except OSError:
            if process.poll() is not None or time.monotonic() > deadline:
                raise RuntimeError(f"the program does not answer ({process.poll()})") from None
            time.sleep(0.1)


class Desk:
    """The remote control, asked again and again over one connection."""

    def __init__(self, port: int, token: str) -> None:
        self.connection = http.client.HTTPConnection("127.0.0.1", port, timeout=20)
        self.bearer = {"Authorization": f"Bearer {token}"}

    def state(self) -> dict:
        try:
            self.connection.request("GET", "/v1/state", headers=self.bearer)
            answer = json.loads(self.connection.getresponse().read())
        except (http.client.HTTPException, ConnectionError):
            self.connection.close()
            return {}
        return answer.get("state", answer)


def sample(process: subprocess.Popen, home: Path, desk: Desk, for_s: float, speed: float) -> list[dict]:
    begun, samples = time.monotonic(), []
    while (elapsed := time.monotonic() - begun) < for_s:
        if process.poll() is not None:
            raise RuntimeError(f"the program ended in the middle of the show ({process.returncode})")
        state = desk.state()
        figures = state.get("machine", {})
        samples.append({
            "hours": elapsed * speed / 3600, "elapsed_s": elapsed, **memory(process.pid),
            "handles": len(os.listdir(f"/proc/{process.pid}/fd")), "threads": len(os.listdir(f"/proc/{process.pid}/task")),
            "log_bytes": size(home / "log"), "tape_bytes": size(home / "live.ndjson"),
            "seq": state.get("on_air", {}).get("seq", 0), "frames": figures.get("frames", 0),
            "p50_ms": figures.get("frame_p50_us", 0) / 1e3, "p99_ms": figures.get("frame_p99_us", 0) / 1e3,
            "late": figures.get("late_frames", 0), "atlas_mib": figures.get("atlas_bytes", 0) / 2**20,
            "dropped": figures.get("log_dropped", 0), "busy": machine.pressure(),
        })
        time.sleep(max(0.0, for_s / SAMPLES))
    return samples


def memory(pid: int) -> dict:
    """All of it, and what is the program's own: pages of libraries are read from their files as they are first needed, and
    the system may drop them at any time (a software driver's compiler has a hundred megabytes of them)."""
    fields = dict(line.split(":", 1) for line in Path(f"/proc/{pid}/smaps_rollup").read_text().splitlines()[1:])
    mib = {key: int(fields[key].split()[0]) / 1024 for key in ("Pss", "Pss_Anon", "Pss_Shmem")}
    return {"pss_mib": mib["Pss"], "own_mib": mib["Pss_Anon"] + mib["Pss_Shmem"]}


def size(path: Path) -> int:
    if path.is_dir():
        return sum(one.stat().st_size for one in path.iterdir())
    return path.stat().st_size if path.exists() else 0


def free_port() -> int:
    with socket.create_server(("127.0.0.1", 0)) as free:
        return free.getsockname()[1]


def ended_well(soak: Soak, name: str, process: subprocess.Popen) -> None:
    """It ends when it is asked to, and at once."""
    process.send_signal(signal.SIGINT)
    try:
        code = process.wait(30)
    except subprocess.TimeoutExpired:
        code = "not within 30 s"
    soak.say("ends when asked", name, f"exit code {code}", code == 0)


def draw(soak: Soak, name: str, samples: list[dict]) -> None:
    def over(*keys: str) -> dict:
        return {key: [(one["hours"], one[key]) for one in samples] for key in keys}

    for what, title, unit, keys in [
        ("memory", "Memory", "MiB (Pss; its own; glyphs)", ("pss_mib", "own_mib", "atlas_mib")),
        ("frames", "Frame times", "ms", ("p50_ms", "p99_ms")),
        ("handles", "File handles and threads", "count", ("handles", "threads")),
        ("files", "Log and tape", "bytes", ("log_bytes", "tape_bytes")),
    ]:
        plots.lines(soak.out / f"{name}-{what}.svg", f"{title}: {name}", "hours of the show", unit, over(*keys))


def judge(soak: Soak, name: str, samples: list[dict]) -> None:
    def part(begin: float, end: float) -> list[dict]:
        return samples[int(len(samples) * begin):max(int(len(samples) * end), int(len(samples) * begin) + 1)]

    def kept(is_kept: bool) -> bool | None:
        return None if soak.smoke else is_kept

    def middle(values: list[float]) -> float:
        values = sorted(values)
        return values[len(values) // 2]

    slope, whole = (theil_sen([(one["hours"], one[key] * 2**20 / 1e6) for one in part(WARM, 1)])
                    for key in ("own_mib", "pss_mib"))
    soak.say(f"memory grows by less than {SLOPE_MB_H:.0f} MB an hour of the show", name,
             f"{slope['median']:.2f} MB/h (middle half {slope['low']:.2f} to {slope['high']:.2f}), with its libraries' pages "
             f"{whole['median']:.2f}; {samples[-1]['own_mib']:.0f} MiB its own, {samples[-1]['pss_mib']:.0f} in all",
             kept(slope["median"] < SLOPE_MB_H))
    first, last = (middle([one["p99_ms"] for one in part(*of)]) for of in ((0.05, 0.3), (0.75, 1)))
    drift = (last - first) / first if first else float("nan")
    soak.say(f"p99 of a frame moves by less than {DRIFT:.0%}", name, f"{drift:+.1%} ({first:.1f} → {last:.1f} ms, "
             f"{samples[-1]['frames']} frames)", kept(abs(drift) < DRIFT))
    for what in ("handles", "threads"):
        leaked = min(one[what] for one in part(0.75, 1)) - max(one[what] for one in part(0.1, 0.35))
        soak.say(f"no {what} leaked", name, f"{max(leaked, 0)} ({middle([one[what] for one in part(0.75, 1)]):.0f} open)",
                 leaked <= 0)
    soak.say("all of the show arrived and was recorded", name, f"event {samples[-1]['seq']}, tape of "
             f"{samples[-1]['tape_bytes'] / 1e6:.1f} MB", samples[-1]["seq"] > 0 and samples[-1]["tape_bytes"] > 0)
    soak.say("the log is bounded and whole", name, f"{samples[-1]['log_bytes']} bytes, {samples[-1]['dropped']} lines dropped",
             samples[-1]["log_bytes"] < 12 * 8 * 2**20 and samples[-1]["dropped"] == 0)


if __name__ == "__main__":
    sys.exit(main())
