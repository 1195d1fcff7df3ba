// The countdown's ring, drawn on a canvas of its own or as SVG; both redraw only when something of it changed.
const TAU = 2 * Math.PI;
const RINGS = {
  tv: { stroke: 22, hot: 26, critical: 32, locked: 12, hotS: 5, criticalS: 3, timer: [195, 186], scale: 1 },
  stream: { stroke: 12, hot: 15, critical: 18, locked: 8, hotS: 5, criticalS: 3, timer: [120, 112], scale: 1 },
};
const WELL = [4, 22, 65], WELL_CRITICAL = [74, 13, 34], LIT = [255, 183, 61], HOT = [255, 138, 52], CRITICAL = [255, 91, 77], REST = [185, 211, 248];
const PULSE = 1.06, PULSE_CRITICAL = 1.1, PULSE_US = 240 * MS, SECOND = 1000 * MS;

class Ring extends Sheet {
  constructor(stage, measures, layout, way) {
    super(stage, measures, { parts: [] });
    this.node.classList.add("busy");
    Object.assign(this, { layout: RINGS[layout], part: measures.parts[0].Ring, way, was: "" });
    const { w, h } = measures;
    if (way === "canvas") {
      const canvas = element(this.node, "canvas", { left: "0", top: "0" });
      Object.assign(canvas, { width: w, height: h });
      this.pen = canvas.getContext("2d");
    } else {
      this.build(drawing(this.node, "svg", { width: w, height: h, style: "left:0;top:0" }));
    }
    this.digits = text(this.node, measures.parts[1].Text);
    if (measures.parts[2]) text(this.node, measures.parts[2].Text);
    this.digit = this.size = "";
  }

  /// `frozen` is the instant its content stands still at.
  set(clock, now, since, locked) {
    const { layout, part } = this, running = clock.phase === "running";
    const rest = running ? Math.max(clock.ends - now, 0) : clock.rest;
    const crossed = s => rest > s * SECOND ? 0 : share(s * SECOND, rest, MOTION.urgent);
    let stroke = layout.stroke, lit = LIT, well = WELL;
    if (clock.phase !== "armed") {
      const hot = crossed(layout.hotS), critical = crossed(layout.criticalS);
      stroke = lerp(lerp(stroke, layout.hot, hot), layout.critical, critical);
      lit = mix(mix(lit, HOT, hot), CRITICAL, critical);
      well = mix(well, WELL_CRITICAL, critical);
    }
    if (running) stroke += MOTION.startPx * (1 - share(now, clock.since, MOTION.start));
    if (clock.phase === "stopped") {
      const thin = share(now, Math.min(locked ?? clock.since, clock.since), MOTION.freeze);
      stroke = lerp(stroke, layout.locked, thin);
      lit = mix(lit, REST, thin);
      well = mix(well, WELL, thin);
    }
    const drawn = running ? 1 : IO(share(now, Math.max(since, clock.armed) + MOTION.ringDrawDelay, MOTION.ringDraw));
    const sweep = Math.min(rest / clock.duration, 1) * drawn;
    const looks = { sweep, stroke, lit: rgb(lit), well: rgb(well), radius: part.radius, rim: part.rim };
    const key = `${sweep} ${stroke} ${looks.lit} ${looks.well}`;
    if (key !== this.was) {
      this.was = key;
      changes += 1;
      if (this.pen) this.paint(looks); else this.update(looks);
    }
    this.say(rest, running);
  }

  say(rest, running) {
    const digit = String(Math.ceil(rest / SECOND)), { layout } = this;
    let size = layout.timer[digit.length - 1];
    if (running && rest <= layout.hotS * SECOND) {
      const passed = (SECOND - rest % SECOND) % SECOND, swell = share(passed, 0, PULSE_US);
      const height = swell >= 1 ? 0 : 1 - Math.abs(2 * swell - 1);
      const most = rest <= layout.criticalS * SECOND ? PULSE_CRITICAL : PULSE;
      size = Math.round(size * (1 + (most - 1) * height) / 4) * 4;
    }
    if (digit !== this.digit) changes += 1, this.digits.textContent = this.digit = digit;
    if (size !== this.size) changes += 1, this.digits.style.fontSize = px(this.size = size);
  }

