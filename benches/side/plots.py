"""Plots of the report: bars with their intervals, curves on logarithmic axes with their slope."""

from __future__ import annotations

import math
from pathlib import Path

import matplotlib

matplotlib.use("svg")
matplotlib.rcParams["svg.hashsalt"] = "leitai"
from matplotlib import pyplot  # noqa: E402


def said(figure: dict, digits: int = 2) -> str:
    """`1.23 (1.20–1.31)`."""
    return f"{figure['median']:.{digits}f} ({figure['low']:.{digits}f}–{figure['high']:.{digits}f})"


def bars(path: Path, title: str, figures: list[tuple[str, dict]], unit: str) -> None:
    """Medians with their confidence intervals."""
    drawing, axes = pyplot.subplots(figsize=(8, 0.6 * len(figures) + 1.4))
    middles = [figure["median"] for _, figure in figures]
    spread = [[figure["median"] - figure["low"] for _, figure in figures],
              [figure["high"] - figure["median"] for _, figure in figures]]
    axes.barh([name for name, _ in figures], middles, xerr=spread, capsize=3)
    axes.invert_yaxis()
    axes.set_xlabel(unit)
    axes.set_title(title)
    keep(drawing, path)


def slope(points: list[tuple[float, float]]) -> float:
    """The exponent of growth: least squares on logarithms; 1 is proportional, 0 does not grow."""
    logs = [(math.log(x), math.log(y)) for x, y in points if x > 0 and y > 0]
    if len(logs) < 2:
        return math.nan
    mean_x, mean_y = (sum(values) / len(logs) for values in zip(*logs))
    below = sum((x - mean_x) ** 2 for x, _ in logs)
    return sum((x - mean_x) * (y - mean_y) for x, y in logs) / below if below else math.nan


def curves(path: Path, title: str, across: str, up: str, curves_: dict[str, list[tuple[float, float]]]) -> None:
    """Curves on logarithmic axes; the legend names each one's slope."""
    drawing, axes = pyplot.subplots(figsize=(8, 4.5))
    for name, points in curves_.items():
        points = [(x, y) for x, y in points if y > 0]
        axes.loglog([x for x, _ in points], [y for _, y in points], marker="o", label=f"{name}: slope {slope(points):.2f}")
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    axes.set_title(title)
    axes.grid(True, which="both", alpha=0.3)
    axes.legend()
    keep(drawing, path)


def keep(drawing, path: Path) -> None:
    drawing.tight_layout()
    drawing.savefig(path, metadata={"Date": None})
    pyplot.close(drawing)


def lines(path: Path, title: str, across: str, up: str, lines_: dict[str, list[tuple[float, float]]]) -> None:
    """What was sampled, one line each; from zero up."""
    drawing, axes = pyplot.subplots(figsize=(8, 4))
    for name, points in lines_.items():
        axes.plot([x for x, _ in points], [y for _, y in points], label=name)
    axes.set_ylim(bottom=0)
    axes.set_xlabel(across)
    axes.set_ylabel(up)
    axes.set_title(title)
    axes.grid(True, alpha=0.3)
    axes.legend()
    keep(drawing, path)
