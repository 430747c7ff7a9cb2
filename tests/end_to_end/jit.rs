//! The compiler in the process, and rustc after it: one program, one state, two ABIs.

use std::{
    sync::{
        Arc, OnceLock,
        atomic::{AtomicBool, Ordering::SeqCst},
    },
    thread,
    time::Duration,
};

use segue::{
    BackEnd, Closure, Event, Fault, FaultKind, Live, Outcome, Program,
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

/// One for all tests: what it knows of the library it learns once.
fn jit() -> Jit {
    static JIT: OnceLock<Jit> = OnceLock::new();
    JIT.get_or_init(Jit::new).clone()
}

fn open(song: &Song) -> (Program, Arc<Gate>) {
    let (rustc, gate) = gated();
    let tiers = Tiered::new(jit(), rustc);
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
        let later = text(2, "", "let later = async { 1_u32 }; drop(later); sample.number += 1;");
        let (program, later) = (&program, later);
        let apply = scope.spawn(move || program.apply(&later).map(drop));
        gate.pass();
        apply.join().expect("no panic").expect("rustc takes it");
    });
    assert_eq!(call(&mut closure), (2 * (calls + 1) + 1, (calls + 1) as f32));
    assert_eq!(abi(&program), "rustc");
}

#[test]
fn where_neither_compiler_helps_both_reasons_are_told() {
    let song = Song::new(&text(2, "last: Option<f32>,", ""));
    let (program, gate) = open(&song);
    let mut closure = program.closure("process").expect("a closure");
    let (_, calls) = second_word(&program, &gate, &mut closure);
    let refused = std::thread::scope(|scope| {
        let later = text(2, "last: Option<f32>,", "let later = async { 1_u32 }; drop(later);");
        let (program, later) = (&program, later);
        let apply = scope.spawn(move || program.apply(&later).map(drop));
        gate.pass();
        apply.join().expect("no panic").expect_err("the state stays with the jit").to_string()
    });
    assert!(refused.contains("`State` holds what jit and rustc"), "{refused}");
    assert!(refused.contains("not supported by the jit yet: "), "{refused}");
    assert_eq!((call(&mut closure).0, abi(&program)), (2 * (calls + 1), "jit"));
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
        let builder = || Program::builder(song.path()).watch(false);
        assert!(builder().open().is_err(), "nobody finds a rustc");
        let program = builder().back_end(BackEnd::Jit).open().expect("it opens");
        let mut closure = program.closure("process").expect("a closure");
        assert_eq!(call(&mut closure), (2, 1.0));
        program.apply(&text(3, "", "")).expect("live");
        assert_eq!(call(&mut closure), (6, 2.0));
    });
}

const DEADLINE: Duration = Duration::from_millis(50);

/// A program of the jit alone, whose calls may take so long.
fn open_alone(song: &Song, deadline: Duration) -> Program {
    let builder = Program::builder(song.path()).compiler(jit()).watch(false);
    builder.deadline(Some(deadline)).open().expect("it opens")
}

fn fault_of(program: &Program) -> Fault {
    match wait_for(program, |event| matches!(event, Event::Fault(_))) {
        Event::Fault(fault) => fault,
        other => unreachable!("waited for a fault: {other}"),
    }
}

fn line_of(text: &str, part: &str) -> u32 {
    let line = text.lines().position(|line| line.contains(part)).expect("it is there");
    u32::try_from(line).expect("a short text") + 1
}

const ENDLESS: &str = "\n    loop { state.voice.taps[1] *= 0.5; }";

#[test]
fn an_endless_loop_is_stopped_and_what_worked_before_does_the_block() {
    let song = Song::new(&text(2, "", ""));
    let program = open_alone(&song, DEADLINE);
    let mut closure = program.closure("process").expect("a closure");
    assert_eq!(call(&mut closure), (2, 1.0));
    let bad = text(3, "", ENDLESS);
    // Again and again: each call that is stopped is another one.
    for _ in 0..3 {
        program.apply(&bad).expect("live");
        let mut sample = Sample::default();
        assert_eq!(closure.call(&mut sample).outcome, Outcome::RolledBack);
        assert_eq!(sample.number % 2, 0, "the first text did the block");
        let fault = fault_of(&program);
        assert_eq!((fault.kind, fault.back_to), (FaultKind::Deadline, Some(1)), "{fault}");
        assert!(fault.message.contains("within 50ms"), "{fault}");
        assert_eq!(fault.line, line_of(&bad, "loop {"), "{fault}");
        assert!(fault.file.ends_with("song.rs"), "{fault}");
        assert!(fault.backtrace[0].function.contains("process"), "{fault:?}");
    }
    assert!(!thread::panicking());
    program.apply(&text(5, "", "")).expect("live");
    assert_eq!(call(&mut closure).0 % 5, 0);
}

