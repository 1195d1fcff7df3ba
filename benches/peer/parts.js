// Elements out of sheets: plates, lines of text, signs. Built once.
// Counts what was changed on the page since it began: where it has not risen, the frame is the last one.
let changes = 0;
const NS = "http://www.w3.org/2000/svg";
// The design's sheets carry alphas for linear light; a browser mixes in sRGB, where the same look needs these.
const IN_SRGB = { "#020B28A3": "#020B2875", "#020B2882": "#020B2857", "#8FC2FF17": "#8FC2FF38", "#8FC2FF16": "#8FC2FF33" };
const colour = value => IN_SRGB[value] || value;

function element(parent, tag, css, classes = "") {
  const made = document.createElement(tag);
  made.className = classes;
  Object.assign(made.style, css);
  parent.append(made);
  return made;
}

function drawing(parent, tag, attributes) {
  const made = document.createElementNS(NS, tag);
  for (const [name, value] of Object.entries(attributes)) made.setAttribute(name, value);
  parent.append(made);
  return made;
}

const px = value => `${value}px`;
const box = rect => ({ left: px(rect.x), top: px(rect.y), width: px(rect.w), height: px(rect.h) });

function ground(fill) {
  if (fill.Solid) return colour(fill.Solid);
  if (fill.Vertical) return `linear-gradient(${fill.Vertical.map(colour).join()})`;
  if (fill.Horizontal) return `linear-gradient(90deg,${fill.Horizontal.map(([c, at]) => `${colour(c)} ${at * 100}%`).join()})`;
  return "none";
}

function plate(parent, { rect, radii, fill, border, shadow }) {
  return element(parent, "div", {
    ...box(rect), borderRadius: radii.map(px).join(" "), background: ground(fill),
    boxShadow: [
      ...(shadow ? [`0 ${shadow.y}px ${shadow.blur}px ${colour(shadow.colour)}`] : []),
      ...(border && fill !== "None" ? [`inset 0 0 0 ${border.width}px ${colour(border.colour)}`] : []),
    ].join() || "none",
    border: border && fill === "None" ? `${border.width}px solid ${colour(border.colour)}` : "none",
  });
}

// Both faces sit this much too low in their line box, in em; the line box's middle is to be the optical one.
const LOW = 0.05;

function text(parent, { at, line, anchor, text, style }) {
  const made = element(parent, "div", {
    left: px(at.x), top: px(at.y - LOW * style.size), height: px(line), lineHeight: px(line), fontSize: px(style.size), fontWeight: style.weight,
    letterSpacing: style.tracking ? `${style.tracking}em` : "0", color: style.colour,
  }, `text ${anchor} ${style.face}`);
  made.textContent = text;
  return made;
}

function icon(parent, { rect, icon, colour }) {
  const svg = drawing(parent, "svg", { viewBox: "-0.5 -0.5 1 1", style: Object.entries(box(rect)).map(([k, v]) => `${k}:${v}`).join(";") });
  if (icon === "Check") {
    drawing(svg, "path", { d: "M-.4 .03L-.11 .31L.42 -.3", fill: "none", stroke: colour, "stroke-width": 0.17, "stroke-linecap": "round", "stroke-linejoin": "round" });
  } else {
    drawing(svg, "rect", { x: -0.36, y: -0.06, width: 0.72, height: 0.52, rx: 0.09, fill: colour });
    drawing(svg, "path", { d: "M-.22 -.06V-.22A.22 .22 0 0 1 .22 -.22V-.06", fill: "none", stroke: colour, "stroke-width": 0.12 });
  }
  return svg;
}

function part(parent, one) {
  if (one.Plate) return plate(parent, one.Plate);
  if (one.Text) return text(parent, one.Text);
  if (one.Icon) return icon(parent, one.Icon);
  return null;
}

/// An element that is only moved, scaled, faded and hidden from then on; it remembers what it was told.
class Sheet {
  constructor(stage, measures, { moves = true, parts = measures.parts } = {}) {
    this.node = element(stage, "div", box(measures), moves ? "sheet" : "still");
    this.parts = parts.map(one => part(this.node, one));
    this.opacity = 1;
    this.transform = "";
  }

  show(opacity, y = 0, scale = 1) {
    const hidden = opacity <= 0;
    if (hidden !== (this.opacity <= 0)) changes += 1, this.node.classList.toggle("gone", hidden);
    if (!hidden && opacity !== this.opacity) changes += 1, this.node.style.opacity = opacity;
    this.opacity = hidden ? 0 : opacity;
    if (hidden) return;
    const transform = scale === 1 ? y === 0 ? "" : `translateY(${y}px)` : `scale(${scale})`;
    if (transform !== this.transform) changes += 1, this.node.style.transform = this.transform = transform;
  }
}
