//! Pad: eight slow chords, a minute and a half before they come round, and an echo of three seconds.
//!
//! Two banks of five voices take turns: while one holds the new chord, the other lets go of the old one.
//! Each voice is four saws and a sine with a filter of its own. Now and then a bell strikes a note of the
//! chord, and the long delay keeps it. Good to edit slowly: change one number, save, and wait.

use prelude::*;
use std::array;

// ── The score ───────────────────────────────────────────────────────────────────────────────────

/// Seconds a chord lasts. At any value the chord that sounds goes on.
const CHORD_SECONDS: f32 = 12.0;

/// The chords as MIDI notes, the bass first. Every voice may be moved by a semitone: listen what it does.
const CHORDS: [[f32; 5]; 8] = [
    [38.0, 57.0, 60.0, 64.0, 65.0], // D minor 9
    [34.0, 57.0, 60.0, 62.0, 65.0], // B flat major 9
    [41.0, 55.0, 60.0, 64.0, 69.0], // F major 9
    [40.0, 55.0, 60.0, 62.0, 67.0], // C over E, with its ninth
    [43.0, 53.0, 57.0, 58.0, 62.0], // G minor 9
    [45.0, 55.0, 60.0, 62.0, 64.0], // A minor 11
    [34.0, 53.0, 57.0, 60.0, 62.0], // B flat major 9, closer
    [33.0, 52.0, 55.0, 62.0, 64.0], // A, waiting to go home
];

// ── The song ────────────────────────────────────────────────────────────────────────────────────

/// What the pad remembers from block to block.
pub struct State {
    clock: Clock,
    banks: [[Voice; 5]; 2],
    bell: Bell,
    breath: Breath,
    echo: [Delay; 2],
    late: [Smooth; 2],
    echo_tone: [OnePole; 2],
    drift: Oscillator,
    room: Reverb,
}

impl Default for State {
    fn default() -> State {
        State {
            clock: Clock::default(),
            banks: array::from_fn(|bank| array::from_fn(|place| Voice::new(bank * 5 + place))),
            bell: Bell::default(),
            breath: Breath::default(),
            // Each holds 5.4 seconds at 48 kHz; made here, because `process` must never allocate.
            echo: [Delay::default(), Delay::default()],
            late: Default::default(),
            echo_tone: Default::default(),
            drift: Oscillator::default(),
            room: Reverb::default(),
        }
    }
}

/// Fills one block: chords, bell and breath go into the long echo, and all of it into a large room.
pub fn process(state: &mut State, block: &mut Block) {
    let rate = block.sample_rate();
    for frame in 0..block.frames() {
        // One beat of this clock is one chord.
        state.clock.tick(60.0 / CHORD_SECONDS, rate);
        let chord = state.clock.beats() as usize;

        let mut pad = (0.0, 0.0);
        for (bank, voices) in state.banks.iter_mut().enumerate() {
            // The bank's turn: even chords are held by the first, odd ones by the second.
            let held = chord % 2 == bank;
            let sound = chord_voices(voices, held.then_some(chord), rate);
            pad = (pad.0 + sound.0, pad.1 + sound.1);
        }
        let bell = bell(&mut state.bell, &state.clock, chord, rate);
        let breath = breath(&mut state.breath, rate);

        let dry = (
            pad.0 * 0.24 + bell.0 * 0.2 + breath.0 * 0.12,
            pad.1 * 0.24 + bell.1 * 0.2 + breath.1 * 0.12,
        );
        let echo = long_echo(state, dry, bell, rate);
        let send = (dry.0 * 0.5 + echo.0 * 0.4, dry.1 * 0.5 + echo.1 * 0.4);
        let room = state.room.next(send, 6.0, 4200.0, rate);

        let left = dry.0 + echo.0 * 0.55 + room.0 * 0.6;
        let right = dry.1 + echo.1 * 0.55 + room.1 * 0.6;
        block.set(frame, soft_clip(left), soft_clip(right));
    }
}

/// Three seconds late on the left, a little more on the right, each feeding the other side.
/// A time that you edit is glided to, as on a tape.
fn long_echo(state: &mut State, dry: (f32, f32), bell: (f32, f32), rate: f32) -> (f32, f32) {
    // The times drift by a few milliseconds, which bends the pitch of the echoes ever so slightly.
    let drift = state.drift.sine(0.07, rate) * 0.003;
    let left = state.late[0].to(3.0, 0.3, rate) + drift;
    let right = state.late[1].to(3.7, 0.3, rate) - drift;
    let left = state.echo[0].read(left, rate);
    let right = state.echo[1].read(right, rate);
    // How much comes back: 0.6 fades over half a minute, 0.9 hardly at all.
    let feedback = 0.6;
    let back = (
        state.echo_tone[0].low(right, 2600.0, rate) * feedback,
        state.echo_tone[1].low(left, 2600.0, rate) * feedback,
    );
    state.echo[0].write(dry.0 * 0.35 + bell.0 * 0.12 + back.0);
    state.echo[1].write(dry.1 * 0.35 + bell.1 * 0.12 + back.1);
    (left, right)
}

