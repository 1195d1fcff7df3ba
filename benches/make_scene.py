#!/usr/bin/env python3
"""Writes scene.tape.ndjson and changes.tape.ndjson, what both sides draw.

Usage: python3 benches/make_scene.py   (Python 3, standard library only; same input, same bytes)

The scene: eight teams, a question with its options, a countdown that runs, an answer, the verdict with its points. What
is measured are the 20 s from FROM_S on. The changes: card and slate take turns every 600 ms, so that the whole picture is
on its way from one to the other in every frame.
"""

import json
from datetime import datetime, timedelta, timezone
from pathlib import Path

HERE = Path(__file__).resolve().parent
START_US = int(datetime(2026, 8, 6, 9, 0, 0, tzinfo=timezone(timedelta(hours=8))).timestamp()) * 1_000_000
SECOND = 1_000_000
TEAMS = [("济南市", 320), ("枣庄市", 310), ("济宁市", 310), ("淄博市", 310), ("威海市", 300), ("滨州市", 330), ("青岛市", 320), ("烟台市", 340)]
QUESTION = {
    "id": "q1", "kind": "single", "value": 10,
    "stem": "用人单位应当自用工之日起（　）内，为其职工向社会保险经办机构申请办理社会保险登记。",
    "options": [{"label": label, "text": text} for label, text in zip("ABCD", ("十五日", "三十日", "六十日", "九十日"))],
}
SLATE = {"kind": "message", "title": "成绩统计中", "subtitle": "裁判组核分，请稍候"}
# After the tape's beginning; benches/side/b1.py measures from here.
FROM_S = 10
CHANGE_S = 0.6
CHANGES = 10


class Tape:
    """The scoring system: numbers events at instants after the beginning."""

    def __init__(self, epoch, show):
        self.epoch = epoch
        self.lines = [json.dumps({"tape": 1, "show": show, "made_by": "make_scene.py"}, ensure_ascii=False, separators=(",", ":"))]

    def at(self, at_s, event, **data):
        at = START_US + round(at_s * SECOND)
        env = {"v": 1, "epoch": self.epoch, "seq": len(self.lines), "at": at, "type": event, "data": data, "cause": None, "corrects": None}
        line = {"rx": at + 900, "lane": "feed", "env": env}
        self.lines.append(json.dumps(line, ensure_ascii=False, separators=(",", ":")))

    def write(self, name):
        (HERE / name).write_text("\n".join(self.lines) + "\n", encoding="utf-8")


def card(tape):
    """Up to the question card, settled with its countdown armed."""
    teams = [{"id": f"t{n}", "name": name, "number": n} for n, (name, _) in enumerate(TEAMS, 1)]
    players = [{"id": f"t{t}p{n}", "team": f"t{t}", "number": n} for t in range(1, len(TEAMS) + 1) for n in (1, 2, 3)]
    tape.at(0, "show.configured", title="人社系统练兵比武大赛", subtitle="现场展示", organisers=["人力资源和社会保障局"], teams=teams,
            players=players, base_score=300, audience_seats=18, rounding="half_up")
    for n, (_, score) in enumerate(TEAMS, 1):
        if score != 300:
            tape.at(0.1 * n, "score.changed", team=f"t{n}", before=300, delta=score - 300, after=score, reason="")
    tape.at(1, "round.opened", id="r1", name="初显身手", subtitle="热身环节·第 2 轮", format="solo", number=1, of=4,
            rules={"right": 10, "questions": 3, "duration_us": 15 * SECOND})
    tape.at(FROM_S - 4, "turn.given", team="t3", player="t3p2")
    tape.at(FROM_S - 2.8, "question.shown", **QUESTION)
    tape.at(FROM_S - 2.6, "countdown.armed", id="c1", duration=15 * SECOND)


def scene():
    tape = Tape("bench-scene", "一题")
    card(tape)
    tape.at(FROM_S, "countdown.started", id="c1", ends_at=START_US + (FROM_S + 15) * SECOND)
    tape.at(FROM_S + 11, "answer.given", team="t3", player="t3p2", choice=["B"])
    tape.at(FROM_S + 11.8, "answer.locked", team="t3")
    tape.at(FROM_S + 11.8, "countdown.stopped", id="c1", remaining=round(3.2 * SECOND))
    tape.at(FROM_S + 15, "verdict.given", team="t3", outcome="correct", delta=10)
    tape.at(FROM_S + 15.8, "answer.revealed", key=["B"], explanation="《社会保险法》第五十八条")
    tape.at(FROM_S + 16, "score.changed", team="t3", before=310, delta=10, after=320, reason="回答正确")
    tape.at(FROM_S + 24, "show.ended")
    tape.write("scene.tape.ndjson")


def changes():
    tape = Tape("bench-changes", "换场")
    card(tape)
    for n in range(CHANGES):
        if n % 2 == 0:
            tape.at(FROM_S + n * CHANGE_S, "slate.shown", **SLATE)
        else:
            tape.at(FROM_S + n * CHANGE_S, "question.shown", **QUESTION)
            tape.at(FROM_S + n * CHANGE_S, "countdown.armed", id=f"c{n}", duration=15 * SECOND)
    tape.at(FROM_S + 10, "show.ended")
    tape.write("changes.tape.ndjson")


scene()
changes()