#[test]
fn who_is_not_meant_goes_on_while_another_thread_is_stopped() {
    let song = Song::new("pub fn spin(mut n: u64) -> u64 { while n != 0 { n |= 1; } n }\n");
    let program = open_alone(&song, DEADLINE);
    let spin: Live<fn(u64) -> u64> = program.bind("spin").expect("a handle");
    let song = Song::new(
        "pub fn sum(n: u64) -> u64 { let mut sum = 0_u64; for i in 0..n { sum += i; } sum }\n",
    );
    // However long the machine lets them wait.
    let patient = open_alone(&song, Duration::from_secs(3600));
    let sum: Live<fn(u64) -> u64> = patient.bind("sum").expect("a handle");
    let stop = AtomicBool::new(false);
    thread::scope(|scope| {
        let others: Vec<_> = (0..2)
            .map(|_| {
                scope.spawn(|| {
                    let me = patient.participant();
                    while !stop.load(SeqCst) {
                        let called = sum.pin(&me).try_call(1000);
                        assert_eq!(called.expect("nobody stops it"), 499_500);
                    }
                })
            })
            .collect();
        let me = program.participant();
        for n in [1, 0, 2, 3] {
            let called = spin.pin(&me).try_call(n).map_err(|fault| (fault.kind, fault.line));
            let expected = if n == 0 { Ok(0) } else { Err((FaultKind::Deadline, 1)) };
            assert_eq!(called, expected);
        }
        stop.store(true, SeqCst);
        others.into_iter().for_each(|other| other.join().expect("its calls went on"));
    });
}

#[test]
fn unbounded_recursion_goes_back() {
    let song = Song::new(&text(2, "", ""));
    let program = open_alone(&song, Duration::from_secs(60));
    let mut closure = program.closure("process").expect("a closure");
    call(&mut closure);
    let deep = "sample.number += deep(sample.number);
}
pub fn deep(n: u32) -> u32 {
    if n == u32::MAX { return 0 }
    deep(n | 1) + 1";
    let bad = text(3, "", deep);
    program.apply(&bad).expect("live");
    let mut sample = Sample::default();
    assert_eq!(closure.call(&mut sample).outcome, Outcome::RolledBack);
    assert_eq!((sample.number, sample.value), (6, 3.0), "the first text did this block again");
    let fault = fault_of(&program);
    assert_eq!((fault.kind, fault.back_to), (FaultKind::StackOverflow, Some(1)), "{fault}");
    assert!(fault.message.contains("deep"), "{fault}");
}

#[test]
fn an_overflow_in_the_probes_of_a_large_frame_goes_back() {
    let song = Song::new(&text(2, "", ""));
    let program = open_alone(&song, Duration::from_secs(60));
    let mut closure = program.closure("process").expect("a closure");
    call(&mut closure);
    // Probed page by page, in a loop, and by one frame that is larger than the stack.
    for numbers in [3 << 10, 9 << 10, 4 << 20] {
        let deep = format!(
            "sample.number += deep(sample.number);
}}
pub fn deep(n: u32) -> u32 {{
    let many = [n; {numbers}];
    let n = std::hint::black_box(&many)[7];
    if n == u32::MAX {{ return 0 }}
    deep(n | 1) + 1"
        );
        program.apply(&text(3, "", &deep)).expect("live");
        let mut sample = Sample::default();
        assert_eq!(closure.call(&mut sample).outcome, Outcome::RolledBack, "{numbers}");
        let fault = fault_of(&program);
        assert_eq!((fault.kind, fault.back_to), (FaultKind::StackOverflow, Some(1)), "{fault}");
        assert!(fault.message.contains("deep"), "{fault}");
        let frames = fault.backtrace.iter().filter(|frame| frame.generation.is_some());
        assert!(frames.count() > 1, "the frames outside of the one that overflowed: {fault}");
    }
}

#[test]
fn a_default_that_does_not_end_is_refused() {
    let song = Song::new(&text(2, "", ""));
    let program = open_alone(&song, DEADLINE);
    let mut closure = program.closure("process").expect("a closure");
    assert_eq!(call(&mut closure), (2, 1.0));
    let state = "impl Default for State { fn default() -> State { loop {} } }
pub struct State { more: u64,";
    let bad = text(2, "", "").replace("#[derive(Default)] pub struct State {", state);
    let refused = program.apply(&bad).expect_err("no state can be made").to_string();
    assert!(refused.contains("`State::default` faulted"), "{refused}");
    assert!(refused.contains("within 50ms"), "{refused}");
    assert_eq!((call(&mut closure), program.generation()), ((4, 2.0), 1));
}
