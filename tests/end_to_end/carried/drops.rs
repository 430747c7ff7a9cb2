//! Every value of a state is dropped exactly once, by its own generation's code, however an edit ends.

use std::{
    sync::{Arc, Mutex, mpsc},
    thread,
    time::Duration,
};

use crate::song::{SAMPLE, Sample, Song, open_remembering, wait_for, wait_until};
use segue::{Closure, Event, Outcome, Program};

/// Each value has a number of its own; `DROPS` says how often each was dropped.
const NOISY: &str = "
use std::sync::atomic::{AtomicU8, AtomicU32, Ordering::Relaxed};
static MADE: AtomicU32 = AtomicU32::new(0);
static DROPS: [AtomicU8; 4096] = [const { AtomicU8::new(0) }; 4096];
#[derive(Debug)] pub struct Noisy(u32, Box<u32>);
impl Default for Noisy { fn default() -> Noisy { let n = MADE.fetch_add(1, Relaxed); Noisy(n, Box::new(n)) } }
impl Drop for Noisy { fn drop(&mut self) { assert_eq!(self.0, *self.1); DROPS[self.0 as usize].fetch_add(1, Relaxed); } }
pub fn made() -> u32 { MADE.load(Relaxed) }
pub fn drops(n: u32) -> u32 { u32::from(DROPS[n as usize].load(Relaxed)) }
fn noisy() -> Noisy { Noisy::default() }
pub fn process(state: &mut State, sample: &mut Sample) { step(state); sample.number = 1; }
";

const BEFORE: &str = "
#[derive(Default)] pub struct State { list: Vec<Noisy>, mode: Mode, modes: [Mode; 3], cell: Option<Cell>, boxed: Box<Cell>, pair: (Noisy, u8) }
#[derive(Default)] enum Mode { #[default] Off, On(Noisy), Both { a: Noisy, cell: Cell } }
#[derive(Default)] struct Cell { noisy: Noisy, x: f32 }
fn step(state: &mut State) {
    state.list.push(noisy());
    state.mode = Mode::On(noisy());
    state.modes[1] = Mode::Both { a: noisy(), cell: Cell::default() };
    state.modes[2] = Mode::On(noisy());
    state.cell = Some(Cell::default());
}
";

const AFTER: &str = "
#[derive(Default)] pub struct State { pair: (Noisy, u16, Noisy), cell: Option<Cell>, boxed: Box<Cell>, list: Vec<Noisy>, mode: Mode, modes: [Mode; 2] }
#[derive(Default)] enum Mode { Both { cell: Cell, b: Noisy, a: Noisy }, New(Noisy), #[default] Off }
#[derive(Default)] struct Cell { x: f64, extra: Noisy, noisy: Noisy }
fn step(state: &mut State) { state.list.clear(); state.mode = Mode::New(noisy()); }
";

const MIGRATE: &str = "
pub struct Old { list: Vec<Noisy>, mode: OldMode, modes: [OldMode; 3], cell: Option<OldCell>, boxed: Box<OldCell>, pair: (Noisy, u8) }
enum OldMode { Off, On(Noisy), Both { a: Noisy, cell: OldCell } }
struct OldCell { noisy: Noisy, x: f32 }
fn migrate(old: &Old) -> State { let _scratch = noisy(); State { list: old.list.iter().map(|_| noisy()).collect(), ..State::default() } }
";

fn whole(text: &str) -> String {
    format!("{text}{NOISY}{SAMPLE}")
}

fn called(closure: &mut Closure<Sample>) {
    let mut sample = Sample::default();
    closure.call(&mut sample);
    assert_eq!(sample.number, 1, "the code of one generation ran to its end");
}

/// Lets `edits` happen to a state of `BEFORE`, then ends the closure and counts.
#[track_caller]
fn check(edits: impl FnOnce(&Program, &mut Closure<Sample>)) {
    check_from(BEFORE, edits);
}

#[track_caller]
fn check_from(before: &str, edits: impl FnOnce(&Program, &mut Closure<Sample>)) {
    let song = Song::new(&whole(before));
    let program = open_remembering(&song.path(), 32);
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    called(&mut closure);
    edits(&program, &mut closure);
    drop(closure);
    let made = program.bind::<fn() -> u32>("made").expect("a handle");
    let drops = program.bind::<fn(u32) -> u32>("drops").expect("a handle");
    // A commit collects what the closure left.
    drop(program.apply(&format!("{}// settled\n", whole(before))));
    let me = program.participant();
    let made = made.pin(&me).call();
    assert!((10..4096).contains(&made), "{made} values");
    let counts: Vec<u32> = (0..made).map(|number| drops.pin(&me).call(number)).collect();
    assert!(counts.iter().all(|count| *count == 1), "{counts:?}");
}

