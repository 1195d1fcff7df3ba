"""The report: every measurement's own section, its figures beside what is asked of them, its plots."""

from __future__ import annotations

import importlib
import json
from pathlib import Path

from . import machine
from .bench import HERE, Bench


def write(bench: Bench, folder: Path, failed: list[str], measurements: list[str]) -> None:
    """`report.md` and `plots/*.svg` in `folder`, of all results that there are."""
    folder.mkdir(parents=True, exist_ok=True)
    (folder / "plots").mkdir(exist_ok=True)
    sections, targets = [], []
    for path in sorted(bench.out.glob("*.json")):
        module = importlib.import_module(f".{path.stem}", package=__package__)
        section = module.section(json.loads(path.read_text()), folder / "plots")
        sections.append(section["text"])
        targets += section.get("targets", [])
    head = ["# Speed, side by side", ""]
    if bench.smoke:
        head += ["A smoke run: it proves the script, its figures say nothing.", ""]
    head += [", ".join(f"{k} {v}" for k, v in machine.describe().items()), ""]
    missing = [name for name in measurements if name not in failed and not (bench.out / f"{name}.json").exists()]
    if missing:
        head += [f"**Not measured: {', '.join(missing)}.**", ""]
    if failed:
        head += [f"**Not measured in this run: {', '.join(failed)}.**", ""]
    head += ["| What | Asked | Measured | |", "|---|---|---|---|"]
    head += [f"| {t['what']} | {t['asked']} | {t['measured']} | {'met' if t['met'] else '**missed**'} |" for t in targets]
    # By hand: the profiles, what was tried, and where the limit lies.
    why = [] if bench.smoke else [(HERE / "missed.md").read_text(), ""]
    (folder / "report.md").write_text("\n".join([*head, "", *why, *sections]).rstrip() + "\n")
    bench.log(f"report: {folder / 'report.md'}")
