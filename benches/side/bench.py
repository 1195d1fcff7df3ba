"""What every measurement is handed: paths, number of rounds, where its results go."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from dataclasses import dataclass
from pathlib import Path

from . import machine

ROOT = Path(__file__).resolve().parents[2]
HERE = ROOT / "benches"


@dataclass
class Bench:
    """One run of `make bench`."""

    leitai: Path
    """The program as users run it."""
    engine: Path
    """The bench binary of `benches/engine`."""
    out: Path
    """Results (JSON), raw frames, logs; not committed."""
    smoke: bool
    """Seconds instead of an hour: everything runs once, nothing is to be read from the figures."""
    rounds: int

    def log(self, line: str) -> None:
        print(line, file=sys.stderr, flush=True)

    def few(self, count: int, in_smoke: int) -> int:
        return in_smoke if self.smoke else count

    def engine_json(self, *arguments: str, timeout_s: float = 1800) -> dict:
        """What `benches/engine` says: one JSON object on standard output."""
        done = subprocess.run([self.engine, *arguments], stdout=subprocess.PIPE, check=True, timeout=timeout_s)
        return json.loads(done.stdout)

    def save(self, name: str, result: dict) -> None:
        """Keeps a result for the report, with what else the machine did meanwhile."""
        result = {**result, "smoke": self.smoke, "rounds": self.rounds, "pressure_at_end": machine.pressure(),
                  "at": time.strftime("%Y-%m-%d %H:%M UTC", time.gmtime())}
        (self.out / f"{name}.json").write_text(json.dumps(result, ensure_ascii=False, indent=1) + "\n")
