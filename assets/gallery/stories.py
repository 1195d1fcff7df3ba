"""What the scripts that write scenes share: a show told event by event, and the lines it becomes.

A line is a scene, or a story that scenes begin with:

    {"story": NAME, "events": [[MS, TYPE, DATA], …]}
    {"scene": NAME, "graphic": NAME, "from": STORY, "at_ms": MS, "events": [[MS, TYPE, DATA], …]}

Instants are milliseconds from the scene's zero, within data too, as {"ms": MS}. `moving` marks a scene that is caught on
its way, `classes` limits it to output classes, `beside` names a scene whose layer (kind, index) it must be told from
without hue.
"""

import json


class Story:
    """Events so far; every method gives a longer story and leaves this one as it is."""

    def __init__(self, base, scores=(), events=()):
        self.base, self.scores, self.events = base, tuple(scores), tuple(events)

    def then(self, ms, kind, /, **data):
        return Story(self.base, self.scores, (*self.events, [ms, kind, data]))

    def round(self, name, subtitle, format, **more):
        rules = more.pop("rules", {"right": 10, "questions": 10})
        return self.then(-150_000, "round.opened", id="r", name=name, subtitle=subtitle, format=format, rules=rules, **more)

    def turn(self, team, player, **more):
        return self.then(-140_000, "turn.given", team=f"t{team}", player=f"t{team}p{player}", **more)

    def ask(self, question, ms=-9_000):
        return self.then(ms, "question.shown", **question)

    def clock(self, total_s, left_ms):
        """A countdown of `total_s` that has `left_ms` at zero."""
        began = left_ms - total_s * 1000
        story = self.then(began - 500, "countdown.armed", id="c", duration=total_s * 1_000_000)
        return story.then(began, "countdown.started", id="c", ends_at={"ms": left_ms})

    def score(self, ms, team, delta, reason=""):
        before = self.scores[team - 1]
        story = self.then(ms, "score.changed", team=f"t{team}", before=before, delta=delta, after=before + delta, reason=reason)
        story.scores = (*self.scores[: team - 1], before + delta, *self.scores[team:])
        return story


class Book:
    """The lines of one file."""

    def __init__(self):
        self.lines = []

    def base(self, name, names, title="人社系统练兵比武大赛", subtitle="现场展示", players=6, scores=(), seats=18, base_score=300,
             organiser="人力资源和社会保障局"):
        teams = [{"id": f"t{i}", "name": team, "number": i} for i, team in enumerate(names, 1)]
        people = [
            {"id": f"t{t}p{n}", "team": f"t{t}", "number": n} for t in range(1, len(names) + 1) for n in range(1, players + 1)
        ]
        events = [
            [-200_000, "show.configured", {"title": title, "subtitle": subtitle, "organisers": [organiser],
             "teams": teams, "players": people, "base_score": base_score, "audience_seats": seats}]
        ]
        for i, score in enumerate(scores, 1):
            if score != base_score:
                events.append([-199_000, "score.changed", {"team": f"t{i}", "before": base_score,
                               "delta": score - base_score, "after": score, "reason": ""}])
        self.lines.append({"story": name, "events": events})
        return Story(name, scores or [base_score] * len(names))

    def scene(self, graphic, state, story, at_ms=0, moving=False, classes=None, name=None, beside=None):
        line = {"scene": name or f"{graphic}-{state}", "graphic": graphic, "from": story.base, "at_ms": at_ms}
        if moving:
            line["moving"] = True
        if classes:
            line["classes"] = classes
        if beside:
            line["beside"] = dict(zip(("scene", "layer", "index"), beside))
        self.lines.append({**line, "events": list(story.events)})

    def write(self, path):
        with open(path, "w", encoding="utf-8") as file:
            for line in self.lines:
                file.write(json.dumps(line, ensure_ascii=False, separators=(",", ":")) + "\n")
