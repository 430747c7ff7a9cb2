//! First song: one minute of plucked notes, bass and a soft chord. Start here.
//!
//! This is a live file: ordinary Rust that is playing while you read it. Change something, save,
//! and the running program goes on with the new code at its next block, 128 frames or less than
//! three milliseconds of sound. Nothing restarts: everything that the music remembers is in
//! `State`, and `State` stays. A file that does not compile changes nothing but the messages in
//! the terminal, so there is nothing to be afraid of.
//!
//! Things to try are marked with TRY. Save after each, and listen.

use prelude::*;

// ── What is played ──────────────────────────────────────────────────────────────────────────────

/// Beats a minute. TRY 70 or 130: the clock goes on from the beat where it is.
const TEMPO: f32 = 96.0;

/// The scale that melodies walk on: A minor pentatonic, in semitones above the root.
/// TRY a darker one: `[0.0, 2.0, 3.0, 7.0, 8.0]`.
const SCALE: [f32; 5] = [0.0, 3.0, 5.0, 7.0, 10.0];

/// A step without a note.
const __: i32 = i32::MIN;

/// Two bars of melody in eighth notes, as degrees of the scale: 0 is the root, 5 the octave.
/// TRY other numbers, or more of them: patterns of any length repeat.
const MELODY: [i32; 16] = [0, __, 4, 2, __, 5, __, 4, 7, __, 6, 4, __, 5, 2, __];

/// The answer: it takes the place of the melody in every fourth group of four bars.
const ANSWER: [i32; 16] = [9, __, 7, __, 6, 5, __, 4, 5, __, __, 2, 4, __, __, __];

/// One chord a bar, as MIDI notes (57 is an A): A minor, F, C, G.
const CHORDS: [[f32; 3]; 4] =
    [[57.0, 60.0, 64.0], [53.0, 57.0, 60.0], [48.0, 55.0, 64.0], [55.0, 59.0, 62.0]];

// ── What is remembered ──────────────────────────────────────────────────────────────────────────

/// Everything that goes on from one block to the next. It survives your edits; a field that you add
/// begins with its default, and the others keep their values.
#[derive(Default)]
pub struct State {
    clock: Clock,
    plucks: [Pluck; 4],
    turn: usize,
    bass: Bass,
    chord: Chord,
    echo: Delay,
    room: Reverb,
}

// ── The song: called for each block ─────────────────────────────────────────────────────────────

/// Fills one block with sound, frame by frame.
pub fn process(state: &mut State, block: &mut Block) {
    let rate = block.sample_rate();
    for frame in 0..block.frames() {
        state.clock.tick(TEMPO, rate);
        play_melody(state);

        let plucks = plucks(&mut state.plucks, rate);
        let bass = bass(&mut state.bass, &state.clock, rate);
        let chord = chord(&mut state.chord, &state.clock, rate);

        // The mixer. TRY: set one of these to 0.0 to hear the rest alone.
        let plucks = plucks * 0.34;
        let bass = bass * 0.6;
        let chord = (chord.0 * 0.24, chord.1 * 0.24);

        // An echo three eighth notes late. TRY a feedback of 0.75 in place of 0.45.
        let echo = state.echo.echo(plucks, 1.5 * 60.0 / TEMPO, 0.45, rate) * 0.5;

        // A room around it all. TRY 8.0 seconds.
        let send = (plucks * 0.6 + chord.0 * 0.5, echo + chord.1 * 0.5);
        let room = state.room.next(send, 2.2, 5000.0, rate);

        let left = plucks + echo * 0.4 + bass + chord.0 + room.0 * 0.5;
        let right = plucks * 0.7 + echo + bass + chord.1 + room.1 * 0.5;
        block.set(frame, soft_clip(left), soft_clip(right));
    }
}

// ── The melody ──────────────────────────────────────────────────────────────────────────────────

