//! Which pointers stay what they are for as long as a loop runs.

use super::Loops;
use crate::jit::codegen::tests::build::{
    Build, NOTHING, at, behind, constant, load, memory, scalar, used,
};
use crate::jit::mir::{Binary, BlockId, Compare, End, Scalar, Value};

const POINTER: Scalar = Scalar::Pointer;

/// `while list.begin != list.end { *list.begin = 0; list.begin += 8 }`, and what else the loop does.
fn fills(more: impl Fn(&mut Build)) -> Loops {
    let mut build = Build::new("f", &[memory(16)], NOTHING);
    let (list, condition) = (build.parameter(0), build.local(scalar(Scalar::I8)));
    let [begin, end] = [0, 8].map(|offset| load(POINTER, at(list, offset)));
    build.end(End::Goto(BlockId(1))).block();
    let is_done = Value::Compare(Compare::Equal, POINTER, begin.clone(), end);
    build.set(Scalar::I8, at(condition, 0), is_done);
    let condition = load(Scalar::I8, at(condition, 0));
    build.end(End::Branch(condition, BlockId(3), BlockId(2))).block();
    build.set(Scalar::I64, behind(list, 0), used(constant(Scalar::I64, 0)));
    let next = Value::Binary(Binary::Add, begin, constant(POINTER, 8));
    build.set(POINTER, at(list, 0), next);
    more(&mut build);
    build.end(End::Goto(BlockId(1))).block();
    Loops::of(&build.end(End::Return).done())
}

#[test]
fn the_end_of_a_list_stays_and_its_begin_does_not() {
    let loops = fills(|_| ());
    let end = at(crate::jit::mir::LocalId(1), 8);
    assert_eq!(loops.kept_around(2, BlockId(1)), [end]);
    assert_eq!(loops.kept_around(0, BlockId(1)), [], "one comes to the loop from outside");
    assert_eq!(loops.kept_around(1, BlockId(2)), [], "one stays inside");
}

#[test]
fn an_end_that_the_loop_moves_is_not_kept() {
    let loops = fills(|build| {
        let half = at(build.parameter(0), 12);
        build.set(Scalar::I32, half, used(constant(Scalar::I32, 0)));
    });
    assert_eq!(loops.kept_around(2, BlockId(1)), []);
}
