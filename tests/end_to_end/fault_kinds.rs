//! Every kind of fault, in a closure that is the only caller: the last good generation is back within
//! the call, the fault is told, and the thread is as it was.

use std::{
    sync::atomic::{AtomicBool, AtomicU64, Ordering},
    thread,
};

use crate::{
    alone,
    song::{SAMPLE, Sample, Song, reclaim_all, remembering_compiler, wait_for, wait_until},
};
use segue::{Event, Fault, FaultKind, Faults, Outcome, Program};

/// The good generation: doubles the number. The others replace the marked line.
const GOOD: &str = "#[derive(Default)]
pub struct State { calls: u32 }
pub fn process(state: &mut State, sample: &mut Sample) {
    state.calls += 1;
    sample.number *= 2; // the line
}
";

/// A generation whose process does `line` first, with `items` beside it.
fn bad(line: &str, items: &str) -> String {
    let good = format!("{SAMPLE}{GOOD}{items}\n");
    good.replace("sample.number *= 2; // the line", line)
}

fn open(song: &Song) -> Program {
    let builder = Program::builder(song.path()).watch(false).faults(Faults::signals());
    builder.open().expect("the file opens")
}

/// Lets a closure meet the faulty generation, and returns what was told of it.
#[track_caller]
fn meets(line: &str, items: &str) -> Fault {
    let song = Song::new(&bad("sample.number *= 2;", items));
    let program = open(&song);
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    program.apply(&bad(line, items)).expect("it compiles");
    let mut sample = Sample { number: 21, ..Sample::default() };
    let call = closure.call(&mut sample);
    assert_eq!((call.outcome, call.generation), (Outcome::RolledBack, 1), "{line}");
    assert_eq!(sample.number, 42, "the good generation did the call: {line}");
    assert!(!thread::panicking(), "the thread is as it was: {line}");
    let Event::Fault(fault) = wait_for(&program, |event| matches!(event, Event::Fault(_))) else {
        unreachable!("waited for a fault")
    };
    assert_eq!((fault.generation, fault.back_to), (2, Some(1)), "{line}");
    fault
}

#[track_caller]
fn tells(line: &str, items: &str, kind: FaultKind, message: &str) {
    let fault = meets(line, items);
    assert_eq!(fault.kind, kind, "{fault}");
    assert!(fault.message.contains(message), "{line}: {fault}");
}

#[test]
fn panics_of_every_kind() {
    let panics = [
        ("panic!(\"no {}\", 1);", "no 1"),
        ("assert_eq!(sample.number, 1);", "assertion `left == right` failed"),
        ("None::<u32>.unwrap();", "called `Option::unwrap()` on a `None` value"),
        ("Err::<u32, _>(7).expect(\"seven\");", "seven: 7"),
        ("let at = sample.number as usize; [1, 2][at];", "index out of bounds"),
        ("sample.number /= state.calls - 1;", "divide by zero"),
        ("sample.number = sample.number.strict_add(u32::MAX);", "overflow"),
        ("let c = std::cell::RefCell::new(1); let _a = c.borrow_mut(); c.borrow();", "borrowed"),
        ("\"é\".split_at(1);", "char boundary"),
        ("unreachable!(\"not {}\", 2);", "not 2"),
        ("todo!();", "not yet implemented"),
        ("std::panic::resume_unwind(Box::new(\"resumed\"));", "resumed"),
        ("std::panic::panic_any(5_u8);", "no text"),
        ("std::panic::panic_any(String::from(\"a string\"));", "a string"),
    ];
    for (line, message) in panics {
        tells(line, "", FaultKind::Panic, message);
    }
}

#[test]
fn a_payload_that_panics_when_it_is_dropped() {
    let items =
        "struct Payload; impl Drop for Payload { fn drop(&mut self) { panic!(\"again\") } }";
    tells("std::panic::panic_any(Payload);", items, FaultKind::Panic, "");
}

