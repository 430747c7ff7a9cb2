//! The audio thread's promise: filling blocks allocates nothing, whether or not a swap is taken.
//!
//! This binary has an allocator that counts what a marked thread does; tests that must not be
//! disturbed by other tests' memory stand here.

use std::{
    alloc::{GlobalAlloc, Layout, System},
    cell::Cell,
    sync::atomic::{AtomicU64, Ordering},
};

use segue::{
    Program,
    audio::{Block, Engine, Format},
};

/// The system's allocator, counting calls made while the thread is marked.
struct Counting;

static CALLS: AtomicU64 = AtomicU64::new(0);

thread_local! {
    static MARKED: Cell<bool> = const { Cell::new(false) };
}

fn count() {
    if MARKED.get() {
        CALLS.fetch_add(1, Ordering::Relaxed);
    }
}

// SAFETY: every call is passed on to the system's allocator unchanged; counting touches an atomic and
// a thread-local without destructor, and so allocates nothing itself.
unsafe impl GlobalAlloc for Counting {
    unsafe fn alloc(&self, layout: Layout) -> *mut u8 {
        count();
        // SAFETY: the caller's promise.
        unsafe { System.alloc(layout) }
    }

    unsafe fn dealloc(&self, at: *mut u8, layout: Layout) {
        count();
        // SAFETY: the caller's promise.
        unsafe { System.dealloc(at, layout) }
    }
}

#[global_allocator]
static ALLOCATOR: Counting = Counting;

/// Calls of the allocator that `work` makes on this thread.
fn allocations(work: impl FnOnce()) -> u64 {
    let before = CALLS.load(Ordering::Relaxed);
    MARKED.set(true);
    work();
    MARKED.set(false);
    CALLS.load(Ordering::Relaxed) - before
}

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
fn the_count_would_notice_an_allocation() {
    assert_eq!(allocations(|| drop(std::hint::black_box(vec![1_u8]))), 2);
}

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
        allocations(|| (0..100).for_each(|_| engine.fill(samples)))
    };
    assert_eq!(play(&mut engine, &mut samples), 0, "without a swap");
    for n in 1..=5 {
        // Other code, and every second time another layout of the state.
        let extra = if n % 2 == 0 { "extra: [u64; 32], " } else { "" };
        let text = SONG
            .replace("* 0.5", &format!("* 0.{n}"))
            .replace("State { phase", &format!("State {{ {extra}phase"));
        program.apply(&text).expect("the edit is live");
        assert_eq!(play(&mut engine, &mut samples), 0, "across swap {n}");
        assert!(engine.meter().read().generation > n, "swap {n} was taken");
    }
}
