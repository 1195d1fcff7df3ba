// The compositor: one layer, premultiplied, onto the program. A triangle covers the raster; the scissor does the rest,
// so a pixel's value never depends on which rectangle it was drawn in.

struct Layer {
    // Top left and size on the raster, physical px.
    quad: vec4<f32>,
    // Opacity, then unused.
    look: vec4<f32>,
}
@group(0) @binding(0) var<uniform> layer: Layer;
@group(1) @binding(0) var texels: texture_2d<f32>;
@group(1) @binding(1) var smooth_sampler: sampler;

@vertex
fn everywhere(@builtin(vertex_index) i: u32) -> @builtin(position) vec4<f32> {
    return vec4(f32(i & 1u) * 4.0 - 1.0, f32(i >> 1u) * 4.0 - 1.0, 0.0, 1.0);
}

@fragment
fn load(@builtin(position) at: vec4<f32>) -> @location(0) vec4<f32> {
    return textureLoad(texels, vec2<i32>(at.xy - layer.quad.xy), 0) * layer.look.x;
}

@fragment
fn replace(@builtin(position) at: vec4<f32>) -> @location(0) vec4<f32> {
    return textureLoad(texels, vec2<i32>(at.xy - layer.quad.xy), 0);
}

@fragment
fn sample(@builtin(position) at: vec4<f32>) -> @location(0) vec4<f32> {
    let p = at.xy - layer.quad.xy;
    // The quad's own edge is one pixel soft.
    let inside = saturate(min(p, layer.quad.zw - p) + 0.5);
    return textureSampleLevel(texels, smooth_sampler, p / layer.quad.zw, 0.0) * layer.look.x * inside.x * inside.y;
}

@fragment
fn clear() -> @location(0) vec4<f32> {
    return vec4(0.0);
}

// Presenting: a picture in a window, black around it, or nothing where the window is seen through. A window takes linear
// light and encodes it. What is made of a texel's alpha comes with the uniforms:
const OPAQUE: i32 = 0;             // as it is
const THROUGH_COMPOSITED: i32 = 1; // seen through, of what the compositor left
const THROUGH_STRAIGHT: i32 = 2;   // seen through, of straight colours
const THROUGH: i32 = 3;            // seen through, as it is
const FILL: i32 = 4;               // the straight colours of what the compositor left
const OVER_BLACK: i32 = 5;         // straight colours over black

fn coded(linear: vec3<f32>) -> vec3<f32> {
    return select(1.055 * pow(linear, vec3(1.0 / 2.4)) - 0.055, linear * 12.92, linear <= vec3(0.0031308));
}

fn light(coded: vec3<f32>) -> vec3<f32> {
    return select(pow((coded + 0.055) / 1.055, vec3(2.4)), coded / 12.92, coded <= vec3(0.04045));
}

// As if it might differ from pixel to pixel: a software driver makes a shader anew for every value of a uniform that alone
// decides a branch, here for every picture.
fn making_at(x: f32) -> i32 {
    return i32(select(layer.look.x, 0.0, x < -9.0));
}

fn shown(texel: vec4<f32>, making: i32) -> vec4<f32> {
    if texel.a == 1.0 || making == THROUGH {
        return texel;
    }
    let fill = saturate(texel.rgb / max(texel.a, 1e-4));
    switch making {
        case THROUGH_COMPOSITED: { return vec4(light(coded(fill) * texel.a), texel.a); }
        case THROUGH_STRAIGHT: { return vec4(light(coded(texel.rgb) * texel.a), texel.a); }
        case FILL: { return vec4(fill, 1.0); }
        case OVER_BLACK: { return vec4(light(coded(texel.rgb) * texel.a), 1.0); }
        default: { return vec4(texel.rgb, 1.0); }
    }
}

fn around(making: i32) -> vec4<f32> {
    let through = making == THROUGH_COMPOSITED || making == THROUGH_STRAIGHT || making == THROUGH;
    return vec4(0.0, 0.0, 0.0, select(1.0, 0.0, through));
}

@fragment
fn present(@builtin(position) at: vec4<f32>) -> @location(0) vec4<f32> {
    let p = vec2<i32>(floor(at.xy - layer.quad.xy));
    let size = vec2<i32>(textureDimensions(texels));
    let texel = textureLoad(texels, clamp(p, vec2(0), size - 1), 0);
    let making = making_at(at.x);
    return select(around(making), shown(texel, making), all(p >= vec2(0)) && all(p < size));
}

// Every texel under the pixel counts where the picture is made smaller; where it is made larger it is interpolated.
@fragment
fn present_scaled(@builtin(position) at: vec4<f32>) -> @location(0) vec4<f32> {
    let p = at.xy - layer.quad.xy;
    let making = making_at(at.x);
    if any(p < vec2(0.0)) || any(p >= layer.quad.zw) {
        return around(making);
    }
    let texels_in_pixel = vec2<f32>(textureDimensions(texels)) / layer.quad.zw;
    // One interpolated sample reads two texels each way.
    let wanted = select(texels_in_pixel, vec2(1.0), at.x < -9.0);
    let taps = clamp(vec2<i32>(ceil(wanted / 2.0)), vec2(1), vec2(8));
    var sum = vec4(0.0);
    for (var y = 0; y < taps.y; y++) {
        for (var x = 0; x < taps.x; x++) {
            let within = (vec2(f32(x), f32(y)) + 0.5) / vec2<f32>(taps) - 0.5;
            sum += textureSampleLevel(texels, smooth_sampler, (p + within) / layer.quad.zw, 0.0);
        }
    }
    return shown(sum / f32(taps.x * taps.y), making);
}
