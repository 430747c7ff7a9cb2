//! Oscillators: sine, saw, pulse and triangle from one phase.
//!
//! All waves share the phase, so a song can change `saw` to `sine` while it plays and the tone goes
//! on where it was. Saw and pulse are band-limited with two-sample polynomial corrections (polyBLEP,
//! Välimäki and Huovilainen 2007), the triangle with the integrated form (polyBLAMP).

use super::level::finite;
use std::f32::consts::TAU;

/// The phase of one periodic wave.
#[derive(Clone, Copy, Debug, Default)]
pub struct Oscillator {
    /// Position within the period, in turns: 0 up to 1. Double precision keeps very slow
    /// oscillators (minutes a period) exact.
    phase: f64,
}

impl Oscillator {
    /// An oscillator that begins at `phase` turns, so that voices need not start together.
    pub fn at(phase: f64) -> Oscillator {
        Oscillator { phase: phase - phase.floor() }
    }

    /// Begins the period again: for drums, where each hit must sound the same.
    pub fn restart(&mut self) {
        self.phase = 0.0;
    }

    /// Moves one frame on and returns the phase before the move, in turns.
    ///
    /// The raw material for waves of your own: `sine(phase.advance(110.0, rate) + bend)`.
    #[inline]
    pub fn advance(&mut self, hz: f32, rate: f32) -> f32 {
        let phase = self.phase;
        let step = f64::from(hz / rate);
        if step.is_finite() {
            let next = phase + step;
            // `floor` is a call on plain x86-64: made once a period rather than once a frame.
            self.phase = if (0.0..1.0).contains(&next) { next } else { next - next.floor() };
        }
        phase as f32
    }

    /// A sine wave, -1 to 1.
    #[inline]
    pub fn sine(&mut self, hz: f32, rate: f32) -> f32 {
        sine(self.advance(hz, rate))
    }

    /// A rising saw, -1 to 1: bright, every harmonic.
    #[inline]
    pub fn saw(&mut self, hz: f32, rate: f32) -> f32 {
        let phase = self.advance(hz, rate);
        2.0 * phase - 1.0 - step_correction(phase, width_of_frame(hz, rate))
    }

    /// A pulse, -1 to 1, that is up for `width` (0 to 1) of the period; 0.5 is a square.
    #[inline]
    pub fn pulse(&mut self, hz: f32, width: f32, rate: f32) -> f32 {
        let frame = width_of_frame(hz, rate);
        let width = width.clamp(frame, 1.0 - frame);
        let phase = self.advance(hz, rate);
        let fall = if phase < width { phase + 1.0 - width } else { phase - width };
        let naive = if phase < width { 1.0 } else { -1.0 };
        naive + step_correction(phase, frame) - step_correction(fall, frame)
    }

    /// A square wave, -1 to 1: hollow, odd harmonics.
    #[inline]
    pub fn square(&mut self, hz: f32, rate: f32) -> f32 {
        self.pulse(hz, 0.5, rate)
    }

    /// A triangle, -1 to 1: soft, weak odd harmonics.
    #[inline]
    pub fn triangle(&mut self, hz: f32, rate: f32) -> f32 {
        let frame = width_of_frame(hz, rate);
        let phase = self.advance(hz, rate);
        let opposite = if phase < 0.5 { phase + 0.5 } else { phase - 0.5 };
        let naive = 1.0 - 4.0 * (phase - 0.5).abs();
        naive + 4.0 * frame * (corner_correction(phase, frame) - corner_correction(opposite, frame))
    }
}

/// The sine of a phase in turns: `sine(0.25)` is 1.
#[inline]
pub fn sine(turns: f32) -> f32 {
    (turns * TAU).sin()
}

/// The part of a period that one frame takes, kept away from zero and from half a period.
#[inline]
fn width_of_frame(hz: f32, rate: f32) -> f32 {
    finite((hz / rate).abs()).clamp(1e-6, 0.49)
}

/// What rounds a step of +2 at phase 0 over the two frames around it.
#[inline]
fn step_correction(phase: f32, frame: f32) -> f32 {
    if phase < frame {
        let x = phase / frame;
        2.0 * x - x * x - 1.0
    } else if phase > 1.0 - frame {
        let x = (phase - 1.0) / frame;
        x * x + 2.0 * x + 1.0
    } else {
        0.0
    }
}

/// What rounds a corner at phase 0, where the slope rises by 2 a frame width, over two frames.
#[inline]
fn corner_correction(phase: f32, frame: f32) -> f32 {
    let x = if phase < frame {
        1.0 - phase / frame
    } else if phase > 1.0 - frame {
        1.0 + (phase - 1.0) / frame
    } else {
        return 0.0;
    };
    x * x * x / 3.0
}