#[test]
fn every_value_is_dropped_exactly_once() {
    let apply = |program: &Program, text: &str| drop(program.apply(&whole(text)).expect("live"));
    // There and back, taken each time.
    check(|program, closure| {
        apply(program, AFTER);
        called(closure);
        program.undo().expect("a generation before");
        called(closure);
        program.redo().expect("a generation after");
        called(closure);
    });
    // Never taken: recalled by the next edit, and by the end of the closure.
    check(|program, closure| {
        apply(program, AFTER);
        apply(program, &AFTER.replace("x: f64", "x: u8"));
        called(closure);
        apply(program, BEFORE);
    });
}

/// Enums of which some variants own something and others do not, in every pair of an old one and a new one.
const MIXED: &str = "
#[derive(Default)] pub struct State { modes: [[Mode; 4]; 4], cells: [Option<Cell>; 4] }
#[derive(Default)] enum Mode { #[default] Off, Plain(u32), List { all: Vec<Noisy> }, On(Noisy) }
#[derive(Default)] struct Cell { all: Vec<Noisy>, x: f32 }
fn step(state: &mut State) {
    for row in &mut state.modes {
        row[1] = Mode::Plain(1); row[2] = Mode::List { all: vec![noisy()] }; row[3] = Mode::On(noisy());
    }
    state.cells = [None, None, Some(Cell { all: vec![noisy()], x: 0.0 }), Some(Cell::default())];
}
";

const MIXED_AFTER: &str = "
pub struct State { cells: [Option<Cell>; 4], modes: [[Mode; 4]; 4] }
impl Default for State { fn default() -> State {
    let row = |n| std::array::from_fn(|_| match n {
        0 => Mode::Off, 1 => Mode::Plain(9, vec![noisy()]),
        2 => Mode::List { n: 9, all: vec![noisy()] }, _ => Mode::On(noisy()),
    });
    let cell = |n| (n % 2 == 1).then(|| Cell { x: 0.0, all: vec![noisy()] });
    State { modes: std::array::from_fn(row), cells: std::array::from_fn(cell) }
} }
#[derive(Default)] enum Mode { On(Noisy), New(Noisy), List { n: u16, all: Vec<Noisy> }, #[default] Off, Plain(u32, Vec<Noisy>) }
#[derive(Default)] struct Cell { x: f64, all: Vec<Noisy> }
fn step(state: &mut State) {
    for row in &mut state.modes { row[1] = Mode::New(noisy()); }
    state.cells[0] = Some(Cell { x: 0.0, all: vec![noisy(), noisy()] });
    state.cells[2] = None;
}
";

#[test]
fn every_value_is_dropped_exactly_once_where_some_variants_own_nothing() {
    let apply = |program: &Program, text: &str| drop(program.apply(&whole(text)).expect("live"));
    check_from(MIXED, |program, closure| {
        apply(program, MIXED_AFTER);
        called(closure);
        program.undo().expect("a generation before");
        called(closure);
        program.redo().expect("a generation after");
        called(closure);
    });
    // The new code puts other variants, which own something, and panics; then it is never taken.
    check_from(MIXED, |program, closure| {
        let panics = MIXED_AFTER.replace("state.cells[2] = None;", "panic!()");
        assert_ne!(panics, MIXED_AFTER);
        apply(program, &panics);
        called(closure);
        called(closure);
        apply(program, MIXED_AFTER);
        apply(program, &MIXED_AFTER.replace("n: u16", "n: u32"));
    });
    // A default panics in the middle of many.
    check_from(MIXED, |program, closure| {
        let panics = MIXED_AFTER
            .replace("On(Noisy)", "On(Last)")
            .replace("On(noisy())", "On(Last(noisy()))")
            + "struct Last(Noisy);
               impl Default for Last { fn default() -> Last { if made() > 30 { panic!() } Last(noisy()) } }";
        program.apply(&whole(&panics)).expect_err("a default panics");
        called(closure);
    });
}

#[test]
fn every_value_is_dropped_exactly_once_when_an_edit_is_taken_back() {
    let apply = |program: &Program, text: &str| drop(program.apply(&whole(text)).expect("live"));
    // The new code changes variants, lets values go, and panics.
    check(|program, closure| {
        apply(
            program,
            &AFTER.replace(
                "noisy()); }",
                "noisy()); state.modes[0] = Mode::New(noisy()); panic!() }",
            ),
        );
        called(closure);
        called(closure);
        apply(program, AFTER);
        called(closure);
    });
    // A default panics after others were made.
    check(|program, closure| {
        let panics = AFTER.replace(
            "#[derive(Default)] struct Cell",
            "impl Default for Cell { fn default() -> Cell { if made() > 20 { panic!() } Cell { x: 0.0, extra: noisy(), noisy: noisy() } } } struct Cell",
        );
        program.apply(&whole(&panics)).expect_err("a default panics");
        called(closure);
    });
}

