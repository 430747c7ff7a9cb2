//! Sound cards, through cpal.
//!
//! The card decides about sample rate, channels and sample format where nobody else does; the
//! engine always makes 32-bit float, converted here block by block. Periods are asked to be short,
//! because they bound how long an edit waits, and are left to the card where it refuses.

use std::sync::Arc;
use std::time::Duration;

use cpal::traits::{DeviceTrait, HostTrait, StreamTrait};
use cpal::{BufferSize, FromSample, SampleFormat, SizedSample, StreamConfig, SupportedBufferSize};
use cpal::{SupportedStreamConfig, SupportedStreamConfigRange};
use crossbeam_channel::Sender;

use super::{Choice, Lease, Stream};
use crate::engine::{Engine, Source};
use crate::error::{Error, ErrorKind};
use crate::meter::Meter;
use crate::realtime;

#[cfg(test)]
mod tests;

/// The period asked for: 10.7 ms at 48 kHz, twice of which waits in the card.
const PERIOD: u32 = 512;

/// A card that was found, and how it is going to be played.
pub(super) struct Card {
    device: cpal::Device,
    name: String,
    config: StreamConfig,
    format: SampleFormat,
}

impl Card {
    pub(super) fn name(&self) -> &str {
        &self.name
    }

    pub(super) fn sample_rate(&self) -> u32 {
        self.config.sample_rate
    }

    pub(super) fn channels(&self) -> u16 {
        self.config.channels
    }
}

impl std::fmt::Debug for Card {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Card").field("name", &self.name).finish_non_exhaustive()
    }
}

/// Finds the wanted card and asks how it wants to be played.
pub(super) fn find(choice: &Choice, sample_rate: Option<u32>) -> Result<Card, Error> {
    quiet();
    let host = cpal::default_host();
    let device = match choice {
        Choice::Named(name) => named(&host, name)?,
        _ => host.default_output_device().ok_or_else(|| no_card("no default device"))?,
    };
    let name = title(&device);
    let (config, buffer) = match configure(&device, sample_rate) {
        Ok(found) => found,
        Err(error) if matches!(choice, Choice::Named(_)) => {
            let reason = error.to_string();
            let reason = if reason.is_empty() { "it is not there" } else { &reason };
            return Err(Error::new(error.kind(), format!("device `{name}`: {reason}")));
        }
        Err(error) if error.kind() == ErrorKind::Unsupported => return Err(error),
        Err(error) => return Err(no_card(&error.to_string())),
    };
    let format = config.sample_format();
    Ok(Card {
        device,
        name,
        config: StreamConfig { buffer_size: buffer, ..config.config() },
        format,
    })
}

/// There is no card to play on, with the reason where that is not just that none is there.
fn no_card(reason: &str) -> Error {
    let message = if reason.is_empty() {
        "no sound card".to_owned()
    } else {
        format!("no sound card ({reason})")
    };
    Error::new(ErrorKind::NoDevice, message)
}

/// Keeps the messages that alsa-lib prints by itself off the terminal, on this thread: every
/// failure also arrives as an error value.
fn quiet() {
    #[cfg(target_os = "linux")]
    drop(alsa::Output::local_error_handler());
}

/// What people know the device by.
fn title(device: &cpal::Device) -> String {
    let name = device.description().map(|description| description.name().to_owned());
    name.unwrap_or_else(|_| "unnamed device".to_owned())
}

/// The first output whose identifier is `name`, else the first whose identifier or title contains
/// it.
fn named(host: &cpal::Host, name: &str) -> Result<cpal::Device, Error> {
    let devices = host.output_devices().map_err(|error| no_card(&error.to_string()))?;
    let devices: Vec<_> = devices.collect();
    let labels: Vec<(String, String)> = devices
        .iter()
        .map(|device| (device.id().map(|id| id.id().to_owned()).unwrap_or_default(), title(device)))
        .collect();
    let wanted = name.to_lowercase();
    let position = labels.iter().position(|(id, _)| id == name).or_else(|| {
        labels.iter().position(|(id, title)| {
            id.to_lowercase().contains(&wanted) || title.to_lowercase().contains(&wanted)
        })
    });
    match position {
        Some(index) => Ok(devices.into_iter().nth(index).expect("one label per device")),
        None => {
            let mut message = format!("no device has `{name}` in its name");
            if labels.is_empty() {
                message.push_str("; this machine has no output devices");
            } else {
                message.push_str("; these exist:");
            }
            for (id, title) in labels {
                message.push_str(&format!("\n  {id}  ({title})"));
            }
            Err(Error::new(ErrorKind::UnknownDevice, message))
        }
    }
}

/// The configuration to play in: the card's default, at the wanted rate if one is wanted.
fn configure(
    device: &cpal::Device,
    sample_rate: Option<u32>,
) -> Result<(SupportedStreamConfig, BufferSize), Error> {
    let failed = |error: cpal::Error| {
        let message = match error.kind() {
            cpal::ErrorKind::DeviceNotAvailable | cpal::ErrorKind::HostUnavailable => String::new(),
            _ => error.to_string(),
        };
        Error::new(ErrorKind::Device, message)
    };
    let default = device.default_output_config().map_err(failed)?;
    let ranges: Vec<_> = device.supported_output_configs().map_err(failed)?.collect();
    let rate = sample_rate.unwrap_or_else(|| default.sample_rate());
    let config = match choose(&ranges, rate) {
        Some(config) => config,
        None if sample_rate.is_none() && can_play(default.sample_format()) => default,
        None => return Err(unsupported(&ranges, rate)),
    };
    let buffer = match *config.buffer_size() {
        SupportedBufferSize::Range { min, max } if (min..=max).contains(&PERIOD) => {
            BufferSize::Fixed(PERIOD)
        }
        _ => BufferSize::Default,
    };
    Ok((config, buffer))
}

