"""Rounds in turn (ABBA…), medians and their confidence intervals."""

from __future__ import annotations

import random
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy

RESAMPLES = 4000


@dataclass(frozen=True)
class Figure:
    """A median with its 95 % confidence interval (bootstrap over rounds), and the rounds it comes from."""

    median: float
    low: float
    high: float
    rounds: list[float]

    @staticmethod
    def of(values: list[float]) -> "Figure":
        draws = numpy.random.default_rng(7).choice(values, size=(RESAMPLES, len(values)))
        low, high = numpy.percentile(numpy.median(draws, axis=1), [2.5, 97.5])
        return Figure(float(numpy.median(values)), float(low), float(high), [float(v) for v in values])

    def json(self) -> dict:
        return {"median": self.median, "low": self.low, "high": self.high, "rounds": self.rounds}


def alternate(rounds: int, sides: Mapping[str, Callable[[int], dict]], log: Callable[[str], None]) -> dict[str, list[dict]]:
    """Runs every side once a round, in turned order each second round (AB BA AB …), and gives what each measured.

    A side takes the round's number and gives a flat dict of numbers."""
    measured: dict[str, list[dict]] = {name: [] for name in sides}
    for number in range(rounds):
        order = list(sides) if number % 2 == 0 else list(reversed(sides))
        for name in order:
            value = sides[name](number)
            measured[name].append(value)
            log(f"  round {number + 1}/{rounds} {name}: " + ", ".join(f"{k} {v:.4g}" for k, v in value.items()))
    return measured


def figure(measured: list[dict], key: str) -> Figure:
    return Figure.of([float(one[key]) for one in measured])


def ratio(ours: list[dict], theirs: list[dict], key: str) -> Figure:
    """Ours to theirs, round by round: what the machine does to both in a round cancels out."""
    return Figure.of([float(a[key]) / float(b[key]) for a, b in zip(ours, theirs, strict=True)])


def instants(count: int, least_s: float, most_s: float, seed: int) -> list[float]:
    """Pauses between events, evenly distributed, the same in every run."""
    dice = random.Random(seed)
    return [dice.uniform(least_s, most_s) for _ in range(count)]
