//! States: what a closure remembers survives edits of its type, field by field.

use crate::song::{Song, assert_same, block, open_remembering, render};
use segue::audio::Block;

/// Counts frames in one field and writes every field to the output, so that a render shows them.
const BEFORE: &str = "use prelude::*;
pub struct State { count: u64, seed: f32, notes: Vec<f32> }
impl Default for State {
    fn default() -> State { State { count: 0, seed: 0.123456789, notes: vec![0.25, 0.75] } }
}
pub fn process(state: &mut State, block: &mut Block) {
    for frame in 0..block.frames() {
        state.count += 1;
        state.seed = (state.seed * 1.618034).fract();
        block.set(frame, state.seed * 0.5, (state.count % 1000) as f32 / 2000.0 + state.notes[1] * 0.0);
    }
}
";

#[test]
fn a_field_added_keeps_every_other_field_bit_exact() {
    let song = Song::new(BEFORE);
    // The new field stands first, so that every other one gets another offset.
    let after = BEFORE
        .replace("struct State { count", "struct State { extra: [u8; 24], count")
        .replace("State { count: 0", "State { extra: [7; 24], count: 0");
    let plain = render(&song, 0.5, &[]);
    let edited = render(&song, 0.5, &[(0.25, &after)]);
    assert_same(&plain.samples, &edited.samples, "every other field is as it was");
    let news = &edited.news[0];
    for (name, fate) in [("extra", "New"), ("count", "Kept"), ("seed", "Kept"), ("notes", "Kept")] {
        let at = news.find(&format!("name: \"{name}\"")).expect("a line for each field");
        let line = &news[at..at + news[at..].find('}').expect("the line ends")];
        assert!(line.contains(fate), "{line}");
    }
}

#[test]
fn a_removed_field_is_dropped_once_and_a_new_one_starts_as_its_default() {
    let noisy = "use prelude::*;
use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
static DROPS: AtomicU32 = AtomicU32::new(0);
pub struct Noisy(u32);
impl Default for Noisy { fn default() -> Noisy { Noisy(5) } }
impl Drop for Noisy { fn drop(&mut self) { DROPS.fetch_add(self.0, Relaxed); } }
pub fn drops() -> u32 { DROPS.load(Relaxed) }
#[derive(Default)]
pub struct State { kept: Noisy, gone: Noisy }
pub fn process(state: &mut State, block: &mut Block) { state.kept.0 = 100; let _ = block; }
";
    let song = Song::new(noisy);
    let program = song.open();
    let mut closure = program.closure::<Block>("process").expect("a closure");
    block(&mut closure, 0);
    let after = noisy.replace("kept: Noisy, gone: Noisy", "kept: Noisy, fresh: u8");
    program.apply(&after).expect("the edit is live");
    block(&mut closure, 64);
    // A second edit makes the first one final: its old state is dropped, by its own code.
    program.apply(&after.replace("fresh: u8", "fresh: u16")).expect("the edit is live");
    block(&mut closure, 128);
    drop(closure);
    let drops = program.bind::<fn() -> u32>("drops").expect("a handle");
    let me = program.participant();
    drop(program.apply(&format!("{after}// settle\n")));
    // First old state: `gone` (5) and the default that `kept` (5) changed places with. Second: the
    // default of `kept` again. The last state is dropped with its closure: 100.
    assert_eq!(drops.pin(&me).call(), 5 + 5 + 5 + 100);
}

#[test]
fn an_unchanged_layout_is_not_touched() {
    let song = Song::new(BEFORE);
    let program = song.open();
    let mut closure = program.closure::<Block>("process").expect("a closure");
    let (first, _) = block(&mut closure, 0);
    let report = program.apply(&BEFORE.replace("1.618034", "1.7")).expect("live");
    assert!(report.state.is_empty(), "{:?}", report.state);
    let (second, call) = block(&mut closure, 64);
    assert!(call.swapped);
    let seed = first[126] / 0.5;
    assert_eq!(second[0] / 0.5, (seed * 1.7).fract());
}

#[test]
fn statics_keep_address_and_value() {
    let text = "use std::sync::atomic::{AtomicU32, Ordering::Relaxed};
static COUNT: AtomicU32 = AtomicU32::new(40);
pub fn count(step: u32) -> u32 { COUNT.fetch_add(step, Relaxed) + step }
pub fn place() -> usize { &COUNT as *const _ as usize }
";
    let song = Song::new(text);
    let program = song.open();
    let count = program.bind::<fn(u32) -> u32>("count").expect("a handle");
    let place = program.bind::<fn() -> usize>("place").expect("a handle");
    let me = program.participant();
    assert_eq!(count.pin(&me).call(1), 41);
    let before = place.pin(&me).call();
    program.apply(&text.replace("+ step }", "+ step + 1000 }")).expect("live");
    assert_eq!(count.pin(&me).call(1), 1042);
    assert_eq!(place.pin(&me).call(), before);
}