/// Strikes a note when the clock comes to one.
fn play_melody(state: &mut State) {
    // Two steps a beat: eighth notes. TRY `state.clock.swung(2.0, 0.6)` for a lilt.
    let Some(step) = state.clock.step(2.0) else { return };
    let four_bars = state.clock.bar(16);
    let phrase = if four_bars % 4 == 3 { &ANSWER } else { &MELODY };
    let degree = step.of(phrase);
    if degree == __ {
        return;
    }
    // Four voices take turns, so that a note rings on while the next begins.
    state.turn = (state.turn + 1) % state.plucks.len();
    let voice = &mut state.plucks[state.turn];
    // In the last eight bars of the minute, a third of the notes leap up an octave. TRY 1.0.
    let leap = state.clock.bar(4) % 24 >= 16 && chance(step.index, 5) < 0.33;
    let octave = if leap { 12.0 } else { 0.0 };
    voice.hz = note(scale_note(69.0, &SCALE, degree) + octave);
    // Some notes are softer than others, always the same ones. TRY `1.0` for a machine.
    voice.level.strike(0.55 + 0.45 * chance(step.index, 3));
}

/// A plucked note: one sine that bends the phase of another, less and less.
#[derive(Default)]
struct Pluck {
    tone: Oscillator,
    overtone: Oscillator,
    level: Decay,
    hz: f32,
}

fn pluck(voice: &mut Pluck, rate: f32) -> f32 {
    // How long it rings, in seconds. TRY 0.4 for wood, 5.0 for glass.
    let level = voice.level.next(2.2, rate);
    // TRY 2.0, 3.5 or 7.0 for another material, and 0.05 or 0.4 for another mallet.
    let overtone = voice.overtone.sine(voice.hz * 4.0, rate);
    sine(voice.tone.advance(voice.hz, rate) + overtone * 0.12 * level) * level
}

fn plucks(voices: &mut [Pluck], rate: f32) -> f32 {
    voices.iter_mut().map(|voice| pluck(voice, rate)).sum()
}

// ── The bass ────────────────────────────────────────────────────────────────────────────────────

/// The bass comes in after four bars and plays the lowest note of each chord.
#[derive(Default)]
struct Bass {
    tone: Oscillator,
    filter: Filter,
    level: Decay,
    pitch: Smooth,
}

fn bass(state: &mut Bass, clock: &Clock, rate: f32) -> f32 {
    let bar = clock.bar(4);
    if let Some(step) = clock.step(2.0)
        && bar >= 4
    {
        // TRY other rhythms: X is a full hit, x a light one, a dot a rest.
        state.level.strike(step.hit("X..x..x."));
    }
    let root = CHORDS[(bar % 4) as usize][0];
    let hz = state.pitch.to(note(root - 12.0), 0.01, rate);
    let level = state.level.next(1.8, rate);
    // TRY `saw` or `square` in place of `triangle`: the filter keeps it gentle.
    let tone = state.tone.triangle(hz, rate);
    state.filter.low(tone, 180.0 + 900.0 * level, 0.2, rate) * level
}

// ── The chord ───────────────────────────────────────────────────────────────────────────────────

/// Three notes of two saws each. It fades in with the eighth bar.
#[derive(Default)]
struct Chord {
    saws: [[Oscillator; 2]; 3],
    pitches: [Smooth; 3],
    filters: [Filter; 2],
    sweep: Oscillator,
    level: Smooth,
}

fn chord(state: &mut Chord, clock: &Clock, rate: f32) -> (f32, f32) {
    let bar = clock.bar(4);
    let notes = CHORDS[(bar % 4) as usize];
    let (mut left, mut right) = (0.0, 0.0);
    for ((saws, pitch), midi) in state.saws.iter_mut().zip(&mut state.pitches).zip(notes) {
        // The voices glide from chord to chord. TRY 0.5 seconds in place of 0.06.
        let hz = pitch.to(note(midi), 0.06, rate);
        // TRY 1.02 in place of 1.004, the detuning, for a crowd out of tune.
        left += saws[0].saw(hz * 1.004, rate);
        right += saws[1].saw(hz / 1.004, rate);
    }
    // The filter opens and closes once in 20 seconds.
    let cutoff = 900.0 * 2.0_f32.powf(state.sweep.sine(0.05, rate));
    let level = state.level.to(if bar % 24 >= 8 { 1.0 } else { 0.0 }, 2.0, rate) * 0.3;
    (
        state.filters[0].low(left, cutoff, 0.15, rate) * level,
        state.filters[1].low(right, cutoff, 0.15, rate) * level,
    )
}
