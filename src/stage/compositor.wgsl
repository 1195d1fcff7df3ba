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

// Presenting: the program in a window, pixel by pixel, black around it.
@fragment
fn present(@builtin(position) at: vec4<f32>) -> @location(0) vec4<f32> {
    let p = vec2<i32>(floor(at.xy - layer.quad.xy));
    let size = vec2<i32>(textureDimensions(texels));
    let texel = textureLoad(texels, clamp(p, vec2(0), size - 1), 0);
    let inside = all(p >= vec2(0)) && all(p < size);
    return vec4(select(vec3(0.0), texel.rgb, inside), 1.0);
}
