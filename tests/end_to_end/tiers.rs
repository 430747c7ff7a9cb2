//! Two compilers: what the quick one made goes live, and the code of the slower one takes its place.
//!
//! Quick is rustc without optimising; the slower one waits here until a test lets it go on.

use std::sync::{
    Arc,
    atomic::{AtomicUsize, Ordering::SeqCst},
};

use segue::{
    Cause, Closure, ErrorKind, Event, Live, Outcome, Program, Rejected, Report,
    runtime::{
        Builder,
        compiler::{self, Cancel, Compiled, Compiler, Rustc, Source, Tiered},
    },
};

use crate::song::{Remembering, SAMPLE, Sample, Song, wait_for, wait_until};

/// A text with this in it is rejected by the slower compiler alone.
const REJECTED: &str = "/* rejected */";

/// The slower compiler, behind a gate.
pub(crate) struct Gated {
    rustc: Remembering,
    gate: Arc<Gate>,
}

/// Where the slower compiler waits.
#[derive(Default)]
pub(crate) struct Gate {
    /// How many compiles may go on.
    permits: AtomicUsize,
    /// How many have ended.
    ended: AtomicUsize,
}

impl Gate {
    /// Lets one compile go on, and waits for its end.
    pub(crate) fn pass(&self) {
        let ended = self.ended.load(SeqCst);
        self.permits.fetch_add(1, SeqCst);
        wait_until("the slower compiler is done", || self.ended.load(SeqCst) > ended);
    }
}

/// The two compilers.
pub(crate) fn tiers() -> (Tiered<Remembering, Gated>, Arc<Gate>) {
    let rustc = Rustc::find().expect("rustc is on the machine");
    let (gated, gate) = gated();
    (Tiered::new(Remembering::new(rustc.with_opt_level(0)), gated), gate)
}

/// The slower one.
pub(crate) fn gated() -> (Gated, Arc<Gate>) {
    let rustc = Remembering::new(Rustc::find().expect("rustc is on the machine"));
    let gate = Arc::<Gate>::default();
    (Gated { rustc, gate: gate.clone() }, gate)
}

impl Compiler for Gated {
    fn compile(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, compiler::Error> {
        let take = |permits: usize| permits.checked_sub(1);
        while self.gate.permits.fetch_update(SeqCst, SeqCst, take).is_err() {
            if cancel.is_cancelled() {
                return self.rustc.rustc.compile(source, cancel);
            }
            std::thread::yield_now();
        }
        let text = source.text.replace(REJECTED, "let _: u8 = \"\";").into();
        let result = self.rustc.compile(&Source { text, ..source.clone() }, cancel);
        self.gate.ended.fetch_add(1, SeqCst);
        result
    }
}

/// `process` counts, and writes `n`; `wrong` is put into it.
fn text(n: u32, wrong: &str) -> String {
    format!(
        "{SAMPLE}#[derive(Default)] pub struct State {{ calls: u32 }}
pub fn number() -> u32 {{ {n} }}
pub fn process(state: &mut State, sample: &mut Sample) {{
    state.calls += 1; sample.number = state.calls; sample.value = number() as f32; {wrong}
}}
"
    )
}

struct Run {
    program: Program,
    gate: Arc<Gate>,
    song: Song,
}

impl Run {
    fn new(n: u32, options: impl FnOnce(Builder) -> Builder) -> Run {
        Run::of(&text(n, ""), options)
    }

    fn of(text: &str, options: impl FnOnce(Builder) -> Builder) -> Run {
        let song = Song::new(text);
        let (tiers, gate) = tiers();
        let builder = Program::builder(song.path()).compiler(tiers);
        Run { program: options(builder).open().expect("it opens"), gate, song }
    }

    fn closed(n: u32) -> Run {
        Run::new(n, |builder| builder.watch(false))
    }

    /// Lets the slower compiler go on, and returns what it led to.
    fn optimise(&self) -> Event {
        self.gate.pass();
        wait_for(&self.program, is_second_word)
    }

