//! The compiler in the process, and rustc after it: one program, one state, two ABIs.

use std::sync::Arc;

use segue::{
    Closure, Event, Fault, Live, Outcome, Program,
    runtime::compiler::{Jit, Tiered},
};

use crate::{
    alone,
    song::{SAMPLE, Sample, Song, wait_for, wait_until},
    tiers::{Gate, gated},
};

/// Counts in a state of `fields`, and writes `n` times what it counted.
fn text(n: u32, fields: &str, wrong: &str) -> String {
    format!(
        "{SAMPLE}#[derive(Default)] pub struct State {{ calls: u32, voice: Voice, {fields} }}
#[derive(Default, Clone, Copy)] pub struct Voice {{ phase: f32, taps: [f32; 4] }}
pub fn times(x: u32) -> u32 {{ x * {n} }}
pub fn process(state: &mut State, sample: &mut Sample) {{
    state.calls += 1; state.voice.taps[(state.calls % 4) as usize] += 1.0;
    state.voice.phase = state.voice.taps.iter().sum();
    sample.number = times(state.calls); sample.value = state.voice.phase; {wrong}
}}
"
    )
}

fn open(song: &Song) -> (Program, Arc<Gate>) {
    let (rustc, gate) = gated();
    let tiers = Tiered::new(Jit::new(), rustc);
    let builder = Program::builder(song.path()).compiler(tiers).watch(false);
    (builder.open().expect("it opens"), gate)
}

fn call(closure: &mut Closure<Sample>) -> (u32, f32) {
    let mut sample = Sample::default();
    assert_eq!(closure.call(&mut sample).outcome, Outcome::Done);
    (sample.number, sample.value)
}

fn abi(program: &Program) -> &'static str {
    program.interface().abi
}

/// Calls until the code of the second compiler has come, or will not; how often that was.
fn second_word(program: &Program, gate: &Gate, closure: &mut Closure<Sample>) -> (Event, u32) {
    gate.pass();
    let (mut told, mut calls) = (None, 0);
    wait_until("the second compiler had its word", || {
        call(closure);
        calls += 1;
        let is_word = |it: &Event| matches!(it, Event::Optimised(_) | Event::NotOptimised { .. });
        told = program.events().try_iter().find(is_word);
        told.is_some()
    });
    (told.expect("it was waited for"), calls)
}

#[test]
fn the_jit_goes_first_rustc_follows_and_the_state_goes_on() {
    let song = Song::new(&text(2, "", ""));
    let (program, gate) = open(&song);
    let mut closure = program.closure("process").expect("a closure");
    assert_eq!(abi(&program), "jit");
    assert_eq!(call(&mut closure), (2, 1.0));
    let (told, calls) = second_word(&program, &gate, &mut closure);
    let Event::Optimised(report) = told else { panic!("rustc follows: {told:?}") };
    assert_eq!((report.generation, abi(&program)), (1, "rustc"));
    assert!(report.state.is_empty(), "the same value at the same place: {report}");
    let counted = calls + 2;
    assert_eq!(call(&mut closure), (2 * counted, counted as f32));

    program.apply(&text(3, "", "")).expect("live");
    assert_eq!((call(&mut closure).0, abi(&program)), (3 * (counted + 1), "jit"));
    let (told, calls) = second_word(&program, &gate, &mut closure);
    assert!(matches!(told, Event::Optimised(_)), "{told:?}");
    let counted = counted + 1 + calls;
    assert_eq!(call(&mut closure), (3 * (counted + 1), (counted + 1) as f32));
    program.undo().expect("back to the first edit's code");
    assert_eq!(call(&mut closure).0, 2 * (counted + 2));
}

#[test]
fn a_state_that_may_lie_otherwise_stays_with_the_jit() {
    let song = Song::new(&text(2, "last: Option<f32>,", ""));
    let (program, gate) = open(&song);
    let mut closure = program.closure("process").expect("a closure");
    let (told, calls) = second_word(&program, &gate, &mut closure);
    let Event::NotOptimised { error, back_to: None, .. } = told else { panic!("{told:?}") };
    assert!(error.to_string().contains("`State`"), "{error}");
    assert_eq!((call(&mut closure).0, abi(&program)), (2 * (calls + 1), "jit"));
}

#[test]
fn what_the_jit_does_not_support_rustc_compiles() {
    let song = Song::new(&text(2, "", ""));
    let (program, gate) = open(&song);
    let mut closure = program.closure("process").expect("a closure");
    let (_, calls) = second_word(&program, &gate, &mut closure);
    std::thread::scope(|scope| {
        let heap = text(2, "", "let list = vec![1_u32]; sample.number += list[0];");
        let (program, heap) = (&program, heap);
        let apply = scope.spawn(move || program.apply(&heap).map(drop));
        gate.pass();
        apply.join().expect("no panic").expect("rustc takes it");
    });
    assert_eq!(call(&mut closure), (2 * (calls + 1) + 1, (calls + 1) as f32));
    assert_eq!(abi(&program), "rustc");
}

#[test]
fn threads_that_call_the_jits_code_go_on_in_rustcs() {
    let song = Song::new(&text(2, "", ""));
    let (program, gate) = open(&song);
    let times: Live<fn(u32) -> u32> = program.bind("times").expect("a handle");
    let me = program.participant();
    assert_eq!((times.pin(&me).call(21), abi(&program)), (42, "jit"));
    gate.pass();
    wait_for(&program, |event| matches!(event, Event::Optimised(_)));
    assert_eq!((times.pin(&me).call(21), abi(&program)), (42, "rustc"));
}

#[test]
fn a_panic_of_the_jits_code_names_the_users_line_and_goes_back() {
    let song = Song::new(&text(2, "", ""));
    let (program, _gate) = open(&song);
    let mut closure = program.closure("process").expect("a closure");
    call(&mut closure);
    let bad = text(3, "", "\n    let _ = [1, 2][sample.number as usize];");
    program.apply(&bad).expect("live");
    let mut sample = Sample::default();
    assert_eq!(closure.call(&mut sample).outcome, Outcome::RolledBack);
    assert_eq!((sample.number, sample.value), (6, 3.0), "the first text did this block again");
    let told = wait_for(&program, |event| matches!(event, Event::Fault(_)));
    let Event::Fault(Fault { message, file, line: named, column, .. }) = told else {
        unreachable!("it is one")
    };
    assert_eq!(message, "index out of bounds: the len is 2 but the index is 6");
    let line = bad.lines().position(|line| line.contains("let _ =")).expect("it is there") + 1;
    assert_eq!((named as usize, column), (line, 13));
    assert!(file.ends_with("song.rs"), "{}", file.display());
}

#[test]
fn without_a_toolchain_files_are_opened_and_edited() {
    alone::survives(|| {
        // SAFETY: a process of its own, whose other thread only waits for this one.
        unsafe { std::env::set_var("SEGUE_RUSTC", "/nowhere/rustc") };
        let song = Song::new(&text(2, "", ""));
        let without = Program::builder(song.path()).watch(false).open();
        assert!(without.is_err(), "nobody finds a rustc");
        let builder = Program::builder(song.path()).compiler(Jit::new()).watch(false);
        let program = builder.open().expect("it opens");
        let mut closure = program.closure("process").expect("a closure");
        assert_eq!(call(&mut closure), (2, 1.0));
        program.apply(&text(3, "", "")).expect("live");
        assert_eq!(call(&mut closure), (6, 2.0));
    });
}
