"""How a frame's cost grows: with layers, pixels, outputs and teams on the picture; and what does not touch a pixel."""

from __future__ import annotations

import json
from pathlib import Path

from . import plots as draw
from . import scale_tape
from .bench import ROOT, Bench

DEMO = ROOT / "assets" / "shows" / "zhongwei-demo.tape.ndjson"
STEPS = {
    "layers": [4, 8, 16, 32, 64],
    "raster": [1280, 1920, 3840, 7680],
    "outputs": [1, 2, 3, 4],
    "teams": [2, 5, 10, 20, 40],
}
PIXELS = {1280: 1280 * 720, 1920: 1920 * 1080, 3840: 3840 * 2160, 7680: 7680 * 2160}
COSTS = {"idle_us": "nothing changes", "ring_us": "ring runs", "whole_us": "all layers move and fade"}


def run(bench: Bench) -> None:
    result: dict = {}
    for against, steps in STEPS.items():
        steps = steps[:2] if bench.smoke else steps
        arguments = ["scale", against, ",".join(str(step) for step in steps), "--updates", str(bench.few(60, 6))]
        if against == "teams":
            arguments += [word for step in steps for word in ("--tape", str(crowd(bench.out / "tapes", step)))]
            arguments[arguments.index("--updates") + 1] = str(bench.few(600, 60))
        result[against] = bench.engine_json(*arguments)["points"]
        for point in result[against]:
            bench.log(f"  {against} " + ", ".join(f"{k} {v:.4g}" for k, v in point.items()))
    bench.save("scale", {**result, "tape": scale_tape.measure(bench)})


def crowd(folder: Path, teams: int) -> Path:
    """Twenty seconds of a show with so many teams: a question with its countdown, scores that count, the standings."""
    path = folder / f"teams-{teams}.ndjson"
    path.parent.mkdir(parents=True, exist_ok=True)
    demo = [json.loads(line) for line in DEMO.read_text().splitlines()[1:]]
    by_type: dict[str, dict] = {}
    for line in demo:
        by_type.setdefault(line["env"]["type"], line["env"]["data"])
    begun_us = demo[0]["env"]["at"]
    opening = {**by_type["show.configured"], "players": []}
    opening["teams"] = [{"id": f"t{n}", "name": f"{n}号队", "short": f"{n}号队", "number": n} for n in range(1, teams + 1)]
    turn = {key: value for key, value in by_type["turn.given"].items() if key != "player"}
    said = [
        (0.0, "show.configured", opening),
        (0.1, "round.opened", by_type["round.opened"]),
        (0.2, "turn.given", turn),
        (1.0, "question.shown", by_type["question.shown"]),
        (1.0, "countdown.armed", by_type["countdown.armed"]),
        (2.0, "countdown.started", {**by_type["countdown.started"], "ends_at": begun_us + 12_000_000}),
    ]
    base = opening.get("base_score", 0)
    scores = dict.fromkeys((team["id"] for team in opening["teams"]), base)
    for n in range(8):
        team = f"t{n % teams + 1}"
        said.append((3.0 + n, "score.changed", {"team": team, "before": scores[team], "delta": 10,
                                                "after": scores[team] + 10, "reason": "加分"}))
        scores[team] += 10
    rows = [{"team": team, "rank": rank + 1, "total": total}
            for rank, (team, total) in enumerate(sorted(scores.items(), key=lambda one: -one[1]))]
    said.append((13.0, "standings.set", {"rows": rows}))
    said.append((20.0, "show.ended", {}))
    with path.open("w") as file:
        file.write(json.dumps({"tape": 1, "show": f"{teams} teams", "made_by": "benches/side/scale.py"}) + "\n")
        for seq, (at_s, kind, data) in enumerate(said, 1):
            at_us = begun_us + int(at_s * 1e6)
            envelope = {"v": 1, "epoch": f"teams-{teams}", "seq": seq, "at": at_us, "type": kind, "data": data,
                        "cause": None, "corrects": None}
            file.write(json.dumps({"rx": at_us + 900, "lane": "feed", "env": envelope}, ensure_ascii=False) + "\n")
    return path


def section(result: dict, plots: Path) -> dict:
    def curve(against: str, key: str, x=lambda point: point["at"]) -> list[tuple[float, float]]:
        return [(x(point), point[key]) for point in result[against] if point.get(key)]

    def costs(against: str, x=lambda point: point["at"]) -> dict[str, list[tuple[float, float]]]:
        return {words: curve(against, key, x) for key, words in COSTS.items()}

    def megapixels(point: dict) -> float:
        return PIXELS[point["at"]] / 1e6

    title = "Processor time of an update"
    draw.curves(plots / "scale-layers.svg", f"{title} against layers", "layers", "µs", costs("layers"))
    draw.curves(plots / "scale-raster.svg", f"{title} against pixels", "megapixels", "µs", costs("raster", megapixels))
    draw.curves(plots / "scale-outputs.svg", f"{title} against outputs", "1080p outputs", "µs", costs("outputs"))
    draw.curves(plots / "scale-drawn.svg", "A frame of a show against its teams", "teams", "µs (wall)",
                {"composed": curve("teams", "compose_us"), "drawn": curve("teams", "draw_us")})
    slopes = {name: {against: draw.slope(points) for against, points in (
        ("layers", curve("layers", key)), ("pixels", curve("raster", key, megapixels)), ("outputs", curve("outputs", key)))}
        for key, name in COSTS.items()}
    rows = ["| slope against | " + " | ".join(slopes) + " |", "|---|" + "---|" * len(slopes)]
    rows += [f"| {against} | " + " | ".join(f"{by[against]:.2f}" for by in slopes.values()) + " |"
             for against in ("layers", "pixels", "outputs")]
    text = "\n".join([
        "## Scale", "",
        "A slope is the exponent of growth: 1 is proportional, 0 does not grow. Layers: the question card with more and more "
        "layers on it, at 1080p. Pixels: the same card from 1280×720 to 3840×2160, and twice beside itself at 7680×2160. "
        "Outputs: so many 1080p pictures at once, each read back.", "",
        *rows, "",
        f"Teams: a frame of 2 to 40 teams is composed with slope {draw.slope(curve('teams', 'compose_us')):.2f} and drawn "
        f"with slope {draw.slope(curve('teams', 'draw_us')):.2f}.", "",
        "![layers](plots/scale-layers.svg) ![pixels](plots/scale-raster.svg)",
        "![outputs](plots/scale-outputs.svg) ![teams](plots/scale-drawn.svg)", "",
    ])
    tape = scale_tape.section(result["tape"], plots)
    idle, ring = slopes["nothing changes"], slopes["ring runs"]
    return {"text": text + "\n" + tape["text"], "targets": [
        {"what": "Scale: an idle frame against layers and pixels", "asked": "does not grow (slope ≤ 0.1)",
         "measured": f"slopes {idle['layers']:.2f}, {idle['pixels']:.2f}",
         "met": max(idle["layers"], idle["pixels"]) <= 0.1},
        {"what": "Scale: a ring's frame against layers", "asked": "less than proportional (slope ≤ 0.5)",
         "measured": f"slope {ring['layers']:.2f}", "met": ring["layers"] <= 0.5},
        *tape["targets"],
    ]}
