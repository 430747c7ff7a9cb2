//! A mutant of a live function is live for as long as a closure runs, in this process.

use std::panic::{self, AssertUnwindSafe};

use segue::{ErrorKind, Program};

use crate::song::Song;

const TEXT: &str = "pub fn area(width: u32, height: u32) -> u32 { width * height }
pub fn name() -> u32 { 7 }
";

/// Whether the test of `area` passes now.
fn passes(program: &Program) -> bool {
    let area = program.bind::<fn(u32, u32) -> u32>("area").expect("a handle");
    let me = program.participant();
    area.pin(&me).call(3, 4) == 12
}

#[test]
fn a_mutant_is_live_while_it_is_tested_and_not_after() {
    let song = Song::new(TEXT);
    let program = song.open();
    assert!(passes(&program));
    for (mutant, is_caught) in [("width + height", true), ("height * width", false)] {
        let text = TEXT.replace("width * height", mutant);
        let test = |report: &segue::Report| (report.changed.clone(), passes(&program));
        let (changed, passed) = program.mutate(&text, test).expect("it compiles");
        assert_eq!(passed, !is_caught, "{mutant}");
        assert!(changed.iter().all(|it| it == "area"), "{changed:?}");
        assert!(passes(&program), "after {mutant}");
        assert_eq!(program.generation(), 1, "after {mutant}");
    }
    assert!(program.history().iter().all(|it| !it.is_kept));
}

#[test]
fn a_mutant_is_taken_back_when_its_test_panics() {
    let song = Song::new(TEXT);
    let program = song.open();
    let text = TEXT.replace("width * height", "width + height");
    let test = || program.mutate(&text, |_| assert!(passes(&program), "noticed"));
    let panic = panic::catch_unwind(AssertUnwindSafe(test)).expect_err("it panics");
    assert_eq!(panic.downcast_ref::<&str>(), Some(&"noticed"));
    assert!(passes(&program));
    assert_eq!(program.generation(), 1);
}

#[test]
fn a_mutant_that_does_not_compile_is_an_error_and_runs_nothing() {
    let song = Song::new(TEXT);
    let program = song.open();
    let text = TEXT.replace("width * height", "width - \"height\"");
    let mut has_run = false;
    let error = program.mutate(&text, |_| has_run = true).expect_err("it does not compile");
    assert_eq!(error.kind(), ErrorKind::Rejected);
    assert!(!has_run);
    assert!(passes(&program));
    assert!(program.history().iter().all(|it| !it.is_kept));
}

#[test]
fn a_mutant_does_not_push_what_was_live_out_of_a_short_history() {
    let song = Song::new(TEXT);
    let program = Program::builder(song.path()).history(1).open().expect("it compiles");
    let text = TEXT.replace("width * height", "width + height");
    assert!(!program.mutate(&text, |_| passes(&program)).expect("it is taken back"));
    assert!(passes(&program));
}
