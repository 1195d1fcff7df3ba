#!/usr/bin/env python3
"""Writes sheets.js: the measures that the page is laid out after, as a designer would hand them over.

Usage: python3 benches/peer/make_sheets.py ENGINE   (the bench binary; `cargo build --bench engine`)

Each sheet is one element of the picture in one state: its place, and what is on it with sizes, colours and words as
leitai's own frames have them. What is shown when, and how it moves, is the page's own business (peer.js)."""

import json
import subprocess
import sys
from pathlib import Path

HERE = Path(__file__).resolve().parent
BENCHES = HERE.parent

# (tape, s after its beginning, layer kind, index, the page's name for it)
BOTH = [
    ("scene", 15, "Card", 0, "plate"), ("scene", 15, "Card", 1, "asked"), ("scene", 28, "Card", 1, "told"),
    ("scene", 15, "Ring", 0, "ring"), ("scene", 28, "Ring", 1, "result"),
    ("scene", 15, "Strip", 0, "strip"), ("scene", 15, "ActiveCell", 2, "turn"), ("scene", 28, "ActiveCell", 2, "won"), ("scene", 28, "Chip", 2, "chip"),
    *[("scene", 15, "Cell", i, f"cell{i}") for i in (0, 1, 3, 4, 5, 6, 7)],
    *[("scene", 15, "Option", i, f"option{i}") for i in range(4)],
    *[("scene", 28, "Option", i, f"other{i}") for i in (0, 2, 3)],
    ("scene", 21.5, "Option", 1, "selected1"), ("scene", 23, "Option", 1, "locked1"), ("scene", 23, "Option", 129, "padlock1"), ("scene", 28, "Option", 1, "right1"),
]
TV = [("scene", 15, "Header", 0, "header0"), ("scene", 15, "Header", 1, "header1"), ("changes", 11.79, "Slate", 0, "slate")]


def sheets(engine, layout, wanted):
    found = {}
    for tape in sorted({one[0] for one in wanted}):
        instants = sorted({one[1] for one in wanted if one[0] == tape})
        path = BENCHES / f"{tape}.tape.ndjson"
        said = subprocess.run([engine, "picture", path, "--class", layout, "--at-s", ",".join(map(str, instants))],
                              stdout=subprocess.PIPE, check=True).stdout
        for at, one in zip(instants, json.loads(said)):
            for layer in one["frame"]["layers"]:
                key, place = layer["key"], layer["placement"]
                for wish in wanted:
                    if wish[:4] == (tape, at, key["kind"], key["index"]):
                        (w, h), parts = layer["content"]["size"], layer["content"]["parts"]
                        found[wish[4]] = {"x": place["x"], "y": place["y"], "w": w, "h": h, "parts": parts}
    missing = [one[4] for one in wanted if one[4] not in found]
    if missing:
        print(f"{layout}: there is no {', '.join(missing)}", file=sys.stderr)
    return found


def short(value):
    """Single precision, as it was meant."""
    if isinstance(value, float):
        return round(value, 3)
    if isinstance(value, dict):
        return {key: short(one) for key, one in value.items()}
    return [short(one) for one in value] if isinstance(value, list) else value


def main():
    made = {layout: short(sheets(sys.argv[1], layout, wanted)) for layout, wanted in (("tv", BOTH + TV), ("stream", BOTH))}
    lines = ["// Written by make_sheets.py: the measures of every element in every state.", "const SHEETS = {"]
    for layout, found in made.items():
        lines.append(f"{layout}: {{")
        lines += [f"{json.dumps(name)}: {json.dumps(sheet, ensure_ascii=False, separators=(',', ':'))}," for name, sheet in found.items()]
        lines.append("},")
    (HERE / "sheets.js").write_text("\n".join([*lines, "};"]) + "\n", encoding="utf-8")


main()
