// Shapes as signed distances: every edge is exactly one physical pixel soft, at any scale.
// Lengths are physical px from the node's top left. Colours have straight alpha; those that are only laid over one
// another arrive linear (decoding costs more than everything else here), those that are mixed arrive gamma-coded.
// The result is premultiplied and linear; the hardware encodes it.

#import bevy_ui::ui_vertex_output::UiVertexOutput

struct Slots { v: array<vec4<f32>, 32> }
@group(1) @binding(0) var<uniform> s: Slots;

const TAU: f32 = 6.283185307179586;

fn to_linear(c: vec3<f32>) -> vec3<f32> {
    return select(pow((c + 0.055) / 1.055, vec3(2.4)), c / 12.92, c <= vec3(0.04045));
}

// A number that decides a branch or a loop, as if it might differ from pixel to pixel, which it does not. Where
// a uniform alone decides a branch, lavapipe's compiled code was seen to grow with every new value of it, and with it the
// time of a picture; it seems to inline the value.
fn told(value: f32, uv: vec2<f32>) -> f32 {
    return select(value, 0.0, uv.x < -9.0);
}

fn coverage(d: f32) -> f32 {
    return saturate(0.5 - d);
}

// Lays a linear colour of coverage `k` over a premultiplied one.
fn over(below: vec4<f32>, colour: vec4<f32>, k: f32) -> vec4<f32> {
    let a = colour.a * k;
    return below * (1.0 - a) + vec4(colour.rgb * a, a);
}

// Radii: top left, top right, bottom right, bottom left.
fn pick_radius(p: vec2<f32>, radii: vec4<f32>) -> f32 {
    let side = select(radii.xw, radii.yz, p.x > 0.0);
    return select(side.x, side.y, p.y > 0.0);
}

fn rounded_box(p: vec2<f32>, half_size: vec2<f32>, radius: f32) -> f32 {
    let q = abs(p) - half_size + radius;
    return length(max(q, vec2(0.0))) + min(max(q.x, q.y), 0.0) - radius;
}

#ifdef PLATE
// 0 rectangle · 1 radii · 2 (border px, 1 when horizontal, number of stops, -) · 3 border colour, linear
// 4..9 stop colours, gamma · 10, 11 stop positions
fn stop_at(i: u32) -> f32 {
    return s.v[10u + i / 4u][i % 4u];
}

@fragment
fn fragment(in: UiVertexOutput) -> @location(0) vec4<f32> {
    let rect = s.v[0];
    let half_size = rect.zw * 0.5;
    let p = in.uv * in.size - rect.xy - half_size;
    let radius = pick_radius(p, s.v[1]);
    let d = rounded_box(p, half_size, radius);
    let along = saturate((p + half_size) / rect.zw);
    let t = select(along.y, along.x, s.v[2].y > 0.5);
    let stops = u32(told(s.v[2].z, in.uv));
    var fill = vec4(0.0);
    if stops > 0u {
        // Premultiplied, in gamma: a stop of alpha 0 does not drag its colour in.
        fill = s.v[4];
        fill = vec4(fill.rgb * fill.a, fill.a);
        for (var i = 1u; i < stops; i++) {
            let a = stop_at(i - 1u);
            let b = stop_at(i);
            let next = s.v[4u + i];
            fill = mix(fill, vec4(next.rgb * next.a, next.a), saturate((t - a) / max(b - a, 1e-5)));
        }
        fill = vec4(fill.rgb / max(fill.a, 1e-5), fill.a);
    }
    var out = over(vec4(0.0), vec4(to_linear(fill.rgb), fill.a), coverage(d));
    let border = told(s.v[2].x, in.uv);
    if border > 0.0 {
        let inner = rounded_box(p, half_size - border, max(radius - border, 0.0));
        out = over(out, s.v[3], coverage(d) * (1.0 - coverage(inner)));
    }
    return out;
}
#endif

#ifdef SHADOW
// 0 shadow rectangle · 1 radii · 2 (sigma, 1 when the caster is cut out, -, -) · 3 colour, linear · 4 caster
fn erf_like(x: f32) -> f32 {
    let y = x * 1.1283791670955126;
    let z = y * y;
    let w = y + (0.24295 + (0.03395 + 0.0104 * z) * z) * (y * z);
    return w * inverseSqrt(1.0 + w * w);
}

