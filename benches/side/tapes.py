"""Long tapes, made anew by every run and the same in each: one contest after another, as one show."""

from __future__ import annotations

import json
from collections import defaultdict
from pathlib import Path

from .bench import ROOT

CONTEST = ROOT / "assets" / "shows" / "zhongwei.tape.ndjson"
BETWEEN_US = 10_000_000
"""From a contest's last event to the next one's first."""


def long_tape(folder: Path, count: int) -> Path:
    """A tape of exactly `count` events: questions, countdowns, verdicts, scores, speed rounds, appeals, duels, awards.

    The contest is played again and again without being configured anew; scores go on where they stood, so all figures
    add up, and every instant, number and id is its own."""
    path = folder / f"tape-{count}.ndjson"
    if not path.exists():
        path.parent.mkdir(parents=True, exist_ok=True)
        part = path.with_suffix(".part")
        with part.open("w") as file:
            file.write(json.dumps({"tape": 1, "show": f"{count} events", "made_by": "benches/side/tapes.py"}) + "\n")
            for envelope in envelopes(count):
                line = {"rx": envelope["at"] + 900, "lane": "feed", "env": envelope}
                file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
        part.rename(path)
    return path


def envelopes(count: int):
    """The same as the feed sends them."""
    contest = [json.loads(line)["env"] for line in CONTEST.read_text().splitlines()[1:]]
    opening, played = contest[0], contest[1:-1]
    base = opening["data"]["base_score"]
    length_us = played[-1]["at"] - played[0]["at"] + BETWEEN_US
    yield {**opening, "epoch": f"tape-{count}"}
    stands = defaultdict(lambda: base)
    for number in range(1, count):
        again, place = divmod(number - 1, len(played))
        if place == 0:
            before = dict(stands)
        envelope = json.loads(json.dumps(played[place]))
        by = again * len(played)
        envelope.update(epoch=f"tape-{count}", seq=number + 1, at=envelope["at"] + again * length_us)
        for link in ("cause", "corrects"):
            if envelope[link]:
                envelope[link] += by
        data = envelope["data"]
        for instant in ("ends_at", "at"):
            if instant in data:
                data[instant] += again * length_us
        if "subject_seq" in data:
            data["subject_seq"] += by
        if again and "id" in data:
            data["id"] = f"{data['id']}-{again}"
        if "before" in data:
            more = before.get(data["team"], base) - base
            data["before"] += more
            data["after"] += more
            stands[data["team"]] = data["after"]
        yield envelope
