"""B7: jumps to any instant of a long tape, to the state and to the picture; and what else a long tape costs the desk."""

from __future__ import annotations

from pathlib import Path

from . import plots as draw, rounds
from .bench import Bench
from .tapes import long_tape

EVENTS = 100_000
FRAME_MS = 20.0
KEYS = ("parse_s", "fold_s", "held_mib", "state_p50_ms", "state_p99_ms", "state_max_ms", "first_jump_ms",
        "first_origins_ms", "jump_p50_ms", "edit_middle_ms", "edit_end_ms")
PICTURE = ("p50_ms", "p99_ms", "max_ms", "compose_p50_ms", "draw_p50_ms", "draw_p99_ms", "cpu_ms")


def run(bench: Bench) -> None:
    tape = long_tape(bench.out / "tapes", bench.few(EVENTS, 5_000))
    jumps, pictures = bench.few(500, 20), bench.few(150, 10)

    def seek(number: int) -> dict:
        # Other instants in each round.
        done = bench.engine_json("seek", str(tape), "--states", str(jumps), "--pictures", str(pictures),
                                 "--seed", str(number + 1))
        return {**{key: done[key] for key in KEYS}, **{f"picture_{key}": done["pictures"][key] for key in PICTURE}}

    measured = rounds.alternate(bench.rounds, {"leitai": seek}, bench.log)["leitai"]
    figures = {key: rounds.figure(measured, key).json() for key in measured[0]}
    bench.save("b7", {"events": bench.few(EVENTS, 5_000), "jumps": jumps, "pictures": pictures, **figures})


def section(result: dict, plots: Path) -> dict:
    rows = ["| | ms |", "|---|---|"]
    for key, name in (("state_p50_ms", "to the state, p50"), ("state_p99_ms", "to the state, p99"),
                      ("state_max_ms", "to the state, longest"), ("picture_p50_ms", "to the picture, p50"),
                      ("picture_p99_ms", "to the picture, p99"), ("picture_max_ms", "to the picture, longest"),
                      ("picture_compose_p50_ms", "of which composing, p50"), ("picture_draw_p50_ms", "of which drawing, p50"),
                      ("first_jump_ms", "first jump to a mark after opening"),
                      ("first_origins_ms", "first look at what made a score"), ("jump_p50_ms", "any jump to a mark after it"),
                      ("edit_end_ms", "an edit near the end"), ("edit_middle_ms", "an edit in the middle")):
        rows.append(f"| {name} | {draw.said(result[key])} |")
    draw.bars(plots / "b7.svg", f"Jumps in {result['events']} events",
              [(name, result[key]) for key, name in (("state_p50_ms", "state p50"), ("state_p99_ms", "state p99"),
                                                     ("picture_p50_ms", "picture p50"), ("picture_p99_ms", "picture p99"))],
              "ms")
    state, picture = result["state_p99_ms"], result["picture_p99_ms"]
    text = f"""## B7 Seek

{result['jumps']} random instants of a tape of {result['events']} events to the state, {result['pictures']} to the picture
(director, frame, 1080p drawn and read back), in one process; before, some states are compared with a fold from the
beginning and some pictures with what play brings, byte for byte. Opening the tape takes
{draw.said(result['parse_s'])} s to read its lines and {draw.said(result['fold_s'])} s to fold it once.

{chr(10).join(rows)}

![B7](plots/b7.svg)
"""
    return {"text": text, "targets": [
        {"what": f"B7 seek to the state, p99 of {result['events']} events", "asked": "≤ 5 ms",
         "measured": f"{draw.said(state)} ms", "met": state["median"] <= 5},
        {"what": "B7 seek to the picture, p99, 1080p", "asked": f"≤ 1 frame ({FRAME_MS:.0f} ms)",
         "measured": f"{draw.said(picture)} ms", "met": picture["median"] <= FRAME_MS},
    ]}
