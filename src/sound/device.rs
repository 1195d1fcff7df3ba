//! The machine's sound device: a kira backend on cpal that knows when each sample will be heard.
//!
//! kira's own cpal backend hides the device's latency, follows changes of the default device by restarting in the
//! middle of a show, and panics on a thread of its own when that fails. This one reports; the engine decides.

use std::panic::{AssertUnwindSafe, catch_unwind};
use std::sync::{Arc, Mutex};
use std::time::Instant;

use kira::backend::cpal::cpal;
use kira::backend::{Backend, Renderer};

use self::cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use self::cpal::{BufferSize, Device, OutputCallbackInfo, Stream, StreamConfig};
use super::output::{KiraOutput, Opener, Output, OutputError, Stamps};
use super::synth::RATE_HZ;

/// Frames the device asks for at a time: 21 ms, twice that in its buffer. Half of it broke up on a machine whose cores
/// were all busy drawing; what is scheduled ahead does not notice the latency, and a verdict's is that of its picture.
const PERIOD_FRAMES: u32 = 1_024;

/// Opens the machine's default output.
pub fn default_opener() -> Opener {
    Arc::new(|| {
        // cpal panics where the machine has no ALSA configuration at all.
        match catch_unwind(AssertUnwindSafe(open_default)) {
            Ok(opened) => opened,
            Err(panic) => Err(OutputError::Panicked { reason: said(panic.as_ref()) }),
        }
    })
}

/// What a panic said.
fn said(panic: &(dyn std::any::Any + Send)) -> String {
    let text = panic.downcast_ref::<&str>().map(|text| (*text).to_owned());
    text.or_else(|| panic.downcast_ref::<String>().cloned()).unwrap_or_else(|| "it did not say why".to_owned())
}

/// Opens the default device at 48 kHz stereo, or at what it offers.
fn open_default() -> Result<Box<dyn Output>, OutputError> {
    let device = cpal::default_host().default_output_device().ok_or(OutputError::NoDevice)?;
    let offered = device.default_output_config().map_err(|error| refused(&error))?.config();
    let wanted = StreamConfig { channels: 2, sample_rate: RATE_HZ, buffer_size: BufferSize::Fixed(PERIOD_FRAMES) };
    let at_its_pace = StreamConfig { buffer_size: BufferSize::Default, ..wanted };
    let mut last = OutputError::NoFormat;
    for config in [wanted, at_its_pace, offered] {
        match open(device.clone(), config) {
            Ok(output) => return Ok(Box::new(output)),
            Err(error) => last = error,
        }
    }
    Err(last)
}

/// Opens one device in one format.
fn open(device: Device, config: StreamConfig) -> Result<KiraOutput<CpalPort>, OutputError> {
    let stamps = Arc::new(Stamps::default());
    let settings = PortSettings { device, config, stamps: Arc::clone(&stamps) };
    KiraOutput::start(
        settings,
        stamps,
        |port: &mut CpalPort| (port.name(), port.config.sample_rate),
        || OutputError::NoClock,
    )
}

/// cpal's refusal as ours.
fn refused(error: &cpal::Error) -> OutputError {
    OutputError::Refused { reason: error.to_string() }
}

/// What a port is opened with.
pub struct PortSettings {
    device: Device,
    config: StreamConfig,
    stamps: Arc<Stamps>,
}

/// A cpal stream as kira's backend.
pub struct CpalPort {
    device: Device,
    config: StreamConfig,
    stamps: Arc<Stamps>,
    /// Plays for as long as it is held; behind a lock because not every system's streams may be shared.
    stream: Mutex<Option<Stream>>,
}

impl CpalPort {
    /// The device, for people.
    fn name(&self) -> String {
        self.device.description().map_or_else(|_| "an unnamed device".to_owned(), |description| description.to_string())
    }
}

impl Backend for CpalPort {
    type Settings = PortSettings;
    type Error = OutputError;

    fn setup(settings: Self::Settings, _internal_buffer_size: usize) -> Result<(Self, u32), Self::Error> {
        let PortSettings { device, config, stamps } = settings;
        Ok((Self { device, config, stamps, stream: Mutex::new(None) }, config.sample_rate))
    }

    fn start(&mut self, mut renderer: Renderer) -> Result<(), Self::Error> {
        let (stamps, channels) = (Arc::clone(&self.stamps), self.config.channels);
        let faults = Arc::clone(&self.stamps);
        let fill = move |out: &mut [f32], info: &OutputCallbackInfo| {
            let stamp = info.timestamp();
            let heard_at = Instant::now() + stamp.playback.saturating_duration_since(stamp.callback);
            stamps.render(&mut renderer, out, channels, heard_at);
        };
        let failed = move |error: cpal::Error| match error.kind() {
            cpal::ErrorKind::DeviceNotAvailable | cpal::ErrorKind::StreamInvalidated => faults.fail(error.to_string()),
            // An underrun heals itself: the clock falls behind and the engine sees it.
            _ => tracing::debug!("The sound device reports: {error}."),
        };
        let stream =
            self.device.build_output_stream(self.config, fill, failed, None).map_err(|error| refused(&error))?;
        stream.play().map_err(|error| refused(&error))?;
        self.stream = Mutex::new(Some(stream));
        Ok(())
    }
}
