//! Generations kept by hand: never dropped, still whole, and given back when they are let go.

use super::{apply, call, numbered};
use crate::{
    alone,
    song::{SAMPLE, Sample, Song, open_remembering, reclaim_all},
};
use segue::{ErrorKind, runtime::Place};

#[test]
fn what_is_kept_by_hand_outlives_every_limit() {
    let song = Song::new(&numbered(1));
    let program = open_remembering(&song.path(), 2);
    let mut closure = program.closure::<Sample>("process").expect("a closure");
    program.keep(1).expect("it is there");
    for n in 2..=9 {
        apply(&program, &numbered(n));
        assert_eq!(call(&mut closure).0, n as f32);
    }
    let places: Vec<_> = program.history().iter().map(|each| (each.number, each.place)).collect();
    let earlier = Place::Earlier;
    assert_eq!(places, [(1, Place::Aside), (7, earlier), (8, earlier), (9, Place::Live)]);
    reclaim_all(&program);
    program.go_to(1).expect("it was kept");
    assert_eq!(call(&mut closure), (1.0, 9, 1));
    assert_eq!(program.undo().expect("where it came from").generation, 9);
    assert_eq!(call(&mut closure), (9.0, 10, 9));
}

#[test]
fn what_is_kept_outlives_the_edit_after_an_undo() {
    let song = Song::new(&numbered(1));
    let program = open_remembering(&song.path(), 8);
    apply(&program, &numbered(2));
    apply(&program, &numbered(3));
    program.keep(3).expect("it is there");
    program.go_to(1).expect("the first");
    apply(&program, &numbered(4));
    assert!(program.go_to(2).is_err(), "it was not kept");
    assert_eq!(program.go_to(3).expect("it was kept").generation, 3);
}

#[test]
fn what_is_released_is_freed() {
    let song = Song::new(&numbered(1));
    let program = open_remembering(&song.path(), 1);
    assert_eq!(program.release(1).expect_err("not kept").kind(), ErrorKind::History);
    program.keep(1).expect("it is there");
    for n in 2..=6 {
        apply(&program, &numbered(n));
    }
    reclaim_all(&program);
    let with = program.memory().code;
    let cost = program.history()[0].alone;
    assert!(cost > 0, "{:?}", program.history());
    program.release(1).expect("it was kept");
    reclaim_all(&program);
    assert_eq!(with - program.memory().code, cost, "what it was said to cost");
    assert!(program.go_to(1).is_err());
}

#[test]
fn an_address_in_code_of_a_kept_generation_calls_what_its_callee_became() {
    alone::survives(|| {
        let text = |address: &str, n: u32| {
            format!(
                "{SAMPLE}#[derive(Default)] pub struct State {{ calls: u32 }}
#[inline(never)] fn callee() -> u32 {{ std::hint::black_box({n}) }}
fn caller() -> u32 {{ callee() + 1000 }}
pub fn process(state: &mut State, sample: &mut Sample) {{
    state.calls += 1; sample.place = {address};
}}
"
            )
        };
        let song = Song::new(&text("caller as fn() -> u32 as usize", 1));
        let program = open_remembering(&song.path(), 1);
        let mut closure = program.closure::<Sample>("process").expect("a closure");
        program.keep(1).expect("it is there");
        let mut sample = Sample::default();
        closure.call(&mut sample);
        // SAFETY: the address of a live function is its stub, for ever.
        let called = unsafe { std::mem::transmute::<usize, fn() -> u32>(sample.place) };
        assert_eq!(called(), 1001);
        // No code is made for the caller alone any more: the one in its slot stays the first.
        apply(&program, &text("0", 22));
        closure.call(&mut sample);
        assert_eq!(called(), 1022, "in the same world, the newest of its callee");
        // Another world. The callee leaves the history long before its kept caller does.
        for n in 0..4 {
            apply(&program, &numbered(n));
            call(&mut closure);
        }
        reclaim_all(&program);
        assert_eq!(called(), 1022);
        program.release(1).expect("it was kept");
        reclaim_all(&program);
        assert_eq!(called(), 1022);
    });
}
