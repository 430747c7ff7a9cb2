//! A second caller that comes while the one caller could still go back on its last commit.
//!
//! Once: the closure exchanged the entries of that commit when its code panicked, although others were
//! inside by then: a function of the new text, called a moment before, met a callee of the old one.

use std::{
    sync::atomic::{AtomicU32, Ordering},
    thread,
};

use super::{call, called};
use crate::{
    alone,
    song::{SAMPLE, Sample, Song, open_remembering, wait_until},
};
use segue::Outcome;

/// `outer` says that it is inside, waits, and calls `inner` as this text has it. `process` panics for
/// number 666 if it `can_panic`.
fn text(inner: &str, call: &str, can_panic: bool) -> String {
    format!(
        "{SAMPLE}use std::sync::atomic::{{AtomicU32, Ordering}};
#[derive(Default)] pub struct State {{ calls: u32 }}
pub fn process(state: &mut State, sample: &mut Sample) {{
    if {can_panic} && sample.number == 666 {{ panic!(\"as asked\"); }}
    state.calls += 1;
    sample.value = inner_value();
}}
fn inner_value() -> f32 {{ {value}.0 }}
#[inline(never)]
{inner}
pub fn outer(gate: *const u32, x: u64) -> u64 {{
    let [open, inside] = unsafe {{ &*gate.cast::<[AtomicU32; 2]>() }};
    inside.store(1, Ordering::Release);
    while open.load(Ordering::Acquire) == 0 {{ std::thread::yield_now(); }}
    {call}
}}
",
        value = if can_panic { 2 } else { 1 }
    )
}

#[test]
fn a_caller_that_came_later_is_not_gone_back_on() {
    alone::survives(|| {
        let old = text("fn inner(x: u64) -> u64 { x + 100 }", "inner(x)", false);
        let new = text("fn inner(x: u64) -> u64 { x * 1_000 }", "inner(x) + 1", true);
        let song = Song::new(&old);
        let program = open_remembering(&song.path(), 32);
        let mut closure = called(&program);
        program.apply(&new).expect("posted");
        assert_eq!(call(&mut closure), (2.0, 2), "taken by the one caller, with its entries");

        let outer = program.bind::<fn(*const u32, u64) -> u64>("outer").expect("a handle");
        let gate = [AtomicU32::new(0), AtomicU32::new(0)];
        thread::scope(|scope| {
            let (me, outer, gate) = (program.participant(), &outer, &gate);
            let second = scope.spawn(move || outer.pin(&me).call(gate.as_ptr().cast(), 7));
            wait_until("the second caller is inside", || gate[1].load(Ordering::Acquire) == 1);
            let mut sample = Sample { number: 666, ..Sample::default() };
            let outcome = closure.call(&mut sample).outcome;
            assert!(matches!(outcome, Outcome::Silent | Outcome::RolledBack), "{outcome:?}");
            // Whoever goes back has gone back.
            wait_until("the old code is back", || {
                let mut sample = Sample::default();
                let call = closure.call(&mut sample);
                call.outcome == Outcome::Done && sample.value == 1.0
            });
            gate[0].store(1, Ordering::Release);
            assert_eq!(second.join().expect("it returns"), 7_001, "new code calls new code");
        });
        wait_until("the books say so", || program.generation() == 1);
    });
}
