//! A new song. Play it with `segue play`, edit it, save: the sound changes at the next block.
//!
//! `process` is called for every block of sound. What must go on from block to block is in `State`,
//! which your edits leave alone; what you want to edit stands in the code. The prelude has oscillators,
//! noise, envelopes, filters, delays, a clock and a room; `prelude/mod.rs` lists them all.

use prelude::*;

/// Beats a minute.
const TEMPO: f32 = 100.0;

/// Eighth notes, as MIDI notes: 57 is an A. Zero is a rest.
const NOTES: [f32; 8] = [57.0, 64.0, 0.0, 60.0, 0.0, 67.0, 64.0, 0.0];

/// What the song remembers. A field added here begins with its default; the others keep their values.
#[derive(Default)]
pub struct State {
    clock: Clock,
    voice: Voice,
    echo: Delay,
}

/// Fills one block, frame by frame. Samples go from -1 to 1.
pub fn process(state: &mut State, block: &mut Block) {
    let rate = block.sample_rate();
    for frame in 0..block.frames() {
        state.clock.tick(TEMPO, rate);
        // Two steps a beat.
        let step = state.clock.step(2.0);

        let voice = voice(&mut state.voice, step, rate) * 0.4;
        let echo = state.echo.echo(voice, 0.45, 0.5, rate);

        block.set(frame, soft_clip(voice + echo * 0.2), soft_clip(voice + echo * 0.5));
    }
}

/// One voice: an oscillator, a filter, and a level that is struck and dies away.
#[derive(Default)]
struct Voice {
    tone: Oscillator,
    filter: Filter,
    level: Decay,
    hz: f32,
}

fn voice(state: &mut Voice, step: Option<Step>, rate: f32) -> f32 {
    if let Some(step) = step {
        let midi = step.of(&NOTES);
        if midi > 0.0 {
            state.hz = note(midi);
            state.level.strike(1.0);
        }
    }
    // Seconds until the note has died away.
    let level = state.level.next(1.2, rate);
    // `saw` may be `sine`, `square` or `triangle`.
    let tone = state.tone.saw(state.hz, rate);
    // A cutoff in Hz that opens with each note, and a resonance from 0 to 1.
    state.filter.low(tone, 300.0 + 2000.0 * level, 0.4, rate) * level
}
