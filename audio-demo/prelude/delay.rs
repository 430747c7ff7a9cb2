//! A delay line: sound written now, read again later.

use super::level::{Smooth, finite};
use std::hint::black_box;

/// A memory of the last seconds of one channel.
///
/// The memory is allocated when the state is made, never while it plays. The default holds 2^18
/// frames: 5.4 seconds at 48 kHz. It is not `Clone`, since a copy would allocate.
pub struct Delay {
    /// A power of two long, so that wrapping is a mask.
    memory: Vec<f32>,
    /// Where the next frame is written.
    head: usize,
    /// The time of [`echo`](Delay::echo), on its way to the one that is asked for.
    glide: Smooth,
}

impl Default for Delay {
    fn default() -> Delay {
        Delay::with_frames(1 << 18)
    }
}

impl Delay {
    /// A delay line for at least `frames` frames. It allocates: call it from `Default`, not from `process`.
    pub fn with_frames(frames: usize) -> Delay {
        let mut memory = vec![0.0; (frames + 4).next_power_of_two()];
        // Fresh zeroed memory has no pages yet. Touch each now, so that the audio thread never waits for one.
        let last = memory.len() - 1;
        for frame in (0..last).step_by(1024).chain([last]) {
            memory[frame] = black_box(0.0);
        }
        Delay { memory, head: 0, glide: Smooth::default() }
    }

    /// Writes one frame.
    #[inline]
    pub fn write(&mut self, input: f32) {
        let input = finite(input);
        let mask = self.memory.len() - 1;
        // What is inaudible becomes zero, so that feedback never decays into slow subnormal numbers.
        self.memory[self.head & mask] = if input.abs() < 1e-12 { 0.0 } else { input };
        self.head = (self.head + 1) & mask;
    }

    /// The sound of `frames` whole frames ago; 1 is the frame last written.
    #[inline]
    pub fn ago(&self, frames: usize) -> f32 {
        let mask = self.memory.len() - 1;
        self.memory[self.head.wrapping_sub(frames) & mask]
    }

    /// The sound of `seconds` ago, between frames too; the time may glide (see [`Smooth`]) but should not jump.
    ///
    /// Read before [`write`](Delay::write) in each frame. Times beyond the memory give its oldest frames.
    #[inline]
    pub fn read(&self, seconds: f32, rate: f32) -> f32 {
        let mask = self.memory.len() - 1;
        // `max` also turns a time that is not a number into the shortest one.
        let frames = (f64::from(seconds) * f64::from(rate)).max(2.0).min((mask - 2) as f64);
        let whole = frames as usize;
        let x = (frames - whole as f64) as f32;
        // Cubic Hermite through four frames: duller than none, brighter than a straight line.
        let [a, b, c, d] =
            [self.ago(whole - 1), self.ago(whole), self.ago(whole + 1), self.ago(whole + 2)];
        let slope = (c - a) * 0.5;
        let bend = a - 2.5 * b + 2.0 * c - 0.5 * d;
        let twist = (d - a) * 0.5 + (b - c) * 1.5;
        ((twist * x + bend) * x + slope) * x + b
    }

    /// An echo: returns the sound of `seconds` ago, and feeds `feedback` (below 1) of it back.
    ///
    /// A new time is not jumped to but glided to in some tenths of a second, as on a tape, without a click.
    #[inline]
    pub fn echo(&mut self, input: f32, seconds: f32, feedback: f32, rate: f32) -> f32 {
        let seconds = self.glide.to(seconds, 0.1, rate);
        let echo = self.read(seconds, rate);
        self.write(input + echo * feedback.clamp(-0.99, 0.99));
        echo
    }
}