// ── Voices ──────────────────────────────────────────────────────────────────────────────────────

/// One note of a chord.
struct Voice {
    saws: [Oscillator; 4],
    body: Oscillator,
    sweep: Oscillator,
    filters: [Filter; 2],
    level: Envelope,
    hz: f32,
}

impl Voice {
    /// Voices begin at phases of their own: together they would start with a bang.
    fn new(place: usize) -> Voice {
        let phase = place as f64 * 0.618;
        Voice {
            saws: array::from_fn(|saw| Oscillator::at(phase + saw as f64 * 0.27)),
            body: Oscillator::at(phase),
            sweep: Oscillator::at(phase),
            filters: Default::default(),
            level: Envelope::default(),
            hz: 110.0,
        }
    }
}

/// A bank of voices: `chord` is the one to hold, or none to let go of the last one.
fn chord_voices(voices: &mut [Voice; 5], chord: Option<usize>, rate: f32) -> (f32, f32) {
    let (mut left, mut right) = (0.0, 0.0);
    for (place, voice) in voices.iter_mut().enumerate() {
        if let Some(chord) = chord {
            voice.hz = note(CHORDS[chord % CHORDS.len()][place]);
        }
        let sound = pad_voice(voice, place, chord.is_some(), rate);
        left += sound.0;
        right += sound.1;
    }
    (left, right)
}

fn pad_voice(voice: &mut Voice, place: usize, held: bool, rate: f32) -> (f32, f32) {
    // The higher the voice, the later it opens, so that a chord unfolds.
    let attack = 2.5 + 0.7 * place as f32;
    let shape = Adsr { attack, decay: 4.0, sustain: 0.8, release: 9.0 };
    let level = voice.level.next(held, &shape, rate);
    if level == 0.0 {
        return (0.0, 0.0);
    }

    // Four saws a few cents apart, two for each side. 1.0 here is pure, 4.0 is sour.
    let detune = 1.0;
    let cents = [-6.0, 4.5, 6.5, -3.5].map(|cents| (cents * detune / 1200.0_f32).exp2());
    let [a, b, c, d] = array::from_fn(|i| voice.saws[i].saw(voice.hz * cents[i], rate));
    let body = voice.body.sine(voice.hz, rate) * 0.8;

    // Each voice opens and closes its filter at its own slow pace.
    let pace = 0.031 + 0.013 * place as f32;
    let open = 0.5 + 0.5 * voice.sweep.sine(pace, rate);
    let cutoff = (voice.hz * (2.0 + 11.0 * open * open) * (0.3 + 0.7 * level)).min(7000.0);
    let left = voice.filters[0].low(a + b, cutoff, 0.3, rate) + body;
    let right = voice.filters[1].low(c + d, cutoff, 0.3, rate) + body;

    // The bass stays in the middle, the others spread out.
    let place = [0.0, -0.5, 0.5, -0.25, 0.25][place];
    let level = level * 0.3;
    (left * level * (1.0 - place), right * level * (1.0 + place))
}

// ── Bell and breath ─────────────────────────────────────────────────────────────────────────────

/// A bell: a sine whose phase a second one bends, at a ratio that is not whole.
#[derive(Default)]
struct Bell {
    tone: Oscillator,
    metal: Oscillator,
    level: Decay,
    hz: f32,
    place: f32,
}

fn bell(state: &mut Bell, clock: &Clock, chord: usize, rate: f32) -> (f32, f32) {
    // Eight chances a chord; a good third of them are taken.
    if let Some(step) = clock.step(8.0)
        && step.index >= 8
        && chance(step.index, 5) < 0.38
    {
        let notes = CHORDS[chord % CHORDS.len()];
        let which = 1 + (chance(step.index, 6) * 4.0) as usize % 4;
        let octave = if chance(step.index, 7) < 0.4 { 24.0 } else { 12.0 };
        state.hz = note(notes[which] + octave);
        state.place = chance(step.index, 8) * 1.6 - 0.8;
        state.level.strike(0.5 + 0.5 * chance(step.index, 9));
    }
    let level = state.level.next(4.5, rate);
    let metal = state.metal.sine(state.hz * 3.51, rate) * 0.16 * level * level;
    pan(sine(state.tone.advance(state.hz, rate) + metal) * level, state.place)
}

/// Pink noise through a slow filter: something like wind.
#[derive(Default)]
struct Breath {
    noise: Noise,
    tone: [Filter; 2],
    sweep: [Oscillator; 2],
}

fn breath(state: &mut Breath, rate: f32) -> (f32, f32) {
    let noise = state.noise.pink();
    let left = 700.0 + 400.0 * state.sweep[0].sine(0.043, rate);
    let right = 700.0 + 400.0 * state.sweep[1].sine(0.059, rate);
    (state.tone[0].band(noise, left, 0.5, rate), state.tone[1].band(noise, right, 0.5, rate))
}
