"""Scale by the tape's length, by teams and by voters: what does not touch a pixel."""

from __future__ import annotations

from pathlib import Path

from . import plots as draw
from .bench import Bench
from .tapes import long_tape


def measure(bench: Bench) -> dict:
    lengths = [1_000, 10_000] if bench.smoke else [1_000, 3_000, 10_000, 30_000, 100_000, 300_000, 1_000_000]
    by_length = []
    for events in lengths:
        done = bench.engine_json("seek", str(long_tape(bench.out / "tapes", events)), "--pictures", "0",
                                 "--states", str(bench.few(300, 20)))
        by_length.append({
            "events": events, "parse_us": done["parse_cpu_s"] / events * 1e6, "fold_us": done["fold_cpu_s"] / events * 1e6,
            "open_s": done["read_s"] + done["parse_s"] + done["fold_s"], "state_p50_ms": done["state_p50_ms"],
            "state_p99_ms": done["state_p99_ms"], "first_jump_ms": done["first_jump_ms"], "held_mib": done["held_mib"]})
        bench.log(f"  {events} events: " + ", ".join(f"{k} {v:.4g}" for k, v in by_length[-1].items()))
    grown = bench.engine_json("grow", "--count", str(bench.few(300, 20)))
    return {"length": by_length, **grown}


def section(result: dict, plots: Path) -> dict:
    length = result["length"]

    def by(key: str, factor: float = 1.0) -> list[tuple[float, float]]:
        return [(one["events"], one[key] * factor) for one in length]

    draw.curves(plots / "scale-tape.svg", "Tape length", "events", "ms",
                {"open": by("open_s", 1e3), "jump to a state, p50": by("state_p50_ms"),
                 "jump to a state, p99": by("state_p99_ms"), "first jump to a mark": by("first_jump_ms")})
    draw.curves(plots / "scale-event.svg", "An event of a tape", "events", "µs an event, MiB",
                {"read and checked, µs": by("parse_us"), "folded, µs": by("fold_us"), "tape held, MiB": by("held_mib")})
    teams, voters = result["teams"], result["voters"]
    draw.curves(plots / "scale-teams.svg", "Teams", "teams", "µs", {
        "frame: question": [(one["teams"], one["card"]["compose_us"]) for one in teams],
        "frame: standings": [(one["teams"], one["standings"]["compose_us"]) for one in teams],
        "event: a score": [(one["teams"], one["card"]["event_us"]) for one in teams]})
    draw.curves(plots / "scale-voters.svg", "Voters", "voters", "µs", {
        "frame: the audience's duel": [(one["voters"], one["duel"]["compose_us"]) for one in voters],
        "event: an answer": [(one["voters"], one["duel"]["event_us"]) for one in voters]})
    rows = ["| events | open, s | read, µs/event | fold, µs/event | jump p50, ms | p99 | first mark, ms | held, MiB |",
            "|---|---|---|---|---|---|---|---|"]
    rows += [f"| {one['events']} | {one['open_s']:.2f} | {one['parse_us']:.1f} | {one['fold_us']:.1f} | "
             f"{one['state_p50_ms']:.2f} | {one['state_p99_ms']:.2f} | {one['first_jump_ms']:.2f} | {one['held_mib']:.0f} |"
             for one in length]
    grows = max(draw.slope(by("parse_us")), draw.slope(by("fold_us")))
    text = f"""### Tape length, teams, voters

A slope of 1 is proportional to what is counted, 0 does not grow with it.

{chr(10).join(rows)}

![tape](plots/scale-tape.svg) ![event](plots/scale-event.svg)
![teams](plots/scale-teams.svg) ![voters](plots/scale-voters.svg)
"""
    return {"text": text, "targets": [
        {"what": "Scale: an event's cost against the tape's length", "asked": "does not grow (slope ≤ 0.1)",
         "measured": f"slope {grows:.2f}", "met": grows <= 0.1},
    ]}
