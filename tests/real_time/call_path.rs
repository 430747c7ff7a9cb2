//! The call path under the three witnesses: a handle's call and a closure's, at rest and while a
//! thousand swaps arrive, edits and undos.

use std::{
    sync::atomic::{AtomicBool, AtomicUsize, Ordering},
    thread,
};

use segue::{Closure, Outcome, Program};

use crate::{
    allocator::allocations,
    instructions::Trace,
    kernel::system_calls,
    song::{SAMPLE, Sample, Song, open_remembering, wait_until},
};

/// Swaps by an edit, each followed by one by an undo.
const EDITS: usize = 500;

fn gain(n: usize) -> String {
    format!("pub fn gain(x: u64) -> u64 {{ x.wrapping_mul({}) }}\n", n + 3)
}

/// A closure's function; odd numbers have another layout of the state than even ones.
fn process(n: usize) -> String {
    let extra = if n.is_multiple_of(2) { "" } else { "pub extra: [u64; 32], " };
    format!(
        "{SAMPLE}#[derive(Default)]\npub struct State {{ {extra}pub count: u32, pub notes: Vec<u32> }}\n\
         pub fn process(state: &mut State, sample: &mut Sample) {{\n\
             state.count += 1;\n    sample.number = state.count;\n    sample.value = {n} as f32;\n}}\n"
    )
}

/// Calls once: the number of the text that answered, and whether a commit was taken.
fn call(closure: &mut Closure<Sample>) -> (usize, bool) {
    let mut sample = Sample::default();
    let call = closure.call(&mut sample);
    assert!(call.outcome == Outcome::Done);
    (sample.value as usize, call.swapped)
}

#[test]
fn a_call_through_a_handle_is_one_indirect_call_and_locks_nothing() {
    let song = Song::new(&gain(0));
    let program = open_remembering(&song.path(), 8);
    let gain_of = program.bind::<fn(u64) -> u64>("gain").expect("a handle");
    let me = program.participant();
    for n in 0..4 {
        let mut result = 0;
        let each = Trace::of_once(|| result = gain_of.pin(&me).call(5));
        assert_eq!(result, 5 * (n as u64 + 3), "text {n}");
        assert_quiet(&each);
        assert_eq!(each.calls_of_live_code(), 1);
        let pinned = gain_of.pin(&me);
        let many = Trace::of_once(|| result = pinned.call(5));
        assert_quiet(&many);
        assert_eq!(many.calls_of_live_code(), 1);
        assert_quiet(&Trace::of_once(|| drop(me.pin())));
        // Behind a guard, from the second call of a thread on.
        let guarded = Trace::of(|| assert_eq!(pinned.try_call(5).ok(), Some(result)));
        assert_quiet(&guarded);
        assert_eq!(guarded.calls_of_live_code(), 1);
        drop(pinned);
        program.apply(&gain(n + 1)).expect("live");
    }
}

#[test]
fn a_closures_call_locks_nothing_and_taking_a_turn_exchanges_two_boxes() {
    let song = Song::new(&process(0));
    let program = open_remembering(&song.path(), 8);
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    call(&mut closure);
    for n in 1..5 {
        program.apply(&process(n)).expect("live");
        let mut swapped = false;
        let taking = Trace::of_once(|| (_, swapped) = call(&mut closure));
        assert!(swapped, "the edit was taken");
        assert_eq!(taking.kernel_entries(), 0);
        // The turn itself, and from the second on the one that it supersedes.
        let locked = taking.locked();
        assert_eq!(locked.len(), if n == 1 { 1 } else { 2 }, "{locked:?}");
        assert!(locked.iter().all(|it| it.starts_with("xchg ")), "{locked:?}");
        // Until the program has collected what the closure left, and after.
        assert_quiet(&Trace::of(|| assert_eq!(call(&mut closure), (n, false))));
        program.generation();
        let rest = Trace::of(|| assert_eq!(call(&mut closure), (n, false)));
        assert_quiet(&rest);
        assert_eq!(rest.calls_of_live_code(), 1);
    }
}

#[track_caller]
fn assert_quiet(trace: &Trace) {
    assert_eq!(trace.locked(), Vec::<String>::new());
    assert_eq!(trace.kernel_entries(), 0);
}

/// One thread's call, which returns the number of the text that answered.
type Caller<'a> = Box<dyn FnMut() -> usize + Send + 'a>;

