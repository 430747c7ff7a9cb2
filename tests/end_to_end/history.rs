//! History: undo, redo and going to a number are stores, no compiler.
//!
//! `travel` goes through the history in every way, `keeping` keeps generations by hand, `listing` looks
//! at what the history says of itself.

mod keeping;
mod listing;
mod travel;

use crate::song::{SAMPLE, Sample, Song, block};
use segue::{Closure, ErrorKind, Program, audio::Block};

/// Gives `n` and counts its calls, without the prelude.
fn numbered(n: u32) -> String {
    format!(
        "{SAMPLE}#[derive(Default)] pub struct State {{ calls: u32 }}
pub fn number() -> u32 {{ {n} }}
pub fn process(state: &mut State, sample: &mut Sample) {{
    state.calls += 1; sample.number = state.calls; sample.value = {n}.0;
}}
"
    )
}

/// The same with a field more, so that the state has another layout.
fn widened(n: u32) -> String {
    numbered(n).replace("{ calls: u32 }", "{ extra: Vec<u8>, calls: u32 }")
}

/// The same, panicking.
fn panicking(n: u32) -> String {
    numbered(n).replace("state.calls += 1;", "if sample.place == 0 { panic!(\"no {}\", 1) }")
}

/// What a call writes: the text's number, how many calls were counted; and the generation that did it.
fn call(closure: &mut Closure<Sample>) -> (f32, u32, u64) {
    let mut sample = Sample::default();
    let call = closure.call(&mut sample);
    (sample.value, sample.number, call.generation)
}

/// Applies `text`, and returns the number of its generation.
#[track_caller]
fn apply(program: &Program, text: &str) -> u64 {
    program.apply(text).expect("it is live").generation
}

const LEVEL: &str = "use prelude::*;
#[derive(Default)]
pub struct State { calls: u32 }
pub fn process(state: &mut State, block: &mut Block) {
    state.calls += 1;
    let level = 0.125;
    for frame in 0..block.frames() { block.set(frame, level, state.calls as f32); }
}
";

#[test]
fn undo_and_redo_go_back_and_forth() {
    let song = Song::new(LEVEL);
    let program = song.open();
    let mut closure = program.closure::<Block>("process").expect("a closure");
    assert_eq!(program.undo().expect_err("nothing before").kind(), ErrorKind::History);
    assert_eq!(block(&mut closure, 0).0[..2], [0.125, 1.0]);
    program.apply(&LEVEL.replace("0.125", "0.25")).expect("live");
    assert_eq!(block(&mut closure, 64).0[..2], [0.25, 2.0]);

    let report = program.undo().expect("back");
    assert_eq!((report.generation, report.linked), (1, 0), "stores, no linking");
    assert_eq!(block(&mut closure, 128).0[..2], [0.125, 3.0], "the state goes on");
    assert_eq!(program.redo().expect("forth").generation, 2);
    assert_eq!(block(&mut closure, 192).0[..2], [0.25, 4.0]);
    assert_eq!(program.redo().expect_err("nothing after").kind(), ErrorKind::History);
}

#[test]
fn undo_of_a_layout_change_brings_the_fields_back() {
    let song = Song::new(LEVEL);
    let program = song.open();
    let mut closure = program.closure::<Block>("process").expect("a closure");
    block(&mut closure, 0);
    let wider = LEVEL.replace("calls: u32 }", "extra: u64, calls: u32 }");
    program.apply(&wider).expect("live");
    assert_eq!(block(&mut closure, 64).0[1], 2.0);
    program.undo().expect("back");
    assert_eq!(block(&mut closure, 128).0[1], 3.0);
    program.redo().expect("forth");
    assert_eq!(block(&mut closure, 192).0[1], 4.0);
}

#[test]
fn an_edit_nobody_took_is_undone_by_taking_it_back() {
    let song = Song::new(LEVEL);
    let program = song.open();
    let mut closure = program.closure::<Block>("process").expect("a closure");
    block(&mut closure, 0);
    program.apply(&LEVEL.replace("0.125", "0.25")).expect("posted");
    program.undo().expect("taken back");
    let (samples, call) = block(&mut closure, 64);
    assert_eq!(samples[0], 0.125);
    assert_eq!(call.generation, 1);
}

#[test]
fn of_two_edits_between_two_blocks_the_second_is_live() {
    let song = Song::new(LEVEL);
    let program = song.open();
    let mut closure = program.closure::<Block>("process").expect("a closure");
    program.apply(&LEVEL.replace("0.125", "0.25")).expect("posted");
    program.apply(&LEVEL.replace("0.125", "0.5")).expect("posted");
    assert_eq!(block(&mut closure, 0).0[0], 0.5);
}

#[test]
fn an_edit_that_cannot_be_linked_leaves_the_one_that_waits() {
    let song = Song::new(LEVEL);
    let program = song.open();
    let mut closure = program.closure::<Block>("process").expect("a closure");
    program.apply(&LEVEL.replace("0.125", "0.25")).expect("posted");
    let wrong = LEVEL.replace("fn process", "fn progress");
    assert_eq!(program.apply(&wrong).expect_err("refused").kind(), ErrorKind::NoSuchFunction);
    let (samples, call) = block(&mut closure, 0);
    assert_eq!((samples[0], call.generation), (0.25, 2), "the edit before it still arrives");
    program.undo().expect("back");
    assert_eq!(block(&mut closure, 64).0[0], 0.125);
}

#[test]
fn an_unchanged_save_takes_no_number() {
    let song = Song::new(LEVEL);
    let program = song.open();
    let mut closure = program.closure::<Block>("process").expect("a closure");
    assert_eq!(program.apply(&format!("// the same\n{LEVEL}")).expect("unchanged").generation, 1);
    assert_eq!(program.apply(&LEVEL.replace("0.125", "0.25")).expect("live").generation, 2);
    assert_eq!(block(&mut closure, 0).1.generation, 2);
}

#[test]
fn a_function_that_is_inlined_by_now_is_not_called_removed() {
    let song = Song::new(LEVEL);
    let program = song.open();
    let empty =
        LEVEL.replace("state.calls += 1;", "let _ = &state;").replace("state.calls as f32", "0.0");
    let report = program.apply(&empty).expect("live");
    assert!(report.changed.contains(&"process".to_owned()), "{report:?}");
    assert_eq!((report.added.len(), report.removed.len()), (0, 0), "{report:?}");
}
