//! Everything that goes through generations, under `Commit::Snapshot`: undo, redo, closures with their
//! states, faults, edits that are recalled.

use segue::{Closure, Commit, ErrorKind, Event, Outcome};

use super::{open, pair};
use crate::song::{SAMPLE, Sample, Song, reclaim_all, wait_for};

#[test]
fn undo_redo_and_go_to_are_one_store() {
    let song = Song::new(&pair(1));
    let program = open(&song, Commit::Snapshot, 4);
    let one = program.bind::<fn(u64) -> u64>("one").expect("a handle");
    let me = program.participant();
    program.apply(&pair(2)).expect("live");
    // Other types, so other worlds elsewhere: here both graphs stand side by side.
    program.apply(&format!("pub struct T {{ a: u8 }}\n{}", pair(3))).expect("live");
    for round in 0..50 {
        for generation in [2, 1] {
            let report = program.undo().expect("back");
            assert_eq!((report.generation, report.linked), (generation, 0), "round {round}");
            assert_eq!(one.pin(&me).call(0), generation);
        }
        assert_eq!(program.undo().expect_err("the first").kind(), ErrorKind::History);
        for generation in [2, 3] {
            let report = program.redo().expect("forth");
            assert_eq!((report.generation, report.linked), (generation, 0), "round {round}");
            assert_eq!(one.pin(&me).call(0), generation);
        }
        for generation in [1, 2, 1, 3] {
            let report = program.go_to(generation).expect("there");
            assert_eq!((report.generation, report.linked), (generation, 0), "round {round}");
            assert_eq!(one.pin(&me).call(0), generation);
        }
    }
    program.undo().expect("back");
    program.apply(&pair(9)).expect("live");
    reclaim_all(&program);
    assert_eq!(one.pin(&me).call(0), 9);
    program.undo().expect("back");
    assert_eq!(one.pin(&me).call(0), 2);
}

/// Writes `edition`, and through another function the same; counts its calls in a state that has
/// grown since edition 3.
fn counting(edition: u32) -> String {
    let more = if edition >= 3 { "more: Vec<u8>, " } else { "" };
    format!(
        "{SAMPLE}#[derive(Default)] pub struct State {{ {more}calls: u32 }}
#[inline(never)] fn leaf(x: f32) -> f32 {{ std::hint::black_box(x) + {edition}.0 }}
pub fn process(state: &mut State, sample: &mut Sample) {{
    state.calls += 1; sample.number = state.calls * 100 + {edition}; sample.value = leaf(0.0);
}}
"
    )
}

/// Edition 2 panics when its sample holds an address.
fn panicking() -> String {
    counting(2)
        .replace("state.calls += 1;", "if sample.place == 1 { panic!(\"no\") } state.calls += 1;")
}

/// The edition that a call wrote on both ways, and how many calls there were.
fn call(closure: &mut Closure<Sample>, place: usize) -> (u32, u32, Outcome) {
    let mut sample = Sample { place, ..Sample::default() };
    let call = closure.call(&mut sample);
    let (calls, edition) = (sample.number / 100, sample.number % 100);
    assert_eq!(sample.value, edition as f32, "one call, one generation");
    (edition, calls, call.outcome)
}

#[test]
fn one_closure_takes_commits_between_two_calls() {
    let song = Song::new(&counting(1));
    let program = open(&song, Commit::Snapshot, 4);
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    assert_eq!(call(&mut closure, 0), (1, 1, Outcome::Done));
    program.apply(&counting(2)).expect("posted");
    program.apply(&counting(4)).expect("posted instead");
    assert_eq!(call(&mut closure, 0), (4, 2, Outcome::Done), "its state went along");
    program.undo().expect("back");
    assert_eq!(call(&mut closure, 0).1, 3);
    program.redo().expect("forth");
    assert_eq!(call(&mut closure, 0), (4, 4, Outcome::Done));
    reclaim_all(&program);
    assert_eq!(call(&mut closure, 0), (4, 5, Outcome::Done));
}

#[test]
fn each_of_several_closures_goes_over_whole_with_its_state() {
    let song = Song::new(&counting(1));
    let program = open(&song, Commit::Snapshot, 1);
    let mut early = program.closure::<Sample>("process").expect("a closure");
    let mut late = program.closure::<Sample>("process").expect("a closure");
    let one = program.closure::<Sample>("process").expect("a closure");
    for edition in 2..12 {
        program.apply(&counting(edition)).expect("live");
        assert_eq!(call(&mut early, 0), (edition, edition - 1, Outcome::Done));
        reclaim_all(&program);
    }
    // It was in its first generation all the time, with nothing but its own share of it.
    assert_eq!(call(&mut late, 0), (11, 1, Outcome::Done));
    drop(one);
    assert_eq!(call(&mut late, 0), (11, 2, Outcome::Done));
}

#[test]
fn a_panic_is_gone_back_on_within_the_call_and_then_by_everybody() {
    let song = Song::new(&counting(1));
    let program = open(&song, Commit::Snapshot, 4);
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    let mut other = program.closure::<Sample>("process").expect("a closure");
    call(&mut closure, 0);
    program.apply(&panicking()).expect("live");
    assert_eq!(call(&mut other, 0), (2, 1, Outcome::Done));
    // With other callers about, swapping in place could not bring the old code back by itself.
    assert_eq!(call(&mut closure, 1), (1, 2, Outcome::RolledBack));
    wait_for(&program, |event| matches!(event, Event::Fault(fault) if fault.back_to == Some(1)));
    wait_for(&program, |event| matches!(event, Event::Live(report) if report.generation == 1));
    assert_eq!(program.generation(), 1);
    assert_eq!(call(&mut other, 1), (1, 2, Outcome::Done));
    assert_eq!(call(&mut closure, 1), (1, 3, Outcome::Done));
    program.apply(&counting(5)).expect("live");
    assert_eq!(call(&mut closure, 1), (5, 4, Outcome::Done));
    assert_eq!(call(&mut other, 1), (5, 3, Outcome::Done));
}

#[test]
fn a_fault_behind_a_handle_takes_all_callers_back() {
    let faulty = pair(2).replace("{ leaf(x) }", "{ if x == 9 { panic!(\"no\") } leaf(x) }");
    let song = Song::new(&pair(1));
    let program = open(&song, Commit::Snapshot, 4);
    let one = program.bind::<fn(u64) -> u64>("one").expect("a handle");
    let me = program.participant();
    program.apply(&faulty).expect("live");
    assert_eq!(one.pin(&me).try_call(0).expect("no fault"), 2);
    let fault = one.pin(&me).try_call(9).expect_err("it panics");
    assert_eq!(fault.message, "no");
    wait_for(&program, |event| matches!(event, Event::Fault(_)));
    wait_for(&program, |event| matches!(event, Event::Live(report) if report.generation == 1));
    assert_eq!(one.pin(&me).try_call(9).expect("the code before"), 901);
}

#[test]
fn an_edit_that_is_refused_leaves_the_roots_where_they_are() {
    let song = Song::new(&counting(1));
    let program = open(&song, Commit::Snapshot, 4);
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    let _caller = program.participant();
    program.apply(&counting(2)).expect("live");
    let wrong = counting(3).replace("fn process", "fn progress");
    assert_eq!(program.apply(&wrong).expect_err("refused").kind(), ErrorKind::NoSuchFunction);
    assert_eq!(call(&mut closure, 0), (2, 1, Outcome::Done), "the edit before it still arrives");
    assert_eq!(program.generation(), 2);
}
