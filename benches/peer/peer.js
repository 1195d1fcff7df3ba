// The peer: the bench's scene as a web page. Every frame is a function of show time: `peer.seek(us)`.
const asked = new URLSearchParams(location.search);
const LAYOUT = asked.get("layout") || "tv";
const stage = document.getElementById("stage");
stage.classList.toggle("all", asked.get("layers") !== "few");
const ARCS = { neutral: [1622, 348], right: [1622, 348], slate: [960, 420] };

/// The ground: tones that dissolve, hairlines that travel, the floor over them. An overlay has none.
class Ground {
  constructor() {
    const tone = "#1F6BD0 0%,#0E48A4 38%,#093582 70%,#06245F 100%";
    const light = ([x, y], radius, colour) => `radial-gradient(circle ${radius}px at ${x}px ${y}px,${colour},${colour.slice(0, 7)}00)`;
    const scrim = "linear-gradient(#04184475,#04184466 95px,#04184400 190px)";
    const sky = ([x, y], over) => element(stage, "div", {
      left: "0", top: "0", width: "1920px", height: "1080px", background: [...over, `radial-gradient(1497.6px 1101.6px at ${x}px ${y}px,${tone})`].join(),
    }, "sheet");
    this.skies = {
      neutral: sky(ARCS.neutral, [scrim, light(ARCS.neutral, 517, "#4096FF8C")]),
      slate: sky(ARCS.slate, [light(ARCS.slate, 640, "#4096FF0E")]),
      right: sky(ARCS.right, [scrim, light(ARCS.right, 517, "#23C88C66")]),
    };
    const reach = 1604, radii = [262, 352, 462, 602, 782, 1002, 1272, 1602];
    this.arcs = element(stage, "div", { left: px(-reach), top: px(-reach), width: px(2 * reach), height: px(2 * reach) }, "sheet");
    const svg = drawing(this.arcs, "svg", { width: 2 * reach, height: 2 * reach, style: "left:0;top:0" });
    radii.forEach((r, i) => drawing(svg, "circle", {
      cx: reach, cy: reach, r, fill: "none", stroke: "#8FC2FF", "stroke-opacity": 0.2588 * lerp(1, 0.197, i / 7), "stroke-width": 2,
    }));
    const floor = element(stage, "div", { left: "0", top: "860px", width: "1920px", height: "220px" }, "sheet");
    const curve = drawing(floor, "svg", { width: 1920, height: 220, style: "left:0;top:0" });
    const fade = drawing(curve, "linearGradient", { id: "horizon", gradientUnits: "userSpaceOnUse", x1: 0, y1: 0, x2: 1920, y2: 0 });
    for (const [offset, opacity] of [[0, 0], [0.5, 0.75], [1, 0]]) drawing(fade, "stop", { offset, "stop-color": "#FFC46B", "stop-opacity": opacity });
    const disc = { cx: 960, cy: 869.4 + 11520 - 860, r: 11520 };
    drawing(curve, "circle", { ...disc, fill: "#041844", "fill-opacity": 0.8 });
    drawing(curve, "circle", { ...disc, fill: "none", stroke: "url(#horizon)", "stroke-width": 3 });
    this.told = {};
    this.centre = "";
  }

  draw(show, now) {
    const seen = show.seen(now);
    let below = 0;
    for (const [name, sky] of Object.entries(this.skies)) {
      below += seen[name];
      const opacity = seen[name] > 0 ? seen[name] / below : 0;
      // What is wholly covered is not drawn.
      const covered = Object.keys(this.skies).some((other, i, all) => i > all.indexOf(name) && seen[other] >= 1);
      const told = covered ? 0 : opacity;
      if (this.told[name] === told) continue;
      this.told[name] = told;
      changes += 1;
      sky.classList.toggle("gone", told <= 0);
      if (told > 0) sky.style.opacity = told;
    }
    let at = null;
    for (const { at: since, ground } of show.grounds) {
      const to = ARCS[ground], from = at ? at(since) : to;
      at = time => { const t = IO(share(time, since, MOTION.arcs)); return [lerp(from[0], to[0], t), lerp(from[1], to[1], t)]; };
    }
    const [x, y] = at ? at(now) : ARCS.neutral, centre = `translate(${x}px,${y}px)`;
    if (centre !== this.centre) changes += 1, this.arcs.style.transform = this.centre = centre;
  }
}

