//! Live code that is run on behalf of a commit, off the program's lock: it is pinned while it runs, and
//! what goes wrong in it is told, also at the very end.

use std::{
    cell::RefCell,
    sync::{
        Mutex,
        atomic::{AtomicI32, Ordering},
        mpsc::{Receiver, Sender, channel},
    },
    thread,
    time::Duration,
};

use segue::{
    Closure, Event, FaultKind, Outcome, Program,
    runtime::{Reason, Saved},
};

use crate::song::{SAMPLE, Sample, Song, open_remembering, wait_for, wait_until};

/// Where the next live code that comes to [`stop_here`] says so, and what it waits for.
static GATES: [Mutex<Option<Gate>>; 2] = [Mutex::new(None), Mutex::new(None)];

type Gate = (Sender<()>, Receiver<()>);

extern "C" fn stop_here(which: usize) {
    let gate = GATES[which].lock().expect("nobody panicked").take();
    if let Some((tell, wait)) = gate {
        tell.send(()).expect("the test listens");
        // Far beyond any machine's load: the test lets go of it in any case.
        let _ = wait.recv_timeout(Duration::from_secs(60));
    }
}

/// A gate that the next one stops at; each test has its own.
fn gate(which: usize) -> (Receiver<()>, Sender<()>) {
    let ((tell, told), (go, wait)) = (channel(), channel());
    *GATES[which].lock().expect("nobody panicked") = Some((tell, wait));
    (told, go)
}

