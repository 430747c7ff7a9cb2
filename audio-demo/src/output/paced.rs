//! The silent device: asks for sound exactly as fast as a card would, and throws it away.
//!
//! Deadlines are absolute, so a late wake-up delays one period and not every later one. The model is a
//! card with two periods: while one plays, the other is filled, and is missed when it is not full by the
//! time the first has been played.

use std::thread;
use std::time::{Duration, Instant};

use crate::engine::{Engine, Source};
use crate::realtime;

/// The frames asked for at a time: 5.3 ms at 48 kHz.
const PERIOD: usize = 256;

/// So late that catching up would only mean a burst: a suspended machine, a stopped process.
const GIVE_UP: Duration = Duration::from_millis(250);

/// Plays on this thread until the engine has faded out.
pub(super) fn run<S: Source>(engine: &mut Engine<S>) {
    realtime::enter();
    let (format, stop, meter) = (engine.format(), engine.stop(), engine.meter());
    let mut buffer = vec![0.0; PERIOD * usize::from(format.channels())];
    let mut origin = Instant::now();
    let mut played = 0_u64;
    while !stop.is_silent() {
        engine.callback(&mut buffer);
        played += PERIOD as u64;
        let due = origin + format.duration(played);
        let now = Instant::now();
        if now <= due {
            thread::sleep(due - now);
            continue;
        }
        meter.miss();
        if now - due > GIVE_UP {
            origin = now;
            played = 0;
        }
    }
}