// A rounded rectangle blurred by a Gaussian, in closed form (Raph Levien's superellipse approximation).
fn blurred(p_in: vec2<f32>, size_in: vec2<f32>, corner: f32, sigma: f32) -> f32 {
    var size = size_in;
    let edge = min(size.x, size.y);
    let r0 = min(length(vec2(corner, sigma * 1.15)), edge * 0.5);
    let r1 = min(length(vec2(corner, sigma * 2.0)), edge * 0.5);
    let exponent = 2.0 * r1 / r0;
    let ex = exp(-pow(0.5 / sigma * size.x, 2.0));
    let ey = exp(-pow(0.5 / sigma * size.y, 2.0));
    let delta = 1.25 * sigma * (ex - ey);
    size = size + vec2(min(delta, 0.0), -max(delta, 0.0));
    let q = abs(p_in) - (size * 0.5 - r1);
    let m = max(q, vec2(0.0));
    let outside = pow(pow(m.x, exponent) + pow(m.y, exponent), 1.0 / exponent);
    let d = outside + min(max(q.x, q.y), 0.0) - r1;
    let scale = 0.5 * erf_like(edge * 0.5 / sigma);
    return saturate(scale * (erf_like((edge + d) / sigma) - erf_like(d / sigma)));
}

@fragment
fn fragment(in: UiVertexOutput) -> @location(0) vec4<f32> {
    let rect = s.v[0];
    let at = in.uv * in.size;
    let p = at - rect.xy - rect.zw * 0.5;
    var k = blurred(p, rect.zw, pick_radius(p, s.v[1]), max(s.v[2].x, 0.25));
    if told(s.v[2].y, in.uv) > 0.5 {
        let caster = s.v[4];
        let c = at - caster.xy - caster.zw * 0.5;
        k *= 1.0 - coverage(rounded_box(c, caster.zw * 0.5, pick_radius(c, s.v[1])));
    }
    return over(vec4(0.0), s.v[3], k);
}
#endif

#ifdef ICON
// 0 (centre, size, number of strokes) · 1 colour, linear · 2 box (centre, half size) in units of size
// 3 (box corner, arch radius, arch half width, -) · 4 arch (centre, -, -)
// 6..14 strokes (from, to) · 15..17 stroke half widths
fn stroke(p: vec2<f32>, ends: vec4<f32>, half_width: f32) -> f32 {
    let along = ends.zw - ends.xy;
    let t = saturate(dot(p - ends.xy, along) / max(dot(along, along), 1e-6));
    return length(p - ends.xy - along * t) - half_width;
}

@fragment
fn fragment(in: UiVertexOutput) -> @location(0) vec4<f32> {
    let size = s.v[0].z;
    let p = (in.uv * in.size - s.v[0].xy) / size;
    var d = 1e3;
    let strokes = u32(told(s.v[0].w, in.uv));
    for (var i = 0u; i < strokes; i++) {
        d = min(d, stroke(p, s.v[6u + i], s.v[15u + i / 4u][i % 4u]));
    }
    if told(s.v[2].z, in.uv) > 0.0 {
        d = min(d, rounded_box(p - s.v[2].xy, s.v[2].zw, s.v[3].x));
    }
    if told(s.v[3].y, in.uv) > 0.0 {
        let q = p - s.v[4].xy;
        let arch = abs(length(vec2(q.x, min(q.y, 0.0))) - s.v[3].y) - s.v[3].z;
        d = min(d, max(arch, q.y - 0.01));
    }
    return over(vec4(0.0), s.v[1], coverage(d * size));
}
#endif

#ifdef RING
// 0 (centre, radius, stroke) · 1 (rim, sweep, 1 with a head, ticks) · 2 (dashes, tick inner r, tick outer r, tick half width)
// linear colours: 3 well top · 4 well bottom · 5 track · 6 lit · 7 tick
// 8 (head r, hole r, share of an unlit tick, -)
// 9 (sine, cosine of the head's angle, head centre)
// Clockwise from 12 o'clock, 0 to 1; Hastings' arc tangent is right to 1e-5 and half the price of the built-in.
fn turn_of(p: vec2<f32>) -> f32 {
    let q = abs(p);
    let a = min(q.x, q.y) / max(max(q.x, q.y), 1e-6);
    let b = a * a;
    let small = ((((0.0208351 * b - 0.0851330) * b + 0.1801410) * b - 0.3302995) * b + 0.9998660) * a / TAU;
    let from_top = select(small, 0.25 - small, q.x > q.y);
    let right = select(from_top, 0.5 - from_top, p.y > 0.0);
    return select(right, 1.0 - right, p.x < 0.0);
}

