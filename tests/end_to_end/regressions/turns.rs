//! Commits on their way to a closure: recalled, refused, gone back on, or never taken.
//!
//! Whatever happens to one, no code runs on a state of another layout, and no edit that was accepted
//! is lost.

use std::{
    sync::atomic::{AtomicBool, AtomicU32, Ordering},
    thread,
};

use super::{call, called, numbered, refused, wait_live, widened};
use crate::{
    alone,
    song::{SAMPLE, Sample, Song, open_remembering, wait_for, wait_until},
};
use segue::{Closure, ErrorKind, Event, Outcome};

/// Checks its state of 4,096 words. Given two words' place, says in the second that it is inside, waits
/// for the first, and panics.
fn gated(n: u32) -> String {
    format!(
        "{SAMPLE}use std::sync::atomic::{{AtomicU32, Ordering}};
pub struct State {{ calls: u8, big: [u64; 4096] }}
impl Default for State {{ fn default() -> State {{ State {{ calls: 0, big: [7; 4096] }} }} }}
pub fn process(state: &mut State, sample: &mut Sample) {{
    if sample.place != 0 {{
        let [open, inside] = unsafe {{ &*(sample.place as *const [AtomicU32; 2]) }};
        inside.store(1, Ordering::Release);
        while open.load(Ordering::Acquire) == 0 {{ std::thread::yield_now(); }}
        panic!(\"late\");
    }}
    sample.number = state.big.iter().filter(|word| **word != 7).count() as u32;
    sample.value = {n}.0;
}}
"
    )
}

/// Panics while generation 3 is posted, then calls until that is taken.
fn panic_then_go_on(closure: &mut Closure<Sample>, gate: &[AtomicU32; 2]) {
    let mut sample = Sample { place: gate.as_ptr() as usize, ..Sample::default() };
    let call = closure.call(&mut sample);
    assert_eq!((call.outcome, call.generation), (Outcome::RolledBack, 1));
    assert_eq!(sample.value, 1.0, "what worked before did this block");
    wait_until("generation 3 is taken", || {
        let mut sample = Sample::default();
        let call = closure.call(&mut sample);
        assert_eq!(sample.value, call.generation as f32);
        assert!(call.generation != 2, "the code that panicked is back");
        assert!(call.generation != 3 || sample.number == 0, "{} wrong words", sample.number);
        call.generation == 3
    });
}

#[test]
fn a_panic_while_the_next_commit_waits_runs_no_code_on_the_wrong_state() {
    alone::survives(|| {
        let gate = [AtomicU32::new(0), AtomicU32::new(0)];
        let small = format!(
            "{SAMPLE}#[derive(Default)] pub struct State {{ calls: u8 }}
pub fn process(state: &mut State, sample: &mut Sample) {{ state.calls += 1; sample.value = 1.0; }}
"
        );
        let song = Song::new(&small);
        let program = open_remembering(&song.path(), 32);
        let mut closure = called(&program);
        program.apply(&gated(2)).expect("posted");
        assert_eq!(call(&mut closure), (2.0, 2));
        wait_live(&program, 2);
        thread::scope(|scope| {
            let (closure, gate) = (&mut closure, &gate);
            let caller = scope.spawn(move || panic_then_go_on(closure, gate));
            wait_until("the call is inside", || gate[1].load(Ordering::Acquire) == 1);
            let posted = program.apply(&gated(3));
            gate[0].store(1, Ordering::Release);
            posted.expect("posted, for the state of generation 2");
            caller.join().expect("every block is right");
        });
        let event = wait_for(&program, |event| matches!(event, Event::Fault(_)));
        let Event::Fault(fault) = event else { unreachable!("waited for a fault") };
        assert_eq!((fault.generation, fault.back_to), (2, Some(1)));
        wait_live(&program, 3);
        assert_eq!((program.generation(), closure.generation()), (3, 3));
    });
}

#[test]
fn a_refused_redo_leaves_the_edit_that_waits() {
    let song = Song::new(&numbered(1));
    let program = open_remembering(&song.path(), 32);
    let mut closure = called(&program);
    program.apply(&numbered(2)).expect("posted");
    let error = program.redo().expect_err("nothing was undone");
    assert_eq!(error.kind(), ErrorKind::History);
    assert_eq!(call(&mut closure), (2.0, 2));
}

#[test]
fn two_undos_between_two_calls_go_back_two_generations() {
    let song = Song::new(&numbered(1));
    let program = open_remembering(&song.path(), 32);
    let mut closure = called(&program);
    for n in 2..=3 {
        program.apply(&numbered(n)).expect("posted");
        assert_eq!(call(&mut closure), (n as f32, u64::from(n)));
        wait_live(&program, u64::from(n));
    }
    assert_eq!(program.undo().expect("back").generation, 2);
    assert_eq!(program.undo().expect("back").generation, 1);
    assert_eq!(call(&mut closure), (1.0, 1));
}

#[test]
fn an_edit_that_a_dropped_closure_never_took_is_live_for_the_next_one() {
    let song = Song::new(&numbered(1));
    let program = open_remembering(&song.path(), 32);
    let closure = called(&program);
    program.apply(&numbered(2)).expect("posted");
    drop(closure);
    wait_live(&program, 2);
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    assert_eq!(call(&mut closure), (2.0, 2), "the accepted text");
    assert_eq!(program.generation(), 2);
}

#[test]
fn a_refused_edit_leaves_the_one_that_waits_among_several_callers() {
    let song = Song::new(&numbered(1));
    let program = open_remembering(&song.path(), 32);
    let _another = program.participant();
    let mut closure = called(&program);
    program.apply(&numbered(2)).expect("stored");
    let error = program.apply(&refused()).expect_err("no process");
    assert_eq!(error.kind(), ErrorKind::NoSuchFunction);
    assert_eq!(call(&mut closure), (2.0, 2));
}

#[test]
fn an_undo_after_a_refused_edit_goes_back_among_several_callers() {
    let song = Song::new(&numbered(1));
    let program = open_remembering(&song.path(), 32);
    let _another = program.participant();
    let mut closure = called(&program);
    program.apply(&widened(2)).expect("posted");
    let error = program.apply(&refused()).expect_err("no process");
    assert_eq!(error.kind(), ErrorKind::NoSuchFunction);
    assert_eq!(program.undo().expect("back").generation, 1);
    assert_eq!(call(&mut closure), (1.0, 1));
}

#[test]
fn a_closure_that_panics_after_its_program_was_dropped_is_dropped_whole() {
    alone::survives(|| {
        let song = Song::new(&numbered(1));
        let program = open_remembering(&song.path(), 32);
        let mut closure = called(&program);
        let panics = widened(2).replace("sample.value =", "panic!(\"no\"); sample.value =");
        program.apply(&panics).expect("posted");
        drop(program);
        let mut sample = Sample::default();
        let call = closure.call(&mut sample);
        assert_eq!((call.outcome, call.generation), (Outcome::RolledBack, 1));
        assert_eq!(sample.value, 1.0);
        // With the closure goes the last that held the program's core, and both states.
        drop(closure);
    });
}

/// Lets the calling thread end, however its scope is left.
struct StopOnDrop<'a>(&'a AtomicBool);

