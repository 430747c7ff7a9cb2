//! Replaced code that somebody can still name: a pointer in a state, a handle, a state's drop.
//!
//! Each test makes the code leave the history on an unusual way, waits until all that is retired is
//! reclaimed, and calls.

use std::sync::atomic::{AtomicU32, Ordering};

use super::{call, called, numbered, wait_live};
use crate::{
    alone,
    song::{SAMPLE, Sample, Song, open_remembering, reclaim_all, wait_for, wait_until},
};
use segue::{Event, Outcome};

#[test]
fn a_function_that_panicked_code_left_in_the_state_can_be_called() {
    alone::survives(|| {
        let before = format!(
            "{SAMPLE}#[inline(never)] pub fn old(x: f32) -> f32 {{ x + 1.0 }}
pub struct State {{ voice: fn(f32) -> f32 }}
impl Default for State {{ fn default() -> State {{ State {{ voice: old }} }} }}
pub fn process(state: &mut State, sample: &mut Sample) {{ sample.value = (state.voice)(1.0); }}
"
        );
        let after = before.replace(
            "sample.value =",
            "state.voice = fresh; if sample.number == 1 { panic!(\"no\") } sample.value =",
        ) + "#[inline(never)] pub fn fresh(x: f32) -> f32 { x * 3.0 + 7.0 }\n";
        let song = Song::new(&before);
        let program = open_remembering(&song.path(), 32);
        let mut closure = called(&program);
        program.apply(&after).expect("posted");
        let mut sample = Sample { number: 1, ..Sample::default() };
        assert_eq!(closure.call(&mut sample).outcome, Outcome::RolledBack);
        assert_eq!(sample.value, 10.0, "what the call wrote into the state stays written");
        wait_for(&program, |event| matches!(event, Event::Fault(_)));
        // Another edit drops what panicked from the history.
        program.apply(&before.replace("x + 1.0", "x + 2.0")).expect("posted");
        assert_eq!(call(&mut closure), (10.0, 3));
        reclaim_all(&program);
        assert_eq!(call(&mut closure), (10.0, 3));
    });
}

#[test]
fn a_handle_on_an_edit_that_was_replaced_before_it_was_taken_can_be_called() {
    alone::survives(|| {
        let song = Song::new(&numbered(1));
        let program = open_remembering(&song.path(), 1);
        let mut closure = called(&program);
        let more = numbered(2) + "pub fn extra(x: f32) -> f32 { x * 5.0 }\n";
        program.apply(&more).expect("posted");
        let extra = program.bind::<fn(f32) -> f32>("extra").expect("a handle");
        program.apply(&numbered(3)).expect("posted instead");
        program.apply(&numbered(4)).expect("posted, and the second leaves the history");
        assert_eq!(call(&mut closure).0, 4.0);
        reclaim_all(&program);
        let me = program.participant();
        assert_eq!(extra.pin(&me).call(2.0), 10.0);
    });
}

#[test]
fn a_handle_on_what_an_undo_over_a_type_change_linked_again_can_be_called() {
    alone::survives(|| {
        let base = "#[inline(never)]
pub fn double(x: f32) -> f32 { x * 2.0 + std::hint::black_box(1.0) }
pub fn gain(x: f32) -> f32 { double(x) }
";
        let song = Song::new(base);
        let program = open_remembering(&song.path(), 32);
        let me = program.participant();
        let gain = program.bind::<fn(f32) -> f32>("gain").expect("a handle");
        let typed = format!("pub struct T {{ a: f32 }}\n{}", base.replace("2.0", "3.0"));
        program.apply(&typed).expect("live");
        assert_eq!(gain.pin(&me).call(1.0), 4.0);
        assert!(program.undo().expect("back").linked > 0, "its callers may be anywhere");
        assert_eq!(gain.pin(&me).call(1.0), 3.0);
        let doubles = format!("pub struct U {{ a: f32 }}\n{}", base.replace("f32", "f64"));
        program.apply(&doubles).expect("live");
        reclaim_all(&program);
        assert_eq!(gain.pin(&me).call(1.0), 3.0, "the last code of its signature");
    });
}

#[test]
fn a_handle_on_a_signature_that_was_back_in_a_recalled_edit_only_can_be_called() {
    alone::survives(|| {
        let text = |n: u32, ty: &str| {
            numbered(n) + &format!("pub fn times(x: {ty}) -> {ty} {{ x * {n}.0 }}\n")
        };
        let song = Song::new(&text(1, "f32"));
        let program = open_remembering(&song.path(), 1);
        let mut closure = called(&program);
        // The first code of the signature leaves the history, and its slot is left without code.
        for n in 2..6 {
            program.apply(&text(n, "f64")).expect("posted");
            assert_eq!(call(&mut closure).0, n as f32);
            wait_live(&program, u64::from(n));
            reclaim_all(&program);
        }
        program.apply(&text(6, "f32")).expect("posted");
        let times = program.bind::<fn(f32) -> f32>("times").expect("a handle");
        program.apply(&text(7, "f64")).expect("posted instead");
        program.apply(&text(8, "f64")).expect("posted, and the sixth leaves the history");
        reclaim_all(&program);
        let me = program.participant();
        assert_eq!(times.pin(&me).call(2.0), 12.0);
    });
}

