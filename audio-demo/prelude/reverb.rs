//! A room: stereo reverberation from eight delay lines that feed each other.
//!
//! A feedback delay network (Jot 1991) with a Householder matrix: each line gets back what all lines
//! gave, minus a quarter of their sum, which neither adds nor loses energy. The decay and the damping of
//! high frequencies are applied on the way.

use super::delay::Delay;
use super::envelope::fall;
use super::filter::OnePole;

/// Lengths of the lines in seconds: without common factors, so that the echoes never line up.
const LENGTHS: [f32; 8] =
    [0.029_71, 0.037_13, 0.041_11, 0.045_27, 0.053_17, 0.061_03, 0.067_19, 0.079_37];

/// A stereo reverberation.
#[derive(Default)]
pub struct Reverb {
    lines: [Line; 8],
}

struct Line {
    delay: Delay,
    damping: OnePole,
}

impl Default for Line {
    fn default() -> Line {
        // Enough for the longest line at 192 kHz.
        Line { delay: Delay::with_frames(16_000), damping: OnePole::default() }
    }
}

impl Reverb {
    /// The room's answer to one stereo frame, without the sound itself.
    ///
    /// It dies away by 60 dB in `seconds`; highs above `damping_hz` die faster.
    #[inline]
    pub fn next(
        &mut self,
        (left, right): (f32, f32),
        seconds: f32,
        damping_hz: f32,
        rate: f32,
    ) -> (f32, f32) {
        let damping = OnePole::amount(damping_hz, rate);
        let mut heard = [0.0; 8];
        for ((line, length), heard) in self.lines.iter_mut().zip(LENGTHS).zip(&mut heard) {
            let sound = line.damping.low_by(line.delay.ago((length * rate) as usize), damping);
            // `fall` for the whole line at once: one frame of a rate of one frame a line.
            *heard = sound * fall(seconds, 1.0 / length);
        }
        let shared = heard.iter().sum::<f32>() * 0.25;
        for (index, line) in self.lines.iter_mut().enumerate() {
            let input = if index % 2 == 0 { left } else { right };
            line.delay.write(input + heard[index] - shared);
        }
        let [a, b, c, d, e, f, g, h] = heard;
        ((a - c + e - g) * 0.35, (b - d + f - h) * 0.35)
    }
}
