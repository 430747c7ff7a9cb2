//! What a guard does not take: such faults go to whoever handled them before, as without Segue. Each
//! is shown by a process of its own, which ends by it. And what is dropped: a state's own faults.

use std::{
    ffi::{c_int, c_void},
    os::unix::process::ExitStatusExt,
    process::Output,
    thread,
};

use crate::{
    alone,
    song::{SAMPLE, Sample, Song, wait_for, wait_until},
};
use segue::{Event, Fault, FaultKind, Faults, Outcome, Program};

const SIGABRT: i32 = 6;
const SIGSEGV: i32 = 11;

/// Live code that does `line` when it is called, with the address in `place`.
fn text(line: &str) -> String {
    format!(
        "{SAMPLE}#[derive(Default)] pub struct State;
pub fn process(_state: &mut State, sample: &mut Sample) {{ {line} }}
"
    )
}

/// Calls live code with `line` in it, and does not come back.
fn calls(line: &str, faults: Faults, place: usize) {
    let song = Song::new(&text(line));
    let builder = Program::builder(song.path()).watch(false).faults(faults);
    let program = builder.open().expect("the file opens");
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    let call = closure.call(&mut Sample { place, ..Sample::default() });
    println!("the call ended: {call:?}");
}

/// Runs `test` in a process of its own and returns how that ended; in there, `None`.
fn ending<F: FnOnce()>(test: F) -> Option<Output> {
    let path = std::any::type_name::<F>();
    let name = path.split_once("::").map_or(path, |(_, name)| name);
    let name = name.strip_suffix("::{{closure}}").unwrap_or(name);
    if alone::is_alone(name) {
        test();
        return None;
    }
    let output = alone::start(name, &[]);
    let told = String::from_utf8_lossy(&output.stdout);
    assert!(!told.contains("the call ended"), "it came back: {told}");
    assert!(!told.contains("1 passed"), "it was not to end well: {told}");
    Some(output)
}

#[track_caller]
fn dies_by<F: FnOnce()>(signal: i32, says: &str, test: F) {
    let Some(output) = ending(test) else { return };
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.signal(), Some(signal), "{:?}\n{stderr}", output.status);
    assert!(stderr.contains(says), "{stderr}");
}

/// A host's own handler for SIGSEGV, which shows that it was asked.
mod host {
    use super::*;

    unsafe extern "C" {
        fn signal(signal: c_int, handler: extern "C" fn(c_int)) -> *mut c_void;
        fn raise(signal: c_int) -> c_int;
        fn _exit(status: c_int) -> !;
    }

    pub(super) const STATUS: i32 = 77;

    extern "C" fn end(_: c_int) {
        // SAFETY: ends the process; it may be called in a handler.
        unsafe { _exit(STATUS) }
    }

    pub(super) fn handle() {
        // SAFETY: a handler that does nothing but end the process.
        unsafe { signal(SIGSEGV, end) };
    }

    pub(super) fn send() {
        // SAFETY: a signal to this very thread.
        unsafe { raise(SIGSEGV) };
    }

    pub(super) fn ignore() {
        const IGNORE: usize = 1; // SIG_IGN
        // SAFETY: asks the kernel to call nothing.
        unsafe { signal(SIGSEGV, std::mem::transmute::<usize, extern "C" fn(c_int)>(IGNORE)) };
    }

    /// A function of the host's that faults.
    pub(super) extern "C" fn fault() {
        // SAFETY: none; it is to fault.
        unsafe { (std::hint::black_box(16) as *mut u32).write_volatile(1) };
    }
}

const WRITE: &str = "unsafe { (std::hint::black_box(16) as *mut u32).write_volatile(1) };";
const CALL_BACK: &str =
    "let host: extern \"C\" fn() = unsafe { std::mem::transmute(sample.place) };
    host();";

#[track_caller]
fn is_handled_by_the_host<F: FnOnce()>(test: F) {
    let Some(output) = ending(test) else { return };
    let stderr = String::from_utf8_lossy(&output.stderr);
    assert_eq!(output.status.code(), Some(host::STATUS), "{:?}\n{stderr}", output.status);
}

#[test]
fn a_signal_that_nobody_asked_for_ends_the_process() {
    dies_by(SIGSEGV, "", || calls(WRITE, Faults::default(), 0));
}

#[test]
fn a_signal_in_code_of_the_host_goes_to_the_hosts_handler() {
    is_handled_by_the_host(|| {
        host::handle();
        calls(CALL_BACK, Faults::signals(), host::fault as *const () as usize);
    });
}

