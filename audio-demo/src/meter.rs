//! What the audio thread tells the rest of the program: level, load, misses, position.
//!
//! One writer, the thread that runs the engine; any number of readers. Every field is a figure of
//! its own, nothing is inferred from two of them together and no other memory is published through
//! them, so all accesses are `Relaxed` and the writer never waits.

use std::sync::atomic::{AtomicU32, AtomicU64, Ordering::Relaxed};
use std::time::Duration;

use segue_runtime::Outcome;

#[cfg(test)]
mod tests;

/// How long the mean level and the mean load look back, in seconds.
const SMOOTHING: f32 = 0.3;

/// The figures of a running engine. See [`Meter::read`].
#[derive(Debug, Default)]
pub struct Meter {
    peak: Figure,
    mean_square: Figure,
    load: Figure,
    load_peak: Figure,
    missed: AtomicU64,
    silenced: AtomicU64,
    silenced_in: AtomicU64,
    clipped: AtomicU64,
    filled: AtomicU64,
    rolled_back: AtomicU64,
    unrecorded: AtomicU64,
    generation: AtomicU64,
    position: AtomicU64,
}

/// One look at a [`Meter`].
#[derive(Debug, Clone, Copy, Default, PartialEq)]
pub struct Reading {
    /// The largest absolute sample since the last look; 1 is full scale.
    pub peak: f32,
    /// Root of the mean square over the last third of a second.
    pub rms: f32,
    /// Time spent in the callback over the time its frames take to play, smoothed; 1 is all of it.
    pub load: f32,
    /// The largest load of one callback since the last look.
    pub load_peak: f32,
    /// Callbacks that ended after their frames were due, and underruns the device reported.
    pub missed: u64,
    /// Samples that were not finite and were replaced by silence.
    pub silenced: u64,
    /// The generation that made the last of them.
    pub silenced_in: u64,
    /// Samples beyond full scale, clipped.
    pub clipped: u64,
    /// Blocks that live code filled.
    pub filled: u64,
    /// Blocks in which live code panicked, or was silent because it had.
    pub rolled_back: u64,
    /// Frames that are missing from the WAV file because its disk was too slow.
    pub unrecorded: u64,
    /// The generation that made the last block.
    pub generation: u64,
    /// Frames made so far.
    pub position: u64,
}

impl Meter {
    /// The figures now. Peaks start anew, so one reader should own the display.
    #[must_use]
    pub fn read(&self) -> Reading {
        Reading {
            peak: self.peak.take(),
            rms: self.mean_square.get().sqrt(),
            load: self.load.get(),
            load_peak: self.load_peak.take(),
            missed: self.missed.load(Relaxed),
            silenced: self.silenced.load(Relaxed),
            silenced_in: self.silenced_in.load(Relaxed),
            clipped: self.clipped.load(Relaxed),
            filled: self.filled.load(Relaxed),
            rolled_back: self.rolled_back.load(Relaxed),
            unrecorded: self.unrecorded.load(Relaxed),
            generation: self.generation.load(Relaxed),
            position: self.position.load(Relaxed),
        }
    }

    /// Frames made so far.
    pub(crate) fn position(&self) -> u64 {
        self.position.load(Relaxed)
    }

    /// A block left: its interleaved samples, their duration in seconds.
    pub(crate) fn sound(&self, samples: &[f32], seconds: f32) {
        let mut peak = 0.0_f32;
        let mut squares = 0.0_f32;
        for sample in samples {
            peak = peak.max(sample.abs());
            squares += sample * sample;
        }
        self.peak.raise(peak);
        self.mean_square.approach(squares / samples.len().max(1) as f32, seconds);
    }

    /// What the guard replaced in a block of this generation.
    pub(crate) fn replaced(&self, silenced: u32, clipped: u32, generation: u64) {
        if silenced > 0 {
            self.silenced_in.store(generation, Relaxed);
            self.silenced.fetch_add(u64::from(silenced), Relaxed);
        }
        if clipped > 0 {
            self.clipped.fetch_add(u64::from(clipped), Relaxed);
        }
    }

    /// Which generation made the last block, and where playback stands now.
    pub(crate) fn progress(&self, generation: u64, position: u64) {
        self.generation.store(generation, Relaxed);
        self.position.store(position, Relaxed);
    }

    /// One callback took `spent` for frames that play for `budget`.
    pub(crate) fn callback(&self, spent: Duration, budget: Duration) {
        let budget = budget.as_secs_f32().max(f32::MIN_POSITIVE);
        let load = spent.as_secs_f32() / budget;
        self.load.approach(load, budget);
        self.load_peak.raise(load);
    }

    /// Frames were not there when they were due.
    pub(crate) fn miss(&self) {
        self.missed.fetch_add(1, Relaxed);
    }

    /// Live code filled a block, or panicked in it.
    pub(crate) fn called(&self, outcome: Outcome) {
        let count = if outcome == Outcome::Done { &self.filled } else { &self.rolled_back };
        count.fetch_add(1, Relaxed);
    }

    /// Frames could not be handed to the WAV file's thread.
    pub(crate) fn lose(&self, frames: u64) {
        self.unrecorded.fetch_add(frames, Relaxed);
    }
}

/// A non-negative number that one thread updates and others read.
#[derive(Debug, Default)]
struct Figure(AtomicU32);

impl Figure {
    fn get(&self) -> f32 {
        f32::from_bits(self.0.load(Relaxed))
    }

    /// The largest value since the last `take`.
    fn take(&self) -> f32 {
        f32::from_bits(self.0.swap(0, Relaxed))
    }

    /// Non-negative floats order like their bits, so the maximum needs no loop.
    fn raise(&self, value: f32) {
        self.0.fetch_max(value.to_bits(), Relaxed);
    }

    /// Moves towards `value`, as far as `seconds` of [`SMOOTHING`] allow.
    fn approach(&self, value: f32, seconds: f32) {
        let now = self.get();
        let next = now + (value - now) * (seconds / SMOOTHING).min(1.0);
        self.0.store(next.max(0.0).to_bits(), Relaxed);
    }
}
