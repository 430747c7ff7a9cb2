//! Going through the history: to numbers, across types, while something is on its way, without a compiler.

use std::sync::{
    Arc,
    atomic::{AtomicBool, AtomicUsize, Ordering},
};

use super::{apply, call, numbered, panicking, widened};
use crate::song::{Sample, Song, open_remembering, wait_for};
use segue::{
    ErrorKind, Event, Outcome, Place, Program,
    runtime::compiler::{Cancel, Compiled, Compiler, Error, Rustc, Source},
};

/// rustc, counted, until it is gone: then its thread ends by a panic.
struct Counting {
    rustc: Rustc,
    compiles: Arc<AtomicUsize>,
    is_gone: Arc<AtomicBool>,
}

impl Compiler for Counting {
    fn compile(&self, source: &Source, cancel: &Cancel) -> Result<Compiled, Error> {
        self.compiles.fetch_add(1, Ordering::Relaxed);
        assert!(!self.is_gone.load(Ordering::Relaxed), "there is no compiler any more");
        self.rustc.compile(source, cancel)
    }
}

#[test]
fn undo_redo_and_numbers_ask_no_compiler_and_need_none() {
    let song = Song::new(&numbered(1));
    let (compiles, is_gone) = (Arc::new(AtomicUsize::new(0)), Arc::new(AtomicBool::new(false)));
    let rustc = Rustc::find().expect("rustc is on the machine");
    let compiler = Counting { rustc, compiles: compiles.clone(), is_gone: is_gone.clone() };
    let builder = Program::builder(song.path()).compiler(compiler).watch(false);
    let program = builder.open().expect("the file opens");
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    apply(&program, &widened(2));
    apply(&program, &numbered(3));
    let asked = compiles.load(Ordering::Relaxed);
    let mut travel = || {
        assert_eq!(program.go_to(1).expect("the first").generation, 1);
        assert_eq!(call(&mut closure).0, 1.0);
        assert_eq!(program.redo().expect("the second").generation, 2);
        assert_eq!(call(&mut closure).0, 2.0);
        assert_eq!(program.go_to(3).expect("the third").generation, 3);
        assert_eq!(call(&mut closure).0, 3.0);
        assert_eq!(program.undo().expect("the second").generation, 2);
        assert_eq!(call(&mut closure).0, 2.0);
    };
    travel();
    assert_eq!(compiles.load(Ordering::Relaxed), asked, "nothing was compiled");
    is_gone.store(true, Ordering::Relaxed);
    let error = program.apply(&numbered(4)).expect_err("its compiler is gone");
    assert_eq!(error.kind(), ErrorKind::Compiler);
    travel();
}

#[test]
fn a_number_that_is_not_there_is_refused_with_those_that_are() {
    let song = Song::new(&numbered(1));
    let program = open_remembering(&song.path(), 2);
    for n in 2..=5 {
        apply(&program, &numbered(n));
    }
    let refused = |number| {
        let error = program.go_to(number).expect_err("it is not there");
        assert_eq!(error.kind(), ErrorKind::History);
        error.to_string()
    };
    let gone = "generation 2 was dropped: the history keeps 2; there are 3 to 5";
    assert_eq!(refused(2), gone);
    assert_eq!(refused(77), "there never was a generation 77; there are 3 to 5");
    assert_eq!(program.keep(2).expect_err("it is gone").to_string(), gone);
    program.go_to(3).expect("it is there");
    apply(&program, &numbered(6));
    let branched = "generation 4 was undone, and dropped by the edit that followed; there are 3, 6";
    assert_eq!(refused(4), branched);
    assert_eq!(program.undo().expect("back").generation, 3);
}

#[test]
fn going_to_the_live_generation_is_unchanged() {
    let song = Song::new(&numbered(1));
    let program = open_remembering(&song.path(), 8);
    apply(&program, &numbered(2));
    let heard = program.events();
    heard.try_iter().for_each(drop);
    assert_eq!(program.go_to(2).expect("it is live").generation, 2);
    assert!(matches!(heard.recv().expect("an event"), Event::Unchanged(report)
        if (report.generation, report.linked) == (2, 0)));
}

#[test]
fn a_number_across_types_takes_the_state_along() {
    let song = Song::new(&numbered(1));
    let program = open_remembering(&song.path(), 8);
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    assert_eq!(call(&mut closure), (1.0, 1, 1));
    apply(&program, &widened(2));
    assert_eq!(call(&mut closure), (2.0, 2, 2));
    apply(&program, &widened(3).replace("Vec<u8>", "String"));
    assert_eq!(call(&mut closure), (3.0, 3, 3));
    let report = program.go_to(1).expect("the first");
    let lines: Vec<String> = report.state.iter().map(ToString::to_string).collect();
    assert_eq!(lines, ["calls: kept", "extra: String dropped"]);
    assert_eq!(call(&mut closure), (1.0, 4, 1));
    program.go_to(3).expect("the third");
    assert_eq!(call(&mut closure), (3.0, 5, 3));
}