#[test]
fn a_signal_outside_of_live_code_goes_to_the_hosts_handler() {
    is_handled_by_the_host(|| {
        host::handle();
        let song = Song::new(&text(""));
        let builder = Program::builder(song.path()).watch(false).faults(Faults::signals());
        let program = builder.open().expect("the file opens");
        let mut closure = program.closure::<Sample>("process").expect("a closure");
        assert_eq!(closure.call(&mut Sample::default()).outcome, Outcome::Done);
        host::fault();
    });
}

#[test]
fn a_signal_that_was_sent_goes_to_the_hosts_handler() {
    is_handled_by_the_host(|| {
        host::handle();
        extern "C" fn send() {
            host::send();
        }
        calls(CALL_BACK, Faults::signals(), send as *const () as usize);
    });
}

#[test]
fn a_signal_that_the_host_ignores_ends_the_process_all_the_same() {
    dies_by(SIGSEGV, "", || {
        host::ignore();
        calls(CALL_BACK, Faults::signals(), host::fault as *const () as usize);
    });
}

#[test]
fn an_overflow_of_the_hosts_own_is_told_as_ever() {
    #[inline(never)]
    fn deep(n: u64) -> u64 {
        if n == u64::MAX { 0 } else { std::hint::black_box(deep(n + 1)) + 1 }
    }
    dies_by(SIGABRT, "has overflowed its stack", || {
        segue::runtime::prepare_thread();
        let song = Song::new(&text(""));
        let program = song.open();
        let mut closure = program.closure::<Sample>("process").expect("a closure");
        assert_eq!(closure.call(&mut Sample::default()).outcome, Outcome::Done);
        deep(0);
    });
}

#[test]
fn an_abort_is_an_abort() {
    dies_by(SIGABRT, "", || calls("std::process::abort()", Faults::signals(), 0));
}

#[test]
fn a_panic_that_cannot_unwind_out_of_an_unguarded_call_ends_the_process() {
    dies_by(SIGABRT, "nothing guards the call", || {
        let song = Song::new(
            "#[inline(never)] extern \"C\" fn c(n: u32) { if n != 0 { panic!(\"in C\") } }
            pub fn call(n: u32) { c(n) }\n",
        );
        let program = song.open();
        let call = program.bind::<fn(u32)>("call").expect("a handle");
        let me = program.participant();
        call.pin(&me).call(1);
    });
}

/// A program whose state has a field whose drop does `line`, and whose next text drops the field.
fn drops(line: &str) -> Vec<Fault> {
    let text = |fields: &str| {
        format!(
            "{SAMPLE}pub struct Bad(u32);
impl Default for Bad {{ fn default() -> Bad {{ Bad(7) }} }}
impl Drop for Bad {{ fn drop(&mut self) {{ if std::hint::black_box(self.0) == 7 {{ {line} }} }} }}
#[inline(never)] pub fn deep(n: u64) -> u64 {{
    if n == u64::MAX {{ return 0 }}
    std::hint::black_box(deep(std::hint::black_box(n) + 1)) + 1
}}
#[derive(Default)] pub struct State {{ calls: u32, {fields} }}
pub fn process(state: &mut State, sample: &mut Sample) {{
    state.calls += 1;
    sample.number = state.calls;
}}
"
        )
    };
    let song = Song::new(&text("bad: Bad"));
    let builder = Program::builder(song.path()).watch(false).faults(Faults::signals());
    let program = builder.open().expect("the file opens");
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    let mut number = || {
        let mut sample = Sample::default();
        (closure.call(&mut sample).outcome, sample.number)
    };
    assert_eq!(number(), (Outcome::Done, 1));
    program.apply(&text("other: u8")).expect("live");
    assert_eq!(number(), (Outcome::Done, 2), "the sound goes on");
    program.apply(&text("bad: Bad")).expect("live");
    assert_eq!(number(), (Outcome::Done, 3));
    let fault = |event: &Event| matches!(event, Event::Fault(_));
    let mut told = vec![wait_for(&program, fault)];
    // The other one is dropped with its closure.
    drop(closure);
    told.push(wait_for(&program, fault));
    assert_eq!(program.generation(), 3, "nothing is gone back from");
    assert!(!thread::panicking());
    let faults = told.into_iter().filter_map(|event| match event {
        Event::Fault(fault) => Some(fault),
        _ => None,
    });
    faults.collect()
}