impl Drop for StopOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}

#[test]
fn undo_and_redo_under_a_calling_thread_keep_code_and_state_together() {
    const ROUNDS: usize = 2_000;
    const SWAPS: u32 = 100;
    alone::survives(|| {
        let song = Song::new(&numbered(1));
        let program = open_remembering(&song.path(), 32);
        let mut closure = called(&program);
        program.apply(&widened(2)).expect("posted");
        assert_eq!(call(&mut closure), (2.0, 2));
        wait_live(&program, 2);
        let (stop, swaps) = (AtomicBool::new(false), AtomicU32::new(0));
        thread::scope(|scope| {
            let (closure, stop, swaps) = (&mut closure, &stop, &swaps);
            let caller = scope.spawn(move || {
                let mut calls = 2;
                while !stop.load(Ordering::Relaxed) {
                    let mut sample = Sample::default();
                    let call = closure.call(&mut sample);
                    calls += 1;
                    assert_eq!(call.outcome, Outcome::Done);
                    assert_eq!(sample.value, call.generation as f32, "the code of the generation");
                    assert_eq!(sample.number, calls, "the state goes on");
                    swaps.fetch_add(u32::from(call.swapped), Ordering::Relaxed);
                }
            });
            let stop = StopOnDrop(stop);
            let mut rounds = 0;
            wait_until("enough rounds, and swaps among them", || {
                assert_eq!(program.undo().expect("back").generation, 1, "round {rounds}");
                assert_eq!(program.redo().expect("forth").generation, 2, "round {rounds}");
                rounds += 1;
                let enough = rounds >= ROUNDS && swaps.load(Ordering::Relaxed) >= SWAPS;
                enough || caller.is_finished()
            });
            drop(stop);
            caller.join().expect("every call is right");
        });
        assert_eq!(program.generation(), 2);
    });
}
