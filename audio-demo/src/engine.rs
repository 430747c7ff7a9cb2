//! The audio callback: cuts what the output asks for into blocks and lets live code fill them.
//!
//! A swap lands between two blocks, because [`Closure::call`](segue_runtime::Closure::call) takes a
//! pending commit before it runs. So the block is the unit of swapping, and its length bounds how
//! long an edit waits: 128 frames are 2.7 ms at 48 kHz.
//!
//! **Real-time promise**: [`Engine::fill`] allocates nothing, takes no lock and makes no system
//! call; what the song itself does in `process` is the song's affair. Reading the clock for the
//! load goes through the vDSO.

use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use segue_runtime::{Call, Closure, Outcome};

use crate::block::Block;
use crate::error::{Error, ErrorKind};
use crate::guard::{Guard, Seam};
use crate::meter::Meter;
use crate::output::wav::Tap;

#[cfg(test)]
mod tests;

/// How long the sound takes to fade when playback is asked to stop.
pub const FADE: Duration = Duration::from_millis(60);

/// The frames of a block, when nobody asks for something else.
pub const BLOCK_FRAMES: usize = 128;

/// What makes sound, a block at a time: a live closure, or anything else that plays by its rules.
pub trait Source: Send {
    /// Fills `block`, whose samples are all zero, without allocating, locking or system calls.
    fn fill(&mut self, block: &mut Block) -> Call;
}

impl Source for Closure<Block> {
    fn fill(&mut self, block: &mut Block) -> Call {
        self.call(block)
    }
}

/// The shape of the sound.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Format {
    sample_rate: u32,
    channels: u16,
    block: usize,
}

impl Format {
    /// `sample_rate` frames a second of `channels` samples each, cut into blocks of at most `block`
    /// frames.
    ///
    /// # Errors
    ///
    /// [`ErrorKind::OutOfRange`] outside 8,000 to 384,000 frames a second, 1 to 64 channels and 1
    /// to 4,096 frames a block.
    pub fn new(sample_rate: u32, channels: u16, block: usize) -> Result<Self, Error> {
        let refuse = |message: String| Err(Error::new(ErrorKind::OutOfRange, message));
        if !(8_000..=384_000).contains(&sample_rate) {
            return refuse(format!(
                "a sample rate of {sample_rate} Hz is outside 8000 to 384000: try 44100 or 48000"
            ));
        }
        if !(1..=64).contains(&channels) {
            return refuse(format!("{channels} channels are outside 1 to 64: stereo is 2"));
        }
        if !(1..=4096).contains(&block) {
            return refuse(format!("a block of {block} frames is outside 1 to 4096: try 128"));
        }
        Ok(Self { sample_rate, channels, block })
    }

    /// Frames a second.
    #[must_use]
    pub fn sample_rate(&self) -> u32 {
        self.sample_rate
    }

    /// Samples a frame.
    #[must_use]
    pub fn channels(&self) -> u16 {
        self.channels
    }

    /// The most frames a block holds.
    #[must_use]
    pub fn block(&self) -> usize {
        self.block
    }

    /// How long `frames` frames play.
    #[must_use]
    pub fn duration(&self, frames: u64) -> Duration {
        Duration::from_secs_f64(frames as f64 / f64::from(self.sample_rate))
    }
}

/// Ends playback with a fade: asked for by any thread, carried out by the engine.
#[derive(Debug, Default)]
pub struct Stop {
    requested: AtomicBool,
    silent: AtomicBool,
}

impl Stop {
    /// Fade out, within [`FADE`] from the next block on.
    pub fn request(&self) {
        // Pairs with the load in `is_requested`; nothing else is published with it.
        self.requested.store(true, Ordering::Release);
    }

    /// Whether a fade was asked for.
    #[must_use]
    pub fn is_requested(&self) -> bool {
        // Pairs with the store in `request`.
        self.requested.load(Ordering::Acquire)
    }

    /// Whether the fade has ended: from now on the engine gives silence and calls no live code.
    #[must_use]
    pub fn is_silent(&self) -> bool {
        // Pairs with the store in `silence`: who sees silence sees every effect of the last call.
        self.silent.load(Ordering::Acquire)
    }

    /// The fade has ended, or the thread that would have made it has.
    pub(crate) fn silence(&self) {
        // Pairs with the load in `is_silent`.
        self.silent.store(true, Ordering::Release);
    }
}

/// A source and everything between it and an output.
#[derive(Debug)]
pub struct Engine<S> {
    source: S,
    format: Format,
    guard: Guard,
    meter: Arc<Meter>,
    stop: Arc<Stop>,
    tap: Option<Tap>,
    position: u64,
    /// How the last block ended: a seam may follow one that did not end well.
    last: Outcome,
    /// Frames of the final fade that have been played.
    faded: u64,
    fade_frames: u64,
}