#[test]
fn a_function_pointer_in_a_state_always_means_the_newest_code() {
    let text = "use prelude::*;
#[inline(never)] fn voice(x: f32) -> f32 { x + 0.125 }
pub struct State { voice: fn(f32) -> f32, boxed: Box<dyn Fn(f32) -> f32 + Send> }
impl Default for State {
    fn default() -> State { State { voice, boxed: Box::new(|x| voice(x) * 2.0) } }
}
pub fn process(state: &mut State, block: &mut Block) {
    block.set(0, (state.voice)(0.0), (state.boxed)(0.0));
}
";
    let song = Song::new(text);
    let program = song.open();
    let mut closure = program.closure::<Block>("process").expect("a closure");
    assert_eq!(block(&mut closure, 0).0[..2], [0.125, 0.25]);
    program.apply(&text.replace("0.125", "0.25")).expect("live");
    let samples = block(&mut closure, 64).0;
    assert_eq!(samples[0], 0.25, "the pointer is the function, not its code of back then");
    // Many generations on, the closure in the box is still the code that the state was made with.
    for n in 0..40 {
        program.apply(&text.replace("0.125", &format!("{n}.5"))).expect("live");
        assert_eq!(block(&mut closure, 128).0[0], n as f32 + 0.5);
    }
}

#[test]
fn a_function_that_only_a_state_still_names_stays() {
    let text = "use prelude::*;
#[inline(never)] fn voice(x: f32) -> f32 { helper(x) + 0.125 }
#[inline(never)] fn helper(x: f32) -> f32 { std::hint::black_box(x) * 0.5 }
pub struct State { voice: fn(f32) -> f32 }
impl Default for State { fn default() -> State { State { voice } } }
pub fn process(state: &mut State, block: &mut Block) {
    block.set(0, (state.voice)(1.0), 0.0);
}
";
    let song = Song::new(text);
    let program = song.open();
    let mut closure = program.closure::<Block>("process").expect("a closure");
    assert_eq!(block(&mut closure, 0).0[0], 0.625);
    let without = "use prelude::*;
fn other(x: f32) -> f32 { x }
pub struct State { voice: fn(f32) -> f32 }
impl Default for State { fn default() -> State { State { voice: other } } }
pub fn process(state: &mut State, block: &mut Block) {
    block.set(0, (state.voice)(1.0), 0.25);
}
";
    for n in 0..40 {
        program.apply(&without.replace("0.25", &format!("{n}.0"))).expect("live");
        let samples = block(&mut closure, 64).0;
        assert_eq!(samples[..2], [0.625, n as f32]);
    }
}

#[test]
fn statics_and_thread_locals_keep_address_and_value_over_1000_swaps() {
    let text = |edition: u32| {
        format!(
            "use std::{{cell::Cell, sync::atomic::{{AtomicU32, Ordering::Relaxed}}}};
static COUNT: AtomicU32 = AtomicU32::new(0);
thread_local! {{ static MINE: Cell<u32> = const {{ Cell::new(0) }}; }}
pub fn count() -> u32 {{
    MINE.set(MINE.get() + 1);
    (COUNT.fetch_add(1, Relaxed) + 1) * 10 + {edition}
}}
pub fn mine() -> u32 {{ MINE.get() + 0 * {edition} }}
pub fn place() -> usize {{ &raw const COUNT as usize }}
pub fn my_place() -> usize {{ MINE.with(|mine| &raw const *mine as usize) }}
"
        )
    };
    let song = Song::new(&text(0));
    let program = open_remembering(&song.path(), 8);
    let count = program.bind::<fn() -> u32>("count").expect("a handle");
    let mine = program.bind::<fn() -> u32>("mine").expect("a handle");
    let place = program.bind::<fn() -> usize>("place").expect("a handle");
    let my_place = program.bind::<fn() -> usize>("my_place").expect("a handle");
    let me = program.participant();
    let before = (place.pin(&me).call(), my_place.pin(&me).call());
    for swap in 0..1_000_u32 {
        let edition = match swap % 4 {
            0 => (swap / 4) % 3 + 1,
            2 => (swap / 4) % 3 + 1,
            _ => 0,
        };
        match swap % 4 {
            // A text, back to the one before it, forth again, and the first text again.
            0 | 3 => drop(program.apply(&text(edition)).expect("live")),
            1 => drop(program.undo().expect("a generation before")),
            _ => drop(program.redo().expect("a generation after")),
        }
        assert_eq!(count.pin(&me).call(), (swap + 1) * 10 + edition, "swap {swap}");
        let after = (place.pin(&me).call(), my_place.pin(&me).call());
        assert_eq!(after, before, "swap {swap}");
    }
    assert_eq!(mine.pin(&me).call(), 1_000);
}
