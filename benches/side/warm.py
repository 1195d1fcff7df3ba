"""What a new card's first frame costs: without notice, after `question.cued`, and with characters that are known."""

from __future__ import annotations

from pathlib import Path

import matplotlib

matplotlib.use("Agg")
from matplotlib import pyplot  # noqa: E402

from .bench import Bench  # noqa: E402
from .rounds import Figure  # noqa: E402

KINDS = {"known": "known characters", "warm": "cued", "cold": "without notice"}
MOST_MS = 4.0
"""So much more a card of new characters may cost than one of known ones, once it was cued."""


def measure(bench: Bench) -> dict:
    cards = bench.few(2 * bench.rounds, 2)
    return bench.engine_json("warm", "--cards", str(cards))


def run(bench: Bench) -> None:
    result = measure(bench)
    for kind in KINDS:
        bench.log(f"  {kind}: " + ", ".join(f"{ms:.1f}" for ms in result[kind]["first_ms"]) + " ms first frame")
    bench.save("warm", result)


def section(result: dict, plots: Path) -> dict:
    first = {kind: Figure.of(result[kind]["first_ms"]) for kind in KINDS}
    # Card by card: the machine does the same to both of a round.
    more = Figure.of([a - b for a, b in zip(result["warm"]["first_ms"], result["known"]["first_ms"])])
    figure, axes = pyplot.subplots(figsize=(7, 2.4))
    for row, (kind, name) in enumerate(KINDS.items()):
        axes.plot(result[kind]["first_ms"], [row] * len(result[kind]["first_ms"]), "o", alpha=0.6)
        axes.plot(result[kind]["worst_ms"], [row - 0.2] * len(result[kind]["worst_ms"]), "|", alpha=0.6)
    axes.set_yticks(range(len(KINDS)), list(KINDS.values()))
    axes.set_xlim(left=0)
    axes.set_xlabel("ms: the card's first frame (dots), the worst of its first 60 (ticks)")
    figure.tight_layout()
    figure.savefig(plots / "warm.svg")
    pyplot.close(figure)
    lines = ["## A new card's first frame", "",
             f"{result['characters']} Chinese characters that were never shown before, on a card at 1080p; medians of "
             f"{len(result['cold']['first_ms'])} cards each, every one another.", "",
             "| | first frame | worst of 60 | glyphs rasterised in the first | layers drawn |", "|---|---|---|---|---|"]
    for kind, name in KINDS.items():
        of = result[kind]
        lines.append(f"| {name} | {first[kind].median:.1f} ms ({first[kind].low:.1f} to {first[kind].high:.1f}) | "
                     f"{Figure.of(of['worst_ms']).median:.1f} ms | {Figure.of(of['glyphs_in_first']).median:.0f} | "
                     f"{Figure.of(of['layers']).median:.0f} |")
    updates, worst = Figure.of(result["warm"]["updates"]), Figure.of(result["warm"]["worst_update_ms"])
    lines += ["", f"Once it is cued a card is made ready in {updates.median:.0f} idle frames, of which the dearest takes "
                  f"{worst.median:.1f} ms.", "", "![First frames of new cards](plots/warm.svg)", ""]
    target = {"what": "a cued card of 60 new characters, its first frame beside one of known ones",
              "asked": f"{MOST_MS:.0f} ms more", "measured": f"{more.median:+.1f} ms", "met": more.median <= MOST_MS}
    return {"text": "\n".join(lines), "targets": [target]}
