//! Noise, and other chance that is the same in every playback.
//!
//! Nothing here asks the system for randomness: a render is deterministic to the bit.

/// A source of white and pink noise.
#[derive(Clone, Copy, Debug)]
pub struct Noise {
    seed: u32,
    /// Running sums of the three poles that colour white noise pink.
    pink: [f32; 3],
}

impl Default for Noise {
    fn default() -> Noise {
        Noise::seeded(1)
    }
}

impl Noise {
    /// A source of its own for each seed: two channels need two seeds to sound wide.
    pub fn seeded(seed: u32) -> Noise {
        // Zero is the one value that xorshift cannot leave, and the scrambling maps only one seed there.
        Noise { seed: scramble(seed).max(1), pink: [0.0; 3] }
    }

    /// White noise, -1 to 1: every frequency as loud, so it hisses.
    #[inline]
    pub fn white(&mut self) -> f32 {
        // Xorshift (Marsaglia 2003): three shifts, a period of 2^32 - 1 frames, a day at 48 kHz.
        self.seed ^= self.seed << 13;
        self.seed ^= self.seed >> 17;
        self.seed ^= self.seed << 5;
        (self.seed >> 8) as f32 / 8_388_608.0 - 1.0
    }

    /// Pink noise, about -1 to 1: every octave as loud, so it rushes like wind or rain.
    #[inline]
    pub fn pink(&mut self) -> f32 {
        // Paul Kellet's economy filter: within 0.5 dB of -3 dB an octave at 48 kHz.
        let white = self.white();
        let [low, middle, high] = self.pink;
        self.pink = [
            0.997_65 * low + white * 0.099_046,
            0.963 * middle + white * 0.296_516_4,
            0.57 * high + white * 1.052_691_3,
        ];
        let [low, middle, high] = self.pink;
        (low + middle + high + white * 0.1848) * 0.2
    }
}

/// A number from 0 to 1 that looks random but belongs to `step` and `seed` for ever.
///
/// For variation in patterns: `if chance(step.index, 7) < 0.2 { … }` is true for a fifth of the
/// steps, for the same ones in every playback.
#[inline]
pub fn chance(step: u64, seed: u32) -> f32 {
    let mixed =
        scramble(scramble(step as u32) ^ scramble((step >> 32) as u32 ^ seed.rotate_left(16)));
    (mixed >> 8) as f32 / 16_777_216.0
}

/// Spreads every bit of `x` over all 32 (the finaliser of MurmurHash3, after adding an odd constant).
#[inline]
fn scramble(x: u32) -> u32 {
    let mut x = x.wrapping_add(0x9E37_79B9);
    x = (x ^ (x >> 16)).wrapping_mul(0x85EB_CA6B);
    x = (x ^ (x >> 13)).wrapping_mul(0xC2B2_AE35);
    x ^ (x >> 16)
}