/// The best of what a card offers at `rate`: stereo before anything else, then the most exact
/// format.
fn choose(ranges: &[SupportedStreamConfigRange], rate: u32) -> Option<SupportedStreamConfig> {
    ranges
        .iter()
        .filter(|range| can_play(range.sample_format()) && range.contains_rate(rate))
        .max_by_key(|range| (std::cmp::Reverse(range.channels().abs_diff(2)), exactness(range)))
        .and_then(|range| range.try_with_sample_rate(rate))
}

fn exactness(range: &SupportedStreamConfigRange) -> u32 {
    match range.sample_format() {
        SampleFormat::F32 => 3,
        SampleFormat::I32 => 2,
        SampleFormat::I24 => 1,
        _ => 0,
    }
}

/// Whether [`start`] has an arm for the format.
fn can_play(format: SampleFormat) -> bool {
    matches!(
        format,
        SampleFormat::F32
            | SampleFormat::I32
            | SampleFormat::I24
            | SampleFormat::I16
            | SampleFormat::U8
    )
}

fn unsupported(ranges: &[SupportedStreamConfigRange], rate: u32) -> Error {
    let mut offers: Vec<String> = ranges
        .iter()
        .map(|range| match (range.min_sample_rate(), range.max_sample_rate()) {
            (low, high) if low == high => format!("{low}"),
            (low, high) => format!("{low} to {high}"),
        })
        .collect();
    offers.sort();
    offers.dedup();
    let offers = if offers.is_empty() { "nothing".to_owned() } else { offers.join(", ") };
    Error::new(
        ErrorKind::Unsupported,
        format!(
            "the card does not play at {rate} Hz; it offers {offers}: choose with --sample-rate"
        ),
    )
}

/// Opens and starts the stream that plays the lease's engine.
pub(super) fn start<S: Source + 'static>(
    card: Card,
    lease: Lease<S>,
    failures: Sender<String>,
    meter: Arc<Meter>,
) -> Result<Box<dyn Stream>, Error> {
    quiet();
    let started = match card.format {
        SampleFormat::F32 => start_as::<f32, S>(&card, lease, failures, meter),
        SampleFormat::I32 => start_as::<i32, S>(&card, lease, failures, meter),
        SampleFormat::I24 => start_as::<cpal::I24, S>(&card, lease, failures, meter),
        SampleFormat::I16 => start_as::<i16, S>(&card, lease, failures, meter),
        SampleFormat::U8 => start_as::<u8, S>(&card, lease, failures, meter),
        other => Err(cpal::Error::with_message(
            cpal::ErrorKind::UnsupportedConfig,
            format!("it plays in {other} samples only"),
        )),
    };
    match started {
        Ok(stream) => {
            let rate = card.config.sample_rate;
            Ok(Box::new(Playing { stream, rate }))
        }
        Err(error) => Err(Error::new(ErrorKind::Device, format!("{}: {error}", card.name))),
    }
}

fn start_as<T, S>(
    card: &Card,
    lease: Lease<S>,
    failures: Sender<String>,
    meter: Arc<Meter>,
) -> Result<cpal::Stream, cpal::Error>
where
    T: SizedSample + FromSample<f32> + 'static,
    S: Source + 'static,
{
    let mut voice = Voice::new(lease);
    let name = card.name.clone();
    let stream = card.device.build_output_stream(
        card.config,
        move |data: &mut [T], _: &cpal::OutputCallbackInfo| voice.fill(data),
        move |error| match error.kind() {
            cpal::ErrorKind::Xrun => meter.miss(),
            // The sound goes on through these: nothing to do, or nothing that can be done.
            cpal::ErrorKind::DeviceChanged | cpal::ErrorKind::RealtimeDenied => {}
            _ => {
                let _ = failures.try_send(format!("{name}: {error}"));
            }
        },
        None,
    )?;
    stream.play()?;
    Ok(stream)
}

/// The callback: the leased engine, and a block of room to convert its sound in.
struct Voice<S: Source> {
    lease: Lease<S>,
    meter: Arc<Meter>,
    scratch: Vec<f32>,
    entered: bool,
}

impl<S: Source> Voice<S> {
    fn new(mut lease: Lease<S>) -> Self {
        let format = lease.engine().format();
        let scratch = vec![0.0; format.block() * usize::from(format.channels())];
        let meter = lease.engine().meter();
        Self { lease, meter, scratch, entered: false }
    }

    /// Fills the card's buffer, in the card's kind of sample.
    fn fill<T: SizedSample + FromSample<f32>>(&mut self, data: &mut [T]) {
        if !self.entered {
            realtime::enter();
            self.entered = true;
        }
        let engine: &mut Engine<S> = self.lease.engine();
        let mut spent = Duration::ZERO;
        for part in data.chunks_mut(self.scratch.len()) {
            let scratch = &mut self.scratch[..part.len()];
            spent += engine.callback(scratch);
            for (sample, &value) in part.iter_mut().zip(scratch.iter()) {
                *sample = T::from_sample(value);
            }
        }
        let format = engine.format();
        if spent > format.duration((data.len() / usize::from(format.channels())) as u64) {
            self.meter.miss();
        }
    }
}

/// A playing cpal stream.
struct Playing {
    stream: cpal::Stream,
    rate: u32,
}

impl Stream for Playing {
    fn latency(&self) -> Duration {
        // Two periods wait in the card; never wait long for a figure that may be wrong.
        let frames = self.stream.buffer_size().unwrap_or(PERIOD) * 2;
        Duration::from_secs_f64(f64::from(frames) / f64::from(self.rate))
            .min(Duration::from_millis(300))
    }
}