/// Edits and undoes a program while each of `callers` calls it on a thread of its own, under the
/// witnesses that watch a whole thread.
fn edit_while(program: &Program, text: fn(usize) -> String, callers: Vec<Caller<'_>>) {
    // Of the texts that have another layout by their number's parity, each has another one than text 0.
    let numbers = [1, 3, 5];
    let texts = numbers.map(text);
    let (stop, ready, seen) = (AtomicBool::new(false), AtomicUsize::new(0), AtomicUsize::new(0));
    let count = callers.len();
    let told = thread::scope(|scope| {
        let (stop, ready, seen) = (&stop, &ready, &seen);
        let threads: Vec<_> = callers
            .into_iter()
            .map(|mut call| {
                scope.spawn(move || {
                    // What a thread does for the first time is not the call path.
                    call();
                    ready.fetch_add(1, Ordering::Relaxed);
                    let (mut first, mut calls) = (None, 0);
                    let marked = || {
                        while !stop.load(Ordering::Relaxed) {
                            seen.store(call(), Ordering::Relaxed);
                            calls += 1;
                        }
                    };
                    let allocated = allocations(|| first = system_calls(marked));
                    (allocated, first, calls)
                })
            })
            .collect();
        let wait_for = |number| {
            wait_until("the swap is seen", || seen.load(Ordering::Relaxed) == number);
        };
        wait_until("all callers call", || ready.load(Ordering::Relaxed) == count);
        for n in 0..EDITS {
            program.apply(&texts[n % 3]).expect("live");
            wait_for(numbers[n % 3]);
            program.undo().expect("undone");
            wait_for(0);
        }
        stop.store(true, Ordering::Relaxed);
        threads.into_iter().map(|thread| thread.join().expect("no panic")).collect::<Vec<_>>()
    });
    for (allocated, first, calls) in told {
        assert!(calls > 0, "each caller called");
        assert_eq!(
            (allocated, first),
            (0, None),
            "allocations, first system call of {calls} calls"
        );
    }
}

#[test]
fn two_callers_of_a_handle_do_nothing_for_a_thousand_swaps() {
    let song = Song::new(&gain(0));
    let program = open_remembering(&song.path(), 8);
    let gain_of = program.bind::<fn(u64) -> u64>("gain").expect("a handle");
    let caller = || {
        let (gain_of, me) = (gain_of.clone(), program.participant());
        Box::new(move || gain_of.pin(&me).call(1) as usize - 3) as Caller<'_>
    };
    edit_while(&program, gain, vec![caller(), caller()]);
}

#[test]
fn a_closure_does_nothing_for_a_thousand_turns_with_other_states() {
    let song = Song::new(&process(0));
    let program = open_remembering(&song.path(), 8);
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    edit_while(&program, process, vec![Box::new(move || call(&mut closure).0)]);
}

#[test]
fn closures_beside_each_other_do_nothing_for_a_thousand_swaps() {
    let song = Song::new(&process(0));
    let program = open_remembering(&song.path(), 8);
    let caller = || {
        let mut closure = program.closure::<Sample>("process").expect("a closure");
        Box::new(move || call(&mut closure).0) as Caller<'_>
    };
    edit_while(&program, process, vec![caller(), caller()]);
}

/// A state of every kind of field that is carried over in a way of its own; odd numbers have other
/// types than even ones. `line` is done first, and `items` stand beside.
fn every_kind(n: usize, line: &str) -> String {
    let (number, more, phase) =
        if n.is_multiple_of(2) { ("u32", "", "f32") } else { ("u64", "extra: u8,", "f64") };
    // What would lose a bit starts as its default in the narrower type.
    let again = if more.is_empty() {
        "state.wide = 9;
    state.voices[2].phase = 0.75;
    if let Some(spare) = &mut state.spare { spare.phase = 0.25 }
    if let Mode::Saw { n, .. } = &mut state.mode { *n = 3 }"
    } else {
        ""
    };
    format!(
        "{SAMPLE}#[derive(Default)] pub enum Mode {{ #[default] Off, Saw {{ width: f32, {more} n: {number} }} }}
#[derive(Default)] pub enum Log {{ #[default] Off, Kept {{ {more} all: Vec<u8> }} }}
#[derive(Default)] pub struct Voice {{ {more} phase: {phase} }}
#[derive(Default)] pub struct State {{
    count: u32, mode: Mode, spare: Option<Box<Voice>>, voices: [Voice; 4], logs: [Log; 3], wide: {number},
}}
pub fn process(state: &mut State, sample: &mut Sample) {{
    {line}
    if state.count == 0 {{
        state.mode = Mode::Saw {{ width: 0.5, n: 3, ..Default::default_of_the_rest() }};
        state.spare = Some(Box::new(Voice {{ phase: 0.25, ..Voice::default() }}));
        state.voices[2].phase = 0.75;
        state.logs[1] = Log::Kept {{ all: vec![7], ..Default::default_of_the_rest() }};
        state.wide = 9;
    }}
    {again}
    state.count += 1;
    let is_there = matches!(state.mode, Mode::Saw {{ width: 0.5, n: 3, .. }})
        && matches!(state.spare.as_deref(), Some(Voice {{ phase: 0.25, .. }}))
        && matches!(&state.logs[1], Log::Kept {{ all, .. }} if all[..] == [7])
        && state.voices[2].phase == 0.75 && state.wide == 9;
    sample.number = if is_there {{ state.count }} else {{ 0 }};
    sample.value = {n} as f32;
}}
"
    )
    .replace(", ..Default::default_of_the_rest()", if more.is_empty() { "" } else { ", extra: 0" })
}