#[test]
fn a_state_whose_drop_faults_is_leaked_and_named() {
    for (line, message) in
        [("panic!(\"in drop\")", "in drop"), ("deep(0);", "stack overflow"), (WRITE, "SIGSEGV")]
    {
        for fault in drops(line) {
            assert_eq!(fault.kind, FaultKind::InDrop, "{fault}");
            assert_eq!(fault.closure, "State", "{fault}");
            let text = fault.to_string();
            let named = text.contains(message) && text.ends_with("What it had left is leaked.");
            assert!(named, "{text}");
        }
    }
}

#[test]
fn a_default_that_faults_is_refused() {
    let song = Song::new(&text(""));
    let builder = Program::builder(song.path()).watch(false).faults(Faults::signals());
    let program = builder.open().expect("the file opens");
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    let state = format!(
        "pub struct State {{ _a: u8 }}
impl Default for State {{ fn default() -> State {{ {WRITE} State {{ _a: 1 }} }} }}"
    );
    let bad = text("").replace("#[derive(Default)] pub struct State;", &state);
    let refused = program.apply(&bad).expect_err("no state can be made").to_string();
    assert!(refused.contains("`State::default` faulted: SIGSEGV"), "{refused}");
    assert_eq!(closure.call(&mut Sample::default()).outcome, Outcome::Done);
    assert_eq!(program.generation(), 1);
}

/// A state that counts calls, and writes them on top of `base`; `more` follows its fields.
fn counting(more: &str, base: u32, items: &str) -> String {
    format!(
        "{SAMPLE}#[derive(Default)] pub struct State {{ calls: u32{more} }}
pub fn process(state: &mut State, sample: &mut Sample) {{
    state.calls += 1;
    sample.number = {base} + state.calls;
}}
{items}"
    )
}

/// Such a file whose `migrate` does `line` first.
fn migrating(line: &str) -> String {
    let items = format!(
        "pub struct Old {{ calls: u32 }}
fn migrate(old: &Old) -> State {{ {line} State {{ more: 7, calls: old.calls + 100 }} }}
#[inline(never)] pub fn deep(n: u64) -> u64 {{
    if n == u64::MAX {{ return 0 }}
    std::hint::black_box(deep(std::hint::black_box(n) + 1)) + 1
}}
#[inline(never)] extern \"C\" fn c(n: u32) {{ if n != 0 {{ panic!(\"in C\") }} }}
"
    );
    counting(", more: u64", 1000, &items)
}

#[test]
fn a_migrate_that_faults_leaves_the_old_state_and_the_old_code() {
    let faults = [
        (WRITE, FaultKind::Signal(11), "SIGSEGV"),
        ("deep(0);", FaultKind::StackOverflow, "stack overflow"),
        ("c(old.calls);", FaultKind::Abandoned, "in C, in a function that cannot unwind"),
    ];
    for (line, kind, message) in faults {
        for is_alone in [true, false] {
            let song = Song::new(&counting("", 0, ""));
            let builder = Program::builder(song.path()).watch(false).faults(Faults::signals());
            let program = builder.open().expect("the file opens");
            let mut closure = program.closure::<Sample>("process").expect("a closure");
            let other = (!is_alone).then(|| program.participant());
            let mut call = || {
                let mut sample = Sample::default();
                let call = closure.call(&mut sample);
                (call.outcome != Outcome::Silent, call.generation, sample.number)
            };
            assert_eq!(call(), (true, 1, 1));
            program.apply(&migrating(line)).expect("posted");
            assert_eq!(call(), (true, 1, 2), "{line}, alone: {is_alone}");
            assert!(!thread::panicking());
            let told = wait_for(&program, |event| matches!(event, Event::Fault(_)));
            let Event::Fault(fault) = told else { unreachable!("waited for a fault") };
            assert_eq!((fault.kind, fault.closure.as_str()), (kind, "migrate"), "{fault}");
            assert_eq!((fault.generation, fault.back_to), (2, Some(1)), "{fault}");
            assert!(fault.message.contains(message), "{fault}");
            wait_until("the program is back", || program.generation() == 1);
            assert_eq!(call(), (true, 1, 3), "{line}, alone: {is_alone}");
            program.apply(&migrating("")).expect("the next edit finds everything as it was");
            assert_eq!(call(), (true, 3, 1104), "{line}, alone: {is_alone}");
            drop(other);
        }
    }
}
