//! The prelude: the building blocks of songs.
//!
//! Ordinary Rust, compiled together with the song and swapped like the song's own code: edit any of
//! these files while a song plays. Everything follows one design, made for editing:
//!
//! - A *state* type (`Oscillator`, `Filter`, `Delay` …) holds only what must survive from one frame to
//!   the next: phases and memories. Each has a `Default`, so it can be a field of a song's `State`.
//! - *Numbers that people edit* (pitches, times, cutoffs) are arguments of the call, so they stand
//!   in the song's code. Change one, save, and the phase and the ringing filter carry on.
//! - Times are seconds, pitches are Hz, and the sample rate `rate` is the last argument.
//! - A call makes one frame. None allocates, locks, or makes a system call. What keeps a memory ignores
//!   non-finite input, so that a mistake is gone once it is corrected.

pub mod block;
pub mod clock;
pub mod delay;
pub mod envelope;
pub mod filter;
pub mod level;
pub mod noise;
pub mod oscillator;
pub mod pitch;
pub mod reverb;

pub use block::Block;
pub use clock::{Clock, Step};
pub use delay::Delay;
pub use envelope::{Adsr, Decay, Envelope};
pub use filter::{Filter, Filtered, OnePole};
pub use level::{Smooth, decibels, mix, pan, soft_clip};
pub use noise::{Noise, chance};
pub use oscillator::{Oscillator, sine};
pub use pitch::{note, scale_note};
pub use reverb::Reverb;
