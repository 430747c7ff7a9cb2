//! Groove: drums, bass and a stab, with swing. About seventy seconds until it comes round.
//!
//! Each voice is a function of its own, so an edit of the snare swaps the snare and nothing else.
//! The patterns at the top are sixteenth notes: `X` is a full hit, `x` a light one, a digit that many
//! tenths, a dot a rest. Type over them while it plays; any length repeats, and 12 against 16 is fun.

use prelude::*;

// ── The score ───────────────────────────────────────────────────────────────────────────────────

const TEMPO: f32 = 110.0;

/// Where every second sixteenth lies within its pair: 0.5 is straight, 0.67 a shuffle.
const SWING: f32 = 0.57;

const KICK: &str = "X..x ..X. ..X. .... | X..x ..X. ...X ..x.";
const SNARE: &str = ".... X..2 .2.. X... | .... X..2 .2.. X.22";
const FILL: &str = ".... X..2 .2.5 X.5X";
const HAT: &str = "7.3. 7.35 7.3. 7.53";
const OPEN: &str = ".... ..6. .... ..6.";
const STAB: &str = "...X .... ..X. .... | .... ..X. .... ....";

/// The bass line in semitones above the root of the bar; `__` is a rest.
const BASS: [i32; 32] = [
    0, __, __, 0, __, __, 12, __, __, 0, __, 10, __, 7, __, 10, //
    0, __, __, 0, __, __, 12, __, 7, __, 10, __, 12, __, 15, 14,
];
const __: i32 = i32::MIN;

/// The root of each bar as a MIDI note (38 is a low D), and the chord above it in semitones.
const BARS: [(f32, [f32; 4]); 4] = [
    (38.0, [15.0, 19.0, 22.0, 26.0]), // D minor 9
    (38.0, [15.0, 19.0, 22.0, 29.0]),
    (43.0, [10.0, 14.0, 16.0, 21.0]), // G 13
    (45.0, [10.0, 16.0, 19.0, 27.0]), // A 7 sharp 9, on its way home
];

/// Who plays, four bars a line: kick, snare, hats, bass, stab.
const PARTS: [[f32; 5]; 8] = [
    [1.0, 0.0, 1.0, 0.0, 0.0],
    [1.0, 1.0, 1.0, 0.0, 0.0],
    [1.0, 1.0, 1.0, 1.0, 0.0],
    [1.0, 1.0, 1.0, 1.0, 1.0],
    [1.0, 1.0, 1.0, 1.0, 1.0],
    [0.0, 0.0, 1.0, 1.0, 1.0],
    [1.0, 1.0, 1.0, 1.0, 0.0],
    [1.0, 1.0, 1.0, 1.0, 1.0],
];

// ── The song ────────────────────────────────────────────────────────────────────────────────────

/// What the groove remembers from block to block.
#[derive(Default)]
pub struct State {
    clock: Clock,
    kick: Kick,
    snare: Snare,
    hats: Hats,
    bass: Bass,
    stab: Stab,
    echo: Delay,
    late: Smooth,
    echo_tone: Filter,
    room: Reverb,
    rumble: OnePole,
    parts: [Smooth; 5],
}