#[test]
fn a_panic_that_live_code_caught_is_not_told_for_another() {
    let line = "let _ = std::panic::catch_unwind(|| panic!(\"inner\"));
        std::panic::resume_unwind(Box::new(\"outer\"));";
    tells(line, "", FaultKind::Panic, "outer");
    // Nor is one of which nothing can be read.
    let line = line.replace("\"outer\"", "7_u8");
    let fault = meets(&line, "");
    assert_eq!((&*fault.message, fault.line), ("a panic with a value that is no text", 0));
    assert!(fault.backtrace.is_empty(), "{fault:?}");
    // Nor where frames are abandoned.
    let items = "#[inline(never)] extern \"C\" fn c() {
        std::panic::resume_unwind(Box::new(\"outer\"))
    }";
    let line = "let _ = std::panic::catch_unwind(|| panic!(\"inner\")); c();";
    let fault = meets(line, items);
    assert_eq!(fault.message, "outer, in a function that cannot unwind");
    assert!(fault.backtrace.is_empty() && fault.line == 0, "{fault:?}");
    // The same panic, caught and resumed: its place, and no frames.
    let line = "let caught = std::panic::catch_unwind(|| panic!(\"inner\"));
        std::panic::resume_unwind(caught.unwrap_err());";
    let fault = meets(line, "");
    assert!(fault.message == "inner" && fault.line > 0, "{fault:?}");
    assert!(fault.backtrace.is_empty(), "{fault:?}");
}

#[test]
fn a_panic_that_an_earlier_call_caught_is_not_told() {
    let line =
        "if state.calls == 1 { _ = std::panic::catch_unwind(|| panic!(\"inner\")) } else { c() }";
    let items = format!("{FOREIGN} #[inline(never)] extern \"C\" fn c() {{ throw() }}");
    let song = Song::new(&bad("sample.number *= 2;", &items));
    let program = open(&song);
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    let line = format!("if state.calls > 1 {{ {line} }}").replace("calls == 1", "calls == 2");
    program.apply(&bad(&line, &items)).expect("it compiles");
    let mut call = || closure.call(&mut Sample::default()).outcome;
    assert_eq!([call(), call(), call()], [Outcome::Done, Outcome::Done, Outcome::RolledBack]);
    let told = wait_for(&program, |event| matches!(event, Event::Fault(_)));
    let Event::Fault(fault) = told else { unreachable!("waited for a fault") };
    assert_eq!(fault.message, "a panic, in a function that cannot unwind");
    assert!(fault.backtrace.is_empty(), "{fault:?}");
}

/// Throws an exception that is not Rust's.
const FOREIGN: &str =
    "#[repr(C, align(16))] struct Foreign { class: u64, end: usize, private: [usize; 2] }
    unsafe extern \"C-unwind\" { fn _Unwind_RaiseException(exception: *mut Foreign) -> i32; }
    fn throw() {
        let foreign = Foreign { class: 0x434c4e47432b2b00, end: 0, private: [0; 2] };
        unsafe { _Unwind_RaiseException(Box::leak(Box::new(foreign))) };
    }";

#[test]
fn a_destructor_that_panics() {
    let items = "struct Bad; impl Drop for Bad { fn drop(&mut self) { panic!(\"dropped\") } }";
    tells("drop(Bad);", items, FaultKind::Panic, "dropped");
}

#[test]
fn a_destructor_that_panics_while_a_panic_unwinds() {
    let items = "struct Bad; impl Drop for Bad { fn drop(&mut self) { panic!(\"second\") } }";
    let message = "second, in a destructor, while another panic unwound";
    tells("let _bad = Bad; panic!(\"first\");", items, FaultKind::Abandoned, message);
}

#[test]
fn a_panic_that_would_leave_a_c_function() {
    let items = "#[inline(never)] extern \"C\" fn c(n: u32) { if n != 0 { panic!(\"in C\") } }";
    let message = "in C, in a function that cannot unwind";
    tells("c(sample.number);", items, FaultKind::Abandoned, message);
}

#[test]
fn an_exception_of_another_language() {
    let items =
        "#[repr(C, align(16))] struct Foreign { class: u64, end: usize, private: [usize; 2] }
    unsafe extern \"C-unwind\" { fn _Unwind_RaiseException(exception: *mut Foreign) -> i32; }";
    let line = "let foreign = Foreign { class: 0x434c4e47432b2b00, end: 0, private: [0; 2] };
        unsafe { _Unwind_RaiseException(Box::leak(Box::new(foreign))) };";
    tells(line, items, FaultKind::Panic, "an exception of another language");
}

#[test]
fn a_stack_overflow() {
    let items = "#[inline(never)] fn deep(n: u64) -> u64 {
        std::hint::black_box(deep(std::hint::black_box(n) + 1)) + 1
    }";
    let line = "sample.number = deep(0) as u32;";
    tells(line, items, FaultKind::StackOverflow, "stack overflow in `song::deep`");
}

#[test]
fn a_stack_overflow_with_large_frames() {
    let items = "#[inline(never)] fn deep(n: u64) -> u64 {
        let room = std::hint::black_box([n; 9000]);
        std::hint::black_box(deep(room[7] + 1)) + 1
    }";
    tells("sample.number = deep(0) as u32;", items, FaultKind::StackOverflow, "in `song::deep`");
}

#[test]
fn a_stack_overflow_in_code_of_the_host() {
    // Most of this recursion's stack is the standard library's: formatting and allocating.
    let items = "#[inline(never)] fn deep(n: u64) -> String {
        let inner = if n == u64::MAX { String::new() } else { deep(n + 1) };
        format!(\"{n} {inner}\")
    }
    struct Deep(u32);
    impl std::fmt::Display for Deep {
        fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
            write!(f, \"{} {:?}\", Deep(self.0 + 1), [self.0; 2])
        }
    }
    #[inline(never)] fn boxes(n: u64) -> Box<u64> {
        let here = std::hint::black_box(vec![n; 3]);
        Box::new(*boxes(here[1] + 1) + here[2])
    }";
    for line in [
        "sample.number = deep(0).len() as u32;",
        "sample.number = Deep(0).to_string().len() as u32;",
        "sample.number = *boxes(0) as u32;",
    ] {
        let fault = meets(line, items);
        assert_eq!(fault.kind, FaultKind::StackOverflow, "{fault}");
        // The allocator and formatting hold nothing: other threads and this one use them.
        let other = thread::spawn(|| format!("{:?}", vec![1; 1000]).len());
        assert_eq!(other.join().expect("it returns"), 3000);
    }
}

