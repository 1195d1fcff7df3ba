//! Readback: composited pixels to the CPU as straight RGBA8, damaged rectangles only, synchronously.

use std::sync::OnceLock;

use bevy::prelude::*;
use bevy::render::texture::GpuImage;

use super::damage::Damage;
use super::link::Done;
use super::pixels::{PX_BYTES, decode, encode};
use crate::phase::phase;

const ROW_ALIGNMENT: u32 = wgpu::COPY_BYTES_PER_ROW_ALIGNMENT;

/// A staging buffer, reused while it is large enough.
#[derive(Default)]
pub struct Readback {
    buffer: Option<wgpu::Buffer>,
}

/// One damaged rectangle in the staging buffer.
struct Piece {
    rect: IRect,
    offset: u64,
    row_bytes: u32,
}

impl Readback {
    /// Brings `done.pixels` up to date with the output's texture; it blocks until the GPU is done.
    pub fn read(
        &mut self,
        device: &wgpu::Device,
        queue: &wgpu::Queue,
        program: &GpuImage,
        raster: UVec2,
        done: &mut Done,
    ) {
        done.make_room(raster);
        let mut encoder = device.create_command_encoder(&wgpu::CommandEncoderDescriptor { label: Some("readback") });
        let reading = self.copy(device, &mut encoder, program, &done.unread);
        let submission = queue.submit([encoder.finish()]);
        if let Err(problem) = fetch(device, submission, [&reading]) {
            error!("The picture could not be read back and stays the last one: {problem}.");
            return;
        }
        done.counters.readbacks += 1;
        done.counters.readback_bytes += reading.bytes();
        reading.unpack(raster.x as usize, &mut done.pixels, true);
        done.unread.clear();
    }

    /// Has the damaged rectangles of a texture copied when the encoder is submitted.
    pub fn copy(
        &mut self,
        device: &wgpu::Device,
        encoder: &mut wgpu::CommandEncoder,
        image: &GpuImage,
        damage: &Damage,
    ) -> Reading<'_> {
        let (pieces, bytes) = pieces(damage);
        let buffer = self.buffer(device, bytes);
        pieces.iter().for_each(|piece| copy(encoder, image, buffer, piece));
        Reading { buffer, pieces, bytes }
    }

    fn buffer(&mut self, device: &wgpu::Device, bytes: u64) -> &wgpu::Buffer {
        if self.buffer.as_ref().is_some_and(|buffer| buffer.size() < bytes) {
            self.buffer = None;
        }
        self.buffer.get_or_insert_with(|| {
            device.create_buffer(&wgpu::BufferDescriptor {
                label: Some("readback"),
                size: bytes,
                usage: wgpu::BufferUsages::COPY_DST | wgpu::BufferUsages::MAP_READ,
                mapped_at_creation: false,
            })
        })
    }
}

/// Rectangles on their way to the CPU.
pub struct Reading<'a> {
    buffer: &'a wgpu::Buffer,
    pieces: Vec<Piece>,
    bytes: u64,
}

impl Reading<'_> {
    /// How many are copied.
    pub fn bytes(&self) -> u64 {
        self.bytes
    }

    /// Writes the rectangles into rows of `width` px, made straight where they are as the compositor left them.
    /// Only when they were fetched.
    pub fn unpack(self, width: usize, pixels: &mut [u8], straighten: bool) {
        let _phase = phase!("unpack");
        {
            let mapped = self.buffer.slice(0..self.bytes).get_mapped_range();
            self.pieces.iter().for_each(|piece| unpack(&mapped, piece, width, pixels, straighten));
        }
        self.buffer.unmap();
    }
}

/// Waits once until all of them have arrived.
pub fn fetch<'a>(
    device: &wgpu::Device,
    submission: wgpu::SubmissionIndex,
    readings: impl IntoIterator<Item = &'a Reading<'a>>,
) -> Result<(), wgpu::PollError> {
    let _phase = phase!("wait for the GPU");
    for reading in readings {
        reading.buffer.slice(0..reading.bytes).map_async(wgpu::MapMode::Read, |_| {});
    }
    device.poll(wgpu::PollType::Wait { submission_index: Some(submission), timeout: None }).map(|_| ())
}