/// Fills one block: each voice makes its frame, then the mixer puts them together.
pub fn process(state: &mut State, block: &mut Block) {
    let rate = block.sample_rate();
    for frame in 0..block.frames() {
        state.clock.tick(TEMPO, rate);
        let bar = state.clock.bar(4);
        let step = state.clock.swung(4.0, SWING);
        let parts = parts(&mut state.parts, bar, rate);

        let kick = kick(&mut state.kick, step, rate) * parts[0];
        let snare = snare(&mut state.snare, step, bar, rate) * parts[1];
        let hats = hats(&mut state.hats, step, rate);
        let bass = bass(&mut state.bass, step, bar, rate) * parts[3];
        let stab = stab(&mut state.stab, step, bar, rate);

        // The kick pushes bass and stab aside for a moment: the groove breathes.
        let space = 1.0 - 0.6 * state.kick.level_now() * parts[0];
        let stab = (stab.0 * parts[4] * space, stab.1 * parts[4] * space);

        // The stab's echo comes three sixteenths late, darker each time.
        let late = state.late.to(0.75 * 60.0 / TEMPO, 0.1, rate);
        let echo = state.echo.read(late, rate);
        let darker = state.echo_tone.band(echo, 1100.0, 0.1, rate);
        state.echo.write((stab.0 + stab.1) * 0.5 + darker * 0.62);

        let send = (snare * 0.3 + stab.0 * 0.5, snare * 0.3 + stab.1 * 0.5 + echo * 0.2);
        let room = state.room.next(send, 1.1, 6500.0, rate);

        let centre = kick * 0.56 + snare * 0.62 + bass * 0.38 * space;
        // Nobody hears what is below 12 Hz, but it would take room from the rest.
        let centre = state.rumble.high(centre, 12.0, rate);
        let left = centre + hats.0 * 0.38 * parts[2] + stab.0 * 0.62 + echo * 0.25 + room.0 * 0.5;
        let right = centre + hats.1 * 0.38 * parts[2] + stab.1 * 0.62 + echo * 0.55 + room.1 * 0.5;
        block.set(frame, soft_clip(left), soft_clip(right));
    }
}

/// The level of each voice in this bar. It fades within 10 ms, so parts come and go without a click.
fn parts(smooth: &mut [Smooth; 5], bar: u64, rate: f32) -> [f32; 5] {
    let line = PARTS[(bar / 4) as usize % PARTS.len()];
    let mut levels = [0.0; 5];
    for ((level, smooth), target) in levels.iter_mut().zip(smooth).zip(line) {
        *level = smooth.to(target, 0.01, rate);
    }
    levels
}

// ── Drums ───────────────────────────────────────────────────────────────────────────────────────

/// A sine that falls from a knock to a thud.
#[derive(Default)]
struct Kick {
    tone: Oscillator,
    level: Decay,
    drop: Decay,
    now: f32,
}

impl Kick {
    /// How loud the kick is in this frame: what ducks the others.
    fn level_now(&self) -> f32 {
        self.now
    }
}

fn kick(state: &mut Kick, step: Option<Step>, rate: f32) -> f32 {
    if let Some(step) = step {
        let strength = step.hit(KICK);
        if strength > 0.0 {
            state.tone.restart();
        }
        state.level.strike(strength);
        state.drop.strike(strength);
    }
    state.now = state.level.next(0.45, rate);
    // 48 Hz is the thud; the first 60 ms begin higher. Try 400.0 in place of 190.0.
    let drop = state.drop.next(0.16, rate);
    let hz = 48.0 + 190.0 * drop * drop;
    soft_clip(state.tone.sine(hz, rate) * 1.6) * state.now
}

/// Two tones for the skin, noise for the wires.
#[derive(Default)]
struct Snare {
    skin: [Oscillator; 2],
    wires: Noise,
    tone: Filter,
    thump: Decay,
    rattle: Decay,
}

fn snare(state: &mut Snare, step: Option<Step>, bar: u64, rate: f32) -> f32 {
    if let Some(step) = step {
        // Every eighth bar ends in a fill.
        let strength = step.hit(if bar % 8 == 7 { FILL } else { SNARE });
        state.thump.strike(strength);
        state.rattle.strike(strength);
    }
    let thump = state.thump.next(0.18, rate);
    let rattle = state.rattle.next(0.36, rate);
    let skin =
        state.skin[0].sine(186.0 + 60.0 * thump, rate) + state.skin[1].sine(331.0, rate) * 0.5;
    let wires = state.tone.next(state.wires.white(), 2100.0, 0.1, rate);
    skin * thump * 0.6 + (wires.high * 0.22 + wires.band * 0.7) * rattle
}

