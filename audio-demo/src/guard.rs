//! The last look at every sample before it leaves: finite, in range, and without a click at a swap.
//!
//! Live code may produce anything, so three things are made true here, on the audio thread:
//!
//! - **Every sample is finite.** What is not (NaN, infinity) becomes silence and is counted.
//! - **Every sample is within ±1.** A burst is clipped and counted.
//! - **A swap does not click.** Where the new code's first sample does not continue the old sound,
//!   the difference is added to the new sound and taken back within [`DECAY`]: a short decaying
//!   offset. The load stays that of one generation, unlike with a crossfade.
//!
//! The offset is only used where there is a click to remove: when the step across the seam is
//! larger than any step that the sound made by itself lately (within [`WINDOW`] before it, or
//! within the block after it). So a swap that changes no sound changes no bit, and a drum that
//! begins on a seam is left alone.

use std::time::Duration;

#[cfg(test)]
mod tests;

/// How long a discontinuity takes to fade away: long enough to be no click, short enough that the
/// offset seldom meets a crest of the new sound and adds to it.
pub(crate) const DECAY: Duration = Duration::from_millis(3);

/// How far back the sound's own steps are remembered: two periods of the lowest audible note.
pub(crate) const WINDOW: Duration = Duration::from_millis(100);

/// Whether the sound before a block may not continue in it.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(crate) enum Seam {
    /// The same code ran before: whatever the sound does, it means to.
    None,
    /// Code was swapped, rolled back or silenced between the last block and this one.
    Possible,
}

/// What a block contained that did not leave.
#[derive(Debug, Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Counts {
    /// Samples that were not finite.
    pub(crate) silenced: u32,
    /// Samples beyond ±1.
    pub(crate) clipped: u32,
}

/// One [`Channel`] per channel; see the module's text.
#[derive(Debug)]
pub(crate) struct Guard {
    channels: Vec<Channel>,
    decay_frames: u32,
    half_window: u32,
    in_window: u32,
}

impl Guard {
    /// A guard that has heard nothing but silence so far.
    pub(crate) fn new(channels: usize, sample_rate: u32) -> Self {
        let frames = |time: Duration| (time.as_secs_f64() * f64::from(sample_rate)) as u32;
        Self {
            channels: vec![Channel::default(); channels],
            decay_frames: frames(DECAY).max(1),
            half_window: frames(WINDOW / 2).max(1),
            in_window: 0,
        }
    }

    /// Makes the interleaved `samples` fit to leave, in place.
    pub(crate) fn process(&mut self, samples: &mut [f32], seam: Seam) -> Counts {
        let mut counts = Counts::default();
        let stride = self.channels.len();
        for (index, channel) in self.channels.iter_mut().enumerate() {
            let allowed = match seam {
                Seam::None => f32::INFINITY,
                Seam::Possible => channel.steepest().max(steepest_step(samples, index, stride)),
            };
            let mut allowed = allowed;
            for sample in samples.iter_mut().skip(index).step_by(stride) {
                *sample = channel.pass(*sample, allowed, self.decay_frames, &mut counts);
                // Only the first sample of a block lies on the seam.
                allowed = f32::INFINITY;
            }
        }
        self.advance_window((samples.len() / stride.max(1)) as u32);
        counts
    }

    /// Forgets the older half of the window each time the younger one is full.
    fn advance_window(&mut self, frames: u32) {
        self.in_window += frames;
        if self.in_window >= self.half_window {
            self.in_window = 0;
            for channel in &mut self.channels {
                channel.steps = [0.0, channel.steps[0]];
            }
        }
    }
}

/// What one channel remembers of the sound that left through it.
#[derive(Debug, Clone, Copy)]
struct Channel {
    /// The last sample that left, and the one before it.
    last: f32,
    before: f32,
    /// Whether the last sample was replaced by silence.
    silenced: bool,
    /// The difference at the last discontinuity, and the frames since then.
    offset: f32,
    age: u32,
    /// The largest step of the running half window, and of the one before.
    steps: [f32; 2],
}

impl Default for Channel {
    fn default() -> Self {
        Self {
            last: 0.0,
            before: 0.0,
            silenced: false,
            offset: 0.0,
            age: u32::MAX,
            steps: [0.0; 2],
        }
    }
}

impl Channel {
    /// The largest step that left lately.
    fn steepest(&self) -> f32 {
        self.steps[0].max(self.steps[1])
    }

    /// What leaves for `raw`. A step larger than `allowed`, and a change between sound and
    /// replaced samples, begin a new offset.
    fn pass(&mut self, raw: f32, allowed: f32, decay_frames: u32, counts: &mut Counts) -> f32 {
        let finite = raw.is_finite();
        let mut value = if finite { raw.clamp(-1.0, 1.0) } else { 0.0 };
        counts.silenced += u32::from(!finite);
        counts.clipped += u32::from(finite && value != raw);

        let step = (value + self.offset_at(self.age, decay_frames) - self.last).abs();
        if step > allowed || finite == self.silenced {
            // The sound would have gone on about like this.
            let expected = self.last + (self.last - self.before);
            self.offset = expected.clamp(-1.0, 1.0) - value;
            self.age = 0;
        }
        self.silenced = !finite;
        if self.age < decay_frames {
            value = (value + self.offset_at(self.age, decay_frames)).clamp(-1.0, 1.0);
            self.age += 1;
        }
        self.steps[0] = self.steps[0].max((value - self.last).abs());
        self.before = self.last;
        self.last = value;
        value
    }

    /// The offset that is left `age` frames after its discontinuity: a smooth step down to zero,
    /// flat at both ends, so that neither end is a corner in the sound.
    fn offset_at(&self, age: u32, decay_frames: u32) -> f32 {
        if age >= decay_frames {
            return 0.0;
        }
        let left = 1.0 - age as f32 / decay_frames as f32;
        self.offset * left * left * (3.0 - 2.0 * left)
    }
}

/// The largest step between neighbours of one channel, leaving out what is not finite.
fn steepest_step(samples: &[f32], index: usize, stride: usize) -> f32 {
    let mut steepest = 0.0_f32;
    let mut last = f32::NAN;
    for sample in samples.iter().skip(index).step_by(stride) {
        let value = sample.clamp(-1.0, 1.0);
        // `f32::max` ignores NaN, and so does this whole function.
        steepest = steepest.max((value - last).abs());
        last = value;
    }
    steepest
}