@fragment
fn fragment(in: UiVertexOutput) -> @location(0) vec4<f32> {
    let p = in.uv * in.size - s.v[0].xy;
    let r = length(p);
    let radius = s.v[0].z;
    let width = s.v[0].w;
    let well_radius = radius + s.v[1].x;
    let well = mix(s.v[3], s.v[4], saturate(p.y / (2.0 * well_radius) + 0.5));
    var out = over(vec4(0.0), well, coverage(r - well_radius));

    let mid = radius - width * 0.5;
    let band = abs(r - mid) - width * 0.5;
    out = over(out, s.v[5], coverage(band));

    let turn = turn_of(p);
    let sweep = s.v[1].y;
    // The lit arc runs from the head clockwise to 12 o'clock: both ends are half planes through the centre.
    let from_head = -dot(p, vec2(s.v[9].y, s.v[9].x));
    var wedge = select(min(from_head, p.x), max(from_head, p.x), sweep <= 0.5);
    wedge = select(wedge, -1e3, sweep >= 0.99999);
    wedge = select(wedge, 1e3, sweep <= 0.00001);
    var arc = max(band, wedge);
#ifdef DASHED
    let dashes = s.v[2].x;
    let fold = abs(fract(turn * dashes) - 0.5) / dashes * TAU * mid;
    arc = max(arc, fold - 0.3 / dashes * TAU * mid);
#endif
    out = over(out, s.v[6], coverage(arc));

    let ticks = told(s.v[1].w, in.uv);
    if ticks > 0.5 {
        let nearest = round(turn * ticks);
        let off = (turn - nearest / ticks) * TAU;
        // A tick is so narrow that the arc is as long as its chord.
        let tick_mid = (s.v[2].y + s.v[2].z) * 0.5;
        let d = max(r * abs(off) - s.v[2].w, abs(r - tick_mid) - (s.v[2].z - s.v[2].y) * 0.5);
        let passed = (nearest % ticks) / ticks < 1.0 - sweep - 1e-4;
        let colour = vec4(s.v[7].rgb, s.v[7].a * select(1.0, s.v[8].z, passed));
        out = over(out, colour, coverage(d));
    }
    if told(s.v[1].z, in.uv) > 0.5 {
        let d = length(p - s.v[9].zw);
        out = over(out, s.v[6], coverage(d - s.v[8].x));
        out = over(out, vec4(well.rgb, 1.0), coverage(d - s.v[8].y));
    }
    return out;
}
#endif

#ifdef SKY
// 0 (focus, radii) · 1 (stops, arcs, arc half width, -) · 2 (floor top, floor radius, horizon half width, -)
// 3 floor · 4 horizon · 5 scrim colour (a = at the top) · 6 (scrim half way, scrim height, 1 with a sun, 1 with a glow)
// 7 (sun centre, sun radius, -) · 8 sun top · 9 sun bottom · 10 sun rings' colour · 11 (radius, half width) of each
// 12 (glow centre, radius, -) · 13 glow · 14, 15 arc radii · 16 inner arc · 17 outer arc · 18 (arc centre, -, -)
// 19..26 stop colours · 27, 28 stop positions · 29 (left, top, width, height)
// 30 beams (a = 0 for none) · 31 the colour they fade into
fn stop_at(i: u32) -> f32 {
    return s.v[27u + i / 4u][i % 4u];
}

// Static: the same pixel always gets the same three numbers (pcg3d).
fn hash(at: vec2<u32>, salt: u32) -> vec3<f32> {
    var v = vec3(at, salt) * 1664525u + 1013904223u;
    v.x += v.y * v.z;
    v.y += v.z * v.x;
    v.z += v.x * v.y;
    v = v ^ (v >> vec3(16u));
    v.x += v.y * v.z;
    v.y += v.z * v.x;
    v.z += v.x * v.y;
    return vec3<f32>(v >> vec3(8u)) / 16777216.0;
}