/// Lays the rectangles out one after the other; tells the bytes in all.
fn pieces(damage: &Damage) -> (Vec<Piece>, u64) {
    let mut offset = 0;
    let pieces = damage
        .rects()
        .iter()
        .map(|rect| {
            let row_bytes = (rect.width() as u32 * PX_BYTES as u32).next_multiple_of(ROW_ALIGNMENT);
            let piece = Piece { rect: *rect, offset, row_bytes };
            offset += u64::from(row_bytes) * rect.height() as u64;
            piece
        })
        .collect();
    (pieces, offset)
}

fn copy(encoder: &mut wgpu::CommandEncoder, program: &GpuImage, buffer: &wgpu::Buffer, piece: &Piece) {
    let IRect { min, .. } = piece.rect;
    encoder.copy_texture_to_buffer(
        wgpu::TexelCopyTextureInfo {
            origin: wgpu::Origin3d { x: min.x as u32, y: min.y as u32, z: 0 },
            ..program.texture.as_image_copy()
        },
        wgpu::TexelCopyBufferInfo {
            buffer,
            layout: wgpu::TexelCopyBufferLayout {
                offset: piece.offset,
                bytes_per_row: Some(piece.row_bytes),
                rows_per_image: None,
            },
        },
        wgpu::Extent3d {
            width: piece.rect.width() as u32,
            height: piece.rect.height() as u32,
            depth_or_array_layers: 1,
        },
    );
}

fn unpack(mapped: &[u8], piece: &Piece, raster_width: usize, pixels: &mut [u8], as_composited: bool) {
    let width = piece.rect.width() as usize * PX_BYTES;
    let rows = mapped[piece.offset as usize..].chunks(piece.row_bytes as usize);
    for (y, row) in rows.take(piece.rect.height() as usize).enumerate() {
        let at = ((piece.rect.min.y as usize + y) * raster_width + piece.rect.min.x as usize) * PX_BYTES;
        let to = &mut pixels[at..at + width];
        to.copy_from_slice(&row[..width]);
        if as_composited {
            straighten(to.as_chunks_mut().0);
        }
    }
}

/// Premultiplied in linear light and then encoded, as the GPU stores it, to straight sRGB, as files want it.
pub fn straighten(pixels: &mut [[u8; PX_BYTES]]) {
    if pixels.iter().all(|px| px[3] == u8::MAX) {
        return;
    }
    let table = straight_table();
    for px in pixels {
        let alpha = usize::from(px[3]);
        for channel in &mut px[..3] {
            *channel = table[alpha << 8 | usize::from(*channel)];
        }
    }
}

/// For each alpha and, within it, each stored channel the straight channel.
pub fn straight_table() -> &'static [u8] {
    static TABLE: OnceLock<Vec<u8>> = OnceLock::new();
    TABLE.get_or_init(|| {
        (0..=u8::MAX)
            .flat_map(|alpha| {
                (0..=u8::MAX).map(move |stored| match alpha {
                    0 => 0,
                    u8::MAX => stored,
                    _ => (encode(decode(f64::from(stored) / 255.0) * 255.0 / f64::from(alpha)) * 255.0).round() as u8,
                })
            })
            .collect()
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn opaque_pixels_stay_as_they_are() {
        let mut row = [[1, 2, 3, 255], [250, 128, 0, 255]];
        straighten(&mut row);
        assert_eq!(row, [[1, 2, 3, 255], [250, 128, 0, 255]]);
    }

    #[test]
    fn half_covered_white_is_white() {
        // White at alpha 128 is stored as linear .502 encoded: 188.
        let mut row = [[188, 188, 188, 128], [9, 9, 9, 0]];
        straighten(&mut row);
        assert!(row[0][..3].iter().all(|c| *c >= 254), "{row:?}");
        assert_eq!(row[1], [0, 0, 0, 0]);
    }
}