const MEMORY: &str = "unsafe { (std::hint::black_box(16) as *mut u32).write_volatile(1) };";
const TRAP: &str = "unsafe { std::arch::asm!(\"ud2\") };";
const DIVISION: &str = "unsafe {
    std::arch::asm!(\"div ecx\", inout(\"eax\") 1 => _, inout(\"edx\") 0 => _, in(\"ecx\") 0)
};";
/// A page of a file that is empty.
const GONE: &str = "unsafe {
    let file = memfd_create(c\"empty\".as_ptr().cast(), 0);
    let at = mmap(std::ptr::null_mut(), 4096, 3, 1, file, 0);
    at.write_volatile(1);
}";
const MAPPED: &str = "unsafe extern \"C\" {
    fn memfd_create(name: *const u8, flags: u32) -> i32;
    fn mmap(at: *mut u8, n: usize, p: i32, f: i32, fd: i32, o: i64) -> *mut u8;
}";

#[test]
fn signals_in_live_code() {
    tells(MEMORY, "", FaultKind::Signal(11), "SIGSEGV (memory that is not there, at 0x10) in `");
    let null = "let f: extern \"C\" fn() = unsafe { std::mem::transmute(std::hint::black_box(8_usize)) }; f();";
    tells(null, "", FaultKind::Signal(11), "at 0x8) in `");
    let wild = "unsafe { (std::hint::black_box(0x8000_0000_0000_0000_usize) as *mut u32).write_volatile(1) };";
    tells(wild, "", FaultKind::Signal(11), "SIGSEGV");
    let copied = "let n = std::hint::black_box(4096_usize);
        unsafe { std::ptr::copy(64 as *const u8, (&raw mut *sample).cast::<u8>(), n) };";
    tells(copied, "", FaultKind::Signal(11), "at 0x");
    tells(TRAP, "", FaultKind::Signal(4), "SIGILL (an instruction that does not exist");
    tells(DIVISION, "", FaultKind::Signal(8), "SIGFPE");
    tells(GONE, MAPPED, FaultKind::Signal(7), "SIGBUS (memory that is gone");
}