  ticks(looks) {
    const outer = looks.radius - looks.stroke - 8 * this.layout.scale;
    return { outer, inner: outer - 12 * this.layout.scale };
  }

  paint({ sweep, stroke, lit, well, radius, rim }) {
    const { pen, part } = this, { x, y } = part.centre, middle = radius - stroke / 2;
    pen.clearRect(0, 0, 2 * x, 2 * y);
    const disc = (cx, cy, r, fill) => { pen.fillStyle = fill; pen.beginPath(); pen.arc(cx, cy, r, 0, TAU); pen.fill(); };
    disc(x, y, radius + rim, well);
    pen.lineWidth = stroke;
    pen.strokeStyle = colour(part.track);
    pen.beginPath(); pen.arc(x, y, middle, 0, TAU); pen.stroke();
    if (sweep > 0) {
      pen.strokeStyle = lit;
      pen.beginPath(); pen.arc(x, y, middle, (1 - sweep) * TAU - TAU / 4, TAU * 0.75); pen.stroke();
    }
    const { outer, inner } = this.ticks({ radius, stroke });
    pen.lineWidth = 4 * this.layout.scale;
    for (let i = 0; i < part.ticks; i++) {
      const angle = i / part.ticks * TAU, sx = Math.sin(angle), sy = -Math.cos(angle);
      pen.strokeStyle = part.tick;
      pen.globalAlpha = i / part.ticks < 1 - sweep - 1e-4 ? 0.35 : 1;
      pen.beginPath(); pen.moveTo(x + inner * sx, y + inner * sy); pen.lineTo(x + outer * sx, y + outer * sy); pen.stroke();
    }
    pen.globalAlpha = 1;
    const angle = (1 - sweep) * TAU, hx = x + middle * Math.sin(angle), hy = y - middle * Math.cos(angle);
    disc(hx, hy, 0.82 * stroke, lit);
    disc(hx, hy, 0.36 * stroke, well);
  }

  build(svg) {
    const { part } = this, { x: cx, y: cy } = part.centre;
    const circle = attributes => drawing(svg, "circle", { cx, cy, fill: "none", ...attributes });
    this.well = circle({ r: part.radius + part.rim });
    this.track = circle({ stroke: colour(part.track) });
    // From 12 o'clock anticlockwise: what is left ends where the head is.
    this.arc = circle({ pathLength: 1, transform: `matrix(0 -1 -1 0 ${cx + cy} ${cx + cy})` });
    this.tick = Array.from({ length: part.ticks }, (_, i) =>
      drawing(svg, "line", { x1: cx, x2: cx, stroke: part.tick, "stroke-width": 4 * this.layout.scale, transform: `rotate(${i / part.ticks * 360} ${cx} ${cy})` }));
    this.head = [drawing(svg, "circle", {}), drawing(svg, "circle", {})];
    this.told = new Map();
  }

  /// Sets an attribute that changed, and no other.
  tell(node, name, value) {
    let told = this.told.get(node);
    if (!told) this.told.set(node, told = {});
    if (told[name] !== value) node.setAttribute(name, told[name] = value);
  }

  update({ sweep, stroke, lit, well, radius }) {
    const { x, y } = this.part.centre, middle = radius - stroke / 2, angle = (1 - sweep) * TAU;
    const tell = (node, attributes) => Object.entries(attributes).forEach(([name, value]) => this.tell(node, name, value));
    tell(this.well, { fill: well });
    tell(this.track, { r: middle, "stroke-width": stroke });
    tell(this.arc, { r: middle, "stroke-width": stroke, stroke: lit, "stroke-dasharray": `${sweep} 2`, visibility: sweep > 0 ? "inherit" : "hidden" });
    const { outer, inner } = this.ticks({ radius, stroke }), count = this.tick.length;
    this.tick.forEach((tick, i) => tell(tick, { y1: y - outer, y2: y - inner, "stroke-opacity": i / count < 1 - sweep - 1e-4 ? 0.35 : 1 }));
    const at = { cx: x + middle * Math.sin(angle), cy: y - middle * Math.cos(angle) };
    tell(this.head[0], { ...at, r: 0.82 * stroke, fill: lit });
    tell(this.head[1], { ...at, r: 0.36 * stroke, fill: well });
  }
}
