//! From a fault to the last good generation: the time of the call that faults and of what is done for it,
//! until the good code has answered. And what the guard costs a call that does not fault.
//!
//! `closure` is the one caller, which renders its block again; `handle` one of several, which goes
//! back for all and calls once more. A stack overflow first fills the stack: `fault.overflow_alone`
//! is a recursion as deep that returns, of a thread that did it before.

mod measure;

use std::{error::Error, thread, time::Instant};

use measure::{Comparison, Outcome, figure, live::LiveFile, side};
use segue::{Faults, Program};

const ROUNDS: usize = 200;
const CALLS: u64 = 20_000;
/// The calling threads' stacks: what Rust gives a thread.
const STACK: usize = 2 << 20;

/// What the bad generation does when it is asked to double 21.
const BAD: [(&str, &str); 7] = [
    ("panic", "if x == 21 { panic!(\"no\") }"),
    ("panic_in_cleanup", "if x == 21 { let _bad = Bad; panic!(\"first\") }"),
    ("stack_overflow", "if x == 21 { return deep(x, u64::MAX) }"),
    (
        "sigsegv",
        "if x == 21 { unsafe { (std::hint::black_box(16) as *mut u32).write_volatile(1) } }",
    ),
    ("sigill", "if x == 21 { unsafe { std::arch::asm!(\"ud2\") } }"),
    (
        "sigfpe",
        "if x == 21 { unsafe { std::arch::asm!(\"div ecx\", inout(\"eax\") 1 => _,
            inout(\"edx\") 0 => _, in(\"ecx\") 0) } }",
    ),
    ("sigbus", "if x == 21 { unsafe { gone().write_volatile(1) } }"),
];

/// What closures are called with.
#[repr(C)]
#[derive(Default)]
struct Number {
    value: u64,
}

// SAFETY: the text below is that type, `repr(C)` over a primitive one.
unsafe impl segue::Shared for Number {
    const NAME: &'static str = "Number";
    const SOURCE: &'static str = "#[repr(C)] pub struct Number { pub value: u64 }";
}

fn text(bad: &str) -> String {
    format!(
        "#[repr(C)] pub struct Number {{ pub value: u64 }}
#[derive(Default)] pub struct State;
unsafe extern \"C\" {{
    fn memfd_create(name: *const u8, flags: u32) -> i32;
    fn mmap(at: *mut u8, size: usize, protection: i32, flags: i32, file: i32, from: i64) -> *mut u8;
}}
#[inline(never)] pub unsafe fn gone() -> *mut u8 {{
    static mut GONE: usize = 0;
    unsafe {{
        if GONE == 0 {{
            let file = memfd_create(c\"empty\".as_ptr().cast(), 0);
            GONE = mmap(std::ptr::null_mut(), 4096, 3, 1, file, 0) as usize;
        }}
        GONE as *mut u8
    }}
}}
struct Bad; impl Drop for Bad {{ fn drop(&mut self) {{ panic!(\"second\") }} }}
#[inline(never)] pub fn deep(n: u64, end: u64) -> u64 {{
    if n == end {{ return 0 }}
    std::hint::black_box(deep(std::hint::black_box(n) + 1, end)) + 1
}}
#[inline(never)] pub fn double(x: u64) -> u64 {{ {bad} x.wrapping_mul(2) }}
pub fn process(_: &mut State, number: &mut Number) {{ number.value = double(number.value); }}
"
    )
}

fn main() -> Outcome {
    let run = || measure().map_err(|error| error.to_string());
    let thread = thread::Builder::new().stack_size(STACK).spawn(run)?;
    Ok(thread.join().map_err(|_| "the measuring thread panicked")??)
}

fn measure() -> Outcome {
    segue::runtime::prepare_thread();
    for (name, bad) in BAD {
        closure(name, bad)?;
        handle(name, bad)?;
    }
    guard()
}

fn open(file: &LiveFile) -> Result<Program, Box<dyn Error>> {
    Ok(file.remembering()?.faults(Faults::signals()).open()?)
}

fn closure(name: &str, bad: &str) -> Outcome {
    let file = LiveFile::new(&text(""))?;
    let program = open(&file)?;
    let mut closure = program.closure::<Number>("process")?;
    let mut micros = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        program.apply(&text(bad))?;
        let mut number = Number { value: 21 };
        let started = Instant::now();
        let call = closure.call(&mut number);
        micros.push(started.elapsed().as_secs_f64() * 1e6);
        assert_eq!((call.outcome, number.value), (segue::Outcome::RolledBack, 42));
    }
    figure(&format!("fault.closure.{name}"), "us", &micros);
    Ok(())
}

fn handle(name: &str, bad: &str) -> Outcome {
    let file = LiveFile::new(&text(""))?;
    let program = open(&file)?;
    let double = program.bind::<fn(u64) -> u64>("double")?;
    let deep = program.bind::<fn(u64, u64) -> u64>("deep")?;
    let me = program.participant();
    let (mut micros, mut alone) = (Vec::with_capacity(ROUNDS), Vec::with_capacity(ROUNDS));
    for _ in 0..ROUNDS {
        program.apply(&text(bad))?;
        let pinned = double.pin(&me);
        let started = Instant::now();
        let fault = pinned.try_call(21).err().ok_or("it was to fault")?;
        let answer = pinned.call(21);
        micros.push(started.elapsed().as_secs_f64() * 1e6);
        assert_eq!((fault.back_to, answer), (Some(1), 42));
        drop(pinned);
        while program.generation() != 1 {
            thread::yield_now();
        }
        let started = Instant::now();
        // 32 bytes a frame, as the compiler makes it today.
        deep.pin(&me).call(0, (STACK as u64 - (200 << 10)) / 32);
        alone.push(started.elapsed().as_secs_f64() * 1e6);
    }
    figure(&format!("fault.handle.{name}"), "us", &micros);
    if name == "stack_overflow" {
        figure("fault.overflow_alone", "us", &alone);
    }
    Ok(())
}

fn guard() -> Outcome {
    let file = LiveFile::new(&text(""))?;
    let program = open(&file)?;
    let double = program.bind::<fn(u64) -> u64>("double")?;
    let me = program.participant();
    let pinned = double.pin(&me);
    let mut comparison = Comparison::default();
    let mut sides = [
        side("call", |times| (0..times).fold(1, |x, _| pinned.call(x))),
        side("try_call", |times| (0..times).fold(1, |x, _| pinned.try_call(x).unwrap_or(x))),
    ];
    comparison.measure(250, CALLS, &mut sides);
    comparison.print("fault.guard");
    Ok(())
}