@fragment
fn fragment(in: UiVertexOutput) -> @location(0) vec4<f32> {
    let p = in.uv * in.size - s.v[29].xy;
    let from_focus = p - s.v[0].xy;
    let t = length(from_focus / s.v[0].zw);
    var c = s.v[19].rgb;
    let stops = u32(told(s.v[1].x, in.uv));
    for (var i = 1u; i < stops; i++) {
        let a = stop_at(i - 1u);
        c = mix(c, s.v[19u + i].rgb, saturate((t - a) / max(stop_at(i) - a, 1e-5)));
    }
    // The ground is opaque, so all that lies on it mixes in gamma, as it was drawn up.
    if told(s.v[30].a, in.uv) > 0.0 {
        // 36 sectors of ten degrees, every second one lit; their edges are a pixel soft, and none where they meet.
        let sector = atan2(from_focus.y, from_focus.x) / TAU * 36.0;
        let fold = abs(fract(sector * 0.5) - 0.5) * 2.0;
        let soft = 36.0 / (TAU * max(length(from_focus), 1.0));
        let beam = saturate((fold - 0.5) / soft + 0.5);
        c = mix(c, s.v[30].rgb, s.v[30].a * beam);
        c = mix(c, s.v[31].rgb, s.v[31].a * saturate((t * 1.15 - 0.3) / 0.7));
    }
    if told(s.v[6].w, in.uv) > 0.5 {
        let near = 1.0 - saturate(length(p - s.v[12].xy) / s.v[12].z);
        c = mix(c, s.v[13].rgb, s.v[13].a * near);
    }
    let scrim_height = told(s.v[6].y, in.uv);
    if scrim_height > 0.0 {
        let y = p.y / scrim_height;
        let upper = mix(s.v[5].a, s.v[6].x, saturate(y * 2.0));
        c = mix(c, s.v[5].rgb, mix(upper, 0.0, saturate(y * 2.0 - 1.0)));
    }
    let arcs = u32(told(s.v[1].y, in.uv));
    let r = length(p - s.v[18].xy);
    for (var i = 0u; i < arcs; i++) {
        let d = abs(r - s.v[14u + i / 4u][i % 4u]) - s.v[1].z;
        let line = mix(s.v[16], s.v[17], f32(i) / max(f32(arcs) - 1.0, 1.0));
        c = mix(c, line.rgb, line.a * coverage(d));
    }
    if told(s.v[6].z, in.uv) > 0.5 {
        let from_sun = p - s.v[7].xy;
        let r = length(from_sun);
        let disc = mix(s.v[8].rgb, s.v[9].rgb, saturate(from_sun.y / s.v[7].z * 0.5 + 0.5));
        c = mix(c, disc, coverage(r - s.v[7].z));
        c = mix(c, s.v[10].rgb, s.v[10].a * coverage(abs(r - s.v[11].x) - s.v[11].y));
        c = mix(c, s.v[10].rgb, 0.6 * s.v[10].a * coverage(abs(r - s.v[11].z) - s.v[11].w));
    }
    let floor_radius = told(s.v[2].y, in.uv);
    if floor_radius > 0.0 {
        let half_width = s.v[29].z * 0.5;
        let d = length(p - vec2(half_width, s.v[2].x + floor_radius)) - floor_radius;
        c = mix(c, s.v[3].rgb, s.v[3].a * coverage(d));
        let fade = saturate(1.0 - abs(p.x - half_width) / half_width);
        c = mix(c, s.v[4].rgb, s.v[4].a * fade * coverage(abs(d) - s.v[2].z));
    }
    // A triangular dither of one 8-bit step, laid on in gamma: dark gradients show no bands.
    let at = vec2<u32>(in.position.xy);
    c = saturate(c + (hash(at, 1u) + hash(at, 2u) - 1.0) / 255.0);
    return vec4(to_linear(c), 1.0);
}
#endif

#ifdef LIGHT
// 0 (arc centre, half width, -) · 1, 2 arc radii · 3, 4 their alphas · 5..10 their premultiplied red, green, blue, linear
// 11 (sun centre, radius, -) · 12 sun top · 13 sun bottom, gamma · 14 sun rings' colour, linear · 15 (radius, half width)
// of each ring · 16 (floor top, floor radius, floor alpha, horizon half width)
// 17 (horizon alpha, middle of the floor, half its width, -) · 18 (left, top, width, height)
@fragment
fn fragment(in: UiVertexOutput) -> @location(0) vec4<f32> {
    let p = in.uv * in.size - s.v[18].xy;
#ifdef SUN
    let from_sun = p - s.v[11].xy;
    let d = length(from_sun);
    let disc = mix(s.v[12].rgb, s.v[13].rgb, saturate(from_sun.y / s.v[11].z * 0.5 + 0.5));
    var out = over(vec4(0.0), vec4(to_linear(disc), 1.0), coverage(d - s.v[11].z));
    out = over(out, s.v[14], coverage(abs(d - s.v[15].x) - s.v[15].y));
    out = over(out, vec4(s.v[14].rgb, 0.6 * s.v[14].a), coverage(abs(d - s.v[15].z) - s.v[15].w));
#else
    // Hairlines lie apart: none covers another, so all eight are one sum.
    let r = length(p - s.v[0].xy);
    let near = saturate(0.5 + s.v[0].z - abs(vec4(r) - s.v[1]));
    let far = saturate(0.5 + s.v[0].z - abs(vec4(r) - s.v[2]));
    var out = vec4(
        dot(near, s.v[5]) + dot(far, s.v[6]),
        dot(near, s.v[7]) + dot(far, s.v[8]),
        dot(near, s.v[9]) + dot(far, s.v[10]),
        dot(near, s.v[3]) + dot(far, s.v[4]),
    );
#endif
    let depth = length(p - vec2(s.v[17].y, s.v[16].x + s.v[16].y)) - s.v[16].y;
    let fade = saturate(1.0 - abs(p.x - s.v[17].y) / s.v[17].z);
    return out * (1.0 - s.v[16].z * coverage(depth)) * (1.0 - s.v[17].x * fade * coverage(abs(depth) - s.v[16].w));
}
#endif
