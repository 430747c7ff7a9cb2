//! Faults with several callers: the newest commit is taken back for all of them by the thread that
//! faulted, before its call ends, while the other threads go on calling.

use std::{
    sync::atomic::{AtomicBool, AtomicU64, AtomicUsize, Ordering},
    thread,
};

use crate::{
    alone,
    song::{SAMPLE, Sample, Song, remembering_compiler, wait_for, wait_until},
};
use segue::{Event, FaultKind, Faults, Outcome, Program};

/// A pure function and a closure; `bad` goes into both.
fn text(bad: &str) -> String {
    format!(
        "{SAMPLE}#[derive(Default)]
pub struct State {{ calls: u32 }}
#[inline(never)] pub fn double(x: u64) -> u64 {{ {bad} std::hint::black_box(x) * 2 }}
pub fn process(state: &mut State, sample: &mut Sample) {{
    state.calls += 1;
    sample.number = double(sample.number as u64) as u32;
}}
#[inline(never)] pub fn deep(n: u64) -> u64 {{
    if n == u64::MAX {{ return 0 }}
    std::hint::black_box(deep(std::hint::black_box(n) + 1)) + 1
}}
unsafe extern \"C\" {{
    fn memfd_create(name: *const u8, flags: u32) -> i32;
    fn mmap(at: *mut u8, n: usize, p: i32, f: i32, fd: i32, o: i64) -> *mut u8;
}}
#[inline(never)] pub fn gone() {{
    let file = unsafe {{ memfd_create(c\"empty\".as_ptr().cast(), 0) }};
    unsafe {{ mmap(std::ptr::null_mut(), 4096, 3, 1, file, 0).write_volatile(1) }};
}}
"
    )
}

