//! The audio engine: filling blocks allocates nothing and makes no system call, whether or not a swap
//! is taken.

use segue::{
    Program,
    audio::{Block, Engine, Format},
};

use crate::{allocator::allocations, kernel::system_calls};

const SONG: &str = "use prelude::*;
#[derive(Default)]
pub struct State { phase: f32, notes: Vec<f32> }
pub fn process(state: &mut State, block: &mut Block) {
    for frame in 0..block.frames() {
        state.phase = (state.phase + 0.01).fract();
        block.set(frame, state.phase * 0.5, state.notes.len() as f32);
    }
}
";

#[test]
fn filling_blocks_and_taking_swaps_allocates_nothing() {
    let dir = tempfile::tempdir().expect("a temporary folder");
    let path = dir.path().join("song.rs");
    std::fs::write(&path, SONG).expect("the song can be written");
    let prelude = concat!(env!("CARGO_MANIFEST_DIR"), "/audio-demo/prelude/block.rs");
    let program = Program::builder(&path).support("prelude", prelude).watch(false);
    let program = program.open().expect("the song opens");
    let closure = program.closure::<Block>("process").expect("a process");
    let format = Format::new(48_000, 2, 128).expect("an ordinary format");
    let mut engine = Engine::new(closure, format);
    let mut samples = vec![0.0_f32; 256];
    engine.fill(&mut samples);
    let play = |engine: &mut Engine<_>, samples: &mut [f32]| {
        let mut made = Vec::with_capacity(8);
        let fill = || (0..100).for_each(|_| engine.fill(samples));
        let count = allocations(|| made.extend(system_calls(fill)));
        (count, made)
    };
    assert_eq!(play(&mut engine, &mut samples), (0, vec![]), "without a swap");
    for n in 1..=5 {
        // Other code, and every second time another layout of the state.
        let extra = if n % 2 == 0 { "extra: [u64; 32], " } else { "" };
        let text = SONG
            .replace("* 0.5", &format!("* 0.{n}"))
            .replace("State { phase", &format!("State {{ {extra}phase"));
        program.apply(&text).expect("the edit is live");
        assert_eq!(play(&mut engine, &mut samples), (0, vec![]), "across swap {n}");
        assert!(engine.meter().read().generation > n, "swap {n} was taken");
    }
}
