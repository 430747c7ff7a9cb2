//! What a call of live code costs: direct, not inlined, against through a slot, through a stub, and
//! through a typed handle, pinned once or each time.
//!
//! Host code calling its own: `direct`, and `pointer` (a function pointer that is read each time,
//! which is what processors make of any indirect call). Live code calling live code: `slot` (`call
//! *slot(%rip)`), `stub` (`call stub`, which jumps through the slot), and what rustc makes of a
//! loop over calls of a private and of a public function (`rustc_private`, `rustc_public`). Host
//! code calling live code: `host_slot` (load and indirect call), `host_address` (a function pointer
//! to a live function), `pinned` (a typed handle pinned for many calls), `pin_each` (pin, call,
//! unpin). The callee does the same everywhere.
//!
//! `threads.T.slots.S` calls S functions in random order on T threads at once, by the threads' own CPU
//! time: through plain pointers (`pointer`, what no swap would change), through slots
//! (`slot`), and pinning for each call (`pin_each`). Flat is the aim: the ratio to the
//! plain pointers shall grow neither with threads nor with slots.

mod measure;

use std::{cell::Cell, error::Error, hint::black_box};

use measure::{
    Comparison, Outcome,
    live::LiveFile,
    random_order, side,
    steps::{
        CALLED, Function, PRIVATE_LOOP, PUBLIC_LOOP, Steps, THROUGH_SLOT, THROUGH_STUB,
        call_by_pointer, call_directly, call_pointers, step,
    },
    together::{Run, together},
};
use segue::{Live, Participant};

/// What one place holds.
type Loaded = (Steps, Live<fn(u64) -> u64>);

/// How often everything is loaded anew: where code comes to lie decides which calls the processor
/// predicts without a bubble, and one place would stand for all.
const PLACES: usize = 16;
const ROUNDS: usize = 250;
const CALLS: u64 = 20_000;

const THREADS: [usize; 4] = [1, 2, 4, 8];
const SLOTS: [usize; 4] = [1, 100, 10_000, 100_000];
/// Functions linked at once.
const BATCH: usize = 1_000;
/// Calls in a batch of the random order, and batches, over all threads.
const ORDER: usize = 100_000;
const ROUNDS_OF_ALL: usize = 160;

const LIVE: &str = "pub fn step(x: u64) -> u64 { x.wrapping_add(3) ^ (x >> 7) }\n";

fn main() -> Outcome {
    let mut comparison = Comparison::default();
    let mut kept = Vec::new();
    for _ in 0..PLACES {
        kept.push(measure_one_place(&mut comparison)?);
    }
    comparison.print("call");
    drop(kept);
    SLOTS.into_iter().try_for_each(many_slots)
}

/// Calls of so many functions, from one thread and from several at once.
fn many_slots(size: usize) -> Outcome {
    let (pattern, mut steps) = (Steps::pattern()?, Steps::new()?);
    while steps.len() < size {
        let from = steps.len();
        steps.add(&pattern, from..(from + BATCH).min(size))?;
    }
    let file = LiveFile::new(LIVE)?;
    let program = file.remembering()?.open()?;
    let order = random_order(size, ORDER);
    let (row, pointers) = (steps.row(&order), steps.pointers(&order));
    let (row, pointers) = (&row, &pointers);
    for threads in THREADS {
        let make = || -> Vec<(&'static str, Run<'_>)> {
            let me = program.participant();
            vec![
                ("pointer", Box::new(|| call_pointers(pointers))),
                ("slot", Box::new(|| row.call_all())),
                ("pin_each", Box::new(move || row.pin_each(&me))),
            ]
        };
        let rounds = ROUNDS_OF_ALL / threads;
        together(&format!("call.threads.{threads}.slots.{size}"), threads, rounds, ORDER, &make);
    }
    Ok(())
}

/// Returns what was loaded: while it is kept, the next place is another one.
fn measure_one_place(comparison: &mut Comparison) -> Result<Loaded, Box<dyn Error>> {
    let mut steps = Steps::callers()?;
    let address = steps.address(CALLED)?;
    let file = LiveFile::new(LIVE)?;
    let program = file.remembering()?.open()?;
    let handle = program.bind::<fn(u64) -> u64>("step")?;
    let me = program.participant();
    let results = [
        steps.run(THROUGH_SLOT, 1_000),
        steps.run(THROUGH_STUB, 1_000),
        steps.call_address(address, 1_000),
        call_pinned(&handle, &me, 1_000),
    ];
    assert_eq!(results, [call_directly(1_000); 4], "all sides do the same work");

    let pointer = Cell::new(black_box::<Function>(step));
    let mut sides = [
        side("direct", call_directly),
        side("pointer", |times| call_by_pointer(&pointer, times)),
        side("slot", |times| steps.run(THROUGH_SLOT, times)),
        side("stub", |times| steps.run(THROUGH_STUB, times)),
        side("rustc_private", |times| steps.run(PRIVATE_LOOP, times)),
        side("rustc_public", |times| steps.run(PUBLIC_LOOP, times)),
        side("host_slot", |times| steps.call_slot(CALLED, times)),
        side("host_address", |times| steps.call_address(address, times)),
        side("pinned", |times| call_pinned(&handle, &me, times)),
        side("pin_each", |times| pin_each(&handle, &me, times)),
    ];
    comparison.measure(ROUNDS, CALLS, &mut sides);
    drop(sides);
    Ok((steps, handle))
}

#[inline(never)]
fn call_pinned(handle: &Live<fn(u64) -> u64>, me: &Participant, times: u64) -> u64 {
    let pinned = handle.pin(me);
    let mut x = 0;
    for _ in 0..times {
        x = pinned.call(x);
    }
    x
}

#[inline(never)]
fn pin_each(handle: &Live<fn(u64) -> u64>, me: &Participant, times: u64) -> u64 {
    let mut x = 0;
    for _ in 0..times {
        x = handle.pin(me).call(x);
    }
    x
}