/// What a bad generation does when it is asked to double 21.
const BAD: [(&str, FaultKind); 6] = [
    ("if x == 21 { panic!(\"no\") }", FaultKind::Panic),
    ("if x == 21 { return deep(0) }", FaultKind::StackOverflow),
    (
        "if x == 21 { unsafe { (std::hint::black_box(16) as *mut u32).write_volatile(1) } }",
        FaultKind::Signal(11),
    ),
    ("if x == 21 { unsafe { std::arch::asm!(\"ud2\") } }", FaultKind::Signal(4)),
    (
        "if x == 21 {
            let zero = std::hint::black_box(0);
            unsafe { std::arch::asm!(\"div ecx\", inout(\"eax\") 1 => _, inout(\"edx\") 0 => _, in(\"ecx\") zero) }
        }",
        FaultKind::Signal(8),
    ),
    ("if x == 21 { gone() }", FaultKind::Signal(7)),
];

fn open(song: &Song) -> Program {
    let builder = Program::builder(song.path()).compiler(remembering_compiler()).watch(false);
    builder.faults(Faults::signals()).open().expect("the file opens")
}

#[test]
fn a_fault_of_a_handle_goes_back_before_the_call_ends() {
    for (bad, kind) in BAD {
        let song = Song::new(&text(""));
        let program = open(&song);
        let double = program.bind::<fn(u64) -> u64>("double").expect("a handle");
        let me = program.participant();
        program.apply(&text(bad)).expect("live");
        let fault = double.pin(&me).try_call(21).expect_err("it faults");
        assert_eq!((fault.kind, fault.generation, fault.back_to), (kind, 2, Some(1)), "{fault}");
        // Not by the program's thread, later: the slot has the good code again.
        assert_eq!(double.pin(&me).try_call(21).expect("the good code"), 42);
        assert!(!thread::panicking());
        let told = wait_for(&program, |event| matches!(event, Event::Fault(_)));
        assert!(told.to_string().contains("`double`"), "{told}");
        wait_until("the program is back", || program.generation() == 1);
        // The mark is in the history, and the same text can be tried again.
        let marks = program.history();
        let marks: Vec<_> = marks.iter().map(|each| each.faulted.is_some()).collect();
        assert_eq!(marks, [false, true]);
        assert_eq!(
            program.redo().expect_err("it is passed over").kind(),
            segue::ErrorKind::History
        );
        assert_eq!(program.apply(&text(bad)).expect("tried again").generation, 3);
        assert_eq!(double.pin(&me).try_call(1).expect("other input"), 2);
        assert_eq!(double.pin(&me).try_call(21).expect_err("again").back_to, Some(1));
    }
}

#[test]
fn a_closure_among_several_callers_goes_on_within_the_call() {
    for (bad, kind) in BAD {
        let song = Song::new(&text(""));
        let program = open(&song);
        let mut closure = program.closure::<Sample>("process").expect("a closure");
        let mut other = program.closure::<Sample>("process").expect("a closure");
        let call = |closure: &mut segue::Closure<Sample>, number| {
            let mut sample = Sample { number, ..Sample::default() };
            let call = closure.call(&mut sample);
            (call.outcome, sample.number)
        };
        for round in 0..3 {
            program.apply(&text(bad)).expect("live");
            assert_eq!(call(&mut other, 1), (Outcome::Done, 2), "the new code works for others");
            let ended = call(&mut closure, 21);
            assert_eq!(ended, (Outcome::RolledBack, 42), "{bad}, round {round}");
            assert_eq!(call(&mut other, 21), (Outcome::Done, 42), "it went back for all");
            let told = wait_for(&program, |event| matches!(event, Event::Fault(_)));
            let Event::Fault(fault) = told else { unreachable!("waited for a fault") };
            assert_eq!((fault.kind, fault.back_to), (kind, Some(1)), "{fault}");
            wait_until("the program is back", || program.generation() == 1);
        }
    }
}

#[test]
fn a_state_of_another_type_goes_back_with_several_callers() {
    let song = Song::new(&text(""));
    let program = open(&song);
    let mut closures: Vec<_> =
        (0..2).map(|_| program.closure::<Sample>("process").expect("a closure")).collect();
    let bad = text(BAD[0].0).replace("calls: u32 }", "calls: u32, more: [u64; 9] }");
    program.apply(&bad).expect("live");
    let mut numbers = || {
        let mut call = |closure: &mut segue::Closure<Sample>| {
            let mut sample = Sample { number: 21, ..Sample::default() };
            (closure.call(&mut sample).outcome, sample.number)
        };
        closures.iter_mut().map(&mut call).collect::<Vec<_>>()
    };
    let [first, second] = numbers()[..] else { unreachable!("two closures") };
    assert_eq!(first, (Outcome::RolledBack, 42));
    // Whether its own call faulted or the program brought it back before that.
    assert_eq!(second.1, 42);
    wait_until("the program is back", || program.generation() == 1);
    assert_eq!(numbers(), [(Outcome::Done, 42); 2]);
}

#[test]
fn without_a_prepared_way_the_program_goes_back_all_the_same() {
    let other_type = text(BAD[0].0).replace("calls: u32 }", "calls: u32, more: [u64; 9] }");
    for bad in [text(BAD[0].0), other_type] {
        let song = Song::new(&text(""));
        let program = open(&song);
        let mut closures: Vec<_> =
            (0..2).map(|_| program.closure::<Sample>("process").expect("a closure")).collect();
        program.apply(&bad).expect("live");
        program.undo().expect("nothing was called yet");
        // An undo, redo or number prepares no way back.
        program.go_to(2).expect("nor is it marked");
        let mut call = |index: usize| {
            let mut sample = Sample { number: 21, ..Sample::default() };
            (closures[index].call(&mut sample).outcome, sample.number)
        };
        assert_ne!(call(0).0, Outcome::Done);
        wait_until("the program is back", || program.generation() == 1);
        assert_eq!([call(0), call(1)], [(Outcome::Done, 42); 2]);
        assert!(program.history()[1].faulted.is_some());
    }
}

#[test]
fn a_program_of_which_every_generation_faults_ends_silent() {
    let song = Song::new(&text(BAD[0].0));
    let program = open(&song);
    let mut closures: Vec<_> =
        (0..2).map(|_| program.closure::<Sample>("process").expect("a closure")).collect();
    for n in 0..4 {
        program.apply(&text(&format!("if x == 21 {{ panic!(\"no {n}\") }}"))).expect("live");
        let mut sample = Sample { number: 1, ..Sample::default() };
        closures[0].call(&mut sample);
    }
    let mut sample = Sample { number: 21, ..Sample::default() };
    wait_until("all are gone back on", || {
        closures[0].call(&mut sample);
        program.history().iter().all(|each| each.faulted.is_some())
    });
    assert_eq!(program.generation(), 1);
    assert_eq!(closures[0].call(&mut sample).outcome, Outcome::Silent);
    program.apply(&text("")).expect("live");
    let call = closures[0].call(&mut sample);
    assert_eq!((call.outcome, sample.number), (Outcome::Done, 42));
}

/// Waits until `count` threads are in it, and then does what its callee says.
fn meeting(callee: &str, count: usize) -> String {
    format!(
        "use std::sync::atomic::{{AtomicUsize, Ordering}};
#[inline(never)] pub fn which(place: u64) -> usize {{ {callee} }}
pub fn meet(place: u64) -> u64 {{ [1_u64, 2][which(std::hint::black_box(place))] }}
pub fn wait(place: u64) {{
    let inside = unsafe {{ &*(place as *const AtomicUsize) }};
    inside.fetch_add(1, Ordering::AcqRel);
    while inside.load(Ordering::Acquire) < {count} {{ std::thread::yield_now() }}
}}
"
    )
}

/// Lets `count` threads fault at once in the newest of three generations.
fn fault_together(callee: &str, count: usize, is_prepared: bool) {
    let song = Song::new(&meeting("place as usize * 0", count));
    let program = open(&song);
    program.apply(&meeting("(place * 0) as usize + 1", count)).expect("live");
    let meet = program.bind::<fn(u64) -> u64>("meet").expect("a handle");
    let participants: Vec<_> = (0..count).map(|_| program.participant()).collect();
    program.apply(&meeting(callee, count)).expect("live");
    if !is_prepared {
        program.undo().expect("nothing was called yet");
        program.go_to(3).expect("without a way back");
    }
    let inside = AtomicUsize::new(0);
    let place = (&raw const inside).addr() as u64;
    thread::scope(|scope| {
        for me in participants {
            let meet = &meet;
            scope.spawn(move || meet.pin(&me).try_call(place).expect_err("it faults"));
        }
    });
    for each in 0..count {
        let told = wait_for(&program, |event| matches!(event, Event::Fault(_)));
        let Event::Fault(fault) = told else { unreachable!("waited for a fault") };
        let went = (fault.generation, fault.back_to);
        assert_eq!(went, (3, Some(2)), "{callee}, {each} of {count}, {is_prepared}: {fault}");
    }
    assert_eq!(program.generation(), 2, "{callee}, {count}, {is_prepared}");
    let faulted: Vec<_> = program.history().iter().map(|each| each.faulted.is_some()).collect();
    assert_eq!(faulted, [false, false, true]);
    let me = program.participant();
    assert_eq!(meet.pin(&me).try_call(place).expect("the good code"), 2);
}

#[test]
fn threads_that_fault_at_once_leave_one_generation() {
    let callees = [
        "wait(place); panic!(\"no\")",
        "wait(place); std::panic::resume_unwind(Box::new(7_u8))",
        // What panics is the caller, which is older code.
        "wait(place); 7",
    ];
    for callee in callees {
        for (count, is_prepared) in [(2, true), (2, false), (8, true), (8, false)] {
            fault_together(callee, count, is_prepared);
        }
    }
}

#[test]
fn a_caller_that_never_returned_meets_the_bad_callee_and_the_others_go_on() {
    let song =
        Song::new(&text("").replace("sample.number =", "sample.place += 1; sample.number ="));
    let spin =
        "pub fn spin(x: u64) -> u64 { let mut n = 0; while double(x) == x * 2 { n += 1; } n }";
    let good = |bad: &str| text(bad) + spin;
    song.save(&good(""));
    let program = open(&song);
    let spin = program.bind::<fn(u64) -> u64>("spin").expect("a handle");
    let me = program.participant();
    let (started, starting) = std::sync::mpsc::channel();
    let spinner = thread::spawn(move || {
        let pinned = spin.pin(&me);
        started.send(()).expect("the test waits");
        pinned.try_call(21).map_err(|fault| fault.kind)
    });
    starting.recv().expect("it starts");
    program.apply(&good(BAD[0].0)).expect("live");
    let ended = spinner.join().expect("no panic leaves it");
    assert_eq!(ended.expect_err("it met the new callee"), FaultKind::Panic);
    wait_until("the program is back", || program.generation() == 1);
}

#[test]
fn a_hundred_faults_of_handles_while_other_threads_call() {
    alone::survives(|| {
        for (bad, kind) in BAD {
            a_hundred(bad, kind);
        }
    });
}

fn a_hundred(bad: &str, kind: FaultKind) {
    let song = Song::new(&text(""));
    let program = open(&song);
    let double = program.bind::<fn(u64) -> u64>("double").expect("a handle");
    let (stop, counted) = (AtomicBool::new(false), [AtomicU64::new(0), AtomicU64::new(0)]);
    thread::scope(|scope| {
        for counted in &counted {
            let (double, me, stop) = (double.clone(), program.participant(), &stop);
            scope.spawn(move || {
                while !stop.load(Ordering::Relaxed) {
                    assert_eq!(double.pin(&me).call(4), 8);
                    counted.fetch_add(1, Ordering::Relaxed);
                    thread::yield_now();
                }
            });
        }
        let stop = StopOnDrop(&stop);
        let me = program.participant();
        for round in 0..100 {
            program.apply(&text(bad)).expect("live");
            let fault = double.pin(&me).try_call(21).expect_err("it faults");
            assert_eq!((fault.kind, fault.back_to), (kind, Some(1)), "round {round}: {fault}");
            assert_eq!(double.pin(&me).call(21), 42, "round {round}");
            wait_until("the program is back", || program.generation() == 1);
            let before = counted.each_ref().map(|each| each.load(Ordering::Relaxed));
            wait_until("the others go on", || {
                let now = counted.each_ref().map(|each| each.load(Ordering::Relaxed));
                now.iter().zip(before).all(|(now, before)| *now > before)
            });
        }
        drop(stop);
    });
}

/// Ends the counting threads also when the test fails.
struct StopOnDrop<'a>(&'a AtomicBool);

impl Drop for StopOnDrop<'_> {
    fn drop(&mut self) {
        self.0.store(true, Ordering::Relaxed);
    }
}
