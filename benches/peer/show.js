// The show as the tape tells it: a fold of its events, as far as this scene needs them.
class Show {
  constructor(lines) {
    const events = lines.trim().split("\n").slice(1).map(line => JSON.parse(line).env);
    this.begin = events[0].at;
    this.events = events.map(env => ({ at: env.at - this.begin, type: env.type, data: env.data }));
    this.reset();
  }

  reset() {
    this.next = 0;
    this.now = -1;
    this.teams = [];
    this.scores = {};
    this.turn = this.question = this.clock = this.answer = this.verdict = this.key = null;
    this.scene = { name: "ground", since: 0 };
    this.left = null;
    this.grounds = [];
  }

  /// Folds what has happened up to `now`; backwards it begins again.
  to(now) {
    if (now < this.now) this.reset();
    this.now = now;
    while (this.next < this.events.length && this.events[this.next].at <= now) this.fold(this.events[this.next++]);
  }

  change(name, at, ground) {
    if (this.scene.name === name) return;
    this.left = { name: this.scene.name, since: this.scene.since, at, clock: this.clock, handed: this.scene.handed };
    this.scene = { name, since: at, handed: this.scene.name !== "ground" };
    this.toward(at, ground);
  }

  toward(at, ground) {
    if (this.grounds.length === 0 || this.grounds[this.grounds.length - 1].ground !== ground) this.grounds.push({ at, ground });
  }

  fold({ at, type, data }) {
    switch (type) {
      case "show.configured":
        this.teams = data.teams;
        for (const team of data.teams) this.scores[team.id] = { before: data.base_score, after: data.base_score, at };
        break;
      case "score.changed": this.scores[data.team] = { before: data.before, after: data.after, at }; break;
      case "turn.given": this.turn = data; break;
      case "question.shown":
        this.change("card", at, "neutral");
        Object.assign(this, { question: { ...data, at }, clock: null, answer: null, verdict: null, key: null });
        break;
      case "slate.shown": this.change("slate", at, "slate"); break;
      case "countdown.armed": this.clock = { phase: "armed", armed: at, since: at, duration: data.duration, rest: data.duration }; break;
      case "countdown.started": this.clock = { ...this.clock, phase: "running", since: at, ends: data.ends_at - this.begin }; break;
      case "countdown.stopped": this.clock = { ...this.clock, phase: "stopped", since: at, rest: data.remaining }; break;
      case "answer.given": this.answer = { choice: data.choice, at, locked: null }; break;
      case "answer.locked": this.answer = { ...this.answer, locked: at }; break;
      case "verdict.given":
        this.verdict = { outcome: data.outcome, at };
        if (data.outcome === "correct") this.toward(at, "right");
        break;
      case "answer.revealed": this.key = { labels: data.key, at }; break;
    }
  }

  /// How much of each ground is seen. A new one waits until the last has stood for a while.
  seen(now) {
    const paced = [];
    this.grounds.forEach(({ at, ground }, i) => {
      const since = i === 0 ? at : Math.max(at, this.grounds[i - 1].at + MOTION.groundRest);
      const next = this.grounds[i + 1];
      if (since > now || (i > 0 && next && next.at <= since)) return;
      if (paced.length === 0 || paced[paced.length - 1].ground !== ground) paced.push({ since, ground });
    });
    const seen = { neutral: 0, slate: 0, right: 0 };
    let free = 1;
    for (let i = paced.length - 1; i >= 0 && free > 0; i--) {
      const taken = i === 0 ? free : free * IO(share(now, paced[i].since, MOTION.ground));
      seen[paced[i].ground] += taken;
      free -= taken;
    }
    return seen;
  }
}
