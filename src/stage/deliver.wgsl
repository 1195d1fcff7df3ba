// A delivery: one rectangle of a picture, turned, in the look that its receiver mixes with. All in coded values, read
// and written through views that neither decode nor encode, so nothing is rounded that is not computed.

struct Blit {
    // Left, top, width and height on the picture.
    origin: vec4<i32>,
    // Left, top on the delivery; quarter turns clockwise; the look.
    place: vec4<i32>,
    // Coded.
    ground: vec4<f32>,
}
@group(0) @binding(0) var<uniform> blit: Blit;
@group(1) @binding(0) var picture: texture_2d<f32>;
// The straight value of a stored one (across) at an alpha (down).
@group(1) @binding(1) var straight: texture_2d<u32>;

const PREMULTIPLIED: i32 = 1;
const KEY: i32 = 2;
const OVER: i32 = 3;

@vertex
fn everywhere(@builtin(vertex_index) i: u32) -> @builtin(position) vec4<f32> {
    return vec4(f32(i & 1u) * 4.0 - 1.0, f32(i >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}

// As if it might differ from pixel to pixel: a software driver makes a shader anew for every value of a uniform that alone
// decides a branch.
fn told(value: i32, p: vec2<i32>) -> i32 {
    return select(value, 0, p.x < -32768);
}

// The texel that comes to lie here.
fn source(p: vec2<i32>) -> vec2<i32> {
    let last = blit.origin.zw - 1;
    switch told(blit.place.z, p) {
        case 1: { return vec2(p.y, last.y - p.x); }
        case 2: { return last - p; }
        case 3: { return vec2(last.x - p.y, p.x); }
        default: { return p; }
    }
}

@fragment
fn deliver(@builtin(position) at: vec4<f32>) -> @location(0) vec4<f32> {
    let stored = textureLoad(picture, blit.origin.xy + source(vec2<i32>(at.xy) - blit.place.xy), 0);
    let alpha = stored.a;
    let look = told(blit.place.w, vec2<i32>(at.xy));
    if look == KEY {
        return vec4(vec3(alpha), 1.0);
    }
    if alpha == 1.0 {
        return stored;
    }
    let code = vec4<i32>(round(stored * 255.0));
    let colour = vec3(
        f32(textureLoad(straight, vec2(code.r, code.a), 0).r),
        f32(textureLoad(straight, vec2(code.g, code.a), 0).r),
        f32(textureLoad(straight, vec2(code.b, code.a), 0).r),
    ) / 255.0;
    switch look {
        case PREMULTIPLIED: { return vec4(colour * alpha, alpha); }
        case OVER: { return vec4(colour * alpha + blit.ground.rgb * (1.0 - alpha), 1.0); }
        default: { return vec4(colour, alpha); }
    }
}