impl<S: Source> Engine<S> {
    /// An engine at position zero.
    #[must_use]
    pub fn new(source: S, format: Format) -> Self {
        let fade_frames = (FADE.as_secs_f64() * f64::from(format.sample_rate)) as u64;
        Self {
            source,
            format,
            guard: Guard::new(usize::from(format.channels), format.sample_rate),
            meter: Arc::default(),
            stop: Arc::default(),
            tap: None,
            position: 0,
            last: Outcome::Done,
            faded: 0,
            fade_frames,
        }
    }

    /// Everything that leaves also goes to `tap`.
    #[must_use]
    pub fn with_tap(mut self, tap: Tap) -> Self {
        self.tap = Some(tap);
        self
    }

    /// The figures of this engine.
    #[must_use]
    pub fn meter(&self) -> Arc<Meter> {
        Arc::clone(&self.meter)
    }

    /// The way to end it with a fade.
    #[must_use]
    pub fn stop(&self) -> Arc<Stop> {
        Arc::clone(&self.stop)
    }

    /// The shape of the sound.
    #[must_use]
    pub fn format(&self) -> Format {
        self.format
    }

    /// Frames made so far.
    #[must_use]
    pub fn position(&self) -> u64 {
        self.position
    }

    /// How the last block ended.
    #[must_use]
    pub fn last_outcome(&self) -> Outcome {
        self.last
    }

    /// Fills what a device asks for, and measures how long that takes. Whether that was too long,
    /// the output knows: it knows when the frames are due.
    pub fn callback(&mut self, samples: &mut [f32]) -> Duration {
        let begin = Instant::now();
        self.fill(samples);
        let spent = begin.elapsed();
        self.meter.callback(spent, self.playing_time(samples));
        spent
    }

    /// How long interleaved `samples` play.
    #[must_use]
    pub fn playing_time(&self, samples: &[f32]) -> Duration {
        self.format.duration((samples.len() / usize::from(self.format.channels)) as u64)
    }

    /// Fills interleaved `samples`, block by block. The result depends on the source and on where
    /// the blocks fall, and on nothing else: not on time, not on the output.
    pub fn fill(&mut self, samples: &mut [f32]) {
        let channels = usize::from(self.format.channels);
        let whole = samples.len() / channels * channels;
        let (samples, rest) = samples.split_at_mut(whole);
        rest.fill(0.0);
        for piece in samples.chunks_mut(self.format.block * channels) {
            self.fill_block(piece);
            if let Some(tap) = &mut self.tap {
                tap.send(piece, &self.meter);
            }
        }
    }

    /// One block: live code, guard, fade, meter.
    fn fill_block(&mut self, piece: &mut [f32]) {
        piece.fill(0.0);
        if self.stop.is_silent() {
            return;
        }
        let frames = piece.len() / usize::from(self.format.channels);
        let call = self.call_source(piece, frames);
        let seam = if call.swapped || call.outcome != Outcome::Done || self.last != Outcome::Done {
            Seam::Possible
        } else {
            Seam::None
        };
        self.meter.called(call.outcome);
        self.last = call.outcome;

        let counts = self.guard.process(piece, seam);
        self.position += frames as u64;
        if self.stop.is_requested() {
            self.fade(piece);
        }
        self.meter.replaced(counts.silenced, counts.clipped, call.generation);
        self.meter.sound(piece, frames as f32 / self.format.sample_rate as f32);
        self.meter.progress(call.generation, self.position);
    }

    fn call_source(&mut self, piece: &mut [f32], frames: usize) -> Call {
        let rate = self.format.sample_rate as f32;
        let channels = usize::from(self.format.channels);
        // SAFETY: `piece` holds `frames * channels` initialised samples, is borrowed exclusively
        // for as long as `block` lives, and is not touched through `piece` before `block` is gone.
        let mut block =
            unsafe { Block::from_raw(piece.as_mut_ptr(), frames, channels, rate, self.position) };
        let call = self.source.fill(&mut block);
        if call.outcome == Outcome::Silent {
            // What the code wrote before it panicked is half a block: nobody should hear it.
            piece.fill(0.0);
        }
        call
    }

    /// The next stretch of the final fade.
    fn fade(&mut self, piece: &mut [f32]) {
        for frame in piece.chunks_mut(usize::from(self.format.channels)) {
            let left = 1.0 - (self.faded as f32 / self.fade_frames as f32).min(1.0);
            let gain = left * left * (3.0 - 2.0 * left);
            for sample in frame {
                *sample *= gain;
            }
            self.faded += 1;
        }
        if self.faded >= self.fade_frames {
            self.stop.silence();
        }
    }
}
