//! Envelopes: how loud a note is over its life.
//!
//! [`Decay`] is struck and dies away: drums, plucks. [`Envelope`] follows a gate through attack,
//! decay, sustain and release: everything that is held. Both start from wherever they are, so a
//! note struck again, or a time edited while it sounds, makes no click.

/// Below this (-120 dB) a level counts as silence; it also keeps clear of slow subnormal numbers.
const SILENCE: f32 = 1e-6;

/// A level that is struck and then falls exponentially.
#[derive(Clone, Copy, Debug, Default)]
pub struct Decay {
    target: f32,
    level: f32,
}

impl Decay {
    /// Seconds the level takes to rise when struck: short enough to be a hit, too long for a click.
    const RISE: f32 = 0.0007;

    /// Strikes: the level jumps to `strength` and falls from there. Zero is a rest: what rings goes on ringing.
    #[inline]
    pub fn strike(&mut self, strength: f32) {
        if strength > 0.0 {
            self.target = strength;
        }
    }

    /// The level of this frame; `seconds` is the time it takes to fall by 60 dB.
    #[inline]
    pub fn next(&mut self, seconds: f32, rate: f32) -> f32 {
        if self.target < SILENCE && self.level < SILENCE {
            *self = Decay::default();
            return 0.0;
        }
        self.level += (self.target - self.level) * approach(Decay::RISE, rate);
        self.target *= fall(seconds, rate);
        self.level
    }
}

/// The numbers of an [`Envelope`]: three times in seconds and one level.
#[derive(Clone, Copy, Debug)]
pub struct Adsr {
    /// Seconds from silence to full level.
    pub attack: f32,
    /// Seconds from full level to (nearly) the sustain level.
    pub decay: f32,
    /// Level while the note is held, 0 to 1.
    pub sustain: f32,
    /// Seconds from there to silence (-60 dB), once the note is let go.
    pub release: f32,
}

/// A level that follows a gate through attack, decay, sustain and release.
#[derive(Clone, Copy, Debug, Default)]
pub struct Envelope {
    level: f32,
    gate: bool,
    attacking: bool,
}

impl Envelope {
    /// The level of this frame, 0 to 1; `gate` says whether the note is held.
    #[inline]
    pub fn next(&mut self, gate: bool, shape: &Adsr, rate: f32) -> f32 {
        if gate && !self.gate {
            self.attacking = true;
        }
        self.gate = gate;
        if !gate {
            self.level *= fall(shape.release, rate);
            if self.level < SILENCE {
                self.level = 0.0;
            }
        } else if self.attacking {
            self.level += 1.0 / (shape.attack.max(0.0005) * rate);
            if self.level >= 1.0 {
                self.level = 1.0;
                self.attacking = false;
            }
        } else {
            self.level = shape.sustain + (self.level - shape.sustain) * fall(shape.decay, rate);
        }
        self.level
    }

    /// Begins the attack again, from the present level, although the gate stayed open.
    #[inline]
    pub fn strike(&mut self) {
        self.attacking = true;
    }
}

/// The factor a frame that makes a level fall by 60 dB in `seconds`.
#[inline]
pub fn fall(seconds: f32, rate: f32) -> f32 {
    const LN_1000: f32 = 6.907_755_4;
    (-LN_1000 / (seconds.max(0.0005) * rate)).exp()
}

/// The part of the way to go in one frame so that 63 % of it is gone in `seconds`.
#[inline]
pub fn approach(seconds: f32, rate: f32) -> f32 {
    1.0 - (-1.0 / (seconds * rate).max(0.1)).exp()
}