/// Six squares out of tune with each other ring like metal; noise makes it hiss.
#[derive(Default)]
struct Hats {
    metal: [Oscillator; 6],
    hiss: Noise,
    tone: [Filter; 2],
    closed: Decay,
    open: Decay,
}

fn hats(state: &mut Hats, step: Option<Step>, rate: f32) -> (f32, f32) {
    if let Some(step) = step {
        // Never quite the same twice, but the same in every playback.
        let human = 0.75 + 0.25 * chance(step.index, 11);
        state.closed.strike(step.hit(HAT) * human);
        state.open.strike(step.hit(OPEN) * human);
    }
    const METAL: [f32; 6] = [2050.0, 3039.0, 3695.0, 5225.0, 5400.0, 8000.0];
    let ring: f32 = state.metal.iter_mut().zip(METAL).map(|(o, hz)| o.square(hz, rate)).sum();
    let level = state.closed.next(0.13, rate) + state.open.next(0.6, rate) * 0.8;
    let sound = ring * 0.12 + state.hiss.white() * 0.5;
    let once = state.tone[0].high(sound, 7200.0, 0.2, rate);
    pan(state.tone[1].high(once, 7200.0, 0.1, rate) * level * 2.0, 0.25)
}

// ── Bass ────────────────────────────────────────────────────────────────────────────────────────

/// A saw and a sub an octave below, through a filter that each note opens.
#[derive(Default)]
struct Bass {
    saw: Oscillator,
    sub: Oscillator,
    filter: Filter,
    level: Envelope,
    bite: Decay,
    pitch: Smooth,
    midi: f32,
    gate: bool,
}

fn bass(state: &mut Bass, step: Option<Step>, bar: u64, rate: f32) -> f32 {
    if let Some(step) = step {
        let interval = step.of(&BASS);
        state.gate = interval != __;
        if state.gate {
            state.midi = BARS[(bar % 4) as usize].0 + interval as f32;
            state.level.strike();
            state.bite.strike(0.6 + 0.4 * chance(step.index, 23));
        }
    }
    // Glide between notes: try 0.08 for rubber.
    let hz = state.pitch.to(note(state.midi.max(24.0)), 0.012, rate);
    let shape = Adsr { attack: 0.003, decay: 0.25, sustain: 0.55, release: 0.16 };
    let level = state.level.next(state.gate, &shape, rate);
    // The bite: how far, how long and how sharply the filter opens.
    let bite = state.bite.next(0.55, rate);
    let cutoff = 150.0 + 3400.0 * bite * bite;
    let tone = state.saw.saw(hz, rate) * 0.7 + state.sub.sine(hz * 0.5, rate) * 0.45;
    soft_clip(state.filter.low(tone, cutoff, 0.62, rate) * 1.5) * level
}

// ── Stab ────────────────────────────────────────────────────────────────────────────────────────

/// Four saws in a chord, short and wide.
#[derive(Default)]
struct Stab {
    saws: [[Oscillator; 2]; 4],
    filters: [Filter; 2],
    level: Decay,
    chord: [f32; 4],
}

fn stab(state: &mut Stab, step: Option<Step>, bar: u64, rate: f32) -> (f32, f32) {
    if let Some(step) = step
        && step.hit(STAB) > 0.0
    {
        let (root, chord) = BARS[(bar % 4) as usize];
        state.chord = chord.map(|interval| note(root + 12.0 + interval));
        state.level.strike(step.hit(STAB));
    }
    let level = state.level.next(0.75, rate);
    let (mut left, mut right) = (0.0, 0.0);
    for (saws, hz) in state.saws.iter_mut().zip(state.chord) {
        left += saws[0].saw(hz * 1.003, rate);
        right += saws[1].saw(hz * 0.997, rate);
    }
    let cutoff = 500.0 + 5000.0 * level * level;
    (
        state.filters[0].low(left, cutoff, 0.35, rate) * level * 0.5,
        state.filters[1].low(right, cutoff, 0.35, rate) * level * 0.5,
    )
}
