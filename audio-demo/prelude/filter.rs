//! Filters: a state-variable filter for tone, and a one-pole for gentle slopes.

use super::level::finite;
use std::f32::consts::PI;

/// A resonant filter of 12 dB an octave; cutoff and resonance may change in every frame.
///
/// The state-variable filter in its topology-preserving form (Zavalishin, *The Art of VA Filter
/// Design*, chapter 4): it stays stable however fast it is moved, and moving it does not click.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filter {
    band: f32,
    low: f32,
}

/// The outputs that a [`Filter`] has at the same time.
#[derive(Clone, Copy, Debug, Default)]
pub struct Filtered {
    /// What lies below the cutoff.
    pub low: f32,
    /// What lies around the cutoff; its peak is at unity.
    pub band: f32,
    /// What lies above the cutoff.
    pub high: f32,
}

impl Filter {
    /// Filters one frame at cutoff `hz`; `resonance` goes from 0 (none) to 1 (rings for long).
    #[inline]
    pub fn next(&mut self, input: f32, hz: f32, resonance: f32, rate: f32) -> Filtered {
        let g = warp(hz, rate);
        let damping = 2.0 - 1.98 * resonance.clamp(0.0, 1.0);
        let high =
            (finite(input) - (damping + g) * self.band - self.low) / (1.0 + g * (g + damping));
        let band = g * high + self.band;
        let low = g * band + self.low;
        self.band = settle(g * high + band);
        self.low = settle(g * band + low);
        Filtered { low, band: band * damping, high }
    }

    /// Only what lies below `hz`.
    #[inline]
    pub fn low(&mut self, input: f32, hz: f32, resonance: f32, rate: f32) -> f32 {
        self.next(input, hz, resonance, rate).low
    }

    /// Only what lies around `hz`.
    #[inline]
    pub fn band(&mut self, input: f32, hz: f32, resonance: f32, rate: f32) -> f32 {
        self.next(input, hz, resonance, rate).band
    }

    /// Only what lies above `hz`.
    #[inline]
    pub fn high(&mut self, input: f32, hz: f32, resonance: f32, rate: f32) -> f32 {
        self.next(input, hz, resonance, rate).high
    }
}

/// A filter of 6 dB an octave, without resonance: cheap, for damping and for rumble.
#[derive(Clone, Copy, Debug, Default)]
pub struct OnePole {
    low: f32,
}

impl OnePole {
    /// Only what lies below `hz`.
    #[inline]
    pub fn low(&mut self, input: f32, hz: f32, rate: f32) -> f32 {
        self.low_by(input, OnePole::amount(hz, rate))
    }

    /// As [`low`](OnePole::low) with a cutoff from [`amount`](OnePole::amount): for many filters at one cutoff.
    #[inline]
    pub fn low_by(&mut self, input: f32, amount: f32) -> f32 {
        let step = (finite(input) - self.low) * amount;
        let low = self.low + step;
        self.low = settle(low + step);
        low
    }

    /// The cutoff `hz` as the number that the filter works with.
    #[inline]
    pub fn amount(hz: f32, rate: f32) -> f32 {
        let g = warp(hz, rate);
        g / (1.0 + g)
    }

    /// Only what lies above `hz`; at 10 Hz it takes away a constant offset.
    #[inline]
    pub fn high(&mut self, input: f32, hz: f32, rate: f32) -> f32 {
        input - self.low(input, hz, rate)
    }
}

/// Makes a memory that has decayed to nothing exactly zero: subnormal numbers are slow.
#[inline]
fn settle(value: f32) -> f32 {
    if value.abs() < 1e-15 { 0.0 } else { finite(value) }
}

/// The tangent of half the angle that `hz` turns in a frame: where a digital filter of that cutoff must aim.
///
/// A Padé approximation, exact to a cent up to 15 kHz at 48 kHz and several times as fast as `tan`,
/// which matters because cutoffs may move in every frame. A cutoff that is not a number counts as the lowest.
#[inline]
fn warp(hz: f32, rate: f32) -> f32 {
    let x = PI * finite(hz / rate).clamp(1e-5, 0.49);
    let square = x * x;
    x * (15.0 - square) / (15.0 - 6.0 * square)
}
