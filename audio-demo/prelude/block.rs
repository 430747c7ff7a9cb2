//! One block of audio: the frames that a single call of `process` fills.
//!
//! The host compiles this same file into itself, and hands live code a `&mut Block`. Both sides
//! therefore agree on the layout: it is `repr(C)`, uses only `core`, and depends on nothing else
//! of the prelude. Everything here is real-time safe: no allocation, no lock, no system call.

use core::slice::{self, ChunksExactMut};

/// A run of consecutive frames to be filled with sound.
///
/// A frame holds one sample per channel; the samples of all frames lie one after the other
/// (interleaved). The host clears the samples before it calls `process`, so a song may either
/// [`set`](Block::set) each frame once or [`add`](Block::add) its voices one by one.
#[repr(C)]
#[derive(Debug)]
pub struct Block {
    samples: *mut f32,
    frames: usize,
    channels: usize,
    position: u64,
    sample_rate: f32,
}

impl Block {
    /// The block over `frames * channels` interleaved samples, beginning `position` frames after
    /// the start of the playback, at `sample_rate` frames a second.
    ///
    /// # Safety
    ///
    /// For as long as the block is used: `samples` is valid for reads and writes of
    /// `frames * channels` initialised values and aligned (dangling is fine when that product is
    /// zero), nothing else reads or writes them, and the product times four fits in an `isize`.
    #[inline]
    #[must_use]
    pub unsafe fn from_raw(
        samples: *mut f32,
        frames: usize,
        channels: usize,
        sample_rate: f32,
        position: u64,
    ) -> Block {
        Block { samples, frames, channels, position, sample_rate }
    }

    /// How many frames this block holds.
    #[inline]
    #[must_use]
    pub fn frames(&self) -> usize {
        self.frames
    }

    /// How many channels each frame holds: 1 is mono, 2 is stereo (left, right).
    #[inline]
    #[must_use]
    pub fn channels(&self) -> usize {
        self.channels
    }

    /// Frames per second.
    #[inline]
    #[must_use]
    pub fn sample_rate(&self) -> f32 {
        self.sample_rate
    }

    /// Frames since the start of the playback, at this block's first frame.
    #[inline]
    #[must_use]
    pub fn position(&self) -> u64 {
        self.position
    }

    /// Seconds since the start of the playback, at this block's first frame.
    #[inline]
    #[must_use]
    pub fn time(&self) -> f64 {
        self.position as f64 / f64::from(self.sample_rate)
    }

    /// All samples, interleaved: frame 0 of every channel, then frame 1, and so on.
    #[inline]
    pub fn samples(&mut self) -> &mut [f32] {
        let length = self.frames * self.channels;
        if length == 0 {
            return &mut [];
        }
        // SAFETY: `from_raw` promises that `samples` points to that many initialised, aligned
        // values that nobody else touches while the block is used; the fields never change
        // afterwards, and the borrow of `self` keeps a second slice from being made.
        unsafe { slice::from_raw_parts_mut(self.samples, length) }
    }

    /// The frames one after the other, each a slice of one sample per channel.
    #[inline]
    pub fn frames_mut(&mut self) -> ChunksExactMut<'_, f32> {
        let channels = self.channels.max(1);
        self.samples().chunks_exact_mut(channels)
    }

    /// Writes a stereo pair to frame `frame`, whatever the number of channels.
    ///
    /// Mono gets the mean of both; with more than two channels the others become silent.
    ///
    /// # Panics
    ///
    /// When `frame` is not below [`frames`](Block::frames).
    #[inline]
    pub fn set(&mut self, frame: usize, left: f32, right: f32) {
        let samples = self.frame_mut(frame);
        samples.fill(0.0);
        mix(samples, left, right);
    }

    /// Adds a stereo pair to what frame `frame` already holds, whatever the number of channels.
    ///
    /// Mono gets the mean of both; channels after the second stay as they are.
    ///
    /// # Panics
    ///
    /// When `frame` is not below [`frames`](Block::frames).
    #[inline]
    pub fn add(&mut self, frame: usize, left: f32, right: f32) {
        mix(self.frame_mut(frame), left, right);
    }

    #[inline]
    fn frame_mut(&mut self, frame: usize) -> &mut [f32] {
        assert!(frame < self.frames, "frame {frame} of a block of {} frames", self.frames);
        let channels = self.channels;
        &mut self.samples()[frame * channels..][..channels]
    }
}

/// Adds a stereo pair to the samples of one frame.
#[inline]
fn mix(samples: &mut [f32], left: f32, right: f32) {
    match samples {
        [] => {}
        [mono] => *mono += (left + right) * 0.5,
        [first, second, ..] => {
            *first += left;
            *second += right;
        }
    }
}