/// The card with its options, ring and result; entering, staying and leaving.
class Card {
  constructor(sheets) {
    const sheet = name => new Sheet(stage, sheets[name]);
    this.plate = sheet("plate");
    this.asked = sheet("asked");
    this.told = sheet("told");
    this.options = [0, 1, 2, 3].map(i => {
      const states = Object.keys(sheets).filter(name => /^(right|locked|selected|other|option)\d$/.test(name) && name.endsWith(i));
      // What is on its way out lies above what takes its place.
      states.sort((a, b) => Card.ORDER.indexOf(a.slice(0, -1)) - Card.ORDER.indexOf(b.slice(0, -1)));
      return Object.fromEntries(states.map(name => [name.slice(0, -1), sheet(name)]));
    });
    this.padlock = sheets.padlock1 ? sheet("padlock1") : null;
    this.ring = new Ring(stage, sheets.ring, LAYOUT, asked.get("ring") || "canvas");
    this.result = sheet("result");
  }

  hide() {
    for (const sheet of [this.plate, this.asked, this.told, this.ring, this.result, this.padlock]) sheet?.show(0);
    for (const states of this.options) for (const sheet of Object.values(states)) sheet.show(0);
  }

  /// `now` is the instant of the content; `gone` how far it has left, and its ring.
  draw(show, scene, clock, now, [gone, ringGone]) {
    const since = scene.since + (scene.handed ? MOTION.handover : 0), stays = 1 - gone;
    this.plate.show(share(now, since, MOTION.fadeIn) * stays, MOTION.travel * (1 - OUT(share(now, since, MOTION.moveIn))));
    const text = now >= since + MOTION.textDelay ? stays : 0;
    const swapped = show.key ? share(now, show.key.at + MOTION.basisDelay, MOTION.swap) : 0;
    this.asked.show(text * (1 - swapped));
    this.told.show(text * swapped);
    this.options.forEach((states, i) => {
      const arrived = OUT(share(now, since + MOTION.optionDelay + i * MOTION.stagger, MOTION.optionIn));
      const y = MOTION.travel * (1 - arrived), seen = this.choice(show, i, now);
      for (const [state, sheet] of Object.entries(states)) sheet.show((seen[state] || 0) * arrived * stays, y);
      if (i === 1 && this.padlock) {
        const locked = show.answer?.locked, shut = locked == null ? 0 : OUT(share(now, locked, MOTION.padlock));
        this.padlock.show((seen.locked || 0) * share(now, locked ?? now, MOTION.lock) * stays, 0, lerp(MOTION.padlockFrom, 1, shut));
      }
    });
    const judged = show.verdict;
    if (clock && !judged) {
      this.ring.show(share(now, Math.max(since, clock.armed), MOTION.fadeIn) * (1 - ringGone), 0, 1 + (MOTION.ringOutScale - 1) * ringGone);
      this.ring.set(clock, now, since, show.answer?.locked ?? null);
    } else {
      this.ring.show(0);
    }
    this.result.show(judged ? stays : 0, 0, judged ? lerp(MOTION.discFrom, 1, POP(share(now, judged.at, MOTION.discIn))) : 1);
  }

  /// How much is seen of each state of an option.
  choice(show, i, now) {
    const { answer, verdict, key } = show, label = "ABCD"[i], picked = answer?.choice.includes(label);
    if (!picked) {
      if (!key) return { option: 1 };
      const dimmed = share(now, key.at, MOTION.dim);
      return dimmed < 1 ? { other: 1, option: 1 - dimmed } : { other: 1 };
    }
    if (verdict) return { right: 1 };
    if (answer.locked != null) {
      const came = share(now, answer.locked, MOTION.lock);
      return came < 1 ? { locked: 1, selected: 1 - came } : { locked: 1 };
    }
    const came = share(now, answer.at, MOTION.lock);
    return came < 1 ? { selected: 1, option: 1 - came } : { selected: 1 };
  }
}
Card.ORDER = ["right", "other", "locked", "selected", "option"];

/// Header and score strip, which stay through the scenes that carry them.
class Standing {
  constructor(sheets) {
    const names = ["header0", "header1", "strip", ...Object.keys(sheets).filter(name => name.startsWith("cell"))];
    // They fade as one and never alone: one element, painted once.
    this.rest = element(stage, "div", { left: "0", top: "0", width: "1920px", height: "1080px" }, "sheet");
    for (const name of names) if (sheets[name]) new Sheet(this.rest, sheets[name], { moves: false });
    const [pill, ...words] = sheets.turn.parts, won = { ...sheets.won.parts[0].Plate, shadow: null };
    this.pill = new Sheet(stage, sheets.turn, { parts: [pill] });
    this.won = new Sheet(stage, sheets.turn, { parts: [{ Plate: won }] });
    this.words = new Sheet(stage, sheets.turn, { parts: words });
    this.score = this.words.parts.find((_, i) => /^\d+$/.test(words[i].Text.text));
    this.inks = [words[0].Text.style.colour, sheets.won.parts[1].Text.style.colour];
    this.chip = new Sheet(stage, sheets.chip);
    this.ink = this.value = null;
    this.opacity = 1;
  }