/// A hundred faults in a row of each kind, while another thread calls the program of `others`.
fn hundreds(others: Others) {
    let items = format!(
        "#[inline(never)] fn deep(n: u64) -> u64 {{
            std::hint::black_box(deep(std::hint::black_box(n) + 1)) + 1
        }}
        struct Bad; impl Drop for Bad {{ fn drop(&mut self) {{ panic!(\"second\") }} }}
        {MAPPED}
        pub fn add(x: u64) -> u64 {{ x + 1 }}"
    );
    let lines = [
        ("deep(0);", FaultKind::StackOverflow),
        (MEMORY, FaultKind::Signal(11)),
        (DIVISION, FaultKind::Signal(8)),
        (TRAP, FaultKind::Signal(4)),
        (GONE, FaultKind::Signal(7)),
        ("let _bad = Bad; panic!(\"first\");", FaultKind::Abandoned),
        ("panic!(\"plain\");", FaultKind::Panic),
    ];
    for (line, kind) in lines {
        a_hundred(&bad("sample.number *= 2;", &items), &bad(line, &items), kind, others);
    }
}

#[derive(Clone, Copy, PartialEq)]
enum Others {
    /// The closure is its program's one caller.
    OfAnotherProgram,
    OfTheSame,
}

#[test]
fn a_hundred_faults_in_a_row_while_another_thread_calls() {
    alone::survives(|| hundreds(Others::OfAnotherProgram));
}

#[test]
fn a_hundred_faults_in_a_row_while_another_thread_calls_the_same_program() {
    alone::survives(|| hundreds(Others::OfTheSame));
}

fn a_hundred(good: &str, bad: &str, kind: FaultKind, others: Others) {
    let song = Song::new(good);
    let builder = Program::builder(song.path()).compiler(remembering_compiler()).watch(false);
    let builder = builder.history(2).faults(Faults::signals());
    let program = builder.open().expect("the file opens");
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    let other = Song::new("pub fn add(x: u64) -> u64 { x + 1 }\n");
    let other = (others == Others::OfAnotherProgram).then(|| open(&other));
    let other = other.as_ref().unwrap_or(&program);
    let (counted, stop) = (AtomicU64::new(0), AtomicBool::new(false));
    thread::scope(|scope| {
        scope.spawn(|| count(other, &counted, &stop));
        let stop = StopOnDrop(&stop);
        let has_counted = |before| {
            wait_until("the other thread goes on", || counted.load(Ordering::Relaxed) > before);
        };
        has_counted(0);
        let mut used = 0;
        for round in 0..100 {
            program.apply(bad).expect("it compiles");
            let mut sample = Sample { number: 21, ..Sample::default() };
            let call = closure.call(&mut sample);
            assert_eq!(call.outcome, Outcome::RolledBack, "{kind:?}, round {round}");
            assert_eq!(sample.number, 42, "{kind:?}, round {round}");
            assert!(!thread::panicking());
            has_counted(counted.load(Ordering::Relaxed));
            let told = wait_for(&program, |event| matches!(event, Event::Fault(_)));
            let Event::Fault(fault) = told else { unreachable!("waited for a fault") };
            assert_eq!((fault.kind, fault.back_to), (kind, Some(1)), "round {round}: {fault}");
            wait_until("the program is back", || program.generation() == 1);
            if round == 20 {
                reclaim_all(&program);
                used = program.memory().code;
            }
        }
        wait_until("code of the faulty generations is reclaimed", || program.memory().code <= used);
        drop(stop);
    });
}

/// Calls through a handle until `stop`, counting.
fn count(program: &Program, counted: &AtomicU64, stop: &AtomicBool) {
    let add = program.bind::<fn(u64) -> u64>("add").expect("a handle");
    let me = program.participant();
    while !stop.load(Ordering::Relaxed) {
        let now = counted.load(Ordering::Relaxed);
        counted.store(add.pin(&me).call(now), Ordering::Relaxed);
        thread::yield_now();
    }
}

/// Ends the counting thread also when the test fails.
struct StopOnDrop<'a>(&'a AtomicBool);

impl Drop for StopOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