#[test]
fn a_number_across_types_reaches_callers_at_any_moment() {
    let song = Song::new(&numbered(1));
    let program = open_remembering(&song.path(), 8);
    let number = program.bind::<fn() -> u32>("number").expect("a handle");
    let me = program.participant();
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    apply(&program, &widened(2));
    apply(&program, &numbered(3));
    // Pinned all along: this thread may be in any of them, so everything is linked for it again.
    let pinned = number.pin(&me);
    for (calls, n) in [1_u32, 3, 2, 1, 2, 3, 1].into_iter().enumerate() {
        program.go_to(u64::from(n)).expect("it is there");
        assert_eq!(pinned.call(), n);
        assert_eq!(call(&mut closure), (n as f32, calls as u32 + 1, u64::from(n)));
    }
}

#[test]
fn what_was_not_taken_yet_makes_no_difference() {
    let song = Song::new(&numbered(1));
    for is_taken in [true, false] {
        let program = open_remembering(&song.path(), 8);
        let mut closure = program.closure::<Sample>("process").expect("a closure");
        let mut between = || {
            if is_taken {
                call(&mut closure);
            }
        };
        for n in 2..=4 {
            apply(&program, &numbered(n));
            between();
        }
        assert_eq!(program.undo().expect("back").generation, 3);
        between();
        assert_eq!(program.redo().expect("forth").generation, 4);
        between();
        assert_eq!(program.go_to(2).expect("to the second").generation, 2);
        between();
        assert_eq!(apply(&program, &numbered(5)), 5, "made on the second");
        between();
        // Beside it, what the closure could go back to.
        let history = program.history();
        let line = history.iter().filter(|each| each.place != Place::Aside);
        let there: Vec<u64> = line.map(|each| each.number).collect();
        assert_eq!(there, [1, 2, 5], "taken: {is_taken}");
        assert_eq!(program.undo().expect("back").generation, 2);
        assert_eq!(call(&mut closure).0, 2.0);
    }
}

#[test]
fn undo_passes_over_what_panicked_and_its_number_leads_there() {
    let song = Song::new(&numbered(1));
    let program = open_remembering(&song.path(), 8);
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    apply(&program, &panicking(2));
    let mut sample = Sample::default();
    assert_eq!(closure.call(&mut sample).outcome, Outcome::RolledBack);
    // Where to go is asked before anybody has heard of the panic.
    assert_eq!(program.redo().expect_err("it panicked").kind(), ErrorKind::History);
    wait_for(&program, |event| matches!(event, Event::Fault(_)));
    apply(&program, &numbered(3));
    assert_eq!(call(&mut closure).0, 3.0);
    apply(&program, &panicking(4));
    assert_eq!(closure.call(&mut sample).outcome, Outcome::RolledBack);
    wait_for(&program, |event| matches!(event, Event::Fault(_)));
    assert_eq!(program.generation(), 3, "what it ran before");
    assert_eq!(program.undo().expect("back").generation, 1);
    assert_eq!(program.redo().expect("to the good one").generation, 3);
    assert_eq!(program.history().last().expect("the fourth").faulted.as_deref(), Some("no 1"));
    assert_eq!(program.go_to(4).expect("by its number").generation, 4);
    sample.place = 1;
    assert_eq!(closure.call(&mut sample).outcome, Outcome::Done);
    assert_eq!(sample.value, 4.0);
    assert_eq!(program.history().last().expect("the fourth").faulted, None);
}

#[test]
fn a_number_while_a_panic_is_on_its_way_wins() {
    let song = Song::new(&numbered(1));
    let program = open_remembering(&song.path(), 8);
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    apply(&program, &numbered(2));
    assert_eq!(call(&mut closure).0, 2.0);
    program.keep(2).expect("it is there");
    for n in (3..40).step_by(2) {
        apply(&program, &panicking(n));
        assert_eq!(closure.call(&mut Sample::default()).outcome, Outcome::RolledBack);
        // The program's thread may or may not have collected the panic by now.
        let wanted = u64::from(n % 4 / 2 + 1);
        program.go_to(wanted).expect("it is there");
        assert_eq!(call(&mut closure).2, wanted);
        assert_eq!(program.generation(), wanted);
    }
}
