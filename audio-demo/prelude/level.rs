//! Levels: decibels, panning, saturation, and numbers that glide instead of jumping.

use super::envelope::approach;
use std::f32::consts::FRAC_PI_2;

/// A number that follows its target: edit a level in the code and it glides there, without a click.
///
/// The first value is taken at once; it begins to glide from the second frame on.
#[derive(Clone, Copy, Debug, Default)]
pub struct Smooth {
    value: f32,
    started: bool,
}

impl Smooth {
    /// The value of this frame, on its way to `target`; after `seconds` 63 % of the way is gone.
    #[inline]
    pub fn to(&mut self, target: f32, seconds: f32, rate: f32) -> f32 {
        let target = if target.is_finite() { target } else { self.value };
        if self.started {
            self.value += (target - self.value) * approach(seconds, rate);
        } else {
            self.value = target;
            self.started = true;
        }
        self.value
    }
}

/// The gain of a level in decibels: 0 is 1, -6 is about a half, -60 is a thousandth.
#[inline]
pub fn decibels(level: f32) -> f32 {
    10.0_f32.powf(level / 20.0)
}

/// Places a sound between left (-1) and right (1) at constant power; returns left and right.
#[inline]
pub fn pan(input: f32, place: f32) -> (f32, f32) {
    let angle = (place.clamp(-1.0, 1.0) + 1.0) * 0.5 * FRAC_PI_2;
    (input * angle.cos(), input * angle.sin())
}

/// `a` when `amount` is 0, `b` when it is 1, and a straight mixture between.
#[inline]
pub fn mix(a: f32, b: f32, amount: f32) -> f32 {
    a + (b - a) * amount
}

/// Rounds off what is too loud: leaves quiet sound alone and never goes beyond -1 and 1.
#[inline]
pub fn soft_clip(input: f32) -> f32 {
    // A rational approximation of tanh that meets ±1 at ±3 with slope zero.
    let x = input.clamp(-3.0, 3.0);
    x * (27.0 + x * x) / (27.0 + 9.0 * x * x)
}

/// The input, or silence where it is infinite or not a number: for everything that goes into a memory.
#[inline]
pub fn finite(input: f32) -> f32 {
    if input.is_finite() { input } else { 0.0 }
}