fn text(state: &str, one: u32) -> String {
    let stop = stop_here as extern "C" fn(usize) as usize;
    format!(
        "{SAMPLE}{state}
const STOP: usize = {stop};
fn stop() {{ unsafe {{ std::mem::transmute::<usize, extern \"C\" fn(usize)>(STOP)(0) }} }}
#[derive(Default)] pub struct Gate(u8);
impl Drop for Gate {{ fn drop(&mut self) {{ stop(); }} }}
pub fn one() -> u32 {{ {one} }}
pub fn process(_: &mut State, sample: &mut Sample) {{ sample.number = 1; }}
"
    )
}

/// Saves another `one`, and asserts that `who` is named as being in older code.
#[track_caller]
fn assert_inside(program: &Program, song: &Song, state: &str, one: u32, who: &str) {
    song.save(&text(state, one));
    program.apply_file(song.path()).expect("live");
    let inside = Reason::OldCode { participants: vec![who.to_owned()] };
    let status = program.status();
    let saved = &status.function("one").expect("it is there").saved;
    assert_eq!(saved, &Saved::Differs(inside), "{status}");
}

#[test]
fn a_migrate_and_a_drop_are_pinned_while_they_run() {
    let before = "#[derive(Default)] pub struct State { gate: Gate, a: u8 }";
    let after = "#[derive(Default)] pub struct State { gate: Gate, a: u16, b: u8 }
        pub struct Old { gate: Gate, a: u8 }
        fn migrate(old: &Old) -> State { stop(); State { a: u16::from(old.a), ..State::default() } }";
    // The field update would move out of a type that has a `Drop`.
    let after = after.replace(", ..State::default()", ", gate: Gate::default(), b: 0");
    let song = Song::new(&text(before, 0));
    let program = open_remembering(&song.path(), 8);
    let _several = program.participant();
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    closure.call(&mut Sample::default());
    program.apply(&text(&after, 0)).expect("live");

    let (told, go) = gate(0);
    thread::scope(|scope| {
        let calling = scope.spawn(|| closure.call(&mut Sample::default()));
        told.recv().expect("`migrate` runs");
        assert_inside(&program, &song, &after, 1, "process");
        go.send(()).expect("it waits");
        calling.join().expect("no panic leaves it");
    });

    let (told, go) = gate(0);
    drop(closure);
    told.recv().expect("the drop runs");
    assert_inside(&program, &song, &after, 2, "the drop of a state");
    go.send(()).expect("it waits");
}

thread_local! {
    static KEPT: RefCell<Option<Closure<Sample>>> = const { RefCell::new(None) };
}

#[test]
fn a_closure_that_ends_last_with_its_thread_is_told_of() {
    let ending = || {
        // Made first, so that the thread's other destructors run before this one.
        KEPT.with(|_| ());
        let song = Song::new(&format!(
            "{SAMPLE}#[derive(Default)] pub struct State {{ a: u8 }}
impl Drop for State {{ fn drop(&mut self) {{ panic!(\"at the end\") }} }}
pub fn process(state: &mut State, sample: &mut Sample) {{
    if sample.number == 1 {{ panic!(\"before\") }} state.a += 1;
}}
"
        ));
        let program = song.open();
        let mut closure = program.closure::<Sample>("process").expect("a closure");
        closure.call(&mut Sample { number: 1, ..Sample::default() });
        program.status();
        KEPT.with(|kept| *kept.borrow_mut() = Some(closure));
        program.events().clone()
    };
    let events = thread::spawn(ending).join().expect("it ends");
    let faults = events.try_iter().filter_map(|event| match event {
        Event::Fault(fault) if fault.kind == FaultKind::InDrop => {
            Some((fault.closure, fault.message))
        }
        _ => None,
    });
    assert_eq!(Vec::from_iter(faults), [("State".to_owned(), "at the end".to_owned())]);
}

/// Values made and not dropped yet.
static ALIVE: AtomicI32 = AtomicI32::new(0);

extern "C" fn count(by: i32) {
    ALIVE.fetch_add(by, Ordering::Relaxed);
}

#[test]
fn a_turn_that_came_back_and_was_not_collected_is_not_lost_by_the_next_fault() {
    let (stop, count) =
        (stop_here as extern "C" fn(usize) as usize, count as extern "C" fn(i32) as usize);
    let text = |state: &str, step: &str| {
        format!(
            "{SAMPLE}{state}
fn count(by: i32) {{ unsafe {{ std::mem::transmute::<usize, extern \"C\" fn(i32)>({count})(by) }} }}
pub struct Value(Box<u8>);
impl Default for Value {{ fn default() -> Value {{ count(1); Value(Box::new(7)) }} }}
impl Drop for Value {{ fn drop(&mut self) {{ assert_eq!(*self.0, 7); count(-1); }} }}
pub fn process(state: &mut State, sample: &mut Sample) {{ {step} sample.number = 1; }}
pub struct Other(u8);
impl Default for Other {{ fn default() -> Other {{
    unsafe {{ std::mem::transmute::<usize, extern \"C\" fn(usize)>({stop})(1) }}
    Other(0)
}} }}
pub fn other(_: &mut Other, _: &mut Sample) {{}}
"
        )
    };
    let song = Song::new(&text("#[derive(Default)] pub struct State { value: Value, a: u8 }", ""));
    let program = open_remembering(&song.path(), 8);
    // Several callers: what comes is stored at once, and turns carry no entries.
    let several = program.participant();
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    let second = "#[derive(Default)] pub struct State { value: Value, a: u16 }";
    program.apply(&text(second, "if sample.number == 9 { panic!(\"old\") }")).expect("live");
    assert_eq!(closure.call(&mut Sample::default()).outcome, Outcome::Done);
    let third = "#[derive(Default)] pub struct State { value: Value, a: u32 }
        pub struct Old { value: Value, a: u16 }
        fn migrate(_: &Old) -> State { let _made = Value::default(); panic!(\"migrate\") }";
    program.apply(&text(third, "")).expect("live");
    // By redo, so that there is no way back for calling threads.
    program.undo().expect("a generation before");
    program.redo().expect("a generation after");
    let (told, go) = gate(1);
    thread::scope(|scope| {
        // A `Default` has the program's lock: nobody collects anything.
        let opening = scope.spawn(|| program.closure::<Sample>("other").expect("a closure"));
        told.recv().expect("the default runs");
        let call = closure.call(&mut Sample { number: 9, ..Sample::default() });
        assert_eq!((call.outcome, call.generation), (Outcome::Silent, 2));
        go.send(()).expect("it waits");
        drop(opening.join().expect("it opens"));
    });
    for message in ["migrate", "old"] {
        wait_for(
            &program,
            |event| matches!(event, Event::Fault(fault) if fault.message == message),
        );
    }
    // The call began before the third one was left, which is what is left for it.
    wait_until("it goes on", || closure.call(&mut Sample::default()).outcome == Outcome::Done);
    assert_eq!((program.generation(), closure.generation()), (2, 2));
    drop((closure, several, program));
    wait_until("all is dropped", || ALIVE.load(Ordering::Relaxed) <= 0);
    assert_eq!(ALIVE.load(Ordering::Relaxed), 0);
}