  draw(show, now) {
    const came = share(now, show.scene.since, MOTION.fadeIn), opacity = show.scene.name === "card" ? show.scene.handed ? came : 1 : 1 - came;
    if (opacity !== this.opacity) {
      changes += 1;
      this.rest.classList.toggle("gone", opacity <= 0);
      if (opacity > 0) this.rest.style.opacity = opacity;
      this.opacity = opacity;
    }
    const { before, after, at } = show.scores[show.turn.team], changed = before !== after;
    const lit = changed ? share(now, at, MOTION.cell) * (1 - share(now, at + MOTION.cellHold, MOTION.cell)) : 0;
    this.pill.show(opacity);
    this.won.show(lit * opacity);
    this.words.show(opacity);
    const ink = this.inks[lit < 0.5 ? 0 : 1];
    if (ink !== this.ink) changes += 1;
    if (ink !== this.ink) for (const line of this.words.parts) line.style.color = this.ink = ink;
    const run = MOTION.count - MOTION.countRest;
    const value = before + Math.trunc((after - before) * OUT(share(now, at + MOTION.countDelay, run)));
    if (value !== this.value) changes += 1, this.score.textContent = this.value = value;
    const risen = changed ? OUT(share(now, at + MOTION.chipDelay, MOTION.chipIn)) * (1 - share(now, at + MOTION.chipHold, MOTION.fadeOut)) : 0;
    this.chip.show(risen * opacity, MOTION.chipTravel * (1 - risen));
  }
}

/// The time as 24 blocks, black or white: proves which instant a picture shows. Only where the bench checks it.
class Blocks {
  constructor() {
    this.blocks = Array.from({ length: 24 }, (_, i) => element(stage, "div", { left: px(16 * i), top: "1064px", width: "16px", height: "16px" }));
  }

  draw(now) {
    const frame = Math.round(now / 20000);
    changes += 1;
    this.blocks.forEach((block, i) => block.style.background = frame >> i & 1 ? "#fff" : "#000");
  }
}

const peer = {
  ready: false,
  /// Draws this instant; says whether anything has changed.
  seek(now) {
    const before = changes;
    this.draw(now);
    return changes !== before;
  },
  draw(now) {
    const { show, ground, card, slate, standing } = this;
    show.to(now);
    ground?.draw(show, now);
    const { scene, left } = show;
    const passed = left ? now - left.at : Infinity;
    const gone = EXIT(share(passed, 0, MOTION.fadeOut)), ringGone = EXIT(share(passed, MOTION.ringOutDelay, MOTION.fadeOut));
    if (scene.name === "card") card.draw(show, scene, show.clock, now, [0, 0]);
    else if (left?.name === "card" && ringGone < 1) card.draw(show, left, left.clock, left.at, [gone, ringGone]);
    else card.hide();
    if (slate) {
      const leaving = left?.name === "slate" ? left : null, on = scene.name === "slate" ? scene : leaving;
      if (on && (on === scene || gone < 1)) {
        const at = on === scene ? now : left.at, since = on.since + (on.handed ? MOTION.handover : 0);
        slate.show(share(at, since, MOTION.fadeIn) * (on === scene ? 1 : 1 - gone), MOTION.travel * (1 - OUT(share(at, since, MOTION.moveIn))));
      } else {
        slate.show(0);
      }
    }
    standing.draw(show, now);
    this.blocks?.draw(now);
  },
};

async function begin() {
  const tape = await new Promise((done, failed) => {
    const request = new XMLHttpRequest();
    request.open("GET", asked.get("tape"));
    request.onload = () => done(request.responseText);
    request.onerror = () => failed(new Error("the tape cannot be read"));
    request.send();
  });
  await Promise.all(["500", "600", "700", "800", "900"].map(weight => document.fonts.load(`${weight} 40px Sans`, "人")));
  await document.fonts.load("700 40px Numerals", "0");
  const sheets = SHEETS[LAYOUT];
  peer.show = new Show(tape);
  peer.ground = LAYOUT === "tv" ? new Ground() : null;
  peer.slate = sheets.slate ? new Sheet(stage, sheets.slate) : null;
  peer.card = new Card(sheets);
  peer.standing = new Standing(sheets);
  peer.blocks = asked.get("strip") ? new Blocks() : null;
  peer.seek(10_000_000);
  peer.ready = true;
}
begin().catch(error => { window.fault = String(error); });