/// A state that, when it is dropped, writes `n` to the place that its last call was given.
fn dropping(n: u32) -> String {
    format!(
        "{SAMPLE}use std::sync::atomic::{{AtomicU32, Ordering}};
pub struct State {{ place: usize, notes: Vec<u8> }}
impl Default for State {{ fn default() -> State {{ State {{ place: 0, notes: vec![1; 100] }} }} }}
impl Drop for State {{
    fn drop(&mut self) {{
        let by = number(self.notes.len() as u32);
        if self.place != 0 {{
            unsafe {{ &*(self.place as *const AtomicU32) }}.store(by, Ordering::Release);
        }}
    }}
}}
#[inline(never)] fn number(x: u32) -> u32 {{ std::hint::black_box(x) * 0 + {n} }}
pub fn process(state: &mut State, sample: &mut Sample) {{
    state.place = sample.place; sample.value = {n}.0;
}}
"
    )
}

#[test]
fn a_state_is_dropped_by_the_newest_code_of_its_type() {
    alone::survives(|| {
        let dropped_by = AtomicU32::new(0);
        let song = Song::new(&dropping(1));
        let program = open_remembering(&song.path(), 1);
        // With another caller about, entries are stored at once; the closure never takes its turns.
        let _another = program.participant();
        let mut closure = program.closure::<Sample>("process").expect("a closure");
        let place = dropped_by.as_ptr() as usize;
        closure.call(&mut Sample { place, ..Sample::default() });
        let term = "std::hint::black_box(x) * std::hint::black_box(0) + ";
        let longer = dropping(2).replace("std::hint::black_box(x) * 0 + ", &term.repeat(60));
        program.apply(&longer).expect("live");
        for n in 3..5 {
            program.apply(&format!("pub struct T {{ a: u8 }}\n{}", dropping(n))).expect("live");
        }
        reclaim_all(&program);
        drop(closure);
        wait_until("the state is dropped", || dropped_by.load(Ordering::Acquire) != 0);
        assert_eq!(dropped_by.load(Ordering::Acquire), 4);
    });
}

#[test]
fn a_handle_on_an_old_signature_reaches_a_callee_whose_code_went_on_elsewhere() {
    alone::survives(|| {
        let text = |ty: &str, n: u32, other: u32| {
            format!(
                "pub struct T {{ a: {ty} }}
#[inline(never)] pub fn leaf(x: u64) -> u64 {{ std::hint::black_box(x) + {n} }}
pub fn other() -> u32 {{ {other} }}
pub fn chain(x: {ty}) -> u64 {{ std::hint::black_box(leaf(x as u64)) }}
"
            )
        };
        let song = Song::new(&text("u32", 1, 0));
        let program = open_remembering(&song.path(), 1);
        let me = program.participant();
        let chain = program.bind::<fn(u32) -> u64>("chain").expect("a handle");
        // The callee is the same code in the new world when the old one leaves the history, and is
        // replaced there later.
        for (n, other) in [(1, 0), (1, 1), (1, 2), (2, 2), (3, 2), (4, 2)] {
            program.apply(&text("u64", n, other)).expect("live");
        }
        reclaim_all(&program);
        assert_eq!(chain.pin(&me).call(1), 2, "the last code of its signature");
    });
}

#[test]
fn a_way_back_leaves_newer_code_where_an_address_names_it() {
    alone::survives(|| {
        let text = |ty: &str, n: u32, bad: &str| {
            format!(
                "pub struct T {{ a: {ty} }}
#[inline(never)] pub fn named(x: u64) -> u64 {{ std::hint::black_box(x) * 10 + {n} }}
pub fn address() -> usize {{ let f: fn(u64) -> u64 = named; f as usize }}
pub fn tried(x: u64) -> u64 {{ {bad} std::hint::black_box(x) }}
"
            )
        };
        let song = Song::new(&text("u8", 1, ""));
        let program = open_remembering(&song.path(), 1);
        let me = program.participant();
        let named = program.bind::<fn() -> usize>("address").expect("a handle").pin(&me).call();
        // SAFETY: whoever has an address may call it as long as the program lives.
        let named = unsafe { std::mem::transmute::<usize, fn(u64) -> u64>(named) };
        for n in 2..6 {
            program.apply(&text("u16", n, "")).expect("live");
        }
        reclaim_all(&program);
        assert_eq!(named(1), 11, "the last code of its types");
        // The same types again: what the address names is given newer code, and the older goes.
        program.apply(&text("u8", 6, "if x == 7 { panic!(\"no\") }")).expect("live");
        let tried = program.bind::<fn(u64) -> u64>("tried").expect("a handle");
        let fault = tried.pin(&me).try_call(7).expect_err("it panics");
        assert_eq!(fault.back_to, Some(5), "by a way that was prepared");
        reclaim_all(&program);
        assert_eq!(named(1), 16);
    });
}