    /// The same, where a closure must take the code first.
    fn optimised(&self, closure: &mut Closure<Sample>) -> Report {
        self.gate.pass();
        let mut told = None;
        wait_until("it is optimised", || {
            call(closure);
            told = self.program.events().try_iter().find(is_second_word);
            told.is_some()
        });
        let Some(Event::Optimised(report)) = told else { panic!("it was optimised: {told:?}") };
        report
    }
}

fn is_second_word(event: &Event) -> bool {
    matches!(event, Event::Optimised(_) | Event::NotOptimised { .. })
}

fn call(closure: &mut Closure<Sample>) -> (f32, u32, u64) {
    let mut sample = Sample::default();
    let call = closure.call(&mut sample);
    (sample.value, sample.number, call.generation)
}

fn numbers(program: &Program) -> Vec<u64> {
    program.history().iter().map(|each| each.number).collect()
}

#[test]
fn optimised_code_takes_the_place_of_its_generation() {
    let run = Run::closed(1);
    let number: Live<fn() -> u32> = run.program.bind("number").expect("a handle");
    let me = run.program.participant();
    let Event::Optimised(report) = run.optimise() else { panic!("it was optimised") };
    assert_eq!((report.generation, report.cause), (1, Cause::Optimised));
    assert!(report.linked > 0, "{report}");

    run.program.apply(&text(2, "")).expect("live");
    let Event::Optimised(report) = run.optimise() else { panic!("it was optimised") };
    assert_eq!((report.generation, run.program.generation()), (2, 2));
    assert_eq!(numbers(&run.program), [1, 2], "no edit, so not in the history");
    assert_eq!(number.pin(&me).call(), 2);
    assert_eq!(run.program.undo().expect("one edit back").generation, 1);
    assert_eq!(number.pin(&me).call(), 1);
    assert_eq!(run.program.redo().expect("and forth").generation, 2);
    assert_eq!(number.pin(&me).call(), 2);
}

#[test]
fn a_closure_keeps_its_state_and_takes_the_code_between_two_calls() {
    let run = Run::closed(1);
    let mut closure = run.program.closure("process").expect("a closure");
    assert_eq!(call(&mut closure), (1.0, 1, 1));
    let report = run.optimised(&mut closure);
    assert_eq!(report.generation, 1);
    let (_, calls, _) = call(&mut closure);
    run.program.apply(&text(2, "")).expect("live");
    assert_eq!(call(&mut closure), (2.0, calls + 1, 2));
    run.optimised(&mut closure);
    let (value, more, generation) = call(&mut closure);
    assert!(value == 2.0 && more > calls + 1 && generation == 2);
    assert_eq!(run.program.undo().expect("back").generation, 1);
    assert_eq!(call(&mut closure), (1.0, more + 1, 1));
}

#[test]
fn what_nobody_took_yet_becomes_live_as_optimised_code() {
    let run = Run::closed(1);
    let mut closure = run.program.closure::<Sample>("process").expect("a closure");
    run.optimised(&mut closure);
    run.program.apply(&text(2, "")).expect("on its way");
    // Nobody calls meanwhile: the turn is recalled, and comes back with better code.
    run.gate.pass();
    let mut told = None;
    wait_until("an event comes", || {
        // While the turn is recalled its one caller is where it was.
        let (value, _, generation) = call(&mut closure);
        assert_eq!(value, generation as f32);
        told = run.program.events().try_recv().ok();
        told.is_some()
    });
    let Some(Event::Live(report)) = told else { panic!("the edit is live: {told:?}") };
    assert_eq!((report.generation, report.cause), (2, Cause::Apply));
}

#[test]
fn an_edit_stops_the_slower_compiler() {
    let run = Run::closed(1);
    for n in 2..6 {
        run.program.apply(&text(n, "")).expect("live");
    }
    let Event::Optimised(report) = run.optimise() else { panic!("it was optimised") };
    assert_eq!(report.generation, 5, "the others were given up");
    assert_eq!(run.program.events().try_iter().filter(is_second_word).count(), 0);
}

#[test]
fn an_edit_that_is_refused_does_not_cost_the_optimised_code() {
    let run = Run::closed(1);
    let mut closure = run.program.closure::<Sample>("process").expect("a closure");
    run.program.apply(&text(2, "").replace("fn process", "fn progress")).expect_err("no process");
    assert_eq!(run.optimised(&mut closure).generation, 1);
}

#[test]
fn what_the_slower_compiler_rejects_does_not_stay_live() {
    let run = Run::new(1, |builder| builder);
    run.optimise();
    let number: Live<fn() -> u32> = run.program.bind("number").expect("a handle");
    let me = run.program.participant();
    run.song.save(&text(2, REJECTED));
    wait_for(&run.program, |event| matches!(event, Event::Live(_)));
    assert_eq!(number.pin(&me).call(), 2);
    let Event::NotOptimised { generation, error, back_to } = run.optimise() else {
        panic!("it is rejected")
    };
    assert_eq!((generation, back_to, error.kind()), (2, Some(1), ErrorKind::Rejected));
    assert!(error.to_string().contains("song.rs:"), "the place is named: {error}");
    assert_eq!(number.pin(&me).call(), 1);
    assert!(!run.program.status().is_saved());
    assert!(run.program.redo().is_err(), "redo passes it over");
    run.program.go_to(2).expect("but who wants it gets it");
    assert_eq!(number.pin(&me).call(), 2);
}

#[test]
fn who_insists_keeps_what_the_slower_compiler_rejects() {
    let run = Run::new(1, |builder| builder.watch(false).rejected(Rejected::StaysLive));
    let number: Live<fn() -> u32> = run.program.bind("number").expect("a handle");
    let me = run.program.participant();
    run.optimise();
    run.program.apply(&text(2, REJECTED)).expect("live, says the quick one");
    let Event::NotOptimised { generation, error, back_to } = run.optimise() else {
        panic!("it is rejected")
    };
    assert_eq!((generation, back_to, error.kind()), (2, None, ErrorKind::Rejected));
    assert!(error.to_string().contains("song.rs:"), "the verdict is told: {error}");
    assert_eq!((number.pin(&me).call(), run.program.generation()), (2, 2));
    run.program.apply(&text(3, "")).expect("and edits go on");
    let Event::Optimised(report) = run.optimise() else { panic!("it was optimised") };
    assert_eq!((report.generation, number.pin(&me).call()), (3, 3));
}

#[test]
fn where_there_is_nothing_to_go_back_to_a_rejected_text_plays_on() {
    let run = Run::of(&text(1, REJECTED), |builder| builder.watch(false));
    let mut closure = run.program.closure("process").expect("a closure");
    let Event::NotOptimised { generation: 1, back_to: None, .. } = run.optimise() else {
        panic!("it is rejected")
    };
    assert_eq!(call(&mut closure), (1.0, 1, 1));
}

#[test]
fn optimised_code_is_what_is_saved() {
    let run = Run::new(1, |builder| builder);
    run.optimise();
    assert!(run.program.status().is_saved(), "{}", run.program.status());
    run.song.save(&text(2, ""));
    wait_for(&run.program, |event| matches!(event, Event::Live(_)));
    run.optimise();
    assert!(run.program.status().is_saved(), "{}", run.program.status());
}

#[test]
fn a_fault_of_optimised_code_leads_back_and_the_next_one_further() {
    let run = Run::closed(1);
    let mut closure = run.program.closure::<Sample>("process").expect("a closure");
    run.optimised(&mut closure);
    run.program.apply(&text(2, "if state.calls > 1_000_000 { panic!(\"no\") }")).expect("live");
    call(&mut closure);
    run.optimised(&mut closure);
    run.program.apply(&text(3, "if sample.place == 1 { panic!(\"no\") }")).expect("live");
    call(&mut closure);
    run.optimised(&mut closure);
    let mut fault = || {
        let mut sample = Sample { place: 1, ..Sample::default() };
        closure.call(&mut sample);
        sample.value
    };
    // The closure takes back one turn at once; what is left the program's thread goes back on.
    wait_until("the edit that faults is left", || fault() == 2.0);
    assert_eq!(run.program.generation(), 2);
    let mut sample = Sample::default();
    assert_eq!((closure.call(&mut sample).outcome, sample.value), (Outcome::Done, 2.0));
}

#[test]
fn what_the_quick_compiler_does_not_take_the_other_one_compiles_at_once() {
    let run = Run::closed(1);
    run.optimise();
    // Not even closed: both reject it, and the words are those of the one that counts.
    let refused = std::thread::scope(|scope| {
        let apply = scope.spawn(|| run.program.apply("fn").map(drop));
        run.gate.pass();
        apply.join().expect("no panic")
    });
    assert_eq!(refused.expect_err("no text").kind(), ErrorKind::Rejected);
    assert_eq!(run.program.generation(), 1);
}

/// Stops in the middle of its first call until the host says 2, and panics; so does every call after it.
const PANICS_WHEN_TOLD: &str = "
    if sample.place != 0 {
        let step = unsafe { &*(sample.place as *const std::sync::atomic::AtomicUsize) };
        let is_first = step.compare_exchange(0, 1, std::sync::atomic::Ordering::SeqCst, std::sync::atomic::Ordering::SeqCst);
        while is_first.is_ok() && step.load(std::sync::atomic::Ordering::SeqCst) != 2 {}
        panic!(\"no\")
    }";

impl Run {
    /// Has the live generation optimised while `closure` is in the middle of a call of it that faults; how the call
    /// ended.
    fn optimise_before_a_fault(&self, closure: &mut Closure<Sample>) -> Outcome {
        let step = AtomicUsize::new(0);
        let mut sample = Sample { place: &raw const step as usize, ..Sample::default() };
        std::thread::scope(|scope| {
            let call = scope.spawn(|| closure.call(&mut sample).outcome);
            wait_until("the call has begun", || step.load(SeqCst) == 1);
            let before = self.program.memory();
            self.gate.pass();
            wait_until("it is linked", || self.program.memory() != before);
            // That is asked behind the lock under which it is posted.
            self.program.generation();
            step.store(2, SeqCst);
            call.join().expect("no panic")
        })
    }
}

#[test]
fn optimised_code_of_what_faulted_meanwhile_is_not_taken() {
    let run = Run::closed(1);
    let mut closure = run.program.closure::<Sample>("process").expect("a closure");
    run.optimised(&mut closure);
    run.program.apply(&text(2, PANICS_WHEN_TOLD)).expect("live");
    assert_eq!(run.optimise_before_a_fault(&mut closure), Outcome::RolledBack);
    wait_for(&run.program, |event| matches!(event, Event::Fault(_)));
    assert_eq!(run.program.generation(), 1);
    let told = AtomicUsize::new(2);
    let mut sample = Sample { place: &raw const told as usize, ..Sample::default() };
    let call = closure.call(&mut sample);
    assert_eq!((call.outcome, call.generation, sample.value), (Outcome::Done, 1, 1.0));
    run.program.apply(&text(3, "")).expect("live");
    assert_eq!(call_of(&mut closure), (3.0, 3));
}

#[test]
fn a_closure_that_fell_silent_does_not_take_optimised_code_of_the_same_text() {
    let run = Run::of(&text(1, PANICS_WHEN_TOLD), |builder| builder.watch(false));
    let mut closure = run.program.closure::<Sample>("process").expect("a closure");
    assert_eq!(run.optimise_before_a_fault(&mut closure), Outcome::Silent);
    wait_for(&run.program, |event| matches!(event, Event::Fault(_)));
    run.program.generation();
    let call = closure.call(&mut Sample::default());
    assert_eq!((call.outcome, call.swapped), (Outcome::Silent, false));
    run.program.apply(&text(2, "")).expect("live");
    assert_eq!(call_of(&mut closure), (2.0, 2));
}

fn call_of(closure: &mut Closure<Sample>) -> (f32, u64) {
    let (value, _, generation) = call(closure);
    (value, generation)
}

impl Run {
    /// What the slower compiler rejects next, and where the program went.
    fn rejected(&self) -> (u64, Option<u64>) {
        let Event::NotOptimised { generation, back_to, error } = self.optimise() else {
            panic!("it is rejected")
        };
        assert_eq!(error.kind(), ErrorKind::Rejected);
        (generation, back_to)
    }
}

#[test]
fn from_two_rejected_texts_in_a_row_the_way_leads_behind_both() {
    let run = Run::closed(1);
    run.optimise();
    run.program.apply(&text(2, REJECTED)).expect("live, says the quick one");
    run.program.apply(&text(3, REJECTED)).expect("live, before the verdict on the one before");
    assert_eq!(run.rejected(), (3, Some(1)));
    run.program.redo().expect("the one between was not judged");
    assert_eq!(run.program.generation(), 2);
    assert_eq!(run.rejected(), (2, Some(1)), "it is judged now");
    assert!(run.program.redo().is_err(), "redo passes both over");
}

#[test]
fn a_text_that_was_edited_before_its_verdict_is_judged_when_undo_leads_to_it() {
    let run = Run::closed(1);
    run.optimise();
    run.program.apply(&text(2, REJECTED)).expect("live, says the quick one");
    run.program.apply(&text(3, "")).expect("live");
    let Event::Optimised(_) = run.optimise() else { panic!("the third is good") };
    assert_eq!(run.program.undo().expect("one edit back").generation, 2);
    assert_eq!(run.rejected(), (2, Some(1)));
    assert_eq!(run.program.redo().expect("to the good one").generation, 3);
    assert_eq!(run.program.undo().expect("past the rejected one").generation, 1);
}

#[test]
fn a_verdict_that_comes_after_undo_counts_for_redo() {
    let run = Run::closed(1);
    run.optimise();
    run.program.apply(&text(2, REJECTED)).expect("live, says the quick one");
    assert_eq!(run.program.undo().expect("back").generation, 1);
    assert_eq!(run.rejected(), (2, Some(1)));
    assert!(run.program.redo().is_err(), "redo passes it over");
    assert_eq!(run.program.go_to(2).expect("but who wants it gets it").generation, 2);
}
