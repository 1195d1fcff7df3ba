"""B6: what a frame costs the processor, beside an empty Bevy app with the same plugins."""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("svg")
from matplotlib import pyplot  # noqa: E402

from .bench import Bench  # noqa: E402
from .rounds import Figure  # noqa: E402

SIDES = {
    "bare": "empty app, nothing drawn",
    "empty_frame": "empty app, empty frame, read back",
    "idle": "leitai, nothing changes",
    "ring": "leitai, ring runs",
    "ring_and_digit": "leitai, ring and digit",
    "transition": "leitai, all layers move and fade",
}
COUNTERS = ["layers_drawn", "composited_px", "readback_bytes"]
IDLE_AT_MOST, MOVING_AT_MOST = 1.3, 2.0


def run(bench: Bench) -> None:
    rounds: list[dict] = []
    for number in range(bench.rounds):
        turned = ["--turned"] if number % 2 else []
        said = bench.engine_json("cost", "--updates", str(bench.few(1000, 60)), *turned)
        check(said["sides"])
        rounds.append(said)
        bench.log(f"  round {number + 1}/{bench.rounds}: " +
                  ", ".join(f"{name} {side['cpu_us']:.0f} µs" for name, side in said["sides"].items()))
    sides = {}
    for name in SIDES:
        each = [one["sides"][name] for one in rounds]
        sides[name] = {
            "cpu_us": Figure.of([side["cpu_us"] for side in each]).json(),
            "wall_us": Figure.of([side["wall_us"] for side in each]).json(),
            **{key: each[-1][key] for key in ("allocations", *COUNTERS) if key in each[-1]},
        }

    def ratio(name: str, floor: str) -> dict:
        return Figure.of([one["sides"][name]["cpu_us"] / one["sides"][floor]["cpu_us"] for one in rounds]).json()

    bench.save("b6", {
        "sides": sides, "adapter": rounds[-1]["adapter"], "layers": rounds[-1]["layers"],
        "targets_on_gpu": rounds[-1]["targets"],
        "ratios": {f"{name} {floor}": ratio(name, floor)
                   for name in SIDES for floor in ("bare", "empty_frame") if name not in ("bare", "empty_frame")},
    })


def check(sides: dict) -> None:
    """What is timed did what it was timed for."""
    idle, ring = sides["idle"], sides["ring"]
    if idle["readback_bytes"] > 2 * ring["readback_bytes"] + 1e6:
        raise RuntimeError(f"an idle stage reads pixels back: {idle}")
    for name in ("ring", "ring_and_digit"):
        if not 0.9 < sides[name]["composites"] < 1.1:
            raise RuntimeError(f"not every frame of {name} was composited: {sides[name]}")


def shown(figure: dict, digits: int = 0) -> str:
    return f"{figure['median']:.{digits}f} ({figure['low']:.{digits}f}–{figure['high']:.{digits}f})"


def section(result: dict, plots: Path) -> dict:
    sides, ratios = result["sides"], result["ratios"]
    plot(sides, plots / "b6.svg")
    lines = [
        "## B6: cost of a frame",
        "",
        f"Processor time of all threads for one update at 1920×1080, off screen, on {result['adapter']}; "
        f"{result['layers']} layers on air. All sides live in one process and take turns.",
        "",
        "The floor has two readings, and both are given. **Nothing drawn**: an app with the same plugins, no camera, no "
        "picture. **An empty frame**: the same app with one camera that draws nothing into a 1080p picture, read back by "
        "Bevy's own means: what it costs to have a frame at all. The rows of the target compare like with like: idle, "
        "where neither draws, against nothing drawn, which is the harder one; animating, where both hand out a frame, "
        "against the empty frame.",
        "",
        "| | processor µs | wall µs | × nothing drawn | × an empty frame | layers drawn | px composited | bytes read | "
        "allocations (over 64 kB) |",
        "|---|---|---|---|---|---|---|---|---|",
    ]
    for name, words in SIDES.items():
        side = sides[name]
        against = [shown(ratios[f"{name} {floor}"], 2) if f"{name} {floor}" in ratios else "" for floor in
                   ("bare", "empty_frame")]
        counts = [f"{side[key]:,.2f}" if key == "layers_drawn" else f"{side[key]:,.0f}" if key in side else ""
                  for key in COUNTERS] if "layers_drawn" in side else [""] * 3
        made = side["allocations"]
        lines.append(f"| {words} | {shown(side['cpu_us'])} | {shown(side['wall_us'])} | {' | '.join(against)} | "
                     f"{' | '.join(counts)} | {made['made']:.0f} ({made['large']:.2f}) |")
    lines += ["", "![cost of a frame](plots/b6.svg)", ""]
    idle, moving = ratios["idle bare"], ratios["ring_and_digit empty_frame"]
    return {
        "text": "\n".join(lines),
        "targets": [
            {"what": "B6 idle, to an empty app that draws nothing", "asked": f"≤ {IDLE_AT_MOST}", "measured": shown(idle, 2),
             "met": idle["median"] <= IDLE_AT_MOST},
            {"what": "B6 animating (ring and digit every frame), to an empty app's empty frame",
             "asked": f"≤ {MOVING_AT_MOST}", "measured": shown(moving, 2), "met": moving["median"] <= MOVING_AT_MOST},
        ],
    }


def plot(sides: dict, path: Path) -> None:
    figure, axes = pyplot.subplots(figsize=(8, 3.2))
    names = list(SIDES)[::-1]
    medians = [sides[name]["cpu_us"]["median"] for name in names]
    errors = [[sides[name]["cpu_us"]["median"] - sides[name]["cpu_us"]["low"] for name in names],
              [sides[name]["cpu_us"]["high"] - sides[name]["cpu_us"]["median"] for name in names]]
    colours = ["#888888" if name in ("bare", "empty_frame") else "#1f6bd0" for name in names]
    axes.barh([SIDES[name] for name in names], medians, xerr=errors, color=colours)
    axes.set_xscale("log")
    axes.set_xlabel("processor time of an update, µs")
    figure.tight_layout()
    figure.savefig(path)
    pyplot.close(figure)
