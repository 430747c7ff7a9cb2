//! The clock: beats and bars at a tempo that may be edited while it runs.
//!
//! The clock adds up beats frame by frame instead of computing them from the time. A new tempo
//! therefore goes on from the present beat: the song never jumps.

/// A musical clock. Call [`tick`](Clock::tick) once a frame, then ask the rest.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    /// Beats at the frame before, at this frame, and at the one to come.
    before: f64,
    now: f64,
    next: f64,
}

impl Default for Clock {
    fn default() -> Clock {
        // Before beat 0, so that the first tick crosses into step 0. The clock runs a millionth of a beat
        // ahead, so that the rounding of the sum never makes a step a frame late.
        Clock { before: -1.0, now: -1.0, next: 1e-6 }
    }
}

/// The beginning of a step, as [`Clock::step`] reports it.
#[derive(Clone, Copy, Debug)]
pub struct Step {
    /// Steps since the start.
    pub index: u64,
}

impl Step {
    /// The entry of a pattern that belongs to this step; patterns of any length repeat.
    #[inline]
    pub fn of<T: Copy + Default>(self, pattern: &[T]) -> T {
        match pattern.len() as u64 {
            0 => T::default(),
            length => pattern[(self.index % length) as usize],
        }
    }

    /// How hard a drum pattern written as text is hit at this step: 0 is not at all.
    ///
    /// `X` is a full hit (1), `x` a light one (0.5), a digit from 1 to 9 that many tenths, and
    /// anything else a rest. Spaces and `|` only help the eye. Patterns of any length repeat.
    #[inline]
    pub fn hit(self, pattern: &str) -> f32 {
        let marks = || pattern.bytes().filter(|mark| !matches!(mark, b' ' | b'|'));
        let length = (marks().count() as u64).max(1);
        match marks().nth((self.index % length) as usize) {
            Some(b'X') => 1.0,
            Some(b'x') => 0.5,
            Some(digit @ b'1'..=b'9') => f32::from(digit - b'0') * 0.1,
            _ => 0.0,
        }
    }
}

impl Clock {
    /// Goes on by one frame at `bpm` beats a minute.
    #[inline]
    pub fn tick(&mut self, bpm: f32, rate: f32) {
        let step = f64::from(bpm) / 60.0 / f64::from(rate);
        self.before = self.now;
        self.now = self.next;
        if step.is_finite() {
            self.next += step.max(0.0);
        }
    }

    /// Beats since the start, with their fraction.
    #[inline]
    pub fn beats(&self) -> f64 {
        self.now.max(0.0)
    }

    /// How far the present beat has gone, 0 to 1.
    #[inline]
    pub fn phase(&self) -> f32 {
        fraction(self.beats())
    }

    /// The number of the bar, from 0, with `beats` beats a bar.
    #[inline]
    pub fn bar(&self, beats: u32) -> u64 {
        (self.beats() / f64::from(beats.max(1))) as u64
    }

    /// How far the present bar has gone, 0 to 1.
    #[inline]
    pub fn bar_phase(&self, beats: u32) -> f32 {
        fraction(self.beats() / f64::from(beats.max(1)))
    }

    /// The step that begins with this frame, if one does; `per_beat` steps a beat.
    ///
    /// 4 gives sixteenth notes, 1 quarters, 0.25 whole bars of four.
    #[inline]
    pub fn step(&self, per_beat: f32) -> Option<Step> {
        self.swung(per_beat, 0.5)
    }

    /// As [`step`](Clock::step), with every second step late: it begins at `swing` of the pair.
    ///
    /// 0.5 is straight, 0.58 swings, 0.67 is a shuffle in triplets.
    #[inline]
    pub fn swung(&self, per_beat: f32, swing: f32) -> Option<Step> {
        let pairs_per_beat = f64::from(per_beat) * 0.5;
        let swing = f64::from(swing.clamp(0.05, 0.95));
        let index = |beats: f64| {
            if beats < 0.0 {
                return None;
            }
            let pairs = beats * pairs_per_beat;
            let pair = pairs as u64;
            Some(2 * pair + u64::from(pairs - pair as f64 >= swing))
        };
        let now = index(self.now);
        if now == index(self.before) { None } else { now.map(|index| Step { index }) }
    }
}

/// What is left of a positive number without its whole part.
#[inline]
fn fraction(number: f64) -> f32 {
    (number - number as u64 as f64) as f32
}
