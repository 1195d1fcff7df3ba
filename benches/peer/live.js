// The peer of `leitai live`: hears the feed, folds it, renders once per animation frame and only what changed.
"use strict";

const $ = (id) => document.getElementById(id);
const state = { teams: [], scores: {}, round: null, turn: null, question: null, chosen: [], clock: null };
const dirty = new Set();
let isAsked = false;
let serverMinusLocalUs = 0;

const nowUs = () => performance.now() * 1000 + serverMinusLocalUs;

const REDUCERS = {
  "show.configured": (data) => {
    state.teams = data.teams;
    for (const team of data.teams) state.scores[team.id] = data.base_score;
    return ["strip"];
  },
  "round.opened": (data) => ((state.round = data), ["head"]),
  "turn.given": (data) => ((state.turn = data), ["head", "strip"]),
  "question.shown": (data) => ((state.question = data), (state.chosen = []), ["card", "options"]),
  "countdown.armed": (data) => ((state.clock = { duration: data.duration, remaining: data.duration }), ["clock"]),
  "countdown.started": (data) => ((state.clock.ends_at = data.ends_at), ["clock"]),
  "countdown.stopped": (data) => ((state.clock = { duration: state.clock.duration, remaining: data.remaining }), ["clock"]),
  "answer.given": (data) => ((state.chosen = data.choice), ["chosen"]),
  "score.changed": (data) => ((state.scores[data.team] = data.after), ["strip"]),
};

const RENDERERS = {
  head() {
    const { round, turn } = state;
    $("round").textContent = round ? round.name : "";
    $("sub").textContent = round ? round.subtitle + (turn ? ` · 第 ${turn.question_no} 题` : "") : "";
    const team = turn && state.teams.find((team) => team.id === turn.team);
    $("number").textContent = team ? team.number : "";
    $("team").textContent = team ? team.name : "";
    $("player").textContent = team ? "1 号选手" : "";
  },
  card() {
    $("scene").hidden = !state.question;
    $("tag").textContent = "单选题";
    $("value").textContent = `${state.question.value} 分`;
    $("stem").textContent = state.question.stem;
  },
  options() {
    $("options").replaceChildren(...state.question.options.map(({ label, text }, n) => {
      const option = make("div", "option");
      option.style.left = `${96 + (n % 2) * 876}px`;
      option.style.top = `${580 + Math.floor(n / 2) * 148}px`;
      const over = make("s");
      over.append(make("u", "", label), make("em", "", "已选"));
      option.append(make("u", "", label), make("span", "", text), over);
      return option;
    }));
    this.chosen();
  },
  chosen() {
    state.question.options.forEach(({ label }, n) => $("options").children[n].classList.toggle("selected", state.chosen.includes(label)));
  },
  strip() {
    const width = 1728 / state.teams.length;
    $("strip").replaceChildren(...state.teams.map((team, n) => {
      const cell = make("div", state.turn && state.turn.team === team.id ? "cell active" : "cell");
      cell.style.left = `${n * width}px`;
      cell.style.width = `${width}px`;
      cell.append(make("b", "", team.name), make("i", "", state.scores[team.id]));
      return cell;
    }));
  },
  clock() {
    const { duration, ends_at, remaining } = state.clock;
    const left = ends_at ? Math.max(0, Math.min(duration, ends_at - nowUs())) : remaining;
    const digits = String(Math.ceil(left / 1e6));
    if ($("digits").textContent !== digits) $("digits").textContent = digits;
    const round = 2 * Math.PI * 157;
    $("sweep").style.strokeDasharray = `${(round * left) / duration} ${round}`;
    $("knob").style.transform = `rotate(${-360 * (left / duration)}deg)`;
    return ends_at && left > 0;
  },
};

function make(name, className = "", text = "") {
  const element = document.createElement(name);
  element.className = className;
  if (text !== "") element.textContent = text;
  return element;
}

function ask() {
  if (!isAsked) {
    isAsked = true;
    requestAnimationFrame(render);
  }
}

function render() {
  isAsked = false;
  const parts = [...dirty];
  dirty.clear();
  for (const part of parts) {
    if (RENDERERS[part]()) dirty.add(part);
  }
  if (dirty.size > 0) ask();
}

function drawGround() {
  const c = $("ground").getContext("2d", { alpha: false });
  const radial = (x, y, rx, ry, stops) => {
    c.save();
    c.translate(x, y);
    c.scale(rx, ry);
    const fill = c.createRadialGradient(0, 0, 0, 0, 0, 1);
    for (const [at, colour] of stops) fill.addColorStop(at, colour);
    c.fillStyle = fill;
    c.fillRect(-4, -4, 8, 8);
    c.restore();
  };
  radial(1622, 348, 1497.6, 1101.6, [[0, "#1F6BD0"], [0.38, "#0E48A4"], [0.7, "#093582"], [1, "#06245F"]]);
  radial(1622, 348, 517, 517, [[0, "#4096FF60"], [1, "#4096FF00"]]);
  c.lineWidth = 2;
  c.strokeStyle = "#8FC2FF2A";
  for (const radius of [262, 352, 462, 602, 782, 1002, 1272, 1602]) {
    c.beginPath();
    c.arc(1622, 348, radius, 0, 7);
    c.stroke();
  }
  c.beginPath();
  c.arc(960, 869.4 + 11520, 11520, 0, 7);
  c.fillStyle = "#041844CC";
  c.fill();
  c.strokeStyle = "#FFC46B60";
  c.stroke();
}

function drawTicks() {
  for (let n = 0; n < 10; n++) {
    const tick = document.createElementNS("http://www.w3.org/2000/svg", "rect");
    for (const [name, value] of Object.entries({ x: -2, y: -138, width: 4, height: 12, fill: "#F5F9FF", transform: `rotate(${n * 36})` })) {
      tick.setAttribute(name, value);
    }
    $("ticks").append(tick);
  }
}

function listen(url) {
  const socket = new WebSocket(url, "leitai.v1+json");
  const say = (message) => socket.send(JSON.stringify(message));
  socket.onopen = () => say({ type: "hello", protocol: 1, client: "page", role: "output", resume: null });
  socket.onmessage = ({ data }) => {
    const message = JSON.parse(data);
    if (message.type === "welcome") {
      serverMinusLocalUs = message.server_time - performance.now() * 1000;
      return;
    }
    const reduce = REDUCERS[message.type];
    if (!reduce) return;
    for (const part of reduce(message.data)) dirty.add(part);
    ask();
  };
}

drawGround();
drawTicks();
listen(decodeURIComponent(location.hash.slice(1)));
