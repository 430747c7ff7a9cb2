//! Regressions: what an adversarial review broke once, as promises.
//!
//! Here are the names under which a file could pass off another type as the host's. `turns` is about
//! commits that are recalled, refused or gone back on while a closure is about to take them, `kept`
//! about replaced code that somebody can still name,
//! `newcomers` about a second caller.

mod kept;
mod newcomers;
mod owned;
mod turns;

use crate::song::{SAMPLE, Sample, Song, open_remembering, wait_for};
use segue::{Closure, ErrorKind, Event, Program};

/// Writes `n`, its generation, and counts its calls.
fn numbered(n: u32) -> String {
    format!(
        "{SAMPLE}#[derive(Default)] pub struct State {{ calls: u32 }}
pub fn process(state: &mut State, sample: &mut Sample) {{
    state.calls += 1; sample.number = state.calls; sample.value = {n}.0;
}}
"
    )
}

/// The same with a state of another layout.
fn widened(n: u32) -> String {
    numbered(n).replace("{ calls: u32 }", "{ extra: Vec<u8>, calls: u32 }")
}

/// Something that every closure refuses: its function has another name.
fn refused() -> String {
    numbered(99).replace("fn process", "fn progress")
}

/// A closure of the file's `process`, called once.
fn called(program: &Program) -> Closure<Sample> {
    let mut closure = program.closure("process").expect("a closure");
    call(&mut closure);
    closure
}

/// What a call writes, and the generation that did.
fn call(closure: &mut Closure<Sample>) -> (f32, u64) {
    let mut sample = Sample::default();
    let call = closure.call(&mut sample);
    (sample.value, call.generation)
}

fn wait_live(program: &Program, generation: u64) {
    let is_it = |event: &Event| matches!(event, Event::Live(it) if it.generation == generation);
    wait_for(program, is_it);
}

#[test]
fn an_edit_that_redefines_the_hosts_type_is_refused() {
    let song = Song::new(&numbered(1));
    let program = open_remembering(&song.path(), 32);
    let mut closure = called(&program);
    let wider = numbered(2)
        .replace("pub place: usize", "pub place: usize, pub more: [f32; 16]")
        .replace("sample.value =", "sample.more[5] = 99.0; sample.value =");
    let error = program.apply(&wider).expect_err("it would write beyond the host's Sample");
    assert_eq!(error.kind(), ErrorKind::State);
    assert!(error.to_string().contains("`Sample` belongs to the host"), "{error}");
    assert_eq!(call(&mut closure), (1.0, 1));
}

#[test]
fn another_type_imported_under_the_name_of_the_hosts_is_refused() {
    let song = Song::new(
        "mod block;
use other::Wide as Sample;
#[derive(Default)] pub struct State { calls: u32 }
pub fn process(state: &mut State, sample: &mut Sample) { state.calls += 1; sample.big[20] = 5; }
mod other { pub struct Wide { pub big: [u64; 64] } }
",
    );
    std::fs::write(song.sibling("block.rs"), SAMPLE).expect("the folder can be written");
    let program = open_remembering(&song.path(), 32);
    let error = program.closure::<Sample>("process").expect_err("it takes a `Wide`");
    assert_eq!(error.kind(), ErrorKind::State);
    assert!(error.to_string().contains("`Sample` belongs to the host"), "{error}");
}

#[test]
fn a_type_under_the_name_of_a_primitive_one_is_refused() {
    let song = Song::new(
        "#[allow(non_camel_case_types)] type bool = u8;
pub fn yes() -> bool { 7 }
",
    );
    let program = open_remembering(&song.path(), 32);
    let error = program.bind::<fn() -> bool>("yes").expect_err("7 is no bool");
    assert_eq!(error.kind(), ErrorKind::Signature);
    assert!(error.to_string().contains("type of its own called `bool`"), "{error}");
}
