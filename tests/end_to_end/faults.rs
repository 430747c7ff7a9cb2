//! Faults: a panic in live code is a report, and the sound goes on.

use crate::song::{SAMPLE, Sample, Song, assert_same, block, open_remembering, render, wait_for};
use segue::{Event, Outcome, audio::Block};

const GOOD: &str = "use prelude::*;
#[derive(Default)]
pub struct State { calls: usize }
pub fn process(state: &mut State, block: &mut Block) {
    state.calls += 1;
    let table = [0.25_f32; 4];
    for frame in 0..block.frames() { let x = table[state.calls * 0]; block.set(frame, x, x); }
}
";

fn bad() -> String {
    GOOD.replace("state.calls * 0", "state.calls + 4")
}

#[test]
fn a_panic_goes_back_to_the_last_generation_within_the_block() {
    let song = Song::new(GOOD);
    let plain = render(&song, 0.5, &[]);
    let edited = render(&song, 0.5, &[(0.25, &bad())]);
    assert_same(&plain.samples, &edited.samples, "not one sample is lost");
    let fault = edited.news.iter().find(|news| news.starts_with("fault")).expect("a fault");
    assert!(fault.contains("index out of bounds"), "{fault}");
    assert!(fault.contains("song.rs:7:"), "the user's file and line: {fault}");
    assert!(fault.contains("Back to generation 1"), "{fault}");
}

#[test]
fn a_hundred_panics_in_a_row_do_no_harm() {
    let good = plain();
    let panics = "panic!(\"no {}\", sample.value); sample.value =";
    let bad = good.replace("sample.value =", panics);
    let song = Song::new(&good);
    let program = open_remembering(&song.path(), 8);
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    for round in 0..100 {
        program.apply(&bad).expect("it compiles");
        let mut sample = Sample::default();
        let call = closure.call(&mut sample);
        assert_eq!(call.outcome, Outcome::RolledBack, "round {round}");
        assert_eq!(sample.value, (round * 2 + 1) as f32);
        program.apply(&good).expect("it compiles");
        closure.call(&mut sample);
        let why = "the state counts the calls that returned";
        assert_eq!(sample.value, (round * 2 + 2) as f32, "{why}");
    }
}

/// Counts its calls, without the prelude.
fn plain() -> String {
    format!(
        "{SAMPLE}#[derive(Default)]
pub struct State {{ calls: f32 }}
pub fn process(state: &mut State, sample: &mut Sample) {{
    sample.value = state.calls + 1.0; state.calls = sample.value;
}}
"
    )
}

#[test]
fn a_first_generation_that_panics_is_silent_until_the_next_edit() {
    let song = Song::new(&bad());
    let program = song.open();
    let mut closure = program.closure::<Block>("process").expect("a closure");
    assert_eq!(block(&mut closure, 0).1.outcome, Outcome::Silent);
    let Event::Fault(fault) = wait_for(&program, |event| matches!(event, Event::Fault(_))) else {
        unreachable!("waited for a fault")
    };
    assert_eq!((fault.generation, fault.back_to, fault.line), (1, None, 7));
    assert_eq!(block(&mut closure, 64).1.outcome, Outcome::Silent);
    program.apply(GOOD).expect("live");
    let (samples, call) = block(&mut closure, 128);
    assert_eq!((call.outcome, samples[0]), (Outcome::Done, 0.25));
}

#[test]
fn a_panic_long_after_the_swap_goes_back_too() {
    let song = Song::new(GOOD);
    let program = song.open();
    let mut closure = program.closure::<Block>("process").expect("a closure");
    let late = GOOD.replace("state.calls * 0", "if state.calls > 5 { 9 } else { 0 }");
    program.apply(&late).expect("live");
    for call in 0..5 {
        assert_eq!(block(&mut closure, call * 64).1.outcome, Outcome::Done);
    }
    assert_eq!(block(&mut closure, 5 * 64).1.outcome, Outcome::RolledBack);
    assert_eq!(block(&mut closure, 6 * 64).1.generation, 1);
}

#[test]
fn a_fault_tells_which_live_functions_were_running() {
    let good = format!(
        "{SAMPLE}#[derive(Default)]
pub struct State {{ calls: f32 }}
#[inline(never)] fn deep(x: f32) -> f32 {{
    std::hint::black_box(x) + 1.0
}}
pub fn process(state: &mut State, sample: &mut Sample) {{
    sample.value = deep(state.calls) * 2.0;
}}
"
    );
    let bad = good.replace("(x) + 1.0", "(x); panic!(\"no\")");
    let line =
        |text: &str| 1 + good[..good.find(text).expect("a line")].matches('\n').count() as u32;
    let song = Song::new(&good);
    let rustc = segue::runtime::compiler::Rustc::find().expect("rustc is on the machine");
    let builder = segue::Program::builder(song.path()).compiler(rustc.with_lines()).watch(false);
    let program = builder.open().expect("the file opens");
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    closure.call(&mut Sample::default());
    program.apply(&bad).expect("it compiles");
    assert_eq!(closure.call(&mut Sample::default()).outcome, Outcome::RolledBack);
    let Event::Fault(fault) = wait_for(&program, |event| matches!(event, Event::Fault(_))) else {
        unreachable!("waited for a fault")
    };
    let told = |function: &str| {
        let is_it = |name: &str| name.rsplit("::").next() == Some(function);
        let frame = fault.backtrace.iter().find(|frame| is_it(&frame.function));
        let frame = frame.unwrap_or_else(|| panic!("{function} in {:?}", fault.backtrace));
        assert!(frame.file.as_deref().is_some_and(|file| file.ends_with("song.rs")), "{frame}");
        (frame.line, frame.generation)
    };
    assert_eq!(told("deep"), (Some(line("std::hint")), Some(2)));
    assert_eq!(told("process").0, Some(line("sample.value = deep")));
}