#[test]
fn every_value_is_dropped_exactly_once_around_migrate() {
    let apply = |program: &Program, text: &str| drop(program.apply(&whole(text)).expect("live"));
    let after = format!("{AFTER}{MIGRATE}");
    check(|program, closure| {
        apply(program, &after);
        called(closure);
        program.undo().expect("a generation before");
        called(closure);
    });
    check(|program, closure| {
        apply(program, &after);
        // Recalled: what `migrate` would have made was never made.
        apply(program, &after.replace("list.clear()", "list.truncate(1)"));
        // It panics with a list half made.
        let panics =
            after.replace("collect(),", "chain(std::iter::from_fn(|| panic!())).collect(),");
        assert_ne!(panics, after);
        apply(program, &panics);
        called(closure);
        apply(program, &after.replace("state.list.clear();", "state.list.clear(); panic!();"));
        called(closure);
        apply(program, &after);
    });
}

#[test]
fn every_value_is_dropped_exactly_once_when_migrate_and_the_old_code_fault_in_one_call() {
    check(|program, closure| {
        let second = AFTER.replace(
            "state.list.clear();",
            "state.list.push(noisy()); if state.list.len() == 3 { panic!(\"old\") }",
        );
        program.apply(&whole(&second)).expect("live");
        called(closure);
        let types = "
pub struct Old { pair: (Noisy, u16, Noisy), cell: Option<OldCell>, boxed: Box<OldCell>, list: Vec<Noisy>, mode: OldMode, modes: [OldMode; 2] }
enum OldMode { Both { cell: OldCell, b: Noisy, a: Noisy }, New(Noisy), Off }
struct OldCell { x: f64, extra: Noisy, noisy: Noisy }
fn migrate(_: &Old) -> State { let _scratch = noisy(); panic!(\"migrate\") }
";
        let third = format!("{}{types}", AFTER.replace("x: f64", "x: u8"));
        let report = program.apply(&whole(&third)).expect("live");
        assert!(report.state.iter().any(|line| line.to_string().ends_with("made by `migrate`")));
        // The new state cannot be made, and the code that runs instead panics. Whether that one can be gone
        // back from in the same call depends on whether the program was there meanwhile.
        let outcome = closure.call(&mut Sample::default()).outcome;
        assert_ne!(outcome, Outcome::Done);
        let faults = ["migrate", "old"].map(|message| {
            let is_it =
                |event: &Event| matches!(event, Event::Fault(fault) if fault.message == message);
            wait_for(program, is_it)
        });
        let told = faults.map(|event| match event {
            Event::Fault(fault) => (fault.generation, fault.back_to),
            _ => (0, None),
        });
        assert_eq!(told, [(3, Some(2)), (2, Some(1))]);
        wait_until("the program is back", || program.generation() == 1);
        called(closure);
    });
}

/// What a `Drop` of the test below calls: it asks the program something, which takes the program's lock.
static ASK: Mutex<Option<Box<dyn Fn() -> u32 + Send>>> = Mutex::new(None);

extern "C" fn ask_the_program() -> u32 {
    ASK.lock().expect("nobody panicked").as_ref().map_or(0, |ask| ask())
}

#[test]
fn a_drop_may_call_into_the_program() {
    let ask = ask_the_program as extern "C" fn() -> u32 as usize;
    let text = |fields: &str| {
        format!(
            "const ASK: usize = {ask};
#[derive(Default)] pub struct State {{ asks: Asks, {fields} }}
#[derive(Default)] pub struct Asks(Option<Box<u32>>);
static ANSWER: std::sync::atomic::AtomicU32 = std::sync::atomic::AtomicU32::new(0);
impl Drop for Asks {{
    fn drop(&mut self) {{
        let ask = unsafe {{ std::mem::transmute::<usize, extern \"C\" fn() -> u32>(ASK) }};
        ANSWER.fetch_add(ask(), std::sync::atomic::Ordering::Relaxed);
    }}
}}
pub fn process(_: &mut State, sample: &mut Sample) {{ sample.number = ANSWER.load(std::sync::atomic::Ordering::Relaxed); }}
{SAMPLE}"
        )
    };
    let song = Song::new(&text(""));
    let program = Arc::new(open_remembering(&song.path(), 8));
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    let asked = Arc::downgrade(&program);
    *ASK.lock().expect("nobody panicked") = Some(Box::new(move || {
        // On another thread, so that an answer that never comes is a failure and not the end.
        let (asked, (tell, hear)) = (asked.clone(), mpsc::channel());
        thread::spawn(move || {
            let number = asked.upgrade().map(|program| program.generation());
            let _ = tell.send(number.is_some());
        });
        u32::from(hear.recv_timeout(Duration::from_secs(20)) == Ok(true))
    }));
    let mut sample = Sample::default();
    for fields in ["a: u8", "a: u16", "a: u32", "a: u64"] {
        program.apply(&text(fields)).expect("live");
        closure.call(&mut sample);
    }
    // The last edits made three of the states before them final.
    let mut answered = || {
        let mut sample = Sample::default();
        program.apply(&text("a: u64")).expect("unchanged");
        closure.call(&mut sample);
        sample.number
    };
    wait_until("three drops have their answer", || answered() == 3);
    *ASK.lock().expect("nobody panicked") = None;
}