/// The same values in two types, the second made by the file's `migrate`.
fn migrated(n: usize) -> String {
    let (field, migrate) = if n.is_multiple_of(2) {
        ("gain: u32", "")
    } else {
        (
            "gains: [u64; 2]",
            "pub struct Old { count: u32, gain: u32 }
fn migrate(old: &Old) -> State { State { count: old.count + 100, gains: [old.gain.into(); 2] } }",
        )
    };
    format!(
        "{SAMPLE}#[derive(Default)] pub struct State {{ count: u32, {field} }}
{migrate}
pub fn process(state: &mut State, sample: &mut Sample) {{
    state.count += 1;
    sample.number = state.count;
    sample.value = {n} as f32;
}}
"
    )
}

/// Takes a turn under the three witnesses: what the call wrote.
#[track_caller]
fn take_quietly(closure: &mut Closure<Sample>, round: usize) -> Sample {
    let (mut sample, mut swapped, mut called) = (Sample::default(), false, None);
    let mut call = || called = Some(closure.call(&mut sample));
    if round.is_multiple_of(2) {
        let trace = Trace::of_once(&mut call);
        assert!(trace.locked().iter().all(|it| it.starts_with("xchg ")), "{:?}", trace.locked());
        assert_eq!(trace.kernel_entries(), 0);
    } else {
        let mut first = None;
        let allocated = allocations(|| first = system_calls(&mut call));
        assert_eq!((allocated, first), (0, None), "allocations, first system call");
    }
    if let Some(called) = called {
        assert!(called.outcome == Outcome::Done);
        swapped = called.swapped;
    }
    assert!(swapped, "a turn was taken");
    sample
}

#[test]
fn a_turn_that_carries_every_kind_of_field_does_nothing_else() {
    let text = |n| every_kind(n, "");
    let song = Song::new(&text(0));
    let program = open_remembering(&song.path(), 8);
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    call(&mut closure);
    for round in 0..4 {
        program.apply(&text(1)).expect("live");
        let forth = take_quietly(&mut closure, round);
        program.undo().expect("undone");
        let back = take_quietly(&mut closure, round);
        let count = 2 * round as u32 + 2;
        assert_eq!((forth.number, forth.value), (count, 1.0), "all was carried");
        assert_eq!((back.number, back.value), (count + 1, 0.0), "all was carried back");
    }
}

#[test]
fn a_turn_whose_migrate_allocates_nothing_does_nothing_else() {
    let song = Song::new(&migrated(0));
    let program = open_remembering(&song.path(), 8);
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    call(&mut closure);
    let mut count = 1;
    for round in 0..4 {
        program.apply(&migrated(1)).expect("live");
        assert_eq!(take_quietly(&mut closure, round).number, count + 101, "`migrate` ran");
        program.undo().expect("undone");
        count = take_quietly(&mut closure, round).number;
    }
}

#[test]
fn going_back_after_a_panic_allocates_no_more_for_another_state() {
    let song = Song::new(&every_kind(0, ""));
    let program = open_remembering(&song.path(), 8);
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    call(&mut closure);
    let mut of_a_panic = |n: usize| {
        let bad = every_kind(n, "if state.count > 0 { panic!() }");
        program.apply(&bad).expect("live");
        let (mut sample, mut outcome) = (Sample::default(), None);
        let count = allocations(|| outcome = Some(closure.call(&mut sample).outcome));
        assert!(outcome == Some(Outcome::RolledBack));
        assert!(sample.number > 0, "all is there again");
        wait_until("the program is back", || program.generation() == 1);
        count
    };
    // What a thread does at its first panic is not compared.
    of_a_panic(0);
    let same_state = of_a_panic(2);
    assert_eq!(of_a_panic(1), same_state, "the panic's own allocations");
}

#[test]
fn panics_that_are_abandoned_ask_the_kernel_for_no_more_than_waking() {
    let text = |n: usize, bad: &str| {
        format!(
            "{SAMPLE}#[derive(Default)] pub struct State;
struct Bad; impl Drop for Bad {{ fn drop(&mut self) {{ panic!(\"second\") }} }}
pub fn process(_: &mut State, sample: &mut Sample) {{ {bad} sample.number = {n}; }}
"
        )
    };
    let song = Song::new(&text(0, ""));
    let program = open_remembering(&song.path(), 8);
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    call(&mut closure);
    for n in 1..4 {
        program.apply(&text(n, "let _bad = Bad; panic!(\"first\");")).expect("live");
        let (mut sample, mut outcome) = (Sample::default(), None);
        let first = system_calls(|| outcome = Some(closure.call(&mut sample).outcome));
        assert!(outcome == Some(Outcome::RolledBack));
        assert_eq!((sample.number, thread::panicking()), (0, false));
        // What a thread does at its first panic is not looked at.
        assert!(n == 1 || matches!(first, None | Some(libc::SYS_futex)), "system call {first:?}");
        wait_until("the program is back", || program.generation() == 1);
    }
}
