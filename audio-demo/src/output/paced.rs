//! The silent device: asks for sound exactly as fast as a card would, and throws it away.
//!
//! The model is a card with two periods: both are filled before it starts; from then on one plays
//! while the other is filled, and is missed when it is not full by the time the first has been
//! played. A card that ran out starts again, and so does this one. Times to wake up at are
//! absolute, so a late wake-up delays one period and not every later one.

use std::thread;
use std::time::Instant;

use crate::engine::{Engine, Source};
use crate::realtime;

#[cfg(test)]
mod tests;

/// The frames asked for at a time: 5.3 ms at 48 kHz.
const PERIOD: usize = 256;

/// Plays on this thread until the engine has faded out.
pub(super) fn run<S: Source>(engine: &mut Engine<S>) {
    realtime::enter();
    let (format, stop, meter) = (engine.format(), engine.stop(), engine.meter());
    let mut buffer = vec![0.0; PERIOD * usize::from(format.channels())];
    while !stop.is_silent() {
        engine.callback(&mut buffer);
        engine.callback(&mut buffer);
        if play(engine, &mut buffer, Instant::now()) == Ran::Out {
            meter.miss();
        }
    }
}

/// Why a started card stopped.
#[derive(Debug, PartialEq, Eq)]
enum Ran {
    /// A period was not full when it was due.
    Out,
    /// The engine has faded out.
    ToItsEnd,
}

/// Plays from `start`, when both periods are full.
fn play<S: Source>(engine: &mut Engine<S>, buffer: &mut [f32], start: Instant) -> Ran {
    let (format, stop) = (engine.format(), engine.stop());
    let mut played = 0;
    while !stop.is_silent() {
        played += PERIOD as u64;
        // One period has been played: its room is free until the other has been played too.
        let free = start + format.duration(played);
        let due = start + format.duration(played + PERIOD as u64);
        thread::sleep(free.saturating_duration_since(Instant::now()));
        engine.callback(buffer);
        if Instant::now() > due {
            return Ran::Out;
        }
    }
    Ran::ToItsEnd
}
