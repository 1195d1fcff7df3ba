// The curves and spans of the design (µs).
const MS = 1000;
const MOTION = {
  handover: 240 * MS, fadeIn: 200 * MS, moveIn: 400 * MS, travel: 16, stagger: 60 * MS, fadeOut: 240 * MS, ringOutDelay: 60 * MS, ringOutScale: 0.96,
  ground: 600 * MS, groundRest: 1000 * MS, arcs: 900 * MS, swap: 160 * MS,
  ringDraw: 500 * MS, ringDrawDelay: 200 * MS, textDelay: 120 * MS, optionDelay: 240 * MS, optionIn: 300 * MS,
  lock: 100 * MS, freeze: 300 * MS, discIn: 300 * MS, discFrom: 0.92, dim: 300 * MS, basisDelay: 200 * MS, padlock: 200 * MS, padlockFrom: 0.8,
  chipDelay: 300 * MS, chipIn: 300 * MS, chipTravel: 20, chipHold: 6000 * MS, countDelay: 600 * MS, count: 500 * MS, countRest: 80 * MS, cell: 200 * MS, cellHold: 6000 * MS,
  start: 300 * MS, startPx: 2, urgent: 200 * MS,
};

function curve(x1, y1, x2, y2) {
  const bezier = (a, b, s) => { const r = 1 - s; return 3 * r * r * s * a + 3 * r * s * s * b + s * s * s; };
  return t => {
    if (t <= 0) return 0;
    if (t >= 1) return 1;
    let low = 0, high = 1;
    for (let i = 0; i < 24; i++) {
      const middle = (low + high) / 2;
      if (bezier(x1, x2, middle) < t) low = middle; else high = middle;
    }
    return bezier(y1, y2, (low + high) / 2);
  };
}
const OUT = curve(0.16, 1, 0.3, 1), EXIT = curve(0.7, 0, 0.84, 0), IO = curve(0.65, 0, 0.35, 1), POP = curve(0.34, 1.4, 0.64, 1);
const share = (now, since, span) => now <= since ? 0 : now - since >= span ? 1 : (now - since) / span;
const lerp = (a, b, t) => a + (b - a) * t;
const mix = (a, b, t) => t <= 0 ? a : t >= 1 ? b : [0, 1, 2].map(i => lerp(a[i], b[i], t));
const rgb = c => `rgb(${c.map(Math.round).join()})`;
