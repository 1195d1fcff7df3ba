#!/usr/bin/env python3
"""Side by side in one run: `make bench` (three quarters of an hour), `make bench ARGS=--smoke` (minutes).

Writes results as JSON into --out, and benches/report.md with its plots. `--only b1 b5` measures anew what is named and
takes the rest from the results that are there."""

import argparse
import importlib
import os
import sys
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parent))

from side import machine  # noqa: E402
from side.bench import Bench  # noqa: E402
from side.report import write  # noqa: E402

MEASUREMENTS = ["b1", "b2", "b3", "b4", "b5", "b6", "b7", "scale", "warm"]


def main() -> int:
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--leitai", type=Path, required=True)
    arguments.add_argument("--engine", type=Path, required=True)
    arguments.add_argument("--out", type=Path, default=Path("out/bench"))
    arguments.add_argument("--smoke", action="store_true")
    arguments.add_argument("--rounds", type=int, default=7)
    arguments.add_argument("--only", nargs="*", choices=MEASUREMENTS, default=MEASUREMENTS)
    given = arguments.parse_args()
    # Where it is set, libraries take a backtrace at every lock; nobody's show runs so.
    os.environ.pop("RUST_BACKTRACE", None)
    given.out.mkdir(parents=True, exist_ok=True)
    bench = Bench(given.leitai.resolve(), given.engine.resolve(), given.out.resolve(), given.smoke,
                  1 if given.smoke else given.rounds)
    bench.log(f"machine: {machine.describe()}, pressure {machine.pressure():.0f} %")
    failed = []
    for name in given.only:
        bench.log(f"{name}:")
        try:
            importlib.import_module(f"side.{name}").run(bench)
        except Exception as error:  # the others are measured all the same; the exit code says it
            bench.log(f"  FAILED: {type(error).__name__}: {error}")
            failed.append(name)
    # A smoke run proves the script; its figures say nothing.
    write(bench, bench.out / "report" if bench.smoke else Path(__file__).resolve().parent, failed, MEASUREMENTS)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
